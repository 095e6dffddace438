//! `repeated-condition`: the same condition stands twice where once is enough.
//!
//! One of the two was probably meant to be another. Fires: `a and a`; two lines of an eligibility or checklist, two rows of a
//! proposal, or two strengths of a recommendation, with the same condition (the second strength can never be reached).
//! Does not fire: the same condition in two rules.

use crate::check::report::{Report, finding, place};
use crate::diagnostic::codes;
use crate::source::FileId;
use crate::syntax::ast::{Criterion, Expr, ExprKind, Propose, Recommend, RecommendClauseKind};
use std::collections::HashSet;

/// Operands of one `and`, `or` or `at least … of`.
pub(in crate::check) fn look(expr: &Expr, file: FileId, report: &mut Report<'_>) {
    let mut waiting = vec![expr];
    while let Some(expr) = waiting.pop() {
        if let ExprKind::Not(inner) = &expr.kind {
            waiting.push(inner);
        } else if let ExprKind::Quantifier(quantifier) = &expr.kind {
            waiting.push(&quantifier.body);
        } else if let ExprKind::And { operands, .. }
        | ExprKind::Or { operands, .. }
        | ExprKind::AtLeastOf { conditions: operands, .. } = &expr.kind
        {
            among(operands.iter(), file, report);
            waiting.extend(operands);
        }
    }
}

pub(in crate::check) fn look_at_lines(lines: &[Criterion], file: FileId, report: &mut Report<'_>) {
    among(lines.iter().map(|criterion| &criterion.condition), file, report);
}

pub(in crate::check) fn look_at_clauses(rule: &Recommend, file: FileId, report: &mut Report<'_>) {
    let strengths = rule.clauses.iter().filter(|clause| matches!(clause.kind, RecommendClauseKind::Strength { .. }));
    among(strengths.map(|clause| &clause.condition), file, report);
}

pub(in crate::check) fn look_at_rows(rule: &Propose, file: FileId, report: &mut Report<'_>) {
    among(rule.rows.iter().map(|row| &row.condition), file, report);
}

/// By their words: blanks and line ends make no difference.
fn among<'e>(conditions: impl Iterator<Item = &'e Expr>, file: FileId, report: &mut Report<'_>) {
    let mut seen: HashSet<String> = HashSet::new();
    for condition in conditions {
        let words: Vec<&str> = report.text(place(file, condition.span)).split_whitespace().collect();
        if !words.is_empty() && !seen.insert(words.join(" ")) {
            let found = finding(codes::REPEATED_CONDITION, file, condition.span, "this condition stands here already");
            report.add(found.help("leave it out, or write the one that was meant"));
        }
    }
}
