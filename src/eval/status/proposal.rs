//! The status of a proposal, and which options it comes to (LANGUAGE, "Meaning": `first that holds`, `exactly one`).

use crate::eval::cells::Cells;
use crate::program::{Choice, Program, Proposal};
use crate::status::ProposalStatus;
use crate::value::Truth;
use std::collections::BTreeSet;

/// What a proposal comes to.
pub(crate) struct Proposed {
    pub(crate) status: ProposalStatus,
    /// The options that are proposed whatever is still unknown; of a conflict those that hold.
    pub(crate) outcomes: BTreeSet<u32>,
    /// Those that may be, the certain ones among them.
    pub(crate) possible: BTreeSet<u32>,
    /// Those of them that some way would propose without a conflict. Where one option holds for certain, exactly one never
    /// comes to another.
    pub(crate) may_be_proposed: BTreeSet<u32>,
}

impl Proposed {
    fn none(status: ProposalStatus) -> Proposed {
        Proposed { status, outcomes: BTreeSet::new(), possible: BTreeSet::new(), may_be_proposed: BTreeSet::new() }
    }

    fn settled(outcomes: BTreeSet<u32>) -> Proposed {
        let status = if outcomes.is_empty() { ProposalStatus::NoneApplies } else { ProposalStatus::Proposed };
        Proposed { status, possible: outcomes.clone(), may_be_proposed: outcomes.clone(), outcomes }
    }

    fn open(outcomes: BTreeSet<u32>, possible: BTreeSet<u32>) -> Proposed {
        let may_be_proposed = possible.clone();
        Proposed { status: ProposalStatus::Undetermined, outcomes, possible, may_be_proposed }
    }
}

pub(super) fn settle(program: &Program, proposal: &Proposal, cells: &Cells) -> ProposalStatus {
    proposed(program, cells, proposal).status
}

/// From the truths of the rows; `Unknown` rows leave every option possible that they may bring about.
pub(crate) fn proposed(program: &Program, cells: &Cells, proposal: &Proposal) -> Proposed {
    let applies = proposal.common.when.map_or(Truth::True, |when| cells.lit(program, when.lit));
    if applies == Truth::False {
        return Proposed::none(ProposalStatus::NotApplicable);
    }
    let rows = proposal.rows.iter().map(|row| (row.option, cells.lit(program, row.line.condition.lit)));
    let proposed = match proposal.choice {
        Choice::First => first(rows, proposal.otherwise),
        Choice::ExactlyOne => exactly_one(&by_option(rows), proposal.otherwise),
        Choice::All => all(&by_option(rows), proposal.otherwise),
    };
    match applies {
        Truth::True | Truth::False => proposed,
        // Perhaps it does not apply at all.
        Truth::Unknown => Proposed { status: ProposalStatus::Undetermined, outcomes: BTreeSet::new(), ..proposed },
    }
}

/// The first row that holds; settled when every row that may be the first leads to the same.
fn first(rows: impl Iterator<Item = (u32, Truth)>, otherwise: Option<u32>) -> Proposed {
    let mut reached: BTreeSet<Option<u32>> = BTreeSet::new();
    let mut goes_on = true;
    for (option, truth) in rows {
        match truth {
            Truth::False => {}
            Truth::Unknown => drop(reached.insert(Some(option))),
            Truth::True => {
                reached.insert(Some(option));
                goes_on = false;
                break;
            }
        }
    }
    if goes_on {
        reached.insert(otherwise);
    }
    let possible: BTreeSet<u32> = reached.iter().copied().flatten().collect();
    if reached.len() == 1 {
        return Proposed::settled(possible);
    }
    Proposed::open(BTreeSet::new(), possible)
}

/// The options that hold and those that may: an option holds where any of its rows does.
struct Options {
    certain: BTreeSet<u32>,
    possible: BTreeSet<u32>,
}

fn by_option(rows: impl Iterator<Item = (u32, Truth)>) -> Options {
    let mut options = Options { certain: BTreeSet::new(), possible: BTreeSet::new() };
    for (option, truth) in rows {
        match truth {
            Truth::False => {}
            Truth::Unknown => drop(options.possible.insert(option)),
            Truth::True => {
                options.certain.insert(option);
                options.possible.insert(option);
            }
        }
    }
    options
}

/// No option holds for certain: settled where whatever holds, and nothing, come to the same.
fn unsettled(possible: BTreeSet<u32>, otherwise: Option<u32>) -> Proposed {
    if otherwise.is_some() && possible.len() == 1 {
        return Proposed::settled(possible);
    }
    Proposed::open(BTreeSet::new(), possible)
}

fn exactly_one(options: &Options, otherwise: Option<u32>) -> Proposed {
    let Options { certain, possible } = options;
    let (outcomes, mut possible) = (certain.clone(), possible.clone());
    match (certain.len(), possible.len()) {
        (0, 0) => Proposed::settled(otherwise.into_iter().collect()),
        (0, _) => {
            possible.extend(otherwise);
            unsettled(possible, otherwise)
        }
        (1, 1) => Proposed::settled(outcomes),
        (1, _) => {
            let may_be_proposed = outcomes.clone();
            Proposed { status: ProposalStatus::PossibleConflict, outcomes, possible, may_be_proposed }
        }
        (_, _) => Proposed { status: ProposalStatus::Conflict, outcomes, possible, may_be_proposed: BTreeSet::new() },
    }
}

fn all(options: &Options, otherwise: Option<u32>) -> Proposed {
    let Options { certain, possible } = options;
    if possible.is_empty() {
        return Proposed::settled(otherwise.into_iter().collect());
    }
    if certain == possible {
        return Proposed::settled(certain.clone());
    }
    let mut possible = possible.clone();
    if certain.is_empty() {
        possible.extend(otherwise);
        return unsettled(possible, otherwise);
    }
    Proposed::open(certain.clone(), possible)
}
