//! The statuses of rules and their lines, by the words of the language.

/// Of an eligibility.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum EligibilityStatus {
    Met,
    Refer,
    NotMet,
    Undetermined,
    NotApplicable,
}

/// Of a line of an eligibility or a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum CriterionStatus {
    Met,
    Excepted,
    NotMet,
    Undetermined,
}

/// Of a recommendation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum AdviceStatus {
    Recommended,
    AdvisedAgainst,
    NotApplicable,
    Undetermined,
}

/// Of a checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum ChecklistStatus {
    Complete,
    Incomplete,
    Undetermined,
    NotApplicable,
}

/// Of a task, for one of those it is done for or for all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum TaskStatus {
    ToDo,
    Done,
    Late,
    DoneLate,
    Undetermined,
    NotApplicable,
}

/// Of treatments that belong side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum ParallelStatus {
    InParallel,
    Waiting,
    OutOfStep,
    Undetermined,
    NotApplicable,
}

/// Of one of the treatments that belong side by side.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum TrackStatus {
    /// It has started.
    Started,
    /// It started after the last day that another left for it.
    StartedLate,
    /// It has not started, and no day for that has passed.
    Waiting,
    /// It has not started, and the last day for that has passed.
    Overdue,
    /// It takes part no longer.
    Ended,
    /// It was declined.
    Declined,
    /// It does not apply.
    NotApplicable,
    /// Not all possible days agree.
    Undetermined,
}

/// Of a proposal.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum ProposalStatus {
    Proposed,
    NoneApplies,
    Conflict,
    PossibleConflict,
    Undetermined,
    NotApplicable,
}

/// Of a schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum ScheduleStatus {
    InForce,
    NotApplicable,
    Undetermined,
}

/// Of one patient in an indicator: not among those counted, counted, or counted and one of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum IndicatorStatus {
    NotCounted,
    Counted,
    In,
    Undetermined,
}

/// Of a score: whether its band is settled.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ScoreStatus {
    /// This band, by its place in the score; of a score without bands: the total is settled.
    Banded(u32),
    /// Several bands, or totals, are possible.
    Undetermined,
    /// The score does not apply.
    NotApplicable,
}

/// The status of a rule of any kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleStatus {
    /// Of an eligibility.
    Eligibility(EligibilityStatus),
    /// Of a checklist.
    Checklist(ChecklistStatus),
    /// Of a task.
    Task(TaskStatus),
    /// Of a recommendation.
    Recommendation(AdviceStatus),
    /// Of treatments side by side.
    Parallel(ParallelStatus),
    /// Of a schedule.
    Schedule(ScheduleStatus),
    /// Of a score.
    Score(ScoreStatus),
    /// Of a proposal.
    Proposal(ProposalStatus),
    /// Of one patient in an indicator.
    Indicator(IndicatorStatus),
}

impl EligibilityStatus {
    /// As in the runner's JSON, `not_met`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            EligibilityStatus::Met => "met",
            EligibilityStatus::Refer => "refer",
            EligibilityStatus::NotMet => "not_met",
            EligibilityStatus::Undetermined => "undetermined",
            EligibilityStatus::NotApplicable => "not_applicable",
        }
    }
}

impl CriterionStatus {
    /// As in the runner's JSON, `excepted`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            CriterionStatus::Met => "met",
            CriterionStatus::Excepted => "excepted",
            CriterionStatus::NotMet => "not_met",
            CriterionStatus::Undetermined => "undetermined",
        }
    }
}

impl AdviceStatus {
    /// Of a recommendation of one line: whether that holds.
    #[inline]
    pub(crate) fn is_decided(self) -> bool {
        match self {
            AdviceStatus::Recommended | AdviceStatus::AdvisedAgainst => true,
            AdviceStatus::NotApplicable | AdviceStatus::Undetermined => false,
        }
    }

    /// As in the runner's JSON, `recommended`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            AdviceStatus::Recommended => "recommended",
            AdviceStatus::AdvisedAgainst => "advised_against",
            AdviceStatus::NotApplicable => "not_applicable",
            AdviceStatus::Undetermined => "undetermined",
        }
    }
}

impl ChecklistStatus {
    /// As in the runner's JSON, `complete`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ChecklistStatus::Complete => "complete",
            ChecklistStatus::Incomplete => "incomplete",
            ChecklistStatus::Undetermined => "undetermined",
            ChecklistStatus::NotApplicable => "not_applicable",
        }
    }
}

impl TaskStatus {
    /// Of a task that is done for several: late if it is late for any, else undetermined, to do, done late, done; not
    /// applicable if it is so for all of them.
    pub(crate) fn of_all(each: impl Iterator<Item = TaskStatus>) -> TaskStatus {
        let rank = |status: &TaskStatus| match status {
            TaskStatus::Late => 5,
            TaskStatus::Undetermined => 4,
            TaskStatus::ToDo => 3,
            TaskStatus::DoneLate => 2,
            TaskStatus::Done => 1,
            TaskStatus::NotApplicable => 0,
        };
        each.max_by_key(rank).unwrap_or(TaskStatus::NotApplicable)
    }

    /// As in the runner's JSON, `to_do`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TaskStatus::ToDo => "to_do",
            TaskStatus::Done => "done",
            TaskStatus::Late => "late",
            TaskStatus::DoneLate => "done_late",
            TaskStatus::Undetermined => "undetermined",
            TaskStatus::NotApplicable => "not_applicable",
        }
    }
}

