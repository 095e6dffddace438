//! Conditions on one slot, for a chunk of patients: who has a value of each class, and so who passes each condition.

use super::division::Division;
use super::{Expired, Lanes, Plane, WORDS, and_not, or, pack};
use crate::eval::bound::{ABSENT_ROW, FIRST_ROW, MISSING_ROW};
use crate::eval::columns::{ABSENT_DAY, Column, NO_DAY_GIVEN};
use crate::eval::look::DateTable;
use crate::eval::tables::MaskTable;
use crate::program::Block;
use crate::value::Truth;

/// The classified conditions of one slot.
#[derive(Debug, Clone)]
pub(super) struct SlotWork {
    slot: usize,
    how: How,
}

#[derive(Debug, Clone)]
enum How {
    Classes(ByClass),
    Days(ByDay),
}

/// Room that is used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    sets: Vec<Lanes>,
    others: Vec<Lanes>,
    first: Vec<i32>,
    last: Vec<i32>,
}

impl SlotWork {
    /// `column` is that of the slot, `dates` the masks of a slot that is a date.
    pub(super) fn new(
        division: &Division,
        block: &Block,
        column: &Column,
        table: Option<&MaskTable>,
        dates: Option<&DateTable>,
    ) -> SlotWork {
        // INVARIANT: the division has sets for every classified condition.
        let planes = block.atoms.iter().map(|atom| division.plane(*atom).unwrap_or(Plane::MAX));
        let how = match (table, dates) {
            (Some(table), _) => {
                let rows = column.rows_of_classes();
                let answers = planes.zip(block.first_bit..).map(|(plane, bit)| {
                    let truths = rows.iter().map(|row| table.truth(*row, bit));
                    (plane, truths.collect())
                });
                How::Classes(ByClass::new(rows.len(), column.missing(), answers))
            }
            (None, Some(dates)) => {
                let bits = (block.first_bit..).take(block.atoms.len());
                let stretches = Stretches::new(dates, bits, |table, row, bit| table.truth(row, bit));
                How::Days(ByDay::new(stretches, planes))
            }
            // INVARIANT: a table is made for every block, with or without the date.
            (None, None) => How::Classes(ByClass::new(0, 0, std::iter::empty())),
        };
        SlotWork { slot: block.slot.0 as usize, how }
    }

    pub(super) fn slot(&self) -> usize {
        self.slot
    }

    /// Settles the conditions of the patients from `first` on, so many.
    pub(super) fn settle(
        &self,
        column: &Column,
        (first, count): (usize, usize),
        expired: Expired,
        room: &mut Room,
        planes: &mut [Lanes],
    ) {
        let expired = expired.among(&column.expiries, first, count);
        match &self.how {
            How::Classes(work) => work.settle(&column.classes[first..first + count], expired, room, planes),
            How::Days(work) => {
                let days = (&column.first[first..first + count], &column.last[first..first + count]);
                work.settle(days, expired, room, planes);
            }
        }
    }
}

/// By the class of the value.
#[derive(Debug, Clone)]
struct ByClass {
    classes: usize,
    missing: u16,
    /// Whether sets of all classes through one are wanted, too.
    sums: bool,
    answers: Vec<Picked>,
    picks: Vec<u16>,
}

/// A condition: sets of which those who pass, and those of whom it is not known, are the sum. The sets are disjoint, or
/// one lies in the other, so the sum leaves out what is in two.
#[derive(Debug, Clone)]
struct Picked {
    plane: Plane,
    first: u32,
    unknown: u32,
    end: u32,
}

impl ByClass {
    fn new(classes: usize, missing: u16, answers: impl Iterator<Item = (Plane, Vec<Truth>)>) -> ByClass {
        let mut work = ByClass { classes, missing, sums: false, answers: Vec::new(), picks: Vec::new() };
        for (plane, truths) in answers {
            let first = work.picks.len() as u32;
            work.pick(truths.iter().map(|truth| *truth == Truth::True).collect());
            let unknown = work.picks.len() as u32;
            work.pick(truths.iter().map(|truth| *truth == Truth::Unknown).collect());
            work.answers.push(Picked { plane, first, unknown, end: work.picks.len() as u32 });
        }
        work
    }

    /// The classes one by one, or the ends of their stretches, whichever is less.
    fn pick(&mut self, is_in: Vec<bool>) {
        let singly: Vec<u16> = (0..).zip(&is_in).filter(|(_, is_in)| **is_in).map(|(class, _)| class).collect();
        let mut ends = Vec::new();
        for (class, own) in is_in.iter().enumerate() {
            let before = class.checked_sub(1).is_some_and(|before| is_in[before]);
            if *own != before && class > 0 {
                ends.push((self.classes + class - 1) as u16);
            }
        }
        if is_in.last() == Some(&true) {
            ends.push((self.classes + is_in.len() - 1) as u16);
        }
        if ends.len() < singly.len() && self.classes * 2 < usize::from(u16::MAX) {
            self.sums = true;
            self.picks.extend(ends);
        } else {
            self.picks.extend(singly);
        }
    }

