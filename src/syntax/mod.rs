//! From text to the tree as written, and back. Parsing never fails: what cannot be read is reported and left out.

pub mod ast;
mod cursor;
mod expression;
mod list_expression;
mod mending;
mod parser;
mod value_expression;
mod vocabulary;

use crate::diagnostic::Diagnostic;
pub use crate::source::FileId;
use cursor::Cursor;
use parser::TokenKind;

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
