//! The leaf conditions that a rule's status rests on, each once, in the order written.

use super::turning::Refinement;
use crate::outcome::reach::{self, Reach};
use crate::program::{Form, Meaning, Program, ReadingId, RuleIndex, StatusTest, Target, TruthId, TruthOp};
use std::collections::HashSet;

/// A condition that is not made of conditions.
#[derive(Debug, Clone)]
pub(super) struct Leaf {
    pub(super) id: TruthId,
    /// Whether the condition as written is the opposite of its cell.
    pub(super) negated: bool,
    /// Where it is written first.
    pub(super) reading: ReadingId,
    pub(super) reach: Reach,
}

/// All that decides a rule.
#[derive(Debug, Clone)]
pub(super) struct Cone {
    pub(super) leaves: Vec<Leaf>,
    pub(super) refinement: Refinement,
}

impl Cone {
    pub(super) fn of(program: &Program, rule: RuleIndex) -> Cone {
        let mut walk = Walk {
            program,
            cone: Cone { leaves: Vec::new(), refinement: Refinement::Stays },
            rules: HashSet::new(),
            readings: HashSet::new(),
            leaves: HashSet::new(),
            left: Vec::new(),
        };
        walk.rule(rule);
        while let Some(reading) = walk.left.pop() {
            if walk.readings.insert(reading) {
                walk.reading(reading);
            }
        }
        walk.cone
    }
}

/// Definitions and rules can name each other in long chains and many times over: each is walked once, without a stack.
struct Walk<'a> {
    program: &'a Program,
    cone: Cone,
    /// Rules that were walked.
    rules: HashSet<Target>,
    readings: HashSet<ReadingId>,
    /// The ids of the cone's leaves.
    leaves: HashSet<TruthId>,
    /// What is still to be walked, the next one last.
    left: Vec<ReadingId>,
}

impl Walk<'_> {
    fn rule(&mut self, rule: RuleIndex) {
        if !self.rules.insert(Target::Rule(rule)) {
            return;
        }
        if let Some(rule) = self.program.rules.get(rule.0 as usize) {
            let conditions = rule.deciding();
            self.left.extend(conditions.iter().rev().map(|condition| condition.reading));
        }
    }

    fn criterion(&mut self, rule: RuleIndex, index: u32) {
        if !self.rules.insert(Target::Criterion(rule, index)) {
            return;
        }
        if let Some(rule) = self.program.rules.get(rule.0 as usize) {
            let conditions = rule.deciding_of_line(index);
            self.left.extend(conditions.iter().rev().map(|condition| condition.reading));
        }
    }

    fn reading(&mut self, id: ReadingId) {
        let Some(reading) = self.program.readings.get(id.0 as usize) else { return };
        match &reading.form {
            Form::All | Form::Any | Form::Not | Form::AtLeast(_) | Form::Choice | Form::Define(_) => {
                self.left.extend(reading.parts.iter().rev());
            }
            Form::Status(target) => {
                if let Meaning::Truth(lit) = reading.meaning {
                    let op = self.program.truths.get(lit.id.0 as usize);
                    if let Some(TruthOp::Status(_, StatusTest::Undetermined)) = op {
                        self.cone.refinement = Refinement::MayChange;
                    }
                }
                match *target {
                    Target::Rule(rule) => self.rule(rule),
                    Target::Criterion(rule, index) => self.criterion(rule, index),
                }
            }
            Form::Leaf | Form::Loop { .. } => self.leaf(id, reading.meaning),
        }
    }

    fn leaf(&mut self, reading: ReadingId, meaning: Meaning) {
        let Meaning::Truth(lit) = meaning else { return };
        let is_constant = matches!(self.program.truths.get(lit.id.0 as usize), Some(TruthOp::Constant(_)) | None);
        if is_constant || !self.leaves.insert(lit.id) {
            return;
        }
        let reach = reach::of_conditions(self.program, [lit.id]);
        self.cone.leaves.push(Leaf { id: lit.id, negated: lit.negated, reading, reach });
    }
}
