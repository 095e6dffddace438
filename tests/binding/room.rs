//! That ordinary data goes the short way: into a place that was used before, nothing is allocated.

use crate::forms::guideline;
use allocation_counter::measure;
use riktlinje::{BoundFacts, Date};
use serde::Serialize;

/// Allocations of the second time that something is bound.
fn second_time(mut bind: impl FnMut(&mut BoundFacts)) -> u64 {
    let mut place = BoundFacts::default();
    bind(&mut place);
    measure(|| bind(&mut place)).count_total
}

#[derive(Serialize)]
struct Patient {
    birth_date: Date,
    county: String,
    risk: bool,
    children: Option<u8>,
    fever: Option<String>,
    weight: Option<String>,
    note: String,
    diagnoses: Vec<Diagnosis>,
}

#[derive(Serialize)]
struct Diagnosis {
    code: &'static str,
    documented: bool,
    onset: &'static str,
    severity: f64,
}

#[test]
fn a_struct_needs_no_room() {
    let diagnosis = |code| Diagnosis { code, documented: true, onset: "2020-05", severity: 2.5 };
    let patient = Patient {
        birth_date: Date::from_ymd(1990, 5, 12).unwrap(),
        county: "13".to_owned(),
        risk: false,
        children: None,
        fever: Some("38.5 Cel".to_owned()),
        weight: Some("71.5 kg".to_owned()),
        note: "nothing that a rule knows".to_owned(),
        diagnoses: ["F11.2", "F112", "E119", "K70.3"].map(diagnosis).into(),
    };
    assert_eq!(second_time(|place| guideline().bind_from_into(&patient, place).unwrap()), 0);
    let facts = guideline().facts_from(&patient).unwrap();
    assert_eq!(guideline().bind_from(&patient).unwrap(), guideline().bind(&facts));
}

#[test]
fn ordinary_texts_need_no_room() {
    for text in [
        "{}",
        r#"{"birth_date": "1990-05-12", "discharged": "none", "county": "13", "drug": "N02AA01", "substance": "8"}"#,
        r#"{"birth_date": "1990", "discharged": null, "sex": "woman", "risk": true, "children": 2, "note": "warm"}"#,
        r#"{"glucose": {"quantity": 7.5, "unit": "mmol/L"}, "fever": "38.5 Cel", "weight": "70.5 kg", "stay": "3 months"}"#,
        r#"{"diagnoses": [{"code": "F11.2", "documented": false, "onset": "2020-05"}, {"code": "E119"}, {"severity": 2.75}]}"#,
        r#"{"diagnoses": {"open": []}, "samples": {"complete": [{"taken": "2026-11-01", "amount": "10 mg"}, {}]}}"#,
        r#"{"referral": {"received": "2026-01", "from_role": "nurse"}, "home": {"rooms": 3, "moved_in": "2020"}}"#,
        r#"{"county": {"system": "county", "code": "01"}, "leave": {"from": "2026-01-01", "through": "2026-01-31"}}"#,
        r#"{"referral": "none", "birth_date": 1990, "risk": "yes"}"#,
    ] {
        assert_eq!(second_time(|place| guideline().bind_json_into(text, place).unwrap()), 0, "{text}");
    }
}

#[test]
fn what_is_said_in_full_goes_the_long_way() {
    let text = r#"{"county": {"fact": "13", "on": "2026-01-01"}}"#;
    assert!(second_time(|place| guideline().bind_json_into(text, place).unwrap()) > 0);
}

#[test]
fn bytes_are_those_that_were_allocated() {
    let many: Vec<String> =
        (0..20).map(|number| format!(r#"{{"code": "K{number:02}.1", "severity": {number}}}"#)).collect();
    for text in [
        "{}".to_owned(),
        r#"{"children": 2, "note": "x"}"#.to_owned(),
        format!(r#"{{"diagnoses": [{}]}}"#, many.join(",")),
    ] {
        guideline().bind_json(&text).unwrap();
        let mut bound = None;
        let heap = measure(|| bound = Some(guideline().bind_json(&text).unwrap())).bytes_current;
        let heap = usize::try_from(heap).unwrap();
        assert_eq!(bound.unwrap().bytes(), size_of::<BoundFacts>() + heap, "{text}");
    }
}
