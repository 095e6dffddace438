//! Descriptions of facts as JSON.

use super::Json;
use crate::guideline::{AllowedNumbers, FactDescription, FactKind, FieldDescription, ValueKind};
use crate::value::ListCompleteness;
use serde::ser::{Serialize, Serializer};

impl FactDescription {
    /// On one line; `docs::facts` says what each key means.
    #[must_use]
    pub fn to_json(&self) -> String {
        fact(self).print()
    }
}

/// The tree of [`FactDescription::to_json`], for any format of serde's.
impl Serialize for FactDescription {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        fact(self).serialize(serializer)
    }
}

fn fact(fact: &FactDescription) -> Json {
    let (word, completeness) = match &fact.kind {
        FactKind::Value(_) | FactKind::Record { .. } => (Json::Null, Json::Null),
        FactKind::List { word, completeness, .. } => {
            let completeness = match completeness {
                ListCompleteness::AsDeclared => Json::Null,
                ListCompleteness::Complete => Json::word("complete"),
                ListCompleteness::Open => Json::word("open"),
            };
            (Json::text(word.as_str()), completeness)
        }
    };
    let what = match &fact.kind {
        FactKind::Value(kind) => value(kind),
        FactKind::Record { or_none, .. } => What { or_none: *or_none, ..What::default() },
        FactKind::List { .. } => What::default(),
    };
    let valid_for = fact.valid_for.map(|time| time.to_string());
    Json::object([
        ("name", Json::text(fact.name.as_str())),
        ("role", Json::word(fact.role.name())),
        ("type", Json::word(fact.kind.name())),
        ("or_none", Json::Truth(what.or_none)),
        ("unit", what.unit),
        ("system", what.system),
        ("choices", Json::Array(what.choices)),
        ("label", Json::localized(&fact.label)),
        ("question", Json::localized(&fact.question)),
        ("not_mentioned", fact.not_mentioned.map_or(Json::Null, Json::Truth)),
        ("valid_for", Json::optional_text(valid_for.as_deref())),
        ("word", word),
        ("completeness", completeness),
        ("fields", Json::array(fact.kind.fields(), field)),
        ("read_by", Json::array(&fact.read_by, |rule| Json::text(rule.as_str()))),
        ("allowed", fact.allowed.as_ref().map_or(Json::Null, allowed)),
    ])
}

fn field(field: &FieldDescription) -> Json {
    let what = value(&field.kind);
    Json::object([
        ("name", Json::text(field.name.as_str())),
        ("type", Json::word(field.kind.name())),
        ("or_none", Json::Truth(what.or_none)),
        ("unit", what.unit),
        ("system", what.system),
        ("choices", Json::Array(what.choices)),
        ("label", Json::localized(&field.label)),
        ("question", Json::localized(&field.question)),
        ("not_mentioned", field.not_mentioned.map_or(Json::Null, Json::Truth)),
    ])
}

/// `{"low":0,"high":4}`, `[0,2,4]`
fn allowed(numbers: &AllowedNumbers) -> Json {
    match numbers {
        AllowedNumbers::Whole { low, high } => {
            Json::object([("low", Json::Number((*low).into())), ("high", Json::Number((*high).into()))])
        }
        AllowedNumbers::Listed(numbers) => Json::array(numbers, |number| Json::Number(*number)),
    }
}

/// What only some types have.
struct What {
    or_none: bool,
    unit: Json,
    system: Json,
    choices: Vec<Json>,
}

impl Default for What {
    fn default() -> What {
        What { or_none: false, unit: Json::Null, system: Json::Null, choices: Vec::new() }
    }
}

fn value(kind: &ValueKind) -> What {
    let what = What::default();
    match kind {
        ValueKind::Truth | ValueKind::Number | ValueKind::Text | ValueKind::Duration | ValueKind::Period => what,
        ValueKind::Quantity(unit) => What { unit: Json::text(unit.as_str()), ..what },
        ValueKind::Date { or_none } => What { or_none: *or_none, ..what },
        ValueKind::Code(system) => What { system: Json::word(system.name()), ..what },
        ValueKind::Choice(words) => {
            What { choices: words.iter().map(|word| Json::text(word.as_str())).collect(), ..what }
        }
    }
}
