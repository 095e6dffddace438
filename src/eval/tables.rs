//! Masks: for each region of a fact's values, which of the conditions on it are yes and which are no.

use super::bound::FIRST_ROW;
use super::cells::Word;
use super::classes::CodeClasses;
use super::ops::{Reader, simple_truth, simple_value};
use crate::program::{CodeTestId, Lit, Operand, Program, Slot, TruthId, TruthOp, ValueId, ValueOp};
use crate::schema::{FactType, ScalarType};
use crate::value::partial::{Days, Order, Partial, Symbol, compare};
use crate::value::{Date, Duration, Number, System, Truth};
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

/// A row of masks per region of one fact's values.
#[derive(Debug, Clone, Default)]
pub(super) struct MaskTable {
    /// The first word of the cells that the masks are about.
    pub(super) first_word: u32,
    pub(super) words: u32,
    /// Row by row, `words` pairs of masks each (yes and no; for a pass, surely and possibly): that of a value that was not
    /// given, that of an absent one, then region by region.
    pub(super) rows: Arc<[Word]>,
}

/// How the values of one operand fall into regions, apart from dates.
#[derive(Debug, Clone)]
pub(super) enum Regions {
    Truth,
    /// Thresholds, ascending: below the first, at it, above it and below the second, …
    Number(Vec<Number>),
    /// The words that conditions name; all others are one region more.
    Word(Vec<Symbol>),
    /// The classes of the system.
    Code(System),
    Date,
}

/// Everything about a program's classified conditions that does not depend on the date.
#[derive(Debug, Clone, Default)]
pub(crate) struct Tables {
    pub(crate) classes: CodeClasses,
    regions: HashMap<RegionKey, Regions>,
    /// By block of the layout; dates have none here.
    pub(super) slots: Vec<Option<MaskTable>>,
    /// By pass of the layout: what its quantifiers ask of each field.
    pub(super) passes: Vec<Vec<Asked>>,
}

/// What the quantifiers of a pass ask of one field.
#[derive(Debug, Clone)]
pub(super) struct Asked {
    pub(super) field: u32,
    /// All of a quantifier's conditions on the field, or only the one of that rank. Conditions on a date are apart: a
    /// date known in part may be unknown to each of two that no day satisfies together.
    pub(super) rank: Option<usize>,
    /// Dates have none here.
    pub(super) table: Option<MaskTable>,
}

/// Which operand: a slot, or a field of a list.
type RegionKey = (bool, u32, u32);

fn region_key(operand: Operand) -> RegionKey {
    match operand {
        Operand::Slot(slot) => (false, slot.0, 0),
        Operand::Field { list, field, .. } => (true, list.0, field),
        Operand::List(list) => (true, list.0, u32::MAX),
    }
}

impl Tables {
    pub(crate) fn new(program: &Program) -> Tables {
        let mut tables = Tables { classes: CodeClasses::new(program), ..Tables::default() };
        for block in &program.layout.blocks {
            let operand = Operand::Slot(block.slot);
            let regions = Regions::of(program, operand, &block.atoms);
            let table = (!matches!(regions, Regions::Date)).then(|| {
                let probe = Probe::new(program, &tables.classes, None);
                let values = regions.values(&tables.classes);
                probe.slot_table(block.first_bit, &block.atoms, &values, program.not_given(operand))
            });
            tables.regions.insert(region_key(operand), regions);
            tables.slots.push(table);
        }
        for pass in &program.layout.passes {
            let fields: BTreeSet<u32> =
                pass.loops.iter().flat_map(|passed| passed.atoms.iter().map(|(field, _)| *field)).collect();
            let mut of_pass = Vec::new();
            for field in fields {
                let operand = Operand::Field { list: pass.list, depth: 0, field };
                let atoms: Vec<TruthId> = pass.atoms_on(field).map(|lit| lit.id).collect();
                let regions = Regions::of(program, operand, &atoms);
                if matches!(regions, Regions::Date) {
                    let ranks = pass.loops.iter().map(|passed| passed.on(field).count()).max().unwrap_or(0);
                    of_pass.extend((0..ranks).map(|rank| Asked { field, rank: Some(rank), table: None }));
                } else {
                    let probe = Probe::new(program, &tables.classes, None);
                    let table = probe.pass_table(pass, field, None, &regions.values(&tables.classes));
                    of_pass.push(Asked { field, rank: None, table: Some(table) });
                }
                tables.regions.insert(region_key(operand), regions);
            }
            tables.passes.push(of_pass);
        }
        tables
    }

