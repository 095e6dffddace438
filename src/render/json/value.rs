//! Values and grounds as JSON.

use super::Json;
use crate::ground::Ground;
use crate::language::{FreeText, Language};
use crate::outcome::Answer;
use crate::value::{FactValue, ListCompleteness, PartialDate, Record};

/// `true`, `"unknown"`, `7`, `{"quantity":7,"unit":"mmol/L"}`, `{"low":…,"high":…}`.
pub(super) fn answer(answer: &Answer) -> Json {
    match answer {
        Answer::Unknown => Json::word("unknown"),
        Answer::Known(value) => fact_value(value),
        Answer::Between { low, high } => match (low, high) {
            (Some(FactValue::Date(low)), Some(FactValue::Date(high))) => between_days(*low, *high),
            (low, high) => range(end(low.as_ref()), end(high.as_ref())),
        },
    }
}

/// A partial date where one says exactly these days: `"2004-05"`.
fn between_days(low: PartialDate, high: PartialDate) -> Json {
    match PartialDate::from_days(low.first(), high.last()) {
        Some(date) => Json::text(date.to_string()),
        None => range(Json::text(low.first().to_string()), Json::text(high.last().to_string())),
    }
}

fn range(low: Json, high: Json) -> Json {
    Json::object([("low", low), ("high", high)])
}

fn end(value: Option<&FactValue>) -> Json {
    value.map_or(Json::Null, fact_value)
}

/// As it is read: what is written here can be given as a fact.
pub(super) fn fact_value(value: &FactValue) -> Json {
    match value {
        FactValue::Truth(value) => Json::Truth(*value),
        FactValue::Number(number) => Json::Number(*number),
        FactValue::Quantity(quantity) => Json::object([
            ("quantity", Json::Number(quantity.number())),
            ("unit", Json::text(quantity.unit().as_str())),
        ]),
        FactValue::Text(text) | FactValue::Choice(text) => Json::text(&**text),
        FactValue::Date(date) => Json::text(date.to_string()),
        FactValue::Duration(duration) => Json::text(duration.to_string()),
        FactValue::Period(from, through) => Json::text(format!("{from}..{through}")),
        FactValue::Code(code) => {
            Json::object([("system", Json::word(code.system().name())), ("code", Json::text(code.as_str()))])
        }
        FactValue::None => Json::word("none"),
        FactValue::Record(fields) => record(fields),
        FactValue::List(list) => {
            let records = Json::array(&list.records, record);
            match list.completeness {
                ListCompleteness::Open => Json::object([("open", records)]),
                ListCompleteness::AsDeclared | ListCompleteness::Complete => records,
            }
        }
    }
}

fn record(record: &Record) -> Json {
    Json::map(record.fields.iter().map(|(name, value)| (&**name, fact_value(value))))
}

pub(super) fn grounds(grounds: &[Ground]) -> Json {
    Json::array(grounds, ground)
}

fn ground(ground: &Ground) -> Json {
    let (kind, why, by, on) = match ground {
        Ground::Citation(_) => ("citation", None, None, None),
        Ground::Interpretation { why } => ("interpretation", Some(why.get(Language::English)), None, None),
        Ground::Decision { by, on } => ("decision", None, Some(&**by), Some(on.to_string())),
    };
    let by_language = match ground {
        Ground::Interpretation { why: FreeText::Localized(texts) } => Some(texts),
        Ground::Interpretation { why: FreeText::Plain(_) } | Ground::Citation(_) | Ground::Decision { .. } => None,
    };
    let citation = match ground {
        Ground::Citation(citation) => Some(citation),
        Ground::Interpretation { .. } | Ground::Decision { .. } => None,
    };
    Json::object([
        ("type", Json::word(kind)),
        ("why", Json::optional_text(why)),
        ("by", Json::optional_text(by)),
        ("on", Json::optional_text(on.as_deref())),
        ("source", Json::optional_text(citation.map(|citation| &*citation.source))),
        ("kind", citation.map_or(Json::Null, |citation| Json::word(citation.kind.name()))),
        ("title", citation.map_or(Json::Null, |citation| Json::localized(&citation.title))),
        ("locator", Json::optional_text(citation.and_then(|citation| citation.locator.as_deref()))),
        ("reported_by", Json::optional_text(citation.and_then(|citation| citation.reported_by.as_deref()))),
        ("certainty", citation.map_or(Json::Null, |citation| Json::word(citation.certainty.name()))),
        ("url", Json::optional_text(citation.and_then(|citation| citation.url.as_deref()))),
        ("publisher", Json::optional_text(citation.and_then(|citation| citation.publisher.as_deref()))),
        ("why_in", by_language.map_or(Json::Null, Json::localized)),
    ])
}
