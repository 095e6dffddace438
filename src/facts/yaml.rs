//! The door to YAML.

use super::tree::{self, Node, line_column};
use crate::error::FactError;

/// How deep brackets may stand in each other. The reader below takes time with the square of it.
const DEEPEST: usize = 128;

/// A YAML text as a tree. One document; no tags; aliases as long as they do not repeat too much.
///
/// # Errors
/// All duplicate keys, or the first place where it is no YAML.
pub(crate) fn read_tree(text: &str) -> Result<Node, Vec<FactError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    if let Some(at) = too_deep(text) {
        let message = format!("brackets stand more than {DEEPEST} deep in each other");
        return Err(vec![error(Some(line_column(text, at)), message, None)]);
    }
    let mut documents = serde_yaml::Deserializer::from_str(text);
    let Some(first) = documents.next() else {
        return Err(vec![error(None, "the text is empty".to_owned(), None)]);
    };
    let node = tree::read(text, first).map_err(|error| vec![unreadable(&error)])??;
    match documents.next() {
        None => Ok(node),
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

/// Where brackets first stand too deep. Brackets in texts count, too: closed ones do no harm.
fn too_deep(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    for (at, byte) in text.bytes().enumerate() {
        match byte {
            b'{' | b'[' => depth += 1,
            b'}' | b']' => depth = depth.saturating_sub(1),
            _ => {}
        }
        if depth > DEEPEST {
            return Some(at);
        }
    }
    None
}

fn unreadable(error: &serde_yaml::Error) -> FactError {
    let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
    let place = error.location().map(|location| (number(location.line()), number(location.column())));
    let message = error.to_string();
    // The place is said apart, and a path is not ours.
    let message = message.split(" at line ").next().unwrap_or_default();
    self::error(place, format!("not readable as YAML: {message}"), None)
}

fn error(line_column: Option<(u32, u32)>, message: String, help: Option<&str>) -> FactError {
    FactError { path: String::new(), line_column, message, help: help.map(str::to_owned), value: None }
}
