//! How a condition reads: the tree as its author wrote it, each part with its place and the cell that holds its answer.

use super::{Lit, LoopId, Operand, Target, Type, ValueId};
use crate::source::Place;

/// Index in `Program::readings`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct ReadingId(pub(crate) u32);

/// One part of a condition as written.
#[derive(Debug, Clone)]
pub(crate) struct Reading {
    pub(crate) place: Place,
    pub(crate) meaning: Meaning,
    pub(crate) ty: Type,
    pub(crate) form: Form,
    /// What a leaf looks at, in the order written, none twice.
    pub(crate) subjects: Box<[Subject]>,
    /// Its parts; of a loop: the filter and the body, to be read per record.
    pub(crate) parts: Box<[ReadingId]>,
}

/// The cell that holds the answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Meaning {
    Truth(Lit),
    Value(ValueId),
}

/// How the parts make the whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Form {
    All,
    Any,
    Not,
    AtLeast(u32),
    /// `if C then A, … else B`: conditions and what they lead to by turns, the last for all else.
    Choice,
    /// A condition or value that is not made of conditions (its parts, if any, are lists that it looks at).
    Leaf,
    /// A definition by its name; its one part is what it says.
    Define(Box<str>),
    Status(Target),
    /// A list is gone through; the parts are read per record.
    Loop {
        looped: LoopId,
        filter: Option<ReadingId>,
        body: Option<ReadingId>,
    },
}

/// Something that a condition looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Subject {
    Fact(Operand),
    /// Index in `Program::parameters`: nobody set it.
    Parameter(u32),
    /// Index in `Program::set_parameters`: its default, or what the caller set it to.
    SetParameter(u32),
}
