//! What the total of a score without bands depends on. Every total settles it, so its status says nothing of that.

use super::study::Study;
use crate::outcome::{RuleStatus, Situation};
use crate::program::{RuleIndex, Score};
use crate::status::ScoreStatus;
use crate::value::FactValue;

/// At most so many completions are all tried.
const ALL: usize = 256;
/// Of more, so many sets of answers to the other things.
const BASES: usize = 4;
/// At most so many answers of one thing.
const MOST: usize = 12;

impl Study<'_> {
    /// Those of the things whose answers make another total, or whether there is one.
    pub(super) fn total_depends(&self, rule: RuleIndex, score: &Score, things: Vec<usize>) -> Vec<usize> {
        let found = |chosen: &[(usize, &FactValue)]| {
            let cells = self.with_answers_at(chosen);
            let status = Situation::status(&cells, rule);
            // Nobody asks for the total of a score that is not asked for.
            let applies = status != RuleStatus::Score(ScoreStatus::NotApplicable);
            (status, applies.then(|| cells.value(score.total)))
        };
        let sizes: Vec<usize> = things.iter().map(|thing| self.answers_of(*thing).len().max(1)).collect();
        if sizes.iter().fold(1, |rows: usize, size| rows.saturating_mul(*size)) <= ALL {
            return self.total_depends_in_all(&things, &sizes, found);
        }
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

    /// The same where few completions are all that there are: things of which two answers make a difference, all others
    /// being equal.
    fn total_depends_in_all<T: PartialEq>(
        &self,
        things: &[usize],
        sizes: &[usize],
        found: impl Fn(&[(usize, &FactValue)]) -> T,
    ) -> Vec<usize> {
        // By thing: how far apart its answers are among the rows. The last thing's answers vary fastest.
        let stride = |place: usize| sizes.iter().skip(place + 1).product::<usize>();
        let strides: Vec<usize> = (0..sizes.len()).map(stride).collect();
        let row = |row: usize| {
            let places = things.iter().zip(sizes).zip(&strides);
            let answered = places.filter_map(|((thing, size), stride)| {
                Some((*thing, self.answers_of(*thing).get(row / stride % size)?))
            });
            found(&answered.collect::<Vec<_>>())
        };
        let rows: Vec<T> = (0..sizes.iter().product()).map(row).collect();
        let matters = |stride: usize, size: usize| {
            let next = |row: usize| (row / stride % size + 1 < size).then(|| rows.get(row + stride)).flatten();
            rows.iter().enumerate().any(|(row, found)| next(row).is_some_and(|next| next != found))
        };
        let matter = things.iter().zip(sizes).zip(&strides).filter(|((thing, size), stride)| {
            // What no answer can be thought of for is taken to matter.
            self.answers_of(**thing).is_empty() || matters(**stride, **size)
        });
        matter.map(|((thing, _), _)| *thing).collect()
    }
}
