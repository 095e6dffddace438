//! Nanoseconds per patient to evaluate bound facts, beside hand-written Rust, in one run. Every status is read.
//!
//! `cargo bench --bench evaluate`; with `-- --write-native` it writes the hand-written side of workload B anew. With
//! `-- --count A 10` it evaluates what `benches/count` counts: workload A with 10 % missing.
#![allow(
    unreachable_pub,
    missing_docs,
    missing_debug_implementations,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a panic is the failure report of a bench"
)]

#[path = "workload/mod.rs"]
mod workload;

use riktlinje::{AdviceStatus, BoundFacts, Facts, Guideline, OnDate, RuleStatus, Source, Trace};
use std::hint::black_box;
use workload::given::{Gaps, given, recommended, today, today_number};
use workload::timing::{alone, in_turns, print_table, shown};
use workload::{Patient, Rule, native};

/// Patients whose instructions are counted.
const COUNTED: usize = 1_000;
const MANY_RULES: usize = 10_000;

const RECOMMENDED: RuleStatus = RuleStatus::Recommendation(AdviceStatus::Recommended);

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let at = |word: &str| arguments.iter().position(|argument| argument == word);
    if at("--write-native").is_some() {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/workload/native_b.rs");
        return std::fs::write(path, workload::native(&workload::rules_b())).unwrap();
    }
    if let Some(at) = at("--count") {
        let rules = match arguments[at + 1].as_str() {
            "A" => vec![workload::rule_a()],
            "B" => workload::rules_b(),
            other => panic!("A or B, not {other}"),
        };
        return count(&rules, Gaps { percent: arguments[at + 2].parse().unwrap() });
    }
    let written = include_str!("workload/native_b.rs");
    assert!(workload::native(&workload::rules_b()) == written, "run with `-- --write-native` first");

    // Few enough to lie in the nearest caches show what memory costs: `-- --patients 100`.
    let count = at("--patients").map_or(workload::PATIENTS, |at| arguments[at + 1].parse().unwrap());
    let patients = workload::patients(count);
    let mut table = vec![["what", "hand-written", "ours", "ratio", "binding"].map(str::to_owned).to_vec()];
    for (name, rules) in [("A", vec![workload::rule_a()]), ("B", workload::rules_b())] {
        let guideline = guideline(&rules);
        for percent in [0, 10] {
            table.push(beside_native(name, &guideline, &patients, Gaps { percent }));
        }
    }
    print_table(&table);
    many_rules(&workload::patients(COUNTED));
}

fn guideline(rules: &[Rule]) -> Guideline {
    Guideline::compile([Source::new("bench.guide", workload::guideline(rules))])
        .unwrap_or_else(|error| panic!("{error}: {error:?}"))
}

fn facts(guideline: &Guideline, patients: &[Patient], gaps: Gaps) -> Vec<Facts> {
    given(patients, gaps).iter().map(|given| guideline.facts_from(given).unwrap()).collect()
}

fn bound(guideline: &Guideline, facts: &[Facts]) -> Vec<BoundFacts> {
    facts.iter().map(|facts| guideline.bind(facts)).collect()
}

/// One row of the table. Where nothing is missing, both sides must agree on every patient.
fn beside_native(name: &str, guideline: &Guideline, patients: &[Patient], gaps: Gaps) -> Vec<String> {
    let facts = facts(guideline, patients, gaps);
    let bound = bound(guideline, &facts);
    let on_date = guideline.on(today()).unwrap();
    let mut trace = Trace::default();
    let is_a = name == "A";
    if gaps.percent == 0 {
        for (patient, bound) in patients.iter().zip(&bound) {
            on_date.evaluate(bound, &mut trace);
            let mut expected = Vec::new();
            if !is_a {
                native::b(patient, today_number(), &mut expected);
            } else if native::a(patient, today_number()) {
                expected.push(0);
            }
            assert_eq!(recommended(guideline, &on_date, &trace), expected, "{patient:?}");
        }
    }
    let (mut found, mut expected, mut again) = (Vec::new(), Vec::new(), BoundFacts::default());
    let [hand_written, ours, binding] = in_turns([
        &mut || {
            for patient in patients {
                if is_a {
                    black_box(native::a(black_box(patient), black_box(today_number())));
                } else {
                    expected.clear();
                    native::b(black_box(patient), black_box(today_number()), &mut expected);
                    black_box(&expected);
                }
            }
        },
        &mut || {
            for bound in &bound {
                on_date.evaluate(black_box(bound), &mut trace);
                black_box(&trace);
                if is_a {
                    black_box(on_date.status(&trace, 0) == Some(RECOMMENDED));
                } else {
                    read(&on_date, &trace, &mut found);
                }
            }
        },
        &mut || {
            for facts in &facts {
                guideline.bind_into(black_box(facts), &mut again);
                black_box(&again);
            }
        },
    ])
    .map(|time| time / patients.len() as f64);
    let what = format!("{name}, {} % missing", gaps.percent);
    vec![what, shown(hand_written), shown(ours), format!("{:.2}x", ours / hand_written), shown(binding)]
}

