//! The facts of one patient as the program reads them: 64 bits a value, records one after the other, strings in one text.

mod lists;

use self::lists::{LIST_VALUES, StoredList};
use crate::program::{ListId, Operand, SlotId};
use crate::value::partial::{Days, Partial, Symbol};
use crate::value::{Date, Duration, DurationUnit, Number, Truth};
use std::collections::{BTreeSet, HashMap};

pub(super) use self::lists::{BoundList, ListState};

/// How many strings are searched one by one.
const INDEXED_FROM: usize = 32;

/// The facts of one patient, bound to one program.
#[derive(Clone, Default)]
pub(crate) struct Bound {
    /// The slots, then of each list how many records it has and where (a [`StoredList`]), then the records, each as wide
    /// as its list has fields. All in one place: an evaluation reads all of it, and little else.
    facts: Vec<Packed>,
    rare: Option<Box<Rare>>,
    numbers: Vec<Number>,
    /// Strings that the program does not know, one after the other. They are numbered after those it knows.
    texts: String,
    own: Vec<OwnString>,
    /// How many strings the program knows.
    known: u32,
    /// How many of the values are slots.
    slots: u32,
    lists: u32,
}

/// A string that the program does not know.
#[derive(Clone, Copy)]
struct OwnString {
    end: u32,
    /// Made of some of its letters: strings of different marks differ.
    mark: u32,
}

/// What most patients have nothing of.
#[derive(Clone, Default)]
struct Rare {
    /// The last day on which a slot or a list holds.
    expiries: Vec<(Operand, Date)>,
    /// Per open parameter: what it is set to.
    parameters: Vec<Partial>,
    /// Where each string that the program does not know stands among them, once there are many.
    symbols: HashMap<Box<str>, u32>,
}

/// One value in 64 bits: four say what it is; of the others the low 28 are where it falls among the program's conditions on
/// it (the row of its masks), the high 32 its string, its number or its last day.
#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Packed(u64);

/// One value as bound, unpacked. `row` is where it falls among the program's conditions on it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Fact {
    Missing,
    Absent,
    Truth(bool),
    Number { index: u32, row: u32 },
    Word { symbol: Symbol, row: u32 },
    Code { symbol: Symbol, class: u32 },
    Date(Date, Date),
    Duration(Duration),
    Period(Date, Date),
}

/// The rows of what was not given and of what is absent. Those of values follow: of codes by class, of dates by stretch.
pub(super) const MISSING_ROW: u32 = 0;
pub(super) const ABSENT_ROW: u32 = 1;
pub(super) const FIRST_ROW: u32 = 2;

const LOW_BITS: u32 = 28;
const LOW: u64 = (1 << LOW_BITS) - 1;
const HIGH_BITS: u32 = 32;
const KIND_SHIFT: u32 = LOW_BITS + HIGH_BITS;

const ABSENT: u64 = 1;
const TRUTH: u64 = 2;
const NUMBER: u64 = 3;
const WORD: u64 = 4;
const CODE: u64 = 5;
/// From here on the low bits are no row.
const DATE: u64 = 6;
const DURATION: u64 = 7;
const PERIOD: u64 = 8;

impl Packed {
    pub(super) const MISSING: Packed = Packed(MISSING_ROW as u64);
    pub(super) const ABSENT: Packed = Packed::new(ABSENT, ABSENT_ROW, 0);

    /// INVARIANT: `low` is below 2^28. Days are, and so are the rows of any program that fits memory: each has masks.
    const fn new(kind: u64, low: u32, high: u32) -> Packed {
        Packed(kind << KIND_SHIFT | (high as u64) << LOW_BITS | (low as u64 & LOW))
    }

    pub(super) fn truth(truth: bool) -> Packed {
        Packed::new(TRUTH, FIRST_ROW + u32::from(truth), 0)
    }

    pub(super) fn number(index: u32, row: u32) -> Packed {
        Packed::new(NUMBER, row, index)
    }

    pub(super) fn word(symbol: Symbol, row: u32) -> Packed {
        Packed::new(WORD, row, symbol.0)
    }

