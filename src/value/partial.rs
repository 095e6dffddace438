//! What is known of a value while evaluating: exactly, within an interval, absent, or nothing at all.
//!
//! One comparison looks at all values that its sides can have, independently of each other: it is yes when it holds for
//! every combination, no when for none, else unknown. An absent side makes every comparison no.

use super::{Date, Duration, DurationUnit, Number, Truth};
use std::fmt;

/// A string of a program or of one patient's facts, by number; equal numbers are equal strings.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Symbol(pub(crate) u32);

/// What is known of a value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Partial {
    Unknown,
    /// Known to be absent.
    Absent,
    /// From `low` through `high`, `None` where there is no end. Quantities are numbers of their expression's unit.
    Number {
        low: Option<Number>,
        high: Option<Number>,
    },
    Date(Days),
    Duration(Duration),
    Period(Date, Date),
    /// `class` is the row of the code among the code tests of the program.
    Code {
        symbol: Symbol,
        class: u32,
    },
    /// A word or a text.
    Word(Symbol),
    /// Completed years or months between two days.
    Age(Age),
}

/// Some day from `first` through `last`; `perhaps_absent`: or none at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Days {
    pub(crate) first: Date,
    pub(crate) last: Date,
    pub(crate) perhaps_absent: bool,
}

/// The time from a birth date to a day, counted in birthdays.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Age {
    pub(crate) birth: Days,
    pub(crate) on: Days,
    pub(crate) leap_birthday: LeapBirthday,
}

/// When a birthday of 29 February is kept in a year without that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum LeapBirthday {
    February28,
    March1,
}

/// The order that a comparison asks for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Order {
    Is,
    IsNot,
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
}

/// Where a date stands to another, a duration apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Apart {
    AtLeastBefore,
    AtLeastAfter,
    MoreThanBefore,
    MoreThanAfter,
    WithinBefore,
    WithinAfter,
    WithinOf,
}

/// Why something could not be computed. It is unknown where that happens.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum FaultKind {
    /// A number was divided by nought.
    DivisionByZero,
    /// A number left the range of exact numbers.
    Overflow,
    /// A date left the years 1 to 9999.
    OutsideCalendar,
    /// Years or months were compared with weeks or days.
    DurationFamilies,
    /// There was more to look at than one evaluation may.
    WorkLimit,
    /// A code list was left to the caller, who did not supply it.
    CodeListNotSupplied,
    /// An interval that is nought or points back where one that goes forward is needed.
    NoInterval,
}

/// What happened, as it is told in an outcome.
impl fmt::Display for FaultKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            FaultKind::DivisionByZero => "division by nought",
            FaultKind::Overflow => "a number outside the range of exact numbers",
            FaultKind::OutsideCalendar => "a date outside the calendar, which is from 0001-01-01 through 9999-12-31",
            FaultKind::DurationFamilies => "days or weeks compared with months or years",
            FaultKind::WorkLimit => "more work than one evaluation may take",
            FaultKind::CodeListNotSupplied => "a code list that was not supplied",
            FaultKind::NoInterval => "an interval of a schedule that is nought or negative",
        })
    }
}

pub(crate) type Fallible<T> = Result<T, FaultKind>;

/// `a ORDER b` for every pair, or for none, of two intervals; `None` ends are infinite.
fn ordered<T: Ord + Copy>(order: Order, left: (Option<T>, Option<T>), right: (Option<T>, Option<T>)) -> Truth {
    // surely `x <= y`: the highest x is known and not above the lowest y
    let surely = |high: Option<T>, low: Option<T>, strict: bool| match (high, low) {
        (Some(high), Some(low)) => high < low || (!strict && high == low),
        (None, _) | (_, None) => false,
    };
    let at_least = |a: (Option<T>, Option<T>), b: (Option<T>, Option<T>)| {
        Truth::from_bounds(surely(b.1, a.0, false), surely(a.1, b.0, true))
    };
    match order {
        Order::AtLeast => at_least(left, right),
        Order::LessThan => !at_least(left, right),
        Order::AtMost => at_least(right, left),
        Order::MoreThan => !at_least(right, left),
        Order::Is | Order::IsNot => {
            let same = match (left, right) {
                ((Some(a), Some(b)), (Some(c), Some(d))) if a == b && c == d && a == c => Truth::True,
                _ if surely(left.1, right.0, true) || surely(right.1, left.0, true) => Truth::False,
                _ => Truth::Unknown,
            };
            if order == Order::Is { same } else { !same }
        }
    }
}

