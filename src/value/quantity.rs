//! Amounts with a unit, converted exactly.

use super::{Number, Unit};

/// An exact number of a unit.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    number: Number,
    unit: Unit,
}

/// Why two quantities cannot be combined.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// The units measure different things.
    #[error("`{0}` and `{1}` measure different things")]
    Incomparable(Box<str>, Box<str>),
    /// The exact result is outside the range of numbers.
    #[error("outside the range of numbers")]
    OutOfRange,
}

impl Quantity {
    /// So much of a unit.
    #[must_use]
    pub fn new(number: Number, unit: Unit) -> Quantity {
        Quantity { number, unit }
    }

    /// How many of the unit.
    #[must_use]
    pub fn number(&self) -> Number {
        self.number
    }

    /// The unit as written.
    #[must_use]
    pub fn unit(&self) -> &Unit {
        &self.unit
    }

    /// The same amount in another unit, exactly.
    ///
    /// # Errors
    /// The units measure different things, or the number leaves the range.
    pub fn to_unit(&self, unit: &Unit) -> Result<Quantity, QuantityError> {
        if &self.unit == unit {
            Ok(self.clone())
        } else {
            Err(QuantityError::Incomparable(self.unit.as_str().into(), unit.as_str().into()))
        }
    }
}
