//! The same patients on one core and on two: JSON text bound, put into columns and evaluated.
//!
//! Clocks on the wall tell nothing where others use the machine, so the busiest core counts: its processor time is what
//! the work would take if nobody else were there.

use crate::workload::{self, Patient, given};
use cpu_time::ThreadTime;
use riktlinje::{Guideline, Source};
use std::hint::black_box;

const PASSES: usize = 9;

pub fn measure(patients: &[Patient]) {
    let guideline =
        Guideline::compile([Source::new("bench.guide", workload::guideline(&workload::rules_b()))]).unwrap();
    let cohort = guideline.cohort(given::today()).unwrap();
    let given = given::given(patients, given::Gaps { percent: 10 });
    let lines: Vec<String> = given.iter().map(|given| serde_json::to_string(given).unwrap()).collect();
    // Some parts for each core.
    let many = 16 * 4_096;
    let work = || {
        let lines = lines.iter().cycle().take(many);
        for part in cohort.parts_of(lines, |line, place| guideline.bind_json_into(line, place)) {
            black_box(part.unwrap());
        }
    };
    let mut times = [Vec::new(), Vec::new()];
    for _ in 0..PASSES {
        for (times, threads) in times.iter_mut().zip([1, 2]) {
            let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
            let clocks = || pool.broadcast(|_| ThreadTime::now().as_duration().as_secs_f64());
            let started = clocks();
            pool.install(work);
            let spent = clocks().into_iter().zip(started).map(|(now, before)| now - before);
            times.push(spent.fold(0.0, f64::max));
        }
    }
    let [one, two] = times.map(|mut times| {
        times.sort_by(f64::total_cmp);
        times[times.len() / 2] * 1e9 / many as f64
    });
    println!("B from JSON text, 10 % missing: one core {one:.0} ns, two cores {two:.0} ns ({:.2}x)\n", one / two);
}
