//! Facts turned into what the program reads: slots, records, classes. The date of evaluation is not used here.

use super::Evaluator;
use crate::facts::{Facts, Given};
use crate::program::{ListId, Operand, Slot, SlotId};
use crate::schema::{FactType, FieldSchema, Fields, ScalarType};
use crate::value::partial::{Days, Partial, Symbol};
use crate::value::{Code, Date, Duration, FactValue, ListCompleteness, Number, Record, Truth};
use std::collections::HashMap;

/// How many strings are searched one by one.
const INDEXED_FROM: usize = 32;

/// The facts of one patient, bound to one program.
#[derive(Clone, Default)]
pub(crate) struct Bound {
    slots: Vec<Fact>,
    lists: Vec<BoundList>,
    /// The records of all lists, one after the other, each as wide as its list has fields.
    fields: Vec<Fact>,
    numbers: Vec<Number>,
    /// Strings that the program does not know, numbered after those it knows.
    symbols: Vec<Box<str>>,
    symbol_index: HashMap<Box<str>, usize>,
    /// The last day on which a slot's value holds.
    slot_expiry: Vec<(u32, Date)>,
    /// Per open parameter: what it is set to.
    parameters: Vec<Partial>,
}

/// One value as bound. `region` is where it falls among the program's conditions on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    Missing,
    Absent,
    Truth(bool),
    Number { index: u32, region: u32 },
    Word { symbol: Symbol, region: u32 },
    Code { symbol: Symbol, class: u32 },
    Date(Date, Date),
    Duration(Duration),
    Period(Date, Date),
}

impl Fact {
    /// As a condition: absent is no.
    pub(super) fn holds(self) -> Truth {
        match self {
            Fact::Truth(truth) => Truth::from(truth),
            Fact::Absent => Truth::False,
            Fact::Missing
            | Fact::Number { .. }
            | Fact::Word { .. }
            | Fact::Code { .. }
            | Fact::Date(..)
            | Fact::Duration(_)
            | Fact::Period(..) => Truth::Unknown,
        }
    }
}

#[derive(Debug, Clone, Copy, Default)]
pub(super) struct BoundList {
    pub(super) given: bool,
    pub(super) open: bool,
    pub(super) first: u32,
    pub(super) count: u32,
    pub(super) expiry: Option<Date>,
}

/// Says how much there is, never what.
impl std::fmt::Debug for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bound({} slots, {} lists)", self.slots.len(), self.lists.len())
    }
}

impl Bound {
    #[inline]
    pub(super) fn slot(&self, slot: u32, today: Date) -> Fact {
        let expired = |(which, last): &(u32, Date)| *which == slot && *last < today;
        if !self.slot_expiry.is_empty() && self.slot_expiry.iter().any(expired) {
            return Fact::Missing;
        }
        self.slots[slot as usize]
    }

    /// A list as it stands on a day.
    pub(super) fn list(&self, list: ListId, today: Date) -> BoundList {
        let list = self.lists[list.0 as usize];
        if list.expiry.is_some_and(|last| last < today) { BoundList { given: false, count: 0, ..list } } else { list }
    }

    /// What is valid for a time, each with the last day on which it holds.
    pub(super) fn expiries(&self) -> impl Iterator<Item = (Operand, Date)> {
        let slots = self.slot_expiry.iter().map(|(slot, last)| (Operand::Slot(SlotId(*slot)), *last));
        let lists = self.lists.iter().zip((0..).map(ListId));
        slots.chain(lists.filter_map(|(list, id)| Some((Operand::List(id), list.expiry?))))
    }

    /// The records of a list, one after the other.
    #[inline]
    pub(super) fn records(&self, list: &BoundList, width: usize) -> &[Fact] {
        let start = list.first as usize;
        &self.fields[start..start + list.count as usize * width]
    }

    pub(super) fn record(&self, list: &BoundList, width: usize, record: u32) -> &[Fact] {
        let start = list.first as usize + record as usize * width;
        &self.fields[start..start + width]
    }

    pub(super) fn number(&self, index: u32) -> Number {
        self.numbers[index as usize]
    }

    pub(super) fn parameter(&self, parameter: u32) -> Partial {
        self.parameters.get(parameter as usize).copied().unwrap_or(Partial::Unknown)
    }

    /// A string by its symbol.
    pub(crate) fn text<'a>(&'a self, known: &'a [Box<str>], symbol: Symbol) -> &'a str {
        let at = symbol.0 as usize;
        match known.get(at) {
            Some(text) => text,
            None => &self.symbols[at - known.len()],
        }
    }

