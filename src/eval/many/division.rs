//! A program divided: what is done for 64 patients to a word, and what is left to do one patient at a time.

use super::conditions::{Advice, Criteria, CriterionSets, Operation, Sides};
use super::{Plane, RuleSets, statuses};
use crate::program::{
    Lit, Operand, Program, Reads, RuleIndex, RuleKind, StatusTest, Step, Strength, Target, TruthId, TruthOp, ValueId,
};
use crate::value::Truth;
use std::collections::HashSet;

/// What is done how.
#[derive(Debug, Clone, Default)]
pub(crate) struct Division {
    /// By condition: where the set of those who pass it lies, before that of those who do not. Not of those that are
    /// settled one patient at a time.
    planes: Vec<Option<Plane>>,
    /// In this order, after classified conditions.
    pub(super) operations: Vec<Operation>,
    /// One patient at a time, in this order.
    pub(super) steps: Vec<Step>,
    /// What those steps read of the facts themselves.
    pub(super) reads: HashSet<Operand>,
    /// By rule of the program.
    pub(super) rules: Vec<RuleSets>,
    /// Rules of which the steps find the status.
    pub(super) noted: Vec<RuleIndex>,
    /// Conditions that the steps settle and indicators count by, with their sets.
    pub(super) noted_conditions: Vec<(TruthId, Plane)>,
    /// By rule of the program: the sets of its criteria.
    criteria: Vec<Vec<CriterionSets>>,
    /// How many sets there are.
    pub(super) count: usize,
}

impl Division {
    /// `is_classified` says of a slot or list whether its classified conditions are settled by its columns.
    pub(crate) fn new(program: &Program, is_classified: impl Fn(Operand) -> bool) -> Division {
        let mut division = Division { planes: vec![None; program.truths.len()], ..Division::default() };
        for block in &program.layout.blocks {
            if is_classified(Operand::Slot(block.slot)) {
                for atom in &block.atoms {
                    division.place(*atom);
                }
            }
        }
        for pass in &program.layout.passes {
            if is_classified(Operand::List(pass.list)) {
                for passed in &pass.loops {
                    division.place(passed.id);
                }
            }
        }
        for rule in &program.rules {
            division.rules.push(RuleSets { sets: Vec::new(), otherwise: statuses(&rule.kind).0 });
            division.criteria.push(Vec::new());
        }
        let mut left = Vec::new();
        for step in &program.layout.all_steps {
            let done = match *step {
                Step::Truth(id) => {
                    division.planes[id.0 as usize].is_some() || division.condition(program, id).is_some()
                }
                Step::Rule(rule) => division.rule(program, rule).is_some(),
                Step::Value(_) => false,
            };
            if !done {
                left.push(*step);
            }
        }
        division.leave(program, &left);
        division
    }

    /// Where the two sets of a condition lie.
    pub(super) fn plane(&self, id: TruthId) -> Option<Plane> {
        self.planes[id.0 as usize]
    }

    fn place(&mut self, id: TruthId) -> Plane {
        let plane = self.sets(2);
        self.planes[id.0 as usize] = Some(plane);
        plane
    }

    fn sets(&mut self, count: usize) -> Plane {
        let first = self.count as Plane;
        self.count += count;
        first
    }

    /// `None` where it is settled one patient at a time, and no indicator counts by it.
    pub(super) fn sides(&self, lit: Lit) -> Option<Sides> {
        let plane = self.plane(lit.id)?;
        Some(if lit.negated { Sides { yes: plane + 1, no: plane } } else { Sides { yes: plane, no: plane + 1 } })
    }

    fn all_sides(&self, lits: impl IntoIterator<Item = Lit>) -> Option<Vec<Sides>> {
        lits.into_iter().map(|lit| self.sides(lit)).collect()
    }

