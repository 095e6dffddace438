//! Tables of small calendars: what is asked, and the dates by hand.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is the failure report")]

mod by_day;
mod laws;
mod oracle;
mod visits;

use super::*;
use crate::value::partial::{Days, FaultKind};
use crate::value::{Date, Duration, Weekday};
use std::num::{NonZeroU8, NonZeroU32};

pub(super) fn day(text: &str) -> Date {
    text.parse().unwrap()
}

pub(super) fn length(text: &str) -> Duration {
    text.parse().unwrap()
}

pub(super) fn on(text: &str) -> Days {
    match text.split_once("..") {
        Some((first, last)) => Days { first: day(first), last: day(last), perhaps_absent: false },
        None => Days { first: day(text), last: day(text), perhaps_absent: false },
    }
}

pub(super) fn perhaps(text: &str) -> Days {
    Days { perhaps_absent: true, ..on(text) }
}

pub(super) fn all(days: &[Days]) -> Events {
    Events { days: days.to_vec(), list: Completeness::Complete }
}

pub(super) fn weekdays(every_weeks: u32, days: &[Weekday]) -> Recurrence {
    let every_weeks = NonZeroU32::new(every_weeks).unwrap();
    Recurrence::OnWeekdays(WeekdayRecurrence { every_weeks, days: days.to_vec() })
}

pub(super) fn random(times: u8) -> Recurrence {
    Recurrence::RandomWeekdays { times_a_week: NonZeroU8::new(times).unwrap() }
}

pub(super) fn every(text: &str) -> Recurrence {
    Recurrence::Every(length(text))
}

pub(super) fn phase(ends: PhaseEnd, recurrence: Recurrence) -> Phase {
    Phase { ends, recurrence }
}

pub(super) fn plan(start: &str, phases: Vec<Phase>) -> Plan {
    Plan {
        name: "urine_samples".to_owned(),
        start: on(start),
        first_day: FirstDay::Included,
        phases,
        restarts: Vec::new(),
        stops: Vec::new(),
        done_by: None,
        seed: None,
    }
}

pub(super) fn lasting(text: &str) -> PhaseEnd {
    PhaseEnd::After(length(text))
}

pub(super) fn run(plan: &Plan, today: &str, window: &str) -> Expansion {
    let (from, to) = window.split_once("..").unwrap();
    expand(plan, day(today), &(day(from)..=day(to)), &mut Budget::new(100_000)).unwrap()
}

fn dates(plan: &Plan, window: &str) -> String {
    let found = run(plan, "2030-01-01", window);
    assert_eq!((&found.uncertain, &found.needs_seed), (&Vec::new(), &Vec::new()));
    let dates: Vec<String> = found.occurrences.iter().map(|occurrence| occurrence.date.to_string()).collect();
    dates.join(" ")
}

/// `11-05 done`, one a line.
pub(super) fn statuses(found: &Expansion) -> Vec<String> {
    let line = |o: &Occurrence| format!("{} {}", &o.date.to_string()[5..], format!("{:?}", o.status).to_lowercase());
    found.occurrences.iter().map(line).collect()
}

fn spans(spans: &[Span]) -> Vec<String> {
    spans.iter().map(|span| format!("{}..{}", span.first(), span.last())).collect()
}

#[test]
fn month_ends_do_not_drift() {
    let monthly = plan("2024-01-31", vec![phase(PhaseEnd::Open, every("1 month"))]);
    assert_eq!(dates(&monthly, "2024-01-01..2024-05-31"), "2024-01-31 2024-02-29 2024-03-31 2024-04-30 2024-05-31");
    let yearly = plan("2024-02-29", vec![phase(PhaseEnd::Open, every("1 year"))]);
    assert_eq!(dates(&yearly, "2025-01-01..2028-12-31"), "2025-02-28 2026-02-28 2027-02-28 2028-02-29");
}

