//! The ends of the calendar: only there can a condition that a table answers make a fault.

use super::bound::{Bound, Fact};
use super::moment::Moment;
use crate::program::Program;
use crate::value::partial::Partial;
use crate::value::{Date, DurationUnit};

/// Longer durations may lead from a usual date past an end.
const LONGEST_YEARS: i32 = 900;

/// Whether no constant of a program is a date near an end, or a duration that leads there from elsewhere.
pub(super) fn are_far_from(program: &Program) -> bool {
    program.constants.iter().all(|constant| match constant.partial {
        Partial::Date(days) => is_usual(days.first) && is_usual(days.last),
        Partial::Period(first, last) => is_usual(first) && is_usual(last),
        Partial::Duration(duration) => {
            let per_year = match duration.unit() {
                DurationUnit::Days => 365,
                DurationUnit::Weeks => 52,
                DurationUnit::Months => 12,
                DurationUnit::Years => 1,
            };
            (duration.count() / per_year).unsigned_abs() < LONGEST_YEARS.unsigned_abs()
        }
        Partial::Unknown
        | Partial::Absent
        | Partial::Number { .. }
        | Partial::Code { .. }
        | Partial::Word(_)
        | Partial::Age(_) => true,
    })
}

/// So many days from both ends of the calendar, or more: over 900 years.
const FAR: i32 = 330_000;

fn is_usual(date: Date) -> bool {
    let (first, last) = (Date::MIN.day_number().saturating_add(FAR), Date::MAX.day_number().saturating_sub(FAR));
    (first..=last).contains(&date.day_number())
}

impl Moment<'_> {
    /// Whether nothing that is known or asked comes near an end of the calendar.
    pub(crate) fn is_far_from_ends(&self, bound: &Bound) -> bool {
        let is_far = |fact: &Fact| match fact {
            Fact::Date(first, last) | Fact::Period(first, last) => is_usual(*first) && is_usual(*last),
            Fact::Missing
            | Fact::Absent
            | Fact::Truth(_)
            | Fact::Number { .. }
            | Fact::Word { .. }
            | Fact::Code { .. }
            | Fact::Duration(_) => true,
        };
        self.evaluator.is_far_from_ends && is_usual(self.today) && bound.all_facts().all(|fact| is_far(&fact))
    }
}
