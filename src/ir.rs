//! A guideline as meant: names are ids, every expression has a type, every unit is one. No text to read again.
//!
//! Everything here was checked: whoever reads it does not check again. `place` is only for showing where.

mod kind;
mod rules;
mod schedule;
mod score;
mod status_test;

use crate::ground::Ground;
use crate::language::Localized;
use crate::schema::{FactId, FieldId, ScalarType, Schema};
use crate::source::{FileId, Place};
use crate::value::{Code, CodeSet, Date, Duration, DurationUnit, Number, Quantity, Truth, Unit};

pub(crate) use crate::status::RuleSort;
pub(crate) use crate::syntax::ast::{Direction, Distance, ExtremeWord, Polarity, QuantifierKind, Reading};
pub(crate) use kind::RuleKind;
pub(crate) use rules::{
    Choice, Common, Indicator, IndicatorGroup, Kept, Parallel, Proposal, ProposalOption, ProposalRow, Task, TaskLine,
    Track,
};
pub(crate) use schedule::{
    CountWindow, CountedDates, DateStatus, DoneBy, EachRecord, Events, FirstDay, Phase, PhaseEnd, PhasedPlan, Plan,
    Recurrence, Restart, Schedule, Sharing, SinceLatest,
};
pub(crate) use score::{Band, Score, ScoreItem};
pub(crate) use status_test::{RuleTarget, StatusTest};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {
        $($(#[$doc])* #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) struct $name(pub(crate) u32);)*
    };
}
ids! {
    /// Index in [`Guideline::parameters`].
    ParameterId
    /// Index in [`Guideline::defines`].
    DefineId
    /// Index in [`Guideline::code_sets`].
    CodeSetId
    /// Index in [`Guideline::tables`].
    TableId
    /// Index in [`Guideline::rules`].
    RuleId
    /// Index in [`Guideline::parties`].
    PartyId
    /// Index in [`Guideline::layers`].
    LayerId
}

/// The guideline that was asked for, with everything it uses.
#[derive(Debug, Clone)]
pub(crate) struct Guideline {
    /// The first is the guideline itself, then what it uses, directly or not.
    pub(crate) layers: Vec<Layer>,
    pub(crate) schema: Schema,
    pub(crate) parameters: Vec<Parameter>,
    pub(crate) parties: Vec<Party>,
    pub(crate) code_sets: Vec<NamedCodeSet>,
    pub(crate) tables: Vec<Table>,
    /// In an order in which each comes after those it names.
    pub(crate) defines: Vec<Define>,
    pub(crate) assumptions: Vec<Assumption>,
    /// In an order in which each comes after those it names. Output order is `Rule::order`.
    pub(crate) rules: Vec<Rule>,
    /// Definitions and rules in one order in which each comes after those it names, whichever kind they are.
    pub(crate) sequence: Vec<Named>,
}

/// Something that others can name and that is worked out once.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Named {
    Define(DefineId),
    Rule(RuleId),
}

/// The guideline itself with what it adapts, or one that it uses.
#[derive(Debug, Clone)]
pub(crate) struct Layer {
    /// `stockholm.laro`
    pub(crate) name: Box<str>,
    pub(crate) language: u32,
    pub(crate) title: Localized,
    pub(crate) version: Box<str>,
    pub(crate) status: PublicationStatus,
    /// Both days belong to it; `None`: always.
    pub(crate) in_force: Option<(Date, Option<Date>)>,
    pub(crate) about: Subject,
    /// The policy that holds in this file: its own, or one of a file it uses.
    pub(crate) leap_day: LeapDay,
    /// The source that places in it count in.
    pub(crate) source: FileId,
    /// Its files, in the order of their places in the source: what it adapts, then its own. At least one.
    pub(crate) parts: Vec<LayerPart>,
}

