//! What is stated about one patient, as a caller would state it.

use super::calendar::Day;
use std::collections::BTreeMap;

#[derive(Debug, Clone, PartialEq, Default)]
pub struct Patient {
    pub facts: BTreeMap<String, Given>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    pub value: Fact,
    /// When it was true; `None` is the day of evaluation.
    pub on: Option<Day>,
}

#[derive(Debug, Clone, PartialEq)]
pub enum Fact {
    YesNo(bool),
    /// Decimal text.
    Number(String),
    /// Decimal text and unit.
    Quantity(String, String),
    Text(String),
    /// Some day from the first through the last: a day, a month or a year.
    Date(Day, Day),
    /// `14 days`: the count and the unit's word in the singular.
    Duration(i64, String),
    Period(Day, Day),
    Code(String),
    Choice(String),
    /// Known to be absent.
    None,
    Record(Record),
    List(Vec<Record>, Completeness),
}

/// The fields that were given.
pub type Record = BTreeMap<String, Fact>;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    AsDeclared,
    Open,
    Complete,
}

impl Patient {
    pub fn set(&mut self, name: &str, value: Fact) {
        self.facts.insert(name.to_owned(), Given { value, on: None });
    }
}
