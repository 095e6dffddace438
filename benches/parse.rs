//! Text to tree: the shipped packs and workloads A and B, per text and per KiB. `cargo bench --bench parse`.
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

use riktlinje::syntax::{FileId, parse};
use std::hint::black_box;
use workload::timing::{alone, print_table, shown};
use workload::{packs, rule_a, rules_b};

fn main() {
    let shipped: Vec<String> = packs::sources().iter().map(|source| source.text().to_owned()).collect();
    let texts = [
        (format!("the {} shipped files", shipped.len()), shipped),
        ("A".to_owned(), vec![workload::guideline(&[rule_a()])]),
        ("B".to_owned(), vec![workload::guideline(&rules_b())]),
    ];
    let mut table = vec![["what", "KiB", "time", "per KiB"].map(str::to_owned).to_vec()];
    for (name, texts) in texts {
        let kib = texts.iter().map(String::len).sum::<usize>() as f64 / 1024.0;
        let time = alone(|| {
            for text in &texts {
                drop(black_box(parse(FileId(0), black_box(text))));
            }
        });
        table.push(vec![name, format!("{kib:.0}"), shown(time), shown(time / kib)]);
    }
    print_table(&table);
}
