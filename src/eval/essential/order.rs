//! In which order to ask: how much the answers of one gap settle by themselves.

use super::index::{Answers, Row, Unit};
use super::{Found, Gap, Open, OpenPart, OpenRule};

/// At most so many different answers of one gap.
const MOST_ANSWERS: usize = 4096;

/// What each answer does to the open conditions of the unit, each effect once: `words` pairs of masks each, those that the
/// answer makes yes, and those that it leaves possible.
struct Effects {
    words: usize,
    pairs: Vec<(u64, u64)>,
    /// Word by word: the open conditions that some answer can change.
    touched: Vec<u64>,
    /// Of many effects: where those of a hash are, from 1.
    places: Vec<u32>,
}

/// So many effects are compared with one after the other.
const FEW: usize = 8;

impl Effects {
    fn new(touched: Vec<u64>) -> Effects {
        Effects { words: touched.len(), pairs: Vec::new(), touched, places: Vec::new() }
    }

    fn count(&self) -> usize {
        self.pairs.len() / self.words.max(1)
    }

    fn each(&self) -> impl Iterator<Item = &[(u64, u64)]> {
        self.pairs.chunks_exact(self.words.max(1))
    }

    /// Unless it is there already.
    fn add(&mut self, effect: &[(u64, u64)]) {
        let count = self.count();
        if count < FEW {
            if !self.each().any(|other| other == effect) {
                self.pairs.extend_from_slice(effect);
            }
            return;
        }
        if self.places.len() < 2 * (count + 1) {
            self.places = vec![0; (4 * count).next_power_of_two()];
            for at in 0..count {
                let own = self.place(&self.pairs[at * self.words..][..self.words]);
                self.places[own] = at as u32 + 1;
            }
        }
        let place = self.place(effect);
        if self.places[place] == 0 {
            self.places[place] = count as u32 + 1;
            self.pairs.extend_from_slice(effect);
        }
    }

    /// Where it is, or a place that is free.
    fn place(&self, effect: &[(u64, u64)]) -> usize {
        let mix = |hash: u64, word: u64| (hash ^ word).wrapping_mul(0x9e37_79b9_7f4a_7c15).rotate_left(23);
        let hash = effect.iter().fold(0, |hash, (yes, may)| mix(mix(hash, *yes), *may));
        let mut place = hash as usize;
        loop {
            place &= self.places.len() - 1;
            match self.places[place] as usize {
                0 => return place,
                at if self.pairs[(at - 1) * self.words..][..self.words] == *effect => return place,
                _ => place += 1,
            }
        }
    }

    /// Those of a table's rows that are tried.
    fn add_rows(&mut self, rows: &[Row], tried: &[u64], come_to: impl Fn(usize, (u64, u64)) -> (u64, u64)) {
        let mut effect = vec![(0, 0); self.words];
        for (row, _) in rows.iter().zip(0_usize..).filter(|(_, at)| tried[at / 64] >> (at % 64) & 1 == 1) {
            for ((own, masks), word) in effect.iter_mut().zip(&row.masks).zip(0..) {
                *own = come_to(word, *masks);
            }
            self.add(&effect);
        }
    }
}

/// How many of the effects have each bit: 64 numbers side by side, bit by bit.
struct Counts {
    words: usize,
    /// The lowest bits of the numbers first, `words` of each.
    digits: Vec<u64>,
}

