//! `unfinished-header`: the guideline does not say its language, version or status, or is active and has no title.
//!
//! An outcome names the version and status that it rests on; without them it says 0.0.0 and draft. The title also says
//! in which languages people read the rest.
//! Fires: `guideline a` alone. Does not fire: with `language 1`, `version 1.0.0`, `status draft`.

use crate::check::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::ir::PublicationStatus;
use crate::source::Place;

pub(in crate::check) fn look(said: &[&str], status: PublicationStatus, place: Place, report: &mut Report<'_>) {
    let needed: &[&str] = match status {
        PublicationStatus::Active => &["language", "title", "version", "status"],
        PublicationStatus::Draft | PublicationStatus::Retired => &["language", "version", "status"],
    };
    let missing: Vec<&str> = needed.iter().copied().filter(|word| !said.contains(word)).collect();
    if !missing.is_empty() {
        let message = format!("the guideline does not say its {}", missing.join(", "));
        let help =
            "add below `guideline` such as `language 1`, `title sv \"…\" en \"…\"`, `version 1.0.0`, `status draft`";
        report.add(Diagnostic::new(codes::UNFINISHED_HEADER, place, message).help(help));
    }
}
