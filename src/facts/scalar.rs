//! One value of a text as a fact's type wants it, or what is wrong with it. Messages name types and units, never the value.

use super::mistakes::Wrong;
use super::tree::{Node, Quoting, Tree};
use crate::schema::{FactSchema, ScalarType};
use crate::value::{
    Code, Date, DateError, Duration, FactValue, Number, NumberError, PartialDate, Quantity, QuantityError, System,
    Unit, UnitError,
};

/// The value, `None` when it was not given.
pub(super) fn read(ty: &ScalarType, node: &Node) -> Result<Option<FactValue>, Wrong> {
    if let Tree::Null = node.tree {
        return Ok(None);
    }
    let value = match ty {
        ScalarType::Truth => truth(node).map(FactValue::Truth),
        ScalarType::Number => number(node).map(FactValue::Number),
        ScalarType::Quantity(unit) => quantity(unit, node).map(FactValue::Quantity),
        ScalarType::Text => text(node).map(|text| FactValue::Text(text.into())),
        ScalarType::Date { or_none } => date_or_none(ty, *or_none, node),
        ScalarType::Duration => duration(node).map(FactValue::Duration),
        ScalarType::Period => period(node).map(|(from, through)| FactValue::Period(from, through)),
        ScalarType::Code(system) => code(*system, node).map(FactValue::Code),
        ScalarType::Choice(words) => choice(words, node).map(FactValue::Choice),
        ScalarType::Any => Err(Some(Wrong::new("a value of a kind that is not known", "leave it out"))),
    };
    value.map(Some).map_err(|wrong| wrong.unwrap_or_else(|| mismatch(ty, node)))
}

/// `None`: the kind of value is wrong, and [`mismatch`] says so.
type Read<T> = Result<T, Option<Wrong>>;

fn wrong<T>(message: impl Into<String>, help: impl Into<String>) -> Read<T> {
    Err(Some(Wrong::new(message, help)))
}

/// What is wrong with a number that an item of a score cannot have.
pub(super) fn not_allowed(fact: &FactSchema, value: &FactValue) -> Option<Wrong> {
    let (Some(allowed), FactValue::Number(number)) = (&fact.allowed, value) else { return None };
    if allowed.contains(number) {
        return None;
    }
    Some(Wrong::new(format!("not one of the values that `{}` can have", fact.name), format!("write {allowed}")))
}

/// What a type wants, for "expected …, found …".
pub(super) fn expected(ty: &ScalarType) -> String {
    match ty {
        ScalarType::Truth => "yes or no".to_owned(),
        ScalarType::Number => "a number".to_owned(),
        ScalarType::Quantity(unit) => format!("a quantity in {unit}"),
        ScalarType::Text => "a text".to_owned(),
        ScalarType::Date { or_none: false } => "a date".to_owned(),
        ScalarType::Date { or_none: true } => "a date or `none`".to_owned(),
        ScalarType::Duration => "a duration".to_owned(),
        ScalarType::Period => "a period".to_owned(),
        ScalarType::Code(system) => format!("a code from {}", system.name()),
        ScalarType::Choice(words) => format!("one of {}", words.join(", ")),
        ScalarType::Any => "a value".to_owned(),
    }
}

/// How to write one.
pub(super) fn mend(ty: &ScalarType) -> String {
    match ty {
        ScalarType::Truth => "write `yes` or `no`".to_owned(),
        ScalarType::Number => "write it without quotes, with a point, such as `7.5`".to_owned(),
        ScalarType::Quantity(unit) => {
            format!("write the unit too, such as `7 {unit}` or `{{quantity: 7, unit: \"{unit}\"}}`")
        }
        ScalarType::Text => "write it in quotes".to_owned(),
        ScalarType::Date { or_none: _ } => {
            "write `2004-05-12`, or `2004-05` or `2004` when no more is known".to_owned()
        }
        ScalarType::Duration => "write a whole number and days, weeks, months or years, such as `3 months`".to_owned(),
        ScalarType::Period => "write `{from: 2004-01-01, through: 2004-12-31}`".to_owned(),
        ScalarType::Code(system) => format!("its form is {}", system.form()),
        ScalarType::Choice(words) => format!("write {}", words.join(" or ")),
        ScalarType::Any => "leave it out".to_owned(),
    }
}