impl Days {
    pub(crate) fn day(day: Date) -> Days {
        Days { first: day, last: day, perhaps_absent: false }
    }

    pub(crate) fn new(first: Date, last: Date) -> Days {
        Days { first, last, perhaps_absent: false }
    }

    /// Any day at all.
    pub(crate) const ALL: Days = Days { first: Date::MIN, last: Date::MAX, perhaps_absent: false };

    fn ends(self) -> (Option<Date>, Option<Date>) {
        (Some(self.first), Some(self.last))
    }

    /// An end of the calendar stands for no end, unless it is known to be that very day.
    fn open_start(self) -> bool {
        self.first == Date::MIN && self.first != self.last
    }

    fn open_end(self) -> bool {
        self.last == Date::MAX && self.first != self.last
    }

    /// A truth said of all its days, with what "perhaps absent" does to it: absent would be no.
    fn perhaps(self, truth: Truth) -> Truth {
        if self.perhaps_absent { truth.and(Truth::Unknown) } else { truth }
    }

    /// So much later, kept inside the calendar where only a part leaves it.
    pub(crate) fn shifted(self, duration: Duration) -> Fallible<Days> {
        let first = if self.open_start() { Some(Date::MIN) } else { self.first.checked_add(duration) };
        let last = if self.open_end() { Some(Date::MAX) } else { self.last.checked_add(duration) };
        match (first, last) {
            (Some(first), Some(last)) => Ok(Days { first, last, ..self }),
            (Some(first), None) if self.first != self.last => Ok(Days { first, last: Date::MAX, ..self }),
            (None, Some(last)) if self.first != self.last => Ok(Days { first: Date::MIN, last, ..self }),
            (None | Some(_), None) | (None, Some(_)) => Err(FaultKind::OutsideCalendar),
        }
    }
}

/// `day + duration`, kept inside the calendar: right for comparing, since no day lies beyond.
fn later(day: Date, duration: Duration) -> Option<Date> {
    day.checked_add(duration)
}

/// `x` at least (`strict`: more than) `duration` before `y`: `x + duration` on or before (before) `y`.
fn at_least_before(x: Days, duration: Duration, y: Days, strict: bool) -> Truth {
    let holds = |x: Date, y: Date| later(x, duration).is_some_and(|end| if strict { end < y } else { end <= y });
    Truth::from_bounds(holds(x.last, y.first), !holds(x.first, y.last))
}

/// `x` within `duration` before `y`: `x` on or before `y`, and `y` on or before `x + duration`.
fn within_before(x: Days, duration: Duration, y: Days) -> Truth {
    let reaches = |x: Date, y: Date| later(x, duration).is_none_or(|end| y <= end);
    let all = x.last <= y.first && reaches(x.first, y.last);
    // some x reaches back from y's first day: the x's that do are the latest ones
    let none = x.first > y.last || !reaches(x.last.min(y.last), y.first);
    Truth::from_bounds(all, none)
}

/// Where `x` stands to `y`. Durations are not negative.
pub(crate) fn apart(x: Partial, apart: Apart, duration: Partial, y: Partial) -> Fallible<Truth> {
    let (x, y, duration) = match (x, y, duration) {
        (Partial::Absent, _, _) | (_, Partial::Absent, _) | (_, _, Partial::Absent) => return Ok(Truth::False),
        (Partial::Date(x), Partial::Date(y), Partial::Duration(duration)) => (x, y, duration),
        _ => return Ok(Truth::Unknown),
    };
    let truth = match apart {
        Apart::AtLeastBefore => at_least_before(x, duration, y, false),
        Apart::MoreThanBefore => at_least_before(x, duration, y, true),
        Apart::AtLeastAfter => at_least_before(y, duration, x, false),
        Apart::MoreThanAfter => at_least_before(y, duration, x, true),
        Apart::WithinBefore => within_before(x, duration, y),
        Apart::WithinAfter => within_before(y, duration, x),
        Apart::WithinOf => within_of(x, duration, y),
    };
    Ok(x.perhaps(y.perhaps(truth)))
}

/// Within `duration` of each other, whichever is first.
fn within_of(x: Days, duration: Duration, y: Days) -> Truth {
    let reaches = |from: Date, to: Date| later(from, duration).is_none_or(|end| to <= end);
    // every pair: the farthest apart are the two ends of each other
    let all = (x.first > y.last || reaches(x.first, y.last)) && (y.first > x.last || reaches(y.first, x.last));
    let none =
        matches!(within_before(x, duration, y), Truth::False) && matches!(within_before(y, duration, x), Truth::False);
    Truth::from_bounds(all, none)
}

