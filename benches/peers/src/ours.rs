//! Ours in the contest.

use crate::contest::{Answers, Contender, Row, kept};
use crate::workload::given::{Gaps, given, recommended, today};
use crate::workload::timing::alone;
use crate::workload::{self, Patient, Rule, rule_a, rules_b};
use riktlinje::{AdviceStatus, BoundFacts, Guideline, OnDate, RuleStatus, Source, Trace};
use std::hint::black_box;

const RECOMMENDED: RuleStatus = RuleStatus::Recommendation(AdviceStatus::Recommended);

pub struct Ours {
    a: Guideline,
    b: Guideline,
    bound_a: Vec<BoundFacts>,
    bound_b: Vec<BoundFacts>,
    trace: Trace,
    found: Vec<u16>,
    row: Row,
}

pub fn compiled(rules: &[Rule]) -> Guideline {
    Guideline::compile([Source::new("pack.guide", workload::guideline(rules))])
        .unwrap_or_else(|error| panic!("{error}: {error:?}"))
}

impl Ours {
    /// As `contest::enter` for the peers.
    pub fn enter(patients: &[Patient], right: &Answers) -> Ours {
        let rules = rules_b();
        let (a, (b, pack_bytes)) = (compiled(&[rule_a()]), kept(|| compiled(&rules)));
        let json: Vec<String> =
            given(patients, Gaps { percent: 0 }).iter().map(|given| serde_json::to_string(given).unwrap()).collect();
        let bound_a: Vec<BoundFacts> = json.iter().map(|json| a.bind_json(json).unwrap()).collect();
        let (bound_b, input_bytes) = kept(|| json.iter().map(|json| b.bind_json(json).unwrap()).collect::<Vec<_>>());
        let mut trace = Trace::default();
        let (on_a, on_b) = (a.on(today()).unwrap(), b.on(today()).unwrap());
        for (number, (in_a, in_b)) in bound_a.iter().zip(&bound_b).enumerate() {
            on_a.evaluate(in_a, &mut trace);
            assert_eq!(recommended(&a, &on_a, &trace).is_empty(), !right.a[number], "A, patient {number}");
            on_b.evaluate(in_b, &mut trace);
            assert_eq!(recommended(&b, &on_b, &trace), right.b[number], "B, patient {number}");
        }
        let text = workload::guideline(&rules);
        let compile = alone(|| {
            let source = Source::new("pack.guide", black_box(text.clone()));
            drop(black_box(Guideline::compile([source]).unwrap()));
        });
        let sample = &json[..json.len().min(1000)];
        let reading = alone(|| {
            for json in sample {
                drop(black_box(b.bind_json(black_box(json)).unwrap()));
            }
        }) / sample.len() as f64;
        let row = Row {
            name: "riktlinje",
            version: "0.1",
            note: "three-valued; counts ages and years from dates itself; leaves a status per rule and the answer to every \
                   condition, from which grounds, reasons and missing facts are told",
            compile,
            pack_bytes,
            read: reading,
            input_bytes: input_bytes / json.len() as i64,
            every: 1,
        };
        drop((on_a, on_b));
        Ours { a, b, bound_a, bound_b, trace, found: Vec::new(), row }
    }
}

impl Contender for Ours {
    fn pass_a(&mut self, every: usize) {
        pass(&self.a, self.bound_a.iter().step_by(every), &mut self.trace, &mut self.found);
    }

    fn pass_b(&mut self, every: usize) {
        pass(&self.b, self.bound_b.iter().step_by(every), &mut self.trace, &mut self.found);
    }

    fn row(&self) -> &Row {
        &self.row
    }
}

/// Evaluates and reads the status of every rule, to give the numbers of those that apply as the others do.
pub fn pass<'b>(
    guideline: &Guideline,
    bound: impl Iterator<Item = &'b BoundFacts>,
    trace: &mut Trace,
    found: &mut Vec<u16>,
) {
    let on_date = guideline.on(today()).unwrap();
    for bound in bound {
        on_date.evaluate(black_box(bound), trace);
        read(&on_date, trace, found);
    }
}

pub fn read(on_date: &OnDate<'_>, trace: &Trace, found: &mut Vec<u16>) {
    found.clear();
    on_date.statuses(black_box(trace)).enumerate().for_each(|(rule, status)| {
        if status == RECOMMENDED {
            found.push(rule as u16);
        }
    });
    black_box(&found);
}
