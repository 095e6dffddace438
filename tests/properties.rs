//! Laws of the language, and the production evaluator against the plain walker of `tests/reference/`.
#![allow(
    unreachable_pub,
    dead_code,
    unused_imports,
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    clippy::wildcard_enum_match_arm,
    clippy::unreachable,
    reason = "a panic is the failure report"
)]

mod agreement;
mod generator;
mod laws;
mod reference;
