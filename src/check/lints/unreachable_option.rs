//! `unreachable-option`: an option of a proposal that no row proposes.
//!
//! Readers take it for a possible answer. Fires: a line under `one of` whose name stands in no row and not after
//! `otherwise`. Does not fire: an option whose row is a condition that can never hold (`constant-condition` says that).

use crate::check::report::{Report, finding};
use crate::diagnostic::codes;
use crate::source::FileId;
use crate::syntax::ast::Propose;
use std::collections::HashSet;

pub(in crate::check) fn look(rule: &Propose, file: FileId, report: &mut Report<'_>) {
    let rows = rule.rows.iter().map(|row| &row.option);
    let named: HashSet<&str> = rows.chain(&rule.otherwise).map(|name| &*name.value).collect();
    for option in rule.options.iter().filter(|option| !named.contains(&*option.name.value)) {
        let message = format!("nothing proposes `{}`", option.name.value);
        let found = finding(codes::UNREACHABLE_OPTION, file, option.name.span, message);
        report.add(found.help("write a row for it, or leave it out"));
    }
}
