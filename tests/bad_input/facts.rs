//! Facts and cases.

use super::material::{HEAD, criterion, day, many};
use super::{Came, Input, Wanted};
use riktlinje::{Cases, Error, Facts, Guideline, Source};

pub fn inputs() -> Vec<Input> {
    let input = |name, wanted, attempt| Input { name, wanted, attempt };
    vec![
        input("facts: nothing", Wanted::Any, || yaml("")),
        input("facts: a list", Wanted::Error, || yaml("- a\n- b\n")),
        input("facts: 200 KiB of nested flow maps", Wanted::Error, || yaml(&"{a: ".repeat(50 * 1024))),
        input("facts: 200 KiB of opening brackets", Wanted::Error, || yaml(&"[".repeat(200 * 1024))),
        input("facts: 200 KiB of closed flow maps", Wanted::Error, || {
            yaml(&format!("{}1{}", "{a: ".repeat(40 * 1024), "}".repeat(40 * 1024)))
        }),
        input("facts: 200 KiB of list marks", Wanted::Error, || yaml(&"- ".repeat(100 * 1024))),
        input("facts: 200 KiB of keys of keys", Wanted::Error, || yaml(&"? ".repeat(100 * 1024))),
        input("facts: 600 levels of indentation", Wanted::Error, || {
            yaml(&many(600, "\n", |n| format!("{}a:", " ".repeat(n))))
        }),
        input("facts: a bomb of aliases", Wanted::Error, || yaml(&bomb())),
        input("facts: a quadratic bomb", Wanted::Error, || {
            yaml(&format!("a: &a [{}]\nb: [{}]\n", "x,".repeat(20_000), "*a,".repeat(20_000)))
        }),
        input("facts: an alias of itself", Wanted::Error, || yaml("a: &a [*a]\n")),
        input("facts: 100,000 anchors", Wanted::Error, || yaml(&many(100_000, "\n", |n| format!("- &a{n} x")))),
        input("facts: a key of 1 MiB", Wanted::Error, || yaml(&format!("{}: 1\n", "a".repeat(1 << 20)))),
        input("facts: 100,000 unknown names", Wanted::Error, || yaml(&many(100_000, "\n", |n| format!("x{n}: 1")))),
        input("facts: one name 100,000 times", Wanted::Error, || yaml(&"a: yes\n".repeat(100_000))),
        input("facts: 100,000 wrong values", Wanted::Error, || {
            yaml(&format!("diagnoses:\n{}", many(100_000, "", |_| "  - { code: 7, onset: x }\n".to_owned())))
        }),
        input("facts: two documents", Wanted::Error, || yaml("a: yes\n---\nb: no\n")),
        input("facts: text after the end", Wanted::Error, || yaml("a: yes\n...\nb: no\n")),
        input("facts: a tag", Wanted::Error, || yaml("a: !!python/object:os.system x\n")),
        input("facts: NUL", Wanted::Error, || yaml("a: y\0es\n")),
        input("facts: 1 MiB of NUL", Wanted::Error, || yaml(&"\0".repeat(1 << 20))),
        input("facts: 1 MiB of quotes", Wanted::Error, || yaml(&"'".repeat((1 << 20) - 1))),
        input("facts: 1 MiB of percent signs", Wanted::Error, || yaml(&"%".repeat(1 << 20))),
        input("facts: 200 KiB of folded lines", Wanted::Error, || {
            yaml(&format!("a: >\n{}", "  x\n".repeat(50 * 1024)))
        }),
        input("facts: 29 February 2023", Wanted::Error, || yaml("d: 2023-02-29\n")),
        input("facts: the year 99999", Wanted::Error, || yaml("d: 99999-01-01\n")),
        input("facts: the year 99999 alone", Wanted::Error, || yaml("d: 99999\n")),
        input("facts: the year nought", Wanted::Error, || yaml("d: 0000-01-01\n")),
        input("facts: not a number", Wanted::Error, || yaml("n: .nan\n")),
        input("facts: without end", Wanted::Error, || yaml("n: .inf\n")),
        input("facts: 1e400", Wanted::Error, || yaml("n: 1e400\n")),
        input("facts: 1e-400000000", Wanted::Any, || yaml("n: 1e-400000000\n")),
        input("facts: 20 digits", Wanted::Error, || yaml("n: 12345678901234567890\n")),
        input("facts: 100,000 digits", Wanted::Error, || yaml(&format!("n: {}\n", "9".repeat(100_000)))),
        input("facts: an unquoted 01", Wanted::Error, || yaml("diagnoses: [{ code: 01 }]\n")),
        input("json: 200 KiB of opening brackets", Wanted::Error, || json(&"[".repeat(200 * 1024))),
        input("json: 200 KiB of nested objects", Wanted::Error, || json(&"{\"a\":".repeat(40 * 1024))),
        input("json: text after the end", Wanted::Error, || json("{} {}")),
        input("json: one name twice", Wanted::Error, || json("{\"a\":true,\"a\":false}")),
        input("json: 1e400", Wanted::Error, || json("{\"n\":1e400}")),
        input("json: 20 digits", Wanted::Error, || json("{\"n\":0.12345678901234567890}")),
        input("json: half a surrogate", Wanted::Error, || json("{\"n\":\"\\ud800\"}")),
        input("json: 1 MiB of quotes", Wanted::Error, || json(&"\"".repeat(1 << 20))),
        input("json: 16 MiB of values", Wanted::Error, || json(&format!("{{\"a\":[{}1]}}", "1,".repeat(8 << 20)))),
        input("values: a list without end", Wanted::Error, || value(&NoEnd::List)),
        input("values: keys without end", Wanted::Error, || value(&NoEnd::Keys)),
        input("values: one inside the other without end", Wanted::Error, || value(&NoEnd::Deep)),
        input("values: texts without end", Wanted::Error, || value(&NoEnd::Texts)),
        input("json: nothing", Wanted::Any, || json("")),
        input("cases: nothing", Wanted::Error, || cases("")),
        input("cases: 200 KiB of nested flow maps", Wanted::Error, || cases(&"{a: ".repeat(50 * 1024))),
        input("cases: a bomb of aliases", Wanted::Error, || cases(&bomb())),
        input("cases: 20,000 of one name", Wanted::Error, || {
            cases(&format!(
                "guideline: bad\ncases:\n{}",
                "  - { name: x, as_of: 2026-11-22, expect: { broken: 0 } }\n".repeat(20_000)
            ))
        }),
        input("cases: 10,000 unknown names", Wanted::Error, || {
            let case = |n| format!("  - {{ name: x{n}, as_of: 2026-11-22, expect: {{ eligibility.x{n}: met }} }}\n");
            cases(&format!("guideline: bad\ncases:\n{}", many(10_000, "", case)))
        }),
        input("cases: 5,000 that pass", Wanted::Answer, || {
            let case =
                |n| format!("  - {{ name: x{n}, as_of: 2026-11-22, expect: {{ eligibility.rule: undetermined }} }}\n");
            cases(&format!("guideline: bad\ncases:\n{}", many(5_000, "", case)))
        }),
    ]
}

