//! A program on one date: what depends on the date and not on the patient, worked out once.

use super::Evaluator;
use super::bound::Bound;
use super::cells::Cells;
use super::look::{DateTable, Look, NarrowLook, PassLook};
use super::run::Evaluation;
use super::tables::{Asked, Probe};
use crate::program::{LoopId, Program, Run, Step};
use crate::value::Date;
use crate::value::partial::Partial;

/// A program on one date.
#[derive(Debug, Clone)]
pub(crate) struct Moment<'a> {
    pub(super) evaluator: &'a Evaluator,
    pub(super) today: Date,
    /// By block of the layout: dates only.
    pub(super) slots: Vec<Option<DateTable>>,
    /// By pass of the layout and its fields: dates only.
    pub(super) passes: Vec<Vec<Option<DateTable>>>,
    /// By block and by pass: how a fact is looked up.
    narrow_looks: Vec<NarrowLook>,
    looks: Vec<Look>,
    pass_looks: Vec<PassLook<'a>>,
}

impl Evaluator {
    /// Prepares for one date. Worth keeping for many patients.
    pub(crate) fn on(&self, today: Date) -> Moment<'_> {
        let program = &*self.program;
        let probe = || Probe::new(program, &self.tables.classes, Some(today));
        let blocks = || program.layout.blocks.iter().zip(&self.tables.slots);
        let slots = blocks().map(|(block, table)| {
            let masks = |days: &[Partial]| probe().slot_table(block.first_bit, &block.atoms, days, Partial::Unknown);
            table.is_none().then(|| DateTable::new(probe().borders(block.atoms.iter().copied()), masks))
        });
        let slots: Vec<Option<DateTable>> = slots.collect();
        let passes = program.layout.passes.iter().zip(&self.tables.passes).map(|(pass, fields)| {
            let date = |asked: &Asked| {
                let mut atoms: Vec<_> = pass.atoms_on(asked.field).map(|lit| lit.id).collect();
                atoms.sort_unstable();
                atoms.dedup();
                let masks = |days: &[Partial]| probe().pass_table(pass, asked.field, asked.rank, days);
                asked.table.is_none().then(|| DateTable::new(probe().borders(atoms.into_iter()), masks))
            };
            fields.iter().map(date).collect()
        });
        let passes: Vec<Vec<Option<DateTable>>> = passes.collect();
        let looks =
            blocks().zip(&slots).map(|((block, table), dates)| Look::new(block.slot, table.as_ref(), dates.as_ref()));
        let pass_looks =
            program.layout.passes.iter().zip(&self.tables.passes).zip(&passes).map(|((pass, fields), dates)| {
                PassLook::new(pass, program.lists[pass.list.0 as usize].fields.len(), fields, dates)
            });
        let (mut looks, pass_looks): (Vec<Look>, _) = (looks.flatten().collect(), pass_looks.collect());
        let narrow_looks = looks.iter().filter_map(Look::narrow).collect();
        looks.retain(|look| look.narrow().is_none());
        Moment { evaluator: self, today, slots, passes, narrow_looks, looks, pass_looks }
    }
}

impl Evaluator {
    /// For going one operation after the other only: without the masks of the date.
    pub(super) fn bare(&self, today: Date) -> Moment<'_> {
        Moment {
            evaluator: self,
            today,
            slots: Vec::new(),
            passes: Vec::new(),
            narrow_looks: Vec::new(),
            looks: Vec::new(),
            pass_looks: Vec::new(),
        }
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
        let words = &mut *cells.words;
        for look in &self.narrow_looks {
            look.note(bound.slot(look.slot.0, self.today), words);
        }
        for look in &self.looks {
            look.note(bound.slot(look.slot.0, self.today), words);
        }
        for pass in &self.pass_looks {
            let list = bound.list(pass.list(), self.today);
            if list.given {
                pass.note(bound.records(&list, pass.width()), list.open, words);
                cells.work += u64::from(list.count);
            }
        }
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

    /// The same for the last of these records, those of the loops around it before it; with as much room for work as an
    /// evaluation has.
    pub(crate) fn at_records(&self, bound: &Bound, cells: &mut Cells, looped: LoopId, records: &[u32]) {
        cells.work = 0;
        cells.records[..records.len()].copy_from_slice(records);
        self.run(&self.program().loop_steps[looped.0 as usize], bound, cells);
    }
}
