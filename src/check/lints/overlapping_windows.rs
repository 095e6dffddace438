//! `overlapping-windows`: a record near two dates could have been made for either.
//!
//! Each record serves one date, the earliest that it can, so a sample taken the day before one date may be counted for
//! the date before. Fires: `on Monday and Tuesday` with `done by … from 1 day before to 1 day after`. Does not fire:
//! `on Monday and Thursday` with the same, and an interval that is no constant.

use crate::check::report::Report;
use crate::check::schedule::{least_days, most_days};
use crate::diagnostic::{Diagnostic, codes};
use crate::ir::{Constant, DoneBy, Expr, ExprKind, Phase, Recurrence};
use crate::value::{Duration, Weekday};

pub(in crate::check) fn look(phases: &[Phase], done_by: &DoneBy, report: &mut Report<'_>) {
    let Some((before, after)) = &done_by.window else { return };
    let (Some(before), Some(after)) = (constant(before), constant(after)) else { return };
    let reach = most_days(before) + most_days(after);
    let close = phases.iter().filter_map(|phase| shortest(&phase.recurrence)).any(|shortest| shortest <= reach);
    if close {
        let message = "a record can lie in the windows of two dates";
        report.add(
            Diagnostic::new(codes::OVERLAPPING_WINDOWS, done_by.records.each.place, message)
                .help("it serves the earlier of them; make the windows narrower if that is not meant"),
        );
    }
}

fn constant(value: &Expr) -> Option<Duration> {
    let ExprKind::Constant(Constant::Duration(duration)) = &value.kind else { return None };
    Some(*duration)
}

/// The fewest days between two dates, where that can be seen.
fn shortest(recurrence: &Recurrence) -> Option<i64> {
    match recurrence {
        Recurrence::Every(interval) => constant(interval).map(least_days),
        Recurrence::OnWeekdays { every_weeks, days } => {
            let mut days: Vec<i64> = days.iter().map(|day| i64::from(*day as u8)).collect();
            days.sort_unstable();
            let between = days.windows(2).filter_map(|pair| Some(pair.last()? - pair.first()?));
            let (first, last) = (days.first().copied()?, days.last().copied()?);
            let around = first + 7 * i64::from(every_weeks.get()) - last;
            between.chain([around]).min()
        }
        // From Friday to Monday.
        Recurrence::RandomWeekdays { times_a_week } => Some(if times_a_week.get() > 1 { 1 } else { FROM_FRIDAY }),
    }
}

const FROM_FRIDAY: i64 = 7 + Weekday::Monday as i64 - Weekday::Friday as i64;
