//! What came of running cases, and which answers of a guideline they show.

use super::compare::difference;
use super::expect::{Expectation, Wanted};
use super::subjects::subjects;
use super::{Case, Cases};
use crate::error::Error;
use crate::explain::Explanation;
use crate::facts::Facts;
use crate::guideline::{BoundFacts, Guideline, OnDate, Trace};
use crate::outcome::{FilePlace, Outcome};
use crate::value::Date;
use std::collections::{BTreeMap, BTreeSet};

/// What the cases of one file came to.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CasesReport {
    /// The guideline's name.
    pub guideline: String,
    /// The file of the cases.
    pub file: String,
    /// In the order of the file, a case on several dates once for each of them.
    pub cases: Vec<CaseResult>,
    /// What the cases that came out as expected show of the guideline.
    pub coverage: Coverage,
}

/// One case on one date.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CaseResult {
    /// Its name.
    pub name: String,
    /// Where it stands.
    pub place: FilePlace,
    /// The date of evaluation.
    pub as_of: Date,
    /// The rows of the inventory that it shows.
    pub covers: Vec<String>,
    /// What came out otherwise, in the order in which it was expected. Empty for a case that passed.
    pub differences: Vec<Difference>,
    /// Of each rule with a difference, why it came out as it did.
    pub explanations: Vec<Explanation>,
    /// Why there is no outcome at all, where there is none.
    pub error: Option<String>,
}

/// One expectation that was not fulfilled.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Difference {
    /// The key of `expect`.
    pub id: String,
    /// What was expected, as text.
    pub expected: String,
    /// What came, as text.
    pub found: String,
    /// Where it is expected.
    pub place: FilePlace,
}

/// Which statuses of a guideline's rules and criteria its cases show.
///
/// A case counts only for what its `expect` names, and only where that came out.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Coverage {
    /// The guideline's name.
    pub guideline: String,
    /// In the order of the outcome: each rule, an eligibility followed by its criteria.
    pub lines: Vec<CoverageLine>,
    /// Rows of the inventory that passed cases cover, in order.
    pub rows: BTreeSet<String>,
}

/// What is seen of one rule or criterion.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct CoverageLine {
    /// `eligibility.laro`, `eligibility.laro.age`, `recommend.naloxone`.
    pub id: String,
    /// The statuses that it can have, in the order of the documentation.
    pub statuses: Vec<StatusSeen>,
}

/// One status that a rule or criterion can have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct StatusSeen {
    /// As in the outcome, `not_met`.
    pub status: String,
    /// How many cases (and dates) show it.
    pub cases: u32,
}

impl CaseResult {
    /// Whether everything came out as expected.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.differences.is_empty() && self.error.is_none()
    }
}

impl CasesReport {
    /// Whether all cases passed.
    #[must_use]
    pub fn passed(&self) -> bool {
        self.cases.iter().all(CaseResult::passed)
    }
}

impl Coverage {
    /// Adds what other cases of the same guideline show.
    pub fn add(&mut self, other: &Coverage) {
        let others: BTreeMap<&str, &CoverageLine> =
            other.lines.iter().rev().map(|line| (line.id.as_str(), line)).collect();
        for line in &mut self.lines {
            let Some(more) = others.get(line.id.as_str()) else { continue };
            for seen in &mut line.statuses {
                let more = more.statuses.iter().find(|more| more.status == seen.status);
                seen.cases += more.map_or(0, |more| more.cases);
            }
        }
        self.rows.extend(other.rows.iter().cloned());
    }

    /// The statuses that no case shows, each with its rule or criterion.
    pub fn unseen(&self) -> impl Iterator<Item = (&str, &str)> {
        self.lines.iter().flat_map(|line| {
            let unseen = line.statuses.iter().filter(|seen| seen.cases == 0);
            unseen.map(|seen| (line.id.as_str(), seen.status.as_str()))
        })
    }
}

/// Runs every case on each of its dates.
pub(super) fn run(cases: &Cases, guideline: &Guideline) -> CasesReport {
    let mut seen: BTreeMap<(Box<str>, Box<str>), u32> = BTreeMap::new();
    let mut rows = BTreeSet::new();
    let mut results = Vec::new();
    let mut desk = Desk::default();
    for case in &cases.cases {
        let changed = with_parameters(case, guideline);
        let mut desk_of_case = Desk::default();
        for as_of in case.as_of.iter().copied() {
            let result = changed.as_ref().map_err(Error::to_string).and_then(|changed| {
                let own = changed.as_ref().unwrap_or(guideline);
                if let Some(many) = &case.many {
                    let found = many.differences(own, as_of).map_err(|error| error.to_string())?;
                    return Ok((found, Vec::new()));
                }
                let outcome = match changed {
                    Some(changed) => desk_of_case.outcome(changed, case, as_of),
                    None => desk.outcome(guideline, case, as_of),
                };
                let outcome = outcome.map_err(|error| error.to_string())?;
                Ok(judge(case, own, as_of, &outcome, &mut seen))
            });
            let blank = CaseResult {
                name: case.name.to_string(),
                place: case.place.clone(),
                as_of,
                covers: case.covers.iter().map(ToString::to_string).collect(),
                differences: Vec::new(),
                explanations: Vec::new(),
                error: None,
            };
            let result = match result {
                Ok((differences, explanations)) => CaseResult { differences, explanations, ..blank },
                Err(error) => CaseResult { error: Some(error), ..blank },
            };
            if result.passed() {
                rows.extend(result.covers.iter().cloned());
            }
            results.push(result);
        }
    }
    let lines = subjects(guideline.meant()).into_iter().map(|subject| {
        let count = |status: &str| seen.get(&(subject.id.as_str().into(), status.into())).copied().unwrap_or(0);
        let statuses = subject.statuses.iter();
        let statuses = statuses.map(|status| StatusSeen { status: status.to_string(), cases: count(status) }).collect();
        CoverageLine { id: subject.id, statuses }
    });
    CasesReport {
        guideline: cases.guideline.to_string(),
        file: cases.file.to_string(),
        coverage: Coverage { guideline: cases.guideline.to_string(), lines: lines.collect(), rows },
        cases: results,
    }
}

