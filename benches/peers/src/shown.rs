//! What is shown of a patient: the outcome of B with grounds and missing facts, its JSON, and why one rule came out as it did.

use crate::targets::{against, times};
use crate::workload::given::{Given, today, today_number};
use crate::workload::timing::{alone, in_turns, shown};
use crate::workload::{Patient, looking, native, plain};
use riktlinje::{BoundFacts, Facts, Guideline, Trace};
use std::hint::black_box;

/// Why is asked of every rule for so many patients.
const EXPLAINED: usize = 10;

pub fn rows(b: &Guideline, patients: &[Patient], given: &[Given], row: &mut impl FnMut(String, &str, String, String)) {
    let count = patients.len() as f64;
    let facts: Vec<Facts> = given.iter().map(|given| b.facts_from(given).unwrap()).collect();
    let bound: Vec<BoundFacts> = facts.iter().map(|facts| b.bind(facts)).collect();
    let on_date = b.on(today()).unwrap();
    let (mut found, mut trace) = (Vec::new(), Trace::default());
    let [native, ours] = in_turns([
        &mut || {
            for patient in patients {
                found.clear();
                native::b(black_box(patient), black_box(today_number()), &mut found);
                black_box(&found);
            }
        },
        &mut || {
            for (facts, bound) in facts.iter().zip(&bound) {
                on_date.evaluate(black_box(bound), &mut trace);
                let outcome = on_date.outcome(facts, bound, &trace);
                looking::at_rules(&outcome);
                black_box(outcome.missing());
            }
        },
    ]);
    row(
        "outcome of B with grounds and missing facts, evaluated and looked at, 10 % missing".to_owned(),
        "at most 1x",
        times(ours / native),
        against(ours, native, "hand-written", count),
    );

    let traces: Vec<Trace> = bound
        .iter()
        .map(|bound| {
            let mut trace = Trace::default();
            on_date.evaluate(bound, &mut trace);
            trace
        })
        .collect();
    let outcome = |at: usize| on_date.outcome(&facts[at], &bound[at], &traces[at]);
    let equal: Vec<plain::Outcome> = (0..patients.len()).map(|at| plain::of(&outcome(at).to_outcome())).collect();
    let (mut bytes, mut text) = (Vec::new(), String::new());
    let [serde, ours] = in_turns([
        &mut || {
            for equal in &equal {
                bytes.clear();
                serde_json::to_writer(&mut bytes, black_box(equal)).unwrap();
                black_box(&bytes);
            }
        },
        &mut || {
            for at in 0..traces.len() {
                text.clear();
                outcome(at).write_json(&mut text);
                black_box(&text);
            }
        },
    ]);
    row(
        format!("its JSON ({} bytes, the struct's {})", text.len(), bytes.len()),
        "at most 2x",
        times(ours / serde),
        against(ours, serde, "serde_json of an equal struct", count),
    );

    let rules: Vec<&str> = b.rules().collect();
    let why = alone(|| {
        for at in 0..EXPLAINED {
            let outcome = outcome(at);
            for rule in &rules {
                looking::at_reason(outcome.why(rule).unwrap().reason());
            }
        }
    }) / (EXPLAINED * rules.len()) as f64;
    row("why, one rule of B, 10 % missing".to_owned(), "under 5 us", shown(why), "from a trace, each rule".to_owned());
}
