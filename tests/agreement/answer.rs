//! Answers as words: `eligibility.a`, `not_met`; values by their ends.

use super::Words;
use crate::reference::{Answers, Fraction, Guide, Patient, Range, Value, parse_day, unit_factor};
use riktlinje::syntax::ast::{self, Strength};
use riktlinje::{
    AdviceStatus, AdviceStrength, Answer, CriterionStatus, EligibilityStatus, FactValue, OptionName, Outcome, Quantity,
};

/// Names that stay when more is known.
pub const CERTAIN: &str = "certain";
/// Names of which only some are left when more is known.
pub const POSSIBLE: &str = "possible";

pub fn reference_answers(file: &ast::File, patient: &Patient, day: crate::reference::Day) -> Words {
    of_reference(&Guide::new(&[file]).answers(patient, day))
}

pub fn of_reference(answers: &Answers) -> Words {
    let mut words = Words::new();
    for eligibility in &answers.eligibilities {
        let id = &eligibility.id;
        words.push((format!("eligibility.{id}"), eligibility.status.to_owned()));
        words.push((format!("eligibility.{id} refers to"), eligibility.refer_to.clone().unwrap_or_default()));
        for (criterion, status) in &eligibility.criteria {
            words.push((format!("eligibility.{id}.{criterion}"), (*status).to_owned()));
        }
    }
    for recommendation in &answers.recommendations {
        let strength = recommendation.strength.map_or("no strength", |strength| match strength {
            Strength::Must => "must",
            Strength::Should => "should",
            Strength::May => "may",
            Strength::Exceptionally => "exceptionally",
            Strength::ShouldNot => "should not",
            Strength::ResearchOnly => "research only",
        });
        let text = format!("{}, {strength}, {:?}", recommendation.status, recommendation.priority);
        words.push((format!("recommend.{}", recommendation.id), text));
    }
    for (id, value) in &answers.values {
        words.push((format!("define.{id}"), value_words(value)));
    }
    for [first, second] in &answers.conflicts {
        words.push(("conflict".to_owned(), format!("recommend.{first} recommend.{second}")));
    }
    let broken = answers.broken.iter().filter(|broken| **broken).count();
    words.push(("broken assumptions".to_owned(), broken.to_string()));
    for checklist in &answers.checklists {
        let id = &checklist.id;
        words.push((format!("checklist.{id}"), checklist.status.to_owned()));
        let items = checklist.items.iter();
        words.extend(items.map(|(item, status)| (format!("checklist.{id}.{item}"), (*status).to_owned())));
    }
    for proposal in &answers.proposals {
        let id = &proposal.id;
        words.push((format!("propose.{id}"), proposal.status.to_owned()));
        words.push((format!("propose.{id} {CERTAIN}"), proposal.outcomes.join(" ")));
        words.push((format!("propose.{id} {POSSIBLE}"), proposal.possible.join(" ")));
    }
    words
}

fn range_words<T: PartialEq>(range: &Range<T>, text: impl Fn(&T) -> String) -> String {
    match (&range.low, &range.high) {
        _ if range.perhaps_absent => "unknown".to_owned(),
        (None, None) => "unknown".to_owned(),
        (Some(low), Some(high)) if low == high => text(low),
        (low, high) => {
            let end = |end: &Option<T>| end.as_ref().map_or("no end".to_owned(), &text);
            format!("{} through {}", end(low), end(high))
        }
    }
}

fn value_words(value: &Value) -> String {
    match value {
        Value::Unknown => "unknown".to_owned(),
        Value::Absent => "none".to_owned(),
        Value::Truth(truth) => truth.word().to_owned(),
        Value::Number(range) | Value::Age(range, _) => range_words(range, Fraction::to_string),
        Value::Date(range) => range_words(range, |day| crate::reference::day_text(*day)),
        Value::Word(word) | Value::Code { code: word, .. } => word.clone(),
        Value::Duration(..) | Value::Period(..) => "a duration or period".to_owned(),
    }
}

