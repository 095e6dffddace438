//! What a rule depends on: its leaves, the steps above them, and everything that is computed for it.

use super::{
    Joint, Loop, LoopId, Program, RuleIndex, Step, Target, TruthId, TruthOp, ValueId, ValueOp, lits_of, parts_of,
    value_lits, value_values, values_of,
};
use std::collections::HashSet;

/// Everything that is computed for a rule, also what other rules' statuses bring with them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Support {
    pub(crate) truths: HashSet<TruthId>,
    pub(crate) values: HashSet<ValueId>,
    pub(crate) loops: HashSet<LoopId>,
    pub(crate) rules: HashSet<RuleIndex>,
}

/// The operations of a program, finished or in the making.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operations<'a> {
    pub(super) truths: &'a [TruthOp],
    pub(super) values: &'a [ValueOp],
    pub(super) loops: &'a [Loop],
    pub(super) joints: &'a [Joint],
}

impl Operations<'_> {
    /// Everything that is read for some conditions and values, inside loops and behind joint dates, too.
    pub(super) fn reach(&self, mut truths: Vec<TruthId>, mut values: Vec<ValueId>) -> Support {
        let mut support = Support::default();
        let mut loops: Vec<LoopId> = Vec::new();
        loop {
            if let Some(id) = truths.pop() {
                if support.truths.insert(id) {
                    let op = &self.truths[id.0 as usize];
                    truths.extend(lits_of(op).into_iter().map(|lit| lit.id));
                    values.extend(values_of(op));
                    match op {
                        TruthOp::Some(looped)
                        | TruthOp::ExtremeHas(looped)
                        | TruthOp::OfExtremes(looped)
                        | TruthOp::Different(looped) => loops.push(*looped),
                        TruthOp::Status(Target::Rule(rule) | Target::Criterion(rule, _), _) => {
                            support.rules.insert(*rule);
                        }
                        TruthOp::Joint(joint) => truths.push(self.joints[joint.0 as usize].condition),
                        TruthOp::Constant(_)
                        | TruthOp::Parameter(_)
                        | TruthOp::Holds(_)
                        | TruthOp::All(_)
                        | TruthOp::AtLeast(..)
                        | TruthOp::Compare(..)
                        | TruthOp::OneOf(..)
                        | TruthOp::Between(..)
                        | TruthOp::During(..)
                        | TruthOp::Apart { .. }
                        | TruthOp::Code(..)
                        | TruthOp::Present(_)
                        | TruthOp::ThereIs(_)
                        | TruthOp::Known(_)
                        | TruthOp::Settled(_)
                        | TruthOp::ValueKnown(_) => {}
                    }
                }
            } else if let Some(id) = values.pop() {
                if support.values.insert(id) {
                    let op = &self.values[id.0 as usize];
                    truths.extend(value_lits(op).into_iter().map(|lit| lit.id));
                    values.extend(value_values(op));
                    if let ValueOp::Count(looped) | ValueOp::SumOf(looped) | ValueOp::Extreme(looped) = op {
                        loops.push(*looped);
                    }
                }
            } else if let Some(id) = loops.pop() {
                if support.loops.insert(id) {
                    let (lits, more) = parts_of(&self.loops[id.0 as usize]);
                    truths.extend(lits.into_iter().map(|lit| lit.id));
                    values.extend(more);
                }
            } else {
                return support;
            }
        }
    }
}

impl Program {
    /// Everything that is computed for a rule.
    pub(crate) fn support(&self, rule: RuleIndex) -> Support {
        let operations =
            Operations { truths: &self.truths, values: &self.values, loops: &self.loops, joints: &self.joints };
        let mut support = Support::default();
        let mut rules = vec![rule];
        while let Some(rule) = rules.pop() {
            if support.rules.insert(rule) {
                let conditions = self.rules[rule.0 as usize].conditions();
                let more = operations.reach(conditions.iter().map(|condition| condition.lit.id).collect(), Vec::new());
                rules.extend(more.rules);
                support.truths.extend(more.truths);
                support.values.extend(more.values);
                support.loops.extend(more.loops);
            }
        }
        support
    }

    /// Whether a condition is made of other conditions, so that its answer follows from theirs.
    pub(crate) fn is_composite(&self, id: TruthId) -> bool {
        matches!(
            self.truths[id.0 as usize],
            TruthOp::All(_) | TruthOp::AtLeast(..) | TruthOp::Settled(_) | TruthOp::Status(..) | TruthOp::Constant(_)
        )
    }

    /// What a rule's status is made of: the leaf conditions (sorted), and the steps that make the status of them, in
    /// order. Setting the leaves among the cells and running the steps gives the status that would follow.
    pub(crate) fn composition(&self, rule: RuleIndex) -> (Vec<TruthId>, Vec<Step>) {
        let mut rules = HashSet::new();
        let mut truths = HashSet::new();
        let mut leaves = Vec::new();
        let mut todo_rules = vec![rule];
        let mut todo: Vec<TruthId> = Vec::new();
        loop {
            if let Some(rule) = todo_rules.pop() {
                if rules.insert(rule) {
                    let conditions = self.rules[rule.0 as usize].conditions();
                    todo.extend(conditions.into_iter().map(|condition| condition.lit.id));
                }
            } else if let Some(id) = todo.pop() {
                if truths.insert(id) {
                    if !self.is_composite(id) {
                        leaves.push(id);
                    }
                    todo.extend(lits_of(&self.truths[id.0 as usize]).into_iter().map(|lit| lit.id));
                    if let TruthOp::Status(Target::Rule(rule) | Target::Criterion(rule, _), _) =
                        self.truths[id.0 as usize]
                    {
                        todo_rules.push(rule);
                    }
                }
            } else {
                break;
            }
        }
        leaves.sort_unstable();
        let wanted = |step: &&Step| match step {
            Step::Truth(id) => truths.contains(id) && self.is_composite(*id),
            Step::Rule(rule) => rules.contains(rule),
            Step::Value(_) => false,
        };
        let steps = self.layout.all_steps.iter().filter(wanted).copied().collect();
        (leaves, steps)
    }
}
