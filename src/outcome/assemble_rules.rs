//! Outcomes of rules that are neither eligibilities nor recommendations, from the cells of an evaluation.

use super::Outcome;
use super::situation::Situation;
use crate::program::{RuleIndex, RuleKind, RuleProgram};

impl Situation<'_> {
    /// Adds what is concluded of a rule.
    pub(super) fn add_rule(&self, outcome: &mut Outcome, _index: RuleIndex, rule: &RuleProgram) {
        match &rule.kind {
            RuleKind::Eligibility { .. } | RuleKind::Recommendation(_) => {}
            RuleKind::Checklist { .. }
            | RuleKind::Task(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Score(_)
            | RuleKind::Proposal(_)
            | RuleKind::Indicator(_) => {
                let _ = outcome;
            }
        }
    }
}
