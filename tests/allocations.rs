//! Evaluating bound facts allocates nothing once the trace was used before.
//!
//! What allocates for a patient, and how often: the calendar of a schedule or a task that is counted from one (for each
//! plan, not for each condition), `different` and the latest few of a list (for each of them that the guideline has), codes
//! of two facts compared with each other. None of that is in the workloads.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_debug_implementations,
    unreachable_pub,
    reason = "a panic is the failure report, and nobody uses a test"
)]

#[path = "../benches/workload/mod.rs"]
mod workload;

use allocation_counter::measure;
use riktlinje::{BoundFacts, CodeLists, Guideline, Guidelines, OnDate, Source, Trace};
use workload::given::{Gaps, given, today};
use workload::packs;

const PATIENTS: usize = 300;

/// How often all of them together allocate, with a trace that saw the first of them.
fn allocations(on_date: &OnDate<'_>, bound: &[BoundFacts]) -> u64 {
    let mut trace = Trace::default();
    on_date.evaluate(&bound[0], &mut trace);
    measure(|| bound.iter().for_each(|bound| on_date.evaluate(bound, &mut trace))).count_total
}

#[test]
fn the_workloads_allocate_nothing() {
    let patients = workload::patients(PATIENTS);
    for rules in [vec![workload::rule_a()], workload::rules_b(), workload::rules(2_000)] {
        let guideline = Guideline::compile([Source::new("a.guide", workload::guideline(&rules))]).unwrap();
        for percent in [0, 10] {
            let given = given(&patients, Gaps { percent });
            let bound: Vec<BoundFacts> =
                given.iter().map(|given| guideline.bind(&guideline.facts_from(given).unwrap())).collect();
            let on_date = guideline.on(today()).unwrap();
            assert_eq!(allocations(&on_date, &bound), 0, "{} rules, {percent} % missing", rules.len());
        }
    }
}

#[test]
fn reading_the_statuses_allocates_nothing() {
    let guideline = Guideline::compile([Source::new("b.guide", workload::guideline(&workload::rules_b()))]).unwrap();
    let on_date = guideline.on(today()).unwrap();
    let mut trace = Trace::default();
    on_date.evaluate(&guideline.bind(&guideline.facts_from_json("{}").unwrap()), &mut trace);
    let mut settled = 0;
    let read = measure(|| settled = on_date.statuses(&trace).filter(|status| status.is_settled()).count());
    assert_eq!((read.count_total, settled), (0, 0));
}

#[test]
fn the_shipped_packs_allocate_for_their_plans_alone() {
    let guidelines = Guidelines::compile(packs::sources(), [], &CodeLists::default()).unwrap();
    let day = "2026-11-22".parse().unwrap();
    let (in_force, _) = guidelines.in_force(day);
    let mut without = 0;
    for patient in ["{}", &std::fs::read_to_string(packs::place("examples/patients/applicant.yaml")).unwrap()] {
        for (guideline, facts) in in_force.facts_from_yaml(patient).unwrap() {
            let guideline = guideline.combined_on(day).unwrap();
            let counted = allocations(&guideline.on(day).unwrap(), &[guideline.bind(&facts)]);
            println!("{}: {counted}", guideline.name());
            without += u32::from(counted == 0);
        }
    }
    assert!(without > 3, "{without}");
}
