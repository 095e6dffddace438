//! Guidelines, patients and dates from a seed: equal seeds give equal bytes.

mod condition;
mod guideline;
mod list_condition;
mod patient;
mod random;
mod refine;
mod rules;
mod schedule;
mod tree;
mod value;
mod walk;
mod yaml;

pub use guideline::{Size, guideline};
pub use patient::{Presence, day_for, fresh_record, patient};
pub use random::Random;
pub use refine::refined;
pub use value::day;
pub use walk::{children, with_expression};
pub use yaml::yaml;
