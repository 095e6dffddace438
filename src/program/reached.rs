//! Which values are read for which conditions.

use super::{
    Joint, Loop, LoopId, TruthId, TruthOp, ValueId, ValueOp, lits_of, parts_of, value_lits, value_values, values_of,
};
use std::collections::HashSet;

/// The operations of a program, finished or in the making.
#[derive(Debug, Clone, Copy)]
pub(super) struct Operations<'a> {
    pub(super) truths: &'a [TruthOp],
    pub(super) values: &'a [ValueOp],
    pub(super) loops: &'a [Loop],
    pub(super) joints: &'a [Joint],
}

impl Operations<'_> {
    /// The values that are read for some conditions and values, inside loops and behind joint dates, too.
    pub(super) fn reach(&self, mut truths: Vec<TruthId>, mut values: Vec<ValueId>) -> HashSet<ValueId> {
        let mut seen: HashSet<TruthId> = HashSet::new();
        let mut reached: HashSet<ValueId> = HashSet::new();
        let mut seen_loops: HashSet<LoopId> = HashSet::new();
        let mut loops: Vec<LoopId> = Vec::new();
        loop {
            if let Some(id) = truths.pop() {
                if seen.insert(id) {
                    let op = &self.truths[id.0 as usize];
                    truths.extend(lits_of(op).into_iter().map(|lit| lit.id));
                    values.extend(values_of(op));
                    match op {
                        TruthOp::Some(looped)
                        | TruthOp::ExtremeHas(looped)
                        | TruthOp::OfExtremes(looped)
                        | TruthOp::Different(looped) => loops.push(*looped),
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
                        | TruthOp::Status(..)
                        | TruthOp::Settled(_)
                        | TruthOp::ValueKnown(_) => {}
                    }
                }
            } else if let Some(id) = values.pop() {
                if reached.insert(id) {
                    let op = &self.values[id.0 as usize];
                    truths.extend(value_lits(op).into_iter().map(|lit| lit.id));
                    values.extend(value_values(op));
                    if let ValueOp::Count(looped) | ValueOp::SumOf(looped) | ValueOp::Extreme(looped) = op {
                        loops.push(*looped);
                    }
                }
            } else if let Some(id) = loops.pop() {
                if seen_loops.insert(id) {
                    let (lits, more) = parts_of(&self.loops[id.0 as usize]);
                    truths.extend(lits.into_iter().map(|lit| lit.id));
                    values.extend(more);
                }
            } else {
                return reached;
            }
        }
    }
}