    pub(super) fn code(symbol: Symbol, class: u32) -> Packed {
        Packed::new(CODE, FIRST_ROW + class, symbol.0)
    }

    pub(super) fn date(first: Date, last: Date) -> Packed {
        Packed::new(DATE, first.day_number().unsigned_abs(), last.day_number().unsigned_abs())
    }

    pub(super) fn duration(duration: Duration) -> Packed {
        let unit = match duration.unit() {
            DurationUnit::Days => 0,
            DurationUnit::Weeks => 1,
            DurationUnit::Months => 2,
            DurationUnit::Years => 3,
        };
        Packed::new(DURATION, unit, duration.count().cast_unsigned())
    }

    pub(super) fn period(first: Date, last: Date) -> Packed {
        Packed::new(PERIOD, first.day_number().unsigned_abs(), last.day_number().unsigned_abs())
    }

    const fn kind(self) -> u64 {
        self.0 >> KIND_SHIFT
    }

    const fn low(self) -> u32 {
        (self.0 & LOW) as u32
    }

    const fn high(self) -> u32 {
        (self.0 >> LOW_BITS) as u32
    }

    /// The row of its masks. A date has none: its stretch depends on the day of evaluation.
    #[inline]
    pub(super) fn row(self) -> u32 {
        if self.kind() < DATE { self.low() } else { MISSING_ROW }
    }

    /// The same of something that is no date, duration or period.
    #[inline]
    pub(super) fn fixed_row(self) -> u32 {
        self.low()
    }

    /// The first and the last day that it can be, where it is a date.
    #[inline]
    pub(super) fn days(self) -> Option<(Date, Date)> {
        (self.kind() == DATE).then(|| self.ends())
    }

    /// The numbers of the first and the last day that it can be, where it is a date.
    #[inline]
    pub(super) fn day_numbers(self) -> Option<(i32, i32)> {
        (self.kind() == DATE).then(|| (self.low().cast_signed(), self.high().cast_signed()))
    }

    fn ends(self) -> (Date, Date) {
        (Date::nearest(self.low().cast_signed()), Date::nearest(self.high().cast_signed()))
    }

    /// What it is.
    #[inline]
    pub(super) fn fact(self) -> Fact {
        match self.kind() {
            ABSENT => Fact::Absent,
            TRUTH => Fact::Truth(self.low() != FIRST_ROW),
            NUMBER => Fact::Number { index: self.high(), row: self.low() },
            WORD => Fact::Word { symbol: Symbol(self.high()), row: self.low() },
            CODE => Fact::Code { symbol: Symbol(self.high()), class: self.low() - FIRST_ROW },
            DATE => {
                let (first, last) = self.ends();
                Fact::Date(first, last)
            }
            DURATION => {
                let unit = match self.low() {
                    0 => DurationUnit::Days,
                    1 => DurationUnit::Weeks,
                    2 => DurationUnit::Months,
                    _ => DurationUnit::Years,
                };
                Fact::Duration(Duration::new(self.high().cast_signed(), unit))
            }
            PERIOD => {
                let (first, last) = self.ends();
                Fact::Period(first, last)
            }
            // INVARIANT: only `new` makes kinds, from the constants above.
            _ => Fact::Missing,
        }
    }
}

/// Never the value: it is a patient's.
impl std::fmt::Debug for Packed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Packed")
    }
}

impl Fact {
    /// As a condition: absent is no.
    pub(super) fn holds(self) -> Truth {
        match self {
            Fact::Truth(truth) => Truth::from(truth),
            Fact::Absent => Truth::False,
            Fact::Missing
            | Fact::Number { .. }
            | Fact::Word { .. }
            | Fact::Code { .. }
            | Fact::Date(..)
            | Fact::Duration(_)
            | Fact::Period(..) => Truth::Unknown,
        }
    }
}

/// Says how much there is, never what.
impl std::fmt::Debug for Bound {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Bound({} values, {} lists)", self.all_facts().count(), self.lists)
    }
}

