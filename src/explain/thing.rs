//! What is not known of one patient: the things that somebody could be asked for.

use crate::facts::{Facts, Given};
use crate::language::Localized;
use crate::outcome::reach::Reach;
use crate::outcome::{Missing, MissingKind, Situation, valid};
use crate::program::{ListId, Operand, Program, RuleIndex};
use crate::schema::{FactId, FactSchema, FactType, FieldId, FieldSchema, Fields, ScalarType};
use crate::value::{Date, FactValue, List, ListCompleteness};
use std::borrow::Cow;

/// One thing that is not known. In the order of asking where nothing else tells: facts as declared, the fields of a record
/// or list after it, parameters last.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Thing {
    /// A fact that was not given (also a whole record), is known in part, or was recorded too long ago.
    Fact(FactId),
    /// A field of a record fact that was given.
    RecordField(FactId, FieldId),
    /// A field of a record of a list.
    ListField(FactId, u32, FieldId),
    /// A list that was not given or may be incomplete: its further records.
    List(FactId),
    /// A parameter that nobody set: its place among the program's.
    Parameter(u32),
}

/// The things that these conditions read and that are not known; ascending, none twice.
pub(super) fn unknown_things(situation: &Situation<'_>, reach: &Reach) -> Vec<Thing> {
    let program = situation.program();
    let mut things: Vec<Thing> = reach.parameters.iter().map(|parameter| Thing::Parameter(*parameter)).collect();
    for operand in &reach.operands {
        match *operand {
            Operand::Slot(slot) => {
                if let Some(slot) = program.slots.get(slot.0 as usize) {
                    things.extend(slot_thing(situation, slot.fact, slot.field));
                }
            }
            Operand::List(list) => {
                if reach.open_lists.contains(&list) || !is_given(situation, program, list) {
                    things.extend(list_thing(situation, program, list));
                }
            }
            Operand::Field { list, field, .. } => field_things(situation, program, list, field, &mut things),
        }
    }
    things.sort_unstable();
    things.dedup();
    things
}

fn slot_thing(situation: &Situation<'_>, fact: FactId, field: Option<FieldId>) -> Option<Thing> {
    let schema = situation.program().schema.get(fact)?;
    let stated = situation.facts.get(&schema.name).is_some();
    let Some(given) = valid(situation.facts, schema, situation.as_of()) else {
        return (stated || schema.not_mentioned.is_none()).then_some(Thing::Fact(fact));
    };
    match (&schema.ty, field, &given.value) {
        (FactType::Scalar(_), None, value) => is_partial(value).then_some(Thing::Fact(fact)),
        (FactType::Record { fields, .. }, Some(field), FactValue::Record(record)) => {
            let declared = fields.get(field)?;
            is_open(record.fields.get(&declared.name), declared).then_some(Thing::RecordField(fact, field))
        }
        (FactType::Scalar(_) | FactType::Record { .. } | FactType::List { .. }, _, _) => None,
    }
}

/// A list fact and what is stated about it.
struct Stated<'a> {
    fact: FactId,
    schema: &'a FactSchema,
    records: Option<&'a List>,
}

fn stated<'a>(situation: &Situation<'a>, program: &'a Program, list: ListId) -> Option<Stated<'a>> {
    let fact = program.lists.get(list.0 as usize)?.fact;
    let schema = program.schema.get(fact)?;
    let records = match valid(situation.facts, schema, situation.as_of()).map(|given| &given.value) {
        Some(FactValue::List(records)) => Some(records),
        Some(_) | None => None,
    };
    Some(Stated { fact, schema, records })
}

fn is_given(situation: &Situation<'_>, program: &Program, list: ListId) -> bool {
    stated(situation, program, list).is_some_and(|stated| stated.records.is_some())
}

fn list_thing(situation: &Situation<'_>, program: &Program, list: ListId) -> Option<Thing> {
    let Stated { fact, schema, records } = stated(situation, program, list)?;
    let is_complete = records.is_some_and(|records| match records.completeness {
        ListCompleteness::Complete => true,
        ListCompleteness::Open => false,
        ListCompleteness::AsDeclared => matches!(schema.ty, FactType::List { complete: true, .. }),
    });
    (!is_complete).then_some(Thing::List(fact))
}

