//! An explanation as text: the answer, why, what would change it, what to ask.

use super::Page;
use crate::explain::{Ask, Change, Explanation, Finding, Reason, Turn};
use crate::language::Language;
use crate::render::words;
use crate::value::FactValue;

impl Explanation {
    /// For people: the answer first, then the conditions that decided it, each as written with what it came to.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let status = page.say(words::rule(self.status)).to_uppercase();
        let line = format!("{}: {status}", page.label(&self.label, &self.rule));
        page.line(0, &line);
        page.heading(&self.reason.because, words::BECAUSE);
        for reason in &self.reason.because {
            page.reason(1, reason);
        }
        page.heading(&self.changes, words::CHANGES);
        for (number, change) in (1..).zip(&self.changes) {
            page.change(number, change);
        }
        if self.truncated && !self.changes.is_empty() {
            page.line(1, words::MORE_CHANGES.get(language));
        }
        page.heading(&self.missing, words::MISSING);
        for missing in &self.missing {
            let line = page.question(missing);
            page.line(1, &line);
        }
        if self.truncated && !self.missing.is_empty() {
            page.line(1, words::PERHAPS_FEWER.get(language));
        }
        if let Some(ask) = &self.ask {
            page.ask(ask);
        }
        page.out
    }
}

impl Ask {
    /// The question, and what its answers would settle.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        page.ask(self);
        page.out.trim_start().to_owned()
    }
}

impl Page {
    fn reason(&mut self, level: usize, reason: &Reason) {
        self.heading_of(level, reason);
        self.grounds(level + 1, &reason.grounds);
        for part in &reason.because {
            // What decided another rule is told where that rule is explained; here it is enough how its lines came out.
            match &reason.value {
                Finding::Rule(_) => self.heading_of(level + 1, part),
                Finding::Criterion(_) | Finding::Answer(_) => self.reason(level + 1, part),
            }
        }
    }

    fn heading_of(&mut self, level: usize, reason: &Reason) {
        let label = reason.label.get(self.language);
        let name = match label {
            Some(label) if label != reason.text => format!("{label} [{}]", reason.text),
            Some(_) | None => reason.text.clone(),
        };
        let place = match (level, &reason.place) {
            (1, Some(place)) => format!(" ({})", self.place(place)),
            (_, Some(_) | None) => String::new(),
        };
        let line = format!("{name}: {}{place}", self.finding(&reason.value));
        self.line(level, &line);
    }

    fn finding(&self, finding: &Finding) -> String {
        match finding {
            Finding::Rule(status) => self.say(words::rule(*status)).to_owned(),
            Finding::Criterion(status) => self.say(words::criterion(*status)).to_owned(),
            Finding::Answer(answer) => self.answer(answer),
        }
    }

    fn change(&mut self, number: u32, change: &Change) {
        let by_time = self.by_time(change.by_time);
        let line = format!("{number}.{by_time}");
        self.line(1, &line);
        for turn in &change.conditions {
            self.turn(turn);
        }
    }

    fn turn(&mut self, turn: &Turn) {
        let fact = match (&turn.fact, turn.label.get(self.language)) {
            (_, Some(label)) => format!("{label} "),
            (Some(fact), None) => format!("{fact} "),
            (None, None) => String::new(),
        };
        let line = format!(
            "{fact}[{}]: {} {}, {} {}{}",
            turn.text,
            self.say(words::CHANGE_NOW),
            self.answer(&turn.now),
            self.say(words::CHANGE_NEEDED),
            self.answer(&turn.needed),
            self.by_time(turn.by_time)
        );
        self.line(2, &line);
    }

    fn by_time(&self, day: Option<crate::value::Date>) -> String {
        day.map_or(String::new(), |day| format!(" ({} {day})", self.say(words::BY_TIME)))
    }

    fn ask(&mut self, ask: &Ask) {
        let line = format!("{}: {}", self.say(words::ASK), self.question(&ask.missing));
        self.out.push('\n');
        self.line(0, &line);
        for possible in &ask.answers {
            let settled: Vec<String> = possible
                .settles
                .iter()
                .map(|settled| {
                    let rule = self.label(&settled.label, &settled.rule);
                    let status = self.status_with(settled.status, settled.band.as_ref(), &settled.outcomes);
                    format!("{rule} – {status}")
                })
                .collect();
            let settled =
                if settled.is_empty() { self.say(words::SETTLES_NOTHING).to_owned() } else { settled.join(", ") };
            let stands_for_itself = matches!(possible.example, FactValue::Truth(_) | FactValue::Choice(_));
            let lead = self.say(if stands_for_itself { words::IF } else { words::IF_FOR_EXAMPLE });
            let line = format!("{lead} {}: {settled}", self.value(&possible.example));
            self.line(1, &line);
        }
    }
}
