//! One patient through two guidelines: what differs, what only one has, which facts are whose.
#![allow(
    unreachable_pub,
    dead_code,
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is the failure report"
)]

mod built_runner;

use built_runner::run;
use riktlinje::{Comparison, Date, Guideline, Guidelines, Language, Source};
use serde_json::{Value, json};
use std::path::PathBuf;

const HEAD: &str = "guideline NAME\n    language 1\n    title sv \"Titel NAME\" en \"Title NAME\"\n    version 1.0.0\n    status draft\n    about patient\n\
    source BOOK\n    kind local\n    title sv \"Boken\" en \"The book\"\n    certainty seen\n\
    party clinic sv \"Kliniken\" en \"The clinic\"\n\
    fact birth_date: date\n    label sv \"Född\" en \"Born\"\n    question sv \"When?\" en \"When?\"\n\
    leap day birthday is 28 February\n    cite BOOK, \"p. 1\"\n";

const A: &str = "fact weight: quantity in kg\n    label sv \"Vikt\" en \"Weight\"\n    question sv \"How heavy?\" en \"How heavy?\"\n\
    parameter minimum: duration = 18 years\n    label sv \"Lägsta ålder\" en \"Minimum age\"\n    cite BOOK, \"p. 2\"\n\
    eligibility care\n    label sv \"Vård\" en \"Care\"\n    cite BOOK, \"p. 3\"\n    require age: age at least minimum\n        label sv \"Ålder\" en \"Age\"\n\
    \x20   require heavy: weight at least 40 kg\n        label sv \"Tung\" en \"Heavy\"\n\
    recommend rest\n    label sv \"Vila\" en \"Rest\"\n    cite BOOK, \"p. 4\"\n    should when age at least 16 years\n    text sv \"Vila.\" en \"Rest.\"\n\
    recommend walk\n    label sv \"Gå\" en \"Walk\"\n    cite BOOK, \"p. 5\"\n    should when age at least 16 years\n    text sv \"Gå.\" en \"Walk.\"\n";

const B: &str = "fact home: yes/no\n    label sv \"Hemma\" en \"At home\"\n    question sv \"At home?\" en \"At home?\"\n\
    parameter minimum: duration = 20 years\n    label sv \"Lägsta ålder\" en \"Minimum age\"\n    our interpretation \"nobody says so\"\n\
    eligibility care\n    label sv \"Vård\" en \"Care\"\n    cite BOOK, \"p. 3\"\n    require age: age at least minimum\n        label sv \"Ålder\" en \"Age\"\n\
    \x20       exception reasons: home then refer to clinic\n            label sv \"Skäl\" en \"Reasons\"\n\
    recommend rest\n    label sv \"Vila\" en \"Rest\"\n    cite BOOK, \"p. 9\"\n    may when age at least 16 years\n    text sv \"Vila.\" en \"Rest.\"\n\
    recommend walk\n    label sv \"Gå\" en \"Walk\"\n    cite BOOK, \"p. 5\"\n    should when age at least 16 years\n    text sv \"Gå.\" en \"Walk.\"\n\
    recommend talk\n    label sv \"Tala\" en \"Talk\"\n    cite BOOK, \"p. 6\"\n    should when home\n    text sv \"Tala.\" en \"Talk.\"\n";

const PATIENT: &str = "{birth_date: 2007-05-12, weight: 80 kg, home: yes}";

fn text(name: &str, rules: &str) -> String {
    format!("{HEAD}{rules}").replace("NAME", name)
}

fn guideline(name: &str, rules: &str) -> Guideline {
    let source = Source::new(format!("{name}.guide"), text(name, rules));
    Guideline::compile([source]).unwrap_or_else(|error| panic!("{error}"))
}

fn comparison() -> Comparison {
    let both: Guidelines = [guideline("one.a", A), guideline("two.b", B)].into_iter().collect();
    let asked = both.facts_from_yaml(PATIENT).unwrap();
    let day: Date = "2026-11-22".parse().unwrap();
    let outcomes: Vec<_> = asked.iter().map(|(guideline, facts)| guideline.evaluate(facts, day).unwrap()).collect();
    Comparison::of(&outcomes[0], &outcomes[1])
}

#[test]
fn what_differs_is_told() {
    let comparison = comparison();
    let json: Value = serde_json::from_str(&comparison.to_json()).unwrap();
    let care = &json["rules"][0];
    assert_eq!((&care["id"], &care["differs"]), (&json!("eligibility.care"), &json!(["status", "refer_to"])));
    assert_eq!((&care["a"]["status"], &care["b"]["refer_to"]), (&json!("met"), &json!("clinic")));
    let age = &care["lines"][0];
    assert_eq!(age["differs"], json!(["status", "exception", "parameter.minimum"]));
    assert_eq!(age["b"]["parameter.minimum"]["value"], "20 years");
    assert_eq!(age["b"]["parameter.minimum"]["grounds"][0]["type"], "interpretation");
    assert_eq!(care["only_a"][0]["id"], "heavy");
    let rest = &json["rules"][1];
    assert_eq!((&rest["id"], &rest["differs"]), (&json!("recommend.rest"), &json!(["strength", "grounds"])));
    assert_eq!((&rest["a"]["strength"], &rest["b"]["strength"]), (&json!("should"), &json!("may")));
    assert_eq!(json["same"], json!(["recommend.walk"]));
    assert_eq!((&json["only_a"], &json["only_b"][0]["id"]), (&json!([]), &json!("recommend.talk")));
    assert_eq!(json["facts"], json!({"both": ["birth_date"], "only_a": ["weight"], "only_b": ["home"]}));
}

