//! Rules of every kind but eligibilities and recommendations, as written.

use super::{Covers, Criterion, Expr, Ground, Localized, Name, Span, Spanned};

/// What every one of these rules may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleHead {
    pub name: Name,
    pub label: Localized,
    /// Before the first line.
    pub grounds: Vec<Ground>,
    pub when: Option<Expr>,
    pub text: Localized,
    pub covers: Option<Covers>,
}

/// `checklist NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    pub head: RuleHead,
    /// None has exceptions.
    pub criteria: Vec<Criterion>,
}

/// `task NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub head: RuleHead,
}

/// `parallel NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parallel {
    pub head: RuleHead,
}

/// `schedule NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Schedule {
    pub head: RuleHead,
}

/// `propose NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Propose {
    pub head: RuleHead,
    /// Under `one of`.
    pub options: Vec<ProposeOption>,
    pub choice: Option<Spanned<Choice>>,
    pub rows: Vec<ProposeRow>,
    /// `otherwise OPTION`
    pub otherwise: Option<Name>,
    /// `decided by sv "…" en "…"`
    pub decided_by: Localized,
}

/// `itok sv "ITOK" en "ITOK"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposeOption {
    pub name: Name,
    pub label: Localized,
}

/// `itok when CONDITION`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposeRow {
    pub option: Name,
    pub condition: Expr,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// How the rows of a proposal make one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// `first that holds`
    First,
    /// `exactly one`
    ExactlyOne,
    /// `all that hold`
    All,
}

/// `indicator NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    pub head: RuleHead,
}
