//! From what a rule means to what is run, for rules that are neither eligibilities nor recommendations.

use super::lower::Lowering;
use super::{Common, Indicator, IndicatorGroup, Proposal, ProposalRow};
use crate::ir;

impl Lowering<'_> {
    pub(super) fn common(&mut self, common: &ir::Common) -> Common {
        Common {
            when: common.when.as_ref().map(|when| self.condition(when)),
            text: common.text.clone(),
            grounds: common.grounds.clone(),
        }
    }

    pub(super) fn proposal(&mut self, proposal: &ir::Proposal) -> Proposal {
        let common = self.common(&proposal.common);
        let row = |row: &ir::ProposalRow| ProposalRow { option: row.option, line: self.line(&row.line) };
        Proposal {
            common,
            options: proposal.options.clone(),
            choice: proposal.choice,
            rows: proposal.rows.iter().map(row).collect(),
            otherwise: proposal.otherwise,
            decided_by: proposal.decided_by.clone(),
        }
    }

    pub(super) fn indicator(&mut self, indicator: &ir::Indicator) -> Indicator {
        let common = self.common(&indicator.common);
        let counted = self.condition(&indicator.counted);
        let of_them = indicator.of_them.as_ref().map(|condition| self.condition(condition));
        let groups = indicator
            .groups
            .iter()
            .map(|group| IndicatorGroup { name: group.name.clone(), counted: self.condition(&group.counted) });
        Indicator {
            common,
            counted,
            of_them,
            lists_others: indicator.lists_others,
            groups: groups.collect(),
            compare: indicator.compare,
            kept: indicator.kept.clone(),
            caution: indicator.caution.clone(),
        }
    }
}
