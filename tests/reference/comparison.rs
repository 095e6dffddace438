//! What each comparison says of values that are known, known to lie in an interval, absent, or unknown.

use super::calendar::{self, Day};
use super::fraction::Fraction;
use super::value::{Range, Truth, Unit, Value};
use riktlinje::syntax::ast::{Comparison, Distance};

/// "Every comparison with an absent operand is no. A wholly unknown operand makes the comparison unknown. With
/// perhaps absent: no if no for all dates, else unknown."
fn guarded(operands: &[&Value], test: impl FnOnce() -> Truth) -> Truth {
    if operands.iter().any(|operand| **operand == Value::Absent) {
        return Truth::No;
    }
    if operands.iter().any(|operand| **operand == Value::Unknown) {
        return Truth::Unknown;
    }
    let truth = test();
    let perhaps_absent = operands.iter().any(|operand| operand.perhaps_absent());
    if perhaps_absent && truth == Truth::Yes { Truth::Unknown } else { truth }
}

type Pair = (Range<Fraction>, Range<Fraction>);

/// The two as ranges of numbers on one axis; `None` when they cannot be compared (a fault: unknown).
fn axis(left: &Value, right: &Value) -> Option<Pair> {
    match (left, right) {
        (Value::Date(a), Value::Date(b)) => Some((days(a), days(b))),
        // "`age` is compared only with durations of years or months": years with completed years, months with months.
        (Value::Age(years, months), Value::Duration(count, unit)) => {
            let limit = Range::point(Fraction::from_integer(i128::from(*count)));
            match unit {
                Unit::Years => Some((*years, limit)),
                Unit::Months => Some((*months, limit)),
                Unit::Days | Unit::Weeks => None,
            }
        }
        (Value::Duration(..), Value::Age(..)) => axis(right, left).map(|(a, b)| (b, a)),
        // "Durations compare within a family (days/weeks, months/years)."
        (Value::Duration(a, left), Value::Duration(b, right)) => {
            let same_family = matches!(left, Unit::Days | Unit::Weeks) == matches!(right, Unit::Days | Unit::Weeks);
            let point = |count: &i64, unit| Range::point(Fraction::from_integer(i128::from(count * length(unit))));
            same_family.then(|| (point(a, *left), point(b, *right)))
        }
        _ => left.as_number().zip(right.as_number()),
    }
}

fn days(range: &Range<Day>) -> Range<Fraction> {
    let number = |day: Option<Day>| day.map(|day| Fraction::from_integer(i128::from(day)));
    Range { low: number(range.low), high: number(range.high), perhaps_absent: range.perhaps_absent }
}

/// In days, or in months.
fn length(unit: Unit) -> i64 {
    match unit {
        Unit::Days | Unit::Months => 1,
        Unit::Weeks => 7,
        Unit::Years => 12,
    }
}

fn is(left: &Value, right: &Value) -> Truth {
    match (left, right) {
        (Value::Truth(a), Value::Truth(b)) => Truth::of(a == b),
        (Value::Word(a), Value::Word(b)) => Truth::of(a == b),
        (Value::Code { code: a, .. }, Value::Word(b)) => Truth::of(a == b),
        // "`is` compares exactly (a coarser recorded code is unknown)."
        (Value::Code { hierarchical: above, code: a }, Value::Code { hierarchical: below, code: b }) => {
            if a == b {
                Truth::Yes
            } else if (*above && b.starts_with(a.as_str())) || (*below && a.starts_with(b.as_str())) {
                Truth::Unknown
            } else {
                Truth::No
            }
        }
        _ => axis(left, right).map_or(Truth::Unknown, |(a, b)| a.equal(&b)),
    }
}

pub fn compare(operator: Comparison, left: &Value, right: &Value) -> Truth {
    let at_most = |a: &Value, b: &Value| axis(a, b).map_or(Truth::Unknown, |(a, b)| a.at_most(&b));
    let less = |a: &Value, b: &Value| axis(a, b).map_or(Truth::Unknown, |(a, b)| a.less_than(&b));
    guarded(&[left, right], || match operator {
        Comparison::Is => is(left, right),
        Comparison::IsNot => is(left, right).not(),
        Comparison::AtLeast | Comparison::OnOrAfter => at_most(right, left),
        Comparison::AtMost | Comparison::OnOrBefore => at_most(left, right),
        Comparison::MoreThan | Comparison::After => less(right, left),
        Comparison::LessThan | Comparison::Before => less(left, right),
    })
}

