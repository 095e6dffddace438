//! What a case can expect something of: rules and their lines, and the statuses that each can have.

use super::unknown::Openness;
use crate::ir::{
    Choice, Criterion, Guideline, LayerId, Modality, Recommendation, Rule, RuleKind, Strength, Task, TaskLine, Track,
};
use crate::status::{
    AdviceStatus, ChecklistStatus, CriterionStatus, EligibilityStatus, IndicatorStatus, ParallelStatus, ProposalStatus,
    RuleSort, ScheduleStatus, ScoreStatus, TaskStatus, TrackStatus,
};

/// A rule or a line of one.
pub(super) struct Subject {
    /// `eligibility.laro`, `eligibility.laro.age`, `recommend.naloxone`.
    pub(super) id: String,
    /// `eligibility.laro` for both the rule and its lines.
    pub(super) rule: String,
    pub(super) kind: SubjectKind,
    /// The words of the statuses that it can have, in the order of the documentation.
    pub(super) statuses: Vec<Box<str>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SubjectKind {
    Rule(RuleSort),
    Line(RuleSort),
}

impl SubjectKind {
    /// The words of all statuses that something of the kind can have. A score has its bands besides.
    pub(super) fn words(self) -> Vec<&'static str> {
        match self {
            SubjectKind::Rule(RuleSort::Eligibility) => {
                use EligibilityStatus::{Met, NotApplicable, NotMet, Refer, Undetermined};
                [Met, Refer, NotMet, Undetermined, NotApplicable].map(EligibilityStatus::name).to_vec()
            }
            SubjectKind::Line(RuleSort::Eligibility) => {
                use CriterionStatus::{Excepted, Met, NotMet, Undetermined};
                [Met, Excepted, NotMet, Undetermined].map(CriterionStatus::name).to_vec()
            }
            SubjectKind::Line(RuleSort::Checklist) => {
                use CriterionStatus::{Met, NotMet, Undetermined};
                [Met, NotMet, Undetermined].map(CriterionStatus::name).to_vec()
            }
            SubjectKind::Rule(RuleSort::Checklist) => {
                use ChecklistStatus::{Complete, Incomplete, NotApplicable, Undetermined};
                [Complete, Incomplete, Undetermined, NotApplicable].map(ChecklistStatus::name).to_vec()
            }
            SubjectKind::Rule(RuleSort::Task) | SubjectKind::Line(RuleSort::Task) => {
                use TaskStatus::{Done, DoneLate, Late, NotApplicable, ToDo, Undetermined};
                [ToDo, Done, Late, DoneLate, Undetermined, NotApplicable].map(TaskStatus::name).to_vec()
            }
            SubjectKind::Rule(RuleSort::Recommendation) => {
                use AdviceStatus::{AdvisedAgainst, NotApplicable, Recommended, Undetermined};
                [Recommended, AdvisedAgainst, NotApplicable, Undetermined].map(AdviceStatus::name).to_vec()
            }
            SubjectKind::Rule(RuleSort::Parallel) => {
                use ParallelStatus::{InParallel, NotApplicable, OutOfStep, Undetermined, Waiting};
                [InParallel, Waiting, OutOfStep, Undetermined, NotApplicable].map(ParallelStatus::name).to_vec()
            }
            SubjectKind::Line(RuleSort::Parallel) => vec![
                "started",
                "started_late",
                "waiting",
                "overdue",
                "ended",
                "declined",
                "not_applicable",
                "undetermined",
            ],
            SubjectKind::Rule(RuleSort::Schedule) => {
                use ScheduleStatus::{InForce, NotApplicable, Undetermined};
                [InForce, Undetermined, NotApplicable].map(ScheduleStatus::name).to_vec()
            }
            SubjectKind::Rule(RuleSort::Score) => vec!["banded", "undetermined", "not_applicable"],
            SubjectKind::Rule(RuleSort::Proposal) => {
                use ProposalStatus::{Conflict, NoneApplies, NotApplicable, PossibleConflict, Proposed, Undetermined};
                [Proposed, NoneApplies, Conflict, PossibleConflict, Undetermined, NotApplicable]
                    .map(ProposalStatus::name)
                    .to_vec()
            }
            SubjectKind::Rule(RuleSort::Indicator) => {
                use IndicatorStatus::{Counted, In, NotCounted, Undetermined};
                [NotCounted, Counted, In, Undetermined].map(IndicatorStatus::name).to_vec()
            }
            SubjectKind::Line(
                RuleSort::Recommendation
                | RuleSort::Schedule
                | RuleSort::Score
                | RuleSort::Proposal
                | RuleSort::Indicator,
            ) => Vec::new(),
        }
    }

