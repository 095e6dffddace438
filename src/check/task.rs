//! Tasks: what is done for whom, by which day.

use super::expression::Recipient;
use super::lints;
use super::report::{finding, place};
use super::rules::Rules;
use super::types::{DATE, TRUTH};
use crate::diagnostic::codes;
use crate::ir::{
    self, Comparison, Direction, Expr, ExprKind, PartyId, QuantifierKind, Reading, RuleKind, Task, TaskLine, Type,
};
use crate::schema::{FieldId, ScalarType};
use crate::source::Place;
use crate::syntax::ast::{self, DoneBy, ForEach, Name, TaskDoneKind, TaskDue, TaskDueKind};
use std::collections::HashSet;

impl<'a> Rules<'_, 'a> {
    pub(super) fn task(&mut self, rule: &'a ast::Task, order: u32) -> ir::Rule {
        let head = &rule.head;
        let common = self.common_of_lines(head);
        let mut done_grounds = Vec::new();
        match &rule.done {
            Some(done) => {
                done_grounds = self.inherited(&done.grounds, &common.grounds, head, ("the line `done`", done.span))
            }
            None => {
                let message = format!("`{}` does not say when it is done", head.name.value);
                let help = "write `done by letter in letters on sent`, or `done when condition`";
                self.report.add(finding(codes::NO_LINES, self.wording.file, head.name.span, message).help(help));
            }
        }
        let due_grounds = match &rule.due {
            Some(due) => self.inherited(&due.grounds, &common.grounds, head, ("the line `due`", due.span)),
            None => Vec::new(),
        };
        let lines = match &rule.for_each {
            Some(each) => self.each_party(rule, each),
            None => self.task_line(rule, None, None).into_iter().collect(),
        };
        self.finish(head, RuleKind::Task(Box::new(Task { common, lines, done_grounds, due_grounds })), order)
    }

    fn each_party(&mut self, rule: &'a ast::Task, each: &'a ForEach) -> Vec<TaskLine> {
        if let Some(word) = &each.word
            && let Some(entry) = self.scope.find(&word.value)
        {
            let message = format!("`{}` is {} already", word.value, entry.what.word());
            let found = finding(codes::WORD_TAKEN, self.wording.file, word.span, message);
            self.report.add(found.help("call the party by a word that means nothing else"));
        }
        let mut seen: HashSet<&str> = HashSet::new();
        let mut lines = Vec::with_capacity(each.parties.len());
        for party in &each.parties {
            if !seen.insert(&party.value) {
                let message = format!("`{}` stands here twice", party.value);
                let found = finding(codes::SAID_TWICE, self.wording.file, party.span, message);
                self.report.add(found.help("name each party once"));
            }
            let Some(id) = self.party(party) else { continue };
            let recipient = each.word.as_ref().map(|word| Recipient { word, party });
            lines.extend(self.task_line(rule, Some((party, id)), recipient));
        }
        lines
    }

    /// The task for one party. What is wrong with it for several is said once: equal findings are one.
    fn task_line(
        &mut self,
        rule: &'a ast::Task,
        party: Option<(&'a Name, PartyId)>,
        recipient: Option<Recipient<'a>>,
    ) -> Option<TaskLine> {
        let file = self.wording.file;
        let due = rule.due.as_ref().map(|due| self.due(due, recipient));
        let line = |done, in_time| TaskLine {
            party: party.map(|(_, id)| id),
            name: party.map(|(name, _)| name.value.clone()),
            done,
            in_time,
            overdue: due.clone().map(|due| compared(today(due.place), Comparison::After, due)),
            due: due.clone(),
        };
        match &rule.done.as_ref()?.kind {
            TaskDoneKind::When(condition) => {
                lints::repeated_condition::look(condition, file, self.report);
                lints::misleading_indentation::look(condition, file, self.report);
                let mut lowering = self.lowering();
                lowering.set_recipient(recipient);
                let done = lowering.condition(condition);
                lints::constant_condition::look(&done, self.report);
                Some(line(done, None))
            }
            TaskDoneKind::By(by) => {
                if let Some(filter) = &by.list.filter {
                    lints::repeated_condition::look(filter, file, self.report);
                    lints::misleading_indentation::look(filter, file, self.report);
                }
                let records = self.records(by, recipient)?;
                let in_time = due.as_ref().map(|due| records.some_by(Some(due)));
                Some(line(records.some_by(None), in_time))
            }
        }
    }

    /// The last day.
    fn due(&mut self, due: &'a TaskDue, recipient: Option<Recipient<'a>>) -> Expr {
        let place = place(self.wording.file, due.span);
        let mut lowering = self.lowering();
        lowering.set_recipient(recipient);
        match &due.kind {
            TaskDueKind::Within { duration, anchor } => {
                let duration = Box::new(lowering.duration_value(duration));
                let anchor = Box::new(lowering.date_value(anchor));
                let ty = anchor.ty.clone();
                Expr { kind: ExprKind::Shifted { anchor, direction: Direction::After, duration }, ty, place }
            }
            TaskDueKind::By(day) => Expr { place, ..lowering.date_value(day) },
        }
    }

    fn records(&mut self, by: &'a DoneBy, recipient: Option<Recipient<'a>>) -> Option<Records> {
        let file = self.wording.file;
        let mut lowering = self.lowering();
        lowering.set_recipient(recipient);
        let (list, field, ty) = lowering.dated_list(&by.word, &by.list, &by.date)?;
        Some(Records { list, field, ty, place: place(file, by.span), date: place(file, by.on) })
    }
}

/// The records that a task is done by.
struct Records {
    list: ir::List,
    /// The day on which it was done.
    field: FieldId,
    ty: ScalarType,
    place: Place,
    /// `on sent`
    date: Place,
}

impl Records {
    /// Some record is of today or before, and not after `last`, in whose place it then stands. What has no last day is
    /// never after it.
    fn some_by(&self, last: Option<&Expr>) -> Expr {
        let day = || Expr {
            kind: ExprKind::Field { depth: self.list.depth, field: self.field },
            ty: Type::Scalar(self.ty.clone()),
            place: self.date,
        };
        let happened = compared(day(), Comparison::OnOrBefore, today(self.date));
        let body = match last {
            None => happened,
            Some(last) => {
                let late = Box::new(compared(day(), Comparison::After, Expr { place: self.date, ..last.clone() }));
                let in_time = Expr { kind: ExprKind::Not(late), ty: TRUTH, place: self.date };
                Expr { kind: ExprKind::And(vec![happened, in_time]), ty: TRUTH, place: self.date }
            }
        };
        let kind = ExprKind::Quantifier {
            kind: QuantifierKind::Some,
            reading: Reading::AsGiven,
            list: self.list.clone(),
            body: Box::new(body),
        };
        Expr { kind, ty: TRUTH, place: last.map_or(self.place, |last| last.place) }
    }
}

pub(super) fn today(place: Place) -> Expr {
    Expr { kind: ExprKind::Today, ty: DATE, place }
}

/// A comparison that stands where its right side does.
pub(super) fn compared(left: Expr, operator: Comparison, right: Expr) -> Expr {
    let place = right.place;
    Expr { kind: ExprKind::Compare(Box::new(left), operator, Box::new(right)), ty: TRUTH, place }
}