/// `value is one of a, b` is `value is a or value is b`; `is not one of` is `value is not a and value is not b`.
pub fn one_of(value: &Value, options: &[Value], negated: bool) -> Truth {
    if negated {
        options.iter().fold(Truth::Yes, |so_far, option| so_far.and(compare(Comparison::IsNot, value, option)))
    } else {
        options.iter().fold(Truth::No, |so_far, option| so_far.or(compare(Comparison::Is, value, option)))
    }
}

/// `value from low to high`, both ends included.
///
/// What is outside one end, or between ends that are the wrong way round, is not between them whatever is unknown:
/// "a settled answer holds for every way the missing facts could turn out; complete for one comparison".
pub fn between(value: &Value, low: &Value, high: &Value) -> Truth {
    let at_most = |a: &Value, b: &Value| compare(Comparison::AtMost, a, b);
    let both = at_most(low, value).and(at_most(value, high));
    if at_most(low, high) == Truth::No { Truth::No } else { both }
}

/// `value during period`, both ends included.
pub fn during(value: &Value, period: &Value) -> Truth {
    guarded(&[value, period], || match (value, period) {
        (Value::Date(day), Value::Period(first, last)) => {
            Range::point(*first).at_most(day).and(day.at_most(&Range::point(*last)))
        }
        _ => Truth::Unknown,
    })
}

/// A date, `duration` later (or earlier). Outside the calendar is a fault: `None`.
pub fn shift(day: Day, count: i64, unit: Unit) -> Option<Day> {
    match unit {
        Unit::Days | Unit::Weeks => calendar::add_days(day, count * length(unit)),
        Unit::Months | Unit::Years => calendar::add_months(day, count * length(unit)),
    }
}

pub fn shift_range(range: &Range<Day>, count: i64, unit: Unit) -> Option<Range<Day>> {
    let end = |day: Option<Day>| match day {
        Some(day) => shift(day, count, unit).map(Some),
        None => Some(None),
    };
    Some(Range { low: end(range.low)?, high: end(range.high)?, perhaps_absent: range.perhaps_absent })
}

/// `duration` after a date.
pub fn shifted(anchor: &Value, duration: &Value) -> Value {
    match (anchor, duration) {
        (Value::Absent, _) | (_, Value::Absent) => Value::Absent,
        (Value::Date(anchor), Value::Duration(count, unit)) => {
            shift_range(anchor, *count, *unit).map_or(Value::Unknown, Value::Date)
        }
        _ => Value::Unknown,
    }
}

/// `value at least duration before anchor` and its relatives, by LANGUAGE section 4, Calendar.
pub fn distance(relation: Distance, value: &Value, duration: &Value, anchor: &Value) -> Truth {
    guarded(&[value, duration, anchor], || {
        let (Value::Date(x), Value::Duration(count, unit), Value::Date(y)) = (value, duration, anchor) else {
            return Truth::Unknown;
        };
        let later = |range: &Range<Day>| shift_range(range, *count, *unit);
        let truth = match relation {
            // "`X at least D before Y` is `X + D` on or before `Y`."
            Distance::AtLeastBefore => later(x).map(|x| x.at_most(y)),
            Distance::AtLeastAfter => later(y).map(|y| y.at_most(x)),
            Distance::MoreThanBefore => later(x).map(|x| x.less_than(y)),
            Distance::MoreThanAfter => later(y).map(|y| y.less_than(x)),
            // "`within D before Y` is `X` on or before `Y` and `Y` on or before `X + D`."
            Distance::WithinBefore => later(x).map(|x_later| x.at_most(y).and(y.at_most(&x_later))),
            Distance::WithinAfter => later(y).map(|y_later| y.at_most(x).and(x.at_most(&y_later))),
            // Either of the two, of every pair of days: the pairs furthest apart decide "for all".
            Distance::WithinOf => later(x).zip(later(y)).map(|(x_later, y_later)| {
                if y.all_at_most(&x_later) && x.all_at_most(&y_later) {
                    Truth::Yes
                } else if y.some_at_most(&x_later) && x.some_at_most(&y_later) {
                    Truth::Unknown
                } else {
                    Truth::No
                }
            }),
        };
        truth.unwrap_or(Truth::Unknown)
    })
}
