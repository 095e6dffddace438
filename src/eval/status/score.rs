//! The status of a score.

use crate::eval::cells::Cells;
use crate::program::{Program, Score};
use crate::status::ScoreStatus;
use crate::value::Truth;

pub(super) fn settle(program: &Program, score: &Score, cells: &Cells) -> ScoreStatus {
    match score.common.when.map_or(Truth::True, |when| cells.lit(program, when.lit)) {
        Truth::False => ScoreStatus::NotApplicable,
        Truth::Unknown | Truth::True => ScoreStatus::Undetermined,
    }
}
