//! From text to the tree as written, and back. Parsing never fails: what cannot be read is reported and left out.

pub mod ast;
mod change;
mod checklist_declaration;
mod cursor;
mod declaration;
mod expression;
mod fact_declaration;
mod indicator_declaration;
mod list_expression;
mod mending;
mod parallel_declaration;
mod parser;
mod printer;
mod propose_declaration;
mod rule_declaration;
mod rule_head;
mod rule_lines;
mod scan;
mod schedule_declaration;
mod schedule_expression;
mod score_declaration;
mod split;
mod task_declaration;
mod value_expression;
mod vocabulary;
mod word_mending;

use crate::diagnostic::{Diagnostic, codes};
pub use crate::source::FileId;
use crate::source::Place;
use cursor::Cursor;
use parser::{Token, TokenKind};
pub use printer::{print, print_expression};
use scan::Verdict;
use std::ops::Range;

/// More findings than this are not kept.
const FINDINGS: usize = 10_000;

/// Reads a file. Declarations that cannot be read are reported and left out.
#[must_use]
pub fn parse(file: FileId, text: &str) -> (ast::File, Vec<Diagnostic>) {
    let mut reader = Reader {
        file,
        text,
        read: ast::File::default(),
        diagnostics: Vec::new(),
        tokens: Vec::new(),
        items_left: cursor::MOST_ITEMS,
    };
    if u32::try_from(text.len()).is_err() {
        let place = Place { file, start: 0, end: 0 };
        let finding = Diagnostic::new(codes::OVER_A_LIMIT, place, "the file is over 4 GiB").help("split it");
        return (reader.read, vec![finding]);
    }
    let start = if text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { 0 };
    reader.read.blank_lines = ast::BlankLines(split::after_blank_lines(text));
    let ranges = split::declarations(text, start);
    reader.head(start..ranges.first().map_or(text.len(), |first| first.start));
    for range in ranges {
        reader.declaration(range);
        if reader.diagnostics.len() >= FINDINGS {
            break;
        }
    }
    (reader.read, reader.diagnostics)
}

struct Reader<'a> {
    file: FileId,
    text: &'a str,
    read: ast::File,
    diagnostics: Vec<Diagnostic>,
    tokens: Vec<Token>,
    /// As the cursor has it.
    items_left: u32,
}

impl Reader<'_> {
    /// What stands before the first declaration: comments, or a mistake.
    fn head(&mut self, range: Range<usize>) {
        self.tokens.clear();
        if scan::declaration(self.file, self.text, range.clone(), &mut self.diagnostics) == Verdict::TooDeep {
            return;
        }
        parser::words(self.text, range, &mut self.tokens, &mut self.read.comments);
        if let Some(first) = self.tokens.first() {
            let place = Place { file: self.file, start: first.span.start, end: first.span.end };
            let message = "an indented line stands before the first declaration";
            let finding = Diagnostic::new(codes::OUTSIDE_DECLARATION, place, message);
            self.diagnostics.push(finding.help("start the declaration in column 1"));
        }
    }

    fn declaration(&mut self, range: Range<usize>) {
        let scanned = self.diagnostics.len();
        let verdict = scan::declaration(self.file, self.text, range.clone(), &mut self.diagnostics);
        self.tokens.clear();
        if verdict == Verdict::TooDeep {
            self.lose(range);
        } else {
            parser::words(self.text, range, &mut self.tokens, &mut self.read.comments);
            let mut cursor = Cursor::new(self.file, self.text, &self.tokens);
            cursor.items_left = self.items_left;
            let start = cursor.peek().span;
            let one = cursor.declaration();
            self.items_left = cursor.items_left;
            let span = cursor.since(start);
            let found = cursor.findings(self.diagnostics.get(scanned..).unwrap_or(&[]));
            // What the scan found is a mistake of the declaration too.
            match one.declaration {
                Some(declaration) => self.read.items.push(ast::Item { declaration, span }),
                None => self.read.unreadable.extend(one.lost),
            }
            self.diagnostics.extend(found);
            if let Some(own) = self.diagnostics.get_mut(scanned..) {
                own.sort_by_key(|diagnostic| diagnostic.place.start);
            }
        }
        self.cap();
    }

    /// The name of a declaration that is not read at all.
    fn lose(&mut self, range: Range<usize>) {
        let line = self.text.get(range.clone()).unwrap_or("").lines().next().unwrap_or("");
        let Some((keyword, rest)) = line.split_once(' ') else { return };
        let length = rest.find(|letter: char| letter.is_whitespace() || letter == ':').unwrap_or(rest.len());
        let start = range.start + keyword.len() + 1;
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let span = ast::Span { start: small(start), end: small(start + length) };
        let value = rest.get(..length).unwrap_or("").into();
        self.read.unreadable.push(ast::Spanned { value, span });
    }

    /// A file that is no rule file at all must not fill the memory with what is wrong in it.
    fn cap(&mut self) {
        if self.diagnostics.len() <= FINDINGS {
            return;
        }
        self.diagnostics.truncate(FINDINGS);
        if let Some(last) = self.diagnostics.last_mut() {
            let message = "more mistakes follow that are not listed";
            *last = Diagnostic::new(codes::OVER_A_LIMIT, last.place, message).help("mend the first ones");
        }
    }
}

/// Reads one expression: a condition or a value.
///
/// # Errors
/// What is wrong with it, at least one finding.
pub fn parse_expression(file: FileId, text: &str) -> Result<ast::Expr, Vec<Diagnostic>> {
    let mut scanned = Vec::new();
    if scan::declaration(file, text, 0..text.len(), &mut scanned) == Verdict::TooDeep {
        return Err(scanned);
    }
    let mut tokens = Vec::new();
    parser::words(text, 0..text.len(), &mut tokens, &mut Vec::new());
    let mut cursor = Cursor::new(file, text, &tokens);
    let read = cursor.expression();
    if read.is_ok() && cursor.peek().kind != TokenKind::End {
        let _reported = cursor.goes_on();
    }
    let found = cursor.findings(&scanned);
    scanned.extend(found);
    match read {
        Ok(expression) if scanned.is_empty() => Ok(expression),
        Ok(_) | Err(_) => Err(scanned),
    }
}
