//! Several guidelines together: a folder of them, with versions of one name.

use super::reading::{Reading, has_errors, in_order};
use super::{Guideline, facts_error};
use crate::code_lists::CodeLists;
use crate::diagnostic::Diagnostic;
use crate::error::{Error, FactError};
use crate::facts::{self, Facts};
use crate::limits::Limits;
use crate::schedule::Seed;
use crate::schema::Schema;
use crate::source::Source;
use crate::value::Date;

/// Guidelines that belong together, in the order in which they were given.
///
/// ```text
/// use riktlinje::{CodeLists, Guidelines, Source};
/// let text = "guideline example.empty\n    language 1\n    title en \"Empty\"\n    version 1.0.0\n    status draft\n    about patient\n";
/// let guidelines = Guidelines::compile([Source::new("empty.guide", text)], [], &CodeLists::new()).unwrap();
/// assert_eq!(guidelines.iter().map(|guideline| guideline.name()).collect::<Vec<_>>(), ["example.empty"]);
/// ```
#[derive(Debug, Clone, Default)]
pub struct Guidelines {
    guidelines: Vec<Guideline>,
}

impl Guidelines {
    /// Compiles each of `asked`; `serving` are only there to be used by them. Each file is read once.
    ///
    /// # Errors
    /// [`Error::Guideline`] with all findings when there is an error among them, or when two guidelines of one name are in
    /// force on the same day.
    pub fn compile(
        asked: impl IntoIterator<Item = Source>,
        serving: impl IntoIterator<Item = Source>,
        lists: &CodeLists,
    ) -> Result<Guidelines, Error> {
        Guidelines::compile_within(asked, serving, lists, &Limits::default())
    }

    /// The same within bounds of the caller's, which hold for their facts and evaluations, too.
    ///
    /// # Errors
    /// [`Error::TooLarge`], and as [`Guidelines::compile`].
    pub fn compile_within(
        asked: impl IntoIterator<Item = Source>,
        serving: impl IntoIterator<Item = Source>,
        lists: &CodeLists,
        limits: &Limits,
    ) -> Result<Guidelines, Error> {
        let (guidelines, diagnostics) = compiled(asked, serving, lists, limits)?;
        if has_errors(&diagnostics) { Err(Error::Guideline(diagnostics)) } else { Ok(Guidelines { guidelines }) }
    }

    /// All findings about `asked` and what they use: located, by file and line, none twice.
    #[must_use]
    pub fn check(
        asked: impl IntoIterator<Item = Source>,
        serving: impl IntoIterator<Item = Source>,
        lists: &CodeLists,
    ) -> Vec<Diagnostic> {
        let (sources, count) = together(asked, serving);
        let mut reading = Reading::new(sources.iter().cloned());
        let mut diagnostics = reading.clashes(count);
        for index in 0..count {
            diagnostics.extend(reading.check(index, lists).diagnostics);
        }
        in_order(diagnostics, &sources)
    }

    /// In the order given.
    pub fn iter(&self) -> impl Iterator<Item = &Guideline> {
        self.guidelines.iter()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.guidelines.is_empty()
    }

    /// The version of a guideline that is in force on a date.
    ///
    /// # Errors
    /// [`Error::NoSuch`] when there is no guideline of that name, [`Error::NotInForce`] with the nearest version when none
    /// is in force.
    pub fn get(&self, name: &str, as_of: Date) -> Result<&Guideline, Error> {
        let versions = || self.iter().filter(|guideline| guideline.name() == name);
        let nearest = versions().min_by_key(|guideline| guideline.days_from_force(as_of));
        match nearest {
            None => Err(Error::no_such("guideline", name, self.iter().map(Guideline::name))),
            Some(guideline) => guideline.combined_on(as_of),
        }
    }

    /// Those that are in force on a date, and for each name of which none is, the error that says so.
    #[must_use]
    pub fn in_force(&self, as_of: Date) -> (Guidelines, Vec<Error>) {
        let (mut guidelines, mut not) = (Vec::new(), Vec::new());
        let mut names: Vec<&str> = Vec::new();
        for guideline in self.iter() {
            if names.contains(&guideline.name()) {
                continue;
            }
            names.push(guideline.name());
            match self.get(guideline.name(), as_of) {
                Ok(guideline) => guidelines.push(guideline.clone()),
                Err(error) => not.push(error),
            }
        }
        (Guidelines { guidelines }, not)
    }

    /// The same with a parameter set in each that has it; see [`Guideline::set_parameter`].
    ///
    /// # Errors
    /// [`Error::NoSuch`] when none has it, [`Error::Parameter`] when it cannot have that value.
    pub fn set_parameter(&self, name: &str, value: &str) -> Result<Guidelines, Error> {
        let mut guidelines = self.guidelines.clone();
        let mut missing = None;
        let mut set = false;
        for guideline in &mut guidelines {
            match guideline.set_parameter(name, value) {
                Ok(with) => (*guideline, set) = (with, true),
                Err(error @ Error::NoSuch { .. }) => missing = Some(error),
                Err(error) => return Err(error),
            }
        }
        match missing {
            Some(error) if !set => Err(error),
            Some(_) | None if set => Ok(Guidelines { guidelines }),
            Some(_) | None => Err(Error::no_such("parameter", name, [])),
        }
    }

