//! Runs a program one operation after the other.

use super::bound::{Bound, Fact};
use super::cells::{Cells, FaultAt};
use super::moment::Moment;
use super::ops::{Reader, or_fault, same_code, simple_truth, simple_value};
use crate::limits::Limits;
use crate::program::{
    CodeTestId, Joint, JointDate, JointId, ListId, Operand, Program, RuleIndex, Step, TableKey, TruthId, TruthOp,
    ValueId, ValueOp,
};
use crate::value::partial::{Days, FaultKind, Order, Partial};
use crate::value::{Date, Truth};

/// One evaluation under way.
pub(super) struct Evaluation<'a> {
    pub(super) moment: &'a Moment<'a>,
    pub(super) bound: &'a Bound,
    pub(super) cells: &'a mut Cells,
}

impl Evaluation<'_> {
    pub(super) fn program(&self) -> &Program {
        &self.moment.evaluator.program
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.moment.evaluator.limits
    }

    pub(super) fn run(&mut self, steps: &[Step]) {
        for step in steps {
            match *step {
                Step::Truth(id) => {
                    let truth = self.truth(id);
                    let program = &*self.moment.evaluator.program;
                    self.cells.set_truth(program, id, truth);
                }
                Step::Value(id) => {
                    let value = self.settled_value(id);
                    self.cells.values[id.0 as usize] = value;
                }
                Step::Rule(rule) => self.rule(rule),
            }
        }
    }

    fn rule(&mut self, rule: RuleIndex) {
        let program = &*self.moment.evaluator.program;
        super::status::settle(program, rule, self.cells);
    }

    fn truth(&mut self, id: TruthId) -> Truth {
        let program = &*self.moment.evaluator.program;
        let at = FaultAt::Truth(id);
        match &program.truths[id.0 as usize] {
            TruthOp::Holds(operand) => self.fact(*operand).holds(),
            TruthOp::Parameter(parameter) => {
                if let Partial::Word(word) = self.bound.parameter(*parameter) {
                    Truth::from(word == crate::program::YES)
                } else {
                    Truth::Unknown
                }
            }
            TruthOp::All(lits) => {
                let mut all = Truth::True;
                for lit in lits {
                    all = all.and(self.cells.lit(program, *lit));
                }
                all
            }
            TruthOp::AtLeast(count, lits) => {
                let (mut yes, mut possible) = (0_u32, 0_u32);
                for lit in lits {
                    match self.cells.lit(program, *lit) {
                        Truth::True => {
                            yes += 1;
                            possible += 1;
                        }
                        Truth::Unknown => possible += 1,
                        Truth::False => {}
                    }
                }
                Truth::from_bounds(yes >= *count, possible < *count)
            }
            TruthOp::ThereIs(operand) => self.there_is(*operand),
            TruthOp::Known(operand) => self.known(*operand),
            TruthOp::Status(target, test) => self.cells.status(program, *target, *test),
            TruthOp::Settled(lit) => Truth::from(self.cells.lit(program, *lit).is_known()),
            TruthOp::Some(looped) => self.some(*looped),
            TruthOp::ExtremeHas(looped) => self.extreme_has(*looped),
            TruthOp::OfExtremes(looped) => self.of_extremes(*looped),
            TruthOp::Different(looped) => self.different(*looped),
            TruthOp::Joint(joint) => self.joint(*joint),
            TruthOp::Dates { plan, .. } => self.dates(id, *plan),
            op @ TruthOp::Code(_, test) => {
                let truth = or_fault(simple_truth(self, op), |kind| self.cells.fault(at, kind));
                let incomplete = matches!(
                    program.code_tests[test.0 as usize],
                    crate::program::CodeTest::In { incomplete: true, .. }
                );
                if incomplete && truth == Truth::Unknown {
                    self.cells.fault(at, FaultKind::CodeListNotSupplied);
                }
                truth
            }
            op @ TruthOp::Compare(left, order, right) => {
                if let Some(truth) = self.compare_codes(*left, *order, *right) {
                    return truth;
                }
                let truth = simple_truth(self, op);
                or_fault(truth, |kind| self.cells.fault(at, kind))
            }
            op @ (TruthOp::Constant(_)
            | TruthOp::OneOf(..)
            | TruthOp::Between(..)
            | TruthOp::During(..)
            | TruthOp::Apart { .. }
            | TruthOp::Present(_)
            | TruthOp::ValueKnown(_)) => {
                let truth = simple_truth(self, op);
                or_fault(truth, |kind| self.cells.fault(at, kind))
            }
        }
    }

    /// Two codes that were both recorded, by their letters.
    fn compare_codes(&self, left: ValueId, order: Order, right: ValueId) -> Option<Truth> {
        let (Partial::Code { symbol: a, .. }, Partial::Code { symbol: b, .. }) = (self.value(left), self.value(right))
        else {
            return None;
        };
        let program = self.program();
        let system = [left, right].into_iter().find_map(|value| program.code_system(value));
        let hierarchical = system.is_some_and(crate::value::System::is_hierarchical);
        let text = |symbol| self.bound.text(&program.symbols, symbol);
        Some(same_code(text(a), text(b), hierarchical, order))
    }

    fn there_is(&mut self, operand: Operand) -> Truth {
        match operand {
            Operand::List(list) => {
                let list = self.bound.list(list, self.moment.today);
                match (list.given, list.count, list.open) {
                    (true, 1.., _) => Truth::True,
                    (true, 0, false) => Truth::False,
                    (false, _, _) | (true, 0, true) => Truth::Unknown,
                }
            }
            Operand::Slot(_) | Operand::Field { .. } => match self.fact(operand) {
                Fact::Missing => Truth::Unknown,
                Fact::Absent => Truth::False,
                Fact::Truth(_)
                | Fact::Number { .. }
                | Fact::Word { .. }
                | Fact::Code { .. }
                | Fact::Date(..)
                | Fact::Duration(_)
                | Fact::Period(..) => Truth::True,
            },
        }
    }

    fn known(&mut self, operand: Operand) -> Truth {
        Truth::from(match operand {
            Operand::List(list) => self.bound.list(list, self.moment.today).given,
            Operand::Slot(_) | Operand::Field { .. } => self.fact(operand) != Fact::Missing,
        })
    }

    /// A slot's fact, or that of the record at hand.
    pub(super) fn fact(&self, operand: Operand) -> Fact {
        match operand {
            Operand::Slot(slot) => self.bound.slot(slot.0, self.moment.today).fact(),
            Operand::Field { list, depth, field } => self.field(list, depth, field),
            Operand::List(_) => Fact::Missing,
        }
    }

    fn field(&self, list: ListId, depth: u8, field: u32) -> Fact {
        let width = self.program().lists[list.0 as usize].fields.len();
        let list = self.bound.list(list, self.moment.today);
        self.bound.record(&list, width, self.cells.records[usize::from(depth)])[field as usize].fact()
    }

    fn settled_value(&mut self, id: ValueId) -> Partial {
        let program = &*self.moment.evaluator.program;
        let result = match &program.values[id.0 as usize] {
            ValueOp::Parameter(parameter) => Ok(self.bound.parameter(*parameter)),
            ValueOp::If { arms, otherwise } => Ok(self.choice(arms, *otherwise)),
            ValueOp::LookUp { key, table, column, otherwise } => Ok(self.look_up(*key, *table, *column, *otherwise)),
            ValueOp::Count(looped) => Ok(self.count(*looped)),
            ValueOp::SumOf(looped) => self.sum(*looped),
            ValueOp::Extreme(looped) => Ok(self.extreme(*looped)),
            ValueOp::Dates(counted) => self.counted_dates(*counted),
            ValueOp::Truth(lit) => Ok(match self.cells.lit(program, *lit) {
                Truth::True => Partial::Word(crate::program::YES),
                Truth::False => Partial::Word(crate::program::NO),
                Truth::Unknown => Partial::Unknown,
            }),
            ValueOp::Constant(_)
            | ValueOp::Today
            | ValueOp::Read(_)
            | ValueOp::Age { .. }
            | ValueOp::Sum(_)
            | ValueOp::Product(_)
            | ValueOp::Shift { .. }
            | ValueOp::UnitsBetween { .. }
            | ValueOp::Round(..)
            | ValueOp::Narrowed { .. } => simple_value(self, id),
        };
        result.unwrap_or_else(|kind| {
            self.cells.fault(FaultAt::Value(id), kind);
            Partial::Unknown
        })
    }

    /// The first arm that holds; where one may hold, whatever both ways have in common.
    fn choice(&self, arms: &[(crate::program::Lit, ValueId)], otherwise: ValueId) -> Partial {
        let program = self.program();
        let mut reached: Option<Partial> = None;
        let mut join = |value: Partial| reached = Some(reached.map_or(value, |known| known.hull(value)));
        for (condition, then) in arms {
            match self.cells.lit(program, *condition) {
                Truth::False => {}
                Truth::Unknown => join(self.value(*then)),
                Truth::True => {
                    join(self.value(*then));
                    return reached.unwrap_or(Partial::Unknown);
                }
            }
        }
        join(self.value(otherwise));
        reached.unwrap_or(Partial::Unknown)
    }

    fn look_up(&self, key: ValueId, table: u32, column: u32, otherwise: ValueId) -> Partial {
        let program = self.program();
        let rows = &program.tables[table as usize].rows;
        let cell = |row: &(TableKey, Box<[u32]>)| program.constants[row.1[column as usize] as usize].partial;
        let value = self.value(key).as_number();
        let exact = match value {
            Partial::Absent => return Partial::Absent,
            Partial::Word(symbol) if program.is_truth(key) => TableKey::Truth(symbol == crate::program::YES),
            Partial::Word(symbol) | Partial::Code { symbol, .. } => TableKey::Symbol(symbol),
            Partial::Number { low: None, high: None } => return Partial::Unknown,
            Partial::Number { low, high } => match value.known_number() {
                Some(number) => TableKey::Number(number),
                None => {
                    // Any of the keys in between, or none of them.
                    let inside = |row: &&(TableKey, Box<[u32]>)| {
                        let TableKey::Number(number) = row.0 else { return false };
                        low.is_none_or(|low| low <= number) && high.is_none_or(|high| number <= high)
                    };
                    return rows.iter().filter(inside).map(cell).fold(self.value(otherwise), Partial::hull);
                }
            },
            Partial::Unknown | Partial::Date(_) | Partial::Duration(_) | Partial::Period(..) | Partial::Age(_) => {
                return Partial::Unknown;
            }
        };
        if let Ok(row) = rows.binary_search_by_key(&exact, |(key, _)| *key) {
            return cell(&rows[row]);
        }
        let coarse = match (value, program.code_system(key)) {
            (Partial::Code { symbol, .. }, Some(system)) if system.is_hierarchical() => Some(symbol),
            _ => None,
        };
        let Some(symbol) = coarse else { return self.value(otherwise) };
        // Any of the keys that are finer than the recorded code, or none of them.
        let recorded = self.bound.text(&program.symbols, symbol).replace('.', "");
        let finer = |row: &&(TableKey, Box<[u32]>)| {
            let TableKey::Symbol(symbol) = row.0 else { return false };
            self.bound.text(&program.symbols, symbol).replace('.', "").starts_with(&recorded)
        };
        rows.iter().filter(finer).map(cell).fold(self.value(otherwise), Partial::hull)
    }

    /// Looks at every choice of days of the dates that a comparison names more than once.
    fn joint(&mut self, joint: JointId) -> Truth {
        let program = &*self.moment.evaluator.program;
        let joint: &Joint = &program.joints[joint.0 as usize];
        let plain = self.cells.truth(program, joint.condition);
        if plain != Truth::Unknown {
            return plain;
        }
        let mut choices = 1_u64;
        let mut shared = false;
        for (date, at) in joint.dates.iter().zip(0..) {
            if self.twin(joint, at).is_some() {
                shared = true;
                continue;
            }
            // A date that was not given stays as unknown as it is.
            let Fact::Date(first, last) = self.fact(date.operand) else { continue };
            shared |= !date.alone;
            choices = choices.saturating_mul((last.day_number() - first.day_number() + 1).unsigned_abs().into());
        }
        if !shared || choices == 1 || choices > self.limits().choices_of_days {
            return plain;
        }
        self.cells.work += choices;
        if self.cells.work > self.limits().work {
            self.cells.fault(FaultAt::Truth(joint.condition), FaultKind::WorkLimit);
            return Truth::Unknown;
        }
        let held = self.cells.held.len();
        let (mut all, mut none) = (true, true);
        self.each_choice(joint, 0, &mut |truth| {
            all &= truth == Truth::True;
            none &= truth == Truth::False;
            all || none
        });
        self.cells.held.truncate(held);
        self.run(&joint.again);
        Truth::from_bounds(all, none)
    }

    /// An earlier date of the comparison that is the same field of the same record, reached by another loop.
    fn twin(&self, joint: &Joint, at: usize) -> Option<Operand> {
        let Operand::Field { list, depth, field } = joint.dates[at].operand else { return None };
        let record = |depth: u8| self.cells.records[usize::from(depth)];
        joint.dates[..at].iter().map(|date| date.operand).find(|other| match other {
            Operand::Field { list: same_list, depth: other, field: same_field } => {
                list == *same_list && field == *same_field && record(depth) == record(*other)
            }
            Operand::Slot(_) | Operand::List(_) => false,
        })
    }

    fn held_at(&self, operand: Operand) -> Option<Date> {
        self.cells.held.iter().find(|(held, _)| *held == operand).map(|(_, day)| *day)
    }

    /// Goes on while `look` says so. At most a handful of dates deep.
    fn each_choice(&mut self, joint: &Joint, at: usize, look: &mut impl FnMut(Truth) -> bool) -> bool {
        let Some(JointDate { operand, .. }) = joint.dates.get(at) else {
            self.run(&joint.again);
            let truth = self.truth(joint.condition);
            return look(truth);
        };
        if let Some(day) = self.twin(joint, at).and_then(|twin| self.held_at(twin)) {
            self.cells.held.push((*operand, day));
            let go_on = self.each_choice(joint, at + 1, look);
            self.cells.held.pop();
            return go_on;
        }
        let Fact::Date(first, last) = self.fact(*operand) else { return self.each_choice(joint, at + 1, look) };
        for day in (first.day_number()..=last.day_number()).filter_map(Date::from_day_number) {
            self.cells.held.push((*operand, day));
            let go_on = self.each_choice(joint, at + 1, look);
            self.cells.held.pop();
            if !go_on {
                return false;
            }
        }
        true
    }

    pub(super) fn lit(&self, lit: crate::program::Lit) -> Truth {
        self.cells.lit(self.program(), lit)
    }
}

impl Reader for Evaluation<'_> {
    fn value(&self, id: ValueId) -> Partial {
        self.cells.values[id.0 as usize]
    }

    fn op(&self, id: ValueId) -> &ValueOp {
        &self.program().values[id.0 as usize]
    }

    fn constant(&self, constant: u32) -> Partial {
        self.program().constants[constant as usize].partial
    }

    fn today(&self) -> Partial {
        Partial::day(self.moment.today)
    }

    fn operand(&self, operand: Operand) -> Partial {
        if let Some(day) = self.held_at(operand) {
            return Partial::Date(Days::day(day));
        }
        match self.fact(operand) {
            Fact::Missing => self.program().not_given(operand),
            fact @ (Fact::Absent
            | Fact::Truth(_)
            | Fact::Number { .. }
            | Fact::Word { .. }
            | Fact::Code { .. }
            | Fact::Date(..)
            | Fact::Duration(_)
            | Fact::Period(..)) => self.bound.partial(fact),
        }
    }

    fn passes(&self, class: u32, test: CodeTestId) -> Truth {
        self.moment.evaluator.tables.classes.passes(self.program(), class, test)
    }
}
