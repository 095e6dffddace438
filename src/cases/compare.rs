//! What came against what was expected.

use super::expect::{Expectation, Verified, Wanted};
use super::report::Difference;
use crate::facts::tree::{Node, Tree};
use crate::outcome::{Answer, OptionName, Outcome, ScoreOutcome, TaskOutcome};
use crate::status::TaskStatus;
use crate::value::{FactValue, Number, Quantity};
use std::collections::BTreeSet;

/// What an expectation wanted and what came, both as text; `None` where they agree.
pub(super) fn difference(expectation: &Expectation, all: &[Expectation], outcome: &Outcome) -> Option<Difference> {
    let (expected, found) = match &expectation.wanted {
        Wanted::Status { id, status, .. } => {
            (status.to_string(), status_of(outcome, id).unwrap_or_else(|| "nothing".to_owned()))
        }
        Wanted::Detail { id, name, text, .. } => {
            (text.to_string(), detail(outcome, id, name).unwrap_or_else(|| "nothing".to_owned()))
        }
        Wanted::ReferTo { rule, party } => {
            let rule = outcome.eligibility.iter().find(|other| other.id == bare(rule));
            let found = rule.and_then(|rule| rule.refer_to.as_ref()).map(|party| party.id.as_str());
            (or_null(party.as_deref()), or_null(found))
        }
        Wanted::Strength { rule, strength } => {
            let rule = outcome.recommendations.iter().find(|other| other.id == bare(rule));
            let found = rule.and_then(|rule| rule.strength).map(|strength| strength.name());
            (or_null(strength.as_deref()), or_null(found))
        }
        Wanted::Priority { rule, priority } => {
            let rule = outcome.recommendations.iter().find(|other| other.id == bare(rule));
            let text = |priority: Option<u32>| or_null(priority.map(|priority| priority.to_string()).as_deref());
            (text(*priority), text(rule.and_then(|rule| rule.priority)))
        }
        Wanted::Value { name, text } => {
            let value = outcome.values.iter().find(|value| value.id == **name);
            (text.to_string(), value.map_or_else(|| "nothing".to_owned(), |value| shown(&value.value)))
        }
        Wanted::Missing(facts) => {
            let rules: BTreeSet<&str> = all.iter().filter_map(|expectation| expectation.wanted.rule()).collect();
            let settled = |settles: &[String]| rules.is_empty() || settles.iter().any(|rule| rules.contains(&**rule));
            let found = outcome.missing.iter().filter(|missing| settled(&missing.settles));
            (list(facts.iter()), list(sorted(found.map(|missing| missing.fact.as_str())).iter()))
        }
        Wanted::Conflicts(pairs) => {
            let pair = |[first, second]: [&str; 2]| {
                let (first, second) = (bare(first), bare(second));
                if first <= second { format!("[{first}, {second}]") } else { format!("[{second}, {first}]") }
            };
            let found: BTreeSet<String> =
                outcome.conflicts.iter().map(|conflict| pair(conflict.rules.each_ref().map(String::as_str))).collect();
            let wanted: BTreeSet<String> = pairs.iter().map(|two| pair(two.each_ref().map(|name| &**name))).collect();
            (list(wanted.iter()), list(found.iter()))
        }
        Wanted::Broken(count) => (count.to_string(), outcome.broken.len().to_string()),
        Wanted::Faults(rules) => {
            let wanted: BTreeSet<&str> = rules.iter().map(|rule| &**rule).collect();
            let found: BTreeSet<&str> = outcome.faults.iter().map(|fault| fault.rule.as_str()).collect();
            (list(wanted.iter()), list(found.iter()))
        }
        Wanted::Verified(wanted) => {
            let text = |verified| match verified {
                Verified::Yes => "true".to_owned(),
                Verified::No => "false".to_owned(),
            };
            (text(*wanted), text(if outcome.verified { Verified::Yes } else { Verified::No }))
        }
    };
    let (id, place) = (expectation.id.to_string(), expectation.place.clone());
    (expected != found).then_some(Difference { id, expected, found, place })
}

