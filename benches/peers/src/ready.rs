//! The patient as the peers get one: ages and years since onset are ready numbers, counted outside the measured part.
#![cfg_attr(not(feature = "default"), allow(dead_code, reason = "a peer may be left out"))]

use crate::workload::{Day, Patient};
use serde::{Deserialize, Serialize};

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Ready {
    pub birth_date: String,
    pub age: i64,
    pub county: String,
    pub diagnoses: Vec<ReadyDiagnosis>,
    pub medicines: Vec<ReadyMedicine>,
    pub detained: bool,
    pub social: bool,
    pub referral: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadyDiagnosis {
    pub code: String,
    pub documented: bool,
    pub onset: String,
    pub onset_years: i64,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ReadyMedicine {
    pub atc: String,
}

impl Ready {
    pub fn of(patient: &Patient, today: Day) -> Ready {
        let years = |since: Day| i64::from((today - since) / 10_000);
        let text = |day: Day| format!("{:04}-{:02}-{:02}", day / 10_000, day / 100 % 100, day % 100);
        let diagnoses = patient.diagnoses.iter().map(|diagnosis| ReadyDiagnosis {
            code: diagnosis.code.clone(),
            documented: diagnosis.documented,
            onset: text(diagnosis.onset),
            onset_years: years(diagnosis.onset),
        });
        Ready {
            birth_date: text(patient.birth),
            age: years(patient.birth),
            county: patient.county.clone(),
            diagnoses: diagnoses.collect(),
            medicines: patient.medicines.iter().map(|atc| ReadyMedicine { atc: atc.clone() }).collect(),
            detained: patient.detained,
            social: patient.social,
            referral: patient.referral,
        }
    }
}
