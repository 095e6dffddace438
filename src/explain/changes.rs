//! What would have to change for an eligibility that is not met, and what time alone will change.

use super::ahead;
use super::cone::{Cone, Leaf};
use super::pinned::Pinned;
use super::turning::{Found, Limits, Turned, smallest_sets};
use super::view::answer;
use super::{Change, Turn};
use crate::eval::Sweep;
use crate::outcome::{EligibilityStatus, RuleStatus, Situation};
use crate::program::RuleIndex;
use crate::value::{Date, Truth};
use std::collections::{BTreeMap, BTreeSet};

/// At most so many sets are given.
const SETS: usize = 5;
/// At most so many evaluations in search of them: enough for every choice of 20 conditions that are known.
const QUESTIONS: u64 = 2_200_000;
/// The same for more than 20 conditions, where nothing is promised.
const QUESTIONS_PAST_TWENTY: u64 = 200_000;

/// The changes, and whether there may be more. None for a rule that is anything but an eligibility not met.
pub(super) fn changes(situation: &Situation<'_>, rule: RuleIndex) -> (Vec<Change>, bool) {
    if !matches!(Situation::status(situation.cells, rule), RuleStatus::Eligibility(EligibilityStatus::NotMet)) {
        return (Vec::new(), false);
    }
    let program = situation.program();
    let cone = Cone::of(program, rule);
    let now: Vec<Truth> = cone.leaves.iter().map(|leaf| situation.cells.truth(program, leaf.id)).collect();
    let mut pinned = Pinned::new(situation, cone.leaves.iter().map(|leaf| leaf.id).collect());
    let questions = if cone.leaves.len() <= 20 { QUESTIONS } else { QUESTIONS_PAST_TWENTY };
    let limits = Limits { sets: SETS, questions };
    let mut goal = |values: &[Truth]| {
        let status = pinned.status(values.iter().copied(), rule);
        let is_met = status == RuleStatus::Eligibility(EligibilityStatus::Met);
        Truth::from_bounds(is_met, status.is_settled() && !is_met)
    };
    let Found { sets, truncated } = smallest_sets(&now, cone.refinement, limits, &mut goal);
    let wanted: BTreeSet<Turned> = sets.iter().flatten().copied().collect();
    let days = by_time(situation, rule, &cone, &wanted, &sets);
    let leaf_turn = |turned: &Turned| {
        let leaf = cone.leaves.get(turned.0)?;
        Some(turn(situation, leaf, now.get(turned.0).copied()?, turned.1, days.leaves.get(turned).copied()))
    };
    let change = |(index, set): (usize, &Vec<Turned>)| Change {
        conditions: set.iter().filter_map(leaf_turn).collect(),
        by_time: days.sets.get(&index).copied(),
    };
    (sets.iter().enumerate().map(change).collect(), truncated)
}

fn turn(situation: &Situation<'_>, leaf: &Leaf, now: Truth, needed: Truth, by_time: Option<Date>) -> Turn {
    let as_written = |truth: Truth| answer(if leaf.negated { !truth } else { truth });
    let place = situation.program().readings.get(leaf.reading.0 as usize).map(|reading| reading.place);
    let (fact, label) = situation.only_fact(leaf.reading);
    Turn {
        text: place.map_or(String::new(), |place| situation.text(place)),
        now: as_written(now),
        needed: as_written(needed),
        fact,
        label,
        place: place.map(|place| situation.place(place)),
        by_time,
    }
}

#[derive(Default)]
struct Turns {
    leaves: BTreeMap<Turned, Date>,
    /// By place among the sets.
    sets: BTreeMap<usize, Date>,
}

/// The first day on which each condition has turned, and on which each set has and the rule is met.
fn by_time(
    situation: &Situation<'_>,
    rule: RuleIndex,
    cone: &Cone,
    wanted: &BTreeSet<Turned>,
    sets: &[Vec<Turned>],
) -> Turns {
    let mut turns = Turns::default();
    if wanted.is_empty() {
        return turns;
    }
    let program = situation.program();
    let mut reach = ahead::reach_of(program, &[rule]);
    for leaf in &cone.leaves {
        reach.join(&leaf.reach);
    }
    let bound = situation.moment.evaluator().bind(&ahead::aging(situation.facts, situation.as_of()));
    let mut sweep = Sweep::new(situation.moment.evaluator(), &bound, ahead::scope(&reach), situation.as_of());
    let until = ahead::until(situation.as_of(), None);
    while turns.leaves.len() < wanted.len() || turns.sets.len() < sets.len() {
        let Ok(day) = sweep.go_on(until) else { break };
        let has_turned = |turned: &Turned| {
            let leaf = cone.leaves.get(turned.0);
            leaf.is_some_and(|leaf| sweep.cells().truth(program, leaf.id) == turned.1)
        };
        for turned in wanted.iter().filter(|turned| has_turned(turned)) {
            turns.leaves.entry(*turned).or_insert(day);
        }
        if Situation::status(sweep.cells(), rule) == RuleStatus::Eligibility(EligibilityStatus::Met) {
            for (index, _) in sets.iter().enumerate().filter(|(_, set)| set.iter().all(has_turned)) {
                turns.sets.entry(index).or_insert(day);
            }
        }
    }
    turns
}
