//! Facts to outcome to text and JSON: a patient through all shipped packs, and workload B beside hand-written Rust.
//! `cargo bench --bench outcome`.
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

use riktlinje::{CodeLists, Facts, Guideline, Guidelines, Language, Outcome, Source};
use std::hint::black_box;
use workload::given::{Gaps, given, today, today_number};
use workload::timing::{in_turns, print_table, shown};
use workload::{native, packs, rules_b};

/// Enough for a steady middle, few enough for an outcome each.
const PATIENTS: usize = 500;

fn main() {
    let mut table = vec![["what", "decide", "with missing", "its text", "its JSON"].map(str::to_owned).to_vec()];
    let guidelines = Guidelines::compile(packs::sources(), [], &CodeLists::default()).unwrap();
    let day = "2026-11-22".parse().unwrap();
    let (in_force, _) = guidelines.in_force(day);
    let applicant = std::fs::read_to_string(packs::place("examples/patients/applicant.yaml")).unwrap();
    let patient = in_force.facts_from_yaml(&applicant).unwrap();
    let pairs: Vec<(&Guideline, &Facts)> = patient.iter().map(|(guideline, facts)| (guideline, facts)).collect();
    let count = pairs.len();
    table.push(measured(format!("an applicant through {count} shipped guidelines"), &pairs, day, 1.0));

    let b = Guideline::compile([Source::new("bench.guide", workload::guideline(&rules_b()))]).unwrap();
    let patients = workload::patients(PATIENTS);
    for percent in [0, 10] {
        let facts: Vec<Facts> =
            given(&patients, Gaps { percent }).iter().map(|given| b.facts_from(given).unwrap()).collect();
        let pairs: Vec<(&Guideline, &Facts)> = facts.iter().map(|facts| (&b, facts)).collect();
        table.push(measured(format!("B, {percent} % missing, each of {PATIENTS}"), &pairs, today(), PATIENTS as f64));
    }
    let mut found = Vec::new();
    let [hand_written] = in_turns([&mut || {
        for patient in &patients {
            found.clear();
            native::b(black_box(patient), black_box(today_number()), &mut found);
            black_box(&found);
        }
    }]);
    print_table(&table);
    println!("B by hand-written Rust: {}", shown(hand_written / PATIENTS as f64));
}

fn measured(what: String, pairs: &[(&Guideline, &Facts)], day: riktlinje::Date, of: f64) -> Vec<String> {
    let outcomes: Vec<Outcome> =
        pairs.iter().map(|(guideline, facts)| guideline.evaluate(facts, day).unwrap()).collect();
    let times = in_turns([
        &mut || pairs.iter().for_each(|(guideline, facts)| drop(black_box(guideline.decide(facts, day).unwrap()))),
        &mut || pairs.iter().for_each(|(guideline, facts)| drop(black_box(guideline.evaluate(facts, day).unwrap()))),
        &mut || outcomes.iter().for_each(|outcome| drop(black_box(outcome.to_text(Language::Swedish)))),
        &mut || outcomes.iter().for_each(|outcome| drop(black_box(outcome.to_json()))),
    ]);
    std::iter::once(what).chain(times.map(|time| shown(time / of))).collect()
}
