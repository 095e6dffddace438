//! Outcomes of rules that are neither eligibilities nor recommendations as text.

use super::Page;
use crate::language::Localized;
use crate::outcome::{Outcome, RuleStatus};
use crate::render::words;
use crate::status::ChecklistStatus;

impl Page {
    /// One line for each, what it says to people, its ground.
    pub(super) fn other_rules(&mut self, outcome: &Outcome) {
        for rule in &outcome.checklists {
            self.title(&self.label(&rule.label, &rule.id).to_owned(), RuleStatus::Checklist(rule.status));
            if rule.status != ChecklistStatus::NotApplicable {
                self.says(&rule.text);
                for item in &rule.items {
                    self.criterion(item);
                }
            }
        }
        for rule in &outcome.tasks {
            self.title(&self.label(&rule.label, &rule.id).to_owned(), RuleStatus::Task(rule.status));
            self.grounds(1, &rule.grounds);
        }
        for rule in &outcome.parallel {
            self.title(&self.label(&rule.label, &rule.id).to_owned(), RuleStatus::Parallel(rule.status));
            self.grounds(1, &rule.grounds);
        }
        for rule in &outcome.proposals {
            self.title(&self.label(&rule.label, &rule.id).to_owned(), RuleStatus::Proposal(rule.status));
            self.grounds(1, &rule.grounds);
        }
        for rule in &outcome.indicators {
            self.title(&self.label(&rule.label, &rule.id).to_owned(), RuleStatus::Indicator(rule.status));
            self.grounds(1, &rule.grounds);
        }
        for rule in &outcome.schedules {
            self.title(&self.label(&rule.label, &rule.id).to_owned(), RuleStatus::Schedule(rule.status));
            self.grounds(1, &rule.grounds);
        }
    }

    /// What the rule says to people, if it says anything.
    fn says(&mut self, text: &Localized) {
        if let Some(text) = text.get(self.language) {
            let line = text.to_owned();
            self.line(1, &line);
        }
    }

    fn title(&mut self, label: &str, status: RuleStatus) {
        let line = format!("{label}: {}", self.say(words::rule(status)).to_uppercase());
        self.out.push('\n');
        self.line(0, &line);
    }
}
