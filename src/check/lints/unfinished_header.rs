//! `unfinished-header`: the guideline does not say its language, title, version or status.
//!
//! An outcome names the version and status that it rests on; without them it says 0.0.0 and draft.
//! Fires: `guideline a` alone. Does not fire: with `language 1`, `title …`, `version 1.0.0`, `status draft`.

use crate::check::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Place;

pub(in crate::check) fn look(said: &[&str], place: Place, report: &mut Report<'_>) {
    let missing: Vec<&str> =
        ["language", "title", "version", "status"].into_iter().filter(|word| !said.contains(word)).collect();
    if !missing.is_empty() {
        let message = format!("the guideline does not say its {}", missing.join(", "));
        let help =
            "add the lines below `guideline`: `language 1`, `title sv \"…\" en \"…\"`, `version 1.0.0`, `status draft`";
        report.add(Diagnostic::new(codes::UNFINISHED_HEADER, place, message).help(help));
    }
}
