//! What was known of the things that a condition looks at, as it was given.

use super::situation::Situation;
use super::{Answer, Observed, ObservedKind, OutdatedFact};
use crate::facts::{Facts, Given};
use crate::ground::Ground;
use crate::language::Localized;
use crate::program::{Constant, Form, Operand, Program, ReadingId, Subject};
use crate::schema::{FactId, FactSchema, FactType, FieldId, FieldSchema};
use crate::source::Place;
use crate::value::{Date, Duration, FactValue, List, ListCompleteness, Record};
use std::collections::{BTreeSet, HashSet};
use std::fmt::Write as _;

/// What is stated about a fact and still holds on the day.
pub(crate) fn valid<'a>(facts: &'a Facts, schema: &FactSchema, as_of: Date) -> Option<&'a Given> {
    let given = facts.get(&schema.name)?;
    if outdated(given, schema, as_of).is_some() { None } else { Some(given) }
}

/// When it was recorded, and how long it counts, where that time has passed.
fn outdated(given: &Given, schema: &FactSchema, as_of: Date) -> Option<(Date, Duration)> {
    let recorded = given.on.zip(schema.valid_for);
    recorded.filter(|(on, time)| on.checked_add(*time).is_some_and(|until| until < as_of))
}

/// The records that a condition inside a list is at, outermost first.
pub(crate) type Records = [u32];

/// What a condition looked at, with what was known of it: lent by the program and the facts.
#[derive(Debug, Clone)]
pub(crate) struct LookedAt<'a> {
    kind: ObservedKind,
    pub(crate) id: ThingName<'a>,
    pub(crate) label: &'a Localized,
    pub(crate) value: Known<'a>,
    /// Of a record or list that was looked at as a whole: what its fields are called.
    fields: Option<&'a FactType>,
    pub(crate) grounds: &'a [Ground],
    /// Of a parameter with a default: where that stands.
    place: Option<Place>,
}

/// What a fact, a parameter or a part of a fact is called: `referral.received`, `diagnoses[0]`, counted from 0,
/// `diagnoses[0].code`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct ThingName<'a> {
    pub(crate) fact: &'a str,
    pub(crate) record: Option<u32>,
    pub(crate) field: Option<&'a str>,
}

