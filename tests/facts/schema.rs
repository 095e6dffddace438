//! The JSON Schema of facts says of a document what reading it says.

use super::json_schema::Schema;
use super::values::{Any, anything, facts};
use super::{guideline, json};
use proptest::prelude::*;
use riktlinje::{Code, Error, Guideline, Language, Source, System};
use serde_json::{Value, json};
use std::collections::BTreeMap;

fn schema() -> Schema {
    Schema::new(&guideline().facts_json_schema(Language::English))
}

/// What the schema cannot say, by what reading says of it.
const NOT_IN_THE_SCHEMA: [&str; 6] = [
    "cannot be converted to",
    "not a unit that is read",
    "a number of more than 15 digits",
    "outside the range of numbers",
    "outside the range of numbers in",
    "the period ends before it begins",
];

/// Whether both say the same, or differ in a way that is known.
fn agree(schema: &Schema, document: &Value) -> Result<(), String> {
    let read = json(&document.to_string());
    match (schema.mistake(document), read) {
        (None, Ok(_)) | (Some(_), Err(_)) => Ok(()),
        (None, Err(Error::Facts(errors))) => {
            let known = |message: &str| NOT_IN_THE_SCHEMA.iter().any(|known| message.contains(known));
            if errors.iter().all(|error| known(&error.message)) {
                Ok(())
            } else {
                Err(format!("{document} fits and is not read: {errors:?}"))
            }
        }
        (None, Err(error)) => Err(format!("{document}: {error}")),
        (Some(mistake), Ok(_)) => Err(format!("{document} is read and does not fit: {mistake}")),
    }
}

#[test]
fn says_what_reading_says_of_every_form() {
    let schema = schema();
    for (name, good, bad) in [
        (
            "birth_date",
            json!([null, "1990", "1990-05", "1990-05-12", "2000-02-29", "0400-02-29", "9999-12-31", 1990, 1990.0]),
            json!([
                "",
                "none",
                "0000",
                "990",
                "1990-13",
                "1990-00",
                "1990-05-00",
                "1900-02-29",
                "2023-02-29",
                "2024-02-30",
                "2026-04-31",
                "1990-5",
                "1990-05-12T10:00",
                "1990 ",
                "١٩٩٠",
                999,
                10000,
                1990.5,
                true,
                [],
                {}
            ]),
        ),
        ("discharged", json!(["none", "1990", null]), json!(["None", false])),
        (
            "registered_county",
            json!(["01", "25", {"system": "county", "code": "14"}]),
            json!([
                "1", "02", "011", 14, {"system": "ATC", "code": "14"}, {"system": "county"}, {"code": "14"},
                {"system": "county", "code": "14", "display": "Västra Götaland"},
                {"system": "county", "code": {"system": "county", "code": "14"}}, {"system": "county", "code": null}
            ]),
        ),
        ("sex", json!(["woman", "man", "other"]), json!(["Woman", "", "none", true])),
        ("overdose_risk", json!([true, false, "yes", "no"]), json!(["Yes", "ja", 1, 0, "true"])),
        ("children", json!([0, -2, 0.1, 1e20]), json!(["2", true, {}])),
        (
            "glucose",
            json!(["7 mmol/L", "-7.5 mmol/L", "7e-1 mmol/L", "7E+2 umol/L", {"quantity": 7.5, "unit": "mmol/L"}]),
            json!([
                7, "7", "7mmol/L", "7  mmol/L", " 7 mmol/L", ".7 mmol/L", "7. mmol/L", "7 ", "7 mmol/L ", "+7 mmol/L",
                {"quantity": "7", "unit": "mmol/L"}, {"quantity": 7}, {"quantity": 7, "unit": null},
                {"quantity": 7, "unit": "mmol/L", "on": "2026-01-01"}
            ]),
        ),
        ("note", json!(["", "unknown", "none", "3"]), json!([3, true, [], {}])),
        (
            "stay",
            json!(["0 days", "1 day", "3 months", "999999999 years"]),
            json!(["3", "03 months", "-3 months", "3 Months", "3 hours", "3 months ", "1.5 years", 3]),
        ),
        (
            "leave",
            json!([{"from": "2026-01-01", "through": "2026-01-31"}]),
            json!([
                {"from": "2026-01", "through": "2026-02"}, {"from": "2026-01-01"}, {"from": "2026-01-01", "through": null},
                {"from": "2026-01-01", "through": "2026-01-31", "to": 1}, "2026-01-01..2026-01-31"
            ]),
        ),
        (
            "diagnoses",
            json!([
                [], [{}], [{"code": null}], {"open": []}, {"complete": [{}]}, {"open": null}, {"complete": null},
                [{"code": "F112", "documented": "yes", "onset": 2004}]
            ]),
            json!([
                {}, "none", [null], [[]], ["F11"], {"open": [], "complete": []}, {"Open": []}, {"open": {}},
                [{"code": "f11"}], [{"cod": "F11"}], [{"onset": {"fact": "2004"}}]
            ]),
        ),
        (
            "referral",
            json!(["none", {}, {"received": "2026-01", "from_role": null}]),
            json!([[], true, "no", {"received": "none"}, {"from": 1}]),
        ),
    ] {
        let in_full = |value: &Value, source: Value| json!({"fact": value, "on": "2026-01-01", "source": source});
        for value in good.as_array().unwrap() {
            for value in
                [value.clone(), json!({"fact": value}), in_full(value, json!("lab")), in_full(value, json!(null))]
            {
                let document = json!({ name: value });
                assert_eq!(schema.mistake(&document), None, "{document}");
                json(&document.to_string()).unwrap_or_else(|error| panic!("{document}: {error}"));
            }
        }
        for value in bad.as_array().unwrap() {
            for value in [value.clone(), in_full(value, json!("lab"))] {
                let document = json!({ name: value });
                assert!(!schema.fits(&document), "{document} fits");
                assert!(json(&document.to_string()).is_err(), "{document} is read");
            }
        }
    }
    for document in [
        json!({"note": {"fact": "x", "on": "2026-01"}}),
        json!({"note": {"fact": "x", "on": 2026}}),
        json!({"note": {"fact": "x", "source": 1}}),
        json!({"note": {"fact": {"fact": "x"}}}),
        json!({"note": {"fact": "x", "at": 1}}),
        json!({"note": {"on": "2026-01-01"}}),
        json!({"nothing": 1}),
        json!([]),
        json!("x"),
    ] {
        assert!(!schema.fits(&document) && json(&document.to_string()).is_err(), "{document}");
    }
    assert!(schema.fits(&json!(null)) && schema.fits(&json!({})));
}

