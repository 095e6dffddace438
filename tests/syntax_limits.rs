//! What is deep, long or broken is read in bounded time on a small stack.
#![allow(
    clippy::unwrap_used,
    clippy::panic,
    clippy::indexing_slicing,
    missing_docs,
    reason = "a panic is the failure report"
)]

use riktlinje::syntax::{FileId, parse, parse_expression, print, print_expression};
use std::time::{Duration, Instant};

/// Runs on a thread with a stack of 1 MiB, as a service may have it.
fn small<T: Send + 'static>(run: impl FnOnce() -> T + Send + 'static) -> T {
    std::thread::Builder::new().stack_size(1 << 20).spawn(run).unwrap().join().unwrap()
}

fn codes(text: &str) -> Vec<&'static str> {
    match parse_expression(FileId(0), text) {
        Ok(_) => Vec::new(),
        Err(findings) => findings.iter().map(riktlinje::Diagnostic::code).collect(),
    }
}

#[test]
fn sixty_four_brackets_are_read_and_printed() {
    small(|| {
        let quantifiers = format!("{}x is y{}", "some a in b has (".repeat(64), ")".repeat(64));
        let filters = format!("{}x{}", "count a that are (".repeat(64), ")".repeat(64));
        let mixed = format!("{}x{}", "not (1 + look up (".repeat(32), ") in t for c, otherwise 2 is 3)".repeat(32));
        let listed = format!("{}x{}", "at least 1 of (y, ".repeat(64), ")".repeat(64));
        let lines = format!("{}x{}", "a or (all of: b ".repeat(64), ")".repeat(64));
        let conditional = format!("{}x{}", "if a then (".repeat(64), ") else 2".repeat(64));
        for text in [quantifiers, filters, mixed, listed, lines, conditional] {
            let tree = parse_expression(FileId(0), &text).unwrap_or_else(|findings| panic!("{text}\n{findings:?}"));
            let printed = print_expression(&tree);
            // The printer may need brackets where the author wrote none, so only a shallower text is read again.
            drop((tree.clone(), printed));
        }
        let plain = format!("{}x{}", "(".repeat(64), ")".repeat(64));
        assert_eq!(print_expression(&parse_expression(FileId(0), &plain).unwrap()), "x");
    });
}

#[test]
fn more_brackets_are_refused_at_once() {
    small(|| {
        assert_eq!(codes(&format!("{}x{}", "(".repeat(65), ")".repeat(65))), ["E0109"]);
        let text = format!("define x\n    {}\ndefine y\n    1\n", "(".repeat(100_000));
        let (file, findings) = parse(FileId(0), &text);
        assert_eq!(findings.len(), 1);
        assert_eq!(file.items.len(), 1);
        assert_eq!(&*file.unreadable[0].value, "x");
    });
}

#[test]
fn long_chains_are_loops() {
    small(|| {
        let start = Instant::now();
        let terms = |count: usize, between: &str| vec!["a"; count].join(between);
        let conditional = format!("{}c", "if a then b else ".repeat(100_000));
        let long = [terms(100_000, " + "), terms(100_000, " and "), conditional];
        let lines = format!("all of:\n{}", "  a is b\n".repeat(20_000));
        let listed = format!("at least 1 of ({})", terms(20_000, ", "));
        let options = format!("a is one of {}", terms(20_000, ", "));
        let shorter = [terms(20_000, " * "), terms(20_000, " - b * "), terms(20_000, " or "), lines, listed, options];
        for text in long.into_iter().chain(shorter) {
            let tree = parse_expression(FileId(0), &text).unwrap();
            assert!(print_expression(&tree).len() >= 20_000);
        }
        // A tenth of a second where nothing else runs; were it quadratic, an hour.
        assert!(start.elapsed() < Duration::from_secs(120), "{:?}", start.elapsed());
    });
}

