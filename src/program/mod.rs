//! A guideline as run: flat, each distinct condition and value once, facts as slots. It is plain data; `eval` runs it.
//!
//! Conditions ([`TruthOp`]) and values ([`ValueOp`]) each have their own numbering; whatever an operation reads has a
//! smaller place in the order of evaluation. Operations on a record (inside a quantifier) share the numbering: their
//! cells are written anew for each record.

#![allow(clippy::indexing_slicing, reason = "tables are indexed by their own typed ids")]

mod assemble;
mod builder;
mod gates;
mod kept;
mod layout;
mod lower;
mod lower_rules;
mod lower_task;
mod parallel;
mod plans;
mod reading;
mod reads;
mod rules;
mod score;
mod values;

use crate::ground::Ground;
use crate::ir;
use crate::language::Localized;
use crate::schema::{FactId, FieldId, ScalarType, Schema};
use crate::source::Place;
use crate::value::partial::{Apart, LeapBirthday, Order, Partial, Symbol};
use crate::value::{CodeSet, DurationUnit, System, Truth};
use std::collections::HashMap;

pub(crate) use gates::{GateGroup, GateSet, GateTable, Gates, TABLE_WORDS};
pub(crate) use kept::Kept;
pub(crate) use layout::{Block, Layout, LineBit, PASS_WORDS, Pass, PassedLoop, Run, Shape, Step, Stretch};
pub(crate) use parallel::{Dated, Parallel, Track};
pub(crate) use plans::{
    CountWindow, CountedDates, DateStatus, Days, FirstDay, Phase, PhaseEnd, Plan, PlanId, PlanKind, Recurrence,
    Schedule, Sharing,
};
pub(crate) use reading::{Form, Meaning, Reading, ReadingId, Subject};
pub(crate) use reads::Reads;
pub(crate) use rules::{
    Common, Deadline, DecidingLine, Indicator, IndicatorGroup, LineName, Proposal, ProposalRow, Task, TaskLine, Told,
};
pub(crate) use score::{Band, Score, ScoreItem};

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident)*) => {
        $($(#[$doc])* #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
        pub(crate) struct $name(pub(crate) u32);)*
    };
}
ids! {
    /// A condition; also its bit among the cells.
    TruthId
    /// A value; also its cell.
    ValueId
    /// A scalar fact, or a field of a `record` fact.
    SlotId
    /// A list fact.
    ListId
    /// A loop over the records of a list.
    LoopId
    /// A rule, in the order of evaluation.
    RuleIndex
    /// A test of codes: a set or one code.
    CodeTestId
    /// A comparison whose partial dates are enumerated jointly.
    JointId
}

/// The symbols of yes and no as values.
pub(crate) const YES: Symbol = Symbol(0);
pub(crate) const NO: Symbol = Symbol(1);

/// A condition or its negation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct Lit {
    pub(crate) id: TruthId,
    pub(crate) negated: bool,
}

/// How many records are around an operation: 0 none, 1 or 2.
pub(crate) type Scope = u8;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum TruthOp {
    Constant(Truth),
    /// A yes/no parameter that nobody set. Index in [`Program::parameters`].
    Parameter(u32),
    /// A yes/no fact or field as a condition; absent is no.
    Holds(Operand),
    /// All of them. Sorted, no doubles, at least two.
    All(Box<[Lit]>),
    /// At least so many of them.
    AtLeast(u32, Box<[Lit]>),
    Compare(ValueId, Order, ValueId),
    OneOf(ValueId, Box<[ValueId]>),
    Between(ValueId, ValueId, ValueId),
    During(ValueId, ValueId),
    Apart {
        value: ValueId,
        apart: Apart,
        duration: ValueId,
        anchor: ValueId,
    },
    /// The code passes the test.
    Code(ValueId, CodeTestId),
    /// The value is not absent.
    Present(ValueId),
    /// There is such a record, date or (list) any record at all.
    ThereIs(Operand),
    /// It was given, and not too long ago.
    Known(Operand),
    Status(Target, ir::StatusTest),
    /// The condition is not unknown.
    Settled(Lit),
    /// Something is known of the value.
    ValueKnown(ValueId),
    /// Some record of the loop passes.
    Some(LoopId),
    /// The latest (earliest) record passes.
    ExtremeHas(LoopId),
    OfExtremes(LoopId),
    Different(LoopId),
    /// Its operand with the partial dates that it names more than once enumerated jointly.
    Joint(JointId),
    /// The dates of a plan are known; no: there is nothing to count from.
    Dates {
        plan: PlanId,
        values: Box<[ValueId]>,
        loops: Box<[LoopId]>,
    },
}

