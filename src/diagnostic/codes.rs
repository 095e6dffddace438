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
    LONE_CARRIAGE_RETURN = "E0102", Error, "lone carriage return";
    CONTROL_CHARACTER = "E0103", Error, "control character";
    INVISIBLE_CHARACTER = "E0104", Error, "invisible character";
    FOREIGN_CHARACTER = "E0105", Error, "character outside the alphabet of rule files";
    UNCLOSED_TEXT = "E0106", Error, "text without its closing quote";
    UNKNOWN_ESCAPE = "E0107", Error, "unknown escape in a text";
    UNBALANCED_BRACKET = "E0108", Error, "bracket without its other half";
    OVER_A_LIMIT = "E0109", Error, "over a limit";
    OUTSIDE_DECLARATION = "E0110", Error, "text before the first declaration";

    // E02xx: sentences (parser) -------------------------------------------------------------------
    UNKNOWN_DECLARATION = "E0201", Error, "unknown declaration";
    // E0202 was "not in this edition of the language", while the first edition grew.
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
    NOT_DECLARED = "E0301", Error, "a name that is not declared";
    NO_SUCH_FIELD = "E0302", Error, "a field, line or column that is not there";
    AMBIGUOUS_NAME = "E0303", Error, "a name that can mean two things";
    WRONG_KIND_OF_NAME = "E0304", Error, "a name of something else";
    WORD_TAKEN = "E0305", Error, "the word for a record means something already";
    BODY_WITHOUT_RECORD = "E0306", Error, "a part of a body that says nothing about the record";
    TOO_DEEP = "E0307", Error, "more than two lists inside each other";
    NOT_A_CONDITION = "E0308", Error, "a value where a condition belongs";
    TYPES_DIFFER = "E0309", Error, "values of two types are compared";
    OPERATOR_DOES_NOT_FIT = "E0310", Error, "an operator that does not fit the type";
    SYSTEMS_DIFFER = "E0311", Error, "codes of two systems";
    UNITS_DIFFER = "E0312", Error, "units that cannot be converted";
    CODE_WITHOUT_SYSTEM = "E0313", Error, "a code of no known system";
    MALFORMED_CODE = "E0314", Error, "a code that is not well formed";
    NOT_A_CHOICE = "E0315", Error, "a word that is not among the choices";
    NOT_ONE_DAY = "E0316", Error, "a month or year where a day belongs";
    AGE_WITHOUT_UNIT = "E0318", Error, "an age compared with a number";
    NO_BIRTH_DATE = "E0319", Error, "age without birth_date";
    DURATION_FAMILIES = "E0320", Error, "days compared with months";
    NOT_A_DURATION = "E0321", Error, "no duration where one belongs";
    NOT_A_DATE = "E0322", Error, "no date where one belongs";
    NOT_A_PERIOD = "E0323", Error, "no period after during";
    NOT_A_SET = "E0324", Error, "no set of codes after in";
    NOT_A_LIST = "E0325", Error, "no list where one belongs";
    WHOLE_AS_VALUE = "E0326", Error, "a whole record or list as a value";
    NOT_AN_AMOUNT = "E0327", Error, "arithmetic on what is no amount";
    DIVISION_BY_NOUGHT = "E0328", Error, "division by 0";
    COUNT_OUT_OF_RANGE = "E0329", Error, "a count that never or always holds";
    BY_WITHOUT_WITHIN = "E0330", Error, "by without within the same";
    ALWAYS_THERE = "E0331", Error, "there is, of something that cannot be absent";
    NOT_A_RULE = "E0332", Error, "a status of something that is no rule";
    STATUS_DOES_NOT_FIT = "E0333", Error, "a status that the rule never has";
    BRANCHES_DIFFER = "E0334", Error, "branches of two types";
    ENDS_REVERSED = "E0335", Error, "ends in the wrong order";
    NOT_A_UNIT = "E0336", Error, "a unit that is not one of UCUM";
    NOT_A_CONSTANT = "E0337", Error, "a value that does not stand in the text";

    // E04xx: what a declaration must say (check) --------------------------------------------------
    NO_GUIDELINE = "E0401", Error, "a file that does not start with guideline";
    UNKNOWN_WORD = "E0402", Error, "a word that is not one of those that can stand here";
    UNKNOWN_EDITION = "E0403", Error, "an edition of the language that is not known";
    SOURCE_INCOMPLETE = "E0404", Error, "a source without kind, title or certainty";
    NO_GROUND = "E0405", Error, "nothing says why";
    DECLARED_TWICE = "E0406", Error, "a name that is declared twice";
    SAID_TWICE = "E0407", Error, "something that is said twice";
    TYPE_NOT_HERE = "E0408", Error, "a type that cannot stand here";
    COMPLETENESS_NOT_SAID = "E0409", Error, "a list that does not say whether it is complete";
    UNKNOWN_SYSTEM = "E0410", Error, "a code system that is not known";
    NOT_MENTIONED_MISPLACED = "E0411", Error, "not mentioned means, of what is not yes/no";
    NO_LINES = "E0412", Error, "a declaration with nothing in it";
    ROW_LENGTH = "E0413", Error, "a row with too few or too many cells";
    DUPLICATE_KEY = "E0414", Error, "a key that stands in a table twice";
    OUTSIDE_RANGE = "E0415", Error, "a parameter outside its own range";
    NO_ORDER = "E0416", Error, "a range of values that have no order";
    NO_TEXT = "E0417", Error, "a recommendation that does not say what to do";

    SCHEDULE_INCOMPLETE = "E0430", Error, "a schedule that does not say from when, or on which days";
    PHASE_NEVER_BEGINS = "E0431", Error, "a phase after one without an end";
    NO_INTERVAL = "E0432", Error, "an interval or a length of nothing";
    ITEM_VALUES = "E0440", Error, "an item of a score whose values do not fit";
    BAND_GAP = "E0441", Error, "a total that no band holds";
    BAND_OVERLAP = "E0442", Error, "a total that two bands claim";
    BAND_ORDER = "E0443", Error, "a band out of order, or that no total reaches";

    // E05xx: files together: uses, clashes, cycles (check) ----------------------------------------
    NO_SUCH_GUIDELINE = "E0501", Error, "a guideline that is not among the files";
    TWO_OF_ONE_NAME = "E0502", Error, "two files of one name";
    RING_OF_USES = "E0503", Error, "guidelines that use each other in a ring";
    CLASH = "E0504", Error, "one name from two guidelines";
    RING_OF_RULES = "E0505", Error, "definitions or rules that rest on themselves";
    RING_OF_CODES = "E0506", Error, "sets of codes that include each other in a ring";
    LEAP_DAYS_DIFFER = "E0507", Error, "two leap-day policies";
    NO_SUCH_VERSION = "E0508", Error, "a version that is not among the files";
    VERSIONS_APART = "E0509", Error, "two versions of one guideline at once";
    NEVER_TOGETHER = "E0510", Error, "guidelines that are never in force on the same day";
    CHANGE_WITHOUT_BASE = "E0511", Error, "a change in a guideline that adapts none";
    NOTHING_TO_CHANGE = "E0512", Error, "a change of what is not there";
    CHANGED_KIND = "E0513", Error, "a change that does not fit what it changes";
    ADDED_TWICE = "E0514", Error, "an addition of what is there already";

    // W06xx, A07xx: opinions (lints) --------------------------------------------------------------
    UNUSED_SOURCE = "W0601", Warning, "unused-source";
    UNUSED_FACT = "W0602", Warning, "unused-fact";
    MISSING_LANGUAGE = "W0603", Warning, "missing-language";
    CONSTANT_CONDITION = "W0604", Warning, "constant-condition";
    REPEATED_CONDITION = "W0605", Warning, "repeated-condition";
    MISLEADING_INDENTATION = "W0606", Warning, "misleading-indentation";
    STIGMATISING_WORD = "W0607", Warning, "stigmatising-word";
    UNFINISHED_HEADER = "W0608", Warning, "unfinished-header";
    ASSUMPTION_WITHOUT_GROUND = "W0609", Warning, "assumption-without-ground";
    UNREACHABLE_OPTION = "W0620", Warning, "unreachable-option";
    SET_BY_TWO_LAYERS = "W0640", Warning, "set-by-two-layers";
    UNUSED_DEFINITION = "W0641", Warning, "unused-definition";
    UNUSED_PARAMETER = "W0642", Warning, "unused-parameter";
    UNUSED_CODE_SET = "W0643", Warning, "unused-code-set";
    EXACT_CODE = "A0701", Advice, "exact-code";
    EVERY_OF_NONE = "A0702", Advice, "every-of-none";
    AGE_WITHOUT_LEAP_DAY = "A0703", Advice, "age-without-leap-day";
    MISSING_LABEL = "A0704", Advice, "missing-label";
    ADAPTS_UNCHANGED = "A0740", Advice, "adapts-unchanged";

    OPEN_LIST_MOVES_SCHEDULE = "W0630", Warning, "open-list-moves-schedule";
    OVERLAPPING_WINDOWS = "A0730", Advice, "overlapping-windows";
    RANDOM_WITHOUT_TEXT = "A0731", Advice, "random-without-text";

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
