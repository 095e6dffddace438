//! Cases about many patients, or about published counts: what they are given, what they expect, what came.

use super::compare;
use super::read::Reader;
use super::report::Difference;
use crate::diagnostic::codes;
use crate::error::Error;
use crate::facts::Facts;
use crate::facts::tree::{Entry, Node, Tree};
use crate::guideline::Guideline;
use crate::indicator::{
    Count, GroupCounts, IndicatorComparison, IndicatorCounts, Interval, PublishedCell, PublishedCount,
};
use crate::outcome::FilePlace;
use crate::value::{Date, Number};

/// What indicators count, and what should come out.
#[derive(Debug, Clone)]
pub(super) struct Many {
    pub(super) given: Given,
    /// At least one.
    pub(super) expect: Vec<Wanted>,
}

#[derive(Debug, Clone)]
pub(super) enum Given {
    Patients(Vec<Facts>),
    /// Rows of a published table with the names of their indicators.
    Counts(Vec<(Box<str>, PublishedCount)>),
}

/// One key of `expect`, `indicator.NAME.…`.
#[derive(Debug, Clone)]
pub(super) struct Wanted {
    /// As written.
    id: Box<str>,
    place: FilePlace,
    indicator: Box<str>,
    /// What stands after the indicator's name.
    path: Vec<Box<str>>,
    text: Box<str>,
}

impl Reader {
    /// The patients of a case, each over its base.
    pub(super) fn patients(&mut self, entry: &Entry, guideline: &Guideline, base: &Facts) -> Vec<Facts> {
        let Tree::List(nodes) = &entry.value.tree else {
            self.wrong_kind(&entry.value, "`patients`", "a list with the facts of each");
            return Vec::new();
        };
        let mut patients = Vec::with_capacity(nodes.len());
        for node in nodes {
            let own = Entry { key: entry.key.clone(), key_at: entry.key_at, value: node.clone() };
            patients.push(self.over(base, &own, guideline));
        }
        patients
    }

    /// The rows of a published table.
    pub(super) fn published(&mut self, entry: &Entry) -> Vec<(Box<str>, PublishedCount)> {
        let Tree::List(nodes) = &entry.value.tree else {
            self.wrong_kind(&entry.value, "`counts`", "a list of rows");
            return Vec::new();
        };
        nodes.iter().filter_map(|node| self.row(node)).collect()
    }

    fn row(&mut self, node: &Node) -> Option<(Box<str>, PublishedCount)> {
        const KEYS: &[&str] = &["indicator", "group", "year", "counted", "in"];
        let before = self.found.len();
        let keys = self.keys(node, "a row of counts", KEYS);
        let mut needed = |key: &str| {
            let entry = keys.get(key).map(|entry| &entry.value);
            if entry.is_none() && self.found.len() == before {
                let message = format!("a row of counts has no `{key}`");
                let help = "write `{ indicator: NAME, group: F10, year: 2021, counted: 7378, in: 392 }`".to_owned();
                self.report(codes::CASE_WITHOUT, self.at(node), message, Some(help));
            }
            entry
        };
        let (indicator, year) = (needed("indicator")?, needed("year")?);
        let (counted, is_in) = (needed("counted")?, needed("in")?);
        let name = self.text(indicator, "`indicator`")?.into();
        let group = match keys.get("group") {
            Some(entry) => Some(self.text(&entry.value, "`group`")?.to_owned()),
            None => None,
        };
        let year = self.count(year, "`year`").and_then(|year| i32::try_from(year).ok())?;
        let row = PublishedCount { group, year, counted: self.cell(counted)?, is_in: self.cell(is_in)? };
        Some((name, row))
    }

    /// A number; a text or a negative number stands for one that is kept back.
    fn cell(&mut self, node: &Node) -> Option<PublishedCell> {
        match &node.tree {
            Tree::Number(Ok(number)) => match number.to_integer() {
                Some(number) if number >= 0 => u64::try_from(number).ok().map(PublishedCell::Number),
                Some(_) => Some(PublishedCell::KeptBack),
                None => {
                    self.wrong_kind(node, "a count", "a whole number");
                    None
                }
            },
            Tree::Text(..) => Some(PublishedCell::KeptBack),
            Tree::Null | Tree::Truth(_) | Tree::Number(Err(_)) | Tree::List(_) | Tree::Map(_) => {
                self.wrong_kind(node, "a count", "a whole number, or what stands for one that is kept back");
                None
            }
        }
    }

