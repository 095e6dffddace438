//! Unbroken runs of days, and lists of them.

use crate::value::Date;
use std::ops::RangeInclusive;

/// The days from `first` through `last`, at least one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Span {
    // INVARIANT: `first <= last`, seen to by `new`.
    first: Date,
    last: Date,
}

impl Span {
    /// `None` if there is no such day.
    pub(crate) fn new(first: Date, last: Date) -> Option<Span> {
        (first <= last).then_some(Span { first, last })
    }

    pub(crate) fn of(range: &RangeInclusive<Date>) -> Option<Span> {
        Span::new(*range.start(), *range.end())
    }

    pub(crate) fn day(day: Date) -> Span {
        Span { first: day, last: day }
    }

    pub(crate) fn first(self) -> Date {
        self.first
    }

    pub(crate) fn last(self) -> Date {
        self.last
    }

    pub(crate) fn contains(self, day: Date) -> bool {
        self.first <= day && day <= self.last
    }

    /// From the first day of either through the last.
    pub(crate) fn hull(self, other: Span) -> Span {
        Span { first: self.first.min(other.first), last: self.last.max(other.last) }
    }

    /// The days of both.
    pub(crate) fn meet(self, other: Span) -> Option<Span> {
        Span::new(self.first.max(other.first), self.last.min(other.last))
    }
}

/// The same days in order, with no two spans that touch.
pub(super) fn joined(mut spans: Vec<Span>) -> Vec<Span> {
    spans.sort_unstable();
    let mut joined: Vec<Span> = Vec::with_capacity(spans.len());
    for span in spans {
        match joined.last_mut() {
            Some(before) if before.last.next().is_none_or(|next| span.first <= next) => {
                before.last = before.last.max(span.last);
            }
            Some(_) | None => joined.push(span),
        }
    }
    joined
}

/// The days that both lists have. Both are `joined`.
pub(super) fn common(one: &[Span], other: &[Span]) -> Vec<Span> {
    let (mut one, mut other) = (one.iter().peekable(), other.iter().peekable());
    let mut common = Vec::new();
    while let (Some(a), Some(b)) = (one.peek(), other.peek()) {
        common.extend(a.meet(**b));
        if a.last <= b.last {
            one.next();
        } else {
            other.next();
        }
    }
    common
}

/// The first span that ends on `day` or later, if it has a day of `through` or before it: whether the list meets
/// `day..=through`. The list is `joined`.
pub(super) fn meets(spans: &[Span], days: Span) -> bool {
    let at = spans.partition_point(|span| span.last < days.first);
    spans.get(at).is_some_and(|span| span.first <= days.last)
}
