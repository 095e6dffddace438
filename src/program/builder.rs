//! Making a program: equal operations become one, and each knows how many records are around it.

use super::reads::Reads;
use super::{
    CodeTest, CodeTestId, ConstantValue, Joint, JointDate, JointId, ListId, ListSlot, Lit, Loop, LoopId, Operand,
    Scope, Slot, SlotId, Step, TruthId, TruthOp, ValueId, ValueOp,
};
use crate::ir::Constant;
use crate::schema::{FactId, FieldId};
use crate::value::Truth;
use crate::value::partial::{Partial, Symbol};
use std::collections::{HashMap, HashSet};
use std::hash::Hash;

/// At most so many different dates are followed through one comparison.
const DATES_FOLLOWED: usize = 16;

#[derive(Default)]
pub(super) struct Builder {
    pub(super) truths: Interned<TruthOp>,
    pub(super) truth_scopes: Vec<Scope>,
    truth_order: Vec<u32>,
    pub(super) values: Interned<ValueOp>,
    pub(super) value_scopes: Vec<Scope>,
    value_order: Vec<u32>,
    /// Per value: whether it can be absent.
    absent: Vec<bool>,
    /// Per value: the date facts in it and how often each occurs (1 or 2).
    dates: Vec<Box<[(Operand, u8)]>>,
    pub(super) constants: Vec<ConstantValue>,
    constant_index: HashMap<Constant, u32>,
    pub(super) slots: Interned<Slot>,
    pub(super) lists: Vec<ListSlot>,
    list_index: HashMap<FactId, ListId>,
    pub(super) loops: Interned<Loop>,
    pub(super) loop_steps: Vec<Box<[Step]>>,
    pub(super) joints: Interned<Joint>,
    pub(super) code_tests: Interned<CodeTest>,
    pub(super) symbols: Interned<Box<str>>,
    /// What is done once for a patient, in order.
    pub(super) steps: Vec<Step>,
    clock: u32,
}

/// Values by number, equal ones once.
pub(super) struct Interned<T> {
    pub(super) list: Vec<T>,
    index: HashMap<T, u32>,
}

impl<T> Default for Interned<T> {
    fn default() -> Interned<T> {
        Interned { list: Vec::new(), index: HashMap::new() }
    }
}

impl<T: Clone + Eq + Hash> Interned<T> {
    /// Its number, and whether it is new.
    pub(super) fn add(&mut self, value: T) -> (u32, bool) {
        if let Some(number) = self.index.get(&value) {
            return (*number, false);
        }
        let number = self.list.len() as u32;
        self.list.push(value.clone());
        self.index.insert(value, number);
        (number, true)
    }
}

impl Builder {
    // ---- conditions -------------------------------------------------------------------------------

    pub(super) fn truth(&mut self, op: TruthOp) -> Lit {
        let (number, new) = self.truths.add(op);
        let id = TruthId(number);
        if new {
            let scope = self.scope(&self.truths.list[number as usize].reads());
            self.truth_scopes.push(scope);
            self.truth_order.push(self.clock);
            self.clock += 1;
            if scope == 0 {
                self.steps.push(Step::Truth(id));
            }
        }
        Lit::of(id)
    }

    pub(super) fn constant_truth(&mut self, truth: Truth) -> Lit {
        match truth {
            Truth::False => !self.truth(TruthOp::Constant(Truth::True)),
            Truth::True | Truth::Unknown => self.truth(TruthOp::Constant(truth)),
        }
    }

    /// All of them. Only what is neutral is left out: `x and not x` stays as it is.
    pub(super) fn all(&mut self, mut lits: Vec<Lit>) -> Lit {
        let yes = self.constant_truth(Truth::True);
        if lits.contains(&!yes) {
            return !yes;
        }
        lits.retain(|lit| *lit != yes);
        lits.sort_unstable();
        lits.dedup();
        match lits.as_slice() {
            [] => yes,
            [one] => *one,
            _ => self.truth(TruthOp::All(lits.into())),
        }
    }

    pub(super) fn any(&mut self, lits: Vec<Lit>) -> Lit {
        !self.all(lits.into_iter().map(|lit| !lit).collect())
    }

    pub(super) fn at_least(&mut self, count: u32, lits: Vec<Lit>) -> Lit {
        if count == 0 {
            return self.constant_truth(Truth::True);
        }
        if count as usize > lits.len() {
            return self.constant_truth(Truth::False);
        }
        self.truth(TruthOp::AtLeast(count, lits.into()))
    }

