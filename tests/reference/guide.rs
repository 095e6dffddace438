//! A parsed guideline by name: what declarations there are, and what a name means where it stands.

use super::facts::{Fact, Patient, Record};
use super::fraction::Fraction;
use super::value::{Range, Truth};
use super::{calendar, comparison};
use riktlinje::syntax::ast;
use std::collections::HashMap;

/// What the caller sets.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Settings {
    /// What random weekdays are drawn with.
    pub seed: Option<&'static str>,
    /// The time that indicators look at.
    pub period: Option<(calendar::Day, calendar::Day)>,
}

impl std::fmt::Display for Settings {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let period = self.period.map(|(first, last)| format!("{}..{}", calendar::text(first), calendar::text(last)));
        write!(f, "seed {}, period {}", self.seed.unwrap_or("none"), period.as_deref().unwrap_or("none"))
    }
}

/// The declarations of a guideline and of the files it uses.
pub struct Guide<'a> {
    facts: HashMap<&'a str, &'a ast::Fact>,
    parameters: HashMap<&'a str, &'a ast::Parameter>,
    defines: HashMap<&'a str, &'a ast::Define>,
    codes: HashMap<&'a str, &'a ast::Codes>,
    tables: HashMap<&'a str, &'a ast::Table>,
    pub eligibilities: Vec<&'a ast::Eligibility>,
    pub recommendations: Vec<&'a ast::Recommend>,
    pub checklists: Vec<&'a ast::Checklist>,
    pub proposals: Vec<&'a ast::Propose>,
    pub tasks: Vec<&'a ast::Task>,
    pub parallels: Vec<&'a ast::Parallel>,
    pub scores: Vec<&'a ast::Score>,
    pub indicators: Vec<&'a ast::Indicator>,
    pub schedules: Vec<&'a ast::Schedule>,
    pub settings: Settings,
    /// What the items of scores can be.
    items: HashMap<&'a str, Range<Fraction>>,
    pub assumptions: Vec<&'a ast::Assume>,
    pub shown: Vec<&'a ast::Define>,
    pub birthday_is_1_march: bool,
}

impl<'a> Guide<'a> {
    pub fn new(files: &[&'a ast::File]) -> Guide<'a> {
        let mut guide = Guide {
            facts: HashMap::new(),
            parameters: HashMap::new(),
            defines: HashMap::new(),
            codes: HashMap::new(),
            tables: HashMap::new(),
            eligibilities: Vec::new(),
            recommendations: Vec::new(),
            checklists: Vec::new(),
            proposals: Vec::new(),
            tasks: Vec::new(),
            parallels: Vec::new(),
            scores: Vec::new(),
            indicators: Vec::new(),
            schedules: Vec::new(),
            settings: Settings::default(),
            items: HashMap::new(),
            assumptions: Vec::new(),
            shown: Vec::new(),
            birthday_is_1_march: false,
        };
        for item in files.iter().flat_map(|file| &file.items) {
            match &item.declaration {
                ast::Declaration::Fact(fact) => {
                    guide.facts.insert(&fact.name.value, fact);
                }
                ast::Declaration::Parameter(parameter) => {
                    guide.parameters.insert(&parameter.name.value, parameter);
                }
                ast::Declaration::Define(define) => {
                    guide.defines.insert(&define.name.value, define);
                    if define.show.is_some() {
                        guide.shown.push(define);
                    }
                }
                ast::Declaration::Codes(codes) => {
                    guide.codes.insert(&codes.name.value, codes);
                }
                ast::Declaration::Table(table) => {
                    guide.tables.insert(&table.name.value, table);
                }
                ast::Declaration::Eligibility(rule) => guide.eligibilities.push(rule),
                ast::Declaration::Recommend(rule) => guide.recommendations.push(rule),
                ast::Declaration::Assume(assume) => guide.assumptions.push(assume),
                ast::Declaration::LeapDay(policy) => {
                    guide.birthday_is_1_march = policy.birthday.value == ast::LeapDayBirthday::March1;
                }
                ast::Declaration::Guideline(_) | ast::Declaration::Source(_) | ast::Declaration::Party(_) => {}
                ast::Declaration::Change(_) => panic!("the walker reads no layers"),
                ast::Declaration::Checklist(rule) => guide.checklists.push(rule),
                ast::Declaration::Propose(rule) => guide.proposals.push(rule),
                ast::Declaration::Task(rule) => guide.tasks.push(rule),
                ast::Declaration::Parallel(rule) => guide.parallels.push(rule),
                ast::Declaration::Score(rule) => {
                    for item in &rule.items {
                        let range = super::score::least_and_most(&item.points);
                        guide.items.extend(item.names.iter().filter_map(|name| Some((&*name.value, range?))));
                    }
                    guide.scores.push(rule);
                }
                ast::Declaration::Indicator(rule) => guide.indicators.push(rule),
                ast::Declaration::Schedule(rule) => guide.schedules.push(rule),
            }
        }
        guide
    }

    pub fn with(self, settings: Settings) -> Guide<'a> {
        Guide { settings, ..self }
    }

    pub fn codes(&self, name: &str) -> &'a ast::Codes {
        self.codes.get(name).unwrap_or_else(|| panic!("no codes `{name}`"))
    }

