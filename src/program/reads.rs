//! What an operation reads: its parts, found in one place for everything that walks a program.

use super::{Joint, JointId, Lit, Loop, LoopBody, LoopId, Operand, TruthId, TruthOp, ValueId, ValueOp};
use std::collections::HashSet;

/// The parts of an operation, in the order it names them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reads {
    pub(crate) lits: Vec<Lit>,
    pub(crate) values: Vec<ValueId>,
    pub(crate) operand: Option<Operand>,
    pub(crate) looped: Vec<LoopId>,
    pub(crate) joint: Option<JointId>,
}

impl Reads {
    fn lits(lits: impl Into<Vec<Lit>>) -> Reads {
        Reads { lits: lits.into(), ..Reads::default() }
    }

    fn values(values: impl Into<Vec<ValueId>>) -> Reads {
        Reads { values: values.into(), ..Reads::default() }
    }

    fn operand(operand: Operand) -> Reads {
        Reads { operand: Some(operand), ..Reads::default() }
    }

    fn looped(looped: LoopId) -> Reads {
        Reads { looped: vec![looped], ..Reads::default() }
    }
}

impl TruthOp {
    pub(crate) fn reads(&self) -> Reads {
        match self {
            TruthOp::Constant(_) | TruthOp::Parameter(_) | TruthOp::Status(..) => Reads::default(),
            TruthOp::Holds(operand) | TruthOp::ThereIs(operand) | TruthOp::Known(operand) => Reads::operand(*operand),
            TruthOp::All(lits) | TruthOp::AtLeast(_, lits) => Reads::lits(lits.to_vec()),
            TruthOp::Settled(lit) => Reads::lits([*lit]),
            TruthOp::Compare(left, _, right) => Reads::values([*left, *right]),
            TruthOp::OneOf(value, options) => {
                Reads::values(std::iter::once(*value).chain(options.iter().copied()).collect::<Vec<_>>())
            }
            TruthOp::Between(value, low, high) => Reads::values([*value, *low, *high]),
            TruthOp::During(value, period) => Reads::values([*value, *period]),
            TruthOp::Apart { value, duration, anchor, .. } => Reads::values([*value, *duration, *anchor]),
            TruthOp::Code(value, _) | TruthOp::Present(value) | TruthOp::ValueKnown(value) => Reads::values([*value]),
            TruthOp::Some(looped)
            | TruthOp::ExtremeHas(looped)
            | TruthOp::OfExtremes(looped)
            | TruthOp::Different(looped) => Reads::looped(*looped),
            TruthOp::Dates { values, loops, .. } => {
                Reads { values: values.to_vec(), looped: loops.to_vec(), ..Reads::default() }
            }
            TruthOp::Joint(joint) => Reads { joint: Some(*joint), ..Reads::default() },
        }
    }
}

impl ValueOp {
    pub(crate) fn reads(&self) -> Reads {
        match self {
            ValueOp::Constant(_) | ValueOp::Today | ValueOp::Parameter(_) => Reads::default(),
            ValueOp::Read(operand) => Reads::operand(*operand),
            ValueOp::Age { birth, on, .. } => Reads::values([*birth, *on]),
            ValueOp::Sum(parts) | ValueOp::Product(parts) => {
                Reads::values(parts.iter().map(|(value, _)| *value).collect::<Vec<_>>())
            }
            ValueOp::Shift { anchor, duration, .. } => Reads::values([*anchor, *duration]),
            ValueOp::UnitsBetween { from, to, .. } => Reads::values([*from, *to]),
            ValueOp::Round(value, _) => Reads::values([*value]),
            ValueOp::Narrowed { value, by } => Reads::values([*value, *by]),
            ValueOp::If { arms, otherwise } => Reads {
                lits: arms.iter().map(|(lit, _)| *lit).collect(),
                values: arms.iter().map(|(_, value)| *value).chain([*otherwise]).collect(),
                ..Reads::default()
            },
            ValueOp::LookUp { key, otherwise, .. } => Reads::values([*key, *otherwise]),
            ValueOp::Count(looped) | ValueOp::SumOf(looped) | ValueOp::Extreme(looped) => Reads::looped(*looped),
            ValueOp::Dates(counted) => {
                Reads { lits: vec![counted.when, counted.known], values: counted.window.values(), ..Reads::default() }
            }
            ValueOp::Truth(lit) => Reads::lits([*lit]),
        }
    }
}

impl Loop {
    /// What it reads for each record.
    pub(crate) fn reads(&self) -> Reads {
        let mut reads = Reads::lits(self.filter.into_iter().collect::<Vec<_>>());
        match &self.body {
            LoopBody::Condition(body) => reads.lits.extend(*body),
            LoopBody::Value(value) | LoopBody::Days(value) => reads.values.push(*value),
            LoopBody::Extreme { by, .. } => reads.values.push(*by),
            LoopBody::ExtremeHas { by, body, .. } | LoopBody::OfExtremes { by, body, .. } => {
                reads.values.push(*by);
                reads.lits.push(*body);
            }
            LoopBody::Different { field, within, .. } => {
                reads.values.push(*field);
                reads.values.extend(within.iter().flat_map(|(by, duration)| [*by, *duration]));
            }
        }
        reads
    }
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
    /// The values that are read for some conditions and values, inside loops and behind joint dates, too.
    pub(super) fn reach(&self, reads: Reads) -> HashSet<ValueId> {
        let mut truths: HashSet<TruthId> = HashSet::new();
        let mut values: HashSet<ValueId> = HashSet::new();
        let mut loops: HashSet<LoopId> = HashSet::new();
        let mut todo = vec![reads];
        while let Some(reads) = todo.pop() {
            let joint = reads.joint.map(|joint| self.joints[joint.0 as usize].condition);
            for id in reads.lits.iter().map(|lit| lit.id).chain(joint) {
                if truths.insert(id) {
                    todo.push(self.truths[id.0 as usize].reads());
                }
            }
            for id in reads.values {
                if values.insert(id) {
                    todo.push(self.values[id.0 as usize].reads());
                }
            }
            for id in reads.looped {
                if loops.insert(id) {
                    todo.push(self.loops[id.0 as usize].reads());
                }
            }
        }
        values
    }
}
