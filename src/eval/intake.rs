//! The short way from a caller's data to bound facts: what each name and value comes to is worked out once per program.
//!
//! It knows ordinary data only. Whatever is out of the ordinary, wrong or merely rare, it gives up on ([`Unusual`]), and the
//! long way (`facts`, then `bind`) says what it means or what is wrong with it. So there are no second rules of what is
//! right: what the short way accepts, it accepts as the long way would.

mod codes;
mod filling;
mod text;
mod value;

use super::Evaluator;
use super::bind::omitted;
use super::bound::{Bound, ListState, Packed};
use super::quick::QuickMap;
use super::tables::{Regions, Tables};
use crate::program::{ListId, Operand, Program, Slot, SlotId};
use crate::schema::{Allowed, FactId, FactSchema, FactType, FieldId, Fields, ScalarType};
use crate::value::{System, Unit};
use codes::SystemCodes;
use filling::Filling;
use std::collections::HashMap;

/// It is not ordinary data.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Unusual;

/// What to do with each name and value of a caller's data.
#[derive(Debug, Clone, Default)]
pub(super) struct Intake {
    names: Names,
    /// By fact of the schema.
    facts: Vec<FactIntake>,
    systems: Vec<SystemCodes>,
}

/// Names with their places, which often come in order.
#[derive(Debug, Clone, Default)]
struct Names {
    in_order: Vec<Box<str>>,
    places: QuickMap<u32>,
}

#[derive(Debug, Clone)]
enum FactIntake {
    Scalar(ScalarIntake),
    Record(RecordIntake),
    List(ListIntake),
}

/// A single value: a fact, or a field of a record.
#[derive(Debug, Clone)]
struct ScalarIntake {
    kind: ScalarKind,
    /// Its slot, or its place in the list's records as the program reads them; [`NOWHERE`]: the program does not read it.
    to: u32,
}

#[derive(Debug, Clone)]
enum ScalarKind {
    Truth,
    Number {
        regions: Option<Regions>,
        allowed: Option<Allowed>,
    },
    Quantity {
        regions: Option<Regions>,
        unit: Unit,
    },
    Text {
        regions: Option<Regions>,
    },
    Choice {
        regions: Option<Regions>,
        words: std::sync::Arc<Box<[Box<str>]>>,
    },
    Date {
        or_none: bool,
    },
    Duration,
    Period,
    /// Index in [`Intake::systems`].
    Code(usize),
    /// Nothing fits it.
    Nothing,
}

#[derive(Debug, Clone)]
struct RecordIntake {
    fields: FieldsIntake,
    or_none: bool,
    /// Its slots, and what each holds where the record is given and does not mention it.
    slots: Vec<(u32, Packed)>,
}

#[derive(Debug, Clone)]
struct ListIntake {
    fields: FieldsIntake,
    /// `None`: the program does not read it.
    list: Option<u32>,
    /// A record that mentions nothing, as wide as the program reads it.
    empty: Vec<Packed>,
    as_declared: ListState,
}

#[derive(Debug, Clone, Default)]
struct FieldsIntake {
    names: Names,
    /// By field of the schema.
    fields: Vec<ScalarIntake>,
}

impl Names {
    fn new<'a>(names: impl Iterator<Item = &'a str>) -> Names {
        let in_order: Vec<Box<str>> = names.map(Box::from).collect();
        let places = in_order.iter().cloned().zip(0..).collect();
        Names { in_order, places }
    }

    /// The place of a name; `next` is where it probably is, and moves on.
    #[inline]
    fn find(&self, name: &str, next: &mut u32) -> Option<u32> {
        let place = match self.in_order.get(*next as usize) {
            Some(guess) if **guess == *name => *next,
            Some(_) | None => *self.places.get(name)?,
        };
        *next = place + 1;
        Some(place)
    }
}

const NOWHERE: u32 = u32::MAX;

/// More fields than that in one record are left to the long way.
const MOST_FIELDS: usize = 64;

impl Evaluator {
    /// Binds a value that can be serialized, if it is ordinary data. What `bound` held before is lost either way.
    pub(crate) fn bind_value<T: serde::Serialize + ?Sized>(&self, value: &T, bound: &mut Bound) -> Result<(), Unusual> {
        Filling::run(self, bound, |filling| value::fill(filling, value))
    }

    /// Binds what a deserializer has, if it is ordinary data. What `bound` held before is lost either way.
    pub(crate) fn bind_text<'de, D: serde::Deserializer<'de>>(
        &self,
        deserializer: D,
        bound: &mut Bound,
    ) -> Result<(), Unusual> {
        Filling::run(self, bound, |filling| text::fill(filling, deserializer))
    }
}

