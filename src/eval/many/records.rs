//! Quantifiers of one list, for a chunk of patients: one pass over the records of all of them.
//!
//! A quantifier asks something of one field whose values have many classes (the *key*, a code as a rule) and something of
//! the others. What it asks of the others is its *guard*; quantifiers share few guards. A record is noted once for each
//! guard that it passes, under the class of its key; a quantifier then collects the classes that it asks for.

use super::division::Division;
use super::slots::Stretches;
use super::{Expired, Lanes, Plane, WORDS, and_not, or, pack};
use crate::eval::columns::{Column, Records};
use crate::eval::look::DateTable;
use crate::eval::tables::Asked;
use crate::program::Pass;
use crate::value::Truth;
use std::collections::HashMap;

/// At most so many guards are noted together; they are bits of a word.
const MOST_GUARDS: usize = 64;
/// At most so many sets, one for each guard and class of the key, unless a guard alone has more.
const MOST_SETS: usize = 4_096;
/// At most so many combinations of what the other fields can say.
const MOST_COMBINED: usize = 4_096;
/// At most so many stretches of one date.
const MOST_STRETCHES: usize = 48;

/// Some of the classified quantifiers of one list.
#[derive(Debug, Clone)]
pub(super) struct RecordWork {
    list: usize,
    key: Option<u32>,
    classes: usize,
    guards: usize,
    /// What the other fields say of the guards: a record passes what all of them let pass.
    others: Vec<Others>,
    loops: Vec<Collected>,
    picks: Vec<u16>,
}

/// What some fields together say of the guards.
#[derive(Debug, Clone, Default)]
struct Others {
    fields: Vec<Field>,
    /// By what they say: the guards that are surely passed, and those that only may be.
    masks: Vec<(u64, u64)>,
}

#[derive(Debug, Clone)]
struct Field {
    field: u32,
    /// How far apart its classes are in the table; of a date those of its first day.
    step: u16,
    /// Of a date: where its stretches begin, and how far apart those of its last day are.
    days: Option<(Vec<i32>, u16)>,
}

/// A quantifier: its guard, and the classes of the key that pass, and of which it is not known.
#[derive(Debug, Clone)]
struct Collected {
    plane: Plane,
    closed: bool,
    guard: u32,
    first: u32,
    unknown: u32,
    end: u32,
}

/// Room that is used again.
#[derive(Debug, Clone, Default)]
pub(super) struct Room {
    surely: Vec<Lanes>,
    perhaps: Vec<Lanes>,
    said: Vec<u16>,
    masks: Vec<(u64, u64)>,
}

/// What all quantifiers of a pass ask of one field (of a date: one condition of each): by class or stretch, by quantifier.
struct Answers {
    field: u32,
    /// Of a date.
    borders: Option<Vec<i32>>,
    rows: Vec<Vec<Truth>>,
}

impl Answers {
    fn of(pass: &Pass, column: &Column, asked: &Asked, dates: Option<&DateTable>) -> Answers {
        let bits = (pass.first_bit..).take(pass.loops.len());
        let field = asked.field;
        match (&asked.table, dates) {
            (Some(table), _) => {
                let row = |row: &u32| bits.clone().map(|bit| table.passed(*row, bit)).collect();
                Answers { field, borders: None, rows: column.rows_of_classes().iter().map(row).collect() }
            }
            (None, Some(dates)) => {
                let Stretches { borders, rows } = Stretches::new(dates, bits, |table, row, bit| table.passed(row, bit));
                Answers { field, borders: Some(borders), rows }
            }
            // INVARIANT: a table is made for every field, with or without the date.
            (None, None) => Answers { field, borders: None, rows: Vec::new() },
        }
    }

    /// What one quantifier asks.
    fn of_loop(&self, at: usize) -> Vec<Truth> {
        self.rows.iter().map(|row| row[at]).collect()
    }
}

