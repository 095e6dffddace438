//! `constant-condition`: a condition that no fact can change.
//!
//! A line that is always met asks nothing; one that never is shuts everybody out. Only what can be seen without
//! solving: conditions in which no fact, parameter, date or rule occurs.
//! Fires: `require all: yes`, `require few: 3 at least 4`. Does not fire: `require age: age at least 20 years`, and the
//! plain `should when yes` of a recommendation, which says that it is for everybody.

use crate::check::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::ir::{Constant, Expr, ExprKind};
use crate::syntax::ast::{RecommendClause, RecommendClauseKind};

pub(in crate::check) fn look(condition: &Expr, report: &mut Report<'_>) {
    if is_constant(condition) {
        let message = "no fact can change this condition";
        report.add(
            Diagnostic::new(codes::CONSTANT_CONDITION, condition.place, message)
                .help("name a fact in it, or leave the line out"),
        );
    }
}

pub(in crate::check) fn look_at_clause(clause: &RecommendClause, condition: &Expr, report: &mut Report<'_>) {
    let plain_yes = matches!(condition.kind, ExprKind::Constant(Constant::Truth(true)));
    match (&clause.kind, plain_yes) {
        (RecommendClauseKind::Strength { .. }, true) => {}
        (RecommendClauseKind::Strength { .. }, false)
        | (RecommendClauseKind::NotNeeded | RecommendClauseKind::AdviseAgainst, _) => look(condition, report),
    }
}

/// Whether only constants occur in it. What could not be understood is no constant.
fn is_constant(expr: &Expr) -> bool {
    let all = |exprs: &[Expr]| exprs.iter().all(is_constant);
    match &expr.kind {
        ExprKind::Constant(constant) => *constant != Constant::Unknown,
        ExprKind::And(operands) | ExprKind::Or(operands) | ExprKind::AtLeastOf(_, operands) => all(operands),
        ExprKind::Not(inner) | ExprKind::Round(inner, _) | ExprKind::Convert(inner, _) => is_constant(inner),
        ExprKind::Compare(left, _, right)
        | ExprKind::During(left, right)
        | ExprKind::UnitsBetween { from: left, to: right, .. } => is_constant(left) && is_constant(right),
        ExprKind::OneOf(value, _, options) => is_constant(value) && all(options),
        ExprKind::In(value, _, _) => is_constant(value),
        ExprKind::Between(value, low, high) => is_constant(value) && is_constant(low) && is_constant(high),
        ExprKind::Distance { value, duration, anchor, .. } => {
            is_constant(value) && is_constant(duration) && is_constant(anchor)
        }
        ExprKind::Sums(terms) => terms.iter().all(|(_, term)| is_constant(term)),
        ExprKind::Products(factors) => factors.iter().all(|(_, factor)| is_constant(factor)),
        ExprKind::Shifted { anchor, duration, .. } => is_constant(anchor) && is_constant(duration),
        ExprKind::If { arms, otherwise } => {
            arms.iter().all(|(condition, value)| is_constant(condition) && is_constant(value)) && is_constant(otherwise)
        }
        ExprKind::Today
        | ExprKind::Fact(_)
        | ExprKind::RecordField(..)
        | ExprKind::Field { .. }
        | ExprKind::Parameter(_)
        | ExprKind::Define(_)
        | ExprKind::Age { .. }
        | ExprKind::ThereIs(..)
        | ExprKind::Known(..)
        | ExprKind::Status(..)
        | ExprKind::Total(_)
        | ExprKind::Band(..)
        | ExprKind::GivenTotal { .. }
        | ExprKind::CountedDates(_)
        | ExprKind::Each(_)
        | ExprKind::Quantifier { .. }
        | ExprKind::Count { .. }
        | ExprKind::Sum { .. }
        | ExprKind::Extreme { .. }
        | ExprKind::ExtremeHas { .. }
        | ExprKind::OfExtremes { .. }
        | ExprKind::Different { .. }
        | ExprKind::LookUp { .. } => false,
    }
}
