//! `every-of-none`: `every` also holds when the list has no records at all.
//!
//! "Every sample is negative" is said of a patient who never gave one, too, and a rule that means something else
//! should say so. Fires: `every sample in samples has (negative)`. Does not fire: in `assume`, with `every recorded`,
//! and with `some`.

use crate::check::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Place;

pub(in crate::check) fn report(list: &str, place: Place, report: &mut Report<'_>) {
    let message = format!("this also holds when `{list}` has no records at all");
    report.add(
        Diagnostic::new(codes::EVERY_OF_NONE, place, message)
            .help(format!("if that is not meant, add `there is a {list}` and join the two with `and`")),
    );
}
