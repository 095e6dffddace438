//! Many patients as hand-written columns and bitmaps: what a program would do that knows these facts and kinds of condition.

use super::{Condition, Day, Patient, Rule};
use std::collections::HashMap;

/// One bit per patient.
type Bits = Vec<u64>;

/// The facts of many patients, texts by number.
pub struct Columns {
    count: usize,
    ages: Vec<u8>,
    counties: Texts,
    county: Vec<u16>,
    codes: Texts,
    diagnoses: Vec<DiagnosisRow>,
    groups: Texts,
    /// Patient and code.
    medicines: Vec<(u32, u16)>,
    detained: Vec<bool>,
    social: Vec<bool>,
    referral: Vec<bool>,
}

struct DiagnosisRow {
    patient: u32,
    code: u16,
    documented: bool,
    years: u8,
}

#[derive(Default)]
struct Texts {
    texts: Vec<String>,
    numbers: HashMap<String, u16>,
}

impl Texts {
    fn number(&mut self, text: &str) -> u16 {
        if let Some(number) = self.numbers.get(text) {
            return *number;
        }
        let number = self.texts.len() as u16;
        self.texts.push(text.to_owned());
        self.numbers.insert(text.to_owned(), number);
        number
    }

    fn find(&self, text: &str) -> Option<u16> {
        self.numbers.get(text).copied()
    }

    fn starting<'a>(&'a self, with: &'a str) -> impl Iterator<Item = usize> + 'a {
        self.texts.iter().enumerate().filter(move |(_, text)| text.starts_with(with)).map(|(number, _)| number)
    }
}

impl Columns {
    pub fn new(patients: &[Patient], today: Day) -> Columns {
        let years = |since: Day| ((today - since) / 10_000) as u8;
        let mut columns = Columns {
            count: patients.len(),
            ages: Vec::new(),
            counties: Texts::default(),
            county: Vec::new(),
            codes: Texts::default(),
            diagnoses: Vec::new(),
            groups: Texts::default(),
            medicines: Vec::new(),
            detained: Vec::new(),
            social: Vec::new(),
            referral: Vec::new(),
        };
        for (patient, row) in patients.iter().zip(0..) {
            columns.ages.push(years(patient.birth));
            columns.county.push(columns.counties.number(&patient.county));
            for diagnosis in &patient.diagnoses {
                let code = columns.codes.number(&diagnosis.code);
                let years = years(diagnosis.onset);
                let documented = diagnosis.documented;
                columns.diagnoses.push(DiagnosisRow { patient: row, code, documented, years });
            }
            for medicine in &patient.medicines {
                columns.medicines.push((row, columns.groups.number(medicine)));
            }
            columns.detained.push(patient.detained);
            columns.social.push(patient.social);
            columns.referral.push(patient.referral);
        }
        columns
    }
}

/// The rules with each distinct condition once.
pub struct Plan {
    conditions: Vec<Condition>,
    rules: Vec<Vec<usize>>,
}

/// Per patient the rules that apply: those of patient `n` lie between `ends[n - 1]` and `ends[n]`.
#[derive(Debug, PartialEq, Eq)]
pub struct Applying {
    pub ends: Vec<u32>,
    pub rules: Vec<u16>,
}

impl Applying {
    /// Where the rules of a patient lie.
    pub fn range(&self, patient: usize) -> (usize, usize) {
        let from = patient.checked_sub(1).map_or(0, |before| self.ends[before]);
        (from as usize, self.ends[patient] as usize)
    }
}

/// The years since onset that rules ask for.
const YEARS: [u8; 4] = [0, 1, 2, 5];

impl Plan {
    pub fn new(rules: &[Rule]) -> Plan {
        let mut conditions: Vec<Condition> = Vec::new();
        let mut number = |condition: &Condition| {
            conditions.iter().position(|known| known == condition).unwrap_or_else(|| {
                conditions.push(condition.clone());
                conditions.len() - 1
            })
        };
        let rules = rules.iter().map(|rule| rule.iter().map(&mut number).collect()).collect();
        Plan { conditions, rules }
    }

