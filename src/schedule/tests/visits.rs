//! Visits that serve dates of several schedules.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is the failure report")]

use super::{day, every, length, phase, plan};
use crate::schedule::visits::Appointment;
use crate::schedule::*;
use crate::value::Date;
use proptest::collection::vec;
use proptest::prelude::*;
use std::collections::BTreeMap;

fn schedule(start: &str, interval: &str, around: &str) -> Vec<Occurrence> {
    let mut plan = plan(start, vec![phase(PhaseEnd::Open, every(interval))]);
    let records = super::all(&[]);
    plan.done_by = Some(DoneBy { records, before: length(around), after: length(around) });
    let wanted = day("2026-01-01")..=day("2026-02-28");
    expand(&plan, day("2026-01-01"), &wanted, &mut Budget::new(10_000)).unwrap().occurrences
}

/// `01-05 a0 b1`: day, schedules, and which of their dates.
fn lines(agendas: &[Agenda<'_>], today: &str) -> Vec<String> {
    let visits = share_visits(agendas, day(today), &mut Budget::new(10_000)).unwrap();
    let line = |visit: Visit| {
        let name = |a: &Appointment| format!(" {}{}", ["a", "b", "c"][a.schedule], a.occurrence);
        let serves: String = visit.serves.iter().map(name).collect();
        format!("{}{serves}", &visit.day.to_string()[5..])
    };
    visits.into_iter().map(line).collect()
}

#[test]
fn one_visit_serves_dates_whose_windows_meet() {
    let (weekly, monthly) = (schedule("2026-01-05", "7 days", "1 day"), schedule("2026-01-13", "1 month", "3 days"));
    let share = |occurrences| Agenda { occurrences, sharing: Sharing::MayShare };
    let together = lines(&[share(&weekly), share(&monthly)], "2026-01-01");
    let expected = ["01-05 a0", "01-12 a1 b0", "01-19 a2", "01-26 a3", "02-02 a4", "02-10 a5 b1", "02-16 a6"];
    assert_eq!(together[..7], expected);
    // Only if both may.
    let alone = Agenda { occurrences: &monthly, sharing: Sharing::Alone };
    let apart = lines(&[share(&weekly), alone], "2026-01-01");
    assert_eq!(apart[..4], ["01-05 a0", "01-12 a1", "01-13 b0", "01-19 a2"]);
    // A visit that is moved is not moved into the past, and windows that have passed are not served.
    let late = lines(&[share(&weekly), share(&monthly)], "2026-01-13");
    assert_eq!(late[..3], ["01-05 a0", "01-13 a1 b0", "01-19 a2"]);
}

#[test]
fn a_visit_is_on_the_day_that_moves_least() {
    let (a, b) = (schedule("2026-01-10", "60 days", "5 days"), schedule("2026-01-12", "60 days", "2 days"));
    let c = schedule("2026-01-14", "60 days", "9 days");
    let share = |occurrences| Agenda { occurrences, sharing: Sharing::MayShare };
    assert_eq!(lines(&[share(&a), share(&b), share(&c)], "2026-01-01"), ["01-12 a0 b0 c0"]);
    assert_eq!(lines(&[share(&a), share(&c)], "2026-01-01"), ["01-10 a0 b0"]);
    // Nothing to share: each on its own date, not at the end of its window.
    assert_eq!(lines(&[share(&a)], "2026-01-01"), ["01-10 a0"]);
}

fn number(days: i32) -> Date {
    Date::from_day_number(day("2026-01-05").day_number() + days).unwrap()
}

/// Up to three schedules of few dates, with windows that begin and end in the order of the dates.
fn agendas() -> impl Strategy<Value = Vec<(Vec<Occurrence>, Sharing)>> {
    let date = |(at, before, after): (i32, i32, i32)| Occurrence {
        date: number(at),
        window: Span::new(number(at - before), number(at + after)),
        phase: 0,
        status: if at < 0 { OccurrenceStatus::Due } else { OccurrenceStatus::Planned },
        record: None,
    };
    let one =
        (vec(0..12, 0..4), 0..3, 0..3, prop::bool::weighted(0.8)).prop_map(move |(mut days, before, after, share)| {
            days.sort_unstable();
            days.dedup();
            let sharing = if share { Sharing::MayShare } else { Sharing::Alone };
            (days.into_iter().map(|day| date((day, before, after))).collect(), sharing)
        });
    vec(one, 1..4)
}

/// The fewest visits for `left`, trying every day of every window. A day needs as many visits as any schedule has dates
/// on it, and those of a schedule that does not share are visits of their own.
fn fewest(left: &[(usize, Span)], taken: &mut BTreeMap<(Date, usize), usize>) -> usize {
    let Some(((schedule, window), rest)) = left.split_first() else {
        let mut days: BTreeMap<Date, usize> = BTreeMap::new();
        for ((day, _), count) in taken.iter() {
            let most = days.entry(*day).or_default();
            *most = (*most).max(*count);
        }
        return days.values().sum();
    };
    let mut least = usize::MAX;
    let mut day = window.first();
    while day <= window.last() {
        *taken.entry((day, *schedule)).or_default() += 1;
        least = least.min(fewest(rest, taken));
        *taken.get_mut(&(day, *schedule)).unwrap() -= 1;
        day = day.next().unwrap();
    }
    least
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn every_date_is_served_in_its_window_by_the_fewest_visits(given in agendas()) {
        let today = number(-20);
        let agendas: Vec<Agenda<'_>> =
            given.iter().map(|(occurrences, sharing)| Agenda { occurrences, sharing: *sharing }).collect();
        let visits = share_visits(&agendas, today, &mut Budget::new(10_000)).unwrap();
        let mut served: Vec<Appointment> = visits.iter().flat_map(|visit| visit.serves.clone()).collect();
        served.sort_unstable();
        let dates = agendas.iter().enumerate().flat_map(|(schedule, agenda)| {
            (0..agenda.occurrences.len()).map(move |occurrence| Appointment { schedule, occurrence })
        });
        prop_assert_eq!(&served, &dates.collect::<Vec<_>>());
        prop_assert!(visits.is_sorted_by_key(|visit| visit.day));
        prop_assert!(visits.len() <= served.len());
        for visit in &visits {
            for appointment in &visit.serves {
                let agenda = agendas[appointment.schedule];
                let occurrence = agenda.occurrences[appointment.occurrence];
                prop_assert!(occurrence.window.is_some_and(|window| window.contains(visit.day)));
                let alone = agenda.sharing == Sharing::Alone;
                prop_assert!(!alone || (visit.serves.len() == 1 && visit.day == occurrence.date));
            }
            let mut schedules: Vec<usize> = visit.serves.iter().map(|appointment| appointment.schedule).collect();
            schedules.dedup();
            prop_assert_eq!(schedules.len(), visit.serves.len());
        }
        // In order, and on days apart, for each schedule.
        for schedule in 0..agendas.len() {
            let of_it = visits.iter().filter(|visit| visit.serves.iter().any(|a| a.schedule == schedule));
            let days: Vec<Date> = of_it.map(|visit| visit.day).collect();
            prop_assert!(days.is_sorted_by(|a, b| a < b), "{:?}", days);
        }
        let shared: Vec<(usize, Span)> = agendas
            .iter()
            .enumerate()
            .filter(|(_, agenda)| agenda.sharing == Sharing::MayShare)
            .flat_map(|(schedule, agenda)| agenda.occurrences.iter().filter_map(move |o| Some((schedule, o.window?))))
            .collect();
        if shared.len() <= 6 {
            let alone: usize = given.iter().filter(|(_, s)| *s == Sharing::Alone).map(|(dates, _)| dates.len()).sum();
            prop_assert_eq!(visits.len() - alone, fewest(&shared, &mut BTreeMap::new()));
        }
    }
}
