//! The rules of an outcome in one form, whatever their kind.

use super::{ItemSide, Trait, TraitValue};
use crate::ground::Ground;
use crate::language::Localized;
use crate::outcome::{Answer, CriterionOutcome, Observed, ObservedKind, OptionName, Outcome, PartyName};
use crate::status::{RuleSort, RuleStatus};
use crate::value::{Date, FactValue, Number, Truth};

/// In the order of output.
pub(super) fn of(outcome: &Outcome) -> Vec<ItemSide> {
    let mut sides = Vec::new();
    for rule in &outcome.eligibility {
        let mut side = ItemSide::of(RuleSort::Eligibility, &rule.id, &rule.label, RuleStatus::Eligibility(rule.status));
        side.add("refer_to", name(rule.refer_to.as_ref().map(|party| (&party.id, &party.label))));
        side.lines = rule.criteria.iter().map(criterion).collect();
        sides.push(side);
    }
    for rule in &outcome.checklists {
        let mut side = ItemSide::of(RuleSort::Checklist, &rule.id, &rule.label, RuleStatus::Checklist(rule.status));
        side.add("text", text(&rule.text));
        side.lines = rule.items.iter().map(criterion).collect();
        sides.push(side);
    }
    for rule in &outcome.tasks {
        let mut side = ItemSide::of(RuleSort::Task, &rule.id, &rule.label, RuleStatus::Task(rule.status));
        if let Some(recipient) = &rule.recipient {
            side.id = format!("{}.{}", side.id, recipient.id);
        }
        side.add("due", day(rule.due));
        side.add("text", text(&rule.text));
        sides.push(side.on(&rule.grounds));
    }
    for rule in &outcome.recommendations {
        let status = RuleStatus::Recommendation(rule.status);
        let mut side = ItemSide::of(RuleSort::Recommendation, &rule.id, &rule.label, status);
        side.add("strength", rule.strength.map_or(TraitValue::Nothing, TraitValue::Strength));
        side.add("priority", number(rule.priority.map(|priority| Number::from(i64::from(priority)))));
        side.add("text", text(&rule.text));
        side.add("by", parties(&rule.by));
        side.observed(&rule.parameters);
        sides.push(side.on(&rule.grounds));
    }
    for rule in &outcome.parallel {
        let mut side = ItemSide::of(RuleSort::Parallel, &rule.id, &rule.label, RuleStatus::Parallel(rule.status));
        side.add("text", text(&rule.text));
        side.lines = rule
            .tracks
            .iter()
            .map(|track| {
                let mut line = ItemSide::new(track.id.clone(), &track.label);
                line.add("status", TraitValue::Word(track.status.name()));
                line.add("due", day(track.due));
                line
            })
            .collect();
        sides.push(side.on(&rule.grounds));
    }
    for rule in &outcome.proposals {
        let mut side = ItemSide::of(RuleSort::Proposal, &rule.id, &rule.label, RuleStatus::Proposal(rule.status));
        side.add("outcomes", options(&rule.outcomes));
        side.add("possible", options(&rule.possible));
        side.add("decided_by", text(&rule.decided_by));
        side.add("text", text(&rule.text));
        sides.push(side.on(&rule.grounds));
    }
    for rule in &outcome.scores {
        let mut side = ItemSide::new(RuleSort::Score.full_name(&rule.id), &rule.label);
        side.add("status", TraitValue::Word(rule.status));
        side.add("low", number(rule.low));
        side.add("high", number(rule.high));
        side.add("band", name(rule.band.as_ref().map(|band| (&band.id, &band.label))));
        side.add("possible", options(&rule.possible));
        side.add("text", text(&rule.text));
        side.lines = rule
            .items
            .iter()
            .map(|item| {
                let mut line = ItemSide::new(item.id.clone(), &item.label);
                line.add("low", number(item.low));
                line.add("high", number(item.high));
                line
            })
            .collect();
        sides.push(side.on(&rule.grounds));
    }
    for rule in &outcome.indicators {
        let mut side = ItemSide::of(RuleSort::Indicator, &rule.id, &rule.label, RuleStatus::Indicator(rule.status));
        side.add("counted", truth(rule.counted));
        side.add("in", truth(rule.is_in));
        sides.push(side.on(&rule.grounds));
    }
    for rule in &outcome.schedules {
        let mut side = ItemSide::of(RuleSort::Schedule, &rule.id, &rule.label, RuleStatus::Schedule(rule.status));
        side.add("standing", rule.standing.map_or(TraitValue::Nothing, TraitValue::Word));
        side.add("phase", name(rule.phase.as_ref().map(|phase| (&phase.id, &phase.label))));
        side.add("next", day(rule.next.first().copied()));
        side.add("text", text(&rule.text));
        side.lines = rule
            .dates
            .iter()
            .map(|date| {
                let mut line = ItemSide::new(date.date.to_string(), &Localized::default());
                line.add("status", TraitValue::Word(date.status));
                line.add("window", known(date.window.map(|(from, through)| FactValue::Period(from, through))));
                line
            })
            .collect();
        sides.push(side.on(&rule.grounds));
    }
    for shown in &outcome.values {
        let mut side = ItemSide::new(format!("define.{}", shown.id), &shown.label);
        side.add("value", TraitValue::Answer(shown.value.clone()));
        sides.push(side);
    }
    sides
}

