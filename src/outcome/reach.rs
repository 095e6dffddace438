//! What a condition rests on: the operands, parameters, constants and tests that it reads, at any depth.

use crate::program::{
    CodeTestId, Constant, ListId, Lit, Loop, LoopBody, LoopId, Operand, PlanId, Program, RuleIndex, Target, TruthId,
    TruthOp, ValueId, ValueOp,
};
use std::collections::{BTreeSet, HashSet};

/// All that a condition reads.
#[derive(Debug, Clone, Default)]
pub(crate) struct Reach {
    pub(crate) operands: BTreeSet<Operand>,
    pub(crate) parameters: BTreeSet<u32>,
    /// Constants of its expressions and the cells and keys of its tables.
    pub(crate) constants: Vec<Constant>,
    /// The same, to look up.
    known_constants: HashSet<Constant>,
    pub(crate) code_tests: BTreeSet<CodeTestId>,
    /// Lists of which it matters whether they are complete.
    pub(crate) open_lists: BTreeSet<ListId>,
    /// Dates are moved by durations, so that borders lie at sums of durations.
    pub(crate) has_shifts: bool,
    /// Numbers are computed, so that borders cannot be read off.
    pub(crate) has_sums: bool,
    /// The greatest number of records that something asks for.
    pub(crate) most_records: u32,
    /// Every condition, value and loop below.
    pub(crate) truths: BTreeSet<TruthId>,
    pub(crate) values: BTreeSet<ValueId>,
    pub(crate) loops: BTreeSet<LoopId>,
    /// Schedules whose dates it looks at.
    pub(crate) plans: BTreeSet<PlanId>,
    /// It looks at whether something is unknown, so that its answer may change when more is known.
    pub(crate) looks_at_unknown: bool,
}

impl Reach {
    /// What either reads.
    pub(crate) fn join(&mut self, other: &Reach) {
        self.operands.extend(&other.operands);
        self.parameters.extend(&other.parameters);
        for constant in &other.constants {
            self.constant(constant);
        }
        self.code_tests.extend(&other.code_tests);
        self.open_lists.extend(&other.open_lists);
        self.has_shifts |= other.has_shifts;
        self.has_sums |= other.has_sums;
        self.most_records = self.most_records.max(other.most_records);
        self.truths.extend(&other.truths);
        self.values.extend(&other.values);
        self.loops.extend(&other.loops);
        self.plans.extend(&other.plans);
        self.looks_at_unknown |= other.looks_at_unknown;
    }

    fn constant(&mut self, constant: &Constant) {
        if self.known_constants.insert(constant.clone()) {
            self.constants.push(constant.clone());
        }
    }
}

/// What these conditions rest on.
pub(crate) fn of_conditions(program: &Program, conditions: impl IntoIterator<Item = TruthId>) -> Reach {
    let mut walk = Walk::new(program);
    for id in conditions {
        walk.truth(id);
    }
    walk.into_reach()
}

/// What the status of a rule rests on.
pub(crate) fn of_rule(program: &Program, rule: RuleIndex) -> Reach {
    let mut walk = Walk::new(program);
    walk.rule(rule);
    walk.into_reach()
}

/// What a value rests on.
pub(crate) fn of_value(program: &Program, value: ValueId) -> Reach {
    let mut walk = Walk::new(program);
    walk.value(value);
    walk.into_reach()
}

/// Definitions and rules can name each other in long chains: what is still to be looked at is kept here, not on the stack.
struct Walk<'a> {
    program: &'a Program,
    reach: Reach,
    rules: BTreeSet<RuleIndex>,
    /// What was found below the one at hand, in the order written.
    found: Vec<Part>,
}

/// Something that a condition is made of.
#[derive(Debug, Clone, Copy)]
enum Part {
    Truth(TruthId),
    Value(ValueId),
    Loop(LoopId),
    Rule(RuleIndex),
}

