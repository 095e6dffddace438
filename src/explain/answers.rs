//! Answers that a thing which is not known could have: some from every region that the conditions tell apart.
//!
//! Numbers: each threshold, between two, and outside all. Dates: each day that stands a duration of the conditions from a
//! date that they compare with, and the days around it. Codes: both sides of every border of a code set. Records and lists
//! are put together from answers for their fields.

use super::thing::{Answers, Shape, Thing};
use crate::outcome::reach::Reach;
use crate::outcome::{Situation, valid};
use crate::program::{CodeTest, Constant, Operand};
use crate::schema::{FieldSchema, Fields, ScalarType};
use crate::value::{
    Code, Date, Duration, DurationUnit, FactValue, List, ListCompleteness, Number, PartialDate, Quantity, Record,
    System, Unit,
};
use std::collections::BTreeSet;

/// At most so many answers of one thing.
const MOST: usize = 240;
/// At most so many records to make lists of.
const MOST_RECORDS: usize = 40;
/// Lists with up to so many kinds of records also hold each two of them.
const MOST_PAIRED: usize = 12;
/// At most so many records in one list.
const LONGEST_LIST: u32 = 12;

/// What the conditions compare with, by kind.
pub(super) struct Pool<'a> {
    situation: &'a Situation<'a>,
    reach: &'a Reach,
    /// How many numbers between two thresholds: as many as are compared with each other.
    between: i64,
    numbers: BTreeSet<Number>,
    quantities: Vec<Quantity>,
    dates: BTreeSet<Date>,
    durations: Vec<Duration>,
    codes: Vec<Code>,
    words: Vec<Box<str>>,
    /// There are more answers that may do different things than were kept.
    short: std::cell::Cell<bool>,
}