/// The status of `eligibility.laro`, `eligibility.laro.age`, `recommend.naloxone`.
pub(super) fn status_of(outcome: &Outcome, id: &str) -> Option<String> {
    let mut parts = id.split('.');
    let (kind, rule, line) = (parts.next()?, parts.next()?, parts.next());
    let status = match (kind, line) {
        ("eligibility", None) => outcome.eligibility.iter().find(|other| other.id == rule)?.status.name(),
        ("eligibility", Some(line)) => {
            let rule = outcome.eligibility.iter().find(|other| other.id == rule)?;
            rule.criteria.iter().find(|other| other.id == line)?.status.name()
        }
        ("checklist", None) => outcome.checklists.iter().find(|other| other.id == rule)?.status.name(),
        ("checklist", Some(line)) => {
            let rule = outcome.checklists.iter().find(|other| other.id == rule)?;
            rule.items.iter().find(|other| other.id == line)?.status.name()
        }
        ("task", None) => {
            let own = || outcome.tasks.iter().filter(|other| other.id == rule).map(|task| task.status);
            own().next()?;
            TaskStatus::of_all(own()).name()
        }
        ("task", line) => task(outcome, rule, line)?.status.name(),
        ("recommend", _) => outcome.recommendations.iter().find(|other| other.id == rule)?.status.name(),
        ("parallel", None) => outcome.parallel.iter().find(|other| other.id == rule)?.status.name(),
        ("parallel", Some(line)) => {
            let rule = outcome.parallel.iter().find(|other| other.id == rule)?;
            rule.tracks.iter().find(|other| other.id == line)?.status.name()
        }
        ("score", _) => {
            let score = outcome.scores.iter().find(|other| other.id == rule)?;
            score.band.as_ref().map_or(score.status, |band| &band.id)
        }
        ("propose", _) => outcome.proposals.iter().find(|other| other.id == rule)?.status.name(),
        ("indicator", _) => outcome.indicators.iter().find(|other| other.id == rule)?.status.name(),
        ("schedule", _) => outcome.schedules.iter().find(|other| other.id == rule)?.status.name(),
        _ => return None,
    };
    Some(status.to_owned())
}

/// A task for one party, or for nobody in particular.
fn task<'o>(outcome: &'o Outcome, rule: &str, party: Option<&str>) -> Option<&'o TaskOutcome> {
    let own = |task: &&TaskOutcome| {
        task.id == rule && task.recipient.as_ref().map(|recipient| recipient.id.as_str()) == party
    };
    outcome.tasks.iter().find(own)
}

/// What else a case may ask of a rule's or line's outcome; lists as `[a, b]`, nothing as `null`.
fn detail(outcome: &Outcome, id: &str, name: &str) -> Option<String> {
    let (kind, rule) = id.split_once('.')?;
    let names = |options: &[OptionName]| list(options.iter().map(|option| option.id.as_str()));
    match (kind, name) {
        ("task", "due") => {
            let (rule, party) = rule.split_once('.').map_or((rule, None), |(rule, party)| (rule, Some(party)));
            let due = task(outcome, rule, party)?.due;
            Some(due.map_or_else(|| "null".to_owned(), |day| day.to_string()))
        }
        ("parallel", "due") => {
            let (rule, track) = rule.split_once('.')?;
            let rule = outcome.parallel.iter().find(|other| other.id == rule)?;
            let due = rule.tracks.iter().find(|other| other.id == track)?.due;
            Some(due.map_or_else(|| "null".to_owned(), |day| day.to_string()))
        }
        ("propose", "outcomes") => {
            outcome.proposals.iter().find(|other| other.id == rule).map(|it| names(&it.outcomes))
        }
        ("propose", "possible") => {
            outcome.proposals.iter().find(|other| other.id == rule).map(|it| names(&it.possible))
        }
        ("score", _) => outcome.scores.iter().find(|other| other.id == rule).and_then(|it| of_score(it, name)),
        ("schedule", _) => {
            let schedule = outcome.schedules.iter().find(|other| other.id == rule)?;
            match name {
                "phase" => Some(or_null(schedule.phase.as_ref().map(|phase| phase.id.as_str()))),
                "standing" => Some(or_null(schedule.standing)),
                "next" => Some(list(schedule.next.iter().map(ToString::to_string))),
                "dates" => Some(list(schedule.dates.iter().map(|date| format!("{} {}", date.date, date.status)))),
                _ => None,
            }
        }
        _ => None,
    }
}

