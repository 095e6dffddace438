//! UCUM units: what a unit measures, and the exact factor to its base.

use super::Number;
use super::ucum::{self, Dimension, NO_DIMENSION, Scale};
use std::fmt;
use std::sync::Arc;

/// A unit of UCUM, checked. Two units are equal when they are written the same; whether they *mean* the same is
/// said by [`Unit::factor_to`].
///
/// Read are the case-sensitive symbols that clinical measurements use: SI units with prefixes, `L`, `min`, `h`, `d`,
/// `wk`, `%`, `10*9`, `U`, `kat`, `eq`, `osm`, `[IU]`, `mm[Hg]`, `cm[H2O]`, `cal`, `Cel`, `[degF]`, pounds and inches, their
/// products, quotients and powers, and annotations such as `{tablet}`, which count as 1.
///
/// Amounts of substance, equivalents, osmoles and `[IU]` are things of their own: none converts to a mass or to another.
///
/// ```
/// use riktlinje::{Number, Unit};
/// let per_litre = Unit::parse("mmol/L").unwrap();
/// assert_eq!(per_litre.factor_to(&Unit::parse("umol/mL").unwrap()), Some(Number::ONE));
/// assert!(!per_litre.is_comparable(&Unit::parse("mg/dL").unwrap()));
/// assert_eq!(Unit::parse("mcg").unwrap_err().to_string(), "`mcg` is not a unit of UCUM: write `ug`");
/// ```
///
/// Source: The Unified Code for Units of Measure, version 2.1.
#[derive(Clone)]
pub struct Unit(Arc<Parts>);

struct Parts {
    text: Box<str>,
    /// Symbols with their exponents, in the order written, for writing products.
    factors: Vec<(Box<str>, i8)>,
    /// In base units.
    size: Number,
    dimension: Dimension,
    scale: Scale,
}

/// Why a text is no unit that can be used.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum UnitError {
    /// Not a unit of UCUM.
    #[error("`{0}` is not a unit of UCUM")]
    Unknown(Box<str>),
    /// Not UCUM's spelling; says that too.
    #[error("`{written}` is not a unit of UCUM: write `{ucum}`")]
    Spelling {
        /// What stands there.
        written: Box<str>,
        /// How UCUM writes it.
        ucum: Box<str>,
    },
    /// `[pH]`, `dB`: amounts on a logarithmic scale cannot be added or converted by a factor.
    #[error("`{0}` is a logarithmic unit: write a bare number")]
    Logarithmic(Box<str>),
    /// Months and years have no fixed length, and days and weeks alone are written as a duration.
    #[error("`{0}` is a length of time: write a duration in words, such as `7 days` or `3 months`")]
    Calendar(Box<str>),
    /// `Cel` and `[degF]` have an arbitrary nought, so they make no part of a product, quotient or sum.
    #[error("`{0}` counts from an arbitrary nought: it can be compared and not calculated with")]
    Offset(Box<str>),
    /// The factor to the base units is outside the range of numbers.
    #[error("`{0}` is outside the range of numbers")]
    OutOfRange(Box<str>),
}

/// Longer texts are no units; it bounds the work.
const LONGEST: usize = 80;

impl Unit {
    /// Reads the case-sensitive form of UCUM: `mmol/L`, `kg/m2`, `10*9/L`, `mm[Hg]`, `1` for none.
    ///
    /// # Errors
    /// Not a unit, or one of those that are refused.
    pub fn parse(text: &str) -> Result<Unit, UnitError> {
        if let Some(right) = ucum::spelling(text) {
            return Err(UnitError::Spelling { written: text.into(), ucum: right.into() });
        }
        if text.is_empty() || text.len() > LONGEST {
            return Err(UnitError::Unknown(text.chars().take(LONGEST).collect()));
        }
        let mut reader = Reader { whole: text, rest: text, parts: Parts::one(), open: 0 };
        reader.term(1)?;
        if !reader.rest.is_empty() {
            return Err(reader.unknown());
        }
        let mut parts = reader.parts;
        parts.text = text.into();
        if matches!(text, "d" | "wk") {
            return Err(UnitError::Calendar(text.into()));
        }
        Ok(Unit(Arc::new(parts)))
    }

