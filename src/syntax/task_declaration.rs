//! `task`.

use super::ast::{
    Declaration, DoneBy, ForEach, Ground, Name, RuleHead, Task, TaskDone, TaskDoneKind, TaskDue, TaskDueKind,
};
use super::cursor::{Cursor, Parsed};
use super::rule_head::HeadClause;
use crate::diagnostic::codes;

/// The line that a ground belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Head,
    Done,
    Due,
}

impl Cursor<'_> {
    pub(super) fn task(&mut self) -> Parsed<Declaration> {
        self.expect("task")?;
        let name = self.declared("the name of a task")?;
        Ok(Declaration::Task(Box::new(self.task_lines(name))))
    }

    /// To the end of the declaration.
    pub(super) fn task_lines(&mut self, name: Name) -> Task {
        const WORDS: &[&str] = &["label", "when", "for", "done", "due", "text", "cite", "our", "decided", "covers"];
        let mut rule = Task { head: RuleHead::new(name), for_each: None, done: None, due: None };
        let mut above = Above::Head;
        self.clauses(WORDS, |cursor| {
            let span = cursor.peek().span;
            match cursor.word() {
                "for" => {
                    cursor.once(rule.for_each.is_some().into(), span)?;
                    rule.for_each = Some(cursor.for_each()?);
                }
                "done" => {
                    above = Above::Done;
                    cursor.once(rule.done.is_some().into(), span)?;
                    rule.done = Some(cursor.task_done()?);
                }
                "due" => {
                    above = Above::Due;
                    cursor.once(rule.due.is_some().into(), span)?;
                    rule.due = Some(cursor.task_due()?);
                }
                "cite" | "our" | "decided" => {
                    let ground = cursor.ground()?;
                    rule.grounds_of(above).push(ground);
                }
                _ => match cursor.head_clause(&mut rule.head)? {
                    HeadClause::Read => {}
                    HeadClause::Other => return Err(cursor.unknown_clause("a task", WORDS)),
                },
            }
            Ok(())
        });
        rule
    }

    /// `for each of patient, social_services as recipient`
    fn for_each(&mut self) -> Parsed<ForEach> {
        let start = self.expect("for")?;
        self.expect("each")?;
        self.expect("of")?;
        let parties = self.names("the name of a party")?;
        let word =
            if self.eat("as").is_some() { Some(self.plain_name("a word that stands for the party")?) } else { None };
        Ok(ForEach { parties, word, span: self.since(start) })
    }

    fn task_done(&mut self) -> Parsed<TaskDone> {
        let start = self.expect("done")?;
        let kind = match self.word() {
            "by" => {
                self.bump();
                TaskDoneKind::By(self.done_by()?)
            }
            "when" => {
                self.bump();
                TaskDoneKind::When(self.expression()?)
            }
            _ => return Err(self.expected("`by` and a record, as in `by letter in letters on sent`, or `when`")),
        };
        Ok(TaskDone { kind, grounds: Vec::new(), span: self.since(start) })
    }

    /// After `done by`: `letter in letters that are (…) on sent`.
    pub(super) fn done_by(&mut self) -> Parsed<DoneBy> {
        let start = self.peek().span;
        let word = self.plain_name("a word for one record, as in `done by letter in letters on sent`")?;
        self.expect("in")?;
        let list = self.list()?;
        let Some(on) = self.eat("on") else {
            return Err(self.expected("`on` and the field with the day, as in `on sent`"));
        };
        let date = self.plain_name("the field with the day")?;
        Ok(DoneBy { word, list, date, on: self.since(on), span: self.since(start) })
    }

    /// `due within D after DATE`, `due by DATE`
    fn task_due(&mut self) -> Parsed<TaskDue> {
        let start = self.expect("due")?;
        let kind = match self.word() {
            "within" => {
                self.bump();
                let duration = self.value()?;
                if self.eat("after").is_none() {
                    return Err(self.expected("`after` and a date, as in `due within 14 days after decision_day`"));
                }
                let anchor = self.value()?;
                self.refuse_partial_date(&anchor);
                TaskDueKind::Within { duration, anchor }
            }
            "by" => {
                self.bump();
                let day = self.date_value()?;
                self.refuse_partial_date(&day);
                TaskDueKind::By(day)
            }
            "on" | "before" => {
                let span = self.peek().span;
                let message = format!("`due {}` is not how a last day is said", self.word());
                return Err(self.fail(
                    codes::EXPECTED,
                    span,
                    message,
                    "write `due by DATE`; the day itself is in time",
                ));
            }
            _ => return Err(self.expected("`within` or `by` after `due`")),
        };
        Ok(TaskDue { kind, grounds: Vec::new(), span: self.since(start) })
    }
}

impl Task {
    /// Of the nearest line above; of the task, where that line could not be read.
    fn grounds_of(&mut self, above: Above) -> &mut Vec<Ground> {
        match (above, &mut self.done, &mut self.due) {
            (Above::Done, Some(done), _) => &mut done.grounds,
            (Above::Due, _, Some(due)) => &mut due.grounds,
            (Above::Head | Above::Done | Above::Due, _, _) => &mut self.head.grounds,
        }
    }
}
