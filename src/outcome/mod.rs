//! What was concluded for one patient on one date: plain data, the shape of the runner's JSON (`docs::outcome`).
//!
//! Order is part of the contract: rules in the order of the file, criteria in the order of the rule.

mod about;
pub(crate) mod advice;
mod answer;
mod assemble;
mod assemble_rules;
mod faults;
pub(crate) mod grounds;
mod observe;
pub(crate) mod reach;
mod rules;
mod schedules;
mod score;
mod situation;

use crate::ground::Ground;
use crate::language::Localized;
use crate::value::{Date, Duration, FactValue, FaultKind};
use std::collections::BTreeMap;

pub(crate) use crate::status::{AdviceStatus, CriterionStatus, EligibilityStatus, RuleStatus};
pub(crate) use answer::answer;
pub(crate) use assemble::Advice;
pub(crate) use observe::{Known, ThingName, valid};
pub use rules::{
    ChecklistOutcome, IndicatorOutcome, OptionName, ParallelOutcome, ProposalOutcome, ScoreOutcome, ScoredItem,
    TaskOutcome, TrackOutcome,
};
pub use schedules::{Calendar, CalendarSchedule, ScheduleOutcome, ScheduledDate, Visit};
pub(crate) use situation::Situation;

/// The answer of one guideline for one patient on one date.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Outcome {
    /// The guideline's title.
    pub title: Localized,
    /// Whether everything it rests on was read in its source or told by its issuer.
    pub verified: bool,
    /// The date of evaluation.
    pub as_of: Date,
    /// What was evaluated: with this, equal input gives equal bytes.
    pub identity: Identity,
    /// In the order of the file.
    pub eligibility: Vec<EligibilityOutcome>,
    /// In the order of the file.
    pub checklists: Vec<ChecklistOutcome>,
    /// In the order of the file; one task for each of those it is done for.
    pub tasks: Vec<TaskOutcome>,
    /// In the order of the file.
    pub recommendations: Vec<RecommendationOutcome>,
    /// In the order of the file.
    pub parallel: Vec<ParallelOutcome>,
    /// In the order of the file.
    pub proposals: Vec<ProposalOutcome>,
    /// In the order of the file.
    pub scores: Vec<ScoreOutcome>,
    /// In the order of the file.
    pub indicators: Vec<IndicatorOutcome>,
    /// In the order of the file.
    pub schedules: Vec<ScheduleOutcome>,
    /// Definitions that say `show`, in the order of the file.
    pub values: Vec<ShownValue>,
    /// Recommendations that exclude each other and both hold.
    pub conflicts: Vec<Conflict>,
    /// Assumptions that the facts break.
    pub broken: Vec<BrokenAssumption>,
    /// The parameters with a value that the rules and shown values read, in that order, none twice. Those of rules that do
    /// not apply are left out.
    pub parameters: Vec<Observed>,
    /// What could not be computed; each belongs to a rule.
    pub faults: Vec<Fault>,
    /// The essential facts that are missing, in the order to ask for them.
    pub missing: Vec<Missing>,
    /// Facts that were given and are not known for all that, as they were recorded too long ago; in the order declared.
    pub outdated: Vec<OutdatedFact>,
}

/// What was evaluated.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Identity {
    /// `stockholm.laro`
    pub guideline: String,
    /// `1.0.0`
    pub version: String,
    /// `draft`, `active`, `retired`
    pub status: String,
    /// Edition of the language.
    pub language: u32,
    /// Version of this library.
    pub engine: String,
    /// File name to `sha256:` and the digest of its bytes.
    pub files: BTreeMap<String, String>,
    /// Parameters that the caller set, as text.
    pub parameters: BTreeMap<String, String>,
    /// Code lists that were used: name to `sha256:` and the digest.
    pub code_lists: BTreeMap<String, String>,
}

/// One eligibility rule.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct EligibilityOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// The answer.
    pub status: EligibilityStatus,
    /// Where an excepted criterion sends the case: the first of them.
    pub refer_to: Option<PartyName>,
    /// In the order of the rule.
    pub criteria: Vec<CriterionOutcome>,
}

/// An exception with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ExceptionName {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
}

/// A party with its label.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct PartyName {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
}

/// One line of an eligibility rule.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CriterionOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// Whether it decides.
    pub modality: CriterionModality,
    /// The answer.
    pub status: CriterionStatus,
    /// The exception that holds, where the status is `Excepted`.
    pub exception: Option<ExceptionName>,
    /// The guideline that the line comes from.
    pub layer: String,
    /// Never empty. With an exception that holds, the exception's follow.
    pub grounds: Vec<Ground>,
    /// The facts and parameters that it looked at, in the order in which it names them, none twice.
    pub facts: Vec<Observed>,
}

/// What a line looked at, with what was known of it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Observed {
    /// What kind of thing.
    pub kind: ObservedKind,
    /// The fact's or parameter's name; a field of a record fact is `referral.received`.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// What was known of it; a list as it was given.
    pub value: Answer,
    /// Of a record or list the names of its fields with their labels, in the order declared; else empty.
    pub fields: Vec<(String, Localized)>,
    /// Of a parameter: why it has its default; empty where the caller set it, and of a fact.
    pub grounds: Vec<Ground>,
    /// Of a parameter: the guideline that gave it its default; `None` where the caller set it, and of a fact.
    pub layer: Option<String>,
}

