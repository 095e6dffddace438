//! The front door: rule files in, outcomes and explanations out.

mod ahead;
mod binding;
mod calendar;
mod combined;
mod counting;
mod fact_description;
mod parameter;
mod prepared;
mod reading;
mod set;
#[cfg(test)]
mod tests;
mod versions;
mod view;

pub use fact_description::{AllowedNumbers, FactDescription, FactKind, FactRole, FieldDescription, ValueKind};
pub use parameter::ParameterInfo;
pub use prepared::{BoundFacts, OnDate, Trace};
pub use set::Guidelines;
pub use view::{MissingFact, OutcomeView, RuleView};

use crate::code_lists::CodeLists;
use crate::diagnostic::{Diagnostic, near};
use crate::error::{Error, FactError};
use crate::eval::Evaluator;
use crate::explain::{self, Ask, Explanation};
use crate::facts::{self, Facts};
use crate::ir;
use crate::limits::Limits;
use crate::outcome::{Advice, Identity, OptionName, Outcome, RuleStatus, Situation};
use crate::program::{Program, RuleIndex};
use crate::source::{FileId, Source};
use crate::value::Date;
use combined::Serving;
use reading::{Reading, has_errors};
use std::collections::BTreeMap;
use std::sync::Arc;

/// A guideline with everything it uses, ready to be evaluated. Cheap to clone, and free to be shared between threads.
///
/// ```
/// use riktlinje::{Date, EligibilityStatus, Guideline, Source};
/// let text = r#"
/// guideline example.driving
///     language 1
///     title en "Who may drive"
///     version 1.0.0
///     status draft
///     about patient
/// fact birth_date: date
///     label en "Date of birth"
///     question en "When was the person born?"
/// leap day birthday is 28 February
///     our interpretation "the calendar's rule"
/// eligibility driving
///     label en "May drive"
///     our interpretation "an example"
///     require age: age at least 18 years
/// "#;
/// let guideline = Guideline::compile([Source::new("driving.guide", text)]).unwrap();
/// let facts = guideline.facts_from_yaml("birth_date: 2006-05").unwrap();
/// let on = |day: &str| guideline.evaluate(&facts, day.parse().unwrap()).unwrap().eligibility[0].status;
/// assert_eq!(on("2024-06-01"), EligibilityStatus::Met);
/// assert_eq!(on("2024-05-20"), EligibilityStatus::Undetermined);
/// ```
#[derive(Clone)]
pub struct Guideline {
    inner: Arc<Inner>,
}

#[derive(Clone)]
struct Inner {
    limits: Limits,
    /// As meant: kept for parameters that are set later, and for expressions.
    meant: ir::Guideline,
    evaluator: Evaluator,
    sources: Vec<Source>,
    diagnostics: Vec<Diagnostic>,
    /// The guideline's own rules in the order of the file, with their full names.
    rules: Vec<(String, RuleIndex)>,
    /// Places in `rules` in the order of their names.
    rules_by_name: Vec<u32>,
    identity: Identity,
    serving: Serving,
    written: view::Written,
    essentials: view::KeptEssentials,
    /// By rule of the program: its place in `rules`.
    places: Box<[u32]>,
}

impl Guideline {
    /// Compiles the first source; the others are there to be used or adapted by it. Of several versions of one of those the
    /// date of each evaluation picks; see [`Guideline::combined_on`].
    ///
    /// # Errors
    /// [`Error::Guideline`] with all findings when there is an error among them.
    pub fn compile(sources: impl IntoIterator<Item = Source>) -> Result<Guideline, Error> {
        Guideline::compile_with(sources, &CodeLists::new())
    }

    /// The same with code lists for the rules that leave a list to the caller.
    ///
    /// # Errors
    /// [`Error::Guideline`] with all findings when there is an error among them.
    pub fn compile_with(sources: impl IntoIterator<Item = Source>, lists: &CodeLists) -> Result<Guideline, Error> {
        Guideline::compile_within(sources, lists, &Limits::default())
    }

