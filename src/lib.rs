//! Clinical guideline rules that people can read aloud, evaluated against the facts about one patient on one date.
#![allow(dead_code, unreachable_pub, missing_docs, reason = "scaffolding")]

mod cases;
mod check;
mod code_lists;
mod diagnostic;
pub mod docs;
mod error;
mod eval;
mod explain;
mod expression;
mod facts;
mod ground;
mod guideline;
mod ir;
mod language;
mod outcome;
mod program;
mod render;
mod schema;
mod source;
#[doc(hidden)]
pub mod syntax;
mod value;

pub use cases::{CaseResult, Cases, CasesReport, Coverage, CoverageLine, Difference, StatusSeen};
pub use code_lists::CodeLists;
pub use diagnostic::{Diagnostic, Location, Severity};
pub use error::{Error, FactError};
pub use explain::{Ask, Change, Explanation, Finding, PossibleAnswer, Reason, Turn};
pub use expression::Expression;
pub use facts::{Facts, FactsBuilder, Given};
pub use ground::{Certainty, Citation, Ground, SourceKind};
pub use guideline::{BoundFacts, Guideline, Guidelines, OnDate, Trace};
pub use language::{Language, Localized};
pub use outcome::{
    AdviceStatus, AdviceStrength, Answer, BrokenAssumption, Conflict, CriterionModality, CriterionOutcome,
    CriterionStatus, EligibilityOutcome, EligibilityStatus, ExceptionName, Fault, FilePlace, Identity, Missing,
    MissingKind, Observed, Outcome, PartyName, RecommendationOutcome, RuleStatus, SettledRule, ShownValue,
};
pub use source::Source;
pub use value::{
    Code, CodeError, CodeSet, Date, DateError, Duration, DurationUnit, FactValue, List, ListCompleteness, Number,
    NumberError, PartialDate, Quantity, QuantityError, Record, System, Truth, Unit, UnitError,
};
