//! `stigmatising-word`: "missbruk" in a Swedish text that people read.
//!
//! The diagnoses are called "skadligt bruk" and "beroende", and the word hurts those it is said of.
//! Fires: `label sv "Opioidmissbruk"`. Does not fire: in names of organisations, laws and documents (`title` of a
//! source, `publisher`, `party`, the words after "lag", a name with a capital within the text, a title in quotes).

use crate::check::report::{Report, finding};
use crate::diagnostic::codes;
use crate::source::FileId;
use crate::syntax::ast::Text;

const WORD: &str = "missbruk";

/// So many are looked at: a text with more of them is no text.
const MOST: usize = 20;

pub(in crate::check) fn look(text: &Text, file: FileId, report: &mut Report<'_>) {
    let lower = text.value.to_lowercase();
    let said = lower.match_indices(WORD).take(MOST).any(|(at, _)| !is_name(&lower, &text.value, at));
    if said {
        let message = "\"missbruk\" is not what the diagnoses are called";
        report.add(
            finding(codes::STIGMATISING_WORD, file, text.span, message)
                .help("write \"skadligt bruk\" or \"beroende\", whichever is meant"),
        );
    }
}

/// Whether the word at that place belongs to the name of an organisation, law or document.
fn is_name(lower: &str, original: &str, at: usize) -> bool {
    let before = lower.get(..at).unwrap_or("");
    let quoted = before.matches(['"', '”', '»']).count() % 2 == 1;
    let law = before.rsplit(['.', ',', ';', ':']).next().unwrap_or("");
    let of_law = law.split_whitespace().any(|word| word == "lag" || word == "lagen");
    let word_start = before.rfind(char::is_whitespace).map_or(0, |blank| blank + 1);
    // Lower case can have another length in bytes; then the word is taken as it is.
    let same_length = lower.len() == original.len();
    let capital = same_length
        && word_start > 0
        && original.get(word_start..).and_then(|rest| rest.chars().next()).is_some_and(char::is_uppercase);
    quoted || of_law || capital
}
