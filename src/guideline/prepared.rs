//! For many patients: facts bound once, a date prepared once, cells used again. Statuses only; nothing is allocated.

use super::Guideline;
use crate::error::Error;
use crate::eval::{Bound, Cells, Moment};
use crate::outcome::RuleStatus;
use crate::value::Date;

/// Facts bound to a guideline: read for its conditions, on any date. Small: 8 bytes a value that the guideline reads. Say
/// nothing of the patient in `Debug`.
///
/// Two are equal when they are bound to the same guideline and say the same of what it reads.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct BoundFacts {
    pub(super) bound: Bound,
}

/// What one evaluation came to: the answer to every condition and the status of every rule. Use one again and again.
#[derive(Debug, Clone, Default)]
pub struct Trace {
    pub(super) cells: Cells,
}

/// A guideline on one date.
#[derive(Debug, Clone)]
pub struct OnDate<'a> {
    pub(super) guideline: &'a Guideline,
    pub(super) moment: Moment<'a>,
}

impl BoundFacts {
    /// How many bytes it takes, with all that it holds.
    #[must_use]
    pub fn bytes(&self) -> usize {
        size_of::<BoundFacts>() + self.bound.heap_bytes()
    }

    pub(crate) fn bound(&self) -> &Bound {
        &self.bound
    }
}

impl Guideline {
    /// Prepares for one date: what depends on the date and on no patient is worked out here. Where the guideline rests on
    /// other versions on that date, prepare and bind with [`Guideline::combined_on`].
    ///
    /// # Errors
    /// [`Error::NotInForce`]
    pub fn on(&self, as_of: Date) -> Result<OnDate<'_>, Error> {
        self.must_be_in_force(as_of)?;
        Ok(OnDate { guideline: self, moment: self.evaluator().on(as_of) })
    }
}

impl OnDate<'_> {
    /// The date.
    #[must_use]
    pub fn date(&self) -> Date {
        self.moment.today()
    }

    /// Evaluates one patient's facts, bound to the same guideline.
    pub fn evaluate(&self, facts: &BoundFacts, trace: &mut Trace) {
        self.moment.evaluate(&facts.bound, &mut trace.cells);
    }

    /// The status of a rule by its place in [`Guideline::rules`]; `None` past the last.
    #[must_use]
    pub fn status(&self, trace: &Trace, rule: usize) -> Option<RuleStatus> {
        let own = *self.moment.program().own_rules.get(rule)?;
        Some(trace.cells.rule(own as usize))
    }

    /// The status of every rule, in the order of [`Guideline::rules`].
    ///
    /// ```
    /// # use riktlinje::{AdviceStatus, Guideline, RuleStatus, Source, Trace};
    /// # let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// #   fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
    /// #   recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text en \"Stop.\"\n\
    /// #   recommend praise\n    label en \"Praise\"\n    our interpretation \"an example\"\n    should when not smokes\n    text en \"Good.\"\n";
    /// # let guideline = Guideline::compile([Source::new("advice.guide", text)])?;
    /// let on_date = guideline.on("2026-11-22".parse().unwrap())?;
    /// let mut trace = Trace::default();
    /// on_date.evaluate(&guideline.bind(&guideline.facts_from_yaml("smokes: yes")?), &mut trace);
    /// let recommended = RuleStatus::Recommendation(AdviceStatus::Recommended);
    /// let names = guideline.rules().zip(on_date.statuses(&trace)).filter(|(_, status)| *status == recommended);
    /// assert_eq!(names.map(|(name, _)| name).collect::<Vec<_>>(), ["recommend.advice"]);
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    #[inline]
    pub fn statuses<'s>(&'s self, trace: &'s Trace) -> impl Iterator<Item = RuleStatus> + 's {
        trace.cells.statuses()
    }
}
