//! Codes of the systems that are built in, and what a prefix means in each.

use super::short_text::ShortText;
use std::borrow::Cow;
use std::fmt::{self, Write as _};

/// A code of a system, well formed.
///
/// Codes of ICD-10 are kept with their dot, whether it was written or not; so `F112F` and `F11.2F` are equal.
/// Order is the system's, then letter by letter.
///
/// ```
/// use riktlinje::{Code, System};
/// assert_eq!(Code::new(System::Icd10Se, "F112F").unwrap().as_str(), "F11.2F");
/// assert!(Code::new(System::County, "1").is_err());
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Code {
    system: System,
    code: Box<str>,
}

/// The systems that are built in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum System {
    /// `ICD-10-SE`, hierarchical.
    Icd10Se,
    /// `ATC`, hierarchical.
    Atc,
    /// `KVÅ`
    Kva,
    /// `county`: two digits.
    County,
    /// `municipality`: four digits.
    Municipality,
    /// `SNOMED-CT`
    SnomedCt,
    /// `RxNorm`
    RxNorm,
    /// `LOINC`
    Loinc,
    /// `ICD-10-CM`, hierarchical.
    Icd10Cm,
}

/// Why a text is no code of a system. Carries no text: it may be a patient's.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum CodeError {
    /// Not of the system's form; says the form.
    #[error("not well formed in {system}: {form}")]
    Form {
        /// The system's name.
        system: &'static str,
        /// The form in words, with an example.
        form: &'static str,
    },
}

/// Sweden's counties. Numbers that are not here were given up when counties were joined.
///
/// Source: Statistics Sweden, Län och kommuner i kodnummerordning.
const COUNTIES: [&str; 21] = [
    "01", "03", "04", "05", "06", "07", "08", "09", "10", "12", "13", "14", "17", "18", "19", "20", "21", "22", "23",
    "24", "25",
];

impl System {
    /// All of them, in the order of the documentation.
    pub const ALL: [System; 9] = [
        System::Icd10Se,
        System::Atc,
        System::Kva,
        System::County,
        System::Municipality,
        System::SnomedCt,
        System::RxNorm,
        System::Loinc,
        System::Icd10Cm,
    ];

