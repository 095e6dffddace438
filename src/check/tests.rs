//! What corpus files cannot show: expressions over facts that nobody declared, long and deep texts.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is the failure report")]

use super::{check, check_expression};
use crate::code_lists::CodeLists;
use crate::ir::Type;
use crate::language::Localized;
use crate::schema::{FactRole, FactSchema, FactType, Fields, ScalarType, Schema};
use crate::source::{FileId, Source};
use crate::syntax::{parse, parse_expression};

fn schema() -> Schema {
    let fields = |open| Fields { list: Vec::new(), open };
    let facts = [
        ("age_now", FactType::Scalar(ScalarType::Number)),
        ("anything", FactType::Scalar(ScalarType::Any)),
        ("empty", FactType::List { word: "".into(), fields: fields(true), complete: true }),
        ("birth_date", FactType::Scalar(ScalarType::Date { or_none: false })),
    ];
    let mut schema = Schema::default();
    for (name, ty) in facts {
        let (label, question) = (Localized::default(), Localized::default());
        let fact = FactSchema {
            name: name.into(),
            role: FactRole::Patient,
            ty,
            not_mentioned: None,
            valid_for: None,
            allowed: None,
            label,
            question,
        };
        schema.add(fact).unwrap();
    }
    schema
}

/// The type that an expression gets, or the first message.
fn type_of(text: &str) -> Result<Type, String> {
    let expr = parse_expression(FileId(0), text).map_err(|found| found[0].message.clone())?;
    let guideline = check_expression(&expr, &schema(), None).map_err(|found| found[0].message.clone())?;
    Ok(guideline.defines.last().unwrap().value.ty.clone())
}

#[test]
fn expressions_over_facts_that_nobody_declared() {
    let truth = Ok(Type::Scalar(ScalarType::Truth));
    let number = Ok(Type::Scalar(ScalarType::Number));
    let any = Ok(Type::Scalar(ScalarType::Any));
    for (text, expected) in [
        ("1 + 2 * age_now", number.clone()),
        ("anything", any.clone()),
        ("anything + 1", number.clone()),
        ("anything is F11.2", truth.clone()),
        ("anything in F11", truth.clone()),
        ("anything.part at least 2 and anything.part at most 3", truth.clone()),
        ("some d in empty has (code in ICD-10-SE F11 and d.onset before today)", truth.clone()),
        ("count d in anything has (code is \"x\")", number.clone()),
        ("sum of (dose * per_day) in empty", any.clone()),
        ("the latest taken of anything", Ok(Type::Scalar(ScalarType::Date { or_none: true }))),
        ("at least 2 of the latest 3 s in empty by taken have (positive)", truth.clone()),
        ("age at least 20 years", truth.clone()),
        ("if anything then 1 else 2", number),
        ("there is an anything and anything is known", truth),
        ("1 g + 1 kg", Ok(Type::Scalar(ScalarType::Quantity(crate::value::Unit::parse("g").unwrap())))),
        ("nothing at least 2", Err("`nothing` is not declared".to_owned())),
        ("age_now.part", Err("`age_now` is no record, and has no fields".to_owned())),
        ("age_now and yes", Err("this is a number, not a condition".to_owned())),
        ("1 g + 1 m", Err("cannot compare g with m".to_owned())),
    ] {
        assert_eq!(type_of(text), expected, "{text}");
    }
}

#[test]
fn a_guideline_lends_its_names() {
    let text = "guideline a\nfact points: number\ndefine high\n    points at least 7\ntable t by number: c\n    1 2\n";
    let source = Source::new("a.guide", text);
    let (file, found) = parse(FileId(0), text);
    assert_eq!(found, []);
    let guideline = check(&[source], &[file], &CodeLists::new()).0.unwrap();
    let asked = "high and look up points in t for c, otherwise 0 at least age_now";
    let expr = parse_expression(FileId(0), asked).unwrap();
    let both = check_expression(&expr, &schema(), Some(&guideline)).unwrap();
    assert_eq!(both.defines.iter().map(|define| &*define.name).collect::<Vec<_>>(), ["high", "expression"]);
    assert!(both.schema.find("points").is_some() && both.schema.find("age_now").is_some());
    let mut clashing = schema();
    let fact = clashing.iter().next().unwrap().1.clone();
    clashing.add(FactSchema { name: "high".into(), ..fact }).unwrap();
    let found = check_expression(&expr, &clashing, Some(&guideline)).unwrap_err();
    assert_eq!(found[0].message, "`high` is given as a fact, and the guideline has a definition of that name");
}

/// Calls on a thread with a small stack; parsing may take more.
fn findings(text: String) -> usize {
    let file = std::thread::Builder::new().stack_size(8 << 20);
    let parsed = text.clone();
    let file = file.spawn(move || parse(FileId(0), &parsed).0).unwrap().join().unwrap();
    let checking = std::thread::Builder::new().stack_size(768 << 10);
    let sources = [Source::new("a.guide", text)];
    checking.spawn(move || check(&sources, &[file], &CodeLists::new()).1.len()).unwrap().join().unwrap()
}

#[test]
fn deep_and_long_texts_need_little_stack() {
    let head = "guideline a\n    language 1\n    version 1.0.0\n    status draft\nfact w: number\nfact y: yes/no\n";
    let nested = (0..64).fold("w".to_owned(), |inner, _| format!("not y and not w is w + 2 * ({inner}) and y"));
    assert!(findings(format!("{head}define z\n    {nested}\n")) > 60);
    let nested =
        (0..64).fold("w".to_owned(), |inner, _| format!("if not y then w else 2 * round ({inner}) to 2 decimals"));
    assert_eq!(findings(format!("{head}define z\n    {nested}\n")), 0);
    let chain: String = (0..10_000).map(|at| format!("define z{at}\n    z{} and y\n", at + 1)).collect();
    assert_eq!(findings(format!("{head}{chain}define z10000\n    y\n")), 0);
}
