//! Rule files.

use super::material::{Chance, HEAD, checked, criterion, guideline, many, said, sources, to_come, with};
use super::{Came, Input, Wanted};
use riktlinje::Source;

pub fn inputs() -> Vec<Input> {
    let input = |name, wanted, attempt| Input { name, wanted, attempt };
    vec![
        input("nothing at all", Wanted::Error, || guideline("")),
        input("blanks and comments", Wanted::Error, || guideline("  \n# hello\n\t\n")),
        input("1 MiB of random bytes", Wanted::Error, || bytes(&mut Chance::new(1), 0..256)),
        input("1 MiB of random ASCII", Wanted::Error, || bytes(&mut Chance::new(2), 9..127)),
        input("1 MiB of random words of the language", Wanted::Error, random_words),
        input("1 MiB of one name", Wanted::Error, || guideline(&"a".repeat(1 << 20))),
        input("1 MiB of line ends", Wanted::Error, || guideline(&"\n".repeat(1 << 20))),
        input("1 MiB of quotes", Wanted::Error, || guideline(&"\"".repeat(1 << 20))),
        input("1 MiB of comment signs", Wanted::Error, || guideline(&"#".repeat(1 << 20))),
        input("500,000 declarations that are none", Wanted::Error, || guideline(&"x\n".repeat(500_000))),
        input("100,000 declarations that break off", Wanted::Error, || guideline(&with(&"fact\n".repeat(100_000)))),
        input("invalid UTF-8", Wanted::Error, || match Source::from_bytes("bad.guide", vec![b'g', 0xff, 0xfe]) {
            Ok(source) => sources(vec![source]),
            Err(at) => Came::Error(format!("not UTF-8 at byte {at}")),
        }),
        input("NUL", Wanted::Error, || guideline(&criterion("a\0"))),
        input("a lone carriage return", Wanted::Error, || guideline(&HEAD.replace('\n', "\r"))),
        input("a text of 1 MiB", Wanted::Any, || {
            guideline(&HEAD.replace("\"Bad\"", &format!("\"{}\"", "x".repeat(1 << 20))))
        }),
        input("an open text of 1 MiB", Wanted::Error, || {
            guideline(&HEAD.replace("\"Bad\"", &format!("\"{}", "x".repeat(1 << 20))))
        }),
        input("29 February 2023", Wanted::Error, || guideline(&criterion("d on or after 2023-02-29"))),
        input("the year 99999", Wanted::Error, || guideline(&criterion("d on or after 99999-01-01"))),
        input("a number of 100,000 digits", Wanted::Error, || {
            guideline(&criterion(&format!("n at least {}", "9".repeat(100_000))))
        }),
        input("a duration that leaves the calendar", Wanted::Any, || {
            guideline(&criterion("d at least 999999999 years before today"))
        }),
        input("a definition of itself", Wanted::Error, || {
            guideline(&with("define x\n    label en \"X\"\n    not x\n"))
        }),
        input("two definitions of each other", Wanted::Error, || {
            guideline(&with("define x\n    label en \"X\"\n    not y\ndefine y\n    label en \"Y\"\n    not x\n"))
        }),
        input("a circle of 10,000 definitions", Wanted::Error, || guideline(&definitions(10_000, "x9999"))),
        input("a chain of 10,000 definitions", Wanted::Answer, || guideline(&chain(10_000, ""))),
        input("a chain of 10,000 definitions, answered", Wanted::Answer, || said(&chain(10_000, ""), "{ a: no }")),
        input("a chain of 10,000 definitions on a fault", Wanted::Answer, || {
            said(&chain_on(10_000, "(1 / n at least 2)"), "{ n: 0 }")
        }),
        input("conditions that double 60 times, on a fault", Wanted::Answer, || {
            said(&doubling_conditions(), "{ n: 0 }")
        }),
        input("a chain of 10,000 definitions, what is to come of it", Wanted::Answer, || {
            to_come(&chain_on(10_000, "age at least 20 years"), "{ birth_date: 2010-01-01 }")
        }),
        input("a chain of 1,000 rules", Wanted::Answer, || {
            let rule = |n: usize| {
                format!(
                    "eligibility r{}\n    label en \"R\"\n    our interpretation \"x\"\n    require c: r{n} is met\n        label en \"C\"\n",
                    n + 1
                )
            };
            let first = "eligibility r0\n    label en \"R\"\n    our interpretation \"x\"\n    require c: a\n        label en \"C\"\n";
            guideline(&with(&format!("{first}{}", many(1_000, "", rule))))
        }),
        input("a chain of 10,000 definitions, backwards", Wanted::Answer, backwards),
        input("definitions that double 60 times", Wanted::Answer, || {
            doubling("define it\n    label en \"It\"\n    x60\n    show\n")
        }),
        input("a rule on definitions that double 60 times", Wanted::Answer, || doubling(ON_DOUBLES)),
        input("two rules of each other", Wanted::Error, || guideline(&with(TWO_RULES))),
        input("two packs of one name", Wanted::Error, || {
            let user = with("").replace("    about patient\n", "    about patient\n    uses common.x\n");
            sources(vec![
                Source::new("bad.guide", user),
                pack("one.guide", "common.x", ""),
                pack("two.guide", "common.x", ""),
            ])
        }),
        input("a pack that is not there", Wanted::Error, || {
            guideline(&with("").replace("    about patient\n", "    about patient\n    uses common.x\n"))
        }),
        input("two packs that use each other", Wanted::Any, || {
            let user = with("").replace("    about patient\n", "    about patient\n    uses common.x\n");
            let (x, y) = (pack("x.guide", "common.x", "common.y"), pack("y.guide", "common.y", "common.x"));
            sources(vec![Source::new("bad.guide", user), x, y])
        }),
        input("a guideline that uses itself", Wanted::Any, || {
            guideline(&with("").replace("    about patient\n", "    about patient\n    uses bad\n"))
        }),
        input("1,000 packs that use each the next", Wanted::Any, || {
            let user = with("").replace("    about patient\n", "    about patient\n    uses p0\n");
            let packs = (0..1_000).map(|n| pack(&format!("{n}.guide"), &format!("p{n}"), &format!("p{}", n + 1)));
            sources(std::iter::once(Source::new("bad.guide", user)).chain(packs).collect())
        }),
        input("100,000 criteria, checked", Wanted::Answer, || checked(&criteria(100_000))),
        input("10,000 criteria", Wanted::Answer, || guideline(&criteria(10_000))),
        input("10,000 exceptions of one criterion", Wanted::Any, || {
            let exceptions = many(10_000, "", |n| {
                format!(
                    "        exception x{n}: b then refer to p\n            label en \"X\"\n            our interpretation \"x\"\n"
                )
            });
            guideline(&(criterion("a") + &exceptions + "party p en \"P\"\n"))
        }),
        input("100,000 facts", Wanted::Any, || {
            guideline(&with(&many(50_000, "", |n| {
                format!("fact f{n}: yes/no\n    label en \"F\"\n    question en \"F?\"\n")
            })))
        }),
        input("50,000 facts of one name", Wanted::Error, || {
            guideline(&with(&many(50_000, "", |_| {
                "fact f: yes/no\n    label en \"F\"\n    question en \"F?\"\n".to_owned()
            })))
        }),
        input("20,000 unknown names", Wanted::Error, || {
            guideline(&with(&many(20_000, "", |n| format!("define x{n}\n    label en \"X\"\n    unknown_name_{n}\n"))))
        }),
        input("100,000 codes", Wanted::Any, || {
            guideline(&with(&format!(
                "codes c from RxNorm\n    {}\n",
                many(100_000, "\n    ", |n| format!("\"{}\"", n + 1))
            )))
        }),
        input("a table of 50,000 rows", Wanted::Any, || {
            let rows = many(50_000, "", |n| format!("    {n} {n}\n"));
            guideline(&with(&format!("table t by number: v\n{rows}")))
        }),
        input("a choice of 100,000 words", Wanted::Any, || {
            guideline(&with(&format!(
                "fact c: one of {}\n    label en \"C\"\n    question en \"C?\"\n",
                many(100_000, ", ", |n| format!("w{n}"))
            )))
        }),
        input("1 MiB of small declarations, checked", Wanted::Answer, || checked(&small_declarations(1 << 20))),
        input("100 KiB of small declarations, evaluated", Wanted::Answer, || guideline(&small_declarations(100 << 10))),
    ]
}

