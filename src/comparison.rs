//! One patient through two guidelines: which rules and lines both have, where they come out differently, and on what grounds.
//!
//! Rules belong together by kind and name, lines by name. Nothing is evaluated here: two outcomes are read side by side.

mod sides;

use crate::ground::Ground;
use crate::language::Localized;
use crate::outcome::{AdviceStrength, Answer, MissingKind, ObservedKind, Outcome};
use crate::status::{CriterionStatus, RuleStatus};
use crate::value::Date;

/// Two outcomes side by side: plain data, the shape of the JSON of the runner's `compare` (`docs::runner`).
///
/// ```
/// # use riktlinje::{Guideline, Source};
/// use riktlinje::Comparison;
/// # let text = |age: &str| format!("guideline g\n    language 1\n    title en \"G\"\n    version 1.0.0\n    status draft\n    about patient\n\
/// # fact birth_date: date\n    label en \"Born\"\n    question en \"When?\"\nleap day birthday is 28 February\n    our interpretation \"an example\"\n\
/// # eligibility driving\n    label en \"May drive\"\n    our interpretation \"an example\"\n    require age: age at least {age}\n        label en \"Age\"\n");
/// # let outcome = |age: &str| {
/// #     let guideline = Guideline::compile([Source::new("g.guide", text(age))]).unwrap();
/// #     let facts = guideline.facts_from_yaml("birth_date: 2010-01-01").unwrap();
/// #     guideline.evaluate(&facts, "2026-11-22".parse().unwrap()).unwrap()
/// # };
/// // `age at least 15 years` in one guideline, `age at least 18 years` in the other
/// let comparison = Comparison::of(&outcome("15 years"), &outcome("18 years"));
/// assert_eq!(comparison.rules[0].id, "eligibility.driving");
/// assert_eq!(comparison.rules[0].differs, ["status"]);
/// assert_eq!(comparison.rules[0].lines[0].id, "age");
/// ```
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Comparison {
    /// The date of evaluation of the first.
    pub as_of: Date,
    /// What was compared.
    pub guidelines: [GuidelineName; 2],
    /// Rules (and shown values) of both that differ, in the order of the first.
    pub rules: Vec<ComparedItem>,
    /// The names of those that do not differ in anything, in the order of the first.
    pub same: Vec<String>,
    /// Rules that only one has, in its order.
    pub only: [Vec<ItemSide>; 2],
    /// Facts that the rules looked at or would ask for.
    pub facts: Shared,
    /// Facts that are missing.
    pub missing: Shared,
    /// Facts that were given and that this guideline does not declare; see [`Comparison::ignoring`].
    pub ignored: [Vec<String>; 2],
}

/// A guideline by name.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct GuidelineName {
    /// `stockholm.laro`
    pub name: String,
    /// `1.0.0`
    pub version: String,
    /// Its title.
    pub title: Localized,
}

/// A rule, or a line of one, that both have.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ComparedItem {
    /// `eligibility.laro`; of a line its name; of a shown value `define.next_conference`.
    pub id: String,
    /// As it is in each.
    pub sides: [ItemSide; 2],
    /// What of it differs: names of traits, and `grounds`. Empty where only lines differ.
    pub differs: Vec<String>,
    /// Lines of both that differ, in the order of the first.
    pub lines: Vec<ComparedItem>,
    /// Lines that only one has.
    pub only: [Vec<ItemSide>; 2],
}

/// A rule or line as it came out in one guideline.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ItemSide {
    /// As [`ComparedItem::id`].
    pub id: String,
    /// What people call it.
    pub label: Localized,
    /// All there is to say of it, its status first.
    pub traits: Vec<Trait>,
    /// Why it may be believed; empty for an eligibility and a shown value as a whole.
    pub grounds: Vec<Ground>,
    /// Of a rule its lines.
    lines: Vec<ItemSide>,
}

/// Something about a rule or line.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Trait {
    /// `status`, `strength`, `refer_to`, `text`, `parameter.minimum_age`, `fact.birth_date` and so on: as in an outcome.
    pub name: String,
    /// What people call it, where it is a parameter or fact.
    pub label: Localized,
    /// What it is.
    pub value: TraitValue,
    /// Of a parameter: why it has its default. Else empty.
    pub grounds: Vec<Ground>,
}

