//! The operator tests of HL7 CQL, each sent as text through `expr --batch` of the built runner, and the table of what came
//! out, kept true in `src/docs/conformance.md`.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is the failure report")]
#![allow(clippy::wildcard_enum_match_arm, reason = "what is not named has no words here, and the table says so")]

mod built_runner;
mod cql {
    pub(crate) mod judge;
    pub(crate) mod parse;
    pub(crate) mod translate;
}

use cql::judge::{self, Verdict};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};
use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

const CASES: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/conformance/cql/cases.jsonl");
const PAGE: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/src/docs/conformance.md");
const BEGIN: &str = "<!-- cql: the test writes from here -->";
const END: &str = "<!-- cql: through here -->";
const AS_OF: &str = "2026-11-22";

#[test]
fn hl7_cql_operators() {
    if !Path::new(CASES).is_file() {
        return println!("skipped: the cases of HL7 CQL are not beside this folder");
    }
    let cases = std::fs::read_to_string(CASES).unwrap();
    let rows: Vec<Value> = cases.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let verdicts = verdicts(&rows);
    let mut failed = String::new();
    for (row, (sent, verdict)) in rows.iter().zip(&verdicts) {
        if let Verdict::Failed(answer) = verdict {
            writeln!(failed, "{}\n    {sent}\n    wants {} but {answer}", row["expression"], row["output"]).unwrap();
        }
        if std::env::var_os("CQL_ROWS").is_some() {
            println!("{verdict:?} | {} | {sent} | {}", row["expression"], row["output"]);
        }
    }
    let table = table(&rows, &verdicts);
    println!("{table}");
    assert!(failed.is_empty(), "\n{failed}");
    let passed = verdicts.iter().filter(|(_, verdict)| *verdict == Verdict::Passed).count();
    assert!(passed >= 115 || rows.len() < 195, "{passed} of {} pass", rows.len());
    let digest: String = Sha256::digest(cases.as_bytes()).iter().map(|byte| format!("{byte:02x}")).collect();
    compare_with_page(&format!("{} rows, SHA-256 of the file `{digest}`.", rows.len()), &table);
}

/// What was sent for each row, and how its answer compares.
fn verdicts(rows: &[Value]) -> Vec<(String, Verdict)> {
    let trees: Vec<_> = rows.iter().map(|row| cql::parse::parse(row["expression"].as_str().unwrap())).collect();
    let translated: Vec<_> =
        trees.iter().map(|tree| tree.as_ref().map_err(Clone::clone).and_then(cql::translate::translate)).collect();
    let lines: Vec<String> = translated
        .iter()
        .flatten()
        .map(|ours| json!({"expr": ours.expression, "facts": ours.facts, "as_of": AS_OF}).to_string())
        .collect();
    let answered = built_runner::run(&["expr", "--batch"], &(lines.join("\n") + "\n"));
    assert_eq!(answered.status, Some(0), "{}", answered.err);
    let answers: Vec<Value> = answered.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), lines.len(), "an answer for each line: {}", answered.err);
    let mut sent = lines.into_iter().zip(answers);
    let mut judged = Vec::new();
    for (row, (tree, ours)) in rows.iter().zip(trees.iter().zip(&translated)) {
        judged.push(match (tree, ours) {
            (Ok(tree), Ok(_)) => {
                let (line, answer) = sent.next().unwrap();
                (line, judge::judge(row, tree, &answer))
            }
            (Err(operator), _) | (_, Err(operator)) => (String::new(), Verdict::NotExpressible(operator.clone())),
        });
    }
    judged
}

/// Groups with their numbers, then why.
fn table(rows: &[Value], verdicts: &[(String, Verdict)]) -> String {
    let mut groups: BTreeMap<String, [usize; 4]> = BTreeMap::new();
    let (mut disagreed, mut inexpressible) = (BTreeMap::<&str, usize>::new(), BTreeMap::<&str, usize>::new());
    for (row, (_, verdict)) in rows.iter().zip(verdicts) {
        let counts = groups.entry(row["group"].as_str().unwrap().to_owned()).or_default();
        match verdict {
            Verdict::Passed => counts[0] += 1,
            Verdict::Disagreed(reason) => {
                counts[1] += 1;
                *disagreed.entry(reason).or_default() += 1;
            }
            Verdict::NotExpressible(operator) => {
                counts[2] += 1;
                *inexpressible.entry(operator).or_default() += 1;
            }
            Verdict::Failed(_) => counts[3] += 1,
        }
    }
    let mut text =
        "| group | passed | disagreed on purpose | not expressible | failed |\n| --- | --- | --- | --- | --- |\n"
            .to_owned();
    for (group, [passed, disagreed, inexpressible, failed]) in &groups {
        writeln!(text, "| {group} | {passed} | {disagreed} | {inexpressible} | {failed} |").unwrap();
    }
    let total = |column: usize| groups.values().map(|counts| counts[column]).sum::<usize>();
    let totals: Vec<String> = (0..4).map(|column| format!("**{}**", total(column))).collect();
    writeln!(text, "| **all {}** | {} |", rows.len(), totals.join(" | ")).unwrap();
    for (heading, reasons) in [("Disagreed on purpose", &disagreed), ("Not expressible", &inexpressible)] {
        writeln!(text, "\n| {heading} | rows |\n| --- | --- |").unwrap();
        for (reason, count) in reasons {
            writeln!(text, "| {} | {count} |", reason.replace('|', "\\|")).unwrap();
        }
    }
    text
}

/// The page holds the table of the rows that it names, between two marks; `UPDATE_EXPECT=1` writes it anew.
fn compare_with_page(rows: &str, table: &str) {
    let page = std::fs::read_to_string(PAGE).unwrap();
    let (before, rest) = page.split_once(BEGIN).unwrap();
    let (_, after) = rest.split_once(END).unwrap();
    let wanted = format!("{before}{BEGIN}\n\n{rows}\n\n{table}\n{END}{after}");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(PAGE, wanted).unwrap();
    } else if page.contains(rows) {
        assert!(page == wanted, "the table in src/docs/conformance.md is not what came out; UPDATE_EXPECT=1 writes it");
    } else {
        println!("these are other rows than those of src/docs/conformance.md: its table is not compared");
    }
}
