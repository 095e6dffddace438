//! Conjunctions settled side by side: which of them read which of the conditions.

use super::{Lit, TruthId};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Conjunctions one after the other, those that read others after them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gates {
    pub(crate) sets: Vec<GateSet>,
}

#[derive(Debug, Clone)]
pub(crate) enum GateSet {
    /// Conjunction by conjunction.
    Group(GateGroup),
    /// Condition by condition.
    Table(GateTable),
}

/// Conjunctions whose conditions stand in the same words. Their own bits follow one another.
#[derive(Debug, Clone)]
pub(crate) struct GateGroup {
    pub(crate) first_bit: u32,
    /// Ascending: twice the number of a word of the cells, and one more where its conditions are to be no.
    pub(crate) sides: Box<[u32]>,
    /// Conjunction by conjunction: for each side, the bits that it reads.
    pub(crate) masks: Box<[u64]>,
}

/// Conjunctions in up to [`TABLE_WORDS`] words, and who reads a condition.
#[derive(Debug, Clone)]
pub(crate) struct GateTable {
    pub(crate) first_word: usize,
    /// Word by word, one, two, four … of them: the bits that it has.
    pub(crate) gates: Box<[u64]>,
    pub(crate) layers: Box<[Layer]>,
    /// Each of as many words as `gates`.
    pub(crate) rows: Box<[u64]>,
}

/// Conditions of one side of a word of which no conjunction reads two.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Layer {
    /// As in [`GateGroup::sides`].
    pub(crate) side: u32,
    /// The first of its bits that is read.
    pub(crate) first: u32,
    /// The row of that bit: who reads it. Those of the bits after it follow.
    pub(crate) row: u32,
    /// After them, the row of the conjunctions that read none of the layer's conditions.
    pub(crate) free: u32,
    /// The bits that are read.
    pub(crate) read: u64,
}

/// The words of a table: more conjunctions than fit in are another table.
pub(crate) const TABLE_WORDS: usize = 16;
/// Fewer conjunctions than this are quicker one by one.
const FEWEST: usize = 16;
/// A table that takes more than so many times the room of their masks is not made.
const MOST_ROOM: usize = 5;

impl Gates {
    /// Gives the conjunctions their bits. Each comes after those that it reads.
    ///
    /// `order` is that of the rules which are just one of them: their statuses are read in one go.
    pub(super) fn new(
        gates: &[(TruthId, &[Lit])],
        order: &HashMap<TruthId, usize>,
        bits: &mut [u32],
        next: &mut u32,
    ) -> Gates {
        let mut levels: HashMap<TruthId, usize> = HashMap::new();
        for (id, lits) in gates {
            let level = lits.iter().filter_map(|lit| levels.get(&lit.id)).max().map_or(0, |level| level + 1);
            levels.insert(*id, level);
        }
        // What no other reads comes last, whatever it reads itself: most rules then lie side by side.
        let last = levels.values().copied().max().unwrap_or(0);
        let read: HashSet<TruthId> = gates.iter().flat_map(|(_, lits)| lits.iter().map(|lit| lit.id)).collect();
        let mut by_level: Vec<Vec<(TruthId, &[Lit])>> = vec![Vec::new(); last + 1];
        for (id, lits) in gates {
            by_level[if read.contains(id) { levels[id] } else { last }].push((*id, lits));
        }
        let mut sets = Vec::new();
        for mut level in by_level {
            level.sort_by_key(|(id, _)| order.get(id).copied().unwrap_or(usize::MAX));
            let mut one_by_one = Vec::new();
            for gates in level.chunks(TABLE_WORDS * 64) {
                let masks: Vec<BTreeMap<u32, u64>> = gates.iter().map(|(_, lits)| masks(lits, bits)).collect();
                match GateTable::new(*next, &masks) {
                    Some(table) => {
                        *next = next.next_multiple_of(64);
                        give_bits(gates.iter().map(|(id, _)| *id), bits, next);
                        sets.push(GateSet::Table(table));
                    }
                    None => one_by_one.extend(gates.iter().map(|(id, _)| *id).zip(masks)),
                }
            }
            let mut by_sides: BTreeMap<Vec<u32>, Vec<(TruthId, Vec<u64>)>> = BTreeMap::new();
            for (id, masks) in one_by_one {
                let (sides, masks) = masks.into_iter().unzip();
                by_sides.entry(sides).or_default().push((id, masks));
            }
            for (sides, gates) in by_sides {
                let first_bit = *next;
                give_bits(gates.iter().map(|(id, _)| *id), bits, next);
                let masks = gates.into_iter().flat_map(|(_, masks)| masks).collect();
                sets.push(GateSet::Group(GateGroup { first_bit, sides: sides.into(), masks }));
            }
        }
        Gates { sets }
    }
}

impl GateTable {
    /// `None` where it would take far more room than the masks: each condition is read by few.
    fn new(next: u32, masks: &[BTreeMap<u32, u64>]) -> Option<GateTable> {
        // By side, and which of its bits on that side it is to a conjunction: bit and conjunction.
        let mut by_layer: BTreeMap<(u32, usize), Vec<(u32, usize)>> = BTreeMap::new();
        for (gate, masks) in masks.iter().enumerate() {
            for (side, mask) in masks {
                for (rank, bit) in (0..64).filter(|bit| mask >> bit & 1 != 0).enumerate() {
                    by_layer.entry((*side, rank)).or_default().push((bit, gate));
                }
            }
        }
        let mut count = 0;
        let mut layers = Vec::with_capacity(by_layer.len());
        for ((side, _), reads) in &by_layer {
            let read = reads.iter().fold(0_u64, |read, (bit, _)| read | 1 << bit);
            let first = read.trailing_zeros();
            let free = count + 64 - first - read.leading_zeros();
            layers.push(Layer { side: *side, first, row: count, free, read });
            count = free + 1;
        }
        let words = masks.len().div_ceil(64).next_power_of_two();
        let one_by_one: usize = masks.iter().map(BTreeMap::len).sum();
        if masks.len() < FEWEST || count as usize * words > MOST_ROOM * one_by_one {
            return None;
        }
        let mut gates = vec![0; words];
        (0..masks.len()).for_each(|gate| gates[gate / 64] |= 1_u64 << (gate % 64));
        let mut rows = vec![0; count as usize * words];
        for (layer, reads) in layers.iter().zip(by_layer.values()) {
            let [row, free] = [layer.row, layer.free].map(|row| row as usize * words);
            rows[free..free + words].copy_from_slice(&gates);
            for (bit, gate) in reads {
                let (word, mask) = (gate / 64, 1_u64 << (gate % 64));
                rows[free + word] &= !mask;
                rows[row + (bit - layer.first) as usize * words + word] |= mask;
            }
        }
        let first_word = next.div_ceil(64) as usize;
        Some(GateTable { first_word, gates: gates.into(), layers: layers.into(), rows: rows.into() })
    }
}

fn give_bits(gates: impl Iterator<Item = TruthId>, bits: &mut [u32], next: &mut u32) {
    for id in gates {
        bits[id.0 as usize] = *next;
        *next += 1;
    }
}

/// By side: the bits that are read.
fn masks(lits: &[Lit], bits: &[u32]) -> BTreeMap<u32, u64> {
    let mut by_side: BTreeMap<u32, u64> = BTreeMap::new();
    for lit in lits {
        let bit = bits[lit.id.0 as usize];
        *by_side.entry(bit / 64 * 2 + u32::from(lit.negated)).or_default() |= 1_u64 << (bit % 64);
    }
    by_side
}
