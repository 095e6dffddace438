//! `band of` a score.

use super::paths::{Found, joined};
use super::{Lowered, Lowering};
use crate::check::names::{Declared, RuleSort};
use crate::check::types::TRUTH;
use crate::diagnostic::codes as register;
use crate::ir::{ExprKind, Polarity};
use crate::syntax::ast::{self, Name, Span};

impl<'a> Lowering<'_, 'a> {
    #[inline(never)]
    pub(super) fn band(&mut self, span: Span, score: &'a [Name], polarity: Polarity, bands: &'a [Name]) -> Lowered {
        let rule = match self.find(score, span) {
            Found::Rule(id) if self.world.rule(id).is_some_and(|names| names.sort == RuleSort::Score) => id,
            Found::Nothing => return Self::unknown(),
            Found::Rule(_)
            | Found::Value(_)
            | Found::Word
            | Found::Criterion(_)
            | Found::CodeSet(_)
            | Found::Table
            | Found::Other(_) => {
                let message = format!("`{}` is no score, so it has no band", joined(score));
                let found = self.finding(register::NOT_A_RULE, span, message);
                self.report.add(found.help("name a score: `band of audit is risk`"));
                return Self::unknown();
            }
        };
        let mut places = Vec::with_capacity(bands.len());
        for band in bands {
            let Some(names) = self.world.rule(rule) else { return Self::unknown() };
            match names.criterion(&band.value) {
                Some(place) => places.push(place),
                None => {
                    let message = format!("`{}` has no band `{}`", joined(score), band.value);
                    let mut found = self.finding(register::NO_SUCH_FIELD, band.span, message);
                    if self.report.is_generous() {
                        let names: Vec<&str> = names.lines().collect();
                        let near = self.report.did_you_mean(&band.value, names.iter().copied());
                        let shown = || names.iter().copied().take(12).collect::<Vec<_>>().join(", ");
                        let all =
                            || if names.is_empty() { "it has none".to_owned() } else { format!("it has {}", shown()) };
                        found.help = near.or_else(|| Some(all()));
                    }
                    self.report.add(found);
                    return Self::unknown();
                }
            }
        }
        (ExprKind::Band(polarity, rule, places.into()), TRUTH)
    }

    /// `audit is risk`: the name of a score is its total, and a band is asked for with words of its own.
    #[inline(never)]
    pub(super) fn is_band_without_words(&mut self, span: Span, left: &ast::Expr, right: &ast::Expr) -> bool {
        let (ast::ExprKind::Path(score), ast::ExprKind::Path(band)) = (&left.kind, &right.kind) else { return false };
        let ([score], [band]) = (score.as_slice(), band.as_slice()) else { return false };
        let Some(Declared::Rule(id)) = self.scope.find(&score.value).map(|entry| entry.what) else { return false };
        let names = self.world.rule(id).filter(|names| names.sort == RuleSort::Score);
        if names.is_none_or(|names| names.criterion(&band.value).is_none()) {
            return false;
        }
        let message = format!("`{}` is the total of the score, and `{}` is a band", score.value, band.value);
        let found = self.finding(register::TYPES_DIFFER, span, message);
        self.report.add(found.help(format!("write `band of {} is {}`", score.value, band.value)));
        true
    }
}
