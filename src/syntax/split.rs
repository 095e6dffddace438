//! Splitting a file at column 1, so that one mistake costs one declaration.

use super::ast::Span;
use super::vocabulary;
use std::ops::Range;

/// The lines that follow an empty one, without their indentation, in order.
pub(super) fn after_blank_lines(text: &str) -> Vec<Span> {
    let mut lines = Vec::new();
    let (mut at, mut blank) = (0, false);
    let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
    for line in text.split_inclusive('\n') {
        let indent = line.len() - line.trim_start().len();
        if indent == line.len() {
            blank = true;
        } else if std::mem::take(&mut blank) {
            lines.push(Span { start: small(at + indent), end: small(at + line.len()) });
        }
        at += line.len();
    }
    lines
}

/// The byte ranges of the declarations of `text` from `start` on, in order; together they cover it from the first on.
///
/// A declaration starts on a line whose first character is no blank, no `#` and no line end. What a guideline changes in
/// the one that it adapts may also stand indented below its first lines: each change is a declaration of its own.
pub(super) fn declarations(text: &str, start: usize) -> Vec<Range<usize>> {
    let mut starts = Vec::new();
    let mut line = start;
    let mut below = Below::Other;
    for next in text.match_indices(['\n', '\r']).map(|(at, _)| at + 1).chain([text.len()]) {
        let first = text.as_bytes().get(line).copied().unwrap_or(b'\n');
        if !matches!(first, b' ' | b'\t' | b'#' | b'\n' | b'\r') {
            starts.push(line);
            let word = text.get(line..next).unwrap_or("").split(|letter: char| !letter.is_ascii_lowercase()).next();
            below = if word == Some("guideline") { Below::Guideline } else { Below::Other };
        } else if below == Below::Guideline && begins_change(text.get(line..next).unwrap_or("")) {
            starts.push(line);
        }
        line = next;
    }
    let ends = starts.iter().copied().skip(1).chain([text.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// What the line in column 1 above declares.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Below {
    Guideline,
    Other,
}

/// `add to laro`, `replace laro.age`, `remove laro.age`, `set minimum_age = 21 years`; not a name that is one of these
/// words and goes on with an operator.
fn begins_change(line: &str) -> bool {
    let mut words = line.split([' ', '\t', '\n', '\r']).filter(|word| !word.is_empty());
    let (first, second) = (words.next().unwrap_or(""), words.next().unwrap_or(""));
    match first {
        "add" => second == "to",
        "replace" | "remove" => {
            second.starts_with(|letter: char| letter.is_alphabetic()) && !vocabulary::is_reserved(second)
        }
        "set" => line.contains('='),
        _ => false,
    }
}
