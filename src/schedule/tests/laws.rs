//! Laws of expansion, over plans made by chance.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is the failure report")]

use super::{all, by_day, day};
use crate::schedule::*;
use crate::value::partial::Days;
use crate::value::{Date, Duration, DurationUnit, Weekday};
use proptest::collection::vec;
use proptest::prelude::*;
use std::num::{NonZeroU8, NonZeroU32};

const UNITS: [DurationUnit; 4] = [DurationUnit::Days, DurationUnit::Weeks, DurationUnit::Months, DurationUnit::Years];

/// So many days after the first day of this small world, in which a February has 29.
fn at(number: i32) -> Date {
    Date::from_day_number(day("2024-01-20").day_number() + number).unwrap()
}

fn exact(number: i32) -> Days {
    Days { first: at(number), last: at(number), perhaps_absent: false }
}

fn lengths(least: i32) -> impl Strategy<Value = Duration> {
    prop_oneof![
        6 => (least..15).prop_map(|count| Duration::new(count, DurationUnit::Days)),
        2 => (least..4).prop_map(|count| Duration::new(count, DurationUnit::Weeks)),
        3 => (least..3).prop_map(|count| Duration::new(count, DurationUnit::Months)),
        1 => (least..2).prop_map(|count| Duration::new(count, UNITS[3])),
    ]
}

fn recurrences() -> impl Strategy<Value = Recurrence> {
    let weekdays = (1_u32..4, vec(0_i32..7, 1..4)).prop_map(|(every_weeks, days)| {
        let days = days.into_iter().map(Weekday::after_monday).collect();
        Recurrence::OnWeekdays(WeekdayRecurrence { every_weeks: NonZeroU32::new(every_weeks).unwrap(), days })
    });
    let random =
        (1_u8..7).prop_map(|times| Recurrence::RandomWeekdays { times_a_week: NonZeroU8::new(times).unwrap() });
    prop_oneof![3 => lengths(1).prop_map(Recurrence::Every), 2 => weekdays, 2 => random]
}

fn phases() -> impl Strategy<Value = Vec<Phase>> {
    let ends = prop_oneof![
        4 => lengths(0).prop_map(PhaseEnd::After),
        1 => (0..90).prop_map(|last| PhaseEnd::Through(exact(last))),
        1 => Just(PhaseEnd::Open),
    ];
    vec((ends, recurrences()).prop_map(|(ends, recurrence)| Phase { ends, recurrence }), 1..4)
}

/// A plan whose events are all certain, some of them after today (day 60).
fn certain_plans() -> impl Strategy<Value = Plan> {
    let events = || vec(-5..80, 0..3);
    let days = |numbers: Vec<i32>| all(&numbers.into_iter().map(exact).collect::<Vec<_>>());
    let restarts = vec((0_usize..3, events()), 0..3);
    let done_by = prop::option::of((vec(-5..80, 0..20), lengths(0), lengths(0)));
    let first_day = prop_oneof![Just(FirstDay::Included), Just(FirstDay::NotIncluded)];
    (0..20, first_day, phases(), restarts, vec(events(), 0..2), done_by).prop_map(
        move |(start, first_day, phases, restarts, stops, done_by)| {
            let last = phases.len() - 1;
            let restart = |(phase, on): (usize, Vec<i32>)| Restart { phase: phase.min(last), on: days(on) };
            Plan {
                name: "plan".to_owned(),
                start: exact(start),
                first_day,
                phases,
                restarts: restarts.into_iter().map(restart).collect(),
                stops: stops.into_iter().map(days).collect(),
                done_by: done_by.map(|(records, before, after)| DoneBy { records: days(records), before, after }),
                seed: Seed::new(b"seed"),
            }
        },
    )
}

fn days_of(plan: &Plan, today: Date, from: i32, to: i32) -> Expansion {
    expand(plan, today, &(at(from)..=at(to)), &mut Budget::new(1_000_000)).unwrap()
}

