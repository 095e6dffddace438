//! The production answers and the reference's in the same words, and what to do when they differ.

mod answer;
mod shrink;

pub use answer::{of_outcome, of_reference, reference_answers, set_reference_answers};
pub use riktlinje::syntax::print;
pub use shrink::{Case, shrink};

use crate::generator::{self, Random};
use crate::reference::{self, Guide, Patient, Settings};
use riktlinje::syntax::ast;
use riktlinje::{Date, Error, Facts, Guideline, Seed, Source, Trace};
use std::collections::BTreeMap;

/// Statuses and values by name, in the order of the file.
pub type Words = Vec<(String, String)>;

pub fn compile(file: &ast::File) -> Result<(Guideline, String), String> {
    let text = print(file);
    match Guideline::compile([Source::new("generated.guide", text.as_str())]) {
        Ok(guideline) => Ok((guideline, text)),
        Err(Error::Guideline(diagnostics)) => {
            let errors = diagnostics.iter().filter(|d| d.severity() == riktlinje::Severity::Error);
            Err(errors.map(|d| format!("{}\n", d)).collect::<String>() + &text)
        }
        Err(other) => Err(other.to_string()),
    }
}

/// The guideline with what the caller sets, where it has that.
pub fn set(guideline: &Guideline, settings: &Settings) -> Guideline {
    let seed = settings.seed.and_then(|seed| Seed::new(seed.as_bytes()));
    let guideline = seed.map_or_else(|| guideline.clone(), |seed| guideline.with_seed(&seed));
    let period = settings.period.map(|(first, last)| format!("{}..{}", date(first), date(last)));
    period.and_then(|period| guideline.set_parameter("period", &period).ok()).unwrap_or(guideline)
}

pub fn date(day: reference::Day) -> Date {
    reference::day_text(day).parse().unwrap()
}

pub fn production_answers(guideline: &Guideline, patient: &Patient, day: reference::Day) -> Words {
    let facts = guideline.facts_from_json(&generator::yaml(patient)).unwrap_or_else(|error| {
        panic!("{error}\n{}", generator::yaml(patient));
    });
    of_outcome(&guideline.decide(&facts, date(day)).unwrap())
}

/// The first thing that the two say differently: what, reference, production.
pub fn difference(expected: &Words, got: &Words) -> Option<(String, String, String)> {
    let nothing = ("".to_owned(), "nothing".to_owned());
    let longest = expected.len().max(got.len());
    let at = |words: &Words, index: usize| words.get(index).unwrap_or(&nothing).clone();
    (0..longest)
        .map(|index| (at(expected, index), at(got, index)))
        .find(|(a, b)| a != b)
        .map(|(a, b)| if a.0 == b.0 { (a.0, a.1, b.1) } else { ("what is answered".to_owned(), a.0, b.0) })
}

/// Days before and after today whose calendars are compared.
const CALENDAR: (i64, i64) = (45, 75);

/// The same of the calendars of schedules: their dates, and where there may be others.
pub fn calendar_difference(
    guideline: &Guideline,
    guide: &Guide<'_>,
    facts: &Facts,
    patient: &Patient,
    day: reference::Day,
) -> Option<(String, String, String)> {
    if guide.schedules.is_empty() {
        return None;
    }
    let (first, last) = (day - CALENDAR.0, day + CALENDAR.1);
    let got = guideline.calendar(facts, date(day), date(first)..=date(last)).unwrap();
    difference(&answer::of_found(&guide.calendars(patient, day, (first, last))), &answer::of_calendar(&got))
}

/// What was settled and is no longer what it was.
pub fn settled_that_changed(before: &Words, after: &Words) -> Vec<String> {
    let after: BTreeMap<&str, &str> = after.iter().map(|(what, word)| (what.as_str(), word.as_str())).collect();
    // Which recommendations are in conflict is listed without a name of its own.
    let named = before.iter().filter(|(what, _)| what != "conflict");
    // A date of a schedule may turn out to be none.
    let pairs = named.map(|(what, word)| (what, word, after.get(&**what).copied().unwrap_or("no date")));
    let changed = pairs.filter(|(what, before, after)| !refines(what, before, after));
    changed.map(|(what, before, after)| format!("{what}: {before}, then {after}")).collect()
}

