//! What is missing where the masks tell: the evaluator's own finding, with the words and in the order of the study.

use super::answers::Pool;
use super::thing::{Thing, Wanted};
use crate::eval::{Bound, Cells, EssentialGap, Essentials, Gap, Moment};
use crate::facts::Facts;
use crate::outcome::{Situation, reach};
use crate::program::{Operand, Program, RuleIndex};
use crate::source::Source;
use std::cmp::Reverse;

/// What finding what is missing asks of a guideline on a date, whoever the patient is.
pub(crate) fn essentials(moment: &Moment<'_>, sources: &[Source]) -> Essentials {
    let (facts, bound, cells) = (Facts::default(), Bound::default(), Cells::default());
    let nobody = Situation { moment, sources, facts: &facts, bound: &bound, cells: &cells };
    Essentials::new(moment, &|condition, operand| {
        let reach = reach::of_conditions(moment.program(), [condition]);
        let thing = thing(moment.program(), operand);
        thing.map_or(Vec::new(), |thing| Pool::new(&nobody, &reach, 1).answers(thing))
    })
}

/// Whether the masks may tell: every rule that is undetermined has one line, and some rule is.
pub(crate) fn may_tell(situation: &Situation<'_>) -> bool {
    let program = situation.program();
    let is_open = |rule: &&u32| !situation.cells.rule(**rule as usize).is_settled();
    let has_one_line =
        |rule: &u32| program.rules.get(*rule as usize).is_some_and(|rule| rule.kind.single_line().is_some());
    let mut open = program.own_rules.iter().filter(is_open).peekable();
    open.peek().is_some() && open.all(has_one_line)
}

/// What is missing for all of a guideline's own rules; `None` where the masks do not tell.
pub(super) fn missing<'a>(situation: &Situation<'a>, essentials: &Essentials) -> Option<Vec<Wanted<'a>>> {
    let told = told(situation, essentials)?;
    Some(told.into_iter().map(|(thing, rules)| thing.wanted(situation, rules)).collect())
}

/// The same, not yet in words: the things with the rules that depend on them, in the order to ask for them.
pub(super) fn told(situation: &Situation<'_>, essentials: &Essentials) -> Option<Vec<(Thing, Vec<RuleIndex>)>> {
    let program = situation.program();
    let found = essentials.missing(situation.moment, situation.bound, situation.cells)?;
    let thing_of = |gap: EssentialGap| Some((thing_of(program, gap.gap)?, gap));
    let mut found: Vec<(Thing, EssentialGap)> = found.into_iter().filter_map(thing_of).collect();
    found.sort_by_key(|(thing, gap)| (Reverse(gap.share), Reverse(gap.rules.len()), *thing));
    Some(found.into_iter().map(|(thing, gap)| (thing, gap.rules)).collect())
}

fn thing_of(program: &Program, gap: Gap) -> Option<Thing> {
    match gap {
        Gap::Fact(slot) => thing(program, Operand::Slot(slot)),
        Gap::List(list) => Some(Thing::List(program.lists.get(list.0 as usize)?.fact)),
        Gap::Field { list, record, field } => match thing(program, Operand::Field { list, depth: 0, field })? {
            Thing::ListField(fact, _, field) => Some(Thing::ListField(fact, record, field)),
            other @ (Thing::Fact(_) | Thing::RecordField(..) | Thing::List(_) | Thing::Parameter(_)) => Some(other),
        },
    }
}

/// Of a list's records the first.
fn thing(program: &Program, operand: Operand) -> Option<Thing> {
    match operand {
        Operand::Slot(slot) => {
            let slot = program.slots.get(slot.0 as usize)?;
            Some(slot.field.map_or(Thing::Fact(slot.fact), |field| Thing::RecordField(slot.fact, field)))
        }
        Operand::List(list) => Some(Thing::List(program.lists.get(list.0 as usize)?.fact)),
        Operand::Field { list, field, .. } => {
            let list = program.lists.get(list.0 as usize)?;
            Some(Thing::ListField(list.fact, 0, *list.fields.get(field as usize)?))
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is the failure report")]
mod tests;
