//! The cases of openEHR GDL2 models for seven instruments, each written in our language under `tests/conformance/`, and the
//! table of what came out, kept true in `src/docs/conformance.md`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is the failure report")]

use riktlinje::{Answer, Date, FactValue, Guideline, Language, Outcome, ScoreOutcome, Severity, Source};
use serde_json::json;
use serde_yaml::Value;
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/conformance/gdl2");
const GUIDES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/conformance");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/conformance.md");
const BEGIN: &str = "<!-- gdl2: the test writes from here -->";
const END: &str = "<!-- gdl2: through here -->";

/// How an element of a model is written here.
#[derive(Clone, Copy)]
enum Input {
    /// The points, as a number.
    Points(&'static str),
    /// Whether there are any points.
    YesNo(&'static str),
    Sex(&'static str),
    Day(&'static str),
    /// A number with its unit.
    Quantity(&'static str),
}

/// What an output of a model is here.
#[derive(Clone, Copy)]
enum Output {
    Total,
    /// The band that its code stands for.
    Band(&'static [(&'static str, &'static str)]),
    /// The points of an item.
    Item(&'static str),
    /// What the band says.
    Text,
    /// A shown value, in percent.
    Percent(&'static str),
}

struct Instrument {
    /// `AUDIT-C.v1`
    model: &'static str,
    /// In `tests/conformance/`.
    file: &'static str,
    inputs: &'static [(&'static str, Input)],
    outputs: &'static [(&'static str, Output)],
}

use Input::{Day, Points, Quantity, Sex, YesNo};
use Output::{Band, Item, Percent, Text, Total};

const INSTRUMENTS: &[Instrument] = &[
    Instrument {
        model: "AUDIT-C.v1",
        file: "audit_c.guide",
        inputs: &[
            ("gt0003", Points("how_often")),
            ("gt0004", Points("how_many")),
            ("gt0005", Points("six_or_more")),
            ("gt0017", Sex("sex")),
        ],
        outputs: &[
            ("gt0010", Total),
            ("gt0020", Band(&[("at0003", "normal"), ("at0004", "risk"), ("at0005", "high_risk")])),
        ],
    },
    Instrument {
        model: "BMI.v1",
        file: "bmi.guide",
        inputs: &[("gt0002", Quantity("weight")), ("gt0003", Quantity("height"))],
        outputs: &[
            ("gt0004", Total),
            (
                "gt0009",
                Band(&[
                    ("at0003", "severe_thinness"),
                    ("at0004", "moderate_thinness"),
                    ("at0005", "mild_thinness"),
                    ("at0014", "normal"),
                    ("at0015", "overweight"),
                    ("at0016", "obese_1"),
                    ("at0017", "obese_2"),
                    ("at0018", "obese_3"),
                ]),
            ),
        ],
    },
    Instrument {
        model: "CAGE.v1",
        file: "cage.guide",
        inputs: &[
            ("gt0003", Points("cut_down")),
            ("gt0004", Points("annoyed")),
            ("gt0005", Points("guilty")),
            ("gt0006", Points("eye_opener")),
        ],
        outputs: &[("gt0012", Total), ("gt0020", Band(&[("at0003", "negative"), ("at0004", "evaluate")]))],
    },
    Instrument {
        model: "CHA2DS2-VASc.v1",
        file: "cha2ds2_vasc.guide",
        inputs: &[
            ("gt0011", YesNo("heart_failure")),
            ("gt0012", YesNo("hypertension")),
            ("gt0013", YesNo("stroke")),
            ("gt0014", YesNo("vascular_disease")),
            ("gt0015", YesNo("diabetes")),
            ("gt0009", Sex("sex")),
            ("gt0010", Day("birth_date")),
        ],
        outputs: &[
            ("gt0016", Item("sex_points")),
            ("gt0017", Item("age_points")),
            ("gt0023", Total),
            ("gt0037", Band(&[("at0005", "low"), ("at0006", "intermediate"), ("at0007", "high")])),
            ("gt0038", Percent("stroke_percent")),
            ("gt0039", Percent("stroke_or_embolism_percent")),
        ],
    },
    Instrument {
        model: "DUDIT_score.v1",
        file: "dudit.guide",
        inputs: &[
            ("gt0003", Points("d1")),
            ("gt0004", Points("d2")),
            ("gt0005", Points("d3")),
            ("gt0006", Points("d4")),
            ("gt0007", Points("d5")),
            ("gt0008", Points("d6")),
            ("gt0009", Points("d7")),
            ("gt0010", Points("d8")),
            ("gt0011", Points("d9")),
            ("gt0012", Points("d10")),
            ("gt0013", Points("d11")),
            ("gt0041", Sex("sex")),
        ],
        outputs: &[("gt0026", Total), ("gt0043", Band(&[("at0003", "probable"), ("at0004", "highly_probable")]))],
    },
    Instrument {
        model: "PHQ9.v1",
        file: "phq_9.guide",
        inputs: &[
            ("gt0003", Points("p1")),
            ("gt0004", Points("p2")),
            ("gt0005", Points("p3")),
            ("gt0006", Points("p4")),
            ("gt0007", Points("p5")),
            ("gt0008", Points("p6")),
            ("gt0009", Points("p7")),
            ("gt0010", Points("p8")),
            ("gt0011", Points("p9")),
        ],
        outputs: &[
            ("gt0026", Total),
            (
                "gt0030",
                Band(&[
                    ("at0004", "minimal"),
                    ("at0005", "mild"),
                    ("at0006", "moderate"),
                    ("at0007", "moderately_severe"),
                    ("at0008", "severe"),
                ]),
            ),
            ("gt0031", Text),
        ],
    },
    Instrument {
        model: "Prediction_of_Alcohol_Withdrawal_Severity_Scale.v1",
        file: "paws.guide",
        inputs: &[
            ("gt0004", YesNo("rehabilitation")),
            ("gt0005", YesNo("with_others")),
            ("gt0006", YesNo("autonomic")),
            ("gt0007", YesNo("withdrawal_before")),
            ("gt0008", YesNo("alcohol_recently")),
            ("gt0009", YesNo("intoxicated")),
            ("gt0010", YesNo("seizures")),
            ("gt0011", YesNo("delirium")),
            ("gt0012", YesNo("with_downers")),
            ("gt0013", YesNo("blackouts")),
            ("gt0014", YesNo("high_level")),
        ],
        outputs: &[("gt0016", Band(&[("at0003", "average"), ("at0004", "high")])), ("gt0018", Total)],
    },
];

#[derive(Default)]
struct Counts {
    outputs: usize,
    passed: usize,
    disagreed: usize,
    not_expressible: usize,
    failed: usize,
}

#[test]
fn instruments_of_gdl2() {
    if !Path::new(CASES).is_dir() {
        return println!("skipped: the cases of GDL2 are not beside this folder");
    }
    let mut counts: BTreeMap<String, Counts> = BTreeMap::new();
    let mut failures = String::new();
    let mut digest = Sha256::new();
    let mut cases = 0;
    for file in case_files() {
        let text = fs::read_to_string(&file).unwrap();
        digest.update(&text);
        let tests: Value = serde_yaml::from_str(&text).unwrap();
        let model = tests["guidelines"][1].as_str().unwrap();
        let counts = counts.entry(model.to_owned()).or_default();
        let day = tests["current_datetime"].as_str().map_or("2026-11-22", |time| &time[..10]);
        let instrument = INSTRUMENTS.iter().find(|instrument| instrument.model == model);
        let guideline = instrument.map(|instrument| compiled(instrument.file));
        for case in tests["test_cases"].as_sequence().unwrap() {
            cases += 1;
            let (Some(instrument), Some(guideline)) = (instrument, &guideline) else {
                counts.not_expressible += 1;
                continue;
            };
            counts.outputs += case["expected_output"][1].as_mapping().unwrap().len();
            match judged(instrument, guideline, case, day) {
                Ok(()) => counts.passed += 1,
                Err(differences) => {
                    counts.failed += 1;
                    writeln!(failures, "{model}, {}: {differences}", case["id"].as_str().unwrap()).unwrap();
                }
            }
        }
    }
    let table = table(&counts, cases);
    println!("{table}");
    assert!(failures.is_empty(), "\n{failures}");
    let digest: String = digest.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    compare_with_page(&format!("{cases} cases, SHA-256 of the files, by name, `{digest}`."), &table);
}

/// By name.
fn case_files() -> Vec<PathBuf> {
    let mut files: Vec<PathBuf> = fs::read_dir(CASES)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.to_string_lossy().ends_with(".test.yml"))
        .collect();
    files.sort();
    files
}

/// A guideline without a finding, written as the formatter writes it.
fn compiled(file: &str) -> Guideline {
    let source = Source::new(file, fs::read_to_string(Path::new(GUIDES).join(file)).unwrap());
    let guideline = Guideline::compile([source]).unwrap();
    let found = guideline.diagnostics().iter().filter(|finding| finding.severity() != Severity::Advice);
    assert_eq!(found.map(ToString::to_string).collect::<Vec<_>>(), Vec::<String>::new(), "{file}");
    guideline
}

fn judged(instrument: &Instrument, guideline: &Guideline, case: &Value, day: &str) -> Result<(), String> {
    let mut facts = serde_json::Map::new();
    for (element, value) in case["input"][1].as_mapping().unwrap() {
        let code = code_of(element);
        let input = instrument.inputs.iter().find(|(known, _)| *known == code);
        let (_, input) = input.unwrap_or_else(|| panic!("{}: no input {code}", instrument.model));
        let (name, value) = fact(*input, &written(value));
        facts.insert(name.to_owned(), value);
    }
    let facts = guideline.facts_from_json(&serde_json::Value::Object(facts).to_string()).unwrap();
    let as_of: Date = day.parse().unwrap();
    let outcome = guideline.evaluate(&facts, as_of).unwrap();
    let mut differences = Vec::new();
    for (element, wanted) in case["expected_output"][1].as_mapping().unwrap() {
        let code = code_of(element);
        let output = instrument.outputs.iter().find(|(known, _)| *known == code);
        let (_, output) = output.unwrap_or_else(|| panic!("{}: no output {code}", instrument.model));
        let (wanted, found) = compared(*output, &written(wanted), &outcome);
        if wanted != found {
            differences.push(format!("{code} is {found}, not {wanted}"));
        }
    }
    if differences.is_empty() { Ok(()) } else { Err(differences.join("; ")) }
}

/// `gt0003` of `gt0003|How often …?`
fn code_of(element: &Value) -> String {
    element.as_str().unwrap().split('|').next().unwrap().to_owned()
}

fn written(value: &Value) -> String {
    match value.as_str() {
        Some(text) => text.to_owned(),
        None => value.as_i64().unwrap().to_string(),
    }
}

/// The parts of `0|local::at0008|Never|`: points, code, words.
fn parts(value: &str) -> (Option<i64>, String, String) {
    let parts: Vec<&str> = value.split('|').collect();
    let at = parts.iter().position(|part| part.contains("::")).unwrap();
    let code = parts[at].split("::").nth(1).unwrap().to_owned();
    (parts[0].parse().ok(), code, parts.get(at + 1).map_or(String::new(), |words| words.trim().to_owned()))
}

fn fact(input: Input, value: &str) -> (&'static str, serde_json::Value) {
    match input {
        Points(name) => (name, json!(parts(value).0.unwrap())),
        YesNo(name) => (name, json!(parts(value).0.unwrap() > 0)),
        Sex(name) => (name, json!(if parts(value).2 == "Female" { "woman" } else { "man" })),
        Day(name) => (name, json!(value[..10])),
        Quantity(name) => {
            let (number, unit) = value.split_once(',').unwrap();
            (name, json!({"quantity": number.parse::<f64>().unwrap(), "unit": unit}))
        }
    }
}

/// What was wanted and what came, in one form.
fn compared(output: Output, wanted: &str, outcome: &Outcome) -> (String, String) {
    let score: &ScoreOutcome = &outcome.scores[0];
    match output {
        Total => {
            let (number, unit) = wanted.split_once(',').map_or((wanted, None), |(number, unit)| (number, Some(unit)));
            let number: riktlinje::Number = without_zeros(number).parse().unwrap();
            let of = |low: Option<riktlinje::Number>, high, unit: Option<&str>| format!("{low:?} to {high:?} {unit:?}");
            (of(Some(number), Some(number), unit), of(score.low, score.high, score.unit.as_deref()))
        }
        Band(codes) => {
            let code = parts(wanted).1;
            let band = codes.iter().find(|(known, _)| *known == code).map_or("no such code", |(_, band)| band);
            (band.to_owned(), score.band.as_ref().map_or(score.status.to_owned(), |band| band.id.clone()))
        }
        Item(name) => {
            let item = score.items.iter().find(|item| item.id == name).unwrap();
            let points = riktlinje::Number::from(parts(wanted).0.unwrap());
            (format!("{:?}", Some((points, points))), format!("{:?}", item.low.zip(item.high)))
        }
        Text => (parts(wanted).2, score.text.get(Language::English).unwrap_or_default().to_owned()),
        Percent(name) => {
            let value = &outcome.values.iter().find(|value| value.id == name).unwrap().value;
            let percent = parts(wanted).2;
            let found = match value {
                Answer::Known(FactValue::Number(number)) => number.to_string(),
                Answer::Known(_) | Answer::Unknown | Answer::Between { .. } => format!("{value:?}"),
                _ => "an answer of another kind".to_owned(),
            };
            (without_zeros(percent.trim_end_matches('%')).to_owned(), found)
        }
    }
}

/// `10` of `10.0`
fn without_zeros(number: &str) -> &str {
    if number.contains('.') { number.trim_end_matches('0').trim_end_matches('.') } else { number }
}

fn table(counts: &BTreeMap<String, Counts>, cases: usize) -> String {
    let mut text = "| instrument | outputs compared | passed | disagreed on purpose | not expressible | failed |\n\
                    | --- | --- | --- | --- | --- | --- |\n"
        .to_owned();
    let mut all = Counts::default();
    for (model, counts) in counts {
        let Counts { outputs, passed, disagreed, not_expressible, failed } = counts;
        writeln!(text, "| {model} | {outputs} | {passed} | {disagreed} | {not_expressible} | {failed} |").unwrap();
        all.outputs += outputs;
        all.passed += passed;
        all.disagreed += disagreed;
        all.not_expressible += not_expressible;
        all.failed += failed;
    }
    let Counts { outputs, passed, disagreed, not_expressible, failed } = all;
    writeln!(
        text,
        "| **all {cases}** | **{outputs}** | **{passed}** | **{disagreed}** | **{not_expressible}** | **{failed}** |"
    )
    .unwrap();
    text
}

/// The page holds the table of the cases that it names, between two marks; `UPDATE_EXPECT=1` writes it anew.
fn compare_with_page(cases: &str, table: &str) {
    let page = fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{BEGIN}\n\n{cases}\n\n{table}\n{END}{after}");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        fs::write(PAGE, wanted).unwrap();
    } else if page.contains(cases) {
        assert!(page == wanted, "the table in src/docs/conformance.md is not what came out; UPDATE_EXPECT=1 writes it");
    } else {
        println!("these are other cases than those of src/docs/conformance.md: its table is not compared");
    }
}

/// Also where the cases are not there: each instrument is a guideline without a finding.
#[test]
fn instruments_are_well_written() {
    for instrument in INSTRUMENTS {
        compiled(instrument.file);
        let text = fs::read_to_string(Path::new(GUIDES).join(instrument.file)).unwrap();
        let formatted = Guideline::format(&Source::new(instrument.file, text.clone())).unwrap();
        assert_eq!(formatted, text, "{}", instrument.file);
    }
}
