//! The door for whole columns: some patients more, of whom each fact comes as a column of values.

use super::Batch;
use super::texts::Texts;
use crate::diagnostic::near::nearest;
use crate::error::{Error, FactError};
use crate::eval::{Cell, ListRow};
use crate::facts::{shown, single};
use crate::program::{ListId, Operand, Program, SlotId};
use crate::schema::{FactSchema, FactType, Fields, ScalarType};
use crate::value::{Date, FactValue};
use std::collections::{HashMap, HashSet};
use std::ops::ControlFlow;

/// One value of a column.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum ColumnValue<'v> {
    /// Not given: what leaving the fact out means, which is unknown unless the guideline says otherwise.
    NotGiven,
    /// Known to be absent: what `none` says.
    Absent,
    /// Of a `record` fact: it is there, and its fields come as columns of their own.
    There,
    /// Yes or no.
    Truth(bool),
    /// A day.
    Day(Date),
    /// A text, a word or a code, read as in JSON: each text of a column once.
    Text(&'v str),
    /// Any value.
    Value(FactValue),
}

/// What is known of one patient's list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub enum ColumnList {
    /// Not given.
    NotGiven,
    /// So many records, as complete as the guideline declares the list.
    Records(usize),
    /// So many records, and no others.
    Complete(usize),
    /// So many records, and perhaps others.
    Open(usize),
}

/// Patients who were added to a batch, to be filled column by column, each column once. What no column says is not given.
///
/// Where a call fails, the values before the one that is wrong stand; the batch is to be cleared or thrown away.
#[derive(Debug)]
pub struct NextPatients<'b> {
    batch: &'b mut Batch,
    first: usize,
    count: usize,
    /// Of facts that are valid for a time: who has them.
    given: HashMap<Box<str>, Vec<bool>>,
    /// Of records: of whom they are there.
    there: HashMap<Box<str>, Vec<bool>>,
    /// What was set, by its path.
    set: HashSet<Box<str>>,
}

impl Batch {
    /// Adds so many patients, whose facts come as columns.
    ///
    /// ```
    /// # use riktlinje::{BatchTrace, Guideline, Source};
    /// use riktlinje::{ColumnList, ColumnValue};
    /// # let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// # fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
    /// # fact diagnoses: list of diagnosis, complete\n    label en \"Diagnoses\"\n    question en \"Which?\"\n    code: code from ICD-10-SE\n\
    /// # recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes and some diagnosis in diagnoses has code in F17\n    text en \"Stop.\"\n";
    /// let guideline = Guideline::compile([Source::new("advice.guide", text)])?;
    /// let cohort = guideline.cohort("2026-11-22".parse().unwrap())?;
    /// let mut batch = cohort.batch();
    /// let mut patients = batch.more(3);
    /// patients.fact("smokes", [ColumnValue::Truth(true), ColumnValue::Truth(true), ColumnValue::NotGiven])?;
    /// patients.list("diagnoses", [ColumnList::Records(1), ColumnList::Records(0), ColumnList::Records(2)])?;
    /// // The records of all of them, one after the other.
    /// patients.list_field("diagnoses", "code", ["F17.2", "F10.2", "F17.1"].map(ColumnValue::Text))?;
    ///
    /// let mut trace = BatchTrace::default();
    /// cohort.evaluate(&batch, &mut trace);
    /// let status = |patient| cohort.status(&trace, 0, patient).unwrap().name();
    /// assert_eq!([0, 1, 2].map(status), ["recommended", "not_applicable", "undetermined"]);
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    pub fn more(&mut self, patients: usize) -> NextPatients<'_> {
        let first = self.len();
        self.columns.more(self.guideline.evaluator(), patients);
        let (given, there, set) = (HashMap::new(), HashMap::new(), HashSet::new());
        NextPatients { batch: self, first, count: patients, given, there, set }
    }
}

