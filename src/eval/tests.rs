//! The two ways to evaluate agree: classified, and one operation after the other.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a panic is the failure report")]

use super::{Cells, Evaluator};
use crate::program::{Program, Step, TruthId};
use crate::source::{FileId, Source};
use crate::value::Date;

fn evaluator(text: &str) -> Evaluator {
    let source = Source::new("test.guide", text);
    let (file, found) = crate::syntax::parse(FileId(0), text);
    assert!(found.is_empty(), "{found:?}");
    let (ir, found) = crate::check::check(&[source], &[file], &crate::code_lists::CodeLists::new());
    Evaluator::new(Program::lower(&ir.unwrap_or_else(|| panic!("{found:#?}"))))
}

#[test]
fn masks_and_steps_agree() {
    let evaluator = evaluator(include_str!("tests/masks.guide"));
    let program = &evaluator.program;
    let facts = include_str!("tests/masks.yaml");
    let mut patients = 0;
    for patient in facts.split("---\n") {
        let facts = crate::facts::yaml::read(&program.schema, &crate::limits::Limits::default(), patient)
            .unwrap_or_else(|found| panic!("{found:?}"));
        let bound = evaluator.bind(&facts);
        for day in ["2016-02-15", "2024-02-29", "2026-11-22", "2026-11-21"] {
            let moment = evaluator.on(day.parse::<Date>().unwrap());
            let (mut fast, mut plain) = (Cells::default(), Cells::default());
            moment.evaluate(&bound, &mut fast);
            moment.evaluate_every_step(&bound, &mut plain);
            for (id, op) in program.truths.iter().zip(0..).map(|(op, id)| (TruthId(id), op)) {
                if program.layout.all_steps.contains(&Step::Truth(id)) {
                    assert_eq!(fast.truth(program, id), plain.truth(program, id), "{op:?} on {day} for {patient}");
                }
            }
            patients += 1;
        }
    }
    assert!(patients > 20);
    assert!(program.layout.blocks.len() > 3 && program.layout.passes[0].loops.len() > 3, "{:?}", program.layout.passes);
}
