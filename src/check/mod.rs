//! From the tree as written to the guideline as meant: names become ids, every expression gets a type and one unit.
//!
//! All mistakes of all files that take part are found in one run; what a mistake leaves open fits everything, so that
//! one mistake makes one message.

mod build;
mod codes;
mod dependencies;
mod expression;
mod expressions;
mod facts;
mod headers;
mod indicator;
mod items;
mod labels;
mod layers;
mod lints;
mod more_rules;
mod names;
mod order;
mod parallel;
mod proposal;
mod report;
mod rules;
mod schedule;
mod scopes;
mod score;
mod score_bands;
mod sources;
mod standalone;
mod task;
#[cfg(test)]
mod tests;
mod types;
mod values;

use crate::code_lists::CodeLists;
use crate::diagnostic::{Diagnostic, codes as register};
use crate::ir::Guideline;
use crate::source::Source;
use crate::syntax::ast;

pub(crate) use layers::{Composed, Removed, compose};
pub(crate) use standalone::check_expression;

/// Whether a finding says that something is unused: not true of a file that others use.
pub(crate) fn says_unused(finding: &Diagnostic) -> bool {
    [
        register::UNUSED_SOURCE,
        register::UNUSED_FACT,
        register::UNUSED_DEFINITION,
        register::UNUSED_PARAMETER,
        register::UNUSED_CODE_SET,
    ]
    .contains(&finding.code)
}

/// Checks the first file with all that it uses, directly or not; the other files are not looked at.
///
/// `files[i]` is `sources[i]` as parsed. No guideline comes back when there is an error, also one that the parser has
/// reported before and that left something out. The findings stand in the order of the files and of their text.
pub(crate) fn check(
    sources: &[Source],
    files: &[ast::File],
    lists: &CodeLists,
) -> (Option<Guideline>, Vec<Diagnostic>) {
    let mut report = report::Report::new(sources);
    let guideline = build::build(sources, files, lists, &mut report);
    let guideline = if report.has_errors() { None } else { guideline };
    (guideline, report.finish())
}
