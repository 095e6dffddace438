//! The bytes make a guideline with schedules, what happened to a patient, and what of it is told. Then the laws of calendars.
#![no_main]

#[path = "../../tests/generator/random.rs"]
#[allow(dead_code, reason = "the tests' own file: a target uses a part of it")]
mod random;
mod world;

use libfuzzer_sys::fuzz_target;
use random::Random;
use riktlinje::{
    Calendar, CalendarSchedule, Date, Duration, Error, Facts, Guideline, Language, ScheduleStatus, ScheduledDate, Seed,
    Severity, Source,
};
use world::{Plans, World};

fuzz_target!(|bytes: &[u8]| {
    let mut random = Random::steered_by(bytes);
    let plans = Plans::new(&mut random);
    let text = plans.text();
    let source = Source::new("schedules.guide", text.as_str());
    let guideline = match Guideline::compile([source.clone()]) {
        Ok(guideline) => guideline,
        Err(Error::Guideline(found)) => {
            let wrong: Vec<_> = found.iter().filter(|finding| finding.severity() == Severity::Error).collect();
            panic!("does not compile: {}\n{text}", wrong[0]);
        }
        Err(other) => panic!("{other}"),
    };
    let once = Guideline::format(&source).unwrap();
    assert_eq!(Guideline::format(&Source::new("again.guide", once.as_str())), Ok(once));

    let seed = Seed::new(b"a secret of the fuzzer").unwrap();
    for _ in 0..3 {
        let today = world::day(&mut random);
        let world = World::new(&mut random, today);
        let (told, all) = (world.told(&mut random), world.all());
        let case = || format!("{text}\ntold: {told}\nall: {all}\nas of: {today}");
        let some = if random.percent(50) { guideline.with_seed(&seed) } else { guideline.clone() };
        let look = Look { guideline: &some, facts: read(&some, &told), today, case: &case };
        let full = guideline.with_seed(&seed);
        let full = Look { guideline: &full, facts: read(&full, &all), today, case: &case };

        let (from, through) = window(&mut random, today);
        let (calendar, known) = (look.calendar(from, through), full.calendar(from, through));
        look.longer(&mut random, &calendar);
        full.refines(&calendar, &known);
        full.leaves_nothing_open(&known);
        look.agrees_with_outcome();
        for (index, schedule) in known.schedules.iter().enumerate() {
            if let Some((interval, first)) = plans.counted_simply(index)
                && schedule.status == ScheduleStatus::InForce
            {
                counted(schedule, &interval, first, world.start, (from, through), &case);
            }
        }
        if random.percent(10) {
            look.explained(&mut random);
        }
    }
});

fn read(guideline: &Guideline, text: &str) -> Facts {
    guideline.facts_from_json(text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}

fn window(random: &mut Random, today: Date) -> (Date, Date) {
    let from = world::moved(today, random.between(-400, 100));
    (from, world::moved(from, random.between(0, 500)))
}

/// One patient, as told, on one day.
struct Look<'a> {
    guideline: &'a Guideline,
    facts: Facts,
    today: Date,
    case: &'a dyn Fn() -> String,
}

