//! Facts: what a guideline reads about a patient or unit.

use super::labels::{Purpose, Wording};
use super::report::{Report, finding};
use crate::diagnostic::codes;
use crate::schema::{FactRole, FactSchema, FactType, FieldSchema, Fields, ScalarType};
use crate::source::FileId;
use crate::syntax::ast::{self, Completeness, FactTypeKind, Name, OrNone};
use crate::value::{Truth, Unit};
use std::collections::HashSet;

/// Understands one fact.
pub(super) fn fact<'a>(fact: &'a ast::Fact, wording: Wording, report: &mut Report<'a>) -> FactSchema {
    let file = wording.file;
    let ty = fact_type(fact, wording, report);
    let not_mentioned = not_mentioned(fact.not_mentioned.as_ref(), &ty, file, report);
    let valid_for = fact.valid_for.as_ref().and_then(|literal| {
        let found = super::expression::whole_duration(&literal.value).filter(|duration| duration.count() > 0);
        if found.is_none() {
            let message = "a fact is valid for a whole number of days, weeks, months or years";
            report.add(
                finding(codes::NOT_A_DURATION, file, literal.span, message).help("write such as `valid for 3 months`"),
            );
        }
        found
    });
    FactSchema {
        name: fact.name.value.clone(),
        role: match fact.role {
            ast::FactRole::Fact => FactRole::Patient,
            ast::FactRole::Setting => FactRole::Setting,
        },
        ty,
        not_mentioned,
        valid_for,
        allowed: None,
        label: wording.read(&fact.label, Purpose::Label, &fact.name, report),
        question: wording.read(&fact.question, Purpose::Optional, &fact.name, report),
    }
}

fn fact_type<'a>(fact: &'a ast::Fact, wording: Wording, report: &mut Report<'a>) -> FactType {
    let file = wording.file;
    match &fact.ty.kind {
        FactTypeKind::Record(or_none) => {
            let or_none = *or_none == OrNone::OrNone;
            FactType::Record { fields: fields(fact, wording, report), or_none }
        }
        FactTypeKind::ListOf { word, completeness } => {
            let complete = match completeness {
                Some(Completeness::Complete) => true,
                Some(Completeness::MayBeIncomplete) => false,
                None => {
                    let message = format!("nothing says whether all of `{}` are always here", fact.name.value);
                    let found = finding(codes::COMPLETENESS_NOT_SAID, file, fact.ty.span, message);
                    report.add(found.help(format!(
                        "write `list of {}, may be incomplete` or `list of {}, complete`",
                        word.value, word.value
                    )));
                    false
                }
            };
            FactType::List { word: word.value.clone(), fields: fields(fact, wording, report), complete }
        }
        FactTypeKind::YesNo
        | FactTypeKind::Number
        | FactTypeKind::QuantityIn(_)
        | FactTypeKind::Text
        | FactTypeKind::Date(_)
        | FactTypeKind::Duration
        | FactTypeKind::Period
        | FactTypeKind::CodeFrom(_)
        | FactTypeKind::OneOf(_) => {
            if let Some(field) = fact.fields.first() {
                let message = format!("`{}` is no record, so it has no fields", fact.name.value);
                let found = finding(codes::TYPE_NOT_HERE, file, field.name.span, message);
                report.add(found.help("declare it as `record` or `list of …`"));
            }
            FactType::Scalar(scalar(&fact.ty, file, "a fact", report))
        }
    }
}

fn fields<'a>(fact: &'a ast::Fact, wording: Wording, report: &mut Report<'a>) -> Fields {
    let file = wording.file;
    let mut names: HashSet<&str> = HashSet::new();
    let mut list = Vec::with_capacity(fact.fields.len());
    if fact.fields.is_empty() {
        let message = format!("the record `{}` has no fields", fact.name.value);
        let found = finding(codes::NO_LINES, file, fact.name.span, message);
        report.add(found.help("write each field on a line of its own: `code: code from ICD-10-SE`"));
    }
    for field in &fact.fields {
        if !names.insert(&field.name.value) {
            let message = format!("the field `{}` is declared twice", field.name.value);
            report.add(finding(codes::SAID_TWICE, file, field.name.span, message).help("leave one out"));
            continue;
        }
        let ty = scalar(&field.ty, file, "a field", report);
        let not_mentioned = not_mentioned(field.not_mentioned.as_ref(), &FactType::Scalar(ty.clone()), file, report);
        list.push(FieldSchema {
            name: field.name.value.clone(),
            ty,
            not_mentioned,
            label: wording.read(&field.label, Purpose::Label, &field.name, report),
            question: wording.read(&field.question, Purpose::Optional, &field.name, report),
        });
    }
    Fields { list, open: false }
}

fn not_mentioned(
    not_mentioned: Option<&ast::NotMentioned>,
    ty: &FactType,
    file: FileId,
    report: &mut Report<'_>,
) -> Option<bool> {
    let not_mentioned = not_mentioned?;
    if !matches!(ty, FactType::Scalar(ScalarType::Truth | ScalarType::Any)) {
        let message = "only a yes/no fact can be taken as something when it is not mentioned";
        report.add(
            finding(codes::NOT_MENTIONED_MISPLACED, file, not_mentioned.span, message)
                .help("leave it out: not mentioned is unknown"),
        );
        return None;
    }
    match not_mentioned.means.value {
        Truth::True => Some(true),
        Truth::False => Some(false),
        Truth::Unknown => None,
    }
}

/// A type that holds one value. `of` is what has it.
pub(super) fn scalar<'a>(ty: &'a ast::FactType, file: FileId, of: &str, report: &mut Report<'a>) -> ScalarType {
    match &ty.kind {
        FactTypeKind::YesNo => ScalarType::Truth,
        FactTypeKind::Number => ScalarType::Number,
        FactTypeKind::QuantityIn(unit) => match Unit::parse(&unit.value) {
            Ok(unit) => ScalarType::Quantity(unit),
            Err(error) => {
                let found = finding(codes::NOT_A_UNIT, file, unit.span, error.to_string());
                report.add(found.help("units are written as in UCUM: `mmol/L`, `kg/m2`, `10*9/L`"));
                ScalarType::Any
            }
        },
        FactTypeKind::Text => ScalarType::Text,
        FactTypeKind::Date(or_none) => ScalarType::Date { or_none: *or_none == OrNone::OrNone },
        FactTypeKind::Duration => ScalarType::Duration,
        FactTypeKind::Period => ScalarType::Period,
        FactTypeKind::CodeFrom(system) => {
            super::codes::system(system, file, report).map_or(ScalarType::Any, ScalarType::Code)
        }
        FactTypeKind::OneOf(words) => ScalarType::choice(choice(words, file, report)),
        FactTypeKind::Record(_) | FactTypeKind::ListOf { .. } => {
            let message = format!("{of} holds one value, not a record or a list");
            let found = finding(codes::TYPE_NOT_HERE, file, ty.span, message);
            report.add(found.help("declare the list as a fact of its own"));
            ScalarType::Any
        }
    }
}

fn choice(words: &[Name], file: FileId, report: &mut Report<'_>) -> Vec<Box<str>> {
    let mut seen: HashSet<&str> = HashSet::new();
    for word in words {
        if !seen.insert(&word.value) {
            let message = format!("the word `{}` stands here twice", word.value);
            report.add(finding(codes::SAID_TWICE, file, word.span, message).help("leave one out"));
        }
    }
    words.iter().filter(|word| seen.remove(&*word.value)).map(|word| word.value.clone()).collect()
}
