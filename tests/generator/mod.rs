//! Guidelines, patients and dates from a seed: equal seeds give equal bytes.

mod condition;
mod guideline;
mod list_condition;
mod patient;
mod random;
mod tree;
mod value;
mod walk;
mod yaml;

pub use guideline::{Generated, Size, guideline};
pub use patient::{Presence, patient};
pub use random::Random;
pub use value::day;
pub use walk::{children, every_expression, with_expression};
pub use yaml::yaml;
