//! Many patients in one call say what one patient at a time says, and what the plain walker says.
#![allow(
    unreachable_pub,
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::unreachable,
    reason = "a panic is the failure report"
)]

#[path = "../agreement/mod.rs"]
mod agreement;
#[path = "../generator/mod.rs"]
mod generator;
#[path = "../reference/mod.rs"]
mod reference;

mod by_arrow;
mod by_column;
mod population;

use agreement::{date, of_reference};
use population::Population;
use riktlinje::{BatchTrace, Cohort, GroupCounts, IndicatorCounts, IndicatorStatus, RuleStatus, Trace};

/// By rule and patient.
type Statuses = Vec<Vec<RuleStatus>>;

fn cases() -> u64 {
    12 * std::env::var("RIKTLINJE_TIMES").map_or(1, |text| text.parse::<u64>().expect("a number"))
}

/// One after the other.
fn singly(population: &Population, day: reference::Day) -> Statuses {
    let guideline = &population.guideline;
    let on_date = guideline.on(date(day)).unwrap();
    let mut trace = Trace::default();
    let mut statuses = vec![Vec::new(); guideline.rules().count()];
    for facts in &population.facts {
        on_date.evaluate(&guideline.bind(facts), &mut trace);
        for (rule, statuses) in statuses.iter_mut().enumerate() {
            statuses.push(on_date.status(&trace, rule).unwrap());
        }
    }
    statuses
}

fn of_trace(cohort: &Cohort<'_>, trace: &BatchTrace, rules: usize, patients: usize) -> Statuses {
    let of_rule = |rule| (0..patients).map(|patient| cohort.status(trace, rule, patient).unwrap()).collect();
    let statuses: Statuses = (0..rules).map(of_rule).collect();
    assert_eq!(cohort.status(trace, 0, patients), None, "nobody past the last");
    assert_eq!(cohort.status(trace, rules, 0), None, "no rule past the last");
    for (rule, statuses) in statuses.iter().enumerate() {
        let counts = cohort.counts(trace, rule);
        for (status, count) in &counts {
            assert_eq!(statuses.iter().filter(|other| *other == status).count(), *count, "{status:?}");
        }
        assert_eq!(counts.iter().map(|(_, count)| count).sum::<usize>(), patients);
    }
    statuses
}

#[track_caller]
fn assert_same(expected: &Statuses, got: &Statuses, population: &Population, day: reference::Day) {
    for (rule, (expected, got)) in population.guideline.rules().zip(expected.iter().zip(got)) {
        for (patient, (expected, got)) in expected.iter().zip(got).enumerate() {
            assert_eq!(
                expected,
                got,
                "seed {}, {rule}, patient {patient} on {}\n{}\n{}",
                population.seed,
                reference::day_text(day),
                generator::yaml(&population.patients[patient]),
                population.text
            );
        }
    }
}

#[test]
fn a_batch_says_what_one_at_a_time_says() {
    let sizes = [1, 63, 64, 65, 200, 255, 256, 257];
    for seed in 0..cases() {
        let size = sizes[seed as usize % sizes.len()];
        let population = Population::new(seed, size);
        // Made once, for more dates than one.
        let mut batch = population.guideline.cohort(date(population.days[0])).unwrap().batch();
        // Somebody who was there before leaves no trace.
        batch.push(&population.guideline.bind(&population.facts[size - 1]));
        batch.clear();
        for facts in &population.facts {
            batch.push(&population.guideline.bind(facts));
        }
        assert_eq!(batch.len(), size);
        let mut trace = BatchTrace::default();
        for day in &population.days {
            let cohort = population.guideline.cohort(date(*day)).unwrap();
            cohort.evaluate(&batch, &mut trace);
            let expected = singly(&population, *day);
            let rules = expected.len();
            assert_same(&expected, &of_trace(&cohort, &trace, rules, size), &population, *day);
        }
    }
}