/// What was known of a fact or parameter.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Known<'a> {
    Unknown,
    Given(&'a FactValue),
    /// A list as given, which says whether it may be incomplete, also where only its declaration does.
    List(&'a List, ListCompleteness),
    /// What a fact is where nobody mentions it.
    Assumed(bool),
    Parameter(&'a Constant),
}

impl<'a> Situation<'a> {
    /// Everything below a reading that was given or could have been: facts, lists, parameters; in the order written.
    pub(crate) fn observed(&self, reading: ReadingId) -> Vec<Observed> {
        self.all_looked_at(reading).into_iter().map(|seen| seen.told(self)).collect()
    }

    /// What was given, is read, and was recorded too long ago to count.
    pub(super) fn outdated(&self) -> Vec<OutdatedFact> {
        let program = self.program();
        let is_read = |id: FactId| {
            program.slots.iter().any(|slot| slot.fact == id) || program.lists.iter().any(|list| list.fact == id)
        };
        let old = program.schema.iter().filter_map(|(id, schema)| {
            let given = schema.valid_for.and_then(|_| self.facts.get(&schema.name))?;
            let (recorded, valid_for) = outdated(given, schema, self.as_of()).filter(|_| is_read(id))?;
            Some(OutdatedFact { fact: schema.name.to_string(), label: schema.label.clone(), recorded, valid_for })
        });
        old.collect()
    }

    fn all_looked_at(&self, reading: ReadingId) -> Vec<LookedAt<'a>> {
        let mut subjects = Vec::new();
        collect(self.program(), reading, &mut subjects);
        let mut seen: Vec<LookedAt<'_>> = Vec::new();
        let mut once = HashSet::new();
        for subject in subjects.into_iter().filter(|subject| once.insert(*subject)) {
            if let Some(new) = self.subject(subject, &[]).filter(|new| !seen.iter().any(|old| old.id == new.id)) {
                seen.push(new);
            }
        }
        seen
    }

    /// The only thing that a condition looks at, if it looks at one, and what people call it.
    pub(crate) fn only_fact(&self, reading: ReadingId) -> (Option<String>, Localized) {
        // What a parameter is set to is known, and no fact.
        let mut facts = self.all_looked_at(reading);
        facts.retain(|seen| !seen.is_set_parameter());
        match <[LookedAt<'_>; 1]>::try_from(facts) {
            Ok([one]) => (Some(one.id.told()), one.label.clone()),
            Err(_) => (None, Localized::default()),
        }
    }

    /// The parameters with a value below these readings, none twice.
    pub(super) fn set_parameters(&self, readings: impl Iterator<Item = ReadingId>) -> Vec<Observed> {
        let mut found: Vec<Observed> = Vec::new();
        if self.program().set_parameters.is_empty() {
            return found;
        }
        let mut subjects = Vec::new();
        let mut once = HashSet::new();
        for reading in readings {
            collect(self.program(), reading, &mut subjects);
            for subject in subjects.drain(..).filter(|subject| matches!(subject, Subject::SetParameter(_))) {
                let seen = once.insert(subject).then(|| self.subject(subject, &[])).flatten();
                found.extend(seen.filter(LookedAt::is_set_parameter).map(|seen| seen.told(self)));
            }
        }
        found
    }

    /// One thing that a condition looks at; `None` where there is no such record.
    pub(crate) fn subject(&self, subject: Subject, records: &Records) -> Option<LookedAt<'a>> {
        let program = self.program();
        match subject {
            Subject::Parameter(parameter) => {
                let open = program.parameters.get(parameter as usize)?;
                Some(LookedAt::parameter(&open.name, &open.label, Known::Unknown))
            }
            Subject::SetParameter(parameter) => {
                let set = program.set_parameters.get(parameter as usize)?;
                let seen = LookedAt::parameter(&set.name, &set.label, Known::Parameter(&set.value));
                Some(LookedAt { grounds: &set.grounds, place: set.place, ..seen })
            }
            Subject::Fact(Operand::Slot(slot)) => {
                let slot = program.slots.get(slot.0 as usize)?;
                self.fact(slot.fact, slot.field)
            }
            Subject::Fact(Operand::List(list)) => self.fact(program.lists.get(list.0 as usize)?.fact, None),
            Subject::Fact(Operand::Field { list, depth, field }) => {
                let list = program.lists.get(list.0 as usize)?;
                let record = *records.get(usize::from(depth))?;
                self.list_field(list.fact, *list.fields.get(field as usize)?, record)
            }
        }
    }

    fn fact(&self, fact: FactId, field: Option<FieldId>) -> Option<LookedAt<'a>> {
        let schema = self.program().schema.get(fact)?;
        let given = valid(self.facts, schema, self.as_of()).map(|given| &given.value);
        match (&schema.ty, field) {
            (FactType::Record { fields, .. }, Some(field)) => {
                let field = fields.get(field)?;
                let value = match given {
                    Some(FactValue::Record(record)) => field_known(record, field),
                    Some(none @ FactValue::None) => Known::Given(none),
                    Some(_) | None => Known::Unknown,
                };
                let label = if field.label.is_empty() { &schema.label } else { &field.label };
                Some(LookedAt::fact(
                    ThingName { fact: &schema.name, record: None, field: Some(&field.name) },
                    label,
                    value,
                ))
            }
            (FactType::Scalar(_) | FactType::Record { .. } | FactType::List { .. }, _) => {
                let value = match given {
                    Some(value) => with_completeness(value, &schema.ty),
                    None => match schema.not_mentioned.filter(|_| self.facts.get(&schema.name).is_none()) {
                        Some(assumed) => Known::Assumed(assumed),
                        None => Known::Unknown,
                    },
                };
                let seen = LookedAt::fact(ThingName::whole(&schema.name), &schema.label, value);
                Some(LookedAt { fields: Some(&schema.ty), ..seen })
            }
        }
    }

    fn list_field(&self, fact: FactId, field: FieldId, record: u32) -> Option<LookedAt<'a>> {
        let schema = self.program().schema.get(fact)?;
        let FactType::List { fields, .. } = &schema.ty else { return None };
        let field = fields.get(field)?;
        let Some(FactValue::List(list)) = valid(self.facts, schema, self.as_of()).map(|given| &given.value) else {
            return None;
        };
        let value = field_known(list.records.get(record as usize)?, field);
        let id = ThingName { fact: &schema.name, record: Some(record), field: Some(&field.name) };
        Some(LookedAt::fact(id, &field.label, value))
    }
}

