//! What a file says about the guideline in it: the one place where its header is searched.

use super::{DayLiteral, Declaration, File, Guideline, GuidelineClauseKind, Name, Spanned};

impl File {
    /// The guideline that the file declares; of two the first.
    #[must_use]
    pub fn guideline(&self) -> Option<&Guideline> {
        self.items.iter().find_map(|item| {
            if let Declaration::Guideline(guideline) = &item.declaration { Some(&**guideline) } else { None }
        })
    }
}

impl Guideline {
    /// The guidelines whose names it sees, in the order written.
    pub fn uses(&self) -> impl Iterator<Item = &Name> {
        self.clauses
            .iter()
            .flat_map(|clause| if let GuidelineClauseKind::Uses(names) = &clause.kind { names.as_slice() } else { &[] })
    }

    /// The first day in force and, where it says so, the last.
    #[must_use]
    pub fn in_force(&self) -> Option<(&Spanned<DayLiteral>, Option<&Spanned<DayLiteral>>)> {
        self.clauses.iter().find_map(|clause| {
            if let GuidelineClauseKind::InForce { from, through } = &clause.kind {
                Some((from, through.as_ref()))
            } else {
                None
            }
        })
    }
}
