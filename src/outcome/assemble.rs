//! An outcome from the cells of an evaluation: statuses with their words, grounds and what they looked at.

use super::grounds::Grounds;
use super::situation::Situation;
use super::{
    AdviceStatus, BrokenAssumption, Conflict, CriterionModality, CriterionOutcome, CriterionStatus, EligibilityOutcome,
    EligibilityStatus, ExceptionName, Identity, Observed, Outcome, PartyName, RuleStatus, ShownValue,
};
use crate::ground::Ground;
use crate::program::{
    Criterion, Exception, Layer, Modality, PartyId, Recommendation, RuleIndex, RuleKind, RuleProgram,
};
use crate::source::Place;
use crate::status::{ChecklistStatus, ParallelStatus, ProposalStatus, ScheduleStatus, ScoreStatus, TaskStatus};
use crate::value::Truth;

/// Whether an outcome tells of recommendations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Advice {
    Told,
    /// Somebody else tells of them; conflicts between them and whether they are verified are told all the same.
    LeftOut,
}

impl Outcome {
    /// What was concluded. `missing` is left empty: it takes a study of its own.
    pub(crate) fn assemble(situation: &Situation<'_>, identity: Identity, told: Advice) -> Outcome {
        let program = situation.program();
        let mut outcome = Outcome {
            title: program.layers.first().map(|layer| layer.title.clone()).unwrap_or_default(),
            verified: true,
            values: situation.values(),
            broken: situation.broken(),
            faults: situation.faults(),
            outdated: situation.outdated(),
            ..Outcome::of_nothing(situation, identity)
        };
        for index in situation.rules() {
            let Some(rule) = program.rules.get(index.0 as usize) else { continue };
            match (&rule.kind, Situation::status(situation.cells, index)) {
                (RuleKind::Eligibility { criteria, .. }, RuleStatus::Eligibility(status)) => {
                    outcome.eligibility.push(situation.eligibility(rule, criteria, status));
                }
                (RuleKind::Recommendation(advice), RuleStatus::Recommendation(status)) => {
                    if told == Advice::Told {
                        outcome.recommendations.push(situation.recommendation(rule, advice, status));
                    }
                    outcome.conflicts.extend(situation.conflicts(index, advice, status));
                }
                // INVARIANT: the status of an eligibility or recommendation is of its kind.
                (_, _) => situation.add_rule(&mut outcome, index, rule),
            }
        }
        outcome.conflicts = without_doubles(outcome.conflicts);
        outcome.parameters = situation.parameters_read();
        outcome.verified = outcome.is_verified(situation);
        outcome
    }

    /// Whether everything that is shown was read in its source or told by its issuer.
    fn is_verified(&self, situation: &Situation<'_>) -> bool {
        let criteria = self.eligibility.iter().flat_map(|rule| &rule.criteria).flat_map(|line| &line.grounds);
        let listed = self.checklists.iter().filter(|rule| rule.status != ChecklistStatus::NotApplicable);
        let criteria = criteria.chain(listed.flat_map(|rule| &rule.items).flat_map(|line| &line.grounds));
        let shown = situation.own_shown().flat_map(|shown| &shown.grounds);
        let tasks = self.tasks.iter().filter(|rule| rule.status != TaskStatus::NotApplicable);
        let proposals = self.proposals.iter().filter(|rule| rule.status != ProposalStatus::NotApplicable);
        let scores = self.scores.iter().filter(|rule| rule.status != ScoreStatus::NotApplicable.name());
        let parallel = self.parallel.iter().filter(|rule| rule.status != ParallelStatus::NotApplicable);
        let others = tasks.flat_map(|rule| &rule.grounds).chain(proposals.flat_map(|rule| &rule.grounds));
        let others = others.chain(scores.flat_map(|rule| &rule.grounds));
        let others = others.chain(parallel.flat_map(|rule| &rule.grounds));
        let schedules = self.schedules.iter().filter(|rule| rule.status != ScheduleStatus::NotApplicable);
        let others = others.chain(schedules.flat_map(|rule| &rule.grounds));
        let others = others.chain(self.indicators.iter().flat_map(|rule| &rule.grounds));
        let parameters = self.parameters.iter().flat_map(|parameter| &parameter.grounds);
        criteria.chain(shown).chain(others).chain(parameters).all(Ground::is_verified) && situation.advice_is_verified()
    }
}

/// The same two rules once, whichever of them names the other.
fn without_doubles(conflicts: Vec<Conflict>) -> Vec<Conflict> {
    let mut kept: Vec<Conflict> = Vec::new();
    for conflict in conflicts {
        let [a, b] = &conflict.rules;
        if !kept.iter().any(|Conflict { rules: [c, d] }| (a == c && b == d) || (a == d && b == c)) {
            kept.push(conflict);
        }
    }
    kept
}

