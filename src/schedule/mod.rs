//! Calendar plans: on which days something is due, and how each of those days stands on one day. Days alone.
//!
//! No facts, rules or clock: the caller reads them, fills in a plan and says which day is today. There are two forms.
//! A [`Plan`] has phases with a recurrence each, and [`expand`] gives its dates in a window; a [`SinceLatest`] has the one
//! date that follows from the latest record, and [`SinceLatest::expand`] gives that. Both answer with an [`Expansion`].
//!
//! ```text
//! Plan { name, start, first_day, phases, restarts, stops, done_by, seed }
//!   --timeline-->  stretches (anchor, days, phases) and the days about which events leave doubt
//!   --recurrence-> dates of each phase in each stretch, counted from the anchor
//!   --matching-->  which records serve which dates, surely and perhaps
//!   --> Expansion { occurrences: [{ date, window, phase, status, record }], uncertain, needs_seed, standing }
//! ```
//!
//! `next` of either form finds the next date, however far away. [`share_visits`] lays the occurrences of several schedules
//! into one calendar, in as few visits as can be where they may share them.
//!
//! What is not known comes in as [`Days`](crate::value::partial::Days) (some day from `first` through `last`, `perhaps_absent`:
//! or it did not happen) and as [`Completeness`] of a list. What follows from it goes out as `Undetermined` and as
//! stretches of days: in `uncertain` there may be other dates than those listed, in `needs_seed` dates are drawn by
//! chance and no seed was given. A day outside both has the dates that are listed, whatever the facts turn out to be.
//!
//! Everything that can go wrong is a [`FaultKind`](crate::value::partial::FaultKind): `OutsideCalendar`, `WorkLimit` when the [`Budget`] is used up,
//! `NoInterval` for `every 0 days`. Nothing here panics, whatever the days are.

mod budget;
mod chance;
mod expand;
mod matching;
mod next;
mod phases;
mod plan;
mod recurrence;
mod since_latest;
mod span;
mod timeline;
mod visits;

pub(crate) use budget::Budget;
pub use chance::Seed;
pub(crate) use expand::{Expansion, Occurrence, OccurrenceStatus, Standing, expand};
pub(crate) use next::{Next, next};
pub(crate) use plan::{
    Completeness, DoneBy, Events, FirstDay, Phase, PhaseEnd, Plan, Recurrence, Restart, WeekdayRecurrence,
};
pub(crate) use since_latest::SinceLatest;
pub(crate) use span::Span;
pub(crate) use visits::{Agenda, Sharing, Visit, share_visits};

#[cfg(test)]
mod tests;
