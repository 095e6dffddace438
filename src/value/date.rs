//! Days of the calendar and dates that are known in part. The only door to chrono.

use super::{Duration, DurationUnit, Weekday};
use chrono::{Datelike, Months, NaiveDate};
use std::fmt;
use std::str::FromStr;

/// One day of the proleptic Gregorian calendar, 0001-01-01 through 9999-12-31. No time, no zone.
///
/// ```
/// use riktlinje::{Date, Duration, DurationUnit};
/// let day: Date = "2024-01-31".parse().unwrap();
/// let month = Duration::new(1, DurationUnit::Months);
/// assert_eq!(day.checked_add(month).unwrap().to_string(), "2024-02-29");
/// assert!("2023-02-29".parse::<Date>().is_err());
/// assert!("99999-01-01".parse::<Date>().is_err());
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(i32);

/// Why a text is no date.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[non_exhaustive]
pub enum DateError {
    /// Not `2004-05-12` (or `2004-05`, `2004` where a part is enough).
    #[error("not a date of the form 2004-05-12")]
    Form,
    /// The month has no such day, the year no such month, or the year is outside 1 to 9999.
    #[error("no such day in the calendar")]
    NoSuchDay,
}

impl Date {
    /// 0001-01-01.
    pub const MIN: Date = Date(1);
    /// 9999-12-31.
    pub const MAX: Date = Date(3_652_059);

    /// Year 1 to 9999, month 1 to 12, day 1 to the month's last; else `None`.
    #[must_use]
    pub fn from_ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        if !(1..=9999).contains(&year) {
            return None;
        }
        NaiveDate::from_ymd_opt(year, month, day).map(|date| Date(date.num_days_from_ce()))
    }

    /// Days since 0000-12-31: 0001-01-01 is 1.
    #[must_use]
    pub fn day_number(self) -> i32 {
        self.0
    }

    /// The day of that number, if the calendar has it.
    #[must_use]
    pub fn from_day_number(number: i32) -> Option<Date> {
        (Date::MIN.0..=Date::MAX.0).contains(&number).then_some(Date(number))
    }

    /// The day of that number, or the end of the calendar that is nearest to it.
    pub(crate) fn nearest(number: i32) -> Date {
        Date(number.clamp(Date::MIN.0, Date::MAX.0))
    }

    fn naive(self) -> NaiveDate {
        // INVARIANT: every `Date` is made from a day that chrono has, so the default is never reached.
        NaiveDate::from_num_days_from_ce_opt(self.0).unwrap_or_default()
    }

    /// Year, month, day.
    #[must_use]
    pub fn ymd(self) -> (i32, u32, u32) {
        let date = self.naive();
        (date.year(), date.month(), date.day())
    }

    /// So much later. Months and years keep the day or take the month's last. `None` outside the calendar.
    #[must_use]
    pub fn checked_add(self, duration: Duration) -> Option<Date> {
        if let Some(days) = duration.days() {
            return Date::from_day_number(i32::try_from(i64::from(self.0) + days).ok()?);
        }
        let months = duration.months()?;
        let step = Months::new(u32::try_from(months.unsigned_abs()).ok()?);
        let date =
            if months >= 0 { self.naive().checked_add_months(step) } else { self.naive().checked_sub_months(step) }?;
        Date::from_day_number(date.num_days_from_ce())
    }

    /// So much earlier. Months and years keep the day or take the month's last. `None` outside the calendar.
    #[must_use]
    pub fn checked_sub(self, duration: Duration) -> Option<Date> {
        self.checked_add(duration.negated()?)
    }

    /// Completed units from `self` to `other`: the largest n with `self + n units` on or before `other`;
    /// negative, counted the other way, when `other` is earlier.
    #[must_use]
    pub fn completed(self, unit: DurationUnit, other: Date) -> i64 {
        if other < self {
            return -other.completed(unit, self);
        }
        let days = i64::from(other.0) - i64::from(self.0);
        match unit {
            DurationUnit::Days => days,
            DurationUnit::Weeks => days / 7,
            DurationUnit::Months => self.completed_months(other),
            DurationUnit::Years => self.completed_months(other).div_euclid(12),
        }
    }

    fn completed_months(self, other: Date) -> i64 {
        let (from_year, from_month, _) = self.ymd();
        let (to_year, to_month, _) = other.ymd();
        let months = i64::from(to_year - from_year) * 12 + i64::from(to_month) - i64::from(from_month);
        let reached = i32::try_from(months)
            .ok()
            .and_then(|count| self.checked_add(Duration::new(count, DurationUnit::Months)))
            .is_some_and(|day| day <= other);
        if reached { months } else { months - 1 }
    }

    /// The day after; `None` after 9999-12-31.
    #[must_use]
    pub fn next(self) -> Option<Date> {
        Date::from_day_number(self.0 + 1)
    }

    /// The day before; `None` before 0001-01-01.
    #[must_use]
    pub fn previous(self) -> Option<Date> {
        Date::from_day_number(self.0 - 1)
    }

    /// Its day of the week.
    #[must_use]
    pub fn weekday(self) -> Weekday {
        Weekday::after_monday(self.0 - Date::MIN.0)
    }

    /// The Monday on or before it; the calendar begins with one.
    pub(crate) fn monday(self) -> Date {
        Date(self.0 - (self.0 - Date::MIN.0).rem_euclid(7))
    }

    /// ISO 8601: the year and the number of its week. Weeks begin on Monday and belong to the year of their Thursday.
    pub(crate) fn iso_week(self) -> (i32, i32) {
        // The calendar ends on a Friday, so the week of each of its days has its Thursday.
        let thursday = Date(self.monday().0 + 3);
        let (year, _, _) = thursday.ymd();
        let new_year = Date::from_ymd(year, 1, 1).unwrap_or(thursday);
        (year, (thursday.0 - new_year.0) / 7 + 1)
    }

    /// Whether it is a 29 February.
    #[must_use]
    pub fn is_leap_day(self) -> bool {
        let (_, month, day) = self.ymd();
        month == 2 && day == 29
    }
}

