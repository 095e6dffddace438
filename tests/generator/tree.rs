//! Short ways to write trees.

use riktlinje::syntax::ast::{self, Expr, ExprKind, GroundKind, Name, Spanned};
use riktlinje::{DurationUnit, Number};

pub fn at<T>(value: T) -> Spanned<T> {
    Spanned { value, span: ast::Span::default() }
}

pub fn name(text: &str) -> Name {
    at(text.into())
}

pub fn names(texts: &[&str]) -> Vec<Name> {
    texts.iter().map(|text| name(text)).collect()
}

pub fn expr(kind: ExprKind) -> Expr {
    Expr { kind, span: ast::Span::default() }
}

pub fn boxed(kind: ExprKind) -> Box<Expr> {
    Box::new(expr(kind))
}

/// `referral.amount`
pub fn path(text: &str) -> Expr {
    expr(ExprKind::Path(text.split('.').map(name).collect()))
}

pub fn number(text: &str) -> Expr {
    expr(ExprKind::Number(text.parse::<Number>().unwrap()))
}

pub fn quantity(text: &str, unit: &str) -> Expr {
    expr(ExprKind::Quantity { number: text.parse().unwrap(), unit: name(unit) })
}

pub fn duration_literal(count: i64, unit: DurationUnit) -> ast::DurationLiteral {
    ast::DurationLiteral { number: Number::from(count), unit }
}

pub fn duration(count: i64, unit: DurationUnit) -> Expr {
    expr(ExprKind::Duration(duration_literal(count, unit)))
}

pub fn localized(text: &str) -> ast::Localized {
    ["sv", "en"].iter().map(|language| ast::LocalizedText { language: name(language), text: name(text) }).collect()
}

pub fn interpretation() -> Vec<ast::Ground> {
    vec![ast::Ground {
        kind: GroundKind::Interpretation { why: ast::FreeText::Plain(name("made for a test")) },
        span: ast::Span::default(),
    }]
}

pub fn ty(kind: ast::FactTypeKind) -> ast::FactType {
    ast::FactType { kind, span: ast::Span::default() }
}
