//! What is known of a condition: yes, no, or not known. The only place that says what unknown does.

use std::fmt;

/// The answer to a condition. `Unknown` is never "no": it means that the facts at hand settle nothing.
///
/// The operations are Kleene's strong three-valued ones: an answer is given as soon as it holds for
/// every way the missing facts could turn out.
///
/// ```
/// use riktlinje::Truth;
/// assert_eq!(Truth::Unknown.and(Truth::False), Truth::False);
/// assert_eq!(Truth::Unknown.or(Truth::True), Truth::True);
/// assert_eq!(!Truth::Unknown, Truth::Unknown);
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Truth {
    /// Known not to hold.
    False,
    /// Not known.
    Unknown,
    /// Known to hold.
    True,
}

impl Truth {
    /// Conjunction. `False` wins over `Unknown`.
    #[must_use]
    pub fn and(self, other: Truth) -> Truth {
        match (self, other) {
            (Truth::False, _) | (_, Truth::False) => Truth::False,
            (Truth::True, Truth::True) => Truth::True,
            (Truth::Unknown, Truth::True | Truth::Unknown) | (Truth::True, Truth::Unknown) => Truth::Unknown,
        }
    }

    /// Disjunction. `True` wins over `Unknown`.
    #[must_use]
    pub fn or(self, other: Truth) -> Truth {
        !((!self).and(!other))
    }

    /// Whether an answer is known.
    #[must_use]
    pub fn is_known(self) -> bool {
        match self {
            Truth::True | Truth::False => true,
            Truth::Unknown => false,
        }
    }

    /// From what holds for every possibility and what holds for none of them.
    ///
    /// `all` and `none` both true cannot be; it would mean that nothing is possible, and is read as unknown.
    #[must_use]
    pub fn from_bounds(all: bool, none: bool) -> Truth {
        match (all, none) {
            (true, false) => Truth::True,
            (false, true) => Truth::False,
            (false, false) | (true, true) => Truth::Unknown,
        }
    }
}

impl From<bool> for Truth {
    fn from(value: bool) -> Truth {
        if value { Truth::True } else { Truth::False }
    }
}

impl std::ops::Not for Truth {
    type Output = Truth;

    /// Negation. `Unknown` stays unknown.
    fn not(self) -> Truth {
        match self {
            Truth::True => Truth::False,
            Truth::Unknown => Truth::Unknown,
            Truth::False => Truth::True,
        }
    }
}

impl fmt::Display for Truth {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Truth::True => "yes",
            Truth::Unknown => "unknown",
            Truth::False => "no",
        })
    }
}
