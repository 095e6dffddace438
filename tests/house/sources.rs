//! Reading the sources for the rules of the house: without comments, texts and unit tests.

use crate::DOORS;
use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

/// One file of `src/` without comments, texts and unit tests; lines stay where they were.
pub struct Source {
    /// Below `src/`, with `/`.
    pub path: String,
    pub code: String,
}

impl Source {
    /// The first name after each `crate::`, with its line; a group (`crate::{…}`) gives all of its first names.
    /// `super::` in a file directly in `src/` is the crate, too.
    pub fn crate_paths(&self) -> Vec<(usize, String)> {
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
    pub fn foreign_names(&self) -> BTreeSet<String> {
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
    pub fn public_signatures(&self) -> Vec<(usize, String)> {
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
pub fn room(path: &str) -> String {
    path.split('/').next().unwrap().trim_end_matches(".rs").to_owned()
}

/// Names that `lib.rs` re-exports, and the room they come from.
pub fn exports() -> BTreeMap<String, String> {
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

pub fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|c: char| !(c.is_alphanumeric() || c == '_')).filter(|word| !word.is_empty())
}

/// Whether a line names a path that begins with this crate.
pub fn names_crate(line: &str, krate: &str) -> bool {
    line.match_indices(krate).any(|(at, _)| {
        let before = line[..at].chars().next_back();
        let after = &line[at + krate.len()..];
        !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == ':')
            && (after.starts_with("::") || after.starts_with(" as "))
    })
}

pub fn manifest() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

pub fn sources() -> Vec<Source> {
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

pub fn rust_files(folder: &Path) -> Vec<PathBuf> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let mut files = Vec::new();
    for path in entries.map(|entry| entry.unwrap().path()) {
        if path.is_dir() {
            // What a build of the package below `benches` wrote is nobody's source.
            if !path.ends_with("target") {
                files.extend(rust_files(&path));
            }
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            files.push(path);
        }
    }
    files.sort();
    files
}

/// The code alone: comments, texts and `#[cfg(test)] mod …` become blanks, line ends stay.
pub fn without_comments_and_texts(text: &str) -> String {
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

pub fn without_unit_tests(code: &str) -> String {
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
