//! What a schedule says, with its facts filled in.

use super::chance::Seed;
use crate::value::partial::{Days, Fallible, FaultKind};
use crate::value::{Duration, Weekday};
use std::num::{NonZeroU8, NonZeroU32};

/// A schedule with phases, for one patient.
#[derive(Debug, Clone)]
pub(crate) struct Plan {
    /// As written, with its guideline where two could have the same: it goes into the draw of random weekdays.
    pub(crate) name: String,
    /// Where counting begins. It may lie after today.
    pub(crate) start: Days,
    pub(crate) first_day: FirstDay,
    /// In order, one after the other.
    pub(crate) phases: Vec<Phase>,
    pub(crate) restarts: Vec<Restart>,
    pub(crate) stops: Vec<Events>,
    pub(crate) done_by: Option<DoneBy>,
    /// Without it, dates on random weekdays are not known.
    pub(crate) seed: Option<Seed>,
}

/// Whether the day that is counted from can itself be a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FirstDay {
    Included,
    NotIncluded,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phase {
    pub(crate) ends: PhaseEnd,
    pub(crate) recurrence: Recurrence,
}

/// Where a phase ends and the next begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PhaseEnd {
    /// So long after the one before it.
    After(Duration),
    /// With that day. A day that is known to be absent is `Open`.
    Through(Days),
    /// Not at all; phases after it never begin.
    Open,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Recurrence {
    /// The anchor and every so much after it.
    Every(Duration),
    /// Some days of the week.
    OnWeekdays(WeekdayRecurrence),
    /// So many of the days from Monday through Friday in each ISO week, drawn by chance.
    RandomWeekdays { times_a_week: NonZeroU8 },
}

/// `every 2 weeks on Monday and Thursday`: weeks begin on Monday and are counted from the anchor's.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct WeekdayRecurrence {
    pub(crate) every_weeks: NonZeroU32,
    /// In any order; one that stands twice counts once.
    pub(crate) days: Vec<Weekday>,
}

/// Events on whose day the plan is counted anew, beginning with a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Restart {
    /// Index of the phase.
    pub(crate) phase: usize,
    pub(crate) on: Events,
}

/// Days on which something happened, in any order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Events {
    /// Those after today have not happened yet and are left out.
    pub(crate) days: Vec<Days>,
    pub(crate) list: Completeness,
}

/// Whether more may have happened, up to today, than is in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Completeness {
    Complete,
    Open,
}

/// Records that show that a date was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct DoneBy {
    pub(crate) records: Events,
    /// How long before a date a record may serve it.
    pub(crate) before: Duration,
    /// How long after a date a record may serve it.
    pub(crate) after: Duration,
}

impl FirstDay {
    /// The first multiple of an interval that is a date.
    pub(super) fn first_multiple(self) -> i64 {
        match self {
            FirstDay::Included => 0,
            FirstDay::NotIncluded => 1,
        }
    }
}

impl Plan {
    /// Intervals go forward, lengths do not go back.
    pub(super) fn check_intervals(&self) -> Fallible<()> {
        let mut sound = true;
        for phase in &self.phases {
            if let PhaseEnd::After(length) = phase.ends {
                sound &= length.count() >= 0;
            }
            if let Recurrence::Every(interval) = phase.recurrence {
                sound &= interval.count() > 0;
            }
        }
        if let Some(done_by) = &self.done_by {
            sound &= done_by.before.count() >= 0 && done_by.after.count() >= 0;
        }
        if sound { Ok(()) } else { Err(FaultKind::NoInterval) }
    }
}
