//! Amounts with a unit, converted exactly.

use super::{Number, NumberError, Unit, UnitError};
use std::cmp::Ordering;
use std::fmt;

/// An exact number of a unit. Two are equal when number and unit are written the same; whether they are the same
/// *amount* is said by [`Quantity::compare`].
///
/// ```
/// use riktlinje::Quantity;
/// let dose: Quantity = "1.5 g".parse().unwrap();
/// assert!(dose.compare(&"1500 mg".parse().unwrap()).unwrap().is_eq());
/// assert!(dose.compare(&"7 mmol".parse().unwrap()).is_err());
/// ```
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Quantity {
    number: Number,
    unit: Unit,
}

/// Why two quantities cannot be combined, or a text is none.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum QuantityError {
    /// The units measure different things.
    #[error("`{0}` and `{1}` measure different things")]
    Incomparable(Box<str>, Box<str>),
    /// The exact result is outside the range of numbers.
    #[error("outside the range of numbers")]
    OutOfRange,
    /// Not of the form `7 mmol/L`.
    #[error("not a number, a blank and a unit")]
    Form,
    /// The number is none.
    #[error(transparent)]
    Number(#[from] NumberError),
    /// The unit is none, or cannot be calculated with.
    #[error(transparent)]
    Unit(#[from] UnitError),
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
        self.comparable(unit)?;
        let number = self.unit.convert(self.number, unit).ok_or(QuantityError::OutOfRange)?;
        Ok(Quantity { number, unit: unit.clone() })
    }

    /// Which is more.
    ///
    /// # Errors
    /// The units measure different things, or the number leaves the range.
    pub fn compare(&self, other: &Quantity) -> Result<Ordering, QuantityError> {
        Ok(self.number.cmp(&other.to_unit(&self.unit)?.number))
    }

    /// The sum, in the unit of `self`.
    ///
    /// # Errors
    /// The units measure different things or count from an arbitrary nought (`Cel`), or the number leaves the range.
    pub fn checked_add(&self, other: &Quantity) -> Result<Quantity, QuantityError> {
        self.combine(other, Number::checked_add)
    }

    /// The difference, in the unit of `self`.
    ///
    /// # Errors
    /// The units measure different things or count from an arbitrary nought (`Cel`), or the number leaves the range.
    pub fn checked_sub(&self, other: &Quantity) -> Result<Quantity, QuantityError> {
        self.combine(other, Number::checked_sub)
    }

    /// The product, in the product of the units.
    ///
    /// # Errors
    /// A unit counts from an arbitrary nought (`Cel`), or the number leaves the range.
    pub fn checked_mul(&self, other: &Quantity) -> Result<Quantity, QuantityError> {
        let unit = self.unit.checked_mul(&other.unit)?;
        let number = self.number.checked_mul(&other.number).ok_or(QuantityError::OutOfRange)?;
        Ok(Quantity { number, unit })
    }

    /// The quotient, in the quotient of the units.
    ///
    /// # Errors
    /// A unit counts from an arbitrary nought (`Cel`), `other` is nought, or the number leaves the range.
    pub fn checked_div(&self, other: &Quantity) -> Result<Quantity, QuantityError> {
        let unit = self.unit.checked_div(&other.unit)?;
        let number = self.number.checked_div(&other.number).ok_or(QuantityError::OutOfRange)?;
        Ok(Quantity { number, unit })
    }

    fn combine(
        &self,
        other: &Quantity,
        operation: impl Fn(&Number, &Number) -> Option<Number>,
    ) -> Result<Quantity, QuantityError> {
        self.comparable(&other.unit)?;
        for unit in [&self.unit, &other.unit] {
            if unit.has_offset() {
                return Err(UnitError::Offset(unit.as_str().into()).into());
            }
        }
        let other = other.to_unit(&self.unit)?;
        let number = operation(&self.number, &other.number).ok_or(QuantityError::OutOfRange)?;
        Ok(Quantity { number, unit: self.unit.clone() })
    }

    fn comparable(&self, unit: &Unit) -> Result<(), QuantityError> {
        if self.unit.is_comparable(unit) {
            Ok(())
        } else {
            Err(QuantityError::Incomparable(self.unit.as_str().into(), unit.as_str().into()))
        }
    }
}

/// `7 mmol/L`: the form that is also read.
impl fmt::Display for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.number, self.unit)
    }
}

/// As it is written.
impl fmt::Debug for Quantity {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A number, one blank, a unit.
impl std::str::FromStr for Quantity {
    type Err = QuantityError;

    fn from_str(text: &str) -> Result<Quantity, QuantityError> {
        let (number, unit) = text.split_once(' ').ok_or(QuantityError::Form)?;
        Ok(Quantity { number: number.parse()?, unit: Unit::parse(unit)? })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a panic is the failure report")]
mod tests {
    use super::*;

    fn quantity(text: &str) -> Quantity {
        text.parse().unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    #[test]
    fn converts_and_compares_exactly() {
        for (from, unit, expected) in [
            ("1.5 g", "mg", "1500 mg"),
            ("37 Cel", "[degF]", "98.6 [degF]"),
            ("37 Cel", "K", "310.15 K"),
            ("-40 [degF]", "Cel", "-40 Cel"),
            ("60 U/L", "ukat/L", "1 ukat/L"),
            ("120 mm[Hg]", "kPa", "15.99864 kPa"),
        ] {
            assert_eq!(quantity(from).to_unit(&Unit::parse(unit).unwrap()).unwrap(), quantity(expected));
        }
        assert!(quantity("1000 mg").compare(&quantity("1 g")).unwrap().is_eq());
        assert!(quantity("38 Cel").compare(&quantity("100 [degF]")).unwrap().is_gt());
        assert!(quantity("7 mg").compare(&quantity("7 mmol")).is_err());
    }

    #[test]
    fn calculates_with_units() {
        let height = quantity("1.8 m");
        let index = quantity("81 kg").checked_div(&height.checked_mul(&height).unwrap()).unwrap();
        assert_eq!(index, quantity("25 kg/m2"));
        assert_eq!(quantity("1 g").checked_add(&quantity("1 mg")).unwrap(), quantity("1.001 g"));
        assert!(matches!(
            quantity("38 Cel").checked_sub(&quantity("37 Cel")),
            Err(QuantityError::Unit(UnitError::Offset(_)))
        ));
        assert_eq!(quantity("1 g").checked_div(&quantity("0 g")), Err(QuantityError::OutOfRange));
    }

    #[test]
    fn texts_that_are_none() {
        for text in ["", "7", "7mg", "7  mg", " 7 mg", "7 mg ", "x mg", "7,5 mg", "7 xx", "1e999999999 g"] {
            assert!(text.parse::<Quantity>().is_err(), "{text}");
        }
    }
}
