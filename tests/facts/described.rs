//! What a tool is told of the facts of a guideline.

use super::json_schema::Schema;
use super::{GUIDE, guideline};
use riktlinje::{AllowedNumbers, FactKind, FactRole, Guideline, Language, ListCompleteness, Source, ValueKind};
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
        "word": null, "completeness": null, "fields": [], "read_by": ["recommend.advice"], "allowed": null,
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

#[test]
fn says_which_numbers_an_item_can_have() {
    let head =
        "guideline g\n    language 1\n    title en \"G\"\n    version 1.0.0\n    status draft\n    about patient\n";
    let score = "score audit\n    label en \"Audit\"\n    our interpretation \"test\"\n    item q1 to q2: each 0 to 4\n    \
                 item q3: each 0, 2 or 4.5\n    bands, highest that holds\n        risk from 5\n            text en \"Risk\"\n        \
                 low otherwise\n            text en \"Low\"\n";
    let guideline = match Guideline::compile([Source::new("g.guide", format!("{head}{score}"))]) {
        Ok(guideline) => guideline,
        Err(error) => panic!("{error:?}"),
    };
    let facts = guideline.fact_descriptions();
    let allowed: Vec<_> = facts.iter().map(|fact| (fact.name.as_str(), fact.allowed.clone())).collect();
    let whole = Some(AllowedNumbers::Whole { low: 0, high: 4 });
    let listed = AllowedNumbers::Listed(["0", "2", "4.5"].map(|number| number.parse().unwrap()).into());
    assert_eq!(allowed, [("q1", whole.clone()), ("q2", whole), ("q3", Some(listed))]);
    assert!(facts.iter().all(|fact| fact.read_by == ["score.audit"]));
    let json: Vec<Value> = facts.iter().map(|fact| serde_json::to_value(fact).unwrap()["allowed"].clone()).collect();
    assert_eq!(json, [json!({"low": 0, "high": 4}), json!({"low": 0, "high": 4}), json!([0, 2, 4.5])]);
    let schema = Schema::new(&guideline.facts_json_schema(Language::English));
    for (document, read) in [
        (json!({"q1": 0, "q2": 4.0, "q3": 4.5}), true),
        (json!({"q1": {"fact": 3, "on": "2026-01-01"}, "q2": null}), true),
        (json!({"q1": 5}), false),
        (json!({"q1": -1}), false),
        (json!({"q1": 2.5}), false),
        (json!({"q3": 3}), false),
        (json!({"q3": "2"}), false),
        (json!({"q1": {"fact": 5}}), false),
    ] {
        let facts = guideline.facts_from_json(&document.to_string());
        assert_eq!((facts.is_ok(), schema.fits(&document)), (read, read), "{document}");
        assert_eq!(guideline.facts_from(&document).is_ok(), read, "{document}");
    }
}
