//! `open-list-moves-schedule`: a list that may be incomplete restarts or stops a schedule.
//!
//! What is not in the list may have happened, so the schedule is undetermined for every patient whose list is not stated
//! to be complete. Fires: `stop on each happened of seizures` with `fact seizures: list of seizure, may be incomplete`.
//! Does not fire: with a list declared `complete`, and in `done by`.

use crate::check::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Place;

pub(in crate::check) fn report(list: &str, does: &str, place: Place, report: &mut Report<'_>) {
    let message = format!("`{list}` may be incomplete, so nobody knows what else {does} the schedule");
    report.add(
        Diagnostic::new(codes::OPEN_LIST_MOVES_SCHEDULE, place, message)
            .help(format!("declare `{list}` as `complete`, or state it to be complete for the patient")),
    );
}
