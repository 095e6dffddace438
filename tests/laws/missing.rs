//! `missing` is what brute force says: a fact is essential when two completions that differ only there give different
//! statuses.

use crate::agreement::{compile, date, reference_answers};
use crate::generator::{self, Presence, Random, Size};
use crate::reference::{Fact, Patient};
use proptest::prelude::*;
use riktlinje::syntax::ast;
use std::collections::{BTreeMap, BTreeSet};

/// Every value of a fact of a small guideline.
fn every_value(ty: &ast::FactType) -> Vec<Fact> {
    match &ty.kind {
        ast::FactTypeKind::YesNo => vec![Fact::YesNo(false), Fact::YesNo(true)],
        ast::FactTypeKind::OneOf(words) => words.iter().map(|word| Fact::Choice(word.value.to_string())).collect(),
        other => panic!("{other:?} is not in a small guideline"),
    }
}

/// The patient with every fact that was not given given in every way.
fn completions(file: &ast::File, patient: &Patient) -> Vec<Patient> {
    let mut all = vec![patient.clone()];
    for item in &file.items {
        let ast::Declaration::Fact(fact) = &item.declaration else { continue };
        if patient.facts.contains_key(&*fact.name.value) {
            continue;
        }
        let values = every_value(&fact.ty);
        let with = |patient: &Patient, value: &Fact| {
            let mut patient = patient.clone();
            patient.set(&fact.name.value, value.clone());
            patient
        };
        all = all
            .iter()
            .flat_map(|patient| values.iter().map(|value| with(patient, value)).collect::<Vec<_>>())
            .collect();
    }
    all
}

/// The answer by rule: of a recommendation without its strength, of a proposal with what is proposed.
fn statuses(file: &ast::File, patient: &Patient, day: crate::reference::Day) -> BTreeMap<String, String> {
    let mut rules: BTreeMap<String, String> = BTreeMap::new();
    let has_no_bands = |score: &str| {
        let mut declared = file.items.iter().map(|item| &item.declaration);
        declared.any(|declared| matches!(declared, ast::Declaration::Score(rule) if rule.bands.is_empty() && format!("score.{}", rule.head.name.value) == score))
    };
    for (what, word) in reference_answers(file, patient, day) {
        match what.split_once(' ') {
            // A conflict is one answer, whichever options contradict each other.
            Some((rule, "certain")) if rules[rule] == "conflict" => {}
            Some((rule, "certain")) => rules.get_mut(rule).unwrap().push_str(&format!(": {word}")),
            // Of a score the band; of one without bands the total.
            Some((score, "possible")) if rules[score] == "banded" => rules.get_mut(score).unwrap().push_str(&word),
            Some((score, "range")) if rules[score] == "banded" && has_no_bands(score) => {
                rules.get_mut(score).unwrap().push_str(&word);
            }
            Some(_) => {}
            None if what.starts_with("define") || what.split('.').count() != 2 => {}
            None => drop(rules.insert(what, word.split(',').next().unwrap_or_default().to_owned())),
        }
    }
    rules
}

fn expected(file: &ast::File, patient: &Patient, day: crate::reference::Day) -> BTreeMap<String, BTreeSet<String>> {
    let all: Vec<(Patient, BTreeMap<String, String>)> = completions(file, patient)
        .into_iter()
        .map(|completion| {
            let statuses = statuses(file, &completion, day);
            (completion, statuses)
        })
        .collect();
    // A conflict is settled, though more options may come to contradict each other.
    let is_settled = |answer: &str| !answer.starts_with("undetermined") && !answer.starts_with("possible_conflict");
    let now = statuses(file, patient, day);
    let mut missing: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (index, (one, before)) in all.iter().enumerate() {
        for (other, after) in &all[..index] {
            let differ: Vec<&String> = one.facts.keys().filter(|name| one.facts[*name] != other.facts[*name]).collect();
            let [fact] = differ.as_slice() else { continue };
            for (rule, status) in before {
                if after[rule] != *status && !is_settled(&now[rule]) {
                    missing.entry((*fact).clone()).or_default().insert(rule.clone());
                }
            }
        }
    }
    missing
}

proptest! {
    #![proptest_config(super::cases(300))]

    #[test]
    fn missing_is_what_brute_force_says(seed: u64) {
        let mut random = Random::new(seed);
        let made = generator::guideline(&mut random, Size::Small);
        let (guideline, text) = compile(&made.file).map_err(TestCaseError::fail)?;
        for _ in 0..5 {
            let patient = generator::patient(&mut random, &made.file, Presence::Gaps);
            let day = generator::day(&mut random);
            let facts = guideline.facts_from_json(&generator::yaml(&patient)).unwrap();
            let outcome = guideline.evaluate(&facts, date(day)).unwrap();
            let got: BTreeMap<String, BTreeSet<String>> =
                outcome.missing.iter().map(|m| (m.fact.clone(), m.settles.iter().cloned().collect())).collect();
            prop_assert_eq!(outcome.missing.len(), got.len(), "a fact is named twice");
            let expected = expected(&made.file, &patient, day);
            prop_assert_eq!(&expected, &got, "{}\n{}", text, generator::yaml(&patient));
            // Asked about one rule, it says the same.
            for rule in guideline.rules().skip(random.below(3)).take(1) {
                let explained = guideline.explain(&facts, date(day), rule).unwrap();
                let of_rule: BTreeSet<&str> = explained.missing.iter().map(|missing| &*missing.fact).collect();
                let wanted = expected.iter().filter(|(_, rules)| rules.contains(rule)).map(|(fact, _)| fact.as_str());
                prop_assert_eq!(wanted.collect::<BTreeSet<_>>(), of_rule, "{}\n{}\n{}", rule, text, generator::yaml(&patient));
            }
        }
    }
}
