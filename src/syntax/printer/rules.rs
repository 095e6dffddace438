//! Rules that are neither eligibilities nor recommendations as text.

use super::Printer;
use super::declaration::{CLAUSE, DETAIL, PART, Wrap};
use crate::syntax::ast::{Checklist, Choice, Indicator, Parallel, Propose, RuleHead, Schedule, Task};

impl Printer {
    /// The first line, what people call it, its grounds, and when it applies.
    pub(super) fn head(&mut self, keyword: &str, head: &RuleHead) {
        self.push(&format!("{keyword} {}", head.name.value));
        self.label(CLAUSE, "label", &head.label, Wrap::Lines);
        self.grounds(CLAUSE, &head.grounds, Wrap::Lines);
        if let Some(when) = &head.when {
            self.line(CLAUSE, when.span);
            self.stated("when ", when);
        }
    }

    /// What it says to people, and the rows it covers: last.
    fn tail(&mut self, head: &RuleHead) {
        self.label(CLAUSE, "text", &head.text, Wrap::Lines);
        self.covers(head.covers.as_ref());
    }

    pub(super) fn checklist(&mut self, rule: &Checklist) {
        self.head("checklist", &rule.head);
        for criterion in &rule.criteria {
            self.criterion(criterion);
        }
        self.tail(&rule.head);
    }

    pub(super) fn task(&mut self, rule: &Task) {
        self.head("task", &rule.head);
        self.tail(&rule.head);
    }

    pub(super) fn parallel(&mut self, rule: &Parallel) {
        self.head("parallel", &rule.head);
        self.tail(&rule.head);
    }

    pub(super) fn schedule(&mut self, rule: &Schedule) {
        self.head("schedule", &rule.head);
        self.tail(&rule.head);
    }

    pub(super) fn propose(&mut self, rule: &Propose) {
        self.head("propose", &rule.head);
        if let Some(first) = rule.options.first() {
            self.clause(CLAUSE, first.name.span, "one of");
        }
        for option in &rule.options {
            self.clause(PART, option.name.span, &option.name.value);
            self.localized(&option.label, Wrap::Lines);
        }
        if let Some(choice) = &rule.choice {
            let words = match choice.value {
                Choice::First => "first that holds",
                Choice::ExactlyOne => "exactly one",
                Choice::All => "all that hold",
            };
            self.clause(CLAUSE, choice.span, words);
        }
        for row in &rule.rows {
            self.line(PART, row.span);
            self.stated(&format!("{} when ", row.option.value), &row.condition);
            self.grounds(DETAIL, &row.grounds, Wrap::Lines);
        }
        if let Some(option) = &rule.otherwise {
            self.clause(PART, option.span, &format!("otherwise {}", option.value));
        }
        self.label(CLAUSE, "decided by", &rule.decided_by, Wrap::Lines);
        self.tail(&rule.head);
    }

    pub(super) fn indicator(&mut self, rule: &Indicator) {
        self.head("indicator", &rule.head);
        self.tail(&rule.head);
    }
}
