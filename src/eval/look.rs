//! Facts looked up: a fact's row of masks is or-ed into the cells, those of the records of a list one after the other.

use super::bound::{FIRST_ROW, Packed};
use super::cells::Word;
use super::tables::{Asked, MaskTable};
use crate::program::{ListId, PASS_WORDS, Pass, SlotId};
use crate::value::Date;
use crate::value::partial::Partial;
use std::sync::Arc;

/// So many borders are compared with at once.
const AT_ONCE: usize = 4;
/// So many of them one after the other.
const MOST_COMPARED: usize = 16;

/// Where the masks of a slot are on one date.
#[derive(Debug, Clone)]
pub(super) struct Look {
    pub(super) slot: SlotId,
    masks: MaskTable,
    /// Of a date.
    borders: Option<Borders>,
}

/// The same of a slot that is no date, where all masks are of one word: the most common.
#[derive(Debug, Clone)]
pub(super) struct NarrowLook {
    pub(super) slot: SlotId,
    word: u32,
    rows: Arc<[Word]>,
}

impl NarrowLook {
    /// Notes what is known of the conditions on the slot.
    #[inline]
    pub(super) fn note(&self, fact: Packed, words: &mut [Word]) {
        or_in(&mut words[self.word as usize], self.rows[fact.fixed_row() as usize]);
    }
}

/// The stretches into which the conditions on a date cut the calendar: the first day of each but the first, filled up with
/// days after the last.
#[derive(Debug, Clone)]
struct Borders(Arc<[[i32; AT_ONCE]]>);

/// Masks by stretches.
#[derive(Debug, Clone)]
pub(super) struct DateTable {
    /// The first day of each stretch but the first.
    pub(super) borders: Vec<Date>,
    pub(super) masks: MaskTable,
}

impl DateTable {
    /// `masks` makes the table for one day of each stretch. Neighbours that do not differ are one stretch.
    pub(super) fn new(borders: Vec<Date>, masks: impl Fn(&[Partial]) -> MaskTable) -> DateTable {
        let days: Vec<Partial> = std::iter::once(Date::MIN).chain(borders.iter().copied()).map(Partial::day).collect();
        let all = masks(&days);
        let mut rows = (0..=FIRST_ROW).flat_map(|row| all.row_words(row).to_vec()).collect::<Vec<Word>>();
        let mut kept = Vec::new();
        for (border, row) in borders.iter().zip(FIRST_ROW + 1..) {
            if all.row_words(row) != all.row_words(row - 1) {
                kept.push(*border);
                rows.extend(all.row_words(row));
            }
        }
        DateTable { borders: kept, masks: MaskTable { rows: rows.into(), ..all } }
    }
}

impl Borders {
    fn of(dates: &DateTable) -> Borders {
        let mut days: Vec<i32> = dates.borders.iter().map(|border| border.day_number()).collect();
        days.resize(days.len().next_multiple_of(AT_ONCE), i32::MAX);
        Borders(days.as_chunks().0.into())
    }

    /// The row of the stretch that a day lies in.
    #[inline]
    fn row(&self, day: i32) -> u32 {
        let reached = |borders: &[i32; AT_ONCE]| borders.iter().map(|border| u32::from(*border <= day)).sum::<u32>();
        FIRST_ROW
            + match &*self.0 {
                [] => 0,
                [only] => reached(only),
                few if few.len() * AT_ONCE <= MOST_COMPARED => few.iter().map(reached).sum(),
                many => {
                    let full = many.partition_point(|borders| borders[AT_ONCE - 1] <= day);
                    (full * AT_ONCE) as u32 + many.get(full).map_or(0, reached)
                }
            }
    }

    /// The rows of the stretches that a date may lie in, the first and the last.
    #[inline(always)]
    fn rows(&self, fact: Packed) -> (usize, usize) {
        let (from, to) = match fact.day_numbers() {
            Some((first, last)) if first == last => {
                let row = self.row(first);
                (row, row)
            }
            Some((first, last)) => (self.row(first), self.row(last)),
            None => (fact.row(), fact.row()),
        };
        (from as usize, to as usize)
    }
}