impl Look<'_> {
    /// The dates from one day through another: in order, none twice, on those days, each in one visit if it is in force.
    fn calendar(&self, from: Date, through: Date) -> Calendar {
        let calendar = self.guideline.calendar(&self.facts, self.today, from..=through).unwrap();
        let case = self.case;
        for schedule in &calendar.schedules {
            let dates = &schedule.dates;
            assert!(dates.windows(2).all(|two| two[0].date < two[1].date), "{dates:?}\n{}", case());
            for date in dates {
                assert!(from <= date.date && date.date <= through, "{date:?}\n{}", case());
                if let Some((first, last)) = date.window {
                    assert!(first <= date.date && date.date <= last, "{date:?}\n{}", case());
                }
                let visits = calendar
                    .visits
                    .iter()
                    .filter(|visit| visit.serves.iter().any(|(name, day)| *name == schedule.id && *day == date.date));
                let visits: Vec<_> = visits.collect();
                assert_eq!(visits.len(), 1, "{} on {}\n{}", schedule.id, date.date, case());
                let day = visits[0].day;
                if let Some((first, last)) = date.window {
                    assert!(first <= day && day <= last, "{visits:?} {date:?}\n{}", case());
                }
            }
            for spans in [&schedule.uncertain, &schedule.needs_seed] {
                assert!(spans.iter().all(|span| from <= span.0 && span.0 <= span.1 && span.1 <= through), "{}", case());
            }
        }
        assert!(calendar.visits.windows(2).all(|two| two[0].day <= two[1].day), "{}", case());
        calendar
    }

    /// Asking for more days changes nothing on those that were asked for.
    fn longer(&self, random: &mut Random, calendar: &Calendar) {
        let (from, through) = calendar.days;
        let (before, after) = (random.between(0, 200), random.between(0, 200));
        let longer = self.calendar(world::moved(from, -before), world::moved(through, after));
        if !longer.faults.is_empty() || !calendar.faults.is_empty() {
            return;
        }
        for (short, long) in calendar.schedules.iter().zip(&longer.schedules) {
            let inside = |date: &&ScheduledDate| from <= date.date && date.date <= through;
            let long: Vec<&ScheduledDate> = long.dates.iter().filter(inside).collect();
            assert_eq!(short.dates.iter().collect::<Vec<_>>(), long, "{from} {through}\n{}", (self.case)());
        }
    }

    /// Knowing all changes nothing that was settled: a status, a date outside of what was uncertain, how a date stands.
    fn refines(&self, told: &Calendar, all: &Calendar) {
        if !told.faults.is_empty() || !all.faults.is_empty() {
            return;
        }
        for (told, all) in told.schedules.iter().zip(&all.schedules) {
            let case = || format!("{}: told {told:?}\nknown {all:?}\n{}", told.id, (self.case)());
            if told.status == ScheduleStatus::Undetermined {
                continue;
            }
            assert_eq!(told.status, all.status, "{}", case());
            let open =
                |day: Date| told.uncertain.iter().chain(&told.needs_seed).any(|span| span.0 <= day && day <= span.1);
            for date in told.dates.iter().filter(|date| !open(date.date)) {
                let known = all.dates.iter().find(|known| known.date == date.date);
                let known = known.unwrap_or_else(|| panic!("{} is gone\n{}", date.date, case()));
                assert!(date.status == "undetermined" || date.status == known.status, "{}\n{}", date.date, case());
            }
            for date in all.dates.iter().filter(|date| !open(date.date)) {
                assert!(told.dates.iter().any(|told| told.date == date.date), "{} is new\n{}", date.date, case());
            }
        }
    }

    /// Where all is known, nothing is undetermined.
    fn leaves_nothing_open(&self, known: &Calendar) {
        if !known.faults.is_empty() {
            return;
        }
        for schedule in &known.schedules {
            let case = || format!("{schedule:?}\n{}", (self.case)());
            assert!(schedule.status != ScheduleStatus::Undetermined, "{}", case());
            assert!(schedule.uncertain.is_empty() && schedule.needs_seed.is_empty(), "{}", case());
            assert!(schedule.dates.iter().all(|date| date.status != "undetermined"), "{}", case());
        }
    }

    /// The outcome has the dates of the days around today that the calendar has.
    fn agrees_with_outcome(&self) {
        let outcome = self.guideline.decide(&self.facts, self.today).unwrap();
        let (from, through) = (world::moved(self.today, -30), world::moved(self.today, 30));
        let calendar = self.calendar(from, through);
        assert!(!outcome.to_json().is_empty());
        for language in [Language::Swedish, Language::English] {
            assert!(!outcome.to_text(language).is_empty());
        }
        if !calendar.faults.is_empty() || !outcome.faults.is_empty() {
            return;
        }
        for (outcome, calendar) in outcome.schedules.iter().zip(&calendar.schedules) {
            assert_eq!((&outcome.id, outcome.status), (&calendar.id, calendar.status), "{}", (self.case)());
            let around = outcome.dates.iter().filter(|date| from <= date.date && date.date <= through);
            assert_eq!(around.collect::<Vec<_>>(), calendar.dates.iter().collect::<Vec<_>>(), "{}", (self.case)());
        }
    }

    fn explained(&self, random: &mut Random) {
        let rules: Vec<&str> = self.guideline.rules().collect();
        let explanation = self.guideline.explain(&self.facts, self.today, random.pick(&rules)).unwrap();
        assert!(!explanation.to_json().is_empty() && !explanation.to_text(Language::Swedish).is_empty());
        self.guideline.ask(&self.facts, self.today, None).unwrap();
    }
}

/// Every date is a multiple of the interval after the start, and every such day is a date.
fn counted(
    schedule: &CalendarSchedule,
    interval: &Duration,
    first: i64,
    start: Date,
    (from, through): (Date, Date),
    case: &dyn Fn() -> String,
) {
    let multiples = (first..10_000).map_while(|count| {
        let length = world::lasting(i64::from(interval.count()) * count, interval.unit());
        start.checked_add(length).filter(|date| *date <= through)
    });
    let expected: Vec<Date> = multiples.filter(|date| from <= *date).collect();
    let got: Vec<Date> = schedule.dates.iter().map(|date| date.date).collect();
    assert_eq!(got, expected, "{}\n{}", schedule.id, case());
}