impl ParallelStatus {
    /// As in the runner's JSON, `in_parallel`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ParallelStatus::InParallel => "in_parallel",
            ParallelStatus::Waiting => "waiting",
            ParallelStatus::OutOfStep => "out_of_step",
            ParallelStatus::Undetermined => "undetermined",
            ParallelStatus::NotApplicable => "not_applicable",
        }
    }
}

impl TrackStatus {
    /// As in the runner's JSON, `started_late`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            TrackStatus::Started => "started",
            TrackStatus::StartedLate => "started_late",
            TrackStatus::Waiting => "waiting",
            TrackStatus::Overdue => "overdue",
            TrackStatus::Ended => "ended",
            TrackStatus::Declined => "declined",
            TrackStatus::NotApplicable => "not_applicable",
            TrackStatus::Undetermined => "undetermined",
        }
    }
}

impl ProposalStatus {
    /// As in the runner's JSON, `proposed`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ProposalStatus::Proposed => "proposed",
            ProposalStatus::NoneApplies => "none_applies",
            ProposalStatus::Conflict => "conflict",
            ProposalStatus::PossibleConflict => "possible_conflict",
            ProposalStatus::Undetermined => "undetermined",
            ProposalStatus::NotApplicable => "not_applicable",
        }
    }
}

impl ScheduleStatus {
    /// As in the runner's JSON, `in_force`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ScheduleStatus::InForce => "in_force",
            ScheduleStatus::NotApplicable => "not_applicable",
            ScheduleStatus::Undetermined => "undetermined",
        }
    }
}

impl IndicatorStatus {
    /// As in the runner's JSON, `not_counted`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            IndicatorStatus::NotCounted => "not_counted",
            IndicatorStatus::Counted => "counted",
            IndicatorStatus::In => "in",
            IndicatorStatus::Undetermined => "undetermined",
        }
    }
}

impl ProposalStatus {
    /// Whether no fact more can change it.
    pub(crate) fn is_settled(self) -> bool {
        !matches!(self, ProposalStatus::Undetermined | ProposalStatus::PossibleConflict)
    }
}

impl ScoreStatus {
    /// `banded`, `undetermined`, `not_applicable`
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            ScoreStatus::Banded(_) => "banded",
            ScoreStatus::Undetermined => "undetermined",
            ScoreStatus::NotApplicable => "not_applicable",
        }
    }
}

impl RuleStatus {
    /// As in the runner's JSON, `not_met`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            RuleStatus::Eligibility(status) => status.name(),
            RuleStatus::Checklist(status) => status.name(),
            RuleStatus::Task(status) => status.name(),
            RuleStatus::Recommendation(status) => status.name(),
            RuleStatus::Parallel(status) => status.name(),
            RuleStatus::Schedule(status) => status.name(),
            RuleStatus::Score(status) => status.name(),
            RuleStatus::Proposal(status) => status.name(),
            RuleStatus::Indicator(status) => status.name(),
        }
    }

    /// Whether it is anything but undetermined or a possible conflict.
    #[must_use]
    pub fn is_settled(self) -> bool {
        match self {
            RuleStatus::Eligibility(status) => status != EligibilityStatus::Undetermined,
            RuleStatus::Checklist(status) => status != ChecklistStatus::Undetermined,
            RuleStatus::Task(status) => status != TaskStatus::Undetermined,
            RuleStatus::Recommendation(status) => status != AdviceStatus::Undetermined,
            RuleStatus::Parallel(status) => status != ParallelStatus::Undetermined,
            RuleStatus::Schedule(status) => status != ScheduleStatus::Undetermined,
            RuleStatus::Score(status) => status != ScoreStatus::Undetermined,
            RuleStatus::Proposal(status) => status.is_settled(),
            RuleStatus::Indicator(status) => status != IndicatorStatus::Undetermined,
        }
    }
}

/// What kind of rule it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum RuleSort {
    Eligibility,
    Checklist,
    Task,
    Recommendation,
    Parallel,
    Schedule,
    Score,
    Proposal,
    Indicator,
}

impl RuleSort {
    /// The word that begins its declaration and its full name, `eligibility.laro`.
    pub(crate) fn keyword(self) -> &'static str {
        match self {
            RuleSort::Eligibility => "eligibility",
            RuleSort::Checklist => "checklist",
            RuleSort::Task => "task",
            RuleSort::Recommendation => "recommend",
            RuleSort::Parallel => "parallel",
            RuleSort::Schedule => "schedule",
            RuleSort::Score => "score",
            RuleSort::Proposal => "propose",
            RuleSort::Indicator => "indicator",
        }
    }

    /// What to call one.
    pub(crate) fn noun(self) -> &'static str {
        match self {
            RuleSort::Eligibility => "an eligibility",
            RuleSort::Checklist => "a checklist",
            RuleSort::Task => "a task",
            RuleSort::Recommendation => "a recommendation",
            RuleSort::Parallel => "a `parallel`",
            RuleSort::Schedule => "a schedule",
            RuleSort::Score => "a score",
            RuleSort::Proposal => "a proposal",
            RuleSort::Indicator => "an indicator",
        }
    }

    /// `eligibility.laro`
    pub(crate) fn full_name(self, name: &str) -> String {
        format!("{}.{name}", self.keyword())
    }
}