fn field_things(situation: &Situation<'_>, program: &Program, list: ListId, number: u32, things: &mut Vec<Thing>) {
    let Some(Stated { fact, schema, records: Some(records) }) = stated(situation, program, list) else { return };
    let field = program.lists.get(list.0 as usize).and_then(|list| list.fields.get(number as usize).copied());
    let (Some(field), FactType::List { fields, .. }) = (field, &schema.ty) else { return };
    let Some(declared) = fields.get(field) else { return };
    for (record, index) in records.records.iter().zip(0..) {
        if is_open(record.fields.get(&declared.name), declared) {
            things.push(Thing::ListField(fact, index, field));
        }
    }
}

/// Not given, or known in part.
fn is_open(value: Option<&FactValue>, declared: &FieldSchema) -> bool {
    value.map_or(declared.not_mentioned.is_none(), is_partial)
}

fn is_partial(value: &FactValue) -> bool {
    matches!(value, FactValue::Date(date) if date.first() != date.last())
}

/// What a thing is: its type, and the days that it can be where a date is known in part.
pub(super) struct Shape<'a> {
    pub(super) ty: Answers<'a>,
    pub(super) days: Option<(Date, Date)>,
}

/// The answers that a thing can have.
pub(super) enum Answers<'a> {
    Scalar(&'a ScalarType),
    Record {
        fields: &'a Fields,
        or_none: bool,
    },
    /// Further records.
    Records(&'a Fields),
}

impl Thing {
    pub(super) fn shape<'a>(self, situation: &Situation<'a>) -> Option<Shape<'a>> {
        let program = situation.program();
        let schema = |fact| program.schema.get(fact);
        let ty = match self {
            Thing::Fact(fact) => match &schema(fact)?.ty {
                FactType::Scalar(ty) => Answers::Scalar(ty),
                FactType::Record { fields, or_none } => Answers::Record { fields, or_none: *or_none },
                FactType::List { fields, .. } => Answers::Records(fields),
            },
            Thing::RecordField(fact, field) | Thing::ListField(fact, _, field) => match &schema(fact)?.ty {
                FactType::Record { fields, .. } | FactType::List { fields, .. } => {
                    Answers::Scalar(&fields.get(field)?.ty)
                }
                FactType::Scalar(_) => return None,
            },
            Thing::List(fact) => match &schema(fact)?.ty {
                FactType::List { fields, .. } => Answers::Records(fields),
                FactType::Scalar(_) | FactType::Record { .. } => return None,
            },
            Thing::Parameter(parameter) => Answers::Scalar(&program.parameters.get(parameter as usize)?.ty),
        };
        Some(Shape { ty, days: self.days(situation) })
    }

    /// Where it is a date that is known in part.
    fn days(self, situation: &Situation<'_>) -> Option<(Date, Date)> {
        let schema = |fact| situation.program().schema.get(fact);
        let stated = |fact| valid(situation.facts, schema(fact)?, situation.as_of()).map(|given| &given.value);
        let value = match self {
            Thing::Fact(fact) => stated(fact)?,
            Thing::RecordField(fact, field) => match (stated(fact)?, &schema(fact)?.ty) {
                (FactValue::Record(record), FactType::Record { fields, .. }) => {
                    record.fields.get(&fields.get(field)?.name)?
                }
                (_, FactType::Scalar(_) | FactType::Record { .. } | FactType::List { .. }) => return None,
            },
            Thing::ListField(fact, record, field) => match (stated(fact)?, &schema(fact)?.ty) {
                (FactValue::List(list), FactType::List { fields, .. }) => {
                    list.records.get(record as usize)?.fields.get(&fields.get(field)?.name)?
                }
                (_, FactType::Scalar(_) | FactType::Record { .. } | FactType::List { .. }) => return None,
            },
            Thing::List(_) | Thing::Parameter(_) => return None,
        };
        match value {
            FactValue::Date(date) => Some((date.first(), date.last())),
            FactValue::Truth(_)
            | FactValue::Number(_)
            | FactValue::Quantity(_)
            | FactValue::Text(_)
            | FactValue::Duration(_)
            | FactValue::Period(..)
            | FactValue::Code(_)
            | FactValue::Choice(_)
            | FactValue::None
            | FactValue::Record(_)
            | FactValue::List(_) => None,
        }
    }

    /// The facts with an answer filled in. Nothing happens for a parameter.
    pub(super) fn fill(self, facts: &mut Facts, situation: &Situation<'_>, answer: &FactValue) {
        let (Thing::Fact(fact) | Thing::RecordField(fact, _) | Thing::ListField(fact, _, _) | Thing::List(fact)) = self
        else {
            return;
        };
        let Some(schema) = situation.program().schema.get(fact) else { return };
        let whole = |value: FactValue| Given { value, on: None, source: None };
        match self {
            Thing::Fact(_) => {
                facts.given.insert(schema.name.clone(), whole(answer.clone()));
            }
            Thing::RecordField(_, field) => {
                let (FactType::Record { fields, .. }, Some(given)) = (&schema.ty, facts.given.get_mut(&schema.name))
                else {
                    return;
                };
                if let (Some(declared), FactValue::Record(record)) = (fields.get(field), &mut given.value) {
                    record.fields.insert(declared.name.clone(), answer.clone());
                }
            }
            Thing::ListField(_, record, field) => {
                let (FactType::List { fields, .. }, Some(given)) = (&schema.ty, facts.given.get_mut(&schema.name))
                else {
                    return;
                };
                if let (Some(declared), FactValue::List(list)) = (fields.get(field), &mut given.value)
                    && let Some(record) = list.records.get_mut(record as usize)
                {
                    record.fields.insert(declared.name.clone(), answer.clone());
                }
            }
            Thing::List(_) => {
                let FactValue::List(more) = answer else { return };
                if valid(facts, schema, situation.as_of()).is_none() {
                    facts.given.remove(&schema.name);
                }
                let empty = || whole(FactValue::List(List::default()));
                let given = facts.given.entry(schema.name.clone()).or_insert_with(empty);
                if let FactValue::List(list) = &mut given.value {
                    list.records.extend(more.records.iter().cloned());
                    list.completeness = ListCompleteness::Complete;
                    given.on = None;
                }
            }
            Thing::Parameter(_) => {}
        }
    }

    /// For people: what is missing, what to ask, which rules it bears on.
    pub(super) fn wanted<'a>(self, situation: &Situation<'a>, settles: Vec<RuleIndex>) -> Wanted<'a> {
        let program = situation.program();
        let field = |fact: FactId, field: FieldId| match program.schema.get(fact).map(|schema| &schema.ty) {
            Some(FactType::Record { fields, .. } | FactType::List { fields, .. }) => fields.get(field),
            Some(FactType::Scalar(_)) | None => None,
        };
        let fact_name = |fact| program.schema.get(fact).map(|schema| &*schema.name).unwrap_or_default();
        let field_name = |fact, id| field(fact, id).map(|field| &*field.name).unwrap_or_default();
        let kind = if let Thing::Parameter(_) = self { MissingKind::Parameter } else { MissingKind::Fact };
        let (fact, words): (Cow<'a, str>, _) = match self {
            Thing::Fact(fact) | Thing::List(fact) => {
                let words = program.schema.get(fact).map(|schema| (&schema.label, &schema.question));
                (fact_name(fact).into(), words)
            }
            Thing::RecordField(fact, id) => (
                format!("{}.{}", fact_name(fact), field_name(fact, id)).into(),
                field(fact, id).map(|field| (&field.label, &field.question)),
            ),
            Thing::ListField(fact, record, id) => (
                format!("{}[{record}].{}", fact_name(fact), field_name(fact, id)).into(),
                field(fact, id).map(|field| (&field.label, &field.question)),
            ),
            Thing::Parameter(parameter) => {
                let open = program.parameters.get(parameter as usize);
                (open.map_or("", |open| &open.name).into(), open.map(|open| (&open.label, &NO_WORDS)))
            }
        };
        let (label, question) = words.unwrap_or((&NO_WORDS, &NO_WORDS));
        Wanted { kind, fact, label: Cow::Borrowed(label), question: Cow::Borrowed(question), settles }
    }
}

static NO_WORDS: Localized = Localized { sv: None, en: None };

/// What is missing, with its words from the program.
#[derive(Debug, Clone)]
pub(crate) struct Wanted<'a> {
    pub(crate) kind: MissingKind,
    pub(crate) fact: Cow<'a, str>,
    pub(crate) label: Cow<'a, Localized>,
    pub(crate) question: Cow<'a, Localized>,
    /// The rules that it bears on, in output order.
    pub(crate) settles: Vec<RuleIndex>,
}

impl Wanted<'_> {
    /// As plain data.
    pub(crate) fn told(self, situation: &Situation<'_>) -> Missing {
        Missing {
            kind: self.kind,
            fact: self.fact.into_owned(),
            label: self.label.into_owned(),
            question: self.question.into_owned(),
            settles: self.settles.iter().map(|rule| situation.rule_name(*rule)).collect(),
        }
    }
}
