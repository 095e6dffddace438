//! The rules as hand-written Rust says them.
#![allow(clippy::all, reason = "rules made at random contradict themselves now and then")]

use super::{Day, Patient};

include!("native_b.rs");

#[inline(never)]
pub fn a(p: &Patient, today: Day) -> bool {
    let age = (today - p.birth) / 10_000;
    age >= 20
        && p.county == "01"
        && p.diagnoses.iter().any(|d| d.documented && d.code.starts_with("F11.2") && (today - d.onset) / 10_000 >= 1)
        && !p.detained
        && p.referral
}
