//! The value of one fact as the caller states it. An absent fact has no value here: unknown is not stored.

use super::{Code, Date, Duration, Number, PartialDate, Quantity};
use std::collections::BTreeMap;

/// What is stated about one fact.
#[derive(Clone, PartialEq)]
pub enum FactValue {
    /// yes or no
    Truth(bool),
    /// A bare number.
    Number(Number),
    /// A number with a unit.
    Quantity(Quantity),
    /// Free text.
    Text(Box<str>),
    /// A day, perhaps known in part.
    Date(PartialDate),
    /// A length of time.
    Duration(Duration),
    /// From one day through another.
    Period(Date, Date),
    /// A code of a system.
    Code(Code),
    /// One of the words a fact allows.
    Choice(Box<str>),
    /// Known to be absent (`date or none`, `record or none`).
    None,
    /// Named fields.
    Record(Record),
    /// Records in any order; order means nothing.
    List(List),
}

/// The fields of one record that were given. A field that is not here was not given: unknown.
#[derive(Clone, PartialEq, Default)]
pub struct Record {
    /// By field name; never a `Record` or a `List`.
    pub fields: BTreeMap<Box<str>, FactValue>,
}

/// The records of a list.
#[derive(Clone, PartialEq, Default)]
pub struct List {
    /// As given.
    pub records: Vec<Record>,
    /// What the caller says about this patient's list.
    pub completeness: ListCompleteness,
}

/// Whether there may be records that are not in the list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ListCompleteness {
    /// As the guideline declares.
    #[default]
    AsDeclared,
    /// The caller says that all are here.
    Complete,
    /// The caller says that there may be more.
    Open,
}

impl Record {
    /// A record of which nothing is known.
    #[must_use]
    pub fn new() -> Record {
        Record::default()
    }

    /// The same with a field more. What is set twice keeps the later value.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<FactValue>) -> Record {
        self.fields.insert(name.into(), value.into());
        self
    }
}

impl List {
    /// These records, in a list that is open or complete as the guideline declares it.
    #[must_use]
    pub fn new(records: impl IntoIterator<Item = Record>) -> List {
        List { records: records.into_iter().collect(), completeness: ListCompleteness::AsDeclared }
    }

    /// The same, stated to be all there is.
    #[must_use]
    pub fn complete(self) -> List {
        List { completeness: ListCompleteness::Complete, ..self }
    }

    /// The same, stated to be perhaps not all.
    #[must_use]
    pub fn open(self) -> List {
        List { completeness: ListCompleteness::Open, ..self }
    }
}

/// yes or no
impl From<bool> for FactValue {
    fn from(value: bool) -> FactValue {
        FactValue::Truth(value)
    }
}

/// A whole number.
impl From<i64> for FactValue {
    fn from(value: i64) -> FactValue {
        FactValue::Number(value.into())
    }
}

/// A text. Where facts are built for a guideline, it is read as the fact's type.
impl From<&str> for FactValue {
    fn from(value: &str) -> FactValue {
        FactValue::Text(value.into())
    }
}

/// A whole date.
impl From<Date> for FactValue {
    fn from(value: Date) -> FactValue {
        FactValue::Date(value.into())
    }
}

macro_rules! from {
    ($($of:ident => $variant:ident),*) => {
        $(impl From<$of> for FactValue {
            fn from(value: $of) -> FactValue {
                FactValue::$variant(value)
            }
        })*
    };
}

from!(Number => Number, Quantity => Quantity, PartialDate => Date, Duration => Duration, Code => Code, Record => Record, List => List);

/// Says what kind of value it is and never the value: it may be a patient's.
impl std::fmt::Debug for FactValue {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            FactValue::Truth(_) => "yes/no",
            FactValue::Number(_) => "number",
            FactValue::Quantity(_) => "quantity",
            FactValue::Text(_) => "text",
            FactValue::Date(_) => "date",
            FactValue::Duration(_) => "duration",
            FactValue::Period(..) => "period",
            FactValue::Code(_) => "code",
            FactValue::Choice(_) => "one of",
            FactValue::None => "none",
            FactValue::Record(_) => "record",
            FactValue::List(_) => "list",
        })
    }
}

impl std::fmt::Debug for Record {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_map().entries(&self.fields).finish()
    }
}

impl std::fmt::Debug for List {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "list of {} records", self.records.len())
    }
}
