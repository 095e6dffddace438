//! Exact fractions with checked operations, and units as factors to grams, metres and items.

use num_rational::Ratio;

pub type Fraction = Ratio<i128>;

pub fn fraction(numerator: i128, denominator: i128) -> Option<Fraction> {
    (denominator != 0).then(|| Ratio::new(numerator, denominator))
}

pub fn add(a: Fraction, b: Fraction) -> Option<Fraction> {
    let numerator = a.numer().checked_mul(*b.denom())?.checked_add(b.numer().checked_mul(*a.denom())?)?;
    fraction(numerator, a.denom().checked_mul(*b.denom())?)
}

pub fn multiply(a: Fraction, b: Fraction) -> Option<Fraction> {
    fraction(a.numer().checked_mul(*b.numer())?, a.denom().checked_mul(*b.denom())?)
}

/// To so many decimals, halves away from nought.
pub fn round(a: Fraction, decimals: u32) -> Option<Fraction> {
    let scale = 10_i128.checked_pow(decimals)?;
    let scaled = multiply(a, Ratio::from_integer(scale))?;
    fraction(scaled.round().to_integer(), scale)
}

/// What one of a unit is in the base: `kg` is 1000, `mg/kg` a millionth, `kg/m2` 1000. Only the units that tests use.
pub fn unit_factor(unit: &str) -> Fraction {
    let mut factor = Ratio::from_integer(1);
    for (index, term) in unit.split('/').enumerate() {
        let (name, power) = match term.char_indices().next_back() {
            Some((at, last)) if last.is_ascii_digit() && at > 0 => (&term[..at], last.to_digit(10).unwrap()),
            _ => (term, 1),
        };
        let one = match name {
            "kg" => Ratio::from_integer(1000),
            "g" | "m" | "1" => Ratio::from_integer(1),
            "mg" => Ratio::new(1, 1000),
            "ug" => Ratio::new(1, 1_000_000),
            "cm" => Ratio::new(1, 100),
            "mm" => Ratio::new(1, 1000),
            "km" => Ratio::from_integer(1000),
            other => panic!("the reference does not know the unit `{other}`"),
        };
        for _ in 0..power {
            factor = if index == 0 { factor * one } else { factor / one };
        }
    }
    factor
}
