//! What was known of the things that a condition looks at, as it was given.

use super::situation::Situation;
use super::{Answer, Observed, ObservedKind};
use crate::facts::{Facts, Given};
use crate::language::Localized;
use crate::program::{Constant, Form, Operand, Program, ReadingId, Subject};
use crate::schema::{FactId, FactSchema, FactType, FieldId, FieldSchema};
use crate::value::{Date, FactValue, ListCompleteness, Record};
use std::collections::{BTreeSet, HashSet};

/// What is stated about a fact and still holds on the day.
pub(crate) fn valid<'a>(facts: &'a Facts, schema: &FactSchema, as_of: Date) -> Option<&'a Given> {
    let given = facts.get(&schema.name)?;
    let until = given.on.zip(schema.valid_for).and_then(|(on, time)| on.checked_add(time));
    if until.is_some_and(|until| until < as_of) { None } else { Some(given) }
}

/// The records that a condition inside a list is at, outermost first.
pub(crate) type Records = [u32];

impl Situation<'_> {
    /// Everything below a reading that was given or could have been: facts, lists, parameters; in the order written.
    pub(crate) fn observed(&self, reading: ReadingId) -> Vec<Observed> {
        let mut subjects = Vec::new();
        collect(self.program(), reading, &mut subjects);
        let mut seen: Vec<Observed> = Vec::new();
        let mut once = HashSet::new();
        for subject in subjects.into_iter().filter(|subject| once.insert(*subject)) {
            if let Some(observed) = self.subject(subject, &[]).filter(|new| !seen.iter().any(|old| old.id == new.id)) {
                seen.push(observed);
            }
        }
        seen
    }

    /// The only thing that a condition looks at, if it looks at one, and what people call it.
    pub(crate) fn only_fact(&self, reading: ReadingId) -> (Option<String>, Localized) {
        // What a parameter is set to is known, and no fact.
        let mut facts = self.observed(reading);
        facts.retain(|observed| !observed.is_set_parameter());
        match <[Observed; 1]>::try_from(facts) {
            Ok([one]) => (Some(one.id), one.label),
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
                let observed = once.insert(subject).then(|| self.subject(subject, &[])).flatten();
                found.extend(observed.filter(Observed::is_set_parameter));
            }
        }
        found
    }

    /// One thing that a condition looks at; `None` where there is no such record.
    pub(crate) fn subject(&self, subject: Subject, records: &Records) -> Option<Observed> {
        let program = self.program();
        match subject {
            Subject::Parameter(parameter) => {
                let open = program.parameters.get(parameter as usize)?;
                Some(Observed {
                    kind: ObservedKind::Parameter,
                    id: open.name.to_string(),
                    label: open.label.clone(),
                    value: Answer::Unknown,
                    fields: Vec::new(),
                    grounds: Vec::new(),
                    layer: None,
                })
            }
            Subject::SetParameter(parameter) => {
                let set = program.set_parameters.get(parameter as usize)?;
                Some(Observed {
                    kind: ObservedKind::Parameter,
                    id: set.name.to_string(),
                    label: set.label.clone(),
                    value: constant(&set.value),
                    fields: Vec::new(),
                    grounds: set.grounds.clone(),
                    layer: set.place.map(|place| self.layer_at(place)),
                })
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

    fn fact(&self, fact: FactId, field: Option<FieldId>) -> Option<Observed> {
        let schema = self.program().schema.get(fact)?;
        let given = valid(self.facts, schema, self.as_of()).map(|given| &given.value);
        match (&schema.ty, field) {
            (FactType::Record { fields, .. }, Some(field)) => {
                let field = fields.get(field)?;
                let value = match given {
                    Some(FactValue::Record(record)) => field_answer(record, field),
                    Some(FactValue::None) => Answer::Known(FactValue::None),
                    Some(_) | None => Answer::Unknown,
                };
                let label = if field.label.is_empty() { &schema.label } else { &field.label };
                Some(Observed::fact(format!("{}.{}", schema.name, field.name), label.clone(), value))
            }
            (FactType::Scalar(_) | FactType::Record { .. } | FactType::List { .. }, _) => {
                let stated = self.facts.get(&schema.name).is_some();
                let assumed = schema.not_mentioned.filter(|_| !stated).map(FactValue::Truth);
                let value = given.map(|value| with_completeness(value, &schema.ty)).or(assumed);
                let value = value.map_or(Answer::Unknown, Answer::Known);
                let (id, label) = (schema.name.to_string(), schema.label.clone());
                Some(Observed { fields: field_labels(&schema.ty), ..Observed::fact(id, label, value) })
            }
        }
    }

    fn list_field(&self, fact: FactId, field: FieldId, record: u32) -> Option<Observed> {
        let schema = self.program().schema.get(fact)?;
        let FactType::List { fields, .. } = &schema.ty else { return None };
        let field = fields.get(field)?;
        let Some(FactValue::List(list)) = valid(self.facts, schema, self.as_of()).map(|given| &given.value) else {
            return None;
        };
        let value = field_answer(list.records.get(record as usize)?, field);
        let id = format!("{}[{record}].{}", schema.name, field.name);
        Some(Observed::fact(id, field.label.clone(), value))
    }
}

impl Observed {
    fn fact(id: String, label: Localized, value: Answer) -> Observed {
        Observed { kind: ObservedKind::Fact, id, label, value, fields: Vec::new(), grounds: Vec::new(), layer: None }
    }

    /// Whether it is a parameter with a value.
    pub(crate) fn is_set_parameter(&self) -> bool {
        self.kind == ObservedKind::Parameter && self.value != Answer::Unknown
    }
}

/// The value of a parameter.
fn constant(constant: &Constant) -> Answer {
    Answer::Known(match constant {
        Constant::Truth(truth) => FactValue::Truth(*truth),
        Constant::Number(number) => FactValue::Number(*number),
        Constant::Quantity(quantity) => FactValue::Quantity(quantity.clone()),
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

fn field_answer(record: &Record, field: &FieldSchema) -> Answer {
    let assumed = || field.not_mentioned.map(FactValue::Truth);
    record.fields.get(&field.name).cloned().or_else(assumed).map_or(Answer::Unknown, Answer::Known)
}

/// A list says whether it may be incomplete, also where only its declaration does.
fn with_completeness(value: &FactValue, ty: &FactType) -> FactValue {
    let mut value = value.clone();
    if let (FactValue::List(list), FactType::List { complete, .. }) = (&mut value, ty)
        && list.completeness == ListCompleteness::AsDeclared
    {
        list.completeness = if *complete { ListCompleteness::Complete } else { ListCompleteness::Open };
    }
    value
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
