//! What time alone will turn: the next day on which a rule has another status while all facts stay as they are.

use super::cone::Cone;
use super::view::answer;
use super::{Outlook, RuleOutlook, SearchEnd, StatusChange, TurnedCondition};
use crate::eval::{Cells, Scope, Stop, Sweep, Until};
use crate::facts::Facts;
use crate::outcome::reach::{self, Reach};
use crate::outcome::{OptionName, RuleStatus, SettledRule, Situation};
use crate::program::{Program, RuleIndex};
use crate::value::{Date, Duration, DurationUnit, Truth};
use std::collections::BTreeSet;

/// Where days have to be looked at one by one, it is done for so long.
const ONE_BY_ONE: Duration = Duration::new(10, DurationUnit::Years);

/// The facts as they grow old from that day on: what is true on it was recorded on it.
pub(crate) fn aging(facts: &Facts, as_of: Date) -> Facts {
    let mut facts = facts.clone();
    for given in facts.given.values_mut() {
        given.on = given.on.or(Some(as_of));
    }
    facts
}

/// Through that day; without one to the end of the calendar, but one by one only for some years.
pub(super) fn until(as_of: Date, last: Option<Date>) -> Until {
    let some_years = as_of.checked_add(ONE_BY_ONE).unwrap_or(Date::MAX);
    let last = last.map(|last| last.max(as_of));
    Until { last: last.unwrap_or(Date::MAX), one_by_one: last.unwrap_or(some_years) }
}

/// What the statuses of these rules rest on.
pub(super) fn reach_of(program: &Program, rules: &[RuleIndex]) -> Reach {
    let rules = || rules.iter().filter_map(|rule| program.rules.get(rule.0 as usize));
    let conditions = rules().flat_map(|rule| rule.settled_by()).map(|lit| lit.id);
    let mut reach = reach::of_conditions(program, conditions);
    for value in rules().flat_map(|rule| rule.values()) {
        reach.join(&reach::of_value(program, value));
    }
    reach
}

pub(super) fn scope(reach: &Reach) -> Scope<'_> {
    Scope { truths: &reach.truths, values: &reach.values, loops: &reach.loops, operands: &reach.operands }
}

/// What will become of some rules, from the day of the situation on. Its facts must be [`aging`] ones.
///
/// `was` is what they were before that day, where it is the first of another version; one that differs has changed on it.
pub(crate) fn outlook(
    situation: &Situation<'_>,
    rules: &[RuleIndex],
    was: Option<&[RuleOutlook]>,
    as_of: Date,
    last: Option<Date>,
) -> (Vec<Option<StatusChange>>, Date, SearchEnd) {
    let program = situation.program();
    let mut left: Vec<(usize, RuleIndex, Now)> = Vec::new();
    let mut found: Vec<Option<StatusChange>> = rules.iter().map(|_| None).collect();
    for (at, rule) in rules.iter().enumerate() {
        let now = Now::of(program, situation.cells, *rule);
        match was.and_then(|was| was.get(at)) {
            Some(was) if !now.is(program, *rule, was) => {
                set(&mut found, at, change(situation, *rule, situation.as_of(), &now, Vec::new()))
            }
            Some(_) | None => left.push((at, *rule, now)),
        }
    }
    let rules_of = |left: &[(usize, RuleIndex, Now)]| left.iter().map(|(_, rule, _)| *rule).collect::<Vec<_>>();
    let mut watched = left.len();
    let first = reach_of(program, &rules_of(&left));
    let mut sweep = Sweep::new(situation.moment.evaluator(), situation.bound, scope(&first), situation.as_of());
    let mut before = sweep.cells().clone();
    let until = until(as_of, last);
    let mut searched = situation.as_of();
    let end = loop {
        if left.is_empty() {
            break SearchEnd::AllFound;
        }
        let day = match sweep.go_on(until) {
            Ok(day) => day,
            Err(Stop::Last) => {
                searched = until.last;
                break if last.is_some() { SearchEnd::Until } else { SearchEnd::Calendar };
            }
            Err(Stop::OneByOne) => break SearchEnd::Horizon,
            Err(Stop::Work) => break SearchEnd::Work,
        };
        searched = day;
        left.retain(|(at, rule, now)| {
            let then = Now::of(program, sweep.cells(), *rule);
            if then == *now {
                return true;
            }
            let because = turned(situation, *rule, &before, sweep.cells());
            set(&mut found, *at, change(situation, *rule, day, &then, because));
            false
        });
        // The fewer rules are left, the less there is to look at.
        if !left.is_empty() && left.len() <= watched / 2 {
            watched = left.len();
            sweep.narrow(scope(&reach_of(program, &rules_of(&left))));
        }
        before.clone_from(sweep.cells());
    };
    (found, searched, end)
}

fn set(found: &mut [Option<StatusChange>], at: usize, change: StatusChange) {
    if let Some(place) = found.get_mut(at) {
        *place = Some(change);
    }
}

fn change(
    situation: &Situation<'_>,
    rule: RuleIndex,
    on: Date,
    then: &Now,
    because: Vec<TurnedCondition>,
) -> StatusChange {
    let band = OptionName::of_band(situation.program(), rule, then.status);
    let (status, outcomes) = (Some(then.status), then.outcomes.clone());
    StatusChange { on, status, band, version: String::new(), because, outcomes }
}

/// What a rule comes to on a day: its status, and of a proposal what it proposes.
#[derive(Debug, PartialEq)]
struct Now {
    status: RuleStatus,
    outcomes: Vec<OptionName>,
}

impl Now {
    fn of(program: &Program, cells: &Cells, rule: RuleIndex) -> Now {
        Now { status: Situation::status(cells, rule), outcomes: OptionName::of_proposal(program, cells, rule) }
    }

    /// Whether it is what it was in another version, where a band or option may have another place or label.
    fn is(&self, program: &Program, rule: RuleIndex, was: &RuleOutlook) -> bool {
        let band = OptionName::of_band(program, rule, self.status);
        let ids = |names: &[OptionName]| -> BTreeSet<String> { names.iter().map(|name| name.id.clone()).collect() };
        self.status.name() == was.status.name()
            && ids(band.as_slice()) == ids(was.band.as_slice())
            && ids(&self.outcomes) == ids(&was.outcomes)
    }
}

/// The conditions of a rule that are not what they were, in the order written.
fn turned(situation: &Situation<'_>, rule: RuleIndex, before: &Cells, after: &Cells) -> Vec<TurnedCondition> {
    let program = situation.program();
    let cone = Cone::of(program, rule);
    let mut turned = Vec::new();
    for leaf in &cone.leaves {
        let (was, is) = (before.truth(program, leaf.id), after.truth(program, leaf.id));
        if was == is {
            continue;
        }
        let as_written = |truth: Truth| answer(if leaf.negated { !truth } else { truth });
        let (fact, label) = situation.only_fact(leaf.reading);
        let place = program.readings.get(leaf.reading.0 as usize).map(|reading| reading.place);
        turned.push(TurnedCondition {
            text: place.map_or(String::new(), |place| situation.text(place)),
            was: as_written(was),
            becomes: as_written(is),
            fact,
            label,
            place: place.map(|place| situation.place(place)),
        });
    }
    turned
}

impl Outlook {
    pub(crate) fn rule(situation: &Situation<'_>, rule: RuleIndex, next: Option<StatusChange>) -> RuleOutlook {
        let SettledRule { rule, label, status, band, outcomes } = situation.settled_rule(rule, situation.cells);
        RuleOutlook { rule, label, status, band, next, outcomes }
    }
}
