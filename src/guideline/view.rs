//! What was concluded, borrowed: names, texts and grounds from the guideline, statuses from the trace. Nothing is copied
//! per rule.

use super::prepared::{BoundFacts, OnDate, Trace};
use super::{Guideline, Inner};
use crate::error::Error;
use crate::eval::{Cells, Essentials};
use crate::explain::{self, Why};
use crate::facts::Facts;
use crate::ground::Ground;
use crate::language::Localized;
use crate::outcome::advice::strength;
use crate::outcome::grounds::Grounds;
use crate::outcome::{
    Advice, AdviceStatus, AdviceStrength, Fault, MissingKind, Outcome, RecommendationOutcome, RuleStatus, Situation,
};
use crate::program::{Recommendation, RuleIndex, RuleKind, RuleProgram, StrengthLine};
use crate::value::{Date, Truth};
use std::borrow::Cow;
use std::sync::{Arc, Mutex, OnceLock};

/// An outcome that borrows: rules in the order of the file, their words and grounds from the guideline, their statuses from
/// the trace of an evaluation. For showing many patients, or much of a large guideline; [`OutcomeView::to_outcome`] gives
/// the plain data.
///
/// ```
/// # use riktlinje::{Date, Guideline, Language, Source, Trace};
/// # let text = "guideline a.b\n    language 1\n    title sv \"A\" en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
/// #   fact smokes: yes/no\n    label sv \"Röker\" en \"Smokes\"\n    question sv \"Röker?\" en \"Smokes?\"\n\
/// #   recommend advice\n    label sv \"Råd\" en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text sv \"Sluta.\" en \"Stop.\"\n";
/// let guideline = Guideline::compile([Source::new("advice.guide", text)])?;
/// let today = "2026-11-22".parse().unwrap();
/// let on_date = guideline.on(today)?;
/// let mut trace = Trace::default();
/// for patient in ["smokes: yes", "{}"] {
///     let facts = guideline.facts_from_yaml(patient)?;
///     let bound = guideline.bind(&facts);
///     on_date.evaluate(&bound, &mut trace);
///     let outcome = on_date.outcome(&facts, &bound, &trace);
///     for rule in outcome.rules() {
///         println!("{} {}: {:?}", rule.name(), rule.status().name(), rule.text().get(Language::English));
///         assert_eq!(rule.grounds().count(), 1);
///     }
///     for missing in outcome.missing() {
///         assert_eq!((&*missing.fact, &*missing.settles), ("smokes", &["recommend.advice"][..]));
///     }
///     assert_eq!(outcome.to_json(), guideline.evaluate(&facts, today)?.to_json());
/// }
/// # Ok::<(), riktlinje::Error>(())
/// ```
#[derive(Debug)]
pub struct OutcomeView<'a> {
    guideline: &'a Guideline,
    situation: Situation<'a>,
}

/// One rule of an [`OutcomeView`].
#[derive(Debug, Clone, Copy)]
pub struct RuleView<'a> {
    outcome: &'a OutcomeView<'a>,
    name: &'a str,
    status: RuleStatus,
    rule: &'a RuleProgram,
    advice: Told<'a>,
}

/// What is told of a recommendation.
#[derive(Debug, Clone, Copy)]
enum Told<'a> {
    /// It has one line, which decided the status or did not: by far the most are of this kind.
    ByOneLine {
        advice: &'a Recommendation,
        line: &'a StrengthLine,
        decided: bool,
    },
    ByLines(&'a Recommendation, AdviceStatus),
    /// It is another rule.
    Otherwise,
}

impl<'a> Told<'a> {
    #[inline]
    fn of(rule: &'a RuleProgram, status: RuleStatus) -> Told<'a> {
        let (RuleKind::Recommendation(advice), RuleStatus::Recommendation(status)) = (&rule.kind, status) else {
            return Told::Otherwise;
        };
        match advice.only_line() {
            Some(line) => Told::ByOneLine { advice, line, decided: status.is_decided() },
            None => Told::ByLines(advice, status),
        }
    }
}

/// Something that would settle a rule and is not known; as [`Missing`](crate::Missing), borrowed.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct MissingFact<'a> {
    /// What kind of thing.
    pub kind: MissingKind,
    /// Its name; a field of a record is `referral.received` or `diagnoses[0].onset`, counted from 0.
    pub fact: Cow<'a, str>,
    /// What people call it.
    pub label: Cow<'a, Localized>,
    /// What to ask.
    pub question: Cow<'a, Localized>,
    /// The rules that it bears on, `eligibility.laro`, `recommend.naloxone`, in output order.
    pub settles: Vec<&'a str>,
}