impl Age {
    /// Whether the birthday of so many units has come, for every birth date and day, or for none.
    fn reached(self, duration: Duration) -> Truth {
        let reached = |birth: Date, on: Date| self.birthday(birth, duration).is_some_and(|day| day <= on);
        Truth::from_bounds(reached(self.birth.last, self.on.first), !reached(self.birth.first, self.on.last))
    }

    fn birthday(self, birth: Date, duration: Duration) -> Option<Date> {
        let day = birth.checked_add(duration)?;
        let moved = self.leap_birthday == LeapBirthday::March1
            && duration.months().is_some_and(|months| months % 12 == 0)
            && birth.is_leap_day()
            && !day.is_leap_day();
        if moved { day.next() } else { Some(day) }
    }

    /// Completed units, from the least to the most that they can be. Born after the day: below nought.
    pub(crate) fn completed(self, unit: DurationUnit) -> (i64, i64) {
        let count = |birth: Date, on: Date| {
            let plain = birth.completed(unit, on);
            let here = i32::try_from(plain).ok().map(|count| Duration::new(count, unit));
            let reached = here.and_then(|duration| self.birthday(birth, duration)).is_some_and(|day| day <= on);
            if reached { plain } else { plain - 1 }
        };
        (count(self.birth.last, self.on.first), count(self.birth.first, self.on.last))
    }

    fn compare(self, order: Order, duration: Duration) -> Fallible<Truth> {
        let next = |duration: Duration| {
            duration
                .count()
                .checked_add(1)
                .map(|count| Duration::new(count, duration.unit()))
                .ok_or(FaultKind::Overflow)
        };
        if duration.months().is_none() {
            return Err(FaultKind::DurationFamilies);
        }
        let reached = |duration: Duration| self.reached(duration);
        let truth = match order {
            Order::AtLeast => reached(duration),
            Order::LessThan => !reached(duration),
            Order::MoreThan => reached(next(duration)?),
            Order::AtMost => !reached(next(duration)?),
            Order::Is | Order::IsNot => {
                let (low, high) = self.completed(duration.unit());
                let count = i64::from(duration.count());
                let ends = |low, high| (Some(low), Some(high));
                ordered(order, ends(low, high), ends(count, count))
            }
        };
        Ok(self.birth.perhaps(self.on.perhaps(truth)))
    }
}

/// `left ORDER right`. The types agree: the checker saw to it. Codes are compared by the caller, who knows their tests.
pub(crate) fn compare(left: Partial, order: Order, right: Partial) -> Fallible<Truth> {
    Ok(match (left, right) {
        (Partial::Absent, _) | (_, Partial::Absent) => Truth::False,
        (Partial::Number { low: a, high: b }, Partial::Number { low: c, high: d }) => ordered(order, (a, b), (c, d)),
        (Partial::Date(a), Partial::Date(b)) => a.perhaps(b.perhaps(ordered(order, a.ends(), b.ends()))),
        (Partial::Age(age), Partial::Duration(duration)) => age.compare(order, duration)?,
        (Partial::Duration(a), Partial::Duration(b)) => {
            let length = |duration: Duration| duration.months().or(duration.days());
            if a.compare(b).is_none() {
                return Err(FaultKind::DurationFamilies);
            }
            ordered(order, (length(a), length(a)), (length(b), length(b)))
        }
        (Partial::Word(a), Partial::Word(b)) => match order {
            Order::Is => Truth::from(a == b),
            Order::IsNot => Truth::from(a != b),
            Order::AtLeast | Order::AtMost | Order::MoreThan | Order::LessThan => Truth::Unknown,
        },
        _ => Truth::Unknown,
    })
}

/// `low <= value <= high` as one comparison.
pub(crate) fn between(value: Partial, low: Partial, high: Partial) -> Fallible<Truth> {
    if [value, low, high].contains(&Partial::Absent) {
        return Ok(Truth::False);
    }
    let above = compare(value, Order::AtLeast, low)?;
    let below = compare(value, Order::AtMost, high)?;
    let inside = above.and(below);
    // Each end may hold for some value while no value lies between the two.
    // An end that is absent after all makes it no, too.
    let empty = compare(low.if_there(), Order::MoreThan, high.if_there())? == Truth::True;
    Ok(if empty { Truth::False } else { inside })
}

