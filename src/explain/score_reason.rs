//! Why a score is what it is: its items with their points, the total, the bands that hold or may.

use super::reason::Walk;
use super::view::{About, Found, Node, Words};
use crate::language::Localized;
use crate::program::{Condition, RuleProgram, Score, ScoreItem, Type};
use crate::schema::ScalarType;
use crate::value::Truth;
use std::borrow::Cow;

impl<'a> Walk<'a> {
    pub(super) fn score(&mut self, rule: &'a RuleProgram, score: &'a Score) {
        // That it applies goes without saying.
        if let Some(when) = score.common.when.filter(|when| self.lit(when) != Truth::True) {
            self.reading(when.reading);
        }
        let label = Localized { sv: Some("Summa".into()), en: Some("Total".into()) };
        let total = self.why.open(Node {
            label: Cow::Owned(label),
            place: self.situation.spot(rule.place),
            ..Node::new(Words::Lent("total"), self.value(&score.ty, score.total))
        });
        for item in &score.items {
            self.item(item);
        }
        if score.items.is_empty() {
            // What the total itself looks at comes last, after what the condition on it does.
            let first = self.why.next();
            self.below(score.settled.reading);
            self.why.keep_below_last(first);
        }
        self.why.close(total);
        let possible = score.possible(|lit| self.cells.lit(self.situation.program(), lit));
        let several = possible.len() > 1;
        for place in possible {
            let Some(band) = score.bands.get(place) else { continue };
            // One that holds counts only if none above it may.
            let found = Found::Truth(if several { Truth::Unknown } else { self.lit(&band.condition) });
            let open = self.why.open(Node {
                label: Cow::Borrowed(&band.label),
                place: self.situation.spot(band.place),
                grounds: &band.grounds,
                ..Node::new(Words::Lent(&band.name), found)
            });
            // The conditions that choose between the ends of a band, as far as they were asked.
            self.until_one_holds(&band.choices);
            self.why.close(open);
        }
    }

    fn until_one_holds(&mut self, conditions: &[Condition]) {
        for condition in conditions {
            self.reading(condition.reading);
            if self.lit(condition) == Truth::True {
                break;
            }
        }
    }

    fn item(&mut self, item: &'a ScoreItem) {
        let name = Words::Lent(&item.name);
        let open = self.why.open(Node {
            label: Cow::Borrowed(&item.label),
            place: self.situation.spot(item.place),
            ..Node::new(name, self.value(&Type::Scalar(ScalarType::Number), item.points))
        });
        self.until_one_holds(&item.conditions);
        self.why.close_about(open, About { fact: item.is_fact.then_some(name), label: None });
    }
}
