//! Makes a failing case smaller: drops rules, lines, operands, facts, records and fields while it still fails.

use crate::generator::{children, with_expression};
use crate::reference::{self, Fact, Patient, Settings};
use riktlinje::syntax::ast::{self, Declaration, Expr, ExprKind, File};
use std::fmt;

#[derive(Clone)]
pub struct Case {
    pub file: File,
    pub settings: Settings,
    pub patient: Patient,
    pub day: reference::Day,
}

/// As somebody who has to mend it wants to read it.
impl fmt::Display for Case {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(f, "{}", super::print(&self.file))?;
        writeln!(f, "set: {}", self.settings)?;
        writeln!(f, "facts: {}", crate::generator::yaml(&self.patient))?;
        write!(f, "as of: {}", reference::day_text(self.day))
    }
}

/// The smallest case found that still `fails`, one change at a time until none helps.
pub fn shrink(mut case: Case, fails: &dyn Fn(&Case) -> bool) -> Case {
    loop {
        let Some(smaller) = smaller_file(&case, fails).or_else(|| smaller_patient(&case, fails)) else { return case };
        case = smaller;
    }
}

fn smaller_patient(case: &Case, fails: &dyn Fn(&Case) -> bool) -> Option<Case> {
    let with = |patient: Patient| {
        let case = Case { patient, ..case.clone() };
        fails(&case).then_some(case)
    };
    for name in case.patient.facts.keys() {
        let mut patient = case.patient.clone();
        patient.facts.remove(name);
        if let Some(found) = with(patient) {
            return Some(found);
        }
        let given = &case.patient.facts[name];
        let mut simpler: Vec<Fact> = Vec::new();
        match &given.value {
            Fact::List(records, completeness) => {
                for index in 0..records.len() {
                    let mut fewer = records.clone();
                    fewer.remove(index);
                    simpler.push(Fact::List(fewer, *completeness));
                    for field in records[index].keys() {
                        let mut fewer = records.clone();
                        fewer[index].remove(field);
                        simpler.push(Fact::List(fewer, *completeness));
                    }
                }
            }
            Fact::Record(fields) => {
                for field in fields.keys() {
                    let mut fewer = fields.clone();
                    fewer.remove(field);
                    simpler.push(Fact::Record(fewer));
                }
            }
            Fact::Date(first, last) if first < last => simpler.push(Fact::Date(*first, *first)),
            _ => {}
        }
        for value in simpler {
            let mut patient = case.patient.clone();
            patient.facts.get_mut(name).unwrap().value = value;
            if let Some(found) = with(patient) {
                return Some(found);
            }
        }
    }
    None
}

fn smaller_file(case: &Case, fails: &dyn Fn(&Case) -> bool) -> Option<Case> {
    let with = |file: File| {
        let case = Case { file, ..case.clone() };
        fails(&case).then_some(case)
    };
    for index in (0..case.file.items.len()).rev() {
        let mut file = case.file.clone();
        let item = file.items.remove(index);
        // The facts of the patient name it; then the fact goes first.
        if let Declaration::Fact(fact) = &item.declaration
            && case.patient.facts.contains_key(&*fact.name.value)
        {
            let mut patient = case.patient.clone();
            patient.facts.remove(&*fact.name.value);
            let case = Case { file, patient, ..case.clone() };
            if fails(&case) {
                return Some(case);
            }
            continue;
        }
        if let Some(found) = with(file) {
            return Some(found);
        }
        for file in without_one_part(&case.file, index) {
            if let Some(found) = with(file) {
                return Some(found);
            }
        }
    }
    if case.settings != Settings::default() {
        let without = Case { settings: Settings::default(), ..case.clone() };
        if fails(&without) {
            return Some(without);
        }
    }
    let mut n = 0;
    loop {
        let mut alternatives = Vec::new();
        with_expression(&case.file, n, |expr| alternatives = smaller_expressions(expr))?;
        for alternative in alternatives {
            let changed = with_expression(&case.file, n, |expr| *expr = alternative)?;
            if let Some(found) = with(changed) {
                return Some(found);
            }
        }
        n += 1;
    }
}