/// Something that was given or not.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) enum Operand {
    Slot(SlotId),
    /// A field of the record that is `depth` records out from the outermost.
    Field {
        list: ListId,
        depth: u8,
        field: u32,
    },
    /// A whole list.
    List(ListId),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Target {
    Rule(RuleIndex),
    Criterion(RuleIndex, u32),
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum ValueOp {
    /// Index in [`Program::constants`].
    Constant(u32),
    Today,
    Read(Operand),
    /// A parameter that nobody set: unknown. Index in [`Program::parameters`].
    Parameter(u32),
    Age {
        birth: ValueId,
        on: ValueId,
        leap_birthday: LeapBirthday,
    },
    /// Each with whether it is taken away.
    Sum(Box<[(ValueId, bool)]>),
    /// Each with whether it divides.
    Product(Box<[(ValueId, bool)]>),
    Shift {
        anchor: ValueId,
        duration: ValueId,
        earlier: bool,
    },
    UnitsBetween {
        unit: DurationUnit,
        from: ValueId,
        to: ValueId,
    },
    Round(ValueId, u32),
    /// A number narrowed by what is known of another one of the same thing.
    Narrowed {
        value: ValueId,
        by: ValueId,
    },
    /// The first arm whose condition holds, else the last value.
    If {
        arms: Box<[(Lit, ValueId)]>,
        otherwise: ValueId,
    },
    /// Index in [`Program::tables`], column.
    LookUp {
        key: ValueId,
        table: u32,
        column: u32,
        otherwise: ValueId,
    },
    Count(LoopId),
    SumOf(LoopId),
    Extreme(LoopId),
    /// How many dates of a plan stand so.
    Dates(CountedDates),
    /// yes or no as a value, to be shown.
    Truth(Lit),
}

/// A constant of the program: the evaluator's form, and the one to show.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct ConstantValue {
    pub(crate) partial: Partial,
    pub(crate) shown: ir::Constant,
}

/// A pass over the records of a list.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Loop {
    pub(crate) list: ListId,
    pub(crate) depth: u8,
    /// The list is read as complete.
    pub(crate) closed: bool,
    pub(crate) filter: Option<Lit>,
    pub(crate) body: LoopBody,
}

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum LoopBody {
    /// `some`, `count`; `None` counts all.
    Condition(Option<Lit>),
    /// `sum of`
    Value(ValueId),
    /// `each taken of samples`: by that date.
    Days(ValueId),
    /// `the latest FIELD of`
    Extreme {
        latest: bool,
        by: ValueId,
    },
    ExtremeHas {
        latest: bool,
        by: ValueId,
        body: Lit,
    },
    OfExtremes {
        count: u32,
        among: u32,
        latest: bool,
        by: ValueId,
        body: Lit,
    },
    Different {
        count: u32,
        field: ValueId,
        within: Option<(ValueId, ValueId)>,
    },
}

/// One comparison in which a partly known date stands more than once.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) struct Joint {
    /// The comparison itself.
    pub(crate) condition: TruthId,
    /// The dates to enumerate: named more than once, or (`alone`) once for each of two records that may be the same.
    pub(crate) dates: Box<[JointDate]>,
    /// What must be computed again for each choice of days, in order.
    pub(crate) again: Box<[Step]>,
}

/// A date that a comparison may name more than once.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct JointDate {
    pub(crate) operand: Operand,
    /// It is named only once itself.
    pub(crate) alone: bool,
}

/// A test that a code passes or not.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(crate) enum CodeTest {
    /// `in`; `incomplete`: a list that it names was not supplied.
    In { set: CodeSet, incomplete: bool },
    /// `is`
    Is(crate::value::Code),
}

impl CodeTest {
    pub(crate) fn system(&self) -> System {
        match self {
            CodeTest::In { set, .. } => set.system(),
            CodeTest::Is(code) => code.system(),
        }
    }
}

