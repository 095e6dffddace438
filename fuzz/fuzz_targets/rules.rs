//! The bytes are rule files (or one expression): read, checked, printed, evaluated without a fact.
#![no_main]

use libfuzzer_sys::fuzz_target;
use riktlinje::syntax::{self, FileId};
use riktlinje::{CodeLists, Date, Diagnostic, Error, Expression, Guideline, Guidelines, Language, Severity, Source};

/// A line of its own between two files; the first is compiled, the others are there to be used by it.
const NEXT_FILE: &str = "\n# next file\n";
/// What begins an expression without a guideline: the expression, then (after a line end) facts in JSON.
const EXPRESSION: char = '=';

fuzz_target!(|bytes: &[u8]| {
    let text = match Source::from_bytes("all.guide", bytes.to_vec()) {
        Ok(source) => source.text().to_owned(),
        Err(at) => {
            assert!(std::str::from_utf8(&bytes[..at]).is_ok());
            String::from_utf8_lossy(bytes).into_owned()
        }
    };
    match text.strip_prefix(EXPRESSION) {
        Some(rest) => expression(rest),
        None => files(&text),
    }
});

fn day() -> Date {
    "2026-11-22".parse().unwrap()
}

fn expression(text: &str) {
    let (text, facts) = text.split_once('\n').unwrap_or((text, "{}"));
    let tree = syntax::parse_expression(FileId(0), text);
    let parsed = Expression::parse(text);
    assert_eq!(tree.is_ok(), parsed.is_ok());
    if let Err(Error::Guideline(found)) = &parsed {
        assert!(!found.is_empty());
        fit(found, &[Source::new("expression", text)]);
    }
    let (Ok(tree), Ok(parsed)) = (tree, parsed) else { return };
    let printed = syntax::print_expression(&tree);
    let again = syntax::parse_expression(FileId(0), &printed);
    assert_eq!(again.as_ref(), Ok(&tree), "printed, then read, it is another\n{text}\n{printed}");
    let answer = parsed.evaluate(facts, Some(day()), None);
    assert_eq!(answer, parsed.evaluate(facts, Some(day()), None));
}

fn files(text: &str) {
    let texts: Vec<&str> = text.splitn(3, NEXT_FILE).collect();
    let sources: Vec<Source> =
        texts.iter().enumerate().map(|(n, text)| Source::new(format!("{n}.guide"), *text)).collect();
    for source in &sources {
        format(source);
    }

    let found = Guideline::check(sources.iter().cloned());
    fit(&found, &sources);
    let wrong = found.iter().any(|finding| finding.severity() == Severity::Error);
    match Guideline::compile(sources.iter().cloned()) {
        Ok(guideline) => {
            assert!(!wrong, "compiled in spite of {found:?}");
            evaluate(&guideline);
        }
        Err(Error::Guideline(refused)) => {
            assert!(wrong, "refused without an error");
            assert_eq!(refused, found);
        }
        Err(other) => panic!("{other}"),
    }
    if sources.len() > 1 {
        let lists = CodeLists::new();
        let together = Guidelines::check(sources.iter().cloned(), [], &lists);
        fit(&together, &sources);
        let wrong = together.iter().any(|finding| finding.severity() == Severity::Error);
        assert_eq!(Guidelines::compile(sources, [], &lists).is_err(), wrong);
    }
}

/// Formatting keeps the tree and the comments, and formatting again changes nothing.
fn format(source: &Source) {
    let (tree, found) = syntax::parse(FileId(0), source.text());
    let wrong = found.iter().any(|finding| finding.severity() == Severity::Error);
    let once = match Guideline::format(source) {
        Ok(once) => once,
        Err(_) => return assert!(wrong, "not formatted, without an error"),
    };
    assert!(!wrong, "formatted in spite of an error");
    let (again, found) = syntax::parse(FileId(0), &once);
    assert!(found.iter().all(|finding| finding.severity() != Severity::Error), "{}\n{once}", found[0].message());
    assert_eq!(tree.items, again.items, "formatted, then read, it is another\n{once}");
    let comments = |comments: &[syntax::ast::Comment]| {
        let mut texts: Vec<String> = comments.iter().map(|comment| comment.text.to_string()).collect();
        texts.sort();
        texts
    };
    assert_eq!(comments(&tree.comments), comments(&again.comments), "a comment is lost or made\n{once}");
    let twice = Guideline::format(&Source::new("again.guide", once.as_str()));
    assert_eq!(twice.as_ref(), Ok(&once), "formatted twice, it is another");
}

/// Each finding points at a place that is there, has a code and words, and can be shown.
fn fit(found: &[Diagnostic], sources: &[Source]) {
    for finding in found {
        let location = finding.location();
        let source = sources.iter().find(|source| source.name() == location.file);
        let source = source.unwrap_or_else(|| panic!("no such file: {location:?}"));
        let lines = source.text().split('\n').count();
        assert!((1..=lines).contains(&(location.line as usize)), "{location:?} of {lines} lines");
        assert!(location.column >= 1 && location.length >= 1, "{location:?}");
        assert!(location.offset as usize <= location.text.chars().count(), "{location:?}");
        assert!(!finding.message().is_empty() && finding.code().len() == 5);
        assert!(finding.to_string().contains(finding.code()));
    }
}

/// With nothing known, on one day.
fn evaluate(guideline: &Guideline) {
    let facts = guideline.facts_from_json("{}").unwrap();
    let outcome = match guideline.evaluate(&facts, day()) {
        Ok(outcome) => outcome,
        Err(Error::NotInForce { .. }) => return,
        Err(other) => panic!("{other}"),
    };
    let _is_json: serde_json::Value = serde_json::from_str(&outcome.to_json()).unwrap();
    assert!(!outcome.to_text(Language::Swedish).is_empty());
    for rule in guideline.rules() {
        let explanation = guideline.explain(&facts, day(), rule).unwrap();
        assert!(!explanation.to_json().is_empty() && !explanation.to_text(Language::English).is_empty());
    }
    guideline.ask(&facts, day(), None).unwrap();
    let year_later = "2027-11-22".parse().unwrap();
    assert!(!guideline.changes_ahead(&facts, day(), Some(year_later)).unwrap().to_json().is_empty());
    let schema: serde_json::Value = serde_json::from_str(&guideline.facts_json_schema(Language::Swedish)).unwrap();
    assert!(schema.is_object());
}
