//! Clinical guideline rules that people can read aloud, evaluated against the facts about one patient on one date.
//!
//! Rules are text. They are compiled once, then evaluated for as many patients and dates as you like:
//!
//! ```
//! use riktlinje::{Date, EligibilityStatus, Guideline, Language, Source};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let rules = Source::new("example.guide", r#"
//! guideline example.clinic
//!     language 1
//!     title en "Who the clinic sees"
//!     version 1.0.0
//!     status draft
//! source PAGE
//!     kind local
//!     title en "The clinic's page"
//!     certainty seen
//! fact birth_date: date
//!     label en "Date of birth"
//!     question en "When was the patient born?"
//! eligibility clinic
//!     label en "Can be seen at the clinic"
//!     cite PAGE, "Who can come"
//!     require age: age 20 years or older
//!         label en "Is 20 years or older"
//! "#);
//! let guideline = Guideline::compile([rules])?;
//!
//! let facts = guideline.facts_from_yaml("birth_date: 2006-11-22")?;
//! let outcome = guideline.evaluate(&facts, "2026-11-22".parse::<Date>()?)?;
//! assert_eq!(outcome.eligibility[0].status, EligibilityStatus::Met);
//! assert!(outcome.verified);
//!
//! // A birth year is not a birth date: for some of its days the answer is yes, for others no.
//! let facts = guideline.facts_from_yaml("birth_date: 2006")?;
//! let outcome = guideline.evaluate(&facts, "2026-11-22".parse::<Date>()?)?;
//! assert_eq!(outcome.eligibility[0].status, EligibilityStatus::Undetermined);
//! assert_eq!(outcome.missing[0].question.get(Language::English), Some("When was the patient born?"));
//! # Ok(())
//! # }
//! ```
//!
//! - [`Guideline`] is the front door: compile, read facts, evaluate, explain, ask. [`Guidelines`] is a set of them.
//! - [`Facts`] is what is known about one patient, from YAML, JSON, any `Serialize` or a [`FactsBuilder`]; a
//!   [`FactDescription`] says what there is to ask, [`Limits`] how much one call may take.
//! - [`Outcome`] is what was concluded, plain data; [`Explanation`] is why, and what would have to change.
//! - [`Cohort`] is a guideline on one date for many patients: batches in columns, statuses and counts.
//! - [`Outlook`] is what time alone will change; [`Comparison`] is two outcomes side by side.
//! - [`Diagnostic`] is a finding in an author's text; [`Error`] is what a call of this library can fail with.
//! - [`Cases`] are the author's examples; [`Expression`] is a single condition or value without a guideline.
//!
//! The manual of the language and of the house is in [`docs`].

mod cases;
mod check;
mod code_lists;
mod cohort;
mod comparison;
mod cores;
mod diagnostic;
pub mod docs;
mod error;
mod eval;
mod explain;
mod expression;
mod facts;
mod ground;
mod guideline;
mod indicator;
mod ir;
mod language;
mod limits;
mod outcome;
mod program;
mod render;
mod schedule;
mod schema;
mod source;
mod status;
#[doc(hidden)]
pub mod syntax;
mod value;

pub use cases::{CaseInfo, CaseResult, Cases, CasesReport, Coverage, CoverageLine, Difference, StatusSeen};
pub use code_lists::CodeLists;
pub use cohort::{
    Batch, BatchTrace, Cohort, CohortPart, CohortParts, ColumnList, ColumnValue, NextPatients, RefusedPatient,
};
pub use comparison::{ComparedItem, Comparison, GuidelineName, ItemSide, Shared, Trait, TraitValue};
pub use diagnostic::{Diagnostic, Location, Severity};
pub use error::{Error, FactError};
pub use explain::{
    Ask, Change, Explanation, Finding, Outlook, PossibleAnswer, Reason, ReasonView, RuleOutlook, SearchEnd,
    StatusChange, Turn, TurnedCondition, Why,
};
pub use expression::Expression;
pub use facts::{Facts, FactsBuilder, Given};
pub use ground::{Certainty, Citation, Ground, SourceKind};
pub use guideline::{
    AllowedNumbers, BoundFacts, FactDescription, FactKind, FactRole, FieldDescription, Guideline, Guidelines,
    MissingFact, OnDate, OutcomeView, ParameterInfo, RuleView, Trace, ValueKind,
};
pub use indicator::{
    Count, GroupComparison, GroupCounts, IndicatorComparison, IndicatorCounts, Interval, KeptBack, PublishedCell,
    PublishedCount, Trend,
};
pub use language::{FreeText, Language, Localized};
pub use limits::Limits;
pub use outcome::{
    AdviceStrength, Answer, BrokenAssumption, Calendar, CalendarSchedule, ChecklistOutcome, Conflict,
    CriterionModality, CriterionOutcome, EligibilityOutcome, ExceptionName, Fault, FilePlace, Identity,
    IndicatorOutcome, Missing, MissingKind, Observed, ObservedKind, OptionName, Outcome, OutdatedFact, ParallelOutcome,
    PartyName, ProposalOutcome, RecommendationOutcome, ScheduleOutcome, ScheduledDate, ScoreOutcome, ScoredItem,
    SettledRule, ShownValue, TaskOutcome, TrackOutcome, Visit,
};
pub use schedule::Seed;
pub use source::Source;
pub use status::{
    AdviceStatus, ChecklistStatus, CriterionStatus, EligibilityStatus, IndicatorStatus, ParallelStatus, ProposalStatus,
    RuleStatus, ScheduleStatus, ScoreStatus, TaskStatus, TrackStatus,
};
pub use value::{
    Code, CodeError, CodeSet, Date, DateError, Duration, DurationUnit, FactValue, FaultKind, List, ListCompleteness,
    Number, NumberError, PartialDate, Quantity, QuantityError, Record, System, Truth, Unit, UnitError, Weekday,
};