    pub fn table(&self, name: &str) -> &'a ast::Table {
        self.tables.get(name).unwrap_or_else(|| panic!("no table `{name}`"))
    }

    /// "An item that was not given is known to lie between the least and the most that it can be."
    pub fn item(&self, name: &str) -> Option<Range<Fraction>> {
        self.items.get(name).copied()
    }

    /// "An item that no `fact` declares is declared here", and so is a given total.
    fn is_item(&self, name: &str) -> bool {
        let given = |score: &&ast::Score| score.given.as_ref().is_some_and(|given| *given.fact.value == *name);
        self.items.contains_key(name) || self.scores.iter().any(given)
    }

    pub fn find_score(&self, name: &str) -> Option<&'a ast::Score> {
        self.scores.iter().find(|score| *score.head.name.value == *name).copied()
    }

    pub fn find_schedule(&self, name: &str) -> Option<&'a ast::Schedule> {
        self.schedules.iter().find(|schedule| *schedule.head.name.value == *name).copied()
    }

    pub fn fact(&self, name: &str) -> Option<&'a ast::Fact> {
        self.facts.get(name).copied()
    }
}

/// One patient on one date.
pub struct Walk<'a> {
    pub guide: &'a Guide<'a>,
    pub patient: &'a Patient,
    pub today: calendar::Day,
}

/// A date that is known only in part, at its place among the facts: a fact, a field of a record, a field of the
/// record of that index in a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place<'a> {
    pub fact: &'a str,
    pub record: Option<usize>,
    pub field: Option<&'a str>,
}

/// What surrounds an expression: the records that quantifiers are at, outermost first, and the days that are tried
/// for partial dates.
#[derive(Clone, Default)]
pub struct Scope<'a> {
    pub bodies: Vec<Body<'a>>,
    pub days: Vec<(Place<'a>, calendar::Day)>,
    /// The word that stands for a party, and the party.
    pub party: Option<(&'a str, &'a str)>,
}

impl Scope<'_> {
    /// The same without the days that a comparison around it is trying.
    pub fn by_itself(&self) -> Self {
        Scope { bodies: self.bodies.clone(), days: Vec::new(), party: self.party }
    }
}

#[derive(Clone)]
pub struct Body<'a> {
    pub word: Option<&'a str>,
    pub list: &'a ast::Fact,
    pub index: usize,
    pub record: &'a Record,
}

