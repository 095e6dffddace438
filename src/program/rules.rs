//! Rules of every kind but eligibilities and recommendations, as run: conditions whose truths make the status.

use super::{Condition, Criterion, Exception, Line, Recommendation, RuleKind, RuleProgram, Score, ValueId};
use crate::ground::Ground;
use crate::ir;
use crate::language::Localized;
use crate::source::Place;
use crate::status::RuleSort;

/// What every one of these rules has.
#[derive(Debug, Clone)]
pub(crate) struct Common {
    pub(crate) when: Option<Condition>,
    pub(crate) text: Localized,
    /// Never empty.
    pub(crate) grounds: Vec<Ground>,
}

#[derive(Debug, Clone)]
pub(crate) struct Task {
    pub(crate) common: Common,
}

#[derive(Debug, Clone)]
pub(crate) struct Parallel {
    pub(crate) common: Common,
}

#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub(crate) common: Common,
}

#[derive(Debug, Clone)]
pub(crate) struct Proposal {
    pub(crate) common: Common,
    pub(crate) options: Vec<ir::ProposalOption>,
    pub(crate) choice: ir::Choice,
    pub(crate) rows: Vec<ProposalRow>,
    /// The option where no row holds.
    pub(crate) otherwise: Option<u32>,
    pub(crate) decided_by: Localized,
}

#[derive(Debug, Clone)]
pub(crate) struct ProposalRow {
    /// Its place among the options.
    pub(crate) option: u32,
    pub(crate) line: Line,
}

impl Proposal {
    /// `when`, then the rows by the names of their options.
    fn lines(&self, place: Place) -> Vec<DecidingLine<'_>> {
        let mut lines = self.common.lines(place);
        lines.extend(self.rows.iter().filter_map(|row| {
            let option = self.options.get(row.option as usize)?;
            Some(DecidingLine {
                name: LineName { text: option.name.clone(), label: option.label.clone() },
                condition: row.line.condition,
                grounds: &row.line.grounds,
                place: row.line.place,
            })
        }));
        lines
    }
}

#[derive(Debug, Clone)]
pub(crate) struct Indicator {
    pub(crate) common: Common,
}

/// What a line of a rule is called, as written and for people.
#[derive(Debug, Clone)]
pub(crate) struct LineName {
    pub(crate) text: Box<str>,
    pub(crate) label: Localized,
}

impl LineName {
    pub(crate) fn new(text: &str, sv: &str, en: &str) -> LineName {
        LineName { text: text.into(), label: Localized { sv: Some(sv.into()), en: Some(en.into()) } }
    }
}

/// One condition of a rule that bears on its status, for whoever explains it.
#[derive(Debug, Clone)]
pub(crate) struct DecidingLine<'a> {
    pub(crate) name: LineName,
    pub(crate) condition: Condition,
    pub(crate) grounds: &'a [Ground],
    pub(crate) place: Place,
}

impl Common {
    /// `when`, as a line.
    fn lines(&self, place: Place) -> Vec<DecidingLine<'_>> {
        let name = || LineName::new("when", "Gäller när", "Applies when");
        let line = |when: &Condition| DecidingLine { name: name(), condition: *when, grounds: &self.grounds, place };
        self.when.iter().map(line).collect()
    }
}

impl Score {
    /// When it applies, then its bands; without bands whether its total is known.
    fn lines(&self, place: Place) -> Vec<DecidingLine<'_>> {
        let mut lines = self.common.lines(place);
        let grounds = &self.common.grounds;
        if self.bands.is_empty() {
            let name = LineName::new("total", "Summa", "Total");
            lines.push(DecidingLine { name, condition: self.settled, grounds, place });
        }
        lines.extend(self.bands.iter().map(|band| DecidingLine {
            name: LineName { text: band.name.clone(), label: band.label.clone() },
            condition: band.condition,
            grounds: &band.grounds,
            place: band.place,
        }));
        lines
    }
}

