//! Outcomes of rules that are neither eligibilities nor recommendations, from the cells of an evaluation.

use super::situation::Situation;
use super::{ChecklistOutcome, Outcome, RuleStatus};
use crate::language::Localized;
use crate::program::{Criterion, RuleIndex, RuleKind, RuleProgram};
use crate::status::ChecklistStatus;

impl Situation<'_> {
    /// Adds what is concluded of a rule.
    pub(super) fn add_rule(&self, outcome: &mut Outcome, index: RuleIndex, rule: &RuleProgram) {
        match &rule.kind {
            RuleKind::Eligibility { .. } | RuleKind::Recommendation(_) => {}
            RuleKind::Checklist { criteria, text, .. } => {
                if let RuleStatus::Checklist(status) = Situation::status(&self.cells, index) {
                    outcome.checklists.push(self.checklist(rule, criteria, text, status));
                }
            }
            RuleKind::Task(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Score(_)
            | RuleKind::Proposal(_)
            | RuleKind::Indicator(_) => {
                let _ = outcome;
            }
        }
    }

    fn checklist(
        &self,
        rule: &RuleProgram,
        criteria: &[Criterion],
        text: &Localized,
        status: ChecklistStatus,
    ) -> ChecklistOutcome {
        ChecklistOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status,
            items: criteria.iter().map(|criterion| self.criterion_outcome(rule, criterion)).collect(),
            text: text.clone(),
            layer: self.layer(rule),
        }
    }
}
