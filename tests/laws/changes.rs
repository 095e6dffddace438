//! What would have to change: every set turns the answer, none of its parts does, and no such set is left out.

use crate::agreement::{compile, date};
use crate::generator::{self, Presence, Random, Size};
use crate::reference::{Fact, Patient};
use proptest::prelude::*;
use riktlinje::syntax::ast::{self, Expr, ExprKind, Modality};
use std::collections::{BTreeMap, BTreeSet};

/// `flag_a` or `favourite is red` with what it is now: -1 no, 0 unknown, 1 yes.
type Leaves = BTreeMap<String, i8>;

fn leaf_text(expr: &Expr) -> Option<String> {
    let name = |expr: &Expr| match &expr.kind {
        ExprKind::Path(path) => path[0].value.to_string(),
        other => panic!("{other:?} is not in a small guideline"),
    };
    match &expr.kind {
        ExprKind::Path(_) => Some(name(expr)),
        ExprKind::Compare { left, right, .. } => Some(format!("{} is {}", name(left), name(right))),
        _ => None,
    }
}

/// By Kleene's tables, from the leaves.
fn truth(expr: &Expr, leaves: &Leaves) -> i8 {
    if let Some(text) = leaf_text(expr) {
        return leaves[&text];
    }
    let of = |expr: &Expr| truth(expr, leaves);
    match &expr.kind {
        ExprKind::And { operands, .. } => operands.iter().map(of).min().unwrap(),
        ExprKind::Or { operands, .. } => operands.iter().map(of).max().unwrap(),
        ExprKind::Not(inner) => -of(inner),
        ExprKind::AtLeastOf { count, conditions } => {
            let truths: Vec<i8> = conditions.iter().map(of).collect();
            let at_least = |least: i8| truths.iter().filter(|truth| **truth >= least).count() >= count.value as usize;
            if at_least(1) {
                1
            } else if at_least(0) {
                0
            } else {
                -1
            }
        }
        other => panic!("{other:?} is not in a small guideline"),
    }
}

fn collect(expr: &mut Expr, patient: &Patient, leaves: &mut Leaves) {
    if let Some(text) = leaf_text(expr) {
        let (fact, word) = text.split_once(" is ").map_or((text.as_str(), None), |(fact, word)| (fact, Some(word)));
        let now = match patient.facts.get(fact).map(|given| &given.value) {
            None => 0,
            Some(Fact::YesNo(value)) => 2 * i8::from(*value) - 1,
            Some(Fact::Choice(choice)) => 2 * i8::from(Some(choice.as_str()) == word) - 1,
            Some(other) => panic!("{other:?} is not in a small guideline"),
        };
        leaves.insert(text, now);
        return;
    }
    for child in generator::children(expr) {
        collect(child, patient, leaves);
    }
}

fn is_met(rule: &ast::Eligibility, leaves: &Leaves) -> bool {
    let required = rule.criteria.iter().filter(|criterion| criterion.modality == Modality::Require);
    rule.when.as_ref().is_none_or(|when| truth(when, leaves) == 1)
        && required.into_iter().all(|criterion| truth(&criterion.condition, leaves) == 1)
}

/// Whether turning all of the set, each in some way, makes it met.
fn turns(rule: &ast::Eligibility, leaves: &Leaves, set: &[&String]) -> bool {
    let Some((first, rest)) = set.split_first() else { return is_met(rule, leaves) };
    [-1, 1].into_iter().filter(|turned| leaves[*first] != *turned).any(|turned| {
        let mut leaves = leaves.clone();
        leaves.insert((*first).clone(), turned);
        turns(rule, &leaves, rest)
    })
}

/// All smallest sets.
fn minimal_sets(rule: &ast::Eligibility, leaves: &Leaves) -> Vec<BTreeSet<String>> {
    let names: Vec<&String> = leaves.keys().collect();
    let mut found: Vec<BTreeSet<String>> = Vec::new();
    let mut masks: Vec<u32> = (1..1 << names.len()).collect();
    masks.sort_by_key(|mask| mask.count_ones());
    for mask in masks {
        let set: Vec<&String> = (0..names.len()).filter(|bit| mask >> bit & 1 == 1).map(|bit| names[bit]).collect();
        let named: BTreeSet<String> = set.iter().map(|name| (*name).clone()).collect();
        if !found.iter().any(|smaller| smaller.is_subset(&named)) && turns(rule, leaves, &set) {
            found.push(named);
        }
    }
    found
}

proptest! {
    #![proptest_config(super::cases(300))]

    #[test]
    fn changes_are_minimal_and_turn_the_answer(seed: u64) {
        let mut random = Random::new(seed);
        let mut made = generator::guideline(&mut random, Size::Small);
        let (guideline, text) = compile(&made.file).map_err(TestCaseError::fail)?;
        for _ in 0..5 {
            let patient = generator::patient(&mut random, &made.file, Presence::Gaps);
            let day = date(generator::day(&mut random));
            let facts = guideline.facts_from_json(&generator::yaml(&patient)).unwrap();
            for item in &mut made.file.items {
                let ast::Declaration::Eligibility(rule) = &mut item.declaration else { continue };
                let explanation = guideline.explain(&facts, day, &rule.name.value).unwrap();
                if explanation.status.name() != "not_met" {
                    prop_assert!(explanation.changes.is_empty());
                    continue;
                }
                let mut leaves = Leaves::new();
                if let Some(when) = &mut rule.when {
                    collect(when, &patient, &mut leaves);
                }
                for criterion in &mut rule.criteria {
                    if criterion.modality == Modality::Require {
                        collect(&mut criterion.condition, &patient, &mut leaves);
                    }
                }
                let all = minimal_sets(rule, &leaves);
                let got: Vec<BTreeSet<String>> = explanation
                    .changes
                    .iter()
                    .map(|change| change.conditions.iter().map(|turn| turn.text.clone()).collect())
                    .collect();
                let about = format!("{}\n{text}\n{}\nall: {all:?}", rule.name.value, generator::yaml(&patient));
                prop_assert_eq!(got.len(), all.len().min(5), "{}", about);
                for (change, best) in got.iter().zip(&all) {
                    prop_assert!(all.contains(change), "{:?} is not minimal or does not turn\n{}", change, about);
                    prop_assert_eq!(change.len(), best.len(), "not fewest first\n{}", about);
                }
                prop_assert_eq!(explanation.truncated, all.len() > 5, "{}", about);
            }
        }
    }
}
