//! Dates of plans: samples with phases, drawn weekdays and restarts, and the Stockholm treatment; one day and long spans.
//! `cargo bench --bench schedules`.
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

use riktlinje::{CodeLists, Date, Facts, Guideline, Guidelines, Seed, Source};
use std::hint::black_box;
use workload::packs;
use workload::timing::{in_turns, print_table, shown};

const SAMPLES: &str = "in_laro: yes
treatment_start: 2026-01-12
treatment_end: none
seizures: []
samples: [{ taken: 2026-01-15, positive: no }, { taken: 2026-02-02, positive: yes }, { taken: 2026-06-11, positive: no }]
";

const TREATMENT: &str = "birth_date: 1990-01-01
in_laro: yes
laro_start: 2026-08-22
contacts: []
contact_meetings: [{ held: 2026-09-10 }]
contact_meeting_interval: 4 weeks
partner_meetings: []
partner_meeting_interval: 3 months
sampling_interval: 1 week
urine_samples: [{ taken: 2026-08-29 }, { taken: 2026-09-05 }]
";

fn main() {
    let head = ["what", "decide", "calendar of a week", "of a year", "of 10 years", "dates in 10 years"];
    let mut table = vec![head.map(str::to_owned).to_vec()];
    let text = std::fs::read_to_string(packs::place("tests/corpus/cases/samples.guide")).unwrap();
    let samples = Guideline::compile([Source::new("samples.guide", text)])
        .unwrap()
        .set_parameter("sampling_interval", "6 weeks")
        .unwrap()
        .with_seed(&Seed::new(b"thirty-two bytes from a good source").unwrap());
    let facts = samples.facts_from_yaml(SAMPLES).unwrap();
    table.push(measured("samples with phases, drawn days and a restart".to_owned(), &samples, &facts));

    let guidelines = Guidelines::compile(packs::sources(), [], &CodeLists::default()).unwrap();
    let treatment = guidelines.get("stockholm.laro_treatment", "2026-11-22".parse().unwrap()).unwrap();
    let facts = treatment.facts_from_yaml(TREATMENT).unwrap();
    table.push(measured(format!("{treatment:?}, started three months ago"), treatment, &facts));
    print_table(&table);
}

fn measured(what: String, guideline: &Guideline, facts: &Facts) -> Vec<String> {
    let day = |text: &str| -> Date { text.parse().unwrap() };
    let today = day("2026-11-22");
    let calendar = |last: &str| guideline.calendar(facts, today, today..=day(last)).unwrap();
    let times = in_turns([
        &mut || drop(black_box(guideline.decide(black_box(facts), today).unwrap())),
        &mut || drop(black_box(calendar("2026-11-28"))),
        &mut || drop(black_box(calendar("2027-11-21"))),
        &mut || drop(black_box(calendar("2036-11-21"))),
    ]);
    let dates: usize = calendar("2036-11-21").schedules.iter().map(|schedule| schedule.dates.len()).sum();
    std::iter::once(what).chain(times.map(shown)).chain([dates.to_string()]).collect()
}