#[test]
fn the_first_day_belongs_to_the_plan_or_does_not() {
    let mut weekly = plan("2026-01-05", vec![phase(lasting("2 weeks"), every("1 week"))]);
    assert_eq!(dates(&weekly, "2026-01-01..2026-12-31"), "2026-01-05 2026-01-12");
    weekly.first_day = FirstDay::NotIncluded;
    assert_eq!(dates(&weekly, "2026-01-01..2026-12-31"), "2026-01-12 2026-01-19");
    let mut mondays = plan("2026-01-05", vec![phase(lasting("2 weeks"), weekdays(1, &[Weekday::Monday]))]);
    assert_eq!(dates(&mondays, "2026-01-01..2026-12-31"), "2026-01-05 2026-01-12");
    mondays.first_day = FirstDay::NotIncluded;
    assert_eq!(dates(&mondays, "2026-01-01..2026-12-31"), "2026-01-12 2026-01-19");
}

#[test]
fn phases_follow_each_other_and_count_from_the_anchor() {
    let phases = || {
        vec![
            phase(lasting("1 month"), every("2 weeks")),
            phase(lasting("1 month"), every("1 month")),
            phase(PhaseEnd::Through(on("2026-05-31")), every("3 weeks")),
            phase(lasting("3 days"), every("1 day")),
        ]
    };
    // 31 January and a month is 28 February, and two months 31 March.
    let mut steps = plan("2026-01-31", phases());
    let included = "2026-01-31 2026-02-14 2026-02-28 2026-04-04 2026-04-25 2026-05-16 2026-06-01 2026-06-02 2026-06-03";
    assert_eq!(dates(&steps, "2026-01-01..2026-12-31"), included);
    steps.first_day = FirstDay::NotIncluded;
    let later = "2026-02-14 2026-02-28 2026-03-31 2026-04-04 2026-04-25 2026-05-16 2026-06-01 2026-06-02 2026-06-03";
    assert_eq!(dates(&steps, "2026-01-01..2026-12-31"), later);
}

#[test]
fn weeks_are_counted_from_the_anchors_week() {
    let days = [Weekday::Thursday, Weekday::Monday, Weekday::Monday];
    let fortnightly = plan("2026-01-07", vec![phase(PhaseEnd::Open, weekdays(2, &days))]);
    assert_eq!(dates(&fortnightly, "2026-01-01..2026-02-07"), "2026-01-08 2026-01-19 2026-01-22 2026-02-02 2026-02-05");
}

#[test]
fn a_restart_counts_anew_and_stays_the_anchor() {
    let phases = vec![phase(lasting("10 days"), every("5 days")), phase(lasting("20 days"), every("10 days"))];
    let mut restarted = plan("2026-01-01", phases);
    assert_eq!(dates(&restarted, "2026-01-01..2026-12-31"), "2026-01-01 2026-01-06 2026-01-11 2026-01-21");
    let events = [on("2026-01-14"), on("2025-12-24"), on("2026-01-01"), on("2040-01-01")];
    restarted.restarts.push(Restart { phase: 0, on: all(&events) });
    let anew = "2026-01-01 2026-01-06 2026-01-11 2026-01-14 2026-01-19 2026-01-24 2026-02-03";
    assert_eq!(dates(&restarted, "2026-01-01..2026-12-31"), anew);
    restarted.first_day = FirstDay::NotIncluded;
    let anew = "2026-01-06 2026-01-11 2026-01-19 2026-01-24 2026-02-03 2026-02-13";
    assert_eq!(dates(&restarted, "2026-01-01..2026-12-31"), anew);
    restarted.restarts[0].phase = 1;
    restarted.first_day = FirstDay::Included;
    assert_eq!(dates(&restarted, "2026-01-12..2026-12-31"), "2026-01-14 2026-01-24");
}

