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
//! - Otherwise some unit comes to unknown at best (a coarse code is an answer, too), and so does the rule: a fact is essential
//!   where it makes the difference between no and not no.
//! - A unit that is one unknown fact depends on it exactly if two answers make the unit differ. One that is a code
//!   coarser than its conditions stays unknown: nobody can be asked.
//! - Of a list's records, a condition `some` that is unknown is yes if one record passes and no if none does. Let *its gaps*
//!   be the fields that are not known, that it looks at, of records of which all else that it looks at passes. Where each gap
//!   has an answer that passes and one that does not, the condition turns with each: every other gap of
//!   its record answered to pass and those of other records not to. Conditions without a gap in common are independent again.
//! - Where they have one, or a code is coarse, what each record can do to the rule's conditions is brought together with
//!   all that the others can do (`ways`), answers that do the same to them taken as one.
//!
//! The answers are those that the study in `explain` tries: for the sake of the conditions that are open, and what other
//! records have. What is not of this form (a date known in part, an open list, more than [`MOST_LEAVES`] conditions of one
//! unit) is left to the study, by the answer `None`.

mod index;
mod order;
mod ways;

pub(crate) use index::Essentials;

use super::bound::Bound;
use super::cells::Cells;
use super::moment::Moment;
use crate::program::{ListId, PASS_WORDS, RuleIndex, SlotId};
use index::{Part, Source, Unit, Values};
use std::cell::OnceCell;
use ways::{Differences, Turn, Way, in_every_way};

/// A rule's conditions about one unit fit a byte.
const MOST_LEAVES: usize = 6;
/// At most so many gaps: the bits of a word.
const MOST_GAPS: usize = 64;

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
    /// Among the guideline's own rules, in their order.
    pub(crate) rules: Vec<RuleIndex>,
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
    /// Where its masks begin among `Found::masks`: the open conditions that it may yet pass by its gaps, and those of
    /// them that it surely does if the gaps are answered so.
    masks: usize,
}

/// An undetermined rule.
struct OpenRule {
    place: u32,
    /// Where its parts begin and end among `Found::parts`.
    parts: (u32, u32),
    /// How many of its conditions are unknown.
    unknown: u32,
    /// The gaps that it depends on.
    gaps: u64,
}

/// Some of whose conditions are unknown: which.
struct OpenPart<'a> {
    part: &'a Part,
    unknown: u8,
}

/// What is known of a unit that open conditions look at.
#[derive(Clone, Copy)]
enum Known {
    /// Nothing: a gap, as a bit.
    Nothing(u64),
    /// Too little for the conditions, and nobody to ask: a coarse code.
    Coarsely,
    /// A list's records.
    Records,
}

/// 64 conditions of a unit.
#[derive(Clone, Copy, Default)]
struct Conditions {
    /// Those of undetermined rules that are unknown.
    open: u64,
    /// Those that a record without gaps that matter may pass for all that is known of it.
    left: u64,
    /// Those that are not simply yes or no by each of their gaps.
    unclear: u64,
}

/// What is open for one patient.
struct Found<'a> {
    essentials: &'a Essentials,
    moment: &'a Moment<'a>,
    bound: &'a Bound,
    rules: Vec<OpenRule>,
    parts: Vec<OpenPart<'a>>,
    /// Word by word of all units.
    conditions: Vec<Conditions>,
    /// By unit.
    known: Vec<Known>,
    gaps: Vec<Open>,
    records: Vec<Record>,
    /// Surely passed, possibly passed.
    masks: Vec<(u64, u64)>,
    /// By condition on a list: its gaps. Empty where there are none.
    of_condition: Vec<u64>,
    /// By field of all units, when it is asked for.
    tried: Vec<OnceCell<Box<[u64]>>>,
}

