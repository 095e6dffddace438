//! Truth and values as far as they are known.

use super::calendar::Day;
use super::fraction::{self, Fraction};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Truth {
    No,
    Unknown,
    Yes,
}

impl Truth {
    pub fn of(holds: bool) -> Truth {
        if holds { Truth::Yes } else { Truth::No }
    }

    /// "Three values, Kleene's tables": `and` is the lesser, `or` the greater of no < unknown < yes.
    pub fn and(self, other: Truth) -> Truth {
        self.min(other)
    }

    pub fn or(self, other: Truth) -> Truth {
        self.max(other)
    }

    pub fn not(self) -> Truth {
        match self {
            Truth::Yes => Truth::No,
            Truth::Unknown => Truth::Unknown,
            Truth::No => Truth::Yes,
        }
    }

    pub fn word(self) -> &'static str {
        match self {
            Truth::Yes => "yes",
            Truth::Unknown => "unknown",
            Truth::No => "no",
        }
    }
}

/// "Yes if it holds for all combinations, no if for none, else unknown."
pub fn for_all(mut truths: impl Iterator<Item = Truth>) -> Truth {
    let Some(first) = truths.next() else { return Truth::Unknown };
    if truths.all(|truth| truth == first) { first } else { Truth::Unknown }
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    Unknown,
    /// Known not to be there.
    Absent,
    Truth(Truth),
    /// Numbers and quantities; quantities in base units.
    Number(Range<Fraction>),
    Date(Range<Day>),
    /// Completed years and completed months.
    Age(Range<Fraction>, Range<Fraction>),
    Duration(i64, Unit),
    Period(Day, Day),
    Code {
        hierarchical: bool,
        code: String,
    },
    /// Texts and words of a `one of`.
    Word(String),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    Days,
    Weeks,
    Months,
    Years,
}

/// "A value is a closed interval (numbers, quantities, dates; open ends allowed); it may also be perhaps absent."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Range<T> {
    pub low: Option<T>,
    pub high: Option<T>,
    pub perhaps_absent: bool,
}

impl<T: Copy + Ord> Range<T> {
    pub fn new(low: Option<T>, high: Option<T>) -> Range<T> {
        Range { low, high, perhaps_absent: false }
    }

    pub fn point(value: T) -> Range<T> {
        Range::new(Some(value), Some(value))
    }

    pub fn hull(self, other: Range<T>) -> Range<T> {
        Range {
            low: self.low.zip(other.low).map(|(a, b)| a.min(b)),
            high: self.high.zip(other.high).map(|(a, b)| a.max(b)),
            perhaps_absent: self.perhaps_absent || other.perhaps_absent,
        }
    }
}

impl<T: Ord> Range<T> {
    /// Whether every value of `self` is at most every value of `other`.
    pub fn all_at_most(&self, other: &Range<T>) -> bool {
        matches!((&self.high, &other.low), (Some(high), Some(low)) if high <= low)
    }

    /// Whether some value of `self` is at most some value of `other`.
    pub fn some_at_most(&self, other: &Range<T>) -> bool {
        !matches!((&self.low, &other.high), (Some(low), Some(high)) if low > high)
    }

    pub fn at_most(&self, other: &Range<T>) -> Truth {
        if self.all_at_most(other) {
            Truth::Yes
        } else if self.some_at_most(other) {
            Truth::Unknown
        } else {
            Truth::No
        }
    }

    /// Strictly: not (other at most self).
    pub fn less_than(&self, other: &Range<T>) -> Truth {
        other.at_most(self).not()
    }

    /// Yes when both are one and the same value, no when they have none in common.
    pub fn equal(&self, other: &Range<T>) -> Truth {
        if self.all_at_most(other) && other.all_at_most(self) {
            Truth::Yes
        } else if self.some_at_most(other) && other.some_at_most(self) {
            Truth::Unknown
        } else {
            Truth::No
        }
    }
}

impl Value {
    pub fn number(value: Fraction) -> Value {
        Value::Number(Range::point(value))
    }

    pub fn whole(value: i64) -> Value {
        Value::number(Fraction::from_integer(i128::from(value)))
    }

    pub fn from_truth(truth: Truth) -> Value {
        match truth {
            Truth::Unknown => Value::Unknown,
            Truth::Yes | Truth::No => Value::Truth(truth),
        }
    }

    pub fn perhaps_absent(&self) -> bool {
        match self {
            Value::Number(range) => range.perhaps_absent,
            Value::Date(range) => range.perhaps_absent,
            Value::Age(years, _) => years.perhaps_absent,
            Value::Unknown
            | Value::Absent
            | Value::Truth(_)
            | Value::Duration(..)
            | Value::Period(..)
            | Value::Code { .. }
            | Value::Word(_) => false,
        }
    }