/// What may be true of a small plan: each way that what is not known can turn out.
fn completions(plan: &Plan, today: Date) -> Vec<Plan> {
    // A plan, and which of its events are settled.
    let mut plans = vec![plan.clone()];
    if plan.seed.is_none() {
        plans = ["a", "b", "c"].map(|seed| Plan { seed: Seed::new(seed.as_bytes()), ..plan.clone() }).to_vec();
    }
    let starts = ways(plan.start);
    plans = each(plans, |plan| starts.iter().flatten().map(|day| Plan { start: *day, ..plan.clone() }).collect());
    for (index, phase) in plan.phases.iter().enumerate() {
        let PhaseEnd::Through(last) = phase.ends else { continue };
        plans = each(plans, |plan| {
            let ended = |last: &Option<Days>| {
                let mut plan = plan.clone();
                plan.phases[index].ends = last.map_or(PhaseEnd::Open, PhaseEnd::Through);
                plan
            };
            ways(last).iter().map(ended).collect()
        });
    }
    let lists = plan.restarts.len() + plan.stops.len() + 1;
    for list in 0..lists {
        plans = each(plans, |plan| {
            let Some(events) = list_of(&mut plan.clone(), list).map(|events| events.clone()) else {
                return vec![plan.clone()];
            };
            let mut lists = vec![Vec::new()];
            for event in &events.days {
                let ways = ways(*event);
                lists = lists
                    .iter()
                    .flat_map(|list| ways.iter().map(|way| list.iter().copied().chain(*way).collect::<Vec<_>>()))
                    .collect();
            }
            if events.list == Completeness::Open {
                let unseen = (plan.start.first.day_number() - 1..=today.day_number()).step_by(2);
                let unseen: Vec<Days> = unseen.map(|n| Date::from_day_number(n).unwrap()).map(known).collect();
                lists = lists
                    .iter()
                    .flat_map(|list| {
                        let more = unseen.iter().map(|day| list.iter().copied().chain([*day]).collect());
                        more.chain([list.clone()])
                    })
                    .collect();
            }
            lists
                .into_iter()
                .map(|days| {
                    let mut plan = plan.clone();
                    *list_of(&mut plan, list).unwrap() = all(&days);
                    plan
                })
                .collect()
        });
    }
    plans
}

fn each(plans: Vec<Plan>, with: impl Fn(&Plan) -> Vec<Plan>) -> Vec<Plan> {
    plans.iter().flat_map(with).collect()
}

fn list_of(plan: &mut Plan, list: usize) -> Option<&mut Events> {
    let (restarts, stops) = (plan.restarts.len(), plan.stops.len());
    if list < restarts {
        plan.restarts.get_mut(list).map(|restart| &mut restart.on)
    } else if list < restarts + stops {
        plan.stops.get_mut(list - restarts)
    } else {
        plan.done_by.as_mut().map(|done_by| &mut done_by.records)
    }
}

fn known(day: Date) -> Days {
    Days { first: day, last: day, perhaps_absent: false }
}

/// The days it can be; `None`: not at all.
fn ways(event: Days) -> Vec<Option<Days>> {
    let days = (event.first.day_number()..=event.last.day_number()).map(|n| known(Date::from_day_number(n).unwrap()));
    days.map(Some).chain(event.perhaps_absent.then_some(None)).collect()
}

fn doubtful_events() -> impl Strategy<Value = Events> {
    let event = (0..30, 0..4, any::<bool>()).prop_map(|(first, more, perhaps_absent)| {
        let more = if more == 3 { 2 } else { 0 };
        Days { first: at(first), last: at(first + more), perhaps_absent }
    });
    let list = prop_oneof![5 => Just(Completeness::Complete), 1 => Just(Completeness::Open)];
    (vec(event, 0..3), list).prop_map(|(days, list)| Events { days, list })
}

/// The other form, with doubts of every kind, and each way that they can turn out.
fn since_latest() -> impl Strategy<Value = (SinceLatest, Vec<SinceLatest>)> {
    let plan = (0..10, 0..3, lengths(0), lengths(1), doubtful_events(), any::<bool>());
    (plan, 0..40).prop_map(|((start, more, first_within, then_every, records, perhaps_absent), today)| {
        let start = Days { last: at(start + more), perhaps_absent, ..exact(start) };
        let said = SinceLatest { start, first_within, then_every, records };
        let mut lists = vec![Vec::new()];
        for record in &said.records.days {
            let with = |list: &Vec<Days>| -> Vec<Vec<Days>> {
                ways(*record).into_iter().map(|way| list.iter().copied().chain(way).collect()).collect()
            };
            lists = lists.iter().flat_map(with).collect();
        }
        if said.records.list == Completeness::Open {
            let with = |list: &Vec<Days>| -> Vec<Vec<Days>> {
                (0..=today).map(|unseen| list.iter().copied().chain([exact(unseen)]).collect()).collect()
            };
            lists = lists.iter().flat_map(with).chain(lists.iter().cloned()).collect();
        }
        let starts: Vec<Days> = ways(start).into_iter().flatten().collect();
        let complete = |list: Vec<Days>| {
            let said = &said;
            starts
                .iter()
                .map(move |start| SinceLatest { start: *start, records: all(&list), ..said.clone() })
                .collect::<Vec<_>>()
        };
        let completions = lists.into_iter().flat_map(complete).collect();
        (said, completions)
    })
}

