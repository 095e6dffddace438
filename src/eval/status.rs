//! What the lines of a rule come to together (LANGUAGE, "Meaning"): eligibility, checklist and advice here, each other
//! kind in a file of its own.

pub(crate) mod indicator;
pub(crate) mod parallel;
pub(crate) mod proposal;
mod schedule;
mod score;
pub(crate) mod task;

use super::cells::Cells;
use crate::program::{
    Choice, Criterion, Modality, Program, Recommendation, RuleIndex, RuleKind, StatusTest, Strength, Target,
};
use crate::status::{
    AdviceStatus, ChecklistStatus, CriterionStatus, EligibilityStatus, ParallelStatus, ProposalStatus, RuleStatus,
    ScheduleStatus, ScoreStatus, TaskStatus,
};
use crate::value::Truth;

/// Settles a rule from the cells of its conditions, unless its status is read off one of them.
pub(super) fn settle(program: &Program, rule: RuleIndex, cells: &mut Cells) {
    if program.layout.shape.lines[rule.0 as usize].is_some() {
        return;
    }
    let status = match &program.rules[rule.0 as usize].kind {
        RuleKind::Eligibility { when, criteria } => {
            for criterion in criteria {
                cells.criteria[criterion.cell as usize] = line(program, criterion, cells);
            }
            let when = when.map_or(Truth::True, |when| cells.lit(program, when.lit));
            RuleStatus::Eligibility(eligibility(when, criteria, cells))
        }
        RuleKind::Checklist { when, criteria, .. } => {
            for criterion in criteria {
                cells.criteria[criterion.cell as usize] = line(program, criterion, cells);
            }
            let when = when.map_or(Truth::True, |when| cells.lit(program, when.lit));
            RuleStatus::Checklist(match eligibility(when, criteria, cells) {
                EligibilityStatus::Met | EligibilityStatus::Refer => ChecklistStatus::Complete,
                EligibilityStatus::NotMet => ChecklistStatus::Incomplete,
                EligibilityStatus::Undetermined => ChecklistStatus::Undetermined,
                EligibilityStatus::NotApplicable => ChecklistStatus::NotApplicable,
            })
        }
        RuleKind::Recommendation(recommendation) => RuleStatus::Recommendation(advice(program, recommendation, cells)),
        RuleKind::Task(task) => RuleStatus::Task(task::settle(program, task, cells)),
        RuleKind::Parallel(parallel) => RuleStatus::Parallel(parallel::settle(program, parallel, cells)),
        RuleKind::Schedule(schedule) => RuleStatus::Schedule(schedule::settle(program, schedule, cells)),
        RuleKind::Score(score) => RuleStatus::Score(score::settle(program, score, cells)),
        RuleKind::Proposal(proposal) => RuleStatus::Proposal(proposal::settle(program, proposal, cells)),
        RuleKind::Indicator(indicator) => RuleStatus::Indicator(indicator::settle(program, indicator, cells)),
    };
    cells.set_rule(rule, status);
}

fn line(program: &Program, criterion: &Criterion, cells: &Cells) -> CriterionStatus {
    match cells.lit(program, criterion.condition.lit) {
        Truth::True => CriterionStatus::Met,
        Truth::Unknown => CriterionStatus::Undetermined,
        Truth::False => {
            let exceptions = criterion.exceptions.iter().map(|exception| cells.lit(program, exception.condition.lit));
            match exceptions.fold(Truth::False, Truth::or) {
                Truth::True => CriterionStatus::Excepted,
                Truth::Unknown => CriterionStatus::Undetermined,
                Truth::False => CriterionStatus::NotMet,
            }
        }
    }
}

fn eligibility(when: Truth, criteria: &[Criterion], cells: &Cells) -> EligibilityStatus {
    match when {
        Truth::False => return EligibilityStatus::NotApplicable,
        Truth::Unknown => return EligibilityStatus::Undetermined,
        Truth::True => {}
    }
    let required = criteria.iter().filter(|criterion| criterion.modality == Modality::Require);
    let mut worst = EligibilityStatus::Met;
    for criterion in required {
        match (cells.criterion(criterion.cell), worst) {
            (CriterionStatus::NotMet, _) => return EligibilityStatus::NotMet,
            (CriterionStatus::Undetermined, _) => worst = EligibilityStatus::Undetermined,
            (CriterionStatus::Excepted, EligibilityStatus::Met) => worst = EligibilityStatus::Refer,
            (CriterionStatus::Excepted | CriterionStatus::Met, _) => {}
        }
    }
    worst
}

fn advice(program: &Program, recommendation: &Recommendation, cells: &Cells) -> AdviceStatus {
    let truth = |line: &crate::program::Line| cells.lit(program, line.condition.lit);
    let any = |lines: &[crate::program::Line]| lines.iter().map(truth).fold(Truth::False, Truth::or);
    let strengths = &recommendation.strengths;
    match strengths.iter().map(|strength| truth(&strength.line)).fold(Truth::False, Truth::or) {
        Truth::False => return AdviceStatus::NotApplicable,
        Truth::Unknown => return AdviceStatus::Undetermined,
        Truth::True => {}
    }
    match any(&recommendation.advise_against).or(strength_is_against(program, recommendation, cells)) {
        Truth::True => return AdviceStatus::AdvisedAgainst,
        Truth::Unknown => return AdviceStatus::Undetermined,
        Truth::False => {}
    }
    match any(&recommendation.not_needed) {
        Truth::True => AdviceStatus::NotApplicable,
        Truth::Unknown => AdviceStatus::Undetermined,
        Truth::False => AdviceStatus::Recommended,
    }
}