fn mismatch(ty: &ScalarType, node: &Node) -> Wrong {
    if let Tree::Text(text, _) = &node.tree
        && matches!(&**text, "unknown" | "okänd" | "okänt" | "vet ej" | "?" | "-" | "n/a" | "N/A" | "")
    {
        return Wrong::new("what is not known is left out", "remove the entry, or write `null`");
    }
    Wrong::new(format!("expected {}, found {}", expected(ty), node.kind()), mend(ty))
}

/// The text, if it is one.
pub(super) fn word(node: &Node) -> Option<&str> {
    match &node.tree {
        Tree::Text(text, _) => Some(text),
        Tree::Null | Tree::Truth(_) | Tree::Number(_) | Tree::List(_) | Tree::Map(_) => None,
    }
}

/// Whether it is the word that says that something is known to be absent.
pub(super) fn is_none(node: &Node) -> bool {
    word(node) == Some("none")
}

fn truth(node: &Node) -> Read<bool> {
    match (&node.tree, word(node)) {
        (Tree::Truth(value), _) => Ok(*value),
        (_, Some("yes")) => Ok(true),
        (_, Some("no")) => Ok(false),
        (_, Some("Yes" | "No" | "YES" | "NO" | "ja" | "nej" | "Ja" | "Nej" | "y" | "n")) => {
            wrong("expected yes or no", "write `yes` or `no`, in small letters")
        }
        (_, Some(_) | None) => Err(None),
    }
}

pub(super) fn number(node: &Node) -> Read<Number> {
    match &node.tree {
        Tree::Number(Ok(number)) => Ok(*number),
        Tree::Number(Err(error)) => Err(Some(bad_number(error))),
        Tree::Text(text, Quoting::Quoted) if text.parse::<Number>().is_ok() => {
            wrong("expected a number, found a text", "leave out the quotes")
        }
        Tree::Text(text, _) if text.contains(',') && text.replacen(',', ".", 1).parse::<Number>().is_ok() => {
            wrong("a number has a point and no comma", "write `7.5`, not `7,5`")
        }
        // YAML takes for a text what it cannot hold as a number.
        Tree::Text(text, Quoting::Plain) => match text.parse::<Number>() {
            Ok(_) => wrong("a number with a spare nought", "write `8`, not `08`"),
            Err(error @ (NumberError::TooManyDigits | NumberError::OutOfRange)) => Err(Some(bad_number(&error))),
            Err(NumberError::NotANumber) => Err(None),
        },
        Tree::Null | Tree::Truth(_) | Tree::Text(..) | Tree::List(_) | Tree::Map(_) => Err(None),
    }
}

fn bad_number(error: &NumberError) -> Wrong {
    match error {
        NumberError::TooManyDigits => Wrong::new(
            "a number of more than 15 digits",
            "round it to what was measured; an identifier is a text in quotes",
        ),
        NumberError::OutOfRange => Wrong::new("outside the range of numbers", "check the number"),
        NumberError::NotANumber => Wrong::new("not a number", "write it with a point, such as `7.5`"),
    }
}

fn quantity(unit: &Unit, node: &Node) -> Read<Quantity> {
    let (number, given) = match &node.tree {
        Tree::Text(text, _) => match text.split_once(' ') {
            Some((number, unit)) => (number.parse::<Number>().map_err(|error| Some(bad_number(&error)))?, unit),
            None if text.parse::<Number>().is_ok() => return without_unit(unit),
            None => return Err(None),
        },
        Tree::Number(Ok(_)) => return without_unit(unit),
        Tree::Number(Err(error)) => return Err(Some(bad_number(error))),
        Tree::Map(entries) => {
            let known = entries.iter().all(|entry| matches!(&*entry.key, "quantity" | "unit"));
            let (Some(amount), Some(given), true) = (node.get("quantity"), node.get("unit"), known) else {
                return Err(None);
            };
            (number(&amount.value)?, word(&given.value).ok_or(None)?)
        }
        Tree::Null | Tree::Truth(_) | Tree::List(_) => return Err(None),
    };
    let given = Unit::parse(given).map_err(|error| Some(bad_unit(&error, Some(unit))))?;
    let quantity = Quantity::new(number, given);
    match check_unit(&quantity, unit) {
        Ok(()) => Ok(quantity),
        Err(wrong) => Err(Some(wrong)),
    }
}

