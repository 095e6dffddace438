//! The order of a program: which conditions are settled by classifying a fact, which bit each has, what is done when.
//!
//! A condition that looks at one fact and else only at constants and today's date is *classified*: the values of the fact
//! fall into regions in each of which it has one answer. Such conditions of one fact lie side by side among the bits, so
//! that reading the fact is finding its region and or-ing two masks. A quantifier whose body is a conjunction of such
//! conditions on the record is settled likewise, all quantifiers of one list in one pass over its records.

use super::gates::Gates;
use super::reads::{Operations, Reads};
use super::{
    ListId, Lit, LoopBody, LoopId, Operand, RuleIndex, Slot, SlotId, Target, TruthId, TruthOp, ValueId, ValueOp,
};
use crate::schema::{FactType, ScalarType, Schema};
use crate::value::Truth;
use std::cmp::Reverse;
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// One thing to do.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Step {
    Truth(TruthId),
    Value(ValueId),
    /// Settle the status of a rule.
    Rule(RuleIndex),
}

/// The classified conditions of one slot; their bits are `first_bit..first_bit + atoms.len()`.
#[derive(Debug, Clone)]
pub(crate) struct Block {
    pub(crate) slot: SlotId,
    pub(crate) first_bit: u32,
    pub(crate) atoms: Vec<TruthId>,
}

/// The classified quantifiers of one list; their bits are `first_bit..first_bit + loops.len()`.
#[derive(Debug, Clone)]
pub(crate) struct Pass {
    pub(crate) list: ListId,
    pub(crate) first_bit: u32,
    pub(crate) loops: Vec<PassedLoop>,
    /// Word by word: its bits, and those of them that read the list as complete.
    pub(crate) masks: Vec<(u64, u64)>,
}

/// `some` record passes all of `atoms`, each a classified condition on one field.
#[derive(Debug, Clone)]
pub(crate) struct PassedLoop {
    pub(crate) id: TruthId,
    pub(crate) closed: bool,
    /// Field number and condition.
    pub(crate) atoms: Vec<(u32, Lit)>,
}

#[derive(Debug, Clone, Default)]
pub(crate) struct Layout {
    /// By condition: its bit.
    pub(crate) bits: Vec<u32>,
    pub(crate) blocks: Vec<Block>,
    pub(crate) passes: Vec<Pass>,
    /// Everything outside loops, one operation after the other.
    pub(crate) all_steps: Vec<Step>,
    /// What is left when classified facts are settled by masks, in order.
    pub(crate) rest: Vec<Run>,
    pub(crate) shape: Arc<Shape>,
}

/// A stretch of the rest.
#[derive(Debug, Clone)]
pub(crate) enum Run {
    Gates(Gates),
    Steps(Vec<Step>),
}

/// How much room one evaluation takes, and which statuses can be read off its conditions.
#[derive(Debug, Default)]
pub(crate) struct Shape {
    /// The cells before anything is known: the constants.
    pub(crate) start: Box<[[u64; 2]]>,
    pub(crate) values: usize,
    pub(crate) criteria: usize,
    pub(crate) plans: usize,
    /// By rule: the bit of its one condition, where its status is just that.
    pub(crate) lines: Box<[Option<LineBit>]>,
    /// The same of the guideline's own rules in their order.
    pub(crate) stretches: Box<[Stretch]>,
}

/// Rules that follow one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stretch {
    /// So many whose conditions' bits follow one another in one word, from this one on.
    Lines(LineBit, u32),
    /// One that is more than a condition, by its place in `Program::rules`.
    Other(u32),
}

/// A condition by its bit: the side of the word that says yes, its place in it, and one more, so that nothing is 0.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct LineBit(std::num::NonZeroU32);

impl LineBit {
    fn new(bit: u32, negated: bool) -> Option<LineBit> {
        let side = bit / 64 * 2 + u32::from(negated);
        Some(LineBit(std::num::NonZeroU32::new(side * 64 + bit % 64 + 1)?))
    }

    /// Twice the word of the cells, and one more where the condition is denied.
    #[inline]
    pub(crate) fn side(self) -> usize {
        ((self.0.get() - 1) >> 6) as usize
    }

    /// Its place in the word.
    #[inline]
    pub(crate) fn place(self) -> u32 {
        (self.0.get() - 1) & 63
    }
}

