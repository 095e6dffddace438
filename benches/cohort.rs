//! Many patients: columns made, evaluated and both, beside hand-written columns, in one run.
//!
//! `cargo bench --bench cohort`; with `--features rayon` one thread against two.
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

use riktlinje::{
    AdviceStatus, Batch, BatchTrace, BoundFacts, Cohort, ColumnList, ColumnValue, Facts, Guideline, RuleStatus, Source,
};
use std::hint::black_box;
use workload::given::{Gaps, Given};
use workload::{Patient, columns, given, timing};

const RECOMMENDED: RuleStatus = RuleStatus::Recommendation(AdviceStatus::Recommended);

fn main() {
    // One thread for this table, also where there are more.
    #[cfg(feature = "rayon")]
    rayon::ThreadPoolBuilder::new().num_threads(1).build().unwrap().install(run);
    #[cfg(not(feature = "rayon"))]
    run();
}

fn run() {
    let patients = workload::patients(workload::PATIENTS);
    let mut table = vec![["workload", "missing", "hand-written columns", "ours", "x"].map(str::to_owned).to_vec()];
    for (name, rules) in [("A", vec![workload::rule_a()]), ("B", workload::rules_b())] {
        let text = workload::guideline(&rules);
        let guideline = Guideline::compile([Source::new("bench.guide", text)]).unwrap();
        let cohort = guideline.cohort(given::today()).unwrap();
        let plan = columns::Plan::new(&rules);
        for gaps in [Gaps { percent: 0 }, Gaps { percent: 10 }] {
            let given = given::given(&patients, gaps);
            let facts: Vec<Facts> = given.iter().map(|patient| guideline.facts_from(patient).unwrap()).collect();
            let bound: Vec<BoundFacts> = facts.iter().map(|facts| guideline.bind(facts)).collect();
            check(&cohort, &given, &bound, &patients, &plan, gaps);
            for (what, times) in measure(&cohort, &patients, &given, &bound, &plan) {
                let [hand, ours] = times.map(|time| time / patients.len() as f64);
                table.push(vec![
                    format!("{name}, {what}"),
                    format!("{} %", gaps.percent),
                    format!("{hand:.0} ns"),
                    format!("{ours:.0} ns"),
                    format!("{:.2}", ours / hand),
                ]);
            }
        }
    }
    timing::print_table(&table);
    #[cfg(feature = "rayon")]
    cores::measure(&patients);
}

#[cfg(feature = "rayon")]
#[path = "cohort/cores.rs"]
mod cores;

/// Nanoseconds for all patients, hand-written and ours.
fn measure(
    cohort: &Cohort<'_>,
    patients: &[Patient],
    given: &[Given],
    bound: &[BoundFacts],
    plan: &columns::Plan,
) -> Vec<(&'static str, [f64; 2])> {
    let today = given::today_number();
    let made = columns::Columns::new(patients, today);
    let filled = from_bound(cohort, bound);
    let (mut trace, mut both, mut batch) = (BatchTrace::default(), BatchTrace::default(), cohort.batch());
    let mut again = cohort.batch();
    let mut rows = cohort.batch();
    let (mut place, mut of_rows) = (BoundFacts::default(), BatchTrace::default());
    let [lists, sets, hand_making, hand_both, evaluating, from_rows, making, ours_both, ours_by_row] =
        timing::in_turns([
            &mut || drop(black_box(plan.evaluate(black_box(&made)))),
            &mut || drop(black_box(plan.sets(black_box(&made)))),
            &mut || drop(black_box(columns::Columns::new(black_box(patients), today))),
            &mut || drop(black_box(plan.sets(&columns::Columns::new(black_box(patients), today)))),
            &mut || {
                for batch in &filled {
                    cohort.evaluate(black_box(batch), &mut trace);
                    black_box(&trace);
                }
            },
            &mut || {
                for bound in bound.chunks(BATCH) {
                    again.clear();
                    bound.iter().for_each(|bound| again.push(black_box(bound)));
                    black_box(&again);
                }
            },
            &mut || {
                for given in given.chunks(BATCH) {
                    batch.clear();
                    fill(&mut batch, black_box(given));
                    black_box(&batch);
                }
            },
            &mut || {
                let mut batch = cohort.batch();
                for given in given.chunks(BATCH) {
                    batch.clear();
                    fill(&mut batch, black_box(given));
                    cohort.evaluate(&batch, &mut both);
                    black_box(&both);
                }
            },
            &mut || {
                for given in given.chunks(BATCH) {
                    rows.clear();
                    for given in given {
                        cohort.guideline().bind_from_into(black_box(given), &mut place).unwrap();
                        rows.push(&place);
                    }
                    cohort.evaluate(&rows, &mut of_rows);
                    black_box(&of_rows);
                }
            },
        ]);
    vec![
        ("columns made: statuses", [sets, evaluating]),
        ("the same, theirs listing the rules of each patient", [lists, evaluating]),
        ("making columns from structs", [hand_making, making]),
        ("making columns from bound facts", [hand_making, from_rows]),
        ("making from bound facts and evaluating", [hand_both, from_rows + evaluating]),
        ("making from structs and evaluating", [hand_both, ours_both]),
        ("binding structs, making and evaluating", [hand_both, ours_by_row]),
    ]
}

