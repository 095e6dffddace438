//! What is concluded of rules that are neither eligibilities nor recommendations: plain data.

use super::{CriterionOutcome, PartyName};
use crate::ground::Ground;
use crate::language::Localized;
use crate::status::{ChecklistStatus, IndicatorStatus, ParallelStatus, ProposalStatus, TaskStatus, TrackStatus};
use crate::value::{Date, Number, Truth};

/// One checklist.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ChecklistOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// The answer.
    pub status: ChecklistStatus,
    /// In the order of the rule.
    pub items: Vec<CriterionOutcome>,
    /// What it says to people; may be empty.
    pub text: Localized,
    /// The guideline that it comes from.
    pub layer: String,
}

/// One task, for one of those it is done for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TaskOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// For whom; `None` where the task is not done for each of several.
    pub recipient: Option<PartyName>,
    /// The answer.
    pub status: TaskStatus,
    /// The last day; `None` where there is none or it is not known.
    pub due: Option<Date>,
    /// What it says to people; may be empty.
    pub text: Localized,
    /// Never empty.
    pub grounds: Vec<Ground>,
    /// The guideline that it comes from.
    pub layer: String,
}

/// Treatments that belong side by side.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ParallelOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// The answer.
    pub status: ParallelStatus,
    /// In the order of the rule.
    pub tracks: Vec<TrackOutcome>,
    /// What it says to people; may be empty.
    pub text: Localized,
    /// Never empty.
    pub grounds: Vec<Ground>,
    /// The guideline that it comes from.
    pub layer: String,
}

/// One of the treatments that belong side by side.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TrackOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// Where it stands.
    pub status: TrackStatus,
    /// The last day to start it, of a track that is waiting, overdue or started late; `None` where nothing else has
    /// started or it is not known.
    pub due: Option<Date>,
}

/// A proposal that people decide on.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ProposalOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// The answer.
    pub status: ProposalStatus,
    /// What is proposed, or in conflict.
    pub outcomes: Vec<OptionName>,
    /// Every option that may yet be proposed, those of `outcomes` included.
    pub possible: Vec<OptionName>,
    /// Who decides.
    pub decided_by: Localized,
    /// What it says to people; may be empty.
    pub text: Localized,
    /// Never empty.
    pub grounds: Vec<Ground>,
    /// The guideline that it comes from.
    pub layer: String,
}

/// An option or band with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OptionName {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
}

/// One score.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScoreOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// `banded`, `undetermined` or `not_applicable`
    pub status: &'static str,
    /// The least that the total can be; `None` where nothing bounds it.
    pub low: Option<Number>,
    /// The most that the total can be.
    pub high: Option<Number>,
    /// The unit of a total that is a quantity.
    pub unit: Option<String>,
    /// The band, where it is settled.
    pub band: Option<OptionName>,
    /// Every band that is possible, in the order written.
    pub possible: Vec<OptionName>,
    /// In the order written; none where the total is a value of its own.
    pub items: Vec<ScoredItem>,
    /// Of the band, else of the score.
    pub text: Localized,
    /// Never empty.
    pub grounds: Vec<Ground>,
    /// The guideline that it comes from.
    pub layer: String,
}

/// What one item adds to a score.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScoredItem {
    /// Its name; that of the fact that it is, where it is one.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// The fewest points that it can give; `None` where nothing bounds them.
    pub low: Option<Number>,
    /// The most points that it can give.
    pub high: Option<Number>,
}

/// What one patient adds to an indicator.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct IndicatorOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// Both answers in one.
    pub status: IndicatorStatus,
    /// Whether the patient is counted.
    pub counted: Truth,
    /// Whether the patient is one of those counted that the indicator looks for.
    pub is_in: Truth,
    /// Never empty.
    pub grounds: Vec<Ground>,
    /// The guideline that it comes from.
    pub layer: String,
}
