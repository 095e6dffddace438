//! What would have to change for an eligibility that is not met, and what time alone will change.

use super::cone::{Cone, Leaf};
use super::pinned::Pinned;
use super::reason::answer;
use super::turning::{Found, Limits, Turned, smallest_sets};
use super::{Change, Turn};
use crate::eval::{Bound, Cells};
use crate::outcome::{EligibilityStatus, RuleStatus, Situation};
use crate::program::{Constant, RuleIndex};
use crate::value::{Date, Duration, DurationUnit, Truth};
use std::collections::{BTreeMap, BTreeSet};

/// At most so many sets are given.
const SETS: usize = 5;
/// At most so many evaluations in search of them: enough for every choice of 20 conditions that are known.
const QUESTIONS: u64 = 2_200_000;
/// The same for more than 20 conditions, where nothing is promised.
const QUESTIONS_PAST_TWENTY: u64 = 200_000;
/// At most so many days are tried for what time alone turns.
const DAYS: usize = 1500;

/// The changes, and whether there may be more. None for a rule that is anything but an eligibility not met.
pub(super) fn changes(situation: &Situation<'_>, rule: RuleIndex) -> (Vec<Change>, bool) {
    if !matches!(Situation::status(&situation.cells, rule), RuleStatus::Eligibility(EligibilityStatus::NotMet)) {
        return (Vec::new(), false);
    }
    let program = situation.program();
    let cone = Cone::of(program, rule);
    let now: Vec<Truth> = cone.leaves.iter().map(|leaf| situation.cells.truth(program, leaf.id)).collect();
    let mut pinned = Pinned::new(situation, cone.leaves.iter().map(|leaf| leaf.id).collect());
    let questions = if cone.leaves.len() <= 20 { QUESTIONS } else { QUESTIONS_PAST_TWENTY };
    let limits = Limits { sets: SETS, questions };
    let mut goal = |values: &[Truth]| match pinned.status(values.iter().copied(), rule) {
        RuleStatus::Eligibility(EligibilityStatus::Met) => Truth::True,
        status => Truth::from_bounds(false, status.is_settled()),
    };
    let Found { sets, truncated } = smallest_sets(&now, cone.refinement, limits, &mut goal);
    let wanted: BTreeSet<Turned> = sets.iter().flatten().copied().collect();
    let days = Future::new(situation, &cone).turns(rule, &cone, &wanted, &sets);
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
    let observed = situation.observed(leaf.reading);
    let only = match observed.as_slice() {
        [one] => Some(one),
        _ => None,
    };
    Turn {
        text: place.map_or(String::new(), |place| situation.text(place)),
        now: as_written(now),
        needed: as_written(needed),
        fact: only.map(|one| one.id.clone()),
        label: only.map(|one| one.label.clone()).unwrap_or_default(),
        place: place.map(|place| situation.place(place)),
        by_time,
    }
}

/// The days to come, as far as conditions may turn on them.
struct Future<'a> {
    situation: &'a Situation<'a>,
    bound: Bound,
    days: Vec<Date>,
}

#[derive(Default)]
struct Turns {
    leaves: BTreeMap<Turned, Date>,
    /// By place among the sets.
    sets: BTreeMap<usize, Date>,
}

