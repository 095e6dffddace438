//! The runner's `cohort`: counts of many patients from JSON lines and from Parquet, in text, JSON and CSV.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is the failure report")]

mod built_runner;

use arrow_array::{ArrayRef, BooleanArray, Float64Array, Int64Array, RecordBatch, StringArray};
use built_runner::{Answered, run};
use parquet::arrow::ArrowWriter;
use serde_json::Value;
use std::path::PathBuf;
use std::sync::Arc;

const GUIDELINE: &str = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
    fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
    fact points: number\n    label en \"Points\"\n    question en \"Points?\"\n\
    fact clinic: text\n    label en \"Clinic\"\n    question en \"Which?\"\n\
    recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text en \"Stop.\"\n\
    score risk\n    label en \"Risk\"\n    our interpretation \"an example\"\n    total points\n\
    \x20   bands, highest that holds\n        high from 5\n        low otherwise\n\
    indicator advised\n    label en \"Advised\"\n    our interpretation \"an example\"\n    count patients with points is known\n\
    \x20   of them with smokes\n    suppress counts from 1 to 3 as \"few\"\n";

fn file(name: &str, text: &str) -> String {
    let path = folder().join(name);
    std::fs::write(&path, text).unwrap();
    path.to_str().unwrap().to_owned()
}