impl<'a> OnDate<'a> {
    /// What an evaluation came to: of these facts, bound as `bound`, with `trace` left by [`OnDate::evaluate`].
    #[must_use]
    pub fn outcome<'o>(&'o self, facts: &'o Facts, bound: &'o BoundFacts, trace: &'o Trace) -> OutcomeView<'o> {
        let sources = &self.guideline.inner.sources;
        let (bound, cells) = (&bound.bound, &trace.cells);
        OutcomeView {
            guideline: self.guideline,
            situation: Situation { moment: &self.moment, sources, facts, bound, cells },
        }
    }
}

impl<'a> OutcomeView<'a> {
    /// The date of evaluation.
    #[must_use]
    pub fn as_of(&self) -> Date {
        self.situation.as_of()
    }

    /// The guideline's rules in the order of the file, as in [`Guideline::rules`].
    #[inline]
    pub fn rules(&self) -> impl Iterator<Item = RuleView<'_>> {
        let program = self.situation.program();
        let statuses = self.situation.cells.statuses();
        self.guideline.inner.rules.iter().zip(statuses).filter_map(move |((name, index), status)| {
            let rule = program.rules.get(index.0 as usize)?;
            Some(RuleView { outcome: self, name, status, rule, advice: Told::of(rule, status) })
        })
    }

    /// The essential facts that are missing, in the order to ask for them.
    #[must_use]
    pub fn missing(&self) -> Vec<MissingFact<'_>> {
        self.wanted().into_iter().map(|missing| self.missing_fact(missing)).collect()
    }

    fn wanted(&self) -> Vec<explain::Wanted<'_>> {
        self.guideline.missing(&self.situation)
    }

    fn missing_fact<'o>(&'o self, missing: explain::Wanted<'o>) -> MissingFact<'o> {
        let Inner { rules, places, .. } = &*self.guideline.inner;
        let name = |rule: &RuleIndex| Some(rules.get(*places.get(rule.0 as usize)? as usize)?.0.as_str());
        MissingFact {
            kind: missing.kind,
            fact: missing.fact,
            label: missing.label,
            question: missing.question,
            settles: missing.settles.iter().filter_map(name).collect(),
        }
    }

    /// Why a rule came out as it did: the reason of [`Guideline::explain`], without what would have to change and what is
    /// missing, which cost far more. `rule` is its name, `laro` or `eligibility.laro`.
    ///
    /// ```
    /// # use riktlinje::{Guideline, Source, Trace};
    /// # let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// #   fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
    /// #   recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text en \"Stop.\"\n";
    /// let guideline = Guideline::compile([Source::new("advice.guide", text)])?;
    /// let facts = guideline.facts_from_yaml("smokes: yes")?;
    /// let (bound, mut trace) = (guideline.bind(&facts), Trace::default());
    /// let on_date = guideline.on("2026-11-22".parse().unwrap())?;
    /// on_date.evaluate(&bound, &mut trace);
    /// let outcome = on_date.outcome(&facts, &bound, &trace);
    /// let why = outcome.why("advice")?;
    /// let line = why.reason().because().next().unwrap();
    /// assert_eq!(line.because().next().unwrap().fact(), Some("smokes"));
    /// assert_eq!(why.reason().to_reason(), guideline.explain(&facts, on_date.date(), "advice")?.reason);
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    ///
    /// # Errors
    /// [`Error::NoSuch`] with the nearest name.
    pub fn why(&self, rule: &str) -> Result<Why<'_>, Error> {
        let (_, rule) = self.guideline.find_rule(rule)?;
        Ok(explain::why(&self.situation, *rule))
    }

    /// What could not be computed; each belongs to a rule.
    #[must_use]
    pub fn faults(&self) -> Vec<Fault> {
        let Situation { moment, bound, .. } = self.situation;
        if moment.is_far_from_ends(bound) {
            return self.situation.faults();
        }
        // Conditions that a table answers make no faults there.
        let mut cells = Cells::default();
        moment.evaluate_every_step(bound, &mut cells);
        self.situation.faults_met(cells.faults())
    }

    /// The same as plain data.
    #[must_use]
    pub fn to_outcome(&self) -> Outcome {
        self.assemble(Advice::Told)
    }

    /// Some of the rules, by their full names, and nothing of the guideline as a whole; see [`Outcome::about`].
    pub(crate) fn about(&self, rules: &[&str]) -> Outcome {
        let rules: Vec<RuleIndex> = rules.iter().filter_map(|rule| self.guideline.rule_of_full_name(rule)).collect();
        Outcome::about(&self.situation, self.guideline.inner.identity.clone(), &rules)
    }

    /// All but the recommendations.
    pub(crate) fn without_advice(&self) -> Outcome {
        self.assemble(Advice::LeftOut)
    }

    fn assemble(&self, told: Advice) -> Outcome {
        let outcome = Outcome::assemble(&self.situation, self.guideline.inner.identity.clone(), told);
        let missing = self.wanted().into_iter().map(|missing| missing.told(&self.situation)).collect();
        Outcome { faults: self.faults(), missing, ..outcome }
    }

    /// Each recommendation written by `write`, which is asked once for all patients in whom its lines come to the same.
    pub(crate) fn each_advice(&self, write: &impl Fn(&RecommendationOutcome) -> String, mut told: impl FnMut(&str)) {
        let written = &self.guideline.inner.written;
        for (rule, (_, index)) in self.rules().zip(&self.guideline.inner.rules) {
            let Some((advice, status)) = rule.advice() else { continue };
            let anew = || write(&self.situation.recommendation(rule.rule, advice, status));
            match written.place(self.situation.program(), *index, self.lines(advice)) {
                Some(place) => told(place.get_or_init(|| anew().into())),
                None => told(&anew()),
            }
        }
    }

    /// What the lines of a recommendation come to, as one number; `None` where there are many lines.
    fn lines(&self, advice: &Recommendation) -> Option<usize> {
        let strengths = advice.strengths.iter().map(|strength| &strength.line);
        let mut lines = strengths.chain(&advice.advise_against).chain(&advice.not_needed);
        let number = lines.by_ref().take(MOST_LINES).fold(0, |number, line| {
            3 * number
                + match self.situation.line(line) {
                    Truth::False => 0,
                    Truth::Unknown => 1,
                    Truth::True => 2,
                }
        });
        lines.next().is_none().then_some(number)
    }
}

