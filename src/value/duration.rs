//! Durations in words: so many days, weeks, months or years.

use std::fmt;

/// A whole number of one calendar unit. `12 months` and `1 year` are the same length but keep their words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Duration {
    count: i32,
    unit: DurationUnit,
}

/// The unit of a [`Duration`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum DurationUnit {
    /// Calendar days.
    Days,
    /// Seven days.
    Weeks,
    /// Calendar months.
    Months,
    /// Twelve months.
    Years,
}

impl Duration {
    /// So many of a unit. Negative counts point back in time.
    #[must_use]
    pub const fn new(count: i32, unit: DurationUnit) -> Duration {
        Duration { count, unit }
    }

    /// How many of the unit.
    #[must_use]
    pub fn count(self) -> i32 {
        self.count
    }

    /// The unit as written.
    #[must_use]
    pub fn unit(self) -> DurationUnit {
        self.unit
    }

    /// Calendar months, for months and years; `None` for days and weeks: the two are never compared.
    #[must_use]
    pub fn months(self) -> Option<i64> {
        match self.unit {
            DurationUnit::Months => Some(i64::from(self.count)),
            DurationUnit::Years => Some(i64::from(self.count) * 12),
            DurationUnit::Days | DurationUnit::Weeks => None,
        }
    }

    /// Days, for days and weeks; `None` for months and years.
    #[must_use]
    pub fn days(self) -> Option<i64> {
        match self.unit {
            DurationUnit::Days => Some(i64::from(self.count)),
            DurationUnit::Weeks => Some(i64::from(self.count) * 7),
            DurationUnit::Months | DurationUnit::Years => None,
        }
    }

    /// Ordering within one family (days and weeks, or months and years); `None` across.
    #[must_use]
    pub fn compare(self, other: Duration) -> Option<std::cmp::Ordering> {
        match (self.months(), other.months(), self.days(), other.days()) {
            (Some(a), Some(b), _, _) | (_, _, Some(a), Some(b)) => Some(a.cmp(&b)),
            _ => None,
        }
    }

    /// The same length in the other direction; `None` for the one count that has no opposite.
    #[must_use]
    pub fn negated(self) -> Option<Duration> {
        Some(Duration { count: self.count.checked_neg()?, unit: self.unit })
    }
}

impl DurationUnit {
    /// The English word, singular.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            DurationUnit::Days => "day",
            DurationUnit::Weeks => "week",
            DurationUnit::Months => "month",
            DurationUnit::Years => "year",
        }
    }
}

/// `20 years`, `1 month`: the form that is also read.
impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let plural = if self.count == 1 { "" } else { "s" };
        write!(f, "{} {}{plural}", self.count, self.unit.word())
    }
}

impl std::str::FromStr for Duration {
    type Err = ();

    fn from_str(text: &str) -> Result<Duration, ()> {
        let (count, unit) = text.split_once(' ').ok_or(())?;
        let unit = match unit {
            "day" | "days" => DurationUnit::Days,
            "week" | "weeks" => DurationUnit::Weeks,
            "month" | "months" => DurationUnit::Months,
            "year" | "years" => DurationUnit::Years,
            _ => return Err(()),
        };
        let plain = count.bytes().all(|b| b.is_ascii_digit()) && (count == "0" || !count.starts_with('0'));
        if !plain {
            return Err(());
        }
        Ok(Duration::new(count.parse().map_err(|_| ())?, unit))
    }
}
