//! What to watch in a program: whatever moves with today, where it is read, and what stays until the next day.

use super::Scope;
use crate::program::{JointId, LoopId, Operand, Program, Reads, RuleProgram, Step, TruthId, TruthOp, ValueId, ValueOp};
use crate::value::partial::Partial;
use std::collections::{BTreeMap, BTreeSet};

/// A value that moves with today by more steps than this is taken to turn on each day.
const DEEPEST: u8 = 32;

/// How a value goes with today.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Motion {
    /// It stays from one of the days to the next.
    Still,
    /// Its ends never turn back while today grows; by how many steps it hangs on today.
    Moves(u8),
    /// Anything may happen.
    Free,
}

/// Something that stays as it is until one of the days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(super) enum Watch {
    /// How two values stand to each other; one of them moves.
    Pair(ValueId, ValueId),
    /// Index of the operation: how two dates stand to each other, one of them so much later.
    Apart(TruthId),
    /// What a moving value comes to, for whatever else reads it.
    Value(ValueId),
    /// Options of which some move, against a date that may be known in part.
    Options(ValueId),
    Joint(JointId),
    EachDay,
}

/// What to watch outside loops, or for each record of a loop.
#[derive(Debug, Default)]
pub(super) struct Level {
    pub(super) watches: BTreeSet<Watch>,
    pub(super) loops: BTreeSet<LoopId>,
}

/// What to watch, worked out once for a program and a scope.
#[derive(Debug)]
pub(super) struct Watches {
    pub(super) motion: Vec<Motion>,
    /// What to do on each day: the operations of the scope.
    pub(super) steps: Vec<Step>,
    pub(super) outside: Level,
    pub(super) inside: BTreeMap<LoopId, Level>,
    pub(super) operands: BTreeSet<Operand>,
}

impl Watches {
    pub(super) fn new(program: &Program, scope: Scope<'_>) -> Watches {
        let in_scope = |step: &Step| match step {
            Step::Truth(id) => scope.truths.contains(id),
            Step::Value(id) => scope.values.contains(id),
            Step::Rule(_) => true,
        };
        let steps: Vec<Step> = program.layout.all_steps.iter().copied().filter(in_scope).collect();
        let finder = Finder { program, scope, motion: motions(program) };
        let mut outside = finder.level(&steps, Reads::default());
        // What a rule looks at besides its conditions.
        for values in program.rules.iter().map(RuleProgram::values) {
            if values.iter().all(|value| scope.values.contains(value)) {
                finder.read(&values, &mut outside);
            }
        }
        let mut inside = BTreeMap::new();
        for looped in scope.loops {
            let steps = program.loop_steps[looped.0 as usize].iter().copied().filter(in_scope).collect::<Vec<_>>();
            inside.insert(*looped, finder.level(&steps, program.loops[looped.0 as usize].reads()));
        }
        // A loop in which nothing moves need not be gone through: the inner ones first.
        loop {
            let idle: BTreeSet<LoopId> = inside
                .iter()
                .filter(|(_, level): &(&LoopId, &Level)| level.watches.is_empty() && level.loops.is_empty())
                .map(|(looped, _)| *looped)
                .collect();
            if idle.is_empty() {
                break;
            }
            inside.retain(|looped, _| !idle.contains(looped));
            for level in inside.values_mut() {
                level.loops.retain(|looped| !idle.contains(looped));
            }
        }
        outside.loops.retain(|looped| inside.contains_key(looped));
        Watches { motion: finder.motion, steps, outside, inside, operands: scope.operands.clone() }
    }
}

