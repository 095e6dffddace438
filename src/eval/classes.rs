//! Codes sorted into classes: two codes of one class pass the same tests of the program.

use crate::program::{CodeTest, CodeTestId, Program};
use crate::value::{Code, System, Truth};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The classes of every system that a program tests.
#[derive(Debug, Clone, Default)]
pub(crate) struct CodeClasses {
    systems: BTreeMap<System, Classes>,
    /// By test: its place among the tests of its system.
    places: Vec<u32>,
}

#[derive(Debug, Clone, Default)]
struct Classes {
    tests: u32,
    borders: Borders,
    /// Codes that a test names, or that are coarser than one that it names.
    special: HashMap<Box<str>, u32>,
    /// Class by class, the answer to each test.
    answers: Vec<Truth>,
}

/// Sort keys at which some test's answer changes, ascending. A code with `n` of them at or before it is of class `n`, unless it
/// is special.
#[derive(Debug, Clone, Default)]
pub(super) struct Borders {
    keys: Vec<Box<str>>,
    /// The same as numbers of the same order; none where one of them is longer than seven letters.
    packed: Vec<u64>,
}

impl CodeClasses {
    pub(crate) fn new(program: &Program) -> CodeClasses {
        let mut places = Vec::with_capacity(program.code_tests.len());
        let mut by_system: BTreeMap<System, Vec<&CodeTest>> = BTreeMap::new();
        for test in &program.code_tests {
            let tests = by_system.entry(test.system()).or_default();
            places.push(tests.len() as u32);
            tests.push(test);
        }
        let systems = by_system.into_iter().map(|(system, tests)| (system, Classes::new(system, &tests))).collect();
        CodeClasses { systems, places }
    }

    /// The class of a recorded code.
    pub(crate) fn class(&self, code: &Code) -> u32 {
        self.systems.get(&code.system()).map_or(0, |classes| classes.class(&code.key()))
    }

    /// The keys that are not of the class of the stretch that they lie in.
    pub(super) fn special(&self, system: System) -> impl Iterator<Item = &str> {
        self.systems.get(&system).into_iter().flat_map(|classes| classes.special.keys().map(|key| &**key))
    }

    /// Where codes that are not special change class.
    pub(super) fn borders(&self, system: System) -> Borders {
        self.systems.get(&system).map_or_else(Borders::default, |classes| classes.borders.clone())
    }

    /// How many classes a system has.
    pub(crate) fn count(&self, system: System) -> u32 {
        self.systems.get(&system).map_or(1, Classes::count)
    }

    /// Whether a code of that class passes a test of its system.
    pub(crate) fn passes(&self, program: &Program, class: u32, test: CodeTestId) -> Truth {
        let system = program.code_tests[test.0 as usize].system();
        let place = self.places[test.0 as usize];
        self.systems.get(&system).map_or(Truth::Unknown, |classes| {
            classes.answers.get((class * classes.tests + place) as usize).copied().unwrap_or(Truth::Unknown)
        })
    }
}

impl Classes {
    fn new(system: System, tests: &[&CodeTest]) -> Classes {
        let mut borders: BTreeSet<Box<str>> = BTreeSet::new();
        let mut named: BTreeSet<Box<str>> = BTreeSet::new();
        let mut special: BTreeSet<Box<str>> = BTreeSet::new();
        for test in tests {
            match test {
                CodeTest::In { set, .. } => {
                    for (from, to) in set.stretches() {
                        borders.extend([Box::from(from), Box::from(to)]);
                        named.insert(from.into());
                    }
                }
                CodeTest::Is(code) => {
                    named.insert(code.key().into());
                    special.insert(code.key().into());
                }
            }
        }
        if system.is_hierarchical() {
            for key in &named {
                special.extend(key.char_indices().skip(1).filter_map(|(at, _)| key.get(..at)).map(Box::from));
            }
        }
        let borders: Vec<Box<str>> = borders.into_iter().collect();
        let packed: Option<Vec<u64>> = borders.iter().map(|border| packed(border)).collect();
        let borders = Borders { keys: borders, packed: packed.unwrap_or_default() };
        let mut classes = Classes { tests: tests.len() as u32, borders, ..Classes::default() };
        for class in 0..=classes.borders.keys.len() {
            // All codes from this border to the next that are not special.
            let border = class.checked_sub(1).and_then(|border| classes.borders.keys.get(border)).cloned();
            for test in tests {
                classes.answers.push(match (test, &border) {
                    (CodeTest::In { set, incomplete }, Some(border)) => {
                        or_unknown(set.stretches().any(|(from, to)| from <= &**border && &**border < to), *incomplete)
                    }
                    (CodeTest::In { incomplete, .. }, None) => or_unknown(false, *incomplete),
                    (CodeTest::Is(_), _) => Truth::False,
                });
            }
        }
        for key in special {
            let class = classes.count();
            for test in tests {
                classes.answers.push(answer(system, test, &key));
            }
            classes.special.insert(key, class);
        }
        classes
    }

    fn count(&self) -> u32 {
        self.answers.len() as u32 / self.tests.max(1)
    }

    fn class(&self, key: &str) -> u32 {
        match self.special.get(key) {
            Some(class) => *class,
            None => self.borders.class(key),
        }
    }
}

impl Borders {
    /// The class of a well-formed code that is not special, or of its key.
    #[inline]
    pub(super) fn class(&self, code: &str) -> u32 {
        let before = match packed(code) {
            Some(key) if !self.packed.is_empty() => self.packed.partition_point(|border| *border <= key),
            Some(_) | None => {
                let letters = || code.bytes().filter(|byte| *byte != b'.');
                self.keys.partition_point(|border| border.bytes().cmp(letters()).is_le())
            }
        };
        before as u32
    }
}

/// Up to seven letters as a number, a dot left out: in the order of the texts, a text before those that it begins.
#[inline]
fn packed(text: &str) -> Option<u64> {
    if text.len() > 8 {
        return None;
    }
    let (mut packed, mut count) = (0_u64, 0_u32);
    for byte in text.bytes().filter(|byte| *byte != b'.') {
        packed = packed << 8 | u64::from(byte);
        count += 1;
    }
    // The last eight bits say how many there are.
    (count <= 7).then(|| packed << (64 - 8 * count.max(1)) | u64::from(count))
}

fn or_unknown(inside: bool, incomplete: bool) -> Truth {
    match (inside, incomplete) {
        (true, _) => Truth::True,
        (false, true) => Truth::Unknown,
        (false, false) => Truth::False,
    }
}

/// The answer for one code: in; coarser than something that is in; else not.
fn answer(system: System, test: &CodeTest, key: &str) -> Truth {
    let coarser = |other: &str| system.is_hierarchical() && other != key && other.starts_with(key);
    match test {
        CodeTest::In { set, incomplete } => {
            if set.stretches().any(|(from, to)| from <= key && key < to) {
                Truth::True
            } else if set.stretches().any(|(from, _)| coarser(from)) {
                Truth::Unknown
            } else {
                or_unknown(false, *incomplete)
            }
        }
        CodeTest::Is(code) => {
            let code = code.key();
            if &*code == key {
                Truth::True
            } else if coarser(&code) {
                Truth::Unknown
            } else {
                Truth::False
            }
        }
    }
}
