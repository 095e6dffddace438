//! Outcomes of rules that are neither eligibilities nor recommendations, from the cells of an evaluation.

use super::situation::Situation;
use super::{
    ChecklistOutcome, IndicatorOutcome, OptionName, Outcome, ParallelOutcome, ProposalOutcome, RuleStatus, TaskOutcome,
    TrackOutcome,
};
use crate::eval::{Cells, Standing, proposed, share};
use crate::ground::Ground;
use crate::language::Localized;
use crate::program::{
    Criterion, Indicator, Parallel, Program, Proposal, RuleIndex, RuleKind, RuleProgram, Task, TaskLine, Track,
};
use crate::status::{ChecklistStatus, ParallelStatus, ProposalStatus, TaskStatus, TrackStatus};
use crate::value::partial::Partial;
use crate::value::{Date, Truth};

impl OptionName {
    /// What a proposal proposes by its status; nothing where it is another rule, or proposes nothing.
    pub(crate) fn of_proposal(program: &Program, cells: &Cells, rule: RuleIndex) -> Vec<OptionName> {
        let RuleStatus::Proposal(ProposalStatus::Proposed) = Situation::status(cells, rule) else { return Vec::new() };
        let Some(RuleKind::Proposal(proposal)) = program.rules.get(rule.0 as usize).map(|rule| &rule.kind) else {
            return Vec::new();
        };
        let options = proposed(program, cells, proposal).outcomes;
        options.into_iter().filter_map(|option| OptionName::of_option(proposal, option)).collect()
    }

    fn of_option(proposal: &Proposal, option: u32) -> Option<OptionName> {
        let option = proposal.options.get(option as usize)?;
        Some(OptionName { id: option.name.to_string(), label: option.label.clone() })
    }
}

impl<'a> Situation<'a> {
    fn grounds_told(&self, index: RuleIndex, rule: &'a RuleProgram) -> Vec<Ground> {
        self.rule_grounds(rule, Situation::status(self.cells, index)).cloned().collect()
    }

    /// Adds what is concluded of a rule.
    pub(super) fn add_rule(&self, outcome: &mut Outcome, index: RuleIndex, rule: &'a RuleProgram) {
        match &rule.kind {
            RuleKind::Eligibility { .. } | RuleKind::Recommendation(_) => {}
            RuleKind::Checklist { criteria, text, .. } => {
                if let RuleStatus::Checklist(status) = Situation::status(self.cells, index) {
                    outcome.checklists.push(self.checklist(rule, criteria, text, status));
                }
            }
            RuleKind::Indicator(indicator) => outcome.indicators.push(self.indicator(index, rule, indicator)),
            RuleKind::Proposal(proposal) => outcome.proposals.push(self.proposal(index, rule, proposal)),
            RuleKind::Task(task) => {
                outcome.tasks.extend(task.lines.iter().map(|line| self.task(index, rule, task, line)));
            }
            RuleKind::Score(score) => outcome.scores.extend(self.score(index, rule, score)),
            RuleKind::Parallel(parallel) => {
                if let RuleStatus::Parallel(status) = Situation::status(self.cells, index) {
                    outcome.parallel.push(self.parallel(index, rule, parallel, status));
                }
            }
            RuleKind::Schedule(schedule) => outcome.schedules.push(self.schedule(index, rule, schedule)),
        }
    }

    fn task(&self, index: RuleIndex, rule: &'a RuleProgram, task: &Task, line: &TaskLine) -> TaskOutcome {
        let status = crate::eval::task_line(self.program(), task, line, self.cells);
        let due = line.deadline.as_ref().filter(|_| status != TaskStatus::NotApplicable);
        TaskOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            recipient: line.party.map(|party| self.party(party)),
            status,
            due: due.and_then(|deadline| one_day(self.cells.value(deadline.due))),
            text: task.common.text.clone(),
            grounds: self.grounds_told(index, rule),
            layer: self.layer(rule),
        }
    }

    fn parallel(
        &self,
        index: RuleIndex,
        rule: &'a RuleProgram,
        parallel: &Parallel,
        status: ParallelStatus,
    ) -> ParallelOutcome {
        let standing = Standing::of(self.program(), parallel, self.cells);
        let track = |(at, track): (usize, &Track)| {
            let status = standing.track(at);
            let due = match status {
                TrackStatus::Waiting | TrackStatus::Overdue | TrackStatus::StartedLate => {
                    self.last_day(parallel, &standing, at)
                }
                TrackStatus::Started
                | TrackStatus::Ended
                | TrackStatus::Declined
                | TrackStatus::NotApplicable
                | TrackStatus::Undetermined => None,
            };
            TrackOutcome { id: track.name.text.to_string(), label: track.name.label.clone(), status, due }
        };
        ParallelOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status,
            tracks: parallel.tracks.iter().enumerate().map(track).collect(),
            text: parallel.common.text.clone(),
            grounds: self.grounds_told(index, rule),
            layer: self.layer(rule),
        }
    }

    /// The first of the last days that the others leave for a track; `None` unless it is known which that is.
    fn last_day(&self, parallel: &Parallel, standing: &Standing, track: usize) -> Option<Date> {
        let mut first: Option<Date> = None;
        for (other, leader) in parallel.tracks.iter().enumerate().filter(|(other, _)| *other != track) {
            match standing.leads(other) {
                Truth::False => {}
                Truth::Unknown => return None,
                Truth::True => {
                    let day = one_day(self.cells.value(leader.due))?;
                    first = Some(first.map_or(day, |first| first.min(day)));
                }
            }
        }
        first
    }

    fn checklist(
        &self,
        rule: &RuleProgram,
        criteria: &[Criterion],
        text: &Localized,
        status: ChecklistStatus,
    ) -> ChecklistOutcome {
        ChecklistOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status,
            items: criteria.iter().map(|criterion| self.criterion_outcome(criterion)).collect(),
            text: text.clone(),
            layer: self.layer(rule),
        }
    }

    fn proposal(&self, index: RuleIndex, rule: &'a RuleProgram, proposal: &Proposal) -> ProposalOutcome {
        let program = self.program();
        let found = proposed(program, self.cells, proposal);
        let option = |index: &u32| OptionName::of_option(proposal, *index);
        ProposalOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status: found.status,
            outcomes: found.outcomes.iter().filter_map(option).collect(),
            possible: found.possible.iter().filter_map(option).collect(),
            decided_by: proposal.decided_by.clone(),
            text: proposal.common.text.clone(),
            grounds: self.grounds_told(index, rule),
            layer: self.layer(rule),
        }
    }

    fn indicator(&self, index: RuleIndex, rule: &'a RuleProgram, indicator: &Indicator) -> IndicatorOutcome {
        let share = share(self.program(), self.cells, indicator, None);
        IndicatorOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status: share.status(),
            counted: share.counted,
            is_in: share.is_in,
            grounds: self.grounds_told(index, rule),
            layer: self.layer(rule),
        }
    }
}

/// The day that a value is, if it is one.
fn one_day(value: Partial) -> Option<Date> {
    match value {
        Partial::Date(days) if days.first == days.last && !days.perhaps_absent => Some(days.first),
        Partial::Date(_)
        | Partial::Unknown
        | Partial::Absent
        | Partial::Number { .. }
        | Partial::Duration(_)
        | Partial::Period(..)
        | Partial::Code { .. }
        | Partial::Word(_)
        | Partial::Age(_) => None,
    }
}