    /// The same within bounds of the caller's, which hold for its facts and evaluations, too.
    ///
    /// # Errors
    /// [`Error::TooLarge`], and [`Error::Guideline`] with all findings when there is an error among them.
    pub fn compile_within(
        sources: impl IntoIterator<Item = Source>,
        lists: &CodeLists,
        limits: &Limits,
    ) -> Result<Guideline, Error> {
        // The trees as written are dropped here: lowering needs the room.
        let checked = Reading::within(sources, limits)?.check(0, lists);
        match Guideline::of(checked, limits) {
            (Some(guideline), _) => Ok(guideline),
            (None, diagnostics) => Err(Error::Guideline(diagnostics)),
        }
    }

    /// All findings about the first source and those that it uses: located, by file and line, errors, warnings and advice
    /// together. None means that there is nothing to say.
    #[must_use]
    pub fn check(sources: impl IntoIterator<Item = Source>) -> Vec<Diagnostic> {
        Reading::new(sources).check(0, &CodeLists::new()).diagnostics
    }

    /// The canonical text of a rule file; comments stay.
    ///
    /// # Errors
    /// [`Error::Guideline`] when a part of it cannot be read: that part would be lost.
    pub fn format(source: &Source) -> Result<String, Error> {
        let (file, mut diagnostics) = crate::syntax::parse(FileId(0), source.text());
        crate::diagnostic::locate(&mut diagnostics, std::slice::from_ref(source));
        if has_errors(&diagnostics) { Err(Error::Guideline(diagnostics)) } else { Ok(crate::syntax::print(&file)) }
    }

    /// `stockholm.laro`
    #[must_use]
    pub fn name(&self) -> &str {
        self.own().map_or("", |layer| &layer.name)
    }

    /// `1.0.0`
    #[must_use]
    pub fn version(&self) -> &str {
        self.own().map_or("", |layer| &layer.version)
    }

    /// The first and the last day on which it is in force; both belong to it. Without a last day it has no end; `None`:
    /// always.
    #[must_use]
    pub fn in_force(&self) -> Option<(Date, Option<Date>)> {
        self.own().and_then(|layer| layer.in_force)
    }

    /// The name of the file that it stands in.
    #[must_use]
    pub fn file(&self) -> &str {
        self.own().and_then(|layer| layer.parts.last()).map_or("", |part| &part.file)
    }

    /// The names of the guidelines that it adapts: the one that it names first, then what that one adapts. None: it adapts
    /// none.
    ///
    /// ```
    /// # use riktlinje::{Guideline, Source};
    /// let national = "guideline national.rule\n    language 1\n    version 1.0.0\n    status draft\n\
    ///     parameter limit: number = 2, from 1 to 5\n    our interpretation \"an example\"\n\
    ///     fact points: number\n\
    ///     recommend visit\n    our interpretation \"an example\"\n    should when points at least limit\n    text en \"Come.\"\n";
    /// let regional = "guideline regional.rule adapts national.rule\n    language 1\n    version 1.0.0\n    status draft\n\
    ///     set limit = 3\n    decided by \"The region\", 2026-03-01\n";
    /// let sources = [Source::new("regional.guide", regional), Source::new("national.guide", national)];
    /// let guideline = Guideline::compile(sources)?;
    /// assert_eq!(guideline.adapts().collect::<Vec<_>>(), ["national.rule"]);
    /// let facts = guideline.facts_from_yaml("points: 2")?;
    /// let outcome = guideline.evaluate(&facts, "2026-11-22".parse().unwrap())?;
    /// assert_eq!(outcome.recommendations[0].status.name(), "not_applicable");
    /// assert_eq!(outcome.identity.files.len(), 2);
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    pub fn adapts(&self) -> impl Iterator<Item = &str> {
        self.own().into_iter().flat_map(|layer| layer.parts.iter().rev().skip(1)).map(|part| &*part.name)
    }

    /// The names of the guidelines that it uses, directly or not.
    pub fn uses(&self) -> impl Iterator<Item = &str> {
        self.inner.meant.layers.iter().skip(1).map(|layer| &*layer.name)
    }

    /// Its rules in the order of the file, `eligibility.laro`, `recommend.naloxone`.
    pub fn rules(&self) -> impl Iterator<Item = &str> {
        self.inner.rules.iter().map(|(name, _)| name.as_str())
    }

