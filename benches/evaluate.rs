//! Nanoseconds per patient to evaluate bound facts, beside hand-written Rust, in one run.
//!
//! `cargo bench --bench evaluate`; with `-- --write-native` it writes the hand-written side of workload B anew.
#![allow(
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

use cpu_time::ThreadTime;
use riktlinje::{AdviceStatus, Code, Date, Facts, Guideline, List, Record, RuleStatus, Source, System, Trace};
use std::hint::black_box;
use std::time::Instant;
use workload::{Day, Patient, Random, TODAY};

#[allow(clippy::all, reason = "rules made at random contradict themselves now and then")]
mod native {
    use crate::workload::{Day, Patient};
    include!("workload/native_b.rs");

    #[inline(never)]
    pub fn a(p: &Patient, today: Day) -> bool {
        let age = (today - p.birth) / 10_000;
        age >= 20
            && p.county == "01"
            && p.diagnoses
                .iter()
                .any(|d| d.documented && d.code.starts_with("F11.2") && (today - d.onset) / 10_000 >= 1)
            && !p.detained
            && p.referral
    }
}

/// What is left out of a patient's facts.
#[derive(Clone, Copy)]
struct Gaps {
    percent: usize,
}

fn main() {
    let patients = workload::patients(workload::PATIENTS);
    let rules_b = workload::rules_b();
    let native_text = workload::native(&rules_b);
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/benches/workload/native_b.rs");
    if std::env::args().any(|argument| argument == "--write-native") {
        std::fs::write(path, native_text).unwrap();
        return;
    }
    assert!(native_text == include_str!("workload/native_b.rs"), "run with `-- --write-native` first");
    let (year, month, day) = TODAY;
    let today = Date::from_ymd(year, month, day).unwrap();
    let number = year * 10_000 + (month * 100 + day) as i32;

    for (name, rules) in [("A", vec![workload::rule_a()]), ("B", rules_b)] {
        let started = Instant::now();
        let text = workload::guideline(&rules);
        let guideline = Guideline::compile([Source::new("bench.guide", text.clone())])
            .unwrap_or_else(|error| panic!("{error}: {error:?}"));
        println!("{name}: {} rules, compiled in {:.2} ms", rules.len(), started.elapsed().as_secs_f64() * 1e3);
        for gaps in [Gaps { percent: 0 }, Gaps { percent: 10 }] {
            let mut random = Random(7);
            let facts: Vec<Facts> =
                patients.iter().map(|patient| facts(&guideline, patient, gaps, &mut random)).collect();
            let bound: Vec<_> = facts.iter().map(|facts| guideline.bind(facts)).collect();
            let on_date = guideline.on(today).unwrap();
            let mut trace = Trace::default();
            if gaps.percent == 0 {
                agree(&patients, &bound, &on_date, &mut trace, rules.len(), number, name);
            }
            let mut fired: Vec<u16> = Vec::new();
            let native = median(|| {
                for patient in &patients {
                    fired.clear();
                    if name == "A" {
                        black_box(native::a(black_box(patient), black_box(number)));
                    } else {
                        native::b(black_box(patient), black_box(number), &mut fired);
                    }
                    black_box(&fired);
                }
            }) / patients.len() as f64;
            let recommended = RuleStatus::Recommendation(AdviceStatus::Recommended);
            // As the hand-written side: which rules say so. Every status is read.
            let ours = median(|| {
                for bound in &bound {
                    on_date.evaluate(black_box(bound), &mut trace);
                    if name == "A" {
                        black_box(on_date.status(&trace, 0) == Some(recommended));
                    } else {
                        fired.clear();
                        let statuses = on_date.statuses(&trace).zip(0..);
                        fired.extend(statuses.filter(|(status, _)| *status == recommended).map(|(_, rule)| rule));
                    }
                    black_box(&fired);
                    black_box(&trace);
                }
            }) / patients.len() as f64;
            let mut again = guideline.bind(&facts[0]);
            let binding = median(|| {
                for facts in &facts {
                    guideline.bind_into(black_box(facts), &mut again);
                    black_box(&again);
                }
            }) / patients.len() as f64;
            println!(
                "  {:>2} % missing: hand-written {native:.0} ns, ours {ours:.0} ns ({:.2}x), binding {binding:.0} ns",
                gaps.percent,
                ours / native
            );
        }
        let prepared = median(|| drop(black_box(guideline.on(black_box(today)))));
        println!("  preparing a date: {:.1} us", prepared / 1e3);
    }
}

/// The median of 15 passes, in nanoseconds of processor time.
fn median(mut pass: impl FnMut()) -> f64 {
    pass();
    let mut times: Vec<f64> = (0..15)
        .map(|_| {
            let started = ThreadTime::now();
            pass();
            started.elapsed().as_secs_f64() * 1e9
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn agree(
    patients: &[Patient],
    bound: &[riktlinje::BoundFacts],
    on_date: &riktlinje::OnDate<'_>,
    trace: &mut Trace,
    rules: usize,
    today: Day,
    name: &str,
) {
    for (patient, bound) in patients.iter().zip(bound) {
        on_date.evaluate(bound, trace);
        let holds =
            |rule: usize| on_date.status(trace, rule) == Some(RuleStatus::Recommendation(AdviceStatus::Recommended));
        let ours: Vec<u16> = (0..rules).filter(|rule| holds(*rule)).map(|rule| rule as u16).collect();
        let mut native = Vec::new();
        if name == "A" {
            if native::a(patient, today) {
                native.push(0);
            }
        } else {
            native::b(patient, today, &mut native);
        }
        assert_eq!(ours, native, "{patient:?}");
    }
}

fn facts(guideline: &Guideline, patient: &Patient, gaps: Gaps, random: &mut Random) -> Facts {
    let mut missing = || random.percent(gaps.percent);
    let date = |day: Day| Date::from_ymd(day / 10_000, (day / 100 % 100) as u32, (day % 100) as u32).unwrap();
    let code = |system, code: &str| Code::new(system, code).unwrap();
    let mut builder = guideline.facts();
    if !missing() {
        builder = builder.set("birth_date", date(patient.birth));
    }
    if !missing() {
        builder = builder.set("registered_county", code(System::County, &patient.county));
    }
    for (name, value) in [("detained", patient.detained), ("social", patient.social), ("referral", patient.referral)] {
        if !missing() {
            builder = builder.set(name, value);
        }
    }
    if !missing() {
        let mut records = Vec::new();
        for diagnosis in &patient.diagnoses {
            let mut record = Record::default();
            if !missing() {
                record = record.with("code", code(System::Icd10Se, &diagnosis.code));
            }
            if !missing() {
                record = record.with("documented", diagnosis.documented);
            }
            if !missing() {
                record = record.with("onset", date(diagnosis.onset));
            }
            records.push(record);
        }
        builder = builder.set("diagnoses", List::new(records));
    }
    if !missing() {
        let record = |medicine: &String| Record::default().with("atc", code(System::Atc, medicine));
        builder = builder.set("medicines", List::new(patient.medicines.iter().map(record)));
    }
    builder.build().unwrap()
}
