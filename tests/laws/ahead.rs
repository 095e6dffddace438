//! What time alone will change: the same as going through the days one by one.

use crate::agreement::{compile, date};
use crate::generator::{self, Presence, Random, Size};
use crate::reference::Patient;
use proptest::prelude::*;
use riktlinje::{Guideline, RuleStatus};

const DAYS: i64 = 400;

/// By rule: its first other status, and on which day after the first.
fn one_by_one(guideline: &Guideline, patient: &Patient, from: i64) -> Vec<(String, Option<(i64, RuleStatus)>)> {
    // What is stated without a day is taken as true on the first, and grows old from there.
    let mut aging = Patient { facts: patient.facts.clone() };
    for given in aging.facts.values_mut() {
        given.on = given.on.or(Some(from));
    }
    let facts = guideline.facts_from_json(&generator::yaml(&aging)).unwrap();
    let bound = guideline.bind(&facts);
    let mut trace = riktlinje::Trace::default();
    let mut statuses = |day: i64| -> Vec<RuleStatus> {
        let on_date = guideline.on(date(day)).unwrap();
        on_date.evaluate(&bound, &mut trace);
        (0..guideline.rules().count()).map(|rule| on_date.status(&trace, rule).unwrap()).collect()
    };
    let now = statuses(from);
    let mut found: Vec<Option<(i64, RuleStatus)>> = vec![None; now.len()];
    for day in from + 1..=from + DAYS {
        for (rule, status) in statuses(day).into_iter().enumerate() {
            if found[rule].is_none() && status != now[rule] {
                found[rule] = Some((day, status));
            }
        }
    }
    guideline.rules().map(str::to_owned).zip(found).collect()
}

proptest! {
    #![proptest_config(super::cases(60))]

    #[test]
    fn changes_ahead_are_found_on_their_day(seed: u64) {
        let mut random = Random::new(seed);
        let made = generator::guideline(&mut random, Size::Full);
        let (guideline, text) = compile(&made.file).map_err(TestCaseError::fail)?;
        for _ in 0..3 {
            let patient = generator::patient(&mut random, &made.file, Presence::Gaps);
            let from = generator::day(&mut random);
            let facts = guideline.facts_from_json(&generator::yaml(&patient)).unwrap();
            let outlook = guideline.changes_ahead(&facts, date(from), Some(date(from + DAYS))).unwrap();
            let expected = one_by_one(&guideline, &patient, from);
            prop_assert_eq!(outlook.rules.len(), expected.len());
            for (rule, (name, change)) in outlook.rules.iter().zip(expected) {
                prop_assert_eq!(&rule.rule, &name);
                let got = rule.next.as_ref().map(|next| (next.on, next.status.unwrap()));
                let wanted = change.map(|(day, status)| (date(day), status));
                prop_assert_eq!(got, wanted, "{} from {}\n{}\n{}", name, date(from), text, generator::yaml(&patient));
            }
            // Without an end the same, where it comes within the days.
            let endless = guideline.changes_ahead(&facts, date(from), None).unwrap();
            for (short, long) in outlook.rules.iter().zip(&endless.rules) {
                if short.next.is_some() {
                    prop_assert_eq!(short, long);
                } else if let Some(next) = &long.next {
                    prop_assert!(next.on > date(from + DAYS));
                }
            }
        }
    }
}
