//! A short text on the stack: what is written only to be read at once needs no allocation.

use std::fmt;

/// At most `MOST` bytes of text.
#[derive(Clone, Copy)]
pub(crate) struct ShortText<const MOST: usize> {
    bytes: [u8; MOST],
    length: usize,
}

impl<const MOST: usize> ShortText<MOST> {
    #[inline]
    pub(crate) fn new() -> ShortText<MOST> {
        ShortText { bytes: [0; MOST], length: 0 }
    }

    #[inline]
    pub(crate) fn as_str(&self) -> &str {
        // INVARIANT: only whole texts are written, so the bytes are one.
        self.bytes.get(..self.length).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default()
    }
}

/// What does not fit is an error, and nothing of it is written.
impl<const MOST: usize> fmt::Write for ShortText<MOST> {
    #[inline]
    fn write_str(&mut self, text: &str) -> fmt::Result {
        let end = self.length.saturating_add(text.len());
        let room = self.bytes.get_mut(self.length..end).ok_or(fmt::Error)?;
        room.copy_from_slice(text.as_bytes());
        self.length = end;
        Ok(())
    }
}
