//! Outcomes and explanations as text for people: the decision first.

mod cases;
mod comparison;
mod explanation;
mod outcome;
mod outlook;
mod rules;
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
}

impl Page {
    fn new(language: Language) -> Page {
        Page { language, out: String::new(), told: BTreeSet::new() }
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
