//! Conditions and values: deep, long and explosive.

use super::material::{HEAD, checked, criterion, guideline, many, said, shown};
use super::{Came, Input, Wanted};

pub fn inputs() -> Vec<Input> {
    let input = |name, wanted, attempt| Input { name, wanted, attempt };
    vec![
        input("100,000 opening parentheses", Wanted::Error, || guideline(&criterion(&"(".repeat(100_000)))),
        input("100,000 closing parentheses", Wanted::Error, || guideline(&criterion(&")".repeat(100_000)))),
        input("100,000 pairs of parentheses", Wanted::Error, || {
            guideline(&criterion(&format!("{}a{}", "(".repeat(100_000), ")".repeat(100_000))))
        }),
        input("60 pairs of parentheses", Wanted::Answer, || {
            guideline(&criterion(&format!("{}a{}", "(".repeat(60), ")".repeat(60))))
        }),
        input("60 pairs around a comparison each", Wanted::Any, || {
            guideline(&criterion(&format!("{}a{}", "(b and ".repeat(60), ")".repeat(60))))
        }),
        input("60 open quantifiers", Wanted::Error, || {
            guideline(&criterion(&"some diagnosis in diagnoses has (".repeat(60)))
        }),
        input("a sum of 100,000 terms", Wanted::Any, || guideline(&shown(&many(100_000, " + ", |_| "1".to_owned())))),
        input("a sum of 100,000 facts", Wanted::Any, || guideline(&shown(&many(100_000, " + ", |_| "n".to_owned())))),
        input("a product of 100,000 facts", Wanted::Any, || {
            guideline(&shown(&many(100_000, " * ", |_| "n".to_owned())))
        }),
        input("an `and` of 100,000 parts, checked", Wanted::Answer, || checked(&criterion(&and(100_000)))),
        input("an `and` of 10,000 parts", Wanted::Answer, || guideline(&criterion(&and(10_000)))),
        input("an `or` of 100,000 parts, checked", Wanted::Answer, || checked(&criterion(&or(100_000, " or ")))),
        input("an `or` of 10,000 parts", Wanted::Answer, || guideline(&criterion(&or(10_000, " or ")))),
        input("an `is one of` of 100,000 values, checked", Wanted::Answer, || checked(&criterion(&one_of(100_000)))),
        input("an `is one of` of 10,000 values", Wanted::Answer, || guideline(&criterion(&one_of(10_000)))),
        input("`at least 50,000 of` 100,000, checked", Wanted::Answer, || {
            checked(&criterion(&format!("at least 50000 of ({})", or(100_000, ", "))))
        }),
        input("`at least 5,000 of` 10,000", Wanted::Answer, || {
            guideline(&criterion(&format!("at least 5000 of ({})", or(10_000, ", "))))
        }),
        input("`and` and `or` 100,000 times in turn", Wanted::Error, || {
            guideline(&criterion(&many(50_000, " and ", |_| "a or b".to_owned())))
        }),
        input("100,000 comparisons in a row", Wanted::Error, || {
            guideline(&criterion(&many(100_000, " is ", |_| "n".to_owned())))
        }),
        input("100,000 times `not`", Wanted::Error, || guideline(&criterion(&"not ".repeat(100_000)))),
        input("100,000 times minus", Wanted::Error, || {
            guideline(&criterion(&format!("n is {}1", "-".repeat(100_000))))
        }),
        input("a path of 100,000 names", Wanted::Error, || {
            guideline(&criterion(&many(100_000, ".", |_| "a".to_owned())))
        }),
        input("100,000 times `else if`", Wanted::Any, || {
            guideline(&shown(&format!("{} else 0", many(100_000, " else ", |n| format!("if n is {n} then {n}")))))
        }),
        input("100,000 times `if`", Wanted::Error, || guideline(&shown(&"if ".repeat(100_000)))),
        input("100,000 codes after `in`", Wanted::Any, || {
            guideline(&criterion(&format!(
                "some diagnosis in diagnoses has code in {}",
                many(100_000, ", ", |n| format!("F{:02}", n % 100))
            )))
        }),
        input("30 facts that are unknown", Wanted::Answer, || facts_of_their_own(30, " and ", "{}")),
        input("30 facts that are no", Wanted::Answer, || facts_of_their_own(30, " and ", &no(30))),
        input("pairs of 30 facts that are no", Wanted::Answer, pairs),
        input("4 partial dates, each named twice", Wanted::Answer, || {
            partial_dates("{ d: 2004, e: 2004, birth_date: 2004 }")
        }),
        input("division by nought", Wanted::Answer, || said(&shown("n / (n - n)"), "{ n: 1 }")),
        input("overflow", Wanted::Answer, || said(&shown(&many(60, " * ", |_| "n".to_owned())), "{ n: 999999999 }")),
        input("a date outside the calendar", Wanted::Answer, || {
            said(&shown("9000 years after d"), "{ d: 2004-05-12 }")
        }),
        input("10,000 records, each against each", Wanted::Answer, || records(10_000)),
        input("20,000 records", Wanted::Any, || {
            said(&criterion("count diagnosis in diagnoses has (code in F10-F19) at least 3"), &list(20_000))
        }),
        input("10,000 records with a latest each", Wanted::Any, || {
            said(
                &criterion("at least 2 of the latest 9999 diagnosis in diagnoses by onset have (code in F10-F19)"),
                &list(10_000),
            )
        }),
        input("10,000 different dates within a year", Wanted::Any, || {
            said(
                &criterion("at least 5000 different onset in diagnoses by onset within the same 12 months"),
                &list(10_000),
            )
        }),
    ]
}