pub(super) struct Parts<'a> {
    pub(super) schema: &'a Schema,
    pub(super) operations: Operations<'a>,
    pub(super) slots: &'a [Slot],
    pub(super) lists: &'a [super::ListSlot],
    pub(super) code_tests: &'a [super::CodeTest],
    /// Values that belong to the outcome.
    pub(super) kept: Vec<ValueId>,
    /// By rule: its one condition, where its status is just that (a recommendation of one line that is not against).
    pub(super) single_lines: Vec<Option<Lit>>,
    /// The guideline's own rules in their order.
    pub(super) own_rules: &'a [u32],
    pub(super) criteria: u32,
    pub(super) plans: usize,
}

/// At most so many conditions of one fact are classified, the others are worked out one by one: the table of regions
/// grows with the square of their number.
const MOST_CLASSIFIED: usize = 512;

/// The words of a pass: more quantifiers than fit in are settled in another pass.
pub(crate) const PASS_WORDS: usize = 4;
const MOST_PASSED: usize = PASS_WORDS * 64;

impl Layout {
    pub(super) fn new(parts: &Parts<'_>, steps: Vec<Step>) -> Layout {
        let ground = ground_values(parts);
        let find = Finder { parts, ground };
        let mut blocks: Vec<Vec<TruthId>> = vec![Vec::new(); parts.slots.len()];
        let mut passes: Vec<Vec<PassedLoop>> = vec![Vec::new(); parts.lists.len()];
        let mut settled = vec![false; parts.operations.truths.len()];
        for step in &steps {
            let Step::Truth(id) = *step else { continue };
            if let Some(Operand::Slot(slot)) = find.atom(id)
                && blocks[slot.0 as usize].len() < MOST_CLASSIFIED
            {
                blocks[slot.0 as usize].push(id);
                settled[id.0 as usize] = true;
            } else if let TruthOp::Some(looped) = parts.operations.truths[id.0 as usize]
                && let Some(passed) = find.passed(id, looped)
            {
                passes[parts.operations.loops[looped.0 as usize].list.0 as usize].push(passed);
                settled[id.0 as usize] = true;
            }
        }
        let mut layout = Layout { bits: vec![u32::MAX; parts.operations.truths.len()], ..Layout::default() };
        let mut next = 0;
        for unit in units(parts, blocks, passes) {
            match unit {
                Unit::Block(slot, atoms) => {
                    let first_bit = next;
                    layout.give_bits(atoms.iter().copied(), &mut next);
                    layout.blocks.push(Block { slot, first_bit, atoms });
                }
                Unit::Pass(list, loops) => layout.add_pass(list, loops, &mut next),
            }
        }
        let constants = (0..).map(TruthId).zip(parts.operations.truths);
        for (id, _) in constants.filter(|(_, op)| matches!(op, TruthOp::Constant(_))) {
            settled[id.0 as usize] = true;
            layout.give_bits([id].into_iter(), &mut next);
        }
        layout.arrange(parts, &steps, &settled, &mut next);
        // Conditions on a record: only who looks at one record asks for them.
        for bit in layout.bits.iter_mut().filter(|bit| **bit == u32::MAX) {
            *bit = next;
            next += 1;
        }
        let mut start = vec![[0, 0]; next.div_ceil(64) as usize];
        for (op, bit) in parts.operations.truths.iter().zip(&layout.bits) {
            if let TruthOp::Constant(truth) = op {
                let [yes, no] = &mut start[(bit / 64) as usize];
                *yes |= u64::from(*truth == Truth::True) << (bit % 64);
                *no |= u64::from(*truth == Truth::False) << (bit % 64);
            }
        }
        let line = |lit: &Lit| LineBit::new(layout.bits[lit.id.0 as usize], lit.negated);
        let lines: Box<[Option<LineBit>]> = parts.single_lines.iter().map(|lit| lit.as_ref().and_then(line)).collect();
        layout.shape = Arc::new(Shape {
            start: start.into(),
            values: parts.operations.values.len(),
            criteria: parts.criteria as usize,
            plans: parts.plans,
            stretches: stretches(parts.own_rules, &lines),
            lines,
        });
        layout.all_steps = steps;
        layout
    }

    fn give_bits(&mut self, ids: impl Iterator<Item = TruthId>, next: &mut u32) {
        for id in ids {
            self.bits[id.0 as usize] = *next;
            *next += 1;
        }
    }

