//! Which conditions have to turn: the smallest sets of leaves that reach a goal, by search with the evaluator itself.

use crate::value::Truth;

/// A leaf to be turned (its place among the leaves) and what it would have to be.
pub(super) type Turned = (usize, Truth);

/// What was found.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Found {
    /// Fewest leaves first, then in the order of the leaves. None is part of another.
    pub(super) sets: Vec<Vec<Turned>>,
    /// Whether there may be more.
    pub(super) truncated: bool,
}

/// Whether an answer that is settled while other leaves are unknown stays, whatever those turn out to be. It does, except
/// where the goal looks at unknown itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Refinement {
    Stays,
    MayChange,
}

/// How far to search.
#[derive(Debug, Clone, Copy)]
pub(super) struct Limits {
    /// How many sets to give.
    pub(super) sets: usize,
    /// How often to ask the goal.
    pub(super) questions: u64,
}

/// The subset-minimal sets of leaves whose turning reaches the goal.
///
/// `now` is what each leaf is. A leaf that is known turns to its opposite, one that is unknown to yes or to no; a leaf
/// outside the set stays as it is. `goal` says of all leaves' values whether the goal is reached, missed, or neither.
/// Two sets of the same leaves are one set: the first in the order yes, no is given.
pub(super) fn smallest_sets(
    now: &[Truth],
    refinement: Refinement,
    limits: Limits,
    goal: &mut dyn FnMut(&[Truth]) -> Truth,
) -> Found {
    let mut search = Search {
        now,
        refinement,
        limits,
        goal,
        values: now.to_vec(),
        chosen: Vec::new(),
        sets: Vec::new(),
        asked: 0,
        ended: false,
    };
    for size in 0..=now.len() {
        if search.ended {
            break;
        }
        search.go(0, size);
    }
    let truncated = search.ended || search.sets.len() > limits.sets;
    let mut sets = search.sets;
    sets.truncate(limits.sets);
    Found { sets, truncated }
}

struct Search<'a> {
    now: &'a [Truth],
    refinement: Refinement,
    limits: Limits,
    goal: &'a mut dyn FnMut(&[Truth]) -> Truth,
    values: Vec<Truth>,
    chosen: Vec<Turned>,
    sets: Vec<Vec<Turned>>,
    asked: u64,
    ended: bool,
}

impl Search<'_> {
    /// Turns `left` more leaves among those from `from` on. One set more than is to be given shows that there are more.
    fn go(&mut self, from: usize, left: usize) {
        if self.ended || self.sets.len() > self.limits.sets || self.covers_a_set() {
            return;
        }
        if left == 0 {
            self.restore(from);
            if self.ask() == Truth::True {
                self.sets.push(self.chosen.clone());
            }
            return;
        }
        if self.now.len() - from.min(self.now.len()) < left || self.is_hopeless(from) {
            return;
        }
        let Some(now) = self.now.get(from).copied() else { return };
        for turned in turns(now) {
            self.set(from, *turned);
            self.chosen.push((from, *turned));
            self.go(from + 1, left - 1);
            self.chosen.pop();
        }
        self.set(from, now);
        self.go(from + 1, left);
    }

    /// Whether the leaves chosen so far contain a set that was found: then nothing new is minimal.
    fn covers_a_set(&self) -> bool {
        let is_chosen = |(leaf, _): &Turned| self.chosen.iter().any(|(chosen, _)| chosen == leaf);
        self.sets.iter().any(|set| set.iter().all(is_chosen))
    }

    /// Whether the goal is missed whatever the leaves from `from` on turn to.
    fn is_hopeless(&mut self, from: usize) -> bool {
        match self.refinement {
            Refinement::MayChange => false,
            Refinement::Stays => {
                for value in self.values.iter_mut().skip(from) {
                    *value = Truth::Unknown;
                }
                self.ask() == Truth::False
            }
        }
    }

    fn restore(&mut self, from: usize) {
        for (value, now) in self.values.iter_mut().zip(self.now).skip(from) {
            *value = *now;
        }
    }

    fn set(&mut self, leaf: usize, to: Truth) {
        if let Some(value) = self.values.get_mut(leaf) {
            *value = to;
        }
    }

    /// Unknown once the limit is reached.
    fn ask(&mut self) -> Truth {
        if self.asked >= self.limits.questions {
            self.ended = true;
            return Truth::Unknown;
        }
        self.asked += 1;
        (self.goal)(&self.values)
    }
}

fn turns(now: Truth) -> &'static [Truth] {
    match now {
        Truth::True => &[Truth::False],
        Truth::False => &[Truth::True],
        Truth::Unknown => &[Truth::True, Truth::False],
    }
}

#[cfg(test)]
mod tests {
    use super::{Limits, Refinement, Truth, Turned, smallest_sets, turns};

    const LIMITS: Limits = Limits { sets: 5, questions: 2_000_000 };

    fn all(leaves: &[Truth]) -> Truth {
        leaves.iter().fold(Truth::True, |all, leaf| all.and(*leaf))
    }

