//! Why, what to ask next and what time will change: every rule of the shipped packs for one patient, and rules of workload
//! B. `cargo bench --bench explain`.
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

use riktlinje::{CodeLists, Date, Facts, Guideline, Guidelines, Language, Source};
use std::hint::black_box;
use workload::given::{Gaps, given, today};
use workload::timing::{in_turns, print_table, shown};
use workload::{packs, rules_b};

const PATIENTS: usize = 20;

fn main() {
    let head = ["each rule of", "explain", "its Swedish text", "its JSON", "ask about it"];
    let mut table = vec![head.map(str::to_owned).to_vec()];
    let guidelines = Guidelines::compile(packs::sources(), [], &CodeLists::default()).unwrap();
    let day = "2026-11-22".parse().unwrap();
    let (in_force, _) = guidelines.in_force(day);
    let applicant = std::fs::read_to_string(packs::place("examples/patients/applicant.yaml")).unwrap();
    let patient = in_force.facts_from_yaml(&applicant).unwrap();
    let pairs: Vec<(&Guideline, &Facts)> = patient.iter().map(|(guideline, facts)| (guideline, facts)).collect();
    let count = pairs.len();
    table.push(measured(format!("{count} shipped guidelines, an applicant"), &pairs, day));

    let b = Guideline::compile([Source::new("bench.guide", workload::guideline(&rules_b()))]).unwrap();
    for percent in [0, 10] {
        let facts: Vec<Facts> = given(&workload::patients(PATIENTS), Gaps { percent })
            .iter()
            .map(|given| b.facts_from(given).unwrap())
            .collect();
        let pairs: Vec<(&Guideline, &Facts)> = facts.iter().map(|facts| (&b, facts)).collect();
        table.push(measured(format!("B, {PATIENTS} patients, {percent} % missing"), &pairs, today()));
    }
    print_table(&table);
}

fn measured(what: String, pairs: &[(&Guideline, &Facts)], day: Date) -> Vec<String> {
    let asked: Vec<(&Guideline, &Facts, &str)> = pairs
        .iter()
        .flat_map(|(guideline, facts)| guideline.rules().map(move |rule| (*guideline, *facts, rule)))
        .collect();
    let explanations: Vec<_> =
        asked.iter().map(|(guideline, facts, rule)| guideline.explain(facts, day, rule).unwrap()).collect();
    let times = in_turns([
        &mut || {
            for (guideline, facts, rule) in &asked {
                drop(black_box(guideline.explain(facts, day, rule).unwrap()));
            }
        },
        &mut || explanations.iter().for_each(|explanation| drop(black_box(explanation.to_text(Language::Swedish)))),
        &mut || explanations.iter().for_each(|explanation| drop(black_box(explanation.to_json()))),
        &mut || {
            for (guideline, facts, rule) in &asked {
                drop(black_box(guideline.ask(facts, day, Some(rule)).unwrap()));
            }
        },
    ]);
    let count = asked.len() as f64;
    std::iter::once(what).chain(times.map(|time| shown(time / count))).collect()
}
