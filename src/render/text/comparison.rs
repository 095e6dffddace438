//! Two outcomes side by side, as text: what differs in two columns, with the grounds of both below.

use super::Page;
use crate::comparison::{ComparedItem, Comparison, ItemSide, Shared, Trait, TraitValue};
use crate::ground::Ground;
use crate::language::Language;
use crate::render::words;

/// How wide the columns are: what it is, and the first guideline. What is longer stands on lines of its own.
const COLUMNS: (usize, usize) = (44, 34);

impl Comparison {
    /// For people: what differs in two columns, A and B, with the grounds of both; then what only one has, and which facts.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        for (letter, guideline) in ["A", "B"].into_iter().zip(&self.guidelines) {
            let title = page.label(&guideline.title, &guideline.name);
            let version = page.say(words::VERSION);
            let line = format!("{letter}: {title} ({}, {version} {})", guideline.name, guideline.version);
            page.line(0, &line);
        }
        let line = format!("{} {}", page.say(words::AS_OF), self.as_of);
        page.line(0, &line);
        for rule in &self.rules {
            page.out.push('\n');
            page.compared(0, rule);
        }
        if self.is_same() {
            page.out.push('\n');
            page.line(0, words::NOTHING_DIFFERS.get(language));
        }
        for (letter, only) in ["A", "B"].into_iter().zip(&self.only) {
            page.only(0, letter, only);
        }
        page.name_list(words::SAME, &self.same);
        page.shared(words::FACTS_LOOKED_AT, &self.facts);
        page.shared(words::MISSING, &self.missing);
        for (letter, ignored) in ["A", "B"].into_iter().zip(&self.ignored) {
            if !ignored.is_empty() {
                let line = format!("{} {letter}: {}", page.say(words::IGNORED), ignored.join(", "));
                page.out.push('\n');
                page.line(0, &line);
            }
        }
        page.out
    }
}

impl Page {
    fn compared(&mut self, level: usize, item: &ComparedItem) {
        let [a, b] = &item.sides;
        let name = match (a.label.get(self.language), b.label.get(self.language)) {
            (Some(one), Some(other)) if one != other => format!("{one} / {other} [{}]", item.id),
            (Some(one), _) | (None, Some(one)) => format!("{one} [{}]", item.id),
            (None, None) => item.id.clone(),
        };
        self.row(level, &name, "A", "B");
        for one in &a.traits {
            let other = b.traits.iter().find(|other| other.name == one.name);
            // The status is always told, the rest where it differs.
            if let Some(other) = other.filter(|_| one.name == "status" || item.differs.contains(&one.name)) {
                let name = self.trait_name(one);
                let (a, b) = (self.trait_value(&one.value), self.trait_value(&other.value));
                self.row(level + 1, &name, &a, &b);
                self.both_grounds(level + 2, &one.grounds, &other.grounds);
            }
        }
        self.both_grounds(level + 1, &a.grounds, &b.grounds);
        for line in &item.lines {
            self.compared(level + 1, line);
        }
        for (letter, only) in ["A", "B"].into_iter().zip(&item.only) {
            self.only(level + 1, letter, only);
        }
    }

    /// Two columns where both fit, else a line for each.
    fn row(&mut self, level: usize, name: &str, a: &str, b: &str) {
        let indent = 4 * level;
        let (first, second) = COLUMNS;
        let width = |text: &str| text.chars().count();
        if indent + width(name) < first && width(a) < second && width(b) < second {
            let line = format!("{name:<0$}{a:<second$}{b}", first - indent);
            self.line(level, line.trim_end());
        } else if (a, b) == ("A", "B") {
            self.line(level, name);
        } else {
            self.line(level, &format!("{name}:"));
            self.line(level + 1, &format!("A: {a}"));
            self.line(level + 1, &format!("B: {b}"));
        }
    }

    /// Those of both once, then each one's own.
    fn both_grounds(&mut self, level: usize, a: &[Ground], b: &[Ground]) {
        let (both, only_a): (Vec<Ground>, Vec<Ground>) = a.iter().cloned().partition(|ground| b.contains(ground));
        let only_b: Vec<Ground> = b.iter().filter(|ground| !a.contains(ground)).cloned().collect();
        self.grounds(level, &both);
        self.lettered(level, "A", &only_a);
        self.lettered(level, "B", &only_b);
    }

    fn lettered(&mut self, level: usize, letter: &str, grounds: &[Ground]) {
        let start = self.out.len();
        self.grounds(level, grounds);
        let added = self.out.split_off(start);
        for line in added.lines() {
            let line = format!("{letter}: {}", line.trim_start());
            self.line(level, &line);
        }
    }

    fn only(&mut self, level: usize, letter: &str, sides: &[ItemSide]) {
        if sides.is_empty() {
            return;
        }
        if level == 0 {
            self.out.push('\n');
        }
        let line = format!("{} {letter}:", self.say(words::ONLY_IN));
        self.line(level, &line);
        for side in sides {
            let status = side.traits.first().map_or(String::new(), |status| self.trait_value(&status.value));
            let name = side.label.get(self.language).map_or(side.id.clone(), |label| format!("{label} [{}]", side.id));
            let line = format!("{name}: {status}");
            self.line(level + 1, &line);
            self.grounds(level + 2, &side.grounds);
        }
    }

    fn trait_name(&self, one: &Trait) -> String {
        match (words::trait_name(&one.name), one.label.get(self.language)) {
            (_, Some(label)) => label.to_owned(),
            (Some(word), None) => self.say(word).to_owned(),
            (None, None) => one.name.clone(),
        }
    }

    fn trait_value(&self, value: &TraitValue) -> String {
        match value {
            TraitValue::Nothing => "–".to_owned(),
            TraitValue::Rule(status) => self.say(words::rule(*status)).to_owned(),
            TraitValue::Criterion(status) => self.say(words::criterion(*status)).to_owned(),
            TraitValue::Strength(strength) => self.say(words::strength(*strength)).to_owned(),
            TraitValue::Word(word) => words::outcome_word(word).map_or(*word, |words| self.say(words)).to_owned(),
            TraitValue::Name(id, label) => self.label(label, id).to_owned(),
            TraitValue::Names(names) => {
                let names: Vec<&str> = names.iter().map(|(id, label)| self.label(label, id)).collect();
                names.join(", ")
            }
            TraitValue::Answer(answer) => self.answer(answer),
            TraitValue::Text(text) => text.get(self.language).unwrap_or_default().to_owned(),
        }
    }

    fn name_list(&mut self, heading: words::Words, names: &[String]) {
        if !names.is_empty() {
            let line = format!("{}: {}", self.say(heading), names.join(", "));
            self.out.push('\n');
            self.line(0, &line);
        }
    }

    fn shared(&mut self, heading: words::Words, shared: &Shared) {
        let [only_a, only_b] = &shared.only;
        if shared.both.is_empty() && only_a.is_empty() && only_b.is_empty() {
            return;
        }
        let line = format!("{}:", self.say(heading));
        self.out.push('\n');
        self.line(0, &line);
        let in_both = self.say(words::IN_BOTH).to_owned();
        let only = self.say(words::ONLY_IN);
        for (where_, names) in [(in_both, &shared.both), (format!("{only} A"), only_a), (format!("{only} B"), only_b)] {
            if !names.is_empty() {
                self.line(1, &format!("{where_}: {}", names.join(", ")));
            }
        }
    }
}