#[test]
fn the_text_says_it_in_two_columns() {
    let comparison = comparison();
    let swedish = comparison.to_text(Language::Swedish);
    for line in [
        "A: Titel one.a (one.a, version 1.0.0)",
        "    Resultat                                uppfyllt                          hänvisas för bedömning",
        "        Lägsta ålder                        18 år                             20 år",
        "            B: Grund: Egen tolkning: nobody says so",
        "    Bara i A:\n        Tung [heavy]: uppfyllt",
        "    Styrka                                  bör                               kan",
        "    A: Grund: Boken (lokal källa), ”p. 4” – läst i källan",
        "Bara i B:\n    Tala [recommend.talk]: rekommenderas",
        "Lika i båda: recommend.walk",
    ] {
        assert!(swedish.contains(line), "`{line}` in\n{swedish}");
    }
    assert!(comparison.to_text(Language::English).contains("The same in both: recommend.walk"));
}

#[test]
fn the_runner_compares() {
    let file = |name: &str, rules: &str| {
        let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("compare_{name}.guide"));
        std::fs::write(&path, text(name, rules)).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let (a, b) = (file("one.a", A), file("two.b", B));
    let compare = |a: &str, b: &str, facts: &str, more: &[&str]| {
        let mut arguments = vec!["compare", a, b, "--facts", "-", "--as-of", "2026-11-22"];
        arguments.extend(more);
        run(&arguments, facts)
    };
    let answered = compare(&a, &b, PATIENT, &["--format", "json"]);
    assert_eq!(answered.status, Some(0), "{}", answered.err);
    let json: Value = serde_json::from_str(&answered.out).unwrap();
    assert_eq!((&json["ignored_a"], &json["ignored_b"]), (&json!(["home"]), &json!(["weight"])));
    assert_eq!((&json["a"]["guideline"], &json["b"]["guideline"]), (&json!("one.a"), &json!("two.b")));
    let set = compare(&a, &b, PATIENT, &["--format", "json", "--set", "minimum=19 years"]);
    let json: Value = serde_json::from_str(&set.out).unwrap();
    assert_eq!(json["rules"][0]["differs"], json!([]), "only a line that one has");
    // The same guideline, as two versions of one are.
    assert!(compare(&a, &a, "{weight: 80 kg}", &[]).out.contains("Nothing differs."));
    assert_eq!(compare(&a, &b, "{height: 80 kg}", &[]).status, Some(1));
    assert_eq!(run(&["compare", &a, "--facts", "-", "--as-of", "2026-11-22"], "{}").status, Some(2));
}

/// Two plans that differ in what stops them, or in how long a date can be kept, are not the same.
#[test]
fn schedules_differ_in_their_dates_and_whether_they_go_on() {
    let plan = |after: &str, stop: &str| {
        format!(
            "fact samples: list of sample, complete\n    label sv \"Prover\" en \"Samples\"\n    taken: date\n        label sv \"Taget\" en \"Taken\"\n\
             schedule plan\n    label sv \"Planen\" en \"The plan\"\n    cite BOOK, \"p. 3\"\n    from 2026-11-02\n    every 2 weeks\n{stop}    \
             done by sample in samples on taken, from 1 day before to {after} after\n"
        )
    };
    let told = |b: &str, language| {
        let both: Guidelines = [guideline("one.a", &plan("1 day", "")), guideline("two.b", b)].into_iter().collect();
        let asked = both.facts_from_yaml("{birth_date: 2007-05-12, samples: [{taken: 2026-11-05}]}").unwrap();
        let day: Date = "2026-11-09".parse().unwrap();
        let outcomes: Vec<_> = asked.iter().map(|(guideline, facts)| guideline.evaluate(facts, day).unwrap()).collect();
        Comparison::of(&outcomes[0], &outcomes[1]).to_text(language)
    };
    let longer = told(&plan("3 days", ""), Language::Swedish);
    let words: String = longer.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("2026-11-02 A B Resultat missat gjort Kan göras"), "{longer}");
    let stopped = told(&plan("1 day", "    stop on each taken of samples\n"), Language::English);
    let words: String = stopped.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(words.contains("Standing running is over or was stopped Next date 2026-11-16 –"), "{stopped}");
    assert!(words.contains("Only in A: 2026-11-16: planned 2026-11-30: planned"), "{stopped}");
}
