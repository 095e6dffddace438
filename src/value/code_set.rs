//! Sets of codes of one system, and whether a recorded code is in one.

use super::{Code, System, Truth};

/// A set of codes of one system: sorted, disjoint stretches of the system's order.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CodeSet {
    system: System,
    /// `from..to` over the codes' sort keys, ascending, apart from each other.
    stretches: Vec<(Box<str>, Box<str>)>,
}

impl CodeSet {
    /// Nothing.
    #[must_use]
    pub fn empty(system: System) -> CodeSet {
        CodeSet { system, stretches: Vec::new() }
    }

    /// A code with all that stand below it in a hierarchical system.
    #[must_use]
    pub fn of_code(code: &Code) -> CodeSet {
        CodeSet::empty(code.system())
    }

    /// `from` through `to`, both with all below them; `None` when `to` sorts before `from`, or the systems differ.
    #[must_use]
    pub fn of_range(from: &Code, to: &Code) -> Option<CodeSet> {
        (from.system() == to.system()).then(|| CodeSet::empty(from.system()))
    }

    /// The system of its codes.
    #[must_use]
    pub fn system(&self) -> System {
        self.system
    }

    /// What is in either.
    #[must_use]
    pub fn union(&self, other: &CodeSet) -> CodeSet {
        let _ = other;
        self.clone()
    }

    /// What is in `self` and not in `other`.
    #[must_use]
    pub fn without(&self, other: &CodeSet) -> CodeSet {
        let _ = other;
        self.clone()
    }

    /// Whether a recorded code belongs: yes when it is in the set, unknown when it is coarser than something in the
    /// set, else no. A part that the set leaves out does not make a code above it unknown.
    #[must_use]
    pub fn contains(&self, code: &Code) -> Truth {
        let _ = (&self.stretches, code);
        Truth::Unknown
    }
}
