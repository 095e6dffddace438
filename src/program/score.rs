//! Scores as run: a total, and a condition for each band.

use super::lower::Lowering;
use super::reading::{Form, Meaning, Reading};
use super::{Common, Condition, Lit, ReadingId, TruthOp, Type, ValueId, ValueOp};
use crate::ground::Ground;
use crate::ir::{self, ExprKind, Polarity};
use crate::language::Localized;
use crate::source::Place;
use crate::value::Truth;
use crate::value::partial::Order;
use std::collections::HashSet;

#[derive(Debug, Clone)]
pub(crate) struct Score {
    pub(crate) common: Common,
    /// Whether there is a total: `when` holds, and nothing that it is made of is absent.
    pub(crate) applies: Lit,
    pub(crate) total: ValueId,
    pub(crate) ty: Type,
    pub(crate) items: Vec<ScoreItem>,
    pub(crate) bands: Vec<Band>,
    /// Whether the total is one number: what settles a score that has no bands.
    pub(crate) settled: Condition,
}

#[derive(Debug, Clone)]
pub(crate) struct ScoreItem {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) points: ValueId,
    /// It is a fact of that name.
    pub(crate) is_fact: bool,
    /// What its points depend on, in the order written.
    pub(crate) conditions: Vec<Condition>,
    pub(crate) place: Place,
}

#[derive(Debug, Clone)]
pub(crate) struct Band {
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) text: Localized,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) condition: Condition,
    /// What chooses between its ends, in the order written.
    pub(crate) choices: Vec<Condition>,
    pub(crate) place: Place,
}

/// What conditions of other rules read of a score.
#[derive(Debug, Clone)]
pub(super) struct ScoreCells {
    /// Absent where the score does not apply.
    total: ValueId,
    reading: ReadingId,
    applies: Lit,
    /// By band: whether it holds. The first that does counts.
    bands: Vec<Lit>,
}

impl Score {
    /// The bands that are still possible, by place: all that may hold, up to the first that does.
    pub(crate) fn possible(&self, truth: impl Fn(Lit) -> Truth) -> Vec<usize> {
        let mut possible = Vec::new();
        if truth(self.applies) == Truth::False {
            return possible;
        }
        for (at, band) in self.bands.iter().enumerate() {
            match truth(band.condition.lit) {
                Truth::False => {}
                Truth::Unknown => possible.push(at),
                Truth::True => {
                    possible.push(at);
                    break;
                }
            }
        }
        possible
    }
}

