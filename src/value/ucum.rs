//! The part of UCUM that is read: prefixes and atoms, each with its exact size and what it measures.

use super::Number;

/// What a unit measures: exponents of [`Base`], in that order.
pub(super) type Dimension = [i8; BASES];

const BASES: usize = 11;

/// What cannot be made of anything else. Amount of substance is one (UCUM counts it as a bare number, so that mass and
/// moles would differ by a factor), and so are equivalents, osmoles and units of effect: none converts to another.
#[derive(Debug, Clone, Copy)]
enum Base {
    Length,
    Time,
    Mass,
    Temperature,
    Charge,
    Light,
    Amount,
    Equivalents,
    Osmoles,
    International,
    Arbitrary,
}

/// A unit without prefix and exponent.
#[derive(Debug, Clone, Copy)]
pub(super) struct Atom {
    /// In base units.
    pub(super) factor: Number,
    pub(super) dimension: Dimension,
    pub(super) scale: Scale,
    /// Whether it takes a prefix.
    pub(super) metric: bool,
}

/// Where the scale's nought lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Scale {
    /// Nought is nothing.
    Ratio,
    /// So many of the unit have to be added to count from nothing: 273.15 for `Cel`.
    Offset(Number),
}

/// Bare numbers.
pub(super) const NO_DIMENSION: Dimension = [0; BASES];

const PREFIXES: [(&str, i32); 20] = [
    ("da", 1),
    ("Y", 24),
    ("Z", 21),
    ("E", 18),
    ("P", 15),
    ("T", 12),
    ("G", 9),
    ("M", 6),
    ("k", 3),
    ("h", 2),
    ("d", -1),
    ("c", -2),
    ("m", -3),
    ("u", -6),
    ("n", -9),
    ("p", -12),
    ("f", -15),
    ("a", -18),
    ("z", -21),
    ("y", -24),
];

/// Units on a logarithmic scale: 10 dB and 10 dB are not 20 dB, so they are refused.
const LOGARITHMIC: [&str; 9] = ["[pH]", "Np", "B", "B[SPL]", "B[V]", "B[mV]", "B[uV]", "B[W]", "bit_s"];

/// Units of the calendar that have no fixed length, and those that a duration says in words.
const CALENDAR: [&str; 6] = ["a", "a_j", "a_g", "mo", "mo_j", "mo_g"];

/// What people write, and UCUM's spelling of it.
const SPELLINGS: [(&str, &str); 34] = [
    ("IU", "[IU]"),
    ("IE", "[IU]"),
    ("iu", "[IU]"),
    ("kIE", "k[IU]"),
    ("mcg", "ug"),
    ("µg", "ug"),
    ("μg", "ug"),
    ("µmol", "umol"),
    ("μmol", "umol"),
    ("µL", "uL"),
    ("µl", "ul"),
    ("µkat", "ukat"),
    ("μkat", "ukat"),
    ("mmHg", "mm[Hg]"),
    ("cmH2O", "cm[H2O]"),
    ("°C", "Cel"),
    ("degC", "Cel"),
    ("celsius", "Cel"),
    ("°F", "[degF]"),
    ("Kg", "kg"),
    ("KG", "kg"),
    ("gram", "g"),
    ("liter", "L"),
    ("sec", "s"),
    ("hr", "h"),
    ("hour", "h"),
    ("hours", "h"),
    ("minute", "min"),
    ("minutes", "min"),
    ("cc", "mL"),
    ("kg/m²", "kg/m2"),
    ("m²", "m2"),
    ("mEq", "meq"),
    ("percent", "%"),
];

pub(super) fn spelling(written: &str) -> Option<&'static str> {
    SPELLINGS.iter().find(|(wrong, _)| *wrong == written).map(|(_, right)| *right)
}

pub(super) fn is_logarithmic(symbol: &str) -> bool {
    let bare = |symbol: &str| LOGARITHMIC.contains(&symbol);
    bare(symbol) || PREFIXES.iter().any(|(prefix, _)| symbol.strip_prefix(prefix).is_some_and(bare))
}

pub(super) fn is_calendar(symbol: &str) -> bool {
    CALENDAR.contains(&symbol)
}

/// The atom of that symbol, prefix included.
pub(super) fn find(symbol: &str) -> Option<Atom> {
    if let Some(atom) = bare(symbol) {
        return Some(atom);
    }
    PREFIXES.iter().find_map(|(prefix, power)| {
        let atom = bare(symbol.strip_prefix(prefix)?).filter(|atom| atom.metric)?;
        Some(Atom { factor: atom.factor.checked_mul(&power_of_ten(*power)?)?, ..atom })
    })
}

pub(super) fn power_of_ten(power: i32) -> Option<Number> {
    let scale = 10_i128.checked_pow(power.unsigned_abs())?;
    if power < 0 { Number::new(1, scale) } else { Number::new(scale, 1) }
}

