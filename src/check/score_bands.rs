//! Bands of one score: totals that none holds or two claim, bands out of order, bands that no total reaches.
//!
//! Exact: where the totals can be listed each is tried, else one of every region that the ends of the bands cut out,
//! on the grid that rounding leaves. Ends that depend on conditions are tried together: the same conditions written for
//! two bands hold for both.

use super::report::{Report, finding};
use crate::diagnostic::codes;
use crate::schema::Allowed;
use crate::source::FileId;
use crate::syntax::ast::{ItemPoints, Name, ScoreItem, Span};
use crate::value::Number;
use std::collections::BTreeSet;

/// At most so many different totals are listed.
const MOST_TOTALS: usize = 5_000;
/// At most so many ways in which conditions can choose the ends.
const MOST_WAYS: usize = 256;

/// At most so many sums are made, and so often a band is asked whether it holds a total, for all scores together.
const MOST_WORK: usize = 4_000_000;

/// The numbers that a total can be.
pub(super) enum Totals {
    /// Ascending.
    Listed(Vec<Number>),
    /// Multiples of a step, or any number, between two ends.
    Between { step: Option<Number>, low: Option<Number>, high: Option<Number> },
    /// Outside what can be computed.
    Unclear,
}

impl Totals {
    pub(super) const ANY: Totals = Totals::Between { step: None, low: None, high: None };

    pub(super) fn rounded(decimals: u32) -> Totals {
        let step = 10_i128.checked_pow(decimals).and_then(|tenth| Number::new(1, tenth));
        Totals::Between { step, low: None, high: None }
    }
}

/// How much more of this work there may be for all scores that are checked together.
#[derive(Debug)]
pub(super) struct Work(usize);

impl Default for Work {
    fn default() -> Work {
        Work(MOST_WORK)
    }
}

impl Work {
    /// Takes so much, if so much is left.
    fn take(&mut self, much: usize) -> Option<()> {
        self.0 = self.0.checked_sub(much)?;
        Some(())
    }
}

/// What items can add up to.
pub(super) fn totals(items: &[ScoreItem], work: &mut Work) -> Totals {
    listed(items, work).map_or_else(|| between(items).unwrap_or(Totals::Unclear), Totals::Listed)
}

/// Every sum, unless there are too many.
fn listed(items: &[ScoreItem], work: &mut Work) -> Option<Vec<Number>> {
    let mut totals: BTreeSet<Number> = BTreeSet::from([Number::ZERO]);
    for item in items {
        let points: Vec<Number> = match &item.points {
            ItemPoints::Range(low, high) => {
                let (low, high) = (whole(low.value)?, whole(high.value)?);
                let count = usize::try_from(high.saturating_sub(low)).ok()?;
                if count > MOST_TOTALS {
                    return None;
                }
                Allowed::Whole { low, high }.values(MOST_TOTALS + 1)
            }
            ItemPoints::Listed(listed) => listed.iter().map(|number| number.value).collect(),
            ItemPoints::Weighted { arms, otherwise } => {
                let last = otherwise.as_ref().map_or(Number::ZERO, |points| points.value);
                arms.iter().map(|(points, _)| points.value).chain([last]).collect()
            }
        };
        for _ in &item.names {
            work.take(totals.len().saturating_mul(points.len()))?;
            let sums = totals.iter().flat_map(|total| points.iter().map(move |points| total.checked_add(points)));
            totals = sums.collect::<Option<BTreeSet<Number>>>()?;
            if totals.len() > MOST_TOTALS {
                return None;
            }
        }
    }
    Some(totals.into_iter().collect())
}

fn whole(number: Number) -> Option<i64> {
    number.to_integer().and_then(|number| i64::try_from(number).ok())
}

/// From the least sum to the most; whole numbers where all points are.
fn between(items: &[ScoreItem]) -> Option<Totals> {
    let (mut low, mut high, mut step) = (Number::ZERO, Number::ZERO, Some(Number::ONE));
    for item in items {
        let points: Vec<Number> = match &item.points {
            ItemPoints::Range(low, high) => vec![low.value, high.value],
            ItemPoints::Listed(listed) => listed.iter().map(|number| number.value).collect(),
            ItemPoints::Weighted { arms, otherwise } => {
                let last = otherwise.as_ref().map_or(Number::ZERO, |points| points.value);
                arms.iter().map(|(points, _)| points.value).chain([last]).collect()
            }
        };
        step = step.filter(|_| points.iter().all(|points| points.to_integer().is_some()));
        for _ in &item.names {
            low = low.checked_add(points.iter().min()?)?;
            high = high.checked_add(points.iter().max()?)?;
        }
    }
    Some(Totals::Between { step, low: Some(low), high: Some(high) })
}

/// The totals from one end to the other, each with whether the end belongs to them.
#[derive(Debug, Clone, Copy)]
pub(super) struct Side {
    pub(super) low: Option<(Number, bool)>,
    pub(super) high: Option<(Number, bool)>,
}

