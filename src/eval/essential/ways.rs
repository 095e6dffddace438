//! What answers can do to a rule's conditions about one unit, and which of the gaps make a difference.

use super::index::{Part, Values};
use std::borrow::Cow;

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
pub(super) struct Turn<'a> {
    pub(super) gap: u32,
    pub(super) record: usize,
    pub(super) options: Cow<'a, [Way]>,
}

/// What the wanted ones of a rule's conditions on a list can come to, and the gaps that make a difference. What each record can
/// do by its gaps is brought together with all that the others can do; `turns` has those of one record side by side.
/// `None` where there are too many ways.
pub(super) fn in_every_way(
    part: &Part,
    wanted: u8,
    left: u8,
    turns: &[Turn<'_>],
    of_record: impl Fn(usize) -> Way,
) -> Option<(Values, Differences)> {
    let left = (0, left & wanted);
    let come_to = |(yes, may): Way| Values::default().with(part.value(yes, may, wanted));
    let records: Vec<&[Turn<'_>]> = turns.chunk_by(|one, other| one.record == other.record).collect();
    let known = |own: &[Turn<'_>]| own.first().map_or((0, 0), |turn| both(of_record(turn.record), (wanted, wanted)));
    let effects = records
        .iter()
        .map(|own| own.iter().fold(Ways::of(known(own)), |ways, turn| ways.each_with(&turn.options, both)));
    let effects: Vec<Ways> = effects.collect();
    let (mut values, mut different) = (Values::default(), Differences::default());
    for (own, at) in records.iter().zip(0..) {
        let others = effects.iter().zip(0..).filter(|(_, other)| *other != at);
        let others = others.fold(Ways::of(left), |all, (effects, _)| all.each_with(&effects.0, either));
        for turn in *own {
            let rest = own.iter().filter(|other| other.gap != turn.gap);
            let rest = rest.fold(Ways::of(known(own)), |ways, turn| ways.each_with(&turn.options, both));
            if others.0.len() * rest.0.len() * turn.options.len() > MOST_WAYS {
                return None;
            }
            for (other, rest) in others.0.iter().flat_map(|other| rest.0.iter().map(move |rest| (*other, *rest))) {
                let each = turn.options.iter().map(|option| come_to(either(other, both(rest, *option))));
                let all = each.fold(Values::default(), Values::or);
                different.add(all, 1 << turn.gap);
                values = values.or(all);
            }
        }
    }
    if turns.is_empty() {
        values = come_to(left);
    }
    Some((values, different))
}

/// Ways, none twice.
struct Ways(Vec<Way>);

impl Ways {
    fn of(way: Way) -> Ways {
        Ways(vec![way])
    }

    /// Each of them together with each of the others.
    fn each_with(&self, others: &[Way], join: impl Fn(Way, Way) -> Way) -> Ways {
        let mut all = Ways(Vec::with_capacity(self.0.len().max(others.len())));
        for one in &self.0 {
            for other in others {
                let joined = join(*one, *other);
                if !all.0.contains(&joined) {
                    all.0.push(joined);
                }
            }
        }
        all
    }
}

/// What one record does by two of its fields.
fn both(one: Way, other: Way) -> Way {
    (one.0 & other.0, one.1 & other.1)
}

/// What two records do.
fn either(one: Way, other: Way) -> Way {
    (one.0 | other.0, one.1 | other.1)
}
