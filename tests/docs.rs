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
    let rules = Guideline::compile([rules_of_the_manual()]).unwrap();
    let layer = Guideline::compile([layer_of_the_manual(), rules_of_the_manual()]).unwrap();
    for page in PAGES {
        let plain = lines_of(page, "examples").into_iter().map(|(number, line)| (number, line, None));
        let ruled = lines_of(page, "examples-with-guide").into_iter();
        let ruled = ruled.map(|(number, line)| (number, line, Some(&rules)));
        let layered = lines_of(page, "examples-with-layer").into_iter();
        let layered = layered.map(|(number, line)| (number, line, Some(&layer)));
        for (number, line, with) in plain.chain(ruled).chain(layered) {
            let parts: Vec<&str> = line.split('|').map(str::trim).collect();
            let [expression, facts, day, expected] = parts[..] else {
                panic!("{page}:{number}: an example has four parts: {line}")
            };
            let found = evaluate(expression, facts, day.parse().unwrap(), with);
            run += 1;
            if found != expected {
                wrong.push(format!("{page}:{number}: `{expression}` with {{{facts}}} is {found}, not {expected}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{} of {run} examples:\n{}", wrong.len(), wrong.join("\n"));
    assert!(run > 100, "only {run} examples were found");
}

/// The table of sentences names examples and files that exist.
#[test]
fn every_sentence_is_shown_somewhere() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("src/docs/language.md")).unwrap();
    let (_, table) = page.split_once("\n## Where each sentence is shown\n").unwrap();
    let examples: Vec<String> = PAGES
        .iter()
        .flat_map(|page| lines_of(page, "examples").into_iter().chain(lines_of(page, "examples-with-guide")))
        .map(|(_, line)| line.split('|').next().unwrap().trim().to_owned())
        .collect();
    let (mut rows, mut wrong) = (0, Vec::new());
    for line in table.lines().filter(|line| line.starts_with("| ") && !line.starts_with("| ---")).skip(1) {
        let shown = line.trim_end_matches('|').rsplit_once(" | ").unwrap().1;
        rows += 1;
        let items: Vec<&str> = shown.split('`').skip(1).step_by(2).collect();
        if items.is_empty() {
            wrong.push(format!("nothing shows: {line}"));
        }
        for item in items {
            let there = match item.strip_prefix("tests/") {
                Some(_) => Path::new(env!("CARGO_MANIFEST_DIR")).join(item).is_file(),
                None => examples.iter().any(|example| example == item),
            };
            if !there {
                wrong.push(format!("`{item}` is not there: {line}"));
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert!(rows > 50, "only {rows} rows were found");
}

/// What the expression comes to, as the manual writes it; with a guideline, its names can be used.
fn evaluate(expression: &str, facts: &str, day: Date, with: Option<&Guideline>) -> String {
    let facts = format!("{{{facts}}}");
    match Expression::parse(expression).and_then(|parsed| parsed.evaluate_yaml(&facts, Some(day), with)) {
        Ok(answer) => shown(&serde_json::from_str(&answer.to_json()).unwrap()),
        Err(Error::NoValue { why, .. }) => format!("a fault: {why}"),
        Err(error) => format!("an error ({error:?})"),
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

/// The blocks of the manual, put together.
fn rules_of_the_manual() -> Source {
    let text: String = lines_of(PAGES[0], "guide").into_iter().map(|(_, line)| line + "\n").collect();
    Source::new("language.md", text)
}

/// The guideline of the manual that adapts the other.
fn layer_of_the_manual() -> Source {
    let text: String = lines_of(PAGES[0], "layer").into_iter().map(|(_, line)| line + "\n").collect();
    Source::new("layer.md", text)
}

/// The blocks of the manual, put together, are one guideline, and one that adapts it.
#[test]
fn the_rule_file_of_the_manual_checks() {
    let mut findings = Guideline::check([rules_of_the_manual()]);
    findings.extend(Guideline::check([layer_of_the_manual(), rules_of_the_manual()]));
    let wrong: Vec<String> =
        findings.iter().filter(|finding| finding.severity() != Severity::Advice).map(ToString::to_string).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}

/// The patient of the manual fits the manual's rules.
#[test]
fn the_facts_of_the_manual_are_read() {
    let text: String = lines_of("src/docs/facts.md", "yaml").into_iter().map(|(_, line)| line + "\n").collect();
    assert!(!text.is_empty());
    Guideline::compile([rules_of_the_manual()]).unwrap().facts_from_yaml(&text).unwrap();
}

/// The patients of the examples fit the rules for which they were made up.
#[test]
fn the_patients_of_the_examples_are_read() {
    let home = Path::new(env!("CARGO_MANIFEST_DIR"));
    let read = |name: &str| Source::new(name, fs::read_to_string(home.join("rules").join(name)).unwrap());
    let guideline = Guideline::compile([read("stockholm/laro.guide"), read("common/substance_use.guide")]).unwrap();
    let mut count = 0;
    for entry in fs::read_dir(home.join("examples/patients")).unwrap() {
        let path = entry.unwrap().path();
        let facts = guideline.facts_from_yaml(&fs::read_to_string(&path).unwrap());
        assert!(facts.is_ok(), "{}: {facts:?}", path.display());
        count += 1;
    }
    assert!(count >= 4, "only {count} patients");
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