/// By value; whatever an operation reads has a smaller number.
fn motions(program: &Program) -> Vec<Motion> {
    let mut motions: Vec<Motion> = Vec::with_capacity(program.values.len());
    for op in &program.values {
        let of = |value: &ValueId| motions[value.0 as usize];
        let motion = match op {
            ValueOp::Today => Motion::Moves(0),
            ValueOp::Dates(_) => Motion::Free,
            ValueOp::Shift { anchor, .. } => of(anchor).further(),
            ValueOp::Age { birth: one, on: other, .. } | ValueOp::UnitsBetween { from: one, to: other, .. } => {
                match (of(one), of(other)) {
                    (Motion::Still, motion) | (motion, Motion::Still) => motion.further(),
                    (Motion::Moves(_) | Motion::Free, Motion::Moves(_) | Motion::Free) => Motion::Free,
                }
            }
            // Whatever moves in them is watched itself, so that they stay in between.
            ValueOp::Constant(_)
            | ValueOp::Read(_)
            | ValueOp::Parameter(_)
            | ValueOp::Sum(_)
            | ValueOp::Product(_)
            | ValueOp::Round(..)
            | ValueOp::Narrowed { .. }
            | ValueOp::If { .. }
            | ValueOp::LookUp { .. }
            | ValueOp::Count(_)
            | ValueOp::SumOf(_)
            | ValueOp::Extreme(_)
            | ValueOp::Truth(_) => Motion::Still,
        };
        motions.push(motion);
    }
    motions
}

impl Motion {
    /// Of what is made of it.
    fn further(self) -> Motion {
        match self {
            Motion::Moves(steps) if steps < DEEPEST => Motion::Moves(steps + 1),
            Motion::Moves(_) | Motion::Free => Motion::Free,
            Motion::Still => Motion::Still,
        }
    }
}

struct Finder<'s> {
    program: &'s Program,
    scope: Scope<'s>,
    motion: Vec<Motion>,
}