    fn condition(&mut self, program: &Program, id: TruthId) -> Option<()> {
        let operation = match &program.truths[id.0 as usize] {
            TruthOp::All(lits) => Operation::All { plane: 0, of: self.all_sides(lits.iter().copied())? },
            TruthOp::AtLeast(count, lits) => {
                Operation::AtLeast { plane: 0, count: *count, of: self.all_sides(lits.iter().copied())? }
            }
            TruthOp::Constant(truth) => Operation::Constant { plane: 0, truth: *truth },
            // Nobody sets one for a patient.
            TruthOp::Parameter(_) => Operation::Constant { plane: 0, truth: Truth::Unknown },
            TruthOp::Settled(lit) => Operation::Settled { plane: 0, of: self.sides(*lit)? },
            TruthOp::Status(target, test) => self.status(*target, *test)?,
            TruthOp::Holds(_)
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
            | TruthOp::Joint(_)
            | TruthOp::Dates { .. } => return None,
        };
        let plane = self.place(id);
        self.operations.push(operation.at(plane));
        Some(())
    }

    /// A test of the status of a rule, or of a criterion, that is settled by sets.
    fn status(&self, target: Target, test: StatusTest) -> Option<Operation> {
        if test == StatusTest::PossibleConflict {
            return None;
        }
        let is_undetermined = test == StatusTest::Undetermined;
        let (settled, holds) = match target {
            Target::Rule(rule) => {
                let sets = &self.rules[rule.0 as usize].sets;
                let holds = sets.iter().filter(|(status, _)| crate::eval::status::is(*status, test));
                (sets.iter().map(|(_, set)| *set).collect::<Vec<_>>(), holds.map(|(_, set)| *set).collect())
            }
            Target::Criterion(rule, index) => {
                let sets = self.criteria[rule.0 as usize].get(index as usize)?;
                (sets.all().to_vec(), sets.of(test).into_iter().collect())
            }
        };
        // A rule without sets is settled one patient at a time.
        (!settled.is_empty()).then_some(Operation::Status { plane: 0, settled, holds, is_undetermined })
    }