#[test]
fn a_stop_holds_until_a_later_restart_and_wins_on_its_day() {
    let mut stopped = plan("2026-01-01", vec![phase(PhaseEnd::Open, every("1 day"))]);
    stopped.stops.push(all(&[on("2026-01-03"), on("2025-06-01")]));
    assert_eq!(dates(&stopped, "2026-01-01..2026-12-31"), "2026-01-01 2026-01-02");
    assert_eq!(run(&stopped, "2026-01-03", "2026-01-01..2026-01-01").standing, Standing::Over);
    stopped.restarts.push(Restart { phase: 0, on: all(&[on("2026-01-03"), on("2026-01-06")]) });
    assert_eq!(dates(&stopped, "2026-01-01..2026-01-07"), "2026-01-01 2026-01-02 2026-01-06 2026-01-07");
    assert_eq!(run(&stopped, "2026-01-05", "2026-01-01..2026-01-01").standing, Standing::Over);
    assert_eq!(run(&stopped, "2026-01-06", "2026-01-01..2026-01-01").standing, Standing::InPhase(0));
}

#[test]
fn what_may_have_happened_leaves_the_rest_in_doubt() {
    let mut doubtful = plan("2026-01-01", vec![phase(lasting("30 days"), every("5 days"))]);
    doubtful.restarts.push(Restart { phase: 0, on: all(&[perhaps("2026-01-08")]) });
    let found = run(&doubtful, "2026-01-20", "2026-01-01..2026-12-31");
    let expected = ["01-01 past", "01-06 past", "01-11 undetermined", "01-16 undetermined", "01-21 undetermined"];
    assert_eq!(statuses(&found)[..5], expected);
    // Through the last day that the plan would have if it was restarted.
    assert_eq!(spans(&found.uncertain), ["2026-01-08..2026-02-06"]);
    assert_eq!(found.standing, Standing::Unknown);
    // A certain restart after it makes it immaterial.
    doubtful.restarts[0].on.days.push(on("2026-01-18"));
    let found = run(&doubtful, "2026-01-20", "2026-01-01..2026-12-31");
    assert_eq!(spans(&found.uncertain), ["2026-01-08..2026-01-17"]);
    assert_eq!(found.standing, Standing::InPhase(0));
    // So does its being after today.
    let found = run(&doubtful, "2026-01-07", "2026-01-01..2026-12-31");
    assert_eq!(found.uncertain, []);
    doubtful.restarts[0].on.list = Completeness::Open;
    let found = run(&doubtful, "2026-01-20", "2026-01-01..2026-12-31");
    assert_eq!(spans(&found.uncertain), ["2026-01-02..2026-02-18"]);
}

#[test]
fn a_date_stands_by_its_window_and_its_record() {
    let mut sampled = plan("2026-01-01", vec![phase(PhaseEnd::Open, every("10 days"))]);
    let done_by = |days: &[Days]| DoneBy { records: all(days), before: length("2 days"), after: length("3 days") };
    sampled.done_by = Some(done_by(&[on("2026-01-02"), on("2026-01-03"), perhaps("2026-01-24"), on("2026-02-28")]));
    let on_day = |plan: &Plan, today: &str| statuses(&run(plan, today, "2026-01-01..2026-02-05")).join(", ");
    let early = "01-01 done, 01-11 missed, 01-21 undetermined, 01-31 planned";
    assert_eq!(on_day(&sampled, "2026-01-28"), early);
    assert_eq!(on_day(&sampled, "2026-01-08"), "01-01 done, 01-11 planned, 01-21 planned, 01-31 planned");
    assert_eq!(on_day(&sampled, "2026-01-09"), "01-01 done, 01-11 due, 01-21 planned, 01-31 planned");
    assert_eq!(on_day(&sampled, "2026-01-11"), "01-01 done, 01-11 due, 01-21 planned, 01-31 planned");
    assert_eq!(on_day(&sampled, "2026-01-12"), "01-01 done, 01-11 overdue, 01-21 planned, 01-31 planned");
    assert_eq!(on_day(&sampled, "2026-01-14"), "01-01 done, 01-11 overdue, 01-21 planned, 01-31 planned");
    assert_eq!(on_day(&sampled, "2026-01-15"), "01-01 done, 01-11 missed, 01-21 planned, 01-31 planned");
    // A month that is all that is known of a record may be any of its days.
    sampled.done_by = Some(done_by(&[on("2026-01-05..2026-01-31")]));
    let late = "01-01 missed, 01-11 undetermined, 01-21 undetermined, 01-31 undetermined";
    assert_eq!(on_day(&sampled, "2026-02-05"), late);
    sampled.done_by =
        Some(DoneBy { records: Events { list: Completeness::Open, ..all(&[on("2026-01-10")]) }, ..done_by(&[]) });
    assert_eq!(on_day(&sampled, "2026-01-20"), "01-01 undetermined, 01-11 done, 01-21 undetermined, 01-31 planned");
}

