//! Facts for evaluating many patients, from the caller's data straight to what the rules read.

use super::{BoundFacts, Guideline};
use crate::error::Error;
use crate::facts::{self, Facts};

impl Guideline {
    /// Binds facts for evaluating them on one or more dates.
    ///
    /// ```
    /// # use riktlinje::{Date, Guideline, Source, Trace};
    /// # let text = "guideline a.b\n    language 1\n    title sv \"A\" en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// #   fact smokes: yes/no\n    label sv \"Röker\" en \"Smokes\"\n    question sv \"Röker?\" en \"Smokes?\"\n\
    /// #   recommend advice\n    label sv \"Råd\" en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text sv \"Sluta.\" en \"Stop.\"\n";
    /// let guideline = Guideline::compile([Source::new("advice.guide", text)])?;
    /// let on_date = guideline.on("2026-11-22".parse().unwrap())?;
    /// let mut trace = Trace::default();
    /// for patient in ["smokes: yes", "smokes: no", "{}"] {
    ///     on_date.evaluate(&guideline.bind(&guideline.facts_from_yaml(patient)?), &mut trace);
    ///     println!("{:?}", on_date.status(&trace, 0).map(|status| status.name()));
    /// }
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    #[must_use]
    pub fn bind(&self, facts: &Facts) -> BoundFacts {
        BoundFacts { bound: self.evaluator().bind(facts) }
    }

    /// The same into a place that was used before.
    pub fn bind_into(&self, facts: &Facts, place: &mut BoundFacts) {
        self.evaluator().bind_into(facts, &mut place.bound);
    }

    /// Binds a value that implements serde's `Serialize`, without facts in between: the quick way from a Rust struct to
    /// statuses. It says and refuses what [`Guideline::facts_from`] does.
    ///
    /// ```
    /// # use riktlinje::{Guideline, Source};
    /// # let text = "guideline g\n    language 1\n    title en \"G\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// # fact birth_date: date\n    label en \"Born\"\n    question en \"When?\"\n\
    /// # fact diagnoses: list of diagnosis, complete\n    label en \"Diagnoses\"\n    question en \"Which?\"\n    code: code from ICD-10-SE\n\
    /// # recommend visit\n    our interpretation \"an example\"\n    should when some diagnosis in diagnoses has code in F11\n    text en \"Come.\"\n";
    /// # let guideline = Guideline::compile([Source::new("g.guide", text)])?;
    /// use riktlinje::Trace;
    /// use serde::Serialize;
    ///
    /// #[derive(Serialize)]
    /// struct Patient<'a> {
    ///     birth_date: Option<&'a str>,
    ///     diagnoses: Vec<Diagnosis<'a>>,
    /// }
    /// #[derive(Serialize)]
    /// struct Diagnosis<'a> {
    ///     code: &'a str,
    /// }
    ///
    /// let patient = Patient { birth_date: Some("1990-05"), diagnoses: vec![Diagnosis { code: "F11.2" }] };
    /// let bound = guideline.bind_from(&patient)?;
    /// assert_eq!(bound, guideline.bind(&guideline.facts_from(&patient)?));
    ///
    /// let mut trace = Trace::default();
    /// let on_date = guideline.on("2026-11-22".parse().unwrap())?;
    /// on_date.evaluate(&bound, &mut trace);
    /// assert_eq!(on_date.status(&trace, 0).unwrap().name(), "recommended");
    ///
    /// let mistaken = Patient { birth_date: Some("1990-13"), diagnoses: Vec::new() };
    /// let error = guideline.bind_from(&mistaken).unwrap_err();
    /// assert!(error.to_string().starts_with("birth_date: there is no such day in the calendar"));
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Guideline::facts_from`].
    pub fn bind_from(&self, value: &impl serde::Serialize) -> Result<BoundFacts, Error> {
        let mut place = BoundFacts::default();
        self.bind_from_into(value, &mut place)?;
        place.bound.shrink();
        Ok(place)
    }

    /// The same into a place that was used before, which allocates nothing more as soon as the place is large enough. After
    /// an error nothing is given in it.
    ///
    /// # Errors
    /// As [`Guideline::facts_from`].
    pub fn bind_from_into(&self, value: &impl serde::Serialize, place: &mut BoundFacts) -> Result<(), Error> {
        let short = self.evaluator().bind_value(value, &mut place.bound);
        if short.is_ok() { Ok(()) } else { self.bind_long(self.facts_from(value), place) }
    }

    /// Binds a JSON text while it is parsed. It says and refuses what [`Guideline::facts_from_json`] does.
    ///
    /// ```
    /// # use riktlinje::{Guideline, Source};
    /// # let text = "guideline g\n    language 1\n    title en \"G\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// # fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
    /// # recommend advice\n    our interpretation \"an example\"\n    should when smokes\n    text en \"Stop.\"\n";
    /// # let guideline = Guideline::compile([Source::new("g.guide", text)])?;
    /// let (mut place, mut trace) = (Default::default(), Default::default());
    /// let on_date = guideline.on("2026-11-22".parse().unwrap())?;
    /// for (patient, status) in [(r#"{"smokes": true}"#, "recommended"), ("{}", "undetermined")] {
    ///     guideline.bind_json_into(patient, &mut place)?;
    ///     on_date.evaluate(&place, &mut trace);
    ///     assert_eq!(on_date.status(&trace, 0).unwrap().name(), status);
    /// }
    /// assert!(guideline.bind_json(r#"{"smoks": true}"#).is_err());
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Guideline::facts_from_json`].
    pub fn bind_json(&self, text: &str) -> Result<BoundFacts, Error> {
        let mut place = BoundFacts::default();
        self.bind_json_into(text, &mut place)?;
        place.bound.shrink();
        Ok(place)
    }

    /// The same into a place that was used before, which allocates nothing more as soon as the place is large enough. After
    /// an error nothing is given in it.
    ///
    /// # Errors
    /// As [`Guideline::facts_from_json`].
    pub fn bind_json_into(&self, text: &str, place: &mut BoundFacts) -> Result<(), Error> {
        let evaluator = self.evaluator();
        let short = facts::json::parsed(text, self.limits(), |parser| evaluator.bind_text(parser, &mut place.bound));
        if short.is_some() { Ok(()) } else { self.bind_long(self.facts_from_json(text), place) }
    }

    /// What is out of the ordinary goes by way of facts, which also say what is wrong.
    fn bind_long(&self, facts: Result<Facts, Error>, place: &mut BoundFacts) -> Result<(), Error> {
        match facts {
            Ok(facts) => {
                self.bind_into(&facts, place);
                Ok(())
            }
            Err(error) => {
                self.evaluator().bind_nothing(&mut place.bound);
                Err(error)
            }
        }
    }
}
