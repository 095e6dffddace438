//! Why a rule came out as it did, what would have to change, what is missing and what to ask next.

mod ahead;
mod answers;
mod changes;
mod cone;
mod diagram;
mod live;
mod pinned;
mod quick;
mod reason;
mod schedule;
mod score_reason;
mod score_study;
mod study;
#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::panic, clippy::indexing_slicing, reason = "a panic is the failure report")]
mod tests;
mod thing;
mod turning;
mod view;

pub(crate) use ahead::{aging, outlook};
pub(crate) use quick::{essentials, may_tell};
pub(crate) use thing::Wanted;
pub use view::{ReasonView, Why};

use crate::eval::Essentials;
use crate::ground::Ground;
use crate::language::Localized;
use crate::outcome::{Answer, CriterionStatus, FilePlace, Missing, OptionName, RuleStatus, SettledRule, Situation};
use crate::program::RuleIndex;
use crate::value::{Date, FactValue};
use std::sync::Arc;
use study::{Findings, Study};
use thing::Thing;

/// The explanation of one rule for one patient on one date: plain data, the shape of the runner's JSON (`docs::outcome`).
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Explanation {
    /// `eligibility.laro`, `recommend.naloxone`.
    pub rule: String,
    /// The rule's label.
    pub label: Localized,
    /// The answer.
    pub status: RuleStatus,
    /// The conditions that decided it.
    pub reason: Reason,
    /// For an eligibility that is not met: the smallest sets of conditions whose turning makes it met, fewest first,
    /// at most five. Empty for every other status, and where nothing would make it met.
    pub changes: Vec<Change>,
    /// Whether there may be more `changes`, or fewer `missing`, than were found: there were more than five sets, or the
    /// work limit ended the search.
    pub truncated: bool,
    /// For a rule that is undetermined: the essential facts that are missing, in the order to ask for them.
    pub missing: Vec<Missing>,
    /// The first of `missing`, with what its answers would settle.
    pub ask: Option<Ask>,
}

/// One condition, with those that decided it. The parts of a condition that made no difference are left out: of an `and`
/// that is no the parts that are no, of an `or` that is yes the parts that are yes.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Reason {
    /// The condition as written; at the top the rule's name, below it the names of its lines; a record of a list is
    /// `diagnoses[0]`, counted from 0.
    pub text: String,
    /// What people call it, where it has a label.
    pub label: Localized,
    /// What it came to.
    pub value: Finding,
    /// The fact that it is, or the only one that it looks at.
    pub fact: Option<String>,
    /// Where it is written.
    pub place: Option<FilePlace>,
    /// Of a line of a rule, a definition or a parameter: why it may be believed. Else empty.
    pub grounds: Vec<Ground>,
    /// What decided it, in the order written.
    pub because: Vec<Reason>,
}

/// What a node of a reason came to.
#[derive(Debug, Clone, PartialEq)]
pub enum Finding {
    /// A rule.
    Rule(RuleStatus),
    /// A line of an eligibility.
    Criterion(CriterionStatus),
    /// A condition or a value.
    Answer(Answer),
}

/// A set of conditions that, all turned, make the rule met. No part of the set would do.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Change {
    /// In the order written. Never empty.
    pub conditions: Vec<Turn>,
    /// The first day on which all of them have turned with all facts as they are, and the rule is met; `None` where time
    /// alone does not do it.
    pub by_time: Option<Date>,
}

/// A condition to be turned.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Turn {
    /// The condition as written.
    pub text: String,
    /// What it is now.
    pub now: Answer,
    /// What it would have to be.
    pub needed: Answer,
    /// The only fact that it looks at, if it looks at one.
    pub fact: Option<String>,
    /// What people call that fact.
    pub label: Localized,
    /// Where it is written.
    pub place: Option<FilePlace>,
    /// The first day on which time alone has turned it, all facts as they are.
    pub by_time: Option<Date>,
}

/// The next question.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Ask {
    /// What to ask for.
    pub missing: Missing,
    /// Answers that make a difference to each other, at most eight; each stands for all answers that do the same.
    pub answers: Vec<PossibleAnswer>,
}

/// One answer and what it would settle by itself.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct PossibleAnswer {
    /// An example, near where the answer turns.
    pub example: FactValue,
    /// The rules that it settles, with their status then; in output order.
    pub settles: Vec<SettledRule>,
}

/// What time alone will change: the next day on which each rule has another status if no fact does. Plain data, the shape of
/// the runner's JSON (`docs::runner`).
///
/// What is stated without a day is taken as true on the day of evaluation, and grows old from there on.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Outlook {
    /// The guideline's name, `stockholm.laro`.
    pub guideline: String,
    /// Its version on the day of evaluation.
    pub version: String,
    /// Its title.
    pub title: Localized,
    /// The day of evaluation.
    pub as_of: Date,
    /// In the order of output.
    pub rules: Vec<RuleOutlook>,
    /// Where a rule has no `next`, its status stays through this day for certain.
    pub searched_through: Date,
    /// Why nothing was looked at after it.
    pub ended: SearchEnd,
}