    fn any(leaves: &[Truth]) -> Truth {
        leaves.iter().fold(Truth::False, |any, leaf| any.or(*leaf))
    }

    fn sets(now: &[Truth], goal: &mut dyn FnMut(&[Truth]) -> Truth) -> Vec<Vec<Turned>> {
        smallest_sets(now, Refinement::Stays, LIMITS, goal).sets
    }

    #[test]
    fn fewest_first_and_none_part_of_another() {
        use Truth::{False, True, Unknown};
        assert_eq!(sets(&[False, True, False], &mut all), [vec![(0, True), (2, True)]]);
        assert_eq!(sets(&[False, False], &mut any), [vec![(0, True)], vec![(1, True)]]);
        // a or (b and c)
        let mut either = |v: &[Truth]| match v {
            [a, b, c] => a.or(b.and(*c)),
            _ => Unknown,
        };
        assert_eq!(sets(&[False, False, Unknown], &mut either), [vec![(0, True)], vec![(1, True), (2, True)]]);
        assert_eq!(sets(&[False], &mut |_| False), Vec::<Vec<Turned>>::new());
    }

    #[test]
    fn more_than_five_are_marked() {
        let found = smallest_sets(&[Truth::False; 6], Refinement::Stays, LIMITS, &mut any);
        assert_eq!((found.sets.len(), found.truncated), (5, true));
        let found = smallest_sets(&[Truth::False; 5], Refinement::Stays, LIMITS, &mut any);
        assert_eq!((found.sets.len(), found.truncated), (5, false));
    }

    #[test]
    fn twenty_leaves_are_searched_to_the_end() {
        // Ten pairs, of each of which one is needed; nine are there: two sets of one leaf.
        let mut now = [Truth::False; 20];
        for leaf in now.iter_mut().take(18).step_by(2) {
            *leaf = Truth::True;
        }
        let mut goal = |v: &[Truth]| v.chunks(2).fold(Truth::True, |sum, pair| sum.and(any(pair)));
        let found = smallest_sets(&now, Refinement::Stays, LIMITS, &mut goal);
        assert_eq!(found.sets, [vec![(18, Truth::True)], vec![(19, Truth::True)]]);
        assert!(!found.truncated);
    }

    /// All functions of three leaves that brute force can look at: every found set is minimal and does turn the goal,
    /// and every minimal set is found.
    #[test]
    fn equals_brute_force_on_three_leaves() {
        for table in 0_u32..256 {
            for code in 0..27 {
                let now = [code % 3, code / 3 % 3, code / 9].map(truth);
                let mut goal = |v: &[Truth]| goal_of(table, v);
                let found = smallest_sets(&now, Refinement::Stays, Limits { sets: 99, questions: 9999 }, &mut goal);
                let mut leaves: Vec<Vec<usize>> =
                    found.sets.iter().map(|set| set.iter().map(|(leaf, _)| *leaf).collect()).collect();
                leaves.sort();
                assert_eq!(leaves, brute_force(table, now), "{table} {now:?}");
            }
        }
    }

    fn truth(code: usize) -> Truth {
        [Truth::False, Truth::True, Truth::Unknown].into_iter().nth(code).unwrap_or(Truth::Unknown)
    }

    /// The exact three-valued goal of a two-valued table.
    fn goal_of(table: u32, values: &[Truth]) -> Truth {
        let fits =
            |row: u32| values.iter().zip(0..).all(|(v, bit)| !v.is_known() || (*v == Truth::from(row >> bit & 1 == 1)));
        let mut rows = (0..8).filter(|row| fits(*row)).map(|row| table >> row & 1 == 1).peekable();
        let first = rows.peek().copied().unwrap_or(false);
        if rows.all(|row| row == first) { Truth::from(first) } else { Truth::Unknown }
    }

    fn brute_force(table: u32, now: [Truth; 3]) -> Vec<Vec<usize>> {
        let reaches = |mask: usize| {
            let mut reached = vec![now.to_vec()];
            for (leaf, value) in now.iter().enumerate().filter(|(leaf, _)| mask >> leaf & 1 == 1) {
                let with = |v: &Vec<Truth>, t: &Truth| {
                    v.iter().enumerate().map(|(i, old)| if i == leaf { *t } else { *old }).collect()
                };
                reached = reached.iter().flat_map(|v| turns(*value).iter().map(move |t| with(v, t))).collect();
            }
            reached.iter().any(|v| goal_of(table, v) == Truth::True)
        };
        let masks: Vec<usize> = (0..8).filter(|mask| reaches(*mask)).collect();
        let minimal = masks.iter().filter(|mask| !masks.iter().any(|part| part != *mask && part & **mask == *part));
        let mut sets: Vec<Vec<usize>> =
            minimal.map(|mask| (0..3).filter(|leaf| mask >> leaf & 1 == 1).collect()).collect();
        sets.sort();
        sets
    }
}
