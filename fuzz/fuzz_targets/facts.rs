//! The bytes are the facts of one patient (or the author's cases): read as YAML and as JSON.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktlinje::{Cases, Date, Error, Facts, Guideline, Source};
use std::sync::LazyLock;

/// A fact of every type, and rules that look at them.
static GUIDELINE: LazyLock<Guideline> = LazyLock::new(|| {
    let source = Source::new("every_type.guide", include_str!("every_type.guide"));
    Guideline::compile([source]).unwrap_or_else(|error| panic!("{error}: {error:#?}"))
});

fuzz_target!(|bytes: &[u8]| {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let guideline = &*GUIDELINE;
    if text.trim_start().starts_with("guideline:") {
        return cases(guideline, text);
    }
    let yaml = guideline.facts_from_yaml(text);
    let json = guideline.facts_from_json(text);
    look_at(guideline, &yaml);
    look_at(guideline, &json);
    agree(text, &yaml, &json);
    let long = json.as_ref().map(|facts| guideline.bind(facts)).map_err(Clone::clone);
    assert_eq!(guideline.bind_json(text), long, "the short way says something else");
    if let Ok(facts) = &json {
        // As a value, without text in between.
        let value: serde_json::Value = serde_json::from_str(text.trim_start_matches('\u{feff}')).unwrap();
        assert_eq!(guideline.facts_from(&value).as_ref(), Ok(facts), "as a value it says something else");
        assert_eq!(guideline.bind_from(&value), long, "the short way from a value says something else");
    }
});

/// What is JSON says the same as YAML, unless the YAML reader refuses its form.
fn agree(text: &str, yaml: &Result<Facts, Error>, json: &Result<Facts, Error>) {
    match (json, yaml) {
        (Ok(json), Ok(yaml)) => assert_eq!(json, yaml, "YAML and JSON differ"),
        (Ok(_), Err(Error::Facts(errors))) => {
            let of_form = errors.iter().all(|error| error.path.is_empty());
            assert!(of_form, "JSON is read, YAML says {errors:?}\n{text}");
        }
        (Ok(_), Err(other)) => panic!("{other}"),
        (Err(_), _) => {}
    }
}

fn look_at(guideline: &Guideline, read: &Result<Facts, Error>) {
    match read {
        Ok(facts) => {
            let day: Date = "2026-11-22".parse().unwrap();
            let outcome = guideline.evaluate(facts, day).unwrap();
            assert!(!outcome.to_json().is_empty());
        }
        Err(Error::Facts(errors)) => {
            assert!(!errors.is_empty());
            for error in errors {
                assert!(!error.to_string().is_empty());
            }
        }
        Err(other) => panic!("{other}"),
    }
}

fn cases(guideline: &Guideline, text: &str) {
    let source = Source::new("fuzz.cases.yaml", text);
    let named = Cases::guideline_named(&source);
    match Cases::read(&source, guideline) {
        Ok(cases) => {
            assert!(named.is_ok());
            let report = cases.run(guideline);
            assert_eq!(report.cases.len(), cases.names().count());
            assert!(!report.to_json().is_empty());
        }
        Err(found) => assert!(!found.is_empty()),
    }
}
