//! A guideline on the days on which other versions of what it rests on are in force.

use super::reading::Checked;
use super::versions::{Days, Gap};
use super::view::{KeptEssentials, Written, places};
use super::{Evaluator, Guideline, Inner, by_name, identity, rules};
use crate::diagnostic::Diagnostic;
use crate::error::{Error, FactError};
use crate::facts::Facts;
use crate::limits::Limits;
use crate::program::Program;
use crate::schema::Schema;
use crate::value::Date;
use std::sync::Arc;

/// On which days a guideline answers, and who answers on the others.
#[derive(Debug, Clone)]
pub(super) struct Serving {
    /// The days of this combination.
    days: Days,
    /// The same guideline with other versions of what it rests on, and their days.
    others: Vec<Guideline>,
    /// Days on which something that it rests on is not in force.
    gaps: Vec<Gap>,
    /// Its facts, and those that only other combinations read; `None` where there are no others.
    facts: Option<Schema>,
}

impl Guideline {
    /// Of several combinations the last, which knows the others.
    pub(super) fn of(checked: Checked, limits: &Limits) -> (Option<Guideline>, Vec<Diagnostic>) {
        let Checked { combinations, gaps, diagnostics } = checked;
        let mut found: Vec<Guideline> = Vec::with_capacity(combinations.len());
        for combination in combinations {
            // What checking built has room to grow in it, half as much again; a copy has none.
            let meant = combination.meant.clone();
            drop(combination.meant);
            let evaluator = Evaluator::new(Program::lower(&meant)).within(limits);
            let serving = Serving { days: combination.days, others: Vec::new(), gaps: gaps.clone(), facts: None };
            let rules = rules(&evaluator.program);
            let inner = Inner {
                limits: limits.clone(),
                rules_by_name: by_name(&rules),
                rules,
                identity: identity(&meant, combination.code_lists),
                meant,
                places: places(&evaluator.program),
                written: Written::default(),
                essentials: KeptEssentials::default(),
                evaluator,
                sources: combination.sources,
                diagnostics: diagnostics.clone(),
                serving,
            };
            found.push(Guideline { inner: Arc::new(inner) });
        }
        let last = found.pop().map(|last| if found.is_empty() { last } else { last.with(found) });
        (last, diagnostics)
    }

    fn with(self, others: Vec<Guideline>) -> Guideline {
        let mut inner = (*self.inner).clone();
        let mut facts = inner.meant.schema.clone();
        for (_, fact) in others.iter().rev().flat_map(|other| other.inner.meant.schema.iter()) {
            // The last declaration of a fact goes before those of earlier versions.
            let _ = facts.add(fact.clone());
        }
        inner.serving.facts = Some(facts);
        inner.serving.others = others;
        Guideline { inner: Arc::new(inner) }
    }

    /// The guideline with those versions of what it adapts and uses that serve it on a date; itself, where there is one
    /// version of each.
    ///
    /// Evaluating picks them itself. Ask for it before binding facts, or before reading facts that versions declare
    /// differently.
    ///
    /// # Errors
    /// [`Error::NotInForce`] when it, or something that it rests on, is not in force on the date.
    pub fn combined_on(&self, as_of: Date) -> Result<&Guideline, Error> {
        self.own_in_force(as_of)?;
        let serves = |guideline: &&Guideline| {
            let (from, through) = guideline.inner.serving.days;
            from <= as_of && as_of <= through
        };
        let found = std::iter::once(self).chain(&self.inner.serving.others).find(serves);
        found.ok_or_else(|| self.not_served(as_of))
    }

    fn not_served(&self, as_of: Date) -> Error {
        let Serving { days, gaps, .. } = &self.inner.serving;
        let gap = gaps.iter().find(|gap| gap.days.0 <= as_of && as_of <= gap.days.1);
        let (guideline, (from, through)) =
            gap.map_or((self.name().to_owned(), *days), |gap| (gap.guideline.clone(), gap.nearest(as_of)));
        Error::NotInForce { guideline, as_of, from, through: Some(through).filter(|through| *through != Date::MAX) }
    }

