//! Looking up short strings quickly: names of facts, codes. The tables are made once from a program and never grow with
//! facts, and each starts from a number of its own, so that no text can be made to be slow to look up.

use std::collections::HashMap;
use std::hash::{BuildHasher, Hasher, RandomState};

/// Strings to look up.
pub(super) type QuickMap<V> = HashMap<Box<str>, V, Quick>;

/// Where hashes start.
#[derive(Debug, Clone, Copy)]
pub(super) struct Quick(u64);

impl Default for Quick {
    fn default() -> Quick {
        Quick(RandomState::new().hash_one(0_u8))
    }
}

impl BuildHasher for Quick {
    type Hasher = Mixing;

    #[inline]
    fn build_hasher(&self) -> Mixing {
        Mixing(self.0)
    }
}

/// Multiplies 64 by 64 bits and folds the halves together, 16 bytes at a time.
pub(super) struct Mixing(u64);

const ODD: u64 = 0x9E37_79B9_7F4A_7C15;

impl Mixing {
    #[inline]
    fn mix(&mut self, one: u64, other: u64) {
        let product = u128::from(self.0 ^ one) * u128::from(other ^ ODD);
        self.0 = (product as u64) ^ (product >> 64) as u64;
    }
}

impl Hasher for Mixing {
    #[inline]
    fn write(&mut self, bytes: &[u8]) {
        let length = bytes.len() as u64;
        let mut rest = bytes;
        while let Some((block, after)) = rest.split_first_chunk::<16>()
            && !after.is_empty()
        {
            let block = u128::from_le_bytes(*block);
            self.mix(block as u64, (block >> 64) as u64);
            rest = after;
        }
        // The ends of what is left; they overlap where it is short.
        let (one, other) = match (rest.first_chunk::<8>(), rest.last_chunk::<8>()) {
            (Some(first), Some(last)) => (u64::from_le_bytes(*first), u64::from_le_bytes(*last)),
            _ => match (rest.first_chunk::<4>(), rest.last_chunk::<4>()) {
                (Some(first), Some(last)) => (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into()),
                _ => (rest.iter().fold(0, |all, byte| all << 8 | u64::from(*byte)), 0),
            },
        };
        self.mix(one ^ length, other);
    }

    /// What ends a string: its length is in the hash already.
    #[inline]
    fn write_u8(&mut self, _: u8) {}

    #[inline]
    fn finish(&self) -> u64 {
        self.0
    }
}
