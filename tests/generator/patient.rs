//! Facts that fit a guideline's declarations, with gaps.

use super::random::Random;
use super::value::{COUNTIES, DAYS, DIAGNOSES, DOSES, DRUGS, KINDS, LENGTHS, NUMBERS, TEXTS, WEIGHTS, day};
use crate::reference::{Completeness, Day, Fact, Given, Patient, Record, parse_day, whole_month, whole_year};
use riktlinje::syntax::ast::{self, FactTypeKind};

/// How much is stated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Gaps,
    Everything,
}

impl Presence {
    fn is_stated(self, random: &mut Random, chance: usize) -> bool {
        self == Presence::Everything || random.percent(chance)
    }
}

pub fn patient(random: &mut Random, file: &ast::File, presence: Presence) -> Patient {
    let mut patient = Patient::default();
    // One patient in three has all lists given and complete, so that much is settled.
    let thorough = random.percent(33);
    let near = near(random);
    for item in &file.items {
        let ast::Declaration::Fact(fact) = &item.declaration else { continue };
        if !presence.is_stated(random, if thorough { 92 } else { 70 }) {
            continue;
        }
        let item = item_value(random, &fact.name.value);
        let around = super::schedule::FACTS.contains(&&*fact.name.value);
        let around = around.then(|| begun(&patient).unwrap_or(near));
        let form = Form { presence, thorough, around };
        let value = item.or_else(|| value(random, &fact.ty.kind, &fact.fields, form));
        let Some(value) = value else { continue };
        let is_list = matches!(value, Fact::List(..));
        let on = (fact.valid_for.is_some() && !is_list && random.percent(60)).then(|| day(random));
        patient.facts.insert(fact.name.value.to_string(), Given { value, on });
    }
    patient
}

fn number(random: &mut Random) -> String {
    (random.pick(NUMBERS)).to_owned()
}

/// A day that a schedule's facts lie around.
fn near(random: &mut Random) -> Day {
    parse_day(random.pick(&DAYS[6..])).unwrap().0
}

/// A day on which it shows what a patient's facts are.
pub fn day_for(random: &mut Random, patient: &Patient) -> Day {
    match begun(patient) {
        Some(begun) if random.percent(70) => begun + random.between(-10, 100),
        _ => day(random),
    }
}

fn begun(patient: &Patient) -> Option<Day> {
    match &patient.facts.get("begun")?.value {
        Fact::Date(first, _) => Some(*first),
        _ => None,
    }
}

/// How facts are stated.
#[derive(Debug, Clone, Copy)]
pub struct Form {
    presence: Presence,
    thorough: bool,
    around: Option<Day>,
}

impl Form {
    pub fn of_refined(patient: &Patient, name: &str) -> Form {
        let around = begun(patient).filter(|_| super::schedule::FACTS.contains(&name));
        Form { presence: Presence::Gaps, thorough: false, around }
    }
}

fn date(random: &mut Random, form: Form) -> Fact {
    let day = match form.around {
        Some(around) => around + random.between(-10, 50),
        None => day(random),
    };
    match if form.presence == Presence::Everything { 99 } else { random.below(100) } {
        0..3 => Fact::Date(whole_year(day).0, whole_year(day).1),
        3..14 => Fact::Date(whole_month(day).0, whole_month(day).1),
        _ => Fact::Date(day, day),
    }
}

fn value(random: &mut Random, kind: &FactTypeKind, fields: &[ast::Field], form: Form) -> Option<Fact> {
    Some(match kind {
        FactTypeKind::YesNo => Fact::YesNo(random.percent(50)),
        FactTypeKind::Number => Fact::Number(number(random)),
        FactTypeKind::QuantityIn(unit) => {
            let (text, unit) = match &*unit.value {
                "kg" => random.pick(WEIGHTS),
                "mg" => random.pick(DOSES),
                _ => random.pick(&[("1.5", "m"), ("150", "cm"), ("1", "m"), ("0", "m"), ("1.41", "m")]),
            };
            Fact::Quantity(text.to_owned(), unit.to_owned())
        }
        FactTypeKind::Text => Fact::Text((random.pick(TEXTS)).to_owned()),
        FactTypeKind::Date(ast::OrNone::OrNone) if random.percent(25) => Fact::None,
        FactTypeKind::Date(_) => date(random, form),
        FactTypeKind::Duration => {
            let (count, unit) = random.pick(LENGTHS);
            Fact::Duration(count, unit.word().to_owned())
        }
        FactTypeKind::Period => {
            let (a, b): (Day, Day) = (day(random), day(random));
            Fact::Period(a.min(b), a.max(b))
        }
        FactTypeKind::CodeFrom(system) => Fact::Code(
            (match &*system.value {
                "ATC" => random.pick(DRUGS),
                "county" => random.pick(COUNTIES),
                _ => random.pick(DIAGNOSES),
            })
            .to_owned(),
        ),
        FactTypeKind::OneOf(_) => Fact::Choice((random.pick(KINDS)).to_owned()),
        FactTypeKind::Record(ast::OrNone::OrNone) if random.percent(25) => Fact::None,
        FactTypeKind::Record(_) => Fact::Record(record(random, fields, form)),
        FactTypeKind::ListOf { .. } => {
            let counts = if form.around.is_some() { [0, 1, 3, 6, 12, 20] } else { [0, 1, 1, 2, 2, 3] };
            let records = (0..random.pick(&counts)).map(|_| record(random, fields, form));
            let records: Vec<Record> = records.collect();
            let completeness = match random.below(10) {
                _ if form.thorough => Completeness::Complete,
                0..5 => Completeness::AsDeclared,
                5..7 => Completeness::Open,
                _ => Completeness::Complete,
            };
            Fact::List(records, completeness)
        }
    })
}

fn record(random: &mut Random, fields: &[ast::Field], form: Form) -> Record {
    let mut record = Record::new();
    for field in fields {
        if form.presence.is_stated(random, if form.thorough { 95 } else { 80 })
            && let Some(value) = value(random, &field.ty.kind, &[], form)
        {
            record.insert(field.name.value.to_string(), value);
        }
    }
    record
}

/// Something to state about a fact that was not given.
pub fn fresh_value(random: &mut Random, fact: &ast::Fact, patient: &Patient) -> Option<Fact> {
    let item = item_value(random, &fact.name.value);
    item.or_else(|| value(random, &fact.ty.kind, &fact.fields, Form::of_refined(patient, &fact.name.value)))
}

/// The items of scores have values of their own.
fn item_value(random: &mut Random, name: &str) -> Option<Fact> {
    let allowed: &[&str] = match name {
        "q1" | "q2" => &["0", "1", "2", "3"],
        "q3" => &["0", "2", "4"],
        _ => return None,
    };
    Some(Fact::Number((random.pick(allowed)).to_owned()))
}

pub fn fresh_field(random: &mut Random, field: &ast::Field, form: Form) -> Option<Fact> {
    value(random, &field.ty.kind, &[], form)
}

pub fn fresh_record(random: &mut Random, fact: &ast::Fact) -> Record {
    record_of(random, fact, Form { presence: Presence::Gaps, thorough: false, around: None })
}

pub fn record_of(random: &mut Random, fact: &ast::Fact, form: Form) -> Record {
    record(random, &fact.fields, form)
}
