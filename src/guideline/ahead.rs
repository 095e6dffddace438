//! What time alone will change, through the versions of a guideline.

use super::{Guideline, Guidelines};
use crate::error::Error;
use crate::explain::{self, Outlook, RuleOutlook, SearchEnd, StatusChange};
use crate::facts::Facts;
use crate::program::RuleIndex;
use crate::value::Date;

impl Guideline {
    /// The next day on which each rule has another status if no fact changes: "eligible from 2027-03-14".
    ///
    /// Days come from what the rules compare with today (birthdays, durations, leap days) and from facts that are valid for
    /// a time; they are exact. Where a condition calculates with today, days are looked at one by one, for ten years. With
    /// `until` the search ends on that day.
    ///
    /// A fact without a day of its own is taken as true on `as_of` and grows old from there. Where the guideline is in force
    /// through a day, or a version that it rests on, the search ends there; [`Guidelines::changes_ahead`] goes on in the next
    /// version.
    ///
    /// ```
    /// # use riktlinje::{Date, Guideline, Source};
    /// # let text = "guideline g\n    language 1\n    title en \"G\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// # fact birth_date: date\n    label en \"Born\"\n    question en \"When?\"\n\
    /// # leap day birthday is 28 February\n    our interpretation \"an example\"\n\
    /// # eligibility driving\n    label en \"May drive\"\n    our interpretation \"an example\"\n    require age: age at least 18 years\n        label en \"Age\"\n";
    /// # let guideline = Guideline::compile([Source::new("g.guide", text)])?;
    /// // eligibility driving
    /// //     require age: age at least 18 years
    /// let facts = guideline.facts_from_yaml("birth_date: 2008-02-29")?;
    /// let outlook = guideline.changes_ahead(&facts, "2025-06-01".parse().unwrap(), None)?;
    /// let next = outlook.rules[0].next.as_ref().unwrap();
    /// assert_eq!((next.on.to_string(), next.status.unwrap().name()), ("2026-02-28".to_owned(), "met"));
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NotInForce`].
    pub fn changes_ahead(&self, facts: &Facts, as_of: Date, until: Option<Date>) -> Result<Outlook, Error> {
        self.serving(facts, as_of)?.changes_ahead_here(facts, as_of, until)
    }

    /// With the versions that serve it on that day.
    fn changes_ahead_here(&self, facts: &Facts, as_of: Date, until: Option<Date>) -> Result<Outlook, Error> {
        let aging = explain::aging(facts, as_of);
        let rules: Vec<RuleIndex> = self.inner.rules.iter().map(|(_, rule)| *rule).collect();
        let (last, own_end) = self.last_day(until);
        self.in_situation(&aging, as_of, |situation| {
            let (found, searched_through, mut ended) = explain::outlook(situation, &rules, None, as_of, last);
            if ended == SearchEnd::Until && own_end {
                ended = SearchEnd::InForce;
            }
            let rules = rules.iter().zip(found);
            Outlook {
                guideline: self.name().to_owned(),
                version: self.version().to_owned(),
                title: self.own().map(|own| own.title.clone()).unwrap_or_default(),
                as_of,
                rules: rules.map(|(rule, next)| Outlook::rule(situation, *rule, self.of_this_version(next))).collect(),
                searched_through,
                ended,
            }
        })
    }

    /// Goes on in this version, the day after the last that was searched.
    fn go_on(&self, facts: &Facts, outlook: &mut Outlook, from: Date, until: Option<Date>) -> Result<(), Error> {
        let aging = explain::aging(facts, outlook.as_of);
        let (mut places, mut rules, mut was) = (Vec::new(), Vec::new(), Vec::<RuleOutlook>::new());
        for (place, rule) in outlook.rules.iter_mut().enumerate().filter(|(_, rule)| rule.next.is_none()) {
            match self.inner.rules.iter().find(|(name, _)| *name == rule.rule) {
                Some((_, index)) => {
                    places.push(place);
                    rules.push(*index);
                    was.push(rule.clone());
                }
                None => rule.next = Some(no_longer_there(from, self.version())),
            }
        }
        let (last, own_end) = self.last_day(until);
        let (found, searched_through, ended) = self.in_situation(&aging, from, |situation| {
            explain::outlook(situation, &rules, Some(&was), outlook.as_of, last)
        })?;
        for (place, change) in places.into_iter().zip(found) {
            if let Some(rule) = outlook.rules.get_mut(place) {
                rule.next = self.of_this_version(change);
            }
        }
        outlook.searched_through = searched_through;
        outlook.ended = if ended == SearchEnd::Until && own_end { SearchEnd::InForce } else { ended };
        Ok(())
    }

    fn of_this_version(&self, change: Option<StatusChange>) -> Option<StatusChange> {
        change.map(|change| StatusChange { version: self.version().to_owned(), ..change })
    }

    /// The day to search through, and whether it is the last on which the guideline is in force.
    fn last_day(&self, until: Option<Date>) -> (Option<Date>, bool) {
        let through = self.last_served();
        match (until, through) {
            (Some(until), Some(through)) if until < through => (Some(until), false),
            (_, Some(through)) => (Some(through), true),
            (until, None) => (until, false),
        }
    }
}

impl Guidelines {
    /// As [`Guideline::changes_ahead`], for each name among guidelines with their facts (as from
    /// [`Guidelines::facts_from_yaml`]), in their order. Where a version ends, the search goes on in the one that is in force
    /// on the day after; a rule that is not there any more has a change to no status.
    ///
    /// # Errors
    /// [`Error::NotInForce`] when no version of a name is in force on `as_of`.
    pub fn changes_ahead(
        asked: &[(Guideline, Facts)],
        as_of: Date,
        until: Option<Date>,
    ) -> Result<Vec<Outlook>, Error> {
        let mut outlooks: Vec<Outlook> = Vec::new();
        for (guideline, _) in asked {
            let name = guideline.name();
            if outlooks.iter().any(|outlook| outlook.guideline == name) {
                continue;
            }
            let in_force = |day: Date| {
                let mut versions = asked.iter().filter(|(other, _)| other.name() == name);
                versions.find_map(|(version, facts)| Some((version.serving(facts, day).ok()?, facts)))
            };
            let (version, facts) = in_force(as_of).ok_or_else(|| nearest_not_in_force(asked, guideline, as_of))?;
            let mut outlook = version.changes_ahead(facts, as_of, until)?;
            while outlook.ended == SearchEnd::InForce {
                let day = outlook.searched_through.next();
                let Some(from) = day.filter(|day| until.is_none_or(|until| *day <= until)) else { break };
                match in_force(from) {
                    Some((version, facts)) => version.go_on(facts, &mut outlook, from, until)?,
                    None => {
                        for rule in outlook.rules.iter_mut().filter(|rule| rule.next.is_none()) {
                            rule.next = Some(no_longer_there(from, ""));
                        }
                        break;
                    }
                }
            }
            outlooks.push(outlook);
        }
        Ok(outlooks)
    }
}

fn no_longer_there(on: Date, version: &str) -> StatusChange {
    StatusChange {
        on,
        status: None,
        band: None,
        version: version.to_owned(),
        because: Vec::new(),
        outcomes: Vec::new(),
    }
}

fn nearest_not_in_force(asked: &[(Guideline, Facts)], guideline: &Guideline, as_of: Date) -> Error {
    let versions = asked.iter().map(|(other, _)| other).filter(|other| other.name() == guideline.name());
    let nearest = versions.min_by_key(|version| version.days_from_force(as_of)).unwrap_or(guideline);
    let (from, through) = nearest.in_force().unwrap_or((Date::MIN, None));
    Error::NotInForce { guideline: nearest.name().to_owned(), as_of, from, through }
}
