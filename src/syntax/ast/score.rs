//! Scores as written: items, totals, bands.

use super::{Expr, Ground, Localized, Name, RuleHead, Span, Spanned};
use crate::value::Number;

/// `score NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    pub head: RuleHead,
    /// In the order written; none where `total` says it all.
    pub items: Vec<ScoreItem>,
    pub given: Option<GivenTotal>,
    pub total: Option<ScoreTotal>,
    /// Where `bands` stands.
    pub bands_at: Option<Span>,
    pub bands: Vec<Band>,
}

/// `item q1: each 0 to 4`, `item stroke: 2 when had_stroke`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreItem {
    /// One, or each of `q1 to q8`.
    pub names: Vec<Name>,
    pub points: ItemPoints,
    pub label: Localized,
    pub question: Localized,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ItemPoints {
    /// `each 0 to 4`: the item is a fact.
    Range(Spanned<Number>, Spanned<Number>),
    /// `each 0, 2 or 4`
    Listed(Vec<Spanned<Number>>),
    /// `2 when C, 1 when D, otherwise 0`
    Weighted { arms: Vec<(Spanned<Number>, Expr)>, otherwise: Option<Spanned<Number>> },
}

/// `given total audit_total`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenTotal {
    pub fact: Name,
    pub span: Span,
}

/// `total weight / (height * height), round to 2 decimals`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreTotal {
    pub value: Expr,
    pub decimals: Option<Spanned<u32>>,
    pub span: Span,
}

/// A line below `bands`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Band {
    pub name: Name,
    pub reach: BandReach,
    pub label: Localized,
    pub text: Localized,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum BandReach {
    /// `low otherwise`
    Otherwise,
    /// `from 7 when C, from 8 when D, otherwise undetermined`; one without `when` stands alone or last.
    Stretches { arms: Vec<(Stretch, Expr)>, last: Option<LastStretch> },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LastStretch {
    /// `from 7`, `otherwise from 7`
    Stretch(Box<Stretch>),
    /// `otherwise undetermined`
    Undetermined(Span),
}

/// Totals side by side: a number, or a number with its unit, at each end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stretch {
    pub kind: StretchKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum StretchKind {
    /// `from 7`
    From(Expr),
    /// `from 7 to 9`
    FromTo(Expr, Expr),
    /// `at most 9`
    AtMost(Expr),
    /// `more than 7`
    MoreThan(Expr),
    /// `less than 9`
    LessThan(Expr),
}