    /// What a case about many expects.
    pub(super) fn expectations_of_many(&mut self, entry: &Entry, guideline: &Guideline) -> Vec<Wanted> {
        let Tree::Map(entries) = &entry.value.tree else {
            self.wrong_kind(&entry.value, "`expect`", "a set of keys");
            return Vec::new();
        };
        if entries.is_empty() {
            let help = "name at least one count: `indicator.NAME.counted: 3`".to_owned();
            let message = "the case expects nothing, so it cannot fail".to_owned();
            self.report(codes::CASE_NOTHING, Reader::at_key(entry), message, Some(help));
        }
        let mut wanted = Vec::with_capacity(entries.len());
        for entry in entries {
            let key = super::expect::by_keyword(&entry.key);
            let mut parts = key.split('.');
            let (kind, name) = (parts.next(), parts.next().unwrap_or(""));
            let full = format!("indicator.{name}");
            if kind != Some("indicator") || !guideline.rules().any(|rule| rule == full) {
                let message = format!("the guideline has no indicator that `{}` could be about", entry.key);
                let help = "a case about many asks for `indicator.NAME.counted` and the like".to_owned();
                self.report(codes::CASE_NAME, Reader::at_key(entry), message, Some(help));
                continue;
            }
            let Some(text) = compare::written_detail(&entry.value) else {
                self.wrong_kind(&entry.value, &format!("`{}`", entry.key), "a number, a word, a range or a list");
                continue;
            };
            wanted.push(Wanted {
                id: entry.key.clone(),
                place: self.file_place(&entry.value),
                indicator: name.into(),
                path: parts.map(Box::from).collect(),
                text: text.into(),
            });
        }
        wanted
    }
}

impl Many {
    /// What it expects something of, as written.
    pub(super) fn keys(&self) -> impl Iterator<Item = &str> {
        self.expect.iter().map(|wanted| &*wanted.id)
    }

    /// What came out otherwise.
    pub(super) fn differences(&self, guideline: &Guideline, as_of: Date) -> Result<Vec<Difference>, Error> {
        let counts = match &self.given {
            Given::Patients(patients) => guideline.count(patients, as_of)?,
            Given::Counts(_) => Vec::new(),
        };
        let mut differences = Vec::new();
        for wanted in &self.expect {
            let found = match &self.given {
                Given::Patients(_) => {
                    let own = counts.iter().find(|counts| counts.id == *wanted.indicator);
                    own.and_then(|counts| of_patients(counts, &wanted.path))
                }
                Given::Counts(rows) => {
                    let own = rows.iter().filter(|(indicator, _)| *indicator == wanted.indicator);
                    let own: Vec<PublishedCount> = own.map(|(_, row)| row.clone()).collect();
                    of_table(&guideline.compare_published(&wanted.indicator, &own)?, &wanted.path)
                }
            };
            let found = found.unwrap_or_else(|| "nothing".to_owned());
            if found != *wanted.text {
                differences.push(Difference {
                    id: wanted.id.to_string(),
                    expected: wanted.text.to_string(),
                    found,
                    place: wanted.place.clone(),
                });
            }
        }
        Ok(differences)
    }
}

/// `counted`, `F10.in`, `others`.
fn of_patients(counts: &IndicatorCounts, path: &[Box<str>]) -> Option<String> {
    let places = |places: &[usize]| {
        let places: Vec<String> = places.iter().map(ToString::to_string).collect();
        format!("[{}]", places.join(", "))
    };
    let path: Vec<&str> = path.iter().map(|part| &**part).collect();
    match path.as_slice() {
        ["others"] => Some(places(&counts.others)),
        ["undetermined"] => Some(places(&counts.undetermined)),
        [detail] => of_group(&counts.all, detail),
        [group, detail] => {
            let own = counts.groups.iter().find(|counts| counts.group.as_deref() == Some(group))?;
            of_group(own, detail)
        }
        _ => None,
    }
}

fn of_group(counts: &GroupCounts, detail: &str) -> Option<String> {
    match detail {
        "counted" => Some(count_text(counts.counted)),
        "in" => Some(count_text(counts.is_in)),
        "share" => Some(percent_text(counts.share())),
        _ => None,
    }
}

/// `F10.2021.share`, `F10.change`, `not_covered`.
fn of_table(comparison: &IndicatorComparison, path: &[Box<str>]) -> Option<String> {
    let mut path: Vec<&str> = path.iter().map(|part| &**part).collect();
    if path == ["not_covered"] {
        return Some(format!("[{}]", comparison.not_covered.join(", ")));
    }
    let named =
        path.first().copied().filter(|name| comparison.groups.iter().any(|group| group.group.as_deref() == Some(name)));
    if named.is_some() {
        path.remove(0);
    }
    let group = comparison.groups.iter().find(|group| group.group.as_deref() == named)?;
    match path.as_slice() {
        ["change"] => Some(group.change.map_or_else(null, interval_text)),
        ["share_change"] => Some(percent_text(group.share_change)),
        ["trend"] => Some(group.trend.name().to_owned()),
        ["share_trend"] => Some(group.share_trend.name().to_owned()),
        [year, detail] => {
            let year: i32 = year.parse().ok()?;
            let (_, counts) = group.years.iter().find(|(own, _)| *own == year)?;
            of_group(counts, detail)
        }
        _ => None,
    }
}

fn null() -> String {
    "null".to_owned()
}

fn count_text(count: Count) -> String {
    let ends = |low: u64, high: u64| format!("{{ low: {low}, high: {high} }}");
    count.known().map_or_else(|| ends(count.low, count.high), |number| number.to_string())
}

fn interval_text(interval: Interval) -> String {
    let ends = |low: Number, high: Number| format!("{{ low: {low}, high: {high} }}");
    interval.known().map_or_else(|| ends(interval.low, interval.high), |number| number.to_string())
}

fn percent_text(share: Option<Interval>) -> String {
    share.and_then(Interval::percent).map_or_else(null, interval_text)
}
