//! All conditions and values of a definition or rule, as written.

use super::scopes::Node;
use crate::syntax::ast::{
    BandReach, Criterion, Expr, ItemPoints, List, Parallel, RuleHead, Score, Task, TaskDoneKind, TaskDueKind, Track,
};

impl<'a> Node<'a> {
    /// In the order written: what it names comes before it in the order of checking.
    pub(super) fn expressions(self) -> Vec<&'a Expr> {
        match self {
            Node::Define(define) => vec![&define.value],
            Node::Eligibility(rule) => rule.when.iter().chain(of_criteria(&rule.criteria)).collect(),
            Node::Recommend(rule) => rule.clauses.iter().map(|clause| &clause.condition).collect(),
            Node::Checklist(rule) => of_head(&rule.head).chain(of_criteria(&rule.criteria)).collect(),
            Node::Task(rule) => of_head(&rule.head).chain(of_task(rule)).collect(),
            Node::Parallel(rule) => of_head(&rule.head).chain(of_parallel(rule)).collect(),
            Node::Schedule(rule) => of_head(&rule.head).chain(super::schedule::expressions(rule)).collect(),
            Node::Score(rule) => of_head(&rule.head).chain(of_score(rule)).collect(),
            Node::Propose(rule) => of_head(&rule.head).chain(rule.rows.iter().map(|row| &row.condition)).collect(),
            Node::Indicator(rule) => {
                let counted = rule.count.iter().filter_map(|count| count.condition.as_ref());
                of_head(&rule.head).chain(counted).chain(&rule.of_them).collect()
            }
        }
    }
}

impl<'a> Node<'a> {
    /// Lists that a rule names outside of any condition; names in their filters are read as in a body.
    pub(super) fn lists(self) -> Vec<&'a List> {
        match self {
            Node::Task(rule) => rule
                .done
                .iter()
                .filter_map(|done| match &done.kind {
                    TaskDoneKind::By(by) => Some(&by.list),
                    TaskDoneKind::When(_) => None,
                })
                .collect(),
            Node::Define(_)
            | Node::Eligibility(_)
            | Node::Recommend(_)
            | Node::Checklist(_)
            | Node::Parallel(_)
            | Node::Schedule(_)
            | Node::Score(_)
            | Node::Propose(_)
            | Node::Indicator(_) => Vec::new(),
        }
    }
}

fn of_head(head: &RuleHead) -> impl Iterator<Item = &Expr> {
    head.when.iter()
}

/// All but the filter of `done by`, see [`Node::lists`].
fn of_task(task: &Task) -> impl Iterator<Item = &Expr> {
    let done = task.done.iter().filter_map(|done| match &done.kind {
        TaskDoneKind::When(condition) => Some(condition),
        TaskDoneKind::By(_) => None,
    });
    let due = task.due.iter().flat_map(|due| match &due.kind {
        TaskDueKind::Within { duration, anchor } => vec![duration, anchor],
        TaskDueKind::By(day) => vec![day],
    });
    done.chain(due)
}

fn of_track(track: &Track) -> Vec<&Expr> {
    let dates = [Some(&track.started), track.ended.as_ref(), track.declined.as_ref()].into_iter().flatten();
    track.when.iter().chain(dates.map(|date| &date.date)).collect()
}

fn of_parallel(rule: &Parallel) -> impl Iterator<Item = &Expr> {
    rule.tracks.iter().flat_map(of_track).chain(rule.within.iter().map(|within| &within.duration))
}

fn of_criteria(criteria: &[Criterion]) -> impl Iterator<Item = &Expr> {
    criteria.iter().flat_map(|criterion| {
        std::iter::once(&criterion.condition).chain(criterion.exceptions.iter().map(|exception| &exception.condition))
    })
}

/// What points and bands depend on, and what the total is; the ends of bands are numbers.
fn of_score(score: &Score) -> impl Iterator<Item = &Expr> {
    let points = score.items.iter().flat_map(|item| match &item.points {
        ItemPoints::Range(..) | ItemPoints::Listed(_) => [].as_slice(),
        ItemPoints::Weighted { arms, .. } => arms.as_slice(),
    });
    let bands = score.bands.iter().flat_map(|band| match &band.reach {
        BandReach::Otherwise => [].as_slice(),
        BandReach::Stretches { arms, .. } => arms.as_slice(),
    });
    let total = score.total.iter().map(|total| &total.value);
    points.map(|(_, condition)| condition).chain(total).chain(bands.map(|(_, condition)| condition))
}
