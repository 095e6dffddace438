//! Processor time of this thread, all sides of a comparison in one run.

use cpu_time::ThreadTime;

const PASSES: usize = 7;
/// A pass is repeated until it takes this long: below it the clock shows.
const LEAST_SECONDS: f64 = 0.02;

/// Nanoseconds per pass of each side, the median of seven. The sides take turns, so that a machine that slows down or speeds
/// up meanwhile does so for all of them.
pub fn in_turns<const SIDES: usize>(mut sides: [&mut dyn FnMut(); SIDES]) -> [f64; SIDES] {
    let times = many_in_turns(&mut sides);
    std::array::from_fn(|side| times[side])
}

/// The same for as many sides as there are.
pub fn many_in_turns(sides: &mut [&mut dyn FnMut()]) -> Vec<f64> {
    let repeats: Vec<u32> = sides
        .iter_mut()
        .map(|side| {
            side();
            (LEAST_SECONDS / seconds(side, 1)).ceil().clamp(1.0, 1e6) as u32
        })
        .collect();
    let mut times = vec![Vec::new(); sides.len()];
    for _ in 0..PASSES {
        for ((side, repeat), times) in sides.iter_mut().zip(&repeats).zip(&mut times) {
            times.push(seconds(side, *repeat) / f64::from(*repeat) * 1e9);
        }
    }
    times.into_iter().map(median).collect()
}

/// Nanoseconds per pass.
pub fn alone(mut pass: impl FnMut()) -> f64 {
    let [time] = in_turns([&mut pass]);
    time
}

fn seconds(pass: &mut dyn FnMut(), repeats: u32) -> f64 {
    let started = ThreadTime::now();
    for _ in 0..repeats {
        pass();
    }
    started.elapsed().as_secs_f64().max(1e-9)
}

fn median(mut times: Vec<f64>) -> f64 {
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

/// Nanoseconds as a person reads them: `412 ns`, `4.12 us`, `41.2 ms`.
pub fn shown(nanoseconds: f64) -> String {
    let (number, unit) = match nanoseconds {
        ..1e3 => (nanoseconds, "ns"),
        1e3..1e6 => (nanoseconds / 1e3, "us"),
        1e6..1e9 => (nanoseconds / 1e6, "ms"),
        _ => (nanoseconds / 1e9, "s"),
    };
    match number {
        ..10.0 => format!("{number:.2} {unit}"),
        10.0..100.0 => format!("{number:.1} {unit}"),
        _ => format!("{number:.0} {unit}"),
    }
}

/// Rows of a table in Markdown: the first is the head.
pub fn print_table(rows: &[Vec<String>]) {
    for (number, row) in rows.iter().enumerate() {
        println!("| {} |", row.join(" | "));
        if number == 0 {
            println!("|{}", " --- |".repeat(row.len()));
        }
    }
    println!();
}
