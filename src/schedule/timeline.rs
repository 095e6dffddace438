//! Which anchor counts from when to when, and where events leave that in doubt.

use super::budget::Budget;
use super::phases::{PhaseDays, latest_end, phases_from};
use super::plan::{Completeness, Events, FirstDay, Plan};
use super::span::{Span, common, joined};
use crate::value::Date;
use crate::value::partial::Fallible;

/// The days that one anchor counts for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Stretch {
    pub(super) anchor: Date,
    /// Index of the phase that it begins with.
    pub(super) phase: usize,
    /// Until the next restart or stop.
    pub(super) span: Span,
    /// As if nothing came after the anchor.
    pub(super) phases: Vec<PhaseDays>,
}

/// What the certain events make of a plan.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Timeline {
    /// In order, without a day in common.
    pub(super) stretches: Vec<Stretch>,
    /// Days that may have other dates than those of the stretches; `joined`.
    pub(super) uncertain: Vec<Span>,
}

/// What an event does. The least wins where several fall on one day: a stop, then the restart of the earliest phase.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Effect {
    Stop,
    Restart(usize),
}

/// A certain event. Ordered by its day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Change {
    day: Date,
    effect: Effect,
}

/// An event that may have happened, on some day from `first` through `last`.
#[derive(Debug, Clone, Copy)]
struct Doubt {
    first: Date,
    last: Date,
    effect: Effect,
}

/// Events by what is known of them.
#[derive(Debug, Default)]
struct Reading {
    changes: Vec<Change>,
    doubts: Vec<Doubt>,
}

impl Effect {
    /// The first day that shows it.
    fn shows_from(self, day: Date, first_day: FirstDay) -> Option<Date> {
        match (self, first_day) {
            (Effect::Stop, _) | (Effect::Restart(_), FirstDay::Included) => Some(day),
            (Effect::Restart(_), FirstDay::NotIncluded) => day.next(),
        }
    }
}

/// Reads the events of a plan that have happened by `today`. The start counts even if it lies after.
///
/// # Errors
/// `OutsideCalendar` if a phase that is counted from a certain anchor ends after the calendar; `WorkLimit`.
pub(super) fn timeline(plan: &Plan, today: Date, budget: &mut Budget) -> Fallible<Timeline> {
    let Reading { changes, doubts } = read(plan, today, budget)?;
    let mut stretches = Vec::new();
    for (index, change) in changes.iter().enumerate() {
        budget.spend(1 + plan.phases.len())?;
        let first = change.effect.shows_from(change.day, plan.first_day);
        let next = changes.get(index + 1).map(|next| before(*next, plan.first_day));
        let span = first.zip(next.unwrap_or(Some(Date::MAX))).and_then(|(first, last)| Span::new(first, last));
        match (change.effect, span) {
            (Effect::Restart(phase), Some(span)) => {
                let phases = phases_from(plan, change.day, phase)?;
                stretches.push(Stretch { anchor: change.day, phase, span, phases });
            }
            (Effect::Restart(_), None) | (Effect::Stop, _) => {}
        }
    }
    let uncertain = uncertain(plan, &stretches, &changes, &doubts, budget)?;
    Ok(Timeline { stretches, uncertain })
}

/// The last day before a change shows.
fn before(change: Change, first_day: FirstDay) -> Option<Date> {
    match (change.effect, first_day) {
        (Effect::Restart(_), FirstDay::NotIncluded) => Some(change.day),
        (Effect::Stop, _) | (Effect::Restart(_), FirstDay::Included) => change.day.previous(),
    }
}