#[test]
fn a_record_serves_one_date() {
    let mut daily = plan("2026-01-01", vec![phase(lasting("5 days"), every("1 day"))]);
    let records = all(&[on("2026-01-02"), on("2026-01-02"), on("2026-01-04")]);
    daily.done_by = Some(DoneBy { records, before: length("1 day"), after: length("1 day") });
    let found = run(&daily, "2026-02-01", "2026-01-01..2026-01-31");
    assert_eq!(statuses(&found), ["01-01 done", "01-02 done", "01-03 done", "01-04 missed", "01-05 missed"]);
    let records: Vec<Option<usize>> = found.occurrences.iter().map(|occurrence| occurrence.record).collect();
    assert_eq!(records, [Some(0), Some(1), Some(2), None, None]);
    // A window in the middle knows what was taken before it.
    let middle = run(&daily, "2026-02-01", "2026-01-03..2026-01-04");
    assert_eq!(middle.occurrences, found.occurrences[2..4]);
}

#[test]
fn a_record_that_an_unknown_date_may_have_taken_is_not_relied_upon() {
    // Some day of the first week is drawn, nobody knows which; then every day.
    let phases = vec![phase(lasting("1 week"), random(1)), phase(lasting("2 days"), every("1 day"))];
    let mut drawn = plan("2026-01-05", phases);
    let records = all(&[on("2026-01-09"), on("2026-01-15")]);
    drawn.done_by = Some(DoneBy { records, before: length("3 days"), after: length("3 days") });
    let found = run(&drawn, "2026-02-01", "2026-01-01..2026-02-01");
    assert_eq!(spans(&found.needs_seed), ["2026-01-05..2026-01-11"]);
    // The record of the 9th is in the windows of both: the 12th is done by it or, without it, by that of the 15th.
    assert_eq!(statuses(&found), ["01-12 done", "01-13 undetermined"]);
    drawn.seed = Seed::new(b"secret");
    let found = run(&drawn, "2026-02-01", "2026-01-01..2026-02-01");
    let kept = found.occurrences.iter().filter(|date| date.status == OccurrenceStatus::Done).count();
    assert_eq!((kept, found.occurrences.len()), (2, 3));
}

#[test]
fn an_end_that_is_known_in_part_leaves_its_week_in_doubt() {
    let ending = PhaseEnd::Through(on("2026-01-14..2026-01-16"));
    let mut weekly = plan("2026-01-05", vec![phase(ending, every("3 days"))]);
    let found = run(&weekly, "2026-01-01", "2026-01-01..2026-02-01");
    assert_eq!(statuses(&found), ["01-05 planned", "01-08 planned", "01-11 planned", "01-14 planned"]);
    assert_eq!(spans(&found.uncertain), ["2026-01-15..2026-01-16"]);
    // A draw is among the days that the phase has.
    weekly.seed = Seed::new(b"secret");
    weekly.phases = vec![phase(ending, random(1))];
    let found = run(&weekly, "2026-01-01", "2026-01-01..2026-02-01");
    assert_eq!(spans(&found.uncertain), ["2026-01-12..2026-01-16"]);
}

