//! Rules of every kind but eligibilities and recommendations, as written.

use super::{Covers, Criterion, Expr, Ground, Localized, Name};

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

/// `score NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Score {
    pub head: RuleHead,
}

/// `propose NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Propose {
    pub head: RuleHead,
}

/// `indicator NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    pub head: RuleHead,
}
