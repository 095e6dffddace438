//! Many patients from a file, some thousands at a time.

use crate::answer::Failure;
use crate::files::{Keys, shown};
use parquet::arrow::arrow_reader::{ParquetRecordBatchReader, ParquetRecordBatchReaderBuilder};
use riktlinje::{Batch, BoundFacts, Guideline};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::fs::File;
use std::io::{BufRead as _, BufReader, Read as _};
use std::path::{Path, PathBuf};

/// Patients who are held together.
const PART: usize = 4_096;
/// A longer line is no patient.
const LONGEST_LINE: u64 = 64 << 20;

/// The patients of a file, in its order.
pub(crate) struct Patients<'g> {
    path: PathBuf,
    id: Option<String>,
    guidelines: Vec<Declared<'g>>,
    form: Form,
    /// What there is to read, and what was read: bytes of lines, rows of Parquet.
    size: u64,
    read: u64,
    /// Patients so far.
    patients: usize,
}

enum Form {
    Lines { reader: BufReader<File>, line: String, bound: BoundFacts },
    Parquet(Box<ParquetRecordBatchReader>),
}

/// A guideline with the facts that it knows.
struct Declared<'g> {
    guideline: &'g Guideline,
    facts: BTreeSet<String>,
}

impl<'g> Patients<'g> {
    pub(crate) fn open(path: &Path, id: Option<&str>, guidelines: &'g [Guideline]) -> Result<Patients<'g>, Failure> {
        let unreadable =
            |error: &dyn std::fmt::Display| Failure::Unusable(format!("error: cannot read `{}`: {error}", shown(path)));
        let file = File::open(path).map_err(|error| unreadable(&error))?;
        let (form, size) = match path.extension().and_then(|extension| extension.to_str()) {
            Some("parquet") => {
                let builder = ParquetRecordBatchReaderBuilder::try_new(file).map_err(|error| unreadable(&error))?;
                let rows = u64::try_from(builder.metadata().file_metadata().num_rows()).unwrap_or(0);
                let reader = builder.with_batch_size(PART).build().map_err(|error| unreadable(&error))?;
                (Form::Parquet(Box::new(reader)), rows)
            }
            Some("ndjson" | "jsonl") => {
                let size = file.metadata().map_err(|error| unreadable(&error))?.len();
                let reader = BufReader::with_capacity(1 << 16, file);
                (Form::Lines { reader, line: String::new(), bound: BoundFacts::default() }, size)
            }
            Some(_) | None => {
                let text = format!("error: `{}` ends neither in .ndjson nor in .parquet", shown(path));
                return Err(Failure::Unusable(text));
            }
        };
        let declared = |guideline: &'g Guideline| {
            let facts = guideline.fact_descriptions().into_iter().map(|fact| fact.name.to_string()).collect();
            Declared { guideline, facts }
        };
        let guidelines = guidelines.iter().map(declared).collect();
        let (path, id) = (path.to_owned(), id.map(str::to_owned));
        Ok(Patients { path, id, guidelines, form, size, read: 0, patients: 0 })
    }

    pub(crate) fn size(&self) -> u64 {
        self.size
    }

    pub(crate) fn read(&self) -> u64 {
        self.read
    }

