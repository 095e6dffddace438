//! `band of` a score.

use super::paths::{Found, joined};
use super::{Lowered, Lowering};
use crate::check::names::RuleSort;
use crate::check::types::TRUTH;
use crate::diagnostic::codes as register;
use crate::ir::{ExprKind, Polarity};
use crate::syntax::ast::{Name, Span};

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
}
