//! How things stand to each other on a day: as long as that stays, no comparison of them turns.

use crate::value::partial::{Apart, Days, Order, Partial, compare};
use crate::value::{Date, Duration, DurationUnit, Number, Truth};
use std::cmp::Ordering;

/// How the ends of one side stand to those of the other.
pub(super) type Standing = [Option<Ordering>; 4];

const NOTHING: Standing = [None; 4];

fn standing<T: Ord + Copy>(left: [Option<T>; 2], right: [Option<T>; 2]) -> Standing {
    let order = |a: Option<T>, b: Option<T>| a.zip(b).map(|(a, b)| a.cmp(&b));
    let ([a, b], [c, d]) = (left, right);
    [order(a, c), order(a, d), order(b, c), order(b, d)]
}

fn days(days: Days) -> [Option<Date>; 2] {
    [Some(days.first), Some(days.last)]
}

/// All that a comparison of two values can see of them while one moves.
pub(super) fn pair(left: Partial, right: Partial) -> (Standing, [Option<Truth>; 2]) {
    let none = [None; 2];
    match (left, right) {
        (Partial::Date(a), Partial::Date(b)) => (standing(days(a), days(b)), none),
        (Partial::Date(a), Partial::Period(first, last)) => (standing(days(a), [Some(first), Some(last)]), none),
        (Partial::Number { low: a, high: b }, Partial::Number { low: c, high: d }) => {
            (standing::<Number>([a, b], [c, d]), none)
        }
        (Partial::Age(age), Partial::Duration(duration)) | (Partial::Duration(duration), Partial::Age(age)) => {
            let (low, high) = age.completed(duration.unit());
            let count = Some(i64::from(duration.count()));
            let reached = |order: Order| compare(Partial::Age(age), order, Partial::Duration(duration)).ok();
            (standing([Some(low), Some(high)], [count, count]), [reached(Order::AtLeast), reached(Order::MoreThan)])
        }
        _ => (NOTHING, none),
    }
}

/// All that two dates a duration apart can show while one moves.
pub(super) fn stand(value: Partial, apart: Apart, duration: Partial, anchor: Partial) -> [Standing; 3] {
    let (Partial::Date(x), Partial::Duration(duration), Partial::Date(y)) = (value, duration, anchor) else {
        return [NOTHING; 3];
    };
    let (forward, backward) = match apart {
        Apart::AtLeastBefore | Apart::MoreThanBefore | Apart::WithinBefore => (true, false),
        Apart::AtLeastAfter | Apart::MoreThanAfter | Apart::WithinAfter => (false, true),
        Apart::WithinOf => (true, true),
    };
    let near = match apart {
        Apart::AtLeastBefore | Apart::MoreThanBefore | Apart::AtLeastAfter | Apart::MoreThanAfter => NOTHING,
        Apart::WithinBefore | Apart::WithinAfter | Apart::WithinOf => standing(days(x), days(y)),
    };
    let later = |days: Days, duration: Duration| [days.first.checked_add(duration), days.last.checked_add(duration)];
    [
        near,
        if forward { standing(later(x, duration), days(y)) } else { NOTHING },
        if backward { standing(later(y, duration), days(x)) } else { NOTHING },
    ]
}

/// What whoever reads a value sees of it: of an age the completed years and months.
pub(super) fn part_of(value: Partial) -> (Partial, [(i64, i64); 2]) {
    if let Partial::Age(age) = value {
        return (Partial::Unknown, [age.completed(DurationUnit::Years), age.completed(DurationUnit::Months)]);
    }
    (value, [(0, 0); 2])
}