/// Patients of a batch.
const BATCH: usize = 2_048;

fn from_bound(cohort: &Cohort<'_>, bound: &[BoundFacts]) -> Vec<Batch> {
    let batch = |bound: &[BoundFacts]| {
        let mut batch = cohort.batch();
        bound.iter().for_each(|bound| batch.push(bound));
        batch
    };
    bound.chunks(BATCH).map(batch).collect()
}

/// Columns from structs, fact by fact.
fn fill(batch: &mut Batch, given: &[Given]) {
    fn text(text: Option<&String>) -> ColumnValue<'_> {
        text.map_or(ColumnValue::NotGiven, |text| ColumnValue::Text(text))
    }
    fn truth<'v>(truth: Option<bool>) -> ColumnValue<'v> {
        truth.map_or(ColumnValue::NotGiven, ColumnValue::Truth)
    }
    fn day<'v>(day: Option<riktlinje::Date>) -> ColumnValue<'v> {
        day.map_or(ColumnValue::NotGiven, ColumnValue::Day)
    }
    fn list<T>(list: Option<&Vec<T>>) -> ColumnList {
        list.map_or(ColumnList::NotGiven, |list| ColumnList::Records(list.len()))
    }
    let mut next = batch.more(given.len());
    next.fact("birth_date", given.iter().map(|one| day(one.birth_date))).unwrap();
    next.fact("registered_county", given.iter().map(|one| text(one.registered_county.as_ref()))).unwrap();
    next.fact("detained", given.iter().map(|one| truth(one.detained))).unwrap();
    next.fact("social", given.iter().map(|one| truth(one.social))).unwrap();
    next.fact("referral", given.iter().map(|one| truth(one.referral))).unwrap();
    next.list("diagnoses", given.iter().map(|one| list(one.diagnoses.as_ref()))).unwrap();
    let diagnoses = || given.iter().flat_map(|one| one.diagnoses.iter().flatten());
    next.list_field("diagnoses", "code", diagnoses().map(|one| text(one.code.as_ref()))).unwrap();
    next.list_field("diagnoses", "documented", diagnoses().map(|one| truth(one.documented))).unwrap();
    next.list_field("diagnoses", "onset", diagnoses().map(|one| day(one.onset))).unwrap();
    next.list("medicines", given.iter().map(|one| list(one.medicines.as_ref()))).unwrap();
    let medicines = given.iter().flat_map(|one| one.medicines.iter().flatten());
    next.list_field("medicines", "atc", medicines.map(|one| text(one.atc.as_ref()))).unwrap();
}

/// Both ways to make columns come to the same, and with all facts given to what hand-written columns say.
fn check(
    cohort: &Cohort<'_>,
    given: &[Given],
    bound: &[BoundFacts],
    patients: &[Patient],
    plan: &columns::Plan,
    gaps: Gaps,
) {
    let guideline = cohort.guideline();
    let on_date = guideline.on(given::today()).unwrap();
    let (mut single, mut rows, mut filled) =
        (riktlinje::Trace::default(), BatchTrace::default(), BatchTrace::default());
    let rules = guideline.rules().count();
    let expected = plan.evaluate(&columns::Columns::new(patients, given::today_number()));
    for (at, chunk) in from_bound(cohort, bound).iter().enumerate() {
        let first = at * BATCH;
        cohort.evaluate(chunk, &mut rows);
        let mut batch = cohort.batch();
        fill(&mut batch, &given[first..first + chunk.len()]);
        cohort.evaluate(&batch, &mut filled);
        for patient in 0..chunk.len() {
            on_date.evaluate(&bound[first + patient], &mut single);
            let statuses = |status: &dyn Fn(usize) -> Option<RuleStatus>| (0..rules).map(status).collect::<Vec<_>>();
            let one = statuses(&|rule| on_date.status(&single, rule));
            assert_eq!(one, statuses(&|rule| cohort.status(&rows, rule, patient)));
            assert_eq!(one, statuses(&|rule| cohort.status(&filled, rule, patient)));
            if gaps.percent == 0 {
                let own: Vec<u16> =
                    (0..rules as u16).filter(|rule| one[usize::from(*rule)] == Some(RECOMMENDED)).collect();
                let (from, to) = expected.range(first + patient);
                assert_eq!(own, expected.rules[from..to]);
            }
        }
    }
}