impl Look {
    /// `dates` are the masks of a slot that is a date.
    pub(super) fn new(slot: SlotId, table: Option<&MaskTable>, dates: Option<&DateTable>) -> Option<Look> {
        let masks = table.or(dates.map(|dates| &dates.masks))?.clone();
        Some(Look { slot, masks, borders: dates.map(Borders::of) })
    }

    /// Where it is a narrow one.
    pub(super) fn narrow(&self) -> Option<NarrowLook> {
        let MaskTable { first_word, words, rows } = &self.masks;
        let is_narrow = *words == 1 && self.borders.is_none();
        is_narrow.then(|| NarrowLook { slot: self.slot, word: *first_word, rows: Arc::clone(rows) })
    }

    /// Notes what is known of the conditions on the slot.
    #[inline]
    pub(super) fn note(&self, fact: Packed, words: &mut [Word]) {
        let (from, to) = match &self.borders {
            None => (fact.fixed_row() as usize, fact.fixed_row() as usize),
            Some(borders) => borders.rows(fact),
        };
        let (first, count) = (self.masks.first_word as usize, self.masks.words as usize);
        if from != to {
            or_in_common(&self.masks, from as u32, to as u32, words);
        } else if count == 1 {
            or_in(&mut words[first], self.masks.rows[from]);
        } else {
            for (word, mask) in words[first..].iter_mut().zip(&self.masks.rows[from * count..][..count]) {
                or_in(word, *mask);
            }
        }
    }
}

#[inline]
fn or_in(word: &mut Word, mask: Word) {
    word[0] |= mask[0];
    word[1] |= mask[1];
}

/// A date known in part makes a condition yes only if it is yes in every stretch that the date may lie in.
#[inline(never)]
fn or_in_common(table: &MaskTable, from: u32, to: u32, words: &mut [Word]) {
    for (word, at) in words[table.first_word as usize..].iter_mut().zip(0..table.words as usize) {
        let all = (from..=to).map(|row| table.row_words(row)[at]).fold([u64::MAX; 2], |all, row| {
            let [yes, no] = row;
            [all[0] & yes, all[1] & no]
        });
        or_in(word, all);
    }
}

/// Where the masks of a list's records are on one date.
#[derive(Debug, Clone)]
pub(super) struct PassLook<'a> {
    pass: &'a Pass,
    width: usize,
    first_word: usize,
    /// Field and masks.
    fixed: Vec<(usize, MaskTable)>,
    dated: Vec<(usize, Borders, MaskTable)>,
    note: Note,
}