impl Essentials {
    /// What is missing; `None` where the masks do not tell.
    pub(crate) fn missing(&self, moment: &Moment<'_>, bound: &Bound, cells: &Cells) -> Option<Vec<EssentialGap>> {
        let open = self.lines.open(cells, self.rules.len())?;
        if open.iter().all(|word| *word == 0) {
            return Some(Vec::new());
        }
        let count = open.iter().map(|word| word.count_ones() as usize).sum();
        let mut found = Found {
            essentials: self,
            moment,
            bound,
            rules: Vec::with_capacity(count),
            parts: Vec::with_capacity(4 * count),
            conditions: vec![Conditions::default(); self.words],
            known: vec![Known::Records; self.units.len()],
            gaps: Vec::new(),
            records: Vec::new(),
            masks: Vec::new(),
            of_condition: Vec::new(),
            tried: vec![OnceCell::new(); self.fields],
        };
        found.find_rules(&open, cells)?;
        for unit in 0..self.units.len() {
            found.look_at(unit)?;
        }
        let mut all = 0;
        for at in 0..found.rules.len() {
            let gaps = found.essential(&found.rules[at])?;
            found.rules[at].gaps = gaps;
            all |= gaps;
        }
        let mut gaps = Vec::with_capacity(all.count_ones() as usize);
        let mut left = all;
        while left != 0 {
            let gap = left.trailing_zeros();
            left &= left - 1;
            let of_gap = || found.rules.iter().filter(|rule| rule.gaps >> gap & 1 == 1);
            let mut rules = Vec::with_capacity(of_gap().count());
            rules.extend(of_gap().map(|rule| self.rules[rule.place as usize].index));
            let gap = &found.gaps[gap as usize];
            let share = if all.is_power_of_two() { 0 } else { found.share(gap, of_gap())? };
            gaps.push(EssentialGap { gap: gap.gap, rules, share });
        }
        Some(gaps)
    }
}

impl<'a> Found<'a> {
    /// The undetermined rules with their unknown conditions.
    fn find_rules(&mut self, open: &[u64], cells: &Cells) -> Option<()> {
        let essentials = self.essentials;
        for (word, at) in open.iter().zip(0..) {
            let mut left = *word;
            while left != 0 {
                let place = at * 64 + left.trailing_zeros();
                left &= left - 1;
                let first = self.parts.len() as u32;
                let mut count = 0;
                for part in &essentials.rules[place as usize].conjunction.as_ref()?.parts {
                    let unknown = part.unknown(cells);
                    if unknown != 0 {
                        self.parts.push(OpenPart { part, unknown });
                        count += unknown.count_ones();
                        for (leaf, _) in part.leaves.iter().zip(0..).filter(|(_, at)| unknown >> at & 1 == 1) {
                            self.conditions[leaf.place as usize / 64].open |= 1 << (leaf.place % 64);
                        }
                    }
                }
                let parts = (first, self.parts.len() as u32);
                self.rules.push(OpenRule { place, parts, unknown: count, gaps: 0 });
            }
        }
        Some(())
    }

    fn parts_of(&self, rule: &OpenRule) -> &[OpenPart<'a>] {
        &self.parts[rule.parts.0 as usize..rule.parts.1 as usize]
    }

    fn conditions_of(&self, unit: &Unit) -> &[Conditions] {
        &self.conditions[unit.first_word..][..unit.words]
    }

    /// The gaps of a unit that open conditions look at.
    fn look_at(&mut self, at: usize) -> Option<()> {
        let unit = &self.essentials.units[at];
        if self.conditions_of(unit).iter().all(|conditions| conditions.open == 0) {
            return Some(());
        }
        match unit.source {
            Source::Slot(slot) if self.moment.is_missing(self.bound, slot) => self.whole(at, Gap::Fact(slot)),
            // A date known in part can be asked for.
            Source::Slot(slot) => {
                self.known[at] = Known::Coarsely;
                self.moment.is_coarse_code(self.bound, slot).then_some(())
            }
            Source::List { list, pass } => {
                let given = self.bound.list(list, self.moment.today());
                match (given.given, given.open) {
                    (false, _) => self.whole(at, Gap::List(list)),
                    (true, true) => None,
                    (true, false) => self.look_at_records(at, list, pass),
                }
            }
        }
    }

