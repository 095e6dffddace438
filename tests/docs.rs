//! The manual and the README say what is so: every example in them is run.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a panic is the failure report"
)]

use riktlinje::{Date, Error, Expression, Guideline, Severity, Source};
use serde_json::Value;
use std::fs;
use std::path::Path;

const PAGES: [&str; 2] = ["src/docs/language.md", "src/docs/expressions.md"];

/// The lines of all fenced blocks of a kind, with the line each stands on.
fn lines_of(page: &str, kind: &str) -> Vec<(usize, String)> {
    let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
    let (mut lines, mut inside, mut ours) = (Vec::new(), false, false);
    for (number, line) in text.lines().enumerate() {
        if let Some(info) = line.strip_prefix("```") {
            inside = !inside;
            ours = inside && info == kind;
        } else if ours {
            lines.push((number + 1, line.to_owned()));
        }
    }
    assert!(!inside, "{page}: a block is not closed");
    lines
}

#[test]
fn every_example_comes_to_what_the_manual_says() {
    let (mut run, mut wrong) = (0, Vec::new());
    for page in PAGES {
        for (number, line) in lines_of(page, "examples") {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let [expression, facts, day, expected] = parts[..] else {
                panic!("{page}:{number}: an example has four parts: {line}")
            };
            let found = evaluate(expression, facts, day.parse().unwrap());
            run += 1;
            if found != expected {
                wrong.push(format!("{page}:{number}: `{expression}` with {{{facts}}} is {found}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {run} examples:\n{}", wrong.len(), wrong.join("\n"));
    assert!(run > 100, "only {run} examples were found");
}

/// What the expression comes to, as the manual writes it.
fn evaluate(expression: &str, facts: &str, day: Date) -> String {
    let facts: Value = serde_yaml::from_str(&format!("{{{facts}}}")).unwrap_or_else(|error| panic!("{facts}: {error}"));
    let facts = with_truths(facts).to_string();
    match Expression::parse(expression).and_then(|parsed| parsed.evaluate(&facts, Some(day), None)) {
        Ok(answer) => shown(&serde_json::from_str(&answer.to_json()).unwrap()),
        Err(Error::NoValue { why, .. }) => format!("a fault: {why}"),
        Err(error) => format!("an error ({error:?})"),
    }
}

/// The manual writes `yes` and `no` as people do; the facts of an expression are JSON.
fn with_truths(value: Value) -> Value {
    match value {
        Value::String(text) if text == "yes" => Value::Bool(true),
        Value::String(text) if text == "no" => Value::Bool(false),
        Value::Array(values) => Value::Array(values.into_iter().map(with_truths).collect()),
        Value::Object(fields) => {
            Value::Object(fields.into_iter().map(|(name, value)| (name, with_truths(value))).collect())
        }
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => value,
    }
}

fn shown(value: &Value) -> String {
    let end = |name: &str| value.get(name).filter(|end| !end.is_null()).map(shown);
    match value {
        Value::Bool(true) => "yes".into(),
        Value::Bool(false) => "no".into(),
        Value::String(text) => text.clone(),
        Value::Object(fields) if fields.contains_key("low") => match (end("low"), end("high")) {
            (Some(low), Some(high)) => format!("from {low} to {high}"),
            (Some(low), None) => format!("at least {low}"),
            (None, Some(high)) => format!("at most {high}"),
            (None, None) => "unknown".into(),
        },
        Value::Object(fields) if fields.contains_key("unit") => {
            format!("{} {}", fields["quantity"], fields["unit"].as_str().unwrap())
        }
        Value::Null | Value::Number(_) | Value::Array(_) | Value::Object(_) => value.to_string(),
    }
}

/// The blocks of the manual, put together, are one guideline.
#[test]
fn the_rule_file_of_the_manual_checks() {
    let text: String = lines_of(PAGES[0], "guide").into_iter().map(|(_, line)| line + "\n").collect();
    let findings = Guideline::check([Source::new("language.md", text)]);
    let wrong: Vec<String> =
        findings.iter().filter(|finding| finding.severity() != Severity::Advice).map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The rule that the README shows stands so in the rule file, line by line.
#[test]
fn the_readme_shows_the_rule_as_it_is() {
    let rules = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("rules/stockholm/laro.guide")).unwrap();
    let without_comment = |line: &str| line.split(" # ").next().unwrap().trim_end().to_owned();
    let rules: Vec<String> = rules.lines().map(without_comment).collect();
    let shown = lines_of("README.md", "text");
    assert!(!shown.is_empty());
    let mut from = 0;
    for (number, line) in shown {
        let found = rules[from..].iter().position(|rule| *rule == line);
        from += found.unwrap_or_else(|| panic!("README.md:{number}: not in the rule file, or not there: {line}")) + 1;
    }
}
