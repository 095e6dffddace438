//! Arrow record batches as columns of facts: a row for each patient, a column for each fact.

mod lists;
mod values;

use super::columns::{find, wrong};
use super::{Batch, ColumnValue, NextPatients};
use crate::error::Error;
use crate::facts::shown;
use crate::schema::{FactType, Fields};
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, RecordBatch, StructArray};
use arrow_schema::DataType;
use std::collections::HashSet;

impl Batch {
    /// Adds the patients of an Arrow record batch: a row for each of them, a column for each fact, by its name; what is null
    /// was not given. Adds nobody where something is wrong.
    ///
    /// | fact | column |
    /// | --- | --- |
    /// | yes/no | `Boolean` |
    /// | number | any integer, `Float32`, `Float64` (the shortest decimal that it prints as), `Decimal128` |
    /// | quantity | text as in JSON (`7 mmol/L`), or a struct of `quantity` and `unit` |
    /// | date | `Date32`, `Date64` without a time of day, or text, where a year, a month and `none` can stand |
    /// | period | a struct of `from` and `through`, both dates |
    /// | code, text, choice, duration | text as in JSON |
    /// | record | a struct of its fields; null: not given |
    /// | list | a list of structs; null: not given. Or a struct of `open` or `complete` (or both, one of them null in each row) with such a list |
    ///
    /// Text is any of Arrow's texts, also in a dictionary. Any column may be a struct of `fact`, `on` and `source`, as in
    /// JSON: the value, the day on which it was true, and where it came from, which is not looked at here.
    ///
    /// A record that is known to be absent has no form in a column: give such patients as [`Facts`](crate::Facts).
    ///
    /// ```
    /// # use riktlinje::{BatchTrace, Guideline, Source};
    /// use arrow_array::{ArrayRef, BooleanArray, RecordBatch};
    /// # let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// # fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
    /// # recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text en \"Stop.\"\n";
    /// let guideline = Guideline::compile([Source::new("advice.guide", text)])?;
    /// let cohort = guideline.cohort("2026-11-22".parse().unwrap())?;
    /// let smokes: ArrayRef = std::sync::Arc::new(BooleanArray::from(vec![Some(true), Some(false), None]));
    /// let mut batch = cohort.batch();
    /// batch.push_arrow(&RecordBatch::try_from_iter([("smokes", smokes.clone())]).unwrap())?;
    ///
    /// let mut trace = BatchTrace::default();
    /// cohort.evaluate(&batch, &mut trace);
    /// let status = |patient| cohort.status(&trace, 0, patient).unwrap().name();
    /// assert_eq!([0, 1, 2].map(status), ["recommended", "not_applicable", "undetermined"]);
    ///
    /// let error = batch.push_arrow(&RecordBatch::try_from_iter([("smoked", smokes)]).unwrap()).unwrap_err();
    /// assert!(error.to_string().contains("did you mean `smokes`?"));
    /// assert_eq!(batch.len(), 3);
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::Facts`]: a column that is no fact, of a type that its fact cannot have, or with a value that is wrong.
    pub fn push_arrow(&mut self, records: &RecordBatch) -> Result<(), Error> {
        let before = self.len();
        let schema = records.schema();
        twice("", schema.fields())?;
        let mut patients = self.more(records.num_rows());
        let mut columns = schema.fields().iter().zip(records.columns());
        let result = columns.try_for_each(|(field, column)| patients.column(field.name(), column));
        if result.is_err() {
            self.truncate(before);
        }
        result
    }
}

impl NextPatients<'_> {
    fn column(&mut self, name: &str, column: &ArrayRef) -> Result<(), Error> {
        let program = self.program();
        let fact = find(&program, name)?;
        let own_field = match &fact.ty {
            FactType::Record { fields, .. } => fields.find("fact").is_some(),
            FactType::Scalar(_) | FactType::List { .. } => false,
        };
        let full = column.as_struct_opt().filter(|_| !own_field).and_then(InFull::of);
        let (value, above) = match &full {
            Some(full) => (full.value, Some(full.whole)),
            None => (column, None),
        };
        let given = match &fact.ty {
            FactType::Scalar(ty) => {
                let mut values = values::of(name, ty, value)?;
                not_given_where_null(&mut values, above);
                let given = values.iter().map(|value| *value != ColumnValue::NotGiven).collect::<Vec<_>>();
                self.fact(name, values)?;
                given
            }
            FactType::Record { fields, .. } => self.record(name, fields, value, above)?,
            FactType::List { word, fields, .. } => {
                let lists = lists::Lists::of(name, word, value, above)?;
                self.list(name, lists.rows())?;
                for field in lists.fields() {
                    let path = format!("{name}.{field}");
                    let schema = fields.find(field).and_then(|id| fields.get(id));
                    let schema = schema.ok_or_else(|| no_field(&path, field, fields))?;
                    let values = lists.values(&path, field, &schema.ty)?;
                    self.list_field(name, field, values)?;
                }
                lists.given()
            }
        };
        let Some(on) = full.and_then(|full| Some((full.on?, full.whole))) else { return Ok(()) };
        let path = format!("{name}.on");
        let days = values::days(&path, on.0)?;
        let days = days.into_iter().zip(given).enumerate();
        self.on(name, days.map(|(row, (day, given))| day.filter(|_| given && on.1.is_valid(row))))
    }

    /// Sets a `record` fact, and says of whom it is given.
    fn record(
        &mut self,
        name: &str,
        fields: &Fields,
        column: &ArrayRef,
        above: Option<&StructArray>,
    ) -> Result<Vec<bool>, Error> {
        let there = |row: usize| column.is_valid(row) && above.is_none_or(|above| above.is_valid(row));
        let Some(records) = column.as_struct_opt() else {
            // A column that says nothing, perhaps of the type of nothing.
            if column.logical_null_count() == column.len() {
                return Ok(vec![false; column.len()]);
            }
            let message = format!("expected a struct with the fields of the record, found {}", column.data_type());
            return Err(wrong(name, &message, "give a struct column"));
        };
        let given: Vec<bool> = (0..column.len()).map(there).collect();
        let values = given.iter().map(|there| if *there { ColumnValue::There } else { ColumnValue::NotGiven });
        self.fact(name, values)?;
        for (field, column) in records.column_names().into_iter().zip(records.columns()) {
            let path = format!("{name}.{field}");
            let schema = fields.find(field).and_then(|id| fields.get(id));
            let schema = schema.ok_or_else(|| no_field(&path, field, fields))?;
            let mut values = values::of(&path, &schema.ty, column)?;
            for (value, there) in values.iter_mut().zip(&given) {
                if !there {
                    *value = ColumnValue::NotGiven;
                }
            }
            self.field(name, field, values)?;
        }
        Ok(given)
    }
}

/// A column of `fact`, `on` and `source`.
struct InFull<'a> {
    whole: &'a StructArray,
    value: &'a ArrayRef,
    on: Option<&'a ArrayRef>,
}

impl<'a> InFull<'a> {
    fn of(whole: &'a StructArray) -> Option<InFull<'a>> {
        let known = whole.column_names().into_iter().all(|name| matches!(name, "fact" | "on" | "source"));
        let value = whole.column_by_name("fact").filter(|_| known)?;
        Some(InFull { whole, value, on: whole.column_by_name("on") })
    }
}

/// Columns of one name, also inside structs and lists: of two neither is the right one.
fn twice(path: &str, fields: &arrow_schema::Fields) -> Result<(), Error> {
    let mut names = HashSet::new();
    for field in fields {
        let own = if path.is_empty() { field.name().clone() } else { format!("{path}.{}", field.name()) };
        if !names.insert(field.name()) {
            return Err(wrong(&shown(&own), "the column is given twice", "keep one of the two"));
        }
        let mut ty = field.data_type();
        while let DataType::List(item) | DataType::LargeList(item) | DataType::FixedSizeList(item, _) = ty {
            ty = item.data_type();
        }
        if let DataType::Struct(fields) = ty {
            twice(&own, fields)?;
        }
    }
    Ok(())
}

fn not_given_where_null(values: &mut [ColumnValue<'_>], above: Option<&StructArray>) {
    let Some(above) = above.filter(|above| above.null_count() > 0) else { return };
    for (value, row) in values.iter_mut().zip(0..) {
        if above.is_null(row) {
            *value = ColumnValue::NotGiven;
        }
    }
}

fn no_field(path: &str, name: &str, fields: &Fields) -> Error {
    let near = crate::diagnostic::near::nearest(name, fields.list.iter().map(|field| &*field.name));
    let help = near.map_or_else(|| "leave the column out".to_owned(), |near| format!("did you mean `{near}`?"));
    wrong(path, &format!("there is no field `{name}`"), &help)
}