    fn settle(&self, classes: &[u16], expired: impl Iterator<Item = usize>, room: &mut Room, planes: &mut [Lanes]) {
        let sets = &mut room.sets;
        sets.clear();
        sets.resize(self.classes * 2, [0; WORDS]);
        for (word, classes) in classes.chunks(64).enumerate() {
            for (bit, class) in classes.iter().enumerate() {
                sets[usize::from(*class)][word] |= 1 << bit;
            }
        }
        for patient in expired {
            let (word, bit) = (patient / 64, 1_u64 << (patient % 64));
            sets[usize::from(classes[patient])][word] &= !bit;
            sets[usize::from(self.missing)][word] |= bit;
        }
        if self.sums {
            let mut sum = [0; WORDS];
            for class in 0..self.classes {
                sum = or(sum, sets[class]);
                sets[self.classes + class] = sum;
            }
        }
        let add = |picks: &[u16]| {
            let mut sum = [0; WORDS];
            for pick in picks {
                let set = &sets[usize::from(*pick)];
                for word in 0..WORDS {
                    sum[word] ^= set[word];
                }
            }
            sum
        };
        for Picked { plane, first, unknown, end } in &self.answers {
            let yes = add(&self.picks[*first as usize..*unknown as usize]);
            let unknown = add(&self.picks[*unknown as usize..*end as usize]);
            planes[*plane as usize] = yes;
            planes[*plane as usize + 1] = std::array::from_fn(|word| !(yes[word] | unknown[word]));
        }
    }
}

impl MaskTable {
    /// The answer to the condition of a bit, of a slot's table.
    pub(super) fn truth(&self, row: u32, bit: u32) -> Truth {
        let [yes, no] = self.word(row, bit / 64 - self.first_word);
        Truth::from_bounds(yes >> (bit % 64) & 1 == 1, no >> (bit % 64) & 1 == 1)
    }

    /// Whether a record passes what the quantifier of a bit asks, of a table of a pass.
    pub(super) fn passed(&self, row: u32, bit: u32) -> Truth {
        let [surely, possibly] = self.word(row, bit / 64 - self.first_word);
        Truth::from_bounds(surely >> (bit % 64) & 1 == 1, possibly >> (bit % 64) & 1 == 0)
    }
}

/// The calendar cut where some condition changes; after its end what was not given, then what is absent.
pub(super) struct Stretches {
    /// The first day of each stretch but the first.
    pub(super) borders: Vec<i32>,
    /// By stretch, the answer of each condition.
    pub(super) rows: Vec<Vec<Truth>>,
}

impl Stretches {
    /// What `answer` says of each bit in a row of the table.
    pub(super) fn new(
        dates: &DateTable,
        bits: impl Iterator<Item = u32> + Clone,
        answer: impl Fn(&MaskTable, u32, u32) -> Truth,
    ) -> Stretches {
        let row = |row: u32| bits.clone().map(|bit| answer(&dates.masks, row, bit)).collect::<Vec<Truth>>();
        let mut stretches = Stretches { borders: Vec::new(), rows: vec![row(FIRST_ROW)] };
        let borders = dates.borders.iter().map(|border| border.day_number()).zip(1..);
        let borders = borders.map(|(border, stretch)| (border, FIRST_ROW + stretch));
        let not_days = [(NO_DAY_GIVEN, MISSING_ROW), (ABSENT_DAY, ABSENT_ROW)];
        for (border, at) in borders.chain(not_days) {
            let row = row(at);
            if stretches.rows.last() != Some(&row) {
                stretches.borders.push(border);
                stretches.rows.push(row);
            }
        }
        stretches
    }
}

/// By the day.
#[derive(Debug, Clone)]
struct ByDay {
    borders: Vec<i32>,
    answers: Vec<DayAnswer>,
}

/// A condition: yes, and no, where the first day is not before a border and the last day is before another. Border 0 is
/// before all days, the one after the last after all.
#[derive(Debug, Clone)]
struct DayAnswer {
    plane: Plane,
    yes: Vec<(u32, u32)>,
    no: Vec<(u32, u32)>,
}

impl ByDay {
    fn new(stretches: Stretches, planes: impl Iterator<Item = Plane>) -> ByDay {
        let runs = |at: usize, truth: Truth| {
            let mut runs: Vec<(u32, u32)> = Vec::new();
            for (row, stretch) in stretches.rows.iter().zip(0..) {
                if row[at] == truth {
                    match runs.last_mut() {
                        Some((_, end)) if *end == stretch => *end += 1,
                        Some(_) | None => runs.push((stretch, stretch + 1)),
                    }
                }
            }
            runs
        };
        let answer = |(at, plane)| DayAnswer { plane, yes: runs(at, Truth::True), no: runs(at, Truth::False) };
        let answers = planes.enumerate().map(answer).collect();
        ByDay { borders: stretches.borders, answers }
    }

    fn settle(
        &self,
        (first, last): (&[i32], &[i32]),
        expired: impl Iterator<Item = usize>,
        room: &mut Room,
        planes: &mut [Lanes],
    ) {
        let mut expired = expired.peekable();
        let Room { sets, others, first: own_first, last: own_last } = room;
        let (first, last) = if expired.peek().is_some() {
            own_first.clear();
            own_first.extend_from_slice(first);
            own_last.clear();
            own_last.extend_from_slice(last);
            for patient in expired {
                own_first[patient] = NO_DAY_GIVEN;
                own_last[patient] = NO_DAY_GIVEN;
            }
            (&**own_first, &**own_last)
        } else {
            (first, last)
        };
        self.reached(first, sets);
        let others = if first == last {
            &*sets
        } else {
            self.reached(last, others);
            &*others
        };
        let within = |runs: &[(u32, u32)]| {
            let run = |all, (from, end): &(u32, u32)| or(all, and_not(sets[*from as usize], others[*end as usize]));
            runs.iter().fold([0; WORDS], run)
        };
        for DayAnswer { plane, yes, no } in &self.answers {
            planes[*plane as usize] = within(yes);
            planes[*plane as usize + 1] = within(no);
        }
    }

    /// By border: who is not before it.
    fn reached(&self, days: &[i32], sets: &mut Vec<Lanes>) {
        sets.clear();
        sets.push([u64::MAX; WORDS]);
        sets.extend(self.borders.iter().map(|border| pack(days, |day| day >= *border)));
        sets.push([0; WORDS]);
    }
}
