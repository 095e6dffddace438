//! `missing-label`: something that people see has a name and no words.
//!
//! The outcome shows `special_reasons_under_20` where it could say "Special reasons below the age of 20".
//! Fires: a fact, rule, line, exception, parameter, party or shown definition without `label`, in a guideline with a
//! title. Does not fire: with a label, and in a guideline without a title.

use crate::check::report::{Report, finding};
use crate::diagnostic::codes;
use crate::source::FileId;
use crate::syntax::ast::Name;

pub(in crate::check) fn report(name: &Name, file: FileId, report: &mut Report<'_>) {
    let message = format!("people will see `{}`: it has no label", name.value);
    report.add(finding(codes::MISSING_LABEL, file, name.span, message).help("add `label sv \"…\" en \"…\"`"));
}
