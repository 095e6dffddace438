//! The other form: a first date, then one that each new record moves on.

use super::budget::Budget;
use super::expand::{Expansion, Occurrence, OccurrenceStatus, Standing};
use super::plan::{Completeness, Events};
use super::span::Span;
use crate::value::partial::{Days, Fallible, FaultKind};
use crate::value::{Date, Duration};
use std::ops::RangeInclusive;

/// `first within 3 months after treatment_start, then at least every 12 months after the latest taken of tests`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct SinceLatest {
    pub(crate) start: Days,
    pub(crate) first_within: Duration,
    pub(crate) then_every: Duration,
    /// Those before the start do not count.
    pub(crate) records: Events,
}

/// The index of the first date's phase, and of those after it.
const FIRST: usize = 0;
const THEN: usize = 1;

impl SinceLatest {
    /// The one date that comes next, if it lies in `wanted`.
    ///
    /// The first is due from the start through `first_within` after it, one after a record on its day; both are overdue
    /// from then on until a record comes. What is not certain about the latest record makes the date undetermined.
    ///
    /// # Errors
    /// `NoInterval`, `OutsideCalendar`, `WorkLimit`.
    pub(crate) fn expand(
        &self,
        today: Date,
        wanted: &RangeInclusive<Date>,
        budget: &mut Budget,
    ) -> Fallible<Expansion> {
        budget.spend(1 + self.records.days.len())?;
        if self.first_within.count() < 0 || self.then_every.count() <= 0 {
            return Err(FaultKind::NoInterval);
        }
        let later = |day: Date, length| day.checked_add(length).ok_or(FaultKind::OutsideCalendar);
        let start = self.start;
        if start.first != start.last || start.perhaps_absent {
            let standing = if today < start.first { Standing::NotBegun } else { Standing::Unknown };
            let from = later(start.first, self.first_within)?;
            let from = start.first.checked_add(self.then_every).map_or(from, |then| from.min(then));
            let uncertain = Span::new(from, Date::MAX);
            return Ok(Expansion { standing, ..Expansion::default() }.doubtful(uncertain, wanted));
        }
        let start = start.first;
        let counts = |record: &Days| {
            let span = Span::new(record.first.max(start), record.last.min(today))?;
            Some((span, record.first == record.last && !record.perhaps_absent))
        };
        let records: Vec<(Span, bool)> = self.records.days.iter().filter_map(counts).collect();
        let certain = self
            .records
            .days
            .iter()
            .enumerate()
            .filter(|(_, record)| counts(record).is_some_and(|(_, certain)| certain));
        let latest = certain.max_by_key(|(_, record)| record.first).map(|(index, record)| (record.first, index));

        // The days after the latest certain record on which another one may be.
        let after = latest.map_or(Some(start), |(latest, _)| latest.next());
        let doubt = after.and_then(|after| Span::new(after, today)).and_then(|left| match self.records.list {
            Completeness::Open => Some(left),
            Completeness::Complete => {
                let possible = records.iter().filter(|(_, certain)| !certain).filter_map(|(span, _)| span.meet(left));
                possible.reduce(|one, other| one.hull(other))
            }
        });

        let (date, window, phase) = match latest {
            Some((latest, _)) => {
                let date = later(latest, self.then_every)?;
                (date, Span::day(date), THEN)
            }
            None => {
                let date = later(start, self.first_within)?;
                (date, Span::new(start, date).unwrap_or(Span::day(date)), FIRST)
            }
        };
        let status = if doubt.is_some() {
            OccurrenceStatus::Undetermined
        } else if today < window.first() {
            OccurrenceStatus::Planned
        } else if today <= date {
            OccurrenceStatus::Due
        } else {
            OccurrenceStatus::Overdue
        };
        let standing = match doubt {
            Some(_) => Standing::Unknown,
            None if today < start => Standing::NotBegun,
            None => Standing::InPhase(phase),
        };
        let occurrences =
            vec![Occurrence { date, window: Some(window), phase, status, record: latest.map(|(_, index)| index) }];
        let uncertain = doubt.map(|doubt| {
            let moved = |day: Date| Span::day(day.checked_add(self.then_every).unwrap_or(Date::MAX));
            moved(doubt.first()).hull(moved(doubt.last())).hull(Span::day(date))
        });
        Ok(Expansion { occurrences, standing, ..Expansion::default() }.doubtful(uncertain, wanted))
    }
}

impl Expansion {
    /// Cut to a window, with one stretch of doubt.
    fn doubtful(mut self, uncertain: Option<Span>, wanted: &RangeInclusive<Date>) -> Expansion {
        let wanted = Span::of(wanted);
        self.occurrences.retain(|occurrence| wanted.is_some_and(|wanted| wanted.contains(occurrence.date)));
        self.uncertain = uncertain.zip(wanted).and_then(|(span, wanted)| span.meet(wanted)).into_iter().collect();
        self
    }
}