fn read(plan: &Plan, today: Date, budget: &mut Budget) -> Fallible<Reading> {
    let mut reading = Reading::default();
    let start = plan.start;
    let exact = start.first == start.last && !start.perhaps_absent;
    let effect = Effect::Restart(0);
    if exact {
        reading.changes.push(Change { day: start.first, effect });
    } else {
        reading.doubts.push(Doubt { first: start.first, last: start.last, effect });
    }
    // Counts if on or after `from`, surely if on or after `surely`.
    let mut note = |events: &Events, effect: Effect, from: Option<Date>, surely: Option<Date>| {
        budget.spend(1 + events.days.len())?;
        let Some(from) = from else { return Ok(()) };
        for event in &events.days {
            let (first, last) = (event.first.max(from), event.last.min(today));
            let sure = event.first == event.last
                && !event.perhaps_absent
                && !start.perhaps_absent
                && surely.is_some_and(|surely| surely <= first);
            match (first <= last, sure) {
                (true, true) => reading.changes.push(Change { day: first, effect }),
                (true, false) => reading.doubts.push(Doubt { first, last, effect }),
                (false, true | false) => {}
            }
        }
        if events.list == Completeness::Open && from <= today {
            reading.doubts.push(Doubt { first: from, last: today, effect });
        }
        Ok(())
    };
    for restart in &plan.restarts {
        note(&restart.on, Effect::Restart(restart.phase), start.first.next(), start.last.next())?;
    }
    for stop in &plan.stops {
        note(stop, Effect::Stop, Some(start.first), Some(start.last))?;
    }
    reading.changes.sort_unstable();
    reading.changes.dedup_by_key(|change| change.day);
    Ok(reading)
}

/// The days whose dates depend on what is not known.
///
/// An event that may have happened matters until a certain one takes over, and only where it adds or takes away a date:
/// where the plan runs, or where it would run if it were restarted on the last day possible.
fn uncertain(
    plan: &Plan,
    stretches: &[Stretch],
    changes: &[Change],
    doubts: &[Doubt],
    budget: &mut Budget,
) -> Fallible<Vec<Span>> {
    let mut running = Vec::new();
    let mut found = Vec::new();
    for stretch in stretches {
        let Some(last) = stretch.phases.last() else { continue };
        let doubtful = stretch.phases.iter().find_map(|phase| phase.doubtful_from);
        running.extend(Span::new(stretch.anchor, last.span.last()).and_then(|span| span.meet(stretch.span)));
        let rest = doubtful.and_then(|from| Span::new(from, latest_end(plan, stretch.anchor, stretch.phase)));
        found.extend(rest.and_then(|span| span.meet(stretch.span)));
    }
    running.extend(found.iter().copied());
    running = joined(running);
    // With restarts first: a stop takes away what they add.
    for doubt in doubts {
        let Effect::Restart(phase) = doubt.effect else { continue };
        budget.spend(1 + plan.phases.len())?;
        let Some(span) = effect_of(*doubt, changes, plan.first_day) else { continue };
        let end = latest_end(plan, doubt.last, phase);
        let added = Span::new(span.first(), end).and_then(|added| added.meet(span));
        let known = found.len();
        found.extend(added);
        found.extend(stretches_in(&running, span));
        budget.spend(found.len() - known)?;
    }
    running.extend(found.iter().copied());
    let running = joined(running);
    let stops = doubts.iter().filter(|doubt| doubt.effect == Effect::Stop);
    let stops = joined(stops.filter_map(|doubt| effect_of(*doubt, changes, plan.first_day)).collect());
    budget.spend(doubts.len() + running.len())?;
    found.extend(common(&stops, &running));
    Ok(joined(found))
}

/// The days that an event would change, wherever in its interval it lies.
fn effect_of(doubt: Doubt, changes: &[Change], first_day: FirstDay) -> Option<Span> {
    let over = |change: &&Change| change.day > doubt.last || change.effect <= doubt.effect;
    let later = changes.partition_point(|change| change.day < doubt.last);
    let end = match changes.iter().skip(later).find(over) {
        Some(change) => before(*change, first_day)?,
        None => Date::MAX,
    };
    Span::new(doubt.effect.shows_from(doubt.first, first_day)?, end)
}

/// What of `running`, in order, lies in `span`.
fn stretches_in(running: &[Span], span: Span) -> impl Iterator<Item = Span> {
    let at = running.partition_point(|stretch| stretch.last() < span.first());
    running.iter().skip(at).take_while(move |stretch| stretch.first() <= span.last()).filter_map(move |s| s.meet(span))
}