    /// The name as written in a rule file.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            System::Icd10Se => "ICD-10-SE",
            System::Atc => "ATC",
            System::Kva => "KVÅ",
            System::County => "county",
            System::Municipality => "municipality",
            System::SnomedCt => "SNOMED-CT",
            System::RxNorm => "RxNorm",
            System::Loinc => "LOINC",
            System::Icd10Cm => "ICD-10-CM",
        }
    }

    /// The system of that name, letter by letter.
    #[must_use]
    pub fn from_name(name: &str) -> Option<System> {
        System::ALL.into_iter().find(|system| system.name() == name)
    }

    /// Whether a code stands for all codes that it is a beginning of.
    #[must_use]
    pub fn is_hierarchical(self) -> bool {
        match self {
            System::Icd10Se | System::Atc | System::Icd10Cm => true,
            System::Kva | System::County | System::Municipality | System::SnomedCt | System::RxNorm | System::Loinc => {
                false
            }
        }
    }

    /// Whether the codes' order means something, so that a range of them can be written. It means nothing where codes
    /// are serial numbers.
    #[must_use]
    pub fn has_ranges(self) -> bool {
        match self {
            System::Icd10Se | System::Atc | System::Kva | System::County | System::Municipality | System::Icd10Cm => {
                true
            }
            System::SnomedCt | System::RxNorm | System::Loinc => false,
        }
    }

    /// What its codes look like, in words, with an example.
    #[must_use]
    pub fn form(self) -> &'static str {
        match self {
            System::Icd10Se => {
                "a letter, two digits, then perhaps a point and up to four digits or letters, such as `F11.2F`"
            }
            System::Atc => {
                "a letter, then perhaps two digits, a letter, a letter, two digits, such as `N07BC` or `N07BC02`"
            }
            System::Kva => "two letters, a letter or digit, two digits, such as `AU119` or `JKA21`",
            System::County => "the two digits of a county that there is, such as `01` or `14`",
            System::Municipality => "four digits, the first two a county's, such as `0180`",
            System::SnomedCt => "6 to 18 digits, the last a check digit, such as `75544000`",
            System::RxNorm => "1 to 8 digits, the first not 0, such as `197696`",
            System::Loinc => "1 to 7 digits, a hyphen and a check digit, such as `8237-0`",
            System::Icd10Cm => {
                "a letter, a digit, a digit or letter, then perhaps a point and up to four digits or letters, such as `F11.20`"
            }
        }
    }

    /// A regular expression (ECMA 262, anchored) that all its codes match. Check digits are not in it: of SNOMED-CT and LOINC
    /// it matches more than there can be.
    #[must_use]
    pub fn pattern(self) -> &'static str {
        match self {
            System::Icd10Se => r"^[A-Z][0-9]{2}(\.?[A-Z0-9]{1,4})?$",
            System::Atc => "^[A-Z]([0-9]{2}([A-Z]([A-Z]([0-9]{2})?)?)?)?$",
            System::Kva => "^[A-Z]{2}[A-Z0-9][0-9]{2}$",
            System::County => "^(0[13-9]|1[0234789]|2[0-5])$",
            System::Municipality => "^(0[13-9]|1[0234789]|2[0-5])[0-9]{2}$",
            System::SnomedCt => "^[1-9][0-9]{2,14}(00|10)[0-9]$",
            System::RxNorm => "^[1-9][0-9]{0,7}$",
            System::Loinc => "^[1-9][0-9]{0,6}-[0-9]$",
            System::Icd10Cm => r"^[A-Z][0-9][A-Z0-9](\.?[A-Z0-9]{1,4})?$",
        }
    }

    /// The code as it is kept, if need be written into `room`; `None` when it is not well formed.
    pub(crate) fn spelled<'a>(self, code: &'a str, room: &'a mut ShortText<32>) -> Option<&'a str> {
        match self.spelling(code)? {
            Spelling::Kept => Some(code),
            Spelling::WithoutDot(head, rest) => {
                // INVARIANT: at most 24 letters and a dot, so there is room.
                write!(room, "{head}.{rest}").ok()?;
                Some(room.as_str())
            }
        }
    }

    /// How a code is spelled; `None` when it is not well formed.
    fn spelling(self, code: &str) -> Option<Spelling<'_>> {
        if code.len() > 24 {
            return None;
        }
        let kept = |well_formed: bool| well_formed.then_some(Spelling::Kept);
        match self {
            System::Icd10Se => with_dot(code, u8::is_ascii_digit),
            System::Icd10Cm => with_dot(code, |byte| byte.is_ascii_uppercase() || byte.is_ascii_digit()),
            System::Atc => kept(
                matches!(code.len(), 1 | 3 | 4 | 5 | 7)
                    && "A99AA99".get(..code.len()).is_some_and(|form| fits(code, form)),
            ),
            System::Kva => kept(fits(code, "AA*99")),
            System::County => kept(COUNTIES.contains(&code)),
            System::Municipality => {
                kept(fits(code, "9999") && code.get(..2).is_some_and(|county| COUNTIES.contains(&county)))
            }
            System::SnomedCt => kept(is_snomed_concept(code)),
            System::RxNorm => kept(is_number_of(code, 1..=8)),
            System::Loinc => kept(is_loinc(code)),
        }
    }
}

/// How a well-formed code is spelled.
enum Spelling<'a> {
    /// As it is kept.
    Kept,
    /// It is kept with a dot between the two.
    WithoutDot(&'a str, &'a str),
}

/// Letter by letter: `A` a capital, `9` a digit, `*` either.
fn fits(code: &str, form: &str) -> bool {
    code.len() == form.len()
        && code.bytes().zip(form.bytes()).all(|(have, want)| match want {
            b'A' => have.is_ascii_uppercase(),
            b'9' => have.is_ascii_digit(),
            _ => have.is_ascii_uppercase() || have.is_ascii_digit(),
        })
}