impl Side {
    pub(super) const ALL: Side = Side { low: None, high: None };

    fn holds(&self, total: &Number) -> bool {
        self.low.is_none_or(|(low, with)| low < *total || (with && low == *total))
            && self.high.is_none_or(|(high, with)| *total < high || (with && high == *total))
    }
}

/// The totals of one band: by conditions (their words), else `last`; `None`: undetermined.
pub(super) struct Reaches {
    pub(super) arms: Vec<(String, Side)>,
    pub(super) last: Option<Side>,
}

pub(super) struct Line<'a> {
    pub(super) name: &'a Name,
    pub(super) reaches: Reaches,
}

/// One way in which the conditions can turn out: by band its totals, and the conditions that hold.
struct Way {
    sides: Vec<Side>,
    when: Vec<String>,
}

pub(super) fn look(
    lines: &[Line<'_>],
    totals: &Totals,
    work: &mut Work,
    bands: Option<Span>,
    file: FileId,
    report: &mut Report<'_>,
) {
    let Some(at) = bands.filter(|_| !lines.is_empty()) else { return };
    let ways = ways(lines);
    let tried = tried(lines, totals);
    if work.take(ways.len().saturating_mul(tried.len()).saturating_mul(lines.len())).is_none() {
        return;
    }
    let mut reached = vec![false; lines.len()];
    let mut said: BTreeSet<String> = BTreeSet::new();
    for way in &ways {
        let mut gap: Option<(usize, usize)> = None;
        let first_of = |total: &Number| way.sides.iter().position(|side| side.holds(total));
        for (place, total) in tried.iter().enumerate() {
            let Some(first) = first_of(total) else {
                gap = Some(gap.map_or((place, place), |(from, _)| (from, place)));
                continue;
            };
            if let Some(slot) = reached.get_mut(first) {
                *slot = true;
            }
            if let Some(gap) = gap.take() {
                say_gap(gap, &tried, totals, way, at, file, &mut said, report);
            }
            // A band with an upper end says that it reaches so far.
            let claims = |side: &Side| side.high.is_some() && side.holds(total);
            let others = way.sides.iter().enumerate().skip(first + 1);
            if let Some((other, _)) = others.into_iter().find(|(_, side)| claims(side)) {
                let names = [first, other].map(|place| lines.get(place).map(|line| line.name));
                if let [Some(first), Some(other)] = names
                    && said.insert(format!("overlap {} {}", first.value, other.value))
                {
                    let message =
                        format!("a total of {total}{} is in `{}` and in `{}`", way.said(), first.value, other.value);
                    let found = finding(codes::BAND_OVERLAP, file, other.span, message);
                    report.add(found.help("let one end before the other begins"));
                }
            }
        }
        if let Some(gap) = gap {
            say_gap(gap, &tried, totals, way, at, file, &mut said, report);
        }
        order(lines, way, file, &mut said, report);
    }
    // What was reported out of order may be unreached for that reason.
    if ways.is_empty() || tried.is_empty() || said.iter().any(|said| said.starts_with("order")) {
        return;
    }
    for (line, _) in lines.iter().zip(&reached).filter(|(_, reached)| !**reached) {
        let message = format!("no total reaches the band `{}`", line.name.value);
        let found = finding(codes::BAND_ORDER, file, line.name.span, message);
        report.add(found.help("bands before it hold for all its totals, or the items never add up to them"));
    }
}

impl Way {
    /// ` when sex is man`, where there are conditions.
    fn said(&self) -> String {
        if self.when.is_empty() { String::new() } else { format!(" when `{}`", self.when.join("`, `")) }
    }
}

/// Lower ends must come down from band to band.
fn order(lines: &[Line<'_>], way: &Way, file: FileId, said: &mut BTreeSet<String>, report: &mut Report<'_>) {
    let mut above: Option<(Number, &Name)> = None;
    for (line, side) in lines.iter().zip(&way.sides) {
        let low = side.low.map(|(low, _)| low);
        if let (Some((before, name)), Some(low)) = (above, low)
            && low > before
            && said.insert(format!("order {}", line.name.value))
        {
            let message = format!(
                "`{}` begins at {low}{}, and `{}` above it at {before}",
                line.name.value,
                way.said(),
                name.value
            );
            let found = finding(codes::BAND_ORDER, file, line.name.span, message);
            report.add(found.help("write the bands from the highest to the lowest"));
        }
        above = low.map(|low| (low, line.name)).or(above);
    }
}

/// All ways in which the conditions choose the ends; one in which a band is undetermined says nothing. None where there
/// are too many.
fn ways(lines: &[Line<'_>]) -> Vec<Way> {
    // Bands with the same conditions in the same order choose together.
    let mut groups: Vec<Vec<&str>> = Vec::new();
    let words = |line: &Line<'_>| -> Vec<String> { line.reaches.arms.iter().map(|(when, _)| when.clone()).collect() };
    let all: Vec<Vec<String>> = lines.iter().map(words).collect();
    for words in &all {
        let words: Vec<&str> = words.iter().map(String::as_str).collect();
        if !words.is_empty() && !groups.contains(&words) {
            groups.push(words);
        }
        // Each has at least two ways.
        if groups.len() > 8 {
            return Vec::new();
        }
    }
    let count = groups.iter().map(|group| group.len() + 1).fold(1, usize::saturating_mul);
    if count > MOST_WAYS || count.saturating_mul(lines.len()) > MOST_WORK / 10 {
        return Vec::new();
    }
    let mut found = Vec::new();
    for choice in 0..count {
        let mut rest = choice;
        let mut chosen: Vec<usize> = Vec::with_capacity(groups.len());
        for group in &groups {
            chosen.push(rest % (group.len() + 1));
            rest /= group.len() + 1;
        }
        let side = |(line, words): (&Line<'_>, &Vec<String>)| {
            let group = groups.iter().position(|group| group.iter().eq(words.iter()));
            let arm = group.and_then(|group| chosen.get(group).copied()).unwrap_or(0);
            line.reaches.arms.get(arm).map(|(_, side)| *side).or(line.reaches.last)
        };
        let Some(sides) = lines.iter().zip(&all).map(side).collect::<Option<Vec<Side>>>() else { continue };
        let when = groups.iter().zip(&chosen).filter_map(|(group, arm)| group.get(*arm).map(ToString::to_string));
        found.push(Way { sides, when: when.collect() });
    }
    found
}

/// Totals to try, ascending: every one there is, or one of each region.
fn tried(lines: &[Line<'_>], totals: &Totals) -> Vec<Number> {
    let (step, lowest, highest) = match totals {
        Totals::Listed(totals) => return totals.clone(),
        Totals::Unclear => return Vec::new(),
        Totals::Between { step, low, high } => (*step, *low, *high),
    };
    let sides = lines.iter().flat_map(|line| line.reaches.arms.iter().map(|(_, side)| side).chain(&line.reaches.last));
    let ends: BTreeSet<Number> =
        sides.flat_map(|side| [side.low, side.high]).flatten().map(|(number, _)| number).collect();
    let half = Number::new(1, 2).unwrap_or(Number::ONE);
    let mut tried: BTreeSet<Number> = BTreeSet::new();
    match step {
        Some(step) => {
            for end in &ends {
                // The multiples of the step around it.
                let count = end.checked_div(&step);
                let below = count.map(|count| count.numerator().div_euclid(count.denominator()));
                let multiples =
                    below.into_iter().flat_map(|below| (-1..=2).map(move |more| below.saturating_add(more)));
                let at = |count: i128| Number::new(count, 1).and_then(|count| count.checked_mul(&step));
                tried.extend(multiples.filter_map(at));
            }
        }
        None => {
            tried.extend(&ends);
            for (low, high) in ends.iter().zip(ends.iter().skip(1)) {
                tried.extend(low.checked_add(high).and_then(|sum| sum.checked_mul(&half)));
            }
            tried.extend(ends.first().and_then(|first| first.checked_sub(&Number::ONE)));
            tried.extend(ends.last().and_then(|last| last.checked_add(&Number::ONE)));
        }
    }
    tried.extend(lowest);
    tried.extend(highest);
    if tried.is_empty() {
        tried.insert(Number::ZERO);
    }
    tried.retain(|total| {
        lowest.is_none_or(|lowest| lowest <= *total) && highest.is_none_or(|highest| *total <= highest)
    });
    tried.into_iter().collect()
}

#[allow(clippy::too_many_arguments, reason = "one message, from all that a run over the totals knows")]
fn say_gap(
    (from, to): (usize, usize),
    tried: &[Number],
    totals: &Totals,
    way: &Way,
    at: Span,
    file: FileId,
    said: &mut BTreeSet<String>,
    report: &mut Report<'_>,
) {
    let (Some(first), Some(last)) = (tried.get(from), tried.get(to)) else { return };
    let before = from.checked_sub(1).and_then(|place| tried.get(place));
    let after = tried.get(to + 1);
    let listed = matches!(totals, Totals::Listed(_));
    let gap = match (before, after) {
        _ if listed && first == last => format!("of {first}"),
        _ if listed => format!("from {first} to {last}"),
        (Some(before), Some(after)) => format!("between {before} and {after}"),
        (None, Some(after)) => format!("below {after}"),
        (Some(before), None) => format!("above {before}"),
        (None, None) => "at all".to_owned(),
    };
    if said.insert(format!("gap {gap}")) {
        let message = format!("no band holds a total {gap}{}", way.said());
        let found = finding(codes::BAND_GAP, file, at, message);
        let help = "let one of the bands reach further, or write a last one `… otherwise`";
        report.add(found.help(help));
    }
}