/// Whether a quantity converts to the unit that a fact is declared in.
pub(super) fn check_unit(quantity: &Quantity, unit: &Unit) -> Result<(), Wrong> {
    match quantity.to_unit(unit) {
        Ok(_) => Ok(()),
        Err(QuantityError::Incomparable(..)) => Err(Wrong::new(
            format!("{} cannot be converted to {unit}", quantity.unit()),
            format!("give it in {unit} or a unit that measures the same"),
        )),
        Err(QuantityError::OutOfRange | QuantityError::Form | QuantityError::Number(_) | QuantityError::Unit(_)) => {
            Err(Wrong::new(format!("outside the range of numbers in {unit}"), "check the number and its unit"))
        }
    }
}

fn without_unit<T>(unit: &Unit) -> Read<T> {
    wrong("a quantity without its unit", mend(&ScalarType::Quantity(unit.clone())))
}

/// Says what UCUM writes, and never what stands there: it may be more than a unit.
pub(super) fn bad_unit(error: &UnitError, wanted: Option<&Unit>) -> Wrong {
    let example = wanted.map_or("mmol/L", Unit::as_str);
    let help = match error {
        UnitError::Spelling { ucum, .. } => format!("UCUM writes `{ucum}`"),
        UnitError::Unknown(_) => format!("write a unit of UCUM, such as `{example}`; upper and lower case differ"),
        UnitError::Logarithmic(_) => "logarithmic units are not read".to_owned(),
        UnitError::Calendar(_) => "lengths of time are durations in words, such as `3 months`".to_owned(),
        UnitError::Offset(_) => "a temperature's unit stands alone".to_owned(),
        UnitError::OutOfRange(_) => "it is too large or small a unit".to_owned(),
    };
    Wrong::new("not a unit that is read", help)
}

fn text(node: &Node) -> Read<&str> {
    word(node).ok_or(None)
}

fn date_or_none(ty: &ScalarType, or_none: bool, node: &Node) -> Read<FactValue> {
    match (is_none(node), or_none) {
        (true, true) => Ok(FactValue::None),
        (true, false) => wrong("`none` fits only what is declared `date or none`", "leave it out when it is not known"),
        (false, _) => {
            partial_date(node).map_err(|wrong| Some(wrong.unwrap_or_else(|| mismatch(ty, node)))).map(FactValue::Date)
        }
    }
}

fn partial_date(node: &Node) -> Read<PartialDate> {
    match &node.tree {
        Tree::Text(text, _) => match text.parse::<PartialDate>() {
            Ok(date) => Ok(date),
            Err(DateError::NoSuchDay) => no_such_day(),
            Err(DateError::Form) if has_time(text) => {
                wrong("a date has no time of day", "leave out what follows the day")
            }
            Err(DateError::Form) => Err(None),
        },
        // A bare year. Fewer digits are a mistake, not the Middle Ages.
        Tree::Number(Ok(number)) => match number.to_integer().and_then(|year| i32::try_from(year).ok()) {
            Some(year) if year >= 1000 => match PartialDate::from_parts(year, None, None) {
                Some(date) => Ok(date),
                None if year > 99_999 => wrong("a day is written with hyphens", "write `2004-05-12`"),
                None => no_such_day(),
            },
            Some(_) | None => Err(None),
        },
        Tree::Null | Tree::Truth(_) | Tree::Number(Err(_)) | Tree::List(_) | Tree::Map(_) => Err(None),
    }
}

fn no_such_day<T>() -> Read<T> {
    Err(Some(outside_calendar()))
}

fn outside_calendar() -> Wrong {
    Wrong::new(
        "there is no such day in the calendar",
        "check year (0001 to 9999), month and day; leave out what is not known",
    )
}

