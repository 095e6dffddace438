//! The rule packs under `rules/`: every row of the sources' inventory is accounted for (`rules/COVERAGE.md`), and every
//! constant, criterion and connective is held by a case.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    missing_debug_implementations,
    unreachable_pub,
    reason = "a panic is the failure report, and nobody uses a test"
)]

mod accounted;
mod listed;
mod mutants;
mod pack;
mod patients;
mod readme;
mod survivors;
mod together;
#[path = "../generator/walk.rs"]
#[allow(dead_code, reason = "the generator uses the rest")]
mod walk;
