//! Conjunctions: yes when every condition is yes, no when some condition is no.

use super::cells::Word;
use crate::program::{GateGroup, GateSet, GateTable, Gates, TABLE_WORDS};

pub(super) fn settle(gates: &Gates, words: &mut [Word]) {
    for set in &gates.sets {
        match set {
            GateSet::Group(group) => match group.sides.len() {
                1 => settle_group::<1>(group, words),
                2 => settle_group::<2>(group, words),
                3 => settle_group::<3>(group, words),
                4 => settle_group::<4>(group, words),
                5 => settle_group::<5>(group, words),
                6 => settle_group::<6>(group, words),
                _ => settle_wide(group, words),
            },
            GateSet::Table(table) => match table.gates.len() {
                1 => settle_table::<1>(table, words),
                2 => settle_table::<2>(table, words),
                4 => settle_table::<4>(table, words),
                8 => settle_table::<8>(table, words),
                // INVARIANT: a table has no more words, and one, two, four … of them.
                _ => settle_table::<TABLE_WORDS>(table, words),
            },
        }
    }
}

#[inline(never)]
fn settle_table<const WORDS: usize>(table: &GateTable, words: &mut [Word]) {
    let against = readers::<WORDS>(table, words, |_, denied| denied);
    let open = readers::<WORDS>(table, words, |missing, denied| missing & !denied);
    let results = words[table.first_word..].iter_mut().zip(&table.gates);
    for ((word, gates), (against, open)) in results.zip(against.into_iter().zip(open)) {
        *word = [gates & !(against | open), against];
    }
}

/// Who reads one of the conditions picked from those that are not as wanted and those that are the other way.
#[inline(always)]
fn readers<const WORDS: usize>(table: &GateTable, words: &[Word], pick: impl Fn(u64, u64) -> u64) -> [u64; WORDS] {
    let mut all = [0; WORDS];
    let (rows, _) = table.rows.as_chunks::<WORDS>();
    for side in &table.sides {
        let [missing, denied] = of_side(side.side, words);
        let rows = &rows[side.row as usize..];
        let mut picked = (pick(missing, denied) & side.read) >> side.first;
        while picked != 0 {
            for (all, row) in all.iter_mut().zip(&rows[picked.trailing_zeros() as usize]) {
                *all |= row;
            }
            picked &= picked - 1;
        }
    }
    all
}

/// The bits of a word that are not as wanted, and those that are the other way.
#[inline]
fn of_side(side: u32, words: &[Word]) -> Word {
    let sides = words.as_flattened();
    [!sides[side as usize], sides[side as usize ^ 1]]
}

#[inline]
fn settle_group<const SIDES: usize>(group: &GateGroup, words: &mut [Word]) {
    let sides: [Word; SIDES] = std::array::from_fn(|side| of_side(group.sides[side], words));
    let (gates, _) = group.masks.as_chunks::<SIDES>();
    let mut results = Results::at(group.first_bit);
    for gate in gates {
        let (mut missing, mut against) = (0, 0);
        for (mask, [open, denied]) in gate.iter().zip(&sides) {
            missing |= mask & open;
            against |= mask & denied;
        }
        results.push(missing == 0, against != 0, words);
    }
    results.flush(words);
}

#[inline(never)]
fn settle_wide(group: &GateGroup, words: &mut [Word]) {
    let mut results = Results::at(group.first_bit);
    for gate in group.masks.chunks_exact(group.sides.len().max(1)) {
        let (mut missing, mut against) = (0, 0);
        for (side, mask) in group.sides.iter().zip(gate) {
            let [open, denied] = of_side(*side, words);
            missing |= mask & open;
            against |= mask & denied;
        }
        results.push(missing == 0, against != 0, words);
    }
    results.flush(words);
}

/// Answers on their way to the cells, a word at a time.
struct Results {
    bit: u32,
    word: Word,
}

impl Results {
    fn at(bit: u32) -> Results {
        Results { bit, word: [0, 0] }
    }

    #[inline]
    fn push(&mut self, yes: bool, no: bool, words: &mut [Word]) {
        self.word[0] |= u64::from(yes) << (self.bit % 64);
        self.word[1] |= u64::from(no) << (self.bit % 64);
        self.bit += 1;
        if self.bit.is_multiple_of(64) {
            self.bit -= 1;
            self.flush(words);
            self.bit += 1;
        }
    }

    #[inline]
    fn flush(&mut self, words: &mut [Word]) {
        if let Some([yes, no]) = words.get_mut((self.bit / 64) as usize) {
            *yes |= self.word[0];
            *no |= self.word[1];
        }
        self.word = [0, 0];
    }
}
