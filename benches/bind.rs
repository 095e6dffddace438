//! From a caller's data to bound facts, beside hand-written Rust and serde_json: `cargo bench --bench bind`.
#![allow(
    dead_code,
    unreachable_pub,
    missing_docs,
    missing_debug_implementations,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a panic is the failure report of a bench"
)]

#[path = "workload/mod.rs"]
mod workload;

use riktlinje::{AdviceStatus, BoundFacts, Facts, Guideline, RuleStatus, Source, Trace};
use serde::Serialize;
use std::hint::black_box;
use workload::given::{Gaps, Given, Plain, given, today, today_number};
use workload::timing::{in_turns, print_table};

fn main() {
    let patients = workload::patients(workload::PATIENTS);
    let guideline = Guideline::compile([Source::new("b.guide", workload::guideline(&workload::rules_b()))]).unwrap();
    let on_date = guideline.on(today()).unwrap();
    if std::env::args().any(|argument| argument == "--once") {
        return once(&guideline, &given(&patients, Gaps { percent: 10 }));
    }
    let recommended = RuleStatus::Recommendation(AdviceStatus::Recommended);
    for gaps in [Gaps { percent: 0 }, Gaps { percent: 10 }] {
        let values = given(&patients, gaps);
        let texts: Vec<Texts> = values.iter().map(Texts::of).collect();
        let json: Vec<String> = values.iter().map(|value| serde_json::to_string(value).unwrap()).collect();
        let facts: Vec<Facts> = values.iter().map(|value| guideline.facts_from(value).unwrap()).collect();
        for ((value, text), facts) in values.iter().zip(&texts).zip(&facts) {
            let bound = guideline.bind(facts);
            assert!(guideline.bind_from(value).unwrap() == bound && guideline.bind_from(text).unwrap() == bound);
        }
        let (mut fired, mut trace) = (Vec::<u16>::new(), Trace::default());
        let mut places: [BoundFacts; 5] = Default::default();
        let [one, two, three, four, five] = &mut places;
        let times = in_turns([
            &mut || {
                for patient in &patients {
                    fired.clear();
                    workload::native::b(black_box(patient), black_box(today_number()), &mut fired);
                    black_box(&fired);
                }
            },
            &mut || {
                for value in &values {
                    guideline.bind_from_into(black_box(value), one).unwrap();
                    black_box(&one);
                }
            },
            &mut || {
                for text in &texts {
                    guideline.bind_from_into(black_box(text), two).unwrap();
                    black_box(&two);
                }
            },
            &mut || {
                let mut fired = Vec::<u16>::new();
                for value in &values {
                    guideline.bind_from_into(black_box(value), three).unwrap();
                    on_date.evaluate(three, &mut trace);
                    fired.clear();
                    let statuses = on_date.statuses(&trace).zip(0..);
                    fired.extend(statuses.filter(|(status, _)| *status == recommended).map(|(_, rule)| rule));
                    black_box(&fired);
                }
            },
            &mut || {
                for text in &json {
                    black_box(serde_json::from_str::<Plain>(black_box(text)).unwrap());
                }
            },
            &mut || {
                for text in &json {
                    guideline.bind_json_into(black_box(text), four).unwrap();
                    black_box(&four);
                }
            },
            &mut || {
                for facts in &facts {
                    guideline.bind_into(black_box(facts), five);
                    black_box(&five);
                }
            },
        ]);
        let [native, value, text, evaluated, plain, parsed, from_facts] =
            times.map(|time| time / patients.len() as f64);
        let head = |title: &str| [title, "ns", "against"].map(String::from).to_vec();
        let row = |what: &str, time: f64, than: f64, name: &str| {
            vec![what.to_owned(), format!("{time:.0}"), format!("{:.2}x {name}", time / than)]
        };
        println!("B, {} % missing, per patient\n", gaps.percent);
        print_table(&[
            head("what"),
            row("hand-written B", native, native, "hand-written B"),
            row("struct to bound facts, dates as `Date`", value, native, "hand-written B"),
            row("struct to bound facts, dates as texts", text, native, "hand-written B"),
            row("struct to bound facts, and B evaluated", evaluated, native, "hand-written B"),
            row("serde_json into a plain struct", plain, plain, "serde_json"),
            row("JSON to bound facts", parsed, plain, "serde_json"),
            row("`Facts` to bound facts", from_facts, native, "hand-written B"),
        ]);
        let sizes: Vec<usize> = values.iter().map(|value| guideline.bind_from(value).unwrap().bytes()).collect();
        let mean = sizes.iter().sum::<usize>() / sizes.len();
        println!("bytes per bound patient: {mean}, of the largest {}\n", sizes.iter().max().unwrap());
    }
}

/// A thousand patients bound once, for `valgrind --tool=callgrind`.
fn once(guideline: &Guideline, values: &[Given]) {
    let mut place = BoundFacts::default();
    for value in &values[..1_000] {
        guideline.bind_from_into(black_box(value), &mut place).unwrap();
    }
}

/// A patient whose dates are texts.
#[derive(Serialize)]
struct Texts {
    #[serde(skip_serializing_if = "Option::is_none")]
    birth_date: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    registered_county: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    diagnoses: Option<Vec<TextDiagnosis>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    medicines: Option<Vec<workload::given::GivenMedicine>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    detained: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    social: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    referral: Option<bool>,
}

#[derive(Serialize)]
struct TextDiagnosis {
    #[serde(skip_serializing_if = "Option::is_none")]
    code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    documented: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    onset: Option<String>,
}

impl Texts {
    fn of(given: &Given) -> Texts {
        let diagnosis = |diagnosis: &workload::given::GivenDiagnosis| TextDiagnosis {
            code: diagnosis.code.clone(),
            documented: diagnosis.documented,
            onset: diagnosis.onset.map(|day| day.to_string()),
        };
        Texts {
            birth_date: given.birth_date.map(|day| day.to_string()),
            registered_county: given.registered_county.clone(),
            diagnoses: given.diagnoses.as_ref().map(|all| all.iter().map(diagnosis).collect()),
            medicines: given.medicines.clone(),
            detained: given.detained,
            social: given.social,
            referral: given.referral,
        }
    }
}
