//! What facts a guideline reads: names, types, words for people. Shared by checking, reading facts and explaining.

use crate::language::Localized;
use crate::value::{Duration, Number, System, Unit};
use std::collections::HashMap;
use std::fmt;
use std::sync::Arc;

/// Index of a fact in [`Schema::facts`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FactId(pub(crate) u32);

/// Index of a field in its record.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct FieldId(pub(crate) u32);

/// All facts that a guideline and what it uses declare; names are unique.
#[derive(Debug, Clone, Default)]
pub(crate) struct Schema {
    facts: Vec<FactSchema>,
    by_name: HashMap<Box<str>, FactId>,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FactSchema {
    pub(crate) name: Box<str>,
    pub(crate) role: FactRole,
    pub(crate) ty: FactType,
    /// `not mentioned means no`: an omitted fact is this value.
    pub(crate) not_mentioned: Option<bool>,
    pub(crate) valid_for: Option<Duration>,
    /// Of a number that is an item of a score: the values it can have. Others are refused when facts are read.
    pub(crate) allowed: Option<Allowed>,
    pub(crate) label: Localized,
    pub(crate) question: Localized,
}

/// The values that a number can have.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Allowed {
    /// `0 to 4`: the whole numbers from the first through the last.
    Whole { low: i64, high: i64 },
    /// `0, 2 or 4`: ascending, none twice, never empty.
    Listed(Arc<[Number]>),
}

impl Allowed {
    pub(crate) fn contains(&self, number: &Number) -> bool {
        match self {
            Allowed::Whole { low, high } => {
                number.to_integer().is_some_and(|whole| (i128::from(*low)..=i128::from(*high)).contains(&whole))
            }
            Allowed::Listed(numbers) => numbers.binary_search(number).is_ok(),
        }
    }

    /// The least.
    pub(crate) fn low(&self) -> Number {
        match self {
            Allowed::Whole { low, .. } => Number::from(*low),
            Allowed::Listed(numbers) => numbers.first().copied().unwrap_or(Number::ZERO),
        }
    }

    /// The most.
    pub(crate) fn high(&self) -> Number {
        match self {
            Allowed::Whole { high, .. } => Number::from(*high),
            Allowed::Listed(numbers) => numbers.last().copied().unwrap_or(Number::ZERO),
        }
    }

    /// The values, ascending; of more than `most` whole numbers the first ones and the last.
    pub(crate) fn values(&self, most: usize) -> Vec<Number> {
        match self {
            Allowed::Whole { low, high } => {
                let first = (*low..=*high).take(most).map(Number::from);
                let last = usize::try_from(high.saturating_sub(*low)).is_ok_and(|steps| steps < most);
                first.chain((!last).then(|| self.high())).collect()
            }
            Allowed::Listed(numbers) => numbers.to_vec(),
        }
    }
}

/// As written after `each`: `0 to 4`, `0, 2 or 4`.
impl fmt::Display for Allowed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Allowed::Whole { low, high } => write!(f, "{low} to {high}"),
            Allowed::Listed(numbers) => {
                for (number, at) in numbers.iter().zip(1..) {
                    let joined = if at == 1 {
                        ""
                    } else if at == numbers.len() {
                        " or "
                    } else {
                        ", "
                    };
                    write!(f, "{joined}{number}")?;
                }
                Ok(())
            }
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum FactRole {
    Patient,
    Setting,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum FactType {
    Scalar(ScalarType),
    Record { fields: Fields, or_none: bool },
    List { word: Box<str>, fields: Fields, complete: bool },
}

/// The fields of a record, names unique.
#[derive(Debug, Clone, PartialEq, Default)]
pub(crate) struct Fields {
    pub(crate) list: Vec<FieldSchema>,
    /// Only without a guideline (`expr`): a field that is not in `list` may exist and is of any type.
    pub(crate) open: bool,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) struct FieldSchema {
    pub(crate) name: Box<str>,
    pub(crate) ty: ScalarType,
    pub(crate) not_mentioned: Option<bool>,
    pub(crate) label: Localized,
    pub(crate) question: Localized,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum ScalarType {
    Truth,
    Number,
    Quantity(Unit),
    Text,
    Date {
        or_none: bool,
    },
    Duration,
    Period,
    Code(System),
    /// The words, in the order declared.
    Choice(Arc<Box<[Box<str>]>>),
    /// Only without a guideline (`expr`): a name that was not given. Fits everything, is never known.
    Any,
}

impl ScalarType {
    /// One of these words.
    pub(crate) fn choice(words: Vec<Box<str>>) -> ScalarType {
        ScalarType::Choice(Arc::new(words.into()))
    }
}

impl Schema {
    /// Adds a fact; `None` when one of that name is there already.
    pub(crate) fn add(&mut self, fact: FactSchema) -> Option<FactId> {
        if self.by_name.contains_key(&fact.name) {
            return None;
        }
        let id = FactId(u32::try_from(self.facts.len()).unwrap_or(u32::MAX));
        self.by_name.insert(fact.name.clone(), id);
        self.facts.push(fact);
        Some(id)
    }

    pub(crate) fn find(&self, name: &str) -> Option<FactId> {
        self.by_name.get(name).copied()
    }

    pub(crate) fn get(&self, id: FactId) -> Option<&FactSchema> {
        self.facts.get(id.0 as usize)
    }

    /// For checking an expression without a guideline, which learns what a fact is from how it is used.
    pub(crate) fn get_mut(&mut self, id: FactId) -> Option<&mut FactSchema> {
        self.facts.get_mut(id.0 as usize)
    }

    /// In the order declared.
    pub(crate) fn iter(&self) -> impl Iterator<Item = (FactId, &FactSchema)> {
        self.facts.iter().zip(0..).map(|(fact, index)| (FactId(index), fact))
    }
}

impl Fields {
    pub(crate) fn find(&self, name: &str) -> Option<FieldId> {
        self.list.iter().zip(0..).find(|(field, _)| &*field.name == name).map(|(_, index)| FieldId(index))
    }

    pub(crate) fn get(&self, id: FieldId) -> Option<&FieldSchema> {
        self.list.get(id.0 as usize)
    }
}
