//! The door to YAML.

use super::tree::{self, Node, line_column};
use super::{Facts, typed, yaml_guard};
use crate::error::FactError;
use crate::limits::Limits;
use crate::schema::Schema;

/// Facts from YAML text, checked against what a guideline declares. A text without anything in it states nothing.
///
/// # Errors
/// All mistakes that were found, in the order of the text.
pub(crate) fn read(schema: &Schema, limits: &Limits, text: &str) -> Result<Facts, Vec<FactError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (node, duplicates) = document(text, limits)?;
    typed::with(duplicates, typed::read(schema, &node, text))
}

/// A YAML text as a tree. One document; no tags, anchors and aliases.
///
/// # Errors
/// All duplicate keys, or the first place where it is no YAML.
pub(crate) fn read_tree(text: &str) -> Result<Node, Vec<FactError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (node, duplicates) = document(text, &Limits::default())?;
    typed::with(duplicates, Ok(node))
}

/// The tree, and the keys that stand twice.
pub(super) fn document(text: &str, limits: &Limits) -> Result<(Node, Vec<FactError>), Vec<FactError>> {
    tree::fits(text, limits)?;
    if let Err(refused) = yaml_guard::check(text) {
        let place = line_column(text, refused.at);
        return Err(vec![error(Some(place), refused.why.to_owned(), Some(refused.help))]);
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Err(vec![error(None, "the text is empty".to_owned(), None)]);
    };
    let read = tree::read(text, limits, first).map_err(|error| vec![unreadable(&error)])?;
    match documents.next() {
        None => Ok(read),
        Some(_) => {
            let message = "there is text after the end of the document".to_owned();
            Err(vec![error(
                None,
                message,
                Some("one file holds one document: remove `---` or `...` and what follows it"),
            )])
        }
    }
}

fn unreadable(error: &serde_yaml::Error) -> FactError {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    let place = error.location().map(|location| (number(location.line()), number(location.column())));
    let message = error.to_string();
    // The place is said apart.
    let message = tree::own_reason(&message).or_else(|| message.split(" at line ").next()).unwrap_or_default();
    self::error(place, format!("not readable as YAML: {message}"), None)
}

fn error(line_column: Option<(u32, u32)>, message: String, help: Option<&str>) -> FactError {
    FactError { path: String::new(), line_column, message, help: help.map(str::to_owned), value: None }
}
