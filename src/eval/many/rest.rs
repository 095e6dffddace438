//! What is left to do one patient at a time, after everything that could be done for all of them at once.

use super::division::Division;
use super::{CHUNK, Lanes, WORDS};
use crate::eval::bound::Bound;
use crate::eval::cells::{Cells, Word};
use crate::eval::columns::Columns;
use crate::eval::moment::Moment;
use crate::program::{ListId, Program};
use crate::value::Truth;

/// Room that is used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    cells: Cells,
    place: Bound,
    /// Patient by patient, what is settled of the conditions.
    words: Vec<Word>,
}

/// Where each bit of the cells comes from: a pair of sets, or none.
#[derive(Debug, Clone)]
pub(super) struct Rest {
    sources: Vec<Option<u32>>,
    /// Words of one patient's cells.
    width: usize,
    /// Lists whose records were gone through for everybody.
    passed: Vec<ListId>,
}

impl Rest {
    pub(super) fn new(program: &Program, division: &Division, passed: Vec<ListId>) -> Rest {
        let width = program.layout.shape.start.len();
        let mut sources = vec![None; width * 64];
        for (bit, id) in program.layout.bits.iter().zip(0..) {
            if let Some(source) = sources.get_mut(*bit as usize) {
                let id = crate::program::TruthId(id);
                let is_noted = division.noted_conditions.iter().any(|(noted, _)| *noted == id);
                *source = division.plane(id).filter(|_| !is_noted);
            }
        }
        Rest { sources, width, passed }
    }

    /// Does the steps for the patients from `first` on, so many, and notes the statuses of their rules.
    pub(super) fn settle(
        &self,
        moment: &Moment<'_>,
        division: &Division,
        columns: &Columns,
        (first, count): (usize, usize),
        room: &mut Room,
        planes: &mut [Lanes],
    ) {
        for rule in &division.noted {
            for (_, set) in &division.rules[rule.0 as usize].sets {
                planes[*set as usize] = [0; WORDS];
            }
        }
        for (_, set) in &division.noted_conditions {
            planes[*set as usize] = [0; WORDS];
            planes[*set as usize + 1] = [0; WORDS];
        }
        self.turn(planes, &mut room.words);
        let program = moment.program();
        for patient in 0..count {
            room.cells.reset(program);
            let settled = &room.words[patient * self.width..][..self.width];
            room.cells.words.copy_from_slice(settled);
            columns.load(first + patient, &mut room.place);
            let gone_through = |list: &ListId| u64::from(room.place.list(*list, moment.today()).count);
            room.cells.work = self.passed.iter().map(gone_through).sum();
            moment.run(&division.steps, &room.place, &mut room.cells);
            for rule in &division.noted {
                let status = room.cells.rule(rule.0 as usize);
                let sets = &division.rules[rule.0 as usize].sets;
                if let Some((_, set)) = sets.iter().find(|(of, _)| *of == status) {
                    planes[*set as usize][patient / 64] |= 1 << (patient % 64);
                }
            }
            for (id, set) in &division.noted_conditions {
                let truth = room.cells.truth(program, *id);
                let side = usize::from(truth == Truth::False);
                if truth != Truth::Unknown {
                    planes[*set as usize + side][patient / 64] |= 1 << (patient % 64);
                }
            }
        }
    }

    /// Begins with the patients of a batch.
    pub(super) fn begin(&self, columns: &Columns, room: &mut Room) {
        room.place = columns.place();
    }

    /// From a word of patients for each condition to words of conditions for each patient.
    fn turn(&self, planes: &[Lanes], words: &mut Vec<Word>) {
        words.clear();
        words.resize(CHUNK * self.width, [0, 0]);
        for (at, sources) in self.sources.chunks_exact(64).enumerate() {
            if sources.iter().all(Option::is_none) {
                continue;
            }
            for lane in 0..WORDS {
                for side in 0..2 {
                    let of = |source: &Option<u32>| source.map_or(0, |plane| planes[plane as usize + side][lane]);
                    let mut square: [u64; 64] = std::array::from_fn(|bit| of(&sources[bit]));
                    transpose(&mut square);
                    for (patient, word) in square.iter().enumerate() {
                        words[(lane * 64 + patient) * self.width + at][side] = *word;
                    }
                }
            }
        }
    }
}

/// Bit `b` of word `a` becomes bit `a` of word `b`.
fn transpose(square: &mut [u64; 64]) {
    let mut half = 32;
    let mut mask = 0x0000_0000_FFFF_FFFF_u64;
    while half > 0 {
        let mut at = 0;
        while at < 64 {
            let swapped = ((square[at] >> half) ^ square[at + half]) & mask;
            square[at] ^= swapped << half;
            square[at + half] ^= swapped;
            at = (at + half + 1) & !half;
        }
        half /= 2;
        mask ^= mask << half;
    }
}

#[cfg(test)]
mod tests {
    use super::transpose;

    #[test]
    fn a_square_is_turned() {
        let mut state = 7_u64;
        let square: [u64; 64] = std::array::from_fn(|_| {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            state.rotate_left(29)
        });
        let mut turned = square;
        transpose(&mut turned);
        for (a, row) in square.iter().enumerate() {
            for (b, column) in turned.iter().enumerate() {
                assert_eq!(row >> b & 1, column >> a & 1);
            }
        }
    }
}
