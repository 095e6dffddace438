//! The production evaluator says what the plain walker says.

use crate::agreement::{
    Case, Met, calendar_difference, compile, date, difference, first_difference, masks_agree, of_outcome,
    production_answers, set, set_reference_answers, shrink,
};
use crate::generator::yaml;
use crate::reference::Guide;
use std::sync::atomic::{AtomicU64, AtomicUsize, Ordering};

/// So many pairs of a patient and a date in CI; set `RIKTLINJE_PAIRS` for more.
const PAIRS: usize = 200_000;
/// So many bring every kind of rule to every status.
const ENOUGH: usize = 20_000;
const PATIENTS: usize = 50;
const DATES: usize = 2;

const STATUSES: &[(&str, &str)] = &[
    ("eligibility", "met refer not_met undetermined not_applicable"),
    ("eligibility line", "met excepted not_met undetermined"),
    ("recommend", "recommended advised_against not_applicable undetermined"),
    ("checklist", "complete incomplete undetermined not_applicable"),
    ("checklist line", "met not_met undetermined"),
    ("task", "to_do done late done_late undetermined not_applicable"),
    ("task line", "to_do done late done_late undetermined not_applicable"),
    ("parallel", "in_parallel waiting out_of_step undetermined not_applicable"),
    ("parallel line", "started started_late waiting overdue ended declined not_applicable undetermined"),
    ("score", "banded undetermined not_applicable"),
    ("indicator", "not_counted counted in undetermined"),
    ("schedule", "in_force undetermined not_applicable"),
    ("schedule line", "planned due overdue missed past done undetermined"),
    ("propose", "proposed none_applies conflict possible_conflict undetermined not_applicable"),
];

fn statuses() -> impl Iterator<Item = (String, String)> {
    let each = STATUSES.iter().flat_map(|(kind, statuses)| statuses.split(' ').map(move |status| (*kind, status)));
    each.map(|(kind, status)| (kind.to_owned(), status.to_owned()))
}

fn number(variable: &str, otherwise: usize) -> usize {
    std::env::var(variable).map_or(otherwise, |text| text.parse().expect("a number"))
}

fn disagree(case: &Case) -> bool {
    let Ok((guideline, _)) = compile(&case.file) else { return false };
    let guideline = set(&guideline, &case.settings);
    let answers = std::panic::catch_unwind(|| {
        let expected = set_reference_answers(case);
        let facts = guideline.facts_from_json(&yaml(&case.patient)).unwrap();
        let got = of_outcome(&guideline.decide(&facts, date(case.day)).unwrap());
        let guide = Guide::new(&[&case.file]).with(case.settings);
        calendar_difference(&guideline, &guide, &facts, &case.patient, case.day).is_some()
            || difference(&expected, &got).is_some()
            || !masks_agree(&guideline, &facts, case.day, &got)
    });
    answers.unwrap_or(false)
}

fn report(seed: u64, case: Case) -> String {
    let case = shrink(case, &disagree);
    let guideline = set(&compile(&case.file).unwrap().0, &case.settings);
    let expected = set_reference_answers(&case);
    let got = production_answers(&guideline, &case.patient, case.day);
    let guide = Guide::new(&[&case.file]).with(case.settings);
    let facts = guideline.facts_from_json(&yaml(&case.patient)).unwrap();
    let different = difference(&expected, &got)
        .or_else(|| calendar_difference(&guideline, &guide, &facts, &case.patient, case.day));
    let Some((what, expected, got)) = different else {
        return format!("seed {seed}\n{case}\nthe way for many patients comes to another status than {got:?}\n");
    };
    format!("seed {seed}\n{case}\n{what}: the reference says `{expected}`, the evaluator `{got}`\n")
}

#[test]
fn the_evaluator_agrees_with_the_reference() {
    let guidelines = number("RIKTLINJE_PAIRS", PAIRS).div_ceil(PATIENTS * DATES) as u64;
    let first = number("RIKTLINJE_SEED", 1) as u64;
    // How many disagreements to show before giving up.
    let most = number("RIKTLINJE_SHOW", 1);
    let (next, pairs) = (AtomicU64::new(first), AtomicUsize::new(0));
    let found = std::sync::Mutex::new(Vec::new());
    let all_met = std::sync::Mutex::new(Met::new());
    let work = || {
        loop {
            let seed = next.fetch_add(1, Ordering::Relaxed);
            if seed >= first + guidelines || found.lock().unwrap().len() >= most {
                return;
            }
            let mut met = Met::new();
            match first_difference(seed, PATIENTS, DATES, &mut met) {
                Ok(compared) => {
                    pairs.fetch_add(compared, Ordering::Relaxed);
                    let mut all = all_met.lock().unwrap();
                    met.into_iter().for_each(|(what, times)| *all.entry(what).or_default() += times);
                }
                Err(case) => found.lock().unwrap().push((seed, *case)),
            }
        }
    };
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(work);
        }
    });
    println!("{} pairs compared, {guidelines} guidelines", pairs.load(Ordering::Relaxed));
    let mut found = found.into_inner().unwrap();
    found.sort_by_key(|(seed, _)| *seed);
    let reports: Vec<String> = found.into_iter().take(most).map(|(seed, case)| report(seed, case)).collect();
    assert!(reports.is_empty(), "{}", reports.join("\n----\n"));
    let met = all_met.into_inner().unwrap();
    for ((kind, status), times) in &met {
        println!("{kind:<20} {status:<20} {times:>9}");
    }
    // A kind of rule that never comes to one of its statuses is not tried.
    if pairs.into_inner() >= ENOUGH {
        let missed: Vec<String> =
            statuses().filter(|wanted| !met.contains_key(wanted)).map(|w| format!("{w:?}")).collect();
        assert!(missed.is_empty(), "never met: {}", missed.join(", "));
    }
}
