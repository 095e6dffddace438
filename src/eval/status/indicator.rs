//! What one patient adds to an indicator.

use crate::eval::cells::Cells;
use crate::program::{Indicator, Lit, Program};
use crate::status::IndicatorStatus;
use crate::value::Truth;

/// What one patient adds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Share {
    /// Whether the patient is counted.
    pub(crate) counted: Truth,
    /// Whether the patient is counted, and one of them.
    pub(crate) is_in: Truth,
}

impl Share {
    pub(crate) fn status(self) -> IndicatorStatus {
        match (self.counted, self.is_in) {
            (Truth::False, _) => IndicatorStatus::NotCounted,
            (Truth::True, Truth::True) => IndicatorStatus::In,
            (Truth::True, Truth::False) => IndicatorStatus::Counted,
            (Truth::Unknown, _) | (Truth::True, Truth::Unknown) => IndicatorStatus::Undetermined,
        }
    }
}

/// Of everybody who is counted; `group` narrows who that is.
pub(crate) fn share(program: &Program, cells: &Cells, indicator: &Indicator, group: Option<usize>) -> Share {
    let truth = |lit: Lit| cells.lit(program, lit);
    let applies = indicator.common.when.map_or(Truth::True, |when| truth(when.lit));
    let group = group.and_then(|group| indicator.groups.get(group)).map(|group| group.counted);
    let counted = applies.and(truth(group.unwrap_or(indicator.counted).lit));
    let of_them = indicator.of_them.map_or(Truth::True, |of_them| truth(of_them.lit));
    Share { counted, is_in: counted.and(of_them) }
}

pub(super) fn settle(program: &Program, indicator: &Indicator, cells: &Cells) -> IndicatorStatus {
    share(program, cells, indicator, None).status()
}
