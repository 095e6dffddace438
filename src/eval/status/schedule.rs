//! The status of a schedule.

use crate::eval::cells::Cells;
use crate::program::{Program, Schedule};
use crate::status::ScheduleStatus;
use crate::value::Truth;

/// Where there is nothing to count from, nothing is due: the rule does not apply.
pub(super) fn settle(program: &Program, schedule: &Schedule, cells: &Cells) -> ScheduleStatus {
    let when = schedule.common.when.map_or(Truth::True, |when| cells.lit(program, when.lit));
    match when.and(cells.lit(program, schedule.dates.lit)) {
        Truth::True => ScheduleStatus::InForce,
        Truth::False => ScheduleStatus::NotApplicable,
        Truth::Unknown => ScheduleStatus::Undetermined,
    }
}