impl Lowering<'_> {
    pub(super) fn score(&mut self, rule: &ir::Rule, score: &ir::Score) -> Score {
        let common = self.common(&score.common);
        let items: Vec<ScoreItem> = score.items.iter().map(|item| self.score_item(item)).collect();
        self.subjects.clear();
        self.parts.clear();
        let total = self.value(&score.total);
        let when = common.when.map(|when| when.lit);
        let present = self.builder.can_be_absent(total).then(|| self.builder.truth(TruthOp::Present(total)));
        let applies = self.builder.all(when.into_iter().chain(present).collect());
        let subjects = std::mem::take(&mut self.subjects).into();
        let parts = std::mem::take(&mut self.parts).into();
        let (meaning, ty) = (Meaning::Value(total), score.total.ty.clone());
        let reading = Reading { place: rule.place, meaning, ty, form: Form::Leaf, subjects, parts };
        let reading = self.reading(reading);
        // Its own bands look at the total itself; whether the score applies is asked once.
        let cells = ScoreCells { total, reading, applies, bands: Vec::new() };
        self.scores.push(Some(cells));
        let place = self.scores.len() - 1;
        let same = self.builder.truth(TruthOp::Compare(total, Order::Is, total));
        let settled = Condition { lit: same, reading: self.settled_reading(reading, same) };
        let bands: Vec<Band> = score.bands.iter().map(|band| self.band(band)).collect();
        let holds = bands.iter().map(|band| band.condition.lit).collect();
        let guarded = match when {
            None => total,
            Some(when) => {
                let absent = self.builder.absent();
                self.builder.value(ValueOp::If { arms: Box::new([(when, total)]), otherwise: absent })
            }
        };
        if let Some(slot) = self.scores.get_mut(place) {
            *slot = Some(ScoreCells { total: guarded, reading, applies, bands: holds });
        }
        let ty = score.total.ty.clone();
        Score { common, applies, total, ty, items, bands, settled }
    }

    fn settled_reading(&mut self, total: ReadingId, lit: Lit) -> ReadingId {
        let Some(reading) = self.readings.get(total.0 as usize).cloned() else { return total };
        self.reading(Reading {
            meaning: Meaning::Truth(lit),
            ty: super::lower::TRUTH,
            parts: Box::new([total]),
            ..reading
        })
    }

    fn score_item(&mut self, item: &ir::ScoreItem) -> ScoreItem {
        let conditions = self.choices(&item.points);
        ScoreItem {
            name: item.name.clone(),
            label: item.label.clone(),
            points: self.value(&item.points),
            is_fact: matches!(item.points.kind, ExprKind::Fact(_)),
            conditions,
            place: item.place,
        }
    }

    /// The conditions that an `if` chooses by.
    fn choices(&mut self, expr: &ir::Expr) -> Vec<Condition> {
        let ExprKind::If { arms, .. } = &expr.kind else { return Vec::new() };
        arms.iter().map(|(when, _)| self.condition(when)).collect()
    }

    fn band(&mut self, band: &ir::Band) -> Band {
        let choices = self.choices(&band.condition);
        Band {
            choices,
            name: band.name.clone(),
            label: band.label.clone(),
            text: band.text.clone(),
            grounds: band.grounds.clone(),
            condition: self.condition(&band.condition),
            place: band.place,
        }
    }

    fn score_cells(&self, rule: ir::RuleId) -> Option<&ScoreCells> {
        self.scores.get(rule.0 as usize)?.as_ref()
    }

    /// `audit`, as a number.
    pub(super) fn total_of(&mut self, rule: ir::RuleId) -> ValueId {
        let Some(ScoreCells { total, reading, .. }) = self.score_cells(rule).cloned() else {
            return self.builder.constant(&ir::Constant::Unknown);
        };
        let known =
            self.readings.get(reading.0 as usize).map(|known| (known.subjects.clone(), known.place, known.ty.clone()));
        if let Some((subjects, place, ty)) = known {
            for subject in subjects {
                self.subject(subject);
            }
            let name = self.ir.rules.get(rule.0 as usize).map(|rule| rule.name.clone()).unwrap_or_default();
            let (form, meaning) = (Form::Define(name), Meaning::Value(total));
            let part = self.reading(Reading {
                place,
                meaning,
                ty,
                form,
                subjects: Box::default(),
                parts: Box::new([reading]),
            });
            self.parts.push(part);
        }
        total
    }

    /// `band of audit is one of …`: no where the score does not apply, whichever way it is asked.
    pub(super) fn band_of(&mut self, rule: ir::RuleId, polarity: Polarity, bands: &[u32]) -> Lit {
        let Some(cells) = self.score_cells(rule).cloned() else {
            return self.builder.constant_truth(Truth::Unknown);
        };
        // From the lowest up: a band that is asked for makes it yes, another makes it no, else those below decide.
        let mut one_of = self.builder.constant_truth(Truth::False);
        let bands: HashSet<u32> = bands.iter().copied().collect();
        for (place, holds) in cells.bands.iter().enumerate().rev() {
            one_of = if bands.contains(&(place as u32)) {
                self.builder.any(vec![*holds, one_of])
            } else {
                self.builder.all(vec![!*holds, one_of])
            };
        }
        // Both are no where the score does not apply, so neither waits for that where the band decides.
        let asked = match polarity {
            Polarity::Positive => one_of,
            Polarity::Negative => !one_of,
        };
        self.builder.all(vec![cells.applies, asked])
    }
}