impl NextPatients<'_> {
    /// Sets a fact of each of the patients: one value, or whether its record is there.
    ///
    /// # Errors
    /// [`Error::Facts`]: there is no such fact, it is a list, a value is wrong, there are more or fewer values than
    /// patients, or it was set already.
    pub fn fact<'v>(&mut self, name: &str, values: impl IntoIterator<Item = ColumnValue<'v>>) -> Result<(), Error> {
        let program = self.program();
        let fact = find(&program, name)?;
        self.once(name)?;
        let mut given = Vec::new();
        let is_record = matches!(fact.ty, FactType::Record { .. });
        let mut there = Vec::new();
        let values = values.into_iter().inspect(|value| {
            if fact.valid_for.is_some() {
                given.push(*value != ColumnValue::NotGiven);
            }
            if is_record {
                there.push(*value == ColumnValue::There);
            }
        });
        let result = match &fact.ty {
            FactType::Scalar(ty) => {
                let target = Target::slot(&program, fact, None);
                let read = |value, path: &str| single::of_fact(fact, ty, value, path);
                self.fill(name, ty, &target, self.first, self.count, values, read)
            }
            FactType::Record { fields, or_none } => self.records(&program, name, fields, *or_none, values),
            FactType::List { .. } => Err(wrong(name, "a list", "give its length for each patient, then its fields")),
        };
        self.given.insert(name.into(), given);
        if is_record {
            self.there.insert(name.into(), there);
        }
        self.done(name, result)
    }

    /// Sets a field of a `record` fact: one value for each patient, not given for those without the record. After
    /// [`NextPatients::fact`] has said of whom the record is there.
    ///
    /// # Errors
    /// [`Error::Facts`] as for [`NextPatients::fact`], and for a value of a record that is not there.
    pub fn field<'v>(
        &mut self,
        record: &str,
        field: &str,
        values: impl IntoIterator<Item = ColumnValue<'v>>,
    ) -> Result<(), Error> {
        let program = self.program();
        let fact = find(&program, record)?;
        let FactType::Record { fields, .. } = &fact.ty else {
            return Err(wrong(record, "not a record", "give it as a whole"));
        };
        let path = format!("{record}.{field}");
        let id = fields.find(field).ok_or_else(|| no_field(&path, field))?;
        let Some(schema) = fields.get(id) else { return Ok(()) };
        self.once(&path)?;
        let there = self.there.get(record).cloned().unwrap_or_default();
        let mut not_there = None;
        let values = values.into_iter().enumerate().map(|(patient, value)| {
            if value != ColumnValue::NotGiven && there.get(patient) != Some(&true) {
                not_there.get_or_insert(patient);
            }
            value
        });
        let target = Target::slot(&program, fact, Some(id));
        let read = |value, path: &str| single::of_type(&schema.ty, value, path);
        let result = self.fill(&path, &schema.ty, &target, self.first, self.count, values, read);
        let result = match not_there {
            Some(patient) => result.and(Err(wrong(
                &format!("{path}, {} of the column", patient + 1),
                "a value of a record that is not there",
                "say first of whom the record is there, and give no value where it is not",
            ))),
            None => result,
        };
        self.done(&path, result)
    }

    /// Says of each of the patients how many records a list has.
    ///
    /// # Errors
    /// [`Error::Facts`]: there is no such list, there are more or fewer lengths than patients, or it was set already.
    pub fn list(&mut self, name: &str, lists: impl IntoIterator<Item = ColumnList>) -> Result<(), Error> {
        let program = self.program();
        let fact = find(&program, name)?;
        let FactType::List { complete, .. } = &fact.ty else {
            return Err(wrong(name, "not a list", "give it as a fact"));
        };
        self.once(name)?;
        let row = |count: usize, open| {
            let count =
                u32::try_from(count).map_err(|_| wrong(name, "too many records", "give them in smaller batches"))?;
            Ok(Some(ListRow { count, open }))
        };
        let rows = lists.into_iter().map(|list| match list {
            ColumnList::NotGiven => Ok(None),
            ColumnList::Records(count) => row(count, !complete),
            ColumnList::Complete(count) => row(count, false),
            ColumnList::Open(count) => row(count, true),
        });
        let rows = rows.take(self.count + 1).collect::<Result<Vec<_>, Error>>()?;
        if rows.len() != self.count {
            return Err(length(name, self.count));
        }
        self.given.insert(name.into(), rows.iter().map(Option::is_some).collect());
        if let Some(list) = list_of(&program, name) {
            self.batch.columns.set_lists(self.batch.guideline.evaluator(), list, self.first, rows.into_iter());
        }
        self.done(name, Ok(()))
    }

    /// Sets a field of a list's records: one value for each record, those of all patients one after the other. After
    /// [`NextPatients::list`].
    ///
    /// # Errors
    /// [`Error::Facts`] as for [`NextPatients::fact`], with records for patients.
    pub fn list_field<'v>(
        &mut self,
        list: &str,
        field: &str,
        values: impl IntoIterator<Item = ColumnValue<'v>>,
    ) -> Result<(), Error> {
        let program = self.program();
        let fact = find(&program, list)?;
        let FactType::List { fields, .. } = &fact.ty else {
            return Err(wrong(list, "not a list", "give it as a fact"));
        };
        let path = format!("{list}.{field}");
        let id = fields.find(field).ok_or_else(|| no_field(&path, field))?;
        let Some(schema) = fields.get(id) else { return Ok(()) };
        self.once(&path)?;
        // What the program does not read is not looked at.
        let Some(own) = list_of(&program, list) else { return Ok(()) };
        let slot = program.lists.get(own.0 as usize);
        let place = slot.and_then(|slot| slot.fields.iter().position(|read| *read == id));
        let Some(place) = place.and_then(|place| u32::try_from(place).ok()) else { return Ok(()) };
        let (first, end) = self.batch.columns.records(own, self.first);
        let read = |value, path: &str| single::of_type(&schema.ty, value, path);
        let result = self.fill(&path, &schema.ty, &Target::Field(own, place), first, end - first, values, read);
        self.done(&path, result)
    }

    /// Says of each of the patients on which day a fact was true; without it on the day of evaluation. Once for a fact, after
    /// its values.
    ///
    /// # Errors
    /// [`Error::Facts`]: there is no such fact, there are more or fewer days than patients, or a day for a patient of whom
    /// the fact is not given.
    pub fn on(&mut self, name: &str, days: impl IntoIterator<Item = Option<Date>>) -> Result<(), Error> {
        let program = self.program();
        let fact = find(&program, name)?;
        let days: Vec<Option<Date>> = days.into_iter().take(self.count + 1).collect();
        if days.len() != self.count {
            return Err(length(name, self.count));
        }
        let days_of = format!("days of {name}");
        if self.set.contains(&*days_of) {
            return Err(wrong(name, "its days are given twice", "keep one of the two"));
        }
        let Some(time) = fact.valid_for else { return Ok(()) };
        let given = self.given.get(name).map_or(&[][..], Vec::as_slice);
        if days.iter().zip(given.iter().chain(std::iter::repeat(&false))).any(|(day, given)| day.is_some() && !given) {
            return Err(wrong(
                name,
                "a day is given and the value is not",
                "give the values first, and no day where there is none",
            ));
        }
        let id = program.schema.find(name);
        let slots = program.slots.iter().zip(0..).filter(|(slot, _)| Some(slot.fact) == id);
        let mut operands: Vec<Operand> = slots.map(|(_, slot)| Operand::Slot(SlotId(slot))).collect();
        operands.extend(list_of(&program, name).map(Operand::List));
        for operand in operands {
            for (day, patient) in days.iter().zip(self.first..) {
                if let Some(last) = day.and_then(|day| day.checked_add(time)) {
                    self.batch.columns.set_expiry(operand, patient, last);
                }
            }
        }
        self.done(&days_of, Ok(()))
    }

    /// Of two columns of one name neither is the right one.
    fn once(&self, path: &str) -> Result<(), Error> {
        if self.set.contains(path) {
            return Err(wrong(path, "the column is given twice", "keep one of the two"));
        }
        Ok(())
    }

    fn done(&mut self, path: &str, result: Result<(), Error>) -> Result<(), Error> {
        if result.is_ok() {
            self.set.insert(path.into());
        }
        result
    }

    pub(super) fn program(&self) -> std::sync::Arc<Program> {
        self.batch.guideline.evaluator().program.clone()
    }

    /// Sets a column of values from a place on.
    #[allow(clippy::too_many_arguments, reason = "one place for all kinds of columns")]
    fn fill<'v>(
        &mut self,
        name: &str,
        ty: &ScalarType,
        target: &Target,
        first: usize,
        count: usize,
        values: impl IntoIterator<Item = ColumnValue<'v>>,
        read: impl Fn(FactValue, &str) -> Result<Option<FactValue>, Vec<FactError>>,
    ) -> Result<(), Error> {
        let guideline = self.batch.guideline.clone();
        let columns = &mut self.batch.columns;
        let mut texts = Texts::new();
        let mut filled = 0;
        let (is_truth, is_date) = (*ty == ScalarType::Truth, matches!(ty, ScalarType::Date { .. }));
        let mut failed = None;
        // From inside, because iterators of iterators are faster so; and what is wrong goes out by a way of its own.
        let _ = values.into_iter().try_for_each(|value| {
            let at = first + filled;
            filled += 1;
            let mut cell = |value: FactValue| {
                let value = match read(value.clone(), name) {
                    Ok(value) => value,
                    // Once more, to say which.
                    Err(_) => read(value, &format!("{name}, {filled} of the column")).map_err(Error::Facts)?,
                };
                Ok(value.map(|value| columns.cell(guideline.evaluator(), &value, ty, target.operand())))
            };
            let cell = match value {
                _too_many if filled > count => Err(length(name, count)),
                ColumnValue::NotGiven => return ControlFlow::Continue(()),
                ColumnValue::Truth(truth) if is_truth => Ok(Some(Cell::truth(truth))),
                ColumnValue::Day(day) if is_date => Ok(Some(Cell::days(day, day))),
                ColumnValue::Text(text) => match texts.recent(text) {
                    Some(cell) => Ok(cell),
                    None => texts.get(text, |text| cell(FactValue::Text(text.into()))),
                },
                ColumnValue::Value(value) => cell(value),
                ColumnValue::Truth(truth) => cell(FactValue::Truth(truth)),
                ColumnValue::Day(day) => cell(FactValue::from(day)),
                ColumnValue::Absent => cell(FactValue::None),
                ColumnValue::There => Err(wrong(name, "not a record", "give its value")),
            };
            match (cell, target) {
                (Ok(Some(cell)), Target::Slot(Some(slot))) => columns.set(*slot, at, cell),
                (Ok(Some(cell)), Target::Field(list, field)) => columns.set_field(*list, *field, at, cell),
                (Ok(None), _) | (Ok(Some(_)), Target::Slot(None)) => {}
                (Err(error), _) => {
                    failed = Some(error);
                    return ControlFlow::Break(());
                }
            }
            ControlFlow::Continue(())
        });
        match failed {
            Some(error) => Err(error),
            None if filled == count => Ok(()),
            None => Err(length(name, count)),
        }
    }

    /// Whether the record of each patient is there.
    fn records<'v>(
        &mut self,
        program: &Program,
        name: &str,
        fields: &Fields,
        or_none: bool,
        values: impl IntoIterator<Item = ColumnValue<'v>>,
    ) -> Result<(), Error> {
        let id = program.schema.find(name);
        let slots: Vec<(SlotId, Cell)> = program
            .slots
            .iter()
            .zip((0..).map(SlotId))
            .filter(|(slot, _)| Some(slot.fact) == id)
            .map(|(slot, own)| match slot.field {
                None => (own, Cell::truth(true)),
                Some(field) => {
                    let omitted = fields.get(field).and_then(|field| field.not_mentioned);
                    (own, omitted.map_or(Cell::MISSING, Cell::truth))
                }
            })
            .collect();
        let mut filled = 0;
        for (value, patient) in values.into_iter().zip(self.first..) {
            filled += 1;
            if filled > self.count {
                break;
            }
            match value {
                ColumnValue::NotGiven => {}
                ColumnValue::There => {
                    slots.iter().for_each(|(slot, cell)| self.batch.columns.set(*slot, patient, *cell));
                }
                ColumnValue::Absent if or_none => {
                    slots.iter().for_each(|(slot, _)| self.batch.columns.set(*slot, patient, Cell::ABSENT));
                }
                ColumnValue::Absent
                | ColumnValue::Truth(_)
                | ColumnValue::Day(_)
                | ColumnValue::Text(_)
                | ColumnValue::Value(_) => return Err(wrong(name, "a record", "say whether it is there")),
            }
        }
        if filled == self.count { Ok(()) } else { Err(length(name, self.count)) }
    }
}

