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
/// At most so many different ways to answer the gaps that some conditions have in common.
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

/// Gaps that make a difference to something, as bits.
#[derive(Debug, Clone, Copy, Default)]
struct Differences {
    /// To what it comes to.
    any: u64,
    /// To whether it comes to no: one answer does, another does not.
    with_no: u64,
}

impl Differences {
    /// All of these gaps make the difference between these values.
    fn of(values: Values, gaps: u64) -> Differences {
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
}

/// What can be done to a rule's conditions on a list: those that surely pass, and those that may. None twice.
struct Ways(Vec<(u8, u8)>);

impl Ways {
    fn of(way: (u8, u8)) -> Ways {
        Ways(vec![way])
    }

    /// Each of them together with each of the others.
    fn each_with(&self, others: &Ways, join: impl Fn((u8, u8), (u8, u8)) -> (u8, u8)) -> Ways {
        let mut all = Ways(Vec::new());
        for one in &self.0 {
            for other in &others.0 {
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
fn both(one: (u8, u8), other: (u8, u8)) -> (u8, u8) {
    (one.0 & other.0, one.1 & other.1)
}

/// What two records do.
fn either(one: (u8, u8), other: (u8, u8)) -> (u8, u8) {
    (one.0 | other.0, one.1 | other.1)
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
        let mut all = Differences::default();
        let mut may_be_yes = true;
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
                (part.whole, Differences::of(part.whole, gaps))
            } else if common == 0 {
                (Values::BOTH, Differences::of(Values::BOTH, gaps))
            } else {
                self.in_every_way(part, unknown, gaps)?
            };
            if values == Values::NO {
                return Some(0);
            }
            may_be_yes &= values.may_be_yes();
            all.any |= of_part.any;
            all.with_no |= of_part.with_no;
        }
        Some(if may_be_yes { all.any } else { all.with_no })
    }

    /// What a list's conditions of a rule can come to, and the gaps that make a difference: what each record can do is
    /// brought together with all that the others can do.
    fn in_every_way(&self, part: &Part, unknown: u8, gaps: u64) -> Option<(Values, Differences)> {
        let places: Vec<usize> = (0..self.gaps.len()).filter(|gap| gaps >> gap & 1 == 1).collect();
        let records: Vec<&[usize]> =
            places.chunk_by(|one, other| self.gaps[*one].record == self.gaps[*other].record).collect();
        let effects: Vec<Ways> = records.iter().map(|own| self.of_record(part, unknown, own, None)).collect();
        let (mut values, mut different) = (Values::default(), Differences::default());
        for (own, at) in records.iter().zip(0..) {
            let others = effects.iter().zip(0..).filter(|(_, other)| *other != at);
            let others = others.fold(Ways::of((0, 0)), |all, (effects, _)| all.each_with(effects, either));
            for gap in *own {
                let rest = self.of_record(part, unknown, own, Some(*gap));
                let rest = &rest.0;
                let options = &*part.options[self.gaps[*gap].field];
                if others.0.len() * rest.len() * options.len() > MOST_WAYS {
                    return None;
                }
                for (other, rest) in others.0.iter().flat_map(|other| rest.iter().map(move |rest| (*other, *rest))) {
                    let come_to = options.iter().map(|option| {
                        let (yes, may) = either(other, both(rest, *option));
                        part.value(yes, may, unknown)
                    });
                    let come_to = come_to.fold(Values::default(), Values::with);
                    different.add(come_to, 1 << gap);
                    values = values.or(come_to);
                }
            }
        }
        Some((values, different))
    }

    /// All that a record can do to a rule's conditions by its gaps, or by those of them that are not `but`.
    fn of_record(&self, part: &Part, wanted: u8, gaps: &[usize], but: Option<usize>) -> Ways {
        let record = gaps.first().map_or((0, 0), |gap| self.record_part(part, self.gaps[*gap].record));
        let rest = gaps.iter().filter(|gap| Some(**gap) != but);
        rest.fold(Ways::of(both(record, (wanted, wanted))), |ways, gap| {
            ways.each_with(&Ways(part.options[self.gaps[*gap].field].clone()), both)
        })
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