impl Counts {
    fn of<'e>(
        effects: impl Iterator<Item = &'e [(u64, u64)]>,
        words: usize,
        bits: impl Fn(usize, (u64, u64)) -> u64,
    ) -> Counts {
        let mut counts = Counts { words, digits: Vec::new() };
        for effect in effects {
            for (masks, word) in effect.iter().zip(0..) {
                counts.add(word, bits(word, *masks));
            }
        }
        counts
    }

    fn add(&mut self, word: usize, mut bits: u64) {
        let mut at = word;
        while bits != 0 {
            if at >= self.digits.len() {
                self.digits.resize(self.digits.len() + self.words, 0);
            }
            (self.digits[at], bits) = (self.digits[at] ^ bits, self.digits[at] & bits);
            at += self.words;
        }
    }

    fn of_bit(&self, bit: u32) -> u64 {
        let digits = self.digits.iter().skip(bit as usize / 64).step_by(self.words);
        digits.zip(0..).map(|(digit, at)| (digit >> (bit % 64) & 1) << at).sum()
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
        let count = effects.count() as u64;
        // How often each condition turns yes, and how often no.
        let yes = Counts::of(effects.each(), effects.words, |_, (yes, _)| yes);
        let no = Counts::of(effects.each(), effects.words, |word, (_, may)| effects.touched[word] & !may);
        let (mut settled, mut sides) = (0, Vec::new());
        for rule in rules {
            let Some(OpenPart { part, .. }) = self.parts_of(rule).iter().find(|open| open.part.unit == gap.unit) else {
                continue;
            };
            let is_touched = |bit: u32| effects.touched[bit as usize / 64] >> (bit % 64) & 1 == 1;
            let mut leaves = part.leaves.iter().filter(|leaf| is_touched(leaf.bit));
            let (one, others) = (leaves.next(), leaves.count());
            let Some(one) = one else { continue };
            let is_all = rule.unknown as usize == 1 + others;
            settled += if others == 0 {
                let (turns_yes, turns_no) = (yes.of_bit(one.bit), no.of_bit(one.bit));
                let (against, favour) = if one.is_negated() { (turns_yes, turns_no) } else { (turns_no, turns_yes) };
                against + if is_all { favour } else { 0 }
            } else {
                sides.clear();
                sides.resize(effects.words, (0, 0));
                for leaf in part.leaves.iter().filter(|leaf| is_touched(leaf.bit)) {
                    let (asked, denied) = &mut sides[leaf.bit as usize / 64];
                    *(if leaf.is_negated() { denied } else { asked }) |= 1 << (leaf.bit % 64);
                }
                effects.each().filter(|effect| settles(&sides, effect, is_all)).count() as u64
            };
        }
        Some(settled * 1_000_000 / count.max(1))
    }

    fn open_of(&self, unit: &Unit) -> Vec<u64> {
        self.conditions_of(unit).iter().map(|conditions| conditions.open).collect()
    }

    fn of_fact(&self, unit: &Unit) -> Effects {
        let open = self.open_of(unit);
        let mut effects = Effects::new(open.clone());
        for (field, at) in unit.fields.iter().zip(0..) {
            let tried = self.tried(unit, at);
            effects.add_rows(&field.rows, tried, |word, (yes, may)| (yes & open[word], may & open[word]));
        }
        effects
    }

    /// No record, or one of each kind.
    fn of_list(&self, unit: &Unit) -> Option<Effects> {
        let open = self.open_of(unit);
        let mut kinds = Effects::new(open.clone());
        kinds.add(&open.iter().map(|open| (*open, *open)).collect::<Vec<_>>());
        let asks = |(field, _): &(&Answers, usize)| field.asks.iter().zip(&open).any(|(asks, open)| asks & open != 0);
        let mut effect = vec![(0, 0); unit.words];
        for (field, at) in unit.fields.iter().zip(0..).filter(asks) {
            let mut own = Effects::new(open.clone());
            let tried = self.tried(unit, at);
            own.add_rows(&field.rows, tried, |word, (yes, may)| (yes & open[word], may & open[word]));
            if kinds.count() * own.count() > MOST_ANSWERS {
                return None;
            }
            let mut both = Effects::new(open.clone());
            for one in kinds.each() {
                for other in own.each() {
                    for ((joined, a), b) in effect.iter_mut().zip(one).zip(other) {
                        *joined = (a.0 & b.0, a.1 & b.1);
                    }
                    both.add(&effect);
                }
            }
            kinds = both;
        }
        effect.fill((0, 0));
        kinds.add(&effect);
        Some(kinds)
    }

    /// What its answers make of the conditions, each of those that differ once.
    fn of_field(&self, unit: &Unit, gap: &Open) -> Effects {
        let own = &self.records[gap.record];
        let field = &unit.fields[gap.field];
        let known = |word: usize| self.masks[own.masks + word];
        let left = |word: usize| self.conditions[unit.first_word + word].left;
        // What only may be passed, and by another record, too, stays as it is.
        let touched = |word: usize| known(word).1 & field.asks[word] & (known(word).0 | !left(word));
        let mut effects = Effects::new((0..unit.words).map(touched).collect());
        effects.add_rows(&field.rows, self.tried(unit, gap.field), |word, (yes, may)| {
            (yes & touched(word) & known(word).0, (may | left(word)) & touched(word))
        });
        // Passed by this record alone, all else of it being known; possible through others.
        for word in 0..unit.words {
            let fields = unit.fields.iter().zip(0..);
            let others = fields.filter(|(_, at)| *at != gap.field && own.missing >> at & 1 == 1);
            let alone = !others.fold(0, |asked, (field, _)| asked | field.asks[word]);
            let records = self.records.iter().filter(|other| other.unit == gap.unit && other.number != own.number);
            let elsewhere = records.fold(0, |all, other| all | self.masks[other.masks + word].1) & touched(word);
            for (yes, may) in effects.pairs.iter_mut().skip(word).step_by(unit.words) {
                (*yes, *may) = (*yes & alone, *may | elsewhere);
            }
        }
        effects
    }
}

/// Whether an answer settles a rule: it makes one of its conditions no, or all that are unknown yes. `sides` are word by word
/// the conditions that the answer can change, those that are asked for and those that are denied.
fn settles(sides: &[(u64, u64)], effect: &[(u64, u64)], is_all: bool) -> bool {
    let (mut against, mut lacking) = (0, 0);
    for ((asked, denied), (yes, may)) in sides.iter().zip(effect) {
        against |= (asked & !may) | (denied & yes);
        lacking |= (asked & !yes) | (denied & may);
    }
    against != 0 || (is_all && lacking == 0)
}
