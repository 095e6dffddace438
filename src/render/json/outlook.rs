//! What is to come, as JSON.

use super::Json;
use super::outcome::place;
use super::value::answer;
use crate::explain::{Outlook, RuleOutlook, StatusChange, TurnedCondition};
use crate::outcome::OptionName;
use serde::ser::{Serialize, Serializer};

impl Outlook {
    /// The JSON of the runner's `when`, on one line; `docs::runner` says what each key means.
    #[must_use]
    pub fn to_json(&self) -> String {
        outlook(self).print()
    }
}

/// The tree of [`Outlook::to_json`].
impl Serialize for Outlook {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        outlook(self).serialize(serializer)
    }
}

fn outlook(outlook: &Outlook) -> Json {
    Json::object([
        ("format", Json::count(1)),
        ("as_of", Json::text(outlook.as_of.to_string())),
        ("guideline", Json::text(outlook.guideline.as_str())),
        ("version", Json::text(outlook.version.as_str())),
        ("searched_through", Json::text(outlook.searched_through.to_string())),
        ("ended", Json::word(outlook.ended.name())),
        ("rules", Json::array(&outlook.rules, rule)),
    ])
}

fn rule(rule: &RuleOutlook) -> Json {
    Json::object([
        ("rule", Json::text(rule.rule.as_str())),
        ("label", Json::localized(&rule.label)),
        ("status", Json::word(rule.status.name())),
        ("next", rule.next.as_ref().map_or(Json::Null, change)),
        ("band", band(rule.band.as_ref())),
        ("outcomes", outcomes(&rule.outcomes)),
    ])
}

fn change(change: &StatusChange) -> Json {
    let version = Some(change.version.as_str()).filter(|version| !version.is_empty());
    Json::object([
        ("on", Json::text(change.on.to_string())),
        ("status", change.status.map_or(Json::Null, |status| Json::word(status.name()))),
        ("version", Json::optional_text(version)),
        ("because", Json::array(&change.because, turned)),
        ("band", band(change.band.as_ref())),
        ("outcomes", outcomes(&change.outcomes)),
    ])
}

fn band(band: Option<&OptionName>) -> Json {
    Json::optional_text(band.map(|band| band.id.as_str()))
}

fn outcomes(options: &[OptionName]) -> Json {
    Json::array(options, |option| Json::text(option.id.as_str()))
}

fn turned(turned: &TurnedCondition) -> Json {
    Json::object([
        ("text", Json::text(turned.text.as_str())),
        ("was", answer(&turned.was)),
        ("becomes", answer(&turned.becomes)),
        ("fact", Json::optional_text(turned.fact.as_deref())),
        ("place", turned.place.as_ref().map_or(Json::Null, place)),
    ])
}
