//! Walking over the words of one declaration, and reporting what does not fit.

use super::ast::{Name, Span, Spanned};
use super::parser::{LinePosition, Token, TokenKind};
use super::vocabulary;
use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{self, Code};
use crate::source::{FileId, Place};

/// The clause cannot be read on, and that has been reported.
#[derive(Debug, Clone, Copy)]
pub(super) struct Failed;

pub(super) type Parsed<T> = Result<T, Failed>;

/// Whether a construct that would recurse without a bracket stands around the place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Around {
    Nothing,
    Construct,
}

/// Whether a text on the next line goes on with the one before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TextLines {
    Join,
    /// In `codes` and `table`, where a line is an entry.
    Entries,
}

/// Whether a line of another kind of declaration was met: the line that begins that one is likely to be missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Header {
    Fits,
    Missing,
}

pub(super) struct Cursor<'a> {
    file: FileId,
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    end: Token,
    pub(super) around: Around,
    pub(super) text_lines: TextLines,
    pub(super) header: Header,
    pub(super) diagnostics: Vec<Diagnostic>,
    /// How many items of scores may still be named by their first and last in this file: few words make many of them.
    pub(super) items_left: u32,
    /// Where the clauses begin, in order.
    clauses: Vec<u32>,
}

/// At most so many items of scores are named by their first and last in one file.
pub(super) const MOST_ITEMS: u32 = 10_000;

