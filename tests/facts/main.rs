//! Facts from YAML, JSON and typed values: what is read, what is wrong, and that no message holds a patient's value.
#![allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is the failure report")]

mod described;
#[path = "../json_schema/mod.rs"]
mod json_schema;
mod schema;
mod values;

use riktlinje::{
    Date, Duration, DurationUnit, Error, FactError, FactValue, Facts, Guideline, List, ListCompleteness, Number,
    PartialDate, Record, Source,
};
use std::sync::OnceLock;

const GUIDE: &str = r#"guideline test.facts
    language 1
    title en "Facts of every type"
    version 1.0.0
    status draft
    about patient

fact birth_date: date
    label en "Born"
    question en "When?"
fact discharged: date or none
    label en "Discharged"
    question en "When?"
fact registered_county: code from county
    label en "County"
    question en "Which?"
fact sex: one of woman, man, other
    label en "Sex"
    question en "Which?"
fact overdose_risk: yes/no
    label en "Risk"
    question en "Is there?"
fact children: number
    label en "Children"
    question en "How many?"
fact glucose: quantity in mmol/L
    label en "Glucose"
    question en "How much?"
fact temperature: quantity in Cel
    label en "Temperature"
    question en "How much?"
fact note: text
    label en "Note"
    question en "What?"
fact stay: duration
    label en "Stay"
    question en "How long?"
fact leave: period
    label en "Leave"
    question en "From when to when?"
fact diagnoses: list of diagnosis, may be incomplete
    label en "Diagnoses"
    question en "Which?"
    code: code from ICD-10-SE
        label en "Code"
        question en "Which?"
    documented: yes/no
        label en "Documented"
        question en "Is it?"
    onset: date
        label en "Onset"
        question en "When?"
fact referral: record or none
    label en "Referral"
    question en "Is there one?"
    received: date
        label en "Received"
        question en "When?"
    from_role: one of physician, nurse
        label en "From"
        question en "From whom?"
"#;

fn guideline() -> &'static Guideline {
    static GUIDELINE: OnceLock<Guideline> = OnceLock::new();
    GUIDELINE.get_or_init(|| match Guideline::compile([Source::new("facts.guide", GUIDE)]) {
        Ok(guideline) => guideline,
        Err(Error::Guideline(findings)) => panic!("{findings:#?}"),
        Err(error) => panic!("{error}"),
    })
}

/// The lines of an error about facts.
fn lines(result: Result<Facts, Error>) -> Vec<String> {
    match result {
        Ok(_) => Vec::new(),
        Err(Error::Facts(errors)) => errors.iter().map(ToString::to_string).collect(),
        Err(error) => panic!("{error}"),
    }
}

fn yaml(text: &str) -> Result<Facts, Error> {
    guideline().facts_from_yaml(text)
}

fn json(text: &str) -> Result<Facts, Error> {
    guideline().facts_from_json(text)
}

/// What is wrong, in YAML.
fn wrong(text: &str) -> Vec<String> {
    lines(yaml(text))
}

/// A fact's value as it would be written.
fn shown(facts: &Facts, name: &str) -> String {
    match facts.get(name).map(|given| &given.value) {
        None => "not given".to_owned(),
        Some(FactValue::Truth(value)) => value.to_string(),
        Some(FactValue::Number(value)) => value.to_string(),
        Some(FactValue::Quantity(value)) => value.to_string(),
        Some(FactValue::Text(value) | FactValue::Choice(value)) => value.to_string(),
        Some(FactValue::Date(value)) => value.to_string(),
        Some(FactValue::Duration(value)) => value.to_string(),
        Some(FactValue::Period(from, through)) => format!("{from} {through}"),
        Some(FactValue::Code(value)) => value.to_string(),
        Some(FactValue::None) => "none".to_owned(),
        Some(FactValue::Record(record)) => format!("{record:?}"),
        Some(FactValue::List(list)) => format!("{} {:?}", list.records.len(), list.completeness),
    }
}