    /// In as few words as it fits into.
    fn add_pass(&mut self, list: ListId, loops: Vec<PassedLoop>, next: &mut u32) {
        let count = loops.len() as u32;
        if (*next % 64 + count).div_ceil(64) > count.div_ceil(64) {
            *next = next.next_multiple_of(64);
        }
        let first_bit = *next;
        self.give_bits(loops.iter().map(|passed| passed.id), next);
        let masks = pass_masks(first_bit, &loops);
        self.passes.push(Pass { list, first_bit, loops, masks });
    }

    /// The steps that classifying leaves over: gates side by side, and values that something still reads. Gives bits in
    /// the order in which they are settled.
    fn arrange(&mut self, parts: &Parts<'_>, steps: &[Step], settled: &[bool], next: &mut u32) {
        let mut wanted = Reads { values: parts.kept.clone(), ..Reads::default() };
        for step in steps {
            let Step::Truth(id) = *step else { continue };
            if settled[id.0 as usize] {
                continue;
            }
            // What other conditions it reads are steps of their own.
            let reads = parts.operations.truths[id.0 as usize].reads();
            wanted.values.extend(reads.values);
            for looped in reads.looped {
                let inside = parts.operations.loops[looped.0 as usize].reads();
                wanted.values.extend(inside.values);
                wanted.lits.extend(inside.lits);
            }
        }
        let wanted = parts.operations.reach(wanted);
        // The status of a rule that no condition asks for is settled at the end, so that gates lie side by side.
        let asked: HashSet<RuleIndex> = parts.operations.truths.iter().filter_map(asked_rule).collect();
        let is_late = |step: &Step| matches!(step, Step::Rule(rule) if !asked.contains(rule));
        let kept = steps.iter().copied().filter(|step| match step {
            // Such a status is read off the condition.
            Step::Rule(rule) => parts.single_lines[rule.0 as usize].is_none(),
            Step::Truth(id) => !settled[id.0 as usize],
            // A value that nothing reads is worked out when somebody asks why.
            Step::Value(id) => wanted.contains(id),
        });
        let (late, soon): (Vec<Step>, Vec<Step>) = kept.partition(is_late);
        let lines = parts.own_rules.iter().map(|rule| parts.single_lines[*rule as usize]).zip(0..);
        let order: HashMap<TruthId, usize> = lines.filter_map(|(lit, at)| Some((lit?.id, at))).collect();
        let mut gates: Vec<(TruthId, &[Lit])> = Vec::new();
        for step in soon.into_iter().chain(late) {
            if let Step::Truth(id) = step {
                if let TruthOp::All(lits) = &parts.operations.truths[id.0 as usize] {
                    gates.push((id, lits));
                    continue;
                }
                self.close_gates(&mut gates, &order, next);
                self.bits[id.0 as usize] = *next;
                *next += 1;
            }
            self.close_gates(&mut gates, &order, next);
            match self.rest.last_mut() {
                Some(Run::Steps(steps)) => steps.push(step),
                Some(Run::Gates(_)) | None => self.rest.push(Run::Steps(vec![step])),
            }
        }
        self.close_gates(&mut gates, &order, next);
    }

    fn close_gates(&mut self, gates: &mut Vec<(TruthId, &[Lit])>, order: &HashMap<TruthId, usize>, next: &mut u32) {
        if !gates.is_empty() {
            self.rest.push(Run::Gates(Gates::new(gates, order, &mut self.bits, next)));
            gates.clear();
        }
    }
}

/// Conditions that lie side by side.
enum Unit {
    Block(SlotId, Vec<TruthId>),
    Pass(ListId, Vec<PassedLoop>),
}

/// What is classified, in the order of the bits. Conjunctions read a word's yes and its no apart, so what they read denied
/// is kept together, at the end.
fn units(parts: &Parts<'_>, blocks: Vec<Vec<TruthId>>, passes: Vec<Vec<PassedLoop>>) -> Vec<Unit> {
    let lits = parts.operations.truths.iter().flat_map(|op| if let TruthOp::All(lits) = op { &**lits } else { &[] });
    let denied: HashSet<TruthId> = lits.filter(|lit| lit.negated).map(|lit| lit.id).collect();
    let mut units: Vec<(bool, Reverse<usize>, Unit)> = Vec::new();
    for (atoms, slot) in blocks.into_iter().zip((0..).map(SlotId)).filter(|(atoms, _)| !atoms.is_empty()) {
        let is_denied = atoms.iter().any(|atom| denied.contains(atom));
        units.push((is_denied, Reverse(atoms.len()), Unit::Block(slot, atoms)));
    }
    for (mut loops, list) in passes.into_iter().zip((0..).map(ListId)) {
        while !loops.is_empty() {
            let later = loops.split_off(loops.len().min(MOST_PASSED));
            let is_denied = loops.iter().any(|passed| denied.contains(&passed.id));
            units.push((is_denied, Reverse(loops.len()), Unit::Pass(list, loops)));
            loops = later;
        }
    }
    units.sort_by_key(|(is_denied, size, _)| (*is_denied, *size));
    units.into_iter().map(|(_, _, unit)| unit).collect()
}

