//! Indicators over many patients and over published counts. Pure counting: who is counted is the evaluator's answer.

mod compare;
mod count;

use crate::ground::Ground;
use crate::language::Localized;

pub use compare::{GroupComparison, IndicatorComparison, PublishedCell, PublishedCount};
pub(crate) use compare::{Plan, compare};
pub use count::{Count, Interval, Trend};

/// What an indicator came to over many patients.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct IndicatorCounts {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// Everybody who is counted.
    pub all: GroupCounts,
    /// In the order of the rule; a patient may be in several. Empty where the indicator has no groups.
    pub groups: Vec<GroupCounts>,
    /// Those counted that are certainly none of them, by place among the patients; only where the rule says
    /// `list the others`.
    pub others: Vec<usize>,
    /// Those of whom it is not known whether they are counted, or one of them, by place among the patients.
    pub undetermined: Vec<usize>,
    /// Counts that are kept back when they are shown.
    pub kept: Option<KeptBack>,
    /// What to think of before using the numbers.
    pub caution: Localized,
    /// Never empty.
    pub grounds: Vec<Ground>,
}

/// The counts of one group.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GroupCounts {
    /// `F10`, as written; `None`: everybody.
    pub group: Option<String>,
    /// Those who are counted.
    pub counted: Count,
    /// Those of them that the indicator looks for.
    pub is_in: Count,
}

/// Small counts that are not shown.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct KeptBack {
    /// The least count that is kept back.
    pub from: u64,
    /// The largest count that is kept back.
    pub to: u64,
    /// What is shown instead.
    pub shown: String,
}

impl GroupCounts {
    pub(crate) fn none(group: Option<&str>) -> GroupCounts {
        GroupCounts { group: group.map(str::to_owned), counted: Count::exactly(0), is_in: Count::exactly(0) }
    }

    /// Adds patients: those who certainly and those who perhaps are counted, and the same of those it looks for.
    pub(crate) fn add(&mut self, counted: (u64, u64), is_in: (u64, u64)) {
        for (count, (low, high)) in [(&mut self.counted, counted), (&mut self.is_in, is_in)] {
            count.low += low;
            count.high += high;
        }
    }

    /// Those in it as a share of those counted, from 0 to 1; `None` where nobody, or perhaps nobody, is counted.
    #[must_use]
    pub fn share(&self) -> Option<Interval> {
        self.is_in.share_of(self.counted)
    }
}

impl KeptBack {
    /// The text to show: the number, or what stands for a small one. A count that is not known shows its ends, each in
    /// the same way; both once where they are small.
    #[must_use]
    pub fn shown(&self, count: Count) -> String {
        let is_small = |number: u64| (self.from..=self.to).contains(&number);
        let end = |number: u64| if is_small(number) { self.shown.clone() } else { number.to_string() };
        if count.known().is_some() || (is_small(count.low) && is_small(count.high)) {
            return end(count.low);
        }
        format!("{}–{}", end(count.low), end(count.high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_kept_back_does_not_say_that_a_large_number_is_small() {
        let kept = KeptBack { from: 1, to: 4, shown: "few".to_owned() };
        for ((low, high), shown) in [
            ((0, 0), "0"),
            ((1, 1), "few"),
            ((4, 4), "few"),
            ((5, 5), "5"),
            ((2, 3), "few"),
            // Nobody is not few, and twenty are not, either.
            ((0, 3), "0–few"),
            ((3, 20), "few–20"),
            ((0, 20), "0–20"),
            ((5, 20), "5–20"),
        ] {
            assert_eq!(kept.shown(Count::between(low, high)), shown);
        }
    }
}