/// `value` is one of the days of `period`, both ends included.
pub(crate) fn during(value: Partial, period: Partial) -> Truth {
    match (value, period) {
        (Partial::Absent, _) | (_, Partial::Absent) => Truth::False,
        (Partial::Date(days), Partial::Period(first, last)) => {
            let all = first <= days.first && days.last <= last;
            let none = days.last < first || last < days.first || last < first;
            days.perhaps(Truth::from_bounds(all, none))
        }
        _ => Truth::Unknown,
    }
}

impl Partial {
    pub(crate) fn number(number: Number) -> Partial {
        Partial::Number { low: Some(number), high: Some(number) }
    }

    pub(crate) fn whole(low: i64, high: Option<i64>) -> Partial {
        Partial::Number { low: Some(Number::from(low)), high: high.map(Number::from) }
    }

    pub(crate) fn day(day: Date) -> Partial {
        Partial::Date(Days::day(day))
    }

    /// Age counts as its completed years where a number is wanted.
    pub(crate) fn as_number(self) -> Partial {
        let Partial::Age(age) = self else { return self };
        if age.birth.perhaps_absent || age.on.perhaps_absent {
            return Partial::Unknown;
        }
        spread(age.birth, age.on, age.completed(DurationUnit::Years))
    }

    /// The value if it is not absent.
    fn if_there(self) -> Partial {
        let Partial::Date(days) = self else { return self };
        Partial::Date(Days { perhaps_absent: false, ..days })
    }

    /// What holds whichever of the two it is.
    pub(crate) fn hull(self, other: Partial) -> Partial {
        match (self, other) {
            (a, b) if a == b => a,
            (Partial::Number { low: a, high: b }, Partial::Number { low: c, high: d }) => {
                Partial::Number { low: a.zip(c).map(|(a, c)| a.min(c)), high: b.zip(d).map(|(b, d)| b.max(d)) }
            }
            (Partial::Date(a), Partial::Date(b)) => Partial::Date(Days {
                first: a.first.min(b.first),
                last: a.last.max(b.last),
                perhaps_absent: a.perhaps_absent || b.perhaps_absent,
            }),
            (Partial::Date(days), Partial::Absent) | (Partial::Absent, Partial::Date(days)) => {
                Partial::Date(Days { perhaps_absent: true, ..days })
            }
            _ => Partial::Unknown,
        }
    }

    /// What is left of a number where something else is known of it, too; itself where the two have nothing in common.
    pub(crate) fn narrowed(self, by: Partial) -> Partial {
        let (Partial::Number { low: a, high: b }, Partial::Number { low: c, high: d }) = (self, by) else {
            return self;
        };
        let low = a.map_or(c, |a| Some(c.map_or(a, |c| a.max(c))));
        let high = b.map_or(d, |b| Some(d.map_or(b, |d| b.min(d))));
        match low.zip(high) {
            Some((low, high)) if low > high => self,
            Some(_) | None => Partial::Number { low, high },
        }
    }

    /// The one number it is.
    pub(crate) fn known_number(self) -> Option<Number> {
        let Partial::Number { low: Some(low), high: Some(high) } = self else { return None };
        (low == high).then_some(low)
    }
}

/// Sum of two intervals; `minus` takes the second away.
pub(crate) fn add(left: Partial, right: Partial, minus: bool) -> Fallible<Partial> {
    let (a, b, c, d) = match (left.as_number(), right.as_number()) {
        (Partial::Absent, _) | (_, Partial::Absent) => return Ok(Partial::Absent),
        (Partial::Number { low: a, high: b }, Partial::Number { low: c, high: d }) => (a, b, c, d),
        _ => return Ok(Partial::Unknown),
    };
    let combine = |x: Option<Number>, y: Option<Number>| match (x, y) {
        (Some(x), Some(y)) => {
            let result = if minus { x.checked_sub(&y) } else { x.checked_add(&y) };
            result.map(Some).ok_or(FaultKind::Overflow)
        }
        (None, _) | (_, None) => Ok(None),
    };
    let (low, high) = if minus { (combine(a, d)?, combine(b, c)?) } else { (combine(a, c)?, combine(b, d)?) };
    Ok(Partial::Number { low, high })
}