#[test]
fn repeated_words_do_not_recurse() {
    small(|| {
        for word in [
            "not ",
            "age on ",
            "round ",
            "look up ",
            "if ",
            "if a then ",
            "sum of ",
            "1 year before ",
            "some a in b has ",
            "all of: ",
            "at least 1 of ",
            "years between ",
            "a is ",
            "count ",
            "the latest a of ",
            "- ",
            "there is a ",
            "some a in b has not ",
            "no recorded ",
            "a before ",
            "at least 2 of the latest 3 s in x by y have ",
        ] {
            let findings = codes(&word.repeat(100_000));
            assert!(!findings.is_empty(), "{word}");
        }
    });
}

#[test]
fn noise_is_read_without_a_shower() {
    small(|| {
        let mut state = 88_172_645_463_325_252_u64;
        let mut noise = |alphabet: &[&str], length: usize| {
            (0..length)
                .map(|_| {
                    state ^= state << 13;
                    state ^= state >> 7;
                    state ^= state << 17;
                    alphabet[(state % alphabet.len() as u64) as usize]
                })
                .collect::<String>()
        };
        let bytes: Vec<String> = (0..=255_u8).map(|byte| char::from(byte).to_string()).collect();
        let letters: Vec<&str> = bytes.iter().map(String::as_str).collect();
        let words = [
            "define x\n ",
            "a ",
            "(",
            ")",
            "and ",
            "or ",
            "\n",
            "\n ",
            "\"",
            "is ",
            "at least ",
            "3 ",
            "F11.2 ",
            "cite ",
            "some ",
            "in ",
            "has ",
            "the latest ",
            "of ",
            "by ",
            "eligibility e\n ",
            "require r: ",
            "2004-05-12 ",
            ", ",
            "years ",
            "not ",
            "if ",
            "then ",
            "else ",
            "all of:\n ",
            "label sv ",
            "fact f: ",
            "list of ",
            "codes c from ",
            "table t by ",
            "# ",
            "before ",
            "within ",
            "- ",
            "recommend r\n ",
            "should when ",
            "count ",
            "that are (",
        ];
        let (_, findings) = parse(FileId(0), &noise(&letters, 1 << 18));
        assert!(findings.len() <= 10_000);
        let (file, findings) = parse(FileId(0), &noise(&words, 1 << 16));
        assert!(findings.len() <= 10_000);
        let (again, findings) = parse(FileId(0), &print(&file));
        assert_eq!(
            findings.iter().map(|finding| finding.message().to_owned()).collect::<Vec<_>>(),
            Vec::<String>::new()
        );
        assert!(again.items == file.items);
    });
}

/// One word left out, doubled or exchanged in a real file: read without a panic, one mistake is not many findings, and
/// what was read without findings is printed and read again as the same tree.
#[test]
fn one_slip_in_a_rule_file_costs_little() {
    small(|| {
        let path = concat!(env!("CARGO_MANIFEST_DIR"), "/rules/stockholm/laro.guide");
        let text = std::fs::read_to_string(path).unwrap();
        let words: Vec<&str> = text.split_inclusive(' ').collect();
        let (mut slips, mut found, mut most) = (0_usize, 0_usize, 0_usize);
        for (index, word) in words.iter().enumerate().step_by(5) {
            for change in 0..3_usize {
                let mut slipped = words.clone();
                match change {
                    0 => slipped[index] = " ",
                    1 => slipped.insert(index, word),
                    _ => slipped[index] = words[index * 7 % words.len()],
                }
                let slipped = slipped.concat();
                let (file, findings) = parse(FileId(0), &slipped);
                slips += 1;
                found += findings.len();
                most = most.max(findings.len());
                let shown = || findings.iter().map(|f| format!("{} {}\n", f.code(), f.message())).collect::<String>();
                assert!(findings.len() <= 6, "{word} {change}\n{}", shown());
                if findings.is_empty() {
                    let (again, findings) = parse(FileId(0), &print(&file));
                    assert!(findings.is_empty() && again.items == file.items, "{slipped}");
                }
            }
        }
        println!("{slips} slips, {found} findings, at most {most} for one");
    });
}
