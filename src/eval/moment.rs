//! A program on one date: what depends on the date and not on the patient, worked out once.

use super::Evaluator;
use super::bound::{Bound, FIRST_ROW, Packed};
use super::cells::Cells;
use super::run::Evaluation;
use super::tables::{Asked, MaskTable, Probe};
use crate::program::{LoopId, Program, Run, Step};
use crate::value::Date;
use crate::value::partial::{Days, Partial};

/// A program on one date.
#[derive(Debug, Clone)]
pub(crate) struct Moment<'a> {
    pub(super) evaluator: &'a Evaluator,
    pub(super) today: Date,
    /// By block of the layout: dates only.
    pub(super) slots: Vec<Option<DateTable>>,
    /// By pass of the layout and its fields: dates only.
    pub(super) passes: Vec<Vec<Option<DateTable>>>,
}

/// Masks by the stretches into which the conditions on a date cut the calendar.
#[derive(Debug, Clone)]
pub(super) struct DateTable {
    /// The first day of each stretch but the first.
    pub(super) borders: Vec<Date>,
    pub(super) masks: MaskTable,
}

impl DateTable {
    /// The row of the stretch that a day lies in.
    fn stretch(&self, day: Date) -> u32 {
        FIRST_ROW + self.borders.partition_point(|border| *border <= day) as u32
    }

    /// One day of each stretch.
    fn days(borders: &[Date]) -> Vec<Partial> {
        std::iter::once(Date::MIN).chain(borders.iter().copied()).map(|day| Partial::Date(Days::day(day))).collect()
    }
}

impl Evaluator {
    /// Prepares for one date. Worth keeping for many patients.
    pub(crate) fn on(&self, today: Date) -> Moment<'_> {
        let program = &*self.program;
        let probe = || Probe::new(program, &self.tables.classes, Some(today));
        let slots = program.layout.blocks.iter().zip(&self.tables.slots).map(|(block, table)| {
            table.is_none().then(|| {
                let borders = probe().borders(block.atoms.iter().copied());
                let masks =
                    probe().slot_table(block.first_bit, &block.atoms, &DateTable::days(&borders), Partial::Unknown);
                DateTable { borders, masks }
            })
        });
        let passes = program.layout.passes.iter().zip(&self.tables.passes).map(|(pass, fields)| {
            let date = |asked: &Asked| {
                asked.table.is_none().then(|| {
                    let mut atoms: Vec<_> = pass.atoms_on(asked.field).map(|lit| lit.id).collect();
                    atoms.sort_unstable();
                    atoms.dedup();
                    let borders = probe().borders(atoms.into_iter());
                    let masks = probe().pass_table(pass, asked.field, asked.rank, &DateTable::days(&borders));
                    DateTable { borders, masks }
                })
            };
            fields.iter().map(date).collect()
        });
        Moment { evaluator: self, today, slots: slots.collect(), passes: passes.collect() }
    }
}

impl Evaluator {
    /// For going one operation after the other only: without the masks of the date.
    pub(super) fn bare(&self, today: Date) -> Moment<'_> {
        Moment { evaluator: self, today, slots: Vec::new(), passes: Vec::new() }
    }
}

