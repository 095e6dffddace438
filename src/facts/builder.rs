//! Facts without text: typed values, put together one by one and checked at the end.

use super::mistakes::{Mistakes, Path, Wrong};
use super::tree::{Node, Quoting, Tree};
use super::typed::no_such_name;
use super::{Facts, Given, scalar};
use crate::error::Error;
use crate::schema::{FactType, Fields, ScalarType, Schema};
use crate::value::{Date, FactValue, List, Record};
use std::collections::BTreeMap;

/// Puts [`Facts`] together from values. Made by `Guideline::facts`, so that each value is checked against the guideline.
///
/// A text is read as it is in JSON: `"01"` is a code where the fact is a code, `"7 mmol/L"` a quantity, `"none"` a known
/// absence. What is set twice keeps the later value. What is not set is unknown.
///
/// Mistakes are collected and all come out of [`FactsBuilder::build`].
///
/// ```
/// # use riktlinje::{Guideline, Source};
/// use riktlinje::{Date, List, Record};
/// # let text = "guideline g\n    language 1\n    title en \"G\"\n    version 1.0.0\n    status draft\n    about patient\n\
/// # fact birth_date: date\n    label en \"Born\"\n    question en \"When?\"\n\
/// # fact registered_county: code from county\n    label en \"County\"\n    question en \"Where?\"\n\
/// # fact diagnoses: list of diagnosis, complete\n    label en \"Diagnoses\"\n    question en \"Which?\"\n    code: code from ICD-10-SE\n    documented: yes/no\n";
/// # let guideline = Guideline::compile([Source::new("g.guide", text)])?;
/// let facts = guideline
///     .facts()
///     .set("birth_date", Date::from_ymd(1990, 5, 12).unwrap())
///     .set("registered_county", "01")
///     .on("registered_county", Date::from_ymd(2026, 10, 1).unwrap())
///     .source("registered_county", "population register")
///     .set("diagnoses", List::new([Record::new().with("code", "F11.2").with("documented", true)]).open())
///     .build()?;
/// assert!(facts.get("birth_date").is_some());
///
/// let error = guideline.facts().set("birth_dat", "1990").build().unwrap_err();
/// assert_eq!(error.to_string(), "birth_dat: there is no fact `birth_dat`; did you mean `birth_date`?");
/// # Ok::<(), riktlinje::Error>(())
/// ```
#[must_use]
pub struct FactsBuilder<'s> {
    schema: &'s Schema,
    given: BTreeMap<Box<str>, Given>,
    /// `on` and `source`, which may come before their fact.
    on: BTreeMap<Box<str>, Date>,
    source: BTreeMap<Box<str>, Box<str>>,
    mistakes: Mistakes,
}

/// Names only.
impl std::fmt::Debug for FactsBuilder<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_set().entries(self.given.keys()).finish()
    }
}

impl<'s> FactsBuilder<'s> {
    pub(crate) fn new(schema: &'s Schema) -> FactsBuilder<'s> {
        FactsBuilder {
            schema,
            given: BTreeMap::new(),
            on: BTreeMap::new(),
            source: BTreeMap::new(),
            mistakes: Mistakes::default(),
        }
    }

    /// States a fact.
    pub fn set(mut self, name: &str, value: impl Into<FactValue>) -> FactsBuilder<'s> {
        let path = Path::Key(&Path::Start, name);
        match self.schema.find(name).and_then(|id| self.schema.get(id)) {
            Some(fact) => {
                let mut fit = Fit::new(&mut self.mistakes);
                let value = fit.fact(&path, &fact.ty, value.into());
                match value.as_ref().and_then(|value| scalar::not_allowed(fact, value)) {
                    Some(wrong) => self.mistakes.add(&path, None, None, || wrong),
                    None => {
                        let given = value.map(|value| Given { value, on: None, source: None });
                        self.given.extend(given.map(|given| (name.into(), given)));
                    }
                }
            }
            None => {
                let names = self.schema.iter().map(|(_, fact)| &*fact.name);
                self.mistakes.add(&path, None, None, || no_such_name("fact", name, names));
            }
        }
        self
    }

    /// Says on which day a fact was true. Without it a fact is taken as true on the day of evaluation.
    pub fn on(mut self, name: &str, day: Date) -> FactsBuilder<'s> {
        self.on.insert(name.into(), day);
        self
    }

    /// Says where a fact came from.
    pub fn source(mut self, name: &str, source: &str) -> FactsBuilder<'s> {
        self.source.insert(name.into(), source.into());
        self
    }

    /// The facts.
    ///
    /// # Errors
    /// `Error::Facts` with everything that does not fit the guideline, in the order in which it was set.
    pub fn build(self) -> Result<Facts, Error> {
        let FactsBuilder { schema: _, mut given, on, source, mut mistakes } = self;
        for (name, day) in on {
            match given.get_mut(&name) {
                Some(stated) => stated.on = Some(day),
                None => not_set(&mut mistakes, &name),
            }
        }
        for (name, text) in source {
            match given.get_mut(&name) {
                Some(stated) => stated.source = Some(text),
                None => not_set(&mut mistakes, &name),
            }
        }
        if mistakes.is_empty() { Ok(Facts { given }) } else { Err(Error::Facts(mistakes.into_errors(""))) }
    }
}

