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

#[path = "house/sources.rs"]
mod sources;

use sources::*;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;

/// Who may use whom. A room is a file or folder directly in `src/`. A room that is not here may use nothing.
/// The order is the way of the data; a room uses rooms above it, so there are no cycles (a test says so).
const MAY_USE: &[(&str, &[&str])] = &[
    ("value", &[]),
    ("language", &[]),
    ("source", &[]),
    ("status", &[]),
    ("docs", &[]),
    ("limits", &[]),
    ("cores", &[]),
    // Days alone: no facts, no rules, no clock.
    ("schedule", &["value"]),
    ("ground", &["value", "language"]),
    ("diagnostic", &["source"]),
    ("error", &["value", "diagnostic"]),
    ("code_lists", &["value", "source"]),
    ("schema", &["value", "language"]),
    ("indicator", &["value", "language", "ground"]),
    ("syntax", &["value", "source", "diagnostic"]),
    ("ir", &["status", "value", "language", "source", "ground", "schema", "syntax"]),
    (
        "check",
        &["status", "value", "language", "source", "ground", "diagnostic", "code_lists", "schema", "syntax", "ir"],
    ),
    ("facts", &["value", "language", "limits", "diagnostic", "error", "schema"]),
    ("program", &["status", "value", "language", "source", "ground", "code_lists", "schema", "ir", "facts"]),
    ("eval", &["status", "value", "limits", "cores", "schedule", "schema", "facts", "program"]),
    ("outcome", &["status", "value", "language", "source", "ground", "schedule", "schema", "facts", "program", "eval"]),
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
        "cohort",
        &[
            "value",
            "diagnostic",
            "cores",
            "error",
            "status",
            "schema",
            "facts",
            "program",
            "eval",
            "indicator",
            "guideline",
        ],
    ),
    ("comparison", &["value", "language", "ground", "status", "outcome"]),
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
            "schedule",
            "schema",
            "indicator",
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
            "comparison",
            "guideline",
            "cases",
        ],
    ),
];

const ROOMS_BELOW_THE_FRONT_DOOR: &[&str] = &[
    "value",
    "limits",
    "schedule",
    "language",
    "source",
    "status",
    "ground",
    "diagnostic",
    "error",
    "code_lists",
    "schema",
    "indicator",
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
    ("arrow_array", &["cohort/arrow"]),
    ("arrow_schema", &["cohort/arrow"]),
    ("rayon", &["cores.rs"]),
    ("sha2", &["source.rs", "schedule/chance.rs"]),
    ("hmac", &["schedule/chance.rs"]),
    ("num_rational", &["value/number.rs"]),
    ("num_traits", &["value/number.rs"]),
    ("num_integer", &["value/number.rs"]),
];

/// What stands behind a feature named after an outside crate may name that crate in public.
const BEHIND_A_FEATURE: &[&str] = &["cohort/arrow/"];

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
                "LazyLock",
                "RandomState",
            ];
            // A field that is filled when it is first asked for belongs to its owner; a global does not.
            let global = line.contains("static ") && line.contains("OnceLock");
            for word in words.into_iter().filter(|word| line.contains(word)).chain(global.then_some("static OnceLock"))
            {
                // Where the hashes of a table start, which decides nothing: as in every `HashMap`.
                let allowed = (file.path.as_str(), word) == ("eval/quick.rs", "RandomState");
                if !allowed {
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
    for file in sources().into_iter().filter(|file| BEHIND_A_FEATURE.iter().all(|own| !file.path.starts_with(own))) {
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