    /// How the values of an operand fall into regions; `None`: no condition on it is classified.
    pub(super) fn regions_of(&self, operand: Operand) -> Option<&Regions> {
        self.regions.get(&region_key(operand))
    }
}

impl crate::program::Pass {
    pub(super) fn atoms_on(&self, field: u32) -> impl Iterator<Item = Lit> + '_ {
        self.loops.iter().flat_map(move |passed| passed.on(field))
    }
}

impl crate::program::PassedLoop {
    /// Its conditions on one field.
    fn on(&self, field: u32) -> impl Iterator<Item = Lit> + '_ {
        self.atoms.iter().filter(move |(on, _)| *on == field).map(|(_, lit)| *lit)
    }
}

impl Regions {
    pub(super) fn number_row(&self, number: Number) -> u32 {
        match self {
            Regions::Number(thresholds) => {
                let below = thresholds.partition_point(|threshold| *threshold < number);
                let at = thresholds.get(below) == Some(&number);
                FIRST_ROW + (2 * below + usize::from(at)) as u32
            }
            Regions::Truth | Regions::Word(_) | Regions::Code(_) | Regions::Date => FIRST_ROW,
        }
    }

    pub(super) fn word_row(&self, symbol: Symbol) -> u32 {
        match self {
            Regions::Word(words) => {
                FIRST_ROW + words.iter().position(|word| *word == symbol).unwrap_or(words.len()) as u32
            }
            Regions::Truth | Regions::Number(_) | Regions::Code(_) | Regions::Date => FIRST_ROW,
        }
    }

    fn of(program: &Program, operand: Operand, atoms: &[TruthId]) -> Regions {
        let constants = || {
            let values = atoms.iter().flat_map(|atom| program.truths[atom.0 as usize].reads().values);
            values.filter_map(|value| {
                let ValueOp::Constant(constant) = program.values[value.0 as usize] else { return None };
                Some(program.constants[constant as usize].partial)
            })
        };
        match program.scalar_type(operand) {
            Some(ScalarType::Truth) | None => Regions::Truth,
            Some(ScalarType::Number | ScalarType::Quantity(_)) => {
                let thresholds: BTreeSet<Number> = constants().filter_map(Partial::known_number).collect();
                Regions::Number(thresholds.into_iter().collect())
            }
            Some(ScalarType::Choice(_) | ScalarType::Text) => {
                let words: BTreeSet<Symbol> = constants()
                    .filter_map(|constant| if let Partial::Word(symbol) = constant { Some(symbol) } else { None })
                    .collect();
                Regions::Word(words.into_iter().collect())
            }
            Some(ScalarType::Code(system)) => Regions::Code(*system),
            Some(ScalarType::Date { .. } | ScalarType::Duration | ScalarType::Period | ScalarType::Any) => {
                Regions::Date
            }
        }
    }

