//! Patients from an iterator, a part of them at a time.

use super::{BatchTrace, Cohort};
use crate::cores;
use crate::error::Error;
use crate::facts::Facts;
use crate::guideline::BoundFacts;
use crate::status::RuleStatus;
use std::collections::VecDeque;
use std::fmt;

/// Patients who are held together.
const PART: usize = 4_096;

/// Some of the patients, one after the other as they came, with what each rule came to.
#[derive(Debug)]
pub struct CohortPart<'c, T = Facts> {
    cohort: &'c Cohort<'c>,
    first: usize,
    patients: Vec<T>,
    trace: BatchTrace,
}

/// Patients in the order in which they came, part by part. Made by [`Cohort::parts`] and [`Cohort::parts_of`].
pub struct CohortParts<'c, I: Iterator, F> {
    cohort: &'c Cohort<'c>,
    patients: I,
    bind: F,
    /// Evaluated together, one for each core.
    ready: VecDeque<Result<CohortPart<'c, I::Item>, RefusedPatient>>,
    next: usize,
}

/// A patient whose facts do not fit.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[error("patient {}: {error}", place + 1)]
#[non_exhaustive]
pub struct RefusedPatient {
    /// How many patients came before.
    pub place: usize,
    /// What is wrong.
    pub error: Error,
}

/// Says how far it is.
impl<I: Iterator, F> fmt::Debug for CohortParts<'_, I, F> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "CohortParts({} patients so far)", self.next)
    }
}

impl Cohort<'_> {
    /// Evaluates patients from an iterator, some thousands at a time: what is held in memory does not grow with their
    /// number. Parts come in order, and the patients of each in the order in which they came. With the feature `rayon` a part
    /// is evaluated on each core at the same time; nothing else differs.
    ///
    /// Facts are those that were read for the guideline that [`Guideline::cohort`](crate::Guideline::cohort) was called on.
    ///
    /// A part is an error where a version that serves on the date declares a fact otherwise than the one that the facts were
    /// read for; the parts after it are evaluated all the same.
    ///
    /// ```
    /// # use riktlinje::{Guideline, Source};
    /// # let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// #   fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
    /// #   recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text en \"Stop.\"\n";
    /// let guideline = Guideline::compile([Source::new("advice.guide", text)])?;
    /// let as_of = "2026-11-22".parse().unwrap();
    /// let cohort = guideline.cohort(as_of)?;
    /// let lines = ["smokes: yes", "{}", "smokes: yes"];
    /// let mut recommended = 0;
    /// for part in cohort.parts(lines.iter().map(|line| guideline.facts_from_yaml(line).unwrap())) {
    ///     let part = part.unwrap();
    ///     recommended += part.counts(0).iter().find(|(status, _)| status.name() == "recommended").unwrap().1;
    ///     // Why, for one of them.
    ///     let why = guideline.explain(part.patient(1).unwrap(), as_of, "advice")?;
    /// }
    /// assert_eq!(recommended, 2);
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    pub fn parts<'c, I>(
        &'c self,
        patients: I,
    ) -> CohortParts<'c, I::IntoIter, impl Fn(&Facts, &mut BoundFacts) -> Result<(), Error> + Sync + use<'c, I>>
    where
        I: IntoIterator<Item = Facts>,
    {
        self.parts_of(patients, |facts, place| {
            self.check(facts)?;
            self.guideline.bind_into(facts, place);
            Ok(())
        })
    }

    /// The same for patients in any form: `bind` binds one, with [`Cohort::guideline`]. With the feature `rayon` that is done
    /// on all cores, too: let the iterator do little, and `bind` the rest.
    ///
    /// A part is an error where `bind` refuses one of its patients; the parts after it are evaluated all the same.
    ///
    /// ```
    /// # use riktlinje::{Guideline, Source};
    /// # let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// #   fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
    /// #   recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text en \"Stop.\"\n";
    /// # let guideline = Guideline::compile([Source::new("advice.guide", text)])?;
    /// use riktlinje::BoundFacts;
    /// let cohort = guideline.cohort("2026-11-22".parse().unwrap())?;
    /// let lines = [r#"{"smokes": true}"#, "{}", r#"{"smoks": true}"#];
    /// let bind = |line: &&str, place: &mut BoundFacts| cohort.guideline().bind_json_into(line, place);
    /// let part = cohort.parts_of(lines[..2].iter().copied(), bind).next().unwrap().unwrap();
    /// assert_eq!(part.status(0, 1).unwrap().name(), "undetermined");
    /// assert_eq!(part.patient(1), Some(&"{}"));
    /// assert_eq!(cohort.parts_of(lines, bind).next().unwrap().unwrap_err().place, 2);
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    pub fn parts_of<'c, I, F>(&'c self, patients: I, bind: F) -> CohortParts<'c, I::IntoIter, F>
    where
        I: IntoIterator,
        I::Item: Send,
        F: Fn(&I::Item, &mut BoundFacts) -> Result<(), Error> + Sync,
    {
        CohortParts { cohort: self, patients: patients.into_iter(), bind, ready: VecDeque::new(), next: 0 }
    }

    fn part<'c, T>(
        &'c self,
        first: usize,
        patients: Vec<T>,
        bind: &impl Fn(&T, &mut BoundFacts) -> Result<(), Error>,
    ) -> Result<CohortPart<'c, T>, RefusedPatient> {
        let (mut batch, mut place, mut trace) = (self.batch(), BoundFacts::default(), BatchTrace::default());
        for (patient, at) in patients.iter().zip(first..) {
            bind(patient, &mut place).map_err(|error| RefusedPatient { place: at, error })?;
            batch.push(&place);
        }
        self.evaluate(&batch, &mut trace);
        Ok(CohortPart { cohort: self, first, patients, trace })
    }
}

impl<'c, I, F> Iterator for CohortParts<'c, I, F>
where
    I: Iterator<Item: Send>,
    F: Fn(&I::Item, &mut BoundFacts) -> Result<(), Error> + Sync,
{
    type Item = Result<CohortPart<'c, I::Item>, RefusedPatient>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ready.is_empty() {
            let mut parts = Vec::new();
            for _ in 0..cores::count() {
                let patients: Vec<I::Item> = self.patients.by_ref().take(PART).collect();
                if patients.is_empty() {
                    break;
                }
                let first = self.next;
                self.next += patients.len();
                parts.push((first, patients));
            }
            let (cohort, bind) = (self.cohort, &self.bind);
            self.ready.extend(cores::each(parts, |(first, patients)| cohort.part(first, patients, bind)));
        }
        self.ready.pop_front()
    }
}

impl<T> CohortPart<'_, T> {
    /// How many patients it has; never none.
    #[must_use]
    pub fn patients(&self) -> usize {
        self.patients.len()
    }

    /// How many patients came before the first of it.
    #[must_use]
    pub fn first(&self) -> usize {
        self.first
    }

    /// A patient by the place in the part, from 0, as it came: for an explanation.
    #[must_use]
    pub fn patient(&self, patient: usize) -> Option<&T> {
        self.patients.get(patient)
    }

    /// As [`Cohort::status`].
    #[must_use]
    pub fn status(&self, rule: usize, patient: usize) -> Option<RuleStatus> {
        self.cohort.status(&self.trace, rule, patient)
    }

    /// As [`Cohort::counts`].
    #[must_use]
    pub fn counts(&self, rule: usize) -> Vec<(RuleStatus, usize)> {
        self.cohort.counts(&self.trace, rule)
    }
}
