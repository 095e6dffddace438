//! Answers as words: `eligibility.a`, `not_met`; values by their ends.

use super::Words;
use crate::reference::{Answers, Found, Fraction, Guide, Patient, Range, Value, day_text, parse_day, unit_factor};
use riktlinje::syntax::ast::{self, Strength};
use riktlinje::{
    AdviceStatus, AdviceStrength, Answer, Calendar, CriterionStatus, EligibilityStatus, FactValue, OptionName, Outcome,
    Quantity, Truth,
};

/// Names that stay when more is known.
pub const CERTAIN: &str = "certain";
/// The least and the most, which come nearer to each other when more is known.
pub const RANGE: &str = "range";
/// Of a score that does not apply.
pub const NO_TOTAL: &str = "no total";
/// Names of which only some are left when more is known.
pub const POSSIBLE: &str = "possible";

pub fn reference_answers(file: &ast::File, patient: &Patient, day: crate::reference::Day) -> Words {
    of_reference(&Guide::new(&[file]).answers(patient, day))
}

pub fn set_reference_answers(case: &super::Case) -> Words {
    of_reference(&Guide::new(&[&case.file]).with(case.settings).answers(&case.patient, case.day))
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
    for task in &answers.tasks {
        let id = &task.id;
        words.push((format!("task.{id}"), task.status().to_owned()));
        for (party, status, due) in &task.parties {
            let line = format!("task.{id}.{}", party.as_deref().unwrap_or("it"));
            words.push((format!("{line} due"), due.map(day_text).unwrap_or_default()));
            words.push((line, (*status).to_owned()));
        }
    }
    for parallel in &answers.parallels {
        let id = &parallel.id;
        words.push((format!("parallel.{id}"), parallel.status.to_owned()));
        for (track, status, due) in &parallel.tracks {
            let line = format!("parallel.{id}.{track}");
            words.push((format!("{line} due"), due.map(day_text).unwrap_or_default()));
            words.push((line, (*status).to_owned()));
        }
    }
    for score in &answers.scores {
        let id = &score.id;
        words.push((format!("score.{id}"), score.status.to_owned()));
        words.push((format!("score.{id} {RANGE}"), total_words(&score.total)));
        words.push((format!("score.{id} {POSSIBLE}"), score.possible.join(" ")));
    }
    for indicator in &answers.indicators {
        let id = &indicator.id;
        words.push((format!("indicator.{id}"), indicator.status().to_owned()));
        words.push((format!("indicator.{id}.counted"), indicator.counted.word().to_owned()));
        words.push((format!("indicator.{id}.in"), indicator.is_in.word().to_owned()));
    }
    for schedule in &answers.schedules {
        let id = &schedule.id;
        words.push((format!("schedule.{id}"), schedule.status.to_owned()));
        words.push((format!("schedule.{id} stands"), schedule.standing.to_owned()));
        words.push((format!("schedule.{id} phase"), schedule.phase.clone().unwrap_or_default()));
        words.push((format!("schedule.{id} next"), schedule.next.map(day_text).unwrap_or_default()));
        let dates = schedule.dates.iter();
        words.extend(dates.map(|(day, status)| (format!("schedule.{id}.{}", day_text(*day)), (*status).to_owned())));
    }
    words
}