/// What is written of recommendations with up to so many lines is kept.
const MOST_LINES: usize = 3;

impl<'a> RuleView<'a> {
    /// `eligibility.laro`, `recommend.naloxone`.
    #[must_use]
    #[inline]
    pub fn name(&self) -> &'a str {
        self.name
    }

    /// Its label.
    #[must_use]
    #[inline]
    pub fn label(&self) -> &'a Localized {
        &self.rule.label
    }

    /// The answer.
    #[must_use]
    #[inline]
    pub fn status(&self) -> RuleStatus {
        self.status
    }

    #[inline]
    fn advice(&self) -> Option<(&'a Recommendation, AdviceStatus)> {
        match (&self.rule.kind, self.status) {
            (RuleKind::Recommendation(advice), RuleStatus::Recommendation(status)) => Some((advice, status)),
            (_, _) => None,
        }
    }

    /// Of a recommendation: the strength of the first line that holds; `None` while an earlier line is unknown, or none holds.
    #[must_use]
    #[inline]
    pub fn strength(&self) -> Option<AdviceStrength> {
        self.line().map(|line| strength(line.strength))
    }

    #[inline]
    fn line(&self) -> Option<&'a StrengthLine> {
        match self.advice {
            Told::ByOneLine { line, decided, .. } => decided.then_some(line),
            Told::ByLines(advice, _) => self.outcome.situation.first_line(advice),
            Told::Otherwise => None,
        }
    }

    /// Of the same line.
    #[must_use]
    #[inline]
    pub fn priority(&self) -> Option<u32> {
        self.line()?.priority
    }

    /// What it says to people; empty where it says nothing of its own.
    #[must_use]
    #[inline]
    pub fn text(&self) -> &'a Localized {
        match self.advice {
            Told::ByOneLine { advice, .. } | Told::ByLines(advice, _) => &advice.text,
            Told::Otherwise => self.outcome.situation.said(self.rule, self.status),
        }
    }

    /// Why it may be believed: the grounds of the lines that decided, in their order, none twice. Never empty for a
    /// recommendation; those of an eligibility or a checklist are the grounds of all its lines.
    #[inline]
    pub fn grounds(&self) -> impl Iterator<Item = &'a Ground> {
        match self.advice {
            Told::ByOneLine { advice, line, decided } => Grounds::of_one_line(advice, line, decided),
            Told::ByLines(advice, status) => self.outcome.situation.grounds_of_lines(advice, status),
            Told::Otherwise => self.outcome.situation.rule_grounds(self.rule, self.status),
        }
    }

    /// The guideline that it comes from.
    #[must_use]
    pub fn layer(&self) -> &'a str {
        match self.advice() {
            Some((advice, status)) => self.outcome.situation.advice_layer(self.rule, advice, status),
            None => self.outcome.situation.layer_name(self.rule.place),
        }
    }
}

