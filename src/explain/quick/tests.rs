//! What the masks tell is missing is what the study finds, in the same order.

use super::super::study::Study;
use super::super::tests::{Dice, World};
use super::super::{Explanation, ask_of_all};
use crate::facts::{Facts, Given};
use crate::outcome::Situation;
use crate::value::{Code, FactValue, List, ListCompleteness, Number, Record, System};
use std::sync::Arc;

const DECLARED: &str = "fact a: yes/no\nfact b: yes/no\nfact k: one of x, y, z\nfact n: number\nfact birth_date: date\n\
    fact place: code from county\nfact c: code from ICD-10-SE\nfact xs: list of x, complete\n    ok: yes/no\n    size: number\n\
    fact ds: list of d, complete\n    code: code from ICD-10-SE\n    sure: yes/no\n    seen: date\n";

const LEAVES: &[&str] = &[
    "a",
    "not b",
    "k is x",
    "k is one of x, y",
    "n at least 3",
    "n less than 2",
    "birth_date on or after 2020-01-01",
    "age at least 20 years",
    "age less than 65 years",
    "place is county \"01\"",
    "place is one of county \"01\", county \"03\"",
    "c in F11.2",
    "c in F12",
    "some x in xs has (ok)",
    "no x in xs has (size at least 2)",
    "some x in xs has (ok and size at least 2)",
    "some x in xs has (not ok and size less than 4)",
    "some d in ds has (code in F11)",
    "some d in ds has (code in F12.2 and sure)",
    "no d in ds has (code in F11.2 and sure)",
    "some d in ds has (code in F12.3 and sure)",
    "no d in ds has (code in F12 and sure)",
    "some d in ds has (code in F11.2)",
    // Two conditions on one date are two tables.
    "some d in ds has (seen before 2026-01-01 and seen at least 1 year before today)",
];

fn rules(dice: &mut Dice) -> String {
    let mut text = DECLARED.to_owned();
    for number in 0..1 + dice.roll(4) {
        let count = 1 + dice.roll(4);
        let leaves: Vec<&str> = (0..count).map(|_| dice.of(LEAVES)).collect();
        let joined = leaves.join(if dice.roll(4) == 0 { " or " } else { " and " });
        text += &format!(
            "recommend r{number}\n    our interpretation \"x\"\n    should when {joined}\n    text en \"x\"\n"
        );
    }
    text
}

fn facts(dice: &mut Dice) -> Facts {
    let truth = |dice: &mut Dice| FactValue::Truth(dice.roll(2) == 0);
    let number = |dice: &mut Dice| FactValue::Number(Number::from(dice.roll(6) as i64));
    let code = |dice: &mut Dice, system, codes: &[&str]| FactValue::Code(Code::new(system, dice.of(codes)).unwrap());
    let mut facts = Facts::default();
    for name in ["a", "b", "k", "n", "birth_date", "place", "c", "xs", "ds"] {
        if dice.roll(5) < 2 {
            continue;
        }
        let records = |dice: &mut Dice, fields: &[&str; 2], of: &dyn Fn(&mut Dice) -> FactValue| {
            let mut records = Vec::new();
            for _ in 0..dice.roll(4) {
                let mut record = Record::default();
                if dice.roll(3) > 0 {
                    record.fields.insert(fields[0].into(), of(dice));
                }
                if dice.roll(3) > 0 {
                    let other = if fields[1] == "size" { number(dice) } else { truth(dice) };
                    record.fields.insert(fields[1].into(), other);
                }
                records.push(record);
            }
            FactValue::List(List { records, completeness: ListCompleteness::AsDeclared })
        };
        let value = match name {
            "a" | "b" => truth(dice),
            "k" => FactValue::Choice(dice.of(&["x", "y", "z"]).into()),
            "n" => number(dice),
            "birth_date" => {
                FactValue::Date(dice.of(&["1950-01-01", "2000-01-01", "2021-01-01", "1961"]).parse().unwrap())
            }
            "place" => code(dice, System::County, &["01", "03", "14"]),
            "c" => code(dice, System::Icd10Se, &["F11.2", "F12.2", "F11", "J45.9"]),
            "xs" => records(dice, &["ok", "size"], &truth),
            _ => records(dice, &["code", "sure"], &|dice| {
                code(dice, System::Icd10Se, &["F11.2", "F12.2", "F11", "J45.9"])
            }),
        };
        facts.given.insert(name.into(), Given { value, on: None, source: None });
    }
    facts
}

/// Of each rule by itself the masks' answer is told, too, also where the study of that rule would say something else.
fn one_rule_misses_what_the_outcome_says(situation: &Situation<'_>, text: &str) {
    let essentials = Arc::new(super::essentials(situation.moment, situation.sources));
    let told = super::missing(situation, &essentials).unwrap();
    for rule in situation.rules() {
        let explained = Explanation::of(situation, rule, || Some(Arc::clone(&essentials)));
        let of_rule = told.iter().filter(|missing| missing.settles.contains(&rule));
        let mut of_rule: Vec<&str> = of_rule.map(|missing| &*missing.fact).collect();
        let mut found: Vec<&str> = explained.missing.iter().map(|missing| &*missing.fact).collect();
        assert_eq!(explained.ask.as_ref().map(|ask| &*ask.missing.fact), found.first().copied());
        of_rule.sort_unstable();
        found.sort_unstable();
        assert_eq!(of_rule, found, "{text}");
    }
    let ask = ask_of_all(situation, || Some(essentials));
    assert_eq!(ask.map(|ask| ask.missing), told.into_iter().next().map(|missing| missing.told(situation)));
}

#[test]
fn the_masks_tell_what_the_study_finds() {
    let mut dice = Dice(23);
    let (mut told, mut several, mut short) = (0, 0, 0);
    for round in 0..400 {
        let text = rules(&mut dice);
        let world = World::new(&text);
        for _ in 0..3 {
            let facts = facts(&mut dice);
            world.with(&facts, |situation, _| {
                if !super::may_tell(situation) {
                    return;
                }
                let essentials = super::essentials(situation.moment, situation.sources);
                let Some(quick) = super::missing(situation, &essentials) else { return };
                one_rule_misses_what_the_outcome_says(situation, &text);
                let study = Study::new(situation, &situation.rules());
                let findings = study.findings();
                let names = |missing: Vec<super::super::Wanted<'_>>| -> Vec<String> {
                    missing.into_iter().map(|missing| format!("{} {:?}", missing.fact, missing.settles)).collect()
                };
                let (mut quick, mut slow) = (names(quick), names(findings.missing));
                told += 1;
                several += usize::from(slow.len() > 1);
                if study.is_short() || findings.truncated {
                    short += 1;
                    quick.sort();
                    slow.sort();
                    if findings.truncated {
                        return;
                    }
                }
                assert_eq!(quick, slow, "round {round}\n{text}\ngiven {facts:?}");
            });
        }
    }

    assert!(told > 300 && several > 100 && short < told / 2, "{told} {several} {short}");
}