    /// What else of its outcome a case may expect, `propose.care_level.outcomes`.
    pub(super) fn details(self) -> &'static [&'static str] {
        match self {
            SubjectKind::Rule(RuleSort::Eligibility) => &["refer_to"],
            SubjectKind::Rule(RuleSort::Recommendation) => &["strength", "priority"],
            SubjectKind::Rule(RuleSort::Task)
            | SubjectKind::Line(RuleSort::Task)
            | SubjectKind::Line(RuleSort::Parallel) => &["due"],
            SubjectKind::Rule(RuleSort::Score) => &["low", "high", "total", "band", "possible"],
            SubjectKind::Rule(RuleSort::Proposal) => &["outcomes", "possible"],
            SubjectKind::Rule(RuleSort::Schedule) => &["phase", "next", "standing", "dates"],
            SubjectKind::Rule(RuleSort::Indicator) => &["counted", "in"],
            SubjectKind::Rule(RuleSort::Checklist | RuleSort::Parallel)
            | SubjectKind::Line(
                RuleSort::Eligibility
                | RuleSort::Checklist
                | RuleSort::Recommendation
                | RuleSort::Schedule
                | RuleSort::Score
                | RuleSort::Proposal
                | RuleSort::Indicator,
            ) => &[],
        }
    }

    /// What to call one, for messages.
    pub(super) fn noun(self) -> &'static str {
        match self {
            SubjectKind::Rule(sort) => sort.noun(),
            SubjectKind::Line(RuleSort::Eligibility) => "a criterion",
            SubjectKind::Line(_) => "a line of a rule",
        }
    }
}

/// The order of the outcome.
const SORTS: [RuleSort; 9] = [
    RuleSort::Eligibility,
    RuleSort::Checklist,
    RuleSort::Task,
    RuleSort::Recommendation,
    RuleSort::Parallel,
    RuleSort::Proposal,
    RuleSort::Score,
    RuleSort::Indicator,
    RuleSort::Schedule,
];

/// All of them, in the order of the outcome: each rule with its lines.
pub(super) fn subjects(guideline: &Guideline) -> Vec<Subject> {
    let openness = Openness::of(guideline);
    // Rules of the guidelines that it uses answer only within.
    let mut rules: Vec<&Rule> = guideline.rules.iter().filter(|rule| rule.layer == LayerId(0)).collect();
    rules.sort_by_key(|rule| rule.order);
    let mut subjects = Vec::new();
    for sort in SORTS {
        for rule in rules.iter().filter(|rule| rule.kind.sort() == sort) {
            of_rule(&openness, rule, &mut subjects);
        }
    }
    subjects
}

