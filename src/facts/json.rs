//! The door to JSON for facts.

use super::tree::{self, Node};
use super::{Facts, typed};
use crate::error::FactError;
use crate::schema::Schema;

/// Facts from JSON text, checked against what a guideline declares.
///
/// # Errors
/// All mistakes that were found, in the order of the text.
pub(crate) fn read(schema: &Schema, text: &str) -> Result<Facts, Vec<FactError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (node, duplicates) = document(text)?;
    typed::with(duplicates, typed::read(schema, &node, text))
}

/// Facts from any value that can be serialized, checked against what a guideline declares.
///
/// # Errors
/// All mistakes that were found. They have no lines: the caller never saw a text.
pub(crate) fn read_serialize(schema: &Schema, value: &impl serde::Serialize) -> Result<Facts, Vec<FactError>> {
    let text = serde_json::to_string(value)
        .map_err(|_| vec![error(None, "the value cannot be written as JSON".to_owned())])?;
    read(schema, &text).map_err(|mut errors| {
        errors.iter_mut().for_each(|error| error.line_column = None);
        errors
    })
}

/// The tree, and the keys that stand twice.
pub(super) fn document(text: &str) -> Result<(Node, Vec<FactError>), Vec<FactError>> {
    let mut deserializer = serde_json::Deserializer::from_str(text);
    let read = tree::read(text, &mut deserializer).map_err(|error| vec![unreadable(&error)])?;
    if let Err(after) = deserializer.end() {
        return Err(vec![error(Some(place(&after)), "there is text after the end of the document".to_owned())]);
    }
    Ok(read)
}

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
