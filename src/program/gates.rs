//! Conjunctions settled side by side: masks over the words of the conditions that they read.

use super::{Lit, TruthId};
use std::collections::{BTreeMap, HashMap};

/// Conjunctions one after the other, those that read others after them.
#[derive(Debug, Clone, Default)]
pub(crate) struct Gates {
    pub(crate) groups: Vec<GateGroup>,
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

impl Gates {
    /// Gives the conjunctions their bits. Each comes after those that it reads.
    pub(super) fn new(gates: &[(TruthId, &[Lit])], bits: &mut [u32], next: &mut u32) -> Gates {
        let mut levels: HashMap<TruthId, usize> = HashMap::new();
        let mut by_level: Vec<Vec<(TruthId, &[Lit])>> = Vec::new();
        for (id, lits) in gates {
            let level = lits.iter().filter_map(|lit| levels.get(&lit.id)).max().map_or(0, |level| level + 1);
            levels.insert(*id, level);
            if by_level.len() == level {
                by_level.push(Vec::new());
            }
            by_level[level].push((*id, lits));
        }
        let mut groups = Vec::new();
        for level in by_level {
            let mut by_sides: BTreeMap<Vec<u32>, Vec<(TruthId, Vec<u64>)>> = BTreeMap::new();
            for (id, lits) in level {
                let (sides, masks) = masks(lits, bits);
                by_sides.entry(sides).or_default().push((id, masks));
            }
            for (sides, gates) in by_sides {
                let first_bit = *next;
                let mut all = Vec::with_capacity(gates.len() * sides.len());
                for (id, masks) in gates {
                    bits[id.0 as usize] = *next;
                    *next += 1;
                    all.extend(masks);
                }
                groups.push(GateGroup { first_bit, sides: sides.into(), masks: all.into() });
            }
        }
        Gates { groups }
    }
}

fn masks(lits: &[Lit], bits: &[u32]) -> (Vec<u32>, Vec<u64>) {
    let mut by_side: BTreeMap<u32, u64> = BTreeMap::new();
    for lit in lits {
        let bit = bits[lit.id.0 as usize];
        *by_side.entry(bit / 64 * 2 + u32::from(lit.negated)).or_default() |= 1_u64 << (bit % 64);
    }
    by_side.into_iter().unzip()
}
