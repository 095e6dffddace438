//! The status of a proposal.

use crate::eval::cells::Cells;
use crate::program::{Program, Proposal};
use crate::status::ProposalStatus;
use crate::value::Truth;

pub(super) fn settle(program: &Program, proposal: &Proposal, cells: &Cells) -> ProposalStatus {
    match proposal.common.when.map_or(Truth::True, |when| cells.lit(program, when.lit)) {
        Truth::False => ProposalStatus::NotApplicable,
        Truth::Unknown | Truth::True => ProposalStatus::Undetermined,
    }
}