/// A category, then perhaps up to four more, with or without a dot between. `third`: what stands in
/// the category's third place.
fn with_dot(code: &str, third: impl Fn(&u8) -> bool) -> Option<Spelling<'_>> {
    let is_either = |byte: &u8| byte.is_ascii_uppercase() || byte.is_ascii_digit();
    let [first, second, last, tail @ ..] = code.as_bytes() else { return None };
    let rest = tail.strip_prefix(b".").unwrap_or(tail);
    let well_formed = first.is_ascii_uppercase()
        && second.is_ascii_digit()
        && third(last)
        && rest.len() <= 4
        && rest.iter().all(is_either)
        // A dot stands before something.
        && rest.is_empty() == tail.is_empty();
    if !well_formed {
        return None;
    }
    if rest.len() < tail.len() || tail.is_empty() {
        return Some(Spelling::Kept);
    }
    code.split_at_checked(3).map(|(head, rest)| Spelling::WithoutDot(head, rest))
}

fn is_number_of(code: &str, digits: std::ops::RangeInclusive<usize>) -> bool {
    digits.contains(&code.len()) && code.bytes().all(|byte| byte.is_ascii_digit()) && !code.starts_with('0')
}

/// A concept's identifier: partition 00 or 10 before the check digit, which is Verhoeff's.
///
/// Source: SNOMED International, Release File Specification, 6.1-6.5.
fn is_snomed_concept(code: &str) -> bool {
    let partition = code.len().checked_sub(3).and_then(|at| code.get(at..at + 2));
    is_number_of(code, 6..=18) && matches!(partition, Some("00" | "10")) && verhoeff(code) == Some(0)
}

/// The checksum of the dihedral group of order ten: nought for a right number.
fn verhoeff(digits: &str) -> Option<u8> {
    const PERMUTATION: [u8; 10] = [1, 5, 7, 6, 2, 8, 3, 0, 9, 4];
    digits.bytes().rev().enumerate().try_fold(0_u8, |sum, (position, byte)| {
        let mut digit = byte.checked_sub(b'0').filter(|digit| *digit < 10)?;
        for _ in 0..position % 8 {
            digit = *PERMUTATION.get(usize::from(digit))?;
        }
        Some(dihedral(sum, digit))
    })
}

/// The product of two elements: 0 to 4 are turns, 5 to 9 are reflections.
fn dihedral(a: u8, b: u8) -> u8 {
    match (a < 5, b < 5) {
        (true, true) => (a + b) % 5,
        (true, false) => (a + b - 5) % 5 + 5,
        (false, true) => (a - b) % 5 + 5,
        (false, false) => (a + 5 - b) % 5,
    }
}

/// Digits, a hyphen, and the check digit of Luhn's method.
///
/// Source: Regenstrief Institute, LOINC Users' Guide, appendix on the check digit.
fn is_loinc(code: &str) -> bool {
    let Some((number, check)) = code.split_once('-') else { return false };
    if !is_number_of(number, 1..=7) || check.len() != 1 {
        return false;
    }
    let sum: u32 = number
        .bytes()
        .rev()
        .enumerate()
        .map(|(position, byte)| {
            let digit = u32::from(byte - b'0');
            let doubled = if position % 2 == 0 { digit * 2 } else { digit };
            doubled / 10 + doubled % 10
        })
        .sum();
    check.parse() == Ok((10 - sum % 10) % 10)
}

impl Code {
    /// A code, checked against its system's form.
    ///
    /// # Errors
    /// Not well formed in the system.
    pub fn new(system: System, code: &str) -> Result<Code, CodeError> {
        match system.spelled(code, &mut ShortText::new()) {
            Some(code) => Ok(Code { system, code: code.into() }),
            None => Err(CodeError::Form { system: system.name(), form: system.form() }),
        }
    }

