//! How a list of a patient is kept: how many records it has and where they are.

use super::Packed;

/// A list as it stands on a day.
#[derive(Debug, Clone, Copy, Default)]
pub(in crate::eval) struct BoundList {
    pub(in crate::eval) given: bool,
    pub(in crate::eval) open: bool,
    pub(in crate::eval) first: u32,
    pub(in crate::eval) count: u32,
}

/// The same as kept.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct StoredList {
    pub(super) first: u32,
    pub(super) count: u32,
    pub(super) width: u32,
    pub(super) state: ListState,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::eval) enum ListState {
    #[default]
    NotGiven,
    Complete,
    Open,
}

/// How many values a list is kept in, besides its records.
pub(super) const LIST_VALUES: usize = 2;

impl StoredList {
    pub(super) fn pack(self) -> [Packed; LIST_VALUES] {
        let both = |high: u32, low: u32| Packed(u64::from(high) << 32 | u64::from(low));
        [both(self.first, self.count), both(self.width, self.state as u32)]
    }

    #[inline]
    pub(super) fn unpack([place, form]: [Packed; LIST_VALUES]) -> StoredList {
        let state = match form.0 as u32 {
            0 => ListState::NotGiven,
            1 => ListState::Complete,
            // INVARIANT: `pack` wrote it.
            _ => ListState::Open,
        };
        StoredList { first: (place.0 >> 32) as u32, count: place.0 as u32, width: (form.0 >> 32) as u32, state }
    }

    /// Where its records are.
    pub(super) fn range(&self) -> std::ops::Range<usize> {
        let first = self.first as usize;
        first..first + self.count as usize * self.width as usize
    }
}