#[test]
fn reads_every_type() {
    for (text, name, expected) in [
        ("birth_date: 1990", "birth_date", "1990"),
        ("birth_date: 1990-05", "birth_date", "1990-05"),
        ("birth_date: '1990-05-12'", "birth_date", "1990-05-12"),
        ("birth_date: null", "birth_date", "not given"),
        ("birth_date:", "birth_date", "not given"),
        ("birth_date: {fact: 1990}", "birth_date", "1990"),
        ("birth_date: {fact: null, on: 2020-01-01}", "birth_date", "not given"),
        ("discharged: none", "discharged", "none"),
        ("registered_county: \"01\"", "registered_county", "01"),
        ("registered_county: {system: county, code: '14'}", "registered_county", "14"),
        ("sex: woman", "sex", "woman"),
        ("overdose_risk: yes", "overdose_risk", "true"),
        ("overdose_risk: false", "overdose_risk", "false"),
        ("children: 2", "children", "2"),
        ("children: 0.1", "children", "0.1"),
        ("glucose: 7 mmol/L", "glucose", "7 mmol/L"),
        ("glucose: 7000 umol/L", "glucose", "7000 umol/L"),
        ("glucose: {quantity: 7.5, unit: mmol/l}", "glucose", "7.5 mmol/l"),
        ("note: \"3\"", "note", "3"),
        ("stay: 3 months", "stay", "3 months"),
        ("leave: {from: 2026-01-01, through: 2026-01-31}", "leave", "2026-01-01 2026-01-31"),
        ("diagnoses: []", "diagnoses", "0 AsDeclared"),
        ("diagnoses: {open: [{code: F11.2}, {}]}", "diagnoses", "2 Open"),
        ("diagnoses: {complete: []}", "diagnoses", "0 Complete"),
        ("diagnoses: {open: null}", "diagnoses", "not given"),
        ("diagnoses: {fact: {open: []}, on: 2026-01-01}", "diagnoses", "0 Open"),
        ("diagnoses:\n  - code: F112\n    documented: yes\n    onset: 2004\n", "diagnoses", "1 AsDeclared"),
        ("referral: none", "referral", "none"),
        ("referral: {received: 2026-01, from_role: null}", "referral", "{\"received\": date}"),
        ("", "note", "not given"),
        ("# nothing\n", "note", "not given"),
        ("\u{feff}note: \"a\"", "note", "a"),
    ] {
        let facts = yaml(text).unwrap_or_else(|error| panic!("{text}: {error}"));
        assert_eq!(shown(&facts, name), expected, "{text}");
    }
    let facts = json(r#"{"diagnoses":{"open":[{"code":"F11.2","documented":true}]},"glucose":{"fact":{"quantity":7,"unit":"mmol/L"},"on":"2026-01-01","source":"lab"}}"#).unwrap();
    assert_eq!(shown(&facts, "diagnoses"), "1 Open");
    let glucose = facts.get("glucose").unwrap();
    assert_eq!((glucose.on.unwrap().to_string(), glucose.source.as_deref()), ("2026-01-01".to_owned(), Some("lab")));
    assert_eq!(ListCompleteness::default(), ListCompleteness::AsDeclared);
}

#[test]
fn says_what_is_wrong() {
    for (text, expected) in [
        ("birth_dat: 1990", "birth_dat: there is no fact `birth_dat` (line 1, column 1); did you mean `birth_date`?"),
        ("birth_date: 2023-02-29", "birth_date: there is no such day in the calendar (line 1, column 13); check year"),
        ("birth_date: 20061122", "birth_date: a day is written with hyphens (line 1, column 13); write `2004-05-12`"),
        ("birth_date: 99999", "birth_date: there is no such day in the calendar (line 1, column 13)"),
        (
            "birth_date: 99999-01-01",
            "birth_date: expected a date, found a text (line 1, column 13); write `2004-05-12`",
        ),
        ("birth_date: 98", "birth_date: expected a date, found a number"),
        ("birth_date: 1990-05-12T10:00", "birth_date: a date has no time of day"),
        ("birth_date: none", "birth_date: `none` fits only what is declared `date or none`"),
        ("birth_date: okänt", "birth_date: what is not known is left out"),
        (
            "registered_county: 01",
            "registered_county: expected a code from county, found a number (line 1, column 20); a code that starts with a digit stands in quotes, such as `\"01\"`",
        ),
        ("registered_county: 14", "registered_county: expected a code from county, found a number"),
        (
            "registered_county: \"02\"",
            "registered_county: not well formed in county (line 1, column 20); its form is the two digits of a county that there is",
        ),
        (
            "diagnoses: [{code: f11.2}]",
            "diagnoses[0].code: not well formed in ICD-10-SE (line 1, column 20); codes have capital letters and no blanks",
        ),
        (
            "diagnoses:\n  - code: F11.2\n    cod: 1\n",
            "diagnoses[0].cod: there is no field `cod` (line 3, column 5); did you mean `code`?",
        ),
        ("diagnoses: F11.2", "diagnoses: expected a list of diagnosis, found a text"),
        ("diagnoses: {opn: []}", "diagnoses: expected a list of diagnosis, found a set of keys"),
        (
            "diagnoses: [F11.2]",
            "diagnoses[0]: expected a diagnosis with its fields, found a text (line 1, column 13); its fields are code, documented, onset",
        ),
        (
            "glucose: 7",
            "glucose: a quantity without its unit (line 1, column 10); write the unit too, such as `7 mmol/L`",
        ),
        ("glucose: 7 mg/dL", "glucose: mg/dL cannot be converted to mmol/L"),
        ("glucose: 7 mmol/LL", "glucose: not a unit that is read"),
        ("glucose: {quantity: 7}", "glucose: expected a quantity in mmol/L, found a set of keys"),
        ("children: \"2\"", "children: expected a number, found a text (line 1, column 11); leave out the quotes"),
        ("children: 7,5", "children: a number has a point and no comma"),
        ("children: 08", "children: a number with a spare nought (line 1, column 11); write `8`, not `08`"),
        ("children: 1e400", "children: outside the range of numbers"),
        ("children: 7_5", "children: expected a number, found a text"),
        ("children: 1234567890123456", "children: a number of more than 15 digits"),
        ("children: .inf", "children: outside the range of numbers"),
        ("note: 3", "note: expected a text, found a number (line 1, column 7); write it in quotes"),
        ("sex: kvinna", "sex: expected one of woman, man, other, found a text"),
        (
            "overdose_risk: 1",
            "overdose_risk: expected yes or no, found a number (line 1, column 16); write `yes` or `no`",
        ),
        ("stay: 3 m", "stay: expected a duration, found a text"),
        ("leave: {from: 2026-02-01, through: 2026-01-01}", "leave: the period ends before it begins"),
        ("leave: {from: 2026-02, through: 2026-03}", "leave: expected a whole date"),
        ("note: {fact: \"x\", on: 2026}", "note.on: expected a whole date (line 1, column 23)"),
        ("note: \"x\"\nnote: \"y\"", "`note` stands twice (line 2, column 1); keep one of the two"),
        ("[1]", "expected facts, found a list"),
        ("note: \"x\"\n---\nnote: \"y\"", "there is text after the end of the document"),
        ("a: &x 1\nb: *x", "anchors and references are not read (line 1, column 4)"),
        ("note: !x 1", "tags are not read (line 1, column 7)"),
        ("note: \"x", "a quote is not closed on its line (line 1, column 7)"),
        ("<<: {note: x}", "<<: there is no fact `<<`"),
        ("note: \u{0}", "not readable as YAML"),
        ("note: [", "not readable as YAML"),
    ] {
        let found = wrong(text);
        assert!(found.len() == 1 && found.first().unwrap().starts_with(expected), "{text}: {found:#?}");
    }
    let all = wrong("birth_dat: 1\nnote: 3\nnote: \"x\"\nglucose: 7\n");
    assert_eq!(all.len(), 4, "{all:#?}");
    let many: String = (0..2_000).map(|number| format!("x{number}: 1\n")).collect();
    assert_eq!(wrong(&many).last().unwrap(), "1900 more mistakes are not shown");
}

#[test]
fn keeps_the_value_apart() {
    let secret = "19121212-1212";
    for text in [
        "birth_date: 19121212-1212",
        "registered_county: \"19121212-1212\"",
        "glucose: 7 19121212-1212",
        "sex: \"19121212-1212\"",
        "diagnoses: [\"19121212-1212\"]",
        "diagnoses: {\"open\": \"19121212-1212\"}",
        "overdose_risk: 19121212-1212",
        "note: {fact: \"x\", on: 19121212-1212}",
        "referral: 19121212-1212",
    ] {
        let error = yaml(text).unwrap_err();
        let printed = format!("{error:?} {error}");
        assert!(!printed.contains(secret), "{printed}");
        let Error::Facts(errors) = error else { panic!("{error}") };
        let full: String = errors.iter().map(FactError::with_value).collect();
        assert!(full.contains(secret) || text.contains("open"), "{full}");
    }
    let facts = yaml("note: \"19121212-1212\"").unwrap();
    assert!(!format!("{facts:?} {:?}", facts.get("note")).contains(secret));
}

#[test]
fn json_is_strict() {
    for (text, expected) in [
        ("{\"note\":\"x\",\"note\":\"y\"}", "`note` stands twice (line 1, column 13); keep one of the two"),
        ("{} x", "there is text after the end of the document (line 1, column 4)"),
        ("{\"note\":", "not readable as JSON: EOF while parsing a value (line 1, column 8)"),
        ("{\"children\":1e999}", "not readable as JSON: number out of range"),
        ("{\"children\":0.1234567890123456789}", "children: a number of more than 15 digits"),
        ("", "not readable as JSON: EOF while parsing a value"),
        ("{\"registered_county\":1}", "registered_county: expected a code from county, found a number"),
    ] {
        let found = lines(json(text));
        assert!(found.len() == 1 && found.first().unwrap().starts_with(expected), "{text}: {found:#?}");
    }
    assert!(json(&"[".repeat(200_000)).is_err());
    assert!(json(&"{\"a\":".repeat(200_000)).is_err());
}

#[test]
fn builds_without_text() {
    let day = Date::from_ymd(2026, 10, 1).unwrap();
    let diagnoses = || List::new([Record::new().with("code", "F11.2").with("documented", true)]).open();
    let facts = guideline()
        .facts()
        .set("birth_date", day)
        .set("children", 2)
        .set("registered_county", "01")
        .on("registered_county", day)
        .source("registered_county", "register")
        .set("sex", FactValue::Choice("woman".into()))
        .set("glucose", "7 mmol/L")
        .set("discharged", FactValue::None)
        .set("diagnoses", diagnoses())
        .set("referral", Record::new().with("from_role", "nurse"))
        .build()
        .unwrap();
    let text = "birth_date: 2026-10-01\nchildren: 2\nregistered_county: {fact: \"01\", on: 2026-10-01, source: register}\nsex: woman\nglucose: 7 mmol/L\ndischarged: none\ndiagnoses: {open: [{code: F11.2, documented: yes}]}\nreferral: {from_role: nurse}\n";
    assert!(facts == yaml(text).unwrap());
    let errors = guideline()
        .facts()
        .set("birth_dat", day)
        .set("children", true)
        .set("registered_county", "1")
        .set("glucose", Number::ONE)
        .set("diagnoses", Record::new())
        .set("referral", Record::new().with("from", day).with("received", 3))
        .on("note", day)
        .build()
        .unwrap_err();
    let expected = [
        "birth_dat: there is no fact `birth_dat`; did you mean `birth_date`?",
        "children: expected a number, found yes/no",
        "registered_county: not well formed in county; its form is the two digits of a county that there is, such as `01` or `14`",
        "glucose: expected a quantity in mmol/L, found number",
        "diagnoses: expected a list of diagnosis, found record",
        "referral.from: there is no field `from`",
        "referral.received: expected a date, found number",
    ];
    assert_eq!(errors.to_string(), expected.join("\n"));
    let errors = guideline().facts().on("note", day).build().unwrap_err();
    assert_eq!(errors.to_string(), "note: its day or source is given and its value is not; set the fact, too");
}

#[test]
fn what_no_text_can_say_is_not_built() {
    let refused = |name: &str, value: FactValue| guideline().facts().set(name, value).build().unwrap_err().to_string();
    let no_day = "there is no such day in the calendar";
    // As a caller counts who counts months from nought, or whose year was not filled in.
    for date in [
        PartialDate::Month { year: 2004, month: 0 },
        PartialDate::Month { year: 2004, month: 13 },
        PartialDate::Month { year: 0, month: 1 },
        PartialDate::Year(0),
        PartialDate::Year(10_000),
    ] {
        assert!(refused("birth_date", date.into()).starts_with(&format!("birth_date: {no_day}")), "{date:?}");
        assert!(refused("discharged", date.into()).starts_with(&format!("discharged: {no_day}")), "{date:?}");
        let error = refused("referral", Record::new().with("received", date).into());
        assert!(error.starts_with(&format!("referral.received: {no_day}")), "{error}");
        let error = refused("diagnoses", List::new([Record::new().with("onset", date)]).into());
        assert!(error.starts_with(&format!("diagnoses[0].onset: {no_day}")), "{error}");
    }
    for date in [PartialDate::Month { year: 9999, month: 12 }, PartialDate::Year(1)] {
        assert!(guideline().facts().set("birth_date", date).build().is_ok(), "{date:?}");
    }
    let below = Duration::new(-1, DurationUnit::Months);
    assert!(refused("stay", below.into()).starts_with("stay: a duration is not below nought"));
    assert!(guideline().facts().set("stay", Duration::new(0, DurationUnit::Days)).build().is_ok());
}