/// Plans with doubts of every kind, few enough to try each way that they can turn out.
fn doubtful_plans() -> impl Strategy<Value = Plan> {
    let restarts = vec((0_usize..3, doubtful_events()), 0..2);
    let done_by = prop::option::of((doubtful_events(), 0..3, 0..4));
    let start = (0..3, any::<bool>());
    let end = (any::<bool>(), 0..12, any::<bool>());
    (certain_plans(), (start, end), restarts, vec(doubtful_events(), 0..2), done_by, any::<bool>()).prop_map(
        |(mut plan, ((spread, doubtful), (exact, more, perhaps_absent)), restarts, stops, done_by, seeded)| {
            let last = plan.phases.len() - 1;
            for phase in &mut plan.phases {
                if let (PhaseEnd::Through(days), false) = (&mut phase.ends, exact) {
                    days.last = Date::from_day_number(days.last.day_number() + more).unwrap();
                    days.perhaps_absent = perhaps_absent;
                }
            }
            let length = |count| Duration::new(count, DurationUnit::Days);
            let more = if doubtful { spread } else { 0 };
            Plan {
                start: Days { last: plan.start.first.checked_add(length(more)).unwrap(), ..plan.start },
                restarts: restarts.into_iter().map(|(phase, on)| Restart { phase: phase.min(last), on }).collect(),
                stops,
                done_by: done_by.map(|(records, before, after)| DoneBy {
                    records,
                    before: length(before),
                    after: length(after),
                }),
                seed: plan.seed.clone().filter(|_| seeded),
                ..plan
            }
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn counting_agrees_with_reading_day_by_day(plan in certain_plans(), today in -5..100, from in -5..120, long in 0..60) {
        let found = days_of(&plan, at(today), from, from + long);
        let wanted = Span::new(at(from), at(from + long)).unwrap();
        let dates: Vec<_> = found.occurrences.iter().map(|o| (o.date, o.phase, o.status)).collect();
        prop_assert_eq!(dates, by_day::dates(&plan, at(today), wanted));
        prop_assert_eq!((found.uncertain, found.needs_seed), (Vec::new(), Vec::new()));
    }

    #[test]
    fn a_longer_window_changes_nothing(plan in doubtful_plans(), today in 0..40, from in -5..60, long in 0..40, more in 0..40) {
        let short = days_of(&plan, at(today), from, from + long);
        let wide = days_of(&plan, at(today), from - more, from + long + more);
        let inside = Span::new(at(from), at(from + long)).unwrap();
        let cut: Vec<Occurrence> = wide.occurrences.iter().copied().filter(|o| inside.contains(o.date)).collect();
        prop_assert_eq!(&short.occurrences, &cut);
        prop_assert_eq!(short.standing, wide.standing);
        let cut = |spans: &[Span]| spans.iter().filter_map(|span| span.meet(inside)).collect::<Vec<_>>();
        prop_assert_eq!(&short.uncertain, &cut(&wide.uncertain));
        prop_assert_eq!(&short.needs_seed, &cut(&wide.needs_seed));
        prop_assert!(wide.occurrences.is_sorted_by(|a, b| a.date < b.date));
        prop_assert!(short.occurrences.iter().all(|o| inside.contains(o.date) && o.window.is_some_and(|window| window.contains(o.date))));
    }

    /// What is not undetermined stays, however the doubts turn out.
    #[test]
    fn what_is_settled_holds_in_every_completion(plan in doubtful_plans(), today in 0..40) {
        let today = at(today);
        let said = days_of(&plan, today, 0, 70);
        let unknown = |day: Date| said.uncertain.iter().chain(&said.needs_seed).any(|span| span.contains(day));
        let completions = completions(&plan, today);
        let step = completions.len() / 300 + 1;
        for complete in completions.iter().step_by(step) {
            let is = days_of(complete, today, 0, 70);
            prop_assert!(is.uncertain.is_empty() && is.needs_seed.is_empty());
            for occurrence in &said.occurrences {
                let same = is.occurrences.iter().find(|o| o.date == occurrence.date);
                if occurrence.status == OccurrenceStatus::Undetermined {
                    prop_assert!(same.is_some() || unknown(occurrence.date));
                } else {
                    prop_assert_eq!(same.map(|o| (o.phase, o.status)), Some((occurrence.phase, occurrence.status)), "{} in {:?}", occurrence.date, complete);
                }
            }
            for occurrence in is.occurrences.iter().filter(|o| !unknown(o.date)) {
                let listed = said.occurrences.iter().any(|o| o.date == occurrence.date);
                prop_assert!(listed, "{} in {:?}", occurrence.date, complete);
            }
            if said.standing != Standing::Unknown {
                prop_assert_eq!(said.standing, is.standing, "{:?}", complete);
            }
        }
    }

    #[test]
    fn the_latest_is_settled_only_if_it_is_in_every_completion((said, completions) in since_latest(), today in 0..40) {
        let wanted = at(-10)..=at(2000);
        let expand = |form: &SinceLatest| form.expand(at(today), &wanted, &mut Budget::new(10_000)).unwrap();
        let found = expand(&said);
        for complete in &completions {
            let is = expand(complete);
            prop_assert!(is.uncertain.is_empty() && is.occurrences.len() == 1);
            let unknown = |day: Date| found.uncertain.iter().any(|span| span.contains(day));
            match found.occurrences.first() {
                Some(date) if date.status != OccurrenceStatus::Undetermined => {
                    prop_assert_eq!((date.date, date.status), (is.occurrences[0].date, is.occurrences[0].status), "{:?}", complete);
                }
                Some(_) | None => prop_assert!(unknown(is.occurrences[0].date), "{:?}", complete),
            }
            if found.standing != Standing::Unknown {
                prop_assert_eq!(found.standing, is.standing, "{:?}", complete);
            }
        }
    }

    /// Where days of records are known and nothing else is in doubt, undetermined means that it could be either.
    #[test]
    fn undetermined_is_not_said_without_need(plan in certain_plans(), today in 0..70, possible in vec(0..80, 0..4)) {
        let today = at(today);
        let mut doubtful = plan.clone();
        let Some(done_by) = &mut doubtful.done_by else { return Ok(()) };
        done_by.records.days.extend(possible.iter().map(|day| Days { perhaps_absent: true, ..exact(*day) }));
        let said = days_of(&doubtful, today, 0, 70);
        let mut most = doubtful.clone();
        most.done_by.as_mut().unwrap().records.days.iter_mut().for_each(|record| record.perhaps_absent = false);
        let (least, most) = (days_of(&plan, today, 0, 70), days_of(&most, today, 0, 70));
        for (said, (least, most)) in said.occurrences.iter().zip(least.occurrences.iter().zip(&most.occurrences)) {
            let status = if least.status == most.status { least.status } else { OccurrenceStatus::Undetermined };
            prop_assert_eq!((said.date, said.status), (least.date, status));
        }
    }

    #[test]
    fn a_record_more_undoes_nothing(plan in certain_plans(), today in 0..70, record in -5..80) {
        let today = at(today);
        let mut more = plan.clone();
        let Some(done_by) = &mut more.done_by else { return Ok(()) };
        done_by.records.days.push(exact(record));
        let (before, after) = (days_of(&plan, today, -5, 90), days_of(&more, today, -5, 90));
        let done = |expansion: &Expansion| -> Vec<Date> {
            let done = expansion.occurrences.iter().filter(|o| o.status == OccurrenceStatus::Done);
            done.map(|o| o.date).collect()
        };
        let (before, after) = (done(&before), done(&after));
        prop_assert!(before.iter().all(|date| after.contains(date)));
        prop_assert!(after.len() <= before.len() + 1);
    }

    /// Events before the plan or after today, and records that no window reaches.
    #[test]
    fn what_cannot_matter_changes_nothing(plan in doubtful_plans(), today in 0..40, early in 1..50, late in 1..50) {
        let said = days_of(&plan, at(today), 0, 70);
        let mut more = plan.clone();
        let before = Date::from_day_number(plan.start.first.day_number() - early).unwrap();
        let after = Date::from_day_number(at(today).day_number() + late).unwrap();
        let events = [known(before), Days { perhaps_absent: true, ..known(after) }, known(after)];
        more.restarts.push(Restart { phase: 0, on: all(&events) });
        more.stops.push(all(&events));
        if let Some(done_by) = &mut more.done_by {
            done_by.records.days.push(known(Date::from_day_number(before.day_number() - 10).unwrap()));
            done_by.records.days.push(known(after));
        }
        prop_assert_eq!(days_of(&more, at(today), 0, 70), said);
    }

    #[test]
    fn nothing_panics_at_the_ends_of_the_calendar(plan in doubtful_plans(), far in 0_i32..80, end in any::<bool>(), seeded in any::<bool>()) {
        let edge = |number: i32| if end { Date::MAX.day_number() - number } else { Date::MIN.day_number() + number };
        let day = |number: i32| Date::from_day_number(edge(number).clamp(1, Date::MAX.day_number())).unwrap();
        let shifted = |days: Days| {
            let number = |day: Date| day.day_number() - at(0).day_number();
            let (a, b) = (day(number(days.first)), day(number(days.last)));
            Days { first: a.min(b), last: a.max(b), ..days }
        };
        let mut plan = plan;
        plan.start = shifted(plan.start);
        for list in 0..plan.restarts.len() + plan.stops.len() + 1 {
            if let Some(events) = list_of(&mut plan, list) {
                events.days = events.days.iter().map(|days| shifted(*days)).collect();
            }
        }
        if !seeded { plan.seed = None; }
        let window = if end { day(200)..=Date::MAX } else { Date::MIN..=day(200) };
        let _ = expand(&plan, day(far), &window, &mut Budget::new(100_000));
    }
}
