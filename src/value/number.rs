//! Exact numbers: fractions of 128-bit integers. Nothing rounds unless it is asked to.

use super::short_text::ShortText;
use num_rational::Ratio;
use std::fmt::{self, Write as _};
use std::str::FromStr;

/// An exact fraction. Operations that leave the range of 128-bit numerators and denominators give `None`,
/// never a rounded number.
///
/// ```
/// use riktlinje::Number;
/// let tenth: Number = "0.1".parse().unwrap();
/// let sum = tenth.checked_add(&"0.2".parse().unwrap()).unwrap();
/// assert_eq!(sum, "0.3".parse().unwrap());
/// assert_eq!(sum.to_string(), "0.3");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(Ratio<i128>);

/// Why a text or a floating-point number is no exact number.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum NumberError {
    /// Not of the form `12`, `-0.5`, `1e3`.
    #[error("not a number")]
    NotANumber,
    /// More than 15 significant digits: a floating-point number of that length is not what was written.
    #[error("more than 15 digits")]
    TooManyDigits,
    /// Not a finite number, or outside the range of exact fractions.
    #[error("outside the range of numbers")]
    OutOfRange,
}

impl Number {
    /// Nought.
    pub const ZERO: Number = Number(Ratio::new_raw(0, 1));
    /// One.
    pub const ONE: Number = Number(Ratio::new_raw(1, 1));

    /// `numerator / denominator`; `None` when the denominator is nought.
    #[must_use]
    pub fn new(numerator: i128, denominator: i128) -> Option<Number> {
        if denominator == 0 || denominator == i128::MIN || numerator == i128::MIN {
            return None;
        }
        Some(Number(Ratio::new(numerator, denominator)))
    }

    /// The exact decimal that a floating-point number prints as at its shortest: 0.1 is a tenth.
    ///
    /// # Errors
    /// More than 15 significant digits, not finite, or out of range.
    pub fn from_f64(value: f64) -> Result<Number, NumberError> {
        if value.is_finite() { shortest(value) } else { Err(NumberError::OutOfRange) }
    }

    /// The same of a shorter one, whose own shortest decimal counts.
    pub(crate) fn from_f32(value: f32) -> Result<Number, NumberError> {
        if value.is_finite() { shortest(value) } else { Err(NumberError::OutOfRange) }
    }

    /// The nearest floating-point number, for output only.
    #[must_use]
    pub fn to_f64(&self) -> f64 {
        *self.0.numer() as f64 / *self.0.denom() as f64
    }

    /// The whole number it is, if it is one.
    #[must_use]
    pub fn to_integer(&self) -> Option<i128> {
        self.0.is_integer().then(|| *self.0.numer())
    }

    /// Numerator of the reduced fraction; carries the sign.
    #[must_use]
    pub fn numerator(&self) -> i128 {
        *self.0.numer()
    }

    /// Denominator of the reduced fraction; at least 1.
    #[must_use]
    pub fn denominator(&self) -> i128 {
        *self.0.denom()
    }

    /// Exact sum, or `None` on overflow.
    #[must_use]
    pub fn checked_add(&self, other: &Number) -> Option<Number> {
        self.combine(other, |a, d, b, e| a.checked_mul(e)?.checked_add(b.checked_mul(d)?))
    }

    /// Exact difference, or `None` on overflow.
    #[must_use]
    pub fn checked_sub(&self, other: &Number) -> Option<Number> {
        self.combine(other, |a, d, b, e| a.checked_mul(e)?.checked_sub(b.checked_mul(d)?))
    }

    fn combine(&self, other: &Number, numerator: impl Fn(i128, i128, i128, i128) -> Option<i128>) -> Option<Number> {
        let (a, d) = (*self.0.numer(), *self.0.denom());
        let (b, e) = (*other.0.numer(), *other.0.denom());
        if d == e {
            return Number::new(numerator(a, 1, b, 1)?, d);
        }
        Number::new(numerator(a, d, b, e)?, d.checked_mul(e)?)
    }

    /// Exact product, or `None` on overflow.
    #[must_use]
    pub fn checked_mul(&self, other: &Number) -> Option<Number> {
        let (a, d) = (*self.0.numer(), *self.0.denom());
        let (b, e) = (*other.0.numer(), *other.0.denom());
        let (left, right) = (Number::new(a, e)?, Number::new(b, d)?);
        Number::new(
            left.numerator().checked_mul(right.numerator())?,
            left.denominator().checked_mul(right.denominator())?,
        )
    }

