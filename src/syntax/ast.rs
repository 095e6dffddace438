//! A rule file as its author wrote it: no meaning, every part with its place.
//!
//! Two trees are equal when they say the same thing: places ([`Span`]) never make a difference, so
//! "printing then parsing gives the same tree" can be stated with `==`.
//! Depth is bounded: all recursion passes through a bracket, chains of the same kind are lists.

use crate::value::{DurationUnit, Number, Truth};

/// Bytes `start..end` of one file. Equal to every other span, on purpose (see the module).
#[derive(Debug, Clone, Copy, Default)]
pub struct Span {
    pub start: u32,
    pub end: u32,
}

impl PartialEq for Span {
    fn eq(&self, _: &Span) -> bool {
        true
    }
}
impl Eq for Span {}

/// A piece of text with its place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spanned<T> {
    pub value: T,
    pub span: Span,
}

/// A name as written (`birth_date`, `BCS`, `stockholm.laro`, `ICD-10-SE`).
pub type Name = Spanned<Box<str>>;

/// A text between quotes, escapes resolved, texts on following lines joined with one blank.
pub type Text = Spanned<Box<str>>;

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct File {
    pub items: Vec<Item>,
    /// In the order of the file.
    pub comments: Vec<Comment>,
}

/// `# …`. Not part of a tree's meaning; the printer puts it back.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Comment {
    /// From `#` to the line's end, blanks at the end removed.
    pub text: Box<str>,
    pub span: Span,
    pub position: CommentPosition,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CommentPosition {
    /// On a line of its own: belongs to the next item or clause.
    OwnLine,
    /// After code: belongs to that line.
    AfterCode,
}

/// One declaration, from its keyword in column 1 to the line before the next.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub declaration: Declaration,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declaration {
    Guideline(Guideline),
    Source(Source),
    Party(Party),
    Codes(Codes),
    Fact(Fact),
    Parameter(Parameter),
    Assume(Assume),
    LeapDay(LeapDay),
    Define(Define),
    Table(Table),
    Eligibility(Eligibility),
    Recommend(Recommend),
}

// ---- small parts ----------------------------------------------------------------------------------

/// `sv "…" en "…"`, in the order written.
pub type Localized = Vec<LocalizedText>;

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LocalizedText {
    /// `sv` or `en` (any two-letter word parses; the checker knows which exist).
    pub language: Name,
    pub text: Text,
}

/// A whole day, `2026-03-01`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DayLiteral {
    pub year: i32,
    pub month: u32,
    pub day: u32,
}

/// `2004`, `2004-05` or `2004-05-12` as written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DateLiteral {
    pub year: i32,
    pub month: Option<u32>,
    pub day: Option<u32>,
}

/// Why an outcome may be believed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ground {
    pub kind: GroundKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GroundKind {
    /// `cite SOURCE as reported by OTHER, "locator"`; `no locator` is `None`.
    Cite { source: Name, reported_by: Option<Name>, locator: Option<Text> },
    /// `our interpretation "why"`
    Interpretation { why: Text },
    /// `decided by "body", 2026-03-01`
    Decision { by: Text, on: Spanned<DayLiteral> },
}

/// `covers S10, S11`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Covers {
    pub ids: Vec<Name>,
    pub span: Span,
}

