//! Conjunctions: yes when every condition is yes, no when some condition is no.

use super::cells::Word;
use crate::program::{GateGroup, GateSet, GateTable, Gates, TABLE_WORDS};

pub(super) fn settle(gates: &Gates, words: &mut [Word]) {
    for set in &gates.sets {
        match set {
            GateSet::Group(group) => settle_group(group, words),
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

/// In each layer a conjunction is as its one condition there.
#[inline(never)]
fn settle_table<const WORDS: usize>(table: &GateTable, words: &mut [Word]) {
    let (rows, _) = table.rows.as_chunks::<WORDS>();
    let (mut surely, mut possibly) = ([u64::MAX; WORDS], [u64::MAX; WORDS]);
    for layer in &table.layers {
        let [missing, denied] = of_side(layer.side, words);
        let rows = &rows[layer.row as usize..layer.free as usize + 1];
        let [held, open] = [!missing, missing & !denied].map(|bits| (bits & layer.read) >> layer.first);
        let mut here = rows[rows.len() - 1];
        or_rows(&mut here, rows, held);
        and_in(&mut surely, &here);
        or_rows(&mut here, rows, open);
        and_in(&mut possibly, &here);
    }
    // What follows in the last word is settled later.
    let results = words[table.first_word..].iter_mut().zip(&table.gates);
    for ((word, gates), (surely, possibly)) in results.zip(surely.into_iter().zip(possibly)) {
        *word = [gates & surely, gates & !possibly];
    }
}

/// Adds the rows of some bits.
#[inline(always)]
fn or_rows<const WORDS: usize>(all: &mut [u64; WORDS], rows: &[[u64; WORDS]], mut bits: u64) {
    while bits != 0 {
        for (all, row) in all.iter_mut().zip(&rows[bits.trailing_zeros() as usize]) {
            *all |= row;
        }
        bits &= bits - 1;
    }
}

#[inline(always)]
fn and_in<const WORDS: usize>(all: &mut [u64; WORDS], other: &[u64; WORDS]) {
    for (all, other) in all.iter_mut().zip(other) {
        *all &= other;
    }
}

/// The bits of a word that are not as wanted, and those that are the other way.
#[inline]
fn of_side(side: u32, words: &[Word]) -> Word {
    let word = words[(side / 2) as usize];
    let wanted = (side % 2) as usize;
    [!word[wanted], word[1 - wanted]]
}

fn settle_group(group: &GateGroup, words: &mut [Word]) {
    let mut masks = &*group.masks;
    let mut bit = group.first_bit;
    while let Some((gate, others)) = masks.split_at_checked(group.sides.len().max(1)) {
        masks = others;
        let (mut missing, mut against) = (0, 0);
        for (side, mask) in group.sides.iter().zip(gate) {
            let [open, denied] = of_side(*side, words);
            missing |= mask & open;
            against |= mask & denied;
        }
        let [yes, no] = &mut words[(bit / 64) as usize];
        *yes |= u64::from(missing == 0) << (bit % 64);
        *no |= u64::from(against != 0) << (bit % 64);
        bit += 1;
    }
}