    pub(super) fn partial(&self, fact: Fact) -> Partial {
        match fact {
            Fact::Missing => Partial::Unknown,
            Fact::Absent => Partial::Absent,
            Fact::Truth(truth) => Partial::Word(if truth { crate::program::YES } else { crate::program::NO }),
            Fact::Number { index, .. } => Partial::number(self.number(index)),
            Fact::Word { symbol, .. } => Partial::Word(symbol),
            Fact::Code { symbol, class } => Partial::Code { symbol, class },
            Fact::Date(first, last) => Partial::Date(Days::new(first, last)),
            Fact::Duration(duration) => Partial::Duration(duration),
            Fact::Period(first, last) => Partial::Period(first, last),
        }
    }

    /// A place for the patients of a batch one after the other, whose numbers and strings it holds.
    pub(super) fn sharing(numbers: Vec<Number>, symbols: Vec<Box<str>>) -> Bound {
        Bound { numbers, symbols, ..Bound::default() }
    }

    /// The slots of another patient of the batch, each with the last day on which it holds; no lists.
    pub(super) fn refill(&mut self, slots: impl Iterator<Item = (Fact, Option<Date>)>) {
        self.slots.clear();
        self.slot_expiry.clear();
        self.lists.clear();
        self.fields.clear();
        for ((fact, expiry), slot) in slots.zip(0..) {
            self.slots.push(fact);
            self.slot_expiry.extend(expiry.map(|last| (slot, last)));
        }
    }

    /// The next list of that patient, its records one after the other.
    pub(super) fn add_list(&mut self, list: BoundList, records: impl Iterator<Item = Fact>) {
        self.lists.push(BoundList { first: self.fields.len() as u32, ..list });
        self.fields.extend(records);
    }

    /// What if a parameter that nobody set were so?
    pub(crate) fn set_parameter(&mut self, parameter: usize, value: Partial) {
        if self.parameters.len() <= parameter {
            self.parameters.resize(parameter + 1, Partial::Unknown);
        }
        self.parameters[parameter] = value;
    }
}

impl Evaluator {
    /// What if a parameter that nobody set were so?
    pub(crate) fn set_parameter(&self, bound: &mut Bound, parameter: u32, value: &FactValue) {
        let Some(open) = self.program.parameters.get(parameter as usize) else { return };
        // No condition is classified by a parameter, so any operand will do.
        let fact = self.fact(value, &open.ty, Operand::Slot(crate::program::SlotId(u32::MAX)), bound);
        let value = bound.partial(fact);
        bound.set_parameter(parameter as usize, value);
    }

    /// Binds facts that were checked against the program's schema.
    pub(crate) fn bind(&self, facts: &Facts) -> Bound {
        let mut bound = Bound::default();
        self.bind_into(facts, &mut bound);
        bound
    }

    /// The same into a place that was used before.
    pub(crate) fn bind_into(&self, facts: &Facts, bound: &mut Bound) {
        let program = &self.program;
        bound.slots.clear();
        bound.lists.clear();
        bound.fields.clear();
        bound.numbers.clear();
        bound.symbols.clear();
        bound.symbol_index.clear();
        bound.slot_expiry.clear();
        bound.parameters.clear();
        for (slot, index) in program.slots.iter().zip(0..) {
            let fact = self.slot_fact(facts, *slot, index, bound);
            bound.slots.push(fact);
        }
        for (list, index) in program.lists.iter().zip(0..) {
            let schema = program.schema.get(list.fact);
            let given = schema.and_then(|schema| facts.get(&schema.name));
            let first = bound.fields.len() as u32;
            let Some((
                FactType::List { fields, complete, .. },
                Some(Given { value: FactValue::List(records), on, .. }),
            )) = schema.map(|schema| (&schema.ty, given))
            else {
                bound.lists.push(BoundList { first, ..BoundList::default() });
                continue;
            };
            for record in &records.records {
                self.bind_record(record, fields, &list.fields, index, bound);
            }
            let open = match records.completeness {
                ListCompleteness::AsDeclared => !complete,
                ListCompleteness::Complete => false,
                ListCompleteness::Open => true,
            };
            let expiry = on.zip(schema.and_then(|schema| schema.valid_for)).and_then(|(on, time)| on.checked_add(time));
            bound.lists.push(BoundList { given: true, open, first, count: records.records.len() as u32, expiry });
        }
    }