fn bare(symbol: &str) -> Option<Atom> {
    use Base::{
        Amount, Arbitrary, Charge, Equivalents, International, Length, Light, Mass, Osmoles, Temperature, Time,
    };
    let metric = |numerator, denominator, bases: &[(Base, i8)]| atom(numerator, denominator, bases, true);
    let plain = |numerator, denominator, bases: &[(Base, i8)]| atom(numerator, denominator, bases, false);
    const ENERGY: [(Base, i8); 3] = [(Mass, 1), (Length, 2), (Time, -2)];
    const PRESSURE: [(Base, i8); 3] = [(Mass, 1), (Length, -1), (Time, -2)];
    match symbol {
        "m" => metric(1, 1, &[(Length, 1)]),
        "s" => metric(1, 1, &[(Time, 1)]),
        "g" => metric(1, 1, &[(Mass, 1)]),
        "K" => metric(1, 1, &[(Temperature, 1)]),
        "C" => metric(1, 1, &[(Charge, 1)]),
        "cd" => metric(1, 1, &[(Light, 1)]),
        "mol" => metric(1, 1, &[(Amount, 1)]),
        "eq" => metric(1, 1, &[(Equivalents, 1)]),
        "osm" => metric(1, 1, &[(Osmoles, 1)]),
        "[IU]" | "[iU]" => metric(1, 1, &[(International, 1)]),
        "[arb'U]" => plain(1, 1, &[(Arbitrary, 1)]),
        "10*" | "10^" => plain(10, 1, &[]),
        "%" => plain(1, 100, &[]),
        "[ppth]" => plain(1, 1_000, &[]),
        "[ppm]" => plain(1, 1_000_000, &[]),
        "[ppb]" => plain(1, 1_000_000_000, &[]),
        "min" => plain(60, 1, &[(Time, 1)]),
        "h" => plain(3_600, 1, &[(Time, 1)]),
        "d" => plain(86_400, 1, &[(Time, 1)]),
        "wk" => plain(604_800, 1, &[(Time, 1)]),
        "L" | "l" => metric(1, 1_000, &[(Length, 3)]),
        "t" => metric(1_000_000, 1, &[(Mass, 1)]),
        "u" => None,
        "Hz" | "Bq" => metric(1, 1, &[(Time, -1)]),
        "N" => metric(1_000, 1, &[(Mass, 1), (Length, 1), (Time, -2)]),
        "Pa" => metric(1_000, 1, &PRESSURE),
        "bar" => metric(100_000_000, 1, &PRESSURE),
        "atm" => plain(101_325_000, 1, &PRESSURE),
        "m[Hg]" => metric(133_322_000, 1, &PRESSURE),
        "m[H2O]" => metric(9_806_650, 1, &PRESSURE),
        "J" => metric(1_000, 1, &ENERGY),
        "cal" => metric(4_184, 1, &ENERGY),
        "[Cal]" => plain(4_184_000, 1, &ENERGY),
        "W" => metric(1_000, 1, &[(Mass, 1), (Length, 2), (Time, -3)]),
        "A" => metric(1, 1, &[(Charge, 1), (Time, -1)]),
        "V" => metric(1_000, 1, &[(Mass, 1), (Length, 2), (Time, -2), (Charge, -1)]),
        "Ohm" => metric(1_000, 1, &[(Mass, 1), (Length, 2), (Time, -1), (Charge, -2)]),
        "Gy" | "Sv" => metric(1, 1, &[(Length, 2), (Time, -2)]),
        "kat" => metric(1, 1, &[(Amount, 1), (Time, -1)]),
        "U" => metric(1, 60_000_000, &[(Amount, 1), (Time, -1)]),
        "[in_i]" => plain(254, 10_000, &[(Length, 1)]),
        "[ft_i]" => plain(3_048, 10_000, &[(Length, 1)]),
        "[lb_av]" => plain(45_359_237, 100_000, &[(Mass, 1)]),
        "[oz_av]" => plain(45_359_237, 1_600_000, &[(Mass, 1)]),
        "Cel" => offset(1, 1, (27_315, 100)),
        "[degF]" => offset(5, 9, (45_967, 100)),
        _ => None,
    }
}

fn atom(numerator: i128, denominator: i128, bases: &[(Base, i8)], metric: bool) -> Option<Atom> {
    let mut dimension = NO_DIMENSION;
    for (base, exponent) in bases {
        *dimension.get_mut(*base as usize)? = *exponent;
    }
    Some(Atom { factor: Number::new(numerator, denominator)?, dimension, scale: Scale::Ratio, metric })
}

fn offset(numerator: i128, denominator: i128, nought: (i128, i128)) -> Option<Atom> {
    let scale = Scale::Offset(Number::new(nought.0, nought.1)?);
    Some(Atom { scale, ..atom(numerator, denominator, &[(Base::Temperature, 1)], false)? })
}
