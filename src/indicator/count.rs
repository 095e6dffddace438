//! Counts that may be known only as "from so many to so many": what is unknown or kept back widens them.

use crate::value::Number;
use std::cmp::Ordering;

/// So many, or from so many through so many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct Count {
    /// The least that it can be.
    pub low: u64,
    /// The most that it can be.
    pub high: u64,
}

impl Count {
    /// Known.
    #[must_use]
    pub fn exactly(number: u64) -> Count {
        Count { low: number, high: number }
    }

    /// Both ends belong to it; turned round where `high` is the smaller.
    #[must_use]
    pub fn between(low: u64, high: u64) -> Count {
        Count { low: low.min(high), high: low.max(high) }
    }

    /// The number, where it is known.
    #[must_use]
    pub fn known(self) -> Option<u64> {
        (self.low == self.high).then_some(self.low)
    }

    /// `self` of `whole`, as a share from 0 to 1; none of a whole that may be 0. A part is never more than its whole.
    #[must_use]
    pub fn share_of(self, whole: Count) -> Option<Interval> {
        let share = |part: u64, whole: u64| Number::new(part.min(whole).into(), whole.into());
        if whole.low == 0 {
            return None;
        }
        Some(Interval { low: share(self.low, whole.high)?, high: share(self.high, whole.low)? })
    }

    /// How many more than `before`; negative where fewer.
    #[must_use]
    pub fn change_since(self, before: Count) -> Interval {
        let number = |count: u64| Number::new(count.into(), 1).unwrap_or_else(|| Number::from(0));
        let apart = |a: u64, b: u64| number(a).checked_sub(&number(b)).unwrap_or_else(|| Number::from(0));
        Interval { low: apart(self.low, before.high), high: apart(self.high, before.low) }
    }
}

/// An exact number, or somewhere between two, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Interval {
    /// The least that it can be.
    pub low: Number,
    /// The most that it can be.
    pub high: Number,
}

impl Interval {
    /// The number, where it is known.
    #[must_use]
    pub fn known(self) -> Option<Number> {
        (self.low == self.high).then_some(self.low)
    }

    /// How much more than `before`; `None` past what numbers can hold.
    #[must_use]
    pub fn change_since(self, before: Interval) -> Option<Interval> {
        Some(Interval { low: self.low.checked_sub(&before.high)?, high: self.high.checked_sub(&before.low)? })
    }

    /// In hundredths, to two decimals: 0.0531 is 5.31. Rounded only to be shown.
    #[must_use]
    pub fn percent(self) -> Option<Interval> {
        let percent = |number: Number| number.checked_mul(&Number::from(100))?.round(2);
        Some(Interval { low: percent(self.low)?, high: percent(self.high)? })
    }

    /// Which way a change goes.
    #[must_use]
    pub fn trend(self) -> Trend {
        let zero = Number::from(0);
        match (self.low.cmp(&zero), self.high.cmp(&zero)) {
            (Ordering::Greater, _) => Trend::Rises,
            (_, Ordering::Less) => Trend::Falls,
            (Ordering::Equal, Ordering::Equal) => Trend::Same,
            (Ordering::Less | Ordering::Equal, Ordering::Equal | Ordering::Greater) => Trend::Unknown,
        }
    }
}

/// Which way something goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Trend {
    /// More than before, whatever is kept back or unknown.
    Rises,
    /// Less than before.
    Falls,
    /// As before.
    Same,
    /// What is kept back or unknown leaves it open.
    Unknown,
}

impl Trend {
    /// `rises`, `falls`, `same`, `unknown`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Trend::Rises => "rises",
            Trend::Falls => "falls",
            Trend::Same => "same",
            Trend::Unknown => "unknown",
        }
    }
}
