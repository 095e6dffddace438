//! How large what a guideline is compiled to is: what evaluating needs, apart from what people are shown.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::indexing_slicing, reason = "a panic is the failure report")]

use super::Guideline;
use crate::source::Source;
use std::fmt::Write as _;

const RULES: usize = 200;

/// Rules as those of workload B in `benches/workload`: 200 with three to six conditions each, 184 different ones.
fn rules() -> Source {
    let mut text =
        "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
        fact birth_date: date\n    label en \"Born\"\n\
        fact county: code from county\n    label en \"County\"\n\
        fact diagnoses: list of diagnosis, complete\n    label en \"Diagnoses\"\n    code: code from ICD-10-SE\n    \
        documented: yes/no\n    onset: date\n\
        fact detained: yes/no\n    label en \"Detained\"\n\
        leap day birthday is 28 February\n    our interpretation \"an example\"\n"
            .to_owned();
    let condition = |at: usize| match at % 8 {
        0 => format!("age at least {} years", 13 + at / 8 % 12),
        1 => format!("county is county \"{:02}\"", [1, 3, 4, 5, 6, 7, 8, 9, 10, 12, 13, 14][at / 8 % 12]),
        2 => "not detained".to_owned(),
        3..6 => format!("some diagnosis in diagnoses has (code in F1{}.{} and documented)", at / 8 % 10, at / 80 % 5),
        _ => format!(
            "some diagnosis in diagnoses has (code in F1{} and documented and onset at least {} years before today)",
            at / 8 % 10,
            1 + at / 80 % 5
        ),
    };
    for rule in 0..RULES {
        let conditions: Vec<String> = (0..3 + rule % 4).map(|at| condition(rule * 7 + at * 3)).collect();
        let _ = write!(
            text,
            "recommend r{rule}\n    label en \"Rule {rule}\"\n    our interpretation \"an example\"\n    should when {}\n    \
             text en \"Rule {rule}\"\n",
            conditions.join(" and ")
        );
    }
    Source::new("size.guide", text)
}

/// Bytes on the heap of what is made.
fn bytes<T>(make: impl FnOnce() -> T) -> i64 {
    let mut made = None;
    allocation_counter::measure(|| made = Some(make())).bytes_current
}

#[test]
fn what_evaluating_needs_is_small() {
    let guideline = Guideline::compile([rules()]).unwrap();
    let program = &guideline.inner.evaluator.program;
    // The program itself is shared, so a copy of the evaluator is its tables alone.
    let tables = bytes(|| guideline.inner.evaluator.clone());
    let whole = bytes(|| (**program).clone());
    let shown = bytes(|| (program.rules.clone(), program.readings.clone(), program.schema.clone()));
    let meant = bytes(|| guideline.inner.meant.clone());
    println!(
        "{RULES} rules: evaluating needs {} bytes, {tables} of them tables; rules with their texts and grounds, and how \
         conditions read, are {shown} more; the guideline as meant {meant}",
        whole - shown + tables
    );
    assert!(whole - shown + tables < 200 << 10);
    assert!(whole + tables < 560 << 10);
    assert!(meant < 500 << 10);
}
