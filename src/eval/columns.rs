//! The facts of many patients side by side: a column per slot, and per list its records one after the other.
//!
//! Of what conditions are classified by, a column keeps the class alone, and of dates their first and last day; what the
//! other operations read is kept whole.

use super::Evaluator;
use super::bind::omitted;
use super::bound::{Bound, Fact, ListState, MISSING_ROW, Packed};
use super::cells::Word;
use super::tables::MaskTable;
use crate::program::{ListId, Operand, SlotId};
use crate::schema::{FactType, ScalarType};
use crate::value::partial::Symbol;
use crate::value::{Date, FactValue, Number};
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

/// After all days of the calendar: a date that was not given, and one that is known to be absent.
pub(super) const NO_DAY_GIVEN: i32 = i32::MAX - 1;
pub(super) const ABSENT_DAY: i32 = i32::MAX;

/// Facts of many patients, bound to one program.
#[derive(Clone, Default)]
pub(crate) struct Columns {
    patients: usize,
    pub(super) slots: Vec<Column>,
    pub(super) lists: Vec<Records>,
    /// Of values that are kept whole, of all patients.
    numbers: Vec<Number>,
    /// Strings that the program does not know, numbered after those it knows.
    symbols: Vec<Box<str>>,
    symbol_index: HashMap<Box<str>, Symbol>,
}

/// One value of each patient, or of each record of a list.
#[derive(Clone, Default)]
pub(super) struct Column {
    kept: Kept,
    whole: bool,
    /// By row of the masks: its class. Rows of equal masks are one class.
    class_of_row: Arc<[u16]>,
    /// By class: one of its rows.
    row_of_class: Arc<[u32]>,
    /// The class of each.
    pub(super) classes: Vec<u16>,
    pub(super) first: Vec<i32>,
    pub(super) last: Vec<i32>,
    facts: Vec<Packed>,
    /// Patients, ascending, with the last day on which their value holds.
    pub(super) expiries: Vec<(u32, Date)>,
}

/// What conditions are classified by.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
enum Kept {
    #[default]
    Nothing,
    Classes,
    Days,
}

/// A list of each patient.
#[derive(Clone, Default)]
pub(super) struct Records {
    /// Whether all classified quantifiers of it are settled by its columns.
    classified: bool,
    /// By patient: where the records end that began where the patient's before ended.
    pub(super) ends: Vec<u32>,
    pub(super) given: Vec<bool>,
    pub(super) open: Vec<bool>,
    pub(super) fields: Vec<Column>,
    /// Patients, ascending, with the last day on which their list holds.
    pub(super) expiries: Vec<(u32, Date)>,
}

/// Of one patient's list: how many records, and whether there may be more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ListRow {
    pub(crate) count: u32,
    pub(crate) open: bool,
}

/// Says how much there is, never what.
impl std::fmt::Debug for Columns {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Columns({} patients, {} slots, {} lists)", self.patients, self.slots.len(), self.lists.len())
    }
}

impl Column {
    /// What conditions ask of it; `None`: they are asked of a date.
    fn classify(&mut self, table: Option<&MaskTable>) {
        let Some(table) = table else {
            self.kept = Kept::Days;
            return;
        };
        let mut known: HashMap<&[Word], u16> = HashMap::new();
        let (mut class_of_row, mut row_of_class) = (Vec::new(), Vec::new());
        for row in 0..table.rows() as u32 {
            let Ok(next) = u16::try_from(row_of_class.len()) else { return };
            let class = *known.entry(table.row_words(row)).or_insert(next);
            if class == next {
                row_of_class.push(row);
            }
            class_of_row.push(class);
        }
        self.class_of_row = class_of_row.into();
        self.row_of_class = row_of_class.into();
        self.kept = Kept::Classes;
    }

    /// By class, a row of the masks.
    pub(super) fn rows_of_classes(&self) -> &[u32] {
        &self.row_of_class
    }

    /// The class of what is not given.
    pub(super) fn missing(&self) -> u16 {
        self.class_of_row[MISSING_ROW as usize]
    }

    #[inline]
    fn class(&self, fact: Packed) -> u16 {
        self.class_of_row[fact.row() as usize]
    }

    fn push(&mut self, fact: Packed) {
        match self.kept {
            Kept::Nothing => {}
            Kept::Classes => self.classes.push(self.class(fact)),
            Kept::Days => {
                let (first, last) = days(fact);
                self.first.push(first);
                self.last.push(last);
            }
        }
        if self.whole {
            self.facts.push(fact);
        }
    }

