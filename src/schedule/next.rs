//! The next date, however far away it is.

use super::budget::Budget;
use super::expand::{Expansion, Occurrence, OccurrenceStatus};
use crate::value::Date;
use crate::value::partial::Fallible;
use std::ops::RangeInclusive;

/// The first date on or after today that is not done.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Next {
    On(Occurrence),
    /// There is none until the calendar ends.
    Never,
    /// It depends on what is not known, or is not drawn.
    Unknown,
}

/// How far to look first; then twice as far, and so on.
const FIRST_LOOK: i32 = 64;

/// The next date of a plan with the dates that `expand` finds.
///
/// # Errors
/// As those of `expand`.
pub(crate) fn next(
    today: Date,
    expand: impl Fn(&RangeInclusive<Date>, &mut Budget) -> Fallible<Expansion>,
    budget: &mut Budget,
) -> Fallible<Next> {
    let mut look = FIRST_LOOK;
    loop {
        let last = Date::from_day_number(today.day_number().saturating_add(look)).unwrap_or(Date::MAX);
        let found = expand(&(today..=last), budget)?;
        let doubt = found.uncertain.first().into_iter().chain(found.needs_seed.first()).map(|span| span.first()).min();
        let next = found.occurrences.into_iter().find(|occurrence| occurrence.status != OccurrenceStatus::Done);
        match (next, doubt) {
            (Some(next), None) => return Ok(Next::On(next)),
            (Some(next), Some(doubt)) if next.date < doubt => return Ok(Next::On(next)),
            (Some(_) | None, Some(_)) => return Ok(Next::Unknown),
            (None, None) if last == Date::MAX => return Ok(Next::Never),
            (None, None) => look = look.saturating_mul(2),
        }
    }
}
