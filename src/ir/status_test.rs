//! Asking for the status of a rule or a line.

use super::RuleId;

/// What a status test looks at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum RuleTarget {
    Rule(RuleId),
    /// Index of a criterion of an eligibility.
    Criterion(RuleId, u32),
}

/// The status asked for. Unknown while the target is undetermined, except `Undetermined` itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum StatusTest {
    Met,
    /// The status *not met*: a rule that does not apply, or refers, is never that.
    NotMet,
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
