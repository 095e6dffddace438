//! A program on one date: what depends on the date and not on the patient, worked out once.

use super::Evaluator;
use super::bind::{Bound, Fact};
use super::cells::Cells;
use super::run::Evaluation;
use super::tables::{MaskTable, Probe};
use crate::program::{Gate, LoopId, Program, Run, Step};
use crate::value::Date;
use crate::value::partial::{Days, Partial};

/// A program on one date.
#[derive(Debug, Clone)]
pub(crate) struct Moment<'a> {
    pub(super) evaluator: &'a Evaluator,
    pub(super) today: Date,
    /// By block of the layout: dates only.
    slots: Vec<Option<DateTable>>,
    /// By pass of the layout and its fields: dates only.
    passes: Vec<Vec<Option<DateTable>>>,
}

/// Masks by the stretches into which the conditions on a date cut the calendar.
#[derive(Debug, Clone)]
struct DateTable {
    /// The first day of each stretch but the first.
    borders: Vec<Date>,
    masks: MaskTable,
}

impl DateTable {
    fn stretch(&self, day: Date) -> u32 {
        self.borders.partition_point(|border| *border <= day) as u32
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
                let masks = probe().slot_table(block.first_bit, &block.atoms, &DateTable::days(&borders));
                DateTable { borders, masks }
            })
        });
        let passes = program.layout.passes.iter().zip(&self.tables.passes).map(|(pass, fields)| {
            let date = |(field, table): &(u32, Option<MaskTable>)| {
                table.is_none().then(|| {
                    let mut atoms: Vec<_> = pass.atoms_on(*field).map(|lit| lit.id).collect();
                    atoms.sort_unstable();
                    atoms.dedup();
                    let borders = probe().borders(atoms.into_iter());
                    let masks = probe().pass_table(pass, *field, &DateTable::days(&borders));
                    DateTable { borders, masks }
                })
            };
            fields.iter().map(date).collect()
        });
        Moment { evaluator: self, today, slots: slots.collect(), passes: passes.collect() }
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
                Run::Gates(gates) => settle_gates(program, gates, cells),
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
            match (bound.slot(block.slot.0, self.today), table, dates) {
                (Fact::Missing, _, _) => {}
                (Fact::Absent, Some(table), _) | (Fact::Absent, None, Some(DateTable { masks: table, .. })) => {
                    or_in(cells, table, table.absent());
                }
                (Fact::Date(first, last), _, Some(dates)) => classify_date(cells, dates, first, last),
                (fact, Some(table), _) => {
                    if let Some(region) = region(fact) {
                        or_in(cells, table, table.region(region));
                    }
                }
                (_, None, _) => {}
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
            let (first_word, words) = pass.words();
            // A few words at a time, so that the masks of one record stay in registers.
            for word in 0..words {
                let (mut surely, mut possibly) = (0_u64, 0_u64);
                for record in 0..list.count {
                    let facts = bound.record(&list, width, record);
                    let (mut all, mut may) = (u64::MAX, u64::MAX);
                    for ((field, table), dates) in tables.iter().zip(dates) {
                        let fact = facts[*field as usize];
                        let (yes, perhaps) = match (table, dates) {
                            (Some(table), _) => read_row(table, fact, word),
                            (None, Some(dates)) => read_dates(dates, fact, word),
                            (None, None) => (0, u64::MAX),
                        };
                        all &= yes;
                        may &= perhaps;
                    }
                    surely |= all;
                    possibly |= may;
                }
                let (bits, closed) = pass.masks[word as usize];
                let at = (first_word + word) as usize;
                let settled = if list.open { closed } else { bits };
                cells.yes[at] |= surely & bits;
                cells.no[at] |= !possibly & settled;
            }
            cells.work += u64::from(list.count);
        }
    }
}

/// The region of a fact that is neither missing, absent nor a date.
fn region(fact: Fact) -> Option<u32> {
    match fact {
        Fact::Truth(truth) => Some(u32::from(truth)),
        Fact::Number { region, .. } | Fact::Word { region, .. } => Some(region),
        Fact::Code { class, .. } => Some(class),
        Fact::Missing | Fact::Absent | Fact::Date(..) | Fact::Duration(_) | Fact::Period(..) => None,
    }
}

fn or_in(cells: &mut Cells, table: &MaskTable, row: &[u64]) {
    let words = table.words as usize;
    let first = table.first_word as usize;
    let (yes, no) = row.split_at(words);
    for (cell, mask) in cells.yes[first..first + words].iter_mut().zip(yes) {
        *cell |= mask;
    }
    for (cell, mask) in cells.no[first..first + words].iter_mut().zip(no) {
        *cell |= mask;
    }
}

/// A date known in part makes a condition yes only if it is yes in every stretch that the date may fall into.
fn classify_date(cells: &mut Cells, dates: &DateTable, first: Date, last: Date) {
    let from = dates.stretch(first);
    let to = if first == last { from } else { dates.stretch(last) };
    if from == to {
        return or_in(cells, &dates.masks, dates.masks.region(from));
    }
    let words = dates.masks.words as usize;
    for word in 0..words {
        let (mut yes, mut no) = (u64::MAX, u64::MAX);
        for stretch in from..=to {
            let row = dates.masks.region(stretch);
            yes &= row[word];
            no &= row[words + word];
        }
        cells.yes[dates.masks.first_word as usize + word] |= yes;
        cells.no[dates.masks.first_word as usize + word] |= no;
    }
}

fn read_row(table: &MaskTable, fact: Fact, word: u32) -> (u64, u64) {
    let row = match (fact, region(fact)) {
        (_, Some(region)) => table.region(region),
        (Fact::Absent, None) => table.absent(),
        _ => table.missing(),
    };
    (row[word as usize], row[(table.words + word) as usize])
}

fn read_dates(dates: &DateTable, fact: Fact, word: u32) -> (u64, u64) {
    let Fact::Date(first, last) = fact else { return read_row(&dates.masks, fact, word) };
    let from = dates.stretch(first);
    let to = if first == last { from } else { dates.stretch(last) };
    let (mut all, mut may) = (u64::MAX, 0);
    for stretch in from..=to {
        let row = dates.masks.region(stretch);
        all &= row[word as usize];
        may |= row[(dates.masks.words + word) as usize];
    }
    (all, may)
}

/// Conjunctions: yes when every term is yes, no when some term is no.
fn settle_gates(program: &Program, gates: &[Gate], cells: &mut Cells) {
    let layout = &program.layout;
    for gate in gates {
        let terms = &layout.terms[gate.first as usize..][..gate.count as usize];
        let (mut missing, mut against) = (0, 0);
        for term in terms {
            let (yes, no) = (cells.yes[term.word as usize], cells.no[term.word as usize]);
            missing |= (term.yes & !yes) | (term.no & !no);
            against |= (term.yes & no) | (term.no & yes);
        }
        let bit = layout.bits[gate.id.0 as usize];
        let (word, mask) = ((bit / 64) as usize, bit % 64);
        cells.yes[word] |= u64::from(missing == 0) << mask;
        cells.no[word] |= u64::from(against != 0) << mask;
    }
}
