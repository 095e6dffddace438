//! What was concluded of some rules alone: for whoever asks about few rules of a large guideline.

use super::situation::Situation;
use super::{Identity, Outcome, RuleStatus};
use crate::language::Localized;
use crate::program::{RuleIndex, RuleKind};

impl Outcome {
    /// Nothing is concluded yet.
    pub(super) fn of_nothing(situation: &Situation<'_>, identity: Identity) -> Outcome {
        Outcome {
            title: Localized::default(),
            verified: false,
            as_of: situation.as_of(),
            identity,
            eligibility: Vec::new(),
            checklists: Vec::new(),
            tasks: Vec::new(),
            recommendations: Vec::new(),
            parallel: Vec::new(),
            proposals: Vec::new(),
            scores: Vec::new(),
            indicators: Vec::new(),
            schedules: Vec::new(),
            values: Vec::new(),
            conflicts: Vec::new(),
            broken: Vec::new(),
            parameters: Vec::new(),
            faults: Vec::new(),
            missing: Vec::new(),
            outdated: Vec::new(),
        }
    }

    /// What was concluded of these rules, and of nothing else: what an outcome says of the guideline as a whole (values,
    /// conflicts, assumptions, faults, parameters, what is missing, whether all is verified) is not looked at.
    pub(crate) fn about(situation: &Situation<'_>, identity: Identity, rules: &[RuleIndex]) -> Outcome {
        let mut outcome = Outcome::of_nothing(situation, identity);
        for index in rules {
            let Some(rule) = situation.program().rules.get(index.0 as usize) else { continue };
            match (&rule.kind, Situation::status(situation.cells, *index)) {
                (RuleKind::Eligibility { criteria, .. }, RuleStatus::Eligibility(status)) => {
                    outcome.eligibility.push(situation.eligibility(rule, criteria, status));
                }
                (RuleKind::Recommendation(advice), RuleStatus::Recommendation(status)) => {
                    outcome.recommendations.push(situation.recommendation(rule, advice, status));
                }
                // INVARIANT: the status of an eligibility or recommendation is of its kind.
                (_, _) => situation.add_rule(&mut outcome, *index, rule),
            }
        }
        outcome
    }
}