impl RuleKind {
    pub(crate) fn sort(&self) -> RuleSort {
        match self {
            RuleKind::Eligibility { .. } => RuleSort::Eligibility,
            RuleKind::Checklist { .. } => RuleSort::Checklist,
            RuleKind::Task(_) => RuleSort::Task,
            RuleKind::Recommendation(_) => RuleSort::Recommendation,
            RuleKind::Parallel(_) => RuleSort::Parallel,
            RuleKind::Schedule(_) => RuleSort::Schedule,
            RuleKind::Score(_) => RuleSort::Score,
            RuleKind::Proposal(_) => RuleSort::Proposal,
            RuleKind::Indicator(_) => RuleSort::Indicator,
        }
    }

    /// The lines of an eligibility or checklist.
    pub(crate) fn criteria(&self) -> &[Criterion] {
        match self {
            RuleKind::Eligibility { criteria, .. } | RuleKind::Checklist { criteria, .. } => criteria,
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

impl RuleProgram {
    /// `eligibility.laro`
    pub(crate) fn full_name(&self) -> String {
        self.kind.sort().full_name(&self.name)
    }

    /// The conditions of a rule that is neither an eligibility, a checklist nor a recommendation, in the order written.
    /// Those have lines of their own and give none here.
    pub(crate) fn deciding_lines(&self) -> Vec<DecidingLine<'_>> {
        let place = self.place;
        match &self.kind {
            RuleKind::Eligibility { .. } | RuleKind::Checklist { .. } | RuleKind::Recommendation(_) => Vec::new(),
            RuleKind::Task(task) => task.common.lines(place),
            RuleKind::Parallel(parallel) => parallel.common.lines(place),
            RuleKind::Schedule(schedule) => schedule.common.lines(place),
            RuleKind::Score(score) => score.lines(place),
            RuleKind::Proposal(proposal) => proposal.lines(place),
            RuleKind::Indicator(indicator) => indicator.common.lines(place),
        }
    }

    /// The values that belong to the rule and to no condition of it: a due day, a total. The evaluator keeps them.
    pub(crate) fn values(&self) -> Vec<ValueId> {
        match &self.kind {
            RuleKind::Eligibility { .. }
            | RuleKind::Checklist { .. }
            | RuleKind::Recommendation(_)
            | RuleKind::Task(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Proposal(_)
            | RuleKind::Indicator(_) => Vec::new(),
            RuleKind::Score(score) => {
                std::iter::once(score.total).chain(score.items.iter().map(|item| item.points)).collect()
            }
        }
    }

    /// All its conditions, in the order written, for whoever must go through them all.
    pub(crate) fn conditions(&self) -> Vec<Condition> {
        self.conditions_of(|_| true)
    }

    /// Those that decide its status: `expect` lines do not.
    pub(crate) fn deciding(&self) -> Vec<Condition> {
        self.conditions_of(|criterion| criterion.modality == ir::Modality::Require)
    }

    fn conditions_of(&self, wanted: impl Fn(&Criterion) -> bool) -> Vec<Condition> {
        match &self.kind {
            RuleKind::Eligibility { when, criteria } | RuleKind::Checklist { when, criteria, .. } => {
                let exceptions = |criterion: &Criterion| -> Vec<Condition> {
                    criterion.exceptions.iter().map(|exception: &Exception| exception.condition).collect()
                };
                let lines = criteria
                    .iter()
                    .filter(|criterion| wanted(criterion))
                    .flat_map(|criterion| std::iter::once(criterion.condition).chain(exceptions(criterion)));
                when.iter().copied().chain(lines).collect()
            }
            RuleKind::Recommendation(recommendation) => {
                let Recommendation { strengths, not_needed, advise_against, .. } = recommendation;
                let lines = strengths.iter().map(|strength| &strength.line).chain(not_needed).chain(advise_against);
                lines.map(|line: &Line| line.condition).collect()
            }
            RuleKind::Task(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Score(_)
            | RuleKind::Proposal(_)
            | RuleKind::Indicator(_) => self.deciding_lines().into_iter().map(|line| line.condition).collect(),
        }
    }
}
