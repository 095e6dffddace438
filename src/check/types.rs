//! What types are called in messages, and which fit together.

use crate::ir::{Constant, Type};
use crate::schema::ScalarType;
use crate::value::{Duration, DurationUnit, Unit};
use std::sync::Arc;

/// The type of what could not be understood: fits everything, so that one mistake makes one message.
pub(super) const ANY: Type = Type::Scalar(ScalarType::Any);
/// Of a condition.
pub(super) const TRUTH: Type = Type::Scalar(ScalarType::Truth);
/// A day that is there.
pub(super) const DATE: Type = Type::Scalar(ScalarType::Date { or_none: false });

/// Where two units meet.
pub(super) enum Units {
    Same,
    /// The second is to be converted.
    Convert,
    Different,
}

/// How two types go together in a comparison.
pub(super) enum Fit {
    Fits,
    /// Quantities whose units measure different things.
    Units,
    /// Codes of two systems.
    Systems,
    /// `one of` with no word in common.
    Words,
    Different,
}

/// Whether two values can be compared.
pub(super) fn fit(left: &Type, right: &Type) -> Fit {
    match (left, right) {
        (Type::Scalar(left), Type::Scalar(right)) => fit_scalars(left, right),
        (Type::Age, Type::Scalar(ScalarType::Duration | ScalarType::Any))
        | (Type::Scalar(ScalarType::Duration | ScalarType::Any), Type::Age) => Fit::Fits,
        (Type::Age | Type::Record | Type::List | Type::Scalar(_), _) => Fit::Different,
    }
}

fn fit_scalars(left: &ScalarType, right: &ScalarType) -> Fit {
    match (left, right) {
        (ScalarType::Any, _)
        | (_, ScalarType::Any)
        | (ScalarType::Truth, ScalarType::Truth)
        | (ScalarType::Number, ScalarType::Number)
        | (ScalarType::Text, ScalarType::Text)
        | (ScalarType::Date { .. }, ScalarType::Date { .. })
        | (ScalarType::Duration, ScalarType::Duration)
        | (ScalarType::Period, ScalarType::Period) => Fit::Fits,
        (ScalarType::Quantity(left), ScalarType::Quantity(right)) => match units(left, right) {
            Units::Same | Units::Convert => Fit::Fits,
            Units::Different => Fit::Units,
        },
        (ScalarType::Code(left), ScalarType::Code(right)) if left != right => Fit::Systems,
        (ScalarType::Code(_), ScalarType::Code(_)) => Fit::Fits,
        (ScalarType::Choice(left), ScalarType::Choice(right)) => {
            if Arc::ptr_eq(left, right) || left.iter().any(|word| right.contains(word)) {
                Fit::Fits
            } else {
                Fit::Words
            }
        }
        (
            ScalarType::Truth
            | ScalarType::Number
            | ScalarType::Quantity(_)
            | ScalarType::Text
            | ScalarType::Date { .. }
            | ScalarType::Duration
            | ScalarType::Period
            | ScalarType::Code(_)
            | ScalarType::Choice(_),
            _,
        ) => Fit::Different,
    }
}

/// How two units go together.
pub(super) fn units(left: &Unit, right: &Unit) -> Units {
    if left == right {
        Units::Same
    } else if left.is_comparable(right) {
        Units::Convert
    } else {
        Units::Different
    }
}

/// Whether it fits everything.
pub(super) fn is_any(ty: &Type) -> bool {
    *ty == ANY
}

/// `a number`, `a quantity in mg/dL`: what a message calls it.
pub(super) fn describe(ty: &Type) -> String {
    match ty {
        Type::Scalar(ty) => describe_scalar(ty),
        Type::Age => "an age".to_owned(),
        Type::Record => "a record".to_owned(),
        Type::List => "a list".to_owned(),
    }
}

/// The same of a scalar.
pub(super) fn describe_scalar(ty: &ScalarType) -> String {
    match ty {
        ScalarType::Truth => "yes/no".to_owned(),
        ScalarType::Number => "a number".to_owned(),
        ScalarType::Quantity(unit) => format!("a quantity in {}", unit.as_str()),
        ScalarType::Text => "a text".to_owned(),
        ScalarType::Date { .. } => "a date".to_owned(),
        ScalarType::Duration => "a duration".to_owned(),
        ScalarType::Period => "a period".to_owned(),
        ScalarType::Code(system) => format!("a code from {}", system.name()),
        ScalarType::Choice(words) => {
            let shown: Vec<&str> = words.iter().take(6).map(|word| &**word).collect();
            let more = if words.len() > shown.len() { ", …" } else { "" };
            format!("one of {}{more}", shown.join(", "))
        }
        ScalarType::Any => "not known".to_owned(),
    }
}

/// Whether values of it have an order that `at least` and its kin ask about.
pub(super) fn is_ordered(ty: &Type) -> bool {
    match ty {
        Type::Age => true,
        Type::Scalar(ty) => match ty {
            ScalarType::Number | ScalarType::Quantity(_) | ScalarType::Duration | ScalarType::Any => true,
            ScalarType::Truth
            | ScalarType::Text
            | ScalarType::Date { .. }
            | ScalarType::Period
            | ScalarType::Code(_)
            | ScalarType::Choice(_) => false,
        },
        Type::Record | Type::List => false,
    }
}

/// Whether it is a date, or fits one.
pub(super) fn is_date(ty: &Type) -> bool {
    match ty {
        Type::Scalar(ScalarType::Date { .. } | ScalarType::Any) => true,
        Type::Scalar(_) | Type::Age | Type::Record | Type::List => false,
    }
}

/// Whether it is a duration, or fits one.
pub(super) fn is_duration(ty: &Type) -> bool {
    match ty {
        Type::Scalar(ScalarType::Duration | ScalarType::Any) => true,
        Type::Scalar(_) | Type::Age | Type::Record | Type::List => false,
    }
}

/// Days and weeks are one family, months and years the other.
pub(super) fn same_family(left: Duration, right: Duration) -> bool {
    left.months().is_some() == right.months().is_some()
}

/// Whether it is counted in days or weeks, which an age is never compared with.
pub(super) fn is_short(duration: Duration) -> bool {
    match duration.unit() {
        DurationUnit::Days | DurationUnit::Weeks => true,
        DurationUnit::Months | DurationUnit::Years => false,
    }
}

/// Compares two constants of one ordered type; `None` when they have no order.
pub(super) fn compare(left: &Constant, right: &Constant) -> Option<std::cmp::Ordering> {
    match (left, right) {
        (Constant::Number(left), Constant::Number(right)) => Some(left.cmp(right)),
        (Constant::Quantity(left), Constant::Quantity(right)) => {
            Some(left.number().cmp(&right.to_unit(left.unit()).ok()?.number()))
        }
        (Constant::Duration(left), Constant::Duration(right)) => left.compare(*right),
        (Constant::Date(left), Constant::Date(right)) => Some(left.cmp(right)),
        (
            Constant::Number(_)
            | Constant::Quantity(_)
            | Constant::Duration(_)
            | Constant::Date(_)
            | Constant::Truth(_)
            | Constant::Text(_)
            | Constant::Period(..)
            | Constant::Code(_)
            | Constant::Choice(_)
            | Constant::Unknown,
            _,
        ) => None,
    }
}
