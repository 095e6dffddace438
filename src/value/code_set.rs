//! Sets of codes of one system, and whether a recorded code is in one.

use super::{Code, System, Truth};

/// A set of codes of one system: sorted, disjoint stretches of the system's order.
///
/// ```
/// use riktlinje::{Code, CodeSet, System, Truth};
/// let code = |text| Code::new(System::Icd10Se, text).unwrap();
/// let dependence = CodeSet::of_code(&code("F11.2")).without(&CodeSet::of_code(&code("F11.2F")));
/// assert_eq!(dependence.contains(&code("F11.2X")), Truth::True);
/// assert_eq!(dependence.contains(&code("F11.2")), Truth::True, "what is left out is finer than what was recorded");
/// assert_eq!(dependence.contains(&code("F11")), Truth::Unknown, "too coarse to tell");
/// assert_eq!(dependence.contains(&code("F11.2F")), Truth::False);
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct CodeSet {
    system: System,
    /// `from..to` over the codes' sort keys, ascending, apart from each other, none empty.
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
        let key = code.key();
        let end = after(code.system(), &key);
        CodeSet { system: code.system(), stretches: vec![(key.into(), end)] }
    }

    /// `from` through `to`, both with all below them; `None` when `to` sorts before `from`, the systems differ, or the
    /// system's order means nothing (see [`System::has_ranges`]).
    #[must_use]
    pub fn of_range(from: &Code, to: &Code) -> Option<CodeSet> {
        let system = from.system();
        let (start, last) = (from.key(), to.key());
        (system == to.system() && system.has_ranges() && start <= last)
            .then(|| CodeSet { system, stretches: vec![(start.into(), after(system, &last))] })
    }

    /// All of these, in one pass; codes of another system are left out.
    #[must_use]
    pub fn of_codes<'a>(system: System, codes: impl IntoIterator<Item = &'a Code>) -> CodeSet {
        let codes = codes.into_iter().filter(|code| code.system() == system);
        let stretches = codes.flat_map(|code| CodeSet::of_code(code).stretches).collect();
        CodeSet { system, stretches: joined(stretches) }
    }

    /// The system of its codes.
    #[must_use]
    pub fn system(&self) -> System {
        self.system
    }

    /// Whether nothing is in it.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.stretches.is_empty()
    }

    /// What is in either. A set of another system adds nothing.
    #[must_use]
    pub fn union(&self, other: &CodeSet) -> CodeSet {
        if self.system != other.system {
            return self.clone();
        }
        let stretches = self.stretches.iter().chain(&other.stretches).cloned().collect();
        CodeSet { system: self.system, stretches: joined(stretches) }
    }

    /// What is in `self` and not in `other`. A set of another system takes nothing away.
    #[must_use]
    pub fn without(&self, other: &CodeSet) -> CodeSet {
        if self.system != other.system {
            return self.clone();
        }
        let mut left = Vec::new();
        let mut cuts = other.stretches.iter().peekable();
        for (from, to) in &self.stretches {
            let mut from = from.clone();
            while cuts.next_if(|(_, end)| *end <= from).is_some() {}
            while let Some((start, end)) = cuts.peek().filter(|(start, _)| start < to) {
                if *start > from {
                    left.push((from.clone(), start.clone()));
                }
                if end >= to {
                    from = to.clone();
                    break;
                }
                from = end.clone();
                cuts.next();
            }
            if from < *to {
                left.push((from, to.clone()));
            }
        }
        CodeSet { system: self.system, stretches: left }
    }

    /// Whether a recorded code belongs: yes when it is in the set, unknown when it is coarser than something in the
    /// set, else no. A part that the set leaves out does not make a code above it unknown.
    #[must_use]
    pub fn contains(&self, code: &Code) -> Truth {
        if code.system() != self.system {
            return Truth::False;
        }
        let key = code.key();
        let next = self.stretches.partition_point(|(from, _)| **from <= *key);
        let within = next.checked_sub(1).and_then(|last| self.stretches.get(last)).is_some_and(|(_, to)| *key < **to);
        if within {
            return Truth::True;
        }
        let below = after(self.system, &key);
        let coarser =
            self.system.is_hierarchical() && self.stretches.get(next).is_some_and(|(from, _)| **from < *below);
        if coarser { Truth::Unknown } else { Truth::False }
    }

    /// The stretches of sort keys (see [`Code::key`]): each from its first key up to, and without, its second; ascending.
    pub(crate) fn stretches(&self) -> impl Iterator<Item = (&str, &str)> {
        self.stretches.iter().map(|(from, to)| (&**from, &**to))
    }
}

