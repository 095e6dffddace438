//! In which order to ask: how much the answers of one gap settle by themselves.

use super::index::{Answers, Unit};
use super::{Found, Gap, Open, OpenPart, OpenRule, each_bit};
use std::borrow::Cow;

/// At most so many different answers of one gap.
const MOST_ANSWERS: usize = 4096;

/// By condition the answers that make it yes, and those that leave it possible, as bits.
#[derive(Debug, Clone, Default)]
pub(super) struct Columns {
    /// How many words the answers take.
    words: usize,
    /// So many for each condition.
    pairs: Vec<(u64, u64)>,
}

impl Columns {
    /// Of each answer, by `words` of conditions, what it makes yes and what it leaves possible.
    pub(super) fn new<'m>(words: usize, answers: impl ExactSizeIterator<Item = &'m [(u64, u64)]>) -> Columns {
        let mut columns = Columns { words: answers.len().div_ceil(64), pairs: Vec::new() };
        columns.pairs = vec![(0, 0); words * 64 * columns.words];
        for (masks, answer) in answers.zip(0_usize..) {
            for ((yes, may), word) in masks.iter().zip(0_usize..) {
                let place = |bit: usize| (word * 64 + bit) * columns.words + answer / 64;
                each_bit(*yes, |bit| columns.pairs[place(bit)].0 |= 1 << (answer % 64));
                each_bit(*may, |bit| columns.pairs[place(bit)].1 |= 1 << (answer % 64));
            }
        }
        columns
    }
}

/// What each answer of a gap does to the open conditions of the unit.
struct Effects<'a> {
    columns: Cow<'a, Columns>,
    /// Of the answers that do the same one, as bits.
    different: Vec<u64>,
    /// Word by word of the conditions.
    conditions: Vec<Touched>,
}

/// 64 conditions of a unit.
#[derive(Clone, Copy)]
struct Touched {
    /// Those that some answer can change.
    open: u64,
    /// Those that an answer makes yes by itself.
    alone: u64,
    /// Those that stay possible whatever the answer is.
    possible: u64,
}

impl Touched {
    /// All that the answer leaves possible, it makes so by itself.
    fn only(open: u64) -> Touched {
        Touched { open, alone: u64::MAX, possible: 0 }
    }
}

impl Effects<'_> {
    fn is_touched(&self, condition: u32) -> bool {
        self.conditions[condition as usize / 64].open >> (condition % 64) & 1 == 1
    }

    /// Of 64 answers those that make a condition yes, and those that leave it possible.
    fn of(&self, condition: u32, word: usize) -> (u64, u64) {
        let (yes, may) = self.columns.pairs[condition as usize * self.columns.words + word];
        let Touched { alone, possible, .. } = self.conditions[condition as usize / 64];
        let is_in = |mask: u64| mask >> (condition % 64) & 1 == 1;
        (if is_in(alone) { yes } else { 0 }, if is_in(possible) { u64::MAX } else { may })
    }

    /// How many of the different answers settle a rule: they make one of its conditions no, or all that are unknown yes.
    fn settling(&self, rule: &OpenRule, OpenPart { part, .. }: &OpenPart<'_>) -> u32 {
        let touched = || part.leaves.iter().filter(|leaf| self.is_touched(leaf.bit));
        let is_all = touched().count() == rule.unknown as usize;
        let settling = self.different.iter().zip(0..).map(|(different, word)| {
            let (mut against, mut favour) = (0, if is_all { u64::MAX } else { 0 });
            for leaf in touched() {
                let (yes, may) = self.of(leaf.bit, word);
                let (yes, may) = if leaf.is_negated() { (!may, !yes) } else { (yes, may) };
                (against, favour) = (against | !may, favour & yes);
            }
            (different & (against | favour)).count_ones()
        });
        settling.sum()
    }
}

/// Pairs of masks by which answers are looked up: those that do the same are found once.
struct Lookup {
    /// Where those of a hash are, from 1.
    places: Vec<u32>,
}

impl Lookup {
    fn new(most: usize) -> Lookup {
        Lookup { places: vec![0; (2 * most).next_power_of_two()] }
    }

    /// Notes an answer; whether it is the first that is like it.
    fn is_new(
        &mut self,
        answer: usize,
        masks: impl Iterator<Item = (u64, u64)>,
        is_like: impl Fn(usize) -> bool,
    ) -> bool {
        let mix = |hash: u64, (yes, may): (u64, u64)| {
            (hash ^ yes ^ may.rotate_left(32)).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23)
        };
        let mut place = masks.fold(0, mix) as usize;
        loop {
            place &= self.places.len() - 1;
            match self.places[place] as usize {
                0 => {
                    self.places[place] = answer as u32 + 1;
                    return true;
                }
                other if is_like(other - 1) => return false,
                _ => place += 1,
            }
        }
    }
}

/// What kinds of records do to the conditions: `words` pairs of masks each, none twice.
struct Kinds {
    words: usize,
    pairs: Vec<(u64, u64)>,
    known: Lookup,
}

impl Kinds {
    fn new(words: usize, most: usize) -> Kinds {
        Kinds { words, pairs: Vec::new(), known: Lookup::new(most) }
    }

    fn each(&self) -> std::slice::ChunksExact<'_, (u64, u64)> {
        self.pairs.chunks_exact(self.words)
    }

    /// Unless it is there already.
    fn add(&mut self, kind: &[(u64, u64)]) {
        let (pairs, words) = (&self.pairs, self.words);
        let is_like = |other: usize| pairs[other * words..][..words] == *kind;
        if self.known.is_new(pairs.len() / words, kind.iter().copied(), is_like) {
            self.pairs.extend_from_slice(kind);
        }
    }
}

