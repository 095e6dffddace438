//! What answers can do to a rule's conditions about one unit, and which of the gaps make a difference.

use super::index::Values;
use crate::value::Truth;
use std::ops::{BitAnd, BitOr};

/// At most so many different ways to answer the gaps that some conditions have in common.
const MOST_WAYS: usize = 4096;

/// Of some conditions those that surely pass, and those that may.
pub(super) type Way = (u8, u8);

/// Gaps that make a difference to something, as bits.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Differences {
    /// To what it comes to.
    pub(super) any: u64,
    /// To whether it comes to no: one answer does, another does not.
    pub(super) with_no: u64,
}

impl Differences {
    /// All of these gaps make the difference between these values.
    pub(super) fn of(values: Values, gaps: u64) -> Differences {
        let mut of = Differences::default();
        of.add(values, gaps);
        of
    }

    fn add(&mut self, values: Values, gaps: u64) {
        if values.are_several() {
            self.any |= gaps;
            if values.may_be_no() {
                self.with_no |= gaps;
            }
        }
    }

    pub(super) fn join(&mut self, other: Differences) {
        self.any |= other.any;
        self.with_no |= other.with_no;
    }
}

/// A gap of a record: its number, and what its answers do.
pub(super) struct Turn<const WORDS: usize> {
    pub(super) gap: u32,
    pub(super) record: usize,
    pub(super) options: Ways<WORDS>,
}

/// What the wanted ones of a rule's conditions on a list can come to, `value` by the way that they pass, and the gaps that
/// make a difference. What each record can do by its gaps is brought together with all that the others can do; `turns` has
/// those of one record side by side. `None` where there are too many ways.
pub(super) fn in_every_way<const WORDS: usize>(
    value: impl Fn(Way) -> Truth,
    wanted: u8,
    left: u8,
    turns: &[Turn<WORDS>],
    of_record: impl Fn(usize) -> Way,
) -> Option<(Values, Differences)> {
    let left = Ways::of((0, left & wanted));
    let come_to = |place: usize| Values::default().with(value(Ways::<WORDS>::way(place)));
    let records = || turns.chunk_by(|one, other| one.record == other.record);
    // What a record can do by all of its gaps but one.
    let without = |own: &[Turn<WORDS>], gap: Option<u32>| {
        let (yes, may) = of_record(own[0].record);
        let turns = own.iter().filter(|turn| Some(turn.gap) != gap);
        turns.fold(Ways::of((yes & wanted, may & wanted)), |ways, turn| ways.each_with(turn.options, BitAnd::bitand))
    };
    // What all records can do but one.
    let beside = |record: Option<usize>| {
        let others = records().filter(|other| Some(other[0].record) != record);
        others.fold(left, |all, other| all.each_with(without(other, None), BitOr::bitor))
    };
    let values = beside(None).each().map(come_to).fold(Values::default(), Values::or);
    let mut different = Differences::default();
    for own in records() {
        let others = beside(Some(own[0].record));
        for turn in own {
            let rest = without(own, Some(turn.gap));
            if others.count() * rest.count() * turn.options.count() > MOST_WAYS {
                return None;
            }
            for (other, rest) in others.each().flat_map(|other| rest.each().map(move |rest| (other, rest))) {
                let each = turn.options.each().map(|option| come_to(other | (rest & option)));
                different.add(each.fold(Values::default(), Values::or), 1 << turn.gap);
                // Nothing more can be said of this gap.
                if different.with_no >> turn.gap & 1 == 1 {
                    break;
                }
            }
        }
    }
    Some((values, different))
}

/// Some ways, a bit each: one word where they are of three conditions, four times as many for each further one. What two
/// fields of a record do together is in the place `one & other`, what two records do in `one | other`.
#[derive(Clone, Copy)]
pub(super) struct Ways<const WORDS: usize>([u64; WORDS]);

impl<const WORDS: usize> Ways<WORDS> {
    const CONDITIONS: u32 = 3 + WORDS.ilog2() / 2;

    fn of(way: Way) -> Ways<WORDS> {
        std::iter::once(way).collect()
    }

    fn way(place: usize) -> Way {
        ((place & ((1 << Self::CONDITIONS) - 1)) as u8, (place >> Self::CONDITIONS) as u8)
    }

    fn add(&mut self, place: usize) {
        self.0[place / 64] |= 1 << (place % 64);
    }

    fn count(&self) -> usize {
        self.0.iter().map(|word| word.count_ones() as usize).sum()
    }

    /// Their places.
    fn each(self) -> impl Iterator<Item = usize> {
        let (mut at, mut left) = (0, self.0[0]);
        std::iter::from_fn(move || {
            while left == 0 {
                at += 1;
                left = *self.0.get(at)?;
            }
            let place = at * 64 + left.trailing_zeros() as usize;
            left &= left - 1;
            Some(place)
        })
    }

    /// Each of them together with each of the others.
    fn each_with(self, others: Ways<WORDS>, join: impl Fn(usize, usize) -> usize) -> Ways<WORDS> {
        let mut all = Ways([0; WORDS]);
        for one in self.each() {
            for other in others.each() {
                all.add(join(one, other));
            }
        }
        all
    }
}

impl<const WORDS: usize> FromIterator<Way> for Ways<WORDS> {
    fn from_iter<I: IntoIterator<Item = Way>>(ways: I) -> Ways<WORDS> {
        let mut all = Ways([0; WORDS]);
        ways.into_iter().for_each(|(yes, may)| all.add(usize::from(yes) | usize::from(may) << Self::CONDITIONS));
        all
    }
}

#[cfg(test)]
mod tests;