impl RecordWork {
    /// The quantifiers of a pass, as few times over the records as fits.
    pub(super) fn of(
        division: &Division,
        pass: &Pass,
        records: &Records,
        asked: &[Asked],
        dates: &[Option<DateTable>],
    ) -> Vec<RecordWork> {
        let answers: Vec<Answers> = asked
            .iter()
            .zip(dates)
            .map(|(asked, dates)| Answers::of(pass, &records.fields[asked.field as usize], asked, dates.as_ref()))
            .collect();
        let is_key = |answers: &&Answers| answers.borders.is_none();
        let key = answers.iter().filter(is_key).max_by_key(|answers| answers.rows.len()).map(|key| key.field);
        let (key, others): (Vec<Answers>, Vec<Answers>) =
            answers.into_iter().partition(|answers| Some(answers.field) == key);
        let classes = key.first().map_or(1, |key| key.rows.len().max(1));

        let mut groups: Vec<Group> = Vec::new();
        for at in 0..pass.loops.len() {
            let guard: Vec<Vec<Truth>> = others.iter().map(|others| others.of_loop(at)).collect();
            let fits = groups.last().is_some_and(|group| group.fits(&guard, classes, &others));
            if !fits {
                groups.push(Group::default());
            }
            if let Some(group) = groups.last_mut() {
                group.add(at, guard);
            }
        }
        groups.into_iter().map(|group| group.work(division, pass, key.first(), classes, &others)).collect()
    }

    pub(super) fn list(&self) -> usize {
        self.list
    }

    /// Settles the quantifiers of the patients from `first` on, so many.
    pub(super) fn settle(
        &self,
        records: &Records,
        (first, count): (usize, usize),
        expired: Expired,
        room: &mut Room,
        planes: &mut [Lanes],
    ) {
        let mut given = pack(&records.given[first..first + count], |given| given);
        for patient in expired.among(&records.expiries, first, count) {
            given[patient / 64] &= !(1 << (patient % 64));
        }
        let open = pack(&records.open[first..first + count], |open| open);
        let sets = self.classes * self.guards;
        for noted in [&mut room.surely, &mut room.perhaps] {
            noted.clear();
            noted.resize(sets, [0; WORDS]);
        }
        let (begin, end) = (records.range(first).0, records.range(first + count - 1).1);
        self.guard(records, (begin, end), &mut room.said, &mut room.masks);
        self.note(records, (first, count), given, room);
        self.collect(given, open, room, planes);
    }

    /// Of each record the guards that it surely passes, and those that it only may pass.
    fn guard(&self, records: &Records, (begin, end): (usize, usize), said: &mut Vec<u16>, masks: &mut Vec<(u64, u64)>) {
        masks.clear();
        for (others, at) in self.others.iter().zip(0..) {
            said.clear();
            said.resize(end - begin, 0);
            for field in &others.fields {
                let column = &records.fields[field.field as usize];
                match &field.days {
                    None => {
                        for (said, class) in said.iter_mut().zip(&column.classes[begin..end]) {
                            *said += class * field.step;
                        }
                    }
                    Some((borders, last_step)) => {
                        for border in borders {
                            let days = column.first[begin..end].iter().zip(&column.last[begin..end]);
                            for (said, (first, last)) in said.iter_mut().zip(days) {
                                *said +=
                                    u16::from(first >= border) * field.step + u16::from(last >= border) * last_step;
                            }
                        }
                    }
                }
            }
            if at == 0 {
                masks.extend(said.iter().map(|said| others.masks[usize::from(*said)]));
            } else {
                for (mask, said) in masks.iter_mut().zip(&*said) {
                    let (surely, perhaps) = others.masks[usize::from(*said)];
                    let possibly = (mask.0 | mask.1) & (surely | perhaps);
                    mask.0 &= surely;
                    mask.1 = possibly & !mask.0;
                }
            }
        }
    }