#[test]
fn a_batch_says_what_the_walker_says() {
    for seed in 100..100 + cases() {
        let population = Population::new(seed, 20);
        let guide = reference::Guide::new(&[&population.file]);
        let day = population.days[0];
        let cohort = population.guideline.cohort(date(day)).unwrap();
        let parts = cohort.parts(population.facts.iter().cloned()).map(Result::unwrap).collect::<Vec<_>>();
        assert_eq!(parts.len(), 1);
        for (at, patient) in population.patients.iter().enumerate() {
            let expected = of_reference(&guide.answers(patient, day));
            for (rule, name) in population.guideline.rules().enumerate() {
                let said = &expected.iter().find(|(what, _)| what == name).unwrap().1;
                let got = parts[0].status(rule, at).unwrap().name();
                assert_eq!(said.split(',').next(), Some(got), "seed {seed}, {name}, patient {at}\n{}", population.text);
            }
        }
    }
}

#[test]
fn parts_come_in_order_and_keep_their_patients() {
    let population = Population::new(7, 60);
    let day = population.days[0];
    let cohort = population.guideline.cohort(date(day)).unwrap();
    let expected = singly(&population, day);
    let many = 9_000;
    let facts = population.facts.iter().cycle().take(many).cloned();
    let mut next = 0;
    for part in cohort.parts(facts) {
        let part = part.unwrap();
        assert_eq!(part.first(), next);
        for patient in 0..part.patients() {
            let of = (next + patient) % 60;
            assert_eq!(part.patient(patient), Some(&population.facts[of]));
            for (rule, statuses) in expected.iter().enumerate() {
                assert_eq!(part.status(rule, patient), Some(statuses[of]));
            }
        }
        next += part.patients();
    }
    assert_eq!(next, many);
    assert_eq!(cohort.parts([]).count(), 0);
}

#[test]
fn indicators_count_everybody_once() {
    let mut indicators = 0;
    for seed in 400..400 + cases() {
        let population = Population::new(seed, 130);
        let (guideline, day) = (&population.guideline, date(population.days[0]));
        let all = guideline.count(&population.facts, day).unwrap();
        let statuses = singly(&population, population.days[0]);
        for counts in &all {
            indicators += 1;
            let rule = guideline.rules().position(|rule| *rule == format!("indicator.{}", counts.id)).unwrap();
            let those = |wanted: IndicatorStatus| -> Vec<usize> {
                let is_wanted = |at: &usize| statuses[rule][*at] == RuleStatus::Indicator(wanted);
                (0..population.facts.len()).filter(is_wanted).collect()
            };
            assert_eq!(counts.undetermined, those(IndicatorStatus::Undetermined), "seed {seed}");
            assert_eq!(counts.all.is_in.low as usize, those(IndicatorStatus::In).len(), "seed {seed}");
            assert!(counts.others.is_empty() || counts.others == those(IndicatorStatus::Counted), "seed {seed}");
        }
        // Together they are what they are one by one.
        let mut sums: Vec<Vec<[u64; 4]>> = Vec::new();
        for facts in &population.facts {
            let own = guideline.count([facts], day).unwrap();
            sums.resize_with(own.len(), Vec::new);
            for (sum, own) in sums.iter_mut().zip(&own) {
                sum.resize(own.groups.len() + 1, [0; 4]);
                for (sum, own) in sum.iter_mut().zip(numbers(own)) {
                    sum.iter_mut().zip(own).for_each(|(sum, own)| *sum += own);
                }
            }
        }
        assert_eq!(sums, all.iter().map(numbers).collect::<Vec<_>>(), "seed {seed}");
    }
    assert!(indicators > 0);
}

/// Of everybody and of each group.
fn numbers(counts: &IndicatorCounts) -> Vec<[u64; 4]> {
    let of = |counts: &GroupCounts| [counts.counted.low, counts.counted.high, counts.is_in.low, counts.is_in.high];
    std::iter::once(&counts.all).chain(&counts.groups).map(of).collect()
}

#[test]
fn lists_of_ten_thousand_records() {
    for seed in 200..204 {
        let mut population = Population::new(seed, 3);
        population.lengthen(1, 10_000);
        for day in population.days.clone() {
            let cohort = population.guideline.cohort(date(day)).unwrap();
            let mut batch = cohort.batch();
            population.facts.iter().for_each(|facts| batch.push(&population.guideline.bind(facts)));
            let mut trace = BatchTrace::default();
            cohort.evaluate(&batch, &mut trace);
            let expected = singly(&population, day);
            assert_same(&expected, &of_trace(&cohort, &trace, expected.len(), 3), &population, day);
        }
    }
}