    /// One value of each region, in the order of the regions.
    fn values(&self, classes: &CodeClasses) -> Vec<Partial> {
        match self {
            Regions::Truth => vec![Partial::Word(crate::program::NO), Partial::Word(crate::program::YES)],
            Regions::Number(thresholds) => {
                let half = Number::new(1, 2).unwrap_or(Number::ONE);
                let middle = |low: &Number, high: &Number| low.checked_add(high).and_then(|sum| sum.checked_mul(&half));
                let mut values = Vec::new();
                for (at, threshold) in thresholds.iter().enumerate() {
                    let before = match at.checked_sub(1).and_then(|at| thresholds.get(at)) {
                        Some(last) => middle(last, threshold),
                        None => threshold.checked_sub(&Number::ONE),
                    };
                    values.extend([before.map_or(Partial::Unknown, Partial::number), Partial::number(*threshold)]);
                }
                let above = thresholds.last().map_or(Some(Number::ZERO), |last| last.checked_add(&Number::ONE));
                values.push(above.map_or(Partial::Unknown, Partial::number));
                values
            }
            Regions::Word(words) => {
                let other = Partial::Word(Symbol(u32::MAX));
                words.iter().map(|word| Partial::Word(*word)).chain([other]).collect()
            }
            Regions::Code(system) => {
                (0..classes.count(*system)).map(|class| Partial::Code { symbol: Symbol(u32::MAX), class }).collect()
            }
            Regions::Date => Vec::new(),
        }
    }
}

/// Evaluates classified conditions for a value that their one operand might have.
pub(super) struct Probe<'a> {
    program: &'a Program,
    classes: &'a CodeClasses,
    today: Option<Date>,
    value: Partial,
}