/// A file of a layer.
#[derive(Debug, Clone)]
pub(crate) struct LayerPart {
    /// Where it begins in the source.
    pub(crate) start: u32,
    /// The guideline that it declares.
    pub(crate) name: Box<str>,
    /// The file's name.
    pub(crate) file: Box<str>,
    /// SHA-256 of the file's bytes, lower-case hexadecimal.
    pub(crate) sha256: Box<str>,
}

impl Layer {
    /// The part that a place lies in: the guideline that a line comes from.
    pub(crate) fn part_at(&self, place: Place) -> Option<&LayerPart> {
        let after = self.parts.partition_point(|part| part.start <= place.start);
        self.parts.get(after.saturating_sub(1)).filter(|_| place.file == self.source)
    }

    /// The name of the guideline that a place lies in, among these.
    pub(crate) fn named_at(layers: &[Layer], place: Place) -> &str {
        layers.iter().find_map(|layer| layer.part_at(place)).map_or("", |part| &part.name)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PublicationStatus {
    Draft,
    Active,
    Retired,
}

impl PublicationStatus {
    /// As in a rule file.
    pub(crate) fn word(self) -> &'static str {
        match self {
            PublicationStatus::Draft => "draft",
            PublicationStatus::Active => "active",
            PublicationStatus::Retired => "retired",
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Subject {
    Patient,
    Staff,
    Unit,
}

/// When somebody born on 29 February turns a year older in a year without that day.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum LeapDay {
    February28,
    March1,
}

#[derive(Debug, Clone)]
pub(crate) struct Parameter {
    pub(crate) name: Box<str>,
    pub(crate) ty: ScalarType,
    pub(crate) label: Localized,
    /// `None`: to be set by `set_by`; undetermined until then.
    pub(crate) default: Option<Constant>,
    pub(crate) set_by: Option<Box<str>>,
    pub(crate) range: Option<(Constant, Constant)>,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) layer: LayerId,
    /// Where its default stands, or that somebody sets it; `None`: the caller set it.
    pub(crate) place: Option<Place>,
}

#[derive(Debug, Clone)]
pub(crate) struct Party {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
}

#[derive(Debug, Clone)]
pub(crate) struct NamedCodeSet {
    /// `None` for a set written where it is used (`in F10-F19`).
    pub(crate) name: Option<Box<str>>,
    pub(crate) codes: CodeSet,
    /// Lists that the caller was to supply and did not: what is not in `codes` is then unknown.
    pub(crate) lists_not_supplied: Vec<Box<str>>,
}

#[derive(Debug, Clone)]
pub(crate) struct Table {
    pub(crate) name: Box<str>,
    pub(crate) key: ScalarType,
    /// Names and types of the cells, in the order written.
    pub(crate) columns: Vec<Column>,
    /// Key and cells; keys are distinct constants of one type.
    pub(crate) rows: Vec<(Constant, Vec<Constant>)>,
}

#[derive(Debug, Clone)]
pub(crate) struct Column {
    pub(crate) name: Box<str>,
    pub(crate) ty: ScalarType,
}

#[derive(Debug, Clone)]
pub(crate) struct Define {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) value: Expr,
    /// Whether its value belongs to the outcome.
    pub(crate) shown: bool,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) layer: LayerId,
    /// Position in its file, for the order of output.
    pub(crate) order: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Assumption {
    pub(crate) condition: Expr,
    pub(crate) grounds: Vec<Ground>,
    /// What to say where it is broken; empty: the condition as written.
    pub(crate) said: Localized,
}

#[derive(Debug, Clone)]
pub(crate) struct Rule {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) kind: RuleKind,
    pub(crate) covers: Vec<Box<str>>,
    pub(crate) layer: LayerId,
    /// Position in its file, for the order of output.
    pub(crate) order: u32,
    pub(crate) place: Place,
}

/// Lines as those of an eligibility, of which all required ones make it complete.
#[derive(Debug, Clone)]
pub(crate) struct Checklist {
    pub(crate) when: Option<Expr>,
    /// In the order written; at least one. None has exceptions.
    pub(crate) criteria: Vec<Criterion>,
    pub(crate) text: Localized,
}

