//! Text to program: parse, check, lints and lowering of the shipped packs and of workloads A and B. `cargo bench --bench
//! check`; 10,000 rules and the authors' cases are in `authors.rs`.
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

use riktlinje::{CodeLists, Guideline, Guidelines, Source};
use std::hint::black_box;
use workload::timing::{alone, print_table, shown};
use workload::{packs, rule_a, rules_b};

fn main() {
    let shipped = packs::sources();
    let lists = CodeLists::default();
    let mut table = vec![["what", "time"].map(str::to_owned).to_vec()];
    let mut row = |what: String, nanoseconds: f64| table.push(vec![what, shown(nanoseconds)]);
    let count = shipped.len();
    row(
        format!("the {count} shipped files together, compiled"),
        alone(|| drop(black_box(Guidelines::compile(shipped.clone(), [], &lists).unwrap()))),
    );
    row(
        format!("the {count} shipped files together, findings only"),
        alone(|| drop(black_box(Guidelines::check(shipped.clone(), [], &lists)))),
    );
    for (name, pack) in [("A, one rule", vec![rule_a()]), ("B, 200 rules", rules_b())] {
        let text = workload::guideline(&pack);
        let source = || Source::new("bench.guide", black_box(text.clone()));
        row(format!("{name}, compiled"), alone(|| drop(black_box(Guideline::compile([source()]).unwrap()))));
        row(format!("{name}, findings only"), alone(|| drop(black_box(Guideline::check([source()])))));
    }
    print_table(&table);
}
