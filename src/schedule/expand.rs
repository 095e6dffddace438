//! The dates of a plan in a window, each with how it stands today.

use super::budget::Budget;
use super::matching::{Served, Slot, Supply};
use super::plan::{DoneBy, FirstDay, Plan};
use super::recurrence::Field;
use super::span::{Span, joined, meets};
use super::timeline::{Timeline, timeline};
use crate::value::Date;
use crate::value::partial::Fallible;
use std::ops::RangeInclusive;

/// The dates in a window, and what is not known of them.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Expansion {
    /// In order, none twice, all in the window.
    pub(crate) occurrences: Vec<Occurrence>,
    /// Days of the window, in order, that may have other dates than those listed (which are undetermined there).
    pub(crate) uncertain: Vec<Span>,
    /// Days of the window, in order, whose dates are drawn by chance and not known without a seed.
    pub(crate) needs_seed: Vec<Span>,
    pub(crate) standing: Standing,
}

/// Where today is in a plan, in the window or not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum Standing {
    /// It depends on what is not known.
    #[default]
    Unknown,
    NotBegun,
    /// In the phase of that index.
    InPhase(usize),
    /// After the last phase, or stopped and not restarted.
    Over,
}

/// One date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Occurrence {
    pub(crate) date: Date,
    /// The days on which it can be done, the date alone where nothing is said of it; `None` where they are not known.
    pub(crate) window: Option<Span>,
    /// Index of the phase.
    pub(crate) phase: usize,
    pub(crate) status: OccurrenceStatus,
    /// Index among the records of the one that serves it, if it is done; of a [`SinceLatest`](super::SinceLatest), of the one
    /// that it is counted from.
    pub(crate) record: Option<usize>,
}

/// How a date stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum OccurrenceStatus {
    /// Today is before its window.
    Planned,
    /// From the first day of its window through the date.
    Due,
    /// After the date, within its window.
    Overdue,
    /// After its window.
    Missed,
    /// After the date, where nothing is recorded that could show whether it was kept.
    Past,
    /// A record serves it.
    Done,
    /// What is not known may have served it, moved it or taken it away.
    Undetermined,
}

impl OccurrenceStatus {
    /// The word of the language and of the runner's JSON: `planned`.
    pub(crate) fn name(self) -> &'static str {
        match self {
            OccurrenceStatus::Planned => "planned",
            OccurrenceStatus::Due => "due",
            OccurrenceStatus::Overdue => "overdue",
            OccurrenceStatus::Missed => "missed",
            OccurrenceStatus::Past => "past",
            OccurrenceStatus::Done => "done",
            OccurrenceStatus::Undetermined => "undetermined",
        }
    }
}

/// A date before it is looked at how it stands.
#[derive(Debug, Clone, Copy)]
struct Counted {
    date: Date,
    phase: usize,
}

/// The dates of `plan` in `wanted` (both ends count), as they stand `today`.
///
/// None means that the plan has no date there, or that none is known: see `uncertain` and `needs_seed`. A longer window
/// gives the same dates with the same statuses, and more.
///
/// # Errors
/// `NoInterval`, `OutsideCalendar` if a phase ends after 9999-12-31, `WorkLimit`; the first two whatever the window.
pub(crate) fn expand(
    plan: &Plan,
    today: Date,
    wanted: &RangeInclusive<Date>,
    budget: &mut Budget,
) -> Fallible<Expansion> {
    plan.check_intervals()?;
    let timeline = timeline(plan, today, budget)?;
    let standing = standing(plan, &timeline, today);
    let Some(wanted) = Span::of(wanted) else { return Ok(Expansion { standing, ..Expansion::default() }) };
    let supply = plan.done_by.as_ref().map(|done_by| Supply::read(done_by, today, budget)).transpose()?;

    // Which record serves a date depends on the dates before it that could have taken one.
    let reach = supply.as_ref().and_then(Supply::first_day).zip(plan.done_by.as_ref());
    let reach = reach.map(|(day, done_by)| day.checked_sub(done_by.after).unwrap_or(Date::MIN));
    let looked_at = Span::new(reach.unwrap_or(wanted.first()).min(wanted.first()), wanted.last());
    let Some(looked_at) = looked_at else { return Ok(Expansion { standing, ..Expansion::default() }) };
    let (dates, undrawn) = count(plan, &timeline, looked_at, budget)?;

    let unknown = joined(timeline.uncertain.iter().chain(&undrawn).copied().collect());
    let windows: Vec<Span> = dates.iter().map(|counted| window(plan.done_by.as_ref(), counted.date)).collect();
    let served = match (&supply, &plan.done_by) {
        (Some(supply), Some(done_by)) => {
            let slots = slots(done_by, &dates, &windows, &unknown);
            let known: Vec<Slot> = slots.iter().copied().flatten().collect();
            let mut answers = supply.serve(&known, budget)?.into_iter();
            let answer = |slot: Option<Slot>| slot.map_or(Some(Served::Perhaps), |_| answers.next());
            slots.into_iter().map(answer).collect()
        }
        (None | Some(_), None) | (None, Some(_)) => vec![None; dates.len()],
    };

    let mut occurrences = Vec::new();
    for ((counted, window), served) in dates.into_iter().zip(windows).zip(served) {
        let Counted { date, phase } = counted;
        if !wanted.contains(date) {
            continue;
        }
        let in_doubt = meets(&timeline.uncertain, Span::day(date));
        let (status, record) = match served {
            _ if in_doubt => (OccurrenceStatus::Undetermined, None),
            Some(Served::Surely(record)) => (OccurrenceStatus::Done, Some(record)),
            Some(Served::Perhaps) if window.first() <= today => (OccurrenceStatus::Undetermined, None),
            Some(Served::Perhaps | Served::No) => (by_the_day(date, window, today), None),
            None if today > date => (OccurrenceStatus::Past, None),
            None => (by_the_day(date, window, today), None),
        };
        occurrences.push(Occurrence { date, window: Some(window), phase, status, record });
    }
    let in_window = |spans: Vec<Span>| spans.into_iter().filter_map(|span| span.meet(wanted)).collect();
    let uncertain = in_window(timeline.uncertain);
    Ok(Expansion { occurrences, uncertain, needs_seed: in_window(joined(undrawn)), standing })
}