impl Bound {
    #[inline]
    pub(super) fn slot(&self, slot: u32, today: Date) -> Packed {
        if let Some(rare) = &self.rare
            && rare.is_expired(Operand::Slot(SlotId(slot)), today)
        {
            return Packed::MISSING;
        }
        self.facts[slot as usize]
    }

    #[inline]
    fn stored(&self, list: u32) -> StoredList {
        let at = self.slots as usize + list as usize * LIST_VALUES;
        StoredList::unpack([self.facts[at], self.facts[at + 1]])
    }

    /// A list as it stands on a day.
    #[inline]
    pub(super) fn list(&self, list: ListId, today: Date) -> BoundList {
        let StoredList { first, count, state, .. } = self.stored(list.0);
        let open = state == ListState::Open;
        match &self.rare {
            Some(rare) if rare.is_expired(Operand::List(list), today) => {
                BoundList { given: false, open, first, count: 0 }
            }
            Some(_) | None => BoundList { given: state != ListState::NotGiven, open, first, count },
        }
    }

    /// What is valid for a time, each with the last day on which it holds.
    pub(super) fn expiries(&self) -> impl Iterator<Item = (Operand, Date)> {
        self.rare.iter().flat_map(|rare| rare.expiries.iter().copied())
    }

    /// The records of a list, one after the other.
    #[inline]
    pub(super) fn records(&self, list: &BoundList, width: usize) -> &[Packed] {
        let start = list.first as usize;
        &self.facts[start..start + list.count as usize * width]
    }

    pub(super) fn record(&self, list: &BoundList, width: usize, record: u32) -> &[Packed] {
        let start = list.first as usize + record as usize * width;
        &self.facts[start..start + width]
    }

    /// Every value of every slot and record.
    pub(super) fn all_facts(&self) -> impl Iterator<Item = Fact> {
        let (slots, others) = self.facts.split_at(self.slots as usize);
        let records = others.iter().skip(self.lists as usize * LIST_VALUES);
        slots.iter().chain(records).map(|fact| fact.fact())
    }

    pub(super) fn number(&self, index: u32) -> Number {
        self.numbers[index as usize]
    }

    pub(super) fn parameter(&self, parameter: u32) -> Partial {
        let set = self.rare.as_ref().and_then(|rare| rare.parameters.get(parameter as usize));
        set.copied().unwrap_or(Partial::Unknown)
    }

    /// A string by its symbol.
    pub(crate) fn text<'a>(&'a self, known: &'a [Box<str>], symbol: Symbol) -> &'a str {
        let at = symbol.0 as usize;
        match known.get(at) {
            Some(text) => text,
            None => self.own_text(at - known.len()),
        }
    }

    /// A string that the program does not know.
    fn own_text(&self, position: usize) -> &str {
        &self.texts[self.own_range(position)]
    }

    fn own_position(&self, mark: u32, text: &[u8]) -> Option<usize> {
        let mut start = 0;
        self.own.iter().position(|own| {
            let same = own.mark == mark && self.texts.as_bytes().get(start..own.end as usize) == Some(text);
            start = own.end as usize;
            same
        })
    }

    fn own_range(&self, position: usize) -> std::ops::Range<usize> {
        let start = position.checked_sub(1).map_or(0, |before| self.own[before].end);
        start as usize..self.own[position].end as usize
    }

    pub(super) fn partial(&self, fact: Fact) -> Partial {
        match fact {
            Fact::Missing => Partial::Unknown,
            Fact::Absent => Partial::Absent,
            Fact::Truth(truth) => Partial::Word(if truth { crate::program::YES } else { crate::program::NO }),
            Fact::Number { index, .. } => Partial::number(self.number(index)),
            Fact::Word { symbol, .. } => Partial::Word(symbol),
            Fact::Code { symbol, class } => Partial::Code { symbol, class },
            Fact::Date(first, last) => Partial::Date(Days::new(first, last)),
            Fact::Duration(duration) => Partial::Duration(duration),
            Fact::Period(first, last) => Partial::Period(first, last),
        }
    }

    /// What if a parameter that nobody set were so?
    pub(crate) fn set_parameter(&mut self, parameter: usize, value: Partial) {
        let parameters = &mut self.rare().parameters;
        if parameters.len() <= parameter {
            parameters.resize(parameter + 1, Partial::Unknown);
        }
        parameters[parameter] = value;
    }
}