    fn whole(&mut self, at: usize, gap: Gap) -> Option<()> {
        let own = self.new_gap(Open { gap, unit: at, field: 0, record: usize::MAX })?;
        self.known[at] = Known::Nothing(own);
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

    fn look_at_records(&mut self, at: usize, list: ListId, pass: usize) -> Option<()> {
        let unit = &self.essentials.units[at];
        let (bound, moment) = (self.bound, self.moment);
        let given = bound.list(list, moment.today());
        let width = moment.width(list);
        for (record, number) in bound.records(&given, width).chunks_exact(width.max(1)).zip(0..) {
            let missing = unit.missing(record);
            let mut known = [(u64::MAX, u64::MAX); PASS_WORDS];
            let known = &mut known[..unit.words];
            moment.known(pass, record, known);
            let conditions = &mut self.conditions[unit.first_word..][..unit.words];
            let is_unclear = known.iter().zip(&*conditions).any(|((yes, may), own)| may & !yes & own.open != 0);
            if is_unclear && record.iter().any(|fact| fact.is_partial_date()) {
                return None;
            }
            if missing == 0 && !is_unclear {
                continue;
            }
            let mut passes = 0;
            for ((word, (yes, may)), own) in known.iter_mut().enumerate().zip(conditions) {
                let (mut asked, mut clear) = (0, *yes);
                *may &= own.open;
                for field in unit.fields_in(missing) {
                    // No answer can be thought of.
                    if field.rows.is_empty() && *may & field.asks[word] != 0 {
                        return None;
                    }
                    asked |= field.asks[word];
                    clear &= field.turns[word] | !field.asks[word];
                    *may &= field.may[word] | !field.asks[word];
                }
                own.left |= *may & !asked;
                own.unclear |= *may & !(clear & asked);
                *may &= asked;
                *yes &= *may;
                passes |= *may;
            }
            if passes != 0 {
                let masks = self.masks.len();
                self.masks.extend_from_slice(known);
                self.add_record(Record { unit: at, number, missing, masks }, list)?;
            }
        }
        Some(())
    }

    /// Notes a record with its gaps that matter.
    fn add_record(&mut self, record: Record, list: ListId) -> Option<()> {
        let unit = &self.essentials.units[record.unit];
        if self.of_condition.is_empty() {
            self.of_condition = vec![0; self.conditions.len() * 64];
        }
        for (field, place) in unit.fields.iter().zip(0..).filter(|(_, place)| record.missing >> place & 1 == 1) {
            let touched = |word: usize| self.masks[record.masks + word].1 & field.asks[word];
            if (0..unit.words).all(|word| touched(word) == 0) {
                continue;
            }
            let gap = Gap::Field { list, record: record.number, field: field.field };
            if self.gaps.len() >= MOST_GAPS {
                return None;
            }
            for word in 0..unit.words {
                each_bit(touched(word), |bit| {
                    self.of_condition[(unit.first_word + word) * 64 + bit] |= 1 << self.gaps.len();
                });
            }
            self.gaps.push(Open { gap, unit: record.unit, field: place, record: self.records.len() });
        }
        self.records.push(record);
        Some(())
    }

    /// The gaps that a rule depends on, as bits.
    fn essential(&self, rule: &OpenRule) -> Option<u64> {
        let mut all = Differences::default();
        let mut may_be_yes = true;
        for OpenPart { part, unknown } in self.parts_of(rule) {
            let (values, of_part) = match self.known[part.unit] {
                Known::Nothing(gap) => {
                    let values = part.whole.unwrap_or_else(|| self.of_whole(part, *unknown));
                    (values, Differences::of(values, gap))
                }
                Known::Coarsely => (Values::UNKNOWN, Differences::default()),
                Known::Records => self.by_records(part, *unknown)?,
            };
            if values == Values::NO {
                return Some(0);
            }
            // No answer can be thought of.
            if values == Values::default() {
                return None;
            }
            may_be_yes &= values.may_be_yes();
            all.join(of_part);
        }
        Some(if may_be_yes { all.any } else { all.with_no })
    }

    fn of_whole(&self, part: &Part, unknown: u8) -> Values {
        let options: Vec<_> =
            (0..part.options.len()).map(|field| self.options(part, field, unknown).collect()).collect();
        part.whole(&self.essentials.units[part.unit], &options)
    }

    /// What the answers for a field do that are tried for this patient.
    fn options<'p>(&'p self, part: &'p Part, field: usize, unknown: u8) -> impl Iterator<Item = Way> {
        let unit = &self.essentials.units[part.unit];
        part.options[field].tried_for(unknown, move || self.tried(unit, field))
    }