/// The least key that stands after a code and all below it.
fn after(system: System, key: &str) -> Box<str> {
    let mut text = key.to_owned();
    match (system.is_hierarchical(), text.pop()) {
        // Keys are ASCII, so the next character is one too: what starts with `F11` ends where `F12` starts.
        (true, Some(last)) => text.push(char::from_u32(u32::from(last) + 1).unwrap_or(char::MAX)),
        (false, Some(last)) => text.extend([last, '\0']),
        (_, None) => text.push('\0'),
    }
    text.into()
}

/// Sorted, with those that meet or overlap made one.
fn joined(mut stretches: Vec<(Box<str>, Box<str>)>) -> Vec<(Box<str>, Box<str>)> {
    stretches.sort_unstable();
    let mut result: Vec<(Box<str>, Box<str>)> = Vec::with_capacity(stretches.len());
    for (from, to) in stretches {
        match result.last_mut() {
            Some((_, end)) if from <= *end => {
                if to > *end {
                    *end = to;
                }
            }
            Some(_) | None => result.push((from, to)),
        }
    }
    result
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is the failure report")]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// All codes of a small world: F10 to F13 with one and two places below.
    fn world() -> Vec<Code> {
        let mut texts = Vec::new();
        for category in ["F10", "F11", "F12", "F13"] {
            texts.push(category.to_owned());
            for place in ["0", "2", "9"] {
                texts.push(format!("{category}.{place}"));
                texts.extend(["A", "F", "X"].map(|letter| format!("{category}.{place}{letter}")));
            }
        }
        texts.iter().map(|text| Code::new(System::Icd10Se, text).unwrap()).collect()
    }

    fn below(above: &Code, code: &Code) -> bool {
        above == code || above.is_coarser_than(code)
    }

    /// A set and its naive model: for each code of the world whether it is in the set.
    fn model(steps: &[(usize, usize, bool)]) -> (CodeSet, Vec<bool>) {
        let world = world();
        let mut set = CodeSet::empty(System::Icd10Se);
        let mut members = vec![false; world.len()];
        for (a, b, adds) in steps {
            let (from, to) = (&world[a % world.len()], &world[b % world.len()]);
            let range = CodeSet::of_range(from, to).unwrap_or_else(|| CodeSet::of_code(from));
            let inside = |code: &Code| {
                if from.key() <= to.key() {
                    (from.key() <= code.key() && code.key() <= to.key()) || below(to, code)
                } else {
                    below(from, code)
                }
            };
            for (code, member) in world.iter().zip(&mut members) {
                if inside(code) {
                    *member = *adds;
                }
            }
            set = if *adds { set.union(&range) } else { set.without(&range) };
        }
        (set, members)
    }

    proptest! {
        #[test]
        fn agrees_with_a_list_of_members(steps in prop::collection::vec((0..60_usize, 0..60_usize, any::<bool>()), 0..6)) {
            let (set, members) = model(&steps);
            for (code, member) in world().iter().zip(&members) {
                let some_below = world().iter().zip(&members).any(|(other, member)| *member && code.is_coarser_than(other));
                let expected = if *member { Truth::True } else if some_below { Truth::Unknown } else { Truth::False };
                // The world is a part of the codes there are: a code above may see one that the world lacks.
                let seen = set.contains(code);
                prop_assert!(seen == expected || (seen == Truth::Unknown && expected == Truth::False), "{code}: {seen}");
                prop_assert_eq!(seen == Truth::True, *member);
            }
        }

        #[test]
        fn laws_of_sets(a in prop::collection::vec((0..60_usize, 0..60_usize, any::<bool>()), 0..5), b in prop::collection::vec((0..60_usize, 0..60_usize, any::<bool>()), 0..5)) {
            let (a, b) = (model(&a).0, model(&b).0);
            prop_assert_eq!(a.union(&b), b.union(&a));
            prop_assert_eq!(a.union(&a), a.clone());
            prop_assert!(a.without(&a).is_empty());
            prop_assert_eq!(a.without(&b).union(&b), a.union(&b));
            for set in [a.union(&b), a.without(&b)] {
                let ends: Vec<&str> = set.stretches().flat_map(|(from, to)| [from, to]).collect();
                prop_assert!(ends.windows(2).all(|pair| pair[0] < pair[1]));
            }
        }
    }

    #[test]
    fn systems_without_hierarchy_hold_points() {
        let county = |text| Code::new(System::County, text).unwrap();
        let set = CodeSet::of_range(&county("13"), &county("17")).unwrap();
        assert_eq!(set.contains(&county("14")), Truth::True);
        assert_eq!(set.contains(&county("18")), Truth::False);
        assert_eq!(set.without(&CodeSet::of_code(&county("14"))).contains(&county("14")), Truth::False);
        let drug = |text| Code::new(System::RxNorm, text).unwrap();
        assert_eq!(CodeSet::of_code(&drug("197696")).contains(&drug("19")), Truth::False);
        assert!(CodeSet::of_range(&drug("1"), &drug("2")).is_none());
        assert!(CodeSet::of_range(&county("17"), &county("13")).is_none());
    }
}