    fn rule(&mut self, program: &Program, index: RuleIndex) -> Option<()> {
        let kind = &program.rules[index.0 as usize].kind;
        let when = |when: Option<crate::program::Condition>, own: &Division| match when {
            Some(when) => own.sides(when.lit).map(Some),
            None => Some(None),
        };
        let sets: Vec<Plane> = match kind {
            RuleKind::Recommendation(recommendation) => {
                let lines =
                    |lines: &[crate::program::Line]| self.all_sides(lines.iter().map(|line| line.condition.lit));
                let advise_against = lines(&recommendation.advise_against)?;
                let not_needed = lines(&recommendation.not_needed)?;
                let strengths = &recommendation.strengths;
                let all = self.all_sides(strengths.iter().map(|strength| strength.line.condition.lit))?;
                let against = |at: usize| strengths[at].strength == Strength::ShouldNot;
                if let ([only], [], []) = (&*all, &*not_needed, &*advise_against)
                    && !against(0)
                {
                    // Its condition says it all; nobody is advised against it.
                    let none = self.sets(1);
                    self.operations.push(Operation::Nobody { plane: none });
                    vec![only.yes, none, only.no]
                } else {
                    let strengths = all.into_iter().enumerate().map(|(at, sides)| (sides, against(at))).collect();
                    let plane = self.sets(3);
                    self.operations.push(Operation::Advice(Advice { plane, strengths, not_needed, advise_against }));
                    (plane..plane + 3).collect()
                }
            }
            RuleKind::Eligibility { when: applies, criteria } | RuleKind::Checklist { when: applies, criteria, .. } => {
                let applies = when(*applies, self)?;
                let lines = criteria.iter().map(|criterion| {
                    let exceptions = criterion.exceptions.iter().map(|exception| exception.condition.lit);
                    Some((self.sides(criterion.condition.lit)?, self.all_sides(exceptions)?, criterion.modality))
                });
                let lines = lines.collect::<Option<Vec<_>>>()?;
                let plane = self.sets(4);
                let lines: Vec<_> = lines
                    .into_iter()
                    .map(|(sides, exceptions, modality)| (CriterionSets::at(self.sets(3)), sides, exceptions, modality))
                    .collect();
                self.criteria[index.0 as usize] = lines.iter().map(|line| line.0).collect();
                let is_checklist = matches!(kind, RuleKind::Checklist { .. });
                self.operations.push(Operation::Criteria(Criteria { plane, applies, lines, is_checklist }));
                // A checklist has no second of them.
                let skipped = is_checklist.then_some(plane + 1);
                (plane..plane + 4).filter(|set| Some(*set) != skipped).collect()
            }
            RuleKind::Indicator(indicator) => {
                let applies = when(indicator.common.when, self)?;
                let counted = self.sides(indicator.counted.lit)?;
                let of_them = when(indicator.of_them, self)?;
                let plane = self.sets(3);
                self.operations.push(Operation::Indicator { plane, applies, counted, of_them });
                (plane..plane + 3).collect()
            }
            RuleKind::Task(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Score(_)
            | RuleKind::Proposal(_) => return None,
        };
        let (_, others) = statuses(kind);
        self.rules[index.0 as usize].sets = others.into_iter().zip(sets).collect();
        Some(())
    }

    /// What is left to do one patient at a time: conditions and rules, the values that they read, and the status of rules
    /// that such a condition asks for.
    fn leave(&mut self, program: &Program, left: &[Step]) {
        let mut seen = Seen::default();
        let mut asked: HashSet<RuleIndex> = HashSet::new();
        for step in left {
            if let Step::Truth(id) = step {
                let op = &program.truths[id.0 as usize];
                if let TruthOp::Status(Target::Rule(rule) | Target::Criterion(rule, _), _) = op {
                    asked.insert(*rule);
                }
                seen.follow(program, self, op.reads());
            }
        }
        let own: HashSet<RuleIndex> = program.own_rules.iter().map(|rule| RuleIndex(*rule)).collect();
        let is_left: HashSet<Step> = left.iter().copied().collect();
        self.steps = program
            .layout
            .all_steps
            .iter()
            .copied()
            .filter(|step| match step {
                Step::Truth(_) => is_left.contains(step),
                Step::Value(id) => seen.values.contains(id),
                Step::Rule(rule) => asked.contains(rule) || (is_left.contains(step) && own.contains(rule)),
            })
            .collect();
        for rule in left {
            let Step::Rule(rule) = rule else { continue };
            if own.contains(rule) {
                let (_, others) = statuses(&program.rules[rule.0 as usize].kind);
                let first = self.sets(others.len());
                self.rules[rule.0 as usize].sets = others.into_iter().zip(first..).collect();
                self.noted.push(*rule);
            }
        }
        self.reads = seen.operands;
        self.note_indicators(program);
    }

    /// Sets for what indicators count by, also where it is settled one patient at a time.
    fn note_indicators(&mut self, program: &Program) {
        for rule in &program.own_rules {
            let RuleKind::Indicator(indicator) = &program.rules[*rule as usize].kind else { continue };
            let conditions = [indicator.common.when, Some(indicator.counted), indicator.of_them];
            let groups = indicator.groups.iter().map(|group| group.counted);
            for condition in conditions.into_iter().flatten().chain(groups) {
                if self.plane(condition.lit.id).is_none() {
                    let plane = self.place(condition.lit.id);
                    self.noted_conditions.push((condition.lit.id, plane));
                }
            }
        }
    }
}

/// What the steps read, wherever it lies.
#[derive(Default)]
struct Seen {
    truths: HashSet<TruthId>,
    values: HashSet<ValueId>,
    loops: HashSet<crate::program::LoopId>,
    operands: HashSet<Operand>,
}

impl Seen {
    fn follow(&mut self, program: &Program, division: &Division, reads: Reads) {
        let mut todo = vec![reads];
        while let Some(reads) = todo.pop() {
            self.operands.extend(reads.operand);
            let joint = reads.joint.map(|joint| &program.joints[joint.0 as usize]);
            self.operands.extend(joint.iter().flat_map(|joint| joint.dates.iter().map(|date| date.operand)));
            let conditions = reads.lits.iter().map(|lit| lit.id).chain(joint.map(|joint| joint.condition));
            for id in conditions {
                // What is settled for all patients at once is not read from the facts.
                if division.plane(id).is_none() && self.truths.insert(id) {
                    todo.push(program.truths[id.0 as usize].reads());
                }
            }
            for id in reads.values {
                if self.values.insert(id) {
                    todo.push(program.values[id.0 as usize].reads());
                }
            }
            for id in reads.looped {
                if self.loops.insert(id) {
                    todo.push(program.loops[id.0 as usize].reads());
                }
            }
        }
    }
}
