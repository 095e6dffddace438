//! Many patients as a batch of ours, fact by fact.

use super::given::{Given, GivenDiagnosis};
use riktlinje::{Batch, ColumnList, ColumnValue, Error};

/// Adds the patients as columns.
pub fn add(batch: &mut Batch, patients: &[Given]) -> Result<(), Error> {
    let mut next = batch.more(patients.len());
    let truth = |value: Option<bool>| value.map_or(ColumnValue::NotGiven, ColumnValue::Truth);
    let day = |value: Option<_>| value.map_or(ColumnValue::NotGiven, ColumnValue::Day);
    next.fact("birth_date", patients.iter().map(|given| day(given.birth_date)))?;
    next.fact("registered_county", patients.iter().map(|given| text(&given.registered_county)))?;
    next.fact("detained", patients.iter().map(|given| truth(given.detained)))?;
    next.fact("social", patients.iter().map(|given| truth(given.social)))?;
    next.fact("referral", patients.iter().map(|given| truth(given.referral)))?;
    next.list("diagnoses", patients.iter().map(|given| records(given.diagnoses.as_ref().map(Vec::len))))?;
    let diagnoses = || patients.iter().flat_map(|given| given.diagnoses.iter().flatten());
    next.list_field("diagnoses", "code", diagnoses().map(|GivenDiagnosis { code, .. }| text(code)))?;
    next.list_field("diagnoses", "documented", diagnoses().map(|diagnosis| truth(diagnosis.documented)))?;
    next.list_field("diagnoses", "onset", diagnoses().map(|diagnosis| day(diagnosis.onset)))?;
    next.list("medicines", patients.iter().map(|given| records(given.medicines.as_ref().map(Vec::len))))?;
    let medicines = patients.iter().flat_map(|given| given.medicines.iter().flatten());
    next.list_field("medicines", "atc", medicines.map(|medicine| text(&medicine.atc)))
}

fn text(value: &Option<String>) -> ColumnValue<'_> {
    value.as_deref().map_or(ColumnValue::NotGiven, ColumnValue::Text)
}

fn records(count: Option<usize>) -> ColumnList {
    count.map_or(ColumnList::NotGiven, ColumnList::Records)
}
