//! The rules of the house, as data: who may use whom, which outside crate has which door, how long a file may be.
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

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

/// Who may use whom. A room is a file or folder directly in `src/`. A room that is not here may use nothing.
/// The order is the way of the data; a room uses rooms above it, so there are no cycles (a test says so).
const MAY_USE: &[(&str, &[&str])] = &[
    ("value", &[]),
    ("language", &[]),
    ("source", &[]),
    ("status", &[]),
    ("docs", &[]),
    ("limits", &[]),
    // Days alone: no facts, no rules, no clock.
    ("schedule", &["value"]),
    ("ground", &["value", "language"]),
    ("diagnostic", &["source"]),
    ("error", &["value", "diagnostic"]),
    ("code_lists", &["value", "source"]),
    ("schema", &["value", "language"]),
    ("syntax", &["value", "source", "diagnostic"]),
    ("ir", &["status", "value", "language", "source", "ground", "schema", "syntax"]),
    (
        "check",
        &["status", "value", "language", "source", "ground", "diagnostic", "code_lists", "schema", "syntax", "ir"],
    ),
    ("facts", &["value", "language", "limits", "diagnostic", "error", "schema"]),
    ("program", &["status", "value", "language", "source", "ground", "code_lists", "schema", "ir", "facts"]),
    ("eval", &["status", "value", "limits", "schema", "facts", "program"]),
    ("outcome", &["status", "value", "language", "source", "ground", "schema", "facts", "program", "eval"]),
    ("explain", &["status", "value", "language", "source", "ground", "schema", "facts", "program", "eval", "outcome"]),
    ("guideline", ROOMS_BELOW_THE_FRONT_DOOR),
    (
        "expression",
        &[
            "value",
            "limits",
            "diagnostic",
            "error",
            "schema",
            "source",
            "syntax",
            "check",
            "facts",
            "program",
            "eval",
            "outcome",
            "guideline",
        ],
    ),
    (
        "cases",
        &[
            "value",
            "language",
            "source",
            "status",
            "ground",
            "diagnostic",
            "error",
            "schema",
            "ir",
            "facts",
            "outcome",
            "explain",
            "guideline",
        ],
    ),
    // Public types only, so nothing of `program`, `eval`, `ir`, `schema`, `syntax`.
    (
        "render",
        &[
            "value",
            "language",
            "source",
            "status",
            "ground",
            "diagnostic",
            "error",
            "facts",
            "outcome",
            "explain",
            "guideline",
            "cases",
        ],
    ),
];

const ROOMS_BELOW_THE_FRONT_DOOR: &[&str] = &[
    "value",
    "limits",
    "language",
    "source",
    "status",
    "ground",
    "diagnostic",
    "error",
    "code_lists",
    "schema",
    "syntax",
    "ir",
    "check",
    "facts",
    "program",
    "eval",
    "outcome",
    "explain",
];

/// Outside crates and their doors: the beginnings of the paths (below `src/`) that may name them.
const DOORS: &[(&str, &[&str])] = &[
    ("pest", &["syntax/parser"]),
    ("pest_derive", &["syntax/parser"]),
    ("serde_yaml", &["facts/yaml.rs"]),
    ("serde_json", &["facts/json.rs", "render/json", "interop/"]),
    ("chrono", &["value/date.rs"]),
    ("sha2", &["source.rs", "schedule/chance.rs"]),
    ("hmac", &["schedule/chance.rs"]),
    ("num_rational", &["value/number.rs"]),
    ("num_traits", &["value/number.rs"]),
    ("num_integer", &["value/number.rs"]),
];

/// Words that say that a file has no subject.
const NO_SUBJECT: &[&str] = &["utils", "util", "common", "helpers", "helper", "misc"];

/// Nobody reads such a file from top to bottom, and no house rule makes it better.
const WRITTEN_BY_A_PROGRAM: &str = "// Written by `";

const LONGEST_FILE: usize = 600;
const MOST_CRATES: usize = 60;

