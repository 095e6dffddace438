//! Values and grounds in words.

use super::Page;
use crate::ground::{Citation, Ground};
use crate::language::{Language, Localized};
use crate::outcome::{Answer, Fault, FilePlace, Observed};
use crate::render::words::{self, Words};
use crate::value::{Date, FactValue, List, ListCompleteness, Number, PartialDate, Record};

/// How many records of a list are told.
const RECORDS: usize = 5;

impl Page {
    pub(super) fn answer(&self, answer: &Answer) -> String {
        match answer {
            Answer::Unknown => self.say(words::UNKNOWN).to_owned(),
            Answer::Known(value) => self.value(value),
            Answer::Between { low, high } => match (low, high) {
                (Some(FactValue::Date(low)), Some(FactValue::Date(high))) => self.days(low.first(), high.last()),
                (Some(low), Some(high)) => {
                    format!(
                        "{} {} {} {}",
                        self.say(words::FROM),
                        self.value(low),
                        self.say(words::THROUGH),
                        self.value(high)
                    )
                }
                (Some(low), None) => format!("{} {}", self.say(words::AT_LEAST), self.value(low)),
                (None, Some(high)) => format!("{} {}", self.say(words::AT_MOST), self.value(high)),
                (None, None) => self.say(words::UNKNOWN).to_owned(),
            },
        }
    }

    fn days(&self, first: Date, last: Date) -> String {
        match PartialDate::from_days(first, last) {
            Some(date) => date.to_string(),
            None => format!("{} {first} {} {last}", self.say(words::FROM), self.say(words::THROUGH)),
        }
    }

    pub(super) fn value(&self, value: &FactValue) -> String {
        match value {
            FactValue::Truth(true) => self.say(words::YES).to_owned(),
            FactValue::Truth(false) => self.say(words::NO).to_owned(),
            FactValue::Number(number) => self.number(number),
            FactValue::Quantity(quantity) => {
                format!("{} {}", self.number(&quantity.number()), quantity.unit().as_str())
            }
            FactValue::Text(text) | FactValue::Choice(text) => (**text).to_owned(),
            FactValue::Date(date) => date.to_string(),
            FactValue::Duration(duration) => self.duration(*duration),
            FactValue::Period(from, through) => self.days(*from, *through),
            FactValue::Code(code) => code.as_str().to_owned(),
            FactValue::None => self.say(words::NOT_RECORDED).to_owned(),
            FactValue::Record(record) => self.record(record, &[]),
            FactValue::List(list) => self.list(list),
        }
    }

    /// With a decimal comma in Swedish.
    fn number(&self, number: &Number) -> String {
        let text = number.to_string();
        match self.language {
            crate::language::Language::Swedish => text.replace('.', ","),
            crate::language::Language::English => text,
        }
    }

    pub(super) fn duration(&self, duration: crate::value::Duration) -> String {
        use crate::value::DurationUnit;
        let (one, many): (Words, Words) = match duration.unit() {
            DurationUnit::Days => (words::words("dag", "day"), words::words("dagar", "days")),
            DurationUnit::Weeks => (words::words("vecka", "week"), words::words("veckor", "weeks")),
            DurationUnit::Months => (words::words("månad", "month"), words::words("månader", "months")),
            DurationUnit::Years => (words::words("år", "year"), words::words("år", "years")),
        };
        format!("{} {}", duration.count(), self.say(if duration.count() == 1 { one } else { many }))
    }

    fn record(&self, record: &Record, fields: &[(String, Localized)]) -> String {
        let labels = |name: &str| fields.iter().find(|(field, _)| field == name).map(|(_, label)| label);
        let known = record.fields.iter().map(|(name, value)| {
            let label = labels(name).and_then(|label| label.get(self.language)).unwrap_or(name);
            let place = fields.iter().position(|(field, _)| **field == **name).unwrap_or(usize::MAX);
            (place, format!("{label}: {}", self.value(value)))
        });
        let mut told: Vec<(usize, String)> = known.collect();
        told.sort();
        let told: Vec<String> = told.into_iter().map(|(_, field)| field).collect();
        if told.is_empty() { self.say(words::UNKNOWN).to_owned() } else { told.join(", ") }
    }