fn bad() -> Guideline {
    Guideline::compile([Source::new("bad.guide", criterion("a"))]).unwrap()
}

fn came(guideline: &Guideline, read: Result<Facts, Error>) -> Came {
    match read {
        Ok(facts) => Came::Answer(format!("{} bytes", guideline.evaluate(&facts, day()).unwrap().to_json().len())),
        Err(error) => {
            assert!(!HEAD.is_empty() && !format!("{error:?}").is_empty());
            Came::Error(error.to_string())
        }
    }
}

fn yaml(text: &str) -> Came {
    let guideline = bad();
    came(&guideline, guideline.facts_from_yaml(text))
}

fn json(text: &str) -> Came {
    let guideline = bad();
    came(&guideline, guideline.facts_from_json(text))
}

fn value(value: &NoEnd) -> Came {
    let guideline = bad();
    came(&guideline, guideline.facts_from(value))
}

/// Goes on for ever.
enum NoEnd {
    List,
    Keys,
    Deep,
    Texts,
}

impl serde::Serialize for NoEnd {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            NoEnd::List => serializer.collect_seq(std::iter::repeat(0)),
            NoEnd::Keys => serializer.collect_map((0_u64..).map(|key| (key, ()))),
            NoEnd::Deep => serializer.collect_seq([NoEnd::Deep]),
            NoEnd::Texts => serializer.collect_seq(std::iter::repeat("x".repeat(1 << 20))),
        }
    }
}

fn cases(text: &str) -> Came {
    let guideline = bad();
    let source = Source::new("bad.cases.yaml", text);
    let read = Cases::guideline_named(&source).and_then(|_| Cases::read(&source, &guideline));
    match read {
        Ok(cases) => {
            let report = cases.run(&guideline);
            assert!(report.passed(), "{}", report.to_text(riktlinje::Language::English));
            Came::Answer(format!("{} cases", report.cases.len()))
        }
        Err(found) => Came::Error(found.first().unwrap().to_string()),
    }
}

/// Nine aliases of nine aliases of …
fn bomb() -> String {
    let level = |n: usize| format!("l{}: &l{} [{}]\n", n + 1, n + 1, many(9, ", ", |_| format!("*l{n}")));
    format!("l0: &l0 [x, x]\n{}", many(12, "", level))
}