/// What will become of one rule.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct RuleOutlook {
    /// `eligibility.laro`, `recommend.naloxone`.
    pub rule: String,
    /// Its label.
    pub label: Localized,
    /// Its status on the day of evaluation.
    pub status: RuleStatus,
    /// Of a score: its band then, where it is settled.
    pub band: Option<OptionName>,
    /// When it will first be another; `None`: not through [`Outlook::searched_through`].
    pub next: Option<StatusChange>,
    /// Of a proposal: the options that it proposes then. Others are another answer.
    pub outcomes: Vec<OptionName>,
}

/// A status that changes without any fact doing so.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct StatusChange {
    /// The first day with the other status.
    pub on: Date,
    /// The status then; `None`: no version of the guideline in force then has the rule.
    pub status: Option<RuleStatus>,
    /// Of a score: its band then, where it is settled.
    pub band: Option<OptionName>,
    /// The version of the guideline in force then; empty where there is none.
    pub version: String,
    /// The conditions of the rule that turn on that day, in the order written. Empty where another version begins.
    pub because: Vec<TurnedCondition>,
    /// Of a proposal: the options that it proposes then.
    pub outcomes: Vec<OptionName>,
}

/// A condition that time has turned.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct TurnedCondition {
    /// As written.
    pub text: String,
    /// What it is the day before.
    pub was: Answer,
    /// What it is then.
    pub becomes: Answer,
    /// The only fact that it looks at, if it looks at one.
    pub fact: Option<String>,
    /// What people call that fact.
    pub label: Localized,
    /// Where it is written.
    pub place: Option<FilePlace>,
}

/// Why a search for changes to come ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum SearchEnd {
    /// Every rule has its next change.
    AllFound,
    /// At the end of the calendar: nothing ever changes.
    Calendar,
    /// On the day that the caller named.
    Until,
    /// After ten years, since something has to be looked at day by day.
    Horizon,
    /// More work than one search may take.
    Work,
    /// On the last day on which the guideline is in force.
    InForce,
}

impl SearchEnd {
    /// As in the runner's JSON, `all_found`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            SearchEnd::AllFound => "all_found",
            SearchEnd::Calendar => "calendar",
            SearchEnd::Until => "until",
            SearchEnd::Horizon => "horizon",
            SearchEnd::Work => "work",
            SearchEnd::InForce => "in_force",
        }
    }
}

impl Explanation {
    /// Why a rule came out as it did. What is missing is what the outcome says is missing for it, where the masks tell.
    pub(crate) fn of(
        situation: &Situation<'_>,
        rule: RuleIndex,
        essentials: impl FnOnce() -> Option<Arc<Essentials>>,
    ) -> Explanation {
        let study = Study::new(situation, &[rule]);
        let told = if study.is_idle() { None } else { told(situation, essentials) };
        let Findings { missing, ask, truncated } =
            told.map_or_else(|| study.findings(), |told| study.findings_told(&told));
        let (changes, more_changes) = changes::changes(situation, rule);
        let reason = reason::reason(situation, rule).reason().to_reason();
        Explanation {
            rule: situation.rule_name(rule),
            label: reason.label.clone(),
            status: Situation::status(situation.cells, rule),
            reason,
            changes,
            truncated: truncated || more_changes,
            missing: missing.into_iter().map(|missing| missing.told(situation)).collect(),
            ask,
        }
    }
}

/// What is missing for all of the guideline's own rules, in the order to ask for it. There are essentials where the masks may
/// tell.
pub(crate) fn missing<'a>(situation: &'a Situation<'a>, essentials: Option<Arc<Essentials>>) -> Vec<Wanted<'a>> {
    if let Some(found) = essentials.and_then(|essentials| quick::missing(situation, &essentials)) {
        return found;
    }
    Study::new(situation, &situation.rules()).findings().missing
}

/// What the masks tell of all of the guideline's own rules.
fn told(
    situation: &Situation<'_>,
    essentials: impl FnOnce() -> Option<Arc<Essentials>>,
) -> Option<Vec<(Thing, Vec<RuleIndex>)>> {
    quick::told(situation, &*essentials()?)
}

/// Why a rule came out as it did, from the cells of an evaluation for many patients.
pub(crate) fn why<'a>(situation: &'a Situation<'a>, rule: RuleIndex) -> Why<'a> {
    reason::reason_from_trace(situation, rule)
}

/// The next question about one rule.
pub(crate) fn ask(
    situation: &Situation<'_>,
    rule: RuleIndex,
    essentials: impl FnOnce() -> Option<Arc<Essentials>>,
) -> Option<Ask> {
    let study = Study::new(situation, &[rule]);
    let told = if study.is_idle() { None } else { told(situation, essentials) };
    told.map_or_else(|| study.findings(), |told| study.findings_told(&told)).ask
}

/// The next question about all of the guideline's own rules: the first of what is [`missing`].
pub(crate) fn ask_of_all(
    situation: &Situation<'_>,
    essentials: impl FnOnce() -> Option<Arc<Essentials>>,
) -> Option<Ask> {
    let study = Study::new(situation, &situation.rules());
    let told = if study.is_idle() { None } else { told(situation, essentials) };
    match told.as_deref() {
        None => study.findings().ask,
        Some([]) => None,
        Some([(thing, rules), ..]) => study.ask_for(*thing, rules),
    }
}