/// One patient of a batch after the other in one place.
impl Bound {
    /// A place for the patients of a batch, whose numbers and strings it holds.
    pub(super) fn sharing(numbers: Vec<Number>, symbols: &[Box<str>]) -> Bound {
        let mut place = Bound { numbers, ..Bound::default() };
        for symbol in symbols {
            place.texts.push_str(symbol);
            place.own.push(OwnString { end: place.texts.len() as u32, mark: mark(symbol) });
        }
        place
    }

    /// The slots of another patient of the batch, each with the last day on which it holds, and room for so many lists.
    pub(super) fn refill(&mut self, slots: impl Iterator<Item = (Packed, Option<Date>)>, lists: usize) {
        self.facts.clear();
        if let Some(rare) = &mut self.rare {
            rare.expiries.clear();
        }
        for ((fact, expiry), slot) in slots.zip(0..) {
            self.facts.push(fact);
            if let Some(last) = expiry {
                self.expires(Operand::Slot(SlotId(slot)), last);
            }
        }
        self.make_lists(lists);
    }

    /// A list of that patient, with the last day on which it holds, its records one after the other.
    pub(super) fn add_list(
        &mut self,
        list: u32,
        state: ListState,
        count: u32,
        expiry: Option<Date>,
        records: impl Iterator<Item = Packed>,
    ) {
        if let Some(last) = expiry {
            self.expires(Operand::List(ListId(list)), last);
        }
        self.set_list(list, state, [self.next(), count, 0]);
        self.facts.extend(records);
    }
}

/// Writing.
impl Bound {
    /// Gives back the room that it does not need.
    pub(crate) fn shrink(&mut self) {
        self.facts.shrink_to_fit();
        self.own.shrink_to_fit();
    }

    /// How many bytes of the heap it holds.
    pub(crate) fn heap_bytes(&self) -> usize {
        let rare = self.rare.as_ref().map_or(0, |rare| {
            let symbols = rare.symbols.keys().map(|text| text.len() + size_of::<(Box<str>, u32)>()).sum::<usize>();
            let expiries = rare.expiries.capacity() * size_of::<(Operand, Date)>();
            size_of::<Rare>() + symbols + expiries + rare.parameters.capacity() * size_of::<Partial>()
        });
        let facts = self.facts.capacity() * size_of::<Packed>();
        let numbers = self.numbers.capacity() * size_of::<Number>();
        let strings = self.own.capacity() * size_of::<OwnString>();
        facts + numbers + strings + self.texts.capacity() + rare
    }

    fn rare(&mut self) -> &mut Rare {
        self.rare.get_or_insert_default()
    }

    /// Forgets a patient and keeps the room. Slots and lists are as they are where nothing was given.
    pub(super) fn start(&mut self, slots: &[Packed], lists: usize, known: usize) {
        self.known = known as u32;
        self.facts.clear();
        self.facts.extend_from_slice(slots);
        self.make_lists(lists);
        self.numbers.clear();
        self.texts.clear();
        self.own.clear();
        if let Some(rare) = &mut self.rare {
            rare.expiries.clear();
            rare.parameters.clear();
            rare.symbols.clear();
        }
    }

    /// After the slots: lists as they are where nothing was given.
    fn make_lists(&mut self, lists: usize) {
        (self.slots, self.lists) = (self.facts.len() as u32, lists as u32);
        self.facts.extend((0..lists).flat_map(|_| StoredList::default().pack()));
    }

    /// Writes a slot, or a field of a record by its place among all.
    #[inline]
    pub(super) fn set(&mut self, at: u32, fact: Packed) {
        self.facts[at as usize] = fact;
    }

    pub(super) fn set_list(&mut self, list: u32, state: ListState, [first, count, width]: [u32; 3]) {
        let at = self.slots as usize + list as usize * LIST_VALUES;
        self.facts[at..at + LIST_VALUES].copy_from_slice(&StoredList { first, count, width, state }.pack());
    }

