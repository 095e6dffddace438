//! A guideline at random, and some patients of it.

use crate::agreement::compile;
use crate::generator::{self, Presence, Random, Size};
use crate::reference::{Day, Fact, Patient};
use riktlinje::syntax::ast;
use riktlinje::{Facts, Guideline};

pub struct Population {
    pub seed: u64,
    pub file: ast::File,
    pub text: String,
    pub guideline: Guideline,
    pub patients: Vec<Patient>,
    pub facts: Vec<Facts>,
    pub days: Vec<Day>,
}

impl Population {
    pub fn new(seed: u64, size: usize) -> Population {
        let mut random = Random::new(seed);
        let file = generator::guideline(&mut random, Size::Full).file;
        let (guideline, text) = compile(&file).unwrap_or_else(|why| panic!("seed {seed}: {why}"));
        let patients: Vec<Patient> = (0..size).map(|_| patient(&mut random, &file)).collect();
        let days = (0..3).map(|_| generator::day(&mut random)).collect();
        let facts = patients.iter().map(|patient| read(&guideline, patient)).collect();
        Population { seed, file, text, guideline, patients, facts, days }
    }

    /// Gives a patient so many records in every list.
    pub fn lengthen(&mut self, patient: usize, records: usize) {
        let mut random = Random::new(self.seed);
        for fact in facts(&self.file) {
            if let Some(given) = self.patients[patient].facts.get_mut(&*fact.name.value)
                && let Fact::List(list, _) = &mut given.value
            {
                list.extend((0..records).map(|_| generator::fresh_record(&mut random, fact)));
            }
        }
        self.facts[patient] = read(&self.guideline, &self.patients[patient]);
    }
}

/// Gaps, and lists that were true on some other day, too.
fn patient(random: &mut Random, file: &ast::File) -> Patient {
    let mut patient = generator::patient(random, file, Presence::Gaps);
    for fact in facts(file).filter(|fact| fact.valid_for.is_some()) {
        if let Some(given) = patient.facts.get_mut(&*fact.name.value)
            && random.percent(60)
        {
            given.on = Some(generator::day(random));
        }
    }
    patient
}

pub fn facts(file: &ast::File) -> impl Iterator<Item = &ast::Fact> {
    file.items.iter().filter_map(|item| match &item.declaration {
        ast::Declaration::Fact(fact) => Some(&**fact),
        _ => None,
    })
}

fn read(guideline: &Guideline, patient: &Patient) -> Facts {
    let text = generator::yaml(patient);
    guideline.facts_from_json(&text).unwrap_or_else(|error| panic!("{error}\n{text}"))
}
