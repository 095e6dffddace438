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
    /// First and last code of each entry.
    lists: BTreeMap<Box<str>, BTreeSet<(Code, Code)>>,
}

impl CodeLists {
    /// None at all.
    #[must_use]
    pub fn new() -> CodeLists {
        CodeLists::default()
    }

    /// Adds a list. A list of that name that was there before is replaced.
    pub fn insert(&mut self, name: impl Into<String>, codes: impl IntoIterator<Item = Code>) {
        self.insert_ranges(name, codes.into_iter().map(|code| (code.clone(), code)));
    }

    /// Adds a list of ranges, such as `F10` through `F19`; both ends belong to a range, with all codes below them. A list of
    /// that name that was there before is replaced. A range that has no order, or whose ends are of two systems, is empty.
    pub fn insert_ranges(&mut self, name: impl Into<String>, ranges: impl IntoIterator<Item = (Code, Code)>) {
        self.lists.insert(name.into().into(), ranges.into_iter().collect());
    }

    /// The names, in order.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.lists.keys().map(|name| &**name)
    }

    /// The codes of a list that belong to a system; `None` when there is no list of that name, or when all its codes belong to
    /// other systems: then it is another list than the one that was meant.
    pub(crate) fn get(&self, name: &str, system: System) -> Option<CodeSet> {
        let list = self.lists.get(name)?;
        if !list.is_empty() && list.iter().all(|(from, to)| from.system() != system && to.system() != system) {
            return None;
        }
        let single = CodeSet::of_codes(system, list.iter().filter(|(from, to)| from == to).map(|(code, _)| code));
        let ranges = list.iter().filter(|(from, to)| from != to && from.system() == system);
        Some(ranges.filter_map(|(from, to)| CodeSet::of_range(from, to)).fold(single, |set, range| set.union(&range)))
    }

    /// `sha256:` and the digest of the list's codes, the same for the same codes in any order.
    pub(crate) fn digest(&self, name: &str) -> Option<String> {
        let line = |(from, to): &(Code, Code)| {
            format!("{} {} {} {}\n", from.system().name(), from.as_str(), to.system().name(), to.as_str())
        };
        let lines: Vec<String> = self.lists.get(name)?.iter().map(line).collect();
        Some(format!("sha256:{}", sha256(lines.concat().as_bytes())))
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is the failure report")]
mod tests {
    use super::*;
    use crate::value::Truth;

    #[test]
    fn a_list_holds_codes_and_ranges_of_several_systems() {
        let code = |system, code| Code::new(system, code).unwrap();
        let (drug, other) = (code(System::RxNorm, "1010603"), code(System::RxNorm, "1010604"));
        let block = (code(System::Icd10Cm, "F10"), code(System::Icd10Cm, "F19"));
        let mut lists = CodeLists::new();
        lists.insert_ranges("mixed", [(drug.clone(), drug.clone()), block.clone()]);
        let drugs = lists.get("mixed", System::RxNorm).unwrap();
        assert_eq!((drugs.contains(&drug), drugs.contains(&other)), (Truth::True, Truth::False));
        let diagnoses = lists.get("mixed", System::Icd10Cm).unwrap();
        assert_eq!(diagnoses.contains(&code(System::Icd10Cm, "F11.20")), Truth::True);
        assert!(lists.get("other", System::RxNorm).is_none());
        // No code of the system is not the same as no codes.
        assert!(lists.get("mixed", System::Atc).is_none());
        lists.insert("empty", []);
        assert_eq!(lists.get("empty", System::Atc).unwrap().contains(&code(System::Atc, "N07")), Truth::False);
        let digest = lists.digest("mixed");
        lists.insert_ranges("mixed", [block, (drug.clone(), drug)]);
        assert_eq!(lists.digest("mixed"), digest);
    }
}
