//! Many patients in one call: batches of facts in columns, evaluated 64 patients to a word.

#[cfg(feature = "arrow")]
mod arrow;
mod columns;
mod parts;
mod texts;

pub use columns::{ColumnList, ColumnValue, NextPatients};
pub use parts::{CohortPart, CohortParts, RefusedPatient};

use crate::error::Error;
use crate::eval::{Columns, Many, Planes};
use crate::facts::Facts;
use crate::guideline::{BoundFacts, Guideline};
use crate::indicator::IndicatorCounts;
use crate::status::RuleStatus;
use crate::value::Date;

/// A guideline on one date, for many patients: prepared once, for as many batches as you like.
///
/// ```
/// # use riktlinje::{BatchTrace, Date, Guideline, Source};
/// # let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
/// #   fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
/// #   recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text en \"Stop.\"\n";
/// let guideline = Guideline::compile([Source::new("advice.guide", text)])?;
/// let cohort = guideline.cohort("2026-11-22".parse().unwrap())?;
/// let mut batch = cohort.batch();
/// for patient in ["smokes: yes", "smokes: no", "{}"] {
///     batch.push(&guideline.bind(&guideline.facts_from_yaml(patient)?));
/// }
/// let mut trace = BatchTrace::default();
/// cohort.evaluate(&batch, &mut trace);
/// assert_eq!(cohort.status(&trace, 0, 1).unwrap().name(), "not_applicable");
/// let counts = cohort.counts(&trace, 0).into_iter().map(|(status, count)| (status.name(), count));
/// let expected = [("recommended", 1), ("advised_against", 0), ("not_applicable", 1), ("undetermined", 1)];
/// assert_eq!(counts.collect::<Vec<_>>(), expected);
/// # Ok::<(), riktlinje::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Cohort<'g> {
    /// As the caller has it: what facts were read for.
    read_for: &'g Guideline,
    /// The combination of versions that serves on the date.
    guideline: &'g Guideline,
    many: Many<'g>,
}

/// Facts of some patients side by side, bound to one guideline. What it takes to hold them grows with their number, so
/// some thousands of patients are a good size; use it again with [`Batch::clear`].
#[derive(Debug, Clone)]
pub struct Batch {
    guideline: Guideline,
    columns: Columns,
}

/// What a batch came to: the status of every rule for every patient. Use one again and again.
#[derive(Debug, Clone, Default)]
pub struct BatchTrace {
    planes: Planes,
}

impl Guideline {
    /// Prepares for many patients on one date. Versions that serve on the date are picked here: bind facts with
    /// [`Cohort::guideline`].
    ///
    /// # Errors
    /// [`Error::NotInForce`]
    pub fn cohort(&self, as_of: Date) -> Result<Cohort<'_>, Error> {
        let guideline = self.combined_on(as_of)?;
        Ok(Cohort { read_for: self, guideline, many: guideline.evaluator().many(as_of) })
    }
}

impl Cohort<'_> {
    /// The guideline with the versions that serve on the date: the one to read and bind facts for.
    #[must_use]
    pub fn guideline(&self) -> &Guideline {
        self.guideline
    }

    /// The date.
    #[must_use]
    pub fn date(&self) -> Date {
        self.many.today()
    }

    /// An empty batch.
    #[must_use]
    pub fn batch(&self) -> Batch {
        Batch { guideline: self.guideline.clone(), columns: self.many.columns() }
    }

    /// Evaluates a batch of this guideline, on this date or made for another one.
    pub fn evaluate(&self, batch: &Batch, trace: &mut BatchTrace) {
        self.many.evaluate(&batch.columns, &mut trace.planes);
    }

    /// The status of a rule by its place in [`Guideline::rules`], for a patient by the place in the batch, from 0; `None`
    /// past the last of either.
    #[must_use]
    pub fn status(&self, trace: &BatchTrace, rule: usize, patient: usize) -> Option<RuleStatus> {
        self.many.status(&trace.planes, rule, patient)
    }

    /// For how many patients a rule came to each of the statuses that its kind has, undetermined last; none past the last
    /// rule.
    #[must_use]
    pub fn counts(&self, trace: &BatchTrace, rule: usize) -> Vec<(RuleStatus, usize)> {
        self.many.counts(&trace.planes, rule)
    }

    /// The guideline's indicators with nobody counted, in the order of the file: for [`Cohort::count`].
    #[must_use]
    pub fn indicators(&self) -> Vec<IndicatorCounts> {
        self.guideline.indicators()
    }

    /// Adds the patients of a batch to the counts of the guideline's indicators. So many came `before` the first of them: places
    /// of patients are counted from there.
    ///
    /// ```
    /// # use riktlinje::{BatchTrace, Guideline, Source};
    /// # let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// #   fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
    /// #   indicator asked\n    label en \"Asked\"\n    our interpretation \"an example\"\n    count all patients\n    of them with smokes is known\n";
    /// let guideline = Guideline::compile([Source::new("asked.guide", text)])?;
    /// let cohort = guideline.cohort("2026-11-22".parse().unwrap())?;
    /// let (mut batch, mut trace, mut counts) = (cohort.batch(), BatchTrace::default(), cohort.indicators());
    /// let mut before = 0;
    /// for part in [["smokes: yes", "{}"], ["smokes: no", "{}"]] {
    ///     batch.clear();
    ///     for patient in part {
    ///         batch.push(&guideline.bind(&guideline.facts_from_yaml(patient)?));
    ///     }
    ///     cohort.evaluate(&batch, &mut trace);
    ///     cohort.count(&trace, before, &mut counts);
    ///     before += batch.len();
    /// }
    /// assert_eq!((counts[0].all.counted.known(), counts[0].all.is_in.known()), (Some(4), Some(2)));
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    pub fn count(&self, trace: &BatchTrace, before: usize, counts: &mut [IndicatorCounts]) {
        self.guideline.add_counts(&self.many, &trace.planes, before, counts);
    }

    /// Facts as they are to be bound: read for the guideline as the caller has it.
    fn check(&self, facts: &Facts) -> Result<(), Error> {
        self.read_for.serving(facts, self.date()).map(drop)
    }
}

impl Batch {
    /// Adds a patient, bound to the same guideline.
    pub fn push(&mut self, facts: &BoundFacts) {
        self.columns.push(self.guideline.evaluator(), facts.bound());
    }

    /// How many patients there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.columns.patients()
    }

    /// Whether there is nobody.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The first so many patients, without those after them.
    #[cfg(feature = "arrow")]
    fn truncate(&mut self, patients: usize) {
        self.columns.truncate(patients);
    }

    /// Nobody, with the room kept for others.
    pub fn clear(&mut self) {
        self.columns.clear();
    }
}
