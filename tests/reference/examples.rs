//! The walker itself, on the examples and the edges of LANGUAGE.

use super::{Completeness, Fact, Guide, Patient, Record, parse_day};
use crate::agreement::of_reference;
use riktlinje::syntax::{self, FileId};

const DECLARATIONS: &str = r#"
guideline test.examples
    language 1
    title en "examples"
    version 1.0.0
    status draft
    about patient
codes dependence from ICD-10-SE
    F11.2 except F11.2F
codes home from county
    "01"
fact birth_date: date
fact visit: date
fact discharge: date or none
fact county: code from county
fact code: code from ICD-10-SE
fact flag: yes/no
fact risk: yes/no, not mentioned means no
fact score: number
fact fresh: number
    valid for 3 months
fact weight: quantity in kg
fact referral: record or none
    received: date
    role: one of red, blue
fact open_list: list of item, may be incomplete
    happened: date
    good: yes/no
    kind: code from ICD-10-SE
    much: number
fact full_list: list of thing, complete
    happened: date
    good: yes/no
    kind: code from ICD-10-SE
    much: number
parameter unset: number, set by the region
    our interpretation "a test"
"#;

fn date(text: &str) -> Fact {
    let (first, last) = parse_day(text).unwrap();
    Fact::Date(first, last)
}

/// `2024-01-01 good F11.2`, `? bad ?`: a record; `?` is a field that was not given.
fn record(text: &str) -> Record {
    let mut record = Record::new();
    let parts: Vec<&str> = text.split(' ').collect();
    for (name, part) in ["happened", "good", "kind", "much"].iter().zip(parts) {
        let value = match (*name, part) {
            (_, "?") => continue,
            ("happened", day) => date(day),
            ("good", word) => Fact::YesNo(word == "good"),
            ("kind", code) => Fact::Code(code.to_owned()),
            (_, number) => Fact::Number(number.to_owned()),
        };
        record.insert((*name).to_owned(), value);
    }
    record
}

fn list(records: &[&str]) -> Fact {
    Fact::List(records.iter().map(|text| record(text)).collect(), Completeness::AsDeclared)
}

fn says(expression: &str, facts: &[(&str, Fact)], today: &str) -> String {
    says_with("", expression, facts, today)
}

fn says_with(more: &str, expression: &str, facts: &[(&str, Fact)], today: &str) -> String {
    let text = format!("{DECLARATIONS}{more}define answer\n    {expression}\n    show\n");
    let (file, diagnostics) = syntax::parse(FileId(0), &text);
    assert!(diagnostics.is_empty(), "{expression}: {:?}", diagnostics[0].message());
    let mut patient = Patient::default();
    for (name, value) in facts {
        patient.set(name, value.clone());
    }
    let words = of_reference(&Guide::new(&[&file]).answers(&patient, parse_day(today).unwrap().0));
    words.into_iter().find(|(id, _)| id == "define.answer").unwrap().1
}

/// Expression, facts, date, value.
type Row<'r> = (&'r str, &'r [(&'r str, Fact)], &'r str, &'r str);

