//! An outcome as text: what was decided, on what ground, what is missing.

use super::Page;
use crate::language::{Language, Localized};
use crate::outcome::{
    AdviceStatus, AdviceStrength, CriterionModality, CriterionOutcome, CriterionStatus, EligibilityOutcome,
    EligibilityStatus, Missing, Outcome, OutdatedFact, RecommendationOutcome,
};
use crate::render::words;
use std::collections::BTreeSet;

impl Outcome {
    /// For people: the decision first, then each line with the facts it looked at and its ground, what is missing with
    /// its question, conflicts, broken assumptions and faults, and whether it is verified.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        page.own.clone_from(&self.identity.guideline);
        page.head(self);
        for rule in &self.eligibility {
            page.eligibility(rule);
        }
        for rule in &self.recommendations {
            page.recommendation(rule);
        }
        page.other_rules(self);
        page.heading(&self.values, words::VALUES);
        for shown in &self.values {
            let line = format!("{}: {}", page.label(&shown.label, &shown.id), page.answer(&shown.value));
            page.line(1, &line);
        }
        page.parameters(self);
        page.missing(&self.missing, self);
        page.outdated(&self.outdated);
        page.trouble(self);
        let verified = if self.verified { words::VERIFIED } else { words::NOT_VERIFIED };
        page.out.push('\n');
        page.line(0, verified.get(language));
        page.out
    }

    /// What people call a rule of this outcome.
    fn rule_label<'a>(&'a self, rule: &'a str, language: Language) -> &'a str {
        let (kind, name) = rule.split_once('.').unwrap_or(("", rule));
        let of = |id: &'a str, label: &'a Localized| (id == name).then_some(label);
        let label = match kind {
            "eligibility" => self.eligibility.iter().find_map(|rule| of(&rule.id, &rule.label)),
            "checklist" => self.checklists.iter().find_map(|rule| of(&rule.id, &rule.label)),
            "task" => self.tasks.iter().find_map(|rule| of(&rule.id, &rule.label)),
            "recommend" => self.recommendations.iter().find_map(|rule| of(&rule.id, &rule.label)),
            "parallel" => self.parallel.iter().find_map(|rule| of(&rule.id, &rule.label)),
            "propose" => self.proposals.iter().find_map(|rule| of(&rule.id, &rule.label)),
            "score" => self.scores.iter().find_map(|rule| of(&rule.id, &rule.label)),
            "indicator" => self.indicators.iter().find_map(|rule| of(&rule.id, &rule.label)),
            "schedule" => self.schedules.iter().find_map(|rule| of(&rule.id, &rule.label)),
            _ => None,
        };
        label.and_then(|label| label.get(language)).unwrap_or(rule)
    }
}

impl Page {
    fn head(&mut self, outcome: &Outcome) {
        let identity = &outcome.identity;
        let status =
            words::publication_status(&identity.status).map_or(identity.status.as_str(), |word| self.say(word));
        let line = format!(
            "{} ({}, {} {}, {status}), {} {}",
            self.label(&outcome.title, &identity.guideline),
            identity.guideline,
            self.say(words::VERSION),
            identity.version,
            self.say(words::AS_OF),
            outcome.as_of
        );
        self.line(0, &line);
    }

    /// Those that no line has told.
    fn parameters(&mut self, outcome: &Outcome) {
        let lines = outcome.eligibility.iter().flat_map(|rule| &rule.criteria);
        let lines = lines.chain(outcome.checklists.iter().flat_map(|rule| &rule.items));
        let told: BTreeSet<&str> = lines.flat_map(|line| &line.facts).map(|observed| observed.id.as_str()).collect();
        let others: Vec<_> = outcome.parameters.iter().filter(|one| !told.contains(one.id.as_str())).collect();
        self.heading(&others, words::PARAMETERS);
        for parameter in others {
            self.observed(1, parameter);
        }
    }

    fn eligibility(&mut self, rule: &EligibilityOutcome) {
        let status = self.say(words::eligibility(rule.status)).to_uppercase();
        let line = format!("{}: {status}", self.label(&rule.label, &rule.id));
        self.out.push('\n');
        self.line(0, &line);
        if let Some(party) = &rule.refer_to {
            let line = format!("{}: {}", self.say(words::REFER_TO), self.label(&party.label, &party.id));
            self.line(1, &line);
        }
        if rule.status != EligibilityStatus::NotApplicable {
            for criterion in &rule.criteria {
                self.criterion(criterion);
            }
        }
    }

    pub(super) fn criterion(&mut self, criterion: &CriterionOutcome) {
        let expected = match criterion.modality {
            CriterionModality::Require => String::new(),
            CriterionModality::Expect => format!(" ({})", self.say(words::EXPECTED)),
        };
        let status = self.say(words::criterion(criterion.status));
        let from = self.from(&criterion.layer);
        let line = format!("{}: {status}{expected}{from}", self.label(&criterion.label, &criterion.id));
        self.line(1, &line);
        for observed in &criterion.facts {
            self.observed(2, observed);
        }
        if let (Some(exception), CriterionStatus::Excepted) = (&criterion.exception, criterion.status) {
            let name = self.label(&exception.label, &exception.id);
            let line = format!("{}: {name}", self.say(words::EXCEPTION));
            self.line(2, &line);
        }
        self.grounds(2, &criterion.grounds);
    }

