//! What names mean: everything declared so far, and which of it one file sees.

use super::report::{Report, finding};
use crate::diagnostic::codes;
use crate::ir::{
    Assumption, CodeSetId, DefineId, LeapDay, NamedCodeSet, ParameterId, PartyId, RuleId, Table, TableId, Type,
};
use crate::schema::{FactId, FactType, FieldId, ScalarType, Schema};
use crate::source::{FileId, Place};
pub(super) use crate::status::RuleSort;
use crate::syntax::ast::{DateStatus, Name};
use crate::value::CodeSet;
use std::collections::{HashMap, HashSet};

/// Index of a source among those of all files.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct SourceId(pub(super) u32);

/// What a name stands for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Declared {
    Fact(FactId),
    Parameter(ParameterId),
    Define(DefineId),
    CodeSet(CodeSetId),
    Table(TableId),
    Rule(RuleId),
    Party(PartyId),
    Source(SourceId),
}

impl Declared {
    /// The word for it in messages.
    pub(super) fn word(self) -> &'static str {
        match self {
            Declared::Fact(_) => "a fact",
            Declared::Parameter(_) => "a parameter",
            Declared::Define(_) => "a definition",
            Declared::CodeSet(_) => "a set of codes",
            Declared::Table(_) => "a table",
            Declared::Rule(_) => "a rule",
            Declared::Party(_) => "a party",
            Declared::Source(_) => "a source",
        }
    }
}

#[derive(Debug, Clone, Copy)]
pub(super) struct Entry {
    pub(super) what: Declared,
    pub(super) place: Place,
}

/// What one file sees: its own declarations and those of the guidelines it uses.
#[derive(Debug, Default)]
pub(super) struct Scope<'a> {
    pub(super) names: HashMap<&'a str, Entry>,
    /// The same names in the order of the files, for looking for near ones.
    pub(super) listed: Vec<&'a str>,
    /// Declarations that the parser could not read: using one is no new mistake.
    pub(super) broken: HashSet<&'a str>,
    pub(super) leap_day: Option<LeapDay>,
}

#[derive(Debug)]
pub(super) struct RuleNames<'a> {
    pub(super) sort: RuleSort,
    /// By name: sorted, one of each.
    criteria: Vec<(&'a str, u32)>,
    /// Of a schedule: how its dates can stand.
    pub(super) dates: &'static [DateStatus],
}

impl<'a> RuleNames<'a> {
    /// With the names of its lines in the order written; of two of one name the first is meant.
    pub(super) fn new(sort: RuleSort, lines: impl Iterator<Item = &'a str>) -> RuleNames<'a> {
        let mut criteria: Vec<(&str, u32)> = lines.zip(0..).collect();
        criteria.sort_unstable();
        criteria.dedup_by_key(|(name, _)| *name);
        RuleNames { sort, criteria, dates: &[] }
    }

    /// The position of a line.
    pub(super) fn criterion(&self, name: &str) -> Option<u32> {
        let at = self.criteria.binary_search_by_key(&name, |(name, _)| name).ok()?;
        self.criteria.get(at).map(|(_, index)| *index)
    }

    /// The names of its lines.
    pub(super) fn lines(&self) -> impl Iterator<Item = &'a str> {
        self.criteria.iter().map(|(name, _)| *name)
    }
}

/// Everything declared in the files that are read together, as far as it has been understood.
#[derive(Debug, Default)]
pub(super) struct World<'a> {
    pub(super) schema: Schema,
    /// By fact: its fields.
    pub(super) fields: Vec<HashMap<Box<str>, FieldId>>,
    pub(super) fact_places: Vec<Place>,
    pub(super) facts_used: HashSet<FactId>,
    /// Definitions, parameters and sets of codes that some condition or value names.
    pub(super) named: HashSet<Declared>,
    pub(super) sources_used: HashSet<SourceId>,
    pub(super) parameters: Vec<ScalarType>,
    /// `Any` until the definition is understood.
    pub(super) defines: Vec<Type>,
    pub(super) code_sets: Vec<NamedCodeSet>,
    pub(super) anonymous: HashMap<CodeSet, CodeSetId>,
    pub(super) tables: Vec<Table>,
    pub(super) rules: Vec<RuleNames<'a>>,
    /// The types of the scores understood so far.
    pub(super) totals: HashMap<RuleId, Type>,
    pub(super) band_work: super::score_bands::Work,
    /// What must hold between the total that was given and the items of a score.
    pub(super) given_totals: Vec<Assumption>,
    /// Files in which `age` was noted to have no leap-day policy.
    pub(super) age_noted: HashSet<FileId>,
    /// By name, the guideline that declares it; empty where there is only one.
    pub(super) declared_in: HashMap<&'a str, &'a str>,
}

