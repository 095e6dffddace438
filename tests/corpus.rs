//! Every rule file and every cases file of `tests/corpus` says what stands in its `.expected`.
//!
//! `X.guide` is checked alone, with the files of a folder `with/` beside it serving `uses`; its diagnostics, as text,
//! stand in `X.expected`. `X.cases.yaml` is read against the `.guide` beside it that its key `guideline` names
//! (else the first); its
//! diagnostics, or what its cases came to, stand in `X.cases.expected`. `UPDATE_EXPECT=1` rewrites all of them.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "a panic is the failure report, and nobody uses a test"
)]

use riktlinje::{Cases, Diagnostic, Guideline, Language, Source};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

#[test]
fn every_file_says_what_is_expected() {
    let corpus = manifest().join("tests/corpus");
    let update = std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value != "0");
    let mut failures = String::new();
    let mut used = BTreeSet::new();
    let files = files_below(&corpus);
    for path in &files {
        let name = file_name(path);
        let (expected, actual) = match path.extension().and_then(|extension| extension.to_str()) {
            Some("guide") => (path.with_extension("expected"), answer(path)),
            Some("yaml") if name.ends_with(".cases.yaml") => (path.with_extension("expected"), cases_answer(path)),
            _ => continue,
        };
        used.insert(expected.clone());
        if update {
            fs::write(&expected, &actual).unwrap();
            continue;
        }
        let wanted = fs::read_to_string(&expected).unwrap_or_default();
        if wanted != actual {
            let shown = path.strip_prefix(&corpus).unwrap().display();
            write!(failures, "\n=== {shown}\n{}", difference(&wanted, &actual)).unwrap();
        }
    }
    for path in files.iter().filter(|path| path.extension().is_some_and(|extension| extension == "expected")) {
        if !used.contains(path) {
            writeln!(failures, "\n=== {} has nothing that answers it", path.display()).unwrap();
        }
    }
    assert!(failures.is_empty(), "UPDATE_EXPECT=1 rewrites the answers; read the difference first\n{failures}");
}

/// Whether `code` is given in some `.expected`, and has its section in the manual.
#[test]
fn every_code_is_shown_and_explained() {
    let corpus: String = files_below(&manifest().join("tests/corpus"))
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "expected"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let manual: String = files_below(&manifest().join("src/docs/diagnostics"))
        .iter()
        .filter(|path| path.extension().is_some_and(|extension| extension == "md"))
        .map(|path| fs::read_to_string(path).unwrap())
        .collect();
    let mut failures = String::new();
    let mut seen = BTreeSet::new();
    for (code, _, title) in Diagnostic::register() {
        if !seen.insert(code) {
            writeln!(failures, "{code} is given out twice").unwrap();
        }
        if !corpus.contains(&format!("[{code}]")) {
            writeln!(failures, "{code} ({title}) is in no .expected of tests/corpus").unwrap();
        }
        let heading = format!("## {code} ");
        if !manual.lines().any(|line| line.starts_with(&heading)) {
            writeln!(failures, "{code} ({title}) has no section `## {code} — …` in src/docs/diagnostics").unwrap();
        }
    }
    for line in manual.lines().filter_map(|line| line.strip_prefix("## ")) {
        let code = line.split_whitespace().next().unwrap_or_default();
        if looks_like_a_code(code) && !seen.contains(code) {
            writeln!(failures, "the manual explains {code}, which the register does not have").unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

fn looks_like_a_code(word: &str) -> bool {
    word.len() == 5 && word.starts_with(['E', 'W', 'A']) && word.bytes().skip(1).all(|byte| byte.is_ascii_digit())
}

/// The diagnostics of a rule file as text.
fn answer(path: &Path) -> String {
    match sources(path) {
        Ok(sources) => text(&Guideline::check(sources)),
        Err(at) => format!("not UTF-8 at byte {at}\n"),
    }
}

fn text(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics {
        if !text.is_empty() {
            text.push('\n');
        }
        writeln!(text, "{}", diagnostic.to_string().trim_end()).unwrap();
    }
    text
}

/// What is wrong with a cases file, or what its cases come to.
fn cases_answer(path: &Path) -> String {
    let source = match Source::from_bytes(file_name(path), fs::read(path).unwrap()) {
        Ok(source) => source,
        Err(at) => return format!("not UTF-8 at byte {at}\n"),
    };
    let name = match Cases::guideline_named(&source) {
        Ok(name) => name,
        Err(diagnostics) => return text(&diagnostics),
    };
    let named = |path: &PathBuf| {
        let is_it = |line: &str| line.split_whitespace().take(2).eq(["guideline", name.as_str()]);
        fs::read_to_string(path).is_ok_and(|text| text.lines().any(is_it))
    };
    let beside = files_below(path.parent().unwrap());
    let guides = || beside.iter().filter(|path| path.extension().is_some_and(|end| end == "guide"));
    let Some(guide) = guides().find(|path| named(path)).or_else(|| guides().next()) else {
        return "there is no guideline beside it\n".to_owned();
    };
    let guideline = match Guideline::compile(sources(guide).unwrap()) {
        Ok(guideline) => guideline,
        Err(error) => return format!("{error:#?}\n"),
    };
    match Cases::read(&source, &guideline) {
        Err(diagnostics) => text(&diagnostics),
        Ok(cases) => {
            let report = cases.run(&guideline);
            format!("{}{}", report.to_text(Language::English), report.coverage.to_text())
        }
    }
}

/// The file, and those of `with/` beside it.
fn sources(path: &Path) -> Result<Vec<Source>, usize> {
    let mut sources = vec![Source::from_bytes(file_name(path), fs::read(path).unwrap())?];
    let with = path.with_file_name("with");
    for other in files_below(&with) {
        if other.extension().is_some_and(|extension| extension == "guide") {
            sources.push(Source::from_bytes(format!("with/{}", file_name(&other)), fs::read(&other).unwrap())?);
        }
    }
    Ok(sources)
}

fn manifest() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn file_name(path: &Path) -> String {
    path.file_name().unwrap().to_string_lossy().into_owned()
}

/// All files below a folder but those of folders named `with`, in order of path; none where there is no folder.
fn files_below(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if !path.is_dir() {
            files.push(path);
        } else if file_name(&path) != "with" {
            files.extend(files_below(&path));
        }
    }
    files.sort();
    files
}

/// The lines that differ, those before and after the change left out.
fn difference(wanted: &str, actual: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (wanted.lines().collect(), actual.lines().collect());
    let same_start = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let rest = old.len().min(new.len()) - same_start;
    let same_end = old.iter().rev().zip(new.iter().rev()).take(rest).take_while(|(a, b)| a == b).count();
    let mut shown = String::new();
    for line in &old[same_start..old.len() - same_end] {
        writeln!(shown, "- {line}").unwrap();
    }
    for line in &new[same_start..new.len() - same_end] {
        writeln!(shown, "+ {line}").unwrap();
    }
    if shown.is_empty() { "(only line ends differ)\n".to_owned() } else { shown }
}
