//! Patients from an iterator, a part of them at a time.

use super::{Batch, BatchTrace, Cohort};
use crate::error::Error;
use crate::eval::Bound;
use crate::facts::Facts;
use crate::status::RuleStatus;

/// Patients who are held together.
const PART: usize = 4_096;

/// Some of the patients, one after the other as they came, with what each rule came to.
#[derive(Debug)]
pub struct CohortPart<'c> {
    cohort: &'c Cohort<'c>,
    first: usize,
    facts: Vec<Facts>,
    trace: BatchTrace,
}

/// Patients in the order in which they came, part by part. Made by [`Cohort::parts`].
#[derive(Debug)]
pub struct CohortParts<'c, I> {
    cohort: &'c Cohort<'c>,
    patients: I,
    batch: Batch,
    bound: Bound,
    next: usize,
}

impl Cohort<'_> {
    /// Evaluates patients from an iterator, some thousands at a time: what is held in memory does not grow with their
    /// number. Parts come in order, and the patients of each in the order in which they came.
    ///
    /// Facts are those that were read for the guideline that [`Guideline::cohort`](crate::Guideline::cohort) was called on.
    ///
    /// A part is an error where a version that serves on the date declares a fact otherwise than the one that the facts were
    /// read for; the patients after it are evaluated all the same.
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
    ///     let part = part?;
    ///     recommended += part.counts(0).iter().find(|(status, _)| status.name() == "recommended").unwrap().1;
    ///     // Why, for one of them.
    ///     let why = guideline.explain(part.facts(1).unwrap(), as_of, "advice")?;
    /// }
    /// assert_eq!(recommended, 2);
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    pub fn parts<'c, I>(&'c self, patients: I) -> CohortParts<'c, I::IntoIter>
    where
        I: IntoIterator<Item = Facts>,
    {
        CohortParts {
            cohort: self,
            patients: patients.into_iter(),
            batch: self.batch(),
            bound: Bound::default(),
            next: 0,
        }
    }
}

impl<'c, I: Iterator<Item = Facts>> Iterator for CohortParts<'c, I> {
    type Item = Result<CohortPart<'c>, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let facts: Vec<Facts> = self.patients.by_ref().take(PART).collect();
        if facts.is_empty() {
            return None;
        }
        let first = self.next;
        self.next += facts.len();
        self.batch.clear();
        for facts in &facts {
            if let Err(error) = self.cohort.check(facts) {
                return Some(Err(error));
            }
            self.cohort.guideline.evaluator().bind_into(facts, &mut self.bound);
            self.batch.push_bound(&self.bound);
        }
        let mut trace = BatchTrace::default();
        self.cohort.evaluate(&self.batch, &mut trace);
        Some(Ok(CohortPart { cohort: self.cohort, first, facts, trace }))
    }
}

impl CohortPart<'_> {
    /// How many patients it has; never none.
    #[must_use]
    pub fn patients(&self) -> usize {
        self.facts.len()
    }

    /// How many patients came before the first of it.
    #[must_use]
    pub fn first(&self) -> usize {
        self.first
    }

    /// The facts of a patient by the place in the part, from 0: for an explanation.
    #[must_use]
    pub fn facts(&self, patient: usize) -> Option<&Facts> {
        self.facts.get(patient)
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