    fn note(&self, records: &Records, (first, count): (usize, usize), given: Lanes, room: &mut Room) {
        let begin = records.range(first).0;
        let classes = self.key.map(|key| &*records.fields[key as usize].classes);
        for patient in 0..count {
            let (word, bit) = (patient / 64, 1_u64 << (patient % 64));
            if given[word] & bit == 0 {
                continue;
            }
            let (from, to) = records.range(first + patient);
            for record in from..to {
                let class = classes.map_or(0, |classes| usize::from(classes[record]));
                let (mut surely, mut perhaps) = room.masks.get(record - begin).copied().unwrap_or((1, 0));
                let sets = class * self.guards;
                while surely != 0 {
                    room.surely[sets + surely.trailing_zeros() as usize][word] |= bit;
                    surely &= surely - 1;
                }
                while perhaps != 0 {
                    room.perhaps[sets + perhaps.trailing_zeros() as usize][word] |= bit;
                    perhaps &= perhaps - 1;
                }
            }
        }
    }

    fn collect(&self, given: Lanes, open: Lanes, room: &Room, planes: &mut [Lanes]) {
        for own in &self.loops {
            let (mut surely, mut possibly) = ([0; WORDS], [0; WORDS]);
            for class in &self.picks[own.first as usize..own.unknown as usize] {
                let set = usize::from(*class) * self.guards + own.guard as usize;
                surely = or(surely, room.surely[set]);
                possibly = or(possibly, room.perhaps[set]);
            }
            for class in &self.picks[own.unknown as usize..own.end as usize] {
                let set = usize::from(*class) * self.guards + own.guard as usize;
                possibly = or(possibly, or(room.surely[set], room.perhaps[set]));
            }
            let settled = if own.closed { given } else { and_not(given, open) };
            planes[own.plane as usize] = surely;
            planes[own.plane as usize + 1] = and_not(settled, or(surely, possibly));
        }
    }
}

/// Quantifiers that are worked on together.
#[derive(Default)]
struct Group {
    /// Which, and the guard of each.
    loops: Vec<(usize, usize)>,
    /// By guard, what it asks of each of the other fields.
    guards: Vec<Vec<Vec<Truth>>>,
    known: HashMap<Vec<Vec<Truth>>, usize>,
}

impl Group {
    fn fits(&self, guard: &Vec<Vec<Truth>>, classes: usize, others: &[Answers]) -> bool {
        if self.known.contains_key(guard) {
            return true;
        }
        let guards = self.guards.len() + 1;
        let few_stretches = others.iter().enumerate().all(|(at, others)| {
            others.borders.is_none() || {
                let all = self.guards.iter().chain([guard]).map(|guard| &guard[at]);
                borders(others, all).len() < MOST_STRETCHES
            }
        });
        guards <= MOST_GUARDS && guards * classes <= MOST_SETS && few_stretches
    }

    fn add(&mut self, at: usize, guard: Vec<Vec<Truth>>) {
        let next = self.guards.len();
        let own = *self.known.entry(guard.clone()).or_insert(next);
        if own == next {
            self.guards.push(guard);
        }
        self.loops.push((at, own));
    }

    fn work(
        &self,
        division: &Division,
        pass: &Pass,
        key: Option<&Answers>,
        classes: usize,
        others: &[Answers],
    ) -> RecordWork {
        let mut work = RecordWork {
            list: pass.list.0 as usize,
            key: key.map(|key| key.field),
            classes,
            guards: self.guards.len(),
            others: Vec::new(),
            loops: Vec::new(),
            picks: Vec::new(),
        };
        for (at, others) in others.iter().enumerate() {
            let own: Vec<&Vec<Truth>> = self.guards.iter().map(|guard| &guard[at]).collect();
            // A field that these quantifiers do not ask for says nothing.
            if own.iter().any(|truths| truths.iter().any(|truth| *truth != Truth::True)) {
                work.combine(others, &own);
            }
        }
        for (at, guard) in &self.loops {
            let truths = key.map_or(vec![Truth::True], |key| key.of_loop(*at));
            let picks = |wanted: Truth| {
                let classes = truths.iter().zip(0_u16..).filter(move |(truth, _)| **truth == wanted);
                classes.map(|(_, class)| class).collect::<Vec<_>>()
            };
            let first = work.picks.len() as u32;
            work.picks.extend(picks(Truth::True));
            let unknown = work.picks.len() as u32;
            work.picks.extend(picks(Truth::Unknown));
            work.loops.push(Collected {
                // INVARIANT: the division has sets for every classified condition.
                plane: division.plane(pass.loops[*at].id).unwrap_or(Plane::MAX),
                closed: pass.loops[*at].closed,
                guard: *guard as u32,
                first,
                unknown,
                end: work.picks.len() as u32,
            });
        }
        work
    }
}

