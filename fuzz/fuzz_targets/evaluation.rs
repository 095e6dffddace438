//! The bytes make the choices of the tests' generator: a guideline, a patient, a date. Then the laws.
#![no_main]
#![allow(dead_code, unused_imports, unreachable_pub, reason = "the tests' own files: a target uses a part of them")]

#[path = "../../tests/agreement/mod.rs"]
mod agreement;
#[path = "../../tests/generator/mod.rs"]
mod generator;
#[path = "../../tests/reference/mod.rs"]
mod reference;

use agreement::{
    calendar_difference, compile, difference, masks_agree, of_outcome, of_reference, set, settled_that_changed,
};
use generator::{Presence, Random, Size, refined, yaml};
use libfuzzer_sys::fuzz_target;
use reference::{Day, Guide, Patient, day_text};
use riktlinje::{Date, Facts, Guideline, Language, Outcome, Trace};

/// Compiling costs more than deciding, so each guideline meets several patients; explaining costs more than both, so only
/// some of the first are explained.
const PATIENTS: usize = 5;

fuzz_target!(|bytes: &[u8]| {
    let mut random = Random::steered_by(bytes);
    let size = random.pick(&[Size::Full, Size::Full, Size::Blind, Size::Small]);
    let made = generator::guideline(&mut random, size);
    let (guideline, text) = compile(&made.file).unwrap_or_else(|why| panic!("does not compile: {why}"));
    let guideline = set(&guideline, &made.settings);
    let guide = Guide::new(&[&made.file]).with(made.settings);
    for number in 0..PATIENTS {
        let patient = generator::patient(&mut random, &made.file, Presence::Gaps);
        let day = generator::day_for(&mut random, &patient);
        let case = || format!("{text}\nset: {}\nfacts: {}\nas of: {}", made.settings, yaml(&patient), day_text(day));

        let facts = read(&guideline, &patient);
        let decided = guideline.decide(&facts, agreement::date(day)).unwrap();
        let got = of_outcome(&decided);
        let different = difference(&of_reference(&guide.answers(&patient, day)), &got);
        if let Some((what, expected, got)) =
            different.or_else(|| calendar_difference(&guideline, &guide, &facts, &patient, day))
        {
            panic!("{what}: the plain walker says `{expected}`, the evaluator `{got}`\n{}", case());
        }
        assert!(masks_agree(&guideline, &facts, day, &got), "the way for many patients differs\n{}", case());
        if number == 0 {
            ask_for_more(&mut random, &guideline, &patient, day, &decided, &case);
        }
        if size != Size::Full {
            let better = refined(&mut random, &made.file, &patient);
            let after = of_outcome(&guideline.decide(&read(&guideline, &better), agreement::date(day)).unwrap());
            let changed = settled_that_changed(&got, &after);
            assert!(changed.is_empty(), "{changed:?}\n{}\nthen: {}", case(), yaml(&better));
        }
    }
});

fn read(guideline: &Guideline, patient: &Patient) -> Facts {
    let text = yaml(patient);
    let facts = guideline.facts_from_json(&text).unwrap_or_else(|error| panic!("{error}\n{text}"));
    assert_eq!(Ok(&facts), guideline.facts_from_yaml(&text).as_ref(), "YAML and JSON differ\n{text}");
    facts
}

/// One of the things that can be asked about one patient on one date; what comes back agrees with what was decided.
fn ask_for_more(
    random: &mut Random,
    guideline: &Guideline,
    patient: &Patient,
    day: Day,
    decided: &Outcome,
    case: &dyn Fn() -> String,
) {
    let (date, facts) = (agreement::date(day), &read(guideline, patient));
    match random.below(12) {
        0 => {
            let outcome = guideline.evaluate(facts, date).unwrap();
            assert_eq!(of_outcome(&outcome), of_outcome(decided), "{}", case());
            if let Some(ask) = guideline.ask(facts, date, None).unwrap() {
                let among = outcome.missing.iter().any(|missing| missing.fact == ask.missing.fact);
                assert!(among, "asks for {}, which is not missing\n{}", ask.missing.fact, case());
            }
        }
        1 | 2 => {
            let rules: Vec<&str> = guideline.rules().collect();
            let explanation = guideline.explain(facts, date, random.pick(&rules)).unwrap();
            assert!(!explanation.to_json().is_empty());
            for language in [Language::Swedish, Language::English] {
                assert!(!explanation.to_text(language).is_empty());
            }
        }
        3 | 4 => {
            assert!(!decided.to_json().is_empty());
            for language in [Language::Swedish, Language::English] {
                assert!(!decided.to_text(language).is_empty());
            }
        }
        5 => look_ahead(random, guideline, patient, day, case),
        _ => {}
    }
}

/// A status stays until the day that is said, and on that day it is what is said.
fn look_ahead(random: &mut Random, guideline: &Guideline, patient: &Patient, day: Day, case: &dyn Fn() -> String) {
    // What has no day of its own is taken as true on the day of evaluation, so that day is written down.
    let mut dated = patient.clone();
    for given in dated.facts.values_mut() {
        given.on.get_or_insert(day);
    }
    let facts = read(guideline, &dated);
    let last = day + random.between(0, 500);
    let outlook = guideline.changes_ahead(&facts, agreement::date(day), Some(agreement::date(last))).unwrap();
    assert!(!outlook.to_json().is_empty());
    let bound = guideline.bind(&facts);
    let mut trace = Trace::default();
    let mut days: Vec<Date> = (0..3).map(|_| agreement::date(random.between(day, last))).collect();
    days.extend(outlook.rules.iter().filter_map(|rule| rule.next.as_ref()).map(|next| next.on));
    for on in days.into_iter().filter(|on| *on <= outlook.searched_through) {
        let then = guideline.on(on).unwrap();
        then.evaluate(&bound, &mut trace);
        for (index, name) in guideline.rules().enumerate() {
            let status = then.status(&trace, index).unwrap();
            let rule = outlook.rules.iter().find(|rule| rule.rule == name).unwrap();
            let as_said = match &rule.next {
                Some(next) if next.on == on => {
                    next.status == Some(status) && (status != rule.status || next.outcomes != rule.outcomes)
                }
                Some(next) if next.on < on => true,
                Some(_) | None => status == rule.status,
            };
            assert!(as_said, "{name} is {status:?} on {on}, said: {rule:?}\n{}", case());
        }
    }
}
