//! From offsets to lines and columns, for many findings at once.

use super::{Diagnostic, Location};
use crate::source::{Place, Source};
use std::collections::BTreeMap;

/// How many characters of a line are shown.
const WIDTH: usize = 200;
/// Characters are counted up to every so many bytes, so that the column in a line of a megabyte is found at once.
const BLOCK: usize = 256;

/// Fills in file, line and column. `sources` are those that the findings' places count, in order.
///
/// Takes time with the size of the texts plus the number of findings.
pub(crate) fn locate(diagnostics: &mut [Diagnostic], sources: &[Source]) {
    // By file, and where in it the part begins that the place lies in.
    let mut indexes: BTreeMap<(usize, u32), Index<'_>> = BTreeMap::new();
    for diagnostic in diagnostics {
        let file = usize::from(diagnostic.place.file.0);
        let Some(whole) = sources.get(file) else { continue };
        let Place { start, end, .. } = diagnostic.place;
        let part = whole.part_at(start).map_or(0, |part| part.start);
        let (source, at) = whole.file_at(start);
        let index = indexes.entry((file, part)).or_insert_with(|| Index::of(source.text()));
        diagnostic.location =
            index.location(source.name(), at as usize, at.saturating_add(end.saturating_sub(start)) as usize);
    }
}

/// Where lines start, and how many characters stand before every block of bytes.
struct Index<'a> {
    text: &'a str,
    lines: Vec<usize>,
    /// Bytes from here are in block `0`, `1`, …; each with the number of characters before it.
    blocks: Vec<usize>,
}

impl<'a> Index<'a> {
    fn of(text: &'a str) -> Index<'a> {
        let mut lines = vec![0];
        lines.extend(text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1));
        let mut blocks = Vec::with_capacity(text.len() / BLOCK + 1);
        let mut characters = 0;
        for block in text.as_bytes().chunks(BLOCK) {
            blocks.push(characters);
            characters += starts(block);
        }
        Index { text, lines, blocks }
    }

    /// How many characters stand before a byte.
    fn characters(&self, at: usize) -> usize {
        let block = at / BLOCK;
        let before = self.blocks.get(block).copied();
        let rest = self.text.as_bytes().get(block * BLOCK..at).unwrap_or(&[]);
        match before {
            Some(before) => before + starts(rest),
            // Just behind a text whose last block is full.
            None => {
                self.blocks.last().copied().unwrap_or(0)
                    + starts(self.text.as_bytes().rchunks(BLOCK).next().unwrap_or(&[]))
            }
        }
    }

    fn location(&self, file: &str, start: usize, end: usize) -> Location {
        let start = floor_char_boundary(self.text, start);
        let end = floor_char_boundary(self.text, end.max(start));
        let line = self.lines.partition_point(|from| *from <= start).max(1);
        let line_start = self.lines.get(line - 1).copied().unwrap_or(0);
        let line_end = self.lines.get(line).map_or(self.text.len(), |next| next - 1);
        let column = self.characters(start) - self.characters(line_start);
        let length = self.characters(end.min(line_end).max(start)) - self.characters(start);
        let Shown { text, offset, room } = self.shown(line_start, start, line_end, column);
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Location {
            file: file.to_owned(),
            line: number(line),
            column: number(column + 1),
            text,
            offset: number(offset),
            length: number(length.min(room).max(1)),
        }
    }

    /// The line from `line_start` through `line_end`, or the part around `start`.
    fn shown(&self, line_start: usize, start: usize, line_end: usize, column: usize) -> Shown {
        let before = self.text.get(line_start..start).unwrap_or("");
        let after = self.text.get(start..line_end).unwrap_or("");
        // Looking at so many bytes is enough to see whether a line is too long.
        let short = line_end - line_start <= WIDTH * 4 && before.chars().chain(after.chars()).count() <= WIDTH;
        let kept = if short { column } else { column.min(WIDTH / 2) };
        let mut text: Vec<char> = before.chars().rev().take(kept).collect();
        text.reverse();
        let cut = kept < column;
        if cut {
            text.insert(0, '…');
        }
        let offset = text.len();
        text.extend(after.trim_end().chars().take(if short { WIDTH } else { WIDTH / 2 }));
        let room = text.len() - offset;
        if !short && after.trim_end().chars().nth(room).is_some() {
            text.push('…');
        }
        Shown { text: text.into_iter().map(visible).collect(), offset, room }
    }
}

struct Shown {
    text: String,
    offset: usize,
    /// How many characters of the line stand from `offset` on.
    room: usize,
}

/// How many characters start among these bytes.
fn starts(bytes: &[u8]) -> usize {
    bytes.iter().filter(|byte| **byte & 0b1100_0000 != 0b1000_0000).count()
}

/// A character that would move or hide the others is shown as one that says so.
fn visible(c: char) -> char {
    match c {
        '\t' => '\t',
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' => {
            '\u{fffd}'
        }
        control if control.is_control() => '\u{fffd}',
        other => other,
    }
}

fn floor_char_boundary(text: &str, at: usize) -> usize {
    let mut at = at.min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}

#[cfg(test)]
mod tests {
    use super::locate;
    use crate::diagnostic::{Diagnostic, codes};
    use crate::source::{FileId, Place, Source};

    fn at(text: &str, start: usize, end: usize) -> String {
        let number = |value| u32::try_from(value).unwrap_or(0);
        let place = Place { file: FileId(0), start: number(start), end: number(end) };
        let mut found = [Diagnostic::new(codes::CASE_YAML, place, "x")];
        locate(&mut found, &[Source::new("f", text)]);
        found[0].to_string()
    }

    #[test]
    fn a_finding_is_underlined() {
        let print = |line: &str| format!("error[E0801]: x\n --> f:{line}");
        assert_eq!(at("a\nö bcd \r\n", 5, 8), print("2:3\n  |\n2 | ö bcd\n  |   ^^^"));
        assert_eq!(at("a\nbc", 4, 4), print("2:3\n  |\n2 | bc\n  |   ^"));
        assert_eq!(at("a\n", 2, 2), print("2:1\n  |\n2 | \n  | ^"));
        assert_eq!(at("", 0, 0), print("1:1\n  |\n1 | \n  | ^"));
        assert_eq!(at("ab\ncd", 1, 5), print("1:2\n  |\n1 | ab\n  |  ^"));
        assert_eq!(at("\tx\u{202e}y", 1, 2), print("1:2\n  |\n1 | \tx\u{fffd}y\n  | \t^"));
    }

    #[test]
    fn of_a_long_line_the_part_around_it_is_shown() {
        let text = "å".repeat(1_000);
        let part = format!("…{}…", "å".repeat(200));
        let carets = format!("{}{}", " ".repeat(101), "^".repeat(100));
        assert_eq!(at(&text, 1_000, 1_600), format!("error[E0801]: x\n --> f:1:501\n  |\n1 | {part}\n  | {carets}"));
        let end = format!("…{}", "å".repeat(100));
        assert_eq!(
            at(&text, 2_000, 2_000),
            format!("error[E0801]: x\n --> f:1:1001\n  |\n1 | {end}\n  | {}^", " ".repeat(101))
        );
    }
}
