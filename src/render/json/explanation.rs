//! Explanations as JSON.

use super::Json;
use super::outcome::{missing, place};
use super::value::{answer, fact_value, grounds};
use crate::explain::{Ask, Change, Explanation, Finding, PossibleAnswer, Reason, Turn};
use crate::outcome::{FilePlace, SettledRule};
use serde::ser::{Serialize, Serializer};

impl Explanation {
    /// `{"rule","status","reason","changes","truncated","missing","ask"}` on one line; `docs::outcome` says what each
    /// key means.
    #[must_use]
    pub fn to_json(&self) -> String {
        explanation(self).print()
    }
}

impl Ask {
    /// `{"kind","fact","question","settles","answers"}` on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        ask(self).print()
    }
}

/// The tree of [`Explanation::to_json`], for any format of serde's.
impl Serialize for Explanation {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        explanation(self).serialize(serializer)
    }
}

/// The tree of [`Ask::to_json`].
impl Serialize for Ask {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        ask(self).serialize(serializer)
    }
}

pub(super) fn explanation(explanation: &Explanation) -> Json {
    Json::object([
        ("rule", Json::text(explanation.rule.as_str())),
        ("status", Json::word(explanation.status.name())),
        ("reason", reason(&explanation.reason)),
        ("changes", Json::array(&explanation.changes, change)),
        ("truncated", Json::Truth(explanation.truncated)),
        ("missing", Json::array(&explanation.missing, missing)),
        ("ask", explanation.ask.as_ref().map_or(Json::Null, ask)),
    ])
}

fn reason(node: &Reason) -> Json {
    Json::object([
        ("text", Json::text(node.text.as_str())),
        ("value", finding(&node.value)),
        ("fact", Json::optional_text(node.fact.as_deref())),
        ("place", optional_place(node.place.as_ref())),
        ("grounds", grounds(&node.grounds)),
        ("because", Json::array(&node.because, reason)),
    ])
}

fn finding(finding: &Finding) -> Json {
    match finding {
        Finding::Rule(status) => Json::word(status.name()),
        Finding::Criterion(status) => Json::word(status.name()),
        Finding::Answer(value) => answer(value),
    }
}

fn optional_place(at: Option<&FilePlace>) -> Json {
    at.map_or(Json::Null, place)
}

fn change(change: &Change) -> Json {
    Json::object([
        ("conditions", Json::array(&change.conditions, turn)),
        ("by_time", Json::optional_text(change.by_time.map(|day| day.to_string()).as_deref())),
    ])
}

fn turn(turn: &Turn) -> Json {
    Json::object([
        ("text", Json::text(turn.text.as_str())),
        ("now", answer(&turn.now)),
        ("needed", answer(&turn.needed)),
        ("fact", Json::optional_text(turn.fact.as_deref())),
        ("place", optional_place(turn.place.as_ref())),
        ("by_time", Json::optional_text(turn.by_time.map(|day| day.to_string()).as_deref())),
    ])
}

fn ask(ask: &Ask) -> Json {
    let Json::Object(mut entries) = missing(&ask.missing) else { return Json::Null };
    entries.push(("answers".into(), Json::array(&ask.answers, possible)));
    Json::Object(entries)
}

fn possible(possible: &PossibleAnswer) -> Json {
    let settles = |settled: &SettledRule| {
        let band = settled.band.as_ref().map(|band| band.id.as_str());
        Json::object([
            ("rule", Json::text(settled.rule.as_str())),
            ("status", Json::word(settled.status.name())),
            ("band", Json::optional_text(band)),
            ("outcomes", Json::array(&settled.outcomes, |option| Json::text(option.id.as_str()))),
        ])
    };
    Json::object([("example", fact_value(&possible.example)), ("settles", Json::array(&possible.settles, settles))])
}
