//! From a tree to facts: names, types, units and codes are checked against what a guideline declares, all mistakes at once.

use super::mistakes::{Mistakes, Path, Wrong, shown};
use super::tree::{Entry, Node, Tree};
use super::{Facts, Given, scalar};
use crate::diagnostic::near::nearest;
use crate::error::FactError;
use crate::schema::{FactSchema, FactType, Fields, ScalarType, Schema};
use crate::value::{Date, FactValue, List, ListCompleteness, Record};
use std::collections::BTreeMap;

/// Facts from the part of a text that states them: a set of names with values, or nothing. `text` is the whole, for lines.
///
/// # Errors
/// All mistakes that were found, in the order of the text.
pub(crate) fn read(schema: &Schema, node: &Node, text: &str) -> Result<Facts, Vec<FactError>> {
    let mut reader = Reader::default();
    let facts = reader.facts(schema, node);
    if reader.mistakes.is_empty() { Ok(facts) } else { Err(reader.mistakes.into_errors(text)) }
}

/// Facts from a tree that was no text, with the mistakes that were found while it was made.
///
/// # Errors
/// All mistakes, in the order of the tree.
pub(super) fn read_without_text(schema: &Schema, node: &Node, mistakes: Mistakes) -> Result<Facts, Vec<FactError>> {
    let mut reader = Reader { mistakes };
    let facts = reader.facts(schema, node);
    if reader.mistakes.is_empty() { Ok(facts) } else { Err(reader.mistakes.without_lines()) }
}

/// What was read, unless there are mistakes; then all of them, in the order of the text.
pub(super) fn with<T>(mut mistakes: Vec<FactError>, read: Result<T, Vec<FactError>>) -> Result<T, Vec<FactError>> {
    match read {
        Ok(value) if mistakes.is_empty() => Ok(value),
        Ok(_) => Err(mistakes),
        Err(more) => {
            mistakes.extend(more);
            mistakes.sort_by_key(|error| error.line_column.unwrap_or((u32::MAX, u32::MAX)));
            Err(mistakes)
        }
    }
}

/// What to say of a name that nobody declared.
pub(super) fn no_such_name<'a>(what: &str, name: &str, names: impl Iterator<Item = &'a str>) -> Wrong {
    let help = nearest(name, names).map(|near| format!("did you mean `{near}`?"));
    Wrong { message: format!("there is no {what} `{}`", shown(name)), help }
}

/// `fact`, `on` and `source` of a fact that is written in full.
pub(super) struct InFull<'a> {
    pub(super) value: &'a Node,
    on: Option<&'a Node>,
    source: Option<&'a Node>,
}

/// The parts of `{fact: VALUE, on: DATE, source: TEXT}`, if that is what it is.
pub(super) fn in_full(node: &Node) -> Option<InFull<'_>> {
    let entries = node.entries()?;
    let known = entries.iter().all(|entry| matches!(&*entry.key, "fact" | "on" | "source"));
    let part = |name| node.get(name).map(|entry| &entry.value);
    part("fact").filter(|_| known).map(|value| InFull { value, on: part("on"), source: part("source") })
}

/// The records of a list and what is said about them: `[…]`, `{open: […]}`, `{complete: […]}`.
pub(super) fn list_parts(node: &Node) -> Option<(&[Node], ListCompleteness)> {
    match &node.tree {
        Tree::List(items) => Some((items, ListCompleteness::AsDeclared)),
        Tree::Map(entries) => {
            let [entry] = entries.as_slice() else { return None };
            let completeness = match &*entry.key {
                "open" => ListCompleteness::Open,
                "complete" => ListCompleteness::Complete,
                _ => return None,
            };
            match &entry.value.tree {
                Tree::List(items) => Some((items, completeness)),
                Tree::Null | Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) | Tree::Map(_) => None,
            }
        }
        Tree::Null | Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) => None,
    }
}

/// Reads on after a mistake.
#[derive(Default)]
pub(super) struct Reader {
    pub(super) mistakes: Mistakes,
}

impl Reader {
    pub(super) fn wrong(&mut self, path: &Path<'_>, node: &Node, what: impl FnOnce() -> Wrong) {
        self.mistakes.add(path, Some(node.at), node.scalar_text(), what);
    }

    fn facts(&mut self, schema: &Schema, node: &Node) -> Facts {
        let mut given = BTreeMap::new();
        for entry in self.entries(node) {
            let path = Path::Key(&Path::Start, &entry.key);
            let Some(fact) = schema.find(&entry.key).and_then(|id| schema.get(id)) else {
                let names = schema.iter().map(|(_, fact)| &*fact.name);
                self.unknown_name(&path, entry, "fact", names);
                continue;
            };
            if let Some(stated) = self.given(&path, fact, &entry.value) {
                given.insert(fact.name.clone(), stated);
            }
        }
        Facts { given }
    }

