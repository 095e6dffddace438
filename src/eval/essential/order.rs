//! In which order to ask: how much the answers of one gap settle by themselves.

use super::index::{Answers, Part, Source, Unit};
use super::{Found, Gap, Open, each_bit};
use crate::eval::bound::Bound;
use crate::eval::moment::Moment;

/// At most so many different answers of one gap.
const MOST_ANSWERS: usize = 4096;

/// What each answer does to the open conditions of the unit, each effect once: `words` pairs of masks each, those that the
/// answer makes yes, and those that it leaves possible.
struct Effects {
    words: usize,
    pairs: Vec<(u64, u64)>,
    /// Word by word: the open conditions that some answer can change.
    touched: Vec<u64>,
}

impl Effects {
    fn new(words: usize) -> Effects {
        Effects { words, pairs: Vec::new(), touched: vec![0; words] }
    }

    fn count(&self) -> usize {
        self.pairs.len() / self.words.max(1)
    }

    fn each(&self) -> impl Iterator<Item = &[(u64, u64)]> {
        self.pairs.chunks_exact(self.words.max(1))
    }

    /// Unless it is there already.
    fn add(&mut self, effect: &[(u64, u64)]) {
        if !self.each().any(|other| other == effect) {
            self.pairs.extend_from_slice(effect);
        }
    }
}