#[test]
fn the_latest_record_moves_the_date() {
    let mut tests = SinceLatest {
        start: on("2026-01-10"),
        first_within: length("3 months"),
        then_every: length("12 months"),
        records: all(&[on("2025-12-01")]),
    };
    let mut check = |today: &str, records: Option<&[Days]>, expected: &str| {
        if let Some(records) = records {
            tests.records = all(records);
        }
        let window = day("0001-01-01")..=day("9999-12-31");
        let found = tests.expand(day(today), &window, &mut Budget::new(100)).unwrap();
        assert_eq!(statuses(&found).join(", "), expected, "{today}");
    };
    check("2026-01-09", None, "04-10 planned");
    check("2026-01-10", None, "04-10 due");
    check("2026-04-10", None, "04-10 due");
    check("2026-04-11", None, "04-10 overdue");
    let records = [on("2026-02-28"), on("2026-02-01")];
    check("2027-02-27", Some(&records), "02-28 planned");
    check("2027-02-28", None, "02-28 due");
    check("2027-03-01", None, "02-28 overdue");
    let records = [on("2026-02-28"), perhaps("2026-02-01")];
    check("2027-03-01", Some(&records), "02-28 overdue");
    let records = [on("2026-02-28"), perhaps("2026-03-01")];
    check("2027-03-01", Some(&records), "02-28 undetermined");
}

#[test]
fn what_cannot_be_counted_is_a_fault() {
    let mut budget = Budget::new(1000);
    let mut fault =
        |plan: &Plan, from: &str, to: &str| expand(plan, day("2026-01-01"), &(day(from)..=day(to)), &mut budget).err();
    let open = |start: &str, recurrence| plan(start, vec![phase(PhaseEnd::Open, recurrence)]);
    assert_eq!(fault(&open("2026-01-01", every("0 days")), "2026-01-01", "2026-01-01"), Some(FaultKind::NoInterval));
    let endless = plan("2026-01-01", vec![phase(lasting("9000 years"), every("1 day"))]);
    assert_eq!(fault(&endless, "2026-01-01", "2026-01-01"), Some(FaultKind::OutsideCalendar));
    // Far from the anchor is near.
    for recurrence in [every("1 day"), every("1 month"), weekdays(3, &[Weekday::Monday])] {
        assert_eq!(fault(&open("0001-01-01", recurrence), "9999-12-01", "9999-12-31"), None);
    }
    assert_eq!(fault(&open("2026-01-01", every("1 day")), "2026-01-01", "2036-01-01"), Some(FaultKind::WorkLimit));
}

#[test]
fn the_next_date_may_be_far_away_or_unknown() {
    let next = |plan: &Plan, today: &str| {
        let dates = |days: &_, budget: &mut _| expand(plan, day(today), days, budget);
        next(day(today), dates, &mut Budget::new(100_000)).unwrap()
    };
    let date =
        |next: Next| if let Next::On(occurrence) = next { occurrence.date.to_string() } else { format!("{next:?}") };
    let mut rare = plan("2026-01-01", vec![phase(lasting("300 years"), every("100 years"))]);
    assert_eq!(date(next(&rare, "2026-01-01")), "2026-01-01");
    assert_eq!(date(next(&rare, "2026-01-02")), "2126-01-01");
    assert_eq!(date(next(&rare, "2226-01-02")), "Never");
    let records = all(&[on("2026-01-01")]);
    rare.done_by = Some(DoneBy { records, before: length("0 days"), after: length("0 days") });
    assert_eq!(date(next(&rare, "2026-01-01")), "2126-01-01");
    rare.stops.push(all(&[perhaps("2026-03-01")]));
    assert_eq!(date(next(&rare, "2026-04-01")), "Unknown");
    let mut weekly = plan("2026-01-01", vec![phase(PhaseEnd::Open, random(1))]);
    assert_eq!(date(next(&weekly, "2026-01-10")), "Unknown");
    weekly.seed = Seed::new(b"secret");
    assert!(date(next(&weekly, "2026-01-10")).starts_with("2026-01-1"));
}
