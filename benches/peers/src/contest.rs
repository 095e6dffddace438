//! One peer in the contest: what it must be able to do, and what is measured of it.
#![cfg_attr(not(feature = "default"), allow(dead_code, reason = "a peer may be left out"))]

use crate::ready::Ready;
use crate::workload::given::today_number;
use crate::workload::timing::alone;
use crate::workload::{Patient, Rule, rule_a, rules_b};
use std::hint::black_box;

/// An engine with rules in its own language and facts in its own form.
pub trait Peer: Sized {
    type Input;
    const NAME: &'static str;
    const VERSION: &'static str;
    /// What it was spared or lacks, beyond what holds for all of them.
    const NOTE: &'static str;

    fn compile(rules: &[Rule]) -> Self;
    fn input(json: &str) -> Self::Input;
    /// Whether the first rule applies.
    fn applies(&mut self, input: &Self::Input) -> bool;
    /// The numbers of the rules that apply, in any order.
    fn applying(&mut self, input: &Self::Input, found: &mut Vec<u16>);
}

/// A peer that was compiled and has read all patients.
pub trait Contender {
    fn pass_a(&mut self, every: usize);
    fn pass_b(&mut self, every: usize);
    fn row(&self) -> &Row;
}

/// What is known of a peer before its evaluations are timed.
pub struct Row {
    pub name: &'static str,
    pub version: &'static str,
    pub note: &'static str,
    pub compile: f64,
    pub pack_bytes: i64,
    pub read: f64,
    pub input_bytes: i64,
    /// Each how many-th patient its passes over B take: a pass over all of them takes long in the slowest.
    pub every: usize,
}

struct Entered<P: Peer> {
    one: P,
    pack: P,
    inputs: Vec<P::Input>,
    found: Vec<u16>,
    row: Row,
}

/// What the right answers are, patient by patient.
pub struct Answers {
    pub a: Vec<bool>,
    pub b: Vec<Vec<u16>>,
}

/// Compiles the rules, reads the patients, and holds every answer against the right one.
pub fn enter<P: Peer + 'static>(patients: &[Patient], right: &Answers) -> Box<dyn Contender> {
    eprintln!("{} {}", P::NAME, P::VERSION);
    let json: Vec<String> =
        patients.iter().map(|patient| serde_json::to_string(&Ready::of(patient, today_number())).unwrap()).collect();
    let rules = rules_b();
    let (mut pack, pack_bytes) = kept(|| P::compile(&rules));
    let mut one = P::compile(&[rule_a()]);
    let (inputs, input_bytes) = kept(|| json.iter().map(|json| P::input(json)).collect::<Vec<_>>());
    let mut found = Vec::new();
    let started = std::time::Instant::now();
    for (number, input) in inputs.iter().enumerate() {
        assert_eq!(one.applies(input), right.a[number], "{} on A, patient {number}", P::NAME);
        found.clear();
        pack.applying(input, &mut found);
        found.sort_unstable();
        assert_eq!(found, right.b[number], "{} on B, patient {number}", P::NAME);
    }
    let every = if started.elapsed().as_secs_f64() < 1.0 { 1 } else { 10 };
    let compile = alone(|| drop(black_box(P::compile(black_box(&rules)))));
    let sample = &json[..json.len().min(1000)];
    let read = alone(|| {
        for json in sample {
            drop(black_box(P::input(black_box(json))));
        }
    }) / sample.len() as f64;
    let input_bytes = input_bytes / json.len() as i64;
    let row = Row { name: P::NAME, version: P::VERSION, note: P::NOTE, compile, pack_bytes, read, input_bytes, every };
    Box::new(Entered { one, pack, inputs, found, row })
}

impl<P: Peer> Contender for Entered<P> {
    fn pass_a(&mut self, every: usize) {
        for input in self.inputs.iter().step_by(every) {
            black_box(self.one.applies(black_box(input)));
        }
    }

    fn pass_b(&mut self, every: usize) {
        for input in self.inputs.iter().step_by(every) {
            self.found.clear();
            self.pack.applying(black_box(input), &mut self.found);
            black_box(&self.found);
        }
    }

    fn row(&self) -> &Row {
        &self.row
    }
}

/// What is made and how many bytes it keeps on the heap.
pub fn kept<T>(make: impl FnOnce() -> T) -> (T, i64) {
    let mut made = None;
    let allocated = allocation_counter::measure(|| made = Some(make()));
    (made.unwrap(), allocated.bytes_current)
}