    /// Adds the next patients to the batch of each guideline, and gives their names. None are left: nobody.
    pub(crate) fn next(&mut self, batches: &mut [&mut Batch]) -> Result<Vec<String>, Failure> {
        let Patients { path, id, guidelines, form, read, patients, .. } = self;
        let mut ids = Vec::new();
        match form {
            Form::Lines { reader, line, bound } => {
                while ids.len() < PART {
                    line.clear();
                    let wrong = |text: &str| {
                        Failure::No(format!("error: `{}`, patient {}: {text}", shown(path), *patients + ids.len() + 1))
                    };
                    let bytes = reader.by_ref().take(LONGEST_LINE).read_line(line);
                    let bytes = bytes.map_err(|error| wrong(&error.to_string()))?;
                    if bytes == 0 {
                        break;
                    }
                    *read += bytes as u64;
                    if bytes as u64 == LONGEST_LINE {
                        return Err(wrong(&format!("the line is longer than {} MiB", LONGEST_LINE >> 20)));
                    }
                    if line.trim().is_empty() {
                        continue;
                    }
                    let name = match (guidelines.as_slice(), &*id) {
                        ([one], None) => {
                            one.guideline.bind_json_into(line, bound).map_err(|error| wrong(&error.to_string()))?;
                            batches.iter_mut().for_each(|batch| batch.push(bound));
                            None
                        }
                        (several, id) => {
                            let text = line.strip_prefix('\u{feff}').unwrap_or(line);
                            let Keys(mut keys) = serde_json::from_str(text)
                                .map_err(|error| wrong(&format!("not readable as JSON: {error}")))?;
                            let name = id.as_ref().map(|id| patient_name(id, keys.remove(id).as_deref())).transpose();
                            let name = name.map_err(|error| wrong(&error))?;
                            if let Some(key) =
                                keys.keys().find(|key| several.iter().all(|own| !own.facts.contains(*key)))
                            {
                                return Err(wrong(&format!("there is no fact `{key}`")));
                            }
                            for (own, batch) in several.iter().zip(batches.iter_mut()) {
                                let facts: BTreeMap<_, _> =
                                    keys.iter().filter(|(key, _)| own.facts.contains(*key)).collect();
                                let facts = serde_json::to_string(&facts).map_err(|error| wrong(&error.to_string()))?;
                                own.guideline
                                    .bind_json_into(&facts, bound)
                                    .map_err(|error| wrong(&error.to_string()))?;
                                batch.push(bound);
                            }
                            name
                        }
                    };
                    ids.push(name.unwrap_or_else(|| (*patients + ids.len() + 1).to_string()));
                }
            }
            Form::Parquet(reader) => {
                let wrong =
                    |text: &str| Failure::No(format!("error: `{}`, rows from {}: {text}", shown(path), *patients + 1));
                let Some(records) = reader.next() else { return Ok(ids) };
                let records = records.map_err(|error| wrong(&error.to_string()))?;
                let schema = records.schema();
                let names: Vec<&str> = schema.fields().iter().map(|field| field.name().as_str()).collect();
                let unknown = names.iter().find(|name| {
                    Some(**name) != id.as_deref() && guidelines.iter().all(|own| !own.facts.contains(**name))
                });
                // Where there is one guideline, it says what may have been meant.
                if let Some(name) = unknown.filter(|_| guidelines.len() != 1) {
                    return Err(wrong(&format!("there is no fact `{name}`")));
                }
                for (own, batch) in guidelines.iter().zip(batches.iter_mut()) {
                    let alone =
                        batch_columns(&names, id.as_deref(), |name| own.facts.contains(name) || unknown.is_some());
                    let facts = records.project(&alone).map_err(|error| wrong(&error.to_string()))?;
                    batch.push_arrow(&facts).map_err(|error| wrong(&error.to_string()))?;
                }
                let named = id.as_ref().map(|id| patient_names(id, records.column_by_name(id)));
                let named = named.transpose().map_err(|error| wrong(&error))?;
                ids = named
                    .unwrap_or_else(|| (1..=records.num_rows()).map(|row| (*patients + row).to_string()).collect());
                *read += records.num_rows() as u64;
            }
        }
        *patients += ids.len();
        Ok(ids)
    }
}

fn batch_columns(names: &[&str], id: Option<&str>, wanted: impl Fn(&str) -> bool) -> Vec<usize> {
    let columns = names.iter().enumerate().filter(|(_, name)| Some(**name) != id && wanted(name));
    columns.map(|(column, _)| column).collect()
}

/// What the key of a name says.
fn patient_name(id: &str, value: Option<&RawValue>) -> Result<String, String> {
    let value = value.map(RawValue::get).filter(|value| *value != "null");
    let value = value.ok_or_else(|| format!("there is no `{id}`, which is to name the patient"))?;
    let is_whole = value.strip_prefix('-').unwrap_or(value).bytes().all(|byte| byte.is_ascii_digit());
    if is_whole {
        return Ok(value.to_owned());
    }
    serde_json::from_str(value).map_err(|_| format!("`{id}` names no patient; give a text or a whole number"))
}

/// What a column of names says.
fn patient_names(id: &str, column: Option<&arrow_array::ArrayRef>) -> Result<Vec<String>, String> {
    use arrow_array::Array as _;
    use arrow_array::cast::AsArray as _;
    use arrow_array::types::{Int32Type, Int64Type};
    let column = column.ok_or_else(|| format!("there is no column `{id}`, which is to name the patients"))?;
    let names: Vec<Option<String>> = if let Some(names) = column.as_string_opt::<i32>() {
        names.iter().map(|name| name.map(str::to_owned)).collect()
    } else if let Some(names) = column.as_string_opt::<i64>() {
        names.iter().map(|name| name.map(str::to_owned)).collect()
    } else if let Some(names) = column.as_string_view_opt() {
        names.iter().map(|name| name.map(str::to_owned)).collect()
    } else if let Some(names) = column.as_primitive_opt::<Int64Type>() {
        names.iter().map(|name| name.map(|name| name.to_string())).collect()
    } else if let Some(names) = column.as_primitive_opt::<Int32Type>() {
        names.iter().map(|name| name.map(|name| name.to_string())).collect()
    } else {
        return Err(format!("a column of {} names no patient; give texts or whole numbers", column.data_type()));
    };
    let unnamed = |row: usize| format!("`{id}`, {} of the column: null names no patient", row + 1);
    names.into_iter().enumerate().map(|(row, name)| name.ok_or_else(|| unnamed(row))).collect()
}
