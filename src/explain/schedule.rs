//! What a schedule's dates depend on: once they are known it is in force, whatever they are.

use super::cone::Cone;
use super::thing::Wanted;
use crate::eval::Dates;
use crate::language::Localized;
use crate::outcome::{MissingKind, Situation};
use crate::program::{Plan, PlanId, Program, RuleIndex, RuleKind, TruthId, TruthOp};
use crate::value::Truth;
use std::borrow::Cow;

/// The condition that a schedule's dates are known.
pub(super) fn dates_of(program: &Program, rule: RuleIndex) -> Option<TruthId> {
    match &program.rules.get(rule.0 as usize)?.kind {
        RuleKind::Schedule(schedule) => Some(schedule.dates.lit.id),
        RuleKind::Eligibility { .. }
        | RuleKind::Checklist { .. }
        | RuleKind::Task(_)
        | RuleKind::Recommendation(_)
        | RuleKind::Parallel(_)
        | RuleKind::Score(_)
        | RuleKind::Proposal(_)
        | RuleKind::Indicator(_) => None,
    }
}

/// Whether a condition is that a schedule's dates are known.
pub(super) fn is_about_dates(program: &Program, id: TruthId) -> bool {
    matches!(program.truths.get(id.0 as usize), Some(TruthOp::Dates { .. }))
}

/// The secret seed, if rules that are undetermined look at dates that are drawn by chance.
pub(super) fn missing_seed(situation: &Situation<'_>, rules: &[RuleIndex], cones: &[Cone]) -> Option<Wanted<'static>> {
    if situation.moment.has_seed() {
        return None;
    }
    let program = situation.program();
    let draws = |plan: &PlanId| {
        program.plans.get(plan.0 as usize).is_some_and(Plan::draws)
            && match situation.cells.dates(*plan) {
                Dates::Known(calendar) => !calendar.around.needs_seed.is_empty(),
                // Of a plan with phases that is a fault.
                Dates::Unknown | Dates::Nothing => false,
            }
    };
    let looks = |cone: &Cone| {
        let open = |id: TruthId| situation.cells.truth(program, id) == Truth::Unknown;
        cone.leaves.iter().any(|leaf| open(leaf.id) && leaf.reach.plans.iter().any(draws))
    };
    let bears_on = rules.iter().zip(cones).filter(|(_, cone)| looks(cone));
    let settles: Vec<RuleIndex> = bears_on.map(|(rule, _)| *rule).collect();
    if settles.is_empty() {
        return None;
    }
    let words = |sv: &str, en: &str| Localized { sv: Some(sv.into()), en: Some(en.into()) };
    Some(Wanted {
        kind: MissingKind::Seed,
        fact: "seed".into(),
        label: Cow::Owned(words("Startvärde för lottade dagar", "Seed of the days that are drawn")),
        question: Cow::Owned(Localized::default()),
        settles,
    })
}