    /// Which rows of the sources' inventory its rules and their lines cover (`covers S10`): the rule or line
    /// (`eligibility.laro.age`) and the row, in the order of the file.
    pub fn covers(&self) -> impl Iterator<Item = (String, &str)> {
        let full = |name: &str| self.find_rule(name).map_or(name.to_owned(), |(full, _)| full.clone());
        let own = self.inner.meant.rules.iter().filter(|rule| rule.layer == ir::LayerId(0));
        own.flat_map(move |rule| {
            let name = full(&rule.name);
            let lines = rule.kind.criteria();
            let of_lines = lines.iter().map(|line| (format!("{name}.{}", line.name), &line.covers)).collect::<Vec<_>>();
            let all = std::iter::once((name, &rule.covers)).chain(of_lines);
            all.flat_map(|(name, rows)| rows.iter().map(move |row| (name.clone(), &**row)))
        })
    }

    /// The full name of a rule: `eligibility.laro` for `laro`.
    ///
    /// # Errors
    /// [`Error::NoSuch`] with the nearest name.
    pub fn rule(&self, name: &str) -> Result<&str, Error> {
        self.find_rule(name).map(|(name, _)| name.as_str())
    }

    /// The band that the status of a score stands for. `rule` is its place in [`Guideline::rules`]; `None` for other rules
    /// and statuses, and where the score has no bands.
    #[must_use]
    pub fn band(&self, rule: usize, status: RuleStatus) -> Option<OptionName> {
        let (_, rule) = self.inner.rules.get(rule)?;
        OptionName::of_band(&self.evaluator().program, *rule, status)
    }

    fn find_rule(&self, name: &str) -> Result<&(String, RuleIndex), Error> {
        fn own(rule: &str) -> &str {
            rule.split_once('.').map_or("", |(_, own)| own)
        }
        // A rule's own name has no dot.
        let found = match self.place_of_full_name(name) {
            Some(place) => self.inner.rules.get(place as usize),
            None => self.inner.rules.iter().find(|(rule, _)| own(rule) == name),
        };
        found.ok_or_else(|| Error::no_such("rule", name, self.rules().map(own).chain(self.rules())))
    }

    fn place_of_full_name(&self, name: &str) -> Option<u32> {
        let named = |place: &u32| self.inner.rules.get(*place as usize);
        let places = &self.inner.rules_by_name;
        let at = places.binary_search_by(|place| named(place).map_or("", |(rule, _)| rule).cmp(name)).ok()?;
        places.get(at).copied()
    }

    fn rule_of_full_name(&self, name: &str) -> Option<RuleIndex> {
        let (_, rule) = self.inner.rules.get(self.place_of_full_name(name)? as usize)?;
        Some(*rule)
    }

    /// What checking found that is no error: warnings and advice.
    #[must_use]
    pub fn diagnostics(&self) -> &[Diagnostic] {
        &self.inner.diagnostics
    }

