//! Facts turned into what the program reads: slots, records, classes. The date of evaluation is not used here.

use super::Evaluator;
use super::bound::{Bound, FIRST_ROW, ListState, Packed};
use super::tables::Regions;
use crate::facts::{Facts, Given};
use crate::program::{ListId, Operand, Program, Slot, SlotId};
use crate::schema::{FactType, FieldSchema, Fields, ScalarType};
use crate::value::partial::Symbol;
use crate::value::{Code, FactValue, ListCompleteness, Number, Record};

impl Evaluator {
    /// What if a parameter that nobody set were so?
    pub(crate) fn set_parameter(&self, bound: &mut Bound, parameter: u32, value: &FactValue) {
        let Some(open) = self.program.parameters.get(parameter as usize) else { return };
        // No condition is classified by a parameter, so any operand will do.
        let fact = self.fact(value, &open.ty, Operand::Slot(SlotId(u32::MAX)), bound);
        let value = bound.partial(fact.fact());
        bound.set_parameter(parameter as usize, value);
    }

    /// Binds facts that were checked against the program's schema.
    pub(crate) fn bind(&self, facts: &Facts) -> Bound {
        let mut bound = Bound::default();
        self.bind_into(facts, &mut bound);
        bound
    }

    /// A place as it is where nothing was given.
    pub(crate) fn bind_nothing(&self, bound: &mut Bound) {
        bound.start(&self.not_given, self.program.lists.len(), self.program.symbols.len());
    }

    /// The same into a place that was used before.
    pub(crate) fn bind_into(&self, facts: &Facts, bound: &mut Bound) {
        let program = &self.program;
        self.bind_nothing(bound);
        for (slot, index) in program.slots.iter().zip(0..) {
            let fact = self.slot_fact(facts, *slot, index, bound);
            bound.set(index, fact);
        }
        for (list, index) in program.lists.iter().zip(0..) {
            let schema = program.schema.get(list.fact);
            let given = schema.and_then(|schema| facts.get(&schema.name));
            let Some((
                FactType::List { fields, complete, .. },
                Some(Given { value: FactValue::List(records), on, .. }),
            )) = schema.map(|schema| (&schema.ty, given))
            else {
                continue;
            };
            let first = bound.next();
            for record in &records.records {
                self.bind_record(record, fields, &list.fields, index, bound);
            }
            let state = match (records.completeness, complete) {
                (ListCompleteness::AsDeclared, true) | (ListCompleteness::Complete, _) => ListState::Complete,
                (ListCompleteness::AsDeclared, false) | (ListCompleteness::Open, _) => ListState::Open,
            };
            let count = records.records.len() as u32;
            bound.set_list(index, state, [first, count, list.fields.len() as u32]);
            let valid_for = schema.and_then(|schema| schema.valid_for);
            if let Some(last) = on.zip(valid_for).and_then(|(on, time)| on.checked_add(time)) {
                bound.expires(Operand::List(ListId(index)), last);
            }
        }
    }

    /// What a slot holds where nothing was given.
    pub(super) fn not_given(program: &Program) -> Vec<Packed> {
        let omitted =
            |slot: &Slot| program.schema.get(slot.fact).map_or(Packed::MISSING, |fact| omitted(fact.not_mentioned));
        program.slots.iter().map(omitted).collect()
    }

    fn slot_fact(&self, facts: &Facts, slot: Slot, index: u32, bound: &mut Bound) -> Packed {
        let Some(schema) = self.program.schema.get(slot.fact) else { return Packed::MISSING };
        let operand = Operand::Slot(SlotId(index));
        let Some(given) = facts.get(&schema.name) else { return omitted(schema.not_mentioned) };
        if let Some(last) = given.on.zip(schema.valid_for).and_then(|(on, time)| on.checked_add(time)) {
            bound.expires(operand, last);
        }
        match (&schema.ty, slot.field, &given.value) {
            (FactType::Record { .. }, _, FactValue::None) => Packed::ABSENT,
            (FactType::Record { .. }, None, FactValue::Record(_)) => Packed::truth(true),
            (FactType::Record { fields, .. }, Some(field), FactValue::Record(record)) => {
                let Some(field) = fields.get(field) else { return Packed::MISSING };
                match record.fields.get(&field.name) {
                    Some(value) => self.fact(value, &field.ty, operand, bound),
                    None => omitted(field.not_mentioned),
                }
            }
            (FactType::Scalar(ty), None, value) => self.fact(value, ty, operand, bound),
            (FactType::Record { .. } | FactType::Scalar(_) | FactType::List { .. }, _, _) => Packed::MISSING,
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
                Some((schema, None)) => omitted(schema.not_mentioned),
                None => Packed::MISSING,
            };
            bound.push(fact);
        }
    }

    pub(super) fn fact(&self, value: &FactValue, ty: &ScalarType, operand: Operand, bound: &mut Bound) -> Packed {
        match value {
            FactValue::Truth(truth) => Packed::truth(*truth),
            FactValue::Number(number) => self.number(*number, operand, bound),
            FactValue::Quantity(quantity) => {
                let number = if let ScalarType::Quantity(unit) = ty {
                    quantity.to_unit(unit).map(|quantity| quantity.number()).ok()
                } else {
                    None
                };
                number.map_or(Packed::MISSING, |number| self.number(number, operand, bound))
            }
            FactValue::Text(text) | FactValue::Choice(text) => {
                let symbol = self.symbol(text, bound);
                Packed::word(symbol, word_row(self.tables.regions_of(operand), symbol))
            }
            FactValue::Date(date) => Packed::date(date.first(), date.last()),
            FactValue::Duration(duration) => Packed::duration(*duration),
            FactValue::Period(first, last) => Packed::period(*first, *last),
            FactValue::Code(code) => self.code(code, bound),
            FactValue::None => Packed::ABSENT,
            FactValue::Record(_) | FactValue::List(_) => Packed::MISSING,
        }
    }

    fn number(&self, number: Number, operand: Operand, bound: &mut Bound) -> Packed {
        Packed::number(bound.push_number(number), number_row(self.tables.regions_of(operand), number))
    }

    fn code(&self, code: &Code, bound: &mut Bound) -> Packed {
        Packed::code(self.symbol(code.as_str(), bound), self.tables.classes.class(code))
    }

    pub(super) fn symbol(&self, text: &str, bound: &mut Bound) -> Symbol {
        match self.symbols.get(text) {
            Some(symbol) => *symbol,
            None => bound.own_symbol(text),
        }
    }
}

pub(super) fn number_row(regions: Option<&Regions>, number: Number) -> u32 {
    regions.map_or(FIRST_ROW, |regions| regions.number_row(number))
}

pub(super) fn word_row(regions: Option<&Regions>, symbol: Symbol) -> u32 {
    regions.map_or(FIRST_ROW, |regions| regions.word_row(symbol))
}

pub(super) fn omitted(not_mentioned: Option<bool>) -> Packed {
    not_mentioned.map_or(Packed::MISSING, Packed::truth)
}
