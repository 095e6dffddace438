//! Schedules as meant.

use super::{Common, Expr, FieldId, List, RuleId};
use crate::ground::Ground;
use crate::language::Localized;
use crate::source::Place;
use crate::value::Weekday;
use std::num::{NonZeroU8, NonZeroU32};

pub(crate) use crate::syntax::ast::{DateStatus, FirstDay};

/// Dates on which something is due.
#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub(crate) common: Common,
    pub(crate) plan: Plan,
    pub(crate) sharing: Sharing,
    /// Of the line that says from when it counts.
    pub(crate) place: Place,
}

/// Whether a visit for another schedule may serve this one, too.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharing {
    MayShare,
    Alone,
}

/// The two forms of a schedule.
#[derive(Debug, Clone)]
pub(crate) enum Plan {
    Phased(PhasedPlan),
    SinceLatest(SinceLatest),
}

/// Phases one after the other, counted from an anchor.
#[derive(Debug, Clone)]
pub(crate) struct PhasedPlan {
    pub(crate) start: Expr,
    pub(crate) first_day: FirstDay,
    /// In the order written; at least one. None but the last is open.
    pub(crate) phases: Vec<Phase>,
    pub(crate) restarts: Vec<Restart>,
    pub(crate) stops: Vec<Events>,
    pub(crate) done_by: Option<DoneBy>,
}

#[derive(Debug, Clone)]
pub(crate) struct Phase {
    /// `None` where the schedule has one recurrence and no phases.
    pub(crate) name: Option<Box<str>>,
    pub(crate) label: Localized,
    pub(crate) ends: PhaseEnd,
    pub(crate) recurrence: Recurrence,
    pub(crate) grounds: Vec<Ground>,
}

#[derive(Debug, Clone)]
pub(crate) enum PhaseEnd {
    For(Expr),
    /// That day belongs to it.
    Through(Expr),
    Open,
}

#[derive(Debug, Clone)]
pub(crate) enum Recurrence {
    Every(Expr),
    OnWeekdays { every_weeks: NonZeroU32, days: Vec<Weekday> },
    RandomWeekdays { times_a_week: NonZeroU8 },
}

/// Counting begins anew with a phase.
#[derive(Debug, Clone)]
pub(crate) struct Restart {
    /// Index of the phase.
    pub(crate) phase: usize,
    pub(crate) on: Events,
}

/// The days of a list's records.
#[derive(Debug, Clone)]
pub(crate) struct Events {
    /// Of kind `Each`.
    pub(crate) each: Expr,
    pub(crate) grounds: Vec<Ground>,
}

#[derive(Debug, Clone)]
pub(crate) struct DoneBy {
    pub(crate) records: Events,
    /// How long before and after; `None`: on the day itself.
    pub(crate) window: Option<(Expr, Expr)>,
}

/// A first date, then one that each new record moves on.
#[derive(Debug, Clone)]
pub(crate) struct SinceLatest {
    pub(crate) start: Expr,
    pub(crate) first_within: Expr,
    pub(crate) then_every: Expr,
    pub(crate) records: Events,
    pub(crate) grounds: Vec<Ground>,
}

/// The dates of a schedule that stand so on some days, as a number.
#[derive(Debug, Clone)]
pub(crate) struct CountedDates {
    pub(crate) schedule: RuleId,
    pub(crate) status: DateStatus,
    pub(crate) window: CountWindow,
}

#[derive(Debug, Clone)]
pub(crate) enum CountWindow {
    Before {
        duration: Expr,
        anchor: Expr,
    },
    After {
        duration: Expr,
        anchor: Expr,
    },
    During(Expr),
    /// Through today.
    Since(Expr),
}

/// Each record of a list by one of its dates.
#[derive(Debug, Clone)]
pub(crate) struct EachRecord {
    pub(crate) list: List,
    pub(crate) field: FieldId,
}
