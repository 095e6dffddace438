//! Outcomes of rules that are neither eligibilities nor recommendations as JSON (`docs::outcome`).

use super::Json;
use super::outcome::criterion;
use super::value::grounds;
use crate::outcome::{
    ChecklistOutcome, IndicatorOutcome, OptionName, ParallelOutcome, ProposalOutcome, ScheduleOutcome, ScheduledDate,
    ScoreOutcome, ScoredItem, TaskOutcome, TrackOutcome,
};
use crate::value::{Date, Number, Truth};

pub(super) fn checklist(rule: &ChecklistOutcome) -> Json {
    Json::object([
        ("id", Json::text(rule.id.as_str())),
        ("label", Json::localized(&rule.label)),
        ("status", Json::word(rule.status.name())),
        ("items", Json::array(&rule.items, criterion)),
        ("text", Json::localized(&rule.text)),
        ("layer", Json::text(rule.layer.as_str())),
    ])
}

pub(super) fn task(rule: &TaskOutcome) -> Json {
    Json::object([
        ("id", Json::text(rule.id.as_str())),
        ("for", Json::optional_text(rule.recipient.as_ref().map(|party| party.id.as_str()))),
        ("status", Json::word(rule.status.name())),
        ("due", day(rule.due)),
        ("grounds", grounds(&rule.grounds)),
        ("label", Json::localized(&rule.label)),
        ("text", Json::localized(&rule.text)),
        ("layer", Json::text(rule.layer.as_str())),
    ])
}

pub(super) fn parallel(rule: &ParallelOutcome) -> Json {
    Json::object([
        ("id", Json::text(rule.id.as_str())),
        ("status", Json::word(rule.status.name())),
        ("tracks", Json::array(&rule.tracks, track)),
        ("grounds", grounds(&rule.grounds)),
        ("label", Json::localized(&rule.label)),
        ("text", Json::localized(&rule.text)),
        ("layer", Json::text(rule.layer.as_str())),
    ])
}

fn track(track: &TrackOutcome) -> Json {
    Json::object([
        ("id", Json::text(track.id.as_str())),
        ("status", Json::word(track.status.name())),
        ("due", day(track.due)),
        ("label", Json::localized(&track.label)),
    ])
}

pub(super) fn proposal(rule: &ProposalOutcome) -> Json {
    Json::object([
        ("id", Json::text(rule.id.as_str())),
        ("status", Json::word(rule.status.name())),
        ("outcomes", Json::array(&rule.outcomes, option)),
        ("possible", Json::array(&rule.possible, option)),
        ("grounds", grounds(&rule.grounds)),
        ("label", Json::localized(&rule.label)),
        ("decided_by", Json::localized(&rule.decided_by)),
        ("text", Json::localized(&rule.text)),
        ("layer", Json::text(rule.layer.as_str())),
    ])
}

fn option(option: &OptionName) -> Json {
    Json::text(option.id.as_str())
}

pub(super) fn score(rule: &ScoreOutcome) -> Json {
    Json::object([
        ("id", Json::text(rule.id.as_str())),
        ("low", number(rule.low)),
        ("high", number(rule.high)),
        ("band", Json::optional_text(rule.band.as_ref().map(|band| band.id.as_str()))),
        ("possible", Json::array(&rule.possible, option)),
        ("text", Json::localized(&rule.text)),
        ("grounds", grounds(&rule.grounds)),
        ("status", Json::word(rule.status)),
        ("label", Json::localized(&rule.label)),
        ("unit", Json::optional_text(rule.unit.as_deref())),
        ("items", Json::array(&rule.items, scored)),
        ("layer", Json::text(rule.layer.as_str())),
    ])
}

fn scored(item: &ScoredItem) -> Json {
    Json::object([
        ("id", Json::text(item.id.as_str())),
        ("label", Json::localized(&item.label)),
        ("low", number(item.low)),
        ("high", number(item.high)),
    ])
}

pub(super) fn indicator(rule: &IndicatorOutcome) -> Json {
    Json::object([
        ("id", Json::text(rule.id.as_str())),
        ("counted", truth(rule.counted)),
        ("in", Json::word(word(rule.is_in))),
        ("grounds", grounds(&rule.grounds)),
        ("status", Json::word(rule.status.name())),
        ("label", Json::localized(&rule.label)),
        ("layer", Json::text(rule.layer.as_str())),
    ])
}

pub(super) fn schedule(rule: &ScheduleOutcome) -> Json {
    Json::object([
        ("id", Json::text(rule.id.as_str())),
        ("status", Json::word(rule.status.name())),
        ("standing", rule.standing.map_or(Json::Null, Json::word)),
        ("phase", Json::optional_text(rule.phase.as_ref().map(|phase| phase.id.as_str()))),
        ("next", Json::array(&rule.next, |date| day(Some(*date)))),
        ("dates", Json::array(&rule.dates, scheduled_date)),
        ("grounds", grounds(&rule.grounds)),
        ("label", Json::localized(&rule.label)),
        ("text", Json::localized(&rule.text)),
        ("layer", Json::text(rule.layer.as_str())),
    ])
}

pub(super) fn scheduled_date(date: &ScheduledDate) -> Json {
    Json::object([
        ("date", day(Some(date.date))),
        ("status", Json::word(date.status)),
        ("phase", Json::optional_text(date.phase.as_deref())),
        ("window", date.window.map_or(Json::Null, span)),
        ("drawn", Json::Truth(date.drawn)),
    ])
}

/// `{"from":…,"through":…}`
pub(super) fn span((from, through): (Date, Date)) -> Json {
    Json::object([("from", day(Some(from))), ("through", day(Some(through)))])
}

pub(super) fn day(date: Option<Date>) -> Json {
    date.map_or(Json::Null, |date| Json::text(date.to_string()))
}

fn number(number: Option<Number>) -> Json {
    number.map_or(Json::Null, Json::Number)
}

/// `true`, `false`, or `"unknown"`.
fn truth(truth: Truth) -> Json {
    match truth {
        Truth::True => Json::Truth(true),
        Truth::False => Json::Truth(false),
        Truth::Unknown => Json::word("unknown"),
    }
}

fn word(truth: Truth) -> &'static str {
    match truth {
        Truth::True => "true",
        Truth::False => "false",
        Truth::Unknown => "unknown",
    }
}
