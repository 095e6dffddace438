//! Conditions made of conditions, and statuses made of them, for a chunk of patients at once: sets, joined and cut.
//!
//! Each has a set of those for whom it is yes and one of those for whom it is no; whoever is in neither is unknown.

use super::{Lanes, Plane, WORDS, and, and_not, or};
use crate::program::{Modality, StatusTest};
use crate::value::Truth;

/// The two sets of a condition, or of its negation.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sides {
    pub(super) yes: Plane,
    pub(super) no: Plane,
}

/// What is worked out from sets. `plane` is the first of its own.
#[derive(Debug, Clone)]
pub(super) enum Operation {
    All {
        plane: Plane,
        of: Vec<Sides>,
    },
    AtLeast {
        plane: Plane,
        count: u32,
        of: Vec<Sides>,
    },
    Constant {
        plane: Plane,
        truth: Truth,
    },
    Settled {
        plane: Plane,
        of: Sides,
    },
    /// Whether a status is one that a test names: the sets of all settled statuses, and of those.
    Status {
        plane: Plane,
        settled: Vec<Plane>,
        holds: Vec<Plane>,
        is_undetermined: bool,
    },
    /// An empty set.
    Nobody {
        plane: Plane,
    },
    Advice(Advice),
    Criteria(Criteria),
    /// Not counted, counted, in.
    Indicator {
        plane: Plane,
        applies: Option<Sides>,
        counted: Sides,
        of_them: Option<Sides>,
    },
}

/// A recommendation of several lines: recommended, advised against, not applicable.
#[derive(Debug, Clone)]
pub(super) struct Advice {
    pub(super) plane: Plane,
    /// Each with whether it says "should not".
    pub(super) strengths: Vec<(Sides, bool)>,
    pub(super) not_needed: Vec<Sides>,
    pub(super) advise_against: Vec<Sides>,
}

/// An eligibility: met, refer, not met, not applicable. Of a checklist the second is part of the first.
#[derive(Debug, Clone)]
pub(super) struct Criteria {
    pub(super) plane: Plane,
    pub(super) applies: Option<Sides>,
    pub(super) lines: Vec<(CriterionSets, Sides, Vec<Sides>, Modality)>,
    pub(super) is_checklist: bool,
}

/// Met, excepted, not met.
#[derive(Debug, Clone, Copy)]
pub(super) struct CriterionSets {
    first: Plane,
}

impl CriterionSets {
    pub(super) fn at(first: Plane) -> CriterionSets {
        CriterionSets { first }
    }

    pub(super) fn all(self) -> [Plane; 3] {
        [self.first, self.first + 1, self.first + 2]
    }

    /// The set of those that a test names, if it names any.
    pub(super) fn of(self, test: StatusTest) -> Option<Plane> {
        let [met, excepted, not_met] = self.all();
        if test == StatusTest::Met {
            Some(met)
        } else if test == StatusTest::Excepted {
            Some(excepted)
        } else if test == StatusTest::NotMet {
            Some(not_met)
        } else {
            None
        }
    }
}

/// Who is yes, and who is no.
#[derive(Debug, Clone, Copy)]
struct Known {
    yes: Lanes,
    no: Lanes,
}

const NOBODY: Lanes = [0; WORDS];
const EVERYBODY: Lanes = [u64::MAX; WORDS];

impl Known {
    fn of(sides: Sides, planes: &[Lanes]) -> Known {
        Known { yes: planes[sides.yes as usize], no: planes[sides.no as usize] }
    }

    fn or_yes(sides: Option<Sides>, planes: &[Lanes]) -> Known {
        sides.map_or(Known { yes: EVERYBODY, no: NOBODY }, |sides| Known::of(sides, planes))
    }

    fn and(self, other: Known) -> Known {
        Known { yes: and(self.yes, other.yes), no: or(self.no, other.no) }
    }

    fn any(of: &[Sides], planes: &[Lanes]) -> Known {
        of.iter().map(|sides| Known::of(*sides, planes)).fold(Known { yes: NOBODY, no: EVERYBODY }, |any, other| {
            Known { yes: or(any.yes, other.yes), no: and(any.no, other.no) }
        })
    }

    fn unknown(self) -> Lanes {
        and_not(EVERYBODY, or(self.yes, self.no))
    }
}

impl Operation {
    /// A condition with its sets from `plane` on.
    pub(super) fn at(self, plane: Plane) -> Operation {
        match self {
            Operation::All { of, .. } => Operation::All { plane, of },
            Operation::AtLeast { count, of, .. } => Operation::AtLeast { plane, count, of },
            Operation::Constant { truth, .. } => Operation::Constant { plane, truth },
            Operation::Settled { of, .. } => Operation::Settled { plane, of },
            Operation::Status { settled, holds, is_undetermined, .. } => {
                Operation::Status { plane, settled, holds, is_undetermined }
            }
            Operation::Nobody { .. } | Operation::Advice(_) | Operation::Criteria(_) | Operation::Indicator { .. } => {
                self
            }
        }
    }

