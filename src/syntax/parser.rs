//! The only door to pest: one declaration's text to a row of words, `grammar.pest`.

use super::ast::{Comment, CommentPosition, Span};
use super::vocabulary;
use pest::Parser as _;
use std::ops::Range;

#[derive(pest_derive::Parser)]
#[grammar = "syntax/grammar.pest"]
struct Grammar;

/// One word of a declaration.
#[derive(Debug, Clone, Copy)]
pub(super) struct Token {
    pub(super) kind: TokenKind,
    /// Nothing but blanks stands before it on its line.
    pub(super) line: LinePosition,
    pub(super) span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum LinePosition {
    First,
    Later,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum TokenKind {
    /// Begins with a small letter; dots inside.
    Path,
    /// Begins with a capital.
    Capital,
    Text,
    /// A text that its line does not end.
    BadText,
    Number,
    Date,
    Version,
    /// A number written in a way that is reported.
    BadNumber,
    /// The word after a number on its line: its unit, unless the word is reserved.
    Unit,
    Mark,
    /// Reported by the scan before parsing.
    Stray,
    /// After the last word.
    End,
}

/// Reads `range` of the file `text`; words and comments come in order.
pub(super) fn words(text: &str, range: Range<usize>, tokens: &mut Vec<Token>, comments: &mut Vec<Comment>) {
    let offset = small(range.start);
    let text = text.get(range).unwrap_or("");
    // INVARIANT: the grammar takes every text (`stray` is any character), so there is no error to lose here.
    let Ok(pairs) = Grammar::parse(Rule::tokens, text) else { return };
    let mut end = 0;
    for pair in pairs.flat_map(pest::iterators::Pair::into_inner) {
        let span = pair.as_span();
        let place = Span { start: offset + small(span.start()), end: offset + small(span.end()) };
        let gap = text.get(end..span.start()).unwrap_or("");
        let line = if end == 0 || gap.contains(['\n', '\r']) { LinePosition::First } else { LinePosition::Later };
        end = span.end();
        let kind = match pair.as_rule() {
            Rule::path => TokenKind::Path,
            Rule::capital => TokenKind::Capital,
            Rule::text => TokenKind::Text,
            Rule::bad_text => TokenKind::BadText,
            Rule::number => TokenKind::Number,
            Rule::date => TokenKind::Date,
            Rule::version => TokenKind::Version,
            Rule::bad_number => TokenKind::BadNumber,
            Rule::unit if vocabulary::is_reserved(span.as_str()) => TokenKind::Path,
            Rule::unit => TokenKind::Unit,
            Rule::mark => TokenKind::Mark,
            Rule::stray => TokenKind::Stray,
            Rule::comment => {
                let position = match line {
                    LinePosition::First => CommentPosition::OwnLine,
                    LinePosition::Later => CommentPosition::AfterCode,
                };
                comments.push(Comment { text: span.as_str().trim_end().into(), span: place, position });
                continue;
            }
            Rule::EOI
            | Rule::tokens
            | Rule::piece
            | Rule::blank
            | Rule::lower
            | Rule::upper
            | Rule::name_end
            | Rule::plain
            | Rule::amount
            | Rule::digits
            | Rule::glued
            | Rule::unit_end => continue,
        };
        tokens.push(Token { kind, line, span: place });
    }
}

/// Files are under 4 GiB (`parse` refuses others).
fn small(at: usize) -> u32 {
    u32::try_from(at).unwrap_or(u32::MAX)
}
