//! Runs a program for one patient on one date. Total and deterministic: what cannot be computed is unknown, and listed.
//!
//! Facts are classified against the program's conditions (`tables`), quantifiers of one list are settled in one pass over
//! its records, and what is left is done step by step. The cells that come out are the result and the trace.

#![allow(
    clippy::indexing_slicing,
    reason = "tables are indexed by their own typed ids; a default in place of a cell would be a silent answer"
)]

mod ahead;
mod answers;
mod bind;
mod bound;
mod cells;
mod classes;
mod columns;
mod ends;
mod essential;
mod gates;
mod intake;
mod lists;
mod look;
mod many;
mod moment;
mod ops;
mod plans;
mod quick;
mod run;
mod status;
mod tables;

use crate::limits::Limits;
use crate::program::Program;
use crate::schedule::Seed;
use crate::value::partial::Symbol;
use std::sync::Arc;

pub(crate) use ahead::{Scope, Stop, Sweep, Until};
pub(crate) use bound::Bound;
pub(crate) use cells::{Cells, FaultAt};
pub(crate) use columns::{Cell, Columns, ListRow};
pub(crate) use essential::{EssentialGap, Essentials, Gap};
pub(crate) use many::{Many, Planes};
pub(crate) use moment::Moment;
pub(crate) use plans::{Calendar, Dates};
pub(crate) use status::indicator::share;
pub(crate) use status::parallel::Standing;
pub(crate) use status::proposal::proposed;
pub(crate) use status::task::line as task_line;

/// A program with all about it that does not depend on facts or date.
#[derive(Debug, Clone)]
pub(crate) struct Evaluator {
    pub(crate) program: Arc<Program>,
    tables: tables::Tables,
    symbols: quick::QuickMap<Symbol>,
    /// By slot: what it holds where nothing was given.
    not_given: Vec<bound::Packed>,
    /// What to do with data that is not `Facts`.
    intake: Arc<intake::Intake>,
    limits: Limits,
    /// What random weekdays are drawn with.
    seed: Option<Seed>,
    /// No constant comes near the ends of the calendar.
    is_far_from_ends: bool,
}

impl Evaluator {
    pub(crate) fn new(program: Program) -> Evaluator {
        let tables = tables::Tables::new(&program);
        let symbols = program.symbols.iter().cloned().zip((0..).map(Symbol)).collect();
        let not_given = Evaluator::not_given(&program);
        Evaluator {
            is_far_from_ends: ends::are_far_from(&program),
            intake: Arc::new(intake::Intake::new(&program, &tables)),
            program: Arc::new(program),
            tables,
            symbols,
            not_given,
            limits: Limits::default(),
            seed: None,
        }
    }

    /// The same with a secret to draw random weekdays with.
    pub(crate) fn with_seed(self, seed: Option<Seed>) -> Evaluator {
        Evaluator { seed, ..self }
    }

    pub(crate) fn seed(&self) -> Option<Seed> {
        self.seed.clone()
    }

    /// How much one evaluation may look at.
    pub(crate) fn work_limit(&self) -> u64 {
        self.limits.work
    }

    /// The same with other bounds than the usual ones.
    pub(crate) fn within(self, limits: &Limits) -> Evaluator {
        Evaluator { limits: limits.clone(), ..self }
    }
}
#[cfg(test)]
mod tests;