impl ItemSide {
    fn new(id: String, label: &Localized) -> ItemSide {
        ItemSide { id, label: label.clone(), traits: Vec::new(), grounds: Vec::new(), lines: Vec::new() }
    }

    fn of(sort: RuleSort, name: &str, label: &Localized, status: RuleStatus) -> ItemSide {
        let mut side = ItemSide::new(sort.full_name(name), label);
        side.add("status", TraitValue::Rule(status));
        side
    }

    fn on(self, grounds: &[Ground]) -> ItemSide {
        ItemSide { grounds: grounds.to_vec(), ..self }
    }

    fn add(&mut self, name: &str, value: TraitValue) {
        self.traits.push(Trait { name: name.to_owned(), label: Localized::default(), value, grounds: Vec::new() });
    }

    /// What a line looked at: the same fact can be valid in one guideline and too old in the other.
    fn observed(&mut self, all: &[Observed]) {
        for observed in all {
            let kind = match observed.kind {
                ObservedKind::Fact => "fact",
                ObservedKind::Parameter => "parameter",
            };
            let name = format!("{kind}.{}", observed.id);
            let value = TraitValue::Answer(observed.value.clone());
            let grounds = observed.grounds.clone();
            self.traits.push(Trait { name, label: observed.label.clone(), value, grounds });
        }
    }
}

fn criterion(line: &CriterionOutcome) -> ItemSide {
    let mut side = ItemSide::new(line.id.clone(), &line.label);
    side.add("status", TraitValue::Criterion(line.status));
    side.add("modality", TraitValue::Word(line.modality.name()));
    side.add("exception", name(line.exception.as_ref().map(|exception| (&exception.id, &exception.label))));
    side.observed(&line.facts);
    side.on(&line.grounds)
}

fn name(name: Option<(&String, &Localized)>) -> TraitValue {
    name.map_or(TraitValue::Nothing, |(id, label)| TraitValue::Name(id.clone(), label.clone()))
}

fn names(names: impl Iterator<Item = (String, Localized)>) -> TraitValue {
    let names: Vec<_> = names.collect();
    if names.is_empty() { TraitValue::Nothing } else { TraitValue::Names(names) }
}

fn parties(parties: &[PartyName]) -> TraitValue {
    names(parties.iter().map(|party| (party.id.clone(), party.label.clone())))
}

fn options(options: &[OptionName]) -> TraitValue {
    names(options.iter().map(|option| (option.id.clone(), option.label.clone())))
}

fn text(text: &Localized) -> TraitValue {
    if text.is_empty() { TraitValue::Nothing } else { TraitValue::Text(text.clone()) }
}

fn day(day: Option<Date>) -> TraitValue {
    known(day.map(|day| FactValue::Date(day.into())))
}

fn number(number: Option<Number>) -> TraitValue {
    known(number.map(FactValue::Number))
}

fn known(value: Option<FactValue>) -> TraitValue {
    value.map_or(TraitValue::Nothing, |value| TraitValue::Answer(Answer::Known(value)))
}

fn truth(truth: Truth) -> TraitValue {
    TraitValue::Answer(match truth {
        Truth::True => Answer::Known(FactValue::Truth(true)),
        Truth::False => Answer::Known(FactValue::Truth(false)),
        Truth::Unknown => Answer::Unknown,
    })
}
