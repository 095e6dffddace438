//! Scores through the front door: what is refused when facts are read, and what a score asks for.
#![allow(clippy::unwrap_used, missing_docs, reason = "a panic is the failure report")]

use riktlinje::{Guideline, Number, Source};
use std::collections::BTreeMap;

/// The values that an item of a score can have hold for every way to give it.
#[test]
fn an_item_has_one_of_its_values() {
    let text = "guideline a\n    language 1\n    version 1.0.0\n    status draft\nscore s\n    our interpretation \"shown\"\n    \
                item q1: each 0 to 4\n    item q2: each 0, 0.5 or 1\n";
    let guideline = Guideline::compile([Source::new("a.guide", text)]).unwrap();
    let number = |text: &str| text.parse::<Number>().unwrap();
    let given = |value: &str| {
        [
            guideline.facts_from_yaml(&format!("q1: {value}\n")),
            guideline.facts_from_json(&format!("{{\"q1\": {value}}}")),
            guideline.facts_from_yaml(&format!("q1: {{fact: {value}, on: 2026-01-01}}\n")),
            guideline.facts_from(&BTreeMap::from([("q1", number(value))])),
            guideline.facts().set("q1", number(value)).build(),
        ]
    };
    for value in ["0", "3", "4"] {
        assert!(given(value).iter().all(Result::is_ok), "{value}");
    }
    for value in ["-7", "7", "2.25"] {
        for read in given(value) {
            let error = read.unwrap_err().to_string();
            assert!(error.contains("q1") && error.contains("not one of the values"), "{error}");
            assert!(error.contains("write 0 to 4") && !error.contains(value), "{error}");
        }
    }
    assert!(guideline.facts_from_yaml("q2: 0.5").is_ok());
    let error = guideline.facts_from_yaml("q2: 0.4").unwrap_err().to_string();
    assert_eq!(error, "q2: not one of the values that `q2` can have (line 1, column 5); write 0, 0.5 or 1");
}

/// Whatever the answers are this score is not asked for: the items whose total nobody wants are not missing.
#[test]
fn a_score_that_never_applies_misses_nothing() {
    let score = |when: &str| {
        let yes_no = |name: &str| format!("fact {name}: yes/no\n    label sv \"{name}\" en \"{name}\"\n");
        format!(
            "guideline a\n    language 1\n    version 1.0.0\n    status draft\n{}{}fact colour: one of red, green\n    \
             label sv \"c\" en \"c\"\nscore s\n    our interpretation \"shown\"\n    when {when}\n    \
             item q1: 2 when x, otherwise 0\n    item q2: 1 when y, otherwise 0\n",
            yes_no("x"),
            yes_no("y")
        )
    };
    let missing = |when: &str| {
        let guideline = Guideline::compile([Source::new("a.guide", score(when))]).unwrap();
        let facts = guideline.facts_from_yaml("{}").unwrap();
        let outcome = guideline.evaluate(&facts, "2026-01-01".parse().unwrap()).unwrap();
        outcome.missing.iter().map(|missing| missing.fact.clone()).collect::<Vec<_>>()
    };
    assert!(missing("colour is red and colour is green").is_empty());
    assert_eq!(missing("colour is red"), ["colour", "x", "y"]);
}