    /// Exact quotient, or `None` on overflow or division by nought.
    #[must_use]
    pub fn checked_div(&self, other: &Number) -> Option<Number> {
        self.checked_mul(&Number::new(*other.0.denom(), *other.0.numer())?)
    }

    /// To so many decimals, halves away from nought; `None` on overflow.
    #[must_use]
    pub fn round(&self, decimals: u32) -> Option<Number> {
        let scale = 10_i128.checked_pow(decimals)?;
        let scaled = self.checked_mul(&Number::new(scale, 1)?)?;
        Number::new(scaled.0.round().to_integer(), scale)
    }

    /// Whether it has a finite decimal expansion of at most 15 significant digits.
    #[must_use]
    pub fn is_short_decimal(&self) -> bool {
        self.decimal().is_some_and(|text| text.bytes().filter(u8::is_ascii_digit).count() <= 17)
    }

    /// The finite decimal expansion, if there is one.
    fn decimal(&self) -> Option<String> {
        let mut denominator = *self.0.denom();
        let (mut twos, mut fives) = (0_u32, 0_u32);
        while denominator % 2 == 0 {
            denominator /= 2;
            twos += 1;
        }
        while denominator % 5 == 0 {
            denominator /= 5;
            fives += 1;
        }
        if denominator != 1 {
            return None;
        }
        let places = twos.max(fives);
        let scaled = self.checked_mul(&Number::new(10_i128.checked_pow(places)?, 1)?)?.to_integer()?;
        let digits = format!("{:0>width$}", scaled.unsigned_abs(), width = places as usize + 1);
        let (whole, part) = digits.split_at(digits.len() - places as usize);
        let sign = if scaled < 0 { "-" } else { "" };
        Some(if part.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{part}") })
    }
}

/// What it prints as at its shortest. A text on the stack holds it: 17 digits, a point, two signs, `e` and three digits.
fn shortest(value: impl fmt::LowerExp) -> Result<Number, NumberError> {
    let mut text = ShortText::<32>::new();
    write!(text, "{value:e}").map_err(|_| NumberError::OutOfRange)?;
    text.as_str().parse()
}

impl From<i64> for Number {
    fn from(value: i64) -> Number {
        Number(Ratio::from_integer(i128::from(value)))
    }
}

/// Decimal text: digits, an optional point, an optional exponent. At most 15 significant digits.
impl FromStr for Number {
    type Err = NumberError;

    fn from_str(text: &str) -> Result<Number, NumberError> {
        let (mantissa, exponent) = match text.split_once(['e', 'E']) {
            Some((mantissa, exponent)) => (mantissa, exponent.parse::<i32>().map_err(|_| NumberError::NotANumber)?),
            None => (text, 0),
        };
        let (sign, digits) = match mantissa.strip_prefix('-') {
            Some(rest) => (-1, rest),
            None => (1, mantissa),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, "0"));
        let decimal = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
        if !decimal(whole) || !decimal(part) {
            return Err(NumberError::NotANumber);
        }
        let part = part.trim_end_matches('0');
        let digits = || whole.bytes().chain(part.bytes());
        let leading = digits().take_while(|digit| *digit == b'0').count();
        let trailing = digits().rev().take_while(|digit| *digit == b'0').count();
        if (whole.len() + part.len()).saturating_sub(leading + trailing) > 15 {
            return Err(NumberError::TooManyDigits);
        }
        let mut all = 0_i128;
        for digit in digits() {
            let next = all.checked_mul(10).and_then(|all| all.checked_add(i128::from(digit - b'0')));
            all = next.ok_or(NumberError::OutOfRange)?;
        }
        let places = i32::try_from(part.len()).map_err(|_| NumberError::OutOfRange)?;
        let power = exponent.checked_sub(places).ok_or(NumberError::OutOfRange)?;
        if all == 0 {
            return Ok(Number::ZERO);
        }
        let scale = 10_i128.checked_pow(power.unsigned_abs()).ok_or(NumberError::OutOfRange)?;
        let number = if power >= 0 {
            all.checked_mul(scale).and_then(|value| Number::new(sign * value, 1))
        } else {
            Number::new(sign * all, scale)
        };
        number.ok_or(NumberError::OutOfRange)
    }
}

/// Its decimal expansion where that ends, else the fraction `1/3`.
impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.decimal() {
            Some(text) => f.write_str(&text),
            None => write!(f, "{}/{}", self.0.numer(), self.0.denom()),
        }
    }
}
