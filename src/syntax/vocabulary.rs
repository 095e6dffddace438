//! The words of the language: which are reserved, which begin a declaration, which name a status.

use super::ast::StatusWord;
use crate::value::DurationUnit;

/// Words that cannot be names and are no units: they carry a condition on or end it.
///
/// A word that is only read after another reserved word (`least`, `known`, `recorded`) stays free.
pub(super) fn is_reserved(word: &str) -> bool {
    // By the first letter, since this is asked of every name.
    match word.as_bytes().first() {
        Some(b'a') => matches!(word, "and" | "at" | "after" | "all" | "any" | "are" | "age" | "advise"),
        Some(b'b') => matches!(word, "before" | "by" | "between"),
        Some(b'c') => matches!(word, "count" | "cite" | "covers"),
        Some(b'd') => matches!(word, "during" | "different" | "decided"),
        Some(b'e') => matches!(word, "every" | "else" | "expect" | "exception" | "exceptionally" | "excludes"),
        Some(b'f') => matches!(word, "from" | "for"),
        Some(b'h') => matches!(word, "has" | "have"),
        Some(b'i') => matches!(word, "is" | "in" | "if"),
        Some(b'l') => matches!(word, "least" | "less" | "look" | "label"),
        Some(b'm') => matches!(word, "most" | "more" | "must" | "may"),
        Some(b'n') => matches!(word, "not" | "no"),
        Some(b'o') => matches!(word, "or" | "on" | "of" | "otherwise" | "older" | "our"),
        Some(b'r') => matches!(word, "round" | "require" | "research"),
        Some(b's') => matches!(word, "some" | "sum" | "show" | "should"),
        Some(b't') => matches!(word, "than" | "to" | "that" | "there" | "then" | "the" | "today" | "through"),
        Some(b'w') => matches!(word, "within" | "when"),
        Some(b'y') => matches!(word, "yes" | "younger"),
        _ => false,
    }
}

/// Words that begin a declaration.
pub(super) const DECLARATIONS: &[&str] = &[
    "guideline",
    "source",
    "party",
    "codes",
    "fact",
    "setting",
    "parameter",
    "assume",
    "leap",
    "define",
    "table",
    "eligibility",
    "checklist",
    "task",
    "parallel",
    "recommend",
    "propose",
    "score",
    "indicator",
    "add",
    "replace",
    "remove",
    "set",
    "schedule",
];

/// Words that begin a line of some declaration.
pub(super) const CLAUSES: &[&str] = &[
    "label",
    "question",
    "valid",
    "kind",
    "title",
    "publisher",
    "certainty",
    "url",
    "edition",
    "seen",
    "language",
    "version",
    "status",
    "in",
    "about",
    "uses",
    "adapts",
    "allow",
    "require",
    "expect",
    "exception",
    "when",
    "must",
    "should",
    "may",
    "exceptionally",
    "research",
    "not",
    "advise",
    "by",
    "excludes",
    "text",
    "show",
    "one",
    "first",
    "exactly",
    "done",
    "due",
    "item",
    "given",
    "total",
    "bands",
    "list",
    "compare",
    "suppress",
    "caution",
    "track",
    "phase",
    "restart",
    "stop",
];

/// The unit of a duration, singular or plural.
pub(super) fn duration_unit(word: &str) -> Option<DurationUnit> {
    match word {
        "day" | "days" => Some(DurationUnit::Days),
        "week" | "weeks" => Some(DurationUnit::Weeks),
        "month" | "months" => Some(DurationUnit::Months),
        "year" | "years" => Some(DurationUnit::Years),
        _ => None,
    }
}