/// Product of two intervals; `per` divides by the second.
pub(crate) fn multiply(left: Partial, right: Partial, per: bool) -> Fallible<Partial> {
    let (a, b, c, d) = match (left.as_number(), right.as_number()) {
        (Partial::Absent, _) | (_, Partial::Absent) => return Ok(Partial::Absent),
        (Partial::Number { low: a, high: b }, Partial::Number { low: c, high: d }) => (a, b, c, d),
        _ => return Ok(Partial::Unknown),
    };
    let (c, d) = if per {
        match reciprocal(c, d)? {
            Some(ends) => ends,
            None => return Ok(Partial::Unknown),
        }
    } else {
        (c, d)
    };
    let (a, b, c, d) = (End::low(a), End::high(b), End::low(c), End::high(d));
    let corners = [a.times(c)?, a.times(d)?, b.times(c)?, b.times(d)?];
    let low = corners.into_iter().min().and_then(End::number);
    let high = corners.into_iter().max().and_then(End::number);
    Ok(Partial::Number { low, high })
}

/// One through an interval without nought; `None` where nought may be in it.
fn reciprocal(low: Option<Number>, high: Option<Number>) -> Fallible<Option<(Option<Number>, Option<Number>)>> {
    let zero = Some(Number::ZERO);
    if low == zero && high == zero {
        return Err(FaultKind::DivisionByZero);
    }
    let has_sign = low.is_some_and(|low| low > Number::ZERO) || high.is_some_and(|high| high < Number::ZERO);
    // Without an end it comes as near to nought as one likes.
    let through = |end: Option<Number>| match end {
        Some(end) => Number::ONE.checked_div(&end).map(Some).ok_or(FaultKind::Overflow),
        None => Ok(zero),
    };
    if has_sign { Ok(Some((through(high)?, through(low)?))) } else { Ok(None) }
}

/// An end of an interval, without an end below or above everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum End {
    Below,
    At(Number),
    Above,
}

impl End {
    fn low(end: Option<Number>) -> End {
        end.map_or(End::Below, End::At)
    }

    fn high(end: Option<Number>) -> End {
        end.map_or(End::Above, End::At)
    }

    fn number(self) -> Option<Number> {
        if let End::At(number) = self { Some(number) } else { None }
    }

    fn sign(self) -> std::cmp::Ordering {
        match self {
            End::Below => std::cmp::Ordering::Less,
            End::At(number) => number.cmp(&Number::ZERO),
            End::Above => std::cmp::Ordering::Greater,
        }
    }

    /// Nought times anything is nought: the end itself is never reached.
    fn times(self, other: End) -> Fallible<End> {
        if let (End::At(one), End::At(other)) = (self, other) {
            return one.checked_mul(&other).map(End::At).ok_or(FaultKind::Overflow);
        }
        Ok(match (self.sign(), other.sign()) {
            (std::cmp::Ordering::Equal, _) | (_, std::cmp::Ordering::Equal) => End::At(Number::ZERO),
            (one, other) if one == other => End::Above,
            _ => End::Below,
        })
    }
}

/// A date so much later, or earlier.
pub(crate) fn shift(anchor: Partial, duration: Partial, earlier: bool) -> Fallible<Partial> {
    match (anchor, duration) {
        (Partial::Absent, _) | (_, Partial::Absent) => Ok(Partial::Absent),
        (Partial::Date(days), Partial::Duration(duration)) => {
            let duration = if earlier { duration.negated().ok_or(FaultKind::Overflow)? } else { duration };
            days.shifted(duration).map(Partial::Date)
        }
        _ => Ok(Partial::Unknown),
    }
}

/// From the least to the most, without an end where one of the dates has none.
fn spread(from: Days, to: Days, (low, high): (i64, i64)) -> Partial {
    let low = (!from.open_end() && !to.open_start()).then(|| Number::from(low));
    let high = (!from.open_start() && !to.open_end()).then(|| Number::from(high));
    if low.is_none() && high.is_none() { Partial::Unknown } else { Partial::Number { low, high } }
}

/// Completed units from one date to another.
pub(crate) fn units_between(unit: DurationUnit, from: Partial, to: Partial) -> Partial {
    match (from, to) {
        (Partial::Absent, _) | (_, Partial::Absent) => Partial::Absent,
        (Partial::Date(from), Partial::Date(to)) if !from.perhaps_absent && !to.perhaps_absent => {
            spread(from, to, (from.last.completed(unit, to.first), from.first.completed(unit, to.last)))
        }
        _ => Partial::Unknown,
    }
}

/// Each end to so many decimals.
pub(crate) fn round(value: Partial, decimals: u32) -> Fallible<Partial> {
    let end = |end: Option<Number>| match end {
        Some(number) => number.round(decimals).map(Some).ok_or(FaultKind::Overflow),
        None => Ok(None),
    };
    let value = value.as_number();
    let Partial::Number { low, high } = value else { return Ok(value) };
    Ok(Partial::Number { low: end(low)?, high: end(high)? })
}
