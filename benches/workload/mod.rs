//! Deterministic patients and rules: one eligibility of five conditions (A), a pack of 200 rules (B).
#![allow(dead_code, reason = "no bench uses all of it")]

pub mod batch;
pub mod columns;
pub mod given;
pub mod looking;
pub mod native;
pub mod packs;
pub mod plain;
pub mod timing;

use std::fmt::Write;

/// 1 June 2025 as year, month, day.
pub const TODAY: (i32, u32, u32) = (2025, 6, 1);
pub const PATIENTS: usize = 10_000;
pub const RULES: usize = 200;

/// A day as `yyyymmdd`: what hand-written code would compare.
pub type Day = i32;

#[derive(Clone, Debug)]
pub struct Diagnosis {
    pub code: String,
    pub documented: bool,
    pub onset: Day,
}

#[derive(Clone, Debug)]
pub struct Patient {
    pub birth: Day,
    pub county: String,
    pub diagnoses: Vec<Diagnosis>,
    pub medicines: Vec<String>,
    pub detained: bool,
    pub social: bool,
    pub referral: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Condition {
    AgeAtLeast(i32),
    AgeLessThan(i32),
    County(&'static str),
    CountyIn(Vec<&'static str>),
    Documented(String),
    DocumentedYears(String, i32),
    Takes(&'static str),
    TakesNo(&'static str),
    Detained(bool),
    Social(bool),
    Referral(bool),
}

pub type Rule = Vec<Condition>;

/// splitmix64
pub struct Random(pub u64);

impl Random {
    pub fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }
    pub fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }
    pub fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

const COUNTIES: [&str; 21] = [
    "01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19", "20", "21", "22", "23",
    "24", "25",
];
const OTHER: [&str; 10] = ["E11.9", "J45.0", "B18.2", "I10.9", "F32.1", "F41.1", "F60.3", "F90.0", "K70.3", "R52.2"];
const MEDICINES: [&str; 14] = [
    "N07BC01", "N07BC02", "N07BC51", "N07BB01", "N07BB04", "N05BA01", "N05BA12", "N02AA01", "N02AE01", "N06AB06",
    "N06BA04", "A10BA02", "C09AA02", "N05CF01",
];
const GROUPS: [&str; 9] = ["N07BC", "N07BC01", "N07BC51", "N07BB", "N05BA", "N02A", "N06AB", "N06BA04", "N05B"];

fn day_back(random: &mut Random, years: usize) -> Day {
    let year = TODAY.0 - 1 - random.below(years) as i32;
    let month = 1 + random.below(12) as i32;
    let day = 1 + random.below(28) as i32;
    year * 10_000 + month * 100 + day
}

pub fn patients(count: usize) -> Vec<Patient> {
    let mut random = Random(0x5EED);
    let one = |_| {
        let birth = day_back(&mut random, 80);
        let county = if random.percent(40) { "01" } else { random.pick(&COUNTIES) }.to_owned();
        let diagnoses = (0..random.below(13))
            .map(|_| {
                let kind = random.below(100);
                let code = match kind {
                    0..15 => "F11.2".to_owned(),
                    15..75 => format!("F1{}.{}", random.below(10), random.below(10)),
                    _ => random.pick(&OTHER).to_owned(),
                };
                Diagnosis { code, documented: random.percent(75), onset: day_back(&mut random, 9) }
            })
            .collect();
        let medicines = (0..random.below(7)).map(|_| random.pick(&MEDICINES).to_owned()).collect();
        let mut flag = |percent| random.percent(percent);
        Patient { birth, county, diagnoses, medicines, detained: flag(10), social: flag(60), referral: flag(55) }
    };
    (0..count).map(one).collect()
}

pub fn rule_a() -> Rule {
    vec![
        Condition::AgeAtLeast(20),
        Condition::County("01"),
        Condition::DocumentedYears("F11.2".to_owned(), 1),
        Condition::Detained(false),
        Condition::Referral(true),
    ]
}

pub fn rules_b() -> Vec<Rule> {
    rules(RULES)
}

/// So many rules; more begin with the same ones.
pub fn rules(count: usize) -> Vec<Rule> {
    let mut random = Random(0xB);
    let prefix = |random: &mut Random| match random.below(3) {
        0 => format!("F1{}", random.below(10)),
        _ => format!("F1{}.{}", random.below(10), random.below(5)),
    };
    let condition = |random: &mut Random| match random.below(12) {
        0 | 1 => Condition::AgeAtLeast(random.pick(&[13, 15, 16, 18, 20, 25])),
        2 => Condition::AgeLessThan(random.pick(&[18, 20, 21, 25, 65, 75])),
        3 => Condition::County(random.pick(&COUNTIES)),
        4 => Condition::CountyIn(vec!["01", random.pick(&COUNTIES[1..10]), random.pick(&COUNTIES[10..])]),
        5 | 6 => Condition::Documented(prefix(random)),
        7 => Condition::DocumentedYears(prefix(random), random.pick(&[1, 2, 5])),
        8 => Condition::Takes(random.pick(&GROUPS)),
        9 => Condition::TakesNo(random.pick(&GROUPS)),
        10 => Condition::Detained(random.percent(20)),
        _ => {
            if random.percent(50) {
                Condition::Social(random.percent(70))
            } else {
                Condition::Referral(random.percent(70))
            }
        }
    };
    let rule = |_| {
        let mut rule: Rule = Vec::new();
        let length = 3 + random.below(4);
        while rule.len() < length {
            let next = condition(&mut random);
            if !rule.contains(&next) {
                rule.push(next);
            }
        }
        rule
    };
    (0..count).map(rule).collect()
}

/// The condition in our language.
fn ours(condition: &Condition) -> String {
    match condition {
        Condition::AgeAtLeast(years) => format!("age at least {years} years"),
        Condition::AgeLessThan(years) => format!("age less than {years} years"),
        Condition::County(county) => format!("registered_county is county \"{county}\""),
        Condition::CountyIn(counties) => {
            let all: Vec<String> = counties.iter().map(|county| format!("county \"{county}\"")).collect();
            format!("registered_county is one of {}", all.join(", "))
        }
        Condition::Documented(code) => format!("some diagnosis in diagnoses has (code in {code} and documented)"),
        Condition::DocumentedYears(code, years) => format!(
            "some diagnosis in diagnoses has (code in {code} and documented and onset at least {years} years before today)"
        ),
        Condition::Takes(group) => format!("some medicine in medicines has atc in {group}"),
        Condition::TakesNo(group) => format!("no medicine in medicines has atc in {group}"),
        Condition::Detained(yes) => signed(*yes, "detained"),
        Condition::Social(yes) => signed(*yes, "social"),
        Condition::Referral(yes) => signed(*yes, "referral"),
    }
}

fn signed(yes: bool, name: &str) -> String {
    if yes { name.to_owned() } else { format!("not {name}") }
}

/// A rule file with a recommendation per rule.
pub fn guideline(rules: &[Rule]) -> String {
    let mut text = String::from(HEAD);
    for (number, rule) in rules.iter().enumerate() {
        let conditions: Vec<String> = rule.iter().map(ours).collect();
        let _ = write!(
            text,
            "\nrecommend r{number}\n    label sv \"Regel {number}\" en \"Rule {number}\"\n    our interpretation \"a bench\"\n    \
             should when {}\n    text sv \"Regel {number}\" en \"Rule {number}\"\n",
            conditions.join(" and ")
        );
    }
    text
}

const HEAD: &str = r#"guideline bench.pack
    language 1
    title sv "Mätning" en "Bench"
    version 1.0.0
    status draft
    about patient

fact birth_date: date
    label sv "Födelsedatum" en "Date of birth"
    question sv "När?" en "When?"
fact registered_county: code from county
    label sv "Län" en "County"
    question sv "Var?" en "Where?"
fact diagnoses: list of diagnosis, complete
    label sv "Diagnoser" en "Diagnoses"
    question sv "Vilka?" en "Which?"
    code: code from ICD-10-SE
    documented: yes/no
    onset: date
fact medicines: list of medicine, complete
    label sv "Läkemedel" en "Medicines"
    question sv "Vilka?" en "Which?"
    atc: code from ATC
fact detained: yes/no
    label sv "Frihetsberövad" en "Detained"
    question sv "Frihetsberövad?" en "Detained?"
fact social: yes/no
    label sv "Socialtjänst" en "Social services"
    question sv "Socialtjänst?" en "Social services?"
fact referral: yes/no
    label sv "Remiss" en "Referral"
    question sv "Remiss?" en "Referral?"
leap day birthday is 28 February
    our interpretation "a bench"
"#;

/// The same rules as hand-written Rust would say them; `native_b.rs` is this text for [`rules_b`].
pub fn native(rules: &[Rule]) -> String {
    let mut text = String::from(
        "// Written by `cargo bench --bench evaluate -- --write-native`; the bench checks that it is up to date.\n\
         #[inline(never)]\npub fn b(p: &Patient, today: Day, out: &mut Vec<u16>) {\n    let age = (today - p.birth) / 10_000;\n    \
         let county = p.county.as_str();\n",
    );
    for (number, rule) in rules.iter().enumerate() {
        let conditions: Vec<String> = rule.iter().map(rust).collect();
        let _ = writeln!(text, "    if {} {{\n        out.push({number});\n    }}", conditions.join(" && "));
    }
    text.push_str("}\n");
    text
}

fn rust(condition: &Condition) -> String {
    let bang = |yes: &bool| if *yes { "" } else { "!" };
    match condition {
        Condition::AgeAtLeast(years) => format!("age >= {years}"),
        Condition::AgeLessThan(years) => format!("age < {years}"),
        Condition::County(county) => format!("county == {county:?}"),
        Condition::CountyIn(counties) => {
            let all: Vec<String> = counties.iter().map(|county| format!("county == {county:?}")).collect();
            format!("({})", all.join(" || "))
        }
        Condition::Documented(code) => {
            format!("p.diagnoses.iter().any(|d| d.documented && d.code.starts_with({code:?}))")
        }
        Condition::DocumentedYears(code, years) => format!(
            "p.diagnoses.iter().any(|d| d.documented && d.code.starts_with({code:?}) && (today - d.onset) / 10_000 >= {years})"
        ),
        Condition::Takes(group) => format!("p.medicines.iter().any(|m| m.starts_with({group:?}))"),
        Condition::TakesNo(group) => format!("!p.medicines.iter().any(|m| m.starts_with({group:?}))"),
        Condition::Detained(yes) => format!("{}p.detained", bang(yes)),
        Condition::Social(yes) => format!("{}p.social", bang(yes)),
        Condition::Referral(yes) => format!("{}p.referral", bang(yes)),
    }
}