    /// Where the next record begins.
    #[inline]
    pub(super) fn next(&self) -> u32 {
        self.facts.len() as u32
    }

    #[inline]
    pub(super) fn push_record(&mut self, facts: &[Packed]) {
        self.facts.extend_from_slice(facts);
    }

    #[inline]
    pub(super) fn push(&mut self, fact: Packed) {
        self.facts.push(fact);
    }

    #[inline]
    pub(super) fn push_number(&mut self, number: Number) -> u32 {
        self.numbers.push(number);
        self.numbers.len() as u32 - 1
    }

    pub(super) fn expires(&mut self, operand: Operand, last: Date) {
        self.rare().expiries.push((operand, last));
    }

    /// The symbol of a string that the program does not know.
    pub(super) fn own_symbol(&mut self, text: &str) -> Symbol {
        let (count, mark) = (self.own.len(), mark(text));
        // A patient has few such strings; past that an index keeps it linear.
        let position = if count < INDEXED_FROM {
            self.own_position(mark, text.as_bytes())
        } else {
            if self.rare.as_ref().is_none_or(|rare| rare.symbols.is_empty()) {
                let all =
                    (0..count as u32).map(|position| (self.own_text(position as usize).into(), position)).collect();
                self.rare().symbols = all;
            }
            self.rare().symbols.get(text).map(|position| *position as usize)
        };
        let position = position.unwrap_or_else(|| {
            self.texts.push_str(text);
            self.own.push(OwnString { end: self.texts.len() as u32, mark });
            if count >= INDEXED_FROM {
                self.rare().symbols.insert(text.into(), count as u32);
            }
            count
        });
        Symbol(self.known + position as u32)
    }
}

fn mark(text: &str) -> u32 {
    let bytes = text.as_bytes();
    match (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        (Some(first), Some(last)) => u32::from_le_bytes(*first).rotate_left(16) ^ u32::from_le_bytes(*last),
        (None, _) | (_, None) => bytes.iter().fold(0, |mark, byte| mark << 8 | u32::from(*byte)),
    }
}

/// They say the same of a patient. Where lists came in another order, so do their records and strings.
impl PartialEq for Bound {
    fn eq(&self, other: &Bound) -> bool {
        let expiries = |bound: &Bound| bound.expiries().collect::<BTreeSet<_>>();
        let parameters = |bound: &Bound| bound.rare.as_ref().map_or(Vec::new(), |rare| rare.parameters.clone());
        let count = self.slots as usize;
        (self.slots, self.known, self.lists) == (other.slots, other.known, other.lists)
            && self.alike(&self.facts[..count], other, &other.facts[..count])
            && (0..self.lists).map(|list| (self.stored(list), other.stored(list))).all(|(list, others)| {
                (list.state, list.count, list.width) == (others.state, others.count, others.width)
                    && self.alike(&self.facts[list.range()], other, &other.facts[others.range()])
            })
            && expiries(self) == expiries(other)
            && parameters(self) == parameters(other)
    }
}

impl Bound {
    fn alike(&self, own: &[Packed], other: &Bound, others: &[Packed]) -> bool {
        own.len() == others.len()
            && own.iter().zip(others).all(|(a, b)| match (a.fact(), b.fact()) {
                (Fact::Number { index: a, row: at }, Fact::Number { index: b, row }) => {
                    at == row && self.number(a) == other.number(b)
                }
                (Fact::Word { symbol: a, row: at }, Fact::Word { symbol: b, row })
                | (Fact::Code { symbol: a, class: at }, Fact::Code { symbol: b, class: row }) => {
                    at == row && self.known_or_own(a) == other.known_or_own(b)
                }
                (a, b) => a == b,
            })
    }

    fn known_or_own(&self, symbol: Symbol) -> Result<Symbol, &str> {
        match symbol.0.checked_sub(self.known) {
            None => Ok(symbol),
            Some(position) => Err(self.own_text(position as usize)),
        }
    }
}

impl Rare {
    fn is_expired(&self, operand: Operand, today: Date) -> bool {
        self.expiries.iter().any(|(which, last)| *which == operand && *last < today)
    }
}
