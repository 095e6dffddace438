//! The status of a score.

use crate::eval::cells::Cells;
use crate::program::{Program, Score};
use crate::status::ScoreStatus;
use crate::value::Truth;

/// The band that every completion agrees on: the first that holds, if none before it may.
pub(super) fn settle(program: &Program, score: &Score, cells: &Cells) -> ScoreStatus {
    match cells.lit(program, score.applies) {
        Truth::False => return ScoreStatus::NotApplicable,
        Truth::Unknown => return ScoreStatus::Undetermined,
        Truth::True => {}
    }
    if score.bands.is_empty() {
        return match cells.lit(program, score.settled.lit) {
            Truth::True => ScoreStatus::Banded(0),
            Truth::Unknown | Truth::False => ScoreStatus::Undetermined,
        };
    }
    for (band, at) in score.bands.iter().zip(0..) {
        match cells.lit(program, band.condition.lit) {
            Truth::False => {}
            Truth::Unknown => return ScoreStatus::Undetermined,
            Truth::True => return ScoreStatus::Banded(at),
        }
    }
    ScoreStatus::Undetermined
}