/// Where a slot's value comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct Slot {
    pub(crate) fact: FactId,
    /// `None`: the fact itself (for a record: whether it is there).
    pub(crate) field: Option<FieldId>,
}

/// A list fact with the fields that the program reads.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct ListSlot {
    pub(crate) fact: FactId,
    /// In the order of the program's field numbers.
    pub(crate) fields: Vec<FieldId>,
}

/// A parameter that nobody set.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct OpenParameter {
    pub(crate) name: Box<str>,
    pub(crate) ty: ScalarType,
    pub(crate) label: Localized,
}

/// A parameter that has a value: conditions hold it as a constant.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct SetParameter {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) value: ir::Constant,
    /// Of its default; none where the caller set it.
    pub(crate) grounds: Vec<Ground>,
    /// Where the default stands; `None` where the caller set it.
    pub(crate) place: Option<Place>,
}

#[derive(Debug, Clone)]
pub(crate) struct Table {
    /// Sorted by key for search.
    pub(crate) rows: Vec<(TableKey, Box<[u32]>)>,
}

/// A key of a table; numbers by value, codes and words by symbol.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) enum TableKey {
    Number(crate::value::Number),
    Symbol(Symbol),
    Truth(bool),
}

#[derive(Debug, Clone)]
pub(crate) struct RuleProgram {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) layer: ir::LayerId,
    /// Position in its file.
    pub(crate) order: u32,
    pub(crate) place: Place,
    pub(crate) kind: RuleKind,
}

#[derive(Debug, Clone)]
pub(crate) enum RuleKind {
    Eligibility { when: Option<Condition>, criteria: Vec<Criterion> },
    Checklist { when: Option<Condition>, criteria: Vec<Criterion>, text: Localized },
    Task(Task),
    Recommendation(Recommendation),
    Parallel(Parallel),
    Schedule(Schedule),
    Score(Score),
    Proposal(Proposal),
    Indicator(Indicator),
}

impl RuleKind {
    /// The one condition of a recommendation that has no other line, and does not say "should not".
    pub(crate) fn single_line(&self) -> Option<Lit> {
        let RuleKind::Recommendation(recommendation) = self else { return None };
        let only = recommendation.only_line()?;
        (only.strength != ir::Strength::ShouldNot).then_some(only.line.condition.lit)
    }
}

/// A condition with how it reads.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Condition {
    pub(crate) lit: Lit,
    pub(crate) reading: ReadingId,
}

#[derive(Debug, Clone)]
pub(crate) struct Criterion {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) modality: ir::Modality,
    pub(crate) condition: Condition,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) exceptions: Vec<Exception>,
    pub(crate) place: Place,
    /// Its cell among the criteria of all rules.
    pub(crate) cell: u32,
}

#[derive(Debug, Clone)]
pub(crate) struct Exception {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) condition: Condition,
    pub(crate) refer_to: ir::PartyId,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) place: Place,
}

#[derive(Debug, Clone)]
pub(crate) struct Recommendation {
    pub(crate) strengths: Vec<StrengthLine>,
    pub(crate) not_needed: Vec<Line>,
    pub(crate) advise_against: Vec<Line>,
    pub(crate) by: Vec<ir::PartyOrWord>,
    pub(crate) excludes: Vec<RuleIndex>,
    pub(crate) text: Localized,
    pub(crate) grounds: Vec<Ground>,
}

impl Recommendation {
    /// Its one line, where it has no other: its status says whether that holds.
    #[inline]
    pub(crate) fn only_line(&self) -> Option<&StrengthLine> {
        match (&*self.strengths, &*self.not_needed, &*self.advise_against) {
            ([only], [], []) => Some(only),
            (_, _, _) => None,
        }
    }
}

#[derive(Debug, Clone)]
pub(crate) struct StrengthLine {
    pub(crate) strength: ir::Strength,
    pub(crate) priority: Option<u32>,
    pub(crate) line: Line,
}

#[derive(Debug, Clone)]
pub(crate) struct Line {
    pub(crate) condition: Condition,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) place: Place,
}

/// A definition whose value belongs to the outcome.
#[derive(Debug, Clone)]
pub(crate) struct Shown {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) value: ValueId,
    pub(crate) ty: ir::Type,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) layer: ir::LayerId,
    pub(crate) order: u32,
    pub(crate) reading: ReadingId,
}

