//! What facts a guideline reads: names, types, words for people. Shared by checking, reading facts and explaining.

use crate::language::Localized;
use crate::value::{Duration, System, Unit};
use std::collections::HashMap;
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
    pub(crate) label: Localized,
    pub(crate) question: Localized,
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
    Choice(Arc<[Box<str>]>),
    /// Only without a guideline (`expr`): a name that was not given. Fits everything, is never known.
    Any,
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
