//! The cells of one evaluation: a truth per condition, what is known of each value, a status per rule.

use crate::program::{LineBit, Lit, Operand, Program, RuleIndex, Shape, Stretch, Target, TruthId, ValueId};
use crate::status::{AdviceStatus, CriterionStatus, RuleStatus};
use crate::value::partial::{FaultKind, Partial};
use crate::value::{Date, Truth};
use std::sync::Arc;

/// Result and trace of one evaluation. Can be used again for another patient without allocating.
#[derive(Clone, Default)]
pub(crate) struct Cells {
    /// What program they are of.
    shape: Option<Arc<Shape>>,
    pub(super) words: Vec<Word>,
    pub(super) values: Vec<Partial>,
    /// Of rules whose status is not just that of one condition.
    rules: Vec<RuleStatus>,
    pub(super) criteria: Vec<CriterionStatus>,
    /// The records that quantifiers are at, outermost first: their list's first field and number.
    pub(super) records: [u32; 2],
    /// Dates held at one day while they are enumerated.
    pub(super) held: Vec<(Operand, Date)>,
    pub(super) faults: Vec<(FaultAt, FaultKind)>,
    pub(super) work: u64,
    /// Scratch of quantifiers over the latest records.
    pub(super) candidates: Vec<super::lists::Candidate>,
    /// By plan.
    pub(super) plans: Vec<super::plans::Dates>,
}

/// 64 conditions: those that are yes, and those that are no.
pub(super) type Word = [u64; 2];

/// Of a rule that is just its one condition, whose yes and no are the lowest bits. Nothing is both.
#[inline]
fn by_line(yes: u64, no: u64) -> RuleStatus {
    RuleStatus::Recommendation(if yes & 1 != 0 {
        AdviceStatus::Recommended
    } else if no & 1 != 0 {
        AdviceStatus::NotApplicable
    } else {
        AdviceStatus::Undetermined
    })
}

/// The statuses of the guideline's own rules in their order, a stretch of them after the other.
#[derive(Clone)]
pub(crate) struct Statuses<'s> {
    stretches: std::slice::Iter<'s, Stretch>,
    cells: &'s Cells,
    /// Of the stretch at hand: how many are left, and the yes and no of their conditions, lowest bit first.
    left: u32,
    yes: u64,
    no: u64,
}

impl Iterator for Statuses<'_> {
    type Item = RuleStatus;

    #[inline]
    fn next(&mut self) -> Option<RuleStatus> {
        if self.left == 0 {
            match *self.stretches.next()? {
                Stretch::Other(rule) => return Some(self.cells.rules[rule as usize]),
                Stretch::Lines(line, count) => {
                    self.left = count;
                    [self.yes, self.no] = self.cells.line(line);
                }
            }
        }
        let status = by_line(self.yes, self.no);
        (self.left, self.yes, self.no) = (self.left - 1, self.yes >> 1, self.no >> 1);
        Some(status)
    }

    /// Without asking before each whether the stretch ends.
    #[inline]
    fn fold<All, Add: FnMut(All, RuleStatus) -> All>(self, start: All, mut add: Add) -> All {
        let mut all = start;
        let lines = |all: All, yes: u64, no: u64, count: u32, add: &mut Add| {
            (0..count).fold(all, |all, place| add(all, by_line(yes >> place, no >> place)))
        };
        all = lines(all, self.yes, self.no, self.left, &mut add);
        for stretch in self.stretches {
            all = match *stretch {
                Stretch::Other(rule) => add(all, self.cells.rules[rule as usize]),
                Stretch::Lines(line, count) => {
                    let [yes, no] = self.cells.line(line);
                    lines(all, yes, no, count, &mut add)
                }
            };
        }
        all
    }
}

/// Says nothing of a patient.
impl std::fmt::Debug for Cells {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Cells")
    }
}

/// Where a fault happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum FaultAt {
    Truth(TruthId),
    Value(ValueId),
    /// A loop that reads nothing of its records.
    Loop(crate::program::LoopId),
}

