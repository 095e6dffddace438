//! Tasks and treatments side by side where days are known in part: what is settled holds on every possible day, and where
//! every possible day agrees it is settled. What each day comes to is worked out here by the words of the manual.

use crate::generator::Random;
use proptest::prelude::*;
use riktlinje::{Date, Guideline, Source, Trace};
use std::collections::BTreeSet;

const RULES: &str = r#"
guideline test.days
    language 1
    title en "Days"
    version 1.0.0
    status draft
    about patient
fact a_start: date or none
    label en "A"
fact b_start: date or none
    label en "B"
fact b_end: date or none
    label en "B ends"
fact c_start: date or none
    label en "C"
fact c: yes/no
    label en "Has C"
fact decision_day: date or none
    label en "Decision"
fact letters: list of letter, complete
    label en "Letters"
    sent: date
        label en "Sent"
parallel treatment
    label en "Treatment"
    our interpretation "an example"
    track a: started a_start
        label en "A"
    track b: started b_start, ended b_end
        label en "B"
    track c when c: started c_start
        label en "C"
    start within 14 days of each other
task decision_letter
    label en "Letter"
    our interpretation "an example"
    done by letter in letters on sent
    due within 14 days after decision_day
"#;

const MONTHS: [i32; 4] = [31, 28, 31, 30];
const D: i32 = 14;

/// Days of 2026, from 0.
fn text(day: i32) -> String {
    let (mut month, mut rest) = (0, day);
    while rest >= MONTHS[month] {
        rest -= MONTHS[month];
        month += 1;
    }
    format!("2026-{:02}-{:02}", month + 1, rest + 1)
}

#[derive(Debug, Clone, Copy, PartialEq)]
enum Day {
    None,
    On(i32),
    /// Some day of the month.
    In(usize),
}

impl Day {
    fn random(random: &mut Random) -> Day {
        match random.below(5) {
            0 => Day::None,
            1 => Day::In(random.below(3)),
            _ => Day::On(random.below(90) as i32),
        }
    }

    fn text(self) -> String {
        match self {
            Day::None => "none".to_owned(),
            Day::On(day) => text(day),
            Day::In(month) => format!("2026-{:02}", month + 1),
        }
    }

    fn possible(self) -> Vec<Day> {
        match self {
            Day::None | Day::On(_) => vec![self],
            Day::In(month) => {
                let first: i32 = MONTHS[..month].iter().sum();
                (first..first + MONTHS[month]).map(Day::On).collect()
            }
        }
    }

    fn by(self, last: i32) -> bool {
        matches!(self, Day::On(day) if day <= last)
    }
}

/// The treatment: starts of a, b and c, the end of b.
fn treatment([a, b, end, c]: [Day; 4], has_c: bool, today: i32) -> &'static str {
    let taking: Vec<Day> = [(a, true), (b, !end.by(today)), (c, has_c)]
        .into_iter()
        .filter(|(_, takes)| *takes)
        .map(|(day, _)| day)
        .collect();
    if taking.len() < 2 {
        return "not_applicable";
    }
    let started: Vec<i32> = taking
        .iter()
        .filter_map(|day| if let Day::On(day) = day { Some(*day) } else { None })
        .filter(|day| *day <= today)
        .collect();
    let out_of_step = started.iter().any(|first| {
        let last = first + D;
        taking.iter().any(|other| if other.by(today) { !other.by(last) } else { today > last })
    });
    match (out_of_step, started.len() == taking.len()) {
        (true, _) => "out_of_step",
        (false, true) => "in_parallel",
        (false, false) => "waiting",
    }
}

/// The letter: the day of the decision, the days of two letters.
fn letter([decision, first, second]: [Day; 3], today: i32) -> &'static str {
    let last = if let Day::On(day) = decision { day + D } else { i32::MAX };
    let any = [first, second].iter().any(|sent| sent.by(today));
    let in_time = [first, second].iter().any(|sent| sent.by(today.min(last)));
    match (in_time, any, today > last) {
        (true, _, _) => "done",
        (false, true, _) => "done_late",
        (false, false, true) => "late",
        (false, false, false) => "to_do",
    }
}

/// Every way for the days to turn out.
fn completions<const N: usize>(days: [Day; N]) -> Vec<[Day; N]> {
    let mut all = vec![days];
    for place in 0..N {
        let with = |days: &[Day; N]| {
            let days = *days;
            days[place].possible().into_iter().map(move |day| {
                let mut days = days;
                days[place] = day;
                days
            })
        };
        all = all.iter().flat_map(with).collect();
    }
    all
}

fn statuses(guideline: &Guideline, facts: &str, today: i32) -> [&'static str; 2] {
    let today: Date = text(today).parse().unwrap();
    let on_date = guideline.on(today).unwrap();
    let mut trace = Trace::default();
    on_date.evaluate(&guideline.bind(&guideline.facts_from_yaml(facts).unwrap()), &mut trace);
    [0, 1].map(|rule| on_date.status(&trace, rule).unwrap().name())
}

fn check(got: &str, possible: &BTreeSet<&'static str>, facts: &str, today: i32) -> Result<(), TestCaseError> {
    let wanted = match possible.iter().collect::<Vec<_>>()[..] {
        [only] => *only,
        _ => "undetermined",
    };
    prop_assert_eq!(got, wanted, "{} on {}: {:?}", facts, text(today), possible);
    Ok(())
}

proptest! {
    #![proptest_config(super::cases(1500))]

    #[test]
    fn every_possible_day_agrees_or_it_is_undetermined(seed: u64) {
        let guideline = Guideline::compile([Source::new("days.guide", RULES.trim_start())]).unwrap();
        let mut random = Random::new(seed);
        let mut starts = [(); 4].map(|()| Day::random(&mut random));
        // Three months with a day each in thousands of ways are enough.
        if starts.iter().filter(|day| matches!(day, Day::In(_))).count() > 2 {
            starts[random.below(4)] = Day::On(40);
            starts[random.below(4)] = Day::On(50);
        }
        let sent = [(); 3].map(|()| Day::random(&mut random));
        let letters: Vec<String> =
            sent[1..].iter().filter(|day| **day != Day::None).map(|day| format!("{{sent: {}}}", day.text())).collect();
        let has_c = random.below(2) == 0;
        let today = random.below(110) as i32;
        let facts = format!(
            "a_start: {}\nb_start: {}\nb_end: {}\nc_start: {}\nc: {}\ndecision_day: {}\nletters: [{}]\n",
            starts[0].text(), starts[1].text(), starts[2].text(), starts[3].text(), if has_c { "yes" } else { "no" },
            sent[0].text(), letters.join(", "),
        );
        let [treated, told] = statuses(&guideline, &facts, today);
        let possible = completions(starts).into_iter().map(|days| treatment(days, has_c, today)).collect();
        check(treated, &possible, &facts, today)?;
        let possible = completions(sent).into_iter().map(|days| letter(days, today)).collect();
        check(told, &possible, &facts, today)?;
    }
}