impl<'a> Pool<'a> {
    /// All constants that the conditions read, and what is known of the facts that they read.
    pub(super) fn new(situation: &'a Situation<'a>, reach: &'a Reach, coupled: usize) -> Pool<'a> {
        let mut pool = Pool {
            situation,
            reach,
            between: i64::try_from(coupled).unwrap_or(1).clamp(1, 3),
            numbers: BTreeSet::new(),
            quantities: Vec::new(),
            dates: BTreeSet::from([situation.as_of()]),
            durations: Vec::new(),
            codes: Vec::new(),
            words: Vec::new(),
            short: std::cell::Cell::new(false),
        };
        for constant in &reach.constants {
            pool.constant(constant);
        }
        for operand in &reach.operands {
            pool.operand(*operand);
        }
        for test in &reach.code_tests {
            if let Some(test) = situation.program().code_tests.get(test.0 as usize) {
                pool.code_test(test);
            }
        }
        pool.durations.sort_by_key(|duration| (duration.unit(), duration.count()));
        pool.durations.dedup();
        pool.codes.sort();
        pool.codes.dedup();
        pool
    }

    fn constant(&mut self, constant: &Constant) {
        match constant {
            Constant::Number(number) => {
                self.numbers.insert(**number);
            }
            Constant::Quantity(quantity) => self.quantities.push((**quantity).clone()),
            Constant::Text(text) | Constant::Choice(text) => self.words.push(text.clone()),
            Constant::Date(date) => {
                self.dates.insert(*date);
            }
            Constant::Duration(duration) => self.durations.push(*duration),
            Constant::Period(first, last) => self.dates.extend([*first, *last]),
            Constant::Code(code) => self.codes.push(code.clone()),
            Constant::Truth(_) | Constant::Unknown => {}
        }
    }

    /// What was given can be a threshold for what was not.
    fn operand(&mut self, operand: Operand) {
        let situation = self.situation;
        let program = situation.program();
        let fact = match operand {
            Operand::Slot(slot) => program.slots.get(slot.0 as usize).map(|slot| slot.fact),
            Operand::List(list) | Operand::Field { list, .. } => {
                program.lists.get(list.0 as usize).map(|list| list.fact)
            }
        };
        let Some(schema) = fact.and_then(|fact| program.schema.get(fact)) else { return };
        if let Some(given) = valid(situation.facts, schema, situation.as_of()) {
            self.given(&given.value);
        }
    }

    fn given(&mut self, value: &FactValue) {
        match value {
            FactValue::Number(number) => {
                self.numbers.insert(*number);
            }
            FactValue::Quantity(quantity) => self.quantities.push(quantity.clone()),
            FactValue::Text(text) => self.words.push(text.clone()),
            FactValue::Date(date) => self.dates.extend([date.first(), date.last()]),
            FactValue::Duration(duration) => self.durations.push(*duration),
            FactValue::Period(first, last) => self.dates.extend([*first, *last]),
            FactValue::Code(code) => self.codes.push(code.clone()),
            FactValue::Record(record) => {
                for value in record.fields.values() {
                    self.given(value);
                }
            }
            FactValue::List(list) => {
                for value in list.records.iter().flat_map(|record| record.fields.values()) {
                    self.given(value);
                }
            }
            FactValue::Truth(_) | FactValue::Choice(_) | FactValue::None => {}
        }
    }

    fn code_test(&mut self, test: &CodeTest) {
        match test {
            CodeTest::Is(code) => self.codes.push(code.clone()),
            CodeTest::In { set, .. } => {
                for (from, to) in set.stretches() {
                    self.codes.extend([from, to].into_iter().filter_map(|key| code_of(set.system(), key)));
                }
            }
        }
    }

    /// Answers for a thing, none twice, in a fixed order. Empty where none can be thought of.
    /// Whether not all answers that may do different things were kept.
    pub(super) fn is_short(&self) -> bool {
        self.short.get()
    }

    /// At most so many of them.
    fn kept<T>(&self, answers: Vec<T>, most: usize) -> Vec<T> {
        if answers.len() > most {
            self.short.set(true);
        }
        thinned(answers, most)
    }

    pub(super) fn answers(&self, thing: Thing) -> Vec<FactValue> {
        let Some(Shape { ty, days }) = thing.shape(self.situation) else { return Vec::new() };
        if let Thing::Fact(fact) = thing
            && let Some(allowed) = self.situation.program().schema.get(fact).and_then(|fact| fact.allowed.as_ref())
        {
            return allowed.values(MOST).into_iter().map(FactValue::Number).collect();
        }
        match ty {
            Answers::Scalar(ty) => self.kept(self.scalar(ty, days), MOST),
            Answers::Record { fields, or_none } => {
                let none = or_none.then_some(FactValue::None);
                none.into_iter().chain(self.records(thing, fields, MOST).into_iter().map(FactValue::Record)).collect()
            }
            Answers::Records(fields) => self.lists(thing, fields),
        }
    }

    fn scalar(&self, ty: &ScalarType, days: Option<(Date, Date)>) -> Vec<FactValue> {
        match ty {
            ScalarType::Truth => vec![FactValue::Truth(true), FactValue::Truth(false)],
            ScalarType::Number => self.numbers().into_iter().map(FactValue::Number).collect(),
            ScalarType::Quantity(unit) => {
                let in_unit = |number| FactValue::Quantity(Quantity::new(number, unit.clone()));
                self.amounts(unit).into_iter().map(in_unit).collect()
            }
            ScalarType::Text => {
                let other = std::iter::once(FactValue::Text("…".into()));
                self.words.iter().cloned().map(FactValue::Text).chain(other).collect()
            }
            ScalarType::Date { or_none } => {
                let dates = self.days(days).into_iter().map(|day| FactValue::Date(PartialDate::Day(day)));
                dates.chain((*or_none && days.is_none()).then_some(FactValue::None)).collect()
            }
            ScalarType::Duration => self.lengths().into_iter().map(FactValue::Duration).collect(),
            ScalarType::Period => {
                let days = self.kept(self.days(None), 12);
                let later = |first: Date| days.iter().copied().filter(move |last| first <= *last);
                days.iter().flat_map(|first| later(*first).map(|last| FactValue::Period(*first, last))).collect()
            }
            ScalarType::Code(system) => self.codes(*system).into_iter().map(FactValue::Code).collect(),
            ScalarType::Choice(words) => words.iter().cloned().map(FactValue::Choice).collect(),
            ScalarType::Any => Vec::new(),
        }
    }

    fn numbers(&self) -> Vec<Number> {
        self.around(self.numbers.clone())
    }

    fn amounts(&self, unit: &Unit) -> Vec<Number> {
        let same = self.quantities.iter().filter_map(|quantity| quantity.to_unit(unit).ok());
        let mut numbers: BTreeSet<Number> = same.map(|quantity| quantity.number()).collect();
        if self.reach.has_sums {
            numbers.extend(&self.numbers);
        }
        self.around(numbers)
    }

    /// Each threshold, numbers between two, below and above all; of every size where numbers are computed.
    fn around(&self, mut thresholds: BTreeSet<Number>) -> Vec<Number> {
        if self.reach.has_sums {
            let sizes = [(1, 10), (1, 1), (2, 1), (10, 1), (50, 1), (100, 1), (1000, 1)];
            thresholds
                .extend(sizes.into_iter().filter_map(|(numerator, denominator)| Number::new(numerator, denominator)));
        }
        if thresholds.is_empty() {
            thresholds.insert(Number::ZERO);
        }
        let mut numbers = thresholds.clone();
        for (lower, upper) in thresholds.iter().zip(thresholds.iter().skip(1)) {
            let part = upper.checked_sub(lower).and_then(|gap| gap.checked_div(&Number::from(self.between + 1)));
            let at = |place: i64| lower.checked_add(&part?.checked_mul(&Number::from(place))?);
            numbers.extend((1..=self.between).filter_map(at));
        }
        for step in 1..=self.between {
            numbers.extend(thresholds.first().and_then(|lowest| lowest.checked_sub(&Number::from(step))));
            numbers.extend(thresholds.last().and_then(|highest| highest.checked_add(&Number::from(step))));
        }
        numbers.into_iter().collect()
    }

    fn lengths(&self) -> Vec<Duration> {
        let mut lengths: Vec<Duration> = Vec::new();
        let units = [DurationUnit::Days, DurationUnit::Weeks, DurationUnit::Months, DurationUnit::Years];
        for duration in &self.durations {
            lengths.extend((-1..=1).map(|step| Duration::new(duration.count().saturating_add(step), duration.unit())));
        }
        // What it is compared with may be an age or a distance of dates that are known.
        let counts = [0, 1, 2, 5, 10, 13, 18, 20, 21, 25, 30, 40, 50, 65, 75, 80, 100, 150];
        lengths.extend(units.into_iter().rev().flat_map(|unit| counts.map(|count| Duration::new(count, unit))));
        lengths.retain(|duration| duration.count() >= 0);
        lengths.sort_by_key(|duration| (duration.unit(), duration.count()));
        lengths.dedup();
        lengths
    }

    /// The days that stand a duration from a date, and the days around them.
    fn days(&self, within: Option<(Date, Date)>) -> Vec<Date> {
        let mut anchors = self.dates.clone();
        if self.reach.has_shifts {
            anchors.extend(self.moved(&anchors));
        }
        let mut days: BTreeSet<Date> =
            anchors.iter().copied().chain(self.moved(&anchors)).flat_map(neighbours).collect();
        match within {
            Some((first, last)) => {
                days.extend([first, last]);
                days.into_iter().filter(|day| (first..=last).contains(day)).collect()
            }
            None => {
                let far = Duration::new(150, DurationUnit::Years);
                days.extend(self.situation.as_of().checked_sub(far));
                days.extend(self.situation.as_of().checked_add(far));
                days.into_iter().collect()
            }
        }
    }

    fn moved(&self, anchors: &BTreeSet<Date>) -> Vec<Date> {
        let mut lengths = self.durations.clone();
        if self.reach.has_shifts {
            // `years between A and B at least 5` compares with a number.
            let whole = self.numbers.iter().filter_map(|number| i32::try_from(number.to_integer()?).ok());
            let units = [DurationUnit::Days, DurationUnit::Weeks, DurationUnit::Months, DurationUnit::Years];
            lengths.extend(whole.flat_map(|count| units.map(|unit| Duration::new(count, unit))));
        }
        let both = |anchor: &Date, length: &Duration| [anchor.checked_add(*length), anchor.checked_sub(*length)];
        anchors
            .iter()
            .flat_map(|anchor| lengths.iter().flat_map(move |length| both(anchor, length)))
            .flatten()
            .collect()
    }

    /// Codes on both sides of every border, and some that are in no set.
    fn codes(&self, system: System) -> Vec<Code> {
        let mut codes: Vec<Code> = self.codes.iter().filter(|code| code.system() == system).cloned().collect();
        codes.extend(elsewhere(system).iter().filter_map(|text| Code::new(system, text).ok()));
        let mut seen = BTreeSet::new();
        codes.retain(|code| seen.insert(code.clone()));
        codes
    }

    /// Records with every field that is read filled in, in as many ways as fit.
    fn records(&self, thing: Thing, fields: &Fields, most: usize) -> Vec<Record> {
        let read: Vec<&FieldSchema> = self.fields_read(thing, fields);
        let mut answers: Vec<Vec<FactValue>> = read.iter().map(|field| self.scalar(&field.ty, None)).collect();
        let ways = |answers: &[Vec<FactValue>]| answers.iter().map(|a| a.len().max(1)).fold(1, usize::saturating_mul);
        while ways(&answers) > most {
            let Some(longest) = answers.iter_mut().max_by_key(|answers| answers.len()) else { break };
            let fewer = longest.len() * 3 / 4;
            self.short.set(true);
            *longest = thinned(std::mem::take(longest), fewer.max(1));
        }
        let mut records = vec![Record::default()];
        for (field, answers) in read.iter().zip(&answers).filter(|(_, answers)| !answers.is_empty()) {
            let with = |record: &Record, answer: &FactValue| {
                let mut record = record.clone();
                record.fields.insert(field.name.clone(), answer.clone());
                record
            };
            records = records.iter().flat_map(|record| answers.iter().map(|answer| with(record, answer))).collect();
        }
        records
    }

    /// The fields of a record or list fact that the conditions read, in the order declared.
    fn fields_read<'f>(&self, thing: Thing, fields: &'f Fields) -> Vec<&'f FieldSchema> {
        let program = self.situation.program();
        let is_own = |fact| matches!(thing, Thing::Fact(own) | Thing::List(own) if own == fact);
        let mut read: Vec<_> = self
            .reach
            .operands
            .iter()
            .filter_map(|operand| match *operand {
                Operand::Slot(slot) => {
                    program.slots.get(slot.0 as usize).filter(|slot| is_own(slot.fact)).and_then(|slot| slot.field)
                }
                Operand::Field { list, field, .. } => {
                    let list = program.lists.get(list.0 as usize).filter(|list| is_own(list.fact))?;
                    list.fields.get(field as usize).copied()
                }
                Operand::List(_) => None,
            })
            .collect();
        read.sort_unstable();
        read.dedup();
        read.into_iter().filter_map(|field| fields.get(field)).collect()
    }

    /// Further records of a list: none, one of each kind, two, and as many as something asks for.
    fn lists(&self, thing: Thing, fields: &Fields) -> Vec<FactValue> {
        let kinds = self.records(thing, fields, MOST_RECORDS);
        let mut lists: Vec<Vec<Record>> = vec![Vec::new()];
        lists.extend(kinds.iter().map(|kind| vec![kind.clone()]));
        let two = |a: &Record, b: &Record| vec![a.clone(), b.clone()];
        if kinds.len() <= MOST_PAIRED {
            for (index, first) in kinds.iter().enumerate() {
                lists.extend(kinds.iter().skip(index).map(|second| two(first, second)));
            }
            // As many of one kind as something asks for, with one of another.
            for (first, second) in kinds.iter().flat_map(|a| kinds.iter().map(move |b| (a, b))).filter(|(a, b)| a != b)
            {
                let mut list = vec![first.clone(); self.most_records().max(2) as usize];
                list.push(second.clone());
                lists.push(list);
            }
        } else {
            self.short.set(true);
            let next = kinds.iter().cycle().skip(1);
            lists.extend(kinds.iter().zip(next).flat_map(|(first, second)| [two(first, first), two(first, second)]));
        }
        for count in 3..=self.most_records() {
            lists.extend(kinds.iter().map(|kind| vec![kind.clone(); count as usize]));
        }
        lists.push(kinds);
        let list = |records| FactValue::List(List { records, completeness: ListCompleteness::Complete });
        lists.into_iter().map(list).collect()
    }

    fn most_records(&self) -> u32 {
        // A count is compared with a number.
        let counts = self.numbers.iter().filter_map(|number| u32::try_from(number.to_integer()?).ok());
        let counts = counts.filter(|count| *count < LONGEST_LIST).map(|count| count + 1);
        counts.chain([self.reach.most_records]).max().unwrap_or(0).min(LONGEST_LIST)
    }
}

