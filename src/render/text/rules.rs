//! Outcomes of rules that are neither eligibilities nor recommendations as text.

use super::Page;
use crate::language::Localized;
use crate::outcome::{OptionName, Outcome, ParallelOutcome, ProposalOutcome, RuleStatus, TaskOutcome};
use crate::render::words;
use crate::status::{ChecklistStatus, ParallelStatus, ProposalStatus, TaskStatus, TrackStatus};

/// Whether what a rule says to people is to be followed now.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Calls {
    Yes,
    /// It is done already, or it is not known whether anything is to be done.
    No,
}

impl Page {
    /// One line for each, what it says to people, its ground.
    pub(super) fn other_rules(&mut self, outcome: &Outcome) {
        for rule in &outcome.checklists {
            self.title(&rule.label, &rule.id, "", RuleStatus::Checklist(rule.status));
            let calls = match rule.status {
                ChecklistStatus::NotApplicable => continue,
                ChecklistStatus::Complete | ChecklistStatus::Incomplete => Calls::Yes,
                ChecklistStatus::Undetermined => Calls::No,
            };
            self.says(&rule.text, calls);
            for item in &rule.items {
                self.criterion(item);
            }
        }
        for rule in &outcome.tasks {
            self.task(rule);
        }
        for rule in &outcome.parallel {
            self.parallel(rule);
        }
        for rule in &outcome.proposals {
            self.proposal(rule);
        }
        for rule in &outcome.scores {
            self.score(rule);
        }
        for rule in &outcome.indicators {
            self.title(&rule.label, &rule.id, &rule.layer, RuleStatus::Indicator(rule.status));
            self.grounds(1, &rule.grounds);
        }
        for rule in &outcome.schedules {
            self.schedule(rule);
        }
    }

    /// `Beslutsbrev, för Patienten: ATT GÖRA senast 2026-12-06`
    fn task(&mut self, task: &TaskOutcome) {
        let of = task.recipient.as_ref().map_or(String::new(), |party| {
            format!(", {} {}", self.say(words::FOR), self.label(&party.label, &party.id))
        });
        let name = format!("{}{of}", self.label(&task.label, &task.id));
        let status = self.say(words::task(task.status)).to_uppercase();
        let due = task.due.map_or(String::new(), |due| match task.status {
            TaskStatus::ToDo => format!(" {} {due}", self.say(words::BY_DAY)),
            TaskStatus::Late | TaskStatus::DoneLate => format!(", {} {due}", self.say(words::WAS_DUE)),
            TaskStatus::Undetermined => format!(", {} {due}", self.say(words::LAST_DAY)),
            TaskStatus::Done | TaskStatus::NotApplicable => String::new(),
        });
        self.out.push('\n');
        let from = self.from(&task.layer);
        self.line(0, &format!("{name}: {status}{due}{from}"));
        let calls = match task.status {
            TaskStatus::NotApplicable => return,
            TaskStatus::ToDo | TaskStatus::Late => Calls::Yes,
            TaskStatus::Done | TaskStatus::DoneLate | TaskStatus::Undetermined => Calls::No,
        };
        self.says(&task.text, calls);
        self.grounds(1, &task.grounds);
    }

    /// The answer, then where each track stands: `ADHD: inte startad, skulle ha startat senast 2026-12-06`.
    fn parallel(&mut self, rule: &ParallelOutcome) {
        self.title(&rule.label, &rule.id, &rule.layer, RuleStatus::Parallel(rule.status));
        let calls = match rule.status {
            ParallelStatus::NotApplicable => return,
            ParallelStatus::InParallel | ParallelStatus::Waiting | ParallelStatus::OutOfStep => Calls::Yes,
            ParallelStatus::Undetermined => Calls::No,
        };
        self.says(&rule.text, calls);
        for track in &rule.tracks {
            let words = if track.status == TrackStatus::Waiting { words::TO_START } else { words::WAS_TO_START };
            let due = track.due.map_or(String::new(), |due| format!(", {} {due}", self.say(words)));
            let status = self.say(words::track(track.status));
            let line = format!("{}: {status}{due}", self.label(&track.label, &track.id));
            self.line(1, &line);
        }
        self.grounds(1, &rule.grounds);
    }

    /// What the rule says to people, if it says anything. What is done, or not known to apply, must not read as a call to act.
    pub(super) fn says(&mut self, text: &Localized, calls: Calls) {
        if let Some(text) = text.get(self.language) {
            let line = match calls {
                Calls::Yes => text.to_owned(),
                Calls::No => format!("{}: ”{text}”", self.say(words::TEXT_READS)),
            };
            self.line(1, &line);
        }
    }

    /// A rule whose lines say themselves where they come from has no layer here.
    pub(super) fn title(&mut self, label: &Localized, id: &str, layer: &str, status: RuleStatus) {
        let status = self.say(words::rule(status)).to_uppercase();
        let line = format!("{}: {status}{}", self.label(label, id), self.from(layer));
        self.out.push('\n');
        self.line(0, &line);
    }

    fn proposal(&mut self, rule: &ProposalOutcome) {
        self.title(&rule.label, &rule.id, &rule.layer, RuleStatus::Proposal(rule.status));
        let word = match rule.status {
            // Where options contradict each other, or may, nothing is proposed.
            ProposalStatus::Conflict | ProposalStatus::PossibleConflict => words::APPLYING,
            ProposalStatus::Proposed
            | ProposalStatus::NoneApplies
            | ProposalStatus::Undetermined
            | ProposalStatus::NotApplicable => words::PROPOSED,
        };
        self.options(word, &rule.outcomes);
        if rule.possible != rule.outcomes {
            self.options(words::POSSIBLE, &rule.possible);
        }
        if rule.status == ProposalStatus::NotApplicable {
            return;
        }
        self.says(&rule.text, Calls::Yes);
        if let Some(who) = rule.decided_by.get(self.language) {
            let line = format!("{}: {who}", self.say(words::DECIDES));
            self.line(1, &line);
        }
        self.grounds(1, &rule.grounds);
    }

    pub(super) fn options(&mut self, word: words::Words, options: &[OptionName]) {
        if options.is_empty() {
            return;
        }
        let names: Vec<&str> = options.iter().map(|option| self.label(&option.label, &option.id)).collect();
        let line = format!("{}: {}", self.say(word), names.join(", "));
        self.line(1, &line);
    }
}
