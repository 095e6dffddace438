//! The words of the language: which are reserved, which begin a declaration, which name a status.

use super::ast::StatusWord;
use crate::value::DurationUnit;

/// Words that cannot be names and are no units: they carry a condition on or end it.
///
/// A word that is only read after another reserved word (`least`, `known`, `recorded`) stays free.
pub(super) fn is_reserved(word: &str) -> bool {
    matches!(
        word,
        // conditions and values
        "and" | "or" | "not" | "is" | "in" | "at" | "least" | "most" | "more" | "less" | "than" | "from" | "to"
            | "before" | "after" | "on" | "during" | "within" | "of" | "all" | "any" | "some" | "every" | "no" | "yes"
            | "has" | "have" | "that" | "are" | "there" | "if" | "then" | "else" | "otherwise" | "count" | "sum"
            | "the" | "by" | "look" | "for" | "round" | "between" | "different" | "today" | "age" | "older" | "younger"
            // clauses that may follow a condition
            | "label" | "cite" | "our" | "decided" | "covers" | "require" | "expect" | "exception" | "when" | "show"
            | "must" | "should" | "may" | "exceptionally" | "research" | "advise" | "excludes" | "through"
    )
}

/// Words that begin a declaration.
pub(super) const DECLARATIONS: &[&str] = &[
    "guideline",
    "source",
    "party",
    "codes",
    "fact",
    "setting",
    "parameter",
    "assume",
    "leap",
    "define",
    "table",
    "eligibility",
    "recommend",
];

/// Words that begin a declaration (or a line of a layer) of a later edition of the language.
pub(super) const LATER: &[&str] = &[
    "checklist",
    "task",
    "parallel",
    "schedule",
    "score",
    "propose",
    "indicator",
    "adapts",
    "add",
    "replace",
    "remove",
    "set",
];

/// The unit of a duration, singular or plural.
pub(super) fn duration_unit(word: &str) -> Option<DurationUnit> {
    match word {
        "day" | "days" => Some(DurationUnit::Days),
        "week" | "weeks" => Some(DurationUnit::Weeks),
        "month" | "months" => Some(DurationUnit::Months),
        "year" | "years" => Some(DurationUnit::Years),
        _ => None,
    }
}

/// The status that a word after `is` names; `advised` and `not` take a second word.
pub(super) fn status(word: &str) -> Option<StatusWord> {
    match word {
        "met" => Some(StatusWord::Met),
        "refer" => Some(StatusWord::Refer),
        "excepted" => Some(StatusWord::Excepted),
        "undetermined" => Some(StatusWord::Undetermined),
        "recommended" => Some(StatusWord::Recommended),
        _ => None,
    }
}

/// Words that carry a condition on.
pub(super) const OPERATORS: &[&str] =
    &["and", "or", "is", "in", "not", "before", "after", "during", "within", "from", "that", "has", "then", "by"];

/// What a word of other languages, or of everyday speech, is here.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    Some(match word {
        "atleast" | "minimum" => "`at least`",
        "atmost" | "maximum" => "`at most`",
        "greater" | "above" | "over" | "exceeds" => "`more than`, or `at least` with the end included",
        "below" | "under" | "smaller" | "fewer" => "`less than`, or `at most` with the end included",
        "equals" | "equal" | "exactly" | "was" | "are" | "eq" => "`is`",
        "until" | "earlier" => "`before`, or `on or before` with the day included",
        "since" | "later" => "`after`, or `on or after` with the day included",
        "between" => "`x from A to B`, both ends included",
        "unless" => "`and not (…)`",
        "but" | "och" | "plus" => "`and`",
        "eller" => "`or`",
        "inte" | "ej" | "isnt" => "`not`",
        "contains" | "includes" => "`some x in list has (…)`, or `code in set`",
        "exists" => "`there is a …`",
        "where" | "with" | "which" => "`that are (…)` to filter a list, `has (…)` to test it",
        "than" => "`more than` or `less than`",
        _ => return None,
    })
}