    /// No unit: a bare number. Written `1`.
    #[must_use]
    pub fn one() -> Unit {
        Unit(Arc::new(Parts::one()))
    }

    /// As written.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0.text
    }

    /// Whether amounts in the two units can be compared.
    #[must_use]
    pub fn is_comparable(&self, other: &Unit) -> bool {
        self.0.dimension == other.0.dimension
    }

    /// Whether it measures nothing: `1`, `%`, `10*3`, `{tablet}`.
    #[must_use]
    pub fn is_dimensionless(&self) -> bool {
        self.0.dimension == NO_DIMENSION
    }

    /// Whether its nought is arbitrary, as that of `Cel`: amounts in it can be compared and not added.
    #[must_use]
    pub fn has_offset(&self) -> bool {
        match self.0.scale {
            Scale::Ratio => false,
            Scale::Offset(_) => true,
        }
    }

    /// What a number of this unit is multiplied by to become a number of `other`. `None` when they measure different
    /// things, when one factor does not do (`Cel` to `K`; use [`Quantity::to_unit`](super::Quantity::to_unit)), or on overflow.
    #[must_use]
    pub fn factor_to(&self, other: &Unit) -> Option<Number> {
        (self.0.dimension == other.0.dimension && self.0.scale == other.0.scale)
            .then(|| self.0.size.checked_div(&other.0.size))?
    }

    /// A number of this unit as a number of `other`, exactly. `None` when they measure different things, or on overflow.
    pub(crate) fn convert(&self, number: Number, other: &Unit) -> Option<Number> {
        if let Some(factor) = self.factor_to(other) {
            return number.checked_mul(&factor);
        }
        if self.0.dimension != other.0.dimension {
            return None;
        }
        let base = number.checked_add(&self.nought())?.checked_mul(&self.0.size)?;
        base.checked_div(&other.0.size)?.checked_sub(&other.nought())
    }

    fn nought(&self) -> Number {
        match self.0.scale {
            Scale::Ratio => Number::ZERO,
            Scale::Offset(nought) => nought,
        }
    }

    /// The unit of a product: `m` and `m` give `m2`.
    ///
    /// # Errors
    /// A unit with an arbitrary nought, or a factor outside the range of numbers.
    pub fn checked_mul(&self, other: &Unit) -> Result<Unit, UnitError> {
        self.combine(other, 1)
    }

    /// The unit of a quotient: `kg` and `m2` give `kg/m2`.
    ///
    /// # Errors
    /// A unit with an arbitrary nought, or a factor outside the range of numbers.
    pub fn checked_div(&self, other: &Unit) -> Result<Unit, UnitError> {
        self.combine(other, -1)
    }

    fn combine(&self, other: &Unit, sign: i8) -> Result<Unit, UnitError> {
        for unit in [self, other] {
            if unit.has_offset() {
                return Err(UnitError::Offset(unit.as_str().into()));
            }
        }
        let both = || if sign > 0 { format!("{self}.{other}") } else { format!("{self}/({other})") };
        let mut parts = Parts { factors: self.0.factors.clone(), ..Parts::one() };
        (parts.size, parts.dimension) = (self.0.size, self.0.dimension);
        let raised = parts.take(other.0.size, other.0.dimension, sign);
        raised.ok_or_else(|| UnitError::OutOfRange(both().into()))?;
        for (symbol, exponent) in &other.0.factors {
            parts.push(symbol, exponent.saturating_mul(sign));
        }
        parts.text = written(&parts.factors).into();
        Ok(Unit(Arc::new(parts)))
    }
}

impl Parts {
    fn one() -> Parts {
        Parts { text: "1".into(), factors: Vec::new(), size: Number::ONE, dimension: NO_DIMENSION, scale: Scale::Ratio }
    }

    /// Multiplies by something raised to a power; `None` on overflow.
    fn take(&mut self, size: Number, dimension: Dimension, power: i8) -> Option<()> {
        for _ in 0..power.unsigned_abs() {
            self.size = if power > 0 { self.size.checked_mul(&size) } else { self.size.checked_div(&size) }?;
        }
        for (have, add) in self.dimension.iter_mut().zip(dimension) {
            *have = have.checked_add(add.checked_mul(power)?)?;
        }
        Some(())
    }

