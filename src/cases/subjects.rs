//! What a case can expect something of: rules and criteria, and the statuses that each can have.

use super::unknown::Openness;
use crate::ir::{Criterion, Expr, Guideline, Modality, Rule, RuleKind, Strength};
use crate::outcome::{AdviceStatus, CriterionStatus, EligibilityStatus};
use crate::status::{ChecklistStatus, RuleSort};

/// A rule or a criterion.
pub(super) struct Subject {
    /// `eligibility.laro`, `eligibility.laro.age`, `recommend.naloxone`.
    pub(super) id: String,
    /// `eligibility.laro` for both the rule and its criteria.
    pub(super) rule: String,
    pub(super) kind: SubjectKind,
    /// The words of the statuses that it can have, in the order of the documentation.
    pub(super) statuses: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum SubjectKind {
    Eligibility,
    /// A line of an eligibility or of a checklist.
    Criterion,
    Recommendation,
    Checklist,
}

impl SubjectKind {
    /// The words of all statuses that something of the kind can have.
    pub(super) fn words(self) -> Vec<&'static str> {
        match self {
            SubjectKind::Eligibility => [
                EligibilityStatus::Met,
                EligibilityStatus::Refer,
                EligibilityStatus::NotMet,
                EligibilityStatus::Undetermined,
                EligibilityStatus::NotApplicable,
            ]
            .map(EligibilityStatus::name)
            .to_vec(),
            SubjectKind::Criterion => [
                CriterionStatus::Met,
                CriterionStatus::Excepted,
                CriterionStatus::NotMet,
                CriterionStatus::Undetermined,
            ]
            .map(CriterionStatus::name)
            .to_vec(),
            SubjectKind::Recommendation => [
                AdviceStatus::Recommended,
                AdviceStatus::AdvisedAgainst,
                AdviceStatus::NotApplicable,
                AdviceStatus::Undetermined,
            ]
            .map(AdviceStatus::name)
            .to_vec(),
            SubjectKind::Checklist => [
                ChecklistStatus::Complete,
                ChecklistStatus::Incomplete,
                ChecklistStatus::Undetermined,
                ChecklistStatus::NotApplicable,
            ]
            .map(ChecklistStatus::name)
            .to_vec(),
        }
    }

    /// What to call one, for messages.
    pub(super) fn noun(self) -> &'static str {
        match self {
            SubjectKind::Eligibility => "an eligibility",
            SubjectKind::Criterion => "a criterion",
            SubjectKind::Recommendation => "a recommendation",
            SubjectKind::Checklist => "a checklist",
        }
    }
}

/// All of them, in the order of the outcome: eligibilities with their criteria, checklists with their lines, then
/// recommendations.
pub(super) fn subjects(guideline: &Guideline) -> Vec<Subject> {
    let openness = Openness::of(guideline);
    let mut rules: Vec<&Rule> = guideline.rules.iter().collect();
    rules.sort_by_key(|rule| (rule.layer, rule.order));
    let mut subjects = Vec::new();
    for rule in &rules {
        if let RuleKind::Eligibility(own) = &rule.kind {
            lines(&openness, SubjectKind::Eligibility, rule, (own.when.as_ref(), &own.criteria), &mut subjects);
        }
    }
    for rule in &rules {
        if let RuleKind::Checklist(own) = &rule.kind {
            lines(&openness, SubjectKind::Checklist, rule, (own.when.as_ref(), &own.criteria), &mut subjects);
        }
    }
    for rule in &rules {
        let RuleKind::Recommendation(advice) = &rule.kind else { continue };
        let id = format!("recommend.{}", rule.name);
        let against = |strength: Strength| match strength {
            Strength::Must | Strength::Should | Strength::May | Strength::Exceptionally | Strength::ResearchOnly => {
                false
            }
            Strength::ShouldNot => true,
        };
        let mut strengths = advice.strengths.iter().map(|line| line.strength);
        let mut statuses = Words::of(SubjectKind::Recommendation);
        statuses.drop_unless(AdviceStatus::Recommended.name(), strengths.clone().any(|strength| !against(strength)));
        let can_be_against = !advice.advise_against.is_empty() || strengths.any(against);
        statuses.drop_unless(AdviceStatus::AdvisedAgainst.name(), can_be_against);
        let lines = advice.strengths.iter().map(|strength| &strength.line);
        let mut lines = lines.chain(&advice.not_needed).chain(&advice.advise_against);
        let open = lines.any(|line| openness.can_be_unknown(&line.condition));
        statuses.drop_unless(AdviceStatus::Undetermined.name(), open);
        subjects.push(Subject { rule: id.clone(), id, kind: SubjectKind::Recommendation, statuses: statuses.0 });
    }
    subjects
}

/// The rule, then its criteria.
fn lines(
    openness: &Openness<'_>,
    kind: SubjectKind,
    rule: &Rule,
    (when, criteria): (Option<&Expr>, &[Criterion]),
    subjects: &mut Vec<Subject>,
) {
    let id = rule.kind.sort().full_name(&rule.name);
    let mut below = Vec::new();
    let mut refer = false;
    let mut undetermined = when.is_some_and(|when| openness.can_be_unknown(when));
    for criterion in criteria {
        let can_be_excepted = !criterion.exceptions.is_empty();
        let conditions = std::iter::once(&criterion.condition);
        let mut conditions = conditions.chain(criterion.exceptions.iter().map(|exception| &exception.condition));
        let can_be_undetermined = conditions.any(|condition| openness.can_be_unknown(condition));
        let mut statuses = Words::of(SubjectKind::Criterion);
        statuses.drop_unless(CriterionStatus::Excepted.name(), can_be_excepted);
        statuses.drop_unless(CriterionStatus::Undetermined.name(), can_be_undetermined);
        let line = format!("{id}.{}", criterion.name);
        below.push(Subject { id: line, rule: id.clone(), kind: SubjectKind::Criterion, statuses: statuses.0 });
        match criterion.modality {
            Modality::Require => {
                refer |= can_be_excepted;
                undetermined |= can_be_undetermined;
            }
            Modality::Expect => {}
        }
    }
    let mut statuses = Words::of(kind);
    statuses.drop_unless(EligibilityStatus::Refer.name(), refer);
    statuses.drop_unless(EligibilityStatus::NotApplicable.name(), when.is_some());
    statuses.drop_unless(EligibilityStatus::Undetermined.name(), undetermined);
    subjects.push(Subject { rule: id.clone(), id, kind, statuses: statuses.0 });
    subjects.append(&mut below);
}

/// The id of a rule or line in the words of a rule file: `recommendations.x`, as the outcome's JSON groups them, is
/// `recommend.x`.
pub(super) fn singular(id: &str) -> String {
    const GROUPS: [(&str, RuleSort); 7] = [
        ("checklists", RuleSort::Checklist),
        ("tasks", RuleSort::Task),
        ("recommendations", RuleSort::Recommendation),
        ("proposals", RuleSort::Proposal),
        ("scores", RuleSort::Score),
        ("indicators", RuleSort::Indicator),
        ("schedules", RuleSort::Schedule),
    ];
    let (group, rest) = id.split_once('.').unwrap_or((id, ""));
    match GROUPS.iter().find(|(plural, _)| *plural == group) {
        Some((_, sort)) => sort.full_name(rest),
        None => id.to_owned(),
    }
}

struct Words(Vec<&'static str>);

impl Words {
    fn of(kind: SubjectKind) -> Words {
        Words(kind.words())
    }

    fn drop_unless(&mut self, word: &str, can: bool) {
        self.0.retain(|other| can || *other != word);
    }
}
