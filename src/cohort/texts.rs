//! The texts of a column, each read once.

use crate::error::Error;
use crate::eval::Cell;
use std::collections::HashMap;

/// What each text of a column is; `None`: not given.
pub(super) struct Texts<'v> {
    all: HashMap<&'v str, Option<Cell>>,
    /// Short texts that were met last, by what their letters hash to: codes come again and again.
    recent: Vec<(u64, Option<Cell>)>,
}

/// A power of two.
const RECENT_BITS: u32 = 9;

impl<'v> Texts<'v> {
    pub(super) fn new() -> Texts<'v> {
        Texts { all: HashMap::new(), recent: vec![(0, None); 1 << RECENT_BITS] }
    }

    /// What a short text is that was met lately.
    #[inline]
    pub(super) fn recent(&self, text: &str) -> Option<Option<Cell>> {
        let key = short_key(text.as_bytes());
        let (known, cell) = self.recent.get(place(key))?;
        (*known == key && key != 0).then_some(*cell)
    }

    /// What a text is; where it was not met before, what is read.
    ///
    /// # Errors
    /// As reading it.
    pub(super) fn get(
        &mut self,
        text: &'v str,
        read: impl FnOnce(&'v str) -> Result<Option<Cell>, Error>,
    ) -> Result<Option<Cell>, Error> {
        let cell = match self.all.get(text) {
            Some(cell) => *cell,
            None => {
                let cell = read(text)?;
                self.all.insert(text, cell);
                cell
            }
        };
        let key = short_key(text.as_bytes());
        if let Some(recent) = self.recent.get_mut(place(key)) {
            *recent = (key, cell);
        }
        Ok(cell)
    }
}

#[inline]
fn place(key: u64) -> usize {
    (key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> (64 - RECENT_BITS)) as usize
}

/// The letters of a text and how many there are; nought where there are none, or more than fit.
#[inline]
fn short_key(letters: &[u8]) -> u64 {
    match letters.len() {
        1..=7 => letters.iter().fold(letters.len() as u64, |key, letter| key << 8 | u64::from(*letter)),
        _ => 0,
    }
}
