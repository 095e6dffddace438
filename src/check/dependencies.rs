//! Which definitions and rules a definition or rule names, seen from its text alone.

use super::names::{Declared, Scope, World};
use crate::schema::{FactId, FactType, ScalarType};
use crate::syntax::ast::{CountWindow, Expr, ExprKind, List, Name, Otherwise};

/// Calls `found` for each definition and rule that the expression names. Keeps its own stack.
pub(super) fn named<'a>(expr: &'a Expr, scope: &Scope<'a>, world: &World<'a>, mut found: impl FnMut(Declared)) {
    named_by_all(vec![(expr, None)], scope, world, &mut found);
}

/// The same for the filter of a list that stands outside of any condition.
pub(super) fn named_in_list<'a>(list: &'a List, scope: &Scope<'a>, world: &World<'a>, mut found: impl FnMut(Declared)) {
    let mut waiting = Vec::new();
    Looker { scope, world, inside: None }.in_list(&list.path, list.filter.as_ref(), None, &mut waiting);
    named_by_all(waiting, scope, world, &mut found);
}

fn named_by_all<'a>(
    mut waiting: Vec<(&'a Expr, Option<FactId>)>,
    scope: &Scope<'a>,
    world: &World<'a>,
    found: &mut impl FnMut(Declared),
) {
    let mut children: Vec<(&Expr, Option<FactId>)> = Vec::new();
    while let Some((expr, inside)) = waiting.pop() {
        let looker = Looker { scope, world, inside };
        if let Some(declared) = looker.named_by(expr) {
            found(declared);
        }
        looker.children(expr, &mut children);
        waiting.append(&mut children);
    }
}

struct Looker<'s, 'a> {
    scope: &'s Scope<'a>,
    world: &'s World<'a>,
    /// The innermost list around.
    inside: Option<FactId>,
}

impl Looker<'_, '_> {
    /// The definition or rule that this very expression names.
    fn named_by(&self, expr: &Expr) -> Option<Declared> {
        let (ExprKind::Path(path)
        | ExprKind::Known { path, .. }
        | ExprKind::ThereIs { path, .. }
        | ExprKind::Status { rule: path, .. }
        | ExprKind::Band { score: path, .. }) = &expr.kind
        else {
            let ExprKind::DatesCounted(counted) = &expr.kind else { return None };
            let name = counted.schedule.first()?;
            let declared = self.scope.find(&name.value)?.what;
            return matches!(declared, Declared::Rule(_)).then_some(declared);
        };
        let name = path.first()?;
        let is_field = path.len() == 1 && self.inside.is_some_and(|fact| self.world.field(fact, &name.value).is_some());
        if is_field {
            return None;
        }
        match self.scope.find(&name.value)?.what {
            declared @ (Declared::Define(_) | Declared::Rule(_)) => Some(declared),
            Declared::Fact(_)
            | Declared::Parameter(_)
            | Declared::CodeSet(_)
            | Declared::Table(_)
            | Declared::Party(_)
            | Declared::Source(_) => None,
        }
    }