/// What a name means.
pub enum Meaning<'a> {
    Fact(&'a ast::Fact),
    RecordField(&'a ast::Fact, &'a ast::Field),
    BodyField(Body<'a>, &'a ast::Field),
    Parameter(&'a ast::Parameter),
    Define(&'a ast::Define),
    Score(&'a ast::Score),
    /// An item that no fact declares: nobody gives it here.
    Item(Option<Range<Fraction>>),
    /// The time that an indicator looks at.
    Period,
    /// A word of a `one of`.
    Word(&'a str),
}

/// What is stated about a fact or field.
pub enum Stated<'a> {
    NotGiven,
    /// "`not mentioned means V` makes an omitted fact V (known)."
    Means(Truth),
    Given(&'a Fact),
}

fn field<'a>(fields: &'a [ast::Field], name: &str) -> Option<&'a ast::Field> {
    fields.iter().find(|field| *field.name.value == *name)
}

fn not_mentioned<'a>(declared: Option<&ast::NotMentioned>) -> Stated<'a> {
    // The truth of the ast, by its word.
    declared.map_or(Stated::NotGiven, |declared| Stated::Means(truth_word(&declared.means.value.to_string())))
}

pub fn truth_word(word: &str) -> Truth {
    match word {
        "yes" => Truth::Yes,
        "no" => Truth::No,
        _ => Truth::Unknown,
    }
}

impl<'a> Walk<'a> {
    /// "In a body a bare name is a field of the innermost record if it has one, else a declared name. Outer records
    /// only through their word."
    pub fn meaning(&self, path: &'a [ast::Name], scope: &Scope<'a>) -> Meaning<'a> {
        let names: Vec<&'a str> = path.iter().map(|name| &*name.value).collect();
        match names.as_slice() {
            [name] => {
                let innermost = scope.bodies.last();
                if let Some((body, field)) = innermost.and_then(|body| Some((body, field(&body.list.fields, name)?))) {
                    return Meaning::BodyField(body.clone(), field);
                }
                if let Some(fact) = self.guide.facts.get(name) {
                    Meaning::Fact(fact)
                } else if let Some(parameter) = self.guide.parameters.get(name) {
                    Meaning::Parameter(parameter)
                } else if let Some(define) = self.guide.defines.get(name) {
                    Meaning::Define(define)
                } else if let Some(score) = self.guide.find_score(name) {
                    Meaning::Score(score)
                } else if self.guide.is_item(name) {
                    Meaning::Item(self.guide.item(name))
                } else if *name == "period" && !self.guide.indicators.is_empty() {
                    Meaning::Period
                } else {
                    let party = scope.party.filter(|(word, _)| word == name);
                    Meaning::Word(party.map_or(*name, |(_, party)| party))
                }
            }
            [owner, name] => {
                if let Some(body) = scope.bodies.iter().rev().find(|body| body.word == Some(owner)) {
                    let field = field(&body.list.fields, name).unwrap_or_else(|| panic!("no field `{owner}.{name}`"));
                    return Meaning::BodyField(body.clone(), field);
                }
                let fact = self.guide.facts.get(owner).unwrap_or_else(|| panic!("no fact `{owner}`"));
                let field = field(&fact.fields, name).unwrap_or_else(|| panic!("no field `{owner}.{name}`"));
                Meaning::RecordField(fact, field)
            }
            other => panic!("a path of {} names", other.len()),
        }
    }

    /// "A fact recorded (`on`) so that `on + valid_for` is before today is unknown."
    pub fn stated(&self, fact: &'a ast::Fact) -> Stated<'a> {
        let Some(given) = self.patient.facts.get(&*fact.name.value) else {
            return not_mentioned(fact.not_mentioned.as_ref());
        };
        if let (Some(valid_for), Some(on)) = (&fact.valid_for, given.on) {
            let (count, unit) = super::expression::duration_literal(&valid_for.value);
            // Valid beyond the end of the calendar is valid.
            if comparison::shift(on, count, unit).is_some_and(|last| last < self.today) {
                return Stated::NotGiven;
            }
        }
        Stated::Given(&given.value)
    }

    pub fn stated_in(record: &'a Record, field: &'a ast::Field) -> Stated<'a> {
        match record.get(&*field.name.value) {
            Some(value) => Stated::Given(value),
            None => not_mentioned(field.not_mentioned.as_ref()),
        }
    }
}