fn and(count: usize) -> String {
    many(count, " and ", |n| format!("n at least {n}"))
}

fn or(count: usize, between: &str) -> String {
    many(count, between, |n| format!("n is {n}"))
}

fn one_of(count: usize) -> String {
    format!("n is one of {}", many(count, ", ", |n| n.to_string()))
}

/// A criterion over so many yes/no facts.
fn own_facts(count: usize) -> String {
    many(count, "", |n| format!("fact f{n}: yes/no\n    label en \"F\"\n    question en \"F?\"\n"))
}

fn no(count: usize) -> String {
    format!("{{ {} }}", many(count, ", ", |n| format!("f{n}: no")))
}

fn facts_of_their_own(count: usize, between: &str, facts: &str) -> Came {
    said(&(criterion(&many(count, between, |n| format!("f{n}"))) + &own_facts(count)), facts)
}

/// 2 to the 15th smallest sets of changes.
fn pairs() -> Came {
    let pairs = many(15, " and ", |n| format!("(f{} or f{})", 2 * n, 2 * n + 1));
    said(&(criterion(&pairs) + &own_facts(30)), &no(30))
}

/// Enumerated jointly that would be 366 to the third, and each again.
fn partial_dates(facts: &str) -> Came {
    let between = |from: &str, to: &str| format!("days between {from} and {to}");
    let sum = [between("d", "e"), between("e", "birth_date"), between("birth_date", "d")].join(" + ");
    said(&criterion(&format!("{sum} is 0")), facts)
}

fn records(count: usize) -> Came {
    let each = "some x in diagnoses has (some y in diagnoses has (y.onset after x.onset and y.code in F20))";
    let each = if HEAD.contains("fact diagnoses") { each } else { "a" };
    said(&criterion(&each.replacen("(some", "((some", 1).replacen("F20))", "F20)))", 1)), &list(count))
}

fn list(count: usize) -> String {
    let record = |n: usize| {
        format!("  - {{ code: F1{}.2, onset: {:04}-{:02}-{:02} }}\n", n % 10, 1900 + n % 120, n % 12 + 1, n % 28 + 1)
    };
    format!("diagnoses:\n{}", many(count, "", record))
}
