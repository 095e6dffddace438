//! One Arrow array as values of a type.

use crate::cohort::ColumnValue;
use crate::cohort::columns::wrong;
use crate::error::Error;
use crate::schema::ScalarType;
use crate::value::{Date, FactValue, Number, NumberError, Quantity, Unit};
use arrow_array::cast::AsArray;
use arrow_array::types::{
    Date32Type, Date64Type, Decimal128Type, Float32Type, Float64Type, Int8Type, Int16Type, Int32Type, Int64Type,
    UInt8Type, UInt16Type, UInt32Type, UInt64Type,
};
use arrow_array::{Array, ArrayRef, ArrowPrimitiveType, StructArray};
use arrow_schema::DataType;

/// 1970-01-01, as [`Date::day_number`] counts.
const UNIX_EPOCH: i64 = 719_163;
const MILLISECONDS_A_DAY: i64 = 86_400_000;

/// The values of a column, for a fact or field of a type; what is wrong is at `path`.
pub(super) fn of<'a>(path: &str, ty: &ScalarType, array: &'a ArrayRef) -> Result<Vec<ColumnValue<'a>>, Error> {
    match (ty, array.as_struct_opt()) {
        (ScalarType::Quantity(_), Some(parts)) => quantities(path, parts),
        (ScalarType::Period, Some(parts)) => periods(path, parts),
        (
            ScalarType::Truth
            | ScalarType::Number
            | ScalarType::Quantity(_)
            | ScalarType::Text
            | ScalarType::Date { .. }
            | ScalarType::Duration
            | ScalarType::Period
            | ScalarType::Code(_)
            | ScalarType::Choice(_)
            | ScalarType::Any,
            _,
        ) => plain(path, array),
    }
}

/// Days, of each row.
pub(super) fn days(path: &str, array: &ArrayRef) -> Result<Vec<Option<Date>>, Error> {
    let day = |(value, row): (ColumnValue<'_>, usize)| match value {
        ColumnValue::NotGiven => Ok(None),
        ColumnValue::Day(day) => Ok(Some(day)),
        ColumnValue::Text(text) => {
            let wrong =
                |_| wrong(&at(path, row), "not a day", "write it as `2026-11-22`, or give a column of `Date32`");
            text.parse().map(Some).map_err(wrong)
        }
        ColumnValue::Truth(_) | ColumnValue::Absent | ColumnValue::There | ColumnValue::Value(_) => {
            Err(wrong(path, "not a column of days", "give a column of `Date32` or of text"))
        }
    };
    plain(path, array)?.into_iter().zip(0..).map(day).collect()
}

#[allow(clippy::wildcard_enum_match_arm, reason = "most types of Arrow are no facts")]
fn plain<'a>(path: &str, array: &'a ArrayRef) -> Result<Vec<ColumnValue<'a>>, Error> {
    Ok(match array.data_type() {
        DataType::Null => vec![ColumnValue::NotGiven; array.len()],
        DataType::Boolean => given(array.as_boolean().iter(), ColumnValue::Truth),
        DataType::Utf8 => given(array.as_string::<i32>().iter(), ColumnValue::Text),
        DataType::LargeUtf8 => given(array.as_string::<i64>().iter(), ColumnValue::Text),
        DataType::Utf8View => given(array.as_string_view().iter(), ColumnValue::Text),
        DataType::Dictionary(..) => dictionary(path, array)?,
        DataType::Date32 => dates(path, array.as_primitive::<Date32Type>().iter().map(|day| day.map(i64::from)))?,
        DataType::Date64 => {
            let times = array.as_primitive::<Date64Type>();
            // As in a text: with a time of day it may be another day where the patient is.
            if let Some(row) = times.iter().position(|time| time.is_some_and(|time| time % MILLISECONDS_A_DAY != 0)) {
                return Err(wrong(&at(path, row), "a date has no time of day", "give the day alone, as `Date32`"));
            }
            dates(path, times.iter().map(|time| time.map(|time| time / MILLISECONDS_A_DAY)))?
        }
        DataType::Int8 => integers::<Int8Type>(path, array)?,
        DataType::Int16 => integers::<Int16Type>(path, array)?,
        DataType::Int32 => integers::<Int32Type>(path, array)?,
        DataType::Int64 => integers::<Int64Type>(path, array)?,
        DataType::UInt8 => integers::<UInt8Type>(path, array)?,
        DataType::UInt16 => integers::<UInt16Type>(path, array)?,
        DataType::UInt32 => integers::<UInt32Type>(path, array)?,
        DataType::UInt64 => integers::<UInt64Type>(path, array)?,
        // The decimal that it prints as at its shortest, which is another one than that of the wider number.
        DataType::Float32 => numbers(path, array.as_primitive::<Float32Type>().iter(), |value| {
            if value.is_finite() { format!("{value:e}").parse() } else { Number::from_f64(value.into()) }
        })?,
        DataType::Float64 => numbers(path, array.as_primitive::<Float64Type>().iter(), Number::from_f64)?,
        DataType::Decimal128(..) => {
            let decimals = array.as_primitive::<Decimal128Type>();
            let rows = (0..array.len()).map(|row| array.is_valid(row).then(|| decimals.value_as_string(row)));
            numbers(path, rows, |text| text.parse())?
        }
        other => {
            let message = format!("a column of {other} is read as no fact");
            return Err(wrong(path, &message, "cast it to a truth, a number, `Date32` or a text"));
        }
    })
}

fn given<'a, T>(rows: impl Iterator<Item = Option<T>>, value: impl Fn(T) -> ColumnValue<'a>) -> Vec<ColumnValue<'a>> {
    rows.map(|row| row.map_or(ColumnValue::NotGiven, &value)).collect()
}