    /// The same value so many times.
    fn extend(&mut self, fact: Packed, count: usize) {
        match self.kept {
            Kept::Nothing => {}
            Kept::Classes => {
                let class = self.class(fact);
                self.classes.resize(self.classes.len() + count, class);
            }
            Kept::Days => {
                let (first, last) = days(fact);
                self.first.resize(self.first.len() + count, first);
                self.last.resize(self.last.len() + count, last);
            }
        }
        if self.whole {
            self.facts.resize(self.facts.len() + count, fact);
        }
    }

    #[inline]
    fn set(&mut self, at: usize, fact: Packed) {
        match self.kept {
            Kept::Nothing => {}
            Kept::Classes => self.classes[at] = self.class(fact),
            Kept::Days => (self.first[at], self.last[at]) = days(fact),
        }
        if self.whole {
            self.facts[at] = fact;
        }
    }

    fn fact(&self, at: usize) -> Packed {
        // INVARIANT: what is not kept whole is read by classified conditions alone.
        if self.whole { self.facts[at] } else { Packed::MISSING }
    }

    fn truncate(&mut self, count: usize) {
        self.classes.truncate(count);
        self.first.truncate(count);
        self.last.truncate(count);
        self.facts.truncate(count);
    }

    fn clear(&mut self) {
        self.truncate(0);
        self.expiries.clear();
    }
}

#[inline]
fn days(fact: Packed) -> (i32, i32) {
    match fact.days() {
        Some((first, last)) => (first.day_number(), last.day_number()),
        None if fact == Packed::ABSENT => (ABSENT_DAY, ABSENT_DAY),
        None => (NO_DAY_GIVEN, NO_DAY_GIVEN),
    }
}

fn expiry_of(expiries: &[(u32, Date)], patient: usize) -> Option<Date> {
    let at = expiries.binary_search_by_key(&patient, |(patient, _)| *patient as usize).ok()?;
    expiries.get(at).map(|(_, last)| *last)
}

impl Columns {
    /// For an evaluator's program, with what its classified conditions ask of it; nobody is there yet.
    pub(super) fn new(evaluator: &Evaluator) -> Columns {
        let program = &*evaluator.program;
        let mut slots = vec![Column::default(); program.slots.len()];
        for (block, table) in program.layout.blocks.iter().zip(&evaluator.tables.slots) {
            slots[block.slot.0 as usize].classify(table.as_ref());
        }
        let fields = |list: &crate::program::ListSlot| vec![Column::default(); list.fields.len()];
        let list = |list| Records { fields: fields(list), ..Records::default() };
        let mut lists: Vec<Records> = program.lists.iter().map(list).collect();
        for (pass, asked) in program.layout.passes.iter().zip(&evaluator.tables.passes) {
            let list = &mut lists[pass.list.0 as usize];
            asked.iter().for_each(|asked| list.fields[asked.field as usize].classify(asked.table.as_ref()));
            list.classified = asked.iter().all(|asked| list.fields[asked.field as usize].kept != Kept::Nothing);
        }
        Columns { slots, lists, ..Columns::default() }
    }

    /// Whether the classified conditions on a slot, or all classified quantifiers of a list, are settled by its column.
    pub(super) fn classifies(&self, operand: Operand) -> bool {
        match operand {
            Operand::Slot(slot) => self.slots[slot.0 as usize].kept != Kept::Nothing,
            Operand::List(list) | Operand::Field { list, .. } => self.lists[list.0 as usize].classified,
        }
    }

    /// Keeps whole what is read of single patients.
    pub(super) fn keep(&mut self, read: &HashSet<Operand>) {
        for operand in read {
            match *operand {
                Operand::Slot(slot) => self.slots[slot.0 as usize].whole = true,
                Operand::Field { list, field, .. } => {
                    self.lists[list.0 as usize].fields[field as usize].whole = true;
                }
                // How many records there are is kept of every list.
                Operand::List(_) => {}
            }
        }
    }

    /// How many patients there are.
    pub(crate) fn patients(&self) -> usize {
        self.patients
    }

    /// Nobody, with the room kept.
    pub(crate) fn clear(&mut self) {
        self.patients = 0;
        self.slots.iter_mut().for_each(Column::clear);
        for list in &mut self.lists {
            list.ends.clear();
            list.given.clear();
            list.open.clear();
            list.expiries.clear();
            list.fields.iter_mut().for_each(Column::clear);
        }
        self.numbers.clear();
        self.symbols.clear();
        self.symbol_index.clear();
    }

