//! The masks of answers that were not given: rows of the tables, and what is known of a record with gaps.

use super::bound::{Bound, FIRST_ROW, MISSING_ROW, Packed};
use super::look::DateTable;
use super::moment::Moment;
use super::tables::MaskTable;
use crate::program::{ListId, Operand, Program, Slot, SlotId};
use crate::schema::ScalarType;
use crate::value::{Date, FactValue};

impl Packed {
    pub(super) fn is_missing(self) -> bool {
        self.row() == MISSING_ROW && self.days().is_none()
    }

    /// Whether it may be one of several days.
    pub(super) fn is_partial_date(self) -> bool {
        self.day_numbers().is_some_and(|(first, last)| first != last)
    }
}

impl Moment<'_> {
    /// Whether nothing is known of a fact; `false` for fields of records, too.
    pub(super) fn is_missing(&self, bound: &Bound, slot: SlotId) -> bool {
        self.program().slots[slot.0 as usize].field.is_none() && bound.slot(slot.0, self.today()).is_missing()
    }

    /// Whether a fact is a code, of which a coarser one than a condition names may be known.
    pub(super) fn is_coarse_code(&self, bound: &Bound, slot: SlotId) -> bool {
        let is_code = matches!(self.program().scalar_type(Operand::Slot(slot)), Some(ScalarType::Code(_)));
        is_code
            && self.program().slots[slot.0 as usize].field.is_none()
            && !bound.slot(slot.0, self.today()).is_missing()
    }

    /// How many rows a block's table has.
    pub(super) fn slot_rows(&self, block: usize) -> u32 {
        let table = self.slot_table(block);
        table.map_or(0, |table| table.rows() as u32)
    }

    /// A row of it: surely yes, possibly yes.
    pub(super) fn slot_row(&self, block: usize, row: u32) -> Vec<(u64, u64)> {
        let words = self.slot_table(block).map(|table| table.row_words(row)).unwrap_or_default();
        words.iter().map(|[yes, no]| (*yes, !no)).collect()
    }

    /// How many rows the table of a pass has for a field; none where there are several tables, whose rows differ.
    pub(super) fn field_rows(&self, pass: usize, field: u32) -> u32 {
        let mut tables = self.field_tables(pass, field);
        tables.next().filter(|_| tables.next().is_none()).map_or(0, |table| table.rows() as u32)
    }

    /// A row of all of them together: surely passed, possibly passed.
    pub(super) fn field_row(&self, pass: usize, field: u32, row: u32) -> Vec<(u64, u64)> {
        let words = self.program().layout.passes[pass].masks.len();
        let mut all = vec![(u64::MAX, u64::MAX); words];
        for table in self.field_tables(pass, field) {
            for ((yes, may), [own_yes, own_may]) in all.iter_mut().zip(table.row_words(row)) {
                *yes &= own_yes;
                *may &= own_may;
            }
        }
        all
    }

    /// The row that an answer falls into.
    pub(super) fn row_of(&self, operand: Operand, pass: Option<usize>, answer: &FactValue) -> u32 {
        let Some(ty) = self.program().scalar_type(operand) else { return MISSING_ROW };
        let fact = self.evaluator().fact(answer, ty, operand, &mut Bound::default());
        self.row_of_fact(operand, pass, fact)
    }

    /// The rows of a field's values in the records that were given.
    pub(super) fn given_rows(&self, bound: &Bound, pass: usize, field: u32, look: impl FnMut(u32)) {
        let list = self.program().layout.passes[pass].list;
        let width = self.width(list);
        let given = bound.list(list, self.today());
        let operand = Operand::Field { list, depth: 0, field };
        let facts = bound.records(&given, width).iter().skip(field as usize).step_by(width.max(1));
        facts.filter(|fact| !fact.is_missing()).map(|fact| self.row_of_fact(operand, Some(pass), *fact)).for_each(look);
    }

    /// How many fields the records of a list have.
    pub(super) fn width(&self, list: ListId) -> usize {
        self.program().lists[list.0 as usize].fields.len()
    }

    /// What a record passes by the fields that are known: surely, possibly.
    pub(super) fn known(&self, pass: usize, record: &[Packed], masks: &mut [(u64, u64)]) {
        for (asked, dates) in self.evaluator.tables.passes[pass].iter().zip(&self.passes[pass]) {
            let fact = record[asked.field as usize];
            if fact.is_missing() {
                continue;
            }
            match (&asked.table, dates) {
                (Some(table), _) => {
                    for ((yes, may), [own_yes, own_may]) in masks.iter_mut().zip(table.row_words(fact.row())) {
                        (*yes, *may) = (*yes & own_yes, *may & own_may);
                    }
                }
                (None, Some(dates)) => {
                    let (from, to) = stretches(dates, fact);
                    for ((yes, may), word) in masks.iter_mut().zip(0..) {
                        let rows = (from..=to).map(|row| dates.masks.row_words(row)[word]);
                        let own = rows.fold((u64::MAX, 0), |all, [yes, may]| (all.0 & yes, all.1 | may));
                        (*yes, *may) = (*yes & own.0, *may & own.1);
                    }
                }
                // INVARIANT: a table is made for every field, here or there.
                (None, None) => masks.iter_mut().for_each(|(yes, _)| *yes = 0),
            }
        }
        masks.iter_mut().for_each(|(yes, may)| *yes &= *may);
    }

    fn slot_table(&self, block: usize) -> Option<&MaskTable> {
        let dates = || self.slots.get(block)?.as_ref().map(|dates| &dates.masks);
        self.evaluator.tables.slots.get(block)?.as_ref().or_else(dates)
    }

    /// Of a field's conditions on dates one table for each rank.
    fn field_tables(&self, pass: usize, field: u32) -> impl Iterator<Item = &MaskTable> {
        let asked = self.evaluator.tables.passes[pass].iter().zip(&self.passes[pass]);
        let own = asked.filter(move |(asked, _)| asked.field == field);
        own.filter_map(|(asked, dates)| asked.table.as_ref().or(dates.as_ref().map(|dates| &dates.masks)))
    }

    /// The row of a value in the table of its fact or field.
    fn row_of_fact(&self, operand: Operand, pass: Option<usize>, fact: Packed) -> u32 {
        let dates = match (operand, pass) {
            (Operand::Field { field, .. }, Some(pass)) => {
                let own = self.evaluator.tables.passes[pass].iter().position(|asked| asked.field == field);
                own.and_then(|own| self.passes[pass][own].as_ref())
            }
            (Operand::Slot(slot), _) => {
                let block = self.program().layout.blocks.iter().position(|block| block.slot == slot);
                block.and_then(|block| self.slots[block].as_ref())
            }
            (Operand::Field { .. }, None) | (Operand::List(_), _) => None,
        };
        dates.map_or(fact.row(), |dates| stretches(dates, fact).0)
    }
}

/// The rows of the stretches that a date may fall into, the first and the last.
fn stretches(dates: &DateTable, fact: Packed) -> (u32, u32) {
    let row = |day: Date| FIRST_ROW + dates.borders.partition_point(|border| *border <= day) as u32;
    fact.days().map_or((fact.row(), fact.row()), |(first, last)| (row(first), row(last)))
}

impl Program {
    /// Whether only some numbers can be given.
    pub(super) fn has_allowed_numbers(&self, operand: Operand) -> bool {
        let Operand::Slot(slot) = operand else { return false };
        let Slot { fact, field } = self.slots[slot.0 as usize];
        field.is_none() && self.schema.get(fact).is_some_and(|fact| fact.allowed.is_some())
    }
}
