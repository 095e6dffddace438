//! What the inputs are made of: a small guideline to add to, chance that repeats, and how to try a guideline.

use super::Came;
use riktlinje::{Date, Guideline, Language, Severity, Source, Trace};

/// A guideline with a fact of most types and no rule.
pub const HEAD: &str = r#"guideline bad
    language 1
    title en "Bad"
    version 1.0.0
    status draft
    about patient
leap day birthday is 28 February
    our interpretation "the calendar's rule"
fact birth_date: date
    label en "Birth date"
    question en "When?"
fact a: yes/no
    label en "A"
    question en "A?"
fact b: yes/no
    label en "B"
    question en "B?"
fact n: number
    label en "N"
    question en "N?"
fact d: date
    label en "D"
    question en "D?"
fact e: date
    label en "E"
    question en "E?"
fact diagnoses: list of diagnosis, may be incomplete
    label en "Diagnoses"
    question en "Which?"
    code: code from ICD-10-SE
        label en "Code"
        question en "Code?"
    onset: date
        label en "Onset"
        question en "Onset?"
"#;

/// The same with more.
pub fn with(more: &str) -> String {
    format!("{HEAD}{more}")
}

/// An eligibility with one criterion.
pub fn criterion(condition: &str) -> String {
    with(&format!(
        "eligibility rule\n    label en \"Rule\"\n    our interpretation \"an example\"\n    require it: {condition}\n        label en \"It\"\n"
    ))
}

/// A definition that is shown.
pub fn shown(value: &str) -> String {
    with(&format!("define it\n    label en \"It\"\n    {value}\n    show\n"))
}

/// `count` pieces, each made from its number, joined.
pub fn many(count: usize, between: &str, piece: impl Fn(usize) -> String) -> String {
    (0..count).map(piece).collect::<Vec<_>>().join(between)
}

/// Numbers that look like chance and are the same every time (xorshift).
pub struct Chance(u64);

impl Chance {
    pub fn new(seed: u64) -> Chance {
        Chance(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1)
    }

    pub fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % end
    }
}

pub fn day() -> Date {
    "2026-11-22".parse().unwrap()
}

/// Everything that can be asked about a rule file: what is wrong with it, its canonical form, and, where nothing is wrong,
/// what it says about a patient of whom nothing is known, why, and what to ask.
pub fn guideline(text: &str) -> Came {
    sources(vec![Source::new("bad.guide", text)])
}

pub fn sources(sources: Vec<Source>) -> Came {
    if let Some(first) = sources.first() {
        drop(Guideline::format(first));
    }
    let found = Guideline::check(sources.clone());
    if let Some(error) = found.iter().find(|diagnostic| diagnostic.severity() == Severity::Error) {
        return Came::Error(error.to_string());
    }
    answer(&Guideline::compile(sources).unwrap(), "{}")
}

/// What a guideline says about a patient.
pub fn answer(guideline: &Guideline, facts: &str) -> Came {
    let facts = match guideline.facts_from_yaml(facts) {
        Ok(facts) => facts,
        Err(error) => return Came::Error(error.to_string()),
    };
    let outcome = guideline.evaluate(&facts, day()).unwrap();
    let (text, json) = (outcome.to_text(Language::English), outcome.to_json());
    let rules: Vec<String> = guideline.rules().map(str::to_owned).collect();
    for rule in rules.iter().take(3) {
        drop(guideline.explain(&facts, day(), rule).unwrap().to_text(Language::Swedish));
        drop(guideline.ask(&facts, day(), Some(rule)).unwrap());
    }
    let status = outcome.eligibility.first().map_or("no rule", |rule| rule.status.name());
    Came::Answer(format!("{status}; {} and {} bytes, {} faults", text.len(), json.len(), outcome.faults.len()))
}

/// What a rule file says about a patient.
pub fn said(text: &str, facts: &str) -> Came {
    match Guideline::compile([Source::new("bad.guide", text)]) {
        Ok(guideline) => answer(&guideline, facts),
        Err(_) => guideline(text),
    }
}

/// When a rule file will say something else about a patient, and why it says what it does.
pub fn to_come(text: &str, facts: &str) -> Came {
    let guideline = Guideline::compile([Source::new("bad.guide", text)]).unwrap();
    let facts = guideline.facts_from_yaml(facts).unwrap();
    let (bound, mut trace) = (guideline.bind(&facts), Trace::default());
    let on_date = guideline.on(day()).unwrap();
    on_date.evaluate(&bound, &mut trace);
    let outcome = on_date.outcome(&facts, &bound, &trace);
    let why = outcome.why("r").unwrap();
    let outlook = guideline.changes_ahead(&facts, day(), None).unwrap();
    Came::Answer(format!("{:?}; {}", why.reason().value(), outlook.to_json()))
}

/// Only what is wrong with a rule file: where an answer would be as long as the file, and a file longer than a guideline.
pub fn checked(text: &str) -> Came {
    let found = Guideline::check([Source::new("bad.guide", text)]);
    match found.iter().find(|found| found.severity() == Severity::Error) {
        Some(error) => Came::Error(error.to_string()),
        None => Came::Answer(format!("{} findings", found.len())),
    }
}
