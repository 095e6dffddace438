//! From which day through which each phase lasts, counted from an anchor.

use super::plan::{FirstDay, PhaseEnd, Plan, Recurrence};
use super::span::Span;
use crate::value::partial::{Days, Fallible, FaultKind};
use crate::value::{Date, Duration, DurationUnit};

/// One phase, counted from one anchor.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct PhaseDays {
    /// Index of the phase.
    pub(super) phase: usize,
    pub(super) span: Span,
    /// From here on the phase may be over, or another.
    pub(super) doubtful_from: Option<Date>,
}

/// A boundary: the anchor (or the end of a phase that ends on a given day), and what is added to it.
///
/// Months and days are added up apart, and the months first: 31 January and twice a month is 31 March.
#[derive(Debug, Clone, Copy)]
struct Boundary {
    base: Date,
    months: i64,
    days: i64,
}

impl Boundary {
    fn at(base: Date) -> Boundary {
        Boundary { base, months: 0, days: 0 }
    }

    fn later(self, length: Duration) -> Boundary {
        let (months, days) = (length.months().unwrap_or(0), length.days().unwrap_or(0));
        // Sums of durations of 32 bits: saturating is far outside the calendar.
        Boundary { months: self.months.saturating_add(months), days: self.days.saturating_add(days), ..self }
    }

    fn day(self) -> Fallible<Date> {
        let add = |day: Date, count: i64, unit| day.checked_add(Duration::new(i32::try_from(count).ok()?, unit));
        add(self.base, self.months, DurationUnit::Months)
            .and_then(|day| add(day, self.days, DurationUnit::Days))
            .ok_or(FaultKind::OutsideCalendar)
    }
}

/// The phases from `first` on that have a day, in order, when counting begins on `anchor`.
///
/// With the first day included a phase is from its boundary to the day before the next; otherwise from the day after
/// its boundary through the next.
///
/// # Errors
/// `OutsideCalendar` if a phase ends later than the calendar.
pub(super) fn phases_from(plan: &Plan, anchor: Date, first: usize) -> Fallible<Vec<PhaseDays>> {
    let mut found = Vec::new();
    let mut boundary = Boundary::at(anchor);
    let mut begin = anchor;
    let mut doubtful = None;
    for (index, phase) in plan.phases.iter().enumerate().skip(first) {
        let end = match phase.ends {
            PhaseEnd::After(length) => {
                boundary = boundary.later(length);
                Some(boundary.day()?)
            }
            PhaseEnd::Through(days) => {
                let end = if days.perhaps_absent { None } else { through(plan.first_day, days.last) };
                if let Some(end) = end.filter(|end| *end > begin) {
                    boundary = Boundary::at(end);
                }
                end.map(|end| end.max(begin))
            }
            PhaseEnd::Open => None,
        };
        let span = match plan.first_day {
            FirstDay::Included => end.map_or(Some(Date::MAX), Date::previous).and_then(|last| Span::new(begin, last)),
            FirstDay::NotIncluded => begin.next().and_then(|begin| Span::new(begin, end.unwrap_or(Date::MAX))),
        };
        if let (PhaseEnd::Through(days), Some(span)) = (phase.ends, span) {
            doubtful = doubtful.or(doubtful_end(days, span, &phase.recurrence));
        }
        found.extend(span.map(|span| PhaseDays { phase: index, span, doubtful_from: doubtful }));
        match end {
            Some(end) => begin = end,
            None => break,
        }
    }
    Ok(found)
}

/// A day on or after the last that the phases from `first` on can have, for any anchor up to `anchor` and for any day on
/// which a phase may end. An end after the calendar is the calendar's.
///
/// Every boundary is counted from the anchor or from the end of a phase that ends on a given day. Which of the two it is
/// depends on the anchor, and the later anchor may have the earlier end; so it is the latest of them all.
pub(super) fn latest_end(plan: &Plan, anchor: Date, first: usize) -> Date {
    let mut boundaries = vec![Boundary::at(anchor)];
    for phase in plan.phases.iter().skip(first) {
        match phase.ends {
            PhaseEnd::After(length) => {
                boundaries.iter_mut().for_each(|boundary| *boundary = boundary.later(length));
            }
            PhaseEnd::Through(days) if days.perhaps_absent => return Date::MAX,
            PhaseEnd::Through(days) => match through(plan.first_day, days.last) {
                Some(end) => boundaries.push(Boundary::at(end)),
                None => return Date::MAX,
            },
            PhaseEnd::Open => return Date::MAX,
        }
    }
    let end = boundaries.into_iter().map(|boundary| boundary.day().unwrap_or(Date::MAX)).max().unwrap_or(anchor);
    match plan.first_day {
        FirstDay::Included if end < Date::MAX => end.previous().unwrap_or(end),
        FirstDay::Included | FirstDay::NotIncluded => end,
    }
}

/// The boundary after a phase whose last day that is; `None` after the calendar's last day.
fn through(first_day: FirstDay, last: Date) -> Option<Date> {
    match first_day {
        FirstDay::Included => last.next(),
        FirstDay::NotIncluded => Some(last),
    }
}

/// The first day of the phase for which it matters on which day it ends.
fn doubtful_end(end: Days, span: Span, recurrence: &Recurrence) -> Option<Date> {
    if end.first == end.last && !end.perhaps_absent {
        return None;
    }
    let from = end.first.next().unwrap_or(Date::MAX);
    let from = match recurrence {
        Recurrence::Every(_) | Recurrence::OnWeekdays(_) => from,
        // Which days a week's draw is among depends on the end.
        Recurrence::RandomWeekdays { .. } => from.monday(),
    };
    Some(from.max(span.first()))
}
