//! The workloads of the benches, with facts missing and dates known in part, against three-valued logic written by hand:
//! what is measured is right.
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

use riktlinje::{AdviceStatus, Guideline, RuleStatus, Source, Trace};
use serde_json::Value;
use workload::given::{Gaps, given, today, today_number};
use workload::{Condition, Day, Random};

const PATIENTS: usize = 400;

/// `None`: unknown.
type Truth = Option<bool>;

fn and(one: Truth, other: Truth) -> Truth {
    match (one, other) {
        (Some(false), _) | (_, Some(false)) => Some(false),
        (Some(true), Some(true)) => Some(true),
        (None, _) | (_, None) => None,
    }
}

fn not(truth: Truth) -> Truth {
    truth.map(|truth| !truth)
}

fn all(truths: impl Iterator<Item = Truth>) -> Truth {
    let mut all = Some(true);
    for truth in truths {
        all = and(all, truth);
    }
    all
}

fn some(records: &Value, holds: impl Fn(&Value) -> Truth) -> Truth {
    not(all(records.as_array()?.iter().map(|record| not(holds(record)))))
}

fn starts_with(code: &Value, prefix: &str) -> Truth {
    code.as_str().map(|code| code.starts_with(prefix))
}

/// Whether so many years have gone by since a day that is known in part.
fn years_since(day: &Value, years: i32) -> Truth {
    let day = day.as_str()?;
    let end = |rest: &str| -> Day { format!("{day}{}", &rest[day.len()..]).replace('-', "").parse().unwrap() };
    let reached = |from: Day| (today_number() - from) / 10_000 >= years;
    // The last day of a month may not be there; no day of the workloads lies behind it.
    match (reached(end("0000-12-31")), reached(end("0000-01-01"))) {
        (true, _) => Some(true),
        (false, false) => Some(false),
        (false, true) => None,
    }
}

fn holds(condition: &Condition, patient: &Value) -> Truth {
    let flag = |name: &str, wanted: bool| patient[name].as_bool().map(|flag| flag == wanted);
    let documented = |code: &str, years: Option<i32>| {
        some(&patient["diagnoses"], |record| {
            let since = years.map_or(Some(true), |years| years_since(&record["onset"], years));
            and(and(starts_with(&record["code"], code), record["documented"].as_bool()), since)
        })
    };
    let takes = |group: &str| some(&patient["medicines"], |record| starts_with(&record["atc"], group));
    let county = patient["registered_county"].as_str();
    match condition {
        Condition::AgeAtLeast(years) => years_since(&patient["birth_date"], *years),
        Condition::AgeLessThan(years) => not(years_since(&patient["birth_date"], *years)),
        Condition::County(wanted) => county.map(|county| county == *wanted),
        Condition::CountyIn(wanted) => county.map(|county| wanted.contains(&county)),
        Condition::Documented(code) => documented(code, None),
        Condition::DocumentedYears(code, years) => documented(code, Some(*years)),
        Condition::Takes(group) => takes(group),
        Condition::TakesNo(group) => not(takes(group)),
        Condition::Detained(wanted) => flag("detained", *wanted),
        Condition::Social(wanted) => flag("social", *wanted),
        Condition::Referral(wanted) => flag("referral", *wanted),
    }
}

/// Leaves out the day, or the month too, of some dates.
fn in_part(value: &mut Value, random: &mut Random) {
    match value {
        Value::Array(all) => all.iter_mut().for_each(|value| in_part(value, random)),
        Value::Object(fields) => fields.values_mut().for_each(|value| in_part(value, random)),
        Value::String(text) if text.len() == "2025-06-01".len() => match random.below(4) {
            0 => text.truncate("2025-06".len()),
            1 => text.truncate("2025".len()),
            _ => {}
        },
        Value::String(_) | Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

#[test]
fn every_status_is_that_of_three_valued_logic_by_hand() {
    let patients = workload::patients(PATIENTS);
    let sizes = [60, 100, workload::RULES, 500, 1_500].map(workload::rules);
    for rules in [vec![workload::rule_a()]].into_iter().chain(sizes) {
        let text = workload::guideline(&rules);
        let guideline = Guideline::compile([Source::new("a.guide", text)]).unwrap();
        let on_date = guideline.on(today()).unwrap();
        let (mut trace, mut random, mut unknown) = (Trace::default(), Random(1), 0);
        for percent in [0, 10, 40] {
            for given in given(&patients, Gaps { percent }) {
                let mut patient = serde_json::to_value(&given).unwrap();
                in_part(&mut patient, &mut random);
                let facts = guideline.facts_from_json(&patient.to_string()).unwrap();
                on_date.evaluate(&guideline.bind(&facts), &mut trace);
                for (rule, status) in rules.iter().zip(on_date.statuses(&trace)) {
                    let truth = all(rule.iter().map(|condition| holds(condition, &patient)));
                    let expected = match truth {
                        Some(true) => AdviceStatus::Recommended,
                        Some(false) => AdviceStatus::NotApplicable,
                        None => AdviceStatus::Undetermined,
                    };
                    assert_eq!(status, RuleStatus::Recommendation(expected), "{rule:?} for {patient}");
                    unknown += usize::from(truth.is_none());
                }
            }
        }
        assert!(unknown > PATIENTS / 4, "{unknown}");
    }
}