/// The file with one part of one declaration left out.
fn without_one_part(of: &File, index: usize) -> Vec<File> {
    let mut found = Vec::new();
    let mut with = |change: &dyn Fn(&mut Declaration)| {
        let mut file = of.clone();
        change(&mut file.items[index].declaration);
        if file.items[index] != of.items[index] {
            found.push(file);
        }
    };
    match &of.items[index].declaration {
        Declaration::Eligibility(rule) => {
            if rule.when.is_some() {
                with(&|d| {
                    if let Declaration::Eligibility(rule) = d {
                        rule.when = None
                    }
                });
            }
            for line in 0..rule.criteria.len() {
                if rule.criteria.len() > 1 {
                    with(&|d| {
                        if let Declaration::Eligibility(rule) = d {
                            drop(rule.criteria.remove(line))
                        }
                    });
                }
                for exception in 0..rule.criteria[line].exceptions.len() {
                    with(&|d| {
                        if let Declaration::Eligibility(rule) = d {
                            drop(rule.criteria[line].exceptions.remove(exception));
                        }
                    });
                }
            }
        }
        Declaration::Recommend(rule) => {
            if rule.clauses.len() > 1 {
                for clause in 0..rule.clauses.len() {
                    with(&|d| {
                        if let Declaration::Recommend(rule) = d {
                            drop(rule.clauses.remove(clause))
                        }
                    });
                }
            }
            if !rule.excludes.is_empty() {
                with(&|d| {
                    if let Declaration::Recommend(rule) = d {
                        rule.excludes.clear()
                    }
                });
            }
        }
        Declaration::Checklist(rule) => {
            if rule.head.when.is_some() {
                with(&|d| {
                    if let Declaration::Checklist(rule) = d {
                        rule.head.when = None
                    }
                });
            }
            for line in 0..rule.criteria.len() {
                with(&|d| {
                    if let Declaration::Checklist(rule) = d {
                        drop(rule.criteria.remove(line))
                    }
                });
            }
        }
        Declaration::Propose(rule) => {
            if rule.head.when.is_some() {
                with(&|d| {
                    if let Declaration::Propose(rule) = d {
                        rule.head.when = None
                    }
                });
            }
            for row in 0..rule.rows.len() {
                with(&|d| {
                    if let Declaration::Propose(rule) = d {
                        drop(rule.rows.remove(row))
                    }
                });
            }
            if rule.otherwise.is_some() {
                with(&|d| {
                    if let Declaration::Propose(rule) = d {
                        rule.otherwise = None
                    }
                });
            }
        }
        Declaration::Task(rule) => {
            with(&|d| {
                if let Declaration::Task(rule) = d {
                    rule.head.when = None
                }
            });
            if rule.due.is_some() {
                with(&|d| {
                    if let Declaration::Task(rule) = d {
                        rule.due = None
                    }
                });
            }
        }
        Declaration::Parallel(rule) => {
            with(&|d| {
                if let Declaration::Parallel(rule) = d {
                    rule.head.when = None
                }
            });
            for track in 0..rule.tracks.len() {
                with(&|d| {
                    if let Declaration::Parallel(rule) = d {
                        drop(rule.tracks.remove(track))
                    }
                });
                for part in [0, 1, 2] {
                    with(&|d| {
                        if let Declaration::Parallel(rule) = d {
                            let track = &mut rule.tracks[track];
                            match part {
                                0 => track.when = None,
                                1 => track.ended = None,
                                _ => track.declined = None,
                            }
                        }
                    });
                }
            }
        }
        Declaration::Schedule(rule) => {
            let mut less = |change: &dyn Fn(&mut ast::Schedule)| {
                with(&|d| {
                    if let Declaration::Schedule(rule) = d {
                        change(rule)
                    }
                });
            };
            less(&|rule| rule.head.when = None);
            less(&|rule| rule.done_by = None);
            less(&|rule| rule.may_share = None);
            less(&|rule| rule.done_by.iter_mut().for_each(|done_by| done_by.window = None));
            for restart in 0..rule.restarts.len() {
                less(&|rule| drop(rule.restarts.remove(restart)));
            }
            for stop in 0..rule.stops.len() {
                less(&|rule| drop(rule.stops.remove(stop)));
            }
            for phase in 0..rule.phases.len() {
                less(&|rule| drop(rule.phases.remove(phase)));
            }
        }
        Declaration::Score(rule) => {
            with(&|d| {
                if let Declaration::Score(rule) = d {
                    rule.head.when = None
                }
            });
            with(&|d| {
                if let Declaration::Score(rule) = d {
                    rule.given = None
                }
            });
            with(&|d| {
                if let Declaration::Score(rule) = d {
                    rule.bands.clear();
                    rule.bands_at = None;
                }
            });
            for item in 0..rule.items.len() {
                with(&|d| {
                    if let Declaration::Score(rule) = d {
                        drop(rule.items.remove(item))
                    }
                });
            }
        }
        Declaration::Fact(fact) => {
            if fact.valid_for.is_some() {
                with(&|d| {
                    if let Declaration::Fact(fact) = d {
                        fact.valid_for = None
                    }
                });
            }
            for field in 0..fact.fields.len() {
                with(&|d| {
                    if let Declaration::Fact(fact) = d {
                        drop(fact.fields.remove(field))
                    }
                });
            }
        }
        _ => {}
    }
    found
}

