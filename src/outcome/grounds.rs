//! Grounds and texts of rules as they are told: borrowed from the program, none twice.

use super::RuleStatus;
use super::situation::Situation;
use crate::ground::Ground;
use crate::language::Localized;
use crate::program::{Proposal, Recommendation, RuleKind, RuleProgram, Score, StrengthLine};
use crate::status::ScoreStatus;
use crate::value::Truth;

/// Grounds of a program in the order in which they are told, none twice.
#[derive(Debug, Clone)]
pub(crate) enum Grounds<'p> {
    /// Those of one line, from a place on.
    Line(&'p [Ground], usize),
    /// As they stand.
    All(std::slice::Iter<'p, Ground>),
    Many(std::vec::IntoIter<&'p Ground>),
}

impl<'p> Grounds<'p> {
    /// Those of one line.
    #[inline]
    pub(crate) fn of_line(grounds: &'p [Ground]) -> Grounds<'p> {
        if grounds.len() < 2 { Grounds::All(grounds.iter()) } else { Grounds::Line(grounds, 0) }
    }

    /// Of a recommendation of one line, which needs no list of those that decided.
    #[inline]
    pub(crate) fn of_one_line(advice: &'p Recommendation, only: &'p StrengthLine, decided: bool) -> Grounds<'p> {
        let line = &*only.line.grounds;
        let none_of_line = !decided || line.is_empty();
        Grounds::of_line(if none_of_line && !advice.grounds.is_empty() { &advice.grounds } else { line })
    }

    /// In their order, none twice.
    pub(crate) fn of(grounds: impl Iterator<Item = &'p Ground>) -> Grounds<'p> {
        let mut kept: Vec<&Ground> = Vec::new();
        for ground in grounds {
            if !kept.contains(&ground) {
                kept.push(ground);
            }
        }
        Grounds::Many(kept.into_iter())
    }
}

impl<'p> Iterator for Grounds<'p> {
    type Item = &'p Ground;

    #[inline]
    fn next(&mut self) -> Option<&'p Ground> {
        match self {
            Grounds::All(grounds) => grounds.next(),
            Grounds::Line(grounds, at) => next_of_line(grounds, at),
            Grounds::Many(grounds) => grounds.next(),
        }
    }
}

fn next_of_line<'p>(grounds: &'p [Ground], at: &mut usize) -> Option<&'p Ground> {
    loop {
        let ground = grounds.get(*at)?;
        *at += 1;
        if !grounds.iter().take(*at - 1).any(|earlier| earlier == ground) {
            return Some(ground);
        }
    }
}

impl<'a> Situation<'a> {
    /// The grounds of a rule that is no recommendation; of an eligibility or checklist those of all its lines.
    pub(crate) fn rule_grounds(&self, rule: &'a RuleProgram, status: RuleStatus) -> Grounds<'a> {
        match &rule.kind {
            RuleKind::Eligibility { criteria, .. } | RuleKind::Checklist { criteria, .. } => {
                Grounds::of(criteria.iter().flat_map(|criterion| {
                    let holding = self.holding(criterion).into_iter().flat_map(|exception| &exception.grounds);
                    criterion.grounds.iter().chain(holding)
                }))
            }
            // INVARIANT: nobody asks here for those of a recommendation.
            RuleKind::Recommendation(advice) => Grounds::of(advice.grounds.iter()),
            RuleKind::Task(task) => {
                Grounds::of(task.common.grounds.iter().chain(&task.done_grounds).chain(&task.due_grounds))
            }
            RuleKind::Parallel(parallel) => {
                let own = parallel.tracks.iter().flat_map(|track| &track.grounds);
                Grounds::of(parallel.common.grounds.iter().chain(own).chain(&parallel.within_grounds))
            }
            RuleKind::Schedule(schedule) => Grounds::All(schedule.grounds.iter()),
            RuleKind::Score(score) => match status {
                RuleStatus::Score(ScoreStatus::Banded(at)) if !score.bands.is_empty() => {
                    // Its own, and those of the band above: that border keeps the total out of it.
                    let through = score.bands.get(..=at as usize).unwrap_or_default();
                    Grounds::of(through.iter().rev().take(2).flat_map(|band| &band.grounds))
                }
                RuleStatus::Score(_)
                | RuleStatus::Eligibility(_)
                | RuleStatus::Checklist(_)
                | RuleStatus::Task(_)
                | RuleStatus::Recommendation(_)
                | RuleStatus::Parallel(_)
                | RuleStatus::Schedule(_)
                | RuleStatus::Proposal(_)
                | RuleStatus::Indicator(_) => Grounds::All(score.common.grounds.iter()),
            },
            RuleKind::Proposal(proposal) => self.proposal_grounds(proposal),
            RuleKind::Indicator(indicator) => Grounds::All(indicator.common.grounds.iter()),
        }
    }

    /// Of the rows those that hold, or may: their grounds say why.
    fn proposal_grounds(&self, proposal: &'a Proposal) -> Grounds<'a> {
        let possible = crate::eval::proposed(self.program(), self.cells, proposal).possible;
        let deciding = proposal.rows.iter().filter(|row| {
            let truth = self.cells.lit(self.program(), row.line.condition.lit);
            possible.contains(&row.option) && truth != Truth::False
        });
        Grounds::of(proposal.common.grounds.iter().chain(deciding.flat_map(|row| &row.line.grounds)))
    }

    /// The band of a score, where it is settled.
    pub(super) fn band(&self, score: &'a Score, status: RuleStatus) -> Option<&'a crate::program::Band> {
        match status {
            RuleStatus::Score(ScoreStatus::Banded(at)) => score.bands.get(at as usize),
            RuleStatus::Score(ScoreStatus::Undetermined | ScoreStatus::NotApplicable)
            | RuleStatus::Eligibility(_)
            | RuleStatus::Checklist(_)
            | RuleStatus::Task(_)
            | RuleStatus::Recommendation(_)
            | RuleStatus::Parallel(_)
            | RuleStatus::Schedule(_)
            | RuleStatus::Proposal(_)
            | RuleStatus::Indicator(_) => None,
        }
    }

    /// What a rule says to people; of a score its band's words, where it has some.
    pub(crate) fn said(&self, rule: &'a RuleProgram, status: RuleStatus) -> &'a Localized {
        match &rule.kind {
            RuleKind::Eligibility { .. } => &NOTHING,
            RuleKind::Checklist { text, .. } => text,
            RuleKind::Recommendation(advice) => &advice.text,
            RuleKind::Task(task) => &task.common.text,
            RuleKind::Parallel(parallel) => &parallel.common.text,
            RuleKind::Schedule(schedule) => &schedule.common.text,
            RuleKind::Score(score) => {
                let own = self.band(score, status).map(|band| &band.text).filter(|text| !text.is_empty());
                own.unwrap_or(&score.common.text)
            }
            RuleKind::Proposal(proposal) => &proposal.common.text,
            RuleKind::Indicator(indicator) => &indicator.common.text,
        }
    }
}

static NOTHING: Localized = Localized { sv: None, en: None };