/// The value of a [`Trait`].
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub enum TraitValue {
    /// There is none.
    Nothing,
    /// The status of a rule.
    Rule(RuleStatus),
    /// The status of a line.
    Criterion(CriterionStatus),
    /// How strongly something is advised.
    Strength(AdviceStrength),
    /// Another word of an outcome, `require` or `waiting`.
    Word(&'static str),
    /// A party, option or band: its name with its label.
    Name(String, Localized),
    /// Several of them.
    Names(Vec<(String, Localized)>),
    /// A value.
    Answer(Answer),
    /// A text for people.
    Text(Localized),
}

/// Names that two outcomes share or not, in the order of the first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
#[non_exhaustive]
pub struct Shared {
    /// In both.
    pub both: Vec<String>,
    /// Only in one of them.
    pub only: [Vec<String>; 2],
}

impl Comparison {
    /// Reads two outcomes side by side; of one patient on one date to be of use.
    #[must_use]
    pub fn of(a: &Outcome, b: &Outcome) -> Comparison {
        let (of_a, of_b) = (sides::of(a), sides::of(b));
        let (mut rules, mut same) = (Vec::new(), Vec::new());
        let (pairs, only) = matched(&of_a, &of_b);
        for (a, b) in pairs {
            match compared(a, b) {
                Some(item) => rules.push(item),
                None => same.push(a.id.clone()),
            }
        }
        Comparison {
            as_of: a.as_of,
            guidelines: [name(a), name(b)],
            rules,
            same,
            only,
            facts: Shared::of(&looked_at(a), &looked_at(b)),
            missing: Shared::of(&missing(a), &missing(b)),
            ignored: [Vec::new(), Vec::new()],
        }
    }

    /// The same with the facts that were given and that the first and the second do not declare.
    #[must_use]
    pub fn ignoring(self, first: Vec<String>, second: Vec<String>) -> Comparison {
        Comparison { ignored: [first, second], ..self }
    }

    /// Whether nothing differs and neither has a rule that the other lacks.
    #[must_use]
    pub fn is_same(&self) -> bool {
        self.rules.is_empty() && self.only.iter().all(Vec::is_empty)
    }
}

fn name(outcome: &Outcome) -> GuidelineName {
    let identity = &outcome.identity;
    let (name, version) = (identity.guideline.clone(), identity.version.clone());
    GuidelineName { name, version, title: outcome.title.clone() }
}

/// Those of one name, and those that have no partner.
fn matched<'s>(a: &'s [ItemSide], b: &'s [ItemSide]) -> (Vec<(&'s ItemSide, &'s ItemSide)>, [Vec<ItemSide>; 2]) {
    let partner = |of: &ItemSide, among: &'s [ItemSide]| among.iter().find(|other| other.id == of.id);
    let pairs = a.iter().filter_map(|item| Some((item, partner(item, b)?))).collect();
    let alone = |items: &[ItemSide], others: &'s [ItemSide]| {
        items.iter().filter(|item| partner(item, others).is_none()).cloned().collect()
    };
    (pairs, [alone(a, b), alone(b, a)])
}

/// `None` when nothing differs.
fn compared(a: &ItemSide, b: &ItemSide) -> Option<ComparedItem> {
    let mut differs: Vec<String> = Vec::new();
    for one in &a.traits {
        let other = b.traits.iter().find(|other| other.name == one.name);
        if other.is_some_and(|other| other.value != one.value) {
            differs.push(one.name.clone());
        }
    }
    if a.grounds != b.grounds {
        differs.push("grounds".to_owned());
    }
    let (pairs, only) = matched(&a.lines, &b.lines);
    let lines: Vec<ComparedItem> = pairs.into_iter().filter_map(|(a, b)| compared(a, b)).collect();
    let is_same = differs.is_empty() && lines.is_empty() && only.iter().all(Vec::is_empty);
    (!is_same).then(|| ComparedItem { id: a.id.clone(), sides: [a.clone(), b.clone()], differs, lines, only })
}

impl Shared {
    fn of(a: &[String], b: &[String]) -> Shared {
        let without = |names: &[String], others: &[String]| -> Vec<String> {
            names.iter().filter(|name| !others.contains(name)).cloned().collect()
        };
        let both = a.iter().filter(|name| b.contains(name)).cloned().collect();
        Shared { both, only: [without(a, b), without(b, a)] }
    }
}

/// Facts by their own names: the fact of `referral.received` and `diagnoses[0].onset`.
fn fact_of(path: &str) -> &str {
    path.split(['.', '[']).next().unwrap_or(path)
}

fn distinct<'n>(names: impl Iterator<Item = &'n str>) -> Vec<String> {
    let mut distinct: Vec<String> = Vec::new();
    for name in names {
        if !distinct.iter().any(|known| known == name) {
            distinct.push(name.to_owned());
        }
    }
    distinct
}

fn missing(outcome: &Outcome) -> Vec<String> {
    let facts = outcome.missing.iter().filter(|missing| missing.kind == MissingKind::Fact);
    distinct(facts.map(|missing| fact_of(&missing.fact)))
}

fn looked_at(outcome: &Outcome) -> Vec<String> {
    let lines = outcome.eligibility.iter().flat_map(|rule| &rule.criteria);
    let lines = lines.chain(outcome.checklists.iter().flat_map(|rule| &rule.items));
    let facts = lines.flat_map(|line| &line.facts).filter(|observed| observed.kind == ObservedKind::Fact);
    let missing = missing(outcome);
    distinct(facts.map(|observed| fact_of(&observed.id)).chain(missing.iter().map(String::as_str)))
}