    /// A comparison; where a date fact stands in it more than once, its days are enumerated jointly.
    pub(super) fn comparison(&mut self, op: TruthOp) -> Lit {
        let operands = op.reads().values;
        let mut counts: Vec<(Operand, u8)> = Vec::new();
        for operand in operands {
            merge(&mut counts, &self.dates[operand.0 as usize]);
        }
        let plain = self.truth(op);
        let twin = |operand: &Operand| counts.iter().any(|(other, _)| same_field(*operand, *other));
        let dates: Box<[JointDate]> = counts
            .iter()
            .filter(|(operand, count)| *count > 1 || twin(operand))
            .map(|(operand, count)| JointDate { operand: *operand, alone: *count == 1 })
            .collect();
        if dates.is_empty() || counts.len() > DATES_FOLLOWED {
            return plain;
        }
        let operands: Vec<Operand> = dates.iter().map(|date| date.operand).collect();
        let again = self.depending_on(plain.id, &operands);
        let (joint, _) = self.joints.add(Joint { condition: plain.id, dates, again });
        self.truth(TruthOp::Joint(JointId(joint)))
    }

    /// The values under a comparison that read one of the dates, in order.
    fn depending_on(&self, condition: TruthId, dates: &[Operand]) -> Box<[Step]> {
        let mut found: Vec<ValueId> = Vec::new();
        let mut stack = self.truths.list[condition.0 as usize].reads().values;
        while let Some(value) = stack.pop() {
            let reads = self.dates[value.0 as usize].iter().any(|(operand, _)| dates.contains(operand));
            if reads && !found.contains(&value) {
                found.push(value);
                stack.extend(self.values.list[value.0 as usize].reads().values);
            }
        }
        found.sort_by_key(|value| self.value_order[value.0 as usize]);
        found.into_iter().map(Step::Value).collect()
    }

    /// How many records are around an operation: as many as around what it reads.
    fn scope(&self, reads: &Reads) -> Scope {
        let lits = reads.lits.iter().map(|lit| self.truth_scopes[lit.id.0 as usize]);
        let values = reads.values.iter().map(|value| self.value_scopes[value.0 as usize]);
        let operand = reads.operand.map(operand_scope);
        let looped = reads.looped.iter().map(|looped| self.loops.list[looped.0 as usize].depth);
        let joint = reads.joint.map(|joint| self.joints.list[joint.0 as usize].condition);
        let joint = joint.map(|condition| self.truth_scopes[condition.0 as usize]);
        lits.chain(values).chain(operand).chain(looped).chain(joint).max().unwrap_or(0)
    }

    // ---- values -----------------------------------------------------------------------------------

    pub(super) fn value(&mut self, op: ValueOp) -> ValueId {
        self.add_value(op, None, false)
    }

    /// What was given; `is_date` where it may be known in part, `or_none` where it may be absent.
    pub(super) fn read(&mut self, operand: Operand, is_date: bool, or_none: bool) -> ValueId {
        self.add_value(ValueOp::Read(operand), is_date.then_some(operand), or_none)
    }

    pub(super) fn can_be_absent(&self, value: ValueId) -> bool {
        self.absent[value.0 as usize]
    }

    fn add_value(&mut self, op: ValueOp, date: Option<Operand>, or_none: bool) -> ValueId {
        let (number, new) = self.values.add(op);
        let id = ValueId(number);
        if new {
            let op = &self.values.list[number as usize];
            let reads = op.reads();
            let scope = self.scope(&reads);
            let mut dates: Vec<(Operand, u8)> = date.map(|operand| (operand, 1)).into_iter().collect();
            for value in &reads.values {
                if dates.len() <= DATES_FOLLOWED {
                    merge(&mut dates, &self.dates[value.0 as usize]);
                }
            }
            let absent = or_none
                || matches!(op, ValueOp::Extreme(_) | ValueOp::LookUp { .. })
                || reads.values.iter().any(|value| self.absent[value.0 as usize]);
            self.absent.push(absent);
            self.value_scopes.push(scope);
            self.value_order.push(self.clock);
            self.clock += 1;
            self.dates.push(dates.into());
            if scope == 0 {
                self.steps.push(Step::Value(id));
            }
        }
        id
    }

    pub(super) fn constant(&mut self, constant: &Constant) -> ValueId {
        let number = match self.constant_index.get(constant) {
            Some(number) => *number,
            None => {
                let partial = self.partial(constant);
                let number = self.constants.len() as u32;
                self.constants.push(ConstantValue { partial, shown: constant.clone() });
                self.constant_index.insert(constant.clone(), number);
                number
            }
        };
        self.value(ValueOp::Constant(number))
    }

    /// A number that is known not to be there.
    pub(super) fn absent(&mut self) -> ValueId {
        let is_absent = |constant: &ConstantValue| constant.partial == Partial::Absent;
        let number = self.constants.iter().position(is_absent).unwrap_or_else(|| {
            self.constants.push(ConstantValue { partial: Partial::Absent, shown: Constant::Unknown });
            self.constants.len() - 1
        });
        self.add_value(ValueOp::Constant(number as u32), None, true)
    }

