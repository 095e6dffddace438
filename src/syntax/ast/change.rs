//! What a guideline that adapts another changes in it.

use super::{CodesEntry, Declaration, Exception, Expr, Ground, Name, Span};

/// `add to`, `replace`, `remove`, `set`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Change {
    pub kind: ChangeKind,
    /// Before its first line: they serve every line that has none.
    pub grounds: Vec<Ground>,
    /// Of its first line, `replace laro.dependence`.
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangeKind {
    /// `add to laro`, `add to laro.age`
    Add { to: Vec<Name>, lines: ChangedLines },
    /// `replace laro.dependence`, then that line
    ReplaceLine { line: Vec<Name>, by: ChangedLines },
    /// `replace eligibility laro`, then the whole declaration
    Replace(Declaration),
    /// `remove laro`, `remove laro.age`, `remove laro.age.special_reasons`
    Remove(Vec<Name>),
    /// `set minimum_age = 21 years`
    Set { parameter: Name, value: Expr },
}

/// Lines without the declaration that they belong to: what they are called says of which kind it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ChangedLines {
    /// A declaration that has these lines only and the name of the one that is changed.
    Of(Declaration),
    /// `exception …`
    Exceptions(Vec<Exception>),
    /// Of a set of codes.
    Codes(Vec<CodesEntry>),
}