/// The dates in a span, in order, and where they are not drawn.
fn count(plan: &Plan, timeline: &Timeline, days: Span, budget: &mut Budget) -> Fallible<(Vec<Counted>, Vec<Span>)> {
    let (mut dates, mut undrawn) = (Vec::new(), Vec::new());
    for stretch in &timeline.stretches {
        let Some(asked) = stretch.span.meet(days) else { continue };
        for phase in &stretch.phases {
            budget.spend(1)?;
            let Some(wanted) = phase.span.meet(asked) else { continue };
            let Some(rule) = plan.phases.get(phase.phase) else { continue };
            let field = Field { plan, anchor: stretch.anchor, phase: phase.span, wanted };
            let found = field.dates(&rule.recurrence, budget)?;
            dates.extend(found.dates.into_iter().map(|date| Counted { date, phase: phase.phase }));
            undrawn.extend(found.undrawn);
        }
    }
    Ok((dates, undrawn))
}

/// The days on which a date can be done. None lies outside the calendar, so an end outside is the calendar's.
fn window(done_by: Option<&DoneBy>, date: Date) -> Span {
    let around = done_by.and_then(|done_by| {
        let first = date.checked_sub(done_by.before).unwrap_or(Date::MIN);
        Span::new(first, date.checked_add(done_by.after).unwrap_or(Date::MAX))
    });
    around.unwrap_or(Span::day(date))
}

/// `None` for a date that is itself not certain. Dates in an unknown stretch may have taken each record that is near.
fn slots(done_by: &DoneBy, dates: &[Counted], windows: &[Span], unknown: &[Span]) -> Vec<Option<Slot>> {
    let slot = |(counted, window): (&Counted, &Span)| {
        let at = unknown.partition_point(|span| span.last() < counted.date);
        if unknown.get(at).is_some_and(|span| span.contains(counted.date)) {
            return None;
        }
        let before = at.checked_sub(1).and_then(|at| unknown.get(at));
        let taken_through = before.map(|span| span.last().checked_add(done_by.after).unwrap_or(Date::MAX));
        Some(Slot { window: *window, taken_through })
    };
    dates.iter().zip(windows).map(slot).collect()
}

/// The status of a date that no record serves.
fn by_the_day(date: Date, window: Span, today: Date) -> OccurrenceStatus {
    if today < window.first() {
        OccurrenceStatus::Planned
    } else if today <= date {
        OccurrenceStatus::Due
    } else if today <= window.last() {
        OccurrenceStatus::Overdue
    } else {
        OccurrenceStatus::Missed
    }
}

fn standing(plan: &Plan, timeline: &Timeline, today: Date) -> Standing {
    let here = Span::day(today);
    if meets(&timeline.uncertain, here) {
        return Standing::Unknown;
    }
    let begun = |start: Date| match plan.first_day {
        FirstDay::Included => start <= today,
        FirstDay::NotIncluded => start < today,
    };
    match (begun(plan.start.first), begun(plan.start.last)) {
        (false, _) => return Standing::NotBegun,
        (true, false) => return Standing::Unknown,
        (true, true) => {}
    }
    let at = timeline.stretches.partition_point(|stretch| stretch.span.last() < today);
    let stretch = timeline.stretches.get(at).filter(|stretch| stretch.span.contains(today));
    let phase = stretch.and_then(|stretch| stretch.phases.iter().find(|phase| phase.span.contains(today)));
    phase.map_or(Standing::Over, |phase| Standing::InPhase(phase.phase))
}