    fn children<'e>(&self, expr: &'e Expr, into: &mut Vec<(&'e Expr, Option<FactId>)>) {
        let here = self.inside;
        let mut add = |expr: &'e Expr| into.push((expr, here));
        match &expr.kind {
            ExprKind::Truth(_)
            | ExprKind::Number(_)
            | ExprKind::Quantity { .. }
            | ExprKind::Duration(_)
            | ExprKind::Date(_)
            | ExprKind::Text(_)
            | ExprKind::Code { .. }
            | ExprKind::CodeRange { .. }
            | ExprKind::Today
            | ExprKind::Path(_)
            | ExprKind::ThereIs { .. }
            | ExprKind::Known { .. }
            | ExprKind::Status { .. }
            | ExprKind::Band { .. } => {}
            ExprKind::Age { on } => on.iter().for_each(|on| add(on)),
            ExprKind::And { operands, .. } | ExprKind::Or { operands, .. } => operands.iter().for_each(add),
            ExprKind::AtLeastOf { conditions, .. } => conditions.iter().for_each(add),
            ExprKind::Not(inner) => add(inner),
            ExprKind::Compare { left, right, .. } => {
                add(left);
                if !self.is_word(left, right) {
                    add(right);
                }
            }
            ExprKind::OneOf { value, options, .. } => {
                add(value);
                options.iter().filter(|option| !self.is_word(value, option)).for_each(add);
            }
            ExprKind::In { value, .. } => add(value),
            ExprKind::Between { value, low, high } => [value, low, high].into_iter().for_each(|expr| add(expr)),
            ExprKind::During { value, period } => [value, period].into_iter().for_each(|expr| add(expr)),
            ExprKind::Distance { value, duration, anchor, .. } => {
                [value, duration, anchor].into_iter().for_each(|expr| add(expr));
            }
            ExprKind::AgeOrOlder { age, duration } => [age, duration].into_iter().for_each(|expr| add(expr)),
            ExprKind::DatesCounted(counted) => match &counted.window {
                CountWindow::Before { duration, anchor } | CountWindow::After { duration, anchor } => {
                    [duration, anchor].into_iter().for_each(add);
                }
                CountWindow::During(date) | CountWindow::Since(date) => add(date),
            },
            ExprKind::Each(each) => self.in_list(&each.list.path, each.list.filter.as_ref(), None, into),
            ExprKind::Quantifier(quantifier) => {
                self.in_list(&quantifier.list.path, quantifier.list.filter.as_ref(), Some(&quantifier.body), into);
            }
            ExprKind::Count { list, body, .. } => {
                self.in_list(&list.path, list.filter.as_ref(), body.as_deref(), into);
            }
            ExprKind::Sum { value, list } => self.in_list(&list.path, list.filter.as_ref(), Some(value), into),
            ExprKind::Extreme { list, .. } => self.in_list(&list.path, list.filter.as_ref(), None, into),
            ExprKind::ExtremeHas { list, body, .. } | ExprKind::OfExtremes { list, body, .. } => {
                self.in_list(&list.path, list.filter.as_ref(), Some(body), into);
            }
            ExprKind::Different { list, within, .. } => {
                within.iter().for_each(|within| add(within));
                self.in_list(&list.path, list.filter.as_ref(), None, into);
            }
            ExprKind::LookUp { key, otherwise, .. } => {
                add(key);
                match &**otherwise {
                    Otherwise::Unknown => {}
                    Otherwise::Value(value) => add(value),
                }
            }
            ExprKind::If { arms, otherwise } => {
                for (condition, value) in arms {
                    add(condition);
                    add(value);
                }
                add(otherwise);
            }
            ExprKind::Sums(terms) => terms.iter().for_each(|(_, term)| add(term)),
            ExprKind::Products(factors) => factors.iter().for_each(|(_, factor)| add(factor)),
            ExprKind::Shifted { duration, anchor, .. } => [duration, anchor].into_iter().for_each(|expr| add(expr)),
            ExprKind::UnitsBetween { from, to, .. } => [from, to].into_iter().for_each(|expr| add(expr)),
            ExprKind::Round { value, .. } => add(value),
        }
    }

    fn in_list<'e>(
        &self,
        path: &[Name],
        filter: Option<&'e Expr>,
        body: Option<&'e Expr>,
        into: &mut Vec<(&'e Expr, Option<FactId>)>,
    ) {
        let fact = path.first().and_then(|name| self.scope.find(&name.value)).and_then(|entry| match entry.what {
            Declared::Fact(id) => Some(id),
            Declared::Parameter(_)
            | Declared::Define(_)
            | Declared::CodeSet(_)
            | Declared::Table(_)
            | Declared::Rule(_)
            | Declared::Party(_)
            | Declared::Source(_) => None,
        });
        into.extend(filter.into_iter().chain(body).map(|expr| (expr, fact)));
    }

    /// Whether the right side is a word of the choice that the left side is, so no name (`sex is woman`).
    fn is_word(&self, left: &Expr, right: &Expr) -> bool {
        let (ExprKind::Path(left), ExprKind::Path(right)) = (&left.kind, &right.kind) else { return false };
        let (Some(first), [word]) = (left.first(), right.as_slice()) else { return false };
        let fact = match self.scope.find(&first.value).map(|entry| entry.what) {
            Some(Declared::Fact(id)) => Some(id),
            Some(Declared::Parameter(id)) => {
                return match self.world.parameters.get(id.0 as usize) {
                    Some(ScalarType::Choice(words)) => words.contains(&word.value),
                    Some(_) | None => false,
                };
            }
            Some(
                Declared::Define(_)
                | Declared::CodeSet(_)
                | Declared::Table(_)
                | Declared::Rule(_)
                | Declared::Party(_)
                | Declared::Source(_),
            )
            | None => None,
        };
        let of_field = |fact: FactId, name: &Name| {
            self.world.field(fact, &name.value).map(|field| self.world.field_type(fact, field))
        };
        let ty = match (left.as_slice(), fact) {
            ([_], Some(fact)) => match self.world.schema.get(fact).map(|fact| &fact.ty) {
                Some(FactType::Scalar(ty)) => Some(ty.clone()),
                Some(FactType::Record { .. } | FactType::List { .. }) | None => None,
            },
            ([name], None) => self.inside.and_then(|fact| of_field(fact, name)),
            ([_, field, ..], fact) => fact.or(self.inside).and_then(|fact| of_field(fact, field)),
            ([], _) => None,
        };
        match ty {
            Some(ScalarType::Choice(words)) => words.contains(&word.value),
            Some(_) | None => false,
        }
    }
}
