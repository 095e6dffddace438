//! `random-without-text`: days are drawn by chance, and the schedule says nothing to people.
//!
//! Whoever calls for the sample must hear that the day is drawn with a secret seed, who keeps it, and that it is not told
//! beforehand. Fires: `once a week on a random weekday` in a schedule without `text`. Does not fire: with a `text`.

use crate::check::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Place;

pub(in crate::check) fn report(schedule: &str, place: Place, report: &mut Report<'_>) {
    let message = format!("days of `{schedule}` are drawn with a secret seed, and nothing tells people so");
    report.add(
        Diagnostic::new(codes::RANDOM_WITHOUT_TEXT, place, message)
            .help("add `text` that says who keeps the seed, and that the days are not told beforehand"),
    );
}
