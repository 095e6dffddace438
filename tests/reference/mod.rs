//! The executable meaning of the language: a plain, slow walker over the tree as written.
//!
//! It shares nothing with the library but `syntax`: its own truth, calendar, fractions, codes and facts. Where the
//! production evaluator reasons about intervals, this one looks at every day. Read it beside `docs::language`.

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