#[test]
fn a_room_uses_only_those_it_may() {
    let rooms: BTreeMap<&str, &[&str]> = MAY_USE.iter().copied().collect();
    let exported = exports();
    let mut failures = String::new();
    for file in sources() {
        let own = room(&file.path);
        if own == "lib" {
            continue;
        }
        let Some(allowed) = rooms.get(own.as_str()) else {
            writeln!(failures, "{}: the room `{own}` is not in MAY_USE", file.path).unwrap();
            continue;
        };
        for (line, other) in file.crate_paths() {
            let target = exported.get(&other).unwrap_or(&other);
            if *target != own && !allowed.contains(&target.as_str()) {
                writeln!(failures, "src/{}:{line}: `{own}` may not use `{target}` (`crate::{other}`)", file.path)
                    .unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn the_table_has_no_cycle() {
    let mut above: BTreeSet<&str> = BTreeSet::new();
    for (name, uses) in MAY_USE {
        for used in *uses {
            assert!(above.contains(used), "`{name}` uses `{used}`, which does not stand above it in MAY_USE");
        }
        assert!(above.insert(name), "`{name}` is in MAY_USE twice");
    }
    let uses = |room: &str| MAY_USE.iter().find(|(name, _)| *name == room).map(|(_, uses)| *uses).unwrap();
    for hidden in ["syntax", "ir"] {
        assert!(!uses("eval").contains(&hidden), "`eval` cannot see `{hidden}`");
    }
    assert!(MAY_USE.iter().all(|(_, uses)| !uses.contains(&"render") && !uses.contains(&"interop")));
}

#[test]
fn an_outside_crate_has_one_door() {
    let mut failures = String::new();
    for file in sources() {
        for (number, line) in file.code.lines().enumerate() {
            for (krate, doors) in DOORS {
                if names_crate(line, krate) && !doors.iter().any(|door| file.path.starts_with(door)) {
                    let at = number + 1;
                    writeln!(failures, "src/{}:{at}: `{krate}` belongs behind {}", file.path, doors.join(", "))
                        .unwrap();
                }
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn a_file_has_one_subject_and_says_it() {
    let mut failures = String::new();
    let files = ["src", "tests", "examples", "benches", "fuzz/fuzz_targets"]
        .into_iter()
        .flat_map(|folder| rust_files(&manifest().join(folder)));
    for path in files {
        let shown = path.strip_prefix(manifest()).unwrap().display().to_string();
        let text = fs::read_to_string(&path).unwrap();
        if text.starts_with(WRITTEN_BY_A_PROGRAM) {
            continue;
        }
        let lines = text.lines().count();
        if lines > LONGEST_FILE {
            writeln!(failures, "{shown}: {lines} lines, {LONGEST_FILE} is the end").unwrap();
        }
        if !text.lines().next().unwrap_or_default().starts_with("//! ") {
            writeln!(failures, "{shown}: the first line says (`//! …`) what the file is for").unwrap();
        }
        for part in path.strip_prefix(manifest()).unwrap().with_extension("").iter() {
            if NO_SUBJECT.contains(&&*part.to_string_lossy()) {
                writeln!(failures, "{shown}: `{}` is no subject", part.display()).unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn the_library_does_not_panic_on_purpose() {
    let mut failures = String::new();
    for file in sources() {
        for (number, line) in file.code.lines().enumerate() {
            for word in
                [".unwrap(", ".expect( )", "panic!(", "unreachable!(", "todo!(", "unimplemented!(", "process::exit"]
            {
                // A text is a blank here. A parser may have an `expect(what)` of its own.
                let own = line.contains("cursor.expect(") || line.contains("self.expect(");
                if line.contains(word) && !(own && word == ".expect( )") {
                    writeln!(failures, "src/{}:{}: `{word}`", file.path, number + 1).unwrap();
                }
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn the_library_reads_no_file_clock_or_chance() {
    let mut failures = String::new();
    for file in sources() {
        for (number, line) in file.code.lines().enumerate() {
            let words = [
                "std::fs",
                "std::io",
                "std::net",
                "std::env",
                "std::process",
                "std::time",
                "std::thread",
                "println!",
                "eprintln!",
                "static mut",
                "thread_local!",
                "OnceLock",
                "LazyLock",
                "RandomState",
            ];
            for word in words {
                if line.contains(word) {
                    writeln!(failures, "src/{}:{}: `{word}`", file.path, number + 1).unwrap();
                }
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn public_signatures_name_no_other_crate() {
    let mut failures = String::new();
    for file in sources() {
        let foreign = file.foreign_names();
        for (line, signature) in file.public_signatures() {
            let named = words(&signature).find(|word| foreign.contains(*word));
            if let Some(word) = named {
                writeln!(failures, "src/{}:{line}: `{word}` in `{}`", file.path, signature.trim()).unwrap();
            }
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

#[test]
fn at_most_sixty_crates() {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let tree = std::process::Command::new(cargo)
        .args(["tree", "--offline", "--edges", "normal,build", "--prefix", "none", "--no-dedupe"])
        .current_dir(manifest())
        .output();
    let tree = match tree {
        Ok(tree) if tree.status.success() => String::from_utf8(tree.stdout).unwrap(),
        Ok(tree) => return println!("skipped: cargo tree says {}", String::from_utf8_lossy(&tree.stderr)),
        Err(error) => return println!("skipped: cargo does not run: {error}"),
    };
    let crates: BTreeSet<&str> = tree.lines().filter_map(|line| line.split_whitespace().next()).collect();
    println!("{} crates", crates.len());
    assert!(crates.len() <= MOST_CRATES, "{} crates, {MOST_CRATES} is the end: {crates:?}", crates.len());
}

#[test]
fn the_scan_sees_what_it_should() {
    let code = without_comments_and_texts(
        "use crate::eval::{Cells, run}; // crate::render\nlet a = \"crate::render\"; /* crate::docs /* x */ */ let b = 'c';\n\
         fn f<'a>(x: &'a str) {} let r = r#\"crate::\"x\"#; let q = '\\''; crate::value::Date\n\
         #[cfg(test)]\nmod tests {\n    fn f() { x.unwrap() }\n}\nlet z = 1;",
    );
    let file = Source { path: "explain/mod.rs".into(), code };
    let paths: Vec<(usize, String)> = file.crate_paths();
    assert_eq!(paths, [(1, "eval".to_owned()), (3, "value".to_owned())]);
    assert!(!file.code.contains("unwrap") && file.code.contains("let z = 1;"), "{}", file.code);
    let grouped =
        Source { path: "a.rs".into(), code: "use crate::{\n    Date,\n    eval::{Cells, x},\n    ir,\n};".into() };
    let paths: Vec<(usize, String)> = grouped.crate_paths();
    assert_eq!(paths, [(2, "Date".to_owned()), (3, "eval".to_owned()), (4, "ir".to_owned())]);
    assert!(names_crate("use pest::Parser;", "pest") && names_crate("#[derive(pest_derive::Parser)]", "pest_derive"));
    assert!(!names_crate("use pest_derive::Parser;", "pest") && !names_crate("self::pest::x", "pest"));
    let file = Source {
        path: "value/date.rs".into(),
        code: "use chrono::{Months, NaiveDate as Day};\npub fn a(\n    day: Day,\n) -> i32 {\n}\nfn b(d: Day) {}\npub struct S {\n    pub x: serde_json::Value,\n    y: Day,\n}\n"
            .into(),
    };
    let foreign = file.foreign_names();
    let found: Vec<usize> = file
        .public_signatures()
        .into_iter()
        .filter(|(_, signature)| words(signature).any(|word| foreign.contains(word)))
        .map(|(line, _)| line)
        .collect();
    assert_eq!(found, [2, 8]);
}

// ---- reading the sources --------------------------------------------------------------------------

/// One file of `src/` without comments, texts and unit tests; lines stay where they were.
struct Source {
    /// Below `src/`, with `/`.
    path: String,
    code: String,
}

impl Source {
    /// The first name after each `crate::`, with its line; a group (`crate::{…}`) gives all of its first names.
    /// `super::` in a file directly in `src/` is the crate, too.
    fn crate_paths(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let beginnings: &[&str] = if self.path.contains('/') { &["crate::"] } else { &["crate::", "super::"] };
        for beginning in beginnings {
            for (at, _) in self.code.match_indices(beginning) {
                if self.code[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_' || c == ':') {
                    continue;
                }
                let rest = &self.code[at + beginning.len()..];
                let mut line = self.code[..at].matches('\n').count() + 1;
                if let Some(group) = rest.strip_prefix('{') {
                    let (mut depth, mut word) = (0, String::new());
                    for c in group.chars() {
                        match c {
                            '{' => depth += 1,
                            '}' if depth == 0 => break,
                            '}' => depth -= 1,
                            _ => {}
                        }
                        if depth == 0 && (c.is_alphanumeric() || c == '_') {
                            word.push(c);
                        } else if depth == 0 && c == ',' {
                            found.push((line, std::mem::take(&mut word)));
                        } else if c == ':' && !word.is_empty() {
                            found.push((line, std::mem::take(&mut word)));
                            word = "\u{1}".to_owned();
                        }
                        line += usize::from(c == '\n');
                    }
                    found.push((line, word));
                } else {
                    found.push((line, rest.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect()));
                }
            }
        }
        found.retain(|(_, word)| !word.is_empty() && !word.starts_with('\u{1}'));
        found.sort();
        found
    }

    /// Names of outside crates, and what this file imports from them.
    fn foreign_names(&self) -> BTreeSet<String> {
        let mut names: BTreeSet<String> = DOORS.iter().map(|(krate, _)| (*krate).to_owned()).collect();
        for statement in self.code.split(';') {
            let Some((_, import)) = statement.rsplit_once("use ") else { continue };
            if DOORS.iter().any(|(krate, _)| names_crate(import, krate)) {
                names.extend(
                    words(import).filter(|word| word.starts_with(|c: char| c.is_uppercase())).map(str::to_owned),
                );
            }
        }
        names
    }

    /// `pub fn …` up to its body, `pub` fields, `pub type`, `impl X for Y`, each with its first line.
    fn public_signatures(&self) -> Vec<(usize, String)> {
        let mut found = Vec::new();
        let lines: Vec<&str> = self.code.lines().collect();
        for (number, line) in lines.iter().enumerate() {
            let start = line.trim_start();
            if !(start.starts_with("pub ") || start.starts_with("impl From<") || start.starts_with("impl TryFrom<"))
                || start.starts_with("pub use ")
            {
                continue;
            }
            let field = start.starts_with("pub ")
                && !["fn ", "const ", "async ", "type ", "trait ", "struct ", "enum ", "mod "]
                    .iter()
                    .any(|word| start["pub ".len()..].starts_with(word));
            let mut signature = String::new();
            for line in &lines[number..] {
                let end = if field { line.find(',') } else { line.find(['{', ';']) };
                signature.push_str(&line[..end.unwrap_or(line.len())]);
                signature.push(' ');
                if end.is_some() {
                    break;
                }
            }
            // A private field of a tuple and the value of a constant are nobody else's business.
            let shown =
                match (signature.contains(" struct "), signature.contains(" const ") && !signature.contains(" fn ")) {
                    (true, _) if !signature.contains("(pub ") => signature.split('(').next(),
                    (_, true) => signature.split(" = ").next(),
                    (true | false, false) => Some(signature.as_str()),
                };
            found.push((number + 1, shown.unwrap_or_default().to_owned()));
        }
        found
    }
}

/// `value` of `value/date.rs`, `guideline` of `guideline.rs`.
fn room(path: &str) -> String {
    path.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
}

/// Names that `lib.rs` re-exports, and the room they come from.
fn exports() -> BTreeMap<String, String> {
    let lib = sources().into_iter().find(|file| file.path == "lib.rs").unwrap();
    let mut exports = BTreeMap::new();
    for statement in lib.code.split(';') {
        let Some((_, path)) = statement.split_once("pub use ") else { continue };
        let room = path.split("::").next().unwrap().trim().to_owned();
        for word in words(path).filter(|word| *word != room) {
            exports.insert(word.to_owned(), room.clone());
        }
    }
    assert!(exports.get("Date").is_some_and(|room| room == "value"), "lib.rs is read wrongly");
    exports
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// Whether a line names a path that begins with this crate.
fn names_crate(line: &str, krate: &str) -> bool {
    line.match_indices(krate).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = &line[at + krate.len()..];
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
            && (after.starts_with("::") || after.starts_with(" as "))
    })
}

fn manifest() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn sources() -> Vec<Source> {
    let root = manifest().join("src");
    let read = |path: PathBuf| Source {
        path: path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/"),
        code: without_comments_and_texts(&fs::read_to_string(&path).unwrap()),
    };
    // `tests.rs` and what lies in a folder `tests` are unit tests.
    let unit_test = |path: &Path| path.iter().any(|part| part == "tests.rs" || part == "tests");
    let below = |path: &Path| path.strip_prefix(&root).unwrap().to_path_buf();
    rust_files(&root).into_iter().filter(|path| !unit_test(&below(path))).map(read).collect()
}

fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            files.extend(rust_files(&path));
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The code alone: comments, texts and `#[cfg(test)] mod …` become blanks, line ends stay.
fn without_comments_and_texts(text: &str) -> String {
    let chars: Vec<char> = text.chars().collect();
    let at = |index: usize| chars.get(index).copied().unwrap_or('\0');
    let mut code = String::with_capacity(text.len());
    let mut i = 0;
    while i < chars.len() {
        let start = i;
        if at(i) == '/' && at(i + 1) == '/' {
            while i < chars.len() && at(i) != '\n' {
                i += 1;
            }
        } else if at(i) == '/' && at(i + 1) == '*' {
            let mut depth = 0;
            loop {
                match (at(i), at(i + 1)) {
                    ('/', '*') => (depth, i) = (depth + 1, i + 2),
                    ('*', '/') => (depth, i) = (depth - 1, i + 2),
                    _ => i += 1,
                }
                if depth == 0 || i >= chars.len() {
                    break;
                }
            }
        } else if at(i) == 'r'
            && matches!(at(i + 1), '"' | '#')
            && !code.ends_with(|c: char| c.is_alphanumeric() || c == '_')
        {
            let hashes = chars[i + 1..].iter().take_while(|c| **c == '#').count();
            if at(i + 1 + hashes) != '"' {
                code.push('r');
                i += 1;
                continue;
            }
            i += hashes + 2;
            while i < chars.len() && !(at(i) == '"' && (1..=hashes).all(|n| at(i + n) == '#')) {
                i += 1;
            }
            i += hashes + 1;
        } else if at(i) == '"' {
            i += 1;
            while i < chars.len() && at(i) != '"' {
                i += if at(i) == '\\' { 2 } else { 1 };
            }
            i += 1;
        } else if at(i) == '\'' && (at(i + 1) == '\\' || at(i + 2) == '\'') {
            i += if at(i + 1) == '\\' { 3 } else { 2 };
            while i < chars.len() && at(i) != '\'' {
                i += 1;
            }
            i += 1;
        } else {
            code.push(at(i));
            i += 1;
            continue;
        }
        code.extend(chars[start..i.min(chars.len())].iter().filter(|c| **c == '\n'));
        code.push(' ');
    }
    without_unit_tests(&code)
}

fn without_unit_tests(code: &str) -> String {
    let mut kept = String::with_capacity(code.len());
    let mut rest = code;
    while let Some(at) = rest.find("#[cfg(test)]") {
        kept.push_str(&rest[..at]);
        let block = &rest[at..];
        let Some(open) = block.find(['{', ';']) else { break };
        if block[open..].starts_with(';') {
            // `mod tests;`: the file of that name is left out as a whole.
            rest = &block[open + 1..];
            kept.extend(block[..open].chars().filter(|c| *c == '\n'));
            continue;
        }
        let mut depth = 0;
        let mut end = block.len();
        for (index, c) in block.char_indices().skip_while(|(index, _)| *index < open) {
            depth += i32::from(c == '{') - i32::from(c == '}');
            if depth == 0 {
                end = index + 1;
                break;
            }
        }
        kept.extend(block[..end].chars().filter(|c| *c == '\n'));
        rest = &block[end..];
    }
    kept.push_str(rest);
    kept
}
