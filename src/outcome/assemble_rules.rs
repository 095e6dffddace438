//! Outcomes of rules that are neither eligibilities nor recommendations, from the cells of an evaluation.

use super::assemble::distinct;
use super::situation::Situation;
use super::{ChecklistOutcome, OptionName, Outcome, ProposalOutcome, RuleStatus};
use crate::eval::proposed;
use crate::language::Localized;
use crate::program::{Criterion, Proposal, RuleIndex, RuleKind, RuleProgram};
use crate::status::ChecklistStatus;
use crate::value::Truth;

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
            RuleKind::Proposal(proposal) => outcome.proposals.push(self.proposal(rule, proposal)),
            RuleKind::Score(score) => outcome.scores.extend(self.score(index, rule, score)),
            RuleKind::Task(_) | RuleKind::Parallel(_) | RuleKind::Schedule(_) | RuleKind::Indicator(_) => {
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
            items: criteria.iter().map(|criterion| self.criterion_outcome(criterion)).collect(),
            text: text.clone(),
            layer: self.layer(rule),
        }
    }

    fn proposal(&self, rule: &RuleProgram, proposal: &Proposal) -> ProposalOutcome {
        let program = self.program();
        let found = proposed(program, &self.cells, proposal);
        let option = |index: &u32| {
            let option = proposal.options.get(*index as usize)?;
            Some(OptionName { id: option.name.to_string(), label: option.label.clone() })
        };
        // Of the rows those that hold, or may: their grounds say why.
        let deciding = proposal.rows.iter().filter(|row| {
            found.possible.contains(&row.option) && self.cells.lit(program, row.line.condition.lit) != Truth::False
        });
        let own = deciding.flat_map(|row| &row.line.grounds);
        ProposalOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status: found.status,
            outcomes: found.outcomes.iter().filter_map(option).collect(),
            possible: found.possible.iter().filter_map(option).collect(),
            decided_by: proposal.decided_by.clone(),
            text: proposal.common.text.clone(),
            grounds: distinct(proposal.common.grounds.iter().chain(own)),
            layer: self.layer(rule),
        }
    }
}