impl<'a> ThingName<'a> {
    fn whole(fact: &'a str) -> ThingName<'a> {
        ThingName { fact, record: None, field: None }
    }

    pub(crate) fn write(self, out: &mut String) {
        out.push_str(self.fact);
        if let Some(record) = self.record {
            out.push('[');
            match u8::try_from(record) {
                Ok(digit @ 0..10) => out.push(char::from(b'0' + digit)),
                // Writing to a `String` cannot fail.
                Ok(_) | Err(_) => drop(write!(out, "{record}")),
            }
            out.push(']');
        }
        if let Some(field) = self.field {
            out.push('.');
            out.push_str(field);
        }
    }

    fn told(self) -> String {
        let mut told = String::new();
        self.write(&mut told);
        told
    }
}

impl<'a> LookedAt<'a> {
    fn fact(id: ThingName<'a>, label: &'a Localized, value: Known<'a>) -> LookedAt<'a> {
        LookedAt { kind: ObservedKind::Fact, id, label, value, fields: None, grounds: &[], place: None }
    }

    fn parameter(id: &'a str, label: &'a Localized, value: Known<'a>) -> LookedAt<'a> {
        LookedAt { kind: ObservedKind::Parameter, ..LookedAt::fact(ThingName::whole(id), label, value) }
    }

    /// Whether it is a parameter with a value.
    pub(crate) fn is_set_parameter(&self) -> bool {
        matches!(self.value, Known::Parameter(value) if !matches!(value, Constant::Unknown))
    }

    /// As plain data.
    fn told(self, situation: &Situation<'_>) -> Observed {
        Observed {
            kind: self.kind,
            id: self.id.told(),
            label: self.label.clone(),
            value: self.value.answer(),
            fields: self.fields.map_or_else(Vec::new, field_labels),
            grounds: self.grounds.to_vec(),
            layer: self.place.map(|place| situation.layer_at(place)),
        }
    }
}

impl Known<'_> {
    /// As plain data.
    pub(crate) fn answer(self) -> Answer {
        match self {
            Known::Unknown => Answer::Unknown,
            Known::Given(value) => Answer::Known(value.clone()),
            Known::List(list, completeness) => {
                Answer::Known(FactValue::List(List { records: list.records.clone(), completeness }))
            }
            Known::Assumed(assumed) => Answer::Known(FactValue::Truth(assumed)),
            Known::Parameter(value) => constant(value),
        }
    }
}

/// The value of a parameter.
fn constant(constant: &Constant) -> Answer {
    Answer::Known(match constant {
        Constant::Truth(truth) => FactValue::Truth(*truth),
        Constant::Number(number) => FactValue::Number(**number),
        Constant::Quantity(quantity) => FactValue::Quantity((**quantity).clone()),
        Constant::Text(text) => FactValue::Text(text.clone()),
        Constant::Date(date) => FactValue::Date((*date).into()),
        Constant::Duration(duration) => FactValue::Duration(*duration),
        Constant::Period(from, through) => FactValue::Period(*from, *through),
        Constant::Code(code) => FactValue::Code(code.clone()),
        Constant::Choice(word) => FactValue::Choice(word.clone()),
        Constant::Unknown => return Answer::Unknown,
    })
}

fn field_labels(ty: &FactType) -> Vec<(String, Localized)> {
    match ty {
        FactType::Scalar(_) => Vec::new(),
        FactType::Record { fields, .. } | FactType::List { fields, .. } => {
            fields.list.iter().map(|field| (field.name.to_string(), field.label.clone())).collect()
        }
    }
}

fn field_known<'a>(record: &'a Record, field: &FieldSchema) -> Known<'a> {
    match (record.fields.get(&field.name), field.not_mentioned) {
        (Some(value), _) => Known::Given(value),
        (None, Some(assumed)) => Known::Assumed(assumed),
        (None, None) => Known::Unknown,
    }
}

fn with_completeness<'a>(value: &'a FactValue, ty: &FactType) -> Known<'a> {
    let (FactValue::List(list), FactType::List { complete, .. }) = (value, ty) else { return Known::Given(value) };
    let declared = || if *complete { ListCompleteness::Complete } else { ListCompleteness::Open };
    Known::List(
        list,
        match list.completeness {
            ListCompleteness::AsDeclared => declared(),
            stated @ (ListCompleteness::Complete | ListCompleteness::Open) => stated,
        },
    )
}

/// The facts outside lists, the lists and the parameters below a reading, in the order in which it names them.
fn collect(program: &Program, id: ReadingId, subjects: &mut Vec<Subject>) {
    // Definitions can name each other in long chains and many times over: each reading is looked at once, without a stack.
    let mut seen = BTreeSet::new();
    let mut left = vec![id];
    while let Some(id) = left.pop() {
        let Some(reading) = program.readings.get(id.0 as usize).filter(|_| seen.insert(id)) else { continue };
        subjects.extend(reading.subjects.iter().filter(|subject| match subject {
            Subject::Fact(Operand::Field { .. }) => false,
            Subject::Fact(Operand::Slot(_) | Operand::List(_)) | Subject::Parameter(_) | Subject::SetParameter(_) => {
                true
            }
        }));
        let mut parts = reading.parts.to_vec();
        if let Form::Loop { filter, body, .. } = &reading.form {
            parts.extend(filter.iter().chain(body));
        }
        left.extend(parts.into_iter().rev());
    }
}