/// What kind of thing a line looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ObservedKind {
    /// A fact of the patient or unit.
    Fact,
    /// A parameter of the guideline.
    Parameter,
}

/// `require` decides, `expect` is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum CriterionModality {
    Require,
    Expect,
}

/// One recommendation.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RecommendationOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// The answer.
    pub status: AdviceStatus,
    /// Of the first line that holds; `None` while an earlier line is unknown, or none holds.
    pub strength: Option<AdviceStrength>,
    /// Of the same line.
    pub priority: Option<u32>,
    /// What to do.
    pub text: Localized,
    /// Who may do it.
    pub by: Vec<PartyName>,
    /// Never empty.
    pub grounds: Vec<Ground>,
    /// The guideline that it comes from.
    pub layer: String,
    /// The parameters with a value that its lines read, in the order written.
    pub parameters: Vec<Observed>,
}

/// How strongly something is advised.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "the words of the language, see `docs::language`")]
pub enum AdviceStrength {
    Must,
    Should,
    May,
    Exceptionally,
    ShouldNot,
    ResearchOnly,
}

/// The value of a definition that says `show`, or of an expression.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ShownValue {
    /// The definition's name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// Its value.
    pub value: Answer,
}

/// What an expression comes to, as far as is known.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum Answer {
    /// Nothing is known of it. (A condition that is not known, too.)
    Unknown,
    /// Known. `FactValue::None` is known absence.
    Known(FactValue),
    /// Somewhere from `low` through `high`; `None` where there is no end. Numbers, quantities or dates.
    Between {
        /// The least it can be.
        low: Option<FactValue>,
        /// The most it can be.
        high: Option<FactValue>,
    },
}

/// Two recommendations that exclude each other and both hold.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Conflict {
    /// The two, `recommend.naloxone`, in the order of the file.
    pub rules: [String; 2],
}

/// An assumption of the guideline that the facts break.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct BrokenAssumption {
    /// As written; of a given total that the items do not make, what is wrong in English.
    pub text: String,
    /// What is wrong, for people; empty where the text as written says it.
    pub said: Localized,
    /// Where it stands.
    pub place: FilePlace,
    /// Its grounds.
    pub grounds: Vec<Ground>,
}

/// A fact that is read, was given, and was recorded longer ago than its `valid for` allows: it counts as not known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct OutdatedFact {
    /// Its name.
    pub fact: String,
    /// What people call it.
    pub label: Localized,
    /// The day on which it was true.
    pub recorded: Date,
    /// How long it counts after that day.
    pub valid_for: Duration,
}

/// Something that could not be computed. It is unknown where it happens, never "no".
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Fault {
    /// The rule it happened in, `eligibility.laro`.
    pub rule: String,
    /// What happened.
    pub kind: FaultKind,
    /// The same in English.
    pub why: String,
    /// Where.
    pub place: FilePlace,
}

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub struct FilePlace {
    /// The file's name.
    pub file: String,
    /// From 1.
    pub line: u32,
}

/// Something that would settle a rule and is not known.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Missing {
    /// What kind of thing.
    pub kind: MissingKind,
    /// Its name; a field of a record is `referral.received` or `diagnoses[0].onset`, counted from 0.
    pub fact: String,
    /// What people call it.
    pub label: Localized,
    /// What to ask.
    pub question: Localized,
    /// The rules that it bears on, `eligibility.laro`, `recommend.naloxone`, in output order.
    pub settles: Vec<String>,
}

/// What kind of thing is missing.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum MissingKind {
    /// A fact of the patient or unit.
    Fact,
    /// A parameter that nobody set.
    Parameter,
    /// The secret seed of random days.
    Seed,
}

/// A rule with the status that it would have.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct SettledRule {
    /// `eligibility.laro`, `recommend.naloxone`.
    pub rule: String,
    /// Its label.
    pub label: Localized,
    /// Its status.
    pub status: RuleStatus,
    /// Of a score, its band.
    pub band: Option<OptionName>,
    /// Of a proposal, the options that it proposes.
    pub outcomes: Vec<OptionName>,
}

impl CriterionModality {
    /// As in a rule file, `require`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            CriterionModality::Require => "require",
            CriterionModality::Expect => "expect",
        }
    }
}

impl AdviceStrength {
    /// As in the runner's JSON, `should_not`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            AdviceStrength::Must => "must",
            AdviceStrength::Should => "should",
            AdviceStrength::May => "may",
            AdviceStrength::Exceptionally => "exceptionally",
            AdviceStrength::ShouldNot => "should_not",
            AdviceStrength::ResearchOnly => "research_only",
        }
    }
}

impl MissingKind {
    /// As in the runner's JSON, `fact`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            MissingKind::Fact => "fact",
            MissingKind::Parameter => "parameter",
            MissingKind::Seed => "seed",
        }
    }
}
