//! Two outcomes side by side, as JSON.

use super::Json;
use super::value::{answer, grounds};
use crate::comparison::{ComparedItem, Comparison, GuidelineName, ItemSide, Shared, Trait, TraitValue};
use serde::ser::{Serialize, Serializer};

impl Comparison {
    /// The JSON of the runner's `compare`, on one line; `docs::runner` says what each key means.
    #[must_use]
    pub fn to_json(&self) -> String {
        comparison(self).print()
    }
}

/// The tree of [`Comparison::to_json`].
impl Serialize for Comparison {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        comparison(self).serialize(serializer)
    }
}

fn comparison(comparison: &Comparison) -> Json {
    let [a, b] = &comparison.guidelines;
    let [only_a, only_b] = &comparison.only;
    let [ignored_a, ignored_b] = &comparison.ignored;
    Json::object([
        ("format", Json::count(1)),
        ("as_of", Json::text(comparison.as_of.to_string())),
        ("a", guideline(a)),
        ("b", guideline(b)),
        ("rules", Json::array(&comparison.rules, item)),
        ("only_a", Json::array(only_a, named_side)),
        ("only_b", Json::array(only_b, named_side)),
        ("same", texts(&comparison.same)),
        ("facts", shared(&comparison.facts)),
        ("missing", shared(&comparison.missing)),
        ("ignored_a", texts(ignored_a)),
        ("ignored_b", texts(ignored_b)),
    ])
}

fn guideline(guideline: &GuidelineName) -> Json {
    Json::object([
        ("guideline", Json::text(guideline.name.as_str())),
        ("version", Json::text(guideline.version.as_str())),
        ("title", Json::localized(&guideline.title)),
    ])
}

fn item(compared: &ComparedItem) -> Json {
    let [a, b] = &compared.sides;
    let [only_a, only_b] = &compared.only;
    Json::object([
        ("id", Json::text(compared.id.as_str())),
        ("differs", texts(&compared.differs)),
        ("a", side(a)),
        ("b", side(b)),
        ("lines", Json::array(&compared.lines, item)),
        ("only_a", Json::array(only_a, named_side)),
        ("only_b", Json::array(only_b, named_side)),
    ])
}

fn side(side: &ItemSide) -> Json {
    keys(side, Vec::new())
}

fn named_side(side: &ItemSide) -> Json {
    keys(side, vec![("id", Json::text(side.id.as_str()))])
}

fn keys<'s>(side: &'s ItemSide, mut keys: Vec<(&'s str, Json)>) -> Json {
    keys.push(("label", Json::localized(&side.label)));
    keys.extend(side.traits.iter().map(|one| (one.name.as_str(), trait_json(one))));
    keys.push(("grounds", grounds(&side.grounds)));
    Json::map(keys.into_iter())
}

/// Of a parameter its value with its grounds.
fn trait_json(one: &Trait) -> Json {
    if one.name.starts_with("parameter.") {
        Json::object([("value", value(&one.value)), ("grounds", grounds(&one.grounds))])
    } else {
        value(&one.value)
    }
}

fn value(value: &TraitValue) -> Json {
    match value {
        TraitValue::Nothing => Json::Null,
        TraitValue::Rule(status) => Json::word(status.name()),
        TraitValue::Criterion(status) => Json::word(status.name()),
        TraitValue::Strength(strength) => Json::word(strength.name()),
        TraitValue::Word(word) => Json::word(word),
        TraitValue::Name(id, _) => Json::text(id.as_str()),
        TraitValue::Names(names) => Json::array(names, |(id, _)| Json::text(id.as_str())),
        TraitValue::Answer(known) => answer(known),
        TraitValue::Text(text) => Json::localized(text),
    }
}

fn shared(shared: &Shared) -> Json {
    let [only_a, only_b] = &shared.only;
    Json::object([("both", texts(&shared.both)), ("only_a", texts(only_a)), ("only_b", texts(only_b))])
}

fn texts(texts: &[String]) -> Json {
    Json::array(texts, |text| Json::text(text.as_str()))
}
