//! `age-without-leap-day`: `age` is read, and nothing says when somebody born on 29 February has a birthday.
//!
//! Without a policy the birthday is 28 February in other years, and nobody decided that.
//! Fires: `require age: age at least 20 years` in a file without `leap day` in it or in what it uses.
//! Does not fire: with `leap day birthday is 28 February`.

use crate::check::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::Place;

pub(in crate::check) fn report(place: Place, report: &mut Report<'_>) {
    let message = "nothing says when somebody born on 29 February has a birthday";
    report
        .add(Diagnostic::new(codes::AGE_WITHOUT_LEAP_DAY, place, message).help(
            "add `leap day birthday is 28 February` or `1 March` with its ground; without it, it is 28 February",
        ));
}