/// Where the answer of some guard changes: the first stretch after the change.
fn borders<'t>(answers: &Answers, guards: impl Iterator<Item = &'t Vec<Truth>> + Clone) -> Vec<usize> {
    (1..answers.rows.len()).filter(|at| guards.clone().any(|truths| truths[*at] != truths[at - 1])).collect()
}

impl RecordWork {
    /// Adds what one field says of each guard to what others say, as long as there are few combinations.
    fn combine(&mut self, answers: &Answers, guards: &[&Vec<Truth>]) {
        let masks = |truth: &dyn Fn(&Vec<Truth>) -> Truth| {
            let (mut surely, mut perhaps) = (0_u64, 0_u64);
            for (truths, bit) in guards.iter().zip(0..) {
                match truth(truths) {
                    Truth::True => surely |= 1 << bit,
                    Truth::Unknown => perhaps |= 1 << bit,
                    Truth::False => {}
                }
            }
            (surely, perhaps)
        };
        let (own, days): (Vec<(u64, u64)>, _) = match &answers.borders {
            None => ((0..answers.rows.len()).map(|class| masks(&|truths| truths[class])).collect(), None),
            Some(all) => {
                let own = borders(answers, guards.iter().copied());
                let ends: Vec<usize> = own.iter().copied().chain([answers.rows.len()]).collect();
                let starts: Vec<usize> = [0].into_iter().chain(own.iter().copied()).collect();
                // A date known in part: what all days from its first through its last agree on.
                let common = |truths: &Vec<Truth>, from: usize, to: usize| {
                    let mut all = truths[starts[from]..ends[to.max(from)]].iter();
                    let first = all.next().copied().unwrap_or(Truth::Unknown);
                    if all.all(|truth| *truth == first) { first } else { Truth::Unknown }
                };
                let pairs = (0..starts.len()).flat_map(|from| (0..starts.len()).map(move |to| (from, to)));
                let rows = pairs.map(|(from, to)| masks(&|truths| common(truths, from, to))).collect();
                // INVARIANT: there is a border before every stretch but the first.
                let days: Vec<i32> = own.iter().map(|stretch| all[stretch - 1]).collect();
                (rows, Some((days, starts.len())))
            }
        };
        let fits = |others: &Others| others.masks.len() * own.len() <= MOST_COMBINED;
        if !self.others.last().is_some_and(fits) {
            self.others.push(Others { fields: Vec::new(), masks: vec![(u64::MAX, 0)] });
        }
        let Some(others) = self.others.last_mut() else { return };
        let step = others.masks.len();
        let (first_step, days) = match days {
            None => (step, None),
            Some((borders, stretches)) => (step * stretches, Some((borders, step as u16))),
        };
        others.fields.push(Field { field: answers.field, step: first_step as u16, days });
        let combined = own.iter().flat_map(|(surely, perhaps)| {
            others.masks.iter().map(move |(other_surely, other_perhaps)| {
                let both = surely & other_surely;
                (both, (surely | perhaps) & (other_surely | other_perhaps) & !both)
            })
        });
        others.masks = combined.collect();
    }
}