/// Whether the first line that holds says "should not": known when every line that may be the first agrees.
fn strength_is_against(program: &Program, recommendation: &Recommendation, cells: &Cells) -> Truth {
    let (mut all, mut none) = (true, true);
    for strength in &recommendation.strengths {
        let truth = cells.lit(program, strength.line.condition.lit);
        if truth == Truth::False {
            continue;
        }
        let against = strength.strength == Strength::ShouldNot;
        all &= against;
        none &= !against;
        if truth == Truth::True {
            break;
        }
    }
    Truth::from_bounds(all, none)
}

/// Whether a status test holds; unknown while its target is undetermined, except a test for that.
pub(super) fn test(cells: &Cells, program: &Program, target: Target, test: StatusTest) -> Truth {
    let (settled, holds) = match target {
        Target::Rule(rule) => {
            let status = cells.rule(rule.0 as usize);
            (status.is_settled() || test == StatusTest::PossibleConflict, is(status, test))
        }
        Target::Criterion(rule, index) => line_is(cells, program, rule, index, test),
    };
    match (test, settled) {
        (StatusTest::Undetermined, settled) => Truth::from(!settled),
        (_, false) => Truth::Unknown,
        (_, true) => Truth::from(holds),
    }
}

/// Whether a line is settled and of that status.
fn line_is(cells: &Cells, program: &Program, rule: RuleIndex, index: u32, test: StatusTest) -> (bool, bool) {
    let kind = &program.rules[rule.0 as usize].kind;
    if let RuleKind::Proposal(rule) = kind {
        let proposed = proposal::proposed(program, cells, rule);
        let (surely, perhaps) = (proposed.outcomes.contains(&index), proposed.may_be_proposed.contains(&index));
        let is_proposed = surely && proposed.status != ProposalStatus::Conflict;
        // One that no completion proposes is settled, whatever else is open; so is one of all that hold.
        let settled = !perhaps || proposed.status.is_settled() || (surely && rule.choice == Choice::All);
        return (settled, test == StatusTest::Proposed && is_proposed);
    }
    if let RuleKind::Task(task) = kind {
        let line = task.lines.get(index as usize).map(|line| task::line(program, task, line, cells));
        let status = RuleStatus::Task(line.unwrap_or(TaskStatus::Undetermined));
        return (status.is_settled(), is(status, test));
    }
    let Some(criterion) = kind.criteria().get(index as usize) else { return (false, false) };
    let status = cells.criterion(criterion.cell);
    let holds = matches!(
        (status, test),
        (CriterionStatus::Met, StatusTest::Met)
            | (CriterionStatus::NotMet, StatusTest::NotMet)
            | (CriterionStatus::Excepted, StatusTest::Excepted)
    );
    (status != CriterionStatus::Undetermined, holds)
}

/// Whether a rule of this status passes the test.
pub(super) fn is(status: RuleStatus, test: StatusTest) -> bool {
    use RuleStatus as Of;
    use StatusTest as Test;
    matches!(
        (test, status),
        (Test::Met, Of::Eligibility(EligibilityStatus::Met))
            | (Test::NotMet, Of::Eligibility(EligibilityStatus::NotMet))
            | (Test::Refer, Of::Eligibility(EligibilityStatus::Refer))
            | (Test::Recommended, Of::Recommendation(AdviceStatus::Recommended))
            | (Test::AdvisedAgainst, Of::Recommendation(AdviceStatus::AdvisedAgainst))
            | (Test::Complete, Of::Checklist(ChecklistStatus::Complete))
            | (Test::Incomplete, Of::Checklist(ChecklistStatus::Incomplete))
            | (Test::ToDo, Of::Task(TaskStatus::ToDo))
            | (Test::Done, Of::Task(TaskStatus::Done))
            | (Test::Late, Of::Task(TaskStatus::Late))
            | (Test::DoneLate, Of::Task(TaskStatus::DoneLate))
            | (Test::InParallel, Of::Parallel(ParallelStatus::InParallel))
            | (Test::Waiting, Of::Parallel(ParallelStatus::Waiting))
            | (Test::OutOfStep, Of::Parallel(ParallelStatus::OutOfStep))
            | (Test::InForce, Of::Schedule(ScheduleStatus::InForce))
            | (Test::Proposed, Of::Proposal(ProposalStatus::Proposed))
            | (Test::NoneApplies, Of::Proposal(ProposalStatus::NoneApplies))
            | (Test::Conflict, Of::Proposal(ProposalStatus::Conflict))
            | (Test::PossibleConflict, Of::Proposal(ProposalStatus::PossibleConflict))
            | (
                Test::NotApplicable,
                Of::Eligibility(EligibilityStatus::NotApplicable)
                    | Of::Checklist(ChecklistStatus::NotApplicable)
                    | Of::Task(TaskStatus::NotApplicable)
                    | Of::Recommendation(AdviceStatus::NotApplicable)
                    | Of::Parallel(ParallelStatus::NotApplicable)
                    | Of::Schedule(ScheduleStatus::NotApplicable)
                    | Of::Score(ScoreStatus::NotApplicable)
                    | Of::Proposal(ProposalStatus::NotApplicable)
            )
    )
}