/// Where values go.
enum Target {
    /// `None` where the program does not read the fact.
    Slot(Option<SlotId>),
    Field(ListId, u32),
}

impl Target {
    fn slot(program: &Program, fact: &FactSchema, field: Option<crate::schema::FieldId>) -> Target {
        let id = program.schema.find(&fact.name);
        let slots = program.slots.iter().zip((0..).map(SlotId));
        let mut own = slots.filter(|(slot, _)| Some(slot.fact) == id && slot.field == field);
        Target::Slot(own.next().map(|(_, own)| own))
    }

    fn operand(&self) -> Operand {
        match self {
            Target::Slot(slot) => Operand::Slot(slot.unwrap_or(SlotId(u32::MAX))),
            Target::Field(list, field) => Operand::Field { list: *list, depth: 0, field: *field },
        }
    }
}

fn list_of(program: &Program, name: &str) -> Option<ListId> {
    let id = program.schema.find(name)?;
    program.lists.iter().zip((0..).map(ListId)).find(|(list, _)| list.fact == id).map(|(_, own)| own)
}

pub(super) fn find<'p>(program: &'p Program, name: &str) -> Result<&'p FactSchema, Error> {
    let schema = &program.schema;
    schema.find(name).and_then(|id| schema.get(id)).ok_or_else(|| {
        let near = nearest(name, schema.iter().map(|(_, fact)| &*fact.name));
        let help = near.map_or_else(
            || "name a fact that the guideline declares".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        wrong(name, &format!("there is no fact `{}`", shown(name)), &help)
    })
}

fn no_field(path: &str, field: &str) -> Error {
    wrong(path, &format!("there is no field `{field}`"), "name a field that the guideline declares")
}

fn length(name: &str, count: usize) -> Error {
    wrong(name, &format!("the column has not {count} values"), "give one for each, also where it is not given")
}

pub(super) fn wrong(path: &str, message: &str, help: &str) -> Error {
    Error::Facts(vec![FactError {
        path: path.to_owned(),
        line_column: None,
        message: message.to_owned(),
        help: Some(help.to_owned()),
        value: None,
    }])
}