impl<'a> Cursor<'a> {
    /// Over `tokens` of `text`, the whole file.
    pub(super) fn new(file: FileId, text: &'a str, tokens: &'a [Token]) -> Cursor<'a> {
        let end = tokens.last().map_or(0, |token| token.span.end);
        let end = Token { kind: TokenKind::End, line: LinePosition::First, span: Span { start: end, end } };
        Cursor {
            file,
            text,
            tokens,
            at: 0,
            end,
            around: Around::Nothing,
            text_lines: TextLines::Join,
            header: Header::Fits,
            diagnostics: Vec::new(),
            items_left: MOST_ITEMS,
            clauses: Vec::new(),
        }
    }

    /// A clause begins here.
    pub(super) fn begin_clause(&mut self) {
        self.clauses.push(self.peek().span.start);
    }

    /// What was found, without what follows from something that the scan had `scanned` in the same clause.
    pub(super) fn findings(self, scanned: &[Diagnostic]) -> Vec<Diagnostic> {
        if scanned.is_empty() || self.diagnostics.is_empty() {
            return self.diagnostics;
        }
        let clause = |diagnostic: &Diagnostic| self.clauses.partition_point(|start| *start <= diagnostic.place.start);
        let damaged: Vec<usize> = scanned.iter().map(clause).collect();
        self.diagnostics.into_iter().filter(|diagnostic| !damaged.contains(&clause(diagnostic))).collect()
    }

    pub(super) fn position(&self) -> usize {
        self.at
    }

    pub(super) fn peek(&self) -> Token {
        self.nth(0)
    }

    pub(super) fn nth(&self, ahead: usize) -> Token {
        self.tokens.get(self.at + ahead).copied().unwrap_or(self.end)
    }

    /// The word before the place, or the first.
    pub(super) fn last(&self) -> Token {
        self.tokens.get(self.at.saturating_sub(1)).copied().unwrap_or(self.end)
    }

    pub(super) fn bump(&mut self) -> Token {
        let token = self.peek();
        if token.kind != TokenKind::End {
            self.at += 1;
        }
        token
    }

    pub(super) fn bump_word(&mut self) -> &'a str {
        let token = self.bump();
        self.text_of(token)
    }

    pub(super) fn slice(&self, span: Span) -> &'a str {
        let end = (span.end as usize).min(self.text.len());
        self.text.get(span.start as usize..end).unwrap_or("")
    }

    pub(super) fn text_of(&self, token: Token) -> &'a str {
        self.slice(token.span)
    }

    /// The lower-case word that stands `ahead`, else nothing.
    pub(super) fn word_at(&self, ahead: usize) -> &'a str {
        let token = self.nth(ahead);
        match token.kind {
            TokenKind::Path | TokenKind::Unit => self.text_of(token),
            TokenKind::Capital
            | TokenKind::Text
            | TokenKind::BadText
            | TokenKind::Number
            | TokenKind::Date
            | TokenKind::Version
            | TokenKind::BadNumber
            | TokenKind::Mark
            | TokenKind::Stray
            | TokenKind::End => "",
        }
    }

    pub(super) fn word(&self) -> &'a str {
        self.word_at(0)
    }

    pub(super) fn is(&self, word: &str) -> bool {
        self.word() == word
    }

    pub(super) fn is_at(&self, ahead: usize, word: &str) -> bool {
        self.word_at(ahead) == word
    }

    pub(super) fn mark_at(&self, ahead: usize) -> &'a str {
        let token = self.nth(ahead);
        if token.kind == TokenKind::Mark { self.text_of(token) } else { "" }
    }

    pub(super) fn is_mark(&self, mark: &str) -> bool {
        self.mark_at(0) == mark
    }

    /// A lower-case word that may be a name.
    pub(super) fn is_name_at(&self, ahead: usize) -> bool {
        let word = self.word_at(ahead);
        !word.is_empty() && !vocabulary::is_reserved(word)
    }

    pub(super) fn eat(&mut self, word: &str) -> Option<Span> {
        self.is(word).then(|| self.bump().span)
    }

    pub(super) fn eat_mark(&mut self, mark: &str) -> Option<Span> {
        self.is_mark(mark).then(|| self.bump().span)
    }

    pub(super) fn expect(&mut self, word: &'static str) -> Parsed<Span> {
        match self.eat(word) {
            Some(span) => Ok(span),
            None => Err(self.expected(&format!("`{word}`"))),
        }
    }

    pub(super) fn expect_mark(&mut self, mark: &'static str) -> Parsed<Span> {
        match self.eat_mark(mark) {
            Some(span) => Ok(span),
            None => Err(self.expected(&format!("`{mark}`"))),
        }
    }

    /// From the start of `from` to the end of the last word read.
    pub(super) fn since(&self, from: Span) -> Span {
        Span { start: from.start, end: self.last().span.end.max(from.end) }
    }

    pub(super) fn name_from(&self, span: Span) -> Name {
        Spanned { value: self.slice(span).into(), span }
    }

    /// The parts of a dotted name.
    pub(super) fn segments(&self, span: Span) -> Vec<Name> {
        let mut start = span.start;
        let text = self.slice(span);
        let count = text.bytes().filter(|byte| *byte == b'.').count() + 1;
        let mut names = Vec::with_capacity(count);
        for part in text.split('.') {
            let end = start + u32::try_from(part.len()).unwrap_or(0);
            names.push(Spanned { value: part.into(), span: Span { start, end } });
            start = end + 1;
        }
        names
    }

    pub(super) fn place(&self, span: Span) -> Place {
        Place { file: self.file, start: span.start, end: span.end }
    }

    pub(super) fn report(&mut self, code: Code, span: Span, message: impl Into<String>, help: impl Into<String>) {
        let diagnostic = Diagnostic::new(code, self.place(span), message).help(help);
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn fail(
        &mut self,
        code: Code,
        span: Span,
        message: impl Into<String>,
        help: impl Into<String>,
    ) -> Failed {
        self.report(code, span, message, help);
        Failed
    }

    /// Something else stands here than `what`.
    pub(super) fn expected(&mut self, what: &str) -> Failed {
        let token = self.peek();
        let breaks_off = token.kind == TokenKind::End || (token.line == LinePosition::First && self.at > 0);
        if breaks_off {
            let last = self.last();
            let message = format!("expected {what} after `{}`", self.text_of(last));
            return self.fail(codes::EXPECTED, last.span, message, format!("the sentence breaks off: write {what}"));
        }
        let written = self.text_of(token);
        let help = match vocabulary::meant(written) {
            Some(meant) => format!("write {meant}"),
            None => format!("write {what} here"),
        };
        self.fail(codes::EXPECTED, token.span, format!("expected {what}, found `{written}`"), help)
    }
}
