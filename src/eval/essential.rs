//! On which unknown facts undetermined rules depend, read off the masks.
//!
//! For rules that are one conjunction of classified conditions (or its opposite: one status or the other, the question is
//! the same). Such a rule is the least of its conditions (no, unknown, yes), and a condition is about one *unit*: a fact, or
//! a list. Units are independent of each other: any answers for the one go with any for the other. A fact is essential
//! when two sets of answers that differ only there make the rule differ.
//!
//! - If every unit can make all of its conditions yes, then a fact is essential for the rule exactly where it is essential
//!   for its unit: put the other units to yes, and the least of all is what the unit says.
//! - If some unit is no whatever the answers are, so is the rule, and nothing is essential.
//! - A unit that is one unknown fact depends on it exactly if two answers make the unit differ.
//! - Of a list's records, a condition `some` that is unknown is yes if one record passes and no if none does. Let *its gaps*
//!   be the fields that are not known, that it looks at, of records of which all else that it looks at passes. Each gap
//!   has an answer that passes and one that does not (`can`, `cannot`; otherwise we give up), so with every other gap of
//!   its record answered to pass and those of other records not to, the condition turns with it: every gap is
//!   essential. Conditions without a gap in common are independent again. Where they have one, all ways to answer their
//!   gaps are tried, answers that do the same to the rule's conditions taken as one.
//!
//! What is not of this form (a date or code known in part, an open list, more than [`MOST_LEAVES`] conditions of one unit)
//! is left to the study in `explain`, by the answer `None`.

mod index;
mod order;

pub(crate) use index::{Answers, Essentials};

use super::bound::Bound;
use super::cells::Cells;
use super::moment::Moment;
use crate::program::{ListId, SlotId};
use index::{Part, Source, Unit, Values};

/// A rule's conditions about one unit fit a byte.
const MOST_LEAVES: usize = 6;
/// At most so many gaps: the bits of a word.
const MOST_GAPS: usize = 64;
/// At most so many ways to answer the gaps that some conditions have in common.
const MOST_WAYS: usize = 4096;

/// Something that is not known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Gap {
    Fact(SlotId),
    List(ListId),
    Field { list: ListId, record: u32, field: u32 },
}

/// A gap on which rules depend.
#[derive(Debug, Clone)]
pub(crate) struct EssentialGap {
    pub(crate) gap: Gap,
    /// By their places among the guideline's own rules, ascending.
    pub(crate) rules: Vec<u32>,
    /// Which part of its different answers settles a rule, summed over the rules, in millionths. Nought where there is no
    /// other gap to compare it with.
    pub(crate) share: u64,
}

/// A gap with what it can still do.
struct Open {
    gap: Gap,
    unit: usize,
    /// The field among the unit's, where it is one.
    field: usize,
    /// The record among `Found::records`.
    record: usize,
}

/// A record with gaps.
struct Record {
    unit: usize,
    number: u32,
    /// Which of the unit's fields are not known.
    missing: u64,
    /// Word by word of the unit: the open conditions that it may yet pass.
    may_pass: Vec<u64>,
}

/// What is open for one patient.
struct Found<'a> {
    essentials: &'a Essentials,
    /// Places of the undetermined rules.
    rules: Vec<u32>,
    /// Word by word: the conditions of those rules that are unknown.
    open: Vec<u64>,
    gaps: Vec<Open>,
    records: Vec<Record>,
    /// By condition's bit: its gaps.
    of_bit: Vec<u64>,
    /// By unit: whether nothing at all is known of it.
    is_whole: Vec<bool>,
}

impl Essentials {
    /// What is missing; `None` where the masks do not tell.
    pub(crate) fn missing(&self, moment: &Moment<'_>, bound: &Bound, cells: &Cells) -> Option<Vec<EssentialGap>> {
        let rules = self.undetermined(cells)?;
        if rules.is_empty() {
            return Some(Vec::new());
        }
        let mut found = Found {
            essentials: self,
            rules,
            open: vec![0; self.words],
            gaps: Vec::new(),
            records: Vec::new(),
            of_bit: vec![0; self.words * 64],
            is_whole: vec![false; self.units.len()],
        };
        for rule in &found.rules {
            for part in &self.rules[*rule as usize].conjunction.as_ref()?.parts {
                let first = self.units[part.unit].first_word;
                for leaf in part.leaves.iter().filter(|leaf| leaf.is_unknown(cells)) {
                    found.open[first + leaf.bit as usize / 64] |= 1 << (leaf.bit % 64);
                }
            }
        }
        for unit in 0..self.units.len() {
            found.look_at(unit, moment, bound)?;
        }
        let mut rules_of: Vec<Vec<u32>> = vec![Vec::new(); found.gaps.len()];
        for rule in &found.rules {
            let mut essential = found.essential(*rule)?;
            while essential != 0 {
                rules_of[essential.trailing_zeros() as usize].push(*rule);
                essential &= essential - 1;
            }
        }
        let several = rules_of.iter().filter(|rules| !rules.is_empty()).count() > 1;
        let mut gaps = Vec::new();
        for (gap, rules) in found.gaps.iter().zip(rules_of).filter(|(_, rules)| !rules.is_empty()) {
            let share = if several { found.share(gap, &rules, bound, moment)? } else { 0 };
            gaps.push(EssentialGap { gap: gap.gap, rules, share });
        }
        Some(gaps)
    }

