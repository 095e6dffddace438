//! Outcomes and diagnostics as JSON.

use super::value::{answer, grounds};
use super::{Json, rules};
use crate::diagnostic::Diagnostic;
use crate::outcome::{
    Answer, BrokenAssumption, Conflict, CriterionOutcome, EligibilityOutcome, Fault, FilePlace, Identity, Missing,
    Observed, Outcome, OutdatedFact, PartyName, RecommendationOutcome, ShownValue,
};
use serde::ser::{Serialize, Serializer};
use std::collections::BTreeMap;

impl Outcome {
    /// The runner's JSON on one line: every key always there, in one order; equal outcomes give equal bytes.
    /// `docs::outcome` says what each key means.
    #[must_use]
    pub fn to_json(&self) -> String {
        outcome(self).print()
    }

    /// Several outcomes of one date as one document, `{"format":1,"as_of":…,"verified":…,"outcomes":[…]}`: verified when
    /// all are. The date is `null` when there is no outcome.
    #[must_use]
    pub fn several_to_json(outcomes: &[Outcome]) -> String {
        let as_of = outcomes.first().map(|outcome| outcome.as_of.to_string());
        Json::object([
            ("format", Json::count(1)),
            ("as_of", Json::optional_text(as_of.as_deref())),
            ("verified", Json::Truth(outcomes.iter().all(|outcome| outcome.verified))),
            ("outcomes", Json::array(outcomes, outcome)),
        ])
        .print()
    }
}

impl Answer {
    /// `true`, `"unknown"`, `7`, `{"quantity":7,"unit":"mmol/L"}`, `"2004-05"`, `{"low":1,"high":null}`, `"none"`.
    #[must_use]
    pub fn to_json(&self) -> String {
        answer(self).print()
    }
}

impl Diagnostic {
    /// `{"code","severity","file","line","column","message","help"}` on one line.
    #[must_use]
    pub fn to_json(&self) -> String {
        diagnostic(self).print()
    }
}

/// The tree of [`Outcome::to_json`], for any format of serde's.
impl Serialize for Outcome {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        outcome(self).serialize(serializer)
    }
}

/// The tree of [`Answer::to_json`].
impl Serialize for Answer {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        answer(self).serialize(serializer)
    }
}

/// The tree of [`Diagnostic::to_json`].
impl Serialize for Diagnostic {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        diagnostic(self).serialize(serializer)
    }
}

fn diagnostic(diagnostic: &Diagnostic) -> Json {
    let location = diagnostic.location();
    Json::object([
        ("code", Json::word(diagnostic.code())),
        ("severity", Json::word(diagnostic.severity().name())),
        ("file", Json::text(location.file.as_str())),
        ("line", Json::count(location.line)),
        ("column", Json::count(location.column)),
        ("message", Json::text(diagnostic.message())),
        ("help", Json::optional_text(diagnostic.help_text())),
    ])
}

fn outcome(outcome: &Outcome) -> Json {
    Json::object(entries(outcome))
}

