//! "Under refinement, without `is known`, `is undetermined` and `recorded`, no settled status changes."

use crate::agreement::{Words, compile, production_answers};
use crate::generator::{self, Presence, Random, Size, fresh_record, fresh_value};
use crate::reference::{Completeness, Fact, Patient, Record, day_text};
use proptest::prelude::*;
use riktlinje::syntax::ast::{self, FactTypeKind};

/// "A value is refined by narrowing its interval or replacing unknown; adding a record refines only an open list; an
/// omitted `not mentioned means` fact is a value; a code is never refined."
fn refined(random: &mut Random, file: &ast::File, patient: &Patient) -> Patient {
    let mut refined = patient.clone();
    for item in &file.items {
        let ast::Declaration::Fact(fact) = &item.declaration else { continue };
        let name = &*fact.name.value;
        match refined.facts.get_mut(name) {
            None if fact.not_mentioned.is_none() && random.percent(40) => {
                if let Some(value) = fresh_value(random, fact) {
                    refined.set(name, value);
                }
            }
            None => {}
            Some(given) => match &mut given.value {
                Fact::Record(record) => refine_record(random, &fact.fields, record),
                Fact::List(records, completeness) => {
                    for record in records.iter_mut() {
                        refine_record(random, &fact.fields, record);
                    }
                    let declared_open = matches!(
                        &fact.ty.kind,
                        FactTypeKind::ListOf { completeness: Some(ast::Completeness::MayBeIncomplete), .. }
                    );
                    let open = *completeness == Completeness::Open
                        || (*completeness == Completeness::AsDeclared && declared_open);
                    if open && random.percent(60) {
                        records.push(fresh_record(random, fact));
                    }
                }
                value => narrow(random, value),
            },
        }
    }
    refined
}

fn refine_record(random: &mut Random, fields: &[ast::Field], record: &mut Record) {
    for field in fields {
        match record.get_mut(&*field.name.value) {
            Some(value) => narrow(random, value),
            None if field.not_mentioned.is_none() && random.percent(50) => {
                if let Some(value) = generator::fresh_field(random, field) {
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

/// Statuses that were settled and are no longer what they were.
fn changed(before: &Words, after: &Words) -> Vec<String> {
    let is_settled = |status: &str| !status.starts_with("undetermined") && !status.starts_with("unknown");
    let pairs = before.iter().zip(after);
    let settled = pairs.filter(|((what, status), _)| {
        let ranges = what.starts_with("define.") && status.contains(" through ");
        let listed = what == "conflict" || what.ends_with("refers to") || what == "broken assumptions";
        is_settled(status) && !ranges && !listed
    });
    let word = |status: &str| status.split(',').next().unwrap_or_default().to_owned();
    let changed = settled.filter(|((_, before), (_, after))| word(before) != word(after));
    changed.map(|((what, before), (_, after))| format!("{what}: {before}, then {after}")).collect()
}

proptest! {
    #![proptest_config(super::cases(300))]

    #[test]
    fn refining_changes_nothing_that_is_settled(seed: u64) {
        let mut random = Random::new(seed);
        let made = generator::guideline(&mut random, Size::Blind);
        let (guideline, text) = compile(&made.file).map_err(TestCaseError::fail)?;
        for _ in 0..30 {
            let patient = generator::patient(&mut random, &made.file, Presence::Gaps);
            let day = generator::day(&mut random);
            let better = refined(&mut random, &made.file, &patient);
            let before = production_answers(&guideline, &patient, day);
            let after = production_answers(&guideline, &better, day);
            let changed = changed(&before, &after);
            prop_assert!(
                changed.is_empty(),
                "{changed:?} on {}\n{text}\n{}\n{}",
                day_text(day),
                generator::yaml(&patient),
                generator::yaml(&better)
            );
        }
    }
}