impl<'a> Future<'a> {
    fn new(situation: &'a Situation<'a>, cone: &Cone) -> Future<'a> {
        // What is true today was recorded today: it grows old with the days.
        let mut facts = situation.facts.clone();
        for given in facts.given.values_mut() {
            given.on = given.on.or(Some(situation.as_of()));
        }
        let bound = situation.moment.evaluator().bind(&facts);
        Future { situation, bound, days: days(situation, cone) }
    }

    /// The first day on which each condition has turned, and on which each set has and the rule is met.
    fn turns(&self, rule: RuleIndex, cone: &Cone, wanted: &BTreeSet<Turned>, sets: &[Vec<Turned>]) -> Turns {
        let mut turns = Turns::default();
        if wanted.is_empty() {
            return turns;
        }
        let mut before = self.situation.as_of();
        for day in &self.days {
            let cells = self.on(*day);
            for turned in wanted {
                if !turns.leaves.contains_key(turned) && self.has_turned(&cells, cone, turned) {
                    let first = self.first(before, *day, &|cells| self.has_turned(cells, cone, turned));
                    turns.leaves.insert(*turned, first);
                }
            }
            for (index, set) in sets.iter().enumerate() {
                let is_met = |cells: &Cells| {
                    set.iter().all(|turned| self.has_turned(cells, cone, turned))
                        && Situation::status(cells, rule) == RuleStatus::Eligibility(EligibilityStatus::Met)
                };
                if !turns.sets.contains_key(&index) && is_met(&cells) {
                    turns.sets.insert(index, self.first(before, *day, &is_met));
                }
            }
            if turns.leaves.len() == wanted.len() && turns.sets.len() == sets.len() {
                break;
            }
            before = *day;
        }
        turns
    }

    fn on(&self, day: Date) -> Cells {
        let mut cells = Cells::default();
        self.situation.moment.evaluator().on(day).evaluate(&self.bound, &mut cells);
        cells
    }

    fn has_turned(&self, cells: &Cells, cone: &Cone, turned: &Turned) -> bool {
        let leaf = cone.leaves.get(turned.0);
        leaf.is_some_and(|leaf| cells.truth(self.situation.program(), leaf.id) == turned.1)
    }

    /// The first day after `before` through `day` on which it holds, where it begins to hold once between them.
    fn first(&self, before: Date, day: Date, holds: &dyn Fn(&Cells) -> bool) -> Date {
        let (mut low, mut high) = (before.day_number(), day.day_number());
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            match Date::from_day_number(middle) {
                Some(day) if holds(&self.on(day)) => high = middle,
                Some(_) | None => low = middle,
            }
        }
        Date::from_day_number(high).unwrap_or(day)
    }
}

/// Days to come on which a condition may turn: where a duration of the conditions ends that begins with a date that they
/// read, and besides some of every distance, so that turns elsewhere are found by halving.
fn days(situation: &Situation<'_>, cone: &Cone) -> Vec<Date> {
    let today = situation.as_of();
    let mut days: BTreeSet<Date> = BTreeSet::new();
    let mut durations: Vec<Duration> = vec![Duration::new(0, DurationUnit::Days)];
    let mut anchors: BTreeSet<Date> = BTreeSet::new();
    for leaf in &cone.leaves {
        for constant in &leaf.reach.constants {
            match constant {
                Constant::Duration(duration) => durations.push(*duration),
                Constant::Date(date) => {
                    anchors.insert(*date);
                }
                Constant::Period(first, last) => anchors.extend([*first, *last]),
                Constant::Truth(_)
                | Constant::Number(_)
                | Constant::Quantity(_)
                | Constant::Text(_)
                | Constant::Code(_)
                | Constant::Choice(_)
                | Constant::Unknown => {}
            }
        }
        anchors.extend(super::answers::Pool::new(situation, &leaf.reach, 1).dates());
    }
    durations.sort_by_key(|duration| (duration.unit(), duration.count()));
    durations.dedup();
    for anchor in &anchors {
        for duration in &durations {
            let ends = [anchor.checked_add(*duration), anchor.checked_sub(*duration)];
            days.extend(ends.into_iter().flatten().flat_map(|end| [end.previous(), Some(end), end.next()]).flatten());
        }
    }
    let steps =
        [(DurationUnit::Days, 31), (DurationUnit::Weeks, 12), (DurationUnit::Months, 60), (DurationUnit::Years, 130)];
    for (unit, most) in steps {
        days.extend((1..=most).filter_map(|count| today.checked_add(Duration::new(count, unit))));
    }
    days.into_iter().filter(|day| *day > today).take(DAYS).collect()
}
