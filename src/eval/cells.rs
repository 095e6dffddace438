//! The cells of one evaluation: a truth per condition, what is known of each value, a status per rule.

use crate::program::{Lit, Operand, Program, Target, TruthId, ValueId};
use crate::status::{AdviceStatus, CriterionStatus, RuleStatus};
use crate::value::partial::{FaultKind, Partial};
use crate::value::{Date, Truth};

/// Result and trace of one evaluation. Can be used again for another patient without allocating.
#[derive(Clone, Default)]
pub(crate) struct Cells {
    pub(super) yes: Vec<u64>,
    pub(super) no: Vec<u64>,
    pub(super) values: Vec<Partial>,
    pub(super) rules: Vec<RuleStatus>,
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
    pub(super) fn reset(&mut self, program: &Program) {
        let words = program.truths.len().div_ceil(64);
        self.yes.clear();
        self.yes.resize(words, 0);
        self.no.clear();
        self.no.resize(words, 0);
        // Values are written before they are read, so what is left of another patient is never seen.
        self.values.resize(program.values.len(), Partial::Unknown);
        self.rules.resize(program.rules.len(), RuleStatus::Recommendation(AdviceStatus::Undetermined));
        self.criteria.resize(program.criteria as usize, CriterionStatus::Undetermined);
        self.forget_dates(program);
        self.held.clear();
        self.faults.clear();
        self.work = 0;
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
        Truth::from_bounds(self.yes[word] & mask != 0, self.no[word] & mask != 0)
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
        let (yes, no) = (truth == Truth::True, truth == Truth::False);
        self.yes[word] = (self.yes[word] & !mask) | if yes { mask } else { 0 };
        self.no[word] = (self.no[word] & !mask) | if no { mask } else { 0 };
    }

    pub(crate) fn value(&self, id: ValueId) -> Partial {
        self.values[id.0 as usize]
    }

    /// The status of a rule, by its place in `Program::rules`.
    pub(crate) fn rule(&self, rule: usize) -> RuleStatus {
        self.rules[rule]
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
