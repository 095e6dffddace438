//! What is given about a patient: all of it, or with gaps.

use super::{Day, Patient, Random};
use riktlinje::{Date, Guideline, OnDate, RuleStatus, Trace};
use serde::{Deserialize, Serialize};

/// What is left out of a patient's facts: each fact and each field with this chance.
#[derive(Clone, Copy, Debug)]
pub struct Gaps {
    pub percent: usize,
}

/// A patient as a program that uses us would have one.
#[derive(Clone, Debug, Serialize)]
pub struct Given {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub birth_date: Option<Date>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub registered_county: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub diagnoses: Option<Vec<GivenDiagnosis>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub medicines: Option<Vec<GivenMedicine>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub detained: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub social: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub referral: Option<bool>,
}

#[derive(Clone, Debug, Serialize)]
pub struct GivenDiagnosis {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub documented: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub onset: Option<Date>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct GivenMedicine {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub atc: Option<String>,
}

/// The same read with serde_json and nothing more: no date is checked, no name is looked up.
#[derive(Clone, Debug, Deserialize)]
pub struct Plain {
    pub birth_date: Option<String>,
    pub registered_county: Option<String>,
    pub diagnoses: Option<Vec<PlainDiagnosis>>,
    pub medicines: Option<Vec<GivenMedicine>>,
    pub detained: Option<bool>,
    pub social: Option<bool>,
    pub referral: Option<bool>,
}

#[derive(Clone, Debug, Deserialize)]
pub struct PlainDiagnosis {
    pub code: Option<String>,
    pub documented: Option<bool>,
    pub onset: Option<String>,
}

/// The patients with gaps, the same ones every time.
pub fn given(patients: &[Patient], gaps: Gaps) -> Vec<Given> {
    let mut random = Random(7);
    patients.iter().map(|patient| one(patient, gaps, &mut random)).collect()
}

fn one(patient: &Patient, gaps: Gaps, random: &mut Random) -> Given {
    let mut missing = || random.percent(gaps.percent);
    let birth_date = (!missing()).then(|| date(patient.birth));
    let registered_county = (!missing()).then(|| patient.county.clone());
    let detained = (!missing()).then_some(patient.detained);
    let social = (!missing()).then_some(patient.social);
    let referral = (!missing()).then_some(patient.referral);
    let diagnoses = (!missing()).then(|| {
        let diagnosis = |diagnosis: &super::Diagnosis| GivenDiagnosis {
            code: (!missing()).then(|| diagnosis.code.clone()),
            documented: (!missing()).then_some(diagnosis.documented),
            onset: (!missing()).then(|| date(diagnosis.onset)),
        };
        patient.diagnoses.iter().map(diagnosis).collect()
    });
    let medicines = (!missing())
        .then(|| patient.medicines.iter().map(|medicine| GivenMedicine { atc: Some(medicine.clone()) }).collect());
    Given { birth_date, registered_county, diagnoses, medicines, detained, social, referral }
}

pub fn date(day: Day) -> Date {
    Date::from_ymd(day / 10_000, (day / 100 % 100) as u32, (day % 100) as u32).unwrap()
}

pub fn today() -> Date {
    let (year, month, day) = super::TODAY;
    Date::from_ymd(year, month, day).unwrap()
}

/// [`today`] as hand-written code has it.
pub fn today_number() -> Day {
    let (year, month, day) = super::TODAY;
    year * 10_000 + (month * 100 + day) as i32
}

/// The places of the rules that recommend something, in order.
pub fn recommended(guideline: &Guideline, on_date: &OnDate<'_>, trace: &Trace) -> Vec<u16> {
    let recommended = RuleStatus::Recommendation(riktlinje::AdviceStatus::Recommended);
    (0..guideline.rules().count())
        .filter(|rule| on_date.status(trace, *rule) == Some(recommended))
        .map(|rule| rule as u16)
        .collect()
}
