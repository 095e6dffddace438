//! The status of a schedule.

use crate::eval::cells::Cells;
use crate::program::{Program, Schedule};
use crate::status::ScheduleStatus;
use crate::value::Truth;

pub(super) fn settle(program: &Program, schedule: &Schedule, cells: &Cells) -> ScheduleStatus {
    match schedule.common.when.map_or(Truth::True, |when| cells.lit(program, when.lit)) {
        Truth::False => ScheduleStatus::NotApplicable,
        Truth::Unknown | Truth::True => ScheduleStatus::Undetermined,
    }
}