    /// Its system.
    #[must_use]
    pub fn system(&self) -> System {
        self.system
    }

    /// Its usual spelling, `F11.2`.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.code
    }

    /// Without the dot: what codes are compared and sorted by. ASCII capitals, digits and hyphens.
    pub(crate) fn key(&self) -> Cow<'_, str> {
        match self.code.split_once('.') {
            Some((head, tail)) => Cow::Owned([head, tail].concat()),
            None => Cow::Borrowed(&self.code),
        }
    }

    /// Whether `other` stands below it: it is a proper beginning, and the system is hierarchical.
    #[must_use]
    pub fn is_coarser_than(&self, other: &Code) -> bool {
        let (key, below) = (self.key(), other.key());
        self.system == other.system
            && self.system.is_hierarchical()
            && key.len() < below.len()
            && below.starts_with(&*key)
    }
}

/// Its usual spelling, without the system.
impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.code)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is the failure report")]
mod tests {
    use super::*;

    #[test]
    fn forms_of_the_systems() {
        let good: [(System, &[&str]); 9] = [
            (System::Icd10Se, &["F11", "F11.2", "F11.2F", "F10.2A", "S72.00", "F112F", "Z92.2"]),
            (System::Atc, &["N", "N07", "N07B", "N07BC", "N07BC02"]),
            (System::Kva, &["AU119", "DU119", "JKA21", "XS005"]),
            (System::County, &["01", "14", "25"]),
            (System::Municipality, &["0180", "1480"]),
            (System::SnomedCt, &["75544000", "254612002", "66590003", "404684003", "999999990989121104"]),
            (System::RxNorm, &["197696", "1049502", "8"]),
            (System::Loinc, &["8237-0", "11246-6", "70146-6", "3426-4", "718-7", "4548-4"]),
            (System::Icd10Cm, &["F11", "F11.20", "C7A.1", "T40.2X1A", "F1120"]),
        ];
        let bad: [(System, &[&str]); 9] = [
            (
                System::Icd10Se,
                &["", "F1", "f11", "F11.", "F11.2f", "F11..2", "F11.20000", "F11.2-", "11F", "F1A", "Å11"],
            ),
            (System::Atc, &["", "n", "N0", "N07BC0", "N07BC021", "N07B1", "007"]),
            (System::Kva, &["AU11", "au119", "AU1190", "12345", "ÅU119"]),
            (System::County, &["1", "02", "001", "99", "AB", ""]),
            (System::Municipality, &["180", "9980", "01800", "01a0"]),
            (System::SnomedCt, &["75544001", "7554400", "075544000", "75544011", "1", "x", "9999999909891211040"]),
            (System::RxNorm, &["", "0197696", "123456789", "12a"]),
            (System::Loinc, &["8237-1", "8237", "8237-", "-0", "LP123-4", "08237-0", "8237-00"]),
            (System::Icd10Cm, &["F1", "FA1", "F11.20000", "F11."]),
        ];
        for (system, codes) in good {
            for code in codes {
                assert!(Code::new(system, code).is_ok(), "{} {code}", system.name());
            }
        }
        for (system, codes) in bad {
            for code in codes {
                let error = Code::new(system, code).unwrap_err();
                assert!(error.to_string().contains(system.name()), "{} {code}", system.name());
            }
        }
    }

    #[test]
    fn coarser_is_a_proper_beginning() {
        let code = |system, code| Code::new(system, code).unwrap();
        let icd = |text| code(System::Icd10Se, text);
        assert!(icd("F11").is_coarser_than(&icd("F11.2F")));
        assert!(!icd("F11").is_coarser_than(&icd("F11")));
        assert!(!icd("F11.2F").is_coarser_than(&icd("F11.2")));
        assert!(!icd("F11").is_coarser_than(&code(System::Icd10Cm, "F11.2")));
        assert!(!code(System::RxNorm, "19").is_coarser_than(&code(System::RxNorm, "197696")));
    }
}