    /// By rule the patients to whom it applies.
    pub fn sets(&self, columns: &Columns) -> Vec<Bits> {
        let holding = self.holding(columns);
        let words = columns.count.div_ceil(64);
        let last = if columns.count.is_multiple_of(64) { u64::MAX } else { (1 << (columns.count % 64)) - 1 };
        let set = |rule: &Vec<usize>| {
            let mut all = vec![u64::MAX; words];
            if let Some(word) = all.last_mut() {
                *word = last;
            }
            for condition in rule {
                all.iter_mut().zip(&holding[*condition]).for_each(|(all, one)| *all &= one);
            }
            all
        };
        self.rules.iter().map(set).collect()
    }

    pub fn evaluate(&self, columns: &Columns) -> Applying {
        let applying = self.sets(columns);
        let mut counts = vec![0_u32; columns.count];
        applying.iter().for_each(|set| each(set, |patient| counts[patient] += 1));
        let mut next = Vec::with_capacity(counts.len());
        let mut total = 0;
        for count in counts {
            next.push(total);
            total += count;
        }
        let mut rules = vec![0; total as usize];
        for (bits, rule) in applying.iter().zip(0..) {
            each(bits, |patient| {
                rules[next[patient] as usize] = rule;
                next[patient] += 1;
            });
        }
        Applying { ends: next, rules }
    }

    fn holding(&self, columns: &Columns) -> Vec<Bits> {
        let words = columns.count.div_ceil(64);
        // Per code and number of years the patients who have it documented; per medicine those who take it.
        let mut documented = vec![[(); 4].map(|()| vec![0; words]); columns.codes.texts.len()];
        for row in columns.diagnoses.iter().filter(|row| row.documented) {
            for (bits, years) in documented[row.code as usize].iter_mut().zip(YEARS) {
                if row.years >= years {
                    bits[row.patient as usize / 64] |= 1 << (row.patient % 64);
                }
            }
        }
        let mut taken = vec![vec![0; words]; columns.groups.texts.len()];
        for (patient, medicine) in &columns.medicines {
            taken[*medicine as usize][*patient as usize / 64] |= 1 << (patient % 64);
        }
        let with_code = |code: &str, years: usize| {
            any(words, columns.codes.starting(code).map(|number| documented[number][years].as_slice()))
        };
        let taking = |group: &str| any(words, columns.groups.starting(group).map(|number| taken[number].as_slice()));
        let signed = |column: &[bool], yes: bool| packed(columns.count, |row| column[row] == yes);
        self.conditions
            .iter()
            .map(|condition| match condition {
                Condition::AgeAtLeast(years) => packed(columns.count, |row| i32::from(columns.ages[row]) >= *years),
                Condition::AgeLessThan(years) => packed(columns.count, |row| i32::from(columns.ages[row]) < *years),
                Condition::County(county) => {
                    let wanted = columns.counties.find(county);
                    packed(columns.count, |row| Some(columns.county[row]) == wanted)
                }
                Condition::CountyIn(counties) => {
                    let mut wanted = vec![false; columns.counties.texts.len()];
                    for number in counties.iter().filter_map(|county| columns.counties.find(county)) {
                        wanted[number as usize] = true;
                    }
                    packed(columns.count, |row| wanted[columns.county[row] as usize])
                }
                Condition::Documented(code) => with_code(code, 0),
                Condition::DocumentedYears(code, years) => {
                    with_code(code, YEARS.iter().position(|known| i32::from(*known) == *years).unwrap())
                }
                Condition::Takes(group) => taking(group),
                Condition::TakesNo(group) => taking(group).into_iter().map(|word| !word).collect(),
                Condition::Detained(yes) => signed(&columns.detained, *yes),
                Condition::Social(yes) => signed(&columns.social, *yes),
                Condition::Referral(yes) => signed(&columns.referral, *yes),
            })
            .collect()
    }
}

fn any<'a>(words: usize, each: impl Iterator<Item = &'a [u64]>) -> Bits {
    let mut all = vec![0; words];
    for bits in each {
        all.iter_mut().zip(bits).for_each(|(all, one)| *all |= one);
    }
    all
}

fn packed(count: usize, holds: impl Fn(usize) -> bool) -> Bits {
    (0..count.div_ceil(64))
        .map(|word| {
            let rows = word * 64..count.min(word * 64 + 64);
            rows.fold(0, |bits, row| bits | (u64::from(holds(row)) << (row % 64)))
        })
        .collect()
}

fn each(bits: &[u64], mut found: impl FnMut(usize)) {
    for (number, word) in bits.iter().enumerate() {
        let mut left = *word;
        while left != 0 {
            found(number * 64 + left.trailing_zeros() as usize);
            left &= left - 1;
        }
    }
}