fn dictionary<'a>(path: &str, array: &'a ArrayRef) -> Result<Vec<ColumnValue<'a>>, Error> {
    let Some(dictionary) = array.as_any_dictionary_opt() else {
        return Err(wrong(path, "a dictionary of an unknown kind", "cast it to a plain column"));
    };
    let values = plain(path, dictionary.values())?;
    if values.is_empty() {
        return Ok(vec![ColumnValue::NotGiven; array.len()]);
    }
    let keys = dictionary.normalized_keys().into_iter().enumerate();
    let value = |(row, key): (usize, usize)| {
        let value = values.get(key).filter(|_| dictionary.keys().is_valid(row));
        value.cloned().unwrap_or(ColumnValue::NotGiven)
    };
    Ok(keys.map(value).collect())
}

fn dates<'a>(path: &str, days: impl Iterator<Item = Option<i64>>) -> Result<Vec<ColumnValue<'a>>, Error> {
    let day = |(day, row): (Option<i64>, usize)| match day {
        None => Ok(ColumnValue::NotGiven),
        Some(day) => {
            let number = day.checked_add(UNIX_EPOCH).and_then(|number| i32::try_from(number).ok());
            let date = number.and_then(Date::from_day_number);
            date.map(ColumnValue::Day).ok_or_else(|| {
                wrong(&at(path, row), "a day outside the calendar", "give a day from 0001-01-01 through 9999-12-31")
            })
        }
    };
    days.zip(0..).map(day).collect()
}

fn integers<'a, T: ArrowPrimitiveType>(path: &str, array: &ArrayRef) -> Result<Vec<ColumnValue<'a>>, Error>
where
    T::Native: std::fmt::Display,
{
    numbers(path, array.as_primitive::<T>().iter(), |value| value.to_string().parse())
}

fn numbers<'a, T>(
    path: &str,
    rows: impl Iterator<Item = Option<T>>,
    number: impl Fn(T) -> Result<Number, NumberError>,
) -> Result<Vec<ColumnValue<'a>>, Error> {
    let value = |(value, row): (Option<T>, usize)| match value.map(&number) {
        None => Ok(ColumnValue::NotGiven),
        Some(Ok(number)) => Ok(ColumnValue::Value(FactValue::Number(number))),
        Some(Err(error)) => Err(wrong(&at(path, row), &error.to_string(), "round it to what was measured")),
    };
    rows.zip(0..).map(value).collect()
}

/// A struct of `quantity` and `unit`.
fn quantities<'a>(path: &str, parts: &'a StructArray) -> Result<Vec<ColumnValue<'a>>, Error> {
    let [numbers, units] = two(path, parts, ["quantity", "unit"])?;
    let mut known: Option<(&str, Unit)> = None;
    let mut quantity = |number: &ColumnValue<'_>, text: &ColumnValue<'a>, row: usize| {
        let (ColumnValue::Value(FactValue::Number(number)), ColumnValue::Text(text)) = (number, text) else {
            return Err(wrong(&at(path, row), "expected a number and a unit", "give both, or neither of them"));
        };
        let unit = match &known {
            Some((same, unit)) if same == text => unit.clone(),
            Some(_) | None => Unit::parse(text)
                .map_err(|error| wrong(&at(path, row), &error.to_string(), "write the unit in UCUM, as `mmol/L`"))?,
        };
        known = Some((text, unit.clone()));
        Ok(ColumnValue::Value(FactValue::Quantity(Quantity::new(*number, unit))))
    };
    let rows = numbers.iter().zip(&units).zip(0..);
    let rows = rows.map(|((number, unit), row)| match (number, unit) {
        _ if parts.is_null(row) => Ok(ColumnValue::NotGiven),
        (ColumnValue::NotGiven, ColumnValue::NotGiven) => Ok(ColumnValue::NotGiven),
        (number, unit) => quantity(number, unit, row),
    });
    rows.collect()
}

/// A struct of `from` and `through`.
fn periods<'a>(path: &str, parts: &'a StructArray) -> Result<Vec<ColumnValue<'a>>, Error> {
    two(path, parts, ["from", "through"])?;
    let of = |name: &str| parts.column_by_name(name).map_or_else(|| Ok(Vec::new()), |array| days(path, array));
    let rows = of("from")?.into_iter().zip(of("through")?).zip(0..);
    let rows = rows.map(|(ends, row)| match ends {
        _ if parts.is_null(row) => Ok(ColumnValue::NotGiven),
        (None, None) => Ok(ColumnValue::NotGiven),
        (Some(from), Some(through)) => Ok(ColumnValue::Value(FactValue::Period(from, through))),
        (Some(_), None) | (None, Some(_)) => {
            Err(wrong(&at(path, row), "one end of a period is given", "give both, or neither of them"))
        }
    });
    rows.collect()
}

fn two<'a>(path: &str, parts: &'a StructArray, names: [&str; 2]) -> Result<[Vec<ColumnValue<'a>>; 2], Error> {
    let other = parts.column_names().into_iter().any(|name| !names.contains(&name));
    let [Some(first), Some(second)] = names.map(|name| parts.column_by_name(name)).map(|part| part.filter(|_| !other))
    else {
        let [first, second] = names;
        let message = format!("expected a struct of `{first}` and `{second}`");
        return Err(wrong(path, &message, "name the columns of the struct so, and give no others"));
    };
    Ok([plain(path, first)?, plain(path, second)?])
}

fn at(path: &str, row: usize) -> String {
    format!("{path}, {} of the column", row + 1)
}