    pub(super) fn settle(&self, planes: &mut [Lanes]) {
        match self {
            Operation::All { plane, of } => {
                let (mut yes, mut no) = (EVERYBODY, NOBODY);
                for sides in of {
                    yes = and(yes, planes[sides.yes as usize]);
                    no = or(no, planes[sides.no as usize]);
                }
                write(planes, *plane, [yes, no]);
            }
            Operation::AtLeast { plane, count, of } => {
                let (yes, no) = at_least(*count as usize, of, planes);
                write(planes, *plane, [yes, no]);
            }
            Operation::Constant { plane, truth } => {
                let set = |of: Truth| if *truth == of { EVERYBODY } else { NOBODY };
                write(planes, *plane, [set(Truth::True), set(Truth::False)]);
            }
            Operation::Settled { plane, of } => {
                let unknown = Known::of(*of, planes).unknown();
                write(planes, *plane, [and_not(EVERYBODY, unknown), unknown]);
            }
            Operation::Status { plane, settled, holds, is_undetermined } => {
                let all = |sets: &[Plane]| sets.iter().fold(NOBODY, |all, set| or(all, planes[*set as usize]));
                let settled = all(settled);
                let holds = all(holds);
                let sets = if *is_undetermined {
                    [and_not(EVERYBODY, settled), settled]
                } else {
                    [and(settled, holds), and_not(settled, holds)]
                };
                write(planes, *plane, sets);
            }
            Operation::Nobody { plane } => planes[*plane as usize] = NOBODY,
            Operation::Advice(advice) => advice.settle(planes),
            Operation::Criteria(criteria) => criteria.settle(planes),
            Operation::Indicator { plane, applies, counted, of_them } => {
                let counted = Known::or_yes(*applies, planes).and(Known::of(*counted, planes));
                let is_in = counted.and(Known::or_yes(*of_them, planes));
                write(planes, *plane, [counted.no, and(counted.yes, is_in.no), and(counted.yes, is_in.yes)]);
            }
        }
    }
}

fn write<const COUNT: usize>(planes: &mut [Lanes], first: Plane, sets: [Lanes; COUNT]) {
    planes[first as usize..][..COUNT].copy_from_slice(&sets);
}

/// Yes where so many are surely yes, no where fewer are possibly.
fn at_least(count: usize, of: &[Sides], planes: &[Lanes]) -> (Lanes, Lanes) {
    // By number: those of whom so many or more hold.
    let reached = |holds: &dyn Fn(Sides) -> Lanes| {
        let mut reached = vec![NOBODY; count + 1];
        reached[0] = EVERYBODY;
        for sides in of {
            let holds = holds(*sides);
            for number in (1..=count).rev() {
                reached[number] = or(reached[number], and(reached[number - 1], holds));
            }
        }
        reached[count]
    };
    let surely = reached(&|sides| planes[sides.yes as usize]);
    let possibly = reached(&|sides| and_not(EVERYBODY, planes[sides.no as usize]));
    (surely, and_not(EVERYBODY, possibly))
}

impl Advice {
    fn settle(&self, planes: &mut [Lanes]) {
        let strengths: Vec<Sides> = self.strengths.iter().map(|(sides, _)| *sides).collect();
        let holds = Known::any(&strengths, planes);
        // Whether the first line that holds says "should not": known where every line that may be the first agrees.
        let mut first = EVERYBODY;
        let mut against = Known { yes: EVERYBODY, no: EVERYBODY };
        for (sides, is_against) in &self.strengths {
            let line = Known::of(*sides, planes);
            let may_be_first = and_not(first, line.no);
            if *is_against {
                against.no = and_not(against.no, may_be_first);
            } else {
                against.yes = and_not(against.yes, may_be_first);
            }
            first = and_not(first, line.yes);
        }
        let both = and(against.yes, against.no);
        let advised = Known::any(&self.advise_against, planes);
        let against =
            Known { yes: or(advised.yes, and_not(against.yes, both)), no: and(advised.no, and_not(against.no, both)) };
        let not_needed = Known::any(&self.not_needed, planes);
        let goes_on = and(holds.yes, against.no);
        let sets =
            [and(goes_on, not_needed.no), and(holds.yes, against.yes), or(holds.no, and(goes_on, not_needed.yes))];
        write(planes, self.plane, sets);
    }
}

impl Criteria {
    fn settle(&self, planes: &mut [Lanes]) {
        let applies = Known::or_yes(self.applies, planes);
        let (mut not_met, mut open, mut excepted) = (NOBODY, NOBODY, NOBODY);
        for (own, sides, exceptions, modality) in &self.lines {
            let line = Known::of(*sides, planes);
            let exception = Known::any(exceptions, planes);
            let sets = [line.yes, and(line.no, exception.yes), and(line.no, exception.no)];
            if *modality == Modality::Require {
                not_met = or(not_met, sets[2]);
                excepted = or(excepted, sets[1]);
                open = or(open, and_not(EVERYBODY, or(sets[0], or(sets[1], sets[2]))));
            }
            write(planes, own.first, sets);
        }
        let passed = and_not(and_not(applies.yes, not_met), open);
        let met = if self.is_checklist { passed } else { and_not(passed, excepted) };
        let sets = [met, and(passed, excepted), and(applies.yes, not_met), applies.no];
        write(planes, self.plane, sets);
    }
}