    /// In one line, without what its fields are called.
    fn list(&self, list: &List) -> String {
        let mut told: Vec<String> = list.records.iter().take(RECORDS).map(|record| self.record(record, &[])).collect();
        told.extend(self.beyond(list));
        told.join("; ") + &self.open(list)
    }

    /// That there are no records, or more than are told.
    fn beyond(&self, list: &List) -> Option<String> {
        if list.records.is_empty() {
            return Some(self.say(words::NO_RECORDS).to_owned());
        }
        let more = list.records.len().checked_sub(RECORDS).filter(|more| *more > 0)?;
        Some(format!("… {more} {}", self.say(words::MORE_RECORDS)))
    }

    fn open(&self, list: &List) -> String {
        match list.completeness {
            ListCompleteness::Open => format!(" ({})", self.say(words::OPEN_LIST)),
            ListCompleteness::AsDeclared | ListCompleteness::Complete => String::new(),
        }
    }

    /// A fact with what was known of it; a list with one record a line.
    pub(super) fn observed(&mut self, level: usize, observed: &Observed) {
        let label = self.label(&observed.label, &observed.id).to_owned();
        match &observed.value {
            Answer::Known(FactValue::List(list)) if !list.records.is_empty() => {
                let line = format!("{label}{}:", self.open(list));
                self.line(level, &line);
                for record in list.records.iter().take(RECORDS) {
                    let line = self.record(record, &observed.fields);
                    self.line(level + 1, &line);
                }
                if let Some(more) = self.beyond(list) {
                    self.line(level + 1, &more);
                }
            }
            Answer::Known(FactValue::Record(record)) => {
                let line = format!("{label}: {}", self.record(record, &observed.fields));
                self.line(level, &line);
            }
            Answer::Unknown | Answer::Known(_) | Answer::Between { .. } => {
                let from = observed.layer.as_deref().map_or(String::new(), |layer| self.from(layer));
                let line = format!("{label}: {}{from}", self.answer(&observed.value));
                self.line(level, &line);
            }
        }
        self.grounds(level + 1, &observed.grounds);
    }

    /// What could not be computed.
    pub(super) fn fault<'a>(&self, fault: &'a Fault) -> &'a str {
        match self.language {
            Language::Swedish => words::fault(fault.kind),
            Language::English => &fault.why,
        }
    }

    pub(super) fn place(&self, place: &FilePlace) -> String {
        format!("{}, {} {}", place.file, self.say(words::LINE), place.line)
    }

    /// One line a ground.
    pub(super) fn grounds(&mut self, level: usize, grounds: &[Ground]) {
        for ground in grounds {
            let text = match ground {
                Ground::Citation(citation) => self.citation(citation),
                Ground::Interpretation { why } => {
                    format!("{}: {}", self.say(words::INTERPRETATION), why.get(self.language))
                }
                Ground::Decision { by, on } => format!("{} {by}, {on}", self.say(words::DECIDED_BY)),
            };
            let line = format!("{}: {text}", self.say(words::GROUND));
            self.line(level, &line);
        }
    }

    /// `HSLF-FS 2016:1 (föreskrift), "Villkor", enligt återgivning i ”Ökad möjlighet till behandling” – andrahandsuppgift`
    fn citation(&mut self, citation: &Citation) -> String {
        let title = self.label(&citation.title, &citation.source).to_owned();
        let kind = self.say(words::source_kind(citation.kind));
        let locator = match &citation.locator {
            Some(locator) => format!("”{locator}”"),
            None => self.say(words::NO_LOCATOR).to_owned(),
        };
        let reported = match &citation.reported_by {
            Some(other) => {
                let other = self.label(&citation.reported_title, other);
                format!(", {} ”{other}”", self.say(words::AS_REPORTED_BY))
            }
            None => String::new(),
        };
        // Where it can be read is said once a page.
        let url = citation.url.as_deref().filter(|url| self.told.insert((*url).to_owned()));
        let url = url.map_or(String::new(), |url| format!(" <{url}>"));
        format!("{title} ({kind}), {locator}{reported} – {}{url}", self.say(words::certainty(citation.certainty)))
    }
}
