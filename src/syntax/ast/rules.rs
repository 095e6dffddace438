//! Rules of every kind but eligibilities and recommendations, as written.

use super::{Covers, Criterion, Expr, Ground, List, Localized, Name, Span, Spanned, Text};

/// What every one of these rules may have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleHead {
    pub name: Name,
    pub label: Localized,
    /// Before the first line.
    pub grounds: Vec<Ground>,
    pub when: Option<Expr>,
    pub text: Localized,
    pub covers: Option<Covers>,
}

/// `checklist NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    pub head: RuleHead,
    /// None has exceptions.
    pub criteria: Vec<Criterion>,
}

/// `task NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Task {
    pub head: RuleHead,
    pub for_each: Option<ForEach>,
    /// Always there in a task without mistakes.
    pub done: Option<TaskDone>,
    pub due: Option<TaskDue>,
}

/// `for each of patient, social_services as recipient`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForEach {
    pub parties: Vec<Name>,
    /// The word that stands for the party in the lines `done` and `due`.
    pub word: Option<Name>,
    pub span: Span,
}

/// When it is done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskDone {
    pub kind: TaskDoneKind,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskDoneKind {
    /// `done by letter in letters that are (…) on sent`
    By(DoneBy),
    /// `done when CONDITION`
    When(Expr),
}

/// A record of a list, and the field with the day on which it was done.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DoneBy {
    pub word: Name,
    pub list: List,
    pub date: Name,
    /// `on sent`
    pub on: Span,
    pub span: Span,
}

/// The last day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TaskDue {
    pub kind: TaskDueKind,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TaskDueKind {
    /// `due within 14 days after DATE`
    Within { duration: Expr, anchor: Expr },
    /// `due by DATE`
    By(Expr),
}

/// `parallel NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parallel {
    pub head: RuleHead,
    pub tracks: Vec<Track>,
    /// Always there in a rule without mistakes.
    pub within: Option<StartWithin>,
}

/// `track adhd when has_adhd: started adhd_start, ended adhd_end, declined adhd_declined`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Track {
    pub name: Name,
    pub label: Localized,
    pub when: Option<Expr>,
    pub started: TrackDate,
    pub ended: Option<TrackDate>,
    pub declined: Option<TrackDate>,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// `started adhd_start`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrackDate {
    pub date: Expr,
    pub span: Span,
}

/// `start within 3 months of each other`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StartWithin {
    pub duration: Expr,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// `propose NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Propose {
    pub head: RuleHead,
    /// Where `one of` stands.
    pub options_at: Option<Span>,
    /// Under `one of`.
    pub options: Vec<ProposeOption>,
    pub choice: Option<Spanned<Choice>>,
    pub rows: Vec<ProposeRow>,
    /// `otherwise OPTION`
    pub otherwise: Option<Name>,
    /// `decided by sv "…" en "…"`
    pub decided_by: Localized,
}

/// `itok sv "ITOK" en "ITOK"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposeOption {
    pub name: Name,
    pub label: Localized,
}

/// `itok when CONDITION`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ProposeRow {
    pub option: Name,
    pub condition: Expr,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

/// How the rows of a proposal make one answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Choice {
    /// `first that holds`
    First,
    /// `exactly one`
    ExactlyOne,
    /// `all that hold`
    All,
}

/// `indicator NAME`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Indicator {
    pub head: RuleHead,
    /// `count patients with CONDITION`
    pub count: Option<Count>,
    /// `of them with CONDITION`
    pub of_them: Option<Expr>,
    /// `list the others`
    pub list_others: Option<Span>,
    pub by: Option<ByBlock>,
    pub compare: Option<ComparePeriods>,
    pub suppress: Option<Suppress>,
    pub caution: Localized,
}

/// `count patients with CONDITION`, `count all patients`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Count {
    /// `patients`, `staff`, `units`
    pub subjects: Name,
    /// `None`: all of them.
    pub condition: Option<Expr>,
}

/// `by block of main_diagnosis: F10, F11, other codes left out`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ByBlock {
    pub field: Name,
    /// Codes and ranges.
    pub groups: Vec<Expr>,
    pub others: Spanned<OtherCodes>,
}

/// What becomes of those whose codes are in no group.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OtherCodes {
    /// `other codes left out`
    LeftOut,
    /// `other codes together`
    Together,
}

/// `compare 2021 with 2017`: whole years.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ComparePeriods {
    pub year: Spanned<u32>,
    pub with: Spanned<u32>,
    pub span: Span,
}

/// `suppress counts from 1 to 4 as "-5"`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suppress {
    pub from: Spanned<u32>,
    pub to: Spanned<u32>,
    pub shown: Text,
    pub span: Span,
}
