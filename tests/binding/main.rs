//! The short ways to bound facts say and refuse what the long way does: facts first, then bound.
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
mod forms;
#[path = "../generator/mod.rs"]
mod generator;
mod odd_values;
#[path = "../reference/mod.rs"]
mod reference;
mod room;

use generator::{Presence, Random, Size};
use riktlinje::{BoundFacts, Error, Guideline};
use serde::Serialize;

/// Of one JSON text, and of the value that it is, both ways.
#[track_caller]
fn agree(guideline: &Guideline, text: &str, used: &mut BoundFacts) -> Result<BoundFacts, Error> {
    let long = guideline.facts_from_json(text).map(|facts| guideline.bind(&facts));
    assert_eq!(guideline.bind_json(text), long, "{text}");
    let again = guideline.bind_json_into(text, used);
    assert_eq!(again.map(|()| used.clone()), long, "into a place that was used: {text}");
    if long.is_err() {
        assert_eq!(*used, guideline.bind(&riktlinje::Facts::default()), "after an error: {text}");
    }
    if let Ok(value) = serde_json::from_str::<serde_json::Value>(text) {
        values_agree(guideline, &value);
    }
    long
}

/// Of one value, both ways.
#[track_caller]
fn values_agree(guideline: &Guideline, value: &impl Serialize) {
    let long = guideline.facts_from(value).map(|facts| guideline.bind(&facts));
    assert_eq!(guideline.bind_from(value), long);
}

fn times() -> u64 {
    std::env::var("RIKTLINJE_TIMES").map_or(1, |text| text.parse().expect("a number"))
}

#[test]
fn guidelines_and_patients_at_random() {
    let (mut read, mut refused) = (0, 0);
    for seed in 0..20 * times() {
        let mut random = Random::new(seed);
        let file = generator::guideline(&mut random, Size::Full).file;
        let (guideline, _) = agreement::compile(&file).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        let mut used = BoundFacts::default();
        for _ in 0..12 {
            let text = generator::yaml(&generator::patient(&mut random, &file, Presence::Gaps));
            agree(&guideline, &text, &mut used).unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
            for _ in 0..4 {
                match agree(&guideline, &mangled(&mut random, &text), &mut used) {
                    Ok(_) => read += 1,
                    Err(_) => refused += 1,
                }
            }
        }
    }
    assert!(read > 50 && refused > 200, "{read} read, {refused} refused");
}

/// What mistakes put in place of a part of a text.
const SNIPPETS: &[&str] = &[
    "null",
    "true",
    "\"yes\"",
    "\"none\"",
    "2006",
    "\"2006\"",
    "\"2006-05\"",
    "\"2006-13\"",
    "1e3",
    "0.1",
    "-0",
    "[]",
    "{}",
    "\"F112\"",
    "\"F11.2\"",
    "\"F1\"",
    ",",
    ":",
    "\"",
    "}",
    "]",
    " ",
    "\"\\u0046\"",
    "{\"open\": []}",
    "{\"fact\": null}",
    "1234567890123456",
    "\"3 months\"",
    "\"49.5 kg\"",
    "\"diagnoses\"",
    "\"code\"",
    "\"\"",
];

/// With one part in another's place, doubled, cut out or made something else.
fn mangled(random: &mut Random, text: &str) -> String {
    let parts: Vec<&str> = text.split_inclusive([' ', ',', '{', '}', '[', ']', ':']).collect();
    let (at, other) = (random.below(parts.len()), random.below(parts.len()));
    let middle = match random.below(4) {
        0 => String::new(),
        1 => parts[at].repeat(2),
        2 => parts[other].to_owned(),
        _ => {
            let end = parts[at].trim_start_matches(|letter| !" ,{}[]:".contains(letter));
            format!("{}{end}", random.pick(SNIPPETS))
        }
    };
    [parts[..at].concat(), middle, parts[at + 1..].concat()].concat()
}
