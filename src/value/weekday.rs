//! The days of the week.

use std::fmt;

/// A day of the week; they are ordered from Monday, as ISO 8601 has it.
///
/// ```
/// use riktlinje::{Date, Weekday};
/// let day: Date = "2026-11-22".parse().unwrap();
/// assert_eq!(day.weekday(), Weekday::Sunday);
/// assert_eq!(day.weekday().to_string(), "Sunday");
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Weekday {
    /// The first.
    Monday,
    /// The second.
    Tuesday,
    /// The third.
    Wednesday,
    /// The fourth.
    Thursday,
    /// The fifth.
    Friday,
    /// The sixth.
    Saturday,
    /// The seventh.
    Sunday,
}

impl Weekday {
    /// All seven, Monday first.
    pub const ALL: [Weekday; 7] = [
        Weekday::Monday,
        Weekday::Tuesday,
        Weekday::Wednesday,
        Weekday::Thursday,
        Weekday::Friday,
        Weekday::Saturday,
        Weekday::Sunday,
    ];

    /// So many days after a Monday (before it, if negative).
    pub(crate) fn after_monday(days: i32) -> Weekday {
        match days.rem_euclid(7) {
            0 => Weekday::Monday,
            1 => Weekday::Tuesday,
            2 => Weekday::Wednesday,
            3 => Weekday::Thursday,
            4 => Weekday::Friday,
            5 => Weekday::Saturday,
            _ => Weekday::Sunday,
        }
    }

    /// The English word, as the language writes it.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Weekday::Monday => "Monday",
            Weekday::Tuesday => "Tuesday",
            Weekday::Wednesday => "Wednesday",
            Weekday::Thursday => "Thursday",
            Weekday::Friday => "Friday",
            Weekday::Saturday => "Saturday",
            Weekday::Sunday => "Sunday",
        }
    }
}

/// `Monday`.
impl fmt::Display for Weekday {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.word())
    }
}

#[cfg(test)]
mod tests {
    use super::Weekday;
    use crate::value::Date;

    #[test]
    fn weeks_are_those_of_iso_8601() {
        let cases = [
            ((2026, 11, 22), Weekday::Sunday, (2026, 47)),
            ((2024, 12, 30), Weekday::Monday, (2025, 1)),
            ((2021, 1, 3), Weekday::Sunday, (2020, 53)),
            ((2020, 12, 31), Weekday::Thursday, (2020, 53)),
            ((2000, 2, 29), Weekday::Tuesday, (2000, 9)),
            ((1, 1, 1), Weekday::Monday, (1, 1)),
            ((9999, 12, 31), Weekday::Friday, (9999, 52)),
        ];
        for ((year, month, day), weekday, week) in cases {
            let date = Date::from_ymd(year, month, day).unwrap_or(Date::MIN);
            assert_eq!((date.weekday(), date.iso_week()), (weekday, week), "{date}");
            assert_eq!(date.monday().weekday(), Weekday::Monday);
            assert!((0..7).contains(&(date.day_number() - date.monday().day_number())));
        }
    }

    #[test]
    fn they_stand_in_order() {
        for (index, day) in Weekday::ALL.into_iter().enumerate() {
            assert_eq!(i32::try_from(index).map(Weekday::after_monday), Ok(day));
        }
    }
}
