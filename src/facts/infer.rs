//! Facts without a guideline, for single expressions: what type each has is read from its value.
//!
//! `null` is a fact that was not given and fits every type. Text of the form of a date, also `2004-05` and `2004`, is a
//! date, and of the form of a duration (`3 months`) a duration; other text is text. Objects are quantities
//! (`quantity`, `unit`), codes (`system`, `code`), periods (`from`, `through`), lists (`open` or `complete`), facts in full
//! (`fact`, `on`, `source`), and otherwise records. A field has the type of its values in all records; where they differ and
//! all are texts it is a text, else it is an error. In YAML `yes` and `no` without quotes are yes and no.

use super::mistakes::{Path, Wrong};
use super::tree::{Node, Quoting, Tree};
use super::typed::{self, Reader};
use super::{Facts, Given, json, scalar, yaml};
use crate::error::FactError;
use crate::language::Localized;
use crate::limits::Limits;
use crate::schema::{FactRole, FactSchema, FactType, FieldSchema, Fields, ScalarType, Schema};
use crate::value::{Duration, FactValue, List, PartialDate, Record, System, Unit};
use std::collections::BTreeMap;

/// Facts from JSON text, with the schema that they fit. What is declared already is left out.
///
/// # Errors
/// All mistakes that were found, in the order of the text.
pub(crate) fn from_json(text: &str, limits: &Limits, declared: &Schema) -> Result<(Schema, Facts), Vec<FactError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (node, duplicates) = json::document(text, limits)?;
    typed::with(duplicates, infer(&node, text, declared))
}

/// Facts from YAML text, with the schema that they fit. What is declared already is left out.
///
/// # Errors
/// All mistakes that were found, in the order of the text.
pub(crate) fn from_yaml(text: &str, limits: &Limits, declared: &Schema) -> Result<(Schema, Facts), Vec<FactError>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (node, duplicates) = yaml::document(text, limits)?;
    typed::with(duplicates, infer(&node, text, declared))
}

fn infer(node: &Node, text: &str, declared: &Schema) -> Result<(Schema, Facts), Vec<FactError>> {
    let mut reader = Reader::default();
    let mut schema = Schema::default();
    let mut facts = Facts::default();
    for entry in reader.entries(node) {
        if declared.find(&entry.key).is_some() {
            continue;
        }
        let path = Path::Key(&Path::Start, &entry.key);
        let (inner, provenance) = match typed::in_full(&entry.value) {
            Some(full) => (full.value, reader.provenance(&path, &full)),
            None => (&entry.value, (None, None)),
        };
        let (ty, value) = reader.fact(&path, inner);
        // INVARIANT: the tree has no name twice, so adding cannot fail.
        let _ = schema.add(fact_of(&entry.key, ty));
        if let Some(value) = value {
            let (on, source) = provenance;
            facts.given.insert(entry.key.clone(), Given { value, on, source });
        }
    }
    if reader.mistakes.is_empty() { Ok((schema, facts)) } else { Err(reader.mistakes.into_errors(text)) }
}

fn fact_of(name: &str, ty: FactType) -> FactSchema {
    FactSchema {
        name: name.into(),
        role: FactRole::Patient,
        ty,
        not_mentioned: None,
        valid_for: None,
        allowed: None,
        label: Localized::default(),
        question: Localized::default(),
    }
}

const NOT_GIVEN: FactType = FactType::Scalar(ScalarType::Any);

impl Reader {
    fn fact(&mut self, path: &Path<'_>, node: &Node) -> (FactType, Option<FactValue>) {
        match one(node) {
            Some(Ok(None)) => return (NOT_GIVEN, None),
            Some(Ok(Some((ty, value)))) => return (FactType::Scalar(ty), Some(value)),
            Some(Err(wrong)) => {
                self.wrong(path, node, || wrong);
                return (NOT_GIVEN, None);
            }
            None => {}
        }
        if let Some((items, completeness)) = typed::list_parts(node) {
            let nodes: Vec<&Node> = items.iter().collect();
            let (fields, records) = self.records(path, &nodes);
            let complete = completeness != crate::value::ListCompleteness::Open;
            let ty = FactType::List { word: "record".into(), fields, complete };
            return (ty, Some(FactValue::List(List { records, completeness })));
        }
        if let Some(complete) = ungiven_list(node) {
            let fields = Fields { list: Vec::new(), open: true };
            return (FactType::List { word: "record".into(), fields, complete }, None);
        }
        let (fields, mut records) = self.fields(std::slice::from_ref(&node), |_, key, act| act(&Path::Key(path, key)));
        let value = records.pop().map(FactValue::Record);
        (FactType::Record { fields, or_none: true }, value)
    }

