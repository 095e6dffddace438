//! Several schedules in one calendar, where one visit may serve dates of more than one.

use super::budget::Budget;
use super::expand::{Occurrence, OccurrenceStatus};
use super::span::Span;
use crate::value::Date;
use crate::value::partial::Fallible;
use std::collections::BTreeSet;

/// The dates of one schedule, as an expansion gives them.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Agenda<'a> {
    /// In order.
    pub(crate) occurrences: &'a [Occurrence],
    pub(crate) sharing: Sharing,
}

/// Whether a visit may serve a date of this schedule together with dates of others.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sharing {
    MayShare,
    Alone,
}

/// One visit, or a date that stands alone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Visit {
    pub(crate) day: Date,
    /// At least one, at most one of a schedule; in the order of the schedules.
    pub(crate) serves: Vec<Appointment>,
}

/// A date, by its place in what was given.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Appointment {
    pub(crate) schedule: usize,
    pub(crate) occurrence: usize,
}

/// A date that can be moved within its window, from today on.
#[derive(Debug, Clone, Copy)]
struct Movable {
    date: Date,
    /// Windows of one schedule begin and end in the order of its dates.
    window: Span,
    appointment: Appointment,
}

/// Dates that one visit serves.
#[derive(Debug, Clone)]
struct Group {
    dates: Vec<Movable>,
    /// The days that all their windows have.
    days: Span,
}

/// Every date of every agenda, each in one visit; visits in the order of their days, then of the first schedule they serve.
///
/// Dates that are planned, due or overdue and may share are served by as few visits as can be, each within its window and
/// not before today; among the days that serve the same dates, a visit is on the one that moves them least, the earliest of
/// those. A visit serves one date of a schedule, as a record does. All other dates stand on their own day.
///
/// # Errors
/// `WorkLimit`.
pub(crate) fn share_visits(agendas: &[Agenda<'_>], today: Date, budget: &mut Budget) -> Fallible<Vec<Visit>> {
    let mut visits = Vec::new();
    let mut movable: Vec<Vec<Movable>> = Vec::new();
    for (schedule, agenda) in agendas.iter().enumerate() {
        budget.spend(1 + agenda.occurrences.len())?;
        let mut own = Vec::new();
        for (index, occurrence) in agenda.occurrences.iter().enumerate() {
            let appointment = Appointment { schedule, occurrence: index };
            match window_left(*occurrence, agenda.sharing, today) {
                Some(window) => own.push(Movable { date: occurrence.date, window, appointment }),
                None => visits.push(Visit { day: occurrence.date, serves: vec![appointment] }),
            }
        }
        movable.push(own);
    }
    visits.extend(days_of(fewest_groups(&movable, budget)?, agendas.len()));
    visits.sort_by(|a, b| (a.day, &a.serves).cmp(&(b.day, &b.serves)));
    Ok(visits)
}

/// The days on which a date can still be served, if it can share a visit at all.
fn window_left(occurrence: Occurrence, sharing: Sharing, today: Date) -> Option<Span> {
    let open = match occurrence.status {
        OccurrenceStatus::Planned | OccurrenceStatus::Due | OccurrenceStatus::Overdue => true,
        OccurrenceStatus::Missed | OccurrenceStatus::Past | OccurrenceStatus::Done | OccurrenceStatus::Undetermined => {
            false
        }
    };
    match (sharing, open) {
        (Sharing::MayShare, true) => {
            occurrence.window.and_then(|window| Span::new(window.first().max(today), window.last()))
        }
        (Sharing::MayShare, false) | (Sharing::Alone, _) => None,
    }
}

/// A visit is needed by the first day on which a window ends; on that very day it serves every date that it could serve
/// earlier, and more. So it takes from each schedule the next date whose window has begun by then.
fn fewest_groups(movable: &[Vec<Movable>], budget: &mut Budget) -> Fallible<Vec<Group>> {
    let mut queues: Vec<_> = movable.iter().map(|own| own.iter().peekable()).collect();
    let mut groups = Vec::new();
    loop {
        budget.spend(queues.len())?;
        let heads = queues.iter_mut().filter_map(|queue| queue.peek().map(|head| head.window.last()));
        let Some(end) = heads.min() else { return Ok(groups) };
        let served = queues.iter_mut().filter_map(|queue| queue.next_if(|head| head.window.first() <= end));
        let dates: Vec<Movable> = served.copied().collect();
        let first = dates.iter().map(|date| date.window.first()).max().unwrap_or(end);
        groups.push(Group { dates, days: Span::new(first, end).unwrap_or(Span::day(end)) });
    }
}

/// The day of each visit. Two visits that serve dates of one schedule are on days apart if they can be.
fn days_of(groups: Vec<Group>, schedules: usize) -> Vec<Visit> {
    let mut taken: Vec<Option<Date>> = vec![None; schedules];
    let mut visits = Vec::new();
    for Group { dates, days } in groups {
        let last = dates.iter().filter_map(|date| taken.get(date.appointment.schedule).copied().flatten()).max();
        let free = last.and_then(Date::next).map_or(days.first(), |next| next.max(days.first()));
        let free = Span::new(free, days.last()).unwrap_or(Span::day(days.last()));
        let wished: BTreeSet<(Date, Appointment)> = dates.iter().map(|date| (date.date, date.appointment)).collect();
        // The middle date is the one that the others are nearest to.
        let middle = wished.iter().nth((wished.len().max(1) - 1) / 2).map_or(free.first(), |(date, _)| *date);
        let day = middle.clamp(free.first(), free.last());
        for date in &dates {
            if let Some(taken) = taken.get_mut(date.appointment.schedule) {
                *taken = Some(day);
            }
        }
        visits.push(Visit { day, serves: dates.into_iter().map(|date| date.appointment).collect() });
    }
    visits
}
