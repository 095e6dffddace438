//! The executable meaning of the language: a plain, slow walker over the tree as written.
//!
//! It shares nothing with the library but `syntax`: its own truth, calendar, fractions, codes and facts. Where the
//! production evaluator reasons about intervals, this one looks at every day. Read it beside `docs::language`.
//!
//! It walks every declaration and every form of condition and value, and says what an outcome says: each rule's status, its
//! lines, parties, tracks and bands, totals, proposals, shown values, conflicts, broken assumptions, the dates of
//! schedules around today, where today is in them and the next date. What it leaves to others:
//!
//! - Layers (`add to`, `replace`, …), `uses` and versions choose which declarations there are before anything is walked:
//!   `laws::layers` compares a guideline in layers with the same written as a whole.
//! - What an outcome says *about* an answer (missing, changes, reasons, changes ahead) has laws of its own that try all
//!   completions, all flips or all days, with this walker or the evaluator.
//! - Visits that serve dates of several schedules: `src/schedule/tests/visits.rs` tries all ways to share them.
//! - Many patients in an indicator (counts, shares, what is kept back) are sums of what is walked for one;
//!   the cases of `rules/vgr/indicators.cases.yaml` are their examples.
//! - Code lists of the caller: a list that is not supplied is unknown here, and `code_lists` has its own tests.

mod calendar;
mod code_set;
mod comparison;
mod draw;
mod examples;
mod expression;
mod facts;
mod fraction;
mod guide;
mod indicator;
mod list;
mod name;
mod parallel;
mod plan;
mod proposal;
mod rule;
mod schedule;
mod score;
mod status;
mod task;
mod value;

pub use calendar::{Day, parse_day, parts, shift_day, text as day_text, whole_month, whole_year};
pub use facts::{Completeness, Fact, Given, Patient, Record};
pub use fraction::{Fraction, unit_factor};
pub use guide::{Guide, Settings};
pub use plan::Found;
pub use rule::Answers;
pub use value::{Range, Value};