impl<'a> World<'a> {
    /// Makes the fields of a fact findable; call once per fact, in order.
    pub(super) fn index_fields(&mut self, id: FactId) {
        let fields = match self.schema.get(id).map(|fact| &fact.ty) {
            Some(FactType::Record { fields, .. } | FactType::List { fields, .. }) => {
                fields.list.iter().zip(0..).map(|(field, index)| (field.name.clone(), FieldId(index))).collect()
            }
            Some(FactType::Scalar(_)) | None => HashMap::new(),
        };
        let at = id.0 as usize;
        if self.fields.len() <= at {
            self.fields.resize_with(at + 1, HashMap::new);
        }
        if let Some(slot) = self.fields.get_mut(at) {
            *slot = fields;
        }
    }

    pub(super) fn field(&self, fact: FactId, name: &str) -> Option<FieldId> {
        self.fields.get(fact.0 as usize)?.get(name).copied()
    }

    /// The type of a field; `Any` if there is no such field.
    pub(super) fn field_type(&self, fact: FactId, field: FieldId) -> ScalarType {
        match self.schema.get(fact).map(|fact| &fact.ty) {
            Some(FactType::Record { fields, .. } | FactType::List { fields, .. }) => {
                fields.get(field).map_or(ScalarType::Any, |field| field.ty.clone())
            }
            Some(FactType::Scalar(_)) | None => ScalarType::Any,
        }
    }

    /// Names of a fact's fields, in the order declared.
    pub(super) fn field_names(&self, fact: FactId) -> Vec<Box<str>> {
        match self.schema.get(fact).map(|fact| &fact.ty) {
            Some(FactType::Record { fields, .. } | FactType::List { fields, .. }) => {
                fields.list.iter().map(|field| field.name.clone()).collect()
            }
            Some(FactType::Scalar(_)) | None => Vec::new(),
        }
    }

    /// The name of its first field, as an example.
    pub(super) fn first_field(&self, fact: FactId) -> Option<Box<str>> {
        match self.schema.get(fact).map(|fact| &fact.ty) {
            Some(FactType::Record { fields, .. } | FactType::List { fields, .. }) => {
                fields.list.first().map(|field| field.name.clone())
            }
            Some(FactType::Scalar(_)) | None => None,
        }
    }

    /// Whether a record of the fact may have fields that nobody declared (`expr` only).
    pub(super) fn has_open_fields(&self, fact: FactId) -> bool {
        match self.schema.get(fact).map(|fact| &fact.ty) {
            Some(FactType::Record { fields, .. } | FactType::List { fields, .. }) => fields.open,
            Some(FactType::Scalar(_)) | None => false,
        }
    }

    /// The one set for codes written where they are used.
    pub(super) fn anonymous_set(&mut self, codes: CodeSet) -> CodeSetId {
        if let Some(id) = self.anonymous.get(&codes) {
            return *id;
        }
        let id = CodeSetId(index(self.code_sets.len()));
        self.anonymous.insert(codes.clone(), id);
        self.code_sets.push(NamedCodeSet { name: None, codes, lists_not_supplied: Vec::new() });
        id
    }

    pub(super) fn rule(&self, id: RuleId) -> Option<&RuleNames<'a>> {
        self.rules.get(id.0 as usize)
    }
}

impl<'a> Scope<'a> {
    /// What a name stands for, without a report.
    pub(super) fn find(&self, name: &str) -> Option<Entry> {
        self.names.get(name).copied()
    }

    /// What a name stands for; reports when it is not declared. `wanted` is the word for what may stand here.
    pub(super) fn look_up(
        &self,
        name: &Name,
        file: FileId,
        wanted: &str,
        fits: impl Fn(Declared) -> bool,
        report: &mut Report<'a>,
    ) -> Option<Declared> {
        match self.find(&name.value) {
            Some(entry) if fits(entry.what) => Some(entry.what),
            Some(entry) => {
                let line = report.on_line(entry.place, file);
                report.add(
                    finding(
                        codes::WRONG_KIND_OF_NAME,
                        file,
                        name.span,
                        format!("`{}` is {}, and {wanted} belongs here", name.value, entry.what.word()),
                    )
                    .label(format!("declared{line}")),
                );
                None
            }
            None if self.broken.contains(&*name.value) => {
                report.set_incomplete();
                None
            }
            None => {
                let near = report.did_you_mean(
                    &name.value,
                    self.names.iter().filter(|(_, entry)| fits(entry.what)).map(|(name, _)| *name),
                );
                let mut found = finding(
                    codes::NOT_DECLARED,
                    file,
                    name.span,
                    format!(
                        "there is no {} `{}`",
                        wanted.trim_start_matches("a ").trim_start_matches("an "),
                        name.value
                    ),
                );
                found.help =
                    Some(near.unwrap_or_else(|| "declare it, or name the guideline that does in `uses`".to_owned()));
                report.add(found);
                None
            }
        }
    }
}

/// An index as it is kept in ids.
pub(super) fn index(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
