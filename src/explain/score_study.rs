//! What the total of a score without bands depends on. Every total settles it, so its status says nothing of that.

use super::study::Study;
use crate::outcome::Situation;
use crate::program::{RuleIndex, Score};
use crate::value::FactValue;

/// So many sets of answers to the other things are tried.
const BASES: usize = 4;
/// At most so many answers of one thing.
const MOST: usize = 12;

impl Study<'_> {
    /// Those of the things whose answers make another total, or whether there is one.
    pub(super) fn total_depends(&self, rule: RuleIndex, score: &Score, things: Vec<usize>) -> Vec<usize> {
        let found = |chosen: &[(usize, &FactValue)]| {
            let cells = self.with_answers_at(chosen);
            (Situation::status(&cells, rule), cells.value(score.total))
        };
        let matters = |thing: &usize| {
            let answers = self.answers_of(*thing);
            let few = answers.len().div_ceil(MOST).max(1);
            (0..BASES).any(|base| {
                let others = things.iter().filter(|other| *other != thing);
                let others: Vec<(usize, &FactValue)> = others
                    .filter_map(|other| {
                        let answers = self.answers_of(*other);
                        Some((*other, answers.get(base * answers.len() / BASES)?))
                    })
                    .collect();
                let mut seen = None;
                answers.iter().step_by(few).any(|answer| {
                    let mut chosen = others.clone();
                    chosen.push((*thing, answer));
                    let found = found(&chosen);
                    seen.replace(found).is_some_and(|before| before != found)
                })
            })
        };
        // What no answer can be thought of for is taken to matter.
        things.iter().copied().filter(|thing| self.answers_of(*thing).is_empty() || matters(thing)).collect()
    }
}