impl Answers {
    /// Of some rows one of each that do the same to the conditions looked at: word by word those that they make yes, and those
    /// that they leave possible.
    fn different(&self, rows: &[u64], looked_at: &[(u64, u64)]) -> Vec<u64> {
        let mut different = vec![0; rows.len()];
        let count: u32 = rows.iter().map(|word| word.count_ones()).sum();
        let mut known = Lookup::new(count as usize);
        let masks = |row: usize| {
            let all = self.rows[row].masks.iter().zip(looked_at);
            all.map(|((yes, may), looked_at)| (yes & looked_at.0, may & looked_at.1))
        };
        for (word, at) in rows.iter().zip(0_usize..) {
            each_bit(*word, |bit| {
                let row = at * 64 + bit;
                if known.is_new(row, masks(row), |other| masks(other).eq(masks(row))) {
                    different[at] |= 1 << bit;
                }
            });
        }
        different
    }
}

impl<'a> Found<'a> {
    /// In millionths: for each rule the part of the gap's different answers that settle it by themselves, all added up.
    pub(super) fn share<'r>(&self, gap: &Open, rules: impl Iterator<Item = &'r OpenRule>) -> Option<u64> {
        let unit = &self.essentials.units[gap.unit];
        let effects = match gap.gap {
            Gap::Fact(_) => self.of_fact(unit),
            Gap::List(_) => self.of_list(unit)?,
            Gap::Field { .. } => self.of_field(unit, gap),
        };
        let own = |rule| self.parts_of(rule).iter().find(|open| open.part.unit == gap.unit);
        let settled: u32 = rules.filter_map(|rule| Some(effects.settling(rule, own(rule)?))).sum();
        let count: u32 = effects.different.iter().map(|word| word.count_ones()).sum();
        Some(u64::from(settled) * 1_000_000 / u64::from(count.max(1)))
    }

    /// Word by word, as looked at in what answers make yes and in what they leave possible.
    fn open_of(&self, unit: &Unit) -> Vec<(u64, u64)> {
        self.conditions_of(unit).iter().map(|conditions| (conditions.open, conditions.open)).collect()
    }

    fn of_fact(&self, unit: &'a Unit) -> Effects<'a> {
        let field = &unit.fields[0];
        let open = self.open_of(unit);
        Effects {
            columns: Cow::Borrowed(&field.columns),
            different: field.different(self.tried(unit, 0), &open),
            conditions: open.iter().map(|(open, _)| Touched::only(*open)).collect(),
        }
    }

    /// No record, or one of each kind.
    fn of_list(&self, unit: &Unit) -> Option<Effects<'a>> {
        let open = self.open_of(unit);
        let mut kinds = Kinds::new(unit.words, 1);
        kinds.add(&open);
        let asks = |(field, _): &(&Answers, usize)| field.asks.iter().zip(&open).any(|(asks, open)| asks & open.0 != 0);
        let mut kind = vec![(0, 0); unit.words];
        for (field, at) in unit.fields.iter().zip(0..).filter(asks) {
            let different = field.different(self.tried(unit, at), &open);
            let count = kinds.each().len() * different.iter().map(|word| word.count_ones() as usize).sum::<usize>();
            if count > MOST_ANSWERS {
                return None;
            }
            // Room for the kind that is added last, too.
            let mut both = Kinds::new(unit.words, count + 1);
            for one in kinds.each() {
                for (word, first) in different.iter().zip((0_usize..).step_by(64)) {
                    each_bit(*word, |bit| {
                        for ((joined, a), b) in kind.iter_mut().zip(one).zip(&field.rows[first + bit].masks) {
                            *joined = (a.0 & b.0, a.1 & b.1);
                        }
                        both.add(&kind);
                    });
                }
            }
            kinds = both;
        }
        kind.fill((0, 0));
        kinds.add(&kind);
        let count = kinds.each().len();
        let of_word = |word: usize| if count < (word + 1) * 64 { (1 << (count - word * 64)) - 1 } else { u64::MAX };
        Some(Effects {
            columns: Cow::Owned(Columns::new(unit.words, kinds.each())),
            different: (0..count.div_ceil(64)).map(of_word).collect(),
            conditions: open.iter().map(|(open, _)| Touched::only(*open)).collect(),
        })
    }

    /// What its answers make of the conditions.
    fn of_field(&self, unit: &'a Unit, gap: &Open) -> Effects<'a> {
        let own = &self.records[gap.record];
        let field = &unit.fields[gap.field];
        let others = unit.fields.iter().zip(0..);
        let others = others.filter(|(_, at)| *at != gap.field && own.missing >> at & 1 == 1).map(|(field, _)| field);
        let records = self.records.iter().filter(|other| other.unit == gap.unit && other.number != own.number);
        let mut looked_at = Vec::with_capacity(unit.words);
        let mut conditions = Vec::with_capacity(unit.words);
        for word in 0..unit.words {
            let (yes, may) = self.masks[own.masks + word];
            let left = self.conditions[unit.first_word + word].left;
            // What only may be passed, and by another record, too, stays as it is.
            let open = may & field.asks[word] & (yes | !left);
            looked_at.push((open & yes, open & !left));
            // Passed by this record alone, all else of it being known; possible through others.
            let alone = yes & !others.clone().fold(0, |asked, field| asked | field.asks[word]);
            let elsewhere = records.clone().fold(0, |all, other| all | self.masks[other.masks + word].1);
            conditions.push(Touched { open, alone, possible: left | elsewhere });
        }
        let different = field.different(self.tried(unit, gap.field), &looked_at);
        Effects { columns: Cow::Borrowed(&field.columns), different, conditions }
    }
}
