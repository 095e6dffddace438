//! Outcomes and explanations as text for people: the decision first.

mod cases;
mod comparison;
mod explanation;
mod outcome;
mod outlook;
mod rules;
mod schedules;
mod score;
mod value;

use super::words::Words;
use crate::language::{Language, Localized};
use std::collections::BTreeSet;

/// Lines of text in one language, indented by level.
struct Page {
    language: Language,
    out: String,
    /// Addresses that stand on it already.
    told: BTreeSet<String>,
    /// The guideline that it is about: what comes from another says so.
    own: String,
}

impl Page {
    fn new(language: Language) -> Page {
        Page { language, out: String::new(), told: BTreeSet::new(), own: String::new() }
    }

    /// ` (from national.laro)`, where a line comes from another guideline.
    fn from(&self, layer: &str) -> String {
        let is_own = layer.is_empty() || self.own.is_empty() || *layer == *self.own;
        if is_own { String::new() } else { format!(" ({} {layer})", self.say(super::words::FROM)) }
    }

    fn say(&self, words: Words) -> &'static str {
        words.get(self.language)
    }

    fn line(&mut self, level: usize, text: &str) {
        self.out.push_str(&"    ".repeat(level));
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A blank line and a heading, where there is something to head.
    fn heading<T>(&mut self, items: &[T], words: Words) {
        if !items.is_empty() {
            let heading = format!("{}:", self.say(words));
            self.out.push('\n');
            self.line(0, &heading);
        }
    }

    /// The label in the page's language, else the name.
    fn label<'a>(&self, label: &'a Localized, name: &'a str) -> &'a str {
        label.get(self.language).unwrap_or(name)
    }
}