/// The least and the most, as decimals or fractions; nothing for an end that is not known.
fn total_words(total: &Value) -> String {
    let end = |end: Option<Fraction>| end.map_or("no_end".to_owned(), |end| end.to_string());
    if *total == Value::Absent {
        return NO_TOTAL.to_owned();
    }
    total.as_number().map_or("no_end no_end".to_owned(), |range| format!("{} {}", end(range.low), end(range.high)))
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
    for of_one_task in outcome.tasks.chunk_by(|one, other| one.id == other.id) {
        let id = &of_one_task[0].id;
        // "Late if late for any, else undetermined, to do, done late, done (not applicable is the same for all)."
        let order = ["late", "undetermined", "to_do", "done_late", "done", "not_applicable"];
        let whole = order.into_iter().find(|status| of_one_task.iter().any(|task| task.status.name() == *status));
        words.push((format!("task.{id}"), whole.unwrap().to_owned()));
        for task in of_one_task {
            let line = format!("task.{id}.{}", task.recipient.as_ref().map_or("it", |party| party.id.as_str()));
            words.push((format!("{line} due"), task.due.map(|day| day.to_string()).unwrap_or_default()));
            words.push((line, task.status.name().to_owned()));
        }
    }
    for parallel in &outcome.parallel {
        let id = &parallel.id;
        words.push((format!("parallel.{id}"), parallel.status.name().to_owned()));
        for track in &parallel.tracks {
            let line = format!("parallel.{id}.{}", track.id);
            words.push((format!("{line} due"), track.due.map(|day| day.to_string()).unwrap_or_default()));
            words.push((line, track.status.name().to_owned()));
        }
    }
    for score in &outcome.scores {
        let id = &score.id;
        let per = score.unit.as_deref().map_or(Fraction::from_integer(1), unit_factor);
        let exact = |number: &riktlinje::Number| Fraction::new(number.numerator(), number.denominator()) * per;
        let end = |end: &Option<riktlinje::Number>| end.as_ref().map_or("no_end".to_owned(), |n| exact(n).to_string());
        words.push((format!("score.{id}"), score.status.to_owned()));
        let applies = score.status != "not_applicable";
        let total = if applies { format!("{} {}", end(&score.low), end(&score.high)) } else { NO_TOTAL.to_owned() };
        words.push((format!("score.{id} {RANGE}"), total));
        words.push((format!("score.{id} {POSSIBLE}"), option_words(&score.possible)));
    }
    for indicator in &outcome.indicators {
        let id = &indicator.id;
        let word = |truth: Truth| match truth {
            Truth::True => "yes",
            Truth::False => "no",
            Truth::Unknown => "unknown",
        };
        words.push((format!("indicator.{id}"), indicator.status.name().to_owned()));
        words.push((format!("indicator.{id}.counted"), word(indicator.counted).to_owned()));
        words.push((format!("indicator.{id}.in"), word(indicator.is_in).to_owned()));
    }
    for schedule in &outcome.schedules {
        let id = &schedule.id;
        let phase = schedule.phase.as_ref().map(|phase| phase.id.clone());
        words.push((format!("schedule.{id}"), schedule.status.name().to_owned()));
        words.push((format!("schedule.{id} stands"), schedule.standing.unwrap_or_default().to_owned()));
        words.push((format!("schedule.{id} phase"), phase.unwrap_or_default()));
        words.push((format!("schedule.{id} next"), option_day(schedule.next.first())));
        let dates = schedule.dates.iter();
        words.extend(dates.map(|date| (format!("schedule.{id}.{}", date.date), date.status.to_owned())));
    }
    words
}

pub fn of_found(found: &[(String, Found)]) -> Words {
    let mut words = Words::new();
    for (id, found) in found {
        let dates = found.dates.iter().map(|date| (format!("calendar.{id}.{}", day_text(date.day)), date.status));
        words.extend(dates.map(|(what, status)| (what, status.to_owned())));
        for (what, days) in [("may have other dates", &found.uncertain), ("is not drawn", &found.undrawn)] {
            // Days that follow each other are said together.
            let runs = days.chunk_by(|one, next| one + 1 == *next).map(|run| (run[0], run[run.len() - 1]));
            let runs = runs.map(|(first, last)| format!("{}..{}", day_text(first), day_text(last)));
            words.push((format!("calendar.{id} {what}"), runs.collect::<Vec<_>>().join(" ")));
        }
    }
    words
}

pub fn of_calendar(calendar: &Calendar) -> Words {
    let mut words = Words::new();
    for schedule in &calendar.schedules {
        let id = &schedule.id;
        let dates = schedule.dates.iter();
        words.extend(dates.map(|date| (format!("calendar.{id}.{}", date.date), date.status.to_owned())));
        for (what, spans) in [("may have other dates", &schedule.uncertain), ("is not drawn", &schedule.needs_seed)] {
            let runs = spans.iter().map(|(first, last)| format!("{first}..{last}"));
            words.push((format!("calendar.{id} {what}"), runs.collect::<Vec<_>>().join(" ")));
        }
    }
    words
}

fn option_day(day: Option<&riktlinje::Date>) -> String {
    day.map(ToString::to_string).unwrap_or_default()
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
