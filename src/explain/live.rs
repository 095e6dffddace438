//! Which leaves can still make a difference to a rule, and what the others have settled so far.

use crate::eval::Cells;
use crate::outcome::CriterionStatus;
use crate::program::{
    Condition, Criterion, Form, Meaning, Modality, Program, Reading, ReadingId, RuleIndex, RuleKind, Target, TruthId,
};
use crate::value::Truth;
use std::collections::HashSet;

/// What is left open of a rule.
pub(super) struct Live {
    /// Conditions that are unknown and can make a difference.
    pub(super) leaves: HashSet<TruthId>,
    /// Which parts are unknown, and what the known ones add: equal residues and equal leaves leave the same to decide.
    pub(super) residue: Vec<u32>,
}

impl Live {
    pub(super) fn of(program: &Program, cells: &Cells, rule: RuleIndex) -> Live {
        let live = Live { leaves: HashSet::new(), residue: Vec::new() };
        let (targets, readings) = (HashSet::new(), HashSet::new());
        let mut walk = Walk { program, cells, live, targets, readings, left: vec![Target::Rule(rule)] };
        while let Some(target) = walk.left.pop() {
            if walk.targets.insert(target) {
                match target {
                    Target::Rule(rule) => walk.rule(rule),
                    Target::Criterion(rule, index) => walk.named_criterion(rule, index),
                }
            }
        }
        walk.live
    }
}

/// Definitions and rules can name each other in long chains and many times over: each is walked once, without a stack.
struct Walk<'a> {
    program: &'a Program,
    cells: &'a Cells,
    live: Live,
    /// What was walked.
    targets: HashSet<Target>,
    readings: HashSet<ReadingId>,
    /// What is still to be walked.
    left: Vec<Target>,
}

impl Walk<'_> {
    fn lit(&self, condition: &Condition) -> Truth {
        self.cells.lit(self.program, condition.lit)
    }

    fn note(&mut self, what: u32) {
        self.live.residue.push(what);
    }

    fn rule(&mut self, rule: RuleIndex) {
        match self.program.rules.get(rule.0 as usize).map(|rule| &rule.kind) {
            Some(RuleKind::Eligibility { when, criteria } | RuleKind::Checklist { when, criteria, .. }) => {
                if let Some(when) = when {
                    self.condition(when);
                }
                let mut worst = (false, false);
                for criterion in criteria.iter().filter(|criterion| criterion.modality == Modality::Require) {
                    match self.cells.criterion(criterion.cell) {
                        CriterionStatus::Met => {}
                        CriterionStatus::Excepted => worst.0 = true,
                        CriterionStatus::NotMet => worst.1 = true,
                        CriterionStatus::Undetermined => self.criterion(criterion),
                    }
                }
                self.note(u32::from(worst.0) + 2 * u32::from(worst.1));
            }
            Some(RuleKind::Recommendation(advice)) => {
                let strengths = advice.strengths.iter().map(|strength| &strength.line);
                for line in strengths.chain(&advice.advise_against).chain(&advice.not_needed) {
                    self.condition(&line.condition);
                }
            }
            Some(
                RuleKind::Task(_)
                | RuleKind::Parallel(_)
                | RuleKind::Schedule(_)
                | RuleKind::Score(_)
                | RuleKind::Proposal(_)
                | RuleKind::Indicator(_),
            ) => {
                let deciding = self.program.rules.get(rule.0 as usize).map(|rule| rule.deciding());
                for condition in deciding.unwrap_or_default() {
                    self.condition(&condition);
                }
            }
            None => {}
        }
    }

    fn criterion(&mut self, criterion: &Criterion) {
        self.condition(&criterion.condition);
        for exception in &criterion.exceptions {
            self.condition(&exception.condition);
        }
    }

    /// A condition of a rule: what it came to, or what is left of it.
    fn condition(&mut self, condition: &Condition) {
        let truth = self.lit(condition);
        self.note(code(truth));
        if truth == Truth::Unknown {
            self.reading(condition.reading);
        }
    }

    /// Only unknown conditions get here.
    fn reading(&mut self, id: ReadingId) {
        let mut left = vec![id];
        while let Some(id) = left.pop() {
            let Some(reading) = self.program.readings.get(id.0 as usize) else { continue };
            // A leaf can be live in one place and settled by others in another, so each unknown part is noted.
            self.note(id.0);
            if !self.readings.insert(id) {
                continue;
            }
            match &reading.form {
                Form::All | Form::Not | Form::Define(_) => {}
                Form::Any | Form::Choice => self.note_parts(reading),
                Form::AtLeast(_) => {
                    let yes = reading.parts.iter().filter(|part| self.truth(**part) == Truth::True).count();
                    self.note(u32::try_from(yes).unwrap_or(u32::MAX));
                }
                Form::Status(target) => {
                    self.left.push(*target);
                    continue;
                }
                Form::Leaf | Form::Loop { .. } => {
                    if let Meaning::Truth(lit) = reading.meaning {
                        self.live.leaves.insert(lit.id);
                    }
                    continue;
                }
            }
            left.extend(reading.parts.iter().rev().filter(|part| self.truth(**part) == Truth::Unknown));
        }
    }

    /// Of `if C then A else B` the known parts count; of an `or` that is unknown they are all no.
    fn note_parts(&mut self, reading: &Reading) {
        let truths: Vec<Truth> = reading.parts.iter().map(|part| self.truth(*part)).collect();
        if truths.contains(&Truth::True) {
            for truth in truths {
                self.note(code(truth));
            }
        }
    }

    fn named_criterion(&mut self, rule: RuleIndex, index: u32) {
        let program = self.program;
        let conditions = program.rules.get(rule.0 as usize).map(|rule| rule.deciding_of_line(index));
        for condition in conditions.unwrap_or_default() {
            self.condition(&condition);
        }
    }

    fn truth(&self, id: ReadingId) -> Truth {
        match self.program.readings.get(id.0 as usize).map(|reading| reading.meaning) {
            Some(Meaning::Truth(lit)) => self.cells.lit(self.program, lit),
            Some(Meaning::Value(_)) | None => Truth::Unknown,
        }
    }
}

fn code(truth: Truth) -> u32 {
    match truth {
        Truth::False => 0,
        Truth::Unknown => 1,
        Truth::True => 2,
    }
}
