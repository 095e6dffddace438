//! The status of a task, for one party and for all.

use crate::eval::cells::Cells;
use crate::program::{Program, Task, TaskLine};
use crate::status::TaskStatus;
use crate::value::Truth;

pub(super) fn settle(program: &Program, task: &Task, cells: &Cells) -> TaskStatus {
    TaskStatus::of_all(task.lines.iter().map(|one| line(program, task, one, cells)))
}

/// For one party.
pub(crate) fn line(program: &Program, task: &Task, line: &TaskLine, cells: &Cells) -> TaskStatus {
    match task.common.when.map_or(Truth::True, |when| cells.lit(program, when.lit)) {
        Truth::False => return TaskStatus::NotApplicable,
        Truth::Unknown => return TaskStatus::Undetermined,
        Truth::True => {}
    }
    let done = cells.lit(program, line.done.lit);
    let in_time = line.in_time.map(|in_time| cells.lit(program, in_time.lit));
    let overdue = line.deadline.as_ref().map_or(Truth::False, |deadline| cells.lit(program, deadline.overdue.lit));
    status(done, in_time, overdue)
}

/// What every way for the unknown to turn out comes to, else undetermined. `in_time` is `None` where nothing says on which
/// day it was done, or there is no last day: what is done then is never late.
fn status(done: Truth, in_time: Option<Truth>, overdue: Truth) -> TaskStatus {
    let mut settled = None;
    for overdue in possible(overdue) {
        for done in possible(done) {
            for in_time in in_time.map_or(vec![done], possible) {
                let status = match (done, in_time, overdue) {
                    // What was done in time was done; what was done while the last day has not passed was done in time.
                    (false, true, _) | (true, false, false) => continue,
                    (true, true, _) => TaskStatus::Done,
                    (true, false, true) => TaskStatus::DoneLate,
                    (false, false, false) => TaskStatus::ToDo,
                    (false, false, true) => TaskStatus::Late,
                };
                if settled.is_some_and(|settled| settled != status) {
                    return TaskStatus::Undetermined;
                }
                settled = Some(status);
            }
        }
    }
    settled.unwrap_or(TaskStatus::Undetermined)
}

fn possible(truth: Truth) -> Vec<bool> {
    match truth {
        Truth::True => vec![true],
        Truth::False => vec![false],
        Truth::Unknown => vec![false, true],
    }
}

#[cfg(test)]
mod tests {
    use super::status;
    use crate::status::TaskStatus;
    use crate::value::Truth::{self, False, True, Unknown};

    /// Done, in time, overdue, and what they come to.
    #[test]
    fn every_way_agrees_or_it_is_undetermined() {
        let table = [
            (False, Some(False), False, "to_do"),
            (False, Some(False), True, "late"),
            (True, Some(True), False, "done"),
            (True, Some(True), True, "done"),
            (True, Some(False), True, "done_late"),
            // In time is done, whether or not the last day has passed.
            (Unknown, Some(True), Unknown, "done"),
            // The last day has not passed: what is done is in time.
            (True, Some(Unknown), False, "done"),
            (True, Some(Unknown), True, "undetermined"),
            (True, Some(False), Unknown, "done_late"),
            (False, Some(Unknown), False, "to_do"),
            (False, Some(Unknown), Unknown, "undetermined"),
            (Unknown, Some(False), False, "to_do"),
            (Unknown, Some(False), True, "undetermined"),
            (Unknown, Some(Unknown), False, "undetermined"),
            (Unknown, Some(Unknown), Unknown, "undetermined"),
            // No day on which it was done.
            (True, None, True, "done"),
            (True, None, Unknown, "done"),
            (False, None, True, "late"),
            (False, None, False, "to_do"),
            (False, None, Unknown, "undetermined"),
            (Unknown, None, True, "undetermined"),
        ];
        for (done, in_time, overdue, wanted) in table {
            assert_eq!(status(done, in_time, overdue).name(), wanted, "{done:?} {in_time:?} {overdue:?}");
        }
    }

    /// Filling in what is unknown changes no settled status.
    #[test]
    fn refinement_keeps_what_is_settled() {
        for before in triples() {
            let [done, in_time, overdue] = before;
            let settled = status(done, Some(in_time), overdue);
            for after in triples() {
                let is_refined = before.iter().zip(&after).all(|(from, to)| from == to || *from == Unknown);
                let is_impossible = after.starts_with(&[False, True]) || after == [True, False, False];
                if settled == TaskStatus::Undetermined || !is_refined || is_impossible {
                    continue;
                }
                let [done, in_time, overdue] = after;
                assert_eq!(status(done, Some(in_time), overdue), settled, "{before:?} to {after:?}");
            }
        }
    }

    fn triples() -> Vec<[Truth; 3]> {
        let all = [True, False, Unknown];
        let mut triples = Vec::new();
        for first in all {
            for second in all {
                triples.extend(all.map(|third| [first, second, third]));
            }
        }
        triples
    }
}
