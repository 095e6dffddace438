//! Other rules by status.

use super::guide::Walk;
use super::value::Truth;
use riktlinje::syntax::ast::{self, Name, Polarity, StatusWord};

fn line<'a>(criteria: &'a [ast::Criterion], name: &str) -> &'a ast::Criterion {
    let found = criteria.iter().find(|criterion| *criterion.name.value == *name);
    found.unwrap_or_else(|| panic!("no line `{name}`"))
}

impl<'a> Walk<'a> {
    /// The status of a rule, or of one of its lines.
    fn status(&self, path: &'a [Name]) -> &'static str {
        let (rule, line_name) = (&*path[0].value, path.get(1).map(|name| &*name.value));
        let guide = self.guide;
        if let Some(rule) = guide.eligibilities.iter().find(|found| *found.name.value == *rule) {
            return match line_name {
                Some(name) => self.criterion(line(&rule.criteria, name)),
                None => self.eligibility(rule).status,
            };
        }
        if let Some(rule) = guide.recommendations.iter().find(|found| *found.name.value == *rule) {
            return self.recommendation(rule).status;
        }
        if let Some(rule) = guide.checklists.iter().find(|found| *found.head.name.value == *rule) {
            return match line_name {
                Some(name) => self.criterion(line(&rule.criteria, name)),
                None => self.checklist(rule).status,
            };
        }
        if let Some(rule) = guide.proposals.iter().find(|found| *found.head.name.value == *rule) {
            return match line_name {
                Some(option) => self.option(rule, option),
                None => self.proposal(rule).status,
            };
        }
        if let Some(rule) = guide.tasks.iter().find(|found| *found.head.name.value == *rule) {
            let answer = self.task(rule);
            return match line_name {
                Some(party) => {
                    answer.parties.iter().find(|(name, ..)| name.as_deref() == Some(party)).expect("a party").1
                }
                None => answer.status(),
            };
        }
        if let Some(rule) = guide.parallels.iter().find(|found| *found.head.name.value == *rule) {
            return self.parallel(rule).status;
        }
        if let Some(rule) = guide.find_score(rule) {
            return self.score(rule).status;
        }
        if let Some(rule) = guide.indicators.iter().find(|found| *found.head.name.value == *rule) {
            return self.indicator(rule).status();
        }
        if let Some(rule) = guide.find_schedule(rule) {
            return self.schedule(rule).status;
        }
        panic!("no rule `{rule}`")
    }

    /// "Such a test is unknown while the rule is undetermined, except `is undetermined`." "Settled is all but
    /// undetermined and possible conflict; tests read both as unknown." "What does not apply is *not applicable*, never
    /// *not met*": `is not met` asks for that status; `is not` before any other word is its negation.
    pub fn status_test(&self, polarity: Polarity, path: &'a [Name], word: StatusWord) -> Truth {
        let status = self.status(path);
        let negative = polarity == Polarity::Negative;
        let not_met = negative && word == StatusWord::Met;
        let asked = match word {
            StatusWord::Met if not_met => "not_met",
            StatusWord::Met => "met",
            StatusWord::Refer => "refer",
            StatusWord::Excepted => "excepted",
            // "`is undetermined` is yes of a possible conflict, too: neither is settled."
            StatusWord::Undetermined => {
                return Truth::of(matches!(status, "undetermined" | "possible_conflict") != negative);
            }
            StatusWord::NotApplicable => "not_applicable",
            StatusWord::Recommended => "recommended",
            StatusWord::AdvisedAgainst => "advised_against",
            StatusWord::Complete => "complete",
            StatusWord::Incomplete => "incomplete",
            StatusWord::ToDo => "to_do",
            StatusWord::Done => "done",
            StatusWord::Late => "late",
            StatusWord::DoneLate => "done_late",
            StatusWord::InParallel => "in_parallel",
            StatusWord::Waiting => "waiting",
            StatusWord::OutOfStep => "out_of_step",
            StatusWord::InForce => "in_force",
            StatusWord::Proposed => "proposed",
            StatusWord::NoneApplies => "none_applies",
            StatusWord::Conflict => "conflict",
            // "`is a possible conflict` looks at the status itself, and is yes or no."
            StatusWord::PossibleConflict => return Truth::of((status == "possible_conflict") != negative),
        };
        if matches!(status, "undetermined" | "possible_conflict") {
            Truth::Unknown
        } else {
            Truth::of((status == asked) != (negative && !not_met))
        }
    }
}