impl<'a> Situation<'a> {
    /// The guideline that a line comes from.
    pub(crate) fn layer_name(&self, place: Place) -> &'a str {
        Layer::named_at(&self.program().layers, place)
    }

    /// The parameters that what is shown rests on.
    fn parameters_read(&self) -> Vec<Observed> {
        let applies = |rule: &RuleIndex| {
            let status = Situation::status(self.cells, *rule);
            matches!(status, RuleStatus::Eligibility(_)) || status.name() != "not_applicable"
        };
        let rules = self.rules().into_iter().filter(applies);
        let conditions =
            rules.filter_map(|rule| self.program().rules.get(rule.0 as usize)).flat_map(RuleProgram::conditions);
        let readings = conditions.map(|condition| condition.reading);
        self.set_parameters(readings.chain(self.own_shown().map(|shown| shown.reading)))
    }

    /// The guideline that a rule comes from.
    pub(super) fn layer(&self, rule: &RuleProgram) -> String {
        self.layer_at(rule.place)
    }

    /// The guideline that a line comes from.
    pub(super) fn layer_at(&self, place: Place) -> String {
        self.layer_name(place).to_owned()
    }

    pub(super) fn party(&self, party: PartyId) -> PartyName {
        let party = self.program().parties.get(party.0 as usize);
        PartyName {
            id: party.map_or(String::new(), |party| party.name.to_string()),
            label: party.map(|party| party.label.clone()).unwrap_or_default(),
        }
    }

    pub(super) fn eligibility(
        &self,
        rule: &RuleProgram,
        criteria: &[Criterion],
        status: EligibilityStatus,
    ) -> EligibilityOutcome {
        let first = criteria
            .iter()
            .filter(|criterion| criterion.modality == Modality::Require)
            .find_map(|criterion| self.holding(criterion));
        let refer_to =
            first.filter(|_| status == EligibilityStatus::Refer).map(|exception| self.party(exception.refer_to));
        EligibilityOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status,
            refer_to,
            criteria: criteria.iter().map(|criterion| self.criterion_outcome(criterion)).collect(),
        }
    }

    /// The exception that makes a line excepted: the first that holds.
    pub(crate) fn holding<'c>(&self, criterion: &'c Criterion) -> Option<&'c Exception> {
        let is_excepted = Situation::criterion(self.cells, criterion.cell) == CriterionStatus::Excepted;
        let holds = |exception: &&Exception| self.cells.lit(self.program(), exception.condition.lit) == Truth::True;
        criterion.exceptions.iter().filter(|_| is_excepted).find(holds)
    }

    pub(super) fn criterion_outcome(&self, criterion: &Criterion) -> CriterionOutcome {
        let exception = self.holding(criterion);
        let mut facts = self.observed(criterion.condition.reading);
        if self.cells.lit(self.program(), criterion.condition.lit) != Truth::True {
            for observed in criterion.exceptions.iter().flat_map(|exception| self.observed(exception.condition.reading))
            {
                if !facts.iter().any(|seen| seen.id == observed.id) {
                    facts.push(observed);
                }
            }
        }
        let excepted = exception.iter().flat_map(|exception| &exception.grounds);
        CriterionOutcome {
            id: criterion.name.to_string(),
            label: criterion.label.clone(),
            modality: match criterion.modality {
                Modality::Require => CriterionModality::Require,
                Modality::Expect => CriterionModality::Expect,
            },
            status: Situation::criterion(self.cells, criterion.cell),
            exception: exception
                .map(|exception| ExceptionName { id: exception.name.to_string(), label: exception.label.clone() }),
            layer: self.layer_at(criterion.place),
            grounds: Grounds::of(criterion.grounds.iter().chain(excepted)).cloned().collect(),
            facts,
        }
    }

    fn conflicts(&self, index: RuleIndex, advice: &Recommendation, status: AdviceStatus) -> Vec<Conflict> {
        let recommended = RuleStatus::Recommendation(AdviceStatus::Recommended);
        if status != AdviceStatus::Recommended {
            return Vec::new();
        }
        let both = advice.excludes.iter().filter(|other| Situation::status(self.cells, **other) == recommended);
        let mut conflicts: Vec<Conflict> = Vec::new();
        for other in both {
            let mut pair = [index, *other];
            pair.sort_by_key(|rule| self.program().rules.get(rule.0 as usize).map(|rule| (rule.layer, rule.order)));
            conflicts.push(Conflict { rules: pair.map(|rule| self.rule_name(rule)) });
        }
        conflicts
    }

    /// What the guideline itself shows, in the order written.
    fn own_shown(&self) -> impl Iterator<Item = &crate::program::Shown> {
        let mut shown: Vec<_> = self.program().shown.iter().filter(|shown| shown.layer.0 == 0).collect();
        shown.sort_by_key(|shown| shown.order);
        shown.into_iter()
    }

    fn values(&self) -> Vec<ShownValue> {
        self.own_shown()
            .map(|shown| ShownValue {
                id: shown.name.to_string(),
                label: shown.label.clone(),
                value: super::answer(self.program(), self.bound, &shown.ty, self.cells.value(shown.value)),
            })
            .collect()
    }

    fn broken(&self) -> Vec<BrokenAssumption> {
        let assumptions = self.program().assumptions.iter();
        assumptions
            .filter(|assumption| self.cells.lit(self.program(), assumption.condition.lit) == Truth::False)
            .map(|assumption| BrokenAssumption {
                text: assumption.said.en.as_deref().map_or_else(|| self.text(assumption.place), str::to_owned),
                said: assumption.said.clone(),
                place: self.place(assumption.place),
                grounds: assumption.grounds.clone(),
            })
            .collect()
    }
}
