//! Which records serve which dates: surely, and perhaps.
//!
//! A record serves one date. Dates come in order, and each takes the earliest record of its window that is not taken.
//! Windows begin and end in the order of their dates, so this serves as many dates as can be served, and one record more
//! never leaves a date unserved that was served without it: what certain records do by themselves stays done.

use super::budget::Budget;
use super::plan::{Completeness, DoneBy};
use super::span::{Span, joined, meets};
use crate::value::Date;
use crate::value::partial::Fallible;

/// Records that have been made by today, by what is known of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Supply {
    /// Certain, on a known day; in order, each with its index among the records.
    sure: Vec<(Date, usize)>,
    /// The same with those that are on a known day if they count at all.
    possible: Vec<(Date, usize)>,
    /// Days on which a record may be whose day is not known, or that nobody has seen; `joined`.
    anywhere: Vec<Span>,
}

/// A date that may be served.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Slot {
    pub(super) window: Span,
    /// Records up to this day may have been taken by dates that are not known.
    pub(super) taken_through: Option<Date>,
}

/// What records do for a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Served {
    /// By that record, or by another one if more is known.
    Surely(usize),
    Perhaps,
    No,
}

impl Supply {
    pub(super) fn read(done_by: &DoneBy, today: Date, budget: &mut Budget) -> Fallible<Supply> {
        budget.spend(done_by.records.days.len())?;
        let (mut sure, mut possible, mut anywhere) = (Vec::new(), Vec::new(), Vec::new());
        for (index, record) in done_by.records.days.iter().enumerate() {
            let Some(days) = Span::new(record.first, record.last.min(today)) else { continue };
            if record.first < record.last {
                anywhere.push(days);
                continue;
            }
            possible.push((record.first, index));
            if !record.perhaps_absent {
                sure.push((record.first, index));
            }
        }
        if done_by.records.list == Completeness::Open {
            anywhere.extend(Span::new(Date::MIN, today));
        }
        sure.sort_unstable();
        possible.sort_unstable();
        Ok(Supply { sure, possible, anywhere: joined(anywhere) })
    }

    /// The first day on which a record is that may be taken from another date. Dates whose windows end before it are not
    /// served, and change nothing for those after them.
    pub(super) fn first_day(&self) -> Option<Date> {
        self.possible.first().map(|(day, _)| *day)
    }

    /// One answer for each slot. Slots are in the order of their dates.
    pub(super) fn serve(&self, slots: &[Slot], budget: &mut Budget) -> Fallible<Vec<Served>> {
        budget.spend(slots.len() + self.sure.len() + self.possible.len())?;
        let mut sure = self.sure.iter().peekable();
        let mut possible = self.possible.iter().peekable();
        let serve = |slot: &Slot| {
            let free = slot.taken_through.map_or(Some(slot.window.first()), Date::next);
            let from = free.map(|free| free.max(slot.window.first()));
            let surely =
                from.and_then(|from| Span::new(from, slot.window.last())).and_then(|window| take(&mut sure, window));
            // A record that may be anywhere may serve any date, and leaves to later dates what it spares this one.
            let perhaps = meets(&self.anywhere, slot.window) || take(&mut possible, slot.window).is_some();
            match (surely, perhaps) {
                (Some(record), true | false) => Served::Surely(record),
                (None, true) => Served::Perhaps,
                (None, false) => Served::No,
            }
        };
        Ok(slots.iter().map(serve).collect())
    }
}

/// Takes the earliest record of the window. Earlier ones are past use, since windows only move on.
fn take<'a>(records: &mut std::iter::Peekable<impl Iterator<Item = &'a (Date, usize)>>, window: Span) -> Option<usize> {
    while records.next_if(|(day, _)| *day < window.first()).is_some() {}
    records.next_if(|(day, _)| window.contains(*day)).map(|(_, index)| *index)
}