fn criteria(count: usize) -> String {
    let criteria = many(count, "", |n| format!("    require c{n}: a\n        label en \"C\"\n"));
    with(&format!("eligibility r\n    label en \"R\"\n    our interpretation \"x\"\n{criteria}"))
}

/// A file of that many bytes: definitions that name each the one before, every fourth a rule.
pub fn small_declarations(bytes: usize) -> String {
    let mut text = HEAD.to_owned();
    let mut n = 0;
    while text.len() < bytes {
        text.push_str(&format!("define x{n}\n    label en \"X\"\n    a and n at least {n}\n"));
        if n % 4 == 0 {
            text.push_str(&format!("eligibility r{n}\n    label en \"R\"\n    our interpretation \"x\"\n    require c: x{n}\n        label en \"C\"\n"));
        } else {
            text.push_str("    show\n");
        }
        n += 1;
    }
    text
}

const TWO_RULES: &str = "eligibility r\n    label en \"R\"\n    our interpretation \"x\"\n    require c: s is met\n        label en \"C\"\n\
eligibility s\n    label en \"S\"\n    our interpretation \"x\"\n    require c: r is met\n        label en \"C\"\n";

fn pack(file: &str, name: &str, uses: &str) -> Source {
    let uses = if uses.is_empty() { String::new() } else { format!("    uses {uses}\n") };
    let text = format!(
        "guideline {name}\n    language 1\n    title en \"P\"\n    version 1.0.0\n    status draft\n    about patient\n{uses}"
    );
    Source::new(file, text)
}

