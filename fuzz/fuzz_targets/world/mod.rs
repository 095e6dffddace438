//! Schedules as text, and a patient of whom everything is known, told in part.

use crate::random::Random;
use riktlinje::{Date, Duration, DurationUnit};
use std::fmt::Write;

const DAYS: &[&str] = &[
    "2023-12-31",
    "2024-01-29",
    "2024-01-31",
    "2024-02-29",
    "2024-03-31",
    "2024-10-07",
    "2024-12-30",
    "2025-01-01",
    "2025-02-28",
    "2025-06-15",
];

/// Near a leap day, the end of a month or the turn of a year.
pub fn day(random: &mut Random) -> Date {
    let day = random.pick(DAYS).parse().unwrap();
    if random.percent(50) { day } else { moved(day, random.between(-20, 20)) }
}

pub fn moved(day: Date, days: i64) -> Date {
    day.checked_add(lasting(days, DurationUnit::Days)).unwrap()
}

pub fn lasting(count: i64, unit: DurationUnit) -> Duration {
    Duration::new(i32::try_from(count).unwrap(), unit)
}

/// The schedules of one guideline.
pub struct Plans {
    plans: Vec<Plan>,
    samples: &'static str,
    seizures: &'static str,
}

struct Plan {
    text: String,
    /// Every so much from the start, and from which multiple on, where nothing else moves its dates.
    counted: Option<(Duration, i64)>,
}

const HEAD: &str = r#"guideline fuzz.schedules
    language 1
    title en "Schedules"
    version 1.0.0
    status draft
    about patient
fact start: date
    label en "Start"
    question en "When?"
fact ending: date or none
    label en "End"
    question en "When?"
fact in_care: yes/no
    label en "In care"
    question en "Is the patient?"
fact pause: duration
    label en "Interval"
    question en "How long?"
"#;

impl Plans {
    pub fn new(random: &mut Random) -> Plans {
        let lists = ["may be incomplete", "complete"];
        let (samples, seizures) = (random.pick(&lists), random.pick(&lists));
        let plans = (0..1 + random.below(2)).map(|index| plan(random, &format!("plan_{index}"))).collect();
        Plans { plans, samples, seizures }
    }

    pub fn text(&self) -> String {
        let mut text = HEAD.to_owned();
        for (list, word, completeness, fields) in [
            ("samples", "sample", self.samples, "    taken: date\n    positive: yes/no\n"),
            ("seizures", "seizure", self.seizures, "    happened: date\n"),
        ] {
            let question = "label en \"List\"\n    question en \"Which?\"";
            write!(text, "fact {list}: list of {word}, {completeness}\n    {question}\n{fields}").unwrap();
        }
        text.extend(self.plans.iter().map(|plan| plan.text.as_str()));
        text
    }

    pub fn counted_simply(&self, index: usize) -> Option<(Duration, i64)> {
        self.plans[index].counted
    }
}

fn plan(random: &mut Random, name: &str) -> Plan {
    let head = format!("schedule {name}\n    label en \"{name}\"\n    our interpretation \"an example\"\n");
    let mut plan = Plan { text: head, counted: None };
    let text = &mut plan.text;
    if random.percent(30) {
        text.push_str("    when in_care\n");
    }
    if random.percent(20) {
        writeln!(text, "    first within {} after start", length(random)).unwrap();
        writeln!(text, "    then at least every {} after the latest {}", length(random), samples(random)).unwrap();
        return plan;
    }
    let first_day = random.percent(30);
    writeln!(text, "    from start{}", if first_day { ", first day not included" } else { "" }).unwrap();
    let phases = random.pick(&[1, 1, 2, 3]);
    let mut simple = phases == 1;
    for phase in 0..phases {
        let (recurrence, every) = recurrence(random);
        let open = phase + 1 == phases && random.percent(50);
        let days = match random.below(if open { 1 } else { 6 }) {
            _ if open => recurrence,
            0 => format!("{recurrence}, through ending"),
            _ => format!("for {}, {recurrence}", length(random)),
        };
        writeln!(text, "    phase p{phase}: {days}").unwrap();
        simple &= open;
        plan.counted = every.map(|every| (every, i64::from(first_day)));
    }
    if random.percent(35) {
        let phase = random.below(phases);
        writeln!(text, "    restart p{phase} on each {}", samples(random)).unwrap();
        simple = false;
    }
    if random.percent(25) {
        text.push_str("    stop on each happened of seizures\n");
        simple = false;
    }
    if random.percent(50) {
        let (before, after) = (days(random), days(random));
        text.push_str("    done by sample in samples");
        if random.percent(30) {
            text.push_str(" that are (positive)");
        }
        writeln!(text, " on taken, from {before} before to {after} after").unwrap();
    }
    if random.percent(30) {
        text.push_str("    may share visits\n");
    }
    if !simple {
        plan.counted = None;
    }
    plan
}

fn samples(random: &mut Random) -> &'static str {
    random.pick(&["taken of samples", "taken of samples that are (positive)", "happened of seizures"])
}

