//! Compared with the `rrule` crate where RFC 5545 can say the same.
//!
//! It can say intervals of days and weeks, weekdays every so many weeks, and intervals of months and years as long as the
//! month has the day. Where it has not, RFC 5545 skips the month and we take its last day: `BYMONTHDAY=28,29,30,31` with
//! `BYSETPOS=-1` says that for the 31st. Random weekdays, restarts and `done by` are beyond it.
#![allow(clippy::unwrap_used, reason = "a panic is the failure report")]

use super::{day, every, phase, plan, weekdays};
use crate::schedule::{Budget, FirstDay, PhaseEnd, Recurrence, expand};
use crate::value::{Date, Duration, DurationUnit, Weekday};
use std::collections::BTreeSet;

/// The dates of a rule that begins on `anchor`, through `last`.
fn rfc(anchor: Date, rule: &str, last: Date) -> Vec<String> {
    let compact = |day: Date| day.to_string().replace('-', "");
    let text = format!("DTSTART:{}T000000Z\nRRULE:{rule};UNTIL={}T000000Z", compact(anchor), compact(last));
    let set: rrule::RRuleSet = text.parse().unwrap();
    let found = set.all(u16::MAX);
    assert!(!found.limited, "{text}");
    found.dates.iter().map(|date| date.format("%Y-%m-%d").to_string()).collect()
}

/// Ours, from the anchor through `last`.
fn ours(anchor: Date, recurrence: Recurrence, last: Date) -> Vec<String> {
    let plan = plan(&anchor.to_string(), vec![phase(PhaseEnd::Open, recurrence)]);
    let found = expand(&plan, anchor, &(anchor..=last), &mut Budget::new(1_000_000)).unwrap();
    found.occurrences.iter().map(|occurrence| occurrence.date.to_string()).collect()
}

fn anchors() -> Vec<Date> {
    let days = ["2024-01-28", "2024-01-29", "2024-01-30", "2024-01-31", "2024-02-29", "2023-02-28", "2025-12-31"];
    let mut anchors: Vec<Date> = days.map(day).to_vec();
    anchors.extend((0..7).filter_map(|number| Date::from_day_number(day("2026-01-05").day_number() + number)));
    anchors
}

fn years_after(anchor: Date, years: i32) -> Date {
    anchor.checked_add(Duration::new(years, DurationUnit::Years)).unwrap()
}

#[test]
fn days_and_weeks() {
    for anchor in anchors() {
        let last = years_after(anchor, 2);
        for count in [1, 2, 3, 5, 10, 30] {
            let rule = format!("FREQ=DAILY;INTERVAL={count}");
            assert_eq!(ours(anchor, every(&format!("{count} days")), last), rfc(anchor, &rule, last));
            let rule = format!("FREQ=WEEKLY;INTERVAL={count}");
            assert_eq!(ours(anchor, every(&format!("{count} weeks")), last), rfc(anchor, &rule, last));
        }
    }
}

#[test]
fn weekdays_every_so_many_weeks() {
    let short = ["MO", "TU", "WE", "TH", "FR", "SA", "SU"];
    for anchor in anchors() {
        let last = years_after(anchor, 1);
        for (count, chosen) in [(1, vec![0, 3]), (2, vec![0, 3]), (2, vec![6]), (3, vec![1, 4, 6]), (4, vec![2])] {
            let days: Vec<Weekday> = chosen.iter().map(|day| Weekday::after_monday(*day)).collect();
            let names: Vec<&str> =
                short.iter().zip(0..).filter(|(_, day)| chosen.contains(day)).map(|(name, _)| *name).collect();
            let rule = format!("FREQ=WEEKLY;INTERVAL={count};WKST=MO;BYDAY={}", names.join(","));
            assert_eq!(ours(anchor, weekdays(count, &days), last), rfc(anchor, &rule, last), "{anchor} {rule}");
        }
    }
}

#[test]
fn months_and_years_that_have_the_day() {
    for anchor in anchors() {
        let last = years_after(anchor, 8);
        let (_, _, day_of_month) = anchor.ymd();
        for (count, unit, word) in [(1, "MONTHLY", "months"), (3, "MONTHLY", "months"), (1, "YEARLY", "years")] {
            let rule = format!("FREQ={unit};INTERVAL={count}");
            let theirs = rfc(anchor, &rule, last);
            let ours = ours(anchor, every(&format!("{count} {word}")), last);
            // RFC 5545 leaves out the months that lack the day; everything else is the same.
            let has_the_day = |date: &&String| date.parse::<Date>().is_ok_and(|date| date.ymd().2 == day_of_month);
            let same: Vec<String> = ours.iter().filter(has_the_day).cloned().collect();
            assert_eq!(same, theirs, "{anchor} {rule}");
            let theirs: BTreeSet<&str> = theirs.iter().map(|date| &**date).collect();
            for ours in ours.iter().filter(|date| !theirs.contains(date.as_str())) {
                let date = day(ours);
                assert_eq!(date.next().unwrap().ymd().2, 1, "{ours}: the last day of a month that is too short");
            }
        }
    }
}

#[test]
fn the_last_day_of_a_month_that_is_too_short() {
    for (anchor, by) in [
        ("2024-01-31", "BYMONTHDAY=28,29,30,31;BYSETPOS=-1"),
        ("2023-01-30", "BYMONTHDAY=28,29,30;BYSETPOS=-1"),
        ("2023-01-29", "BYMONTHDAY=28,29;BYSETPOS=-1"),
    ] {
        let anchor = day(anchor);
        let last = years_after(anchor, 5);
        for count in [1, 2, 5] {
            let rule = format!("FREQ=MONTHLY;INTERVAL={count};{by}");
            assert_eq!(ours(anchor, every(&format!("{count} months")), last), rfc(anchor, &rule, last), "{rule}");
        }
    }
    let leap = day("2024-02-29");
    let last = years_after(leap, 9);
    let rule = "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=-1";
    assert_eq!(ours(leap, every("1 year"), last), rfc(leap, rule, last));
    let last_days = day("2024-01-31");
    assert_eq!(ours(last_days, every("1 month"), last), rfc(last_days, "FREQ=MONTHLY;BYMONTHDAY=-1", last));
}

#[test]
fn a_phase_ends_with_its_last_day_as_until_does() {
    for first_day in [FirstDay::Included, FirstDay::NotIncluded] {
        let anchor = day("2026-01-05");
        let mut ours = plan("2026-01-05", vec![phase(PhaseEnd::Through(super::on("2026-01-25")), every("4 days"))]);
        ours.first_day = first_day;
        let found = expand(&ours, anchor, &(anchor..=day("2026-12-31")), &mut Budget::new(1_000)).unwrap();
        let dates: Vec<String> = found.occurrences.iter().map(|occurrence| occurrence.date.to_string()).collect();
        let mut theirs = rfc(anchor, "FREQ=DAILY;INTERVAL=4", day("2026-01-25"));
        // DTSTART always counts there.
        if first_day == FirstDay::NotIncluded {
            theirs.remove(0);
        }
        assert_eq!(dates, theirs);
    }
}