fn folder() -> PathBuf {
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("cohort");
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

/// 12,000 patients: more than are held together.
fn patients() -> impl Iterator<Item = (Option<bool>, Option<i64>)> + Clone {
    (0..12_000).map(|at| {
        let smokes = [Some(true), Some(false), None][at % 3];
        (smokes, (at % 5 != 0).then_some((at % 11) as i64))
    })
}

fn lines() -> String {
    let line = |(at, (smokes, points)): (usize, (Option<bool>, Option<i64>))| {
        serde_json::json!({"who": format!("p{at}"), "smokes": smokes, "points": points, "clinic": "A"}).to_string()
            + "\n"
    };
    patients().enumerate().map(line).collect()
}

fn parquet(name: &str, columns: Vec<(&str, ArrayRef)>) -> String {
    let records = RecordBatch::try_from_iter(columns).unwrap();
    let path = folder().join(name);
    let mut writer = ArrowWriter::try_new(std::fs::File::create(&path).unwrap(), records.schema(), None).unwrap();
    writer.write(&records).unwrap();
    writer.close().unwrap();
    path.to_str().unwrap().to_owned()
}

fn columns() -> Vec<(&'static str, ArrayRef)> {
    let who = (0..12_000).map(|at| Some(format!("p{at}"))).collect::<StringArray>();
    let smokes = patients().map(|(smokes, _)| smokes).collect::<BooleanArray>();
    let points = patients().map(|(_, points)| points).collect::<Int64Array>();
    vec![("who", Arc::new(who) as ArrayRef), ("smokes", Arc::new(smokes)), ("points", Arc::new(points))]
}

fn cohort(rules: &str, facts: &str, more: &[&str]) -> Answered {
    let mut arguments = vec!["cohort", rules, "--facts", facts, "--as-of", "2026-11-22"];
    arguments.extend(more);
    run(&arguments, "")
}

#[test]
fn lines_and_parquet_are_counted_alike() {
    let rules = file("alike.guide", GUIDELINE);
    let (lines, parquet) = (file("alike.ndjson", &lines()), parquet("alike.parquet", columns()));
    let rows = |name: &str| folder().join(name).to_str().unwrap().to_owned();
    let (rows_a, rows_b) = (rows("a.csv"), rows("b.csv"));
    let of_lines = cohort(&rules, &lines, &["--id", "who", "--format", "json", "--rows", &rows_a]);
    let of_parquet = cohort(&rules, &parquet, &["--id", "who", "--format", "json", "--rows", &rows_b]);
    assert_eq!(of_lines.status, Some(0), "{}", of_lines.err);
    assert_eq!(of_parquet.status, Some(0), "{}", of_parquet.err);
    assert_eq!(of_lines.out, of_parquet.out);
    let (rows_a, rows_b) = (std::fs::read_to_string(rows_a).unwrap(), std::fs::read_to_string(rows_b).unwrap());
    assert_eq!(rows_a, rows_b);

    let found: Value = serde_json::from_str(&of_lines.out).unwrap();
    assert_eq!(found["patients"], 12_000);
    let outcome = &found["outcomes"][0];
    assert_eq!(outcome["rules"].as_array().unwrap().len(), 2, "an indicator is no such rule");
    let advice = &outcome["rules"][0]["counts"];
    for (status, wanted) in [("recommended", 4_000), ("not_applicable", 4_000), ("undetermined", 4_000)] {
        assert_eq!(advice[status], wanted);
    }
    // A score by its bands, as counted here.
    let band = |from: i64, to: i64| {
        patients().filter(move |(_, points)| points.is_some_and(|points| (from..=to).contains(&points)))
    };
    assert_eq!(outcome["rules"][1]["counts"]["low"], band(0, 4).count());
    assert_eq!(outcome["rules"][1]["counts"]["high"], band(5, 10).count());
    let known = patients().filter(|(_, points)| points.is_some());
    let advised = known.clone().filter(|(smokes, _)| *smokes == Some(true)).count();
    let perhaps = known.clone().filter(|(smokes, _)| *smokes != Some(false)).count();
    let all = &outcome["indicators"][0]["all"];
    assert_eq!(all["counted"], serde_json::json!({"low": known.clone().count(), "high": known.count()}));
    assert_eq!(all["in"], serde_json::json!({"low": advised, "high": perhaps}));

    let mut rows = rows_a.lines();
    assert_eq!(rows.next(), Some("patient,recommend.advice,score.risk,indicator.advised"));
    assert_eq!(rows.next(), Some("p0,recommended,undetermined,not_counted"));
    assert_eq!(rows.next(), Some("p1,not_applicable,low,counted"));
    assert_eq!(rows.count(), 11_998);
}

#[test]
fn small_numbers_stay_back() {
    let rules = file("small.guide", GUIDELINE);
    let facts = file("small.ndjson", &"{\"smokes\": true, \"points\": 3}\n\n".repeat(2));
    let text = cohort(&rules, &facts, &[]);
    assert!(text.out.contains("2 patients\n\na.b 1.0.0\n  recommend.advice: recommended 2\n"), "{text:?}");
    assert!(text.out.ends_with("  indicator.advised: few of few\n"), "{text:?}");
    let json = cohort(&rules, &facts, &["--format", "json"]).out;
    assert!(json.contains(r#""in":{"high":null,"low":null,"shown":"few"}"#), "{json}");
    let table = cohort(&rules, &facts, &["--csv"]).out;
    assert!(table.starts_with("guideline,version,rule,group,status,low,high\n"), "{table}");
    assert!(table.contains("\na.b,1.0.0,recommend.advice,,recommended,2,2\n"), "{table}");
    assert!(table.ends_with("a.b,1.0.0,indicator.advised,,counted,,\na.b,1.0.0,indicator.advised,,in,,\n"), "{table}");
    assert!(!table.contains("indicator.advised,,counted,2"), "{table}");
}

#[test]
fn what_cannot_be_read_is_said_with_its_place() {
    let rules = file("said.guide", GUIDELINE);
    let refused = |facts: &str, more: &[&str], status: i32, words: &[&str]| {
        let answered = cohort(&rules, facts, more);
        assert_eq!(answered.status, Some(status), "{answered:?}");
        assert!(answered.out.is_empty() && !answered.err.contains("panicked"), "{answered:?}");
        words.iter().for_each(|word| assert!(answered.err.contains(word), "`{word}` in {answered:?}"));
    };
    let lines = |text: &str| file("said.ndjson", text);
    refused(&lines("{\"smokes\": true}\n{\"smoked\": true}\n"), &[], 1, &["patient 2", "did you mean `smokes`?"]);
    refused(&lines("{\"smokes\": true}\n{\"smokes\": \n"), &[], 1, &["patient 2", "JSON"]);
    refused(&lines("{\"who\": 7, \"smokes\": 1}\n"), &["--id", "who"], 1, &["patient 1", "smokes: expected yes or no"]);
    refused("no_such.ndjson", &[], 2, &["cannot read"]);
    refused(&file("said.txt", ""), &[], 2, &["neither in .ndjson nor in .parquet"]);
    refused(&file("said.parquet", "no"), &[], 2, &["cannot read"]);
    let column = |name| vec![(name, Arc::new(Float64Array::from(vec![f64::NAN])) as ArrayRef)];
    refused(&parquet("name.parquet", column("point")), &[], 1, &["rows from 1", "did you mean `points`?"]);
    refused(&parquet("value.parquet", column("points")), &[], 1, &["rows from 1", "points, 1 of the column"]);
    refused(&parquet("who.parquet", column("who")), &["--id", "who"], 1, &["names no patient"]);
    let points = |who: ArrayRef| vec![("who", who), ("points", Arc::new(Int64Array::from(vec![1, 2])) as ArrayRef)];
    let null = Arc::new(StringArray::from(vec![Some("a"), None]));
    refused(&parquet("null.parquet", points(null)), &["--id", "who"], 1, &["`who`, 2 of the column", "no patient"]);
    let unnamed = vec![("points", Arc::new(Int64Array::from(vec![1])) as ArrayRef)];
    refused(&parquet("no_who.parquet", unnamed), &["--id", "who"], 1, &["there is no column `who`"]);
    // Nobody is nobody, and no error.
    let nobody = cohort(&rules, &lines(""), &[]);
    assert!(nobody.status == Some(0) && nobody.out.starts_with("0 patients"), "{nobody:?}");
    let nobody = cohort(&rules, &lines(""), &["--format", "json"]);
    let found: Value = serde_json::from_str(&nobody.out).unwrap();
    assert_eq!(found["outcomes"][0]["rules"][0]["counts"]["recommended"], 0, "{found}");
}

#[test]
fn a_line_with_a_name_says_nothing_twice() {
    let rules = file("named.guide", GUIDELINE);
    let rows = folder().join("named.csv");
    let named = |lines: &str| {
        let answered = cohort(&rules, &file("named.ndjson", lines), &["--id", "who", "--rows", rows.to_str().unwrap()]);
        match answered.status {
            Some(0) => std::fs::read_to_string(&rows).unwrap().lines().skip(1).collect::<Vec<_>>().join("|"),
            _ => answered.err,
        }
    };
    // As without a name: the later of two does not win.
    assert!(named("{\"who\": 1, \"smokes\": true, \"smokes\": false}\n").contains("`smokes` stands twice"));
    assert!(named("{\"who\": 1, \"who\": 2, \"smokes\": true}\n").contains("`who` stands twice"));
    // Who has no name is not taken for another who has it.
    assert!(named("{\"who\": \"2\"}\n{\"smokes\": true}\n").contains("patient 2: there is no `who`"));
    assert!(named("{\"who\": null}\n").contains("patient 1: there is no `who`"));
    for no_name in ["true", "1.5", "[1]", "{}"] {
        let error = named(&format!("{{\"who\": {no_name}}}\n"));
        assert!(error.contains("`who` names no patient"), "{error}");
    }
    let names = named("\u{feff}{\"who\": \"\\u00c5sa\"}\n{\"who\": 12345678901234567890123}\n{\"who\": \"-7\"}\n");
    let names: Vec<&str> = names.split('|').filter_map(|row| row.split(',').next()).collect();
    assert_eq!(names, ["\u{c5}sa", "12345678901234567890123", "-7"]);
}

#[test]
fn several_guidelines_each_read_their_own_facts() {
    let other = GUIDELINE.replace("guideline a.b", "guideline a.c").replace("clinic", "ward");
    let folder = folder().join("several");
    std::fs::create_dir_all(&folder).unwrap();
    std::fs::write(folder.join("a.guide"), GUIDELINE).unwrap();
    std::fs::write(folder.join("c.guide"), other).unwrap();
    let rules = folder.to_str().unwrap();
    let lines = file("several.ndjson", "{\"who\": 7, \"smokes\": true, \"clinic\": \"A\", \"ward\": \"B\"}\n");
    let rows = folder.join("rows.csv");
    let answered = cohort(rules, &lines, &["--id", "who", "--rows", rows.to_str().unwrap()]);
    assert_eq!(answered.status, Some(0), "{answered:?}");
    assert!(answered.out.contains("a.b 1.0.0\n") && answered.out.contains("a.c 1.0.0\n"), "{}", answered.out);
    let rows = std::fs::read_to_string(rows).unwrap();
    assert!(rows.starts_with("patient,a.b recommend.advice,"), "{rows}");
    assert!(rows.contains("\n7,recommended,"), "{rows}");
    let unknown = file("unknown.ndjson", "{\"smoked\": true}\n");
    assert!(cohort(rules, &unknown, &[]).err.contains("there is no fact `smoked`"));
}

#[test]
fn a_score_without_bands_is_banded_once_its_total_is_settled() {
    let (before, after) = (GUIDELINE.find("    bands,").unwrap(), GUIDELINE.find("indicator advised").unwrap());
    let rules = file("unbanded.guide", &format!("{}\n{}", GUIDELINE[..before].trim_end(), &GUIDELINE[after..]));
    let facts = file("unbanded.ndjson", "{\"points\": 3}\n{}\n");
    let found: Value = serde_json::from_str(&cohort(&rules, &facts, &["--format", "json"]).out).unwrap();
    let counts = &found["outcomes"][0]["rules"][1]["counts"];
    assert_eq!(*counts, serde_json::json!({"banded": 1, "undetermined": 1, "not_applicable": 0}), "{found}");
}
