//! Every form of value in the place of every fact.

use crate::agree;
use riktlinje::{BoundFacts, Guideline, Limits, Source};
use std::sync::OnceLock;

pub fn guideline() -> &'static Guideline {
    static GUIDELINE: OnceLock<Guideline> = OnceLock::new();
    GUIDELINE.get_or_init(|| Guideline::compile([source()]).unwrap_or_else(|error| panic!("{error}: {error:#?}")))
}

fn source() -> Source {
    Source::new("every_type.guide", include_str!("every_type.guide"))
}

const VALUES: &[&str] = &[
    "null",
    "true",
    "false",
    "\"yes\"",
    "\"no\"",
    "\"ja\"",
    "\"\"",
    "0",
    "-0",
    "1",
    "2.5",
    "-7",
    "0.1",
    "1e2",
    "1e400",
    "-0.0",
    "3.0",
    "1900",
    "999",
    "2006",
    "2006.0",
    "10000",
    "123456789012345",
    "1234567890123456",
    "1000000000000000",
    "12345678901234567890",
    "99999999999999999999999999",
    "-9223372036854775808",
    "\"2006\"",
    "\"2006-05\"",
    "\"2006-05-12\"",
    "\"2006-02-30\"",
    "\"2006-5-12\"",
    "\"0000-01-01\"",
    "\"9999-12\"",
    "\"20060512\"",
    "\"+006-05-12\"",
    "\"2006-05-12T10:00\"",
    "\"2006-05-12 \"",
    "\"åäöå-05-12\"",
    "\"none\"",
    "\"None\"",
    "\"unknown\"",
    "\"01\"",
    "\"02\"",
    "\"1\"",
    "\"13\"",
    "\"F11\"",
    "\"F11.2\"",
    "\"F112\"",
    "\"F11.2F\"",
    "\"F112F\"",
    "\"f11.2\"",
    "\"F1\"",
    "\"F11.\"",
    "\"F11.20000\"",
    "\"E119\"",
    "\"E11.9\"",
    "\"Z99.9\"",
    "\"A00\"",
    "\"F20\"",
    "\"F19.9\"",
    "\"N\"",
    "\"N02\"",
    "\"N02AA01\"",
    "\"N02AA1\"",
    "\"Z99ZZ99\"",
    "\"197696\"",
    "\"0197696\"",
    "\"8\"",
    "\"woman\"",
    "\"wom\\u0061n\"",
    "\"Woman\"",
    "\"main\"",
    "\"warm\"",
    "\"wa\\nrm\"",
    "\"7 mmol/L\"",
    "\"7.5 mmol/L\"",
    "\"7 mmol/l\"",
    "\"7000 umol/L\"",
    "\"7  mmol/L\"",
    "\"7,5 mmol/L\"",
    "\"7\"",
    "\"38.5 Cel\"",
    "\"311.65 K\"",
    "\"70 kg\"",
    "\"70000 g\"",
    "\"1e2 kg\"",
    "\"3 months\"",
    "\"1 month\"",
    "\"03 months\"",
    "\"3 m\"",
    "\"-3 days\"",
    "{}",
    "[]",
    "[null]",
    "[[]]",
    "[{}]",
    "[{}, {}]",
    "[1]",
    "[\"F11.2\"]",
    "{\"open\": []}",
    "{\"complete\": []}",
    "{\"open\": null}",
    "{\"open\": [], \"complete\": []}",
    "{\"open\": [{}], \"open\": []}",
    "{\"opn\": []}",
    "{\"open\": {\"open\": []}}",
    "{\"open\": [[]]}",
    "{\"fact\": []}",
    "{\"fact\": null}",
    "{\"fact\": \"2006\", \"on\": \"2026-01-01\"}",
    "{\"fact\": \"01\", \"on\": \"2026-01-01\", \"source\": \"x\"}",
    "{\"fact\": true}",
    "{\"on\": \"2026-01-01\"}",
    "{\"quantity\": 7, \"unit\": \"mmol/L\"}",
    "{\"unit\": \"mmol/L\", \"quantity\": 7.5}",
    "{\"quantity\": 7}",
    "{\"quantity\": \"7\", \"unit\": \"mmol/L\"}",
    "{\"quantity\": 7, \"unit\": null}",
    "{\"quantity\": 7, \"quantity\": 8, \"unit\": \"mmol/L\"}",
    "{\"quantity\": 7, \"unit\": \"umol/L\"}",
    "{\"quantity\": 70, \"unit\": \"kg\"}",
    "{\"quantity\": 7, \"unit\": \"mmol/L\", \"x\": 1}",
    "{\"system\": \"county\", \"code\": \"01\"}",
    "{\"code\": \"N02\", \"system\": \"ATC\"}",
    "{\"system\": \"county\", \"code\": \"02\"}",
    "{\"system\": \"ICD-10-SE\", \"code\": \"01\"}",
    "{\"system\": \"county\"}",
    "{\"code\": \"01\"}",
    "{\"system\": \"county\", \"code\": 1}",
    "{\"system\": \"county\", \"code\": {\"system\": \"county\", \"code\": \"01\"}}",
    "{\"from\": \"2026-01-01\", \"through\": \"2026-01-31\"}",
    "{\"through\": \"2026-01-31\", \"from\": \"2026-01-01\"}",
    "{\"from\": \"2026-02-01\", \"through\": \"2026-01-31\"}",
    "{\"from\": \"2026-01\", \"through\": \"2026-01-31\"}",
    "{\"from\": \"2026-01-01\"}",
    "{\"from\": null, \"through\": \"2026-01-31\"}",
    "{\"from\": \"2026-01-01\", \"through\": \"2026-01-31\", \"x\": 1}",
    "{\"received\": \"2026-01-01\", \"from_role\": \"physician\"}",
    "{\"from_role\": \"nurse\"}",
    "{\"received\": null}",
    "{\"received\": \"2026\", \"received\": \"2026\"}",
    "{\"reeived\": \"2026\"}",
    "{\"rooms\": 3, \"moved_in\": \"2020-01\"}",
    "{\"rooms\": \"3\"}",
    "[{\"code\": \"F11.2\", \"documented\": true, \"onset\": \"2020\", \"severity\": 3, \"kind\": \"main\"}]",
    "[{\"onset\": \"2020\", \"code\": \"F112\"}, {\"severity\": 2.5}, {\"kind\": \"other\"}]",
    "[{\"code\": \"F11.2\", \"code\": \"F11.2\"}]",
    "[{\"code\": null, \"documented\": null}]",
    "[{\"kod\": \"F11.2\"}]",
    "[{\"code\": {\"fact\": \"F11.2\"}}]",
    "{\"open\": [{\"taken\": \"2026-11-01\", \"amount\": \"12 mg\", \"answered\": \"none\"}]}",
    "[{\"taken\": \"2026-11-01\", \"amount\": \"12 mg\", \"answered\": \"2026-11-02\"}, {\"amount\": \"0.01 g\"}, {\"amount\": {\"quantity\": 10, \"unit\": \"mg\"}}]",
];

