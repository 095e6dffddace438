//! What is said of a recommendation: how strongly, on what grounds, by which of its lines. Borrowed from the program.

use super::grounds::Grounds;
use super::situation::Situation;
use super::{AdviceStatus, AdviceStrength, PartyName, RecommendationOutcome, RuleStatus};
use crate::ground::Ground;
use crate::program::{Line, PartyOrWord, Recommendation, RuleKind, RuleProgram, Strength, StrengthLine};
use crate::value::Truth;

impl<'a> Situation<'a> {
    pub(crate) fn recommendation(
        &self,
        rule: &'a RuleProgram,
        advice: &'a Recommendation,
        status: AdviceStatus,
    ) -> RecommendationOutcome {
        let first = self.decided_by(advice, status);
        RecommendationOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status,
            strength: first.map(|first| strength(first.strength)),
            priority: first.and_then(|first| first.priority),
            text: advice.text.clone(),
            by: advice.by.iter().map(|by| self.by(by)).collect(),
            grounds: self.advice_grounds(advice, status).cloned().collect(),
            layer: self.advice_layer(rule, advice, status).to_owned(),
            parameters: self.set_parameters(rule.conditions().into_iter().map(|condition| condition.reading)),
        }
    }

    /// The first line that holds, unless one before it is not known.
    fn decided_by(&self, advice: &'a Recommendation, status: AdviceStatus) -> Option<&'a StrengthLine> {
        match advice.only_line() {
            Some(only) => status.is_decided().then_some(only),
            None => self.first_line(advice),
        }
    }

    pub(crate) fn first_line(&self, advice: &'a Recommendation) -> Option<&'a StrengthLine> {
        let first = advice.strengths.iter().find(|strength| self.line(&strength.line) != Truth::False);
        first.filter(|strength| self.line(&strength.line) == Truth::True)
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

    /// The guideline that it comes from: that of the first line that decided.
    pub(crate) fn advice_layer(&self, rule: &RuleProgram, advice: &'a Recommendation, status: AdviceStatus) -> &'a str {
        if let Some(only) = advice.only_line() {
            return self.layer_name(if status.is_decided() { only.line.place } else { rule.place });
        }
        self.layer_name(self.advice_lines(advice, status).first().map_or(rule.place, |line| line.place))
    }

    /// The lines that decided.
    fn advice_lines(&self, advice: &'a Recommendation, status: AdviceStatus) -> Vec<&'a Line> {
        let holds = |line: &&Line| self.line(line) == Truth::True;
        match status {
            AdviceStatus::Recommended => self.up_to_the_first(advice),
            AdviceStatus::AdvisedAgainst => {
                let against: Vec<&Line> = advice.advise_against.iter().filter(holds).collect();
                if against.is_empty() { self.up_to_the_first(advice) } else { against }
            }
            // Where no line of its own holds, nobody asks whether it is needed.
            AdviceStatus::NotApplicable if !advice.strengths.iter().any(|strength| holds(&&strength.line)) => {
                Vec::new()
            }
            AdviceStatus::NotApplicable => advice.not_needed.iter().filter(holds).collect(),
            AdviceStatus::Undetermined => Vec::new(),
        }
    }

    /// Of the lines that decided; where none did, of the recommendation as a whole.
    fn advice_grounds(&self, advice: &'a Recommendation, status: AdviceStatus) -> Grounds<'a> {
        match advice.only_line() {
            Some(only) => Grounds::of_one_line(advice, only, status.is_decided()),
            None => self.grounds_of_lines(advice, status),
        }
    }

    pub(crate) fn grounds_of_lines(&self, advice: &'a Recommendation, status: AdviceStatus) -> Grounds<'a> {
        let decided = self.advice_lines(advice, status);
        if decided.iter().any(|line| !line.grounds.is_empty()) {
            return Grounds::of(decided.into_iter().flat_map(|line| &line.grounds));
        }
        if !advice.grounds.is_empty() {
            return Grounds::of_line(&advice.grounds);
        }
        let strengths = advice.strengths.iter().map(|strength| &strength.line);
        let all = strengths.chain(&advice.advise_against).chain(&advice.not_needed);
        Grounds::of(all.flat_map(|line| &line.grounds))
    }

    /// The lines that may be the first that holds.
    fn up_to_the_first(&self, advice: &'a Recommendation) -> Vec<&'a Line> {
        let mut reached = Vec::new();
        for line in advice.strengths.iter().map(|strength| &strength.line) {
            match self.line(line) {
                Truth::False => {}
                Truth::Unknown => reached.push(line),
                Truth::True => {
                    reached.push(line);
                    break;
                }
            }
        }
        reached
    }

    /// Whether every recommendation that applies rests on what was read in its source or told by its issuer.
    pub(super) fn advice_is_verified(&self) -> bool {
        self.program().own_rules.iter().all(|index| {
            let kind = self.program().rules.get(*index as usize).map(|rule| &rule.kind);
            match (kind, self.cells.rule(*index as usize)) {
                (Some(RuleKind::Recommendation(_)), RuleStatus::Recommendation(AdviceStatus::NotApplicable)) => true,
                (Some(RuleKind::Recommendation(advice)), RuleStatus::Recommendation(status)) => {
                    self.advice_grounds(advice, status).all(Ground::is_verified)
                }
                (_, _) => true,
            }
        })
    }
}

#[inline]
pub(crate) fn strength(strength: Strength) -> AdviceStrength {
    match strength {
        Strength::Must => AdviceStrength::Must,
        Strength::Should => AdviceStrength::Should,
        Strength::May => AdviceStrength::May,
        Strength::Exceptionally => AdviceStrength::Exceptionally,
        Strength::ShouldNot => AdviceStrength::ShouldNot,
        Strength::ResearchOnly => AdviceStrength::ResearchOnly,
    }
}
