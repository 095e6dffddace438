//! Whole columns say what patients one after the other say.

use crate::agreement::date;
use crate::population::{Population, facts};
use crate::{assert_same, cases, of_trace, singly};
use riktlinje::syntax::ast::FactTypeKind;
use riktlinje::{
    BatchTrace, ColumnList, ColumnValue, Error, FactValue, Given, Guideline, ListCompleteness, NextPatients,
    PartialDate, Record, Source,
};

/// Fills in what was read of each patient, fact by fact.
fn fill(population: &Population, from: usize, patients: &mut NextPatients<'_>) -> Result<(), Error> {
    for fact in facts(&population.file) {
        let name = &*fact.name.value;
        let given: Vec<Option<&Given>> = population.facts[from..].iter().map(|facts| facts.get(name)).collect();
        match fact.ty.kind {
            FactTypeKind::ListOf { .. } => {
                let lists = || given.iter().map(|given| given.and_then(|given| list(&given.value)));
                patients.list(name, lists().map(|list| list.map_or(ColumnList::NotGiven, |(list, _)| list)))?;
                for field in &fact.fields {
                    let records = lists().flatten().flat_map(|(_, records)| records);
                    patients.list_field(
                        name,
                        &field.name.value,
                        records.map(|record| value(record, &field.name.value)),
                    )?;
                }
            }
            FactTypeKind::Record(_) => {
                let there = |given: &Option<&Given>| match given.map(|given| &given.value) {
                    Some(FactValue::Record(_)) => ColumnValue::There,
                    Some(_) => ColumnValue::Absent,
                    None => ColumnValue::NotGiven,
                };
                patients.fact(name, given.iter().map(there))?;
                for field in &fact.fields {
                    let values = given.iter().map(|given| match given.map(|given| &given.value) {
                        Some(FactValue::Record(record)) => value(record, &field.name.value),
                        _ => ColumnValue::NotGiven,
                    });
                    patients.field(name, &field.name.value, values)?;
                }
            }
            _ => {
                let values =
                    given.iter().map(|given| given.map_or(ColumnValue::NotGiven, |given| column_value(&given.value)));
                patients.fact(name, values)?;
            }
        }
        patients.on(name, given.iter().map(|given| given.and_then(|given| given.on)))?;
    }
    Ok(())
}

fn list(value: &FactValue) -> Option<(ColumnList, &Vec<Record>)> {
    let FactValue::List(list) = value else { return None };
    let count = list.records.len();
    let length = match list.completeness {
        ListCompleteness::AsDeclared => ColumnList::Records(count),
        ListCompleteness::Complete => ColumnList::Complete(count),
        ListCompleteness::Open => ColumnList::Open(count),
    };
    Some((length, &list.records))
}

fn value<'r>(record: &'r Record, field: &str) -> ColumnValue<'r> {
    record.fields.get(field).map_or(ColumnValue::NotGiven, column_value)
}

fn column_value(value: &FactValue) -> ColumnValue<'_> {
    match value {
        FactValue::Truth(truth) => ColumnValue::Truth(*truth),
        FactValue::Text(text) | FactValue::Choice(text) => ColumnValue::Text(text),
        FactValue::Code(code) => ColumnValue::Text(code.as_str()),
        FactValue::None => ColumnValue::Absent,
        other => ColumnValue::Value(other.clone()),
    }
}

#[test]
fn columns_say_what_patients_say() {
    for seed in 300..300 + cases() {
        let population = Population::new(seed, 70);
        let guideline = &population.guideline;
        let mut batch = guideline.cohort(date(population.days[0])).unwrap().batch();
        // Some came as rows.
        population.facts[..10].iter().for_each(|facts| batch.push(&guideline.bind(facts)));
        fill(&population, 10, &mut batch.more(60)).unwrap_or_else(|error| panic!("{error}\n{}", population.text));
        let mut trace = BatchTrace::default();
        for day in &population.days {
            let cohort = guideline.cohort(date(*day)).unwrap();
            cohort.evaluate(&batch, &mut trace);
            let expected = singly(&population, *day);
            assert_same(&expected, &of_trace(&cohort, &trace, expected.len(), 70), &population, *day);
        }
    }
}

