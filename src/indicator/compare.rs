//! Published counts by group and year: shares, changes and trends, with what is kept back as intervals.

use super::count::{Count, Interval, Trend};
use super::{GroupCounts, KeptBack};

/// One row of a published table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublishedCount {
    /// `F10`, as the indicator names its groups; `None`: everybody.
    pub group: Option<String>,
    /// The year that was counted.
    pub year: i32,
    /// Those who were counted.
    pub counted: PublishedCell,
    /// Those of them that the indicator looks for.
    pub is_in: PublishedCell,
}

/// A number of a published table, or what stands there for a small one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublishedCell {
    /// A number.
    Number(u64),
    /// The text that the indicator's `suppress … as` names.
    KeptBack,
}

impl PublishedCell {
    fn count(&self, kept: Option<&KeptBack>) -> Count {
        match (self, kept) {
            (PublishedCell::Number(number), _) => Count::exactly(*number),
            (PublishedCell::KeptBack, Some(kept)) => Count::between(kept.from, kept.to),
            // INVARIANT: without `suppress` no cell is kept back; the reader refuses it.
            (PublishedCell::KeptBack, None) => Count::between(0, u64::MAX),
        }
    }
}

/// What published counts say of an indicator.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct IndicatorComparison {
    /// Its name.
    pub id: String,
    /// The two years, the later one first as the rule names them; `None` where the rule compares none.
    pub years: Option<(i32, i32)>,
    /// One for each group of the indicator that the table has, in the order of the rule; everybody first where the table
    /// has that.
    pub groups: Vec<GroupComparison>,
    /// Groups of the table that the indicator does not have: it says nothing about them.
    pub not_covered: Vec<String>,
}

/// One group of a published table.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct GroupComparison {
    /// `None`: everybody.
    pub group: Option<String>,
    /// Year by year as in the table, ascending.
    pub years: Vec<(i32, GroupCounts)>,
    /// Of those in it, from the rule's second year to its first; `None` where the table lacks one of the two.
    pub change: Option<Interval>,
    /// Of the share (0 to 1).
    pub share_change: Option<Interval>,
    /// Which way the number goes.
    pub trend: Trend,
    /// Which way the share goes.
    pub share_trend: Trend,
}

/// What a rule says of groups and years.
pub(crate) struct Plan<'a> {
    pub(crate) id: &'a str,
    pub(crate) groups: Vec<&'a str>,
    pub(crate) years: Option<(i32, i32)>,
    pub(crate) kept: Option<&'a KeptBack>,
}

/// Sorts a published table by the rule's groups and compares its years.
pub(crate) fn compare(plan: &Plan<'_>, rows: &[PublishedCount]) -> IndicatorComparison {
    let names = std::iter::once(None).chain(plan.groups.iter().map(|group| Some(*group)));
    let groups = names.filter_map(|name| {
        let mut own: Vec<(i32, GroupCounts)> = rows
            .iter()
            .filter(|row| row.group.as_deref() == name)
            .map(|row| {
                let counts = GroupCounts {
                    group: row.group.clone(),
                    counted: row.counted.count(plan.kept),
                    is_in: row.is_in.count(plan.kept),
                };
                (row.year, counts)
            })
            .collect();
        own.sort_by_key(|(year, _)| *year);
        (!own.is_empty()).then(|| group(name, own, plan.years))
    });
    let mut not_covered: Vec<String> = Vec::new();
    for group in rows.iter().filter_map(|row| row.group.as_deref()) {
        if !plan.groups.contains(&group) && !not_covered.iter().any(|seen| seen == group) {
            not_covered.push(group.to_owned());
        }
    }
    IndicatorComparison { id: plan.id.to_owned(), years: plan.years, groups: groups.collect(), not_covered }
}

fn group(name: Option<&str>, years: Vec<(i32, GroupCounts)>, compared: Option<(i32, i32)>) -> GroupComparison {
    let of = |year: i32| years.iter().find(|(own, _)| *own == year).map(|(_, counts)| counts);
    let both = compared.and_then(|(now, before)| Some((of(now)?, of(before)?)));
    let change = both.map(|(now, before)| now.is_in.change_since(before.is_in));
    let share_change = both.and_then(|(now, before)| now.share()?.change_since(before.share()?));
    GroupComparison {
        group: name.map(str::to_owned),
        change,
        share_change,
        trend: change.map_or(Trend::Unknown, Interval::trend),
        share_trend: share_change.map_or(Trend::Unknown, Interval::trend),
        years,
    }
}