#[derive(Debug, Clone)]
pub(crate) struct Eligibility {
    pub(crate) when: Option<Expr>,
    /// In the order written; at least one.
    pub(crate) criteria: Vec<Criterion>,
}

#[derive(Debug, Clone)]
pub(crate) struct Criterion {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) modality: Modality,
    pub(crate) condition: Expr,
    /// Never empty: its own, or the rule's.
    pub(crate) grounds: Vec<Ground>,
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) covers: Vec<Box<str>>,
    pub(crate) place: Place,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Modality {
    Require,
    Expect,
}

#[derive(Debug, Clone)]
pub(crate) struct Exception {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) condition: Expr,
    pub(crate) refer_to: PartyId,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) place: Place,
}

#[derive(Debug, Clone)]
pub(crate) struct Recommendation {
    /// `should … when …`, in the order written: the first that holds gives the strength.
    pub(crate) strengths: Vec<StrengthLine>,
    pub(crate) not_needed: Vec<Line>,
    pub(crate) advise_against: Vec<Line>,
    pub(crate) by: Vec<PartyOrWord>,
    pub(crate) excludes: Vec<RuleId>,
    pub(crate) text: Localized,
    /// Of the recommendation itself.
    pub(crate) grounds: Vec<Ground>,
}

#[derive(Debug, Clone)]
pub(crate) struct StrengthLine {
    pub(crate) strength: Strength,
    pub(crate) priority: Option<u32>,
    pub(crate) line: Line,
}

#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) condition: Expr,
    /// Never empty: its own, or the recommendation's.
    pub(crate) grounds: Vec<Ground>,
    pub(crate) place: Place,
}

/// Who may carry it out: a declared party, or a word such as `physician`.
#[derive(Debug, Clone)]
pub(crate) enum PartyOrWord {
    Party(PartyId),
    Word(Box<str>),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Strength {
    Must,
    Should,
    May,
    Exceptionally,
    ShouldNot,
    ResearchOnly,
}

// ---- expressions ----------------------------------------------------------------------------------

#[derive(Debug, Clone)]
pub(crate) struct Expr {
    pub(crate) kind: ExprKind,
    pub(crate) ty: Type,
    pub(crate) place: Place,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Type {
    Scalar(ScalarType),
    /// `age`: completed years or months since the birth date. Compared with durations only.
    Age,
    /// A whole record, only for `is known`, `there is`.
    Record,
    /// A whole list, only for `is known`.
    List,
}

/// A value that stands in the text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum Constant {
    Truth(bool),
    /// Numbers and quantities are few and large: they stand beside, so that no other constant is as large.
    Number(Box<Number>),
    Quantity(Box<Quantity>),
    Text(Box<str>),
    Date(Date),
    Duration(Duration),
    /// `during 2004-05`
    Period(Date, Date),
    Code(Code),
    Choice(Box<str>),
    /// `otherwise unknown`, a parameter that is not set
    Unknown,
}

#[derive(Debug, Clone)]
pub(crate) enum ExprKind {
    Constant(Constant),
    Today,
    /// A fact of the patient or unit: scalar, or a whole record or list for `Known` and `ThereIs`.
    Fact(FactId),
    /// A field of a `record` fact.
    RecordField(FactId, FieldId),
    /// A field of the record that a quantifier is at; `depth` 0 is the outermost quantifier around it.
    Field {
        depth: u8,
        field: FieldId,
    },
    Parameter(ParameterId),
    Define(DefineId),
    /// Since `birth` (the fact `birth_date`), on `on`.
    Age {
        birth: Box<Expr>,
        on: Box<Expr>,
        leap_day: LeapDay,
    },

    And(Vec<Expr>),
    Or(Vec<Expr>),
    Not(Box<Expr>),
    AtLeastOf(u32, Vec<Expr>),

