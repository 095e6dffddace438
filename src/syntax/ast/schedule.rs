//! Schedules as written: phases of dates, what restarts and stops them, what serves them.

use super::{DurationLiteral, Expr, Ground, List, Localized, Name, RuleHead, Span, Spanned};
use crate::value::Weekday;

/// `schedule NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub head: RuleHead,
    /// `from treatment_start, first day not included`
    pub from: Option<ScheduleStart>,
    /// In the order written. One without a name stands alone.
    pub phases: Vec<Phase>,
    /// `restart start on each taken of samples that are (positive)`
    pub restarts: Vec<Restart>,
    /// `stop on each happened of seizures`
    pub stops: Vec<Stop>,
    pub done_by: Option<ServedBy>,
    /// `first within 3 months after treatment_start`
    pub first: Option<FirstWithin>,
    /// `then at least every 12 months after the latest taken of tests`
    pub then: Option<ThenEvery>,
    /// `may share visits`
    pub may_share: Option<Span>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScheduleStart {
    pub value: Expr,
    pub first_day: FirstDay,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// Whether the day that is counted from can itself be a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FirstDay {
    Included,
    NotIncluded,
}

/// `phase steady: for 9 months, once a week on a random weekday`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Phase {
    /// `None` where the schedule has one recurrence and no phases.
    pub name: Option<Name>,
    pub label: Localized,
    pub ends: PhaseEnd,
    pub recurrence: Recurrence,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// Where a phase ends.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PhaseEnd {
    /// `for 3 months`
    For(Expr),
    /// `through treatment_end`
    Through(Expr),
    /// Nothing is said.
    Open,
}

/// The days of a phase.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Recurrence {
    /// `every sampling_interval`, `every 2 weeks`, `every month`
    Every(Expr),
    /// `on Monday and Thursday`; with `every 2 weeks` before it, in every second week
    OnWeekdays { every_weeks: Option<Spanned<DurationLiteral>>, days: Vec<Spanned<Weekday>> },
    /// `once a week on a random weekday`, `3 times a week on random weekdays`
    RandomWeekdays { times: Spanned<u32> },
}

/// Counting begins anew on these days.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restart {
    /// The phase that it begins with; `None`: the first.
    pub phase: Option<Name>,
    /// An `ExprKind::Each`.
    pub on: Expr,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// No dates from these days on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stop {
    /// An `ExprKind::Each`.
    pub on: Expr,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// `done by sample in samples on taken, from 1 day before to 1 day after`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServedBy {
    /// An `ExprKind::Each` with a word.
    pub records: Expr,
    /// `None`: on the day itself.
    pub window: Option<ServingWindow>,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// `from 1 day before to 1 day after`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ServingWindow {
    pub before: Expr,
    pub after: Expr,
}

/// `first within 3 months after treatment_start`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FirstWithin {
    pub duration: Expr,
    pub start: Expr,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// `then at least every 12 months after the latest taken of tests`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ThenEvery {
    pub interval: Expr,
    /// An `ExprKind::Each`.
    pub records: Expr,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// `urine_samples missed at least 2 times within 30 days before today`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DatesCounted {
    pub schedule: Vec<Name>,
    pub status: Spanned<DateStatus>,
    pub operator: super::Comparison,
    pub count: Spanned<u32>,
    pub window: CountWindow,
}

/// How a date of a schedule stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum DateStatus {
    Planned,
    Due,
    Overdue,
    Missed,
    Done,
}

/// The days that dates are counted on, both ends included.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CountWindow {
    /// `within 30 days before today`
    Before { duration: Expr, anchor: Expr },
    /// `within 30 days after today`
    After { duration: Expr, anchor: Expr },
    /// `during 2026-05`
    During(Expr),
    /// `since treatment_start`: through today
    Since(Expr),
}

/// The parts of an `ExprKind::Each`: the days on which records of a list happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct EachRecord {
    /// In `done by`: the word for one record.
    pub word: Option<Name>,
    pub field: Name,
    pub list: List,
}

impl DateStatus {
    /// All five, in the order in which a date goes through them.
    pub const ALL: [DateStatus; 5] =
        [DateStatus::Planned, DateStatus::Due, DateStatus::Overdue, DateStatus::Missed, DateStatus::Done];

    /// As written.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            DateStatus::Planned => "planned",
            DateStatus::Due => "due",
            DateStatus::Overdue => "overdue",
            DateStatus::Missed => "missed",
            DateStatus::Done => "done",
        }
    }
}
