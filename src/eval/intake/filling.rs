//! One patient's data on its way into bound facts. What is not ordinary ends it; see [`Unusual`].

use super::{FactIntake, FieldsIntake, Intake, ListIntake, MOST_FIELDS, NOWHERE, ScalarIntake, ScalarKind, Unusual};
use crate::eval::Evaluator;
use crate::eval::bind::{number_row, word_row};
use crate::eval::bound::{Bound, ListState, Packed};
use crate::schema::Allowed;
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
    /// A single value, and where it is written to; [`NOWHERE`]: the program does not read it.
    Scalar(&'a ScalarIntake, u32),
    Part(&'a ScalarIntake, u32, Part),
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
    Parts { scalar: &'a ScalarIntake, to: u32, seen: u8 },
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
        let intake = &*evaluator.intake;
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

    /// So many values more. What a set of keys may hold is counted when it begins: it holds no name twice.
    #[inline]
    fn spend(&mut self, values: usize) -> Filled {
        let left = self.values.checked_sub(values);
        self.values = self.usual(left)?;
        Ok(())
    }

    #[inline]
    fn write(&mut self, to: u32, fact: Packed) {
        if to != NOWHERE {
            self.bound.set(to, fact);
        }
    }

    pub(super) fn truth(&mut self, at: At<'a>, truth: bool) -> Filled {
        if let At::Scalar(scalar, to) = at
            && let ScalarKind::Truth = scalar.kind
        {
            self.write(to, Packed::truth(truth));
            return Ok(());
        }
        self.give_up()
    }

    /// `null`: not given.
    pub(super) fn nothing(&mut self, at: At<'a>) -> Filled {
        match at {
            At::Record(_) | At::List(_, ListState::NotGiven) | At::Scalar(..) => Ok(()),
            At::Facts | At::Key | At::List(..) | At::Item(_) | At::Part(..) => self.give_up(),
        }
    }

    pub(super) fn whole(&mut self, at: At<'a>, number: i64) -> Filled {
        // More digits are a mistake where they are significant.
        if number.unsigned_abs() > 999_999_999_999_999 {
            return self.give_up();
        }
        if let At::Scalar(scalar, to) = at
            && let ScalarKind::Date { .. } = scalar.kind
        {
            let year = i32::try_from(number).ok().filter(|year| *year >= 1000);
            let date = year.and_then(|year| PartialDate::from_parts(year, None, None));
            let date = self.usual(date)?;
            self.write(to, Packed::date(date.first(), date.last()));
            return Ok(());
        }
        self.number(at, Number::from(number))
    }

    pub(super) fn number(&mut self, at: At<'a>, number: Number) -> Filled {
        let found = match at {
            At::Scalar(scalar, to) => {
                let is_allowed = |allowed: &Option<Allowed>| allowed.as_ref().is_none_or(|all| all.contains(&number));
                if let ScalarKind::Number { regions, allowed } = &scalar.kind {
                    is_allowed(allowed).then_some((to, regions))
                } else {
                    None
                }
            }
            At::Part(scalar, to, Part::Amount) => {
                if let ScalarKind::Quantity { regions, .. } = &scalar.kind {
                    Some((to, regions))
                } else {
                    None
                }
            }
            At::Facts | At::Key | At::Record(_) | At::List(..) | At::Item(_) | At::Part(..) => None,
        };
        let (to, regions) = self.usual(found)?;
        if to != NOWHERE {
            let index = self.bound.push_number(number);
            self.write(to, Packed::number(index, number_row(regions.as_ref(), number)));
        }
        Ok(())
    }

    pub(super) fn text(&mut self, at: At<'a>, text: &str) -> Filled {
        let left = self.bytes.checked_sub(text.len());
        self.bytes = self.usual(left)?;
        match at {
            At::Scalar(scalar, to) => {
                let fact = self.of_text(scalar, text);
                let fact = self.usual(fact)?;
                self.write(to, fact);
                Ok(())
            }
            At::Key => {
                let (mut keys, _) = self.keyed;
                let found = self.key(&mut keys, text)?;
                self.keyed = (keys, found);
                Ok(())
            }
            At::Part(scalar, to, part) => self.part(scalar, to, part, text),
            At::Record(record) if record.or_none && text == "none" => {
                for (slot, _) in &record.slots {
                    self.bound.set(*slot, Packed::ABSENT);
                }
                Ok(())
            }
            At::Facts | At::Record(_) | At::List(..) | At::Item(_) => self.give_up(),
        }
    }

    #[inline]
    fn of_text(&mut self, scalar: &ScalarIntake, text: &str) -> Option<Packed> {
        match &scalar.kind {
            ScalarKind::Code(system) => self.intake.systems[*system].bind(text, self.bound),
            ScalarKind::Date { or_none: true } if text == "none" => Some(Packed::ABSENT),
            ScalarKind::Date { .. } => match text.parse().ok()? {
                PartialDate::Day(day) => Some(Packed::date(day, day)),
                date @ (PartialDate::Month { .. } | PartialDate::Year(_)) => {
                    Some(Packed::date(date.first(), date.last()))
                }
            },
            ScalarKind::Truth => match text {
                "yes" => Some(Packed::truth(true)),
                "no" => Some(Packed::truth(false)),
                _ => None,
            },
            ScalarKind::Choice { words, .. } if !words.iter().any(|word| **word == *text) => None,
            ScalarKind::Choice { regions, .. } | ScalarKind::Text { regions } => {
                let symbol = self.evaluator.symbol(text, self.bound);
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

    fn part(&mut self, scalar: &ScalarIntake, to: u32, part: Part, text: &str) -> Filled {
        match (part, &scalar.kind) {
            (Part::System, ScalarKind::Code(system)) if self.intake.systems[*system].system().name() == text => Ok(()),
            (Part::Unit, ScalarKind::Quantity { unit, .. }) if unit.as_str() == text => Ok(()),
            (Part::Code, ScalarKind::Code(_)) => {
                let fact = self.of_text(scalar, text);
                let fact = self.usual(fact)?;
                self.write(to, fact);
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
        match at {
            At::Facts => {
                self.spend(1 + self.intake.facts.len())?;
                Ok(Keys::Facts { next: 0 })
            }
            At::Record(record) if record.fields.fields.len() <= MOST_FIELDS => {
                self.spend(record.fields.fields.len())?;
                for (slot, fact) in &record.slots {
                    self.bound.set(*slot, *fact);
                }
                Ok(Keys::Fields { fields: &record.fields, first: 0, seen: 0, next: 0 })
            }
            At::Item(list) if list.fields.fields.len() <= MOST_FIELDS => {
                self.spend(1 + list.fields.fields.len())?;
                let first = self.bound.next();
                self.bound.push_record(&list.empty);
                Ok(Keys::Fields { fields: &list.fields, first, seen: 0, next: 0 })
            }
            At::List(list, ListState::NotGiven) => {
                self.spend(1)?;
                Ok(Keys::Completeness { list, seen: 0 })
            }
            At::Scalar(scalar, to) => {
                self.spend(2)?;
                self.ends = [None; 2];
                Ok(Keys::Parts { scalar, to, seen: 0 })
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
                    FactIntake::Scalar(scalar) => At::Scalar(scalar, scalar.to),
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
                let to = if scalar.to == NOWHERE { NOWHERE } else { *first + scalar.to };
                Some(At::Scalar(scalar, to))
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
            Keys::Parts { scalar, to, seen } => {
                let (part, bit) = match (&scalar.kind, name) {
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
                first.then_some(At::Part(scalar, *to, part))
            }
        }
    }

    pub(super) fn close_keys(&mut self, keys: Keys<'a>) -> Filled {
        match keys {
            Keys::Facts { .. } | Keys::Fields { .. } | Keys::Completeness { seen: 1, .. } => Ok(()),
            Keys::Parts { scalar, to, seen: 3 } => match (&scalar.kind, self.ends) {
                (ScalarKind::Period, [Some(from), Some(through)]) if from <= through => {
                    self.write(to, Packed::period(from, through));
                    Ok(())
                }
                (ScalarKind::Code(_) | ScalarKind::Quantity { .. }, _) => Ok(()),
                _ => self.give_up(),
            },
            Keys::Completeness { .. } | Keys::Parts { .. } => self.give_up(),
        }
    }

    pub(super) fn open_items(&mut self, at: At<'a>) -> Filled<Items<'a>> {
        match at {
            At::List(list, state) => {
                let state = if state == ListState::NotGiven { list.as_declared } else { state };
                Ok(Items { list, state, first: self.bound.next(), count: 0 })
            }
            At::Facts | At::Key | At::Record(_) | At::Item(_) | At::Scalar(..) | At::Part(..) => self.give_up(),
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