fn is_nearer(before: &str, after: &str) -> bool {
    if after == answer::NO_TOTAL {
        return true;
    }
    let ends =
        |text: &str| -> Vec<Option<reference::Fraction>> { text.split(' ').map(|end| end.parse().ok()).collect() };
    let (before, after) = (ends(before), ends(after));
    let inside =
        |outer: Option<reference::Fraction>, inner: Option<reference::Fraction>, low: bool| match (outer, inner) {
            (None, _) => true,
            (Some(_), None) => false,
            (Some(outer), Some(inner)) => {
                if low {
                    outer <= inner
                } else {
                    inner <= outer
                }
            }
        };
    inside(before[0], after[0], true) && inside(before[1], after[1], false)
}

fn refines(what: &str, before: &str, after: &str) -> bool {
    let all_in = |some: &str, of: &str| some.split(' ').all(|word| word.is_empty() || of.split(' ').any(|w| w == word));
    let word = |status: &str| status.split(',').next().unwrap_or_default().to_owned();
    let open = ["undetermined", "unknown", "possible_conflict"];
    match what.split_once(' ') {
        Some((_, answer::CERTAIN)) => all_in(before, after),
        Some((_, answer::POSSIBLE)) => all_in(after, before),
        Some((_, answer::RANGE)) => is_nearer(before, after),
        // Where a case is sent, and what is broken, is not settled.
        Some(_) => true,
        None if what.starts_with("define.") && before.contains(" through ") => true,
        None => open.iter().any(|open| before.starts_with(open)) || word(before) == word(after),
    }
}

/// How often a kind of rule, or of its lines, came to a status.
pub type Met = BTreeMap<(String, String), usize>;

fn note(answers: &Words, met: &mut Met) {
    for (what, status) in
        answers.iter().filter(|(what, _)| what.contains('.') && !what.contains(' ') && !what.starts_with("define"))
    {
        let parts: Vec<&str> = what.split('.').collect();
        let kind = if parts.len() > 2 { format!("{} line", parts[0]) } else { parts[0].to_owned() };
        let status = status.split(',').next().unwrap_or_default().to_owned();
        *met.entry((kind, status)).or_default() += 1;
    }
}

/// Compares on so many patients and dates; the first pair that differs.
pub fn first_difference(seed: u64, patients: usize, dates: usize, met: &mut Met) -> Result<usize, Box<Case>> {
    let mut random = Random::new(seed);
    let made = generator::guideline(&mut random, generator::Size::Full);
    let (guideline, _) = compile(&made.file).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
    let guideline = set(&guideline, &made.settings);
    let guide = Guide::new(&[&made.file]).with(made.settings);
    for _ in 0..patients {
        let patient = generator::patient(&mut random, &made.file, generator::Presence::Gaps);
        let text = generator::yaml(&patient);
        let facts = guideline.facts_from_json(&text).unwrap_or_else(|error| panic!("seed {seed}: {error}\n{text}"));
        for _ in 0..dates {
            let day = generator::day_for(&mut random, &patient);
            let expected = of_reference(&guide.answers(&patient, day));
            let got = of_outcome(&guideline.decide(&facts, date(day)).unwrap());
            note(&expected, met);
            if difference(&expected, &got).is_some()
                || calendar_difference(&guideline, &guide, &facts, &patient, day).is_some()
                || !masks_agree(&guideline, &facts, day, &got)
            {
                return Err(Box::new(Case { file: made.file.clone(), settings: made.settings, patient, day }));
            }
        }
    }
    Ok(patients * dates)
}

/// Whether the way for many patients, which never makes an outcome, comes to the same statuses.
pub fn masks_agree(guideline: &Guideline, facts: &Facts, day: reference::Day, answers: &Words) -> bool {
    let on_date = guideline.on(date(day)).unwrap();
    let mut trace = Trace::default();
    on_date.evaluate(&guideline.bind(facts), &mut trace);
    // Read in one go and one after the other.
    let (mut all, mut each) = (Vec::new(), on_date.statuses(&trace));
    on_date.statuses(&trace).for_each(|status| all.push(Some(status)));
    guideline.rules().enumerate().all(|(index, rule)| {
        let status = on_date.status(&trace, index);
        assert!(all.get(index) == Some(&status) && each.next() == status, "{rule}: {status:?}, {all:?}");
        let status = status.unwrap().name();
        let said = answers.iter().find(|(what, _)| what == rule).unwrap();
        said.1.split(',').next() == Some(status)
    })
}
