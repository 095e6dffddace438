//! The outcome of a score.

use super::situation::Situation;
use super::{OptionName, RuleStatus, ScoreOutcome, ScoredItem};
use crate::program::{Program, RuleIndex, RuleKind, RuleProgram, Score, Type, ValueId};
use crate::schema::ScalarType;
use crate::status::ScoreStatus;
use crate::value::Number;
use crate::value::partial::Partial;

impl OptionName {
    /// The band that a score has by its status.
    pub(crate) fn of_band(program: &Program, rule: RuleIndex, status: RuleStatus) -> Option<OptionName> {
        let RuleStatus::Score(ScoreStatus::Banded(at)) = status else { return None };
        let RuleKind::Score(score) = &program.rules.get(rule.0 as usize)?.kind else { return None };
        let band = score.bands.get(at as usize)?;
        Some(OptionName { id: band.name.to_string(), label: band.label.clone() })
    }
}

impl<'a> Situation<'a> {
    pub(super) fn score(&self, index: RuleIndex, rule: &'a RuleProgram, score: &'a Score) -> Option<ScoreOutcome> {
        let RuleStatus::Score(status) = Situation::status(self.cells, index) else { return None };
        let program = self.program();
        let name = |at: usize| {
            let band = score.bands.get(at)?;
            Some(OptionName { id: band.name.to_string(), label: band.label.clone() })
        };
        let whole = RuleStatus::Score(status);
        let band = self.band(score, whole);
        let possible = score.possible(|lit| self.cells.lit(program, lit));
        let applies = status != ScoreStatus::NotApplicable;
        let (low, high) = if applies { self.ends(score.total) } else { (None, None) };
        let unit = if let Type::Scalar(ScalarType::Quantity(unit)) = &score.ty { Some(unit.to_string()) } else { None };
        let items = score.items.iter().map(|item| {
            let (low, high) = self.ends(item.points);
            ScoredItem { id: item.name.to_string(), label: item.label.clone(), low, high }
        });
        Some(ScoreOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status: status.name(),
            low,
            high,
            unit,
            band: band.map(|band| OptionName { id: band.name.to_string(), label: band.label.clone() }),
            possible: possible.into_iter().filter_map(name).collect(),
            items: items.collect(),
            text: self.said(rule, whole).clone(),
            grounds: self.rule_grounds(rule, whole).cloned().collect(),
            layer: self.layer(rule),
        })
    }

    /// The ends of a number.
    fn ends(&self, value: ValueId) -> (Option<Number>, Option<Number>) {
        let Partial::Number { low, high } = self.cells.value(value).as_number() else { return (None, None) };
        (low, high)
    }
}