impl<'a> Probe<'a> {
    pub(super) fn new(program: &'a Program, classes: &'a CodeClasses, today: Option<Date>) -> Probe<'a> {
        Probe { program, classes, today, value: Partial::Unknown }
    }

    fn truth(&self, id: TruthId, value: Partial) -> Truth {
        let probe = Probe { value, ..*self };
        let op = &self.program.truths[id.0 as usize];
        if !matches!(op, TruthOp::Holds(_)) {
            return simple_truth(&probe, op).unwrap_or(Truth::Unknown);
        }
        if let Partial::Word(word) = value {
            Truth::from(word == crate::program::YES)
        } else if value == Partial::Absent {
            Truth::False
        } else {
            Truth::Unknown
        }
    }

    fn lit(&self, lit: Lit, value: Partial) -> Truth {
        let truth = self.truth(lit.id, value);
        if lit.negated { !truth } else { truth }
    }

    /// Masks of a slot's conditions, for one value of each region and for what is known where none was given.
    pub(super) fn slot_table(
        &self,
        first_bit: u32,
        atoms: &[TruthId],
        values: &[Partial],
        not_given: Partial,
    ) -> MaskTable {
        let mut table = MaskTable::over(first_bit, atoms.len());
        let row = |value: Partial| {
            let answers = atoms.iter().map(|atom| self.truth(*atom, value));
            table.row(first_bit, answers.map(|truth| (truth == Truth::True, truth == Truth::False)))
        };
        table.rows = [not_given, Partial::Absent].into_iter().chain(values.iter().copied()).flat_map(row).collect();
        table
    }

    /// Masks of what a list's quantifiers ask of one field: surely satisfied, possibly satisfied.
    pub(super) fn pass_table(
        &self,
        pass: &crate::program::Pass,
        field: u32,
        rank: Option<usize>,
        values: &[Partial],
    ) -> MaskTable {
        let mut table = MaskTable::over(pass.first_bit, pass.loops.len());
        // Many quantifiers ask the same of a field: each condition is worked out once for each value.
        let mut lits: Vec<Lit> = pass.atoms_on(field).collect();
        lits.sort_unstable();
        lits.dedup();
        let asked = |(lit, at): (Lit, usize)| {
            rank.is_none_or(|rank| rank == at).then(|| lits.binary_search(&lit).ok()).flatten()
        };
        let loops: Vec<Vec<usize>> =
            pass.loops.iter().map(|passed| passed.on(field).zip(0..).filter_map(asked).collect()).collect();
        let row = |value: Partial| {
            let truths: Vec<Truth> = lits.iter().map(|lit| self.lit(*lit, value)).collect();
            let answers = loops.iter().map(|asked| {
                let truth = asked.iter().fold(Truth::True, |all, at| all.and(truths[*at]));
                (truth == Truth::True, truth != Truth::False)
            });
            table.row(pass.first_bit, answers)
        };
        let not_values = [Partial::Unknown, Partial::Absent];
        table.rows = not_values.into_iter().chain(values.iter().copied()).flat_map(row).collect();
        table
    }

    /// A date that does not depend on facts.
    fn ground_day(&self, value: ValueId) -> Option<Date> {
        match simple_value(self, value) {
            Ok(Partial::Date(Days { first, last, .. })) if first == last => Some(first),
            _ => None,
        }
    }

    /// The days at which some of the conditions may change, ascending.
    pub(super) fn borders(&self, atoms: impl Iterator<Item = TruthId>) -> Vec<Date> {
        let mut borders = BTreeSet::new();
        for atom in atoms {
            self.borders_of(atom, &mut borders);
        }
        borders.into_iter().collect()
    }

    fn borders_of(&self, atom: TruthId, borders: &mut BTreeSet<Date>) {
        let op = &self.program.truths[atom.0 as usize];
        let days = op.reads().values.into_iter().filter_map(|value| self.ground_day(value));
        let days: Vec<Date> = days.collect();
        for day in &days {
            borders.insert(*day);
            borders.extend(day.next());
        }
        if let TruthOp::During(_, period) = op {
            if let Ok(Partial::Period(first, last)) = simple_value(self, *period) {
                borders.insert(first);
                borders.extend(last.next());
            }
        } else if let TruthOp::Apart { duration, .. } = op {
            let Ok(Partial::Duration(duration)) = simple_value(self, *duration) else { return };
            let end = |from: Date| from.checked_add(duration);
            for day in days {
                borders.extend(end(day));
                borders.extend(end(day).and_then(Date::next));
                let near = day.checked_sub(duration);
                borders.extend(first_not(near, |from| end(from).is_some_and(|end| end < day)));
                borders.extend(first_not(near, |from| end(from).is_some_and(|end| end <= day)));
            }
        } else if let TruthOp::Compare(age, _, _) | TruthOp::Between(age, _, _) = op {
            self.birthdays(*age, op, borders);
        }
    }

    /// The birth dates at which an age passes one of the durations that it is compared with.
    fn birthdays(&self, age: ValueId, op: &TruthOp, borders: &mut BTreeSet<Date>) {
        let ValueOp::Age { on, .. } = &self.program.values[age.0 as usize] else { return };
        let on = self.ground_day(*on);
        let order = if let TruthOp::Compare(_, order, _) = op { *order } else { Order::Is };
        let orders: &[Order] = match order {
            Order::AtLeast | Order::LessThan => &[Order::AtLeast],
            Order::MoreThan | Order::AtMost => &[Order::MoreThan],
            Order::Is | Order::IsNot => &[Order::AtLeast, Order::MoreThan],
        };
        for value in op.reads().values {
            let Ok(Partial::Duration(duration)) = simple_value(self, value) else { continue };
            for order in orders {
                let more = i32::from(*order == Order::MoreThan);
                let length = Duration::new(duration.count().saturating_add(more), duration.unit());
                let near = on.and_then(|on| on.checked_sub(length));
                borders.extend(first_not(near, |birth| {
                    let probe = Probe { value: Partial::day(birth), ..*self };
                    let age = simple_value(&probe, age).unwrap_or(Partial::Unknown);
                    compare(age, *order, Partial::Duration(duration)) == Ok(Truth::True)
                }));
            }
        }
    }
}

/// How many days a month's end or a leap day may move a date.
const MOVED: i32 = 4;