#[test]
fn a_field_called_fact_is_a_field() {
    let head =
        "guideline g\n    language 1\n    title en \"G\"\n    version 1.0.0\n    status draft\n    about patient\n";
    let text = format!(
        "{head}fact finding: record\n    label en \"F\"\n    fact: yes/no\nfact åsikt: yes/no\n    label en \"O\"\n"
    );
    let guideline = Guideline::compile([Source::new("g.guide", text)]).unwrap();
    let schema = Schema::new(&guideline.facts_json_schema(Language::Swedish));
    for (document, read) in [
        (json!({"finding": {"fact": true}}), true),
        (json!({"finding": {"fact": {"fact": true}}}), false),
        (json!({"finding": {"fact": true, "on": "2026-01-01"}}), false),
        (json!({"finding": "none"}), false),
        (json!({"åsikt": {"fact": true}}), true),
    ] {
        let facts = guideline.facts_from_json(&document.to_string());
        assert_eq!((facts.is_ok(), schema.fits(&document)), (read, read), "{document}");
    }
}

#[test]
fn patterns_of_codes_match_what_is_well_formed() {
    let letters = ["0", "1", "8", "9", "A", "F", "Z", ".", "-", "a", "Å", ""];
    for system in System::ALL {
        let pattern = regex_lite::Regex::new(system.pattern()).unwrap();
        let mut seeds: Vec<String> =
            ["F11.2F", "N07BC02", "AU119", "01", "0180", "75544000", "197696", "8237-0", "T40.2X1A"]
                .map(str::to_owned)
                .to_vec();
        for seed in seeds.clone() {
            // Each letter of it replaced, left out or doubled.
            for at in 0..=seed.len() {
                for letter in letters {
                    seeds.push(format!("{}{letter}{}", &seed[..at], &seed[at..]));
                    seeds.push(format!("{}{letter}{}", &seed[..at], seed.get(at + 1..).unwrap_or_default()));
                }
            }
        }
        for number in 0..100 {
            seeds.push(format!("{number:02}"));
            seeds.push(format!("{number:02}01"));
        }
        for code in &seeds {
            let (well_formed, matches) = (Code::new(system, code).is_ok(), pattern.is_match(code));
            let has_check_digit = matches!(system, System::SnomedCt | System::Loinc);
            assert!(well_formed == matches || (has_check_digit && matches), "{} {code}: {matches}", system.name());
        }
    }
}

/// Facts of which most are as they should be.
fn mostly_good() -> impl Strategy<Value = BTreeMap<String, Any>> {
    const GOOD: [(&str, &str); 12] = [
        ("birth_date", "1990-05"),
        ("discharged", "none"),
        ("registered_county", "14"),
        ("sex", "man"),
        ("overdose_risk", "yes"),
        ("glucose", "7 mmol/L"),
        ("temperature", "37.5 Cel"),
        ("note", "x"),
        ("stay", "3 weeks"),
        ("referral", "none"),
        ("children", "3"),
        ("diagnoses", "none"),
    ];
    let in_full = (anything(), anything()).prop_map(|(on, source)| (Some(on), Some(source)));
    let one = (prop::sample::select(&GOOD[..]), prop_oneof![3 => Just((None, None)), 1 => in_full]).prop_map(
        |((name, value), (on, source))| {
            let parts = [("fact", Some(Any::Text(value.to_owned()))), ("on", on), ("source", source)];
            let entries = parts.into_iter().filter_map(|(key, value)| Some((key.to_owned(), value?)));
            (name.to_owned(), Any::Keys(entries.collect()))
        },
    );
    let list = prop::collection::vec(anything(), 0..2).prop_map(|records| ("diagnoses".to_owned(), Any::List(records)));
    prop::collection::vec(prop_oneof![3 => one, 1 => list], 0..4).prop_map(|facts| facts.into_iter().collect())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3_000))]

    #[test]
    fn says_what_reading_says(document in prop_oneof![facts(), mostly_good()]) {
        thread_local! {
            static SCHEMA: Schema = schema();
        }
        let document = serde_json::to_value(&document).unwrap();
        prop_assert_eq!(SCHEMA.with(|schema| agree(schema, &document)), Ok(()));
    }
}