/// `2004-05-12`
impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(std::str::from_utf8(&self.letters()).unwrap_or_default())
    }
}

impl Date {
    /// `2004-05-12`, in ASCII. One piece: pieces one by one take many times as long.
    pub(crate) fn letters(self) -> [u8; 10] {
        let (year, month, day) = self.ymd();
        let digit = |number: u32| b'0' + (number % 10) as u8;
        let year = year.unsigned_abs();
        let [a, b, c, d] = [1000, 100, 10, 1].map(|unit| digit(year / unit));
        let [e, g, h, i] = [month / 10, month, day / 10, day].map(digit);
        [a, b, c, d, b'-', e, g, b'-', h, i]
    }
}

impl FromStr for Date {
    type Err = DateError;

    fn from_str(text: &str) -> Result<Date, DateError> {
        match text.parse::<PartialDate>()? {
            PartialDate::Day(date) => Ok(date),
            PartialDate::Month { .. } | PartialDate::Year(_) => Err(DateError::Form),
        }
    }
}

/// A day that may be known only to its month or its year. It means *one* day, not better known.
///
/// ```
/// use riktlinje::PartialDate;
/// let date: PartialDate = "2004-02".parse().unwrap();
/// assert_eq!(date.first().to_string(), "2004-02-01");
/// assert_eq!(date.last().to_string(), "2004-02-29");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum PartialDate {
    /// A whole date.
    Day(Date),
    /// Some day of that month.
    Month {
        /// 1 to 9999.
        year: i32,
        /// 1 to 12.
        month: u32,
    },
    /// Some day of that year, 1 to 9999.
    Year(i32),
}

impl PartialDate {
    /// From its parts; `None` where the calendar has no such day, month or year.
    #[must_use]
    pub fn from_parts(year: i32, month: Option<u32>, day: Option<u32>) -> Option<PartialDate> {
        let first = Date::from_ymd(year, month.unwrap_or(1), day.unwrap_or(1))?;
        match (month, day) {
            (Some(_), Some(_)) => Some(PartialDate::Day(first)),
            (Some(month), None) => Some(PartialDate::Month { year, month }),
            (None, None) => Some(PartialDate::Year(year)),
            (None, Some(_)) => None,
        }
    }

    /// The date that says exactly `first` through `last`, if one does.
    #[must_use]
    pub fn from_days(first: Date, last: Date) -> Option<PartialDate> {
        let (year, month, _) = first.ymd();
        [PartialDate::Day(first), PartialDate::Month { year, month }, PartialDate::Year(year)]
            .into_iter()
            .find(|date| date.first() == first && date.last() == last)
    }

    /// The first day it can be.
    #[must_use]
    pub fn first(self) -> Date {
        match self {
            PartialDate::Day(date) => date,
            PartialDate::Month { year, month } => Date::from_ymd(year, month, 1).unwrap_or(Date::MIN),
            PartialDate::Year(year) => Date::from_ymd(year, 1, 1).unwrap_or(Date::MIN),
        }
    }

    /// The last day it can be.
    #[must_use]
    pub fn last(self) -> Date {
        let after =
            |unit| self.first().checked_add(Duration::new(1, unit)).and_then(Date::previous).unwrap_or(Date::MAX);
        match self {
            PartialDate::Day(date) => date,
            PartialDate::Month { .. } => after(DurationUnit::Months),
            PartialDate::Year(_) => after(DurationUnit::Years),
        }
    }
}

impl From<Date> for PartialDate {
    fn from(date: Date) -> PartialDate {
        PartialDate::Day(date)
    }
}

impl fmt::Display for PartialDate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            PartialDate::Day(date) => date.fmt(f),
            PartialDate::Month { year, month } => write!(f, "{year:04}-{month:02}"),
            PartialDate::Year(year) => write!(f, "{year:04}"),
        }
    }
}

/// `2004-05-12`, `2004-05` or `2004`; four, two and two digits.
impl FromStr for PartialDate {
    type Err = DateError;

    fn from_str(text: &str) -> Result<PartialDate, DateError> {
        let (year, rest) = text.as_bytes().split_first_chunk::<4>().ok_or(DateError::Form)?;
        let (month, day) = match *rest {
            [b'-', a, b, b'-', c, d] => (Some([a, b]), Some([c, d])),
            [b'-', a, b] => (Some([a, b]), None),
            [] => (None, None),
            _ => return Err(DateError::Form),
        };
        let digit = |byte: u8| {
            let digit = u32::from(byte.wrapping_sub(b'0'));
            if digit < 10 { Ok(digit) } else { Err(DateError::Form) }
        };
        let two = |[a, b]: [u8; 2]| Ok(digit(a)? * 10 + digit(b)?);
        let [a, b, c, d] = *year;
        let year = two([a, b])? * 100 + two([c, d])?;
        let (month, day) = (month.map(two).transpose()?, day.map(two).transpose()?);
        let year = year.cast_signed();
        PartialDate::from_parts(year, month, day).ok_or(DateError::NoSuchDay)
    }
}
