//! One patient's data on its way into bound facts. What is not ordinary ends it; see [`Unusual`].

use super::{FactIntake, FieldsIntake, Intake, ListIntake, MOST_FIELDS, ScalarIntake, ScalarKind, Unusual};
use crate::eval::Evaluator;
use crate::eval::bind::{number_row, word_row};
use crate::eval::bound::{Bound, ListState, Packed};
use crate::value::{Date, Number, PartialDate};

/// Facts of which it is remembered without an allocation whether they stood already.
const FACTS_AT_HAND: usize = 512;

/// The bound facts being written, and how much may still come.
pub(super) struct Filling<'a> {
    evaluator: &'a Evaluator,
    intake: &'a Intake,
    bound: &'a mut Bound,
    /// By fact: whether it stood already.
    seen: &'a mut [u64],
    values: usize,
    bytes: usize,
    /// Something was unusual, whatever the caller's `Serialize` makes of it.
    gave_up: bool,
    /// The set of keys of which a key is being read, and what the key stands for.
    pub(super) keyed: (Keys<'a>, At<'a>),
    /// The first and the last day of a period being read.
    ends: [Option<Date>; 2],
}

/// Where a value stands.
#[derive(Clone, Copy)]
pub(super) enum At<'a> {
    /// The facts as a whole.
    Facts,
    /// A key of [`Filling::keyed`].
    Key,
    Record(&'a super::RecordIntake),
    List(&'a ListIntake, ListState),
    /// One of a list's records.
    Item(&'a ListIntake),
    Scalar(Target<'a>),
    Part(Target<'a>, Part),
}

/// A single value, and where it is written to.
#[derive(Clone, Copy)]
pub(super) struct Target<'a> {
    scalar: &'a ScalarIntake,
    to: Option<u32>,
}

/// A part of a single value that is written as a set of keys.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    System,
    Code,
    Amount,
    Unit,
    From,
    Through,
}

/// A set of keys being read.
#[derive(Clone, Copy)]
pub(super) enum Keys<'a> {
    Facts { next: u32 },
    Fields { fields: &'a FieldsIntake, first: u32, seen: u64, next: u32 },
    Completeness { list: &'a ListIntake, seen: u8 },
    Parts { target: Target<'a>, seen: u8 },
}

/// A list being read.
#[derive(Clone, Copy)]
pub(super) struct Items<'a> {
    list: &'a ListIntake,
    state: ListState,
    first: u32,
    count: u32,
}

type Filled<T = ()> = Result<T, Unusual>;

impl<'a> Filling<'a> {
    pub(super) fn run(
        evaluator: &'a Evaluator,
        bound: &mut Bound,
        fill: impl FnOnce(&mut Filling<'_>) -> Filled,
    ) -> Filled {
        evaluator.bind_nothing(bound);
        let intake = evaluator.intake();
        let mut at_hand = [0; FACTS_AT_HAND / 64];
        let mut more = Vec::new();
        let seen = match at_hand.get_mut(..intake.facts.len().div_ceil(64)) {
            Some(seen) => seen,
            None => {
                more.resize(intake.facts.len().div_ceil(64), 0);
                &mut more[..]
            }
        };
        let limits = &evaluator.limits;
        let mut filling = Filling {
            evaluator,
            intake,
            bound,
            seen,
            values: limits.fact_values,
            bytes: limits.fact_bytes,
            gave_up: false,
            keyed: (Keys::Facts { next: 0 }, At::Facts),
            ends: [None; 2],
        };
        fill(&mut filling)?;
        if filling.gave_up { Err(Unusual) } else { Ok(()) }
    }

    #[cold]
    pub(super) fn give_up<T>(&mut self) -> Filled<T> {
        self.gave_up = true;
        Err(Unusual)
    }

    fn usual<T>(&mut self, found: Option<T>) -> Filled<T> {
        match found {
            Some(found) => Ok(found),
            None => self.give_up(),
        }
    }

    /// One value more, with so many bytes.
    #[inline]
    fn spend(&mut self, bytes: usize) -> Filled {
        let values = self.values.checked_sub(1);
        let left = values.zip(self.bytes.checked_sub(bytes));
        (self.values, self.bytes) = self.usual(left)?;
        Ok(())
    }

    #[inline]
    fn write(&mut self, target: Target<'a>, fact: Packed) {
        if let Some(to) = target.to {
            self.bound.set(to, fact);
        }
    }

    pub(super) fn truth(&mut self, at: At<'a>, truth: bool) -> Filled {
        self.spend(0)?;
        if let At::Scalar(target) = at
            && let ScalarKind::Truth = target.scalar.kind
        {
            self.write(target, Packed::truth(truth));
            return Ok(());
        }
        self.give_up()
    }

    /// `null`: not given.
    pub(super) fn nothing(&mut self, at: At<'a>) -> Filled {
        self.spend(0)?;
        match at {
            At::Record(_) | At::List(_, ListState::NotGiven) | At::Scalar(_) => Ok(()),
            At::Facts | At::Key | At::List(..) | At::Item(_) | At::Part(..) => self.give_up(),
        }
    }

    pub(super) fn whole(&mut self, at: At<'a>, number: i64) -> Filled {
        // More digits are a mistake where they are significant.
        if number.unsigned_abs() > 999_999_999_999_999 {
            return self.give_up();
        }
        if let At::Scalar(target) = at
            && let ScalarKind::Date { .. } = target.scalar.kind
        {
            self.spend(0)?;
            let year = i32::try_from(number).ok().filter(|year| *year >= 1000);
            let date = year.and_then(|year| PartialDate::from_parts(year, None, None));
            let date = self.usual(date)?;
            self.write(target, Packed::date(date.first(), date.last()));
            return Ok(());
        }
        self.number(at, Number::from(number))
    }

    pub(super) fn number(&mut self, at: At<'a>, number: Number) -> Filled {
        self.spend(0)?;
        let (target, regions) = match at {
            At::Scalar(target) => match &target.scalar.kind {
                ScalarKind::Number { regions, allowed } if allowed.as_ref().is_none_or(|all| all.contains(&number)) => {
                    (target, regions)
                }
                _ => return self.give_up(),
            },
            At::Part(target, Part::Amount) => match &target.scalar.kind {
                ScalarKind::Quantity { regions, .. } => (target, regions),
                _ => return self.give_up(),
            },
            At::Facts | At::Key | At::Record(_) | At::List(..) | At::Item(_) | At::Part(..) => return self.give_up(),
        };
        if target.to.is_some() {
            let index = self.bound.push_number(number);
            self.write(target, Packed::number(index, number_row(regions.as_ref(), number)));
        }
        Ok(())
    }

    pub(super) fn text(&mut self, at: At<'a>, text: &str) -> Filled {
        if let At::Key = at {
            self.bytes = self.usual(self.bytes.checked_sub(text.len()))?;
            let (mut keys, _) = self.keyed;
            let found = self.key(&mut keys, text)?;
            self.keyed = (keys, found);
            return Ok(());
        }
        self.spend(text.len())?;
        match at {
            At::Scalar(target) => {
                let fact = self.of_text(target, text);
                let fact = self.usual(fact)?;
                self.write(target, fact);
                Ok(())
            }
            At::Part(target, part) => self.part(target, part, text),
            At::Record(record) if record.or_none && text == "none" => {
                for (slot, _) in &record.slots {
                    self.bound.set(*slot, Packed::ABSENT);
                }
                Ok(())
            }
            At::Facts | At::Key | At::Record(_) | At::List(..) | At::Item(_) => self.give_up(),
        }
    }

    #[inline]
    fn of_text(&mut self, target: Target<'a>, text: &str) -> Option<Packed> {
        let evaluator = self.evaluator;
        match &target.scalar.kind {
            ScalarKind::Code(system) => self.intake.systems[*system].bind(text, self.bound),
            ScalarKind::Date { or_none: true } if text == "none" => Some(Packed::ABSENT),
            ScalarKind::Date { .. } => {
                let date: PartialDate = text.parse().ok()?;
                Some(Packed::date(date.first(), date.last()))
            }
            ScalarKind::Truth => match text {
                "yes" => Some(Packed::truth(true)),
                "no" => Some(Packed::truth(false)),
                _ => None,
            },
            ScalarKind::Choice { words, .. } if !words.iter().any(|word| **word == *text) => None,
            ScalarKind::Choice { regions, .. } | ScalarKind::Text { regions } => {
                let symbol = evaluator.symbol(text, self.bound);
                Some(Packed::word(symbol, word_row(regions.as_ref(), symbol)))
            }
            ScalarKind::Duration => text.parse().ok().map(Packed::duration),
            ScalarKind::Quantity { regions, unit } => {
                let (number, given) = text.split_once(' ')?;
                let number: Number = number.parse().ok().filter(|_| given == unit.as_str())?;
                Some(Packed::number(self.bound.push_number(number), number_row(regions.as_ref(), number)))
            }
            ScalarKind::Number { .. } | ScalarKind::Period | ScalarKind::Nothing => None,
        }
    }

    fn part(&mut self, target: Target<'a>, part: Part, text: &str) -> Filled {
        match (part, &target.scalar.kind) {
            (Part::System, ScalarKind::Code(system)) if self.intake.systems[*system].system().name() == text => Ok(()),
            (Part::Unit, ScalarKind::Quantity { unit, .. }) if unit.as_str() == text => Ok(()),
            (Part::Code, ScalarKind::Code(_)) => {
                let fact = self.of_text(target, text);
                let fact = self.usual(fact)?;
                self.write(target, fact);
                Ok(())
            }
            (Part::From | Part::Through, ScalarKind::Period) => {
                let day: Option<Date> = text.parse().ok();
                let day = self.usual(day)?;
                self.ends[usize::from(part == Part::Through)] = Some(day);
                Ok(())
            }
            _ => self.give_up(),
        }
    }

    pub(super) fn open_keys(&mut self, at: At<'a>) -> Filled<Keys<'a>> {
        self.spend(0)?;
        match at {
            At::Facts => Ok(Keys::Facts { next: 0 }),
            At::Record(record) if record.fields.fields.len() <= MOST_FIELDS => {
                for (slot, fact) in &record.slots {
                    self.bound.set(*slot, *fact);
                }
                Ok(Keys::Fields { fields: &record.fields, first: 0, seen: 0, next: 0 })
            }
            At::Item(list) if list.fields.fields.len() <= MOST_FIELDS => {
                let first = self.bound.next();
                self.bound.push_record(&list.empty);
                Ok(Keys::Fields { fields: &list.fields, first, seen: 0, next: 0 })
            }
            At::List(list, ListState::NotGiven) => Ok(Keys::Completeness { list, seen: 0 }),
            At::Scalar(target) => {
                self.ends = [None; 2];
                Ok(Keys::Parts { target, seen: 0 })
            }
            At::Key | At::Record(_) | At::List(..) | At::Item(_) | At::Part(..) => self.give_up(),
        }
    }

    /// What a key stands for.
    pub(super) fn key(&mut self, keys: &mut Keys<'a>, name: &str) -> Filled<At<'a>> {
        let found = self.find(keys, name);
        self.usual(found)
    }

    #[inline]
    fn find(&mut self, keys: &mut Keys<'a>, name: &str) -> Option<At<'a>> {
        match keys {
            Keys::Facts { next } => {
                let fact = self.intake.names.find(name, next)?;
                let (word, bit) = (&mut self.seen[(fact / 64) as usize], 1 << (fact % 64));
                if *word & bit != 0 {
                    return None;
                }
                *word |= bit;
                Some(match &self.intake.facts[fact as usize] {
                    FactIntake::Scalar(scalar) => At::Scalar(Target { scalar, to: scalar.to }),
                    FactIntake::Record(record) => At::Record(record),
                    FactIntake::List(list) => At::List(list, ListState::NotGiven),
                })
            }
            Keys::Fields { fields, first, seen, next } => {
                let field = fields.names.find(name, next)?;
                let bit = 1 << field;
                if *seen & bit != 0 {
                    return None;
                }
                *seen |= bit;
                let scalar = &fields.fields[field as usize];
                Some(At::Scalar(Target { scalar, to: scalar.to.map(|to| *first + to) }))
            }
            Keys::Completeness { list, seen } => {
                let state = match name {
                    "open" => ListState::Open,
                    "complete" => ListState::Complete,
                    _ => return None,
                };
                *seen += 1;
                (*seen == 1).then_some(At::List(list, state))
            }
            Keys::Parts { target, seen } => {
                let (part, bit) = match (&target.scalar.kind, name) {
                    (ScalarKind::Code(_), "system") => (Part::System, 1),
                    (ScalarKind::Code(_), "code") => (Part::Code, 2),
                    (ScalarKind::Quantity { .. }, "quantity") => (Part::Amount, 1),
                    (ScalarKind::Quantity { .. }, "unit") => (Part::Unit, 2),
                    (ScalarKind::Period, "from") => (Part::From, 1),
                    (ScalarKind::Period, "through") => (Part::Through, 2),
                    _ => return None,
                };
                let first = *seen & bit == 0;
                *seen |= bit;
                first.then_some(At::Part(*target, part))
            }
        }
    }

    pub(super) fn close_keys(&mut self, keys: Keys<'a>) -> Filled {
        match keys {
            Keys::Facts { .. } | Keys::Fields { .. } | Keys::Completeness { seen: 1, .. } => Ok(()),
            Keys::Parts { target, seen: 3 } => match (&target.scalar.kind, self.ends) {
                (ScalarKind::Period, [Some(from), Some(through)]) if from <= through => {
                    self.write(target, Packed::period(from, through));
                    Ok(())
                }
                (ScalarKind::Code(_) | ScalarKind::Quantity { .. }, _) => Ok(()),
                _ => self.give_up(),
            },
            Keys::Completeness { .. } | Keys::Parts { .. } => self.give_up(),
        }
    }

    pub(super) fn open_items(&mut self, at: At<'a>) -> Filled<Items<'a>> {
        self.spend(0)?;
        match at {
            At::List(list, state) => {
                let state = if state == ListState::NotGiven { list.as_declared } else { state };
                Ok(Items { list, state, first: self.bound.next(), count: 0 })
            }
            At::Facts | At::Key | At::Record(_) | At::Item(_) | At::Scalar(_) | At::Part(..) => self.give_up(),
        }
    }

    pub(super) fn close_items(&mut self, items: Items<'a>) {
        if let Some(list) = items.list.list {
            let width = items.list.empty.len() as u32;
            self.bound.set_list(list, items.state, [items.first, items.count, width]);
        }
    }
}

impl<'a> Items<'a> {
    /// Where the next item stands.
    #[inline]
    pub(super) fn item(&mut self) -> At<'a> {
        self.count += 1;
        At::Item(self.list)
    }
}
