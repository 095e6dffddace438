//! What is stated about one patient (and the unit), by fact name. A fact that is not here was not given: unknown.

mod builder;
mod collected;
pub(crate) mod infer;
pub(crate) mod json;
mod mistakes;
pub(crate) use mistakes::shown;
mod scalar;
pub(crate) mod serialized;
pub(crate) mod single;
pub(crate) mod tree;
pub(crate) mod typed;
pub(crate) mod yaml;
mod yaml_guard;

pub use builder::FactsBuilder;

use crate::value::{Date, FactValue};
use std::collections::BTreeMap;

/// The facts about one patient, checked against one guideline's declarations.
///
/// Prints no values with `Debug`: they are a patient's.
#[derive(Clone, PartialEq, Default)]
pub struct Facts {
    pub(crate) given: BTreeMap<Box<str>, Given>,
}

/// One stated fact.
#[derive(Debug, Clone, PartialEq)]
pub struct Given {
    /// What is stated.
    pub value: FactValue,
    /// On which day it was true; `None`: on the day of evaluation.
    pub on: Option<Date>,
    /// Where it came from.
    pub source: Option<Box<str>>,
}

impl Facts {
    /// What is stated about a fact, if anything.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<&Given> {
        self.given.get(name)
    }

    /// All that is stated, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Given)> {
        self.given.iter().map(|(name, given)| (&**name, given))
    }
}

/// Names only.
impl std::fmt::Debug for Facts {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.given.keys()).finish()
    }
}