    /// The combination of a date; itself, where there is only one and it is not in force.
    pub(crate) fn for_definitions_on(&self, as_of: Date) -> Result<&Guideline, Error> {
        match self.combined_on(as_of) {
            Err(_) if self.inner.serving.others.is_empty() => Ok(self),
            combined => combined,
        }
    }

    /// The combination of a date, for facts that were read for this guideline.
    pub(crate) fn serving(&self, facts: &Facts, as_of: Date) -> Result<&Guideline, Error> {
        let serving = self.combined_on(as_of)?;
        if std::ptr::eq(serving, self) {
            return Ok(self);
        }
        let (read, other) = (self.schema(), serving.schema());
        let differs = |name: &str| match (read.find(name), other.find(name)) {
            (Some(read_as), Some(declared)) => {
                read.get(read_as).map(|fact| &fact.ty) != other.get(declared).map(|fact| &fact.ty)
            }
            (None, _) | (_, None) => false,
        };
        let wrong: Vec<FactError> = facts
            .iter()
            .filter(|(name, _)| differs(name))
            .map(|(name, _)| FactError {
                path: name.to_owned(),
                line_column: None,
                message: "declared otherwise in the version that is in force on the date".to_owned(),
                help: Some("read the facts for the guideline as it is on that date".to_owned()),
                value: None,
            })
            .collect();
        if wrong.is_empty() { Ok(serving) } else { Err(Error::Facts(wrong)) }
    }

    /// Within the days of this very combination.
    pub(super) fn must_be_in_force(&self, as_of: Date) -> Result<(), Error> {
        self.own_in_force(as_of)?;
        let (from, through) = self.inner.serving.days;
        if from <= as_of && as_of <= through { Ok(()) } else { Err(self.not_served(as_of)) }
    }

    fn own_in_force(&self, as_of: Date) -> Result<(), Error> {
        match self.in_force() {
            Some((from, through)) if as_of < from || through.is_some_and(|through| through < as_of) => {
                Err(Error::NotInForce { guideline: self.name().to_owned(), as_of, from, through })
            }
            Some(_) | None => Ok(()),
        }
    }

    /// How many days lie between a date and the nearest on which it is in force.
    pub(super) fn days_from_force(&self, as_of: Date) -> u32 {
        let day = as_of.day_number();
        match self.in_force() {
            Some((from, _)) if as_of < from => from.day_number().abs_diff(day),
            Some((_, Some(through))) if through < as_of => day.abs_diff(through.day_number()),
            Some(_) | None => 0,
        }
    }

    /// The last day of this very combination; `None` where it has no end.
    pub(super) fn last_served(&self) -> Option<Date> {
        let own = self.in_force().and_then(|(_, through)| through);
        let combined = Some(self.inner.serving.days.1).filter(|last| *last != Date::MAX);
        own.into_iter().chain(combined).min()
    }

    /// What may be stated about a patient, on any day.
    pub(crate) fn schema(&self) -> &Schema {
        self.inner.serving.facts.as_ref().unwrap_or(&self.inner.meant.schema)
    }
}

impl Serving {
    /// The other combinations, each changed in the same way, which cannot go wrong.
    pub(super) fn all_others(&mut self, change: impl Fn(&Guideline) -> Guideline) {
        for other in &mut self.others {
            *other = change(other);
        }
    }

    /// The other combinations, each changed in the same way.
    pub(super) fn each_other(&mut self, change: impl Fn(&Guideline) -> Result<Guideline, Error>) -> Result<(), Error> {
        for other in &mut self.others {
            match change(other) {
                Ok(changed) => *other = changed,
                // What only this version has is set in it alone.
                Err(Error::NoSuch { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }
}
