//! Rules of every kind but eligibilities and recommendations, as meant.

pub(crate) use crate::syntax::ast::Choice;

use super::{Expr, Line, PartyId};
use crate::ground::Ground;
use crate::language::Localized;
use crate::source::Place;

/// What every one of these rules has.
#[derive(Debug, Clone)]
pub(crate) struct Common {
    pub(crate) when: Option<Expr>,
    /// Empty where the rule says nothing to people.
    pub(crate) text: Localized,
    /// Never empty.
    pub(crate) grounds: Vec<Ground>,
}

/// Something to do, perhaps for each of several parties, perhaps by a day.
#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub(crate) common: Common,
    /// One for each of those it is done for; else one.
    pub(crate) lines: Vec<TaskLine>,
    /// Of `done`: never empty.
    pub(crate) done_grounds: Vec<Ground>,
    /// Of `due`: never empty where there is a last day.
    pub(crate) due_grounds: Vec<Ground>,
}

/// A task for one party.
#[derive(Debug, Clone)]
pub(crate) struct TaskLine {
    /// `None` where it is not done for each of several.
    pub(crate) party: Option<PartyId>,
    /// The party's name.
    pub(crate) name: Option<Box<str>>,
    /// Done, today or before.
    pub(crate) done: Expr,
    /// The same, by the last day; `None` where nothing says on which day it was done, or there is no last day.
    pub(crate) in_time: Option<Expr>,
    /// The last day has passed.
    pub(crate) overdue: Option<Expr>,
    /// The last day.
    pub(crate) due: Option<Expr>,
}

/// Treatments that belong side by side.
#[derive(Debug, Clone)]
pub(crate) struct Parallel {
    pub(crate) common: Common,
    /// In the order written; at least two.
    pub(crate) tracks: Vec<Track>,
    /// Of `start within`: never empty.
    pub(crate) within_grounds: Vec<Ground>,
}

/// One of the treatments that belong side by side.
#[derive(Debug, Clone)]
pub(crate) struct Track {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    /// Never empty.
    pub(crate) grounds: Vec<Ground>,
    pub(crate) place: Place,
    pub(crate) when: Option<Expr>,
    /// Its start is today or before.
    pub(crate) started: Expr,
    pub(crate) ended: Option<Expr>,
    pub(crate) declined: Option<Expr>,
    pub(crate) start: Expr,
    /// The last day on which the others may start.
    pub(crate) due: Expr,
    /// That day has passed.
    pub(crate) overdue: Expr,
    /// Of each other track, by its place: it starts on that day or before.
    pub(crate) in_time: Vec<(u32, Expr)>,
}

impl Track {
    /// All that its status rests on, its own part.
    pub(crate) fn conditions(&self) -> impl Iterator<Item = &Expr> {
        let in_time = self.in_time.iter().map(|(_, in_time)| in_time);
        let dates = [Some(&self.started), self.ended.as_ref(), self.declined.as_ref(), Some(&self.overdue)];
        self.when.iter().chain(dates.into_iter().flatten()).chain(in_time)
    }
}

/// One or several options that the engine may propose and people decide on.
#[derive(Debug, Clone)]
pub(crate) struct Proposal {
    pub(crate) common: Common,
    /// In the order written.
    pub(crate) options: Vec<ProposalOption>,
    pub(crate) choice: Choice,
    pub(crate) rows: Vec<ProposalRow>,
    /// The option where no row holds.
    pub(crate) otherwise: Option<u32>,
    /// Who decides.
    pub(crate) decided_by: Localized,
}

#[derive(Debug, Clone)]
pub(crate) struct ProposalOption {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
}

#[derive(Debug, Clone)]
pub(crate) struct ProposalRow {
    /// Its place among the options.
    pub(crate) option: u32,
    pub(crate) line: Line,
}

/// What one patient adds to a count of many.
#[derive(Debug, Clone)]
pub(crate) struct Indicator {
    pub(crate) common: Common,
    pub(crate) counted: Expr,
    pub(crate) of_them: Option<Expr>,
    /// Whether those counted that are none of them are listed.
    pub(crate) lists_others: bool,
    /// In the order written.
    pub(crate) groups: Vec<IndicatorGroup>,
    /// A year, and the one it is compared with.
    pub(crate) compare: Option<(u32, u32)>,
    pub(crate) kept: Option<Kept>,
    pub(crate) caution: Localized,
}

/// Those counted whose code is in the group.
#[derive(Debug, Clone)]
pub(crate) struct IndicatorGroup {
    /// As written, `F10`; `other` for those in no other group.
    pub(crate) name: Box<str>,
    pub(crate) counted: Expr,
}

/// Small counts that are not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Kept {
    pub(crate) from: u32,
    pub(crate) to: u32,
    /// What is shown instead, `-5`.
    pub(crate) shown: Box<str>,
}
