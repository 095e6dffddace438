//! The door to JSON for facts.

use super::tree::{self, Node};
use super::{Facts, typed};
use crate::error::FactError;
use crate::limits::Limits;
use crate::schema::Schema;

/// Facts from JSON text, checked against what a guideline declares.
///
/// # Errors
/// All mistakes that were found, in the order of the text.
pub(crate) fn read(schema: &Schema, limits: &Limits, text: &str) -> Result<Facts, Vec<FactError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (node, duplicates) = document(text, limits)?;
    typed::with(duplicates, typed::read(schema, &node, text))
}

/// The tree, and the keys that stand twice.
pub(super) fn document(text: &str, limits: &Limits) -> Result<(Node, Vec<FactError>), Vec<FactError>> {
    tree::fits(text, limits)?;
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = tree::read(text, limits, &mut deserializer).map_err(|error| vec![unreadable(&error)])?;
    if let Err(after) = deserializer.end() {
        return Err(vec![error(Some(place(&after)), "there is text after the end of the document".to_owned())]);
    }
    Ok(read)
}

/// Lends the parser of a text, unless that is too large. `None`: it was not read, or something follows after it.
pub(crate) fn parsed<'t, E>(
    text: &'t str,
    limits: &Limits,
    read: impl FnOnce(&mut Parser<'t>) -> Result<(), E>,
) -> Option<()> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    tree::fits(text, limits).ok()?;
    let mut parser = serde_json::Deserializer::from_str(text);
    read(&mut parser).ok()?;
    parser.end().ok()
}

/// Has what a JSON text holds.
pub(crate) type Parser<'t> = serde_json::Deserializer<serde_json::de::StrRead<'t>>;

fn unreadable(error: &serde_json::Error) -> FactError {
    let message = error.to_string();
    // The place is said apart.
    let message = tree::own_reason(&message).or_else(|| message.split(" at line ").next()).unwrap_or_default();
    self::error(Some(place(error)), format!("not readable as JSON: {message}"))
}

fn place(error: &serde_json::Error) -> (u32, u32) {
    let number = |value: usize| u32::try_from(value.max(1)).unwrap_or(u32::MAX);
    (number(error.line()), number(error.column()))
}

fn error(line_column: Option<(u32, u32)>, message: String) -> FactError {
    FactError { path: String::new(), line_column, message, help: None, value: None }
}