#[derive(Debug, Clone)]
pub(crate) struct Assumption {
    pub(crate) condition: Condition,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) place: Place,
    /// What to say where it is broken; empty: the condition as written.
    pub(crate) said: Localized,
}

/// The whole program of one guideline with what it uses.
#[derive(Debug, Clone)]
pub(crate) struct Program {
    pub(crate) schema: Schema,
    pub(crate) layers: Vec<ir::Layer>,
    pub(crate) parties: Vec<ir::Party>,

    pub(crate) truths: Vec<TruthOp>,
    pub(crate) values: Vec<ValueOp>,
    pub(crate) constants: Vec<ConstantValue>,
    pub(crate) parameters: Vec<OpenParameter>,
    /// Those that are read and have a value.
    pub(crate) set_parameters: Vec<SetParameter>,
    pub(crate) slots: Vec<Slot>,
    pub(crate) lists: Vec<ListSlot>,
    pub(crate) loops: Vec<Loop>,
    pub(crate) joints: Vec<Joint>,
    pub(crate) tables: Vec<Table>,
    pub(crate) plans: Vec<Plan>,
    pub(crate) code_tests: Vec<CodeTest>,
    /// Strings of constants, by symbol.
    pub(crate) symbols: Vec<Box<str>>,

    /// What to do for each record of a loop, by loop.
    pub(crate) loop_steps: Vec<Box<[Step]>>,
    pub(crate) layout: Layout,

    pub(crate) rules: Vec<RuleProgram>,
    /// The guideline's own rules, by place in `rules`, in the order of the file.
    pub(crate) own_rules: Vec<u32>,
    pub(crate) shown: Vec<Shown>,
    pub(crate) assumptions: Vec<Assumption>,
    /// What people call the definitions and scores that have a label.
    pub(crate) define_labels: HashMap<Box<str>, Localized>,
    pub(crate) readings: Vec<Reading>,
    /// By reading: as written, on one line.
    pub(crate) texts: Kept<Box<str>>,
    /// By rule: the steps that work out the values that only somebody who asks why wants to see; `None`: all.
    pub(crate) value_steps: Kept<Option<Box<[Step]>>>,
    /// What the lines of recommendations are called, for whoever explains one.
    pub(crate) line_labels: Kept<Localized>,
}

pub(crate) use ir::{Choice, Constant, Layer, Modality, PartyId, PartyOrWord, StatusTest, Strength, Type};

impl Lit {
    pub(crate) fn of(id: TruthId) -> Lit {
        Lit { id, negated: false }
    }
}

impl std::ops::Not for Lit {
    type Output = Lit;

    fn not(self) -> Lit {
        Lit { negated: !self.negated, ..self }
    }
}

impl Program {
    /// Whether a value is a condition shown as one.
    pub(crate) fn is_truth(&self, value: ValueId) -> bool {
        matches!(self.values[value.0 as usize], ValueOp::Truth(_))
    }

    /// Whether a value reads a fact that can be known to be absent.
    pub(crate) fn may_be_none(&self, value: ValueId) -> bool {
        let ValueOp::Read(operand) = &self.values[value.0 as usize] else { return false };
        matches!(self.scalar_type(*operand), Some(crate::schema::ScalarType::Date { or_none: true }))
    }

    /// The system of the codes that a value can be, where it shows.
    pub(crate) fn code_system(&self, value: ValueId) -> Option<System> {
        let op = &self.values[value.0 as usize];
        if let ValueOp::Read(operand) = op {
            let crate::schema::ScalarType::Code(system) = self.scalar_type(*operand)? else { return None };
            Some(*system)
        } else if let ValueOp::Constant(constant) = op {
            let ir::Constant::Code(code) = &self.constants[*constant as usize].shown else { return None };
            Some(code.system())
        } else if let ValueOp::If { arms, .. } = op {
            arms.iter().find_map(|(_, value)| self.code_system(*value))
        } else {
            None
        }
    }
}

impl Pass {
    /// The first word of its bits, and how many words they touch.
    pub(crate) fn words(&self) -> (u32, u32) {
        let last = self.first_bit + self.loops.len() as u32 - 1;
        (self.first_bit / 64, last / 64 - self.first_bit / 64 + 1)
    }
}