    /// The records of a list, and the fields that they have between them.
    fn records(&mut self, path: &Path<'_>, items: &[&Node]) -> (Fields, Vec<Record>) {
        for (index, item) in items.iter().enumerate() {
            if item.entries().is_none() || matches!(one(item), Some(Ok(Some(_)))) {
                self.wrong(&Path::Index(path, index), item, || {
                    Wrong::new(
                        format!("expected a record, found {}", item.kind()),
                        "lists hold records, such as `[{\"value\": 7}]`",
                    )
                });
            }
        }
        self.fields(items, |index, key, act| act(&Path::Key(&Path::Index(path, index), key)))
    }

    /// Types all fields of some records and reads them. `at` makes the path of a field of a record.
    fn fields(
        &mut self,
        items: &[&Node],
        at: impl Fn(usize, &str, &mut dyn FnMut(&Path<'_>)),
    ) -> (Fields, Vec<Record>) {
        let mut columns: Vec<(&str, Vec<(usize, &Node)>)> = Vec::new();
        let mut by_name: BTreeMap<&str, usize> = BTreeMap::new();
        for (index, item) in items.iter().enumerate() {
            for entry in item.entries().unwrap_or_default() {
                let column = *by_name.entry(&entry.key).or_insert(columns.len());
                if column == columns.len() {
                    columns.push((&entry.key, Vec::new()));
                }
                if let Some((_, nodes)) = columns.get_mut(column) {
                    nodes.push((index, &entry.value));
                }
            }
        }
        let mut records = vec![Record::default(); items.len()];
        let mut fields = Fields { list: Vec::new(), open: true };
        for (name, nodes) in columns {
            let mut report = |index: usize, node: &Node, wrong: Wrong| {
                let mut wrong = Some(wrong);
                at(index, name, &mut |path| {
                    if let Some(wrong) = wrong.take() {
                        self.wrong(path, node, || wrong);
                    }
                });
            };
            let Some(ty) = column_type(&nodes, &mut report) else { continue };
            for (index, node) in nodes {
                let value = match (&ty, &node.tree) {
                    (ScalarType::Text, Tree::Text(text, _)) => Some(FactValue::Text(text.clone())),
                    _ => one(node).and_then(Result::ok).flatten().map(|(_, value)| value),
                };
                if let (Some(record), Some(value)) = (records.get_mut(index), value) {
                    record.fields.insert(name.into(), value);
                }
            }
            fields.list.push(FieldSchema {
                name: name.into(),
                ty,
                not_mentioned: None,
                label: Localized::default(),
                question: Localized::default(),
            });
        }
        (fields, records)
    }
}

/// The type of all values of a field; `None` when none is known.
fn column_type(nodes: &[(usize, &Node)], report: &mut dyn FnMut(usize, &Node, Wrong)) -> Option<ScalarType> {
    let all_texts = nodes.iter().all(|(_, node)| matches!(node.tree, Tree::Text(..) | Tree::Null));
    let mut found: Option<ScalarType> = None;
    for (index, node) in nodes {
        match one(node) {
            None => {
                let help = "a field holds one value; a quantity is `{\"quantity\": 7, \"unit\": \"mmol/L\"}`";
                report(*index, node, Wrong::new(format!("expected one value, found {}", node.kind()), help));
            }
            Some(Err(wrong)) => report(*index, node, wrong),
            Some(Ok(None)) => {}
            Some(Ok(Some((ty, _)))) => match &found {
                None => found = Some(ty),
                Some(before) if same_kind(before, &ty) => {}
                Some(_) if all_texts => return Some(ScalarType::Text),
                Some(before) => {
                    let message =
                        format!("{} here, and {} in another record", scalar::expected(&ty), scalar::expected(before));
                    report(*index, node, Wrong::new(message, "a field has one type in all records"));
                }
            },
        }
    }
    found
}

fn same_kind(a: &ScalarType, b: &ScalarType) -> bool {
    match (a, b) {
        (ScalarType::Quantity(a), ScalarType::Quantity(b)) => a.is_comparable(b),
        (a, b) => a == b,
    }
}

/// A single value with its type. `Ok(None)`: not given. `None`: a list or a record.
fn one(node: &Node) -> Option<Result<Option<(ScalarType, FactValue)>, Wrong>> {
    let typed = |ty: ScalarType| scalar::read(&ty, node).map(|value| value.map(|value| (ty, value)));
    match &node.tree {
        Tree::Null => Some(Ok(None)),
        Tree::Truth(_) => Some(typed(ScalarType::Truth)),
        Tree::Number(_) => Some(typed(ScalarType::Number)),
        Tree::Text(text, Quoting::Plain) if text.len() > 1 && text.bytes().all(|byte| byte.is_ascii_digit()) => {
            Some(Err(Wrong::new("a number with a spare nought", "a code stands in quotes, such as `\"01\"`")))
        }
        Tree::Text(text, quoting) => Some(typed(text_type(text, *quoting))),
        Tree::List(_) => None,
        Tree::Map(entries) => {
            let is = |names: [&str; 2]| entries.len() == 2 && names.iter().all(|name| node.get(name).is_some());
            if is(["quantity", "unit"]) {
                Some(unit_of(node).and_then(|unit| typed(ScalarType::Quantity(unit))))
            } else if is(["system", "code"]) {
                Some(system_of(node).and_then(|system| typed(ScalarType::Code(system))))
            } else if is(["from", "through"]) {
                Some(typed(ScalarType::Period))
            } else {
                None
            }
        }
    }
}

fn text_type(text: &str, quoting: Quoting) -> ScalarType {
    match (quoting, text) {
        (Quoting::Plain, "yes" | "no") => ScalarType::Truth,
        _ if text.parse::<PartialDate>() != Err(crate::value::DateError::Form) => ScalarType::Date { or_none: false },
        _ if text.parse::<Duration>().is_ok() => ScalarType::Duration,
        _ => ScalarType::Text,
    }
}

fn unit_of(node: &Node) -> Result<Unit, Wrong> {
    let text = node.get("unit").and_then(|entry| scalar::word(&entry.value));
    let text = text.ok_or_else(|| Wrong::new("a unit is a text", "write `{\"quantity\": 7, \"unit\": \"mmol/L\"}`"))?;
    Unit::parse(text).map_err(|error| scalar::bad_unit(&error, None))
}

fn system_of(node: &Node) -> Result<System, Wrong> {
    let text = node.get("system").and_then(|entry| scalar::word(&entry.value));
    text.and_then(System::from_name).ok_or_else(|| {
        let names: Vec<&str> = System::ALL.into_iter().map(System::name).collect();
        Wrong::new("not a system that is built in", format!("write one of {}", names.join(", ")))
    })
}

/// Whether `{open: null}` or `{complete: null}`: a list that was not given. Says whether it is complete.
fn ungiven_list(node: &Node) -> Option<bool> {
    let [entry] = node.entries()? else { return None };
    match (&*entry.key, &entry.value.tree) {
        ("open", Tree::Null) => Some(false),
        ("complete", Tree::Null) => Some(true),
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is the failure report")]
mod tests {
    use super::*;

    /// What is wrong.
    fn lines(text: &str) -> Vec<String> {
        from_json(text, &Limits::default(), &Schema::default())
            .map(|_| ())
            .unwrap_err()
            .iter()
            .map(ToString::to_string)
            .collect()
    }

    /// A fact's value as it would be written.
    fn shown(facts: &Facts, name: &str) -> String {
        match facts.get(name).map(|given| &given.value) {
            None => "not given".to_owned(),
            Some(FactValue::Truth(value)) => value.to_string(),
            Some(FactValue::Number(value)) => value.to_string(),
            Some(FactValue::Quantity(value)) => value.to_string(),
            Some(FactValue::Text(value) | FactValue::Choice(value)) => value.to_string(),
            Some(FactValue::Date(value)) => value.to_string(),
            Some(FactValue::Duration(value)) => value.to_string(),
            Some(FactValue::Period(from, through)) => format!("{from} {through}"),
            Some(FactValue::Code(value)) => value.to_string(),
            Some(FactValue::None) => "none".to_owned(),
            Some(FactValue::Record(record)) => format!("{record:?}"),
            Some(FactValue::List(list)) => format!("{} {:?}", list.records.len(), list.completeness),
        }
    }

    #[test]
    fn infers_types_without_a_guideline() {
        let text = r#"{"a":null,"b":true,"n":0.1,"d":"2004-05","y":"2004","t":"hello","l":"3 months","q":{"quantity":7,"unit":"mmol/L"},
            "c":{"system":"ICD-10-SE","code":"F11.2"},"p":{"from":"2004-01-01","through":"2004-12-31"},"r":{"x":1,"z":null},
            "e":[],"o":{"open":[{"v":1},{"v":null},{}]},"m":[{"v":"2004"},{"v":"x"}],"u":{"open":null},
            "f":{"fact":1,"on":"2020-01-01","source":"s"}}"#;
        let (schema, facts) = from_json(text, &Limits::default(), &Schema::default()).unwrap();
        let ty = |name: &str| match &schema.get(schema.find(name).unwrap()).unwrap().ty {
            FactType::Scalar(ty) => format!("{ty:?}"),
            FactType::Record { fields, .. } => {
                format!("record {:?} {}", fields.list.iter().map(|field| &field.ty).collect::<Vec<_>>(), fields.open)
            }
            FactType::List { fields, complete, .. } => {
                format!(
                    "list {:?} {} {complete}",
                    fields.list.iter().map(|field| &field.ty).collect::<Vec<_>>(),
                    fields.open
                )
            }
        };
        for (name, expected, value) in [
            ("a", "Any", "not given"),
            ("b", "Truth", "true"),
            ("n", "Number", "0.1"),
            ("d", "Date { or_none: false }", "2004-05"),
            ("y", "Date { or_none: false }", "2004"),
            ("t", "Text", "hello"),
            ("l", "Duration", "3 months"),
            ("q", "Quantity(`mmol/L`)", "7 mmol/L"),
            ("c", "Code(Icd10Se)", "F11.2"),
            ("p", "Period", "2004-01-01 2004-12-31"),
            ("r", "record [Number] true", "{\"x\": number}"),
            ("e", "list [] true true", "0 AsDeclared"),
            ("o", "list [Number] true false", "3 Open"),
            ("m", "list [Text] true true", "2 AsDeclared"),
            ("u", "list [] true false", "not given"),
            ("f", "Number", "1"),
        ] {
            assert_eq!((ty(name).as_str(), shown(&facts, name).as_str()), (expected, value), "{name}");
        }
        assert!(facts.get("f").unwrap().on.is_some());
        for (text, expected) in [
            (r#"{"d":"2023-02-29"}"#, "d: there is no such day in the calendar"),
            (r#"{"q":{"quantity":7,"unit":"mg/"}}"#, "q: not a unit that is read"),
            (r#"{"c":{"system":"ICD","code":"F11"}}"#, "c: not a system that is built in"),
            (r#"{"c":{"system":"ICD-10-SE","code":"x"}}"#, "c: not well formed in ICD-10-SE"),
            (r#"{"l":[1]}"#, "l[0]: expected a record, found a number"),
            (r#"{"l":[{"v":1},{"v":true}]}"#, "l[1].v: yes or no here, and a number in another record"),
            (r#"{"l":[{"v":[]}]}"#, "l[0].v: expected one value, found a list"),
            (r#"{"r":{"v":{"w":1}}}"#, "r.v: expected one value, found a set of keys"),
            ("[]", "expected facts, found a list"),
        ] {
            let found = lines(text);
            assert!(found.len() == 1 && found.first().unwrap().starts_with(expected), "{text}: {found:#?}");
        }
        assert!(from_yaml("a: 01", &Limits::default(), &Schema::default()).is_err());
        let (_, facts) = from_yaml("a: yes\nb: \"yes\"\nc: 2004-05\n", &Limits::default(), &Schema::default()).unwrap();
        assert_eq!([shown(&facts, "a"), shown(&facts, "b"), shown(&facts, "c")], ["true", "yes", "2004-05"]);
    }
}