/// The status that the words after `is` name, and how many of them; `advised against` and `not applicable` are read before.
pub(super) fn status(words: [&str; 3]) -> Option<(StatusWord, usize)> {
    Some(match words {
        ["met", ..] => (StatusWord::Met, 1),
        ["refer", ..] => (StatusWord::Refer, 1),
        ["excepted", ..] => (StatusWord::Excepted, 1),
        ["undetermined", ..] => (StatusWord::Undetermined, 1),
        ["recommended", ..] => (StatusWord::Recommended, 1),
        ["complete", ..] => (StatusWord::Complete, 1),
        ["incomplete", ..] => (StatusWord::Incomplete, 1),
        ["to", "do", _] => (StatusWord::ToDo, 2),
        ["done", "late", _] => (StatusWord::DoneLate, 2),
        ["done", ..] => (StatusWord::Done, 1),
        ["late", ..] => (StatusWord::Late, 1),
        ["in", "parallel", _] => (StatusWord::InParallel, 2),
        ["waiting", ..] => (StatusWord::Waiting, 1),
        ["out", "of", "step"] => (StatusWord::OutOfStep, 3),
        ["in", "force", _] => (StatusWord::InForce, 2),
        ["proposed", ..] => (StatusWord::Proposed, 1),
        ["none", "applies", _] => (StatusWord::NoneApplies, 2),
        ["a", "conflict", _] => (StatusWord::Conflict, 2),
        ["a", "possible", "conflict"] => (StatusWord::PossibleConflict, 3),
        _ => return None,
    })
}

/// Words that name a status and are seldom words of a choice.
pub(super) fn is_status_only(word: &str) -> bool {
    matches!(word, "met" | "refer" | "excepted" | "undetermined" | "recommended")
}

/// Words that carry a condition on.
pub(super) const OPERATORS: &[&str] =
    &["and", "or", "is", "in", "not", "before", "after", "during", "within", "from", "that", "has", "then", "by"];

/// What a word of other languages, or of everyday speech, is here.
pub(super) fn meant(word: &str) -> Option<&'static str> {
    Some(match word {
        "atleast" | "minimum" | "minst" | "lägst" => "`at least`",
        "atmost" | "maximum" | "högst" => "`at most`",
        "greater" | "above" | "over" | "exceeds" | "över" | "överstiger" | "mer" | "fler" => {
            "`more than`, or `at least` with the end included"
        }
        "below" | "under" | "smaller" | "fewer" | "mindre" | "färre" | "yngre" => {
            "`less than`, or `at most` with the end included"
        }
        "equals" | "equal" | "exactly" | "was" | "are" | "eq" | "är" => "`is`",
        "until" | "earlier" | "före" => "`before`, or `on or before` with the day included",
        "since" | "later" | "efter" => "`after`, or `on or after` with the day included",
        "between" | "mellan" => "`x from A to B`, both ends included",
        "unless" => "`and not (…)`",
        "but" | "och" | "plus" => "`and`",
        "eller" => "`or`",
        "inte" | "ej" | "icke" | "isnt" => "`not`",
        "contains" | "includes" => "`some x in list has (…)`, or `code in set`",
        "exists" | "finns" => "`there is a …`",
        "ago" => "`x at least 1 year before today`, or `x within 1 year before today`",
        "starts" | "begins" => "`code in F11`, which takes in the codes below",
        "where" | "with" | "which" => "`that are (…)` to filter a list, `has (…)` to test it",
        "than" => "`more than` or `less than`",
        _ => return None,
    })
}

/// The clause or declaration that a word of other languages, or of everyday speech, begins here.
pub(super) fn meant_line(word: &str) -> Option<&'static str> {
    Some(match word {
        "kräv" | "krav" | "requires" | "criterion" | "kriterium" | "villkor" => "require",
        "undantag" | "unless" | "except" => "exception",
        "etikett" | "name" | "namn" => "label",
        "reference" | "ref" | "citera" | "referens" => "cite",
        "fråga" => "question",
        "om" | "när" | "if" => "when",
        "shall" | "ska" | "skall" => "must",
        "bör" => "should",
        "kan" | "could" | "can" => "may",
        "källa" => "source",
        "faktum" | "fakta" | "variable" => "fact",
        "definiera" | "definition" | "let" => "define",
        "rekommendation" | "rekommendera" | "recommendation" => "recommend",
        "behörighet" | "eligible" => "eligibility",
        "riktlinje" => "guideline",
        _ => return None,
    })
}