fn table(rows: &[Row<'_>]) {
    for (expression, facts, today, expected) in rows {
        assert_eq!(says(expression, facts, today), *expected, "{expression} on {today} with {facts:?}");
    }
}

#[test]
fn age_and_the_leap_day() {
    let leap = [("birth_date", date("2004-02-29"))];
    table(&[
        ("age at least 20 years", &leap, "2024-02-28", "no"),
        ("age at least 20 years", &leap, "2024-02-29", "yes"),
        ("age at least 19 years", &leap, "2023-02-27", "no"),
        ("age at least 19 years", &leap, "2023-02-28", "yes"),
        ("age 19 years or older", &leap, "2023-02-28", "yes"),
        ("age more than 65 years", &[("birth_date", date("1960-05-05"))], "2026-05-04", "no"),
        ("age more than 65 years", &[("birth_date", date("1960-05-05"))], "2026-05-05", "yes"),
        ("age from 13 years to 21 years", &[("birth_date", date("2004-05-05"))], "2026-05-04", "yes"),
        ("age from 13 years to 21 years", &[("birth_date", date("2004-05-05"))], "2026-05-05", "no"),
        ("age at least 20 years", &[("birth_date", date("2006"))], "2026-06-01", "unknown"),
        ("age at least 20 years", &[("birth_date", date("2006"))], "2026-12-31", "yes"),
        ("age at least 20 years", &[("birth_date", date("2006"))], "2025-12-31", "no"),
        ("age on visit at least 1 month", &[("birth_date", date("2024-01-31"))], "2026-01-01", "unknown"),
    ]);
    let march = "leap day birthday is 1 March\n    our interpretation \"a test\"\n";
    assert_eq!(says_with(march, "age at least 19 years", &leap, "2023-02-28"), "no");
    assert_eq!(says_with(march, "age at least 19 years", &leap, "2023-03-01"), "yes");
    assert_eq!(says_with(march, "age at least 20 years", &leap, "2024-02-29"), "yes");
}

#[test]
fn dates_known_in_part() {
    let may = [("visit", date("2024-05"))];
    table(&[
        ("visit before 2024-05-01", &may, "2026-01-01", "no"),
        ("visit before 2024-05-02", &may, "2026-01-01", "unknown"),
        ("visit before 2024-06-01", &may, "2026-01-01", "yes"),
        ("visit is 2024-05-12", &may, "2026-01-01", "unknown"),
        ("visit is 2024-06-12", &may, "2026-01-01", "no"),
        ("visit during 2024", &may, "2026-01-01", "yes"),
        // The same date twice in one comparison is one date.
        ("visit is visit", &may, "2026-01-01", "yes"),
        ("visit before (1 day after visit)", &may, "2026-01-01", "yes"),
        // Across comparisons it is not seen through.
        ("visit before 2024-05-10 or visit on or after 2024-05-10", &may, "2026-01-01", "unknown"),
        ("visit", &may, "2026-01-01", "2024-05-01 through 2024-05-31"),
        ("1 year after visit", &[("visit", date("2024-02-29"))], "2026-01-01", "2025-02-28"),
        ("visit at least 1 year before today", &[("visit", date("2024-02-29"))], "2025-02-28", "yes"),
        ("visit within 14 days before today", &[("visit", date("2024-02-29"))], "2024-03-14", "yes"),
        ("visit within 14 days before today", &[("visit", date("2024-02-29"))], "2024-03-15", "no"),
        ("visit within 14 days of today", &[("visit", date("2024-02-29"))], "2024-02-15", "yes"),
        ("years between visit and today", &[("visit", date("2024-02-29"))], "2023-02-28", "-1"),
    ]);
}

#[test]
fn absent_is_known() {
    let none = [("discharge", Fact::None), ("referral", Fact::None)];
    table(&[
        ("discharge is 2024-01-01", &none, "2024-01-01", "no"),
        ("discharge is not 2024-01-01", &none, "2024-01-01", "no"),
        ("discharge is known", &none, "2024-01-01", "yes"),
        ("1 day after discharge", &none, "2024-01-01", "none"),
        ("there is a referral", &none, "2024-01-01", "no"),
        ("there is no referral", &none, "2024-01-01", "yes"),
        ("there is a referral", &[], "2024-01-01", "unknown"),
        ("referral.role is red", &none, "2024-01-01", "no"),
        ("referral.role is not red", &none, "2024-01-01", "no"),
        ("referral.role is known", &none, "2024-01-01", "yes"),
        ("the latest happened of full_list", &[("full_list", list(&[]))], "2024-01-01", "none"),
        ("the latest happened of full_list", &[], "2024-01-01", "unknown"),
        ("the latest happened of open_list", &[("open_list", list(&[]))], "2024-01-01", "unknown"),
    ]);
}

#[test]
fn codes_and_their_hierarchy() {
    let recorded = |code: &str| [("code", Fact::Code(code.to_owned()))];
    table(&[
        ("code in dependence", &recorded("F11.2"), "2024-01-01", "yes"),
        ("code in dependence", &recorded("F11.2C"), "2024-01-01", "yes"),
        ("code in dependence", &recorded("F112C"), "2024-01-01", "yes"),
        ("code in dependence", &recorded("F11.2F"), "2024-01-01", "no"),
        ("code in dependence", &recorded("F11"), "2024-01-01", "unknown"),
        ("code in dependence", &recorded("F11.1"), "2024-01-01", "no"),
        ("code not in dependence", &recorded("F11"), "2024-01-01", "unknown"),
        ("code is F11.2", &recorded("F11"), "2024-01-01", "unknown"),
        ("code is F11", &recorded("F11.2"), "2024-01-01", "no"),
        ("code in F10-F19", &recorded("F19.2"), "2024-01-01", "yes"),
        ("code in F10-F19", &recorded("F20"), "2024-01-01", "no"),
        ("county in home", &[("county", Fact::Code("01".to_owned()))], "2024-01-01", "yes"),
        ("county in home", &[("county", Fact::Code("14".to_owned()))], "2024-01-01", "no"),
        ("county in home", &[], "2024-01-01", "unknown"),
    ]);
}

#[test]
fn open_and_complete_lists() {
    let open = |records: &[&str]| [("open_list", list(records))];
    let full = |records: &[&str]| [("full_list", list(records))];
    table(&[
        ("some item in open_list has good", &open(&["? good"]), "2024-01-01", "yes"),
        ("some item in open_list has good", &open(&["? bad"]), "2024-01-01", "unknown"),
        ("every item in open_list has good", &open(&["? good"]), "2024-01-01", "unknown"),
        ("every item in open_list has good", &open(&["? bad"]), "2024-01-01", "no"),
        ("no item in open_list has good", &open(&["? good"]), "2024-01-01", "no"),
        ("no item in open_list has good", &open(&["? bad"]), "2024-01-01", "unknown"),
        ("no recorded item in open_list has good", &open(&["? bad"]), "2024-01-01", "yes"),
        ("some recorded item in open_list has good", &[], "2024-01-01", "unknown"),
        ("some thing in full_list has good", &full(&[]), "2024-01-01", "no"),
        ("every thing in full_list has good", &full(&[]), "2024-01-01", "yes"),
        ("count item in open_list has (good) at least 1", &open(&["? good"]), "2024-01-01", "yes"),
        ("count item in open_list has (good) at most 1", &open(&["? good"]), "2024-01-01", "unknown"),
        ("count item in open_list has (good) at most 1", &open(&["? good", "? good"]), "2024-01-01", "no"),
        ("count thing in full_list has (good)", &full(&["? good", "? ?", "? bad"]), "2024-01-01", "1 through 2"),
        ("sum of much in full_list", &full(&["? ? ? 1.5", "? ? ? 2"]), "2024-01-01", "7/2"),
        (
            "sum of (much) in full_list that are (good)",
            &full(&["? ? ? 1.5", "? bad ? 2"]),
            "2024-01-01",
            "0 through 3/2",
        ),
        (
            "the latest happened of full_list",
            &full(&["2024-01-01 good", "2024-02 ?"]),
            "2024-01-01",
            "2024-02-01 through 2024-02-29",
        ),
        (
            "the latest thing in full_list by happened has good",
            &full(&["2024-01-31 good", "2024-01 bad", "2023 bad"]),
            "2024-01-01",
            "unknown",
        ),
        (
            "the latest thing in full_list by happened has good",
            &full(&["2024-01-31 good", "2023 bad"]),
            "2024-01-01",
            "yes",
        ),
        ("the latest thing in full_list by happened has good", &full(&[]), "2024-01-01", "no"),
        ("the latest item in open_list by happened has good", &open(&["2024-01-31 good"]), "2024-01-01", "unknown"),
        (
            "at least 2 of the latest 3 thing in full_list by happened have good",
            &full(&["2024-01-04 good", "2024-01-03 bad", "2024-01-02 good", "2024-01-01 bad"]),
            "2024-01-01",
            "yes",
        ),
        (
            "at least 2 of the latest 3 thing in full_list by happened have good",
            &full(&["2024-01-04 good", "2024-01-03 bad", "2024-01-02 bad", "2024-01-01 good"]),
            "2024-01-01",
            "no",
        ),
        ("at least 2 different kind in full_list", &full(&["? ? F10", "? ? F11", "? ? F10"]), "2024-01-01", "yes"),
        ("at least 3 different kind in full_list", &full(&["? ? F10", "? ? F11", "? ? F10"]), "2024-01-01", "no"),
        ("at least 3 different kind in full_list", &full(&["? ? F10", "? ? F11", "? ? ?"]), "2024-01-01", "unknown"),
        (
            "at least 2 different kind in full_list by happened within the same 12 months",
            &full(&["2022-01-01 ? F10", "2023-01-01 ? F11"]),
            "2024-01-01",
            "yes",
        ),
        (
            "at least 2 different kind in full_list by happened within the same 12 months",
            &full(&["2022-01-01 ? F10", "2023-01-02 ? F11"]),
            "2024-01-01",
            "no",
        ),
    ]);
}

#[test]
fn numbers_gaps_and_old_facts() {
    let number = |text: &str| [("score", Fact::Number(text.to_owned()))];
    table(&[
        ("score + 0.1 + 0.2", &number("0"), "2024-01-01", "3/10"),
        ("1 / score", &number("0"), "2024-01-01", "unknown"),
        ("1 / score at least 0", &number("0"), "2024-01-01", "unknown"),
        ("if flag then 1 else 3", &[], "2024-01-01", "1 through 3"),
        ("(if flag then 1 else 3) at most 3", &[], "2024-01-01", "yes"),
        ("round score to 0 decimals", &number("2.5"), "2024-01-01", "3"),
        ("risk", &[], "2024-01-01", "no"),
        ("risk is known", &[], "2024-01-01", "yes"),
        ("flag is known", &[], "2024-01-01", "no"),
        ("score at least unset", &number("1"), "2024-01-01", "unknown"),
        (
            "weight at least 50 kg",
            &[("weight", Fact::Quantity("50000".to_owned(), "g".to_owned()))],
            "2024-01-01",
            "yes",
        ),
        ("flag or not flag", &[], "2024-01-01", "unknown"),
        ("at least 2 of (flag, risk, score is 1)", &number("1"), "2024-01-01", "unknown"),
        ("at least 3 of (flag, risk, score is 1)", &number("1"), "2024-01-01", "no"),
    ]);
    let mut patient = Patient::default();
    let on = Some(parse_day("2024-01-31").unwrap().0);
    patient.facts.insert("fresh".to_owned(), super::Given { value: Fact::Number("1".to_owned()), on });
    let text = format!("{DECLARATIONS}define answer\n    fresh\n    show\n");
    let (file, _) = syntax::parse(FileId(0), &text);
    let guide = Guide::new(&[&file]);
    for (today, expected) in [("2024-04-30", "1"), ("2024-05-01", "unknown")] {
        let words = of_reference(&guide.answers(&patient, parse_day(today).unwrap().0));
        assert_eq!(words[0].1, expected, "{today}");
    }
}

#[test]
fn the_walker_sees_nothing_but_the_syntax() {
    let library = concat!("riktlinje", "::");
    for entry in std::fs::read_dir(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/reference")).unwrap() {
        let path = entry.unwrap().path();
        let text = std::fs::read_to_string(&path).unwrap();
        for line in text.lines().filter(|line| line.contains(library)) {
            assert!(line.contains(&format!("{library}syntax")), "{}: {line}", path.display());
        }
    }
}
