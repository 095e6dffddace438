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
    /// Of a text that was put together: the files, in the order of their places in it.
    parts: Arc<[Part]>,
}

/// A file in a text that was put together of several: what a guideline adapts, then the guideline itself.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Part {
    /// Where it begins in the whole.
    pub(crate) start: u32,
    /// How many bytes of the file are left out at its beginning.
    skipped: u32,
    /// The guideline that it declares.
    pub(crate) guideline: Box<str>,
    pub(crate) file: Source,
}

impl Source {
    /// A file of that name (a path relative to where the guidelines live).
    #[must_use]
    pub fn new(name: impl Into<String>, text: impl Into<String>) -> Source {
        let text: Arc<str> = text.into().into();
        let ends = text.bytes().zip(1..=u32::MAX).filter(|(byte, _)| *byte == b'\n');
        let lines = ends.map(|(_, next)| next).collect();
        Source { name: name.into().into(), text, lines, parts: [].into() }
    }

    /// Files with the guidelines that they declare as one text, in which every place of every file has a place of its own.
    /// It has the name of the last.
    pub(crate) fn joined(files: Vec<(Box<str>, Source)>) -> Source {
        let mut text = String::new();
        let mut parts: Vec<Part> = Vec::with_capacity(files.len());
        for (guideline, file) in files {
            let rest = file.text().strip_prefix(BYTE_ORDER_MARK).unwrap_or(file.text());
            let skipped = small(file.text().len() - rest.len());
            parts.push(Part { start: small(text.len()), skipped, guideline, file: file.clone() });
            text.push_str(rest);
            if !text.ends_with('\n') {
                text.push('\n');
            }
        }
        let name = parts.last().map_or_else(String::new, |part| part.file.name().to_owned());
        Source { parts: parts.into(), ..Source::new(name, text) }
    }

    /// The files that it was put together of; none where it is one file itself.
    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    /// The part that a place lies in.
    pub(crate) fn part_at(&self, at: u32) -> Option<&Part> {
        let after = self.parts.partition_point(|part| part.start <= at);
        self.parts.get(after.saturating_sub(1))
    }

    /// The file that a place lies in, and the place there.
    pub(crate) fn file_at(&self, at: u32) -> (&Source, u32) {
        match self.part_at(at) {
            Some(part) => (&part.file, at.saturating_sub(part.start) + part.skipped),
            None => (self, at),
        }
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

const BYTE_ORDER_MARK: char = '\u{feff}';

/// Files are under 4 GiB (`syntax::parse` refuses others).
fn small(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
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

/// Where something begins in a source.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Spot<'a> {
    pub(crate) source: &'a Source,
    pub(crate) start: u32,
}

impl<'a> Spot<'a> {
    /// The name of the file that it lies in, and the line there, from 1.
    pub(crate) fn file_and_line(self) -> (&'a str, u32) {
        let (file, at) = self.source.file_at(self.start);
        (file.name(), file.line(at))
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(crate) fn sha256(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}