impl Finder<'_> {
    fn motion(&self, value: ValueId) -> Motion {
        self.motion[value.0 as usize]
    }

    /// What to watch for these operations, and for what a loop reads of each record.
    fn level(&self, steps: &[Step], read: Reads) -> Level {
        let mut level = Level::default();
        self.read(&read.values, &mut level);
        for step in steps {
            let reads = match *step {
                Step::Truth(id) => {
                    let op = &self.program.truths[id.0 as usize];
                    self.truth(id, op, &mut level);
                    op.reads()
                }
                Step::Value(id) => {
                    let op = &self.program.values[id.0 as usize];
                    self.value(op, &mut level);
                    op.reads()
                }
                Step::Rule(_) => continue,
            };
            level.loops.extend(reads.looped.into_iter().filter(|looped| self.scope.loops.contains(looped)));
        }
        level
    }

    /// What reads a moving value otherwise than by comparing it: the value is watched.
    fn read(&self, values: &[ValueId], level: &mut Level) {
        for value in values {
            match self.motion(*value) {
                Motion::Still => {}
                Motion::Moves(_) => {
                    level.watches.insert(Watch::Value(*value));
                }
                Motion::Free => {
                    level.watches.insert(Watch::EachDay);
                }
            }
        }
    }

    fn value(&self, op: &ValueOp, level: &mut Level) {
        match op {
            // They move themselves.
            ValueOp::Shift { .. } | ValueOp::Age { .. } | ValueOp::UnitsBetween { .. } => {}
            ValueOp::Constant(_)
            | ValueOp::Today
            | ValueOp::Read(_)
            | ValueOp::Parameter(_)
            | ValueOp::Sum(_)
            | ValueOp::Product(_)
            | ValueOp::Round(..)
            | ValueOp::Narrowed { .. }
            | ValueOp::If { .. }
            | ValueOp::LookUp { .. }
            | ValueOp::Count(_)
            | ValueOp::SumOf(_)
            | ValueOp::Extreme(_)
            | ValueOp::Dates(_)
            | ValueOp::Truth(_) => self.read(&op.reads().values, level),
        }
    }

    /// An operation that looks at today by itself, not at a value that moves, would have to be watched each day.
    fn truth(&self, id: TruthId, op: &TruthOp, level: &mut Level) {
        match op {
            TruthOp::Compare(left, _, right) | TruthOp::During(left, right) => self.pair(*left, *right, level),
            TruthOp::Between(value, low, high) => {
                self.pair(*value, *low, level);
                self.pair(*value, *high, level);
                self.pair(*low, *high, level);
            }
            TruthOp::OneOf(value, options) => {
                for option in options {
                    self.pair(*value, *option, level);
                    if self.motion(*option) != Motion::Still {
                        level.watches.insert(Watch::Options(*value));
                    }
                }
            }
            TruthOp::Apart { value, duration, anchor, .. } => {
                self.read(&[*duration], level);
                match (self.motion(*value), self.motion(*anchor)) {
                    (Motion::Still, Motion::Still) => {}
                    (Motion::Moves(_), Motion::Still) | (Motion::Still, Motion::Moves(_)) => {
                        level.watches.insert(Watch::Apart(id));
                    }
                    (Motion::Free | Motion::Moves(_), _) | (_, Motion::Free) => {
                        level.watches.insert(Watch::EachDay);
                    }
                }
            }
            TruthOp::Joint(joint) => {
                let again = &self.program.joints[joint.0 as usize].again;
                let moves = |step: &Step| match step {
                    Step::Value(value) => self.motion(*value) != Motion::Still,
                    Step::Truth(_) | Step::Rule(_) => false,
                };
                let condition = self.program.joints[joint.0 as usize].condition;
                let values = self.program.truths[condition.0 as usize].reads().values;
                if again.iter().any(moves) || values.iter().any(|value| self.motion(*value) != Motion::Still) {
                    level.watches.insert(Watch::Joint(*joint));
                }
            }
            // Each day may bring an event or a date.
            TruthOp::Dates { .. } => {
                level.watches.insert(Watch::EachDay);
            }
            // Whether a value is there does not hang on the day that it is.
            TruthOp::Present(_) | TruthOp::ValueKnown(_) => {}
            TruthOp::Constant(_)
            | TruthOp::Parameter(_)
            | TruthOp::Holds(_)
            | TruthOp::All(_)
            | TruthOp::AtLeast(..)
            | TruthOp::Code(..)
            | TruthOp::ThereIs(_)
            | TruthOp::Known(_)
            | TruthOp::Status(..)
            | TruthOp::Settled(_)
            | TruthOp::Some(_)
            | TruthOp::ExtremeHas(_)
            | TruthOp::OfExtremes(_)
            | TruthOp::Different(_) => self.read(&op.reads().values, level),
        }
    }

    fn pair(&self, left: ValueId, right: ValueId, level: &mut Level) {
        match (self.motion(left), self.motion(right)) {
            (Motion::Still, Motion::Still) => {}
            (Motion::Moves(_), Motion::Still) | (Motion::Still, Motion::Moves(_)) => {
                level.watches.insert(Watch::Pair(left, right));
            }
            (Motion::Moves(_), Motion::Moves(_)) if self.keep_pace(left, right) => {}
            (Motion::Free | Motion::Moves(_), _) | (_, Motion::Free) => {
                level.watches.insert(Watch::EachDay);
            }
        }
    }

    /// Whether both are today or so many days (or months) from it: then they always stand alike.
    fn keep_pace(&self, left: ValueId, right: ValueId) -> bool {
        let family = |value: ValueId| {
            let op = &self.program.values[value.0 as usize];
            if let ValueOp::Today = op {
                return Some(None);
            }
            let ValueOp::Shift { anchor, duration, .. } = op else { return None };
            let ValueOp::Constant(constant) = &self.program.values[duration.0 as usize] else { return None };
            let is_today = matches!(self.program.values[anchor.0 as usize], ValueOp::Today);
            let Partial::Duration(duration) = self.program.constants[*constant as usize].partial else { return None };
            is_today.then_some(Some(duration.days().is_some()))
        };
        match (family(left), family(right)) {
            (Some(None), Some(_)) | (Some(_), Some(None)) => true,
            (Some(one), Some(other)) => one == other,
            (None, _) | (_, None) => false,
        }
    }
}