    /// What can be set, in the order of the files: the guideline's own parameters first.
    pub fn parameters(&self) -> impl Iterator<Item = ParameterInfo<'_>> {
        let layers = &self.inner.meant.layers;
        self.inner.meant.parameters.iter().map(|parameter| ParameterInfo::of(parameter, layers))
    }

    /// The same guideline with one parameter set: of its type, inside its range. It shows in the identity of every outcome.
    ///
    /// Written as in a rule file: `20 years`, `7 mmol/L`, `yes`, `2026-11-22`; a code or a text without quotes.
    ///
    /// # Errors
    /// [`Error::NoSuch`] when there is no such parameter, [`Error::Parameter`] when it cannot have that value.
    pub fn set_parameter(&self, name: &str, value: &str) -> Result<Guideline, Error> {
        let mut inner = (*self.inner).clone();
        let Some(parameter) = inner.meant.parameters.iter_mut().find(|parameter| *parameter.name == *name) else {
            let names = self.inner.meant.parameters.iter().map(|parameter| &*parameter.name);
            return Err(Error::no_such("parameter", name, names));
        };
        let (constant, shown) = parameter::read(parameter, value)?;
        parameter.default = Some(constant);
        // They speak for the default.
        parameter.grounds.clear();
        parameter.place = None;
        inner.serving.each_other(|other| other.set_parameter(name, value))?;
        inner.identity.parameters.insert(name.to_owned(), shown);
        let seed = inner.evaluator.seed();
        inner.evaluator = Evaluator::new(Program::lower(&inner.meant)).within(&inner.limits).with_seed(seed);
        Ok(Guideline { inner: Arc::new(inner) })
    }

    /// Facts from a YAML text; see `docs::facts` for how each type is written.
    ///
    /// # Errors
    /// [`Error::Facts`] with all that was found: a name that is not declared, a wrong type or unit, a code that its system
    /// does not have. The errors carry paths and near names, not the patient's values.
    pub fn facts_from_yaml(&self, text: &str) -> Result<Facts, Error> {
        facts::yaml::read(self.schema(), self.limits(), text).map_err(facts_error)
    }

    /// Facts from a JSON text.
    ///
    /// # Errors
    /// As [`Guideline::facts_from_yaml`].
    pub fn facts_from_json(&self, text: &str) -> Result<Facts, Error> {
        facts::json::read(self.schema(), self.limits(), text).map_err(facts_error)
    }

    /// Facts put together from typed values, without text.
    pub fn facts(&self) -> crate::facts::FactsBuilder<'_> {
        crate::facts::FactsBuilder::new(self.schema())
    }

    /// Facts from any value that implements serde's `Serialize`, without a text in between. What its JSON would say is what
    /// is read; see `docs::facts` for what stands for what.
    ///
    /// ```
    /// # use riktlinje::{Guideline, Source};
    /// # let text = "guideline g\n    language 1\n    title en \"G\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// # fact birth_date: date\n    label en \"Born\"\n    question en \"When?\"\n\
    /// # fact registered_county: code from county\n    label en \"County\"\n    question en \"Where?\"\n\
    /// # fact discharged: date or none\n    label en \"Discharged\"\n    question en \"When?\"\n\
    /// # fact diagnoses: list of diagnosis, complete\n    label en \"Diagnoses\"\n    question en \"Which?\"\n    code: code from ICD-10-SE\n    documented: yes/no\n";
    /// # let guideline = Guideline::compile([Source::new("g.guide", text)])?;
    /// use riktlinje::{Date, FactValue};
    /// use serde::Serialize;
    ///
    /// #[derive(Serialize)]
    /// struct Patient {
    ///     birth_date: Date,
    ///     registered_county: Option<String>, // `None`: not given
    ///     discharged: Option<FactValue>,     // `Some(FactValue::None)`: known that there is none
    ///     diagnoses: Diagnoses,
    /// }
    /// #[derive(Serialize)]
    /// #[serde(rename_all = "snake_case")]
    /// enum Diagnoses {
    ///     Open(Vec<Diagnosis>),
    /// }
    /// #[derive(Serialize)]
    /// struct Diagnosis {
    ///     code: &'static str,
    ///     documented: bool,
    /// }
    ///
    /// let mut patient = Patient {
    ///     birth_date: Date::from_ymd(1990, 5, 12).unwrap(),
    ///     registered_county: None,
    ///     discharged: Some(FactValue::None),
    ///     diagnoses: Diagnoses::Open(vec![Diagnosis { code: "F11.2", documented: true }]),
    /// };
    /// let facts = guideline.facts_from(&patient)?;
    /// assert!(facts.get("registered_county").is_none());
    /// assert_eq!(facts.get("discharged").unwrap().value, FactValue::None);
    ///
    /// patient.registered_county = Some("1".to_owned());
    /// let error = guideline.facts_from(&patient).unwrap_err();
    /// assert!(error.to_string().starts_with("registered_county: not well formed in county"));
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    ///
    /// # Errors
    /// As [`Guideline::facts_from_yaml`], without lines.
    pub fn facts_from(&self, value: &impl serde::Serialize) -> Result<Facts, Error> {
        facts::serialized::read(self.schema(), self.limits(), value).map_err(facts_error)
    }

    /// What the guideline says about one patient on one date. Facts that it does not declare are not looked at.
    ///
    /// # Errors
    /// Only [`Error::NotInForce`], and [`Error::Facts`] where a version that serves on that date declares a fact otherwise
    /// than the one that the facts were read for: what cannot be computed is a fault in the outcome.
    pub fn evaluate(&self, facts: &Facts, as_of: Date) -> Result<Outcome, Error> {
        let own = self.serving(facts, as_of)?;
        own.in_situation(facts, as_of, |situation| {
            let mut outcome = Outcome::assemble(situation, own.inner.identity.clone(), Advice::Told);
            let missing = own.missing(situation);
            outcome.missing = missing.into_iter().map(|missing| missing.told(situation)).collect();
            outcome
        })
    }

    /// The same without [`Outcome::missing`], which costs more than all the rest: for many patients one after the other.
    ///
    /// # Errors
    /// As [`Guideline::evaluate`].
    pub fn decide(&self, facts: &Facts, as_of: Date) -> Result<Outcome, Error> {
        let own = self.serving(facts, as_of)?;
        own.in_situation(facts, as_of, |situation| {
            Outcome::assemble(situation, own.inner.identity.clone(), Advice::Told)
        })
    }

    /// Why a rule comes out as it does, what would have to change, and what to ask. `rule` is its name, `laro` or
    /// `eligibility.laro`.
    ///
    /// # Errors
    /// [`Error::NoSuch`] when there is no such rule, [`Error::NotInForce`].
    pub fn explain(&self, facts: &Facts, as_of: Date, rule: &str) -> Result<Explanation, Error> {
        let own = self.serving(facts, as_of)?;
        let (_, rule) = own.find_rule(rule)?;
        own.in_situation(facts, as_of, |situation| Explanation::of(situation, *rule, || own.essentials(situation)))
    }

    /// The next question about a rule, or about all of them. `None` when nothing that is missing changes the answer.
    ///
    /// # Errors
    /// As [`Guideline::explain`].
    pub fn ask(&self, facts: &Facts, as_of: Date, rule: Option<&str>) -> Result<Option<Ask>, Error> {
        let own = self.serving(facts, as_of)?;
        let rule = rule.map(|rule| own.find_rule(rule)).transpose()?.map(|(_, rule)| *rule);
        own.in_situation(facts, as_of, |situation| match rule {
            Some(rule) => explain::ask(situation, rule, || own.essentials(situation)),
            None => explain::ask_of_all(situation, || own.essentials(situation)),
        })
    }

    fn in_situation<T>(&self, facts: &Facts, as_of: Date, look: impl FnOnce(&Situation<'_>) -> T) -> Result<T, Error> {
        self.must_be_in_force(as_of)?;
        let moment = self.inner.evaluator.on(as_of);
        Ok(Situation::with(&moment, &self.inner.sources, facts, look))
    }

    pub(crate) fn evaluator(&self) -> &Evaluator {
        &self.inner.evaluator
    }

    pub(crate) fn limits(&self) -> &Limits {
        &self.inner.limits
    }

    /// As meant, with the parameters that were set.
    pub(crate) fn meant(&self) -> &ir::Guideline {
        &self.inner.meant
    }

    fn own(&self) -> Option<&ir::Layer> {
        self.inner.meant.layers.first()
    }
}