/// The first day of the calendar on which something that held until then holds no longer. Found sooner if it is `near`.
fn first_not(near: Option<Date>, holds: impl Fn(Date) -> bool) -> Option<Date> {
    let (mut low, mut high) = (Date::MIN.day_number(), Date::MAX.day_number() + 1);
    let ends = near.map(|near| [near.day_number() - MOVED, near.day_number() + MOVED]);
    for day in ends.into_iter().flatten().filter_map(Date::from_day_number) {
        if low <= day.day_number() && day.day_number() < high {
            if holds(day) { low = day.day_number() + 1 } else { high = day.day_number() }
        }
    }
    while low < high {
        let middle = low + (high - low) / 2;
        if Date::from_day_number(middle).is_some_and(&holds) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    Date::from_day_number(low)
}

impl Reader for Probe<'_> {
    fn value(&self, id: ValueId) -> Partial {
        simple_value(self, id).unwrap_or(Partial::Unknown)
    }

    fn op(&self, id: ValueId) -> &ValueOp {
        &self.program.values[id.0 as usize]
    }

    fn constant(&self, constant: u32) -> Partial {
        self.program.constants[constant as usize].partial
    }

    fn today(&self) -> Partial {
        self.today.map_or(Partial::Unknown, Partial::day)
    }

    fn operand(&self, _: Operand) -> Partial {
        self.value
    }

    fn passes(&self, class: u32, test: CodeTestId) -> Truth {
        self.classes.passes(self.program, class, test)
    }
}

impl MaskTable {
    fn over(first_bit: u32, bits: usize) -> MaskTable {
        let last_bit = first_bit + bits.max(1) as u32 - 1;
        let first_word = first_bit / 64;
        MaskTable { first_word, words: last_bit / 64 - first_word + 1, ..MaskTable::default() }
    }

    fn row(&self, first_bit: u32, answers: impl Iterator<Item = (bool, bool)>) -> Vec<Word> {
        let mut row = vec![[0, 0]; self.words as usize];
        for ((one, other), bit) in answers.zip(first_bit..) {
            let [one_mask, other_mask] = &mut row[(bit / 64 - self.first_word) as usize];
            *one_mask |= u64::from(one) << (bit % 64);
            *other_mask |= u64::from(other) << (bit % 64);
        }
        row
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.rows.len() / self.words.max(1) as usize
    }

    /// All words of a row.
    #[inline]
    pub(super) fn row_words(&self, row: u32) -> &[Word] {
        let words = self.words as usize;
        &self.rows[row as usize * words..][..words]
    }

    /// One word of a row.
    #[inline]
    pub(super) fn word(&self, row: u32, word: u32) -> Word {
        self.rows[(row * self.words + word) as usize]
    }
}

impl Program {
    /// What is known of something that was not given: an item of a score lies among the values that it can have.
    pub(super) fn not_given(&self, operand: Operand) -> Partial {
        let Operand::Slot(slot) = operand else { return Partial::Unknown };
        let Slot { fact, field: None } = self.slots[slot.0 as usize] else { return Partial::Unknown };
        match self.schema.get(fact).and_then(|fact| fact.allowed.as_ref()) {
            Some(allowed) => Partial::Number { low: Some(allowed.low()), high: Some(allowed.high()) },
            None => Partial::Unknown,
        }
    }

    pub(crate) fn scalar_type(&self, operand: Operand) -> Option<&ScalarType> {
        match operand {
            Operand::Slot(slot) => {
                let slot = self.slots[slot.0 as usize];
                match (&self.schema.get(slot.fact)?.ty, slot.field) {
                    (FactType::Scalar(ty), None) => Some(ty),
                    (FactType::Record { fields, .. }, Some(field)) => Some(&fields.get(field)?.ty),
                    (FactType::Scalar(_), Some(_)) | (FactType::Record { .. }, None) | (FactType::List { .. }, _) => {
                        None
                    }
                }
            }
            Operand::Field { list, field, .. } => {
                let list = &self.lists[list.0 as usize];
                match &self.schema.get(list.fact)?.ty {
                    FactType::List { fields, .. } => Some(&fields.get(*list.fields.get(field as usize)?)?.ty),
                    FactType::Scalar(_) | FactType::Record { .. } => None,
                }
            }
            Operand::List(_) => None,
        }
    }
}
