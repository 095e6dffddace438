//! Lemma: one spec with a rule per rule, all of them asked for at once.

use crate::contest::Peer;
use crate::languages;
use crate::ready::Ready;
use crate::workload::{Rule, TODAY};
use lemma::{DateTimeValue, Engine, EvaluateDataValue, IndexMap, SourceType};
use std::sync::Arc;

pub struct Lemma {
    engine: Engine,
    asked: Vec<String>,
    day: DateTimeValue,
}

type Data = IndexMap<String, EvaluateDataValue>;

impl Peer for Lemma {
    type Input = Data;
    const NAME: &'static str = "lemma-engine";
    const VERSION: &'static str = "0.10";
    const NOTE: &'static str = "cannot see how a text begins: each code comes with its categories as further fields; no \"or\": one of \
         several counties is a rule of its own; takes its data by value, so that a copy of them is part of the time; every value \
         is text that it reads and checks in each evaluation; tells what is missing and can explain (not asked for here)";

    fn compile(rules: &[Rule]) -> Lemma {
        let mut engine = Engine::new();
        let path = SourceType::Path(Arc::new("pack.lemma".into()));
        engine.load([(path, languages::lemma(rules))]).unwrap_or_else(|error| panic!("{error:?}"));
        let asked = (0..rules.len()).map(|number| format!("r{number}")).collect();
        let (year, month, day) = TODAY;
        let day = format!("{year:04}-{month:02}-{day:02}").parse().unwrap();
        Lemma { engine, asked, day }
    }

    fn input(json: &str) -> Data {
        let patient: Ready = serde_json::from_str(json).unwrap();
        let text = |text: &str| EvaluateDataValue::string(text);
        let record = |fields: Vec<(&str, EvaluateDataValue)>| {
            EvaluateDataValue::Map(fields.into_iter().map(|(name, value)| (name.to_owned(), value)).collect())
        };
        let diagnoses = patient.diagnoses.iter().map(|diagnosis| {
            record(vec![
                ("code", text(&diagnosis.code)),
                ("category", text(&diagnosis.code[..3])),
                ("documented", diagnosis.documented.into()),
                ("onset_years", text(&diagnosis.onset_years.to_string())),
            ])
        });
        let medicines = patient.medicines.iter().map(|medicine| {
            let atc = medicine.atc.as_str();
            record(vec![("group_4", text(&atc[..4])), ("group_5", text(&atc[..5])), ("atc", text(atc))])
        });
        IndexMap::from([
            ("age".to_owned(), text(&patient.age.to_string())),
            ("county".to_owned(), text(&patient.county)),
            ("diagnoses".to_owned(), EvaluateDataValue::List(diagnoses.collect())),
            ("medicines".to_owned(), EvaluateDataValue::List(medicines.collect())),
            ("detained".to_owned(), patient.detained.into()),
            ("social".to_owned(), patient.social.into()),
            ("referral".to_owned(), patient.referral.into()),
        ])
    }

    fn applies(&mut self, input: &Data) -> bool {
        let asked = Some(&self.asked[..1]);
        let response = self.engine.evaluate(None, "pack", Some(&self.day), input.clone(), asked, false).unwrap();
        response.results[0].result() == Some("true")
    }

    fn applying(&mut self, input: &Data, found: &mut Vec<u16>) {
        let asked = Some(&self.asked[..]);
        let response = self.engine.evaluate(None, "pack", Some(&self.day), input.clone(), asked, false).unwrap();
        for (number, name) in self.asked.iter().enumerate() {
            if response.results[name].result() == Some("true") {
                found.push(number as u16);
            }
        }
    }
}