/// The rules that recommend something, as the hand-written side has them: every status is read.
fn read(on_date: &OnDate<'_>, trace: &Trace, found: &mut Vec<u16>) {
    found.clear();
    on_date.statuses(trace).enumerate().for_each(|(rule, status)| {
        if status == RECOMMENDED {
            found.push(rule as u16);
        }
    });
    black_box(&found);
}

/// Many rules against those of workload B, per rule, and what preparing a date costs.
fn many_rules(patients: &[Patient]) {
    let few = guideline(&workload::rules_b());
    let many = guideline(&workload::rules(MANY_RULES));
    let gaps = Gaps { percent: 10 };
    let (few_bound, many_bound) =
        (bound(&few, &facts(&few, patients, gaps)), bound(&many, &facts(&many, patients, gaps)));
    let (few_on, many_on) = (few.on(today()).unwrap(), many.on(today()).unwrap());
    let evaluate_all = |on_date: &OnDate<'_>, all: &[BoundFacts], trace: &mut Trace, found: &mut Vec<u16>| {
        for bound in all {
            on_date.evaluate(black_box(bound), trace);
            read(on_date, trace, found);
        }
    };
    let (mut few_trace, mut many_trace) = (Trace::default(), Trace::default());
    let (mut few_found, mut many_found) = (Vec::new(), Vec::new());
    let [of_few, of_many] =
        in_turns([&mut || evaluate_all(&few_on, &few_bound, &mut few_trace, &mut few_found), &mut || {
            evaluate_all(&many_on, &many_bound, &mut many_trace, &mut many_found)
        }]);
    let per_rule = |time: f64, rules: usize| time / (patients.len() * rules) as f64;
    let (of_few, of_many) = (per_rule(of_few, workload::RULES), per_rule(of_many, MANY_RULES));
    println!(
        "per rule, 10 % missing: {of_few:.2} ns of {}, {of_many:.2} ns of {MANY_RULES}: {:.2}x",
        workload::RULES,
        of_many / of_few
    );
    let prepared = |guideline: &Guideline| shown(alone(|| drop(black_box(guideline.on(black_box(today()))))));
    println!(
        "preparing a date: {} for {} rules, {} for {MANY_RULES}",
        prepared(&few),
        workload::RULES,
        prepared(&many)
    );
}

/// For `benches/count`: all before [`counted`] is not counted.
fn count(rules: &[Rule], gaps: Gaps) {
    let guideline = guideline(rules);
    let bound = bound(&guideline, &facts(&guideline, &workload::patients(COUNTED), gaps));
    let on_date = guideline.on(today()).unwrap();
    let (mut trace, mut found) = (Trace::default(), Vec::with_capacity(rules.len()));
    on_date.evaluate(&bound[0], &mut trace);
    counted(&on_date, &bound, &mut trace, &mut found);
    println!("{COUNTED} patients");
}

#[inline(never)]
fn counted(on_date: &OnDate<'_>, all: &[BoundFacts], trace: &mut Trace, found: &mut Vec<u16>) {
    for bound in all {
        on_date.evaluate(bound, trace);
        read(on_date, trace, found);
    }
}