/// An end of the total, or the total itself: a number, or what is known of it.
fn of_score(score: &ScoreOutcome, name: &str) -> Option<String> {
    let number = |number: Option<Number>| or_null(number.map(|number| number.to_string()).as_deref());
    Some(match name {
        "low" => number(score.low),
        "high" => number(score.high),
        "total" if score.low.is_some() && score.low == score.high => number(score.low),
        "total" if score.low.is_none() && score.high.is_none() => or_null(None),
        "total" => range(&number(score.low), &number(score.high)),
        "band" => or_null(score.band.as_ref().map(|band| band.id.as_str())),
        "possible" => list(score.possible.iter().map(|band| band.id.as_str())),
        _ => return None,
    })
}

/// What a case writes for a detail, in the form of [`detail`].
pub(super) fn written_detail(node: &Node) -> Option<String> {
    match &node.tree {
        Tree::Null => Some("null".to_owned()),
        Tree::List(nodes) => {
            let names: Option<Vec<String>> = nodes.iter().map(written).collect();
            names.map(|names| list(names.iter()))
        }
        Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) | Tree::Map(_) => written(node),
    }
}

/// `naloxone` of `recommend.naloxone`.
pub(super) fn bare(id: &str) -> &str {
    id.rsplit('.').next().unwrap_or(id)
}

fn or_null(text: Option<&str>) -> String {
    text.unwrap_or("null").to_owned()
}

fn sorted<'a>(names: impl Iterator<Item = &'a str>) -> Vec<&'a str> {
    let mut names: Vec<&str> = names.collect();
    names.sort_unstable();
    names
}

fn list(names: impl Iterator<Item = impl AsRef<str>>) -> String {
    let names: Vec<String> = names.map(|name| name.as_ref().to_owned()).collect();
    format!("[{}]", names.join(", "))
}

/// A value of the outcome in the form in which a case writes it.
pub(super) fn shown(answer: &Answer) -> String {
    match answer {
        Answer::Unknown => "unknown".to_owned(),
        Answer::Known(value) => value_text(value),
        Answer::Between { low, high } => {
            let end = |value: &Option<FactValue>| value.as_ref().map_or_else(|| "null".to_owned(), value_text);
            range(&end(low), &end(high))
        }
    }
}

fn range(low: &str, high: &str) -> String {
    format!("{{ low: {low}, high: {high} }}")
}

fn value_text(value: &FactValue) -> String {
    match value {
        FactValue::Truth(true) => "yes".to_owned(),
        FactValue::Truth(false) => "no".to_owned(),
        FactValue::Number(number) => number.to_string(),
        FactValue::Quantity(quantity) => quantity_text(quantity),
        FactValue::Text(text) | FactValue::Choice(text) => text.to_string(),
        FactValue::Date(date) => date.to_string(),
        FactValue::Duration(duration) => duration.to_string(),
        FactValue::Period(from, through) => format!("{from}..{through}"),
        FactValue::Code(code) => code.as_str().to_owned(),
        FactValue::None => "none".to_owned(),
        FactValue::Record(_) => "a record".to_owned(),
        FactValue::List(_) => "a list".to_owned(),
    }
}

fn quantity_text(quantity: &Quantity) -> String {
    format!("{} {}", quantity.number(), quantity.unit().as_str())
}

/// What a case writes for a value, in the form of [`shown`]; `None` for what is no value.
pub(super) fn written(node: &Node) -> Option<String> {
    match &node.tree {
        Tree::Truth(true) => Some("yes".to_owned()),
        Tree::Truth(false) => Some("no".to_owned()),
        Tree::Number(Ok(number)) => Some(number.to_string()),
        Tree::Text(text, _) => Some(text.to_string()),
        Tree::Map(entries) => {
            let get = |key: &str| node.get(key).map(|entry| &entry.value);
            let end = |node: &Node| match node.tree {
                Tree::Null => Some("null".to_owned()),
                Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) | Tree::List(_) | Tree::Map(_) => written(node),
            };
            match (get("low"), get("high"), get("quantity"), get("unit"), get("system"), get("code")) {
                (Some(low), Some(high), None, None, None, None) => Some(range(&end(low)?, &end(high)?)),
                (None, None, Some(number), Some(unit), None, None) => {
                    Some(format!("{} {}", written(number)?, written(unit)?))
                }
                (None, None, None, None, Some(_), Some(code)) => written(code),
                _ => None,
            }
            .filter(|_| entries.len() == 2)
        }
        Tree::Null | Tree::Number(Err(_)) | Tree::List(_) => None,
    }
}