/// Notes what is known of the quantifiers of a list with these records; whether there may be more of them.
type Note = fn(&PassLook<'_>, &[Packed], bool, &mut [Word]);

impl<'a> PassLook<'a> {
    pub(super) fn new(pass: &'a Pass, width: usize, fields: &[Asked], dates: &[Option<DateTable>]) -> PassLook<'a> {
        let (first_word, _) = pass.words();
        let (mut fixed, mut dated) = (Vec::new(), Vec::new());
        for (asked, dates) in fields.iter().zip(dates) {
            let field = asked.field as usize;
            match (&asked.table, dates) {
                (Some(table), _) => fixed.push((field, table.clone())),
                (None, Some(dates)) => dated.push((field, Borders::of(dates), dates.masks.clone())),
                // INVARIANT: a table is made for every field, with or without the date.
                (None, None) => {}
            }
        }
        let note = match pass.masks.len() {
            1 => noting::<1>(fixed.len(), dated.len()),
            2 => noting::<2>(fixed.len(), dated.len()),
            3 => noting::<3>(fixed.len(), dated.len()),
            // INVARIANT: a pass has no more words.
            _ => noting::<PASS_WORDS>(fixed.len(), dated.len()),
        };
        PassLook { pass, width: width.max(1), first_word: first_word as usize, fixed, dated, note }
    }

    pub(super) fn list(&self) -> ListId {
        self.pass.list
    }

    pub(super) fn width(&self) -> usize {
        self.width
    }

    /// Notes what is known of the quantifiers of a list with these records.
    #[inline]
    pub(super) fn note(&self, records: &[Packed], open: bool, words: &mut [Word]) {
        (self.note)(self, records, open, words);
    }

    #[inline(always)]
    fn write<const WORDS: usize>(&self, some: [Word; WORDS], open: bool, words: &mut [Word]) {
        let words = words[self.first_word..].iter_mut();
        for ((word, [surely, possibly]), (bits, closed)) in words.zip(some).zip(&self.pass.masks) {
            word[0] |= surely & bits;
            word[1] |= !possibly & if open { closed } else { bits };
        }
    }
}

fn note_records<const WORDS: usize, const FIXED: usize, const DATED: usize>(
    look: &PassLook<'_>,
    mut records: &[Packed],
    open: bool,
    words: &mut [Word],
) {
    let fixed: [_; FIXED] = std::array::from_fn(|at| (look.fixed[at].0, rows::<WORDS>(&look.fixed[at].1)));
    let dated: [_; DATED] = std::array::from_fn(|at| {
        let (field, borders, masks) = &look.dated[at];
        (*field, borders, rows::<WORDS>(masks))
    });
    // The quantifiers that some record surely satisfies, and those that some record possibly does.
    let mut some = [[0, 0]; WORDS];
    while let Some((record, others)) = records.split_at_checked(look.width) {
        records = others;
        let mut all = [[u64::MAX; 2]; WORDS];
        for (field, rows) in &fixed {
            and_in(&mut all, &rows[record[*field].fixed_row() as usize]);
        }
        // Where few quantifiers ask, most records are of no use to any, and their dates need no look.
        if WORDS == 1 && DATED > 0 && all[0][1] == 0 {
            continue;
        }
        for (field, borders, rows) in &dated {
            let (from, to) = borders.rows(record[*field]);
            let row = if from == to { rows[from] } else { any_row(&rows[from..=to]) };
            and_in(&mut all, &row);
        }
        or_all(&mut some, &all);
    }
    look.write(some, open, words);
}

/// The same for any number of fields.
fn note_wide_records<const WORDS: usize>(look: &PassLook<'_>, mut records: &[Packed], open: bool, words: &mut [Word]) {
    let mut some = [[0, 0]; WORDS];
    while let Some((record, others)) = records.split_at_checked(look.width) {
        records = others;
        let mut all = [[u64::MAX; 2]; WORDS];
        for (field, table) in &look.fixed {
            and_in(&mut all, &rows::<WORDS>(table)[record[*field].fixed_row() as usize]);
        }
        for (field, borders, masks) in &look.dated {
            let (from, to) = borders.rows(record[*field]);
            and_in(&mut all, &any_row(&rows::<WORDS>(masks)[from..=to]));
        }
        or_all(&mut some, &all);
    }
    look.write(some, open, words);
}

fn noting<const WORDS: usize>(fixed: usize, dated: usize) -> Note {
    match (fixed, dated) {
        (1, 0) => note_records::<WORDS, 1, 0>,
        (2, 0) => note_records::<WORDS, 2, 0>,
        (0, 1) => note_records::<WORDS, 0, 1>,
        (1, 1) => note_records::<WORDS, 1, 1>,
        (2, 1) => note_records::<WORDS, 2, 1>,
        _ => note_wide_records::<WORDS>,
    }
}

#[inline]
fn rows<const WORDS: usize>(table: &MaskTable) -> &[[Word; WORDS]] {
    table.rows.as_chunks().0
}

#[inline]
fn and_in<const WORDS: usize>(all: &mut [Word; WORDS], row: &[Word; WORDS]) {
    for (all, [surely, possibly]) in all.iter_mut().zip(row) {
        all[0] &= surely;
        all[1] &= possibly;
    }
}

#[inline]
fn or_all<const WORDS: usize>(some: &mut [Word; WORDS], all: &[Word; WORDS]) {
    for (some, [surely, possibly]) in some.iter_mut().zip(all) {
        some[0] |= surely;
        some[1] |= possibly;
    }
}

/// What is sure and what is possible whichever row it is.
#[inline(never)]
fn any_row<const WORDS: usize>(rows: &[[Word; WORDS]]) -> [Word; WORDS] {
    let mut any = [[u64::MAX, 0]; WORDS];
    for row in rows {
        for (any, [surely, possibly]) in any.iter_mut().zip(row) {
            any[0] &= surely;
            any[1] |= possibly;
        }
    }
    any
}