    /// The first so many patients, without those after them.
    #[cfg(feature = "arrow")]
    pub(crate) fn truncate(&mut self, patients: usize) {
        self.patients = patients;
        let stays = |expiry: &(u32, Date)| (expiry.0 as usize) < patients;
        for slot in &mut self.slots {
            slot.truncate(patients);
            slot.expiries.retain(stays);
        }
        for list in &mut self.lists {
            list.ends.truncate(patients);
            list.given.truncate(patients);
            list.open.truncate(patients);
            list.expiries.retain(stays);
            let records = list.ends.last().copied().unwrap_or(0) as usize;
            list.fields.iter_mut().for_each(|field| field.truncate(records));
        }
    }

    /// One patient more.
    pub(crate) fn push(&mut self, evaluator: &Evaluator, bound: &Bound) {
        let patient = self.patients as u32;
        self.patients += 1;
        for slot in 0..self.slots.len() {
            // On the first day of the calendar nothing has expired.
            let fact = self.own(evaluator, bound, bound.slot(slot as u32, Date::MIN), self.slots[slot].whole);
            self.slots[slot].push(fact);
        }
        for at in 0..self.lists.len() {
            let list = bound.list(ListId(at as u32), Date::MIN);
            let width = self.lists[at].fields.len();
            if width > 0 {
                for record in bound.records(&list, width).chunks_exact(width) {
                    for (field, fact) in record.iter().enumerate() {
                        let fact = self.own(evaluator, bound, *fact, self.lists[at].fields[field].whole);
                        self.lists[at].fields[field].push(fact);
                    }
                }
            }
            let row = list.given.then_some(ListRow { count: list.count, open: list.open });
            self.lists[at].push(row);
        }
        for (operand, last) in bound.expiries() {
            self.expiries(operand).push((patient, last));
        }
    }

    fn expiries(&mut self, operand: Operand) -> &mut Vec<(u32, Date)> {
        match operand {
            Operand::Slot(slot) => &mut self.slots[slot.0 as usize].expiries,
            Operand::List(list) | Operand::Field { list, .. } => &mut self.lists[list.0 as usize].expiries,
        }
    }

    /// A patient's fact with its number and string among those of the columns.
    fn own(&mut self, evaluator: &Evaluator, bound: &Bound, fact: Packed, whole: bool) -> Packed {
        if !whole {
            return fact;
        }
        match fact.fact() {
            Fact::Number { index, row } => {
                self.numbers.push(bound.number(index));
                Packed::number(self.numbers.len() as u32 - 1, row)
            }
            Fact::Word { symbol, row } => Packed::word(self.symbol(evaluator, bound, symbol), row),
            Fact::Code { symbol, class } => Packed::code(self.symbol(evaluator, bound, symbol), class),
            Fact::Missing | Fact::Absent | Fact::Truth(_) | Fact::Date(..) | Fact::Duration(_) | Fact::Period(..) => {
                fact
            }
        }
    }

    fn symbol(&mut self, evaluator: &Evaluator, bound: &Bound, symbol: Symbol) -> Symbol {
        let known = &evaluator.program.symbols;
        if (symbol.0 as usize) < known.len() {
            return symbol;
        }
        let text = bound.text(known, symbol);
        if let Some(symbol) = self.symbol_index.get(text) {
            return *symbol;
        }
        let symbol = Symbol((known.len() + self.symbols.len()) as u32);
        self.symbols.push(text.into());
        self.symbol_index.insert(text.into(), symbol);
        symbol
    }

    /// A place for [`Columns::load`].
    pub(super) fn place(&self) -> Bound {
        Bound::sharing(self.numbers.clone(), &self.symbols)
    }

    /// The facts of one patient that are kept whole, into a place of this batch.
    pub(super) fn load(&self, patient: usize, place: &mut Bound) {
        let slots = self.slots.iter().map(|slot| (slot.fact(patient), expiry_of(&slot.expiries, patient)));
        place.refill(slots, self.lists.len());
        for (list, at) in self.lists.iter().zip(0..) {
            let (first, end) = list.range(patient);
            let state = match (list.given[patient], list.open[patient]) {
                (false, _) => ListState::NotGiven,
                (true, true) => ListState::Open,
                (true, false) => ListState::Complete,
            };
            let records = (first..end).flat_map(|at| list.fields.iter().map(move |field| field.fact(at)));
            place.add_list(at, state, (end - first) as u32, expiry_of(&list.expiries, patient), records);
        }
    }
}

impl Records {
    fn push(&mut self, row: Option<ListRow>) {
        let count = row.map_or(0, |row| row.count);
        self.ends.push(self.ends.last().copied().unwrap_or(0) + count);
        self.given.push(row.is_some());
        self.open.push(row.is_some_and(|row| row.open));
    }

