//! What a guideline says about itself, over what the one says that it adapts.

use crate::syntax::ast::{Declaration, Guideline, GuidelineClauseKind, Item};

/// Its own words hold. What the base uses it uses, too; whom it is about goes without saying.
pub(super) fn over(base: Option<Item>, mut own: Guideline) -> Guideline {
    let Some(Declaration::Guideline(base)) = base.map(|item| item.declaration) else { return own };
    let says_about = own.clauses.iter().any(|clause| matches!(clause.kind, GuidelineClauseKind::About(_)));
    for mut clause in base.clauses {
        if let GuidelineClauseKind::Uses(uses) = &mut clause.kind {
            uses.retain(|used| !own.uses().any(|other| other.name == used.name));
            if !uses.is_empty() {
                own.clauses.push(clause);
            }
        } else if matches!(clause.kind, GuidelineClauseKind::About(_)) && !says_about {
            own.clauses.push(clause);
        }
    }
    own
}