/// How much of an outcome a case looks at. The whole costs the more the larger the guideline is, and what is missing takes
/// a study of its own.
enum Asked<'a> {
    /// These rules and their lines, by their full names, none twice.
    Rules(Vec<&'a str>),
    Whole,
    Missing,
}

fn asked(expect: &[Expectation]) -> Asked<'_> {
    let mut rules = BTreeSet::new();
    let mut whole = false;
    for expectation in expect {
        match (&expectation.wanted, expectation.wanted.rule()) {
            (Wanted::Missing(_), _) => return Asked::Missing,
            (_, Some(rule)) => {
                rules.insert(rule);
            }
            (_, None) => whole = true,
        }
    }
    if whole { Asked::Whole } else { Asked::Rules(rules.into_iter().collect()) }
}

/// What the last case needed and the next may need again: its date, prepared, and room to evaluate in.
#[derive(Default)]
struct Desk<'a> {
    prepared: Option<(OnDate<'a>, &'a Guideline)>,
    bound: BoundFacts,
    trace: Trace,
}

impl<'a> Desk<'a> {
    /// As much of the outcome as the case looks at.
    fn outcome(&mut self, guideline: &'a Guideline, case: &Case, as_of: Date) -> Result<Outcome, Error> {
        match asked(&case.expect) {
            Asked::Rules(rules) => self.about(guideline, &case.facts, as_of, &rules),
            Asked::Whole => guideline.decide(&case.facts, as_of),
            Asked::Missing => guideline.evaluate(&case.facts, as_of),
        }
    }

    fn about(
        &mut self,
        guideline: &'a Guideline,
        facts: &Facts,
        as_of: Date,
        rules: &[&str],
    ) -> Result<Outcome, Error> {
        let serving = guideline.serving(facts, as_of)?;
        let on_date = match self.prepared.take() {
            Some((on_date, of)) if on_date.date() == as_of && std::ptr::eq(of, serving) => on_date,
            Some(_) | None => serving.on(as_of)?,
        };
        serving.bind_into(facts, &mut self.bound);
        on_date.evaluate(&self.bound, &mut self.trace);
        let outcome = on_date.outcome(facts, &self.bound, &self.trace).about(rules);
        self.prepared = Some((on_date, serving));
        Ok(outcome)
    }
}

/// The guideline with what a case sets; `None` where it sets nothing.
fn with_parameters(case: &Case, guideline: &Guideline) -> Result<Option<Guideline>, Error> {
    if case.set.is_empty() && case.seed.is_none() {
        return Ok(None);
    }
    let mut guideline = guideline.clone();
    for (name, value) in &case.set {
        guideline = guideline.set_parameter(name, value)?;
    }
    if let Some(seed) = &case.seed {
        guideline = guideline.with_seed(seed);
    }
    Ok(Some(guideline))
}

/// What came out otherwise, and why the rules concerned came out as they did. Counts what came out as expected.
fn judge(
    case: &Case,
    guideline: &Guideline,
    as_of: Date,
    outcome: &Outcome,
    seen: &mut BTreeMap<(Box<str>, Box<str>), u32>,
) -> (Vec<Difference>, Vec<Explanation>) {
    let mut differences = Vec::new();
    let mut rules: Vec<&str> = Vec::new();
    for expectation in &case.expect {
        match difference(expectation, &case.expect, outcome) {
            Some(difference) => {
                differences.push(difference);
                rules.extend(
                    rules_to_explain(expectation, &case.expect)
                        .filter(|rule| !rules.contains(rule))
                        .collect::<Vec<_>>(),
                );
            }
            None => {
                if let Wanted::Status { id, status, .. } = &expectation.wanted {
                    *seen.entry((id.clone(), status.clone())).or_default() += 1;
                }
            }
        }
    }
    let explain = |rule: &&str| guideline.explain(&case.facts, as_of, rule).ok();
    (differences, rules.iter().filter_map(explain).collect())
}

/// The rule that an expectation names; for `missing` those that its case names.
fn rules_to_explain<'a>(expectation: &'a Expectation, all: &'a [Expectation]) -> impl Iterator<Item = &'a str> {
    let (own, others): (Option<&str>, &[Expectation]) = match &expectation.wanted {
        Wanted::Status { .. }
        | Wanted::Detail { .. }
        | Wanted::ReferTo { .. }
        | Wanted::Strength { .. }
        | Wanted::Priority { .. } => (expectation.wanted.rule(), &[]),
        Wanted::Missing(_) => (None, all),
        Wanted::Value { .. } | Wanted::Conflicts(_) | Wanted::Broken(_) | Wanted::Faults(_) | Wanted::Verified(_) => {
            (None, &[])
        }
    };
    own.into_iter().chain(others.iter().filter_map(|expectation| expectation.wanted.rule()))
}