    /// Both sides of one type (age against duration). Quantities: the right side converted to the left side's unit by
    /// the checker where it is constant; otherwise comparable.
    Compare(Box<Expr>, Comparison, Box<Expr>),
    OneOf(Box<Expr>, Polarity, Vec<Expr>),
    In(Box<Expr>, Polarity, CodeSetId),
    /// Ends included.
    Between(Box<Expr>, Box<Expr>, Box<Expr>),
    /// A date and a period.
    During(Box<Expr>, Box<Expr>),
    Distance {
        value: Box<Expr>,
        relation: Distance,
        duration: Box<Expr>,
        anchor: Box<Expr>,
    },

    /// A `record or none`, `date or none` or list fact, or such a field; a list: has at least one record.
    ThereIs(Polarity, Box<Expr>),
    Known(Polarity, Box<Expr>),
    Status(Polarity, RuleTarget, StatusTest),
    /// The total of a score, as a number or quantity; absent where the score does not apply.
    Total(RuleId),
    /// The band of a score is one of these, by place.
    Band(Polarity, RuleId, Box<[u32]>),
    /// The total of the items, narrowed by a total that was given.
    GivenTotal {
        sum: Box<Expr>,
        given: Box<Expr>,
    },
    /// How many dates of a schedule stand so; a number.
    CountedDates(Box<CountedDates>),
    /// Only in the lines of a schedule.
    Each(EachRecord),

    Quantifier {
        kind: QuantifierKind,
        reading: Reading,
        list: List,
        body: Box<Expr>,
    },
    /// `body` absent counts all.
    Count {
        list: List,
        body: Option<Box<Expr>>,
    },
    Sum {
        list: List,
        value: Box<Expr>,
    },
    /// The latest or earliest value of a date field.
    Extreme {
        extreme: ExtremeWord,
        list: List,
        field: FieldId,
    },
    ExtremeHas {
        extreme: ExtremeWord,
        list: List,
        by: FieldId,
        body: Box<Expr>,
    },
    OfExtremes {
        count: u32,
        extreme: ExtremeWord,
        among: u32,
        list: List,
        by: FieldId,
        body: Box<Expr>,
    },
    /// `by` is the date field that `within` looks at.
    Different {
        count: u32,
        list: List,
        field: FieldId,
        within: Option<Box<(FieldId, Expr)>>,
    },

    LookUp {
        key: Box<Expr>,
        table: TableId,
        column: u32,
        otherwise: Box<Expr>,
    },
    If {
        arms: Vec<(Expr, Expr)>,
        otherwise: Box<Expr>,
    },
    /// Numbers, or quantities of comparable units (all in the unit of `ty`); `true` is minus.
    Sums(Vec<(Sign, Expr)>),
    /// Numbers or quantities; the result's unit is in `ty`.
    Products(Vec<(Factor, Expr)>),
    /// A date so much earlier or later.
    Shifted {
        anchor: Box<Expr>,
        direction: Direction,
        duration: Box<Expr>,
    },
    UnitsBetween {
        unit: DurationUnit,
        from: Box<Expr>,
        to: Box<Expr>,
    },
    Round(Box<Expr>, u32),
    /// A quantity in another comparable unit (the unit of `ty`).
    Convert(Box<Expr>, Unit),
}

pub(crate) use crate::syntax::ast::{Comparison, Factor, Sign};

/// A list and the filter on its records; inside `filter` (and the body) the record is one level deeper.
#[derive(Debug, Clone)]
pub(crate) struct List {
    pub(crate) fact: FactId,
    pub(crate) filter: Option<Box<Expr>>,
    /// How many records are already around it: the `depth` of its own record.
    pub(crate) depth: u8,
}

impl Constant {
    /// What is known of it as a condition.
    pub(crate) fn truth(&self) -> Option<Truth> {
        match self {
            Constant::Truth(value) => Some(Truth::from(*value)),
            Constant::Unknown => Some(Truth::Unknown),
            Constant::Number(_)
            | Constant::Quantity(_)
            | Constant::Text(_)
            | Constant::Date(_)
            | Constant::Duration(_)
            | Constant::Period(..)
            | Constant::Code(_)
            | Constant::Choice(_) => None,
        }
    }
}
