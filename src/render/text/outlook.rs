//! What is to come, as text: each rule with what it is now, and from which day it is something else.

use super::Page;
use crate::explain::{Outlook, RuleOutlook, SearchEnd, StatusChange};
use crate::language::Language;
use crate::outcome::{OptionName, RuleStatus};
use crate::render::words;

impl Outlook {
    /// For people: each rule with its status and the first day on which time alone gives it another, with the conditions
    /// that turn then; and how far was looked.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let line = format!(
            "{} ({}, {} {}), {} {}",
            page.label(&self.title, &self.guideline),
            self.guideline,
            page.say(words::VERSION),
            self.version,
            page.say(words::AHEAD_FROM),
            self.as_of
        );
        page.line(0, &line);
        for rule in &self.rules {
            page.ahead(rule, &self.version);
        }
        if self.rules.iter().any(|rule| rule.next.is_none()) {
            let line = match self.ended {
                SearchEnd::Calendar | SearchEnd::AllFound => page.say(words::AHEAD_NEVER).to_owned(),
                SearchEnd::Until => format!("{} {}.", page.say(words::SEARCHED_THROUGH), self.searched_through),
                SearchEnd::Horizon | SearchEnd::Work => format!(
                    "{} {}; {}.",
                    page.say(words::SEARCHED_THROUGH),
                    self.searched_through,
                    page.say(words::search_end(self.ended))
                ),
                SearchEnd::InForce => {
                    format!("{} {}.", page.say(words::search_end(self.ended)), self.searched_through)
                }
            };
            page.out.push('\n');
            page.line(0, &line);
        }
        page.out
    }
}

impl Page {
    fn ahead(&mut self, rule: &RuleOutlook, version: &str) {
        let name = self.label(&rule.label, &rule.rule).to_owned();
        let now = self.status_with(rule.status, rule.band.as_ref(), &rule.outcomes);
        self.out.push('\n');
        match &rule.next {
            None => {
                let line = format!("{name}: {now}, {}", self.say(words::STAYS));
                self.line(0, &line);
            }
            Some(change) => {
                let then = match change.status {
                    Some(status) => self.status_with(status, change.band.as_ref(), &change.outcomes).to_uppercase(),
                    None => self.say(words::NOT_THERE).to_owned(),
                };
                let line = format!("{name}: {now}; {} {}: {then}", self.say(words::FROM_DAY), change.on);
                self.line(0, &line);
                self.change_ahead(change, version);
            }
        }
    }

    /// A score is said by its band, a proposal with what it proposes.
    pub(super) fn status_with(&self, status: RuleStatus, band: Option<&OptionName>, outcomes: &[OptionName]) -> String {
        let name = |option: &OptionName| self.label(&option.label, &option.id).to_owned();
        let said = band.map_or_else(|| self.say(words::rule(status)).to_owned(), name);
        let outcomes: Vec<String> = outcomes.iter().map(name).collect();
        if outcomes.is_empty() { said } else { format!("{said} ({})", outcomes.join(", ")) }
    }

    fn change_ahead(&mut self, change: &StatusChange, version: &str) {
        if change.version != version && !change.version.is_empty() {
            let line = format!("{} {}", self.say(words::NEW_VERSION), change.version);
            self.line(1, &line);
        }
        for turned in &change.because {
            let fact = match (&turned.fact, turned.label.get(self.language)) {
                (_, Some(label)) => format!("{label} "),
                (Some(fact), None) => format!("{fact} "),
                (None, None) => String::new(),
            };
            let (was, becomes) = (self.answer(&turned.was), self.answer(&turned.becomes));
            let line = format!("{fact}[{}]: {was} → {becomes}", turned.text);
            self.line(1, &line);
        }
    }
}