/// Whether there can be what a caller made of parts: a month 13 or a length below nought is no more than a text would say.
pub(super) fn check_made(value: &FactValue) -> Result<(), Wrong> {
    let there_is = |date: PartialDate| match date {
        PartialDate::Day(_) => true,
        PartialDate::Month { year, month } => PartialDate::from_parts(year, Some(month), None).is_some(),
        PartialDate::Year(year) => PartialDate::from_parts(year, None, None).is_some(),
    };
    match value {
        FactValue::Date(date) if !there_is(*date) => Err(outside_calendar()),
        FactValue::Duration(duration) if duration.count() < 0 => {
            Err(Wrong::new("a duration is not below nought", mend(&ScalarType::Duration)))
        }
        FactValue::Truth(_)
        | FactValue::Number(_)
        | FactValue::Quantity(_)
        | FactValue::Text(_)
        | FactValue::Date(_)
        | FactValue::Duration(_)
        | FactValue::Period(..)
        | FactValue::Code(_)
        | FactValue::Choice(_)
        | FactValue::None
        | FactValue::Record(_)
        | FactValue::List(_) => Ok(()),
    }
}

fn has_time(text: &str) -> bool {
    text.get(..10).is_some_and(|day| day.parse::<Date>().is_ok())
        && text.get(10..).is_some_and(|rest| rest.starts_with(['T', ' ']))
}

/// A whole date.
pub(super) fn date(node: &Node) -> Result<Date, Wrong> {
    let whole = "write a whole date, such as `2004-05-12`";
    match partial_date(node) {
        Ok(PartialDate::Day(date)) => Ok(date),
        Ok(PartialDate::Month { .. } | PartialDate::Year(_)) | Err(None) => {
            Err(Wrong::new("expected a whole date", whole))
        }
        Err(Some(wrong)) => Err(wrong),
    }
}

fn duration(node: &Node) -> Read<Duration> {
    word(node).and_then(|text| text.parse().ok()).ok_or(None)
}

fn period(node: &Node) -> Read<(Date, Date)> {
    let known =
        node.entries().is_some_and(|entries| entries.iter().all(|entry| matches!(&*entry.key, "from" | "through")));
    let (Some(from), Some(through), true) = (node.get("from"), node.get("through"), known) else { return Err(None) };
    let (from, through) = (date(&from.value).map_err(Some)?, date(&through.value).map_err(Some)?);
    if from > through {
        return wrong("the period ends before it begins", "`from` is the first day and `through` the last");
    }
    Ok((from, through))
}

fn code(system: System, node: &Node) -> Read<Code> {
    let starts_with_digit = "a code that starts with a digit stands in quotes";
    match &node.tree {
        Tree::Text(text, Quoting::Plain) if text.bytes().all(|byte| byte.is_ascii_digit()) => wrong(
            format!("expected a code from {}, found a number", system.name()),
            format!("{starts_with_digit}, such as `\"01\"`"),
        ),
        Tree::Number(_) => wrong(
            format!("expected a code from {}, found a number", system.name()),
            format!("{starts_with_digit}, such as `\"14\"`"),
        ),
        Tree::Text(text, _) => Code::new(system, text).map_err(|error| {
            let mend = match Code::new(system, &text.trim().to_uppercase()) {
                Ok(_) => "codes have capital letters and no blanks".to_owned(),
                Err(_) => mend(&ScalarType::Code(system)),
            };
            let crate::value::CodeError::Form { system, .. } = error;
            Some(Wrong::new(format!("not well formed in {system}"), mend))
        }),
        Tree::Map(entries) => {
            let known = entries.iter().all(|entry| matches!(&*entry.key, "system" | "code"));
            let given = node.get("system").and_then(|entry| word(&entry.value));
            let value = node.get("code").map(|entry| &entry.value).filter(|value| known && value.entries().is_none());
            match (given, value) {
                (Some(given), Some(value)) if given == system.name() => code(system, value),
                (Some(_), Some(_)) => wrong(
                    format!("a code of another system than {}", system.name()),
                    format!("give a code from {}", system.name()),
                ),
                (Some(_) | None, Some(_) | None) => Err(None),
            }
        }
        Tree::Null | Tree::Truth(_) | Tree::List(_) => Err(None),
    }
}

fn choice(words: &[Box<str>], node: &Node) -> Read<Box<str>> {
    words.iter().find(|allowed| word(node) == Some(allowed)).cloned().ok_or(None)
}