fn of_rule(openness: &Openness<'_>, rule: &Rule, subjects: &mut Vec<Subject>) {
    let id = rule.kind.sort().full_name(&rule.name);
    let kind = SubjectKind::Rule(rule.kind.sort());
    let plain = |statuses: Words| Subject { id: id.clone(), rule: id.clone(), kind, statuses: statuses.0 };
    match &rule.kind {
        RuleKind::Eligibility(eligible) => {
            let mut below = Vec::new();
            let lines = Lines::of(openness, &id, RuleSort::Eligibility, &eligible.criteria, &mut below);
            let mut statuses = Words::of(kind);
            statuses.drop_unless(EligibilityStatus::Refer.name(), lines.refer);
            statuses.drop_unless(EligibilityStatus::NotApplicable.name(), eligible.when.is_some());
            let open = lines.undetermined || openness.of_optional(eligible.when.as_ref());
            statuses.drop_unless(EligibilityStatus::Undetermined.name(), open);
            subjects.push(plain(statuses));
            subjects.append(&mut below);
        }
        RuleKind::Checklist(checklist) => {
            let mut below = Vec::new();
            let lines = Lines::of(openness, &id, RuleSort::Checklist, &checklist.criteria, &mut below);
            let mut statuses = Words::of(kind);
            statuses.drop_unless(ChecklistStatus::NotApplicable.name(), checklist.when.is_some());
            let open = lines.undetermined || openness.of_optional(checklist.when.as_ref());
            statuses.drop_unless(ChecklistStatus::Undetermined.name(), open);
            subjects.push(plain(statuses));
            subjects.append(&mut below);
        }
        RuleKind::Recommendation(advice) => subjects.push(plain(advised(openness, advice, kind))),
        RuleKind::Proposal(proposal) => {
            let mut statuses = Words::of(kind);
            let mut conditions = proposal.common.when.iter().chain(proposal.rows.iter().map(|row| &row.line.condition));
            let open = conditions.any(|condition| openness.can_be_unknown(condition));
            statuses.drop_unless(ProposalStatus::NotApplicable.name(), proposal.common.when.is_some());
            statuses.drop_unless(ProposalStatus::NoneApplies.name(), proposal.otherwise.is_none());
            let exclusive = proposal.choice == Choice::ExactlyOne;
            statuses.drop_unless(ProposalStatus::Conflict.name(), exclusive);
            statuses.drop_unless(ProposalStatus::PossibleConflict.name(), exclusive && open);
            statuses.drop_unless(ProposalStatus::Undetermined.name(), open);
            subjects.push(plain(statuses));
        }
        RuleKind::Task(task) => {
            let line = |own: String, kind: SubjectKind, lines: &[TaskLine]| {
                let statuses = task_statuses(openness, kind, task, lines).0;
                Subject { id: own, rule: id.clone(), kind, statuses }
            };
            subjects.push(line(id.clone(), kind, &task.lines));
            for one in &task.lines {
                if let Some(name) = &one.name {
                    let kind = SubjectKind::Line(RuleSort::Task);
                    subjects.push(line(format!("{id}.{name}"), kind, std::slice::from_ref(one)));
                }
            }
        }
        RuleKind::Score(score) => {
            let mut statuses = Words::of(kind);
            statuses.drop_unless(ScoreStatus::NotApplicable.name(), score.common.when.is_some());
            // Its band says more than that there is one.
            statuses.drop_unless(ScoreStatus::Banded(0).name(), score.bands.is_empty());
            let bands = score.bands.iter().map(|band| band.name.clone());
            statuses.0.splice(0..0, bands);
            subjects.push(plain(statuses));
        }
        RuleKind::Parallel(parallel) => {
            let tracks = parallel.tracks.iter();
            let mut conditions = parallel.common.when.iter().chain(tracks.flat_map(Track::conditions));
            let mut statuses = Words::of(kind);
            // Without `when` fewer than two may take part all the same, where one can end, be declined or not apply.
            let can_leave = |track: &Track| track.when.is_some() || track.ended.is_some() || track.declined.is_some();
            let may_not_apply = parallel.common.when.is_some() || parallel.tracks.iter().any(can_leave);
            statuses.drop_unless(ParallelStatus::NotApplicable.name(), may_not_apply);
            let open = conditions.any(|condition| openness.can_be_unknown(condition));
            statuses.drop_unless(ParallelStatus::Undetermined.name(), open);
            subjects.push(plain(statuses));
            for track in &parallel.tracks {
                let kind = SubjectKind::Line(RuleSort::Parallel);
                let mut statuses = Words::of(kind);
                statuses.drop_unless(TrackStatus::Ended.name(), track.ended.is_some());
                statuses.drop_unless(TrackStatus::Declined.name(), track.declined.is_some());
                let may_not_apply = parallel.common.when.is_some() || track.when.is_some();
                statuses.drop_unless(TrackStatus::NotApplicable.name(), may_not_apply);
                statuses.drop_unless(TrackStatus::Undetermined.name(), open);
                subjects.push(Subject {
                    id: format!("{id}.{}", track.name),
                    rule: id.clone(),
                    kind,
                    statuses: statuses.0,
                });
            }
        }
        RuleKind::Indicator(indicator) => {
            let mut statuses = Words::of(kind);
            // Without `of them` everybody who is counted is one of them.
            statuses.drop_unless(IndicatorStatus::Counted.name(), indicator.of_them.is_some());
            subjects.push(plain(statuses));
        }
        RuleKind::Schedule(_) => subjects.push(plain(Words::of(kind))),
    }
}