const NAMES: &[&str] = &[
    "birth_date",
    "discharged",
    "county",
    "drug",
    "substance",
    "sex",
    "risk",
    "children",
    "glucose",
    "fever",
    "weight",
    "note",
    "stay",
    "leave",
    "diagnoses",
    "samples",
    "referral",
    "home",
    "nobody",
];

#[test]
fn every_value_in_the_place_of_every_fact() {
    let mut used = BoundFacts::default();
    let mut read = 0;
    for name in NAMES {
        for value in VALUES {
            let text = format!("{{\"{name}\": {value}, \"risk\": true}}");
            read += usize::from(agree(guideline(), &text, &mut used).is_ok());
            let last = format!("{{\"note\": \"x\", \"{name}\": {value}}}");
            let _ = agree(guideline(), &last, &mut used);
        }
    }
    assert!(read > 200, "{read}");
}

#[test]
fn whole_texts() {
    let mut used = BoundFacts::default();
    for text in [
        "",
        " ",
        "{}",
        " {} ",
        "null",
        "true",
        "[]",
        "[{}]",
        "\"x\"",
        "{} {}",
        "{},",
        "{",
        "\u{feff}{\"risk\": true}",
        "{\"risk\": true",
        "{\"risk\" true}",
        "{\"r\\u0069sk\": true}",
        "{\"risk\": tru}",
        "{\"risk\": true} x",
        "{\"risk\": true,}",
        "{risk: true}",
        "{1: true}",
        "\u{0}",
        "{\"open\": []}",
        "{\"fact\": {\"risk\": true}}",
        "{\"risk\": true, \"risk\": true}",
        "{\"risk\": null, \"risk\": true}",
        "{\"diagnoses\": [{\"code\": \"E11.9\"}], \"samples\": [], \"diagnoses\": []}",
        "{\"samples\": [{\"amount\": \"1 mg\"}], \"note\": \"E11.9\", \"diagnoses\": [{\"code\": \"E11.9\"}, {\"code\": \"E119\"}, {\"code\": \"K70.3\"}], \"county\": \"03\"}",
        "{\"county\": \"03\", \"diagnoses\": [{\"code\": \"K70.3\"}, {\"code\": \"E11.9\"}], \"note\": \"K70.3\", \"children\": 1, \"weight\": \"5 kg\", \"samples\": [{\"amount\": \"1 mg\"}]}",
    ] {
        let _ = agree(guideline(), text, &mut used);
    }
    for depth in [10, 40, 140] {
        let text = format!("{{\"note\": {}{}}}", "[".repeat(depth), "]".repeat(depth));
        assert!(agree(guideline(), &text, &mut used).is_err());
    }
}

