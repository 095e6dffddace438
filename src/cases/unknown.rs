//! Whether a condition can come out unknown at all. "No" is certain; "yes" may be too careful.

use crate::ir::{Constant, Expr, ExprKind, Guideline, StatusTest};
use crate::schema::FactId;

/// What is known of the definitions of a guideline.
pub(super) struct Openness<'a> {
    guideline: &'a Guideline,
    /// By definition.
    defines: Vec<Openly>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Openly {
    CanBeUnknown,
    Settled,
}

impl<'a> Openness<'a> {
    /// The same of a condition that may not be there.
    pub(super) fn of_optional(&self, expr: Option<&Expr>) -> bool {
        expr.is_some_and(|expr| self.can_be_unknown(expr))
    }

    pub(super) fn of(guideline: &'a Guideline) -> Openness<'a> {
        let mut openness = Openness { guideline, defines: Vec::new() };
        // Each definition comes after those it names, so a chain of any length needs no stack.
        for define in &guideline.defines {
            let open = openness.can_be_unknown(&define.value);
            openness.defines.push(if open { Openly::CanBeUnknown } else { Openly::Settled });
        }
        openness
    }

    pub(super) fn can_be_unknown(&self, expr: &Expr) -> bool {
        let any = |exprs: &[Expr]| exprs.iter().any(|expr| self.can_be_unknown(expr));
        match &expr.kind {
            ExprKind::Constant(constant) => *constant == Constant::Unknown,
            ExprKind::Today | ExprKind::Known(..) | ExprKind::Status(_, _, StatusTest::Undetermined) => false,
            ExprKind::Fact(fact) => self.fact(*fact),
            // The record, or the list, may not have been given.
            ExprKind::RecordField(..)
            | ExprKind::Field { .. }
            | ExprKind::Quantifier { .. }
            | ExprKind::Count { .. }
            | ExprKind::CountedDates(_)
            | ExprKind::Each(_)
            | ExprKind::Sum { .. }
            | ExprKind::Extreme { .. }
            | ExprKind::ExtremeHas { .. }
            | ExprKind::OfExtremes { .. }
            | ExprKind::Different { .. } => true,
            // With no default it is unknown until somebody sets it.
            ExprKind::Parameter(id) => {
                self.guideline.parameters.get(id.0 as usize).is_none_or(|parameter| parameter.default.is_none())
            }
            ExprKind::Define(id) => self.defines.get(id.0 as usize).is_none_or(|open| *open == Openly::CanBeUnknown),
            ExprKind::Age { birth, on, leap_day: _ } => self.can_be_unknown(birth) || self.can_be_unknown(on),
            ExprKind::And(parts) | ExprKind::Or(parts) | ExprKind::AtLeastOf(_, parts) => any(parts),
            ExprKind::Not(part)
            | ExprKind::ThereIs(_, part)
            | ExprKind::Round(part, _)
            | ExprKind::Convert(part, _) => self.can_be_unknown(part),
            ExprKind::Compare(left, _, right) | ExprKind::During(left, right) => {
                self.can_be_unknown(left) || self.can_be_unknown(right)
            }
            ExprKind::OneOf(value, _, options) => self.can_be_unknown(value) || any(options),
            ExprKind::In(value, _, set) => {
                let set = self.guideline.code_sets.get(set.0 as usize);
                self.can_be_unknown(value) || set.is_none_or(|set| !set.lists_not_supplied.is_empty())
            }
            ExprKind::Between(value, low, high) => {
                self.can_be_unknown(value) || self.can_be_unknown(low) || self.can_be_unknown(high)
            }
            ExprKind::Distance { value, relation: _, duration, anchor } => {
                self.can_be_unknown(value) || self.can_be_unknown(duration) || self.can_be_unknown(anchor)
            }
            // Of any other status the answer is unknown while the rule is undetermined.
            ExprKind::Status(..) | ExprKind::Band(..) | ExprKind::Total(_) | ExprKind::GivenTotal { .. } => true,
            ExprKind::LookUp { key, table: _, column: _, otherwise } => {
                self.can_be_unknown(key) || self.can_be_unknown(otherwise)
            }
            ExprKind::If { arms, otherwise } => {
                arms.iter().any(|(condition, value)| self.can_be_unknown(condition) || self.can_be_unknown(value))
                    || self.can_be_unknown(otherwise)
            }
            ExprKind::Sums(parts) => parts.iter().any(|(_, part)| self.can_be_unknown(part)),
            // A division by nought is a fault, and so unknown.
            ExprKind::Products(_) => true,
            ExprKind::Shifted { anchor, direction: _, duration } => {
                self.can_be_unknown(anchor) || self.can_be_unknown(duration)
            }
            ExprKind::UnitsBetween { unit: _, from, to } => self.can_be_unknown(from) || self.can_be_unknown(to),
        }
    }

    /// Only an omitted fact that has a value all the same, and does not grow stale, is never unknown.
    fn fact(&self, id: FactId) -> bool {
        let fact = self.guideline.schema.get(id);
        fact.is_none_or(|fact| fact.not_mentioned.is_none() || fact.valid_for.is_some())
    }
}
