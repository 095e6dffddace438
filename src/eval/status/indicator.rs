//! The status of one patient in an indicator.

use crate::eval::cells::Cells;
use crate::program::{Indicator, Program};
use crate::status::IndicatorStatus;
use crate::value::Truth;

pub(super) fn settle(program: &Program, indicator: &Indicator, cells: &Cells) -> IndicatorStatus {
    match indicator.common.when.map_or(Truth::True, |when| cells.lit(program, when.lit)) {
        Truth::False => IndicatorStatus::NotCounted,
        Truth::Unknown | Truth::True => IndicatorStatus::Undetermined,
    }
}