    /// "`if C then A else B` with C unknown: the hull of both (numbers, quantities, dates), or their common value,
    /// else unknown."
    pub fn hull(self, other: Value) -> Value {
        let with_absence = |value: Value| match value {
            Value::Date(range) => Value::Date(Range { perhaps_absent: true, ..range }),
            Value::Absent => Value::Absent,
            // Only a date can be "perhaps absent".
            Value::Unknown
            | Value::Truth(_)
            | Value::Number(_)
            | Value::Age(..)
            | Value::Duration(..)
            | Value::Period(..)
            | Value::Code { .. }
            | Value::Word(_) => Value::Unknown,
        };
        match (self, other) {
            (Value::Absent, other) | (other, Value::Absent) => with_absence(other),
            (Value::Date(a), Value::Date(b)) => Value::Date(a.hull(b)),
            (Value::Age(a, b), Value::Age(c, d)) => Value::Age(a.hull(c), b.hull(d)),
            (a, b) if a == b => a,
            (a, b) => match (a.as_number(), b.as_number()) {
                (Some(a), Some(b)) => Value::Number(a.hull(b)),
                _ => Value::Unknown,
            },
        }
    }

    /// "As a value `age` is a number": completed years.
    pub fn as_number(&self) -> Option<Range<Fraction>> {
        match self {
            Value::Number(range) | Value::Age(range, _) => Some(*range),
            Value::Unknown
            | Value::Absent
            | Value::Truth(_)
            | Value::Date(_)
            | Value::Duration(..)
            | Value::Period(..)
            | Value::Code { .. }
            | Value::Word(_) => None,
        }
    }

    pub fn as_truth(&self) -> Truth {
        match self {
            Value::Truth(truth) => *truth,
            // "Every comparison with an absent operand is no"; so is an absent condition.
            Value::Absent => Truth::No,
            Value::Unknown
            | Value::Number(_)
            | Value::Date(_)
            | Value::Age(..)
            | Value::Duration(..)
            | Value::Period(..)
            | Value::Code { .. }
            | Value::Word(_) => Truth::Unknown,
        }
    }
}

/// A number or an infinity, for the ends of intervals.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Below,
    At(Fraction),
    Above,
}

fn ends(range: Range<Fraction>) -> [End; 2] {
    [range.low.map_or(End::Below, End::At), range.high.map_or(End::Above, End::At)]
}

fn range_of(ends: &[End], perhaps_absent: bool) -> Range<Fraction> {
    let at = |end: Option<&End>| match end {
        Some(End::At(value)) => Some(*value),
        Some(End::Below | End::Above) | None => None,
    };
    Range { low: at(ends.iter().min()), high: at(ends.iter().max()), perhaps_absent }
}

/// Every sum of a value of the one and a value of the other; `None` is a fault.
pub fn add(a: Range<Fraction>, b: Range<Fraction>) -> Option<Range<Fraction>> {
    let end = |a: Option<Fraction>, b: Option<Fraction>| match (a, b) {
        (Some(a), Some(b)) => fraction::add(a, b).map(Some),
        (None, _) | (_, None) => Some(None),
    };
    Some(Range {
        low: end(a.low, b.low)?,
        high: end(a.high, b.high)?,
        perhaps_absent: a.perhaps_absent || b.perhaps_absent,
    })
}

pub fn negate(a: Range<Fraction>) -> Range<Fraction> {
    Range { low: a.high.map(|high| -high), high: a.low.map(|low| -low), perhaps_absent: a.perhaps_absent }
}

/// Every product of a value of the one and a value of the other: the products of the ends bound it.
pub fn multiply(a: Range<Fraction>, b: Range<Fraction>) -> Option<Range<Fraction>> {
    let zero = Fraction::from_integer(0);
    let sign = |end: End| match end {
        End::Below => -1,
        End::Above => 1,
        End::At(value) => value.cmp(&zero) as i32,
    };
    let mut products = Vec::new();
    for left in ends(a) {
        for right in ends(b) {
            products.push(match (left, right) {
                (End::At(left), End::At(right)) => End::At(fraction::multiply(left, right)?),
                (left, right) => match sign(left) * sign(right) {
                    0 => End::At(zero),
                    1 => End::Above,
                    _ => End::Below,
                },
            });
        }
    }
    Some(range_of(&products, a.perhaps_absent || b.perhaps_absent))
}

/// One divided by every value; a fault if one of them may be nought.
pub fn reciprocal(a: Range<Fraction>) -> Option<Range<Fraction>> {
    let zero = Fraction::from_integer(0);
    let positive = a.low.is_some_and(|low| low > zero);
    let negative = a.high.is_some_and(|high| high < zero);
    if !positive && !negative {
        return None;
    }
    let one_over = |value: Option<Fraction>| value.map_or(zero, |value| value.recip());
    Some(Range { low: Some(one_over(a.high)), high: Some(one_over(a.low)), perhaps_absent: a.perhaps_absent })
}