fn stretches(rules: &[u32], lines: &[Option<LineBit>]) -> Box<[Stretch]> {
    let mut all: Vec<Stretch> = Vec::new();
    for rule in rules {
        match (lines[*rule as usize], all.last_mut()) {
            (Some(line), Some(Stretch::Lines(first, count)))
                if line.side() == first.side() && line.place() == first.place() + *count =>
            {
                *count += 1;
            }
            (Some(line), _) => all.push(Stretch::Lines(line, 1)),
            (None, _) => all.push(Stretch::Other(*rule)),
        }
    }
    all.into()
}

fn pass_masks(first_bit: u32, loops: &[PassedLoop]) -> Vec<(u64, u64)> {
    let last = first_bit + loops.len() as u32 - 1;
    let mut masks = vec![(0, 0); (last / 64 - first_bit / 64 + 1) as usize];
    for (passed, bit) in loops.iter().zip(first_bit..) {
        let (bits, closed) = &mut masks[(bit / 64 - first_bit / 64) as usize];
        *bits |= 1_u64 << (bit % 64);
        if passed.closed {
            *closed |= 1_u64 << (bit % 64);
        }
    }
    masks
}

fn asked_rule(op: &TruthOp) -> Option<RuleIndex> {
    let TruthOp::Status(Target::Rule(rule) | Target::Criterion(rule, _), _) = op else { return None };
    Some(*rule)
}

/// By value: whether it is made of constants and today's date alone.
fn ground_values(parts: &Parts<'_>) -> Vec<bool> {
    let mut ground: Vec<bool> = Vec::with_capacity(parts.operations.values.len());
    for op in parts.operations.values {
        let known = |value: &ValueId| ground.get(value.0 as usize).copied().unwrap_or(false);
        ground.push(match op {
            ValueOp::Constant(_) | ValueOp::Today => true,
            ValueOp::Shift { anchor, duration, .. } => known(anchor) && known(duration),
            ValueOp::Read(_)
            | ValueOp::Parameter(_)
            | ValueOp::Age { .. }
            | ValueOp::Sum(_)
            | ValueOp::Product(_)
            | ValueOp::UnitsBetween { .. }
            | ValueOp::Round(..)
            | ValueOp::Narrowed { .. }
            | ValueOp::If { .. }
            | ValueOp::LookUp { .. }
            | ValueOp::Count(_)
            | ValueOp::SumOf(_)
            | ValueOp::Extreme(_)
            | ValueOp::Dates(_)
            | ValueOp::Truth(_) => false,
        });
    }
    ground
}

struct Finder<'a> {
    parts: &'a Parts<'a>,
    ground: Vec<bool>,
}