/// What it is made from.
struct Maker<'a> {
    program: &'a Program,
    tables: &'a Tables,
    slots: HashMap<Slot, u32>,
    lists: HashMap<FactId, u32>,
}

impl Intake {
    pub(super) fn new(program: &Program, tables: &Tables) -> Intake {
        let schema = &program.schema;
        let slots = program.slots.iter().copied().zip(0..).collect();
        let lists = program.lists.iter().map(|list| list.fact).zip(0..).collect();
        let maker = &Maker { program, tables, slots, lists };
        let mut intake = Intake { names: Names::new(schema.iter().map(|(_, fact)| &*fact.name)), ..Intake::default() };
        for (id, fact) in schema.iter() {
            let fact = intake.fact(maker, id, fact);
            intake.facts.push(fact);
        }
        intake
    }

    fn fact(&mut self, maker: &Maker<'_>, id: FactId, fact: &FactSchema) -> FactIntake {
        let slot = |field: Option<FieldId>| maker.slots.get(&Slot { fact: id, field }).copied();
        match &fact.ty {
            FactType::Scalar(ty) => {
                let to = slot(None);
                let operand = to.map(|slot| Operand::Slot(SlotId(slot)));
                FactIntake::Scalar(self.scalar(maker, ty, operand, to, fact.allowed.clone()))
            }
            FactType::Record { fields, or_none } => {
                let mut slots: Vec<(u32, Packed)> =
                    slot(None).map(|slot| (slot, Packed::truth(true))).into_iter().collect();
                let fields = self.fields(fields, |intake, ty, not_mentioned, field| {
                    let to = slot(Some(field));
                    slots.extend(to.map(|slot| (slot, omitted(not_mentioned))));
                    intake.scalar(maker, ty, to.map(|slot| Operand::Slot(SlotId(slot))), to, None)
                });
                FactIntake::Record(RecordIntake { fields, or_none: *or_none, slots })
            }
            FactType::List { fields, complete, .. } => {
                let at = maker.lists.get(&id).copied();
                let read = at.map_or(&[][..], |at| &maker.program.lists[at as usize].fields);
                let mut empty = vec![Packed::MISSING; read.len()];
                let fields = self.fields(fields, |intake, ty, not_mentioned, field| {
                    let to = read.iter().position(|read| *read == field);
                    let operand = at.zip(to).map(|(list, to)| {
                        empty[to] = omitted(not_mentioned);
                        Operand::Field { list: ListId(list), depth: 0, field: to as u32 }
                    });
                    intake.scalar(maker, ty, operand, to.map(|to| to as u32), None)
                });
                let as_declared = if *complete { ListState::Complete } else { ListState::Open };
                FactIntake::List(ListIntake { fields, list: at, empty, as_declared })
            }
        }
    }

    fn fields(
        &mut self,
        fields: &Fields,
        mut one: impl FnMut(&mut Intake, &ScalarType, Option<bool>, FieldId) -> ScalarIntake,
    ) -> FieldsIntake {
        let names = Names::new(fields.list.iter().map(|field| &*field.name));
        let fields = fields.list.iter().zip(0..);
        let fields = fields.map(|(field, index)| one(self, &field.ty, field.not_mentioned, FieldId(index))).collect();
        FieldsIntake { names, fields }
    }

    fn scalar(
        &mut self,
        maker: &Maker<'_>,
        ty: &ScalarType,
        operand: Option<Operand>,
        to: Option<u32>,
        allowed: Option<Allowed>,
    ) -> ScalarIntake {
        let regions = operand.and_then(|operand| maker.tables.regions_of(operand)).cloned();
        let kind = match ty {
            ScalarType::Truth => ScalarKind::Truth,
            ScalarType::Number => ScalarKind::Number { regions, allowed },
            ScalarType::Quantity(unit) => ScalarKind::Quantity { regions, unit: unit.clone() },
            ScalarType::Text => ScalarKind::Text { regions },
            ScalarType::Choice(words) => ScalarKind::Choice { regions, words: words.clone() },
            ScalarType::Date { or_none } => ScalarKind::Date { or_none: *or_none },
            ScalarType::Duration => ScalarKind::Duration,
            ScalarType::Period => ScalarKind::Period,
            ScalarType::Code(system) => ScalarKind::Code(self.system(maker, *system)),
            ScalarType::Any => ScalarKind::Nothing,
        };
        ScalarIntake { kind, to: to.unwrap_or(NOWHERE) }
    }

    fn system(&mut self, maker: &Maker<'_>, system: System) -> usize {
        let known = self.systems.iter().position(|codes| codes.system() == system);
        known.unwrap_or_else(|| {
            self.systems.push(SystemCodes::new(maker.program, &maker.tables.classes, system));
            self.systems.len() - 1
        })
    }
}
