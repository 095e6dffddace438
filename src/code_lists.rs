//! Code lists that the caller supplies: `list "naloxone-medications"` in a `codes` declaration reads one.

use crate::source::sha256;
use crate::value::{Code, CodeSet, System};
use std::collections::{BTreeMap, BTreeSet};

/// Lists of codes by name, for rules that leave a list to the caller.
///
/// A list may hold codes of several systems: a rule reads those of the system it declares. A code in a list stands for
/// itself and, in a hierarchical system, for all codes below it. Which lists were used, with a digest of their codes,
/// is part of an outcome's identity.
///
/// ```
/// use riktlinje::{Code, CodeLists, System};
/// let mut lists = CodeLists::new();
/// lists.insert("naloxone", [Code::new(System::Atc, "V03AB15").unwrap()]);
/// assert_eq!(lists.names().collect::<Vec<_>>(), ["naloxone"]);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CodeLists {
    lists: BTreeMap<Box<str>, BTreeSet<Code>>,
}

impl CodeLists {
    /// None at all.
    #[must_use]
    pub fn new() -> CodeLists {
        CodeLists::default()
    }

    /// Adds a list. A list of that name that was there before is replaced.
    pub fn insert(&mut self, name: impl Into<String>, codes: impl IntoIterator<Item = Code>) {
        self.lists.insert(name.into().into(), codes.into_iter().collect());
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(|name| &**name)
    }

    /// The codes of a list that belong to a system; `None` when there is no list of that name.
    pub(crate) fn get(&self, name: &str, system: System) -> Option<CodeSet> {
        let codes = self.lists.get(name)?.iter().filter(|code| code.system() == system);
        Some(codes.fold(CodeSet::empty(system), |set, code| set.union(&CodeSet::of_code(code))))
    }

    /// `sha256:` and the digest of the list's codes, the same for the same codes in any order.
    pub(crate) fn digest(&self, name: &str) -> Option<String> {
        let lines: Vec<String> =
            self.lists.get(name)?.iter().map(|code| format!("{} {}\n", code.system().name(), code.as_str())).collect();
        Some(format!("sha256:{}", sha256(lines.concat().as_bytes())))
    }
}
