//! Scores as text.

use super::Page;
use super::rules::Calls;
use crate::outcome::{Answer, ScoreOutcome};
use crate::render::words;
use crate::value::{FactValue, Number, Quantity, Unit};

impl Page {
    /// The band or what is left open, the total, what it says to people.
    pub(super) fn score(&mut self, rule: &ScoreOutcome) {
        let answer = match (&rule.band, rule.status) {
            (Some(band), _) => self.label(&band.label, &band.id).to_owned(),
            (None, "not_applicable") => self.say(words::APPLIES_NOT).to_owned(),
            (None, "undetermined") => self.say(words::OPEN).to_owned(),
            (None, _) => self.answer(&total(rule)),
        };
        let from = self.from(&rule.layer);
        let line = format!("{}: {}{from}", self.label(&rule.label, &rule.id), answer.to_uppercase());
        self.out.push('\n');
        self.line(0, &line);
        if rule.status == "not_applicable" {
            return;
        }
        if rule.low.is_some() || rule.high.is_some() {
            let line = format!("{}: {}", self.say(words::TOTAL), self.answer(&total(rule)));
            self.line(1, &line);
        }
        if rule.band.is_none() {
            self.options(words::POSSIBLE, &rule.possible);
        }
        self.says(&rule.text, Calls::Yes);
        self.grounds(1, &rule.grounds);
    }
}

fn total(rule: &ScoreOutcome) -> Answer {
    let value = |number: Number| match rule.unit.as_deref().and_then(|unit| Unit::parse(unit).ok()) {
        Some(unit) => FactValue::Quantity(Quantity::new(number, unit)),
        None => FactValue::Number(number),
    };
    match (rule.low, rule.high) {
        (Some(low), Some(high)) if low == high => Answer::Known(value(low)),
        (None, None) => Answer::Unknown,
        (low, high) => Answer::Between { low: low.map(value), high: high.map(value) },
    }
}