/// What was written of recommendations, by rule and by what its lines came to. Grows to the size of the texts that were
/// asked for; a changed copy of a guideline begins anew.
#[derive(Default)]
pub(super) struct Written {
    rules: Lazily<Lazily<OnceLock<Box<str>>>>,
}

/// Several of a kind, made when the first is asked for.
type Lazily<T> = OnceLock<Box<[T]>>;

impl Clone for Written {
    fn clone(&self) -> Written {
        Written::default()
    }
}

impl Written {
    fn place(
        &self,
        program: &crate::program::Program,
        rule: RuleIndex,
        lines: Option<usize>,
    ) -> Option<&OnceLock<Box<str>>> {
        let empty = |count: usize| (0..count).map(|_| OnceLock::new()).collect();
        let rules = self.rules.get_or_init(|| (0..program.rules.len()).map(|_| OnceLock::new()).collect());
        let count = match &program.rules.get(rule.0 as usize)?.kind {
            RuleKind::Recommendation(advice) => {
                advice.strengths.len() + advice.advise_against.len() + advice.not_needed.len()
            }
            RuleKind::Eligibility { .. }
            | RuleKind::Checklist { .. }
            | RuleKind::Task(_)
            | RuleKind::Parallel(_)
            | RuleKind::Schedule(_)
            | RuleKind::Score(_)
            | RuleKind::Proposal(_)
            | RuleKind::Indicator(_) => return None,
        };
        let lines = lines?;
        let combinations = 3_usize.checked_pow(u32::try_from(count).ok()?)?;
        rules.get(rule.0 as usize)?.get_or_init(|| empty(combinations)).get(lines)
    }
}

/// By rule of the program: its place among the guideline's own, in the order of the file.
pub(super) fn places(program: &crate::program::Program) -> Box<[u32]> {
    let mut places = vec![u32::MAX; program.rules.len()];
    for (index, place) in program.own_rules.iter().zip(0..) {
        if let Some(own) = places.get_mut(*index as usize) {
            *own = place;
        }
    }
    places.into()
}

/// What finding what is missing asks of the guideline on the date that was asked about last. A changed copy of a guideline
/// begins anew.
#[derive(Default)]
pub(super) struct KeptEssentials {
    last: Mutex<Option<(Date, Arc<Essentials>)>>,
}

impl Clone for KeptEssentials {
    fn clone(&self) -> KeptEssentials {
        KeptEssentials::default()
    }
}

impl Guideline {
    pub(super) fn missing<'s>(&self, situation: &'s Situation<'s>) -> Vec<explain::Wanted<'s>> {
        explain::missing(situation, self.essentials(situation))
    }

    /// `None` where the masks cannot tell what is missing, and no others are kept. What is kept is held for a look only; who
    /// finds it held by another makes its own.
    pub(super) fn essentials(&self, situation: &Situation<'_>) -> Option<Arc<Essentials>> {
        let kept = &self.inner.essentials.last;
        let of_date = |last: &(Date, Arc<Essentials>)| (last.0 == situation.as_of()).then(|| Arc::clone(&last.1));
        let found = kept.try_lock().ok().and_then(|last| last.as_ref().and_then(of_date));
        found.or_else(|| {
            explain::may_tell(situation).then(|| {
                let essentials = Arc::new(explain::essentials(situation.moment, &self.inner.sources));
                if let Ok(mut last) = kept.try_lock() {
                    *last = Some((situation.as_of(), Arc::clone(&essentials)));
                }
                essentials
            })
        })
    }
}
