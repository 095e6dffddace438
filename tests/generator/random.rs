//! Choices from a seed (SplitMix64: small, fast, the same on every machine) or from given bytes.

use std::sync::Arc;

#[derive(Debug, Clone)]
pub struct Random {
    state: u64,
    /// Used up first, each choice from as few as it takes, so that a changed byte changes one choice.
    given: Arc<[u8]>,
    at: usize,
}

impl Random {
    pub fn new(seed: u64) -> Random {
        Random { state: seed, given: Arc::default(), at: 0 }
    }

    /// Choices that the bytes make; after them, those of one and the same seed.
    pub fn steered_by(bytes: &[u8]) -> Random {
        Random { state: 0, given: bytes.into(), at: 0 }
    }

    fn next(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// One of 0 up to `end`, which does not belong to it.
    fn choice(&mut self, end: u64) -> u64 {
        let width = if end <= 1 << 8 { 1 } else { 4 };
        let Some(bytes) = self.given.get(self.at..self.at + width) else { return self.next() % end };
        self.at += width;
        bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)) % end
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.choice(end as u64) as usize
    }

    pub fn between(&mut self, low: i64, high: i64) -> i64 {
        low + self.choice((high - low + 1) as u64) as i64
    }

    pub fn percent(&mut self, chance: usize) -> bool {
        self.below(100) < chance
    }

    pub fn pick<T: Clone>(&mut self, items: &[T]) -> T {
        items[self.below(items.len())].clone()
    }
}
