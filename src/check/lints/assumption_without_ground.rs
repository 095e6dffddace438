//! `assumption-without-ground`: an assumption about the facts says nothing about why it may be made.
//!
//! Facts that break it are reported to the reader, who then asks why they should not be so.
//! Fires: `assume every d in diagnoses has (onset on or after birth_date)` alone.
//! Does not fire: with `our interpretation "…"` below it.

use crate::check::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Place;

pub(in crate::check) fn report(place: Place, report: &mut Report<'_>) {
    report.add(
        Diagnostic::new(codes::ASSUMPTION_WITHOUT_GROUND, place, "this assumption has no ground")
            .help("add `our interpretation \"why\"` or `cite …`"),
    );
}