    fn slot_fact(&self, facts: &Facts, slot: Slot, index: u32, bound: &mut Bound) -> Fact {
        let Some(schema) = self.program.schema.get(slot.fact) else { return Fact::Missing };
        let operand = Operand::Slot(crate::program::SlotId(index));
        let omitted = |not_mentioned: Option<bool>| not_mentioned.map_or(Fact::Missing, Fact::Truth);
        let Some(given) = facts.get(&schema.name) else { return omitted(schema.not_mentioned) };
        if let Some(last) = given.on.zip(schema.valid_for).and_then(|(on, time)| on.checked_add(time)) {
            bound.slot_expiry.push((index, last));
        }
        match (&schema.ty, slot.field, &given.value) {
            (FactType::Record { .. }, _, FactValue::None) => Fact::Absent,
            (FactType::Record { .. }, None, FactValue::Record(_)) => Fact::Truth(true),
            (FactType::Record { fields, .. }, Some(field), FactValue::Record(record)) => {
                let Some(field) = fields.get(field) else { return Fact::Missing };
                match record.fields.get(&field.name) {
                    Some(value) => self.fact(value, &field.ty, operand, bound),
                    None => omitted(field.not_mentioned),
                }
            }
            (FactType::Scalar(ty), None, value) => self.fact(value, ty, operand, bound),
            (FactType::Record { .. } | FactType::Scalar(_) | FactType::List { .. }, _, _) => Fact::Missing,
        }
    }

    fn bind_record(
        &self,
        record: &Record,
        fields: &Fields,
        wanted: &[crate::schema::FieldId],
        list: u32,
        bound: &mut Bound,
    ) {
        for (field, number) in wanted.iter().zip(0..) {
            let schema: Option<&FieldSchema> = fields.get(*field);
            let operand = Operand::Field { list: ListId(list), depth: 0, field: number };
            let fact = match schema.map(|schema| (schema, record.fields.get(&schema.name))) {
                Some((schema, Some(value))) => self.fact(value, &schema.ty, operand, bound),
                Some((schema, None)) => schema.not_mentioned.map_or(Fact::Missing, Fact::Truth),
                None => Fact::Missing,
            };
            bound.fields.push(fact);
        }
    }

    pub(super) fn fact(&self, value: &FactValue, ty: &ScalarType, operand: Operand, bound: &mut Bound) -> Fact {
        match value {
            FactValue::Truth(truth) => Fact::Truth(*truth),
            FactValue::Number(number) => self.number(*number, operand, bound),
            FactValue::Quantity(quantity) => {
                let number = if let ScalarType::Quantity(unit) = ty {
                    quantity.to_unit(unit).map(|quantity| quantity.number()).ok()
                } else {
                    None
                };
                number.map_or(Fact::Missing, |number| self.number(number, operand, bound))
            }
            FactValue::Text(text) | FactValue::Choice(text) => {
                let symbol = self.symbol(text, bound);
                Fact::Word { symbol, region: self.tables.word_region(operand, symbol) }
            }
            FactValue::Date(date) => Fact::Date(date.first(), date.last()),
            FactValue::Duration(duration) => Fact::Duration(*duration),
            FactValue::Period(first, last) => Fact::Period(*first, *last),
            FactValue::Code(code) => self.code(code, bound),
            FactValue::None => Fact::Absent,
            FactValue::Record(_) | FactValue::List(_) => Fact::Missing,
        }
    }

    fn number(&self, number: Number, operand: Operand, bound: &mut Bound) -> Fact {
        bound.numbers.push(number);
        Fact::Number { index: bound.numbers.len() as u32 - 1, region: self.tables.number_region(operand, number) }
    }

    fn code(&self, code: &Code, bound: &mut Bound) -> Fact {
        Fact::Code { symbol: self.symbol(code.as_str(), bound), class: self.tables.classes.class(code) }
    }

    fn symbol(&self, text: &str, bound: &mut Bound) -> Symbol {
        if let Some(symbol) = self.symbols.get(text) {
            return *symbol;
        }
        let known = self.program.symbols.len();
        // A patient has few strings that the program does not know; past that an index keeps it linear.
        let position = if bound.symbols.len() < INDEXED_FROM {
            bound.symbols.iter().position(|symbol| &**symbol == text)
        } else {
            if bound.symbol_index.is_empty() {
                bound.symbol_index = bound.symbols.iter().cloned().zip(0..).collect();
            }
            bound.symbol_index.get(text).copied()
        };
        let position = position.unwrap_or_else(|| {
            let position = bound.symbols.len();
            bound.symbols.push(text.into());
            if position >= INDEXED_FROM {
                bound.symbol_index.insert(text.into(), position);
            }
            position
        });
        Symbol((known + position) as u32)
    }
}
