//! Values: truth, exact numbers, quantities with units, codes, dates that may be known in part.

mod code;
mod code_set;
mod date;
mod duration;
mod fact;
mod number;
pub(crate) mod partial;
mod quantity;
mod serialize;
pub(crate) mod short_text;
mod truth;
mod ucum;
mod unit;
mod weekday;

pub use code::{Code, CodeError, System};
pub use code_set::CodeSet;
pub use date::{Date, DateError, PartialDate};
pub use duration::{Duration, DurationUnit};
pub use fact::{FactValue, List, ListCompleteness, Record};
pub use number::{Number, NumberError};
pub use partial::FaultKind;
pub use quantity::{Quantity, QuantityError};
pub use truth::Truth;
pub use unit::{Unit, UnitError};
pub use weekday::Weekday;
