//! Canonical text: what the formatter writes. Printing what was parsed and parsing it again gives the same tree.

mod change;
mod comments;
mod declaration;
mod expression;
mod list_expression;
mod rules;
mod schedule;
mod score;
mod words;

use super::ast::{Expr, File, Span};

/// Conditions and texts are broken over lines past this many characters.
const WIDTH: usize = 110;

/// The file as the formatter writes it, comments in their places.
///
/// Only for a file that was read without errors: what could not be read is not in the tree.
#[must_use]
pub fn print(file: &File) -> String {
    let mut printer = Printer::default();
    let mut starts = Vec::with_capacity(file.items.len());
    for item in &file.items {
        starts.push(printer.lines.len());
        printer.declaration(&item.declaration, item.span);
    }
    comments::layout(&printer.lines, &starts, file)
}

/// One expression as the formatter writes it; on several lines only where it holds an `all of:` or `any of:`.
#[must_use]
pub fn print_expression(expression: &Expr) -> String {
    let mut printer = Printer::default();
    printer.line(0, Anchor::Continued);
    printer.whole(expression);
    printer.text()
}

/// Lines with their places in the source, in the order of the canonical text.
#[derive(Default)]
struct Printer {
    lines: Vec<Line>,
}

struct Line {
    indent: usize,
    text: String,
    anchor: Anchor,
}

/// What in the source a line stands for; comments are put back by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Anchor {
    /// Begins at that byte.
    At(u32),
    /// Goes on with the line before.
    Continued,
}

impl From<Span> for Anchor {
    fn from(span: Span) -> Anchor {
        Anchor::At(span.start)
    }
}

impl Printer {
    fn line(&mut self, indent: usize, anchor: impl Into<Anchor>) {
        self.lines.push(Line { indent, text: String::new(), anchor: anchor.into() });
    }

    fn push(&mut self, text: &str) {
        if let Some(line) = self.lines.last_mut() {
            line.text.push_str(text);
        }
    }

    /// Where the next letter goes: the number of the line, and the byte in it.
    fn mark(&self) -> (usize, usize) {
        (self.lines.len().saturating_sub(1), self.lines.last().map_or(0, |line| line.text.len()))
    }

    fn since(&self, (line, at): (usize, usize)) -> &str {
        self.lines.get(line).and_then(|line| line.text.get(at..)).unwrap_or("")
    }

    /// A bracket around what was written since the mark.
    fn bracket(&mut self, (line, at): (usize, usize)) {
        if let Some(line) = self.lines.get_mut(line) {
            line.text.insert(at, '(');
        }
        self.push(")");
    }

    fn indent(&self) -> usize {
        self.lines.last().map_or(0, |line| line.indent)
    }

    fn text(&self) -> String {
        let mut text = String::new();
        for (index, line) in self.lines.iter().enumerate() {
            if index > 0 {
                text.push('\n');
            }
            text.extend(std::iter::repeat_n(' ', line.indent));
            text.push_str(&line.text);
        }
        text
    }
}

/// A text in quotes, its own quotes and backslashes escaped.
fn quote(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for letter in text.chars() {
        if matches!(letter, '"' | '\\') {
            quoted.push('\\');
        }
        quoted.push(letter);
    }
    quoted.push('"');
    quoted
}

/// A code as it is written: bare where it reads as one, else in quotes.
fn code(text: &str) -> String {
    if is_bare(text) && !text.contains('-') { text.to_owned() } else { quote(text) }
}

/// Whether the text reads as one word that begins with a capital.
fn is_bare(text: &str) -> bool {
    let letter = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || "åäöéüÅÄÖÉÜ".contains(letter);
    text.starts_with(|first: char| first.is_uppercase())
        && text.split(['.', '-']).all(|part| !part.is_empty() && part.chars().all(letter))
}