/// Said only where nothing is wrong yet: a fact that did not fit is not set either.
fn not_set(mistakes: &mut Mistakes, name: &str) {
    if mistakes.is_empty() {
        mistakes.add(&Path::Key(&Path::Start, name), None, None, || {
            Wrong::new("its day or source is given and its value is not", "set the fact, too")
        });
    }
}

/// Checks values against types.
pub(super) struct Fit<'m> {
    mistakes: &'m mut Mistakes,
}

impl Fit<'_> {
    pub(super) fn new(mistakes: &mut Mistakes) -> Fit<'_> {
        Fit { mistakes }
    }

    fn fact(&mut self, path: &Path<'_>, ty: &FactType, value: FactValue) -> Option<FactValue> {
        match (ty, value) {
            (FactType::Scalar(ty), value) => self.scalar(path, ty, value),
            (FactType::Record { fields, .. }, FactValue::Record(record)) => {
                Some(FactValue::Record(self.record(path, fields, record)))
            }
            (FactType::Record { or_none: true, .. }, FactValue::None) => Some(FactValue::None),
            (FactType::Record { or_none: true, .. }, FactValue::Text(word)) if &*word == "none" => {
                Some(FactValue::None)
            }
            (FactType::List { fields, .. }, FactValue::List(list)) => {
                let records = list.records.into_iter().enumerate();
                let records =
                    records.map(|(index, record)| self.record(&Path::Index(path, index), fields, record)).collect();
                Some(FactValue::List(List { records, completeness: list.completeness }))
            }
            (FactType::Record { .. }, value) => self.other_type(path, "a record", &value),
            (FactType::List { word, .. }, value) => self.other_type(path, &format!("a list of {word}"), &value),
        }
    }

    fn other_type(&mut self, path: &Path<'_>, expected: &str, value: &FactValue) -> Option<FactValue> {
        self.mistakes
            .add(path, None, None, || Wrong { message: format!("expected {expected}, found {value:?}"), help: None });
        None
    }

    fn record(&mut self, path: &Path<'_>, fields: &Fields, record: Record) -> Record {
        let mut fitted = Record::default();
        for (name, value) in record.fields {
            let path = Path::Key(path, &name);
            match fields.find(&name).and_then(|id| fields.get(id)) {
                Some(field) => {
                    if let Some(value) = self.scalar(&path, &field.ty, value) {
                        fitted.fields.insert(name, value);
                    }
                }
                None => {
                    let names = fields.list.iter().map(|field| &*field.name);
                    self.mistakes.add(&path, None, None, || no_such_name("field", &name, names));
                }
            }
        }
        fitted
    }

    pub(super) fn scalar(&mut self, path: &Path<'_>, ty: &ScalarType, value: FactValue) -> Option<FactValue> {
        let fits = match (ty, &value) {
            // A text is read as it is in JSON; so is a choice, whose words only the guideline knows.
            (_, FactValue::Text(text) | FactValue::Choice(text)) => {
                let node = Node { at: 0, tree: Tree::Text(text.clone(), Quoting::Quoted) };
                return match scalar::read(ty, &node) {
                    Ok(value) => value,
                    Err(wrong) => {
                        self.mistakes.add(path, None, node.scalar_text(), || wrong);
                        None
                    }
                };
            }
            (ScalarType::Quantity(unit), FactValue::Quantity(quantity)) => {
                return match scalar::check_unit(quantity, unit) {
                    Ok(()) => Some(value),
                    Err(wrong) => {
                        self.mistakes.add(path, None, Some(quantity.to_string()), || wrong);
                        None
                    }
                };
            }
            (ScalarType::Code(system), FactValue::Code(code)) => code.system() == *system,
            (ScalarType::Period, FactValue::Period(from, through)) => from <= through,
            (ScalarType::Date { or_none }, FactValue::None) => *or_none,
            (ScalarType::Truth, FactValue::Truth(_))
            | (ScalarType::Number, FactValue::Number(_))
            | (ScalarType::Date { .. }, FactValue::Date(_))
            | (ScalarType::Duration, FactValue::Duration(_))
            | (ScalarType::Any, _) => true,
            (
                ScalarType::Truth
                | ScalarType::Number
                | ScalarType::Quantity(_)
                | ScalarType::Text
                | ScalarType::Date { .. }
                | ScalarType::Duration
                | ScalarType::Period
                | ScalarType::Code(_)
                | ScalarType::Choice(_),
                _,
            ) => false,
        };
        if !fits {
            return self.other_type(path, &scalar::expected(ty), &value);
        }
        match scalar::check_made(&value) {
            Ok(()) => Some(value),
            Err(wrong) => {
                self.mistakes.add(path, None, None, || wrong);
                None
            }
        }
    }
}
