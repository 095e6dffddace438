//! Laws of schedules, through the whole house: over facts made at random for the guideline of the corpus.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "a panic is the failure report, and nobody uses a test"
)]

use proptest::collection::vec;
use proptest::prelude::*;
use riktlinje::{
    Calendar, CalendarSchedule, Date, EligibilityStatus, Guideline, Language, ScheduleStatus, Seed, Source,
};
use std::sync::LazyLock;

static SAMPLES: LazyLock<Guideline> = LazyLock::new(|| {
    let text = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/corpus/cases/samples.guide"));
    let guideline = Guideline::compile([Source::new("samples.guide", text.unwrap())]).unwrap();
    guideline.set_parameter("sampling_interval", "3 weeks").unwrap().with_seed(&Seed::new(b"a secret").unwrap())
});

fn day(after: i32) -> Date {
    Date::from_day_number(Date::from_ymd(2026, 1, 1).unwrap().day_number() + after).unwrap()
}

/// What is known of one record: its day, and whether it counts.
#[derive(Debug, Clone, Copy)]
struct Event {
    on: i32,
    positive: bool,
    hidden: Hidden,
}

/// What is not known of it, when less is known.
#[derive(Debug, Clone, Copy)]
enum Hidden {
    Nothing,
    Result,
    Day,
}