    fn push(&mut self, symbol: &str, exponent: i8) {
        match self.factors.iter_mut().find(|(have, _)| &**have == symbol) {
            Some((_, have)) => *have = have.saturating_add(exponent),
            None => self.factors.push((symbol.into(), exponent)),
        }
        self.factors.retain(|(_, exponent)| *exponent != 0);
    }
}

/// Products first, then what is divided by: `mol/kg/d`.
fn written(factors: &[(Box<str>, i8)]) -> String {
    let power = |symbol: &str, exponent: u8| match exponent {
        1 => symbol.to_owned(),
        // A whole number or an annotation takes no exponent.
        _ if symbol.ends_with('}') || symbol.bytes().all(|byte| byte.is_ascii_digit()) => {
            format!("({})", vec![symbol; usize::from(exponent)].join("."))
        }
        _ => format!("{symbol}{exponent}"),
    };
    let over = factors.iter().filter(|(_, exponent)| *exponent > 0);
    let over: Vec<String> = over.map(|(symbol, exponent)| power(symbol, exponent.unsigned_abs())).collect();
    let mut text = over.join(".");
    for (symbol, exponent) in factors.iter().filter(|(_, exponent)| *exponent < 0) {
        text.push('/');
        text.push_str(&power(symbol, exponent.unsigned_abs()));
    }
    if text.is_empty() { "1".to_owned() } else { text }
}

struct Reader<'a> {
    whole: &'a str,
    rest: &'a str,
    parts: Parts,
    open: u8,
}

impl Reader<'_> {
    fn unknown(&self) -> UnitError {
        UnitError::Unknown(self.whole.into())
    }

    /// `a.b/c`; `sign` is -1 inside a divided bracket.
    fn term(&mut self, sign: i8) -> Result<(), UnitError> {
        let mut side = if self.eat('/') { -sign } else { sign };
        loop {
            self.component(side)?;
            side = match (self.eat('.'), self.rest.starts_with('/')) {
                (true, _) => sign,
                (false, true) => {
                    self.eat('/');
                    -sign
                }
                (false, false) => return Ok(()),
            };
        }
    }

    fn component(&mut self, side: i8) -> Result<(), UnitError> {
        if self.eat('(') {
            self.open += 1;
            if self.open > 8 {
                return Err(self.unknown());
            }
            self.term(side)?;
            self.open -= 1;
            return if self.eat(')') { Ok(()) } else { Err(self.unknown()) };
        }
        let symbol = self.take(symbol_length(self.rest));
        let (size, dimension, exponent) = if symbol.is_empty() {
            let digits = self.take(self.rest.bytes().take_while(u8::is_ascii_digit).count().min(9));
            if digits.is_empty() && !self.rest.starts_with('{') {
                return Err(self.unknown());
            }
            // UCUM reads `1.73` as 1 times 73, which nobody means.
            let decimal =
                self.rest.strip_prefix('.').is_some_and(|rest| rest.starts_with(|c: char| c.is_ascii_digit()));
            if decimal {
                return Err(self.unknown());
            }
            let size = if digits.is_empty() { 1 } else { digits.parse().map_err(|_| self.unknown())? };
            if size == 0 {
                return Err(self.unknown());
            }
            let annotation = self.annotation()?;
            if size != 1 || !annotation.is_empty() {
                self.parts.push(&format!("{digits}{annotation}"), side);
            }
            (Number::from(size), NO_DIMENSION, 1)
        } else {
            let atom = self.atom(symbol)?;
            let exponent = self.exponent()?;
            if let Scale::Offset(_) = atom.scale {
                if self.whole != symbol {
                    return Err(UnitError::Offset(symbol.into()));
                }
                self.parts.scale = atom.scale;
            }
            let annotation = self.annotation()?;
            self.parts.push(&format!("{symbol}{annotation}"), exponent * side);
            (atom.factor, atom.dimension, exponent)
        };
        let raised = self.parts.take(size, dimension, exponent * side);
        raised.ok_or_else(|| UnitError::OutOfRange(self.whole.into()))
    }

    fn atom(&self, symbol: &str) -> Result<ucum::Atom, UnitError> {
        if let Some(atom) = ucum::find(symbol) {
            return Ok(atom);
        }
        if ucum::is_logarithmic(symbol) {
            return Err(UnitError::Logarithmic(symbol.into()));
        }
        if ucum::is_calendar(symbol) {
            return Err(UnitError::Calendar(symbol.into()));
        }
        match ucum::spelling(symbol) {
            Some(right) => Err(UnitError::Spelling { written: symbol.into(), ucum: right.into() }),
            None => Err(self.unknown()),
        }
    }

    /// `2`, `-1`, `+3` after a symbol; 1 when there is none.
    fn exponent(&mut self) -> Result<i8, UnitError> {
        let minus = self.rest.starts_with('-');
        let signed = minus || self.rest.starts_with('+');
        let unsigned = if signed { self.rest.get(1..).unwrap_or("") } else { self.rest };
        let digits = unsigned.bytes().take_while(u8::is_ascii_digit).count();
        if digits == 0 {
            return if signed { Err(self.unknown()) } else { Ok(1) };
        }
        let text = self.take(digits + usize::from(signed));
        let exponent = text.parse::<i8>().map_err(|_| self.unknown())?;
        if exponent == 0 || exponent.unsigned_abs() > 30 { Err(self.unknown()) } else { Ok(exponent) }
    }

    fn eat(&mut self, expected: char) -> bool {
        match self.rest.strip_prefix(expected) {
            Some(rest) => {
                self.rest = rest;
                true
            }
            None => false,
        }
    }
}

