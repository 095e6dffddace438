//! The dates of a guideline's schedules, and the secret that some of them are drawn with.

use super::Guideline;
use crate::error::Error;
use crate::facts::Facts;
use crate::outcome::Calendar;
use crate::schedule::Seed;
use crate::value::Date;
use std::ops::RangeInclusive;
use std::sync::Arc;

impl Guideline {
    /// The same guideline with a secret to draw random weekdays with. It shows nowhere, not in the identity either.
    #[must_use]
    pub fn with_seed(&self, seed: &Seed) -> Guideline {
        let mut inner = (*self.inner).clone();
        inner.evaluator = inner.evaluator.with_seed(Some(seed.clone()));
        inner.serving.all_others(|other| other.with_seed(seed));
        Guideline { inner: Arc::new(inner) }
    }

    /// The dates of its schedules on some days, both ends included, as they stand on `as_of`, and the visits that keep them.
    ///
    /// ```
    /// use riktlinje::{Guideline, Source};
    /// let text = r#"
    /// guideline example.samples
    ///     language 1
    ///     title en "Samples"
    ///     version 1.0.0
    ///     status draft
    ///     about patient
    /// fact treatment_start: date
    ///     label en "Start of treatment"
    /// schedule weight
    ///     label en "Weighing"
    ///     our interpretation "an example"
    ///     from treatment_start, first day not included
    ///     every month
    /// "#;
    /// let guideline = Guideline::compile([Source::new("samples.guide", text)])?;
    /// let facts = guideline.facts_from_yaml("treatment_start: 2026-01-31")?;
    /// let day = |text: &str| text.parse().unwrap();
    /// let calendar = guideline.calendar(&facts, day("2026-03-01"), day("2026-01-01")..=day("2026-04-30"))?;
    /// let dates: Vec<String> =
    ///     calendar.schedules[0].dates.iter().map(|date| format!("{} {}", date.date, date.status)).collect();
    /// // Counted from the start, so that month ends do not drift.
    /// assert_eq!(dates, ["2026-02-28 past", "2026-03-31 planned", "2026-04-30 planned"]);
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NotInForce`]; what cannot be computed is a fault in the calendar.
    pub fn calendar(&self, facts: &Facts, as_of: Date, days: RangeInclusive<Date>) -> Result<Calendar, Error> {
        self.serving(facts, as_of)?.in_situation(facts, as_of, |situation| situation.calendar(&days))
    }
}
