//! Text to program: parse, check, lints and lowering of the shipped packs, of workloads A and B and of 10,000 rules, and
//! the authors' cases. `cargo bench --bench check`.
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

use riktlinje::{Cases, CodeLists, Guideline, Guidelines, Source};
use std::hint::black_box;
use workload::timing::{alone, print_table, shown};
use workload::{packs, rule_a, rules_b, rules};

fn main() {
    let shipped = packs::sources();
    let lists = CodeLists::default();
    let mut table = vec![["what", "time"].map(str::to_owned).to_vec()];
    let mut row = |what: String, nanoseconds: f64| table.push(vec![what, shown(nanoseconds)]);
    let count = shipped.len();
    let together = || Guidelines::compile(shipped.clone(), [], &lists).unwrap();
    row(format!("the {count} shipped files together, compiled"), alone(|| drop(black_box(together()))));
    row(
        format!("the {count} shipped files together, findings only"),
        alone(|| drop(black_box(Guidelines::check(shipped.clone(), [], &lists)))),
    );
    let guidelines = together();
    let cases: Vec<(Cases, &Guideline)> = packs::cases(&guidelines);
    row(
        format!("their {} cases, run", cases.iter().map(|(cases, _)| cases.names().count()).sum::<usize>()),
        alone(|| {
            for (cases, guideline) in &cases {
                assert!(black_box(cases.run(guideline)).passed());
            }
        }),
    );
    for (name, pack) in
        [("A, one rule", vec![rule_a()]), ("B, 200 rules", rules_b()), ("10,000 rules", rules(10_000))]
    {
        let text = workload::guideline(&pack);
        let source = || Source::new("bench.guide", black_box(text.clone()));
        row(format!("{name}, compiled"), alone(|| drop(black_box(Guideline::compile([source()]).unwrap()))));
        row(format!("{name}, findings only"), alone(|| drop(black_box(Guideline::check([source()])))));
    }
    print_table(&table);
}
