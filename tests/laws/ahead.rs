//! What time alone will change: the same as going through the days one by one.

use crate::agreement::{compile, date};
use crate::generator::{self, Presence, Random, Size};
use crate::reference::Patient;
use proptest::prelude::*;
use riktlinje::{Date, Facts, Guideline, OptionName, RuleStatus};

const DAYS: i64 = 400;

/// What is stated without a day is taken as true on the first, and grows old from there.
fn aging(guideline: &Guideline, patient: &Patient, from: i64) -> Facts {
    let mut aging = Patient { facts: patient.facts.clone() };
    for given in aging.facts.values_mut() {
        given.on = given.on.or(Some(from));
    }
    guideline.facts_from_json(&generator::yaml(&aging)).unwrap()
}

/// The options that a proposal proposes on a day.
fn proposed(guideline: &Guideline, facts: &Facts, rule: &str, day: Date) -> Vec<OptionName> {
    let outcome = guideline.decide(facts, day).unwrap();
    let mut of = outcome.proposals.into_iter().filter(|proposal| rule == format!("propose.{}", proposal.id));
    of.find(|proposal| proposal.status.name() == "proposed").map(|proposal| proposal.outcomes).unwrap_or_default()
}

/// By rule: its first other status, and on which day after the first.
fn one_by_one(guideline: &Guideline, patient: &Patient, from: i64) -> Vec<(String, Option<(i64, RuleStatus)>)> {
    let facts = aging(guideline, patient, from);
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
                if !rule.outcomes.is_empty() {
                    // What a proposal proposes changes, too: on the day that is said, and on none of some days before it.
                    let aging = aging(&guideline, &patient, from);
                    let on = |day: Date| proposed(&guideline, &aging, &name, day);
                    let end = got.map_or(date(from + DAYS), |(day, _)| day.previous().unwrap());
                    let days = i64::from(end.day_number() - date(from).day_number());
                    let between = (0..3).map(|_| date(from + random.between(0, days)));
                    for day in between.chain([end]) {
                        prop_assert_eq!(&on(day), &rule.outcomes, "{} on {}\n{}", name, day, text);
                    }
                    if let Some(next) = rule.next.as_ref().filter(|next| !next.outcomes.is_empty()) {
                        prop_assert_eq!(&on(next.on), &next.outcomes, "{} on {}\n{}", name, next.on, text);
                        prop_assert_ne!(&next.outcomes, &rule.outcomes);
                        prop_assert!(wanted.is_none_or(|(day, _)| next.on < day));
                        continue;
                    }
                }
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
