//! From what a task means to what is run.

use super::lower::Lowering;
use super::{Deadline, LineName, Task, TaskLine, ValueId};
use crate::ir::{self, Expr};

impl Lowering<'_> {
    pub(super) fn task(&mut self, task: &ir::Task) -> Task {
        let common = self.common(&task.common);
        let lines = task.lines.iter().map(|line| self.task_line(line)).collect();
        Task { common, lines, done_grounds: task.done_grounds.clone(), due_grounds: task.due_grounds.clone() }
    }

    fn task_line(&mut self, line: &ir::TaskLine) -> TaskLine {
        let done = self.condition(&line.done);
        let in_time = line.in_time.as_ref().map(|in_time| self.condition(in_time));
        let deadline = line.overdue.as_ref().zip(line.due.as_ref()).map(|(overdue, due)| Deadline {
            overdue: self.condition(overdue),
            due: self.bare_value(due),
            place: due.place,
        });
        let party = line.party.and_then(|party| self.ir.parties.get(party.0 as usize));
        let name = party.map(|party| LineName { text: party.name.clone(), label: party.label.clone() });
        TaskLine { party: line.party, name, done, done_place: line.done.place, in_time, deadline }
    }

    /// A value of a rule, outside of any condition.
    pub(super) fn bare_value(&mut self, value: &Expr) -> ValueId {
        let subjects = std::mem::take(&mut self.subjects);
        let parts = std::mem::take(&mut self.parts);
        let lowered = self.value(value);
        self.subjects = subjects;
        self.parts = parts;
        lowered
    }
}