    fn partial(&mut self, constant: &Constant) -> Partial {
        match constant {
            Constant::Number(number) => Partial::number(**number),
            Constant::Quantity(quantity) => Partial::number(quantity.number()),
            Constant::Text(text) | Constant::Choice(text) => Partial::Word(self.symbol(text)),
            Constant::Date(date) => Partial::day(*date),
            Constant::Duration(duration) => Partial::Duration(*duration),
            Constant::Period(first, last) => Partial::Period(*first, *last),
            // The class of a constant code is never asked: it is compared by a test of its own, or by its letters.
            Constant::Code(code) => Partial::Code { symbol: self.symbol(code.as_str()), class: u32::MAX },
            Constant::Truth(truth) => Partial::Word(if *truth { super::YES } else { super::NO }),
            Constant::Unknown => Partial::Unknown,
        }
    }

    pub(super) fn symbol(&mut self, text: &str) -> Symbol {
        if self.symbols.list.is_empty() {
            // INVARIANT: `YES` and `NO` are the first two symbols.
            self.symbols.add("yes".into());
            self.symbols.add("no".into());
        }
        Symbol(self.symbols.add(text.into()).0)
    }

    // ---- facts ------------------------------------------------------------------------------------

    pub(super) fn slot(&mut self, fact: FactId, field: Option<FieldId>) -> SlotId {
        SlotId(self.slots.add(Slot { fact, field }).0)
    }

    pub(super) fn list(&mut self, fact: FactId) -> ListId {
        let lists = &mut self.lists;
        *self.list_index.entry(fact).or_insert_with(|| {
            lists.push(ListSlot { fact, fields: Vec::new() });
            ListId(lists.len() as u32 - 1)
        })
    }

    pub(super) fn field(&mut self, list: ListId, depth: u8, field: FieldId) -> Operand {
        let fields = &mut self.lists[list.0 as usize].fields;
        let number = fields.iter().position(|known| *known == field).unwrap_or_else(|| {
            fields.push(field);
            fields.len() - 1
        });
        Operand::Field { list, depth, field: number as u32 }
    }

    pub(super) fn code_test(&mut self, test: CodeTest) -> CodeTestId {
        CodeTestId(self.code_tests.add(test).0)
    }

    // ---- loops ------------------------------------------------------------------------------------

    pub(super) fn looped(&mut self, looped: Loop) -> LoopId {
        let (number, new) = self.loops.add(looped);
        if new {
            let steps = self.steps_of(LoopId(number));
            self.loop_steps.push(steps);
        }
        LoopId(number)
    }

    /// Everything that must be computed for each record of a loop, in order.
    fn steps_of(&self, looped: LoopId) -> Box<[Step]> {
        let scope = self.loops.list[looped.0 as usize].depth + 1;
        let mut seen: HashSet<Step> = HashSet::new();
        let mut found: Vec<(u32, Step)> = Vec::new();
        let mut todo = vec![self.loops.list[looped.0 as usize].reads()];
        while let Some(reads) = todo.pop() {
            let joint = reads.joint.map(|joint| self.joints.list[joint.0 as usize].condition);
            for id in reads.lits.iter().map(|lit| lit.id).chain(joint) {
                let at = self.truth_scopes[id.0 as usize];
                if at >= scope && seen.insert(Step::Truth(id)) {
                    if at == scope {
                        found.push((self.truth_order[id.0 as usize], Step::Truth(id)));
                    }
                    todo.push(self.truths.list[id.0 as usize].reads());
                }
            }
            for id in reads.values {
                let at = self.value_scopes[id.0 as usize];
                if at >= scope && seen.insert(Step::Value(id)) {
                    if at == scope {
                        found.push((self.value_order[id.0 as usize], Step::Value(id)));
                    }
                    todo.push(self.values.list[id.0 as usize].reads());
                }
            }
            todo.extend(reads.looped.iter().map(|inner| self.loops.list[inner.0 as usize].reads()));
        }
        found.sort_by_key(|(order, _)| *order);
        found.into_iter().map(|(_, step)| step).collect()
    }
}

/// Whether two operands are one field of one list, for two records.
fn same_field(one: Operand, other: Operand) -> bool {
    match (one, other) {
        (Operand::Field { list: a, depth: b, field: c }, Operand::Field { list: d, depth: e, field: f }) => {
            a == d && c == f && b != e
        }
        (Operand::Field { .. } | Operand::Slot(_) | Operand::List(_), _) => false,
    }
}

fn operand_scope(operand: Operand) -> Scope {
    match operand {
        Operand::Slot(_) | Operand::List(_) => 0,
        Operand::Field { depth, .. } => depth + 1,
    }
}

fn merge(into: &mut Vec<(Operand, u8)>, more: &[(Operand, u8)]) {
    for (operand, count) in more {
        match into.iter_mut().find(|(known, _)| known == operand) {
            Some((_, known)) => *known = 2,
            None => into.push((*operand, *count)),
        }
    }
}
