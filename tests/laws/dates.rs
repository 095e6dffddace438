//! The dates of schedules in random rule files, where everything is known: every day is looked at, and asked by the words
//! of the manual whether it is a date and how it stands.

use crate::generator::Random;
use crate::reference::{Day, day_text, parse_day, shift_day};
use proptest::prelude::*;
use riktlinje::{Guideline, Source};

#[derive(Debug, Clone)]
enum Recurrence {
    /// So many of a unit.
    Every(i64, &'static str),
    /// In every so many weeks, on these days; Monday is 0.
    Weekdays(i64, Vec<i64>),
}

#[derive(Debug)]
struct Plan {
    first_day_included: bool,
    /// How long each lasts; the last may have no end.
    phases: Vec<(Option<(i64, &'static str)>, Recurrence)>,
    restarts_at: usize,
    before: i64,
    after: i64,
}

#[derive(Debug)]
struct Events {
    start: Day,
    samples: Vec<(Day, bool)>,
    stops: Vec<Day>,
}

const WEEKDAYS: [&str; 7] = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const NAMES: [&str; 3] = ["one", "two", "three"];

fn plan(random: &mut Random) -> Plan {
    let count = 1 + random.below(3);
    let phases = (0..count).map(|index| {
        let length = random.pick(&[(5, "days"), (2, "weeks"), (1, "months"), (2, "months"), (1, "years")]);
        let ends = index + 1 < count || random.percent(50);
        let recurrence = if random.percent(50) {
            let every =
                [(1, "days"), (3, "days"), (10, "days"), (1, "weeks"), (2, "weeks"), (1, "months"), (2, "months")];
            let (count, unit) = random.pick(&every);
            Recurrence::Every(count, unit)
        } else {
            let days = (0..7).filter(|_| random.percent(30)).collect::<Vec<i64>>();
            Recurrence::Weekdays(random.pick(&[1, 1, 2, 3]), if days.is_empty() { vec![3] } else { days })
        };
        (ends.then_some(length), recurrence)
    });
    let phases: Vec<_> = phases.collect();
    Plan {
        first_day_included: random.percent(60),
        restarts_at: random.below(phases.len()),
        phases,
        before: random.between(0, 2),
        after: random.between(0, 3),
    }
}

fn text(plan: &Plan) -> String {
    let mut text = String::from(
        "guideline test.dates\n    language 1\n    title en \"Dates\"\n    version 1.0.0\n    status draft\n    about patient\n\
         fact begun: date\n\
         fact samples: list of sample, complete\n    taken: date\n    positive: yes/no\n\
         fact seizures: list of seizure, complete\n    happened: date\n\
         schedule plan\n    our interpretation \"a test\"\n    from begun",
    );
    if !plan.first_day_included {
        text.push_str(", first day not included");
    }
    for ((length, recurrence), name) in plan.phases.iter().zip(NAMES) {
        let word = |count: i64, unit: &str| {
            if count == 1 { format!("1 {}", &unit[..unit.len() - 1]) } else { format!("{count} {unit}") }
        };
        let length = length.map(|(count, unit)| format!("for {}, ", word(count, unit))).unwrap_or_default();
        let recurrence = match recurrence {
            Recurrence::Every(count, unit) => format!("every {}", word(*count, unit)),
            Recurrence::Weekdays(every, days) => {
                let names: Vec<&str> = days.iter().map(|day| WEEKDAYS[*day as usize]).collect();
                let names = match names.split_last() {
                    Some((last, rest)) if !rest.is_empty() => format!("{} and {last}", rest.join(", ")),
                    _ => names.join(""),
                };
                let every = if *every == 1 { String::new() } else { format!("every {every} weeks ") };
                format!("{every}on {names}")
            }
        };
        text.push_str(&format!("\n    phase {name}: {length}{recurrence}"));
    }
    text.push_str(&format!("\n    restart {} on each taken of samples that are (positive)", NAMES[plan.restarts_at]));
    text.push_str("\n    stop on each happened of seizures\n    done by sample in samples on taken");
    let word = |count: i64| if count == 1 { "1 day".to_owned() } else { format!("{count} days") };
    text.push_str(&format!(", from {} before to {} after\n", word(plan.before), word(plan.after)));
    text
}

/// The day that `day` is counted from and the phase that counting begins with; `None` before the start and after a stop.
fn anchor(plan: &Plan, events: &Events, today: Day, day: Day) -> Option<(Day, usize)> {
    let shows = |from: Day| if plan.first_day_included { from } else { from + 1 };
    if day < shows(events.start) {
        return None;
    }
    // "Restarts on or before the start, and stops before it, are older than the plan." "What lies after today has not
    // happened yet." "On one day a stop wins over a restart."
    let restarts = events.samples.iter().filter(|(on, positive)| *positive && *on > events.start && *on <= today);
    let restarts = restarts.filter(|(on, _)| shows(*on) <= day).map(|(on, _)| (*on, false));
    let stops = events.stops.iter().filter(|on| **on >= events.start && **on <= today && **on <= day);
    match restarts.chain(stops.map(|on| (*on, true))).max() {
        None => Some((events.start, 0)),
        Some((_, true)) => None,
        Some((on, false)) => Some((on, plan.restarts_at)),
    }
}

fn is_date(plan: &Plan, events: &Events, today: Day, day: Day) -> bool {
    let Some((from, first)) = anchor(plan, events, today, day) else { return false };
    let (mut months, mut days) = (0, 0);
    for (length, recurrence) in &plan.phases[first..] {
        let boundary = length.map(|(count, unit)| {
            match unit {
                "days" => days += count,
                "weeks" => days += 7 * count,
                "months" => months += count,
                _ => months += 12 * count,
            }
            // "The months of all phases before it are added up and then the days, months first."
            shift_day(from, months, "months") + days
        });
        let inside =
            boundary.is_none_or(|boundary| if plan.first_day_included { day < boundary } else { day <= boundary });
        if inside {
            return match recurrence {
                Recurrence::Every(count, unit) => (0..)
                    .map(|n| shift_day(from, n * count, unit))
                    .take_while(|date| *date <= day)
                    .any(|date| date == day),
                Recurrence::Weekdays(every, on) => {
                    // 0001-01-01, day 1, is a Monday.
                    let week = |day: Day| (day - 1).div_euclid(7);
                    on.contains(&(day - 1).rem_euclid(7)) && (week(day) - week(from)) % every == 0
                }
            };
        }
    }
    false
}

fn expected(plan: &Plan, events: &Events, today: Day, last: Day) -> Vec<(Day, &'static str)> {
    let mut free: Vec<Day> = events.samples.iter().map(|(on, _)| *on).collect();
    free.sort_unstable();
    let dates = (events.start..=last).filter(|day| is_date(plan, events, today, *day));
    let standing = dates.map(|date| {
        // "Dates come in order, each takes the earliest record of its window that is not taken."
        let serves = free.iter().position(|on| date - plan.before <= *on && *on <= date + plan.after && *on <= today);
        let status = match serves {
            Some(at) => {
                free.remove(at);
                "done"
            }
            None if today < date - plan.before => "planned",
            None if today <= date => "due",
            None if today <= date + plan.after => "overdue",
            None => "missed",
        };
        (date, status)
    });
    standing.collect()
}

proptest! {
    #![proptest_config(super::cases(200))]

    #[test]
    fn every_day_is_a_date_or_none(seed: u64) {
        let mut random = Random::new(seed);
        let plan = plan(&mut random);
        let rules = text(&plan);
        let guideline = Guideline::compile([Source::new("dates.guide", rules.as_str())])
            .map_err(|error| TestCaseError::fail(format!("{error:?}\n{rules}")))?;
        for _ in 0..5 {
            let start = parse_day(random.pick(&["2024-01-31", "2024-02-29", "2023-12-30", "2025-03-05"])).unwrap().0;
            let mut near = || start + random.between(-20, 150);
            let (today, first, second, third) = (near(), near(), near(), near());
            let events = Events {
                start,
                samples: [first, second].into_iter().map(|on| (on, random.percent(40))).collect(),
                stops: if random.percent(40) { vec![third] } else { Vec::new() },
            };
            let samples = events.samples.iter().map(|(on, positive)| {
                format!("{{\"taken\": \"{}\", \"positive\": {positive}}}", day_text(*on))
            });
            let stops = events.stops.iter().map(|on| format!("{{\"happened\": \"{}\"}}", day_text(*on)));
            let facts = format!(
                "{{\"begun\": \"{}\", \"samples\": [{}], \"seizures\": [{}]}}",
                day_text(start),
                samples.collect::<Vec<_>>().join(", "),
                stops.collect::<Vec<_>>().join(", ")
            );
            let date = |day: Day| crate::agreement::date(day);
            let read = guideline.facts_from_json(&facts).unwrap();
            let calendar = guideline.calendar(&read, date(today), date(start - 30)..=date(start + 300)).unwrap();
            let got: Vec<(String, &str)> =
                calendar.schedules[0].dates.iter().map(|found| (found.date.to_string(), found.status)).collect();
            let wanted: Vec<(String, &str)> = expected(&plan, &events, today, start + 300)
                .into_iter()
                .map(|(day, status)| (day_text(day), status))
                .collect();
            prop_assert_eq!(got, wanted, "{}\n{}\nas of {}", rules, facts, day_text(today));
        }
    }
}