impl Finder<'_> {
    fn is_ground(&self, value: ValueId) -> bool {
        self.ground[value.0 as usize]
    }

    fn is_constant(&self, value: ValueId) -> bool {
        matches!(self.parts.operations.values[value.0 as usize], ValueOp::Constant(_))
    }

    fn read(&self, value: ValueId) -> Option<Operand> {
        if let ValueOp::Read(operand) = self.parts.operations.values[value.0 as usize] { Some(operand) } else { None }
    }

    fn scalar(&self, operand: Operand) -> Option<&ScalarType> {
        match operand {
            Operand::Slot(slot) => {
                let slot = self.parts.slots[slot.0 as usize];
                match (&self.parts.schema.get(slot.fact)?.ty, slot.field) {
                    (FactType::Scalar(ty), None) => Some(ty),
                    (FactType::Record { fields, .. }, Some(field)) => Some(&fields.get(field)?.ty),
                    _ => None,
                }
            }
            Operand::Field { list, field, .. } => {
                let list = &self.parts.lists[list.0 as usize];
                match &self.parts.schema.get(list.fact)?.ty {
                    FactType::List { fields, .. } => Some(&fields.get(*list.fields.get(field as usize)?)?.ty),
                    FactType::Scalar(_) | FactType::Record { .. } => None,
                }
            }
            Operand::List(_) => None,
        }
    }

    /// What is read on one side, where the other is ground.
    fn read_against(&self, left: ValueId, right: ValueId) -> Option<Operand> {
        match (self.read(left), self.read(right)) {
            (Some(operand), None) => self.is_ground(right).then_some(operand),
            (None, Some(operand)) => self.is_ground(left).then_some(operand),
            (None, None) | (Some(_), Some(_)) => None,
        }
    }

    /// The birth date of an age on a ground day, where what it is compared with is ground too.
    fn birth(&self, age: ValueId, others: &[ValueId]) -> Option<Operand> {
        let ValueOp::Age { birth, on, .. } = &self.parts.operations.values[age.0 as usize] else { return None };
        let ground = self.is_ground(*on) && others.iter().all(|other| self.is_ground(*other));
        self.read(*birth).filter(|_| ground)
    }

    /// The one thing that a classified condition looks at.
    fn atom(&self, id: TruthId) -> Option<Operand> {
        let all_ground = |values: &[ValueId]| values.iter().all(|value| self.is_ground(*value));
        let op = &self.parts.operations.truths[id.0 as usize];
        let operand = match op {
            TruthOp::Holds(operand) => {
                return matches!(self.scalar(*operand)?, ScalarType::Truth).then_some(*operand);
            }
            TruthOp::Code(value, test) => {
                let incomplete =
                    matches!(self.parts.code_tests[test.0 as usize], super::CodeTest::In { incomplete: true, .. });
                return self.read(*value).filter(|_| !incomplete);
            }
            TruthOp::Compare(left, _, right) => {
                self.read_against(*left, *right).or_else(|| self.birth(*left, &[*right]))
            }
            TruthOp::Between(value, low, high) => {
                let read = self.read(*value).filter(|_| all_ground(&[*low, *high]));
                read.or_else(|| self.birth(*value, &[*low, *high]))
            }
            TruthOp::During(value, period) => self.read_against(*value, *period),
            TruthOp::Apart { value, duration, anchor, .. } if self.is_ground(*duration) => {
                self.read_against(*value, *anchor)
            }
            TruthOp::Apart { .. }
            | TruthOp::Constant(_)
            | TruthOp::Parameter(_)
            | TruthOp::All(_)
            | TruthOp::AtLeast(..)
            | TruthOp::OneOf(..)
            | TruthOp::Present(_)
            | TruthOp::ThereIs(_)
            | TruthOp::Known(_)
            | TruthOp::Status(..)
            | TruthOp::Settled(_)
            | TruthOp::ValueKnown(_)
            | TruthOp::Some(_)
            | TruthOp::ExtremeHas(_)
            | TruthOp::OfExtremes(_)
            | TruthOp::Different(_)
            | TruthOp::Dates { .. }
            | TruthOp::Joint(_) => None,
        }?;
        let values = op.reads().values;
        let only_constants = values.iter().all(|value| self.is_constant(*value) || self.read(*value).is_some());
        let classified = match self.scalar(operand)? {
            ScalarType::Date { .. } => true,
            ScalarType::Number | ScalarType::Quantity(_) | ScalarType::Choice(_) => only_constants,
            ScalarType::Truth
            | ScalarType::Text
            | ScalarType::Duration
            | ScalarType::Period
            | ScalarType::Code(_)
            | ScalarType::Any => false,
        };
        classified.then_some(operand)
    }

    /// A `some` whose body is a conjunction of classified conditions on the record.
    fn passed(&self, id: TruthId, looped: LoopId) -> Option<PassedLoop> {
        let looped = &self.parts.operations.loops[looped.0 as usize];
        let LoopBody::Condition(body) = looped.body else { return None };
        if looped.depth != 0 {
            return None;
        }
        let mut stack: Vec<Lit> = looped.filter.into_iter().chain(body).collect();
        let mut atoms = Vec::new();
        while let Some(lit) = stack.pop() {
            if let (TruthOp::All(lits), false) = (&self.parts.operations.truths[lit.id.0 as usize], lit.negated) {
                stack.extend(lits.iter().copied());
                continue;
            }
            let Operand::Field { field, .. } = self.atom(lit.id)? else { return None };
            atoms.push((field, lit));
        }
        atoms.sort_unstable();
        atoms.dedup();
        (!atoms.is_empty()).then_some(PassedLoop { id, closed: looped.closed, atoms })
    }
}
