//! One patient in an indicator.

use super::guide::{Scope, Walk};
use super::value::Truth;
use riktlinje::syntax::ast;

#[derive(Debug, Clone, PartialEq)]
pub struct IndicatorAnswer {
    pub id: String,
    pub counted: Truth,
    /// Counted, and one of those looked for.
    pub is_in: Truth,
}

impl IndicatorAnswer {
    pub fn status(&self) -> &'static str {
        match (self.counted, self.is_in) {
            (Truth::No, _) => "not_counted",
            (Truth::Yes, Truth::Yes) => "in",
            (Truth::Yes, Truth::No) => "counted",
            (Truth::Unknown, _) | (Truth::Yes, Truth::Unknown) => "undetermined",
        }
    }
}

impl<'a> Walk<'a> {
    pub fn indicator(&self, rule: &'a ast::Indicator) -> IndicatorAnswer {
        let truth = |condition: Option<&'a ast::Expr>| {
            condition.map_or(Truth::Yes, |condition| self.truth(condition, &Scope::default()))
        };
        let counted = truth(rule.count.as_ref().and_then(|count| count.condition.as_ref()));
        let is_in = counted.and(truth(rule.of_them.as_ref()));
        IndicatorAnswer { id: rule.head.name.value.to_string(), counted, is_in }
    }
}