/// Name and version; a rule file is long.
impl std::fmt::Debug for Guideline {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}", self.name(), self.version())
    }
}

impl Error {
    fn no_such<'a>(kind: &'static str, name: &str, candidates: impl IntoIterator<Item = &'a str>) -> Error {
        let near = near::nearest(name, candidates).map(str::to_owned);
        Error::NoSuch { kind, name: name.to_owned(), near }
    }
}

fn rules(program: &Program) -> Vec<(String, RuleIndex)> {
    let named = program.own_rules.iter().filter_map(|index| {
        let rule = program.rules.get(*index as usize)?;
        Some((rule.full_name(), RuleIndex(*index)))
    });
    named.collect()
}

fn by_name(rules: &[(String, RuleIndex)]) -> Vec<u32> {
    let mut places: Vec<(&str, u32)> = rules.iter().map(|(name, _)| name.as_str()).zip(0..).collect();
    places.sort_unstable();
    places.into_iter().map(|(_, place)| place).collect()
}

fn identity(meant: &ir::Guideline, code_lists: BTreeMap<String, String>) -> Identity {
    let own = meant.layers.first();
    let parts = meant.layers.iter().flat_map(|layer| &layer.parts);
    let files = parts.map(|part| (part.file.to_string(), format!("sha256:{}", part.sha256)));
    Identity {
        guideline: own.map_or(String::new(), |layer| layer.name.to_string()),
        version: own.map_or(String::new(), |layer| layer.version.to_string()),
        status: own.map_or("", |layer| layer.status.word()).to_owned(),
        language: own.map_or(0, |layer| layer.language),
        engine: env!("CARGO_PKG_VERSION").to_owned(),
        files: files.collect(),
        parameters: BTreeMap::new(),
        code_lists,
    }
}

fn facts_error(errors: Vec<FactError>) -> Error {
    Error::Facts(errors)
}
