//! Values and grounds in words.

use super::Page;
use crate::ground::{Citation, Ground};
use crate::outcome::{Answer, FilePlace};
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
            FactValue::Record(record) => self.record(record),
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

    fn duration(&self, duration: crate::value::Duration) -> String {
        use crate::value::DurationUnit;
        let (one, many): (Words, Words) = match duration.unit() {
            DurationUnit::Days => (words::words("dag", "day"), words::words("dagar", "days")),
            DurationUnit::Weeks => (words::words("vecka", "week"), words::words("veckor", "weeks")),
            DurationUnit::Months => (words::words("månad", "month"), words::words("månader", "months")),
            DurationUnit::Years => (words::words("år", "year"), words::words("år", "years")),
        };
        format!("{} {}", duration.count(), self.say(if duration.count() == 1 { one } else { many }))
    }

    fn record(&self, record: &Record) -> String {
        let fields: Vec<String> =
            record.fields.iter().map(|(name, value)| format!("{name}: {}", self.value(value))).collect();
        fields.join(", ")
    }

    fn list(&self, list: &List) -> String {
        let mut told: Vec<String> = list.records.iter().take(RECORDS).map(|record| self.record(record)).collect();
        if list.records.is_empty() {
            told.push(self.say(words::NO_RECORDS).to_owned());
        }
        if let Some(more) = list.records.len().checked_sub(RECORDS).filter(|more| *more > 0) {
            told.push(format!("… {more} {}", self.say(words::MORE_RECORDS)));
        }
        let open = match list.completeness {
            ListCompleteness::Open => format!(" ({})", self.say(words::OPEN_LIST)),
            ListCompleteness::AsDeclared | ListCompleteness::Complete => String::new(),
        };
        told.join("; ") + &open
    }

    pub(super) fn place(&self, place: &FilePlace) -> String {
        format!("{}, {} {}", place.file, self.say(words::LINE), place.line)
    }

    /// One line a ground.
    pub(super) fn grounds(&mut self, level: usize, grounds: &[Ground]) {
        for ground in grounds {
            let text = match ground {
                Ground::Citation(citation) => self.citation(citation),
                Ground::Interpretation { why } => format!("{}: {why}", self.say(words::INTERPRETATION)),
                Ground::Decision { by, on } => format!("{} {by}, {on}", self.say(words::DECIDED_BY)),
            };
            let line = format!("{}: {text}", self.say(words::GROUND));
            self.line(level, &line);
        }
    }

    /// `HSLF-FS 2016:1 (föreskrift), "Villkor", enligt återgivning i JANUSINFO – andrahandsuppgift`
    fn citation(&self, citation: &Citation) -> String {
        let title = self.label(&citation.title, &citation.source);
        let kind = self.say(words::source_kind(citation.kind));
        let locator = match &citation.locator {
            Some(locator) => format!("”{locator}”"),
            None => self.say(words::NO_LOCATOR).to_owned(),
        };
        let reported = match &citation.reported_by {
            Some(other) => format!(", {} {other}", self.say(words::AS_REPORTED_BY)),
            None => String::new(),
        };
        let url = citation.url.as_deref().map_or(String::new(), |url| format!(" <{url}>"));
        format!("{title} ({kind}), {locator}{reported} – {}{url}", self.say(words::certainty(citation.certainty)))
    }
}