#[test]
fn the_same_facts_in_another_order_are_equal() {
    let one = r#"{"diagnoses": [{"code": "K70.3", "severity": 3}], "samples": [{"amount": "1 mg"}], "note": "x", "weight": "5 kg"}"#;
    let other = r#"{"weight": "5 kg", "note": "x", "samples": [{"amount": "1 mg"}], "diagnoses": [{"severity": 3, "code": "K703"}]}"#;
    let bind = |text: &str| guideline().bind_json(text).unwrap();
    assert_eq!(bind(one), bind(other));
    for (from, to) in [
        ("K70.3", "K70.4"),
        ("5 kg", "6 kg"),
        ("\"x\"", "\"y\""),
        ("1 mg", "2 mg"),
        ("[{\"amount\"", "[{}, {\"amount\""),
    ] {
        assert_ne!(bind(one), bind(&one.replace(from, to)), "{from}");
    }
    assert_ne!(
        bind(one),
        bind(&one.replace("\"diagnoses\": [", "\"diagnoses\": {\"complete\": [").replace("3}]", "3}]}"))
    );
}

#[test]
fn limits_are_the_same() {
    for (values, bytes) in
        [(0, 1_000), (1, 1_000), (5, 1_000), (6, 1_000), (9, 1_000), (10, 1_000), (100, 20), (100, 70), (100, 120)]
    {
        let mut limits = Limits::default();
        limits.fact_values = values;
        limits.fact_bytes = bytes;
        let guideline = Guideline::compile_within([source()], &riktlinje::CodeLists::new(), &limits).unwrap();
        let mut used = BoundFacts::default();
        for text in [
            r#"{}"#,
            r#"{"risk": true}"#,
            r#"{"note": "a rather long note about nothing"}"#,
            r#"{"diagnoses": [{"code": "F11.2"}, {"code": "F11.2"}], "risk": null}"#,
            r#"{"diagnoses": {"open": [{"code": "F11.2"}, {"code": "F11.2"}]}, "leave": {"from": "2026-01-01", "through": "2026-01-31"}}"#,
        ] {
            let _ = agree(&guideline, text, &mut used);
        }
    }
}

#[test]
fn many_strings_and_long_lists() {
    let mut used = BoundFacts::default();
    let records: Vec<String> =
        (0..1_000).map(|number| format!("{{\"code\": \"K{:02}.{}\"}}", number % 97, number % 10)).collect();
    let long = format!("{{\"diagnoses\": [{}], \"note\": \"K01.1\"}}", records.join(", "));
    agree(guideline(), &long, &mut used).unwrap();
    agree(guideline(), "{\"note\": \"K01.1\"}", &mut used).unwrap();
}
