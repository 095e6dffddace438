//! Scores as text.

use super::Printer;
use super::declaration::{CLAUSE, PART, Wrap};
use super::words::is_words;
use crate::syntax::ast::{
    Band, BandReach, ItemPoints, LastStretch, Name, Polarity, Score, ScoreItem, Stretch, StretchKind,
};

impl Printer {
    /// `band of audit is one of risk, dependence`
    pub(super) fn band_test(&mut self, score: &[Name], polarity: Polarity, bands: &[Name]) {
        self.push("band of ");
        self.path(score);
        self.push(is_words(polarity));
        self.push(if bands.len() > 1 { " one of " } else { " " });
        for (band, at) in bands.iter().zip(0..) {
            self.push(if at == 0 { "" } else { ", " });
            self.push(&band.value);
        }
    }

    pub(super) fn score(&mut self, rule: &Score) {
        self.head("score", &rule.head);
        // Below the bands a text would be that of the last of them.
        self.label(CLAUSE, "text", &rule.head.text, Wrap::Lines);
        for item in &rule.items {
            self.item(item);
        }
        if let Some(given) = &rule.given {
            self.clause(CLAUSE, given.span, &format!("given total {}", given.fact.value));
        }
        if let Some(total) = &rule.total {
            self.clause(CLAUSE, total.span, "total ");
            self.value(&total.value);
            if let Some(decimals) = &total.decimals {
                let plural = if decimals.value == 1 { "" } else { "s" };
                self.push(&format!(", round to {} decimal{plural}", decimals.value));
            }
        }
        if let Some(at) = rule.bands_at {
            self.clause(CLAUSE, at, "bands, highest that holds");
        }
        for band in &rule.bands {
            self.band(band);
        }
        self.covers(rule.head.covers.as_ref());
    }

    fn item(&mut self, item: &ScoreItem) {
        self.clause(CLAUSE, item.span, "item ");
        match item.names.as_slice() {
            [first, .., last] => self.push(&format!("{} to {}", first.value, last.value)),
            names => names.iter().for_each(|name| self.push(&name.value)),
        }
        self.push(": ");
        match &item.points {
            ItemPoints::Range(low, high) => self.push(&format!("each {} to {}", low.value, high.value)),
            ItemPoints::Listed(numbers) => {
                self.push("each ");
                for (number, at) in numbers.iter().zip(1..) {
                    let joined = if at == 1 {
                        ""
                    } else if at == numbers.len() {
                        " or "
                    } else {
                        ", "
                    };
                    self.push(&format!("{joined}{}", number.value));
                }
            }
            ItemPoints::Weighted { arms, otherwise } => {
                for ((points, condition), at) in arms.iter().zip(0..) {
                    let joined = if at == 0 { "" } else { ", " };
                    self.stated(&format!("{joined}{} when ", points.value), condition);
                }
                if let Some(points) = otherwise {
                    self.push(&format!(", otherwise {}", points.value));
                }
            }
        }
        self.label(PART, "label", &item.label, Wrap::Lines);
        self.label(PART, "question", &item.question, Wrap::Lines);
    }

    fn band(&mut self, band: &Band) {
        self.clause(PART, band.span, &band.name.value);
        match &band.reach {
            BandReach::Otherwise => self.push(" otherwise"),
            BandReach::Stretches { arms, last } => {
                for ((stretch, condition), at) in arms.iter().zip(0..) {
                    self.push(if at == 0 { " " } else { ", " });
                    self.stretch(stretch);
                    self.stated(" when ", condition);
                }
                match last {
                    Some(LastStretch::Stretch(stretch)) => {
                        self.push(if arms.is_empty() { " " } else { ", otherwise " });
                        self.stretch(stretch);
                    }
                    Some(LastStretch::Undetermined(_)) => self.push(", otherwise undetermined"),
                    None => {}
                }
            }
        }
        self.label(PART + CLAUSE, "label", &band.label, Wrap::Lines);
        self.label(PART + CLAUSE, "text", &band.text, Wrap::Lines);
        self.grounds(PART + CLAUSE, &band.grounds, Wrap::Lines);
    }

    fn stretch(&mut self, stretch: &Stretch) {
        match &stretch.kind {
            StretchKind::From(low) => {
                self.push("from ");
                self.value(low);
            }
            StretchKind::FromTo(low, high) => {
                self.push("from ");
                self.value(low);
                self.push(" to ");
                self.value(high);
            }
            StretchKind::AtMost(end) => {
                self.push("at most ");
                self.value(end);
            }
            StretchKind::MoreThan(end) => {
                self.push("more than ");
                self.value(end);
            }
            StretchKind::LessThan(end) => {
                self.push("less than ");
                self.value(end);
            }
        }
    }
}