// ---- declarations ---------------------------------------------------------------------------------

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Guideline {
    /// `stockholm.laro`, dots included.
    pub name: Name,
    /// In the order written.
    pub clauses: Vec<GuidelineClause>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GuidelineClause {
    pub kind: GuidelineClauseKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum GuidelineClauseKind {
    Language(Spanned<u32>),
    Title(Localized),
    /// `1.0.0`
    Version(Name),
    /// `draft`, `active`, `retired`
    Status(Name),
    /// `in force from 2016-02-15 through 2020-12-31`; both ends belong to it.
    InForce {
        from: Spanned<DayLiteral>,
        through: Option<Spanned<DayLiteral>>,
    },
    /// `patient`, `staff`, `unit`
    About(Name),
    /// `uses a.b, c.d`
    Uses(Vec<Name>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    pub name: Name,
    pub clauses: Vec<SourceClause>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SourceClause {
    pub kind: SourceClauseKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum SourceClauseKind {
    Kind(Name),
    Title(Localized),
    Publisher(Text),
    Certainty(Name),
    Url(Text),
    /// Edition or year of the source as it is called, free text.
    Edition(Text),
    /// The day on which somebody last looked.
    Seen(Spanned<DayLiteral>),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Party {
    pub name: Name,
    pub label: Localized,
}

/// `codes NAME from SYSTEM`, then one entry a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Codes {
    pub name: Name,
    pub system: Name,
    pub label: Localized,
    pub entries: Vec<CodesEntry>,
    pub grounds: Vec<Ground>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CodesEntry {
    pub kind: CodesEntryKind,
    /// The words after a code, `"01" "Stockholms län"`.
    pub comment: Option<Text>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodesEntryKind {
    /// `F11.2 except F11.2F, F11.2E`, `F10-F19 except include other_set`
    Codes { include: CodeSelector, except: Vec<CodeSelector> },
    /// `list "naloxone-medications"`: supplied by the caller
    List(Text),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum CodeSelector {
    /// `F11.2`, `"01"`
    Code(Name),
    /// `F10-F19`, both ends included
    Range(Name, Name),
    /// `include other_set`
    Include(Name),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    pub role: FactRole,
    pub name: Name,
    pub ty: FactType,
    pub not_mentioned: Option<NotMentioned>,
    /// Only under `list of` and `record`.
    pub fields: Vec<Field>,
    pub label: Localized,
    pub question: Localized,
    pub valid_for: Option<Spanned<DurationLiteral>>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FactRole {
    /// `fact`: of the patient (or what the guideline is about)
    Fact,
    /// `setting`: of the unit
    Setting,
}

/// `, not mentioned means no`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NotMentioned {
    pub means: Spanned<Truth>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DurationLiteral {
    pub number: Number,
    pub unit: DurationUnit,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    pub name: Name,
    pub ty: FactType,
    pub not_mentioned: Option<NotMentioned>,
    pub label: Localized,
    pub question: Localized,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FactType {
    pub kind: FactTypeKind,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FactTypeKind {
    YesNo,
    Number,
    QuantityIn(Name),
    Text,
    /// `date` or `date or none`
    Date(OrNone),
    Duration,
    Period,
    CodeFrom(Name),
    /// `one of woman, man, other`
    OneOf(Vec<Name>),
    /// `record` or `record or none`
    Record(OrNone),
    /// `list of diagnosis, may be incomplete`; the word after `of` names one record.
    ListOf {
        word: Name,
        completeness: Option<Completeness>,
    },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum OrNone {
    Always,
    OrNone,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Completeness {
    MayBeIncomplete,
    Complete,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Parameter {
    pub name: Name,
    pub ty: FactType,
    pub value: ParameterValue,
    /// `from A to B`, both ends included
    pub range: Option<(Expr, Expr)>,
    pub label: Localized,
    pub grounds: Vec<Ground>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ParameterValue {
    /// `= 20 years`
    Default(Expr),
    /// `, set by the region` (who sets it: `region`, `clinic`, …)
    SetBy(Name),
}

/// `assume every diagnosis in diagnoses has (…)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Assume {
    pub condition: Expr,
    pub grounds: Vec<Ground>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LeapDay {
    pub birthday: Spanned<LeapDayBirthday>,
    pub grounds: Vec<Ground>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LeapDayBirthday {
    /// `28 February`
    February28,
    /// `1 March`
    March1,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Define {
    pub name: Name,
    pub label: Localized,
    pub value: Expr,
    /// `show`
    pub show: Option<Span>,
    pub grounds: Vec<Ground>,
    pub covers: Option<Covers>,
}

/// `table NAME by KEYTYPE: column, column`, then one row a line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    pub name: Name,
    pub key: FactType,
    pub columns: Vec<Name>,
    pub rows: Vec<TableRow>,
    pub grounds: Vec<Ground>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TableRow {
    /// A literal: number, code, word.
    pub key: Expr,
    pub cells: Vec<Expr>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Eligibility {
    pub name: Name,
    pub label: Localized,
    /// Before the first line.
    pub grounds: Vec<Ground>,
    pub when: Option<Expr>,
    pub criteria: Vec<Criterion>,
    pub covers: Option<Covers>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Criterion {
    pub modality: Modality,
    pub name: Name,
    pub label: Localized,
    pub condition: Expr,
    pub grounds: Vec<Ground>,
    /// Several are alternatives.
    pub exceptions: Vec<Exception>,
    pub covers: Option<Covers>,
    pub span: Span,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Modality {
    Require,
    Expect,
}

/// `exception special_reasons: CONDITION then refer to laro_assessment`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exception {
    pub name: Name,
    pub label: Localized,
    pub condition: Expr,
    pub refer_to: Name,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recommend {
    pub name: Name,
    pub label: Localized,
    pub grounds: Vec<Ground>,
    /// In the order written: it decides which strength holds.
    pub clauses: Vec<RecommendClause>,
    /// `by any physician, nurse`
    pub by: Vec<Name>,
    pub excludes: Vec<Name>,
    pub text: Localized,
    pub covers: Option<Covers>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecommendClause {
    pub kind: RecommendClauseKind,
    pub condition: Expr,
    pub grounds: Vec<Ground>,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RecommendClauseKind {
    /// `should, priority 1, when …`
    Strength { strength: Strength, priority: Option<Spanned<u32>> },
    /// `not needed if …`
    NotNeeded,
    /// `advise against if …`
    AdviseAgainst,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Strength {
    Must,
    Should,
    May,
    Exceptionally,
    ShouldNot,
    ResearchOnly,
}

// ---- expressions ----------------------------------------------------------------------------------

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expr {
    pub kind: ExprKind,
    pub span: Span,
}

/// A condition or a value. Brackets leave no trace: the printer sets the ones that are needed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ExprKind {
    // literals
    /// `yes`, `no`
    Truth(Truth),
    /// `7`, `0.5`, `-1`
    Number(Number),
    /// `7 mmol/L`
    Quantity {
        number: Number,
        unit: Name,
    },
    /// `20 years`
    Duration(DurationLiteral),
    Date(DateLiteral),
    Text(Box<str>),
    /// `F11.2`, `county "01"`; `system` as written before the code
    Code {
        system: Option<Name>,
        code: Name,
    },
    /// `F10-F19`, only as an operand of `in`
    CodeRange {
        system: Option<Name>,
        from: Name,
        to: Name,
    },
    Today,
    // names
    /// `diagnoses`, `referral.from_role`, `laro.age`. One or more names.
    Path(Vec<Name>),
    /// `age`, `age on X`
    Age {
        on: Option<Box<Expr>>,
    },
    // logic
    /// `a and b`, `all of:`; two or more, never directly inside another `And`
    And {
        operands: Vec<Expr>,
        layout: Layout,
    },
    Or {
        operands: Vec<Expr>,
        layout: Layout,
    },
    Not(Box<Expr>),
    /// `at least 3 of (a, b, c)`
    AtLeastOf {
        count: Spanned<u32>,
        conditions: Vec<Expr>,
    },
    // comparisons
    /// `is`, `is not`, `at least`, `before`, …
    Compare {
        left: Box<Expr>,
        operator: Comparison,
        right: Box<Expr>,
    },
    /// `x is one of a, b`; `is not one of`
    OneOf {
        value: Box<Expr>,
        polarity: Polarity,
        options: Vec<Expr>,
    },
    /// `x in codes`, `x not in F10-F19`; the set is a `Path`, `Code` or `CodeRange`
    In {
        value: Box<Expr>,
        polarity: Polarity,
        set: Box<Expr>,
    },
    /// `x from A to B`, ends included
    Between {
        value: Box<Expr>,
        low: Box<Expr>,
        high: Box<Expr>,
    },
    /// `x during 2004-05`, `x during period`
    During {
        value: Box<Expr>,
        period: Box<Expr>,
    },
    /// `x at least 1 year before y`, `x within 14 days after y`
    Distance {
        value: Box<Expr>,
        relation: Distance,
        duration: Box<Expr>,
        anchor: Box<Expr>,
    },
    /// `age 20 years or older`
    AgeOrOlder {
        age: Box<Expr>,
        duration: Box<Expr>,
    },
    // what is there, what is known
    /// `there is a referral`, `there is no referral`
    ThereIs {
        polarity: Polarity,
        path: Vec<Name>,
    },
    /// `x is known`, `x is not known`
    Known {
        polarity: Polarity,
        path: Vec<Name>,
    },
    /// `laro is met`, `naloxone is not recommended`: the rest of the sentence names a status.
    /// Written `X is WORD` where WORD is one of the status words (LANGUAGE section 2 lists them).
    Status {
        polarity: Polarity,
        rule: Vec<Name>,
        status: Spanned<StatusWord>,
    },
    // lists
    Quantifier(Box<Quantifier>),
    /// `count d in ds that are (…) has (…)`; `body` absent counts all
    Count {
        word: Option<Name>,
        list: Box<List>,
        body: Option<Box<Expr>>,
    },
    /// `sum of (dose * per_day) in orders that are (active)`
    Sum {
        value: Box<Expr>,
        list: Box<List>,
    },
    /// `the latest taken of samples that are (…)`
    Extreme {
        extreme: ExtremeWord,
        field: Name,
        list: Box<List>,
    },
    /// `the latest s in samples by taken has (positive)`
    ExtremeHas {
        extreme: ExtremeWord,
        word: Name,
        list: Box<List>,
        by: Name,
        body: Box<Expr>,
    },
    /// `at least 2 of the latest 3 s in samples by taken have (positive)`
    OfExtremes {
        count: Spanned<u32>,
        extreme: ExtremeWord,
        among: Spanned<u32>,
        word: Name,
        list: Box<List>,
        by: Name,
        body: Box<Expr>,
    },
    /// `at least 3 different kind in findings by seen within the same 12 months`
    Different {
        count: Spanned<u32>,
        field: Name,
        list: Box<List>,
        by: Option<Name>,
        within: Option<Box<Expr>>,
    },
    // values
    /// `look up drug in morphine_equivalent for factor, otherwise unknown`
    LookUp {
        key: Box<Expr>,
        table: Name,
        column: Name,
        otherwise: Box<Otherwise>,
    },
    /// `if C then A else if D then B else E`; one or more arms
    If {
        arms: Vec<(Expr, Expr)>,
        otherwise: Box<Expr>,
    },
    /// `a + b - c`; the first has `Plus`; two or more
    Sums(Vec<(Sign, Expr)>),
    /// `a * b / c`; the first has `Times`; two or more
    Products(Vec<(Factor, Expr)>),
    /// `1 year before y`, `14 days after y`
    Shifted {
        duration: Box<Expr>,
        direction: Direction,
        anchor: Box<Expr>,
    },
    /// `years between a and b`: completed units from `a` to `b`
    UnitsBetween {
        unit: DurationUnit,
        from: Box<Expr>,
        to: Box<Expr>,
    },
    /// `round x to 2 decimals`
    Round {
        value: Box<Expr>,
        decimals: Spanned<u32>,
    },
}

/// How a chain was written; `all of:` and `any of:` put one condition on a line.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Layout {
    Inline,
    Lines,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Polarity {
    Positive,
    Negative,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Comparison {
    Is,
    IsNot,
    AtLeast,
    AtMost,
    MoreThan,
    LessThan,
    Before,
    After,
    OnOrBefore,
    OnOrAfter,
}

/// The relation of `x RELATION duration … y`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Distance {
    /// `x at least D before y`: `x + D` on or before `y`
    AtLeastBefore,
    /// `x at least D after y`: `y + D` on or before `x`
    AtLeastAfter,
    /// `x more than D before y`: `x + D` before `y`
    MoreThanBefore,
    /// `x more than D after y`: `y + D` before `x`
    MoreThanAfter,
    /// `x within D before y`: `x` on or before `y`, and `y` on or before `x + D`
    WithinBefore,
    /// `x within D after y`: `y within D before x`
    WithinAfter,
    /// `x within D of y`: either of the two
    WithinOf,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum StatusWord {
    Met,
    /// `is refer`, said of an eligibility
    Refer,
    Excepted,
    Undetermined,
    NotApplicable,
    Recommended,
    AdvisedAgainst,
}

/// `some d in ds that are (…) has (…)`
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Quantifier {
    pub kind: QuantifierKind,
    pub reading: Reading,
    pub word: Name,
    pub list: List,
    pub body: Expr,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum QuantifierKind {
    Some,
    Every,
    No,
}

/// `recorded` reads the list as complete, openly.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reading {
    AsGiven,
    Recorded,
}

/// A list and its filter. Names in the filter are read as in a body.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct List {
    pub path: Vec<Name>,
    /// `that are (…)`
    pub filter: Option<Expr>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ExtremeWord {
    Latest,
    Earliest,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Otherwise {
    Unknown,
    Value(Expr),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    Plus,
    Minus,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Factor {
    Times,
    Per,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Direction {
    Before,
    After,
}
