//! Rules that are neither eligibilities nor recommendations as text.

use super::declaration::{CLAUSE, DETAIL, PART, Wrap, names};
use super::{Printer, quote};
use crate::syntax::ast::{
    Checklist, Choice, DoneBy, Indicator, OtherCodes, Parallel, Propose, RuleHead, Task, TaskDoneKind, TaskDueKind,
};

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
    pub(super) fn tail(&mut self, head: &RuleHead) {
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

    /// `done by letter in letters that are (…) on sent`
    fn done_by(&mut self, by: &DoneBy) {
        self.push(&format!("done by {} in ", by.word.value));
        self.list(&by.list);
        self.push(&format!(" on {}", by.date.value));
    }

    pub(super) fn task(&mut self, rule: &Task) {
        self.head("task", &rule.head);
        self.task_lines(rule);
        self.tail(&rule.head);
    }

    pub(super) fn task_lines(&mut self, rule: &Task) {
        if let Some(each) = &rule.for_each {
            self.clause(CLAUSE, each.span, &format!("for each of {}", names(&each.parties)));
            if let Some(word) = &each.word {
                self.push(&format!(" as {}", word.value));
            }
        }
        if let Some(done) = &rule.done {
            self.line(CLAUSE, done.span);
            match &done.kind {
                TaskDoneKind::By(by) => self.done_by(by),
                TaskDoneKind::When(condition) => self.stated("done when ", condition),
            }
            self.grounds(PART, &done.grounds, Wrap::Lines);
        }
        if let Some(due) = &rule.due {
            self.line(CLAUSE, due.span);
            match &due.kind {
                TaskDueKind::Within { duration, anchor } => {
                    self.push("due within ");
                    self.value(duration);
                    self.push(" after ");
                    self.value(anchor);
                }
                TaskDueKind::By(day) => {
                    self.push("due by ");
                    self.date_value(day);
                }
            }
            self.grounds(PART, &due.grounds, Wrap::Lines);
        }
    }

    pub(super) fn parallel(&mut self, rule: &Parallel) {
        self.head("parallel", &rule.head);
        self.parallel_lines(rule);
        self.tail(&rule.head);
    }

    pub(super) fn parallel_lines(&mut self, rule: &Parallel) {
        for track in &rule.tracks {
            self.line(CLAUSE, track.span);
            self.push(&format!("track {}", track.name.value));
            if let Some(when) = &track.when {
                self.stated(" when ", when);
            }
            self.push(": started ");
            self.date_value(&track.started.date);
            for (word, date) in [("ended", &track.ended), ("declined", &track.declined)] {
                if let Some(date) = date {
                    self.push(&format!(", {word} "));
                    self.date_value(&date.date);
                }
            }
            self.label(PART, "label", &track.label, Wrap::Lines);
            self.grounds(PART, &track.grounds, Wrap::Lines);
        }
        if let Some(within) = &rule.within {
            self.clause(CLAUSE, within.span, "start within ");
            self.value(&within.duration);
            self.push(" of each other");
            self.grounds(PART, &within.grounds, Wrap::Lines);
        }
    }

    pub(super) fn propose(&mut self, rule: &Propose) {
        self.head("propose", &rule.head);
        if let Some(at) = rule.options_at {
            self.clause(CLAUSE, at, "one of");
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
        if let Some(count) = &rule.count {
            self.clause(CLAUSE, count.subjects.span, "count ");
            match &count.condition {
                None => self.push(&format!("all {}", count.subjects.value)),
                Some(condition) => self.stated(&format!("{} with ", count.subjects.value), condition),
            }
        }
        if let Some(condition) = &rule.of_them {
            self.line(CLAUSE, condition.span);
            self.stated("of them with ", condition);
        }
        if let Some(span) = rule.list_others {
            self.clause(CLAUSE, span, "list the others");
        }
        if let Some(by) = &rule.by {
            self.clause(CLAUSE, by.field.span, &format!("by block of {}: ", by.field.value));
            for group in &by.groups {
                self.condition(group);
                self.push(", ");
            }
            self.push(match by.others.value {
                OtherCodes::LeftOut => "other codes left out",
                OtherCodes::Together => "other codes together",
            });
        }
        if let Some(compare) = &rule.compare {
            let words = format!("compare {} with {}", compare.year.value, compare.with.value);
            self.clause(CLAUSE, compare.span, &words);
        }
        if let Some(suppress) = &rule.suppress {
            let words = format!("suppress counts from {} to {} as ", suppress.from.value, suppress.to.value);
            self.clause(CLAUSE, suppress.span, &words);
            self.push(&quote(&suppress.shown.value));
        }
        self.label(CLAUSE, "caution", &rule.caution, Wrap::Lines);
        self.tail(&rule.head);
    }
}