    fn recommendation(&mut self, rule: &RecommendationOutcome) {
        let status = self.say(words::advice(rule.status)).to_uppercase();
        // What is not recommended must not read as if it were.
        let is_told = match rule.status {
            AdviceStatus::Recommended => true,
            AdviceStatus::AdvisedAgainst => rule.strength == Some(AdviceStrength::ShouldNot),
            AdviceStatus::Undetermined | AdviceStatus::NotApplicable => false,
        };
        let strength = rule.strength.map(|strength| self.say(words::strength(strength)).to_owned());
        let priority = rule.priority.map(|priority| format!("{} {priority}", self.say(words::PRIORITY)));
        let details: Vec<String> = strength.into_iter().chain(priority).filter(|_| is_told).collect();
        let details = if details.is_empty() { String::new() } else { format!(" ({})", details.join(", ")) };
        let from = self.from(&rule.layer);
        let line = format!("{}: {status}{details}{from}", self.label(&rule.label, &rule.id));
        self.out.push('\n');
        self.line(0, &line);
        match rule.status {
            AdviceStatus::NotApplicable => {}
            AdviceStatus::Recommended | AdviceStatus::AdvisedAgainst | AdviceStatus::Undetermined => self.advice(rule),
        }
    }

    fn advice(&mut self, rule: &RecommendationOutcome) {
        if let Some(text) = rule.text.get(self.language) {
            let line = match rule.status {
                AdviceStatus::Recommended => text.to_owned(),
                AdviceStatus::AdvisedAgainst | AdviceStatus::Undetermined | AdviceStatus::NotApplicable => {
                    format!("{}: ”{text}”", self.say(words::ADVICE_READS))
                }
            };
            self.line(1, &line);
        }
        if !rule.by.is_empty() && rule.status == AdviceStatus::Recommended {
            let parties: Vec<&str> = rule.by.iter().map(|party| self.label(&party.label, &party.id)).collect();
            let line = format!("{}: {}", self.say(words::BY), parties.join(", "));
            self.line(1, &line);
        }
        self.grounds(1, &rule.grounds);
    }

    fn missing(&mut self, missing: &[Missing], outcome: &Outcome) {
        self.heading(missing, words::MISSING);
        for thing in missing {
            let rules: Vec<&str> = thing.settles.iter().map(|rule| outcome.rule_label(rule, self.language)).collect();
            let line = format!("{} ({}: {})", self.question(thing), self.say(words::BEARS_ON), rules.join(", "));
            self.line(1, &line);
        }
    }

    /// `Folkbokföringslän: gällde den 2026-01-01, räknas i 3 månader`
    fn outdated(&mut self, outdated: &[OutdatedFact]) {
        self.heading(outdated, words::OUTDATED);
        for old in outdated {
            let (name, recorded) = (self.label(&old.label, &old.fact), self.say(words::RECORDED_ON));
            let valid = format!("{} {}", self.say(words::VALID_FOR), self.duration(old.valid_for));
            let line = format!("{name}: {recorded} {}, {valid}", old.recorded);
            self.line(1, &line);
        }
    }

    /// `Födelsedatum – När är patienten född?`
    pub(super) fn question(&self, missing: &Missing) -> String {
        let name = self.label(&missing.label, &missing.fact);
        let path = if missing.fact.contains('.') { format!(" ({})", missing.fact) } else { String::new() };
        let kind = words::missing_kind(missing.kind).map_or(String::new(), |kind| format!(" ({})", self.say(kind)));
        let question = missing.question.get(self.language).map_or(String::new(), |text| format!(" – {text}"));
        format!("{name}{path}{kind}{question}")
    }

    fn trouble(&mut self, outcome: &Outcome) {
        self.heading(&outcome.conflicts, words::CONFLICTS);
        for conflict in &outcome.conflicts {
            let rules = conflict.rules.each_ref().map(|rule| outcome.rule_label(rule, self.language));
            let line = rules.join(&format!(" {} ", self.say(words::AND)));
            self.line(1, &line);
        }
        self.heading(&outcome.broken, words::BROKEN);
        for broken in &outcome.broken {
            let said = broken.said.get(self.language).unwrap_or(&broken.text);
            let line = format!("{said} ({})", self.place(&broken.place));
            self.line(1, &line);
            self.grounds(2, &broken.grounds);
        }
        self.heading(&outcome.faults, words::FAULTS);
        for fault in &outcome.faults {
            let rule = outcome.rule_label(&fault.rule, self.language);
            let line = format!("{rule}: {} ({})", self.fault(fault), self.place(&fault.place));
            self.line(1, &line);
        }
    }
}
