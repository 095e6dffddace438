//! Statuses: eligibilities, recommendations, what excludes what, broken assumptions, shown values.

use super::calendar::Day;
use super::facts::Patient;
use super::guide::{Guide, Scope, Walk};
use super::indicator::IndicatorAnswer;
use super::parallel::ParallelAnswer;
use super::plan::Found;
use super::proposal::ProposalAnswer;
use super::schedule::ScheduleAnswer;
use super::score::ScoreAnswer;
use super::task::TaskAnswer;
use super::value::{Truth, Value, for_all};
use riktlinje::syntax::ast::{self, Modality, RecommendClauseKind, Strength};

/// Everything that is answered about one patient on one date, in the words of the runner's JSON.
#[derive(Debug, Clone, PartialEq)]
pub struct Answers {
    pub eligibilities: Vec<EligibilityAnswer>,
    pub recommendations: Vec<RecommendationAnswer>,
    pub values: Vec<(String, Value)>,
    pub conflicts: Vec<[String; 2]>,
    /// One for each assumption, in the order of the file: whether the facts break it.
    pub broken: Vec<bool>,
    pub checklists: Vec<ChecklistAnswer>,
    pub proposals: Vec<ProposalAnswer>,
    pub tasks: Vec<TaskAnswer>,
    pub parallels: Vec<ParallelAnswer>,
    pub scores: Vec<ScoreAnswer>,
    pub indicators: Vec<IndicatorAnswer>,
    pub schedules: Vec<ScheduleAnswer>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct ChecklistAnswer {
    pub id: String,
    pub status: &'static str,
    pub items: Vec<(String, &'static str)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct EligibilityAnswer {
    pub id: String,
    pub status: &'static str,
    pub refer_to: Option<String>,
    pub criteria: Vec<(String, &'static str)>,
}

#[derive(Debug, Clone, PartialEq)]
pub struct RecommendationAnswer {
    pub id: String,
    pub status: &'static str,
    pub strength: Option<Strength>,
    pub priority: Option<u32>,
}

impl<'a> Guide<'a> {
    pub fn answers(&'a self, patient: &'a Patient, today: Day) -> Answers {
        let walk = Walk { guide: self, patient, today };
        let recommendations: Vec<RecommendationAnswer> =
            self.recommendations.iter().map(|rule| walk.recommendation(rule)).collect();
        // "`excludes disulfiram`: two such that both are recommended are a conflict."
        let recommended = |name: &str| recommendations.iter().any(|r| r.id == name && r.status == "recommended");
        let mut conflicts = Vec::new();
        for (index, first) in self.recommendations.iter().enumerate() {
            for second in &self.recommendations[index + 1..] {
                let excludes = |one: &ast::Recommend, other: &ast::Recommend| {
                    one.excludes.iter().any(|excluded| excluded.value == other.name.value)
                };
                let both = recommended(&first.name.value) && recommended(&second.name.value);
                if both && (excludes(first, second) || excludes(second, first)) {
                    conflicts.push([first.name.value.to_string(), second.name.value.to_string()]);
                }
            }
        }
        let shown = self.shown.iter();
        let values = shown.map(|d| (d.name.value.to_string(), walk.value(&d.value, &Scope::default())));
        let broken = self.assumptions.iter().map(|a| walk.truth(&a.condition, &Scope::default()) == Truth::No);
        let wrong_totals = self.scores.iter().map(|rule| walk.given_total_is_wrong(rule));
        Answers {
            eligibilities: self.eligibilities.iter().map(|rule| walk.eligibility(rule)).collect(),
            values: values.collect(),
            broken: broken.chain(wrong_totals).collect(),
            checklists: self.checklists.iter().map(|rule| walk.checklist(rule)).collect(),
            proposals: self.proposals.iter().map(|rule| walk.proposal(rule)).collect(),
            tasks: self.tasks.iter().map(|rule| walk.task(rule)).collect(),
            parallels: self.parallels.iter().map(|rule| walk.parallel(rule)).collect(),
            scores: self.scores.iter().map(|rule| walk.score(rule)).collect(),
            indicators: self.indicators.iter().map(|rule| walk.indicator(rule)).collect(),
            schedules: self.schedules.iter().map(|rule| walk.schedule(rule)).collect(),
            recommendations,
            conflicts,
        }
    }
}

impl<'a> Guide<'a> {
    /// What there is of every schedule on some days, both ends included.
    pub fn calendars(&'a self, patient: &'a Patient, today: Day, days: (Day, Day)) -> Vec<(String, Found)> {
        let walk = Walk { guide: self, patient, today };
        let each = self.schedules.iter();
        each.map(|rule| (rule.head.name.value.to_string(), walk.calendar_on(rule, days))).collect()
    }
}

impl<'a> Walk<'a> {
    /// "A line with an exception: met: met; not met and exception yes: excepted; not met and no: not met; not met and
    /// unknown: undetermined; undetermined: undetermined. Several exceptions are alternatives."
    pub fn criterion(&self, criterion: &'a ast::Criterion) -> &'static str {
        let exception = || {
            let truths = criterion.exceptions.iter().map(|e| self.truth(&e.condition, &Scope::default()));
            truths.fold(Truth::No, Truth::or)
        };
        match self.truth(&criterion.condition, &Scope::default()) {
            Truth::Yes => "met",
            Truth::Unknown => "undetermined",
            Truth::No => match exception() {
                Truth::Yes => "excepted",
                Truth::No => "not_met",
                Truth::Unknown => "undetermined",
            },
        }
    }

    /// "`when` no: not applicable; `when` unknown: undetermined; else any required line not met: not met; else any
    /// undetermined: undetermined; else any excepted: refer; else met. `expect` lines are shown and never decide."
    pub fn eligibility(&self, rule: &'a ast::Eligibility) -> EligibilityAnswer {
        let criteria = self.criteria(&rule.criteria);
        let any = |status: &str| some_required(&criteria, status);
        let when = rule.when.as_ref().map_or(Truth::Yes, |when| self.truth(when, &Scope::default()));
        let status = match when {
            Truth::No => "not_applicable",
            Truth::Unknown => "undetermined",
            Truth::Yes if any("not_met") => "not_met",
            Truth::Yes if any("undetermined") => "undetermined",
            Truth::Yes if any("excepted") => "refer",
            Truth::Yes => "met",
        };
        // Where the first excepted line sends the case.
        let excepted = criteria.iter().find(|(c, s)| c.modality == Modality::Require && *s == "excepted");
        let refer_to = excepted.filter(|_| status == "refer").and_then(|(criterion, _)| {
            let mut exceptions = criterion.exceptions.iter();
            let holds = exceptions.find(|e| self.truth(&e.condition, &Scope::default()) == Truth::Yes);
            holds.map(|exception| exception.refer_to.value.to_string())
        });
        let criteria = criteria.into_iter().map(|(criterion, status)| (criterion.name.value.to_string(), status));
        EligibilityAnswer { id: rule.name.value.to_string(), status, refer_to, criteria: criteria.collect() }
    }

    fn criteria(&self, criteria: &'a [ast::Criterion]) -> Vec<(&'a ast::Criterion, &'static str)> {
        criteria.iter().map(|criterion| (criterion, self.criterion(criterion))).collect()
    }

    /// Whether a rule applies: "without `when`, always".
    pub fn when(&self, head: &'a ast::RuleHead) -> Truth {
        head.when.as_ref().map_or(Truth::Yes, |when| self.truth(when, &Scope::default()))
    }

    /// "`when` is no: *not applicable*; `when` is unknown: *undetermined*; some required line is not met: *incomplete*;
    /// some is undetermined: *undetermined*; else *complete*."
    pub fn checklist(&self, rule: &'a ast::Checklist) -> ChecklistAnswer {
        let criteria = self.criteria(&rule.criteria);
        let status = match self.when(&rule.head) {
            Truth::No => "not_applicable",
            Truth::Unknown => "undetermined",
            Truth::Yes if some_required(&criteria, "not_met") => "incomplete",
            Truth::Yes if some_required(&criteria, "undetermined") => "undetermined",
            Truth::Yes => "complete",
        };
        let items = criteria.into_iter().map(|(criterion, status)| (criterion.name.value.to_string(), status));
        ChecklistAnswer { id: rule.head.name.value.to_string(), status, items: items.collect() }
    }

    /// "Nothing holds: not applicable; something holds, in this order: `advise against if` yes or strength should not:
    /// advised against; either unknown: undetermined; `not needed if` yes: not applicable; unknown: undetermined; else
    /// recommended. Nothing holds but something is unknown: undetermined."
    pub fn recommendation(&self, rule: &'a ast::Recommend) -> RecommendationAnswer {
        let truth = |condition| self.truth(condition, &Scope::default());
        let mut lines = Vec::new();
        let (mut advise_against, mut not_needed) = (Truth::No, Truth::No);
        for clause in &rule.clauses {
            let holds = truth(&clause.condition);
            match &clause.kind {
                RecommendClauseKind::Strength { strength, priority } => {
                    lines.push((holds, *strength, priority.as_ref().map(|priority| priority.value)));
                }
                RecommendClauseKind::AdviseAgainst => advise_against = advise_against.or(holds),
                RecommendClauseKind::NotNeeded => not_needed = not_needed.or(holds),
            }
        }
        let something_holds = lines.iter().fold(Truth::No, |so_far, (holds, ..)| so_far.or(*holds));
        // "The first `when` that holds gives it, null while an earlier one is unknown."
        let first = lines.iter().find(|(holds, ..)| *holds != Truth::No).filter(|(holds, ..)| *holds == Truth::Yes);
        let should_not = {
            let until = lines.iter().position(|(holds, ..)| *holds == Truth::Yes).map_or(lines.len(), |at| at + 1);
            let reachable = lines[..until].iter().filter(|(holds, ..)| *holds != Truth::No);
            for_all(reachable.map(|(_, strength, _)| Truth::of(*strength == Strength::ShouldNot)))
        };
        let status = match something_holds {
            Truth::No => "not_applicable",
            Truth::Unknown => "undetermined",
            Truth::Yes => match (advise_against.or(should_not), not_needed) {
                (Truth::Yes, _) => "advised_against",
                (Truth::Unknown, _) | (Truth::No, Truth::Unknown) => "undetermined",
                (Truth::No, Truth::Yes) => "not_applicable",
                (Truth::No, Truth::No) => "recommended",
            },
        };
        RecommendationAnswer {
            id: rule.name.value.to_string(),
            status,
            strength: first.map(|(_, strength, _)| *strength),
            priority: first.and_then(|(_, _, priority)| *priority),
        }
    }
}

fn some_required(criteria: &[(&ast::Criterion, &str)], status: &str) -> bool {
    criteria.iter().any(|(criterion, s)| criterion.modality == Modality::Require && *s == status)
}