impl Cells {
    #[inline]
    pub(super) fn reset(&mut self, program: &Program) {
        let shape = &program.layout.shape;
        if self.shape.as_ref().is_none_or(|own| !Arc::ptr_eq(own, shape)) {
            self.make_room(shape);
        }
        // Values and statuses are written before they are read, so what is left of another patient is never seen.
        self.words.copy_from_slice(&shape.start);
        self.forget_dates();
        self.held.clear();
        self.faults.clear();
        self.work = 0;
    }

    #[cold]
    fn make_room(&mut self, shape: &Arc<Shape>) {
        let undetermined = RuleStatus::Recommendation(AdviceStatus::Undetermined);
        *self = Cells {
            words: shape.start.to_vec(),
            values: vec![Partial::Unknown; shape.values],
            rules: vec![undetermined; shape.lines.len()],
            criteria: vec![CriterionStatus::Undetermined; shape.criteria],
            plans: vec![super::plans::Dates::default(); shape.plans],
            shape: Some(Arc::clone(shape)),
            ..Cells::default()
        };
    }

    /// How many records and choices of days were looked at.
    pub(crate) fn work(&self) -> u64 {
        self.work
    }

    /// What is known of a condition.
    #[inline]
    pub(crate) fn truth(&self, program: &Program, id: TruthId) -> Truth {
        let bit = program.layout.bits[id.0 as usize];
        let (word, mask) = ((bit / 64) as usize, 1_u64 << (bit % 64));
        let [yes, no] = self.words[word];
        Truth::from_bounds(yes & mask != 0, no & mask != 0)
    }

    #[inline]
    pub(crate) fn lit(&self, program: &Program, lit: Lit) -> Truth {
        let truth = self.truth(program, lit.id);
        if lit.negated { !truth } else { truth }
    }

    /// Writes what is known of a condition.
    pub(crate) fn set_truth(&mut self, program: &Program, id: TruthId, truth: Truth) {
        let bit = program.layout.bits[id.0 as usize];
        let (word, mask) = ((bit / 64) as usize, 1_u64 << (bit % 64));
        let [yes, no] = &mut self.words[word];
        *yes = (*yes & !mask) | if truth == Truth::True { mask } else { 0 };
        *no = (*no & !mask) | if truth == Truth::False { mask } else { 0 };
    }

    pub(crate) fn value(&self, id: ValueId) -> Partial {
        self.values[id.0 as usize]
    }

    /// The status of a rule, by its place in `Program::rules`.
    #[inline]
    pub(crate) fn rule(&self, rule: usize) -> RuleStatus {
        let line = self.shape.as_ref().and_then(|shape| shape.lines[rule]);
        let Some(line) = line else { return self.rules[rule] };
        let [yes, no] = self.line(line);
        by_line(yes, no)
    }

    /// The statuses of the guideline's own rules, in their order.
    #[inline]
    pub(crate) fn statuses(&self) -> Statuses<'_> {
        let stretches = self.shape.as_ref().map_or(&[][..], |shape| &shape.stretches);
        Statuses { stretches: stretches.iter(), cells: self, left: 0, yes: 0, no: 0 }
    }

    /// The yes and no of a condition, each in the lowest bit, and of those after it in the bits above.
    #[inline]
    fn line(&self, line: LineBit) -> Word {
        let word = self.words[line.side() / 2];
        let wanted = line.side() % 2;
        [word[wanted] >> line.place(), word[1 - wanted] >> line.place()]
    }

    pub(super) fn set_rule(&mut self, rule: RuleIndex, status: RuleStatus) {
        self.rules[rule.0 as usize] = status;
    }

    /// The status of a criterion, by its cell.
    pub(crate) fn criterion(&self, cell: u32) -> CriterionStatus {
        self.criteria[cell as usize]
    }

    /// What could not be computed, in the order it was met, none twice.
    pub(crate) fn faults(&self) -> &[(FaultAt, FaultKind)] {
        &self.faults
    }

    pub(super) fn fault(&mut self, at: FaultAt, kind: FaultKind) {
        if self.faults.len() < 1000 && !self.faults.contains(&(at, kind)) {
            self.faults.push((at, kind));
        }
    }

    /// Whether a status test holds; unknown while its target is undetermined, except a test for that.
    pub(super) fn status(&self, program: &Program, target: Target, test: crate::program::StatusTest) -> Truth {
        super::status::test(self, program, target, test)
    }
}
