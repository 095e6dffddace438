//! A rule file as its author wrote it: no meaning, every part with its place.
//!
//! Two trees are equal when they say the same thing: places ([`Span`]) never make a difference, so
//! "printing then parsing gives the same tree" can be stated with `==`.
//! Depth is bounded: all recursion passes through a bracket, chains of the same kind are lists.

mod change;
mod expression;
mod header;
mod rules;
mod schedule;
mod score;

pub use change::*;
pub use expression::*;
pub use rules::*;
pub use schedule::*;
pub use score::*;

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
    /// Where its author left a line empty.
    pub blank_lines: BlankLines,
    /// Names declared by items that could not be read and are left out: using such a name is no new mistake,
    /// and what seems unused may be used there.
    pub unreadable: Vec<Name>,
}

/// The lines that follow an empty one, without their indentation, in order. Like places, equal to all others.
#[derive(Debug, Clone, Default)]
pub struct BlankLines(pub Vec<Span>);

impl PartialEq for BlankLines {
    fn eq(&self, _: &BlankLines) -> bool {
        true
    }
}
impl Eq for BlankLines {}

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

/// One declaration, from its keyword in column 1 to its last word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub declaration: Declaration,
    pub span: Span,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Declaration {
    Guideline(Box<Guideline>),
    Source(Box<Source>),
    Party(Box<Party>),
    Codes(Box<Codes>),
    Fact(Box<Fact>),
    Parameter(Box<Parameter>),
    Assume(Box<Assume>),
    LeapDay(Box<LeapDay>),
    Define(Box<Define>),
    Table(Box<Table>),
    Eligibility(Box<Eligibility>),
    Checklist(Box<Checklist>),
    Task(Box<Task>),
    Recommend(Box<Recommend>),
    Parallel(Box<Parallel>),
    Schedule(Box<Schedule>),
    Score(Box<Score>),
    Propose(Box<Propose>),
    Indicator(Box<Indicator>),
    /// Of a guideline that adapts another.
    Change(Box<Change>),
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
    /// `our interpretation "why"`, `our interpretation sv "…" en "…"`
    Interpretation { why: FreeText },
    /// `decided by "body", 2026-03-01`
    Decision { by: Text, on: Spanned<DayLiteral> },
}

/// A text of which its author may say in which languages it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FreeText {
    Plain(Text),
    Localized(Localized),
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
    /// `adapts national.laro`
    pub adapts: Option<Reference>,
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
    /// `uses a.b, c.d version 1`
    Uses(Vec<Reference>),
    /// `allow unused-source`: findings that the author knows of
    Allow(Vec<Name>),
}

/// Another guideline, `common.substance_use version 1`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    pub name: Name,
    /// `1`, `1.0`, `1.0.0`; without it the version that is in force on the date.
    pub version: Option<Name>,
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
