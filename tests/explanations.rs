//! Outcomes and explanations, word by word: each `X.guide` of `tests/explanations` with the facts of `X.yaml`, on
//! 2026-11-22, says what stands in `X.expected`. `UPDATE_EXPECT=1` rewrites the answers.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a panic is the failure report")]

use riktlinje::{Date, Guideline, Language, Outcome, Source};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/explanations")
}

fn guides() -> Vec<PathBuf> {
    let entries = fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path());
    let mut guides: Vec<PathBuf> = entries.filter(|path| path.extension().is_some_and(|ext| ext == "guide")).collect();
    guides.sort();
    guides
}

fn today() -> Date {
    "2026-11-22".parse().unwrap()
}

fn read(path: &Path) -> (Guideline, Outcome, String) {
    let name = path.file_name().unwrap().to_str().unwrap();
    let guideline = Guideline::compile([Source::new(name, fs::read_to_string(path).unwrap())]);
    let guideline = guideline.unwrap_or_else(|error| panic!("{name}: {error:?}"));
    let facts = fs::read_to_string(path.with_extension("yaml")).unwrap();
    let read = guideline.facts_from_yaml(&facts).unwrap();
    let outcome = guideline.evaluate(&read, today()).unwrap();
    (guideline, outcome, facts)
}

fn told(path: &Path) -> String {
    let (guideline, outcome, facts) = read(path);
    let facts = guideline.facts_from_yaml(&facts).unwrap();
    let mut out = String::new();
    for language in [Language::English, Language::Swedish] {
        writeln!(out, "{}", outcome.to_text(language)).unwrap();
    }
    for rule in guideline.rules() {
        let explanation = guideline.explain(&facts, today(), rule).unwrap();
        writeln!(out, "---- {rule}\n{}\n{}", explanation.to_text(Language::English), explanation.to_json()).unwrap();
    }
    let ask = guideline.ask(&facts, today(), None).unwrap();
    writeln!(out, "---- ask\n{}", ask.map_or(String::from("nothing"), |ask| ask.to_json())).unwrap();
    out
}

#[test]
fn every_guideline_says_what_is_expected() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value != "0");
    let mut failures = String::new();
    for path in guides() {
        let (expected, actual) = (path.with_extension("expected"), told(&path));
        if update {
            fs::write(&expected, &actual).unwrap();
        } else if fs::read_to_string(&expected).unwrap_or_default() != actual {
            writeln!(failures, "{}\n{actual}", path.display()).unwrap();
        }
    }
    assert!(failures.is_empty(), "UPDATE_EXPECT=1 rewrites the answers; read the difference first\n{failures}");
}

#[test]
fn equal_input_gives_equal_bytes() {
    for path in guides() {
        assert_eq!(told(&path), told(&path));
    }
}

/// The order in which keys stand in the text, at every depth: of each object its keys, of each list its first item.
#[test]
fn keys_stand_in_the_order_of_the_contract() {
    let (_, outcome, _) = read(&folder().join("kinds.guide"));
    let json = outcome.to_json();
    let top = "format verified as_of identity eligibility checklists tasks recommendations parallel proposals scores \
               values indicators schedules conflicts broken faults missing outdated";
    assert_eq!(keys(&json, 1).join(" "), top);
    let parsed: serde_json::Value = serde_json::from_str(&json).unwrap();
    let wanted = [
        ("/identity", "guideline version status language engine files parameters code_lists"),
        ("/eligibility/0", "id label status refer_to criteria"),
        ("/eligibility/0/criteria/0", "id modality status layer grounds label exception facts"),
        (
            "/eligibility/0/criteria/0/grounds/0",
            "type why by on source kind title locator reported_by certainty url publisher why_in",
        ),
        ("/recommendations/0", "id status strength priority text grounds label by layer parameters"),
        ("/values/0", "id value label"),
        ("/broken/0", "text place grounds"),
        ("/faults/0", "rule why place"),
        ("/conflicts/0", "rules"),
        ("/missing/0", "kind fact question settles"),
    ];
    for (pointer, keys) in wanted {
        let object = parsed.pointer(pointer).unwrap_or_else(|| panic!("no {pointer}")).as_object().unwrap();
        let mut own: Vec<&str> = object.keys().map(String::as_str).collect();
        let mut keys: Vec<&str> = keys.split(' ').collect();
        own.sort_unstable();
        keys.sort_unstable();
        assert_eq!(own, keys, "{pointer}");
    }
}

/// The keys at a depth of braces, in their order.
fn keys(json: &str, wanted: usize) -> Vec<String> {
    let (mut depth, mut keys, mut rest) = (0, Vec::new(), json.chars().peekable());
    while let Some(letter) = rest.next() {
        match letter {
            '{' | '[' => depth += 1,
            '}' | ']' => depth -= 1,
            '"' => {
                let mut text = String::new();
                while let Some(letter) = rest.next().filter(|letter| *letter != '"') {
                    text.push(letter);
                    if letter == '\\' {
                        text.extend(rest.next());
                    }
                }
                if rest.peek() == Some(&':') && depth == wanted {
                    keys.push(text);
                }
            }
            _ => {}
        }
    }
    keys
}