impl<'a> Reader<'a> {
    /// `{tablet}`, with its braces; empty when there is none.
    fn annotation(&mut self) -> Result<&'a str, UnitError> {
        if !self.rest.starts_with('{') {
            return Ok("");
        }
        let end = self.rest.find('}').ok_or_else(|| self.unknown())?;
        let text = self.take(end + 1);
        let inner = text.get(1..end).unwrap_or("");
        if inner.bytes().all(|byte| byte.is_ascii_graphic() && byte != b'{') { Ok(text) } else { Err(self.unknown()) }
    }

    fn take(&mut self, length: usize) -> &'a str {
        let (taken, rest) = self.rest.split_at_checked(length).unwrap_or(("", self.rest));
        self.rest = rest;
        taken
    }
}

/// Letters, `%` and bracketed parts, and the one symbol that is written with digits, `10*`.
fn symbol_length(text: &str) -> usize {
    if text.starts_with("10*") || text.starts_with("10^") {
        return 3;
    }
    let mut inside = false;
    let end = text.char_indices().find(|(_, letter)| {
        let belongs = inside || letter.is_alphabetic() || matches!(letter, '%' | '[' | '_' | '°');
        inside = (inside && *letter != ']') || *letter == '[';
        !belongs
    });
    end.map_or(text.len(), |(at, _)| at)
}

impl PartialEq for Unit {
    fn eq(&self, other: &Unit) -> bool {
        self.0.text == other.0.text
    }
}

impl Eq for Unit {}

impl std::hash::Hash for Unit {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.0.text.hash(state);
    }
}