#[derive(Debug, Clone)]
struct Patient {
    start: i32,
    samples: Vec<Event>,
    seizures: Vec<i32>,
    hides_start: bool,
    hides_samples: bool,
    hides_seizures: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Knowledge {
    Whole,
    Less,
}

impl Patient {
    fn facts(&self, knowledge: Knowledge, more: &str) -> String {
        let less = knowledge == Knowledge::Less;
        let start = day(self.start).to_string();
        let start = if less && self.hides_start { &start[..7] } else { &start[..] };
        let sample = |event: &Event| {
            let taken = day(event.on).to_string();
            let positive = if event.positive { "yes" } else { "no" };
            match event.hidden {
                Hidden::Result if less => format!("{{ taken: {taken} }}"),
                Hidden::Day if less => format!("{{ taken: {}, positive: {positive} }}", &taken[..7]),
                Hidden::Nothing | Hidden::Result | Hidden::Day => format!("{{ taken: {taken}, positive: {positive} }}"),
            }
        };
        let samples: Vec<String> = self.samples.iter().map(sample).collect();
        let seizures: Vec<String> = self.seizures.iter().map(|on| format!("{{ happened: {} }}", day(*on))).collect();
        let list = |hides: bool, records: Vec<String>| {
            if less && hides {
                format!("{{ open: [{}] }}", records.join(", "))
            } else {
                format!("[{}]", records.join(", "))
            }
        };
        format!(
            "in_laro: yes\ntreatment_start: {start}\ntreatment_end: none\nsamples: {}\nseizures: {}\n{more}",
            list(self.hides_samples, samples),
            list(self.hides_seizures, seizures)
        )
    }
}

fn calendar(facts: &str, today: i32, from: i32, to: i32) -> Calendar {
    let facts = SAMPLES.facts_from_yaml(facts).unwrap();
    SAMPLES.calendar(&facts, day(today), day(from)..=day(to)).unwrap()
}

fn called(facts: &str, today: i32) -> EligibilityStatus {
    let facts = SAMPLES.facts_from_yaml(facts).unwrap();
    SAMPLES.decide(&facts, day(today)).unwrap().eligibility[0].status
}

fn doubtful(schedule: &CalendarSchedule, on: Date) -> bool {
    schedule.uncertain.iter().chain(&schedule.needs_seed).any(|(from, through)| *from <= on && on <= *through)
}

fn patients() -> impl Strategy<Value = Patient> {
    let hidden = prop_oneof![3 => Just(Hidden::Nothing), 1 => Just(Hidden::Result), 1 => Just(Hidden::Day)];
    let sample = (0..400, proptest::bool::weighted(0.2), hidden);
    let sample = sample.prop_map(|(on, positive, hidden)| Event { on, positive, hidden });
    let often = proptest::bool::weighted(0.25);
    (0..200, vec(sample, 0..6), vec(0..400, 0..2), often, often, often).prop_map(
        |(start, samples, seizures, hides_start, hides_samples, hides_seizures)| Patient {
            start,
            samples,
            seizures,
            hides_start,
            hides_samples,
            hides_seizures,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_longer_window_gives_the_same_dates_and_more(patient in patients(), today in 0..500, from in 0..500, longer in 0..200) {
        let facts = patient.facts(Knowledge::Whole, "");
        let short = calendar(&facts, today, from, from + 60);
        let long = calendar(&facts, today, from - longer, from + 60 + longer);
        for (short, long) in short.schedules.iter().zip(&long.schedules) {
            let inside = |date: Date| day(from) <= date && date <= day(from + 60);
            let within: Vec<_> = long.dates.iter().filter(|date| inside(date.date)).cloned().collect();
            prop_assert_eq!(&short.dates, &within, "{}", short.id);
            prop_assert!(short.dates.is_sorted_by(|a, b| a.date < b.date), "in order, none twice");
        }
    }

    #[test]
    fn facts_that_cannot_matter_change_nothing(patient in patients(), today in 0..500, seizure in 0..400) {
        let other = Patient { seizures: vec![seizure], samples: Vec::new(), ..patient.clone() };
        let (one, two) = (patient.facts(Knowledge::Whole, ""), other.facts(Knowledge::Whole, ""));
        let weight = |facts: &str| {
            let calendar = calendar(facts, today, 0, 500);
            calendar.schedules.into_iter().find(|schedule| schedule.id == "weight").unwrap()
        };
        prop_assert_eq!(weight(&one), weight(&two), "it reads neither list");
    }

    #[test]
    fn what_is_settled_stays_when_more_is_known(patient in patients(), today in 0..500) {
        let (less, whole) = (patient.facts(Knowledge::Less, ""), patient.facts(Knowledge::Whole, ""));
        let known = calendar(&whole, today, 0, 500);
        for (open, whole) in calendar(&less, today, 0, 500).schedules.iter().zip(&known.schedules) {
            if open.status != ScheduleStatus::Undetermined {
                prop_assert_eq!(open.status, whole.status, "{}", open.id);
            }
            for date in open.dates.iter().filter(|date| date.status != "undetermined" && !doubtful(open, date.date)) {
                let same = whole.dates.iter().find(|other| other.date == date.date);
                prop_assert_eq!(same.map(|other| other.status), Some(date.status), "{} on {}", &open.id, date.date);
            }
            for date in whole.dates.iter().filter(|date| !doubtful(open, date.date)) {
                prop_assert!(open.dates.iter().any(|other| other.date == date.date), "{} on {}", &open.id, date.date);
            }
        }
        let before = called(&less, today);
        if before != EligibilityStatus::Undetermined {
            prop_assert_eq!(before, called(&whole, today), "counted dates");
        }
    }
}

/// With no dates at all the count is 0, but only where there is a day to count from: `discharge: none` makes every comparison no.
#[test]
fn a_count_from_a_day_that_may_not_be_there_is_not_known() {
    let head = "guideline a\n    language 1\n    version 1.0.0\n    status draft\n";
    let date = |name: &str| format!("fact {name}: date or none\n    label sv \"{name}\" en \"{name}\"\n");
    let text = format!(
        "{head}{}{}fact calls: list of call, complete\n    made: date\nschedule plan\n    our interpretation \"shown\"\n    \
         from begun\n    every week\n    done by call in calls on made\neligibility quiet\n    our interpretation \"shown\"\n    \
         require none: plan overdue no times within 1 month after discharge\n",
        date("begun"),
        date("discharge")
    );
    let guideline = Guideline::compile([Source::new("a.guide", text)]).unwrap();
    let status = |discharge: &str| {
        let facts = guideline.facts_from_yaml(&format!("begun: none\ncalls: []\n{discharge}")).unwrap();
        guideline.evaluate(&facts, day(0)).unwrap().eligibility[0].status
    };
    assert_eq!(status(""), EligibilityStatus::Undetermined);
    assert_eq!(status("discharge: none\n"), EligibilityStatus::NotMet);
    assert_eq!(status("discharge: 2026-01-01\n"), EligibilityStatus::Met);
}

/// Of a visit only what is still to come needs no word: what is missed, done or in doubt is not to be kept.
#[test]
fn a_visit_says_how_its_dates_stand() {
    let facts = "in_laro: yes\ntreatment_start: 2026-01-05\ntreatment_end: none\nsamples: [{ taken: 2026-01-07, positive: no }]\n\
                 seizures: { open: [] }\n";
    let facts = SAMPLES.facts_from_yaml(facts).unwrap();
    let calendar = SAMPLES.calendar(&facts, day(13), day(4)..=day(18)).unwrap();
    let text = calendar.to_text(Language::Swedish);
    let visits = text.split_once("Besök:\n").map_or("", |(_, visits)| visits);
    let lines: Vec<&str> = visits.lines().map(str::trim).collect();
    let wanted = [
        "2026-01-05 (måndag): Vägning (passerat)",
        "2026-01-08 (torsdag): Urinprov (kan inte avgöras än)",
        "2026-01-12 (måndag): Urinprov (kan inte avgöras än)",
        "2026-01-15 (torsdag): Urinprov (kan inte avgöras än)",
        "2026-01-19 (måndag): Urinprov (kan inte avgöras än)",
    ];
    assert_eq!(lines, wanted);
    let known = SAMPLES
        .facts_from_yaml("in_laro: yes\ntreatment_start: 2026-01-05\ntreatment_end: none\nsamples: []\nseizures: []\n");
    let text = SAMPLES.calendar(&known.unwrap(), day(13), day(4)..=day(18)).unwrap().to_text(Language::English);
    assert!(
        text.contains("2026-01-12 (Monday): Urine samples (missed)\n    2026-01-15 (Thursday): Urine samples\n"),
        "{text}"
    );
}

#[test]
fn a_calendar_says_what_failed_in_the_language_of_the_page() {
    let head = "guideline a\n    language 1\n    title sv \"A\" en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n";
    let text = format!(
        "{head}fact step: duration\n    label sv \"Steg\" en \"Step\"\nschedule plan\n    label sv \"Planen\" en \"The plan\"\n    \
         our interpretation \"shown\"\n    from 2026-01-01\n    every step\n"
    );
    let guideline = Guideline::compile([Source::new("a.guide", text)]).unwrap();
    let facts = guideline.facts_from_yaml("step: 0 days\n").unwrap();
    let calendar = guideline.calendar(&facts, day(0), day(0)..=day(9)).unwrap();
    let last = |language| calendar.to_text(language).lines().last().map(str::to_owned).unwrap();
    assert_eq!(
        last(Language::Swedish),
        "    Planen: ett intervall i ett schema är noll eller negativt (a.guide, rad 12)"
    );
    assert_eq!(
        last(Language::English),
        "    The plan: an interval of a schedule is nought or negative (a.guide, line 12)"
    );
}

/// Treatment begins in six weeks: the first drawn day lies after the days that an outcome lists.
#[test]
fn a_drawn_day_is_hidden_however_far_away_it_is() {
    let head =
        "guideline a\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n";
    let plan = |name: &str, days: &str| {
        format!(
            "schedule {name}\n    label en \"{name}\"\n    our interpretation \"shown\"\n    from 2026-02-16\n    {days}\n"
        )
    };
    let (drawn, fixed) = (plan("drawn", "once a week on a random weekday"), plan("fixed", "every week"));
    let guideline = Guideline::compile([Source::new("a.guide", format!("{head}{drawn}{fixed}"))]).unwrap();
    let guideline = guideline.with_seed(&Seed::new(b"a secret").unwrap());
    let facts = guideline.facts_from_yaml("{}").unwrap();
    let outcome = guideline.evaluate(&facts, day(0)).unwrap();
    assert!(outcome.schedules.iter().all(|schedule| schedule.next.len() == 1 && schedule.dates.is_empty()));
    let hidden = outcome.without_drawn_days();
    let next: Vec<_> = hidden.schedules.iter().map(|schedule| schedule.next.clone()).collect();
    assert_eq!(next, [vec![], vec![Date::from_ymd(2026, 2, 16).unwrap()]]);
}
