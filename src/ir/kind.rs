//! What kind of rule it is, with all that it says.

use super::{
    Checklist, Criterion, Eligibility, Indicator, Parallel, Proposal, Recommendation, RuleSort, Schedule, Score, Task,
};

/// The kinds of which a guideline may have thousands stand here, the others, which are larger and few, beside.
#[derive(Debug, Clone)]
pub(crate) enum RuleKind {
    Eligibility(Eligibility),
    Checklist(Checklist),
    Task(Box<Task>),
    Recommendation(Recommendation),
    Parallel(Box<Parallel>),
    Schedule(Box<Schedule>),
    Score(Box<Score>),
    Proposal(Box<Proposal>),
    Indicator(Box<Indicator>),
}

impl RuleKind {
    pub(crate) fn sort(&self) -> RuleSort {
        match self {
            RuleKind::Eligibility(_) => RuleSort::Eligibility,
            RuleKind::Checklist(_) => RuleSort::Checklist,
            RuleKind::Task(_) => RuleSort::Task,
            RuleKind::Recommendation(_) => RuleSort::Recommendation,
            RuleKind::Parallel(_) => RuleSort::Parallel,
            RuleKind::Schedule(_) => RuleSort::Schedule,
            RuleKind::Score(_) => RuleSort::Score,
            RuleKind::Proposal(_) => RuleSort::Proposal,
            RuleKind::Indicator(_) => RuleSort::Indicator,
        }
    }

    /// The names of its lines, as far as a status can be asked of one.
    pub(crate) fn line_names(&self) -> Vec<&str> {
        match self {
            RuleKind::Score(score) => score.bands.iter().map(|band| &*band.name).collect(),
            RuleKind::Proposal(proposal) => proposal.options.iter().map(|option| &*option.name).collect(),
            RuleKind::Task(task) => task.lines.iter().filter_map(|line| line.name.as_deref()).collect(),
            RuleKind::Eligibility(_)
            | RuleKind::Checklist(_)
            | RuleKind::Recommendation(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Indicator(_) => self.criteria().iter().map(|criterion| &*criterion.name).collect(),
        }
    }

    /// The lines of an eligibility or checklist.
    pub(crate) fn criteria(&self) -> &[Criterion] {
        match self {
            RuleKind::Eligibility(rule) => &rule.criteria,
            RuleKind::Checklist(rule) => &rule.criteria,
            RuleKind::Task(_)
            | RuleKind::Recommendation(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Score(_)
            | RuleKind::Proposal(_)
            | RuleKind::Indicator(_) => &[],
        }
    }
}
