//! From a patient to what is shown: nanoseconds per patient for workload B, beside hand-written Rust, in one run.
//!
//! `cargo bench --bench view`
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
use riktlinje::{Facts, Guideline, Source, Trace};
use std::hint::black_box;
use workload::given::{Gaps, given, today, today_number};
use workload::{looking, native, plain};

/// The median of some passes, in nanoseconds of processor time.
fn median(passes: usize, mut pass: impl FnMut()) -> f64 {
    pass();
    let mut times: Vec<f64> = (0..passes)
        .map(|_| {
            let started = ThreadTime::now();
            pass();
            started.elapsed().as_secs_f64() * 1e9
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() {
    let count = if std::env::args().any(|argument| argument == "--few") { 20 } else { 400 };
    let text = workload::guideline(&workload::rules_b());
    let guideline = Guideline::compile([Source::new("bench.guide", text)]).unwrap();
    for percent in [10, 0] {
        measure(&guideline, count, percent);
    }
}

fn measure(guideline: &Guideline, count: usize, percent: usize) {
    let patients = workload::patients(count);
    let (today, number) = (today(), today_number());
    let facts: Vec<Facts> =
        given(&patients, Gaps { percent }).iter().map(|given| guideline.facts_from(given).unwrap()).collect();
    let bound: Vec<_> = facts.iter().map(|facts| guideline.bind(facts)).collect();
    let on_date = guideline.on(today).unwrap();
    let traces: Vec<Trace> = bound
        .iter()
        .map(|bound| {
            let mut trace = Trace::default();
            on_date.evaluate(bound, &mut trace);
            trace
        })
        .collect();
    let outcome = |at: usize| on_date.outcome(&facts[at], &bound[at], &traces[at]);
    let each =
        |passes: usize, look: &mut dyn FnMut(usize)| median(passes, || (0..count).for_each(&mut *look)) / count as f64;

    let mut fired = Vec::new();
    let native = each(15, &mut |at| {
        fired.clear();
        native::b(black_box(&patients[at]), black_box(number), &mut fired);
        black_box(&fired);
    });
    let row = |what: &str, nanoseconds: f64| println!("{what:44} {nanoseconds:>9.0} ns {:>8.2}x", nanoseconds / native);
    println!("workload B, {count} patients, {percent} % missing, a patient");
    row("hand-written", native);
    let mut trace = Trace::default();
    row("evaluate, bound facts", each(15, &mut |at| on_date.evaluate(black_box(&bound[at]), &mut trace)));
    row("rules with texts and grounds, from a trace", each(15, &mut |at| looking::at_rules(&outcome(at))));
    row(
        "missing facts, from a trace",
        each(15, &mut |at| {
            black_box(outcome(at).missing());
        }),
    );
    row(
        "all of it, from bound facts",
        each(15, &mut |at| {
            on_date.evaluate(black_box(&bound[at]), &mut trace);
            let outcome = on_date.outcome(&facts[at], &bound[at], &trace);
            looking::at_rules(&outcome);
            black_box(outcome.missing());
        }),
    );
    let names: Vec<String> = guideline.rules().map(str::to_owned).collect();
    let mut next = 0;
    row(
        "why, one rule, from a trace",
        each(15, &mut |at| {
            next += 1;
            let outcome = outcome(at);
            drop(black_box(outcome.why(&names[next % names.len()])));
        }),
    );
    row(
        "and every word of it looked at",
        each(15, &mut |at| {
            next += 1;
            let outcome = outcome(at);
            looking::at_reason(outcome.why(&names[next % names.len()]).unwrap().reason());
        }),
    );
    let mut text = String::new();
    let ours = each(5, &mut |at| {
        text.clear();
        outcome(at).write_json(&mut text);
        black_box(&text);
    });
    row("its JSON, from a trace", ours);
    let owned: Vec<_> = (0..count).map(|at| outcome(at).to_outcome()).collect();
    let plain: Vec<plain::Outcome> = owned.iter().map(plain::of).collect();
    let mut bytes = Vec::new();
    let serde = each(5, &mut |at| {
        bytes.clear();
        serde_json::to_writer(&mut bytes, black_box(&plain[at])).unwrap();
        black_box(&bytes);
    });
    row("serde_json of an equal struct", serde);
    println!("  ours against serde_json: {:.2}x; {} and {} bytes", ours / serde, text.len(), bytes.len());
    row("the plain outcome as JSON", each(3, &mut |at| drop(black_box(owned[at].to_json()))));
    row("Guideline::decide", each(1, &mut |at| drop(black_box(guideline.decide(&facts[at], today)))));
    row("Guideline::evaluate", each(1, &mut |at| drop(black_box(guideline.evaluate(&facts[at], today)))));
    let kinds: Vec<usize> = owned.iter().map(|outcome| outcome.missing.len()).collect();
    let open = |outcome: &riktlinje::Outcome| {
        outcome.recommendations.iter().filter(|rule| rule.status.name() == "undetermined").count()
    };
    println!(
        "  {:.1} undetermined rules, {:.1} missing facts a patient",
        owned.iter().map(open).sum::<usize>() as f64 / count as f64,
        kinds.iter().sum::<usize>() as f64 / count as f64
    );
}
