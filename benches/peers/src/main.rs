//! Ours beside hand-written Rust and other rule engines, in one run: `cargo run --release --manifest-path
//! benches/peers/Cargo.toml`. Prints Markdown for `benches/README.md`.

#[path = "../../workload/mod.rs"]
mod workload;

mod contest;
mod languages;
mod ours;
mod peers;
mod ready;
mod shown;
mod targets;

use contest::{Answers, Contender};
use std::hint::black_box;
use workload::timing::{many_in_turns, print_table};
use workload::{Patient, given::today_number, native};

fn main() {
    let today = today_number();
    let patients = workload::patients(workload::PATIENTS);
    let rules = workload::rules_b();
    assert!(
        workload::native(&rules) == include_str!("../../workload/native_b.rs"),
        "run `cargo bench --bench evaluate -- --write-native` first"
    );
    let right = Answers {
        a: patients.iter().map(|patient| native::a(patient, today)).collect(),
        b: patients
            .iter()
            .map(|patient| {
                let mut found = Vec::new();
                native::b(patient, today, &mut found);
                found
            })
            .collect(),
    };
    println!("{}\n", machine());
    if !std::env::args().any(|argument| argument == "--without-peers") {
        let mut contenders: Vec<Box<dyn Contender>> = vec![Box::new(ours::Ours::enter(&patients, &right))];
        contenders.extend(peers::all(&patients, &right));
        print_contest(&mut contenders, &patients);
    }
    targets::print(&patients, &right);
}

/// The table of all engines, and what each is not asked or not able to do.
fn print_contest(contenders: &mut [Box<dyn Contender>], patients: &[Patient]) {
    let today = today_number();
    let a = timed(contenders, |contender| contender.pass_a(1), &mut || {
        for patient in patients {
            black_box(native::a(black_box(patient), black_box(today)));
        }
    });
    let mut found = Vec::new();
    let b = timed(contenders, |contender| contender.pass_b(contender.row().every), &mut || {
        for patient in patients {
            found.clear();
            native::b(black_box(patient), black_box(today), &mut found);
            black_box(&found);
        }
    });
    let count = patients.len() as f64;
    let (native_a, native_b) = (a[0] / count, b[0] / count);
    let head =
        ["engine", "A, ns", "x", "B, ns", "x", "JSON text to its input, ns", "input, bytes", "compile B, ms", "B, KiB"];
    let mut table = vec![head.map(str::to_owned).to_vec()];
    let columns = |name: String, a: f64, b: f64| {
        let ratio = |ratio: f64| if ratio < 10.0 { format!("{ratio:.2}") } else { format!("{ratio:.0}") };
        vec![name, format!("{a:.0}"), ratio(a / native_a), format!("{b:.0}"), ratio(b / native_b)]
    };
    let mut row = columns("hand-written Rust".to_owned(), native_a, native_b);
    row.extend(["-"; 4].map(str::to_owned));
    table.push(row);
    for ((contender, a), b) in contenders.iter().zip(&a[1..]).zip(&b[1..]) {
        let known = contender.row();
        let asked = patients.len().div_ceil(known.every) as f64;
        let mut row = columns(format!("{} {}", known.name, known.version), a / count, b / asked);
        row.push(format!("{:.0}", known.read));
        row.push(known.input_bytes.to_string());
        row.push(format!("{:.2}", known.compile / 1e6));
        row.push(format!("{:.0}", known.pack_bytes as f64 / 1024.0));
        table.push(row);
    }
    print_table(&table);
    for contender in contenders.iter() {
        let known = contender.row();
        let sample = if known.every == 1 { "" } else { "; B timed on every tenth patient" };
        println!("- {}: {}{sample}.", known.name, known.note);
    }
    println!();
}

/// Nanoseconds per pass: first the hand-written side's, then each contender's.
fn timed(
    contenders: &mut [Box<dyn Contender>],
    pass: impl Fn(&mut Box<dyn Contender>),
    native: &mut dyn FnMut(),
) -> Vec<f64> {
    let pass = &pass;
    let mut passes: Vec<Box<dyn FnMut() + '_>> =
        contenders.iter_mut().map(|contender| Box::new(move || pass(contender)) as Box<dyn FnMut()>).collect();
    let mut sides: Vec<&mut dyn FnMut()> = vec![native];
    for pass in &mut passes {
        sides.push(pass.as_mut());
    }
    many_in_turns(&mut sides)
}

/// When and where this was measured.
fn machine() -> String {
    let processor = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
    let model = processor
        .lines()
        .find_map(|line| line.strip_prefix("model name")?.split_once(':'))
        .map_or("?", |model| model.1.trim());
    let day = std::process::Command::new("date").arg("-I").output().map(|output| output.stdout).unwrap_or_default();
    let compiler =
        std::process::Command::new("rustc").arg("--version").output().map(|output| output.stdout).unwrap_or_default();
    let cores = std::thread::available_parallelism().map_or(0, usize::from);
    format!(
        "Measured {} on {model}, {cores} cores, {}; processor time, median of 7 passes in turns.",
        String::from_utf8_lossy(&day).trim(),
        String::from_utf8_lossy(&compiler).trim()
    )
}
