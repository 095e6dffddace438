//! The status of a task.

use crate::eval::cells::Cells;
use crate::program::{Program, Task};
use crate::status::TaskStatus;
use crate::value::Truth;

pub(super) fn settle(program: &Program, task: &Task, cells: &Cells) -> TaskStatus {
    match task.common.when.map_or(Truth::True, |when| cells.lit(program, when.lit)) {
        Truth::False => TaskStatus::NotApplicable,
        Truth::Unknown | Truth::True => TaskStatus::Undetermined,
    }
}