pub fn of_outcome(outcome: &Outcome) -> Words {
    let mut words = Words::new();
    for eligibility in &outcome.eligibility {
        let id = &eligibility.id;
        let status = match eligibility.status {
            EligibilityStatus::Met => "met",
            EligibilityStatus::Refer => "refer",
            EligibilityStatus::NotMet => "not_met",
            EligibilityStatus::Undetermined => "undetermined",
            EligibilityStatus::NotApplicable => "not_applicable",
        };
        words.push((format!("eligibility.{id}"), status.to_owned()));
        let party = eligibility.refer_to.as_ref().map(|party| party.id.clone());
        words.push((format!("eligibility.{id} refers to"), party.unwrap_or_default()));
        for criterion in &eligibility.criteria {
            words.push((format!("eligibility.{id}.{}", criterion.id), line_word(criterion.status).to_owned()));
        }
    }
    for recommendation in &outcome.recommendations {
        let status = match recommendation.status {
            AdviceStatus::Recommended => "recommended",
            AdviceStatus::AdvisedAgainst => "advised_against",
            AdviceStatus::NotApplicable => "not_applicable",
            AdviceStatus::Undetermined => "undetermined",
        };
        let strength = recommendation.strength.map_or("no strength", |strength| match strength {
            AdviceStrength::Must => "must",
            AdviceStrength::Should => "should",
            AdviceStrength::May => "may",
            AdviceStrength::Exceptionally => "exceptionally",
            AdviceStrength::ShouldNot => "should not",
            AdviceStrength::ResearchOnly => "research only",
        });
        let text = format!("{status}, {strength}, {:?}", recommendation.priority);
        words.push((format!("recommend.{}", recommendation.id), text));
    }
    for value in &outcome.values {
        words.push((format!("define.{}", value.id), answer_words(&value.value)));
    }
    for conflict in &outcome.conflicts {
        words.push(("conflict".to_owned(), conflict.rules.join(" ")));
    }
    words.push(("broken assumptions".to_owned(), outcome.broken.len().to_string()));
    for checklist in &outcome.checklists {
        let id = &checklist.id;
        words.push((format!("checklist.{id}"), checklist.status.name().to_owned()));
        let items = checklist.items.iter();
        words.extend(items.map(|item| (format!("checklist.{id}.{}", item.id), line_word(item.status).to_owned())));
    }
    for proposal in &outcome.proposals {
        let id = &proposal.id;
        words.push((format!("propose.{id}"), proposal.status.name().to_owned()));
        words.push((format!("propose.{id} {CERTAIN}"), option_words(&proposal.outcomes)));
        words.push((format!("propose.{id} {POSSIBLE}"), option_words(&proposal.possible)));
    }
    words
}

fn line_word(status: CriterionStatus) -> &'static str {
    match status {
        CriterionStatus::Met => "met",
        CriterionStatus::Excepted => "excepted",
        CriterionStatus::NotMet => "not_met",
        CriterionStatus::Undetermined => "undetermined",
    }
}

fn option_words(options: &[OptionName]) -> String {
    options.iter().map(|option| option.id.as_str()).collect::<Vec<_>>().join(" ")
}

fn answer_words(answer: &Answer) -> String {
    match answer {
        Answer::Unknown => "unknown".to_owned(),
        Answer::Known(FactValue::None) => "none".to_owned(),
        Answer::Known(FactValue::Truth(truth)) => (if *truth { "yes" } else { "no" }).to_owned(),
        Answer::Known(FactValue::Text(text) | FactValue::Choice(text)) => text.to_string(),
        Answer::Known(FactValue::Code(code)) => code.as_str().replace('.', ""),
        Answer::Known(value) => {
            let (low, high) = ends(value);
            if low == high { low } else { format!("{low} through {high}") }
        }
        Answer::Between { low: None, high: None } => "unknown".to_owned(),
        Answer::Between { low, high } => {
            let low = low.as_ref().map_or("no end".to_owned(), |low| ends(low).0);
            let high = high.as_ref().map_or("no end".to_owned(), |high| ends(high).1);
            format!("{low} through {high}")
        }
        _ => "another kind of answer".to_owned(),
    }
}

fn ends(value: &FactValue) -> (String, String) {
    let number = |number: &riktlinje::Number| Fraction::new(number.numerator(), number.denominator());
    let quantity = |quantity: &Quantity| number(&quantity.number()) * unit_factor(quantity.unit().as_str());
    match value {
        FactValue::Number(value) => (number(value).to_string(), number(value).to_string()),
        FactValue::Quantity(value) => (quantity(value).to_string(), quantity(value).to_string()),
        FactValue::Date(date) => {
            let (first, last) = parse_day(&date.to_string()).unwrap();
            (crate::reference::day_text(first), crate::reference::day_text(last))
        }
        _ => ("a duration or period".to_owned(), "a duration or period".to_owned()),
    }
}