fn definitions(count: usize, first: &str) -> String {
    let mut text = with(&format!("define x0\n    label en \"X\"\n    not {first}\n"));
    text.push_str(&many(count - 1, "", |n| format!("define x{}\n    label en \"X\"\n    not x{n}\n", n + 1)));
    text
}

/// Each definition names the one before, a rule the last.
fn chain(count: usize, more: &str) -> String {
    chain_on(count, "a") + more
}

/// The first of them says the opposite of that condition.
fn chain_on(count: usize, first: &str) -> String {
    let rule = format!(
        "eligibility r\n    label en \"R\"\n    our interpretation \"x\"\n    require c: x{}\n        label en \"C\"\n",
        count - 1
    );
    definitions(count, first) + &rule
}

/// Each condition names the one before twice, the first is a fault.
fn doubling_conditions() -> String {
    let text = many(60, "", |n| format!("define x{}\n    label en \"X\"\n    x{n} and (a or x{n})\n", n + 1));
    let rule =
        "eligibility r\n    label en \"R\"\n    our interpretation \"x\"\n    require c: x60\n        label en \"C\"\n";
    with(&format!("{rule}define x0\n    label en \"X\"\n    1 / n at least 2\n{text}"))
}

/// Each definition names the one after.
fn backwards() -> Came {
    let last = 9_999;
    let text = many(last, "", |n| format!("define x{n}\n    label en \"X\"\n    not x{}\n", n + 1));
    let rule =
        "eligibility r\n    label en \"R\"\n    our interpretation \"x\"\n    require c: x0\n        label en \"C\"\n";
    guideline(&with(&format!("{rule}{text}define x{last}\n    label en \"X\"\n    not a\n")))
}

const ON_DOUBLES: &str = "eligibility r\n    label en \"R\"\n    our interpretation \"x\"\n    require c: x60 at least 1\n        label en \"C\"\n";

/// Each number is twice the one before, named twice: 2 to the 60th if it were put in everywhere.
fn doubling(more: &str) -> Came {
    let text = many(60, "", |n| format!("define x{}\n    label en \"X\"\n    x{n} + x{n}\n", n + 1));
    guideline(&with(&format!("{more}define x0\n    label en \"X\"\n    n\n{text}")))
}

fn bytes(chance: &mut Chance, range: std::ops::Range<usize>) -> Came {
    let length = range.end - range.start;
    let bytes: Vec<u8> = (0..1 << 20).map(|_| u8::try_from(range.start + chance.below(length)).unwrap()).collect();
    guideline(&String::from_utf8_lossy(&bytes))
}

fn random_words() -> Came {
    let words = [
        "guideline",
        "fact",
        "define",
        "eligibility",
        "recommend",
        "require",
        "exception",
        "cite",
        "when",
        "a",
        "n",
        "d",
        "\n",
        "\n    ",
        "(",
        ")",
        "and",
        "or",
        "not",
        "is",
        "at least",
        "in",
        "F11.2",
        "\"x\"",
        ":",
        ",",
        ".",
        "some",
        "has",
        "every",
        "the latest",
        "of",
        "20 years",
        "7.5",
        "2004-05-12",
        "today",
        "before",
        "if",
        "then",
        "else",
        "+",
        "-",
        "*",
        "/",
        "#",
    ];
    let mut chance = Chance::new(3);
    let mut text = HEAD.to_owned();
    while text.len() < 1 << 20 {
        text.push_str(words[chance.below(words.len())]);
        text.push(' ');
    }
    guideline(&text)
}