    /// Of a patient's records: the first, and the one after the last.
    pub(super) fn range(&self, patient: usize) -> (usize, usize) {
        let first = patient.checked_sub(1).map_or(0, |before| self.ends[before]);
        (first as usize, self.ends[patient] as usize)
    }
}

/// Column by column.
impl Columns {
    /// Room for so many patients more, of whom nothing is said yet.
    pub(crate) fn more(&mut self, evaluator: &Evaluator, count: usize) {
        let program = &*evaluator.program;
        for (slot, column) in program.slots.iter().zip(&mut self.slots) {
            let fact = omitted(program.schema.get(slot.fact).and_then(|schema| schema.not_mentioned));
            column.extend(fact, count);
        }
        for list in &mut self.lists {
            (0..count).for_each(|_| list.push(None));
        }
        self.patients += count;
    }

    /// A value as the columns hold it, for one slot or field.
    pub(crate) fn cell(&mut self, evaluator: &Evaluator, value: &FactValue, ty: &ScalarType, operand: Operand) -> Cell {
        let whole = match operand {
            // A fact that the program does not read has no slot.
            Operand::Slot(slot) => self.slots.get(slot.0 as usize).is_some_and(|column| column.whole),
            Operand::Field { list, field, .. } => self.lists[list.0 as usize].fields[field as usize].whole,
            Operand::List(_) => false,
        };
        let mut scratch = Bound::default();
        evaluator.bind_nothing(&mut scratch);
        let fact = evaluator.fact(value, ty, operand, &mut scratch);
        Cell(self.own(evaluator, &scratch, fact, whole))
    }

    /// Sets a slot of one patient.
    #[inline]
    pub(crate) fn set(&mut self, slot: SlotId, patient: usize, cell: Cell) {
        self.slots[slot.0 as usize].set(patient, cell.0);
    }

    /// Sets the last day on which a slot or list of a patient holds. Patients in ascending order.
    pub(crate) fn set_expiry(&mut self, operand: Operand, patient: usize, last: Date) {
        self.expiries(operand).push((patient as u32, last));
    }

    /// Sets a list of the last patients, from one of them on, with nothing said of its records' fields. It has no records
    /// from that patient on.
    pub(crate) fn set_lists(
        &mut self,
        evaluator: &Evaluator,
        list: ListId,
        from: usize,
        rows: impl Iterator<Item = Option<ListRow>>,
    ) {
        let program = &*evaluator.program;
        let slot = &program.lists[list.0 as usize];
        let own = &mut self.lists[list.0 as usize];
        own.ends.truncate(from);
        own.given.truncate(from);
        own.open.truncate(from);
        let before = own.ends.last().copied().unwrap_or(0) as usize;
        rows.for_each(|row| own.push(row));
        let count = own.ends.last().map_or(0, |end| *end as usize).saturating_sub(before);
        let fields = program.schema.get(slot.fact).map(|schema| &schema.ty);
        for (field, column) in slot.fields.iter().zip(&mut own.fields) {
            let not_mentioned = match fields {
                Some(FactType::List { fields, .. }) => fields.get(*field).and_then(|field| field.not_mentioned),
                Some(FactType::Scalar(_) | FactType::Record { .. }) | None => None,
            };
            column.truncate(before);
            let fact = omitted(not_mentioned);
            column.extend(fact, count);
        }
    }

    /// Where the records of a list begin, from that patient on, and how many there are in all.
    pub(crate) fn records(&self, list: ListId, from: usize) -> (usize, usize) {
        let own = &self.lists[list.0 as usize];
        let before = from.checked_sub(1).map_or(0, |before| own.ends[before] as usize);
        (before, own.ends.last().map_or(0, |end| *end as usize))
    }

    /// Sets a field of one record, counted over all patients.
    #[inline]
    pub(crate) fn set_field(&mut self, list: ListId, field: u32, record: usize, cell: Cell) {
        self.lists[list.0 as usize].fields[field as usize].set(record, cell.0);
    }
}

/// A value as the columns of one batch hold it.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Cell(Packed);

impl Cell {
    pub(crate) const MISSING: Cell = Cell(Packed::MISSING);
    pub(crate) const ABSENT: Cell = Cell(Packed::ABSENT);

    #[inline]
    pub(crate) fn truth(truth: bool) -> Cell {
        Cell(Packed::truth(truth))
    }

    /// Some day from the first through the last.
    #[inline]
    pub(crate) fn days(first: Date, last: Date) -> Cell {
        Cell(Packed::date(first, last))
    }
}