impl Found<'_> {
    /// In millionths: for each rule the part of the gap's different answers that settle it by themselves, all added up.
    pub(super) fn share(&self, gap: &Open, rules: &[u32], bound: &Bound, moment: &Moment<'_>) -> Option<u64> {
        let unit = &self.essentials.units[gap.unit];
        let told_apart = match gap.gap {
            Gap::Fact(_) => self.of_fact(unit),
            Gap::List(_) => self.of_list(unit)?,
            Gap::Field { .. } => self.of_field(unit, gap, bound, moment),
        };
        let count = told_apart.count();
        let effects = self.as_settled(unit, gap, told_apart);
        // How often each condition turns yes, and how often it stays possible.
        let mut yes = vec![0_u32; unit.words * 64];
        let mut may = vec![0_u32; unit.words * 64];
        for (pair, at) in effects.each().flat_map(|effect| effect.iter().zip(0..)) {
            each_bit(pair.0, |bit| yes[at * 64 + bit] += 1);
            each_bit(pair.1, |bit| may[at * 64 + bit] += 1);
        }
        let mut settled = 0;
        for rule in rules {
            let Some(conjunction) = &self.essentials.rules[*rule as usize].conjunction else { continue };
            let open = |part: &Part| {
                let unit = &self.essentials.units[part.unit];
                part.leaves.iter().filter(|leaf| self.is_unknown(unit, leaf.bit)).count()
            };
            let unknown: usize = conjunction.parts.iter().map(open).sum();
            let Some(part) = conjunction.parts.iter().find(|part| part.unit == gap.unit) else { continue };
            let is_touched = |bit: u32| effects.touched[bit as usize / 64] >> (bit % 64) & 1 == 1;
            let mut leaves = part.leaves.iter().filter(|leaf| is_touched(leaf.bit));
            let (one, others) = (leaves.next(), leaves.count());
            let Some(one) = one else { continue };
            let is_all = unknown == 1 + others;
            settled += if others == 0 {
                let at = one.bit as usize;
                let (turns_yes, turns_no) = (u64::from(yes[at]), count as u64 - u64::from(may[at]));
                let (against, favour) = if one.is_negated() { (turns_yes, turns_no) } else { (turns_no, turns_yes) };
                against + if is_all { favour } else { 0 }
            } else {
                effects.each().filter(|effect| settles(part, &effects, effect, is_all)).count() as u64
            };
        }
        Some(settled * 1_000_000 / (count as u64).max(1))
    }

    /// What the answers make of conditions, where `told_apart` is what they let a record pass.
    fn as_settled(&self, unit: &Unit, gap: &Open, told_apart: Effects) -> Effects {
        let Gap::Field { .. } = gap.gap else { return told_apart };
        let own = &self.records[gap.record];
        let mut settled = Effects { pairs: Vec::new(), ..Effects::new(unit.words) };
        // Passed by this record alone, all else of it being known; possible through others.
        let mut alone = vec![0; unit.words];
        let mut elsewhere = vec![0; unit.words];
        for word in 0..unit.words {
            let others = unit.fields.iter().zip(0..).filter(|(_, at)| *at != gap.field && own.missing >> at & 1 == 1);
            alone[word] = !others.fold(0, |asked, (field, _)| asked | field.asks[word]);
            for record in self.records.iter().filter(|record| record.unit == gap.unit && record.number != own.number) {
                elsewhere[word] |= record.may_pass[word];
            }
        }
        settled.touched.clone_from(&told_apart.touched);
        for effect in told_apart.each() {
            for (word, (yes, may)) in effect.iter().enumerate() {
                settled.pairs.push((yes & alone[word], may | (elsewhere[word] & told_apart.touched[word])));
            }
        }
        settled
    }

    fn open_of(&self, unit: &Unit, word: usize) -> u64 {
        self.open[unit.first_word + word]
    }

    fn is_tried(&self, unit: &Unit, tried_for: &[u64]) -> bool {
        tried_for.iter().enumerate().any(|(word, tried)| tried & self.open[unit.first_word + word] != 0)
    }

    fn of_fact(&self, unit: &Unit) -> Effects {
        let mut effects = Effects::new(unit.words);
        effects.touched = (0..unit.words).map(|word| self.open_of(unit, word)).collect();
        let mut effect = vec![(0, 0); unit.words];
        for row in unit.fields.iter().flat_map(|field| &field.rows).filter(|row| self.is_tried(unit, &row.tried_for)) {
            for (word, (yes, may)) in row.masks.iter().enumerate() {
                effect[word] = (yes & effects.touched[word], may & effects.touched[word]);
            }
            effects.add(&effect);
        }
        effects
    }

    /// No record, or one of each kind.
    fn of_list(&self, unit: &Unit) -> Option<Effects> {
        let open: Vec<u64> = (0..unit.words).map(|word| self.open_of(unit, word)).collect();
        let mut kinds = Effects::new(unit.words);
        kinds.add(&open.iter().map(|open| (*open, *open)).collect::<Vec<_>>());
        let asks = |field: &&Answers| field.asks.iter().zip(&open).any(|(asks, open)| asks & open != 0);
        for field in unit.fields.iter().filter(asks) {
            let mut own = Effects::new(unit.words);
            let mut effect = vec![(0, 0); unit.words];
            for row in field.rows.iter().filter(|row| self.is_tried(unit, &row.tried_for)) {
                for (word, (yes, may)) in row.masks.iter().enumerate() {
                    effect[word] = (yes & open[word], may & open[word]);
                }
                own.add(&effect);
            }
            let mut both = Effects::new(unit.words);
            if kinds.count() * own.count() > MOST_ANSWERS {
                return None;
            }
            for one in kinds.each() {
                for other in own.each() {
                    for (word, (a, b)) in one.iter().zip(other).enumerate() {
                        effect[word] = (a.0 & b.0, a.1 & b.1);
                    }
                    both.add(&effect);
                }
            }
            kinds = both;
        }
        kinds.add(&vec![(0, 0); unit.words]);
        kinds.touched = open;
        Some(kinds)
    }

    fn of_field(&self, unit: &Unit, gap: &Open, bound: &Bound, moment: &Moment<'_>) -> Effects {
        let record = &self.records[gap.record];
        let field = &unit.fields[gap.field];
        let mut effects = Effects::new(unit.words);
        effects.touched = (0..unit.words).map(|word| record.may_pass[word] & field.asks[word]).collect();
        // What other records have is tried, too.
        let given = match unit.source {
            Source::List { pass, .. } => moment.given_rows(bound, pass, field.field),
            Source::Slot(_) => Vec::new(),
        };
        let mut effect = vec![(0, 0); unit.words];
        for row in &field.rows {
            if !self.is_tried(unit, &row.tried_for) && !given.contains(&row.number) {
                continue;
            }
            for (word, (yes, may)) in row.masks.iter().enumerate() {
                effect[word] = (yes & effects.touched[word], may & effects.touched[word]);
            }
            effects.add(&effect);
        }
        effects
    }
}

/// Whether an answer settles a rule: it makes one of its conditions no, or all that are unknown yes.
fn settles(part: &Part, effects: &Effects, effect: &[(u64, u64)], is_all: bool) -> bool {
    let mut all = true;
    for leaf in &part.leaves {
        let (word, bit) = (leaf.bit as usize / 64, leaf.bit % 64);
        if effects.touched[word] >> bit & 1 == 0 {
            continue;
        }
        let (yes, no) = (effect[word].0 >> bit & 1 == 1, effect[word].1 >> bit & 1 == 0);
        let (favour, against) = if leaf.is_negated() { (no, yes) } else { (yes, no) };
        if against {
            return true;
        }
        all &= favour;
    }
    all && is_all
}