impl<'a> Walk<'a> {
    fn new(program: &'a Program) -> Walk<'a> {
        Walk { program, reach: Reach::default(), rules: BTreeSet::new(), found: Vec::new() }
    }

    /// Looks at all that was found, and at what is below it.
    fn into_reach(mut self) -> Reach {
        let mut left: Vec<Part> = self.found.drain(..).rev().collect();
        while let Some(part) = left.pop() {
            match part {
                Part::Truth(id) => self.look_at_truth(id),
                Part::Value(id) => self.look_at_value(id),
                Part::Loop(id) => self.look_at_loop(id),
                Part::Rule(rule) => self.look_at_rule(rule),
            }
            left.extend(self.found.drain(..).rev());
        }
        self.reach
    }

    fn truth(&mut self, id: TruthId) {
        self.found.push(Part::Truth(id));
    }

    fn value(&mut self, id: ValueId) {
        self.found.push(Part::Value(id));
    }

    fn looped(&mut self, id: LoopId) {
        self.found.push(Part::Loop(id));
    }

    fn rule(&mut self, rule: RuleIndex) {
        self.found.push(Part::Rule(rule));
    }

    fn lits(&mut self, lits: &[Lit]) {
        for lit in lits {
            self.truth(lit.id);
        }
    }

    fn look_at_truth(&mut self, id: TruthId) {
        let Some(op) = self.program.truths.get(id.0 as usize) else { return };
        if !self.reach.truths.insert(id) {
            return;
        }
        match op {
            TruthOp::Constant(_) => {}
            TruthOp::Parameter(parameter) => {
                self.reach.parameters.insert(*parameter);
            }
            TruthOp::Holds(operand) | TruthOp::ThereIs(operand) => self.operand(*operand),
            TruthOp::Known(operand) => {
                self.reach.looks_at_unknown = true;
                self.operand(*operand);
            }
            TruthOp::Settled(lit) => {
                self.reach.looks_at_unknown = true;
                self.truth(lit.id);
            }
            TruthOp::ValueKnown(value) => {
                self.reach.looks_at_unknown = true;
                self.value(*value);
            }
            TruthOp::All(lits) | TruthOp::AtLeast(_, lits) => self.lits(lits),
            TruthOp::Compare(left, _, right) | TruthOp::During(left, right) => self.all_values(&[*left, *right]),
            TruthOp::OneOf(value, options) => {
                self.value(*value);
                self.all_values(options);
            }
            TruthOp::Between(value, low, high) => self.all_values(&[*value, *low, *high]),
            TruthOp::Apart { value, duration, anchor, .. } => self.all_values(&[*value, *duration, *anchor]),
            TruthOp::Code(value, test) => {
                self.value(*value);
                self.reach.code_tests.insert(*test);
            }
            TruthOp::Present(value) => self.value(*value),
            TruthOp::Status(target, test) => {
                self.reach.looks_at_unknown |= *test == crate::program::StatusTest::Undetermined;
                let (Target::Rule(rule) | Target::Criterion(rule, _)) = *target;
                self.rule(rule);
            }
            TruthOp::Some(looped)
            | TruthOp::ExtremeHas(looped)
            | TruthOp::OfExtremes(looped)
            | TruthOp::Different(looped) => {
                self.looped(*looped);
            }
            TruthOp::Dates { plan, values, loops } => {
                self.reach.has_shifts = true;
                self.reach.plans.insert(*plan);
                self.all_values(values);
                for looped in loops {
                    self.looped(*looped);
                }
            }
            TruthOp::Joint(joint) => {
                if let Some(joint) = self.program.joints.get(joint.0 as usize) {
                    self.truth(joint.condition);
                }
            }
        }
    }

    fn all_values(&mut self, values: &[ValueId]) {
        for value in values {
            self.value(*value);
        }
    }

    fn look_at_value(&mut self, id: ValueId) {
        let Some(op) = self.program.values.get(id.0 as usize) else { return };
        if !self.reach.values.insert(id) {
            return;
        }
        match op {
            ValueOp::Constant(constant) => self.constant(*constant),
            ValueOp::Today => {}
            ValueOp::Read(operand) => self.operand(*operand),
            ValueOp::Parameter(parameter) => {
                self.reach.parameters.insert(*parameter);
            }
            ValueOp::Age { birth, on, .. } => self.all_values(&[*birth, *on]),
            ValueOp::Sum(parts) | ValueOp::Product(parts) => {
                self.reach.has_sums = true;
                for (value, _) in parts {
                    self.value(*value);
                }
            }
            ValueOp::Shift { anchor, duration, .. } => {
                self.reach.has_shifts = true;
                self.all_values(&[*anchor, *duration]);
            }
            ValueOp::UnitsBetween { from, to, .. } => {
                self.reach.has_shifts = true;
                self.all_values(&[*from, *to]);
            }
            ValueOp::Round(value, _) => self.value(*value),
            ValueOp::Narrowed { value, by } => self.all_values(&[*value, *by]),
            ValueOp::If { arms, otherwise } => {
                for (lit, value) in arms {
                    self.truth(lit.id);
                    self.value(*value);
                }
                self.value(*otherwise);
            }
            ValueOp::LookUp { key, table, otherwise, .. } => {
                self.all_values(&[*key, *otherwise]);
                self.table(*table);
            }
            ValueOp::Count(looped) | ValueOp::Extreme(looped) => self.looped(*looped),
            ValueOp::SumOf(looped) => {
                self.reach.has_sums = true;
                self.looped(*looped);
            }
            ValueOp::Dates(counted) => {
                self.truth(counted.when.id);
                self.truth(counted.known.id);
                self.all_values(&counted.window.values());
            }
            ValueOp::Truth(lit) => self.truth(lit.id),
        }
    }

    fn constant(&mut self, constant: u32) {
        if let Some(constant) = self.program.constants.get(constant as usize) {
            self.reach.constant(&constant.shown);
        }
    }

    fn table(&mut self, table: u32) {
        let rows = self.program.tables.get(table as usize).map(|table| table.rows.as_slice()).unwrap_or_default();
        for (key, cells) in rows {
            if let crate::program::TableKey::Number(number) = key {
                self.reach.constant(&Constant::Number((*number).into()));
            }
            for cell in cells {
                self.constant(*cell);
            }
        }
    }

    fn operand(&mut self, operand: Operand) {
        match operand {
            Operand::Slot(_) => {}
            Operand::Field { list, .. } | Operand::List(list) => {
                // A list that is only asked about as a whole: a record more can make a difference.
                if matches!(operand, Operand::List(_)) {
                    self.reach.open_lists.insert(list);
                }
            }
        }
        self.reach.operands.insert(operand);
    }

    fn look_at_loop(&mut self, id: LoopId) {
        let Some(looped) = self.program.loops.get(id.0 as usize) else { return };
        if !self.reach.loops.insert(id) {
            return;
        }
        let Loop { list, closed, filter, body, .. } = looped;
        self.reach.operands.insert(Operand::List(*list));
        if !closed {
            self.reach.open_lists.insert(*list);
        }
        if let Some(filter) = filter {
            self.truth(filter.id);
        }
        let wanted = match body {
            LoopBody::Condition(body) => {
                if let Some(body) = body {
                    self.truth(body.id);
                }
                2
            }
            LoopBody::Value(value) | LoopBody::Days(value) => {
                self.value(*value);
                2
            }
            LoopBody::Extreme { by, .. } => {
                self.value(*by);
                2
            }
            LoopBody::ExtremeHas { by, body, .. } => {
                self.value(*by);
                self.truth(body.id);
                2
            }
            LoopBody::OfExtremes { count, among, by, body, .. } => {
                self.value(*by);
                self.truth(body.id);
                *count.max(among)
            }
            LoopBody::Different { count, field, within } => {
                self.value(*field);
                if let Some((by, duration)) = within {
                    self.all_values(&[*by, *duration]);
                }
                *count
            }
        };
        self.reach.most_records = self.reach.most_records.max(wanted);
    }

    /// All conditions of a rule whose status is asked for.
    fn look_at_rule(&mut self, rule: RuleIndex) {
        let Some(program) = self.program.rules.get(rule.0 as usize) else { return };
        if !self.rules.insert(rule) {
            return;
        }
        for condition in program.conditions() {
            self.truth(condition.lit.id);
        }
        self.lits(&program.settled_by());
        self.all_values(&program.values());
    }
}
