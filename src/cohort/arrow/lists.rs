//! Lists of structs as the records of patients.

use super::values;
use crate::cohort::columns::wrong;
use crate::cohort::{ColumnList, ColumnValue};
use crate::error::Error;
use crate::schema::ScalarType;
use arrow_array::cast::AsArray;
use arrow_array::{Array, ArrayRef, GenericListArray, OffsetSizeTrait, StructArray};
use std::ops::Range;

/// A list of each patient: a column of lists, or two, of which each patient has at most one.
pub(super) struct Lists {
    columns: Vec<ListColumn>,
    /// By patient: which of the columns, and where in its records.
    rows: Vec<Option<(usize, Range<usize>)>>,
}

struct ListColumn {
    /// Those that a row of the batch names: a batch can be a slice of a larger one.
    records: StructArray,
    list: fn(usize) -> ColumnList,
}

impl Lists {
    pub(super) fn of(path: &str, word: &str, array: &ArrayRef, above: Option<&StructArray>) -> Result<Lists, Error> {
        let mut lists = Lists { columns: Vec::new(), rows: vec![None; array.len()] };
        match array.as_struct_opt() {
            Some(said) => {
                let names = said.column_names();
                if names.is_empty() || names.iter().any(|name| !matches!(*name, "open" | "complete")) {
                    return Err(no_list(path, word, array));
                }
                for (name, list) in
                    [("open", ColumnList::Open as fn(usize) -> ColumnList), ("complete", ColumnList::Complete)]
                {
                    if let Some(column) = said.column_by_name(name) {
                        lists.add(path, word, column, list, |row| said.is_valid(row))?;
                    }
                }
            }
            None => lists.add(path, word, array, ColumnList::Records, |_| true)?,
        }
        if let Some(above) = above {
            let rows = lists.rows.iter_mut().zip(0..);
            rows.filter(|(_, row)| above.is_null(*row)).for_each(|(list, _)| *list = None);
        }
        Ok(lists)
    }

    fn add(
        &mut self,
        path: &str,
        word: &str,
        array: &ArrayRef,
        list: fn(usize) -> ColumnList,
        said: impl Fn(usize) -> bool,
    ) -> Result<(), Error> {
        let (items, ranges) = if let Some(lists) = array.as_list_opt::<i32>() {
            (lists.values(), ranges(lists))
        } else if let Some(lists) = array.as_list_opt::<i64>() {
            (lists.values(), ranges(lists))
        } else if let Some(lists) = array.as_fixed_size_list_opt() {
            let length = usize::try_from(lists.value_length()).unwrap_or(0);
            (lists.values(), (0..lists.len()).map(|row| row * length..(row + 1) * length).collect())
        } else if array.logical_null_count() == array.len() {
            return Ok(());
        } else {
            return Err(no_list(path, word, array));
        };
        let Some(records) = items.as_struct_opt() else { return Err(no_list(path, word, array)) };
        let first = ranges.iter().map(|range| range.start).min().unwrap_or(0);
        let end = ranges.iter().map(|range| range.end).max().unwrap_or(0);
        let records = records.slice(first, end - first);
        let column = self.columns.len();
        for ((range, own), row) in ranges.into_iter().zip(&mut self.rows).zip(0..) {
            if array.is_null(row) || !said(row) {
                continue;
            }
            if own.is_some() {
                let message = "a list that is both open and complete";
                return Err(wrong(&format!("{path}, {} of the column", row + 1), message, "let one of them be null"));
            }
            *own = Some((column, range.start - first..range.end - first));
        }
        if records.null_count() > 0 {
            let null = |(_, range): &(usize, Range<usize>)| range.clone().find(|item| records.is_null(*item));
            let own = self.rows.iter().flatten().filter(|(of, _)| *of == column);
            if own.filter_map(null).next().is_some() {
                return Err(wrong(path, &format!("expected a {word} with its fields, found null"), "leave it out"));
            }
        }
        self.columns.push(ListColumn { records, list });
        Ok(())
    }

    /// How many records each patient has.
    pub(super) fn rows(&self) -> impl Iterator<Item = ColumnList> {
        self.rows.iter().map(|row| {
            let own = row.as_ref().and_then(|(column, range)| Some((self.columns.get(*column)?, range.len())));
            own.map_or(ColumnList::NotGiven, |(column, count)| (column.list)(count))
        })
    }

    /// Of whom there is a list.
    pub(super) fn given(&self) -> Vec<bool> {
        self.rows.iter().map(Option::is_some).collect()
    }

    /// The names of the records' fields, none twice.
    pub(super) fn fields(&self) -> Vec<&str> {
        let mut names = Vec::new();
        for name in self.columns.iter().flat_map(|column| column.records.column_names()) {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        names
    }

    /// A field of all records, those of one patient after those of the other.
    pub(super) fn values(&self, path: &str, field: &str, ty: &ScalarType) -> Result<Vec<ColumnValue<'_>>, Error> {
        let mut columns = Vec::new();
        for column in &self.columns {
            let array = column.records.column_by_name(field);
            columns.push(array.map(|array| values::of(path, ty, array)).transpose()?);
        }
        let mut found = Vec::new();
        for (column, range) in self.rows.iter().flatten() {
            match columns.get_mut(*column) {
                Some(Some(values)) => found.extend(values.get(range.clone()).unwrap_or_default().iter().cloned()),
                // A field that only the other lists have.
                Some(None) | None => found.extend(range.clone().map(|_| ColumnValue::NotGiven)),
            }
        }
        Ok(found)
    }
}

fn ranges<O: OffsetSizeTrait>(lists: &GenericListArray<O>) -> Vec<Range<usize>> {
    let offsets = lists.value_offsets();
    offsets.iter().zip(offsets.iter().skip(1)).map(|(from, to)| from.as_usize()..to.as_usize()).collect()
}

fn no_list(path: &str, word: &str, array: &ArrayRef) -> Error {
    let message = format!("expected lists of {word}, found {}", array.data_type());
    wrong(path, &message, "give a list of structs, or a struct of `open` or `complete` with such a list")
}