/// Two days before through two days after: around a leap day a border may be a day off.
fn neighbours(day: Date) -> impl Iterator<Item = Date> {
    (-2..=2).filter_map(move |step| Date::from_day_number(day.day_number().saturating_add(step)))
}

/// The code whose sort key it is, where there is one.
fn code_of(system: System, key: &str) -> Option<Code> {
    Code::new(system, key.trim_end_matches('\0')).ok()
}

/// Codes far from each other, so that some of them are in no set of a guideline.
fn elsewhere(system: System) -> &'static [&'static str] {
    match system {
        System::Icd10Se | System::Icd10Cm => &["A01.0", "J45.9", "Z99.9"],
        System::Atc => &["A02BC01", "J01CE02", "V03AB15"],
        System::Kva => &["AA001", "DU011", "XS900"],
        System::County => &["01", "03", "14", "25"],
        System::Municipality => &["0180", "1480", "2584"],
        System::SnomedCt => &["138875005", "404684003"],
        System::RxNorm => &["161", "7804", "999999"],
        System::Loinc => &["2160-0", "8480-6"],
    }
}

/// At most `most` of them: the first, the last and some evenly between.
pub(super) fn thinned<T>(answers: Vec<T>, most: usize) -> Vec<T> {
    let length = answers.len();
    if length <= most {
        return answers;
    }
    let step = |place: usize| if most < 2 { 0 } else { place * (length - 1) / (most - 1) };
    let kept: BTreeSet<usize> = (0..most).map(step).collect();
    answers.into_iter().enumerate().filter(|(index, _)| kept.contains(index)).map(|(_, answer)| answer).collect()
}