impl Moment<'_> {
    pub(crate) fn program(&self) -> &Program {
        &self.evaluator.program
    }

    pub(crate) fn evaluator(&self) -> &Evaluator {
        self.evaluator
    }

    pub(crate) fn today(&self) -> Date {
        self.today
    }

    /// Evaluates one patient's facts. Cells that were used before are used again.
    pub(crate) fn evaluate(&self, bound: &Bound, cells: &mut Cells) {
        let program = self.program();
        cells.reset(program);
        self.classify_slots(bound, cells);
        self.pass_lists(bound, cells);
        for run in &program.layout.rest {
            match run {
                Run::Gates(gates) => super::gates::settle(gates, &mut cells.words),
                Run::Steps(steps) => self.run(steps, bound, cells),
            }
        }
    }

    /// The same, one operation after the other: also the values that only somebody who asks why wants to see.
    pub(crate) fn evaluate_every_step(&self, bound: &Bound, cells: &mut Cells) {
        cells.reset(self.program());
        self.run(&self.program().layout.all_steps, bound, cells);
    }

    /// Does some steps again, for instance after cells were changed to see what would follow.
    pub(crate) fn run(&self, steps: &[Step], bound: &Bound, cells: &mut Cells) {
        Evaluation { moment: self, bound, cells }.run(steps);
    }

    /// How many records a loop goes through, as the list stands on the day.
    pub(crate) fn records(&self, bound: &Bound, looped: LoopId) -> u32 {
        bound.list(self.program().loops[looped.0 as usize].list, self.today).count
    }

    /// Does a loop's steps for one record, so that the cells of its filter and body are about that record. Inside another
    /// loop: the outer one is at the record it was last done for.
    pub(crate) fn at_record(&self, bound: &Bound, cells: &mut Cells, looped: LoopId, record: u32) {
        let program = self.program();
        cells.records[usize::from(program.loops[looped.0 as usize].depth)] = record;
        self.run(&program.loop_steps[looped.0 as usize], bound, cells);
    }

    fn classify_slots(&self, bound: &Bound, cells: &mut Cells) {
        let blocks = &self.program().layout.blocks;
        for ((block, table), dates) in blocks.iter().zip(&self.evaluator.tables.slots).zip(&self.slots) {
            let fact = bound.slot(block.slot.0, self.today);
            match (table, dates) {
                (Some(table), _) => or_in(cells, table, fact.row()),
                (None, Some(dates)) => match dates.stretches(fact) {
                    (from, to) if from == to => or_in(cells, &dates.masks, from),
                    (from, to) => or_in_common(cells, &dates.masks, from, to),
                },
                // INVARIANT: a table is made for every block, here or there.
                (None, None) => {}
            }
        }
    }

    fn pass_lists(&self, bound: &Bound, cells: &mut Cells) {
        let program = self.program();
        let passes = program.layout.passes.iter().zip(&self.evaluator.tables.passes).zip(&self.passes);
        for ((pass, tables), dates) in passes {
            let list = bound.list(pass.list, self.today);
            if !list.given {
                continue;
            }
            let width = program.lists[pass.list.0 as usize].fields.len();
            let records = bound.records(&list, width);
            let (first_word, _) = pass.words();
            // A word at a time: the masks of one record stay in registers.
            for (&(bits, closed), word) in pass.masks.iter().zip(0_u32..) {
                let (mut surely, mut possibly) = (0_u64, 0_u64);
                for record in records.chunks_exact(width.max(1)) {
                    let (mut all, mut may) = (u64::MAX, u64::MAX);
                    for (asked, dates) in tables.iter().zip(dates) {
                        let fact = record[asked.field as usize];
                        let (yes, perhaps) = match (&asked.table, dates) {
                            (Some(table), _) => table.word(fact.row(), word),
                            (None, Some(dates)) => dates.word(fact, word),
                            // INVARIANT: a table is made for every field, here or there.
                            (None, None) => (0, u64::MAX),
                        };
                        all &= yes;
                        may &= perhaps;
                        if may == 0 {
                            break;
                        }
                    }
                    surely |= all & may;
                    possibly |= may;
                }
                let at = (first_word + word) as usize;
                let settled = if list.open { closed } else { bits };
                cells.words[at][0] |= surely & bits;
                cells.words[at][1] |= !possibly & settled;
            }
            cells.work += u64::from(list.count);
        }
    }
}

impl DateTable {
    /// The rows of the stretches that a date may fall into, the first and the last.
    #[inline]
    fn stretches(&self, fact: Packed) -> (u32, u32) {
        match fact.days() {
            Some((first, last)) => {
                let from = self.stretch(first);
                (from, if first == last { from } else { self.stretch(last) })
            }
            None => (fact.row(), fact.row()),
        }
    }

    /// What is sure and what is possible whichever day it is.
    #[inline]
    fn word(&self, fact: Packed, word: u32) -> (u64, u64) {
        let (from, to) = self.stretches(fact);
        let (mut all, mut may) = self.masks.word(from, word);
        for stretch in from + 1..=to {
            let (yes, perhaps) = self.masks.word(stretch, word);
            all &= yes;
            may |= perhaps;
        }
        (all, may)
    }
}

#[inline]
fn or_in(cells: &mut Cells, table: &MaskTable, row: u32) {
    for ((yes, no), word) in table.row_words(row).iter().zip(table.first_word as usize..) {
        cells.words[word][0] |= yes;
        cells.words[word][1] |= no;
    }
}

/// A date known in part makes a condition yes only if it is yes in every stretch that the date may fall into.
fn or_in_common(cells: &mut Cells, table: &MaskTable, from: u32, to: u32) {
    for (word, at) in (0..table.words).zip(table.first_word as usize..) {
        let (mut yes, mut no) = (u64::MAX, u64::MAX);
        for stretch in from..=to {
            let (stretch_yes, stretch_no) = table.word(stretch, word);
            yes &= stretch_yes;
            no &= stretch_no;
        }
        cells.words[at][0] |= yes;
        cells.words[at][1] |= no;
    }
}