/// What a task can be for those parties.
fn task_statuses(openness: &Openness<'_>, kind: SubjectKind, task: &Task, lines: &[TaskLine]) -> Words {
    let conditions = lines.iter().flat_map(|line| [Some(&line.done), line.in_time.as_ref(), line.overdue.as_ref()]);
    let mut conditions = task.common.when.iter().chain(conditions.flatten());
    let mut statuses = Words::of(kind);
    statuses.drop_unless(TaskStatus::Late.name(), lines.iter().any(|line| line.due.is_some()));
    statuses.drop_unless(TaskStatus::DoneLate.name(), lines.iter().any(|line| line.in_time.is_some()));
    statuses
        .drop_unless(TaskStatus::Undetermined.name(), conditions.any(|condition| openness.can_be_unknown(condition)));
    statuses.drop_unless(TaskStatus::NotApplicable.name(), task.common.when.is_some());
    statuses
}

fn advised(openness: &Openness<'_>, advice: &Recommendation, kind: SubjectKind) -> Words {
    let against = |strength: Strength| match strength {
        Strength::Must | Strength::Should | Strength::May | Strength::Exceptionally | Strength::ResearchOnly => false,
        Strength::ShouldNot => true,
    };
    let mut strengths = advice.strengths.iter().map(|line| line.strength);
    let mut statuses = Words::of(kind);
    statuses.drop_unless(AdviceStatus::Recommended.name(), strengths.clone().any(|strength| !against(strength)));
    let can_be_against = !advice.advise_against.is_empty() || strengths.any(against);
    statuses.drop_unless(AdviceStatus::AdvisedAgainst.name(), can_be_against);
    let lines = advice.strengths.iter().map(|strength| &strength.line);
    let mut lines = lines.chain(&advice.not_needed).chain(&advice.advise_against);
    let open = lines.any(|line| openness.can_be_unknown(&line.condition));
    statuses.drop_unless(AdviceStatus::Undetermined.name(), open);
    statuses
}

/// What the required lines of a rule make possible.
struct Lines {
    refer: bool,
    undetermined: bool,
}

impl Lines {
    /// Adds each line to `below`.
    fn of(
        openness: &Openness<'_>,
        rule: &str,
        sort: RuleSort,
        criteria: &[Criterion],
        below: &mut Vec<Subject>,
    ) -> Lines {
        let kind = SubjectKind::Line(sort);
        let mut lines = Lines { refer: false, undetermined: false };
        for criterion in criteria {
            let can_be_excepted = !criterion.exceptions.is_empty();
            let conditions = std::iter::once(&criterion.condition);
            let mut conditions = conditions.chain(criterion.exceptions.iter().map(|exception| &exception.condition));
            let can_be_undetermined = conditions.any(|condition| openness.can_be_unknown(condition));
            let mut statuses = Words::of(kind);
            statuses.drop_unless(CriterionStatus::Excepted.name(), can_be_excepted);
            statuses.drop_unless(CriterionStatus::Undetermined.name(), can_be_undetermined);
            let id = format!("{rule}.{}", criterion.name);
            below.push(Subject { id, rule: rule.to_owned(), kind, statuses: statuses.0 });
            match criterion.modality {
                Modality::Require => {
                    lines.refer |= can_be_excepted;
                    lines.undetermined |= can_be_undetermined;
                }
                Modality::Expect => {}
            }
        }
        lines
    }
}

struct Words(Vec<Box<str>>);

impl Words {
    fn of(kind: SubjectKind) -> Words {
        Words(kind.words().into_iter().map(Box::from).collect())
    }

    fn drop_unless(&mut self, word: &str, can: bool) {
        self.0.retain(|other| can || **other != *word);
    }
}
