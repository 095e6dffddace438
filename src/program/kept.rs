//! What is worked out of a program when somebody first asks for it, and then kept.

use std::sync::OnceLock;

/// One for each of something that a program has a fixed number of.
#[derive(Debug, Clone)]
pub(crate) struct Kept<T> {
    all: OnceLock<Box<[OnceLock<T>]>>,
}

impl<T> Default for Kept<T> {
    fn default() -> Kept<T> {
        Kept { all: OnceLock::new() }
    }
}

impl<T> Kept<T> {
    /// The one at a place among so many; `None` past the last.
    pub(crate) fn at(&self, place: usize, count: usize, make: impl FnOnce() -> T) -> Option<&T> {
        let all = self.all.get_or_init(|| (0..count).map(|_| OnceLock::new()).collect());
        all.get(place).map(|kept| kept.get_or_init(make))
    }
}
