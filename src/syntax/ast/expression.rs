//! Conditions and values as written.

use super::{DateLiteral, DatesCounted, DurationLiteral, EachRecord, Name, Span, Spanned};
use crate::value::{DurationUnit, Number, Truth};

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
    /// `band of audit is risk`, `band of audit is one of risk, dependence`
    Band {
        score: Vec<Name>,
        polarity: Polarity,
        /// One or more.
        bands: Vec<Name>,
    },
    /// `urine_samples missed at least 2 times within 30 days before today`
    DatesCounted(Box<DatesCounted>),
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
    /// `each taken of samples that are (…)`, only in the lines of a schedule
    Each(Box<EachRecord>),
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
    Complete,
    Incomplete,
    ToDo,
    Done,
    Late,
    DoneLate,
    InParallel,
    Waiting,
    OutOfStep,
    InForce,
    Proposed,
    NoneApplies,
    Conflict,
    PossibleConflict,
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