/// As written.
impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// As written, in backticks.
impl fmt::Debug for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{self}`")
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, reason = "a panic is the failure report")]
mod tests {
    use super::*;

    fn unit(text: &str) -> Unit {
        Unit::parse(text).unwrap_or_else(|error| panic!("{text}: {error}"))
    }

    fn factor(from: &str, to: &str) -> Option<String> {
        unit(from).factor_to(&unit(to)).map(|factor| factor.to_string())
    }

    #[test]
    fn converts_by_exact_factors() {
        for (from, to, expected) in [
            ("g", "mg", "1000"),
            ("mmol/L", "umol/mL", "1"),
            ("mmol/l", "mmol/L", "1"),
            ("mg/kg/d", "ug/(kg.h)", "125/3"),
            ("10*9/L", "10*3/uL", "1"),
            ("10*9/L", "{cells}/uL", "1000"),
            ("10*-3", "%", "0.1"),
            ("U/L", "ukat/L", "1/60"),
            ("mm[Hg]", "Pa", "133.322"),
            ("kcal", "kJ", "4.184"),
            ("k[IU]/L", "[iU]/mL", "1"),
            ("{tablet}/d", "/d", "1"),
            ("kg.m-2", "kg/m2", "1"),
            ("[lb_av]", "kg", "0.45359237"),
            ("wk/h", "1", "168"),
            ("Cel", "Cel", "1"),
            ("dag", "g", "10"),
            ("daL", "dL", "100"),
        ] {
            assert_eq!(factor(from, to).as_deref(), Some(expected), "{from} to {to}");
        }
    }

    #[test]
    fn keeps_apart_what_does_not_convert() {
        for (from, to) in [
            ("mg/dL", "mmol/L"),
            ("g", "mol"),
            ("meq/L", "mmol/L"),
            ("mosm/kg", "mmol/kg"),
            ("[IU]", "U"),
            ("[IU]", "g"),
            ("[IU]", "[arb'U]"),
            ("kg", "kg/m2"),
            ("Cel", "g"),
        ] {
            assert!(!unit(from).is_comparable(&unit(to)), "{from} and {to}");
            assert_eq!(factor(from, to), None, "{from} to {to}");
        }
        assert_eq!(factor("Cel", "K"), None);
        assert!(unit("Cel").is_comparable(&unit("K")));
    }

    #[test]
    fn refuses_with_a_reason() {
        let reason = |text: &str| Unit::parse(text).unwrap_err();
        for text in [
            "",
            "x",
            "mg//L",
            "mg/",
            "(mg",
            "mg)",
            "m 2",
            "g0",
            "0",
            "mg{a",
            "mg{å}",
            "kmin",
            "1.5",
            "mL/min/1.73.m2",
            "g+",
            "ü",
            "mg/.L",
        ] {
            assert_eq!(reason(text), UnitError::Unknown(text.into()), "{text}");
        }
        for text in ["[pH]", "dB", "B[SPL]", "Np"] {
            assert_eq!(reason(text), UnitError::Logarithmic(text.into()));
        }
        for text in ["d", "wk", "mo", "a"] {
            assert_eq!(reason(text), UnitError::Calendar(text.into()));
        }
        assert_eq!(reason("mg/mo"), UnitError::Calendar("mo".into()));
        assert_eq!(reason("Cel/d"), UnitError::Offset("Cel".into()));
        assert_eq!(reason("Ym30"), UnitError::OutOfRange("Ym30".into()));
        assert_eq!(reason("mmHg"), UnitError::Spelling { written: "mmHg".into(), ucum: "mm[Hg]".into() });
        assert_eq!(reason("µmol/L"), UnitError::Spelling { written: "µmol".into(), ucum: "umol".into() });
        assert_eq!(reason("IE/L"), UnitError::Spelling { written: "IE".into(), ucum: "[IU]".into() });
        assert!(matches!(reason(&"(".repeat(60)), UnitError::Unknown(_)));
        assert!(matches!(reason(&"g.".repeat(100_000)), UnitError::Unknown(_)));
    }

    #[test]
    fn products_are_written_as_people_do() {
        let (kg, m) = (unit("kg"), unit("m"));
        let area = m.checked_mul(&m).unwrap();
        assert_eq!(area.as_str(), "m2");
        let index = kg.checked_div(&area).unwrap();
        assert_eq!(index, unit("kg/m2"));
        assert_eq!(index.factor_to(&unit("kg/m2")), Some(Number::ONE));
        assert_eq!(index.checked_div(&index).unwrap(), Unit::one());
        assert_eq!(unit("mg/d").checked_div(&kg).unwrap().as_str(), "mg/d/kg");
        assert_eq!(Unit::one().checked_div(&unit("s")).unwrap().as_str(), "/s");
        assert!(unit("Cel").checked_mul(&kg).is_err());
        for text in ["100.g", "mg{x}/{tablet}2"] {
            assert_eq!(Unit::parse(text).is_ok(), !text.contains("}2"), "{text}");
        }
    }
}