/// Parts of an expression that could stand in its place, and itself with an operand or filter less.
fn smaller_expressions(expr: &mut Expr) -> Vec<Expr> {
    let mut found: Vec<Expr> = children(expr).into_iter().map(|child| child.clone()).collect();
    let mut with = |kind: ExprKind| found.push(Expr { kind, span: expr.span });
    let less = |operands: &[Expr]| -> Vec<Vec<Expr>> {
        let mut all = Vec::new();
        for index in 0..operands.len() {
            let mut fewer = operands.to_vec();
            fewer.remove(index);
            if fewer.len() > 1 {
                all.push(fewer);
            }
        }
        all
    };
    match &expr.kind {
        ExprKind::And { operands, layout } => {
            less(operands).into_iter().for_each(|operands| with(ExprKind::And { operands, layout: *layout }));
        }
        ExprKind::Or { operands, layout } => {
            less(operands).into_iter().for_each(|operands| with(ExprKind::Or { operands, layout: *layout }));
        }
        ExprKind::Sums(terms) if terms.len() > 2 => with(ExprKind::Sums(terms[..terms.len() - 1].to_vec())),
        ExprKind::Products(factors) if factors.len() > 2 => {
            with(ExprKind::Products(factors[..factors.len() - 1].to_vec()));
        }
        ExprKind::OneOf { value, polarity, options } => {
            for options in less(options) {
                with(ExprKind::OneOf { value: value.clone(), polarity: *polarity, options });
            }
        }
        _ => {}
    }
    let mut without_filter = expr.clone();
    let list = match &mut without_filter.kind {
        ExprKind::Each(each) => Some(&mut each.list),
        ExprKind::Quantifier(quantifier) => Some(&mut quantifier.list),
        ExprKind::Count { list, .. }
        | ExprKind::Sum { list, .. }
        | ExprKind::Extreme { list, .. }
        | ExprKind::ExtremeHas { list, .. }
        | ExprKind::OfExtremes { list, .. }
        | ExprKind::Different { list, .. } => Some(&mut **list),
        _ => None,
    };
    if list.is_some_and(|list| list.filter.take().is_some()) {
        found.push(without_filter);
    }
    found
}
