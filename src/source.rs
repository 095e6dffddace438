//! A text with its name: what goes into compiling, its digest, and the places that diagnostics point at.

use sha2::{Digest, Sha256};
use std::sync::Arc;

/// One rule file: the name to show in diagnostics, and its text. Cheap to clone.
///
/// A text that is not UTF-8 never gets here: reading files is the caller's, see [`Source::from_bytes`].
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    name: Arc<str>,
    text: Arc<str>,
    /// Where each line but the first starts.
    lines: Arc<[u32]>,
}

impl Source {
    /// A file of that name (a path relative to where the guidelines live).
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        let text: Arc<str> = text.into().into();
        let ends = text.bytes().zip(1..=u32::MAX).filter(|(byte, _)| *byte == b'\n');
        let lines = ends.map(|(_, next)| next).collect();
        Source { name: name.into().into(), text, lines }
    }

    /// The same from bytes.
    ///
    /// # Errors
    /// The offset of the first byte that is not UTF-8.
    pub fn from_bytes(name: impl Into<String>, bytes: Vec<u8>) -> Result<Source, usize> {
        match String::from_utf8(bytes) {
            Ok(text) => Ok(Source::new(name, text)),
            Err(error) => Err(error.utf8_error().valid_up_to()),
        }
    }

    /// The name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The text.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.text
    }

    /// The line of an offset in bytes, from 1.
    pub(crate) fn line(&self, at: u32) -> u32 {
        u32::try_from(self.lines.partition_point(|start| *start <= at) + 1).unwrap_or(u32::MAX)
    }

    /// SHA-256 of the text's bytes, lower-case hexadecimal.
    pub(crate) fn sha256(&self) -> String {
        sha256(self.text.as_bytes())
    }
}

/// Index of a source among those compiled together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FileId(pub u16);

/// Bytes `start..end` of one file.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Place {
    pub(crate) file: FileId,
    pub(crate) start: u32,
    pub(crate) end: u32,
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
