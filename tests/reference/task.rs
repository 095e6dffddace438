//! Tasks: what is done for whom, by which day.

use super::calendar::Day;
use super::comparison;
use super::guide::{Scope, Walk};
use super::value::{Range, Truth, Value};
use riktlinje::syntax::ast::{self, Comparison, TaskDoneKind, TaskDueKind};

#[derive(Debug, Clone, PartialEq)]
pub struct TaskAnswer {
    pub id: String,
    pub parties: Vec<(Option<String>, &'static str, Option<Day>)>,
}

impl TaskAnswer {
    /// "Late if late for any, else undetermined, to do, done late, done (not applicable is the same for all)."
    pub fn status(&self) -> &'static str {
        let any = |status: &&str| self.parties.iter().any(|(_, of_party, _)| of_party == status);
        let order = ["late", "undetermined", "to_do", "done_late", "done", "not_applicable"];
        order.into_iter().find(|status| any(status)).expect("a task has a status")
    }
}

impl<'a> Walk<'a> {
    pub fn task(&self, rule: &'a ast::Task) -> TaskAnswer {
        let scopes: Vec<(Option<String>, Scope<'a>)> = match &rule.for_each {
            None => vec![(None, Scope::default())],
            Some(each) => {
                let of = |party: &'a ast::Name| {
                    let stands_for = each.word.as_ref().map(|word| (&*word.value, &*party.value));
                    (Some(party.value.to_string()), Scope { party: stands_for, ..Scope::default() })
                };
                each.parties.iter().map(of).collect()
            }
        };
        let parties = scopes.into_iter().map(|(party, scope)| {
            let due = rule.due.as_ref().map(|due| self.last_day(due, &scope));
            let known = match &due {
                Some(Value::Date(Range { low, high, perhaps_absent: false })) if low == high => *low,
                _ => None,
            };
            let status = self.task_for(rule, due, &scope);
            (party, status, known.filter(|_| status != "not_applicable"))
        });
        TaskAnswer { id: rule.head.name.value.to_string(), parties: parties.collect() }
    }

    fn last_day(&self, due: &'a ast::TaskDue, scope: &Scope<'a>) -> Value {
        match &due.kind {
            TaskDueKind::Within { duration, anchor } => {
                comparison::shifted(&self.value(anchor, scope), &self.value(duration, scope))
            }
            TaskDueKind::By(day) => self.value(day, scope),
        }
    }

    /// "`when` no: not applicable; `when` unknown: undetermined. Else, of all ways for the three to turn out in which in
    /// time implies done, and done without overdue implies in time: in time is *done*; done and not in time is *done
    /// late*; not done is *late* where overdue, else *to do*. One status in all ways is the status, else undetermined."
    fn task_for(&self, rule: &'a ast::Task, due: Option<Value>, scope: &Scope<'a>) -> &'static str {
        match self.when(&rule.head) {
            Truth::No => return "not_applicable",
            Truth::Unknown => return "undetermined",
            Truth::Yes => {}
        }
        let today = Value::Date(Range::point(self.today));
        // "Today is after the last day. A last day that is absent is none: nothing is after it."
        let after =
            |day: &Value| due.as_ref().map_or(Truth::No, |due| comparison::compare(Comparison::After, day, due));
        let overdue = after(&today);
        let (done, in_time) = match &rule.done.as_ref().expect("when it is done").kind {
            // "`done when` says no day: in time is done."
            TaskDoneKind::When(condition) => {
                let done = self.truth(condition, scope);
                (done, done)
            }
            // "Some record of the list passes the filter and has its date on or before today", and "not after the last
            // day".
            TaskDoneKind::By(by) => {
                let some = |in_time: bool| {
                    self.some_record(by, scope, &|day: &Value| {
                        let happened = comparison::compare(Comparison::OnOrBefore, day, &today);
                        if in_time { happened.and(after(day).not()) } else { happened }
                    })
                };
                (some(false), some(true))
            }
        };
        let in_time = if due.is_none() { done } else { in_time };
        let ways = |truth: Truth| [true, false].into_iter().filter(move |way| truth != Truth::of(!way));
        let mut statuses = Vec::new();
        for done in ways(done) {
            for in_time in ways(in_time) {
                for overdue in ways(overdue) {
                    if (in_time && !done) || (done && !overdue && !in_time) {
                        continue;
                    }
                    statuses.push(match (done, in_time, overdue) {
                        (_, true, _) => "done",
                        (true, false, _) => "done_late",
                        (false, false, true) => "late",
                        (false, false, false) => "to_do",
                    });
                }
            }
        }
        statuses.dedup();
        if let [status] = statuses.as_slice() { status } else { "undetermined" }
    }
}
