//! An outcome from the cells of an evaluation: statuses with their words, grounds and what they looked at.

use super::situation::Situation;
use super::{
    AdviceStatus, AdviceStrength, BrokenAssumption, Conflict, CriterionModality, CriterionOutcome, CriterionStatus,
    EligibilityOutcome, EligibilityStatus, ExceptionName, Identity, Observed, Outcome, PartyName,
    RecommendationOutcome, RuleStatus, ShownValue,
};
use crate::ground::Ground;
use crate::program::{
    Criterion, Exception, Layer, Line, Modality, PartyId, PartyOrWord, Recommendation, RuleIndex, RuleKind,
    RuleProgram, Strength,
};
use crate::source::Place;
use crate::status::{ChecklistStatus, ParallelStatus, ProposalStatus, ScheduleStatus, ScoreStatus, TaskStatus};
use crate::value::Truth;

impl Outcome {
    /// What was concluded. `missing` is left empty: it takes a study of its own.
    pub(crate) fn assemble(situation: &Situation<'_>, identity: Identity) -> Outcome {
        let program = situation.program();
        let mut outcome = Outcome {
            title: program.layers.first().map(|layer| layer.title.clone()).unwrap_or_default(),
            verified: true,
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
            values: situation.values(),
            conflicts: Vec::new(),
            broken: situation.broken(),
            parameters: Vec::new(),
            faults: situation.faults(),
            missing: Vec::new(),
        };
        for index in situation.rules() {
            let Some(rule) = program.rules.get(index.0 as usize) else { continue };
            match (&rule.kind, Situation::status(&situation.cells, index)) {
                (RuleKind::Eligibility { criteria, .. }, RuleStatus::Eligibility(status)) => {
                    outcome.eligibility.push(situation.eligibility(rule, criteria, status));
                }
                (RuleKind::Recommendation(advice), RuleStatus::Recommendation(status)) => {
                    outcome.recommendations.push(situation.recommendation(rule, advice, status));
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
        let advice = self.recommendations.iter().filter(|rule| rule.status != AdviceStatus::NotApplicable);
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
        let parameters = self.parameters.iter().flat_map(|parameter| &parameter.grounds);
        let advice = advice.flat_map(|rule| &rule.grounds);
        criteria.chain(advice).chain(shown).chain(others).chain(parameters).all(Ground::is_verified)
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

impl Situation<'_> {
    /// The parameters that what is shown rests on.
    fn parameters_read(&self) -> Vec<Observed> {
        let applies = |rule: &RuleIndex| {
            let status = Situation::status(&self.cells, *rule);
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
        Layer::named_at(&self.program().layers, place).to_owned()
    }

    pub(super) fn party(&self, party: PartyId) -> PartyName {
        let party = self.program().parties.get(party.0 as usize);
        PartyName {
            id: party.map_or(String::new(), |party| party.name.to_string()),
            label: party.map(|party| party.label.clone()).unwrap_or_default(),
        }
    }

    fn eligibility(&self, rule: &RuleProgram, criteria: &[Criterion], status: EligibilityStatus) -> EligibilityOutcome {
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
        let is_excepted = Situation::criterion(&self.cells, criterion.cell) == CriterionStatus::Excepted;
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
            status: Situation::criterion(&self.cells, criterion.cell),
            exception: exception
                .map(|exception| ExceptionName { id: exception.name.to_string(), label: exception.label.clone() }),
            layer: self.layer_at(criterion.place),
            grounds: distinct(criterion.grounds.iter().chain(excepted)),
            facts,
        }
    }

    fn recommendation(
        &self,
        rule: &RuleProgram,
        advice: &Recommendation,
        status: AdviceStatus,
    ) -> RecommendationOutcome {
        // The first line that holds counts, unless one before it is not known.
        let first = advice.strengths.iter().find(|strength| self.line(&strength.line) != Truth::False);
        let first = first.filter(|strength| self.line(&strength.line) == Truth::True);
        RecommendationOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status,
            strength: first.map(|first| strength(first.strength)),
            priority: first.and_then(|first| first.priority),
            text: advice.text.clone(),
            by: advice.by.iter().map(|by| self.by(by)).collect(),
            grounds: self.advice_grounds(advice, status),
            layer: self.layer_at(self.advice_lines(advice, status).first().map_or(rule.place, |line| line.place)),
            parameters: self.set_parameters(rule.conditions().into_iter().map(|condition| condition.reading)),
        }
    }

    pub(crate) fn line(&self, line: &Line) -> Truth {
        self.cells.lit(self.program(), line.condition.lit)
    }

    fn by(&self, by: &PartyOrWord) -> PartyName {
        match by {
            PartyOrWord::Party(party) => self.party(*party),
            PartyOrWord::Word(word) => PartyName { id: word.to_string(), label: crate::language::Localized::default() },
        }
    }

    /// The lines that decided.
    fn advice_lines<'l>(&self, advice: &'l Recommendation, status: AdviceStatus) -> Vec<&'l Line> {
        let strengths: Vec<&Line> = advice.strengths.iter().map(|strength| &strength.line).collect();
        let holds = |line: &&Line| self.line(line) == Truth::True;
        match status {
            AdviceStatus::Recommended => self.up_to_the_first(&strengths),
            AdviceStatus::AdvisedAgainst => {
                let against: Vec<&Line> = advice.advise_against.iter().filter(holds).collect();
                if against.is_empty() { self.up_to_the_first(&strengths) } else { against }
            }
            AdviceStatus::NotApplicable => advice.not_needed.iter().filter(holds).collect(),
            AdviceStatus::Undetermined => Vec::new(),
        }
    }

    /// Of the lines that decided; where none did, of the recommendation as a whole.
    fn advice_grounds(&self, advice: &Recommendation, status: AdviceStatus) -> Vec<Ground> {
        let strengths = advice.strengths.iter().map(|strength| &strength.line);
        let all = strengths.chain(&advice.advise_against).chain(&advice.not_needed);
        let decided = distinct(self.advice_lines(advice, status).into_iter().flat_map(|line| &line.grounds));
        let own = || distinct(advice.grounds.iter());
        [decided, own(), distinct(all.flat_map(|line| &line.grounds))]
            .into_iter()
            .find(|grounds| !grounds.is_empty())
            .unwrap_or_default()
    }

    /// The lines that may be the first that holds.
    fn up_to_the_first<'l>(&self, lines: &[&'l Line]) -> Vec<&'l Line> {
        let mut reached = Vec::new();
        for line in lines {
            match self.line(line) {
                Truth::False => {}
                Truth::Unknown => reached.push(*line),
                Truth::True => {
                    reached.push(*line);
                    break;
                }
            }
        }
        reached
    }

    fn conflicts(&self, index: RuleIndex, advice: &Recommendation, status: AdviceStatus) -> Vec<Conflict> {
        let recommended = RuleStatus::Recommendation(AdviceStatus::Recommended);
        if status != AdviceStatus::Recommended {
            return Vec::new();
        }
        let both = advice.excludes.iter().filter(|other| Situation::status(&self.cells, **other) == recommended);
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
                value: super::answer(self.program(), &self.bound, &shown.ty, self.cells.value(shown.value)),
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

fn strength(strength: Strength) -> AdviceStrength {
    match strength {
        Strength::Must => AdviceStrength::Must,
        Strength::Should => AdviceStrength::Should,
        Strength::May => AdviceStrength::May,
        Strength::Exceptionally => AdviceStrength::Exceptionally,
        Strength::ShouldNot => AdviceStrength::ShouldNot,
        Strength::ResearchOnly => AdviceStrength::ResearchOnly,
    }
}

/// In their order, none twice.
pub(super) fn distinct<'g>(grounds: impl Iterator<Item = &'g Ground>) -> Vec<Ground> {
    let mut kept: Vec<Ground> = Vec::new();
    for ground in grounds {
        if !kept.contains(ground) {
            kept.push(ground.clone());
        }
    }
    kept
}
