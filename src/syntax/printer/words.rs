//! The words of operators and literals.

use crate::syntax::ast::{Comparison, DateLiteral, Distance, ExtremeWord, Polarity, QuantifierKind, StatusWord};
use crate::value::{DurationUnit, Number, Truth};

pub(super) fn truth_word(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "yes",
        Truth::False | Truth::Unknown => "no",
    }
}

/// `1 year`, `20 years`
pub(super) fn duration_text(number: &Number, unit: DurationUnit) -> String {
    let plural = if *number == Number::ONE { "" } else { "s" };
    format!("{number} {}{plural}", unit.word())
}

pub(super) fn date_text(date: DateLiteral) -> String {
    match (date.month, date.day) {
        (Some(month), Some(day)) => format!("{:04}-{month:02}-{day:02}", date.year),
        (Some(month), None) => format!("{:04}-{month:02}", date.year),
        (None, _) => date.year.to_string(),
    }
}

pub(super) fn is_words(polarity: Polarity) -> &'static str {
    match polarity {
        Polarity::Positive => " is",
        Polarity::Negative => " is not",
    }
}

pub(super) fn comparison_words(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Is => " is ",
        Comparison::IsNot => " is not ",
        Comparison::AtLeast => " at least ",
        Comparison::AtMost => " at most ",
        Comparison::MoreThan => " more than ",
        Comparison::LessThan => " less than ",
        Comparison::Before => " before ",
        Comparison::After => " after ",
        Comparison::OnOrBefore => " on or before ",
        Comparison::OnOrAfter => " on or after ",
    }
}

pub(super) fn distance_words(relation: Distance) -> (&'static str, &'static str) {
    match relation {
        Distance::AtLeastBefore => (" at least ", " before "),
        Distance::AtLeastAfter => (" at least ", " after "),
        Distance::MoreThanBefore => (" more than ", " before "),
        Distance::MoreThanAfter => (" more than ", " after "),
        Distance::WithinBefore => (" within ", " before "),
        Distance::WithinAfter => (" within ", " after "),
        Distance::WithinOf => (" within ", " of "),
    }
}

pub(super) fn status_words(status: StatusWord) -> &'static str {
    match status {
        StatusWord::Met => " met",
        StatusWord::Refer => " refer",
        StatusWord::Excepted => " excepted",
        StatusWord::Undetermined => " undetermined",
        StatusWord::NotApplicable => " not applicable",
        StatusWord::Recommended => " recommended",
        StatusWord::AdvisedAgainst => " advised against",
        StatusWord::Complete => " complete",
        StatusWord::Incomplete => " incomplete",
        StatusWord::ToDo => " to do",
        StatusWord::Done => " done",
        StatusWord::Late => " late",
        StatusWord::DoneLate => " done late",
        StatusWord::InParallel => " in parallel",
        StatusWord::Waiting => " waiting",
        StatusWord::OutOfStep => " out of step",
        StatusWord::InForce => " in force",
        StatusWord::Proposed => " proposed",
        StatusWord::NoneApplies => " none applies",
        StatusWord::Conflict => " a conflict",
        StatusWord::PossibleConflict => " a possible conflict",
    }
}

pub(super) fn extreme_word(extreme: ExtremeWord) -> &'static str {
    match extreme {
        ExtremeWord::Latest => "latest",
        ExtremeWord::Earliest => "earliest",
    }
}

pub(super) fn quantifier_word(kind: QuantifierKind) -> &'static str {
    match kind {
        QuantifierKind::Some => "some ",
        QuantifierKind::Every => "every ",
        QuantifierKind::No => "no ",
    }
}