    fn undetermined(&self, cells: &Cells) -> Option<Vec<u32>> {
        let mut open = Vec::new();
        for (rule, place) in self.rules.iter().zip(0..) {
            let is_open = match rule.bit {
                Some((word, mask)) => (cells.words[word][0] | cells.words[word][1]) & mask == 0,
                None => !cells.rule(rule.index).is_settled(),
            };
            if is_open {
                rule.conjunction.as_ref()?;
                open.push(place);
            }
        }
        Some(open)
    }
}

impl Found<'_> {
    /// The gaps of a unit that open conditions look at.
    fn look_at(&mut self, at: usize, moment: &Moment<'_>, bound: &Bound) -> Option<()> {
        let unit = &self.essentials.units[at];
        let is_open = (0..unit.words).any(|word| self.open[unit.first_word + word] != 0);
        if !is_open {
            return Some(());
        }
        match unit.source {
            Source::Slot(slot) => {
                if !moment.is_missing(bound, slot) {
                    return None;
                }
                self.whole(at, Gap::Fact(slot))
            }
            Source::List { list, .. } => match moment.records_given(bound, list) {
                None => self.whole(at, Gap::List(list)),
                Some(index::Given { is_open: true, .. }) => None,
                Some(index::Given { count, .. }) => self.look_at_records(at, count, moment, bound),
            },
        }
    }

    fn whole(&mut self, at: usize, gap: Gap) -> Option<()> {
        let unit = &self.essentials.units[at];
        let own = self.new_gap(Open { gap, unit: at, field: 0, record: usize::MAX })?;
        self.is_whole[at] = true;
        for word in 0..unit.words {
            each_bit(self.open[unit.first_word + word], |bit| {
                self.of_bit[(unit.first_word + word) * 64 + bit] = own;
            });
        }
        Some(())
    }

    fn new_gap(&mut self, gap: Open) -> Option<u64> {
        if self.gaps.len() >= MOST_GAPS {
            return None;
        }
        let own = 1 << self.gaps.len();
        self.gaps.push(gap);
        Some(own)
    }

    #[allow(clippy::needless_range_loop, reason = "several tables go word by word")]
    fn look_at_records(&mut self, at: usize, count: u32, moment: &Moment<'_>, bound: &Bound) -> Option<()> {
        let essentials = self.essentials;
        let unit = &essentials.units[at];
        let Source::List { list, pass } = unit.source else { return None };
        for number in 0..count {
            let missing = moment.missing_fields(bound, pass, number, &unit.fields);
            let mut may_pass = vec![0; if missing == 0 { 0 } else { unit.words }];
            let mut matters = false;
            for word in 0..unit.words {
                let open = self.open[unit.first_word + word];
                if open == 0 {
                    continue;
                }
                let (yes, may) = moment.known_word(bound, pass, number, word as u32);
                // Known in part, or coarsely: neither yes nor no for certain, and nobody to ask.
                if may & !yes & open != 0 {
                    return None;
                }
                if missing == 0 {
                    continue;
                }
                let (mut passes, mut asked, mut turns) = (yes & open, 0, u64::MAX);
                for (field, _) in unit.fields.iter().zip(0..).filter(|(_, place)| missing >> place & 1 == 1) {
                    passes &= field.can[word];
                    asked |= field.asks[word];
                    turns &= field.cannot[word] | !field.asks[word];
                }
                passes &= asked;
                if passes & !turns != 0 {
                    return None;
                }
                may_pass[word] = passes;
                matters |= passes != 0;
            }
            if matters {
                let record = self.records.len();
                for (field, place) in unit.fields.iter().zip(0..).filter(|(_, place)| missing >> place & 1 == 1) {
                    if (0..unit.words).all(|word| may_pass[word] & field.asks[word] == 0) {
                        continue;
                    }
                    let gap = Gap::Field { list, record: number, field: field.field };
                    let own = self.new_gap(Open { gap, unit: at, field: place, record })?;
                    for word in 0..unit.words {
                        each_bit(may_pass[word] & field.asks[word], |bit| {
                            self.of_bit[(unit.first_word + word) * 64 + bit] |= own;
                        });
                    }
                }
                self.records.push(Record { unit: at, number, missing, may_pass });
            }
        }
        // A condition that no record can turn is no, though the masks do not know.
        let all_have_gaps = (0..unit.words).all(|word| {
            let mut all = true;
            each_bit(self.open[unit.first_word + word], |bit| {
                all &= self.of_bit[(unit.first_word + word) * 64 + bit] != 0;
            });
            all
        });
        all_have_gaps.then_some(())
    }

    fn is_unknown(&self, unit: &Unit, bit: u32) -> bool {
        self.open[unit.first_word + bit as usize / 64] >> (bit % 64) & 1 == 1
    }

    /// The gaps that a rule depends on, as bits.
    fn essential(&self, rule: u32) -> Option<u64> {
        let conjunction = self.essentials.rules[rule as usize].conjunction.as_ref()?;
        let (mut essential, mut is_no, mut is_doubtful) = (0, false, false);
        for part in &conjunction.parts {
            let mut unknown = 0_u8;
            let (mut gaps, mut common) = (0, 0);
            let unit = &self.essentials.units[part.unit];
            for (leaf, place) in part.leaves.iter().zip(0..).filter(|(leaf, _)| self.is_unknown(unit, leaf.bit)) {
                unknown |= 1 << place;
                let own = self.of_bit[unit.first_word * 64 + leaf.bit as usize];
                common |= gaps & own;
                gaps |= own;
            }
            if unknown == 0 {
                continue;
            }
            let (values, of_part) = if self.is_whole[part.unit] {
                (part.whole, if part.whole.are_several() { gaps } else { 0 })
            } else if common == 0 {
                (Values::BOTH, gaps)
            } else {
                self.in_every_way(part, unknown, gaps)?
            };
            is_no |= values == Values::NO;
            is_doubtful |= !values.may_be_yes();
            essential |= of_part;
        }
        match (is_no, is_doubtful) {
            (true, _) => Some(0),
            (false, true) => None,
            (false, false) => Some(essential),
        }
    }

    /// What a list's conditions of a rule can come to, and the gaps that make a difference: by trying all answers.
    fn in_every_way(&self, part: &Part, unknown: u8, gaps: u64) -> Option<(Values, u64)> {
        let places: Vec<usize> = (0..self.gaps.len()).filter(|gap| gaps >> gap & 1 == 1).collect();
        let options = |gap: &usize| &*part.options[self.gaps[*gap].field];
        let ways = places.iter().try_fold(1_usize, |ways, gap| ways.checked_mul(options(gap).len()))?;
        if ways == 0 || ways > MOST_WAYS {
            return None;
        }
        let mut results = Vec::with_capacity(ways);
        for way in 0..ways {
            let (mut yes, mut may) = (0, 0);
            let mut rest = way;
            let mut at = 0;
            while let Some(first) = places.get(at) {
                let record = self.gaps[*first].record;
                let mut passes = self.record_part(part, record);
                while let Some(gap) = places.get(at).filter(|gap| self.gaps[**gap].record == record) {
                    let options = options(gap);
                    let (option_yes, option_may) = options[rest % options.len()];
                    rest /= options.len();
                    passes = (passes.0 & option_yes, passes.1 & option_may);
                    at += 1;
                }
                yes |= passes.0;
                may |= passes.1;
            }
            results.push(part.value(yes, may, unknown));
        }
        let values = results.iter().fold(Values::default(), |all, value| all.with(*value));
        let mut essential = 0;
        let mut step = 1;
        for gap in &places {
            let count = options(gap).len();
            let turns = |way: usize| !(way / step).is_multiple_of(count) && results[way] != results[way - step];
            if (0..ways).any(turns) {
                essential |= 1 << gap;
            }
            step *= count;
        }
        Some((values, essential))
    }

    /// Which of a rule's conditions a record may pass by all but its gaps.
    fn record_part(&self, part: &Part, record: usize) -> (u8, u8) {
        let record = &self.records[record];
        let mut passes = 0;
        for (leaf, place) in part.leaves.iter().zip(0..) {
            let bit = leaf.bit as usize;
            passes |= ((record.may_pass[bit / 64] >> (bit % 64) & 1) as u8) << place;
        }
        (passes, passes)
    }
}

/// The bits that are set, lowest first.
fn each_bit(mut word: u64, mut look: impl FnMut(usize)) {
    while word != 0 {
        look(word.trailing_zeros() as usize);
        word &= word - 1;
    }
}
