//! The value of a parameter as its setter writes it: of the parameter's type, inside its range.

use crate::error::Error;
use crate::ground::Ground;
use crate::ir::{Constant, Layer, Parameter};
use crate::language::Localized;
use crate::schema::ScalarType;
use crate::value::{Code, Date, Number, Quantity, Unit};
use std::cmp::Ordering;

/// A parameter as a tool may want to show it.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ParameterInfo<'a> {
    /// Its name.
    pub name: &'a str,
    /// Its label.
    pub label: &'a Localized,
    /// Its value as it is written; `None`: nobody set it, and what rests on it is undetermined.
    pub value: Option<String>,
    /// The least and the most that it can be, as written.
    pub range: Option<(String, String)>,
    /// Who is to set it, where the guideline leaves it to somebody: `region`.
    pub set_by: Option<&'a str>,
    /// Why it has its default.
    pub grounds: &'a [Ground],
    /// The guideline that gives it its value, or leaves it to somebody; where the caller set it, that declares it.
    pub layer: &'a str,
}

impl<'a> ParameterInfo<'a> {
    pub(super) fn of(parameter: &'a Parameter, layers: &'a [Layer]) -> ParameterInfo<'a> {
        ParameterInfo {
            name: &parameter.name,
            label: &parameter.label,
            value: parameter.default.as_ref().map(shown),
            range: parameter.range.as_ref().map(|(low, high)| (shown(low), shown(high))),
            set_by: parameter.set_by.as_deref(),
            grounds: &parameter.grounds,
            layer: match parameter.place {
                Some(place) => Layer::named_at(layers, place),
                None => layers.get(parameter.layer.0 as usize).map_or("", |layer| &layer.name),
            },
        }
    }
}

/// Reads a value for the parameter and says how it is written in an outcome's identity.
pub(super) fn read(parameter: &Parameter, text: &str) -> Result<(Constant, String), Error> {
    let refused = |why: String| Error::Parameter { name: parameter.name.to_string(), why };
    let value = constant(&parameter.ty, text.trim()).map_err(refused)?;
    if let Some((low, high)) = &parameter.range {
        let inside = at_most(low, &value) && at_most(&value, high);
        if !inside {
            return Err(refused(format!("it is from {} to {}", shown(low), shown(high))));
        }
    }
    let shown = shown(&value);
    Ok((value, shown))
}

fn constant(ty: &ScalarType, text: &str) -> Result<Constant, String> {
    match ty {
        ScalarType::Truth => match text {
            "yes" => Ok(Constant::Truth(true)),
            "no" => Ok(Constant::Truth(false)),
            _ => Err("it is `yes` or `no`".into()),
        },
        ScalarType::Number => text
            .parse()
            .map(|number: Number| Constant::Number(number.into()))
            .map_err(|error| format!("it is a number: {error}")),
        ScalarType::Quantity(unit) => quantity(unit, text),
        ScalarType::Text => Ok(Constant::Text(text.into())),
        ScalarType::Date { or_none: _ } => day(text).map(Constant::Date),
        ScalarType::Duration => {
            text.parse().map(Constant::Duration).map_err(|()| "it is a duration such as `20 years`".into())
        }
        ScalarType::Period => {
            let ends = text.split_once("..").ok_or("it is two dates such as `2026-01-01..2026-12-31`")?;
            let (from, through) = (day(ends.0.trim())?, day(ends.1.trim())?);
            if through < from { Err("it ends before it begins".into()) } else { Ok(Constant::Period(from, through)) }
        }
        ScalarType::Code(system) => Code::new(*system, text).map(Constant::Code).map_err(|error| error.to_string()),
        ScalarType::Choice(words) if words.iter().any(|word| **word == *text) => Ok(Constant::Choice(text.into())),
        ScalarType::Choice(words) => Err(format!("it is one of {}", words.join(", "))),
        ScalarType::Any => Err("its type is not known".into()),
    }
}

fn day(text: &str) -> Result<Date, String> {
    text.parse().map_err(|error| format!("it is a date such as `2026-11-22`: {error}"))
}

fn quantity(unit: &Unit, text: &str) -> Result<Constant, String> {
    let (number, written) =
        text.split_once(' ').ok_or_else(|| format!("it is a quantity such as `1 {}`", unit.as_str()))?;
    let number: Number = number.parse().map_err(|error| format!("it is a quantity: {error}"))?;
    let written = Unit::parse(written.trim()).map_err(|error| error.to_string())?;
    let quantity = Quantity::new(number, written).to_unit(unit).map_err(|error| error.to_string())?;
    Ok(Constant::Quantity(quantity.into()))
}

/// Whether `low` is at most `high`; no for what has no order.
fn at_most(low: &Constant, high: &Constant) -> bool {
    let order = match (low, high) {
        (Constant::Number(low), Constant::Number(high)) => Some(low.cmp(high)),
        (Constant::Date(low), Constant::Date(high)) => Some(low.cmp(high)),
        (Constant::Duration(low), Constant::Duration(high)) => low.compare(*high),
        (Constant::Quantity(low), Constant::Quantity(high)) => {
            low.to_unit(high.unit()).ok().map(|low| low.number().cmp(&high.number()))
        }
        (
            Constant::Truth(_)
            | Constant::Number(_)
            | Constant::Quantity(_)
            | Constant::Text(_)
            | Constant::Date(_)
            | Constant::Duration(_)
            | Constant::Period(..)
            | Constant::Code(_)
            | Constant::Choice(_)
            | Constant::Unknown,
            _,
        ) => None,
    };
    order.is_some_and(Ordering::is_le)
}

/// As it would be written to set it so.
fn shown(value: &Constant) -> String {
    match value {
        Constant::Truth(value) => if *value { "yes" } else { "no" }.into(),
        Constant::Number(number) => number.to_string(),
        Constant::Quantity(quantity) => format!("{} {}", quantity.number(), quantity.unit().as_str()),
        Constant::Text(text) | Constant::Choice(text) => text.to_string(),
        Constant::Date(date) => date.to_string(),
        Constant::Duration(duration) => duration.to_string(),
        Constant::Period(from, through) => format!("{from}..{through}"),
        Constant::Code(code) => code.as_str().to_owned(),
        Constant::Unknown => "unknown".into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ir::LayerId;
    use crate::language::Localized;
    use crate::value::{Duration, DurationUnit};

    fn parameter(ty: ScalarType, range: Option<(Constant, Constant)>) -> Parameter {
        let name = "minimum_age".into();
        let (default, set_by, grounds, layer, place) = (None, None, Vec::new(), LayerId(0), None);
        Parameter { name, ty, label: Localized::default(), default, set_by, range, grounds, layer, place }
    }

    #[test]
    fn a_value_is_of_the_type_and_inside_the_range() {
        let years = |count| Constant::Duration(Duration::new(count, DurationUnit::Years));
        let age = parameter(ScalarType::Duration, Some((years(18), years(25))));
        let shown = |text| read(&age, text).map(|(_, shown)| shown);
        assert_eq!(shown(" 21 years "), Ok("21 years".into()));
        assert_eq!(shown("240 months"), Ok("240 months".into()));
        for refused in ["17 years", "26 years", "7000 days", "21", "yes", ""] {
            assert!(shown(refused).is_err(), "{refused}");
        }
        let open = parameter(ScalarType::choice(vec!["clinic".into(), "region".into()]), None);
        assert!(read(&open, "clinic").is_ok() && read(&open, "county").is_err());
    }
}
