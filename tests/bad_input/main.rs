//! Input that is wrong, huge or hostile gets a clear error or an answer: on a thread with a stack of 1 MiB, within
//! 2 seconds and 200 MB.
//!
//! Each piece of input runs in a process of its own (this binary again), so that a hang, an abort or a stack that runs
//! out is a failure with a name. Time is processor time, memory the process's largest resident set: both are measured
//! where Linux tells them, elsewhere only the answer is looked at.
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    missing_debug_implementations,
    unreachable_pub,
    reason = "a panic is the failure report, and nobody uses a test"
)]

mod expressions;
mod facts;
mod layers;
mod material;
mod rules;
mod runner;

use std::fmt::Write as _;
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

const STACK: usize = 1024 * 1024;
/// What is promised is 2 seconds of a release build. Built to be debugged, reading takes about ten times as long.
const SECONDS: f64 = if cfg!(debug_assertions) { 20.0 } else { 2.0 };
const MEGABYTES: f64 = 200.0;
/// Names the input that the process is to try.
const VARIABLE: &str = "RIKTLINJE_BAD_INPUT";

/// One piece of input.
pub struct Input {
    pub name: &'static str,
    pub wanted: Wanted,
    /// Tries it and says what came.
    pub attempt: fn() -> Came,
}

/// What must come of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Wanted {
    Error,
    Answer,
    /// Either, as long as it comes.
    Any,
}

/// What came of it.
pub enum Came {
    /// The first error, as people read it.
    Error(String),
    /// What it says.
    Answer(String),
}

fn inputs() -> Vec<Input> {
    [rules::inputs(), expressions::inputs(), facts::inputs(), layers::inputs()].into_iter().flatten().collect()
}

#[test]
fn every_input_gets_an_error_or_an_answer() {
    let inputs = inputs();
    let mut failures = String::new();
    // `RIKTLINJE_ONLY=circle` tries those with the word in their name.
    let only = std::env::var("RIKTLINJE_ONLY").unwrap_or_default();
    for input in inputs.iter().filter(|input| input.name.contains(&only)) {
        let mut process = Command::new(std::env::current_exe().unwrap());
        process.args(["one_input", "--exact", "--nocapture"]).env(VARIABLE, input.name).env("RUST_BACKTRACE", "0");
        let ended = watch(process.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap(), SECONDS);
        let report = ended.output.lines().find_map(|line| line.split_once("came: ")).map(|(_, came)| came.to_owned());
        let what = match (&ended.status, &report) {
            (None, _) => Err(format!("no end within {SECONDS} seconds of processor time")),
            (Some(false), _) | (_, None) => Err(format!("it broke:{}", last_words(&ended.output))),
            (Some(true), Some(report)) => {
                let fits = match input.wanted {
                    Wanted::Error => report.starts_with("error: "),
                    Wanted::Answer => report.starts_with("answer: "),
                    Wanted::Any => true,
                };
                if fits { Ok(report) } else { Err(format!("wanted {:?}, came {report}", input.wanted)) }
            }
        };
        let (seconds, megabytes) = (ended.seconds, ended.megabytes);
        match what {
            Ok(report) => println!("{:44} {seconds:6.2} s {megabytes:6.0} MB  {report}", input.name),
            Err(why) => writeln!(failures, "{}: {why}", input.name).unwrap(),
        }
        if seconds > SECONDS || megabytes > MEGABYTES {
            writeln!(failures, "{}: {seconds:.2} seconds, {megabytes:.0} MB", input.name).unwrap();
        }
    }
    assert!(failures.is_empty(), "\n{failures}");
}

/// What a process said when it broke, without the test harness around it.
fn last_words(output: &str) -> String {
    let said = output
        .lines()
        .skip_while(|line| !(line.contains("panicked at") || line.contains("stack") || line.contains("memory")));
    said.take(3).fold(String::new(), |text, line| text + "\n    " + &line.chars().take(300).collect::<String>())
}

/// Does nothing unless the variable names an input: the other test calls it so in a process of its own.
#[test]
fn one_input() {
    let Ok(name) = std::env::var(VARIABLE) else { return };
    let input = inputs().into_iter().find(|input| input.name == name).unwrap();
    let came = std::thread::Builder::new().stack_size(STACK).spawn(input.attempt).unwrap().join().expect("no panic");
    let line = |text: &str| text.chars().take(160).map(|c| if c.is_control() { ' ' } else { c }).collect::<String>();
    match came {
        Came::Error(text) => println!("came: error: {}", line(&text)),
        Came::Answer(text) => println!("came: answer: {}", line(&text)),
    }
}

#[test]
fn no_name_stands_twice() {
    let mut names: Vec<&str> = inputs().iter().map(|input| input.name).collect();
    names.sort_unstable();
    assert!(names.windows(2).all(|two| two[0] != two[1]));
}

/// How a process ended.
pub struct Ended {
    /// `None`: it was stopped because it took too long.
    pub status: Option<bool>,
    pub code: Option<i32>,
    /// Standard output, then standard error.
    pub output: String,
    pub seconds: f64,
    pub megabytes: f64,
}

/// Waits for the end, measuring; stops a process that takes more than so many seconds of processor time.
pub fn watch(mut child: Child, limit: f64) -> Ended {
    let readers = [read_all(Box::new(child.stdout.take().unwrap())), read_all(Box::new(child.stderr.take().unwrap()))];
    let start = Instant::now();
    let (mut seconds, mut megabytes) = (0.0_f64, 0.0_f64);
    let mut status = None;
    // By the wall a busy machine may take longer; a process that sleeps for ever is stopped all the same.
    while seconds <= limit && start.elapsed() < Duration::from_secs_f64(limit * 20.0).min(Duration::from_secs(100)) {
        if let Some(ended) = child.try_wait().unwrap() {
            status = Some(ended);
            break;
        }
        if let Some((used, held)) = measure(child.id()) {
            (seconds, megabytes) = (seconds.max(used), megabytes.max(held));
        }
        std::thread::sleep(Duration::from_millis(2));
    }
    if status.is_none() {
        child.kill().unwrap();
        child.wait().unwrap();
    }
    let output = readers.map(|reader| reader.join().unwrap()).concat();
    let code = status.and_then(|status| status.code());
    Ended { status: status.map(|status| status.success()), code, output, seconds, megabytes }
}

fn read_all(mut from: Box<dyn std::io::Read + Send>) -> std::thread::JoinHandle<String> {
    std::thread::spawn(move || {
        let mut bytes = Vec::new();
        from.read_to_end(&mut bytes).unwrap();
        String::from_utf8_lossy(&bytes).into_owned()
    })
}

/// Processor time and the largest resident set so far, where Linux tells them.
fn measure(process: u32) -> Option<(f64, f64)> {
    let stat = std::fs::read_to_string(format!("/proc/{process}/stat")).ok()?;
    // After the name in brackets; user and system time are the 14th and 15th of all, in hundredths of a second.
    let fields: Vec<&str> = stat.rsplit_once(')')?.1.split_whitespace().collect();
    let ticks: f64 = fields.get(11)?.parse::<f64>().ok()? + fields.get(12)?.parse::<f64>().ok()?;
    let status = std::fs::read_to_string(format!("/proc/{process}/status")).ok()?;
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    let kilobytes: f64 = peak.trim().trim_end_matches(" kB").parse().ok()?;
    Some((ticks / 100.0, kilobytes / 1024.0))
}
