//! The masks of answers that were not given: rows of the tables, and what is known of a record with gaps.

use super::bound::{Bound, FIRST_ROW, MISSING_ROW, Packed};
use super::essential::Answers;
use super::look::DateTable;
use super::moment::Moment;
use super::tables::MaskTable;
use crate::program::{Operand, Program, Slot, SlotId};
use crate::value::{Date, FactValue};

impl Packed {
    fn is_missing(self) -> bool {
        self.row() == MISSING_ROW && self.days().is_none()
    }
}

impl Moment<'_> {
    /// Whether nothing is known of a fact; `false` for fields of records, too.
    pub(super) fn is_missing(&self, bound: &Bound, slot: SlotId) -> bool {
        self.program().slots[slot.0 as usize].field.is_none() && bound.slot(slot.0, self.today()).is_missing()
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
    pub(super) fn given_rows(&self, bound: &Bound, pass: usize, field: u32) -> Vec<u32> {
        let list = self.program().layout.passes[pass].list;
        let width = self.program().lists[list.0 as usize].fields.len();
        let given = bound.list(list, self.today());
        let operand = Operand::Field { list, depth: 0, field };
        let facts = bound.records(&given, width).iter().skip(field as usize).step_by(width.max(1));
        facts.filter(|fact| !fact.is_missing()).map(|fact| self.row_of_fact(operand, Some(pass), *fact)).collect()
    }

    /// Which of these fields of a record are not known.
    pub(super) fn missing_fields(&self, bound: &Bound, pass: usize, record: u32, fields: &[Answers]) -> u64 {
        let record = self.record_of(bound, pass, record);
        let missing = fields.iter().zip(0..).filter(|(field, _)| record[field.field as usize].is_missing());
        missing.fold(0, |all, (_, place)| all | 1 << place)
    }

    /// One word of what a record passes by the fields that are known: surely, possibly.
    pub(super) fn known_word(&self, bound: &Bound, pass: usize, record: u32, word: u32) -> (u64, u64) {
        let record = self.record_of(bound, pass, record);
        self.pass_word(pass, word, |field| Some(record[field as usize]).filter(|fact| !fact.is_missing()))
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

    /// One word of what a record passes by the fields that are told: surely, possibly.
    fn pass_word(&self, pass: usize, word: u32, told: impl Fn(u32) -> Option<Packed>) -> (u64, u64) {
        let (mut all, mut may) = (u64::MAX, u64::MAX);
        for (asked, dates) in self.evaluator.tables.passes[pass].iter().zip(&self.passes[pass]) {
            let Some(fact) = told(asked.field) else { continue };
            let (yes, perhaps) = match (&asked.table, dates) {
                (Some(table), _) => table.row_words(fact.row())[word as usize].into(),
                (None, Some(dates)) => dates_word(dates, fact, word),
                // INVARIANT: a table is made for every field, here or there.
                (None, None) => (0, u64::MAX),
            };
            all &= yes;
            may &= perhaps;
        }
        (all & may, may)
    }

    fn record_of<'b>(&self, bound: &'b Bound, pass: usize, record: u32) -> &'b [Packed] {
        let list = self.program().layout.passes[pass].list;
        let width = self.program().lists[list.0 as usize].fields.len();
        bound.record(&bound.list(list, self.today()), width, record)
    }
}

/// The rows of the stretches that a date may fall into, the first and the last.
fn stretches(dates: &DateTable, fact: Packed) -> (u32, u32) {
    let row = |day: Date| FIRST_ROW + dates.borders.partition_point(|border| *border <= day) as u32;
    fact.days().map_or((fact.row(), fact.row()), |(first, last)| (row(first), row(last)))
}

/// What is sure and what is possible whichever day it is.
fn dates_word(dates: &DateTable, fact: Packed, word: u32) -> (u64, u64) {
    let (from, to) = stretches(dates, fact);
    (from..=to)
        .map(|row| dates.masks.row_words(row)[word as usize])
        .fold((u64::MAX, 0), |all, [yes, may]| (all.0 & yes, all.1 | may))
}

impl Program {
    /// Whether only some numbers can be given.
    pub(super) fn has_allowed_numbers(&self, operand: Operand) -> bool {
        let Operand::Slot(slot) = operand else { return false };
        let Slot { fact, field } = self.slots[slot.0 as usize];
        field.is_none() && self.schema.get(fact).is_some_and(|fact| fact.allowed.is_some())
    }
}