pub(super) fn entries(outcome: &Outcome) -> [(&'static str, Json); 19] {
    [
        ("format", Json::count(1)),
        ("verified", Json::Truth(outcome.verified)),
        ("as_of", Json::text(outcome.as_of.to_string())),
        ("identity", identity(&outcome.identity)),
        ("eligibility", Json::array(&outcome.eligibility, eligibility)),
        ("checklists", Json::array(&outcome.checklists, rules::checklist)),
        ("tasks", Json::array(&outcome.tasks, rules::task)),
        ("recommendations", Json::array(&outcome.recommendations, recommendation)),
        ("parallel", Json::array(&outcome.parallel, rules::parallel)),
        ("proposals", Json::array(&outcome.proposals, rules::proposal)),
        ("scores", Json::array(&outcome.scores, rules::score)),
        ("values", Json::array(&outcome.values, shown)),
        ("indicators", Json::array(&outcome.indicators, rules::indicator)),
        ("schedules", Json::array(&outcome.schedules, rules::schedule)),
        ("conflicts", Json::array(&outcome.conflicts, conflict)),
        ("broken", Json::array(&outcome.broken, broken)),
        ("faults", Json::array(&outcome.faults, fault)),
        ("missing", Json::array(&outcome.missing, missing)),
        ("outdated", Json::array(&outcome.outdated, outdated)),
    ]
}

fn identity(identity: &Identity) -> Json {
    let texts = |texts: &BTreeMap<String, String>| {
        Json::map(texts.iter().map(|(name, text)| (name.as_str(), Json::text(text.as_str()))))
    };
    Json::object([
        ("guideline", Json::text(identity.guideline.as_str())),
        ("version", Json::text(identity.version.as_str())),
        ("status", Json::text(identity.status.as_str())),
        ("language", Json::count(identity.language)),
        ("engine", Json::text(identity.engine.as_str())),
        ("files", texts(&identity.files)),
        ("parameters", texts(&identity.parameters)),
        ("code_lists", texts(&identity.code_lists)),
    ])
}

fn eligibility(rule: &EligibilityOutcome) -> Json {
    Json::object([
        ("id", Json::text(rule.id.as_str())),
        ("label", Json::localized(&rule.label)),
        ("status", Json::word(rule.status.name())),
        ("refer_to", Json::optional_text(rule.refer_to.as_ref().map(|party| party.id.as_str()))),
        ("criteria", Json::array(&rule.criteria, criterion)),
    ])
}

pub(super) fn criterion(criterion: &CriterionOutcome) -> Json {
    Json::object([
        ("id", Json::text(criterion.id.as_str())),
        ("modality", Json::word(criterion.modality.name())),
        ("status", Json::word(criterion.status.name())),
        ("layer", Json::text(criterion.layer.as_str())),
        ("grounds", grounds(&criterion.grounds)),
        ("label", Json::localized(&criterion.label)),
        ("exception", Json::optional_text(criterion.exception.as_ref().map(|exception| exception.id.as_str()))),
        ("facts", Json::array(&criterion.facts, observed)),
    ])
}

fn observed(observed: &Observed) -> Json {
    Json::object([
        ("id", Json::text(observed.id.as_str())),
        ("value", answer(&observed.value)),
        ("grounds", grounds(&observed.grounds)),
        ("layer", Json::optional_text(observed.layer.as_deref())),
    ])
}

pub(super) fn recommendation(rule: &RecommendationOutcome) -> Json {
    Json::object([
        ("id", Json::text(rule.id.as_str())),
        ("status", Json::word(rule.status.name())),
        ("strength", rule.strength.map_or(Json::Null, |strength| Json::word(strength.name()))),
        ("priority", rule.priority.map_or(Json::Null, Json::count)),
        ("text", Json::localized(&rule.text)),
        ("grounds", grounds(&rule.grounds)),
        ("label", Json::localized(&rule.label)),
        ("by", Json::array(&rule.by, party)),
        ("layer", Json::text(rule.layer.as_str())),
        ("parameters", Json::array(&rule.parameters, observed)),
    ])
}

fn party(party: &PartyName) -> Json {
    Json::text(party.id.as_str())
}

fn shown(shown: &ShownValue) -> Json {
    Json::object([
        ("id", Json::text(shown.id.as_str())),
        ("value", answer(&shown.value)),
        ("label", Json::localized(&shown.label)),
    ])
}

fn conflict(conflict: &Conflict) -> Json {
    Json::object([("rules", Json::array(&conflict.rules, |rule| Json::text(rule.as_str())))])
}

fn broken(broken: &BrokenAssumption) -> Json {
    Json::object([
        ("text", Json::text(broken.text.as_str())),
        ("place", place(&broken.place)),
        ("grounds", grounds(&broken.grounds)),
    ])
}

pub(super) fn fault(fault: &Fault) -> Json {
    Json::object([
        ("rule", Json::text(fault.rule.as_str())),
        ("why", Json::text(fault.why.as_str())),
        ("place", place(&fault.place)),
    ])
}

pub(super) fn place(place: &FilePlace) -> Json {
    Json::object([("file", Json::text(place.file.as_str())), ("line", Json::count(place.line))])
}

fn outdated(outdated: &OutdatedFact) -> Json {
    Json::object([
        ("fact", Json::text(outdated.fact.as_str())),
        ("recorded", Json::text(outdated.recorded.to_string())),
        ("valid_for", Json::text(outdated.valid_for.to_string())),
    ])
}

pub(super) fn missing(missing: &Missing) -> Json {
    Json::object([
        ("kind", Json::word(missing.kind.name())),
        ("fact", Json::text(missing.fact.as_str())),
        ("question", Json::localized(&missing.question)),
        ("settles", Json::array(&missing.settles, |rule| Json::text(rule.as_str()))),
    ])
}
