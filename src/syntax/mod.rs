//! From text to the tree as written, and back. Parsing never fails: what cannot be read is reported and left out.

pub mod ast;
mod cursor;
mod declaration;
mod expression;
mod fact_declaration;
mod list_expression;
mod mending;
mod parser;
mod printer;
mod rule_declaration;
mod split;
mod value_expression;
mod vocabulary;

use crate::diagnostic::{Diagnostic, codes};
pub use crate::source::FileId;
use cursor::Cursor;
use parser::TokenKind;
pub use printer::{print, print_expression};

/// Reads a file. Declarations that cannot be read are reported and left out.
#[must_use]
pub fn parse(file: FileId, text: &str) -> (ast::File, Vec<Diagnostic>) {
    let mut read = ast::File::default();
    let mut diagnostics = Vec::new();
    let mut tokens = Vec::new();
    let ranges = split::declarations(text);
    let head = ranges.first().map_or(text.len(), |first| first.start);
    parser::words(text.get(..head).unwrap_or(""), 0, &mut tokens, &mut read.comments);
    if let Some(first) = tokens.first() {
        let mut cursor = Cursor::new(file, text, &tokens);
        cursor.report(
            codes::OUTSIDE_DECLARATION,
            first.span,
            "an indented line before the first declaration",
            "start the declaration in column 1",
        );
        diagnostics.append(&mut cursor.diagnostics);
    }
    for range in ranges {
        tokens.clear();
        let offset = u32::try_from(range.start).unwrap_or(u32::MAX);
        parser::words(text.get(range).unwrap_or(""), offset, &mut tokens, &mut read.comments);
        let mut cursor = Cursor::new(file, text, &tokens);
        let span = cursor.peek().span;
        let one = cursor.declaration();
        let span = cursor.since(span);
        read.items.extend(one.declaration.map(|declaration| ast::Item { declaration, span }));
        read.unreadable.extend(one.lost);
        diagnostics.append(&mut cursor.diagnostics);
    }
    (read, diagnostics)
}

/// Reads one expression: a condition or a value.
///
/// # Errors
/// What is wrong with it, at least one finding.
pub fn parse_expression(file: FileId, text: &str) -> Result<ast::Expr, Vec<Diagnostic>> {
    let mut tokens = Vec::new();
    parser::words(text, 0, &mut tokens, &mut Vec::new());
    let mut cursor = Cursor::new(file, text, &tokens);
    let read = cursor.expression();
    if read.is_ok() && cursor.peek().kind != TokenKind::End {
        let _reported = cursor.expected("the end of the expression");
    }
    let diagnostics = cursor.diagnostics;
    match read {
        Ok(expression) if diagnostics.is_empty() => Ok(expression),
        _ => Err(diagnostics),
    }
}
