//! What a tool is told of the facts of a guideline.

use super::{GUIDE, guideline};
use riktlinje::{FactKind, FactRole, Guideline, ListCompleteness, Source, ValueKind};
use serde_json::{Value, json};

const RULES: &str = r#"setting conferences: list of conference, complete
    held: date
fact smokes: yes/no, not mentioned means no
    label sv "Röker" en "Smokes"
    valid for 3 months
define next_conference
    label en "Next conference"
    the earliest held of conferences that are (held on or after today)
    show
define dependent
    some diagnosis in diagnoses has (code in F11)
eligibility clinic
    label en "Clinic"
    our interpretation "test"
    require dependence: dependent
        label en "Dependence"
    expect referral: there is a referral and referral.received on or after birth_date
        label en "Referral"
recommend advice
    label en "Advice"
    our interpretation "test"
    should when clinic is met and smokes
    text en "Stop."
assume glucose more than 1 mmol/L
"#;

fn described() -> Guideline {
    Guideline::compile([Source::new("facts.guide", format!("{GUIDE}{RULES}"))]).unwrap()
}

#[test]
fn says_what_reads_a_fact() {
    let facts = described().fact_descriptions();
    let read_by = |name: &str| facts.iter().find(|fact| fact.name == name).unwrap().read_by.join(" ");
    assert_eq!(read_by("diagnoses"), "eligibility.clinic recommend.advice");
    assert_eq!(read_by("referral"), "eligibility.clinic recommend.advice");
    assert_eq!(read_by("birth_date"), "eligibility.clinic recommend.advice");
    assert_eq!(read_by("smokes"), "recommend.advice");
    assert_eq!(read_by("conferences"), "values.next_conference");
    assert_eq!(read_by("glucose"), "");
    let names: Vec<&str> = facts.iter().map(|fact| fact.name.as_str()).collect();
    assert_eq!((names.first(), names.last(), names.len()), (Some(&"birth_date"), Some(&"smokes"), 15));
}

#[test]
fn describes_every_type() {
    let facts = guideline().fact_descriptions();
    let kinds: Vec<String> = facts.iter().map(|fact| format!("{}: {}", fact.name, fact.kind.name())).collect();
    let expected = [
        "birth_date: date",
        "discharged: date",
        "registered_county: code",
        "sex: choice",
        "overdose_risk: yes_no",
        "children: number",
        "glucose: quantity",
        "temperature: quantity",
        "note: text",
        "stay: duration",
        "leave: period",
        "diagnoses: list",
        "referral: record",
    ];
    assert_eq!(kinds, expected);
    let kind = |name: &str| facts.iter().find(|fact| fact.name == name).unwrap().kind.clone();
    assert_eq!(kind("discharged"), FactKind::Value(ValueKind::Date { or_none: true }));
    let FactKind::List { word, fields, completeness } = kind("diagnoses") else { panic!("no list") };
    assert_eq!((word.as_str(), fields.len(), completeness), ("diagnosis", 3, ListCompleteness::Open));
    assert!(matches!(kind("referral"), FactKind::Record { or_none: true, .. }));
    assert!(facts.iter().all(|fact| fact.role == FactRole::Patient));
}

#[test]
fn has_every_key_in_json() {
    let facts = described().fact_descriptions();
    let fact = |name: &str| -> Value {
        let fact = facts.iter().find(|fact| fact.name == name).unwrap();
        assert_eq!(serde_json::from_str::<Value>(&fact.to_json()).unwrap(), serde_json::to_value(fact).unwrap());
        serde_json::to_value(fact).unwrap()
    };
    let expected = json!({
        "name": "smokes", "role": "fact", "type": "yes_no", "or_none": false, "unit": null, "system": null, "choices": [],
        "label": {"sv": "Röker", "en": "Smokes"}, "question": {}, "not_mentioned": false, "valid_for": "3 months",
        "word": null, "completeness": null, "fields": [], "read_by": ["recommend.advice"],
    });
    assert_eq!(fact("smokes"), expected);
    let conferences = fact("conferences");
    let expected = json!({
        "name": "held", "type": "date", "or_none": false, "unit": null, "system": null, "choices": [], "label": {},
        "question": {}, "not_mentioned": null,
    });
    assert_eq!(conferences["fields"], json!([expected]));
    assert_eq!(
        (&conferences["role"], &conferences["word"], &conferences["completeness"]),
        (&json!("setting"), &json!("conference"), &json!("complete"))
    );
    assert_eq!(fact("glucose")["unit"], "mmol/L");
    assert_eq!(fact("registered_county")["system"], "county");
    assert_eq!(fact("sex")["choices"], json!(["woman", "man", "other"]));
    assert_eq!((&fact("referral")["or_none"], &fact("diagnoses")["or_none"]), (&json!(true), &json!(false)));
}
