//! A million patients of workload B from a Parquet file, some thousands at a time: time for each, and the most memory that
//! the process ever held.
//!
//! `cargo bench --bench parquet`. The file is written first, in parts, by the same process.
#![allow(
    unreachable_pub,
    dead_code,
    missing_docs,
    missing_debug_implementations,
    clippy::unwrap_used,
    clippy::indexing_slicing,
    clippy::panic,
    reason = "a panic is the failure report of a bench"
)]

#[path = "workload/mod.rs"]
mod workload;

use arrow_array::{ArrayRef, BooleanArray, Date32Array, ListArray, RecordBatch, StringArray, StructArray};
use arrow_buffer::{NullBuffer, OffsetBuffer};
use arrow_schema::{Field, Fields};
use cpu_time::ThreadTime;
use parquet::arrow::ArrowWriter;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use parquet::file::properties::WriterProperties;
use riktlinje::{BatchTrace, Date, Guideline, Source};
use std::fs::File;
use std::path::PathBuf;
use std::sync::Arc;
use workload::given::{self, Gaps, Given};

const PATIENTS: usize = 1_000_000;
const PART: usize = 4_096;
const UNIX_EPOCH: i32 = 719_163;

fn main() {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("million.parquet");
    let patients = given::given(&workload::patients(workload::PATIENTS), Gaps { percent: 10 });
    write(&path, &patients);
    drop(patients);
    println!(
        "written: {} MB, at most {} MB of memory so far",
        File::open(&path).unwrap().metadata().unwrap().len() >> 20,
        peak()
    );

    let text = workload::guideline(&workload::rules_b());
    let guideline = Guideline::compile([Source::new("bench.guide", text)]).unwrap();
    let cohort = guideline.cohort(given::today()).unwrap();
    let (mut batch, mut trace) = (cohort.batch(), BatchTrace::default());
    let reader = ParquetRecordBatchReaderBuilder::try_new(File::open(&path).unwrap()).unwrap();
    let (mut seen, mut recommended) = (0, 0);
    let started = ThreadTime::now();
    for records in reader.with_batch_size(PART).build().unwrap() {
        batch.clear();
        batch.push_arrow(&records.unwrap()).unwrap();
        cohort.evaluate(&batch, &mut trace);
        seen += batch.len();
        for rule in 0..guideline.rules().count() {
            recommended += cohort.counts(&trace, rule)[0].1;
        }
    }
    let each = started.elapsed().as_secs_f64() * 1e9 / seen as f64;
    println!("{seen} patients, {recommended} recommendations: {each:.0} ns for each, at most {} MB of memory", peak());
    assert_eq!(seen, PATIENTS);
    std::fs::remove_file(&path).unwrap();
}

/// The most that was ever resident, in MB, where the system tells.
fn peak() -> String {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kilobytes = line.and_then(|line| line.trim().trim_end_matches("kB").trim().parse::<u64>().ok());
    kilobytes.map_or("?".to_owned(), |kilobytes| (kilobytes >> 10).to_string())
}

fn write(path: &PathBuf, patients: &[Given]) {
    let mut writer = None;
    let properties = WriterProperties::builder().set_max_row_group_row_count(Some(16 * PART)).build();
    let mut left = PATIENTS;
    while left > 0 {
        for part in patients.chunks(PART) {
            let part = &part[..part.len().min(left)];
            left -= part.len();
            let records = records(part);
            let writer = writer.get_or_insert_with(|| {
                let file = File::create(path).unwrap();
                ArrowWriter::try_new(file, records.schema(), Some(properties.clone())).unwrap()
            });
            writer.write(&records).unwrap();
        }
    }
    writer.unwrap().close().unwrap();
}

fn records(patients: &[Given]) -> RecordBatch {
    let truths =
        |of: fn(&Given) -> Option<bool>| Arc::new(patients.iter().map(of).collect::<BooleanArray>()) as ArrayRef;
    let given: Vec<_> = patients.iter().map(|patient| patient.diagnoses.as_ref()).collect();
    let all = || given.iter().flatten().flat_map(|records| records.iter());
    let diagnoses = lists(
        given.iter().map(|records| records.map(Vec::len)).collect(),
        vec![
            ("code", Arc::new(all().map(|one| one.code.clone()).collect::<StringArray>()) as ArrayRef),
            ("documented", Arc::new(all().map(|one| one.documented).collect::<BooleanArray>())),
            ("onset", days(all().map(|one| one.onset))),
        ],
    );
    let given: Vec<_> = patients.iter().map(|patient| patient.medicines.as_ref()).collect();
    let atc = given.iter().flatten().flat_map(|records| records.iter()).map(|one| one.atc.clone());
    let atc = Arc::new(atc.collect::<StringArray>()) as ArrayRef;
    let medicines = lists(given.iter().map(|records| records.map(Vec::len)).collect(), vec![("atc", atc)]);
    let county = patients.iter().map(|patient| patient.registered_county.clone()).collect::<StringArray>();
    RecordBatch::try_from_iter([
        ("birth_date", days(patients.iter().map(|patient| patient.birth_date))),
        ("registered_county", Arc::new(county)),
        ("detained", truths(|patient| patient.detained)),
        ("social", truths(|patient| patient.social)),
        ("referral", truths(|patient| patient.referral)),
        ("diagnoses", diagnoses),
        ("medicines", medicines),
    ])
    .unwrap()
}

fn days(days: impl Iterator<Item = Option<Date>>) -> ArrayRef {
    Arc::new(days.map(|day| day.map(|day| day.day_number() - UNIX_EPOCH)).collect::<Date32Array>())
}

fn lists(lengths: Vec<Option<usize>>, columns: Vec<(&str, ArrayRef)>) -> ArrayRef {
    let fields = columns.iter().map(|(name, column)| Field::new(*name, column.data_type().clone(), true));
    let fields = fields.collect::<Fields>();
    let items = StructArray::new(fields, columns.into_iter().map(|(_, column)| column).collect(), None);
    let item = Arc::new(Field::new("item", arrow_array::Array::data_type(&items).clone(), true));
    let nulls = lengths.iter().map(Option::is_some).collect::<NullBuffer>();
    let offsets = OffsetBuffer::from_lengths(lengths.iter().map(|length| length.unwrap_or(0)));
    Arc::new(ListArray::new(item, offsets, Arc::new(items), Some(nulls)))
}
