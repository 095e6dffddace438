//! The status of treatments side by side.

use crate::eval::cells::Cells;
use crate::program::{Parallel, Program};
use crate::status::ParallelStatus;
use crate::value::Truth;

pub(super) fn settle(program: &Program, parallel: &Parallel, cells: &Cells) -> ParallelStatus {
    match parallel.common.when.map_or(Truth::True, |when| cells.lit(program, when.lit)) {
        Truth::False => ParallelStatus::NotApplicable,
        Truth::Unknown | Truth::True => ParallelStatus::Undetermined,
    }
}