    /// The entries of the facts as a whole.
    pub(super) fn entries<'n>(&mut self, node: &'n Node) -> &'n [Entry] {
        match &node.tree {
            Tree::Map(entries) => entries,
            Tree::Null => &[],
            Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) | Tree::List(_) => {
                let found = node.kind();
                self.wrong(&Path::Start, node, || {
                    Wrong::new(
                        format!("expected facts, found {found}"),
                        "write one fact a line, such as `birth_date: 1990-01-01`",
                    )
                });
                &[]
            }
        }
    }

    fn unknown_name<'a>(&mut self, path: &Path<'_>, entry: &Entry, what: &str, names: impl Iterator<Item = &'a str>) {
        self.mistakes.add(path, Some(entry.key_at), None, || no_such_name(what, &entry.key, names));
    }

    fn given(&mut self, path: &Path<'_>, fact: &FactSchema, node: &Node) -> Option<Given> {
        let own_field = match &fact.ty {
            FactType::Record { fields, .. } => fields.find("fact").is_some(),
            FactType::Scalar(_) | FactType::List { .. } => false,
        };
        let Some(full) = in_full(node).filter(|_| !own_field) else {
            return Some(Given { value: self.allowed_value(path, fact, node)?, on: None, source: None });
        };
        let (on, source) = self.provenance(path, &full);
        Some(Given { value: self.allowed_value(path, fact, full.value)?, on, source })
    }

    fn allowed_value(&mut self, path: &Path<'_>, fact: &FactSchema, node: &Node) -> Option<FactValue> {
        let value = self.value(path, &fact.ty, node)?;
        match scalar::not_allowed(fact, &value) {
            None => Some(value),
            Some(wrong) => {
                self.wrong(path, node, || wrong);
                None
            }
        }
    }

    pub(super) fn provenance(&mut self, path: &Path<'_>, full: &InFull<'_>) -> (Option<Date>, Option<Box<str>>) {
        let on = full.on.filter(|node| !matches!(node.tree, Tree::Null)).and_then(|node| {
            scalar::date(node).map_err(|wrong| self.wrong(&Path::Key(path, "on"), node, || wrong)).ok()
        });
        let source = full.source.filter(|node| !matches!(node.tree, Tree::Null)).and_then(|node| {
            let text = scalar::word(node);
            if text.is_none() {
                self.wrong(&Path::Key(path, "source"), node, || {
                    Wrong::new(format!("expected a text, found {}", node.kind()), "say where the fact came from")
                });
            }
            text.map(Into::into)
        });
        (on, source)
    }

    fn value(&mut self, path: &Path<'_>, ty: &FactType, node: &Node) -> Option<FactValue> {
        if let Tree::Null = node.tree {
            return None;
        }
        match ty {
            FactType::Scalar(ty) => self.scalar(path, ty, node),
            FactType::Record { or_none: true, .. } if scalar::is_none(node) => Some(FactValue::None),
            FactType::Record { fields, or_none } => {
                let none = if *or_none { " or `none`" } else { "" };
                let record = self.record(path, fields, node, || format!("a record{none}"))?;
                Some(FactValue::Record(record))
            }
            FactType::List { word, fields, .. } => self.list(path, word, fields, node).map(FactValue::List),
        }
    }

    fn scalar(&mut self, path: &Path<'_>, ty: &ScalarType, node: &Node) -> Option<FactValue> {
        match scalar::read(ty, node) {
            Ok(value) => value,
            Err(wrong) => {
                self.wrong(path, node, || wrong);
                None
            }
        }
    }

    fn record(
        &mut self,
        path: &Path<'_>,
        fields: &Fields,
        node: &Node,
        expected: impl Fn() -> String,
    ) -> Option<Record> {
        let Tree::Map(entries) = &node.tree else {
            self.wrong(path, node, || {
                let names: Vec<&str> = fields.list.iter().map(|field| &*field.name).take(8).collect();
                let message = format!("expected {}, found {}", expected(), node.kind());
                Wrong::new(message, format!("its fields are {}", names.join(", ")))
            });
            return None;
        };
        let mut record = Record::default();
        for entry in entries {
            let path = Path::Key(path, &entry.key);
            let Some(field) = fields.find(&entry.key).and_then(|id| fields.get(id)) else {
                let names = fields.list.iter().map(|field| &*field.name);
                self.unknown_name(&path, entry, "field", names);
                continue;
            };
            if let Some(value) = self.scalar(&path, &field.ty, &entry.value) {
                record.fields.insert(field.name.clone(), value);
            }
        }
        Some(record)
    }

    fn list(&mut self, path: &Path<'_>, word: &str, fields: &Fields, node: &Node) -> Option<List> {
        if let Some(entries) = node.entries()
            && let [entry] = entries
            && matches!(&*entry.key, "open" | "complete")
            && matches!(entry.value.tree, Tree::Null)
        {
            return None;
        }
        let Some((items, completeness)) = list_parts(node) else {
            self.wrong(path, node, || {
                let message = format!("expected a list of {word}, found {}", node.kind());
                Wrong::new(message, "write `[…]`, or `{open: […]}` or `{complete: […]}` to say whether all are there")
            });
            return None;
        };
        let mut list = List { records: Vec::with_capacity(items.len()), completeness };
        for (index, item) in items.iter().enumerate() {
            let record = self.record(&Path::Index(path, index), fields, item, || format!("a {word} with its fields"));
            list.records.extend(record);
        }
        Some(list)
    }
}
