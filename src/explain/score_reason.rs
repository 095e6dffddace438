//! Why a score is what it is: its items with their points, the total, the bands that hold or may.

use super::reason::{Walk, answer};
use super::{Finding, Reason};
use crate::language::Localized;
use crate::program::{RuleProgram, Score, ValueId};
use crate::value::Truth;

impl Walk<'_> {
    pub(super) fn score(&mut self, rule: &RuleProgram, score: &Score) -> Vec<Reason> {
        let mut because = Vec::new();
        // That it applies goes without saying.
        if let Some(when) = score.common.when.filter(|when| self.lit(when) != Truth::True) {
            because.push(self.reading(when.reading));
        }
        let place = self.situation.place(rule.place);
        let mut items: Vec<Reason> = score.items.iter().map(|item| self.item(item)).collect();
        if score.items.is_empty() {
            // What the total itself looks at comes last, after what the condition on it does.
            items = self.reading(score.settled.reading).because.pop().map_or_else(Vec::new, |total| total.because);
        }
        let label = Localized { sv: Some("Summa".into()), en: Some("Total".into()) };
        because.push(Reason {
            text: "total".to_owned(),
            label,
            value: self.number(score, score.total),
            fact: None,
            place: Some(place),
            grounds: Vec::new(),
            because: items,
        });
        let possible = score.possible(|lit| self.cells.lit(self.situation.program(), lit));
        let several = possible.len() > 1;
        for place in possible {
            let Some(band) = score.bands.get(place) else { continue };
            because.push(Reason {
                text: band.name.to_string(),
                label: band.label.clone(),
                // One that holds counts only if none above it may.
                value: Finding::Answer(answer(if several { Truth::Unknown } else { self.lit(&band.condition) })),
                fact: None,
                place: Some(self.situation.place(band.place)),
                grounds: band.grounds.clone(),
                because: self.chosen(band),
            });
        }
        because
    }

    /// The conditions that choose between the ends of a band, as far as they were asked.
    fn chosen(&mut self, band: &crate::program::Band) -> Vec<Reason> {
        let mut because = Vec::new();
        for choice in &band.choices {
            because.push(self.reading(choice.reading));
            if self.lit(choice) == Truth::True {
                break;
            }
        }
        because
    }

    fn item(&mut self, item: &crate::program::ScoreItem) -> Reason {
        let mut because = Vec::new();
        for condition in &item.conditions {
            because.push(self.reading(condition.reading));
            if self.lit(condition) == Truth::True {
                break;
            }
        }
        let number = crate::program::Type::Scalar(crate::schema::ScalarType::Number);
        let value = self.cells.value(item.points);
        let value = crate::outcome::answer(self.situation.program(), self.situation.bound, &number, value);
        Reason {
            text: item.name.to_string(),
            label: item.label.clone(),
            value: Finding::Answer(value),
            fact: item.is_fact.then(|| item.name.to_string()),
            place: Some(self.situation.place(item.place)),
            grounds: Vec::new(),
            because,
        }
    }

    fn number(&self, score: &Score, value: ValueId) -> Finding {
        let value = self.cells.value(value);
        Finding::Answer(crate::outcome::answer(self.situation.program(), self.situation.bound, &score.ty, value))
    }
}
