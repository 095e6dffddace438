//! The same patient, better known.

use super::patient::{Form, fresh_field, fresh_value, record_of};
use super::random::Random;
use crate::reference::{Completeness, Fact, Patient, Record};
use riktlinje::syntax::ast::{self, FactTypeKind};

/// "A value is refined by narrowing its interval or replacing unknown; adding a record refines only an open list; an
/// omitted `not mentioned means` fact is a value; a code is never refined."
pub fn refined(random: &mut Random, file: &ast::File, patient: &Patient) -> Patient {
    let mut refined = patient.clone();
    for item in &file.items {
        let ast::Declaration::Fact(fact) = &item.declaration else { continue };
        let name = &*fact.name.value;
        let form = Form::of_refined(patient, name);
        match refined.facts.get_mut(name) {
            None if fact.not_mentioned.is_none() && random.percent(40) => {
                if let Some(value) = fresh_value(random, fact, patient) {
                    refined.set(name, value);
                }
            }
            None => {}
            Some(given) => match &mut given.value {
                Fact::Record(record) => refine_record(random, &fact.fields, record, form),
                Fact::List(records, completeness) => {
                    for record in records.iter_mut() {
                        refine_record(random, &fact.fields, record, form);
                    }
                    let declared_open = matches!(
                        &fact.ty.kind,
                        FactTypeKind::ListOf { completeness: Some(ast::Completeness::MayBeIncomplete), .. }
                    );
                    let open = *completeness == Completeness::Open
                        || (*completeness == Completeness::AsDeclared && declared_open);
                    if open && random.percent(60) {
                        records.push(record_of(random, fact, form));
                    }
                }
                value => narrow(random, value),
            },
        }
    }
    refined
}

fn refine_record(random: &mut Random, fields: &[ast::Field], record: &mut Record, form: Form) {
    for field in fields {
        match record.get_mut(&*field.name.value) {
            Some(value) => narrow(random, value),
            None if field.not_mentioned.is_none() && random.percent(50) => {
                if let Some(value) = fresh_field(random, field, form) {
                    record.insert(field.name.value.to_string(), value);
                }
            }
            None => {}
        }
    }
}

fn narrow(random: &mut Random, value: &mut Fact) {
    if let Fact::Date(first, last) = value
        && first < last
        && random.percent(70)
    {
        let day = random.between(*first, *last);
        *value = Fact::Date(day, day);
    }
}