fn days(random: &mut Random) -> String {
    random.pick(&["0 days", "1 day", "2 days", "1 week", "1 month"]).to_owned()
}

fn length(random: &mut Random) -> &'static str {
    random.pick(&["1 day", "10 days", "1 week", "3 weeks", "1 month", "3 months", "1 year"])
}

/// As written, and how long it is where it is so much from the start.
fn recurrence(random: &mut Random) -> (String, Option<Duration>) {
    let units = [DurationUnit::Days, DurationUnit::Weeks, DurationUnit::Months, DurationUnit::Years];
    let weekday = |random: &mut Random| {
        random.pick(&["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"])
    };
    let words = match random.below(12) {
        0..5 => {
            let every = lasting(random.between(1, 10), random.pick(&units));
            return (format!("every {every}"), Some(every));
        }
        5 => "every pause".to_owned(),
        6 => format!("on {}", weekday(random)),
        7 => "on Monday and Thursday".to_owned(),
        8 => format!("every {} weeks on {}", random.between(2, 5), weekday(random)),
        9 => "every 2 weeks on Monday and Sunday".to_owned(),
        10 => "once a week on a random weekday".to_owned(),
        _ => format!("{} times a week on random weekdays", random.between(2, 5)),
    };
    (words, None)
}

/// All that is so.
pub struct World {
    pub start: Date,
    ending: Option<Date>,
    in_care: bool,
    pause: Duration,
    samples: Vec<(Date, bool)>,
    seizures: Vec<Date>,
}

impl World {
    pub fn new(random: &mut Random, today: Date) -> World {
        let start = moved(today, random.between(-500, 60));
        let past = |random: &mut Random| moved(today, -random.pick(&[0, 1, 2, 3, 7, 14, 28, 31, 60, 90, 200]));
        World {
            start,
            ending: random.percent(60).then(|| moved(start, random.between(0, 700))),
            in_care: random.percent(80),
            pause: lasting(random.between(1, 40), random.pick(&[DurationUnit::Days, DurationUnit::Months])),
            samples: (0..random.below(5)).map(|_| (past(random), random.percent(50))).collect(),
            seizures: (0..random.below(3)).map(|_| past(random)).collect(),
        }
    }

    /// As JSON, with nothing left out.
    pub fn all(&self) -> String {
        self.write(&mut Teller { random: None })
    }

    /// As JSON, with facts, fields and records left out, and days of which only the month is told.
    pub fn told(&self, random: &mut Random) -> String {
        self.write(&mut Teller { random: Some(random) })
    }

    fn write(&self, teller: &mut Teller<'_>) -> String {
        let mut facts = Vec::new();
        teller.tell(&mut facts, "start", |teller| teller.date(self.start));
        let ending = |teller: &mut Teller<'_>| self.ending.map_or("\"none\"".to_owned(), |day| teller.date(day));
        teller.tell(&mut facts, "ending", ending);
        teller.tell(&mut facts, "in_care", |_| self.in_care.to_string());
        teller.tell(&mut facts, "pause", |_| format!("\"{}\"", self.pause));
        let samples = |teller: &mut Teller<'_>| {
            teller.list(&self.samples, |teller, (taken, positive), fields| {
                teller.tell(fields, "taken", |teller| teller.date(*taken));
                teller.tell(fields, "positive", |_| positive.to_string());
            })
        };
        teller.tell(&mut facts, "samples", samples);
        let seizures = |teller: &mut Teller<'_>| {
            teller.list(&self.seizures, |teller, happened, fields| {
                teller.tell(fields, "happened", |teller| teller.date(*happened));
            })
        };
        teller.tell(&mut facts, "seizures", seizures);
        format!("{{{}}}", facts.join(", "))
    }
}

/// Leaves out what chance says, or nothing.
struct Teller<'r> {
    random: Option<&'r mut Random>,
}

impl Teller<'_> {
    fn chance(&mut self, percent: usize) -> bool {
        self.random.as_mut().is_some_and(|random| random.percent(percent))
    }

    fn tell(&mut self, fields: &mut Vec<String>, name: &str, value: impl FnOnce(&mut Self) -> String) {
        if !self.chance(12) {
            let value = value(self);
            fields.push(format!("\"{name}\": {value}"));
        }
    }

    fn date(&mut self, day: Date) -> String {
        let text = day.to_string();
        let told = if self.chance(12) { &text[..7] } else { &text };
        format!("\"{told}\"")
    }

    /// Complete with all its records, or open with some of them.
    fn list<T>(&mut self, records: &[T], fields: impl Fn(&mut Self, &T, &mut Vec<String>)) -> String {
        let open = self.chance(30);
        let mut told = Vec::new();
        for record in records {
            if open && self.chance(30) {
                continue;
            }
            let mut given = Vec::new();
            fields(self, record, &mut given);
            told.push(format!("{{{}}}", given.join(", ")));
        }
        format!("{{\"{}\": [{}]}}", if open { "open" } else { "complete" }, told.join(", "))
    }
}