    /// The rows of the answers for a field that are tried for the sake of an open condition, or that other records have, as
    /// bits.
    fn tried(&self, unit: &Unit, field: usize) -> &[u64] {
        self.tried[unit.first_field + field].get_or_init(|| {
            let answers = &unit.fields[field];
            let mut all = vec![0_u64; answers.rows.len().div_ceil(64)];
            for (row, at) in answers.rows.iter().zip(0_usize..) {
                let is_tried =
                    row.tried_for.iter().zip(self.conditions_of(unit)).any(|(tried, own)| tried & own.open != 0);
                all[at / 64] |= u64::from(is_tried) << (at % 64);
            }
            if let Source::List { pass, .. } = unit.source {
                self.moment.given_rows(self.bound, pass, answers.field, |row| {
                    if let Some(word) = all.get_mut(row as usize / 64) {
                        *word |= 1 << (row % 64);
                    }
                });
            }
            all.into()
        })
    }

    /// What a rule's conditions on a list can come to by the gaps of its records.
    fn by_records(&self, part: &Part, unknown: u8) -> Option<(Values, Differences)> {
        let (mut gaps, mut is_plain) = (0, !self.of_condition.is_empty());
        for (leaf, _) in part.leaves.iter().zip(0..).filter(|(_, at)| unknown >> at & 1 == 1) {
            let own = self.of_condition.get(leaf.place as usize).copied().unwrap_or(0);
            let unclear = self.conditions[leaf.place as usize / 64].unclear >> (leaf.place % 64) & 1;
            is_plain &= own != 0 && gaps & own == 0 && unclear == 0;
            gaps |= own;
        }
        if is_plain {
            return Some((Values::BOTH, Differences::of(Values::BOTH, gaps)));
        }
        match part.leaves.len() {
            0..=3 => self.by_gaps::<1>(part, unknown, gaps),
            4 => self.by_gaps::<4>(part, unknown, gaps),
            _ => self.by_gaps::<64>(part, unknown, gaps),
        }
    }

    /// The same by these gaps, with room for the ways of so many conditions.
    fn by_gaps<const WORDS: usize>(&self, part: &Part, unknown: u8, gaps: u64) -> Option<(Values, Differences)> {
        let mut turns: Vec<Turn<WORDS>> = Vec::with_capacity(gaps.count_ones() as usize);
        each_bit(gaps, |gap| {
            let Open { field, record, .. } = self.gaps[gap];
            turns.push(Turn { gap: gap as u32, record, options: self.options(part, field, unknown).collect() });
        });
        let unit = &self.essentials.units[part.unit];
        let left = part.gather(|word| self.conditions[unit.first_word + word].left);
        let of_record = |record: usize| {
            let masks = &self.masks[self.records[record].masks..];
            (part.gather(|word| masks[word].0), part.gather(|word| masks[word].1))
        };
        in_every_way(|(yes, may)| part.value(yes, may, unknown), unknown, left, &turns, of_record)
    }
}

/// The bits that are set, lowest first.
fn each_bit(mut word: u64, mut look: impl FnMut(usize)) {
    while word != 0 {
        look(word.trailing_zeros() as usize);
        word &= word - 1;
    }
}