#[test]
fn what_does_not_fit_is_said() {
    let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
        fact smokes: yes/no\n    label en \"Smokes\"\n    valid for 1 year\nfact born: date\n    label en \"B\"\nfact county: code from county\n    label en \"C\"\n\
        fact visits: list of visit, complete\n    label en \"V\"\n    day: date\n\
        recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text en \"Stop.\"\n";
    let guideline = Guideline::compile([Source::new("a.guide", text)]).unwrap();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    let mut batch = cohort.batch();
    let mut patients = batch.more(2);
    let said = |result: Result<(), Error>| result.unwrap_err().to_string();
    let truth = ColumnValue::Truth(true);
    assert_eq!(
        said(patients.fact("smoke", [truth.clone()])),
        "smoke: there is no fact `smoke`; did you mean `smokes`?"
    );
    let length = "smokes: the column has not 2 values; give one for each, also where it is not given";
    assert_eq!(said(patients.fact("smokes", [truth.clone()])), length);
    assert_eq!(said(patients.fact("smokes", vec![truth.clone(); 3])), length);
    // Where it stands, and not what it is.
    let error = said(patients.fact("county", ["01", "Alvik"].map(ColumnValue::Text)));
    assert!(error.starts_with("county, 2 of the column: ") && !error.contains("Alvik"), "{error}");
    assert!(patients.fact("smokes", [ColumnValue::There, ColumnValue::NotGiven]).is_err());
    let month = |month| ColumnValue::Value(PartialDate::Month { year: 2004, month }.into());
    let error = said(patients.fact("born", [month(12), month(13)]));
    assert!(error.starts_with("born, 2 of the column: there is no such day"), "{error}");
    assert!(patients.fact("visits", [truth.clone(), truth.clone()]).is_err());
    assert!(patients.list("smokes", [ColumnList::NotGiven; 2]).is_err());
    assert!(patients.list("visits", [ColumnList::NotGiven]).is_err());
    assert!(patients.field("smokes", "x", [truth.clone(), truth]).is_err());
    assert!(patients.list_field("visits", "no", []).is_err());
    assert!(patients.on("no", [None, None]).is_err());
    let day = "2026-01-01".parse().unwrap();
    assert!(patients.on("smokes", [None]).is_err());
    patients.fact("smokes", [ColumnValue::NotGiven, ColumnValue::Truth(true)]).unwrap();
    assert_eq!(
        said(patients.on("smokes", [Some(day), None])),
        "smokes: a day is given and the value is not; give the values first, and no day where there is none"
    );
    patients.on("smokes", [None, Some(day)]).unwrap();
    let error = said(patients.on("smokes", [Some(day), None]));
    assert_eq!(error, "smokes: its days are given twice; keep one of the two");
}

#[test]
fn nothing_is_said_twice_or_of_a_record_that_is_not_there() {
    let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
        fact smokes: yes/no\n    label en \"Smokes\"\nfact letter: record or none\n    label en \"L\"\n    sent: yes/no\n\
        fact visits: list of visit, complete\n    label en \"V\"\n    day: date\n\
        recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when letter.sent or smokes\n    text en \"Stop.\"\n";
    let guideline = Guideline::compile([Source::new("a.guide", text)]).unwrap();
    let cohort = guideline.cohort("2026-11-22".parse().unwrap()).unwrap();
    let said = |result: Result<(), Error>| result.unwrap_err().to_string();
    let twice = |path: &str| format!("{path}: the column is given twice; keep one of the two");
    let mut batch = cohort.batch();
    let mut patients = batch.more(2);
    let truths = |truths: [bool; 2]| truths.map(ColumnValue::Truth);
    patients.fact("smokes", truths([false, true])).unwrap();
    // What the second did not say was left as the first said it.
    assert_eq!(said(patients.fact("smokes", [ColumnValue::Truth(true), ColumnValue::NotGiven])), twice("smokes"));
    let sent = |patient: usize| {
        format!(
            "letter.sent, {patient} of the column: a value of a record that is not there; \
             say first of whom the record is there, and give no value where it is not"
        )
    };
    assert_eq!(said(patients.field("letter", "sent", truths([true, true]))), sent(1));
    patients.fact("letter", [ColumnValue::There, ColumnValue::Absent]).unwrap();
    assert_eq!(said(patients.field("letter", "sent", truths([true, true]))), sent(2));
    patients.field("letter", "sent", [ColumnValue::Truth(true), ColumnValue::NotGiven]).unwrap();
    assert_eq!(said(patients.field("letter", "sent", vec![ColumnValue::NotGiven; 2])), twice("letter.sent"));
    assert_eq!(said(patients.fact("letter", vec![ColumnValue::There; 2])), twice("letter"));
    patients.list("visits", [ColumnList::Records(1), ColumnList::NotGiven]).unwrap();
    assert_eq!(said(patients.list("visits", [ColumnList::NotGiven; 2])), twice("visits"));
}
