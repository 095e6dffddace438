//! Guidelines that adapt others, and versions of them.

use super::material::{Chance, many, sources};
use super::{Came, Input, Wanted};
use riktlinje::{Guideline, Source};

pub fn inputs() -> Vec<Input> {
    let input = |name, wanted, attempt| Input { name, wanted, attempt };
    vec![
        input("a guideline that adapts itself", Wanted::Error, || sources(vec![file("a.x adapts a.x", "")])),
        input("three guidelines that adapt each other", Wanted::Error, || {
            let all = [("a.x adapts a.y", ""), ("a.y adapts a.z", ""), ("a.z adapts a.x", "")];
            sources(all.map(|(name, more)| file(name, more)).to_vec())
        }),
        input("1,000 layers", Wanted::Error, || {
            let layer = |at: usize| file(&format!("a.l{at} adapts a.l{}", at + 1), &changes(1));
            sources((0..1_000).map(layer).chain([file("a.l1000", &base(1))]).collect())
        }),
        input("16 layers", Wanted::Answer, || {
            let layer = |at: usize| {
                let set = format!("set limit = {at}\n    our interpretation \"x\"\n");
                file(&format!("a.l{at} adapts a.l{}", at + 1), &set)
            };
            sources((0..15).map(layer).chain([file("a.l15", &base(1))]).collect())
        }),
        input("1,000 versions of a pack", Wanted::Error, || versions(1_000)),
        input("60 versions of a pack", Wanted::Answer, || versions(60)),
        input("3,000 changes", Wanted::Answer, || {
            sources(vec![file("a.x adapts a.y", &changes(3_000)), file("a.y", &base(3_000))])
        }),
        input("3,000 changes of what is not there", Wanted::Error, || {
            sources(vec![file("a.x adapts a.y", &changes(3_000)), file("a.y", &base(1))])
        }),
        input("one line replaced 3,000 times", Wanted::Error, || {
            let more = "replace r.c0\n    our interpretation \"x\"\n    require c0: a\n".repeat(3_000);
            sources(vec![file("a.x adapts a.y", &more), file("a.y", &base(1))])
        }),
        input("`replace` 100,000 times in a row", Wanted::Error, || {
            sources(vec![file("a.x adapts a.y", &"replace ".repeat(100_000)), file("a.y", &base(1))])
        }),
        input("400 layers with a mistake somewhere", Wanted::Any, mistakes),
    ]
}

fn file(name: &str, more: &str) -> Source {
    let head = "    language 1\n    title en \"T\"\n    version 1.0.0\n    status draft\n";
    let own = name.split(' ').next().unwrap();
    Source::new(format!("{own}.guide"), format!("guideline {name}\n{head}{more}"))
}

fn base(lines: usize) -> String {
    let line = |at: usize| format!("    require c{at}: a\n        exception e: b then refer to p\n");
    format!(
        "party p en \"P\"\nfact a: yes/no\n    label en \"A\"\nfact b: yes/no\n    label en \"B\"\n\
         parameter limit: number = 3, from 0 to 2000\n    our interpretation \"x\"\n\
         eligibility r\n    our interpretation \"x\"\n{}",
        many(lines, "", line)
    )
}

fn changes(count: usize) -> String {
    many(count, "", |at| {
        format!(
            "remove r.c{at}.e\n    our interpretation \"x\"\n\
             add to r\n    our interpretation \"x\"\n    require n{at}: a and b\n"
        )
    })
}

/// One file that follows as many versions, each in force for a day.
fn versions(count: usize) -> Came {
    let day = |at: usize| format!("{}-{:02}-{:02}", 2020 + at / 336, at / 28 % 12 + 1, at % 28 + 1);
    let version = |at: usize| {
        let text = format!(
            "guideline a.y\n    language 1\n    version {at}.0.0\n    status draft\n    in force from {0} through {0}\nfact a: yes/no\n    label en \"A\"\n",
            day(at)
        );
        Source::new(format!("{at}.guide"), text)
    };
    let last = Source::new(
        "last.guide",
        "guideline a.y\n    language 1\n    version 9999.0.0\n    status draft\n    in force from 2026-01-01\nfact a: yes/no\n    label en \"A\"\n",
    );
    let own = file("a.x", "    uses a.y\neligibility r\n    our interpretation \"x\"\n    require c: a\n");
    sources([own].into_iter().chain((0..count).map(version)).chain([last]).collect())
}

/// Words of a file of changes left out, doubled or put in each other's place.
fn mistakes() -> Came {
    let text = "guideline a.x adapts a.y\n    language 1\n    version 1.0.0\n    status draft\n    allow missing-label\n\
        set limit = 5\n    our interpretation \"x\"\nadd to r\n    our interpretation \"x\"\n    require n: a and b\n\
        add to r.c1\n    exception f: a then refer to p\n        our interpretation \"x\"\n\
        replace r.c0\n    require c0: not a\n        our interpretation \"x\"\nremove r.c0.e\n    our interpretation \"x\"\n\
        replace eligibility r\n    our interpretation \"x\"\n    require c: a\nremove r\n    our interpretation \"x\"\n";
    let mut chance = Chance::new(7);
    let mut errors = 0;
    for _ in 0..400 {
        let mut words: Vec<&str> = text.split_inclusive([' ', '\n', '.']).collect();
        for _ in 0..=chance.below(3) {
            let (at, other) = (chance.below(words.len()), chance.below(words.len()));
            match chance.below(3) {
                0 => drop(words.remove(at)),
                1 => words.insert(at, words[other]),
                _ => words.swap(at, other),
            }
        }
        let own = Source::new("own.guide", words.concat());
        drop(Guideline::format(&own));
        errors += usize::from(matches!(sources(vec![own, file("a.y", &base(2))]), Came::Error(_)));
    }
    Came::Answer(format!("{errors} of 400 are errors"))
}