    /// The same with a secret to draw random weekdays with; see [`Guideline::with_seed`].
    #[must_use]
    pub fn with_seed(&self, seed: &Seed) -> Guidelines {
        Guidelines { guidelines: self.iter().map(|guideline| guideline.with_seed(seed)).collect() }
    }

    /// Each guideline with those of the facts that it reads. A name that none of them declares is an error.
    ///
    /// # Errors
    /// [`Error::Facts`] with all that was found.
    pub fn facts_from_yaml(&self, text: &str) -> Result<Vec<(Guideline, Facts)>, Error> {
        self.facts(|schema, limits| facts::yaml::read(schema, limits, text))
    }

    /// As [`Guidelines::facts_from_yaml`], of a JSON text.
    ///
    /// # Errors
    /// [`Error::Facts`] with all that was found.
    pub fn facts_from_json(&self, text: &str) -> Result<Vec<(Guideline, Facts)>, Error> {
        self.facts(|schema, limits| facts::json::read(schema, limits, text))
    }

    /// As [`Guideline::facts_from`], each guideline with those of the facts that it reads.
    ///
    /// # Errors
    /// [`Error::Facts`] with all that was found.
    pub fn facts_from(&self, value: &impl serde::Serialize) -> Result<Vec<(Guideline, Facts)>, Error> {
        self.facts(|schema, limits| facts::serialized::read(schema, limits, value))
    }

    fn facts(
        &self,
        read: impl Fn(&Schema, &Limits) -> Result<Facts, Vec<FactError>>,
    ) -> Result<Vec<(Guideline, Facts)>, Error> {
        let mut all = Vec::new();
        for guideline in self.iter() {
            // Its own declarations come first: where another declares a fact otherwise, that is the other's to read.
            let mut schema = guideline.schema().clone();
            for (_, fact) in self.iter().flat_map(|other| other.schema().iter()) {
                let _ = schema.add(fact.clone());
            }
            let mut facts = read(&schema, guideline.limits()).map_err(facts_error)?;
            facts.given.retain(|name, _| guideline.schema().find(name).is_some());
            all.push((guideline.clone(), facts));
        }
        Ok(all)
    }
}

/// All files, and how many of them are asked for.
fn together(
    asked: impl IntoIterator<Item = Source>,
    serving: impl IntoIterator<Item = Source>,
) -> (Vec<Source>, usize) {
    let mut sources: Vec<Source> = asked.into_iter().collect();
    let count = sources.len();
    sources.extend(serving);
    (sources, count)
}

fn compiled(
    asked: impl IntoIterator<Item = Source>,
    serving: impl IntoIterator<Item = Source>,
    lists: &CodeLists,
    limits: &Limits,
) -> Result<(Vec<Guideline>, Vec<Diagnostic>), Error> {
    let (sources, count) = together(asked, serving);
    let mut reading = Reading::within(sources.iter().cloned(), limits)?;
    let (mut guidelines, mut diagnostics) = (Vec::<Guideline>::new(), reading.clashes(count));
    for index in 0..count {
        let (guideline, found) = Guideline::of(reading.check(index, lists), limits);
        diagnostics.extend(found);
        guidelines.extend(guideline);
    }
    Ok((guidelines, in_order(diagnostics, &sources)))
}

/// Guidelines that were compiled apart, to read one patient's facts together.
impl FromIterator<Guideline> for Guidelines {
    fn from_iter<I: IntoIterator<Item = Guideline>>(guidelines: I) -> Guidelines {
        Guidelines { guidelines: guidelines.into_iter().collect() }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a panic is the failure report")]
mod tests {
    use super::*;

    fn version(version: &str, in_force: &str) -> Source {
        let text = format!(
            "guideline a.b\n    language 1\n    title en \"A\"\n    version {version}\n    status active\n    in force {in_force}\n    about patient\n"
        );
        Source::new(format!("{version}.guide"), text)
    }

    #[test]
    fn the_date_picks_the_version() {
        let sources = [version("1.0.0", "from 2020-01-01 through 2020-12-31"), version("2.0.0", "from 2021-01-01")];
        let guidelines = Guidelines::compile(sources, [], &CodeLists::new()).unwrap();
        let on =
            |day: &str| guidelines.get("a.b", day.parse().unwrap()).map(|guideline| guideline.version().to_owned());
        assert_eq!(on("2020-12-31"), Ok("1.0.0".to_owned()));
        assert_eq!(on("2021-01-01"), Ok("2.0.0".to_owned()));
        let too_early = on("2019-06-01").unwrap_err().to_string();
        assert_eq!(too_early, "`a.b` is not in force on 2019-06-01: it is from 2020-01-01 through 2020-12-31");
        let day = "2020-06-01".parse().unwrap();
        assert!(matches!(guidelines.get("a.c", day), Err(Error::NoSuch { near: Some(near), .. }) if near == "a.b"));
        assert_eq!(guidelines.in_force(day).0.iter().count(), 1);
    }

    #[test]
    fn two_of_one_name_on_the_same_days_clash() {
        let sources = [version("1.0.0", "from 2020-01-01 through 2021-01-01"), version("2.0.0", "from 2021-01-01")];
        let found = Guidelines::check(sources, [], &CodeLists::new());
        let clash = found.iter().find(|diagnostic| diagnostic.code() == "E0502").unwrap();
        assert_eq!((clash.location().file.as_str(), clash.location().line), ("2.0.0.guide", 1));
    }
}
