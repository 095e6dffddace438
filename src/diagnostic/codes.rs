//! The register of diagnostic codes. A code is given out once, has a corpus file and a manual page
//! (a section of `docs::diagnostics`), and is never reused.

use super::Severity;

/// One kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code {
    /// `E0312`
    pub(crate) id: &'static str,
    pub(crate) severity: Severity,
    /// What it is about, a few words; for a lint the name that reads after "allow".
    pub(crate) title: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident, $title:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: Code = Code { id: $id, severity: Severity::$severity, title: $title };)*
        /// Every code there is, in the order of this register.
        pub(crate) const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    // E01xx: characters and lines (source and scan) -----------------------------------------------
    FILE_TOO_LARGE = "E0101", Error, "file too large";
    LONE_CARRIAGE_RETURN = "E0102", Error, "lone carriage return";
    CONTROL_CHARACTER = "E0103", Error, "control character";
    INVISIBLE_CHARACTER = "E0104", Error, "invisible character";
    FOREIGN_CHARACTER = "E0105", Error, "character outside the alphabet of rule files";
    UNCLOSED_TEXT = "E0106", Error, "text without its closing quote";
    UNKNOWN_ESCAPE = "E0107", Error, "unknown escape in a text";
    UNBALANCED_BRACKET = "E0108", Error, "bracket without its other half";
    TOO_MANY_BRACKETS = "E0109", Error, "too many brackets inside one another";
    OUTSIDE_DECLARATION = "E0110", Error, "text before the first declaration";
    TOO_MANY_FINDINGS = "E0111", Error, "too many mistakes to list";

    // E02xx: sentences (parser) -------------------------------------------------------------------
    UNKNOWN_DECLARATION = "E0201", Error, "unknown declaration";
    LATER_EDITION = "E0202", Error, "not in this edition of the language";
    EXPECTED = "E0203", Error, "something else was expected";
    UNKNOWN_CLAUSE = "E0204", Error, "unknown clause";
    RESERVED_NAME = "E0205", Error, "a word of the language as a name";
    NAME_FORM = "E0206", Error, "malformed name";
    REPEATED_CLAUSE = "E0207", Error, "clause given twice";
    MISSING_CLAUSE = "E0208", Error, "clause missing";
    FOREIGN_OPERATOR = "E0209", Error, "operator of another language";
    MIXED_AND_OR = "E0210", Error, "`and` and `or` without brackets";
    IS_EITHER = "E0211", Error, "`is A or B`";
    IS_UNKNOWN = "E0212", Error, "`is unknown`";
    DOUBLE_NOT = "E0213", Error, "`not not`";
    CHAINED_COMPARISON = "E0214", Error, "comparison of a comparison";
    AGE_WORDS = "E0215", Error, "age without `at least` or `or older`";
    NEEDS_BRACKETS = "E0216", Error, "brackets needed";
    OPERATOR_BLANKS = "E0217", Error, "operator without blanks";
    NUMBER_FORM = "E0218", Error, "malformed number";
    DATE_FORM = "E0219", Error, "malformed date";
    NO_SUCH_DAY = "E0220", Error, "no such day";
    PARTIAL_DATE = "E0221", Error, "partial date out of place";
    DURATION_UNIT = "E0222", Error, "unit of time that is no word";
    CODE_FORM = "E0223", Error, "malformed code";
    DISTANCE_WORDS = "E0224", Error, "distance in time that cannot be said so";

    // E03xx: names and types (check) --------------------------------------------------------------

    // E04xx: what a declaration must say (check) --------------------------------------------------

    // E05xx: files together: uses, clashes, cycles (check) ----------------------------------------

    // W06xx, A07xx: opinions (lints) --------------------------------------------------------------

    // E08xx: cases --------------------------------------------------------------------------------
    CASE_YAML = "E0801", Error, "cases that are no YAML";
    CASE_KEY = "E0802", Error, "unknown key of a case";
    CASE_WITHOUT = "E0803", Error, "key missing in a case";
    CASE_VALUE = "E0804", Error, "wrong kind of value in a case";
    CASE_GUIDELINE = "E0805", Error, "cases of another guideline";
    CASE_TWICE = "E0806", Error, "two cases of one name";
    CASE_NOTHING = "E0807", Error, "case that expects nothing";
    CASE_NAME = "E0808", Error, "unknown name in a case";
    CASE_STATUS = "E0809", Error, "status that a rule cannot have";
    CASE_FACT = "E0810", Error, "facts of a case that do not fit";
    CASE_PARAMETER = "E0811", Error, "parameter of a case that does not fit";
}
