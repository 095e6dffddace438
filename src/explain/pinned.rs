//! What would follow if some conditions were otherwise: their cells are set, and all that is made of them is done again.

use crate::eval::Cells;
use crate::outcome::{RuleStatus, Situation};
use crate::program::{Lit, Program, RuleIndex, Step, Target, TruthId, TruthOp};
use crate::value::Truth;
use std::collections::BTreeSet;

/// An evaluation in which some conditions are held.
pub(super) struct Pinned<'a> {
    situation: &'a Situation<'a>,
    ids: Vec<TruthId>,
    /// What is made of the held conditions, in order.
    steps: Vec<Step>,
    cells: Cells,
}

impl<'a> Pinned<'a> {
    pub(super) fn new(situation: &'a Situation<'a>, ids: Vec<TruthId>) -> Pinned<'a> {
        let steps = dependents(situation.program(), &ids);
        Pinned { situation, ids, steps, cells: situation.cells.clone() }
    }

    /// The cells when the held conditions are these, in their order.
    pub(super) fn hold(&mut self, values: impl IntoIterator<Item = Truth>) -> &Cells {
        for (id, value) in self.ids.iter().zip(values) {
            self.cells.set_truth(self.situation.program(), *id, value);
        }
        self.situation.moment.run(&self.steps, self.situation.bound, &mut self.cells);
        &self.cells
    }

    pub(super) fn status(&mut self, values: impl IntoIterator<Item = Truth>, rule: RuleIndex) -> RuleStatus {
        Situation::status(self.hold(values), rule)
    }
}

/// The steps that read one of these conditions, directly or not. Comparisons and lists are leaves, and stay as they are.
fn dependents(program: &Program, ids: &[TruthId]) -> Vec<Step> {
    let mut touched: BTreeSet<TruthId> = ids.iter().copied().collect();
    let mut rules: BTreeSet<RuleIndex> = BTreeSet::new();
    let mut steps = Vec::new();
    for step in &program.layout.all_steps {
        let reads = |lits: &[Lit]| lits.iter().any(|lit| touched.contains(&lit.id));
        let again = match *step {
            Step::Truth(id) if ids.contains(&id) => false,
            Step::Truth(id) => match program.truths.get(id.0 as usize) {
                Some(TruthOp::All(lits) | TruthOp::AtLeast(_, lits)) => reads(lits),
                Some(TruthOp::Settled(lit)) => touched.contains(&lit.id),
                Some(TruthOp::Status(Target::Rule(rule) | Target::Criterion(rule, _), _)) => rules.contains(rule),
                Some(
                    TruthOp::Constant(_)
                    | TruthOp::Parameter(_)
                    | TruthOp::Holds(_)
                    | TruthOp::Compare(..)
                    | TruthOp::OneOf(..)
                    | TruthOp::Between(..)
                    | TruthOp::During(..)
                    | TruthOp::Apart { .. }
                    | TruthOp::Code(..)
                    | TruthOp::Present(_)
                    | TruthOp::ThereIs(_)
                    | TruthOp::Known(_)
                    | TruthOp::ValueKnown(_)
                    | TruthOp::Some(_)
                    | TruthOp::ExtremeHas(_)
                    | TruthOp::OfExtremes(_)
                    | TruthOp::Different(_)
                    | TruthOp::Dates { .. }
                    | TruthOp::Joint(_),
                )
                | None => false,
            },
            Step::Value(_) => false,
            Step::Rule(rule) => {
                let rule_program = program.rules.get(rule.0 as usize);
                let lines = rule_program.map(|rule| rule.conditions()).unwrap_or_default();
                let settled_by = rule_program.map(|rule| rule.settled_by()).unwrap_or_default();
                let again = lines.iter().any(|condition| touched.contains(&condition.lit.id)) || reads(&settled_by);
                if again {
                    rules.insert(rule);
                }
                again
            }
        };
        if again {
            steps.push(*step);
            if let Step::Truth(id) = *step {
                touched.insert(id);
            }
        }
    }
    steps
}
