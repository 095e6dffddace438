//! Printing then parsing gives the same tree; formatting is idempotent and keeps comments.

use crate::agreement::print;
use crate::generator::{self, Random, Size};
use proptest::prelude::*;
use riktlinje::syntax::{self, FileId};
use riktlinje::{Guideline, Source};

proptest! {
    #![proptest_config(super::cases(500))]

    #[test]
    fn printing_then_parsing_gives_the_same_tree(seed: u64) {
        let made = generator::guideline(&mut Random::new(seed), Size::Full);
        let text = print(&made.file);
        let (read, diagnostics) = syntax::parse(FileId(0), &text);
        prop_assert!(diagnostics.is_empty(), "{}\n{text}", diagnostics[0].message());
        for (made, read) in made.file.items.iter().zip(&read.items) {
            prop_assert_eq!(made, read, "{}", text);
        }
        prop_assert_eq!(made.file.items.len(), read.items.len());
    }

    #[test]
    fn formatting_is_idempotent_and_keeps_comments(seed: u64) {
        let mut random = Random::new(seed);
        let made = generator::guideline(&mut random, Size::Full);
        // Comments on lines of their own and after code, and lines pushed about.
        let mut text = String::new();
        let mut comments = Vec::new();
        for (number, line) in print(&made.file).lines().enumerate() {
            if random.percent(10) {
                comments.push(format!("# own {number}"));
                let indent = if line.starts_with(' ') { "  " } else { "" };
                text.push_str(&format!("{indent}# own {number}\n"));
            }
            if random.percent(10) && !line.trim().is_empty() {
                let wider = if line.starts_with(' ') { "   " } else { "" };
                comments.push(format!("# after {number}"));
                text.push_str(&format!("{wider}{line}   # after {number}\n"));
            } else {
                text.push_str(&format!("{line}\n"));
            }
            if random.percent(5) {
                text.push('\n');
            }
        }
        let once = Guideline::format(&Source::new("a.guide", text.as_str())).map_err(|e| TestCaseError::fail(e.to_string()))?;
        let twice = Guideline::format(&Source::new("a.guide", once.as_str())).unwrap();
        prop_assert_eq!(&once, &twice);
        let mut kept: Vec<String> =
            once.lines().filter_map(|line| line.find('#').map(|at| line[at..].trim_end().to_owned())).collect();
        kept.sort();
        comments.sort();
        prop_assert_eq!(kept, comments);
        let (read, _) = syntax::parse(FileId(0), &once);
        prop_assert_eq!(read.items, made.file.items);
    }
}
