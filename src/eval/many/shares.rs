//! What a batch adds to an indicator.

use super::conditions::Sides;
use super::{CHUNK, Many, Plane, Planes, those_there};
use crate::program::{Indicator, Lit};
use crate::value::Truth;

/// What some patients add to an indicator, or to a group of it.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Shares {
    /// Of those counted how many are certainly, and how many perhaps.
    pub(crate) counted: (u64, u64),
    /// The same of those counted that it looks for.
    pub(crate) is_in: (u64, u64),
}

impl Many<'_> {
    /// What a batch adds to an indicator; `group` narrows who is counted. `each` is told of every patient, by place in the
    /// batch: whether counted, and whether counted and one of them, as far as known. Those who are not counted are left out.
    pub(crate) fn shares(
        &self,
        planes: &Planes,
        indicator: &Indicator,
        group: Option<usize>,
        mut each: impl FnMut(usize, Truth, Truth),
    ) -> Shares {
        let group = group.and_then(|group| indicator.groups.get(group)).map(|group| group.counted);
        let counted = group.unwrap_or(indicator.counted).lit;
        let lits = [indicator.common.when.map(|when| when.lit), Some(counted), indicator.of_them.map(|of| of.lit)];
        let lits = lits.map(|lit| lit.and_then(|lit: Lit| self.division.sides(lit)));
        let mut shares = Shares::default();
        let chunks = planes.lanes.chunks_exact(self.division.count.max(1)).zip((0..).step_by(CHUNK));
        for (lanes, chunk) in chunks {
            for (word, first) in (chunk..planes.patients.min(chunk + CHUNK)).step_by(64).enumerate() {
                let there = those_there(planes.patients, first);
                let of = |plane: Plane| lanes[plane as usize][word];
                let known = |sides: Option<Sides>| sides.map_or((there, 0), |sides| (of(sides.yes), of(sides.no)));
                let [applies, counted, of_them] = lits.map(known);
                let (yes, no) = (applies.0 & counted.0 & there, applies.1 | counted.1);
                let (in_yes, in_no) = (yes & of_them.0, no | of_them.1);
                let count = |set: u64| u64::from((set & there).count_ones());
                shares.counted.0 += count(yes);
                shares.counted.1 += count(!no);
                shares.is_in.0 += count(in_yes);
                shares.is_in.1 += count(!in_no);
                let mut left = !no & there;
                while left != 0 {
                    let bit = left.trailing_zeros() as usize;
                    let truth = |yes: u64, no: u64| Truth::from_bounds(yes >> bit & 1 == 1, no >> bit & 1 == 1);
                    each(first + bit, truth(yes, no), truth(in_yes, in_no));
                    left &= left - 1;
                }
            }
        }
        shares
    }
}
