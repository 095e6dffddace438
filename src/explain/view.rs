//! Why a rule came out as it did, borrowed: words from the guideline, values from the facts. One list holds all conditions,
//! each before those that decided it.

use super::{Finding, Reason};
use crate::ground::Ground;
use crate::language::Localized;
use crate::outcome::{Answer, CriterionStatus, FilePlace, Known, RuleStatus, ThingName};
use crate::source::Spot;
use crate::value::{FactValue, Truth};
use std::borrow::Cow;

/// Why a rule came out as it did: what a [`Reason`] says, borrowed from the guideline and the facts. For showing many
/// patients; [`ReasonView::to_reason`] gives the plain data.
///
/// ```
/// # use riktlinje::{Guideline, Language, ReasonView, Source, Trace};
/// # let text = "guideline a.b\n    language 1\n    title en \"A\"\n    version 1.0.0\n    status draft\n    about patient\n\
/// #   fact smokes: yes/no\n    label en \"Smokes\"\n    question en \"Smokes?\"\n\
/// #   recommend advice\n    label en \"Advice\"\n    our interpretation \"an example\"\n    should when smokes\n    text en \"Stop.\"\n";
/// fn print(reason: ReasonView<'_>, level: usize) {
///     let name = reason.label().get(Language::English).unwrap_or(reason.text());
///     println!("{:level$}{name}: {:?}", "", reason.value());
///     for below in reason.because() {
///         print(below, level + 2);
///     }
/// }
///
/// let guideline = Guideline::compile([Source::new("advice.guide", text)])?;
/// let facts = guideline.facts_from_yaml("smokes: yes")?;
/// let (bound, mut trace) = (guideline.bind(&facts), Trace::default());
/// let on_date = guideline.on("2026-11-22".parse().unwrap())?;
/// on_date.evaluate(&bound, &mut trace);
/// let outcome = on_date.outcome(&facts, &bound, &trace);
/// print(outcome.why("advice")?.reason(), 0);
/// # Ok::<(), riktlinje::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Why<'a> {
    nodes: Vec<Node<'a>>,
    /// The names that neither the guideline nor the facts have: `diagnoses[0].code`.
    names: String,
}

/// One condition of a [`Why`], with those that decided it; as [`Reason`], borrowed.
#[derive(Debug, Clone, Copy)]
pub struct ReasonView<'w> {
    node: &'w Node<'w>,
    /// Those below it, each before its own.
    below: &'w [Node<'w>],
    names: &'w str,
}

#[derive(Debug, Clone)]
pub(super) struct Node<'a> {
    pub(super) text: Words<'a>,
    pub(super) label: Cow<'a, Localized>,
    pub(super) found: Found<'a>,
    pub(super) fact: Option<Words<'a>>,
    pub(super) place: Option<Spot<'a>>,
    pub(super) grounds: &'a [Ground],
    /// How many follow it that are below it.
    pub(super) below: usize,
}

/// A text of the guideline, or a stretch of the names of a [`Why`].
#[derive(Debug, Clone, Copy)]
pub(super) enum Words<'a> {
    Lent(&'a str),
    Named(u32, u32),
}

/// What a node of a reason came to.
#[derive(Debug, Clone)]
pub(super) enum Found<'a> {
    Rule(RuleStatus),
    Criterion(CriterionStatus),
    Truth(Truth),
    /// Of a fact or parameter.
    Known(Known<'a>),
    /// What was worked out.
    Answer(Box<Answer>),
}

pub(super) static NO_LABEL: Localized = Localized { sv: None, en: None };

impl<'a> Node<'a> {
    pub(super) fn new(text: Words<'a>, found: Found<'a>) -> Node<'a> {
        Node { text, label: Cow::Borrowed(&NO_LABEL), found, fact: None, place: None, grounds: &[], below: 0 }
    }
}

/// A node to which those below it are being added.
#[derive(Debug, Clone, Copy)]
pub(super) struct Open(usize);

/// What becomes known of a condition while those below it are added: the only fact that it looks at, and its label.
#[derive(Debug, Default)]
pub(super) struct About<'a> {
    pub(super) fact: Option<Words<'a>>,
    pub(super) label: Option<&'a Localized>,
}

impl<'a> Why<'a> {
    pub(super) fn new() -> Why<'a> {
        Why { nodes: Vec::with_capacity(USUAL), names: String::with_capacity(USUAL_NAMES) }
    }

    /// The rule: what it came to, and what decided that.
    #[must_use]
    pub fn reason(&self) -> ReasonView<'_> {
        self.at(0)
    }

    fn at(&self, at: usize) -> ReasonView<'_> {
        let names = &self.names;
        match self.nodes.get(at..).and_then(<[_]>::split_first) {
            Some((node, rest)) => ReasonView { node, below: rest.get(..node.below).unwrap_or(rest), names },
            // INVARIANT: there is a node for the rule.
            None => ReasonView { node: &NOTHING, below: &[], names },
        }
    }

    /// Adds a node; what is added until it is closed is below it.
    pub(super) fn open(&mut self, node: Node<'a>) -> Open {
        self.nodes.push(node);
        Open(self.nodes.len() - 1)
    }

    pub(super) fn close(&mut self, Open(at): Open) {
        self.close_about(Open(at), About::default());
    }

    pub(super) fn close_about(&mut self, Open(at): Open, about: About<'a>) {
        let below = self.nodes.len() - at - 1;
        if let Some(node) = self.nodes.get_mut(at) {
            node.below = below;
            node.fact = about.fact;
            if let Some(label) = about.label {
                node.label = Cow::Borrowed(label);
            }
        }
    }

    /// Where the next node will stand.
    pub(super) fn next(&self) -> usize {
        self.nodes.len()
    }

    /// Of the nodes from `kept` on that are below none of the others, leaves out those that say what an earlier one says.
    /// There is none twice before `new`.
    pub(super) fn without_doubles(&mut self, kept: usize, new: usize) {
        let mut at = new;
        while let Some(node) = self.nodes.get(at) {
            let after = at + 1 + node.below;
            let (this, mut earlier) = (self.at(at), kept);
            let is_double = std::iter::from_fn(|| {
                let other = (earlier < at).then(|| self.at(earlier))?;
                earlier += 1 + other.below.len();
                Some(other)
            })
            .any(|other| other == this);
            if is_double {
                self.nodes.drain(at..after);
            } else {
                at = after;
            }
        }
    }

    /// Of the nodes from one on that are below none of the others, keeps what is below the last.
    pub(super) fn keep_below_last(&mut self, from: usize) {
        let (mut at, mut last) = (from, from);
        while let Some(node) = self.nodes.get(at) {
            last = at;
            at += 1 + node.below;
        }
        self.nodes.drain(from..(last + 1).min(self.nodes.len()));
    }

    /// Leaves out all nodes from one on.
    pub(super) fn forget(&mut self, from: usize) {
        self.nodes.truncate(from);
    }

    pub(super) fn name(&mut self, name: ThingName<'a>) -> Words<'a> {
        if let ThingName { fact, record: None, field: None } = name {
            return Words::Lent(fact);
        }
        let start = self.names.len();
        name.write(&mut self.names);
        self.named_from(start)
    }

    pub(super) fn say(&mut self, text: &str) -> Words<'a> {
        let start = self.names.len();
        self.names.push_str(text);
        self.named_from(start)
    }

    fn named_from(&self, start: usize) -> Words<'a> {
        // Past 4 GiB of names nothing is said any more.
        let place = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        Words::Named(place(start), place(self.names.len()))
    }
}

/// Most reasons have no more nodes.
const USUAL: usize = 64;
/// Nor more bytes of names.
const USUAL_NAMES: usize = 512;

static NOTHING: Node<'static> = Node {
    text: Words::Lent(""),
    label: Cow::Borrowed(&NO_LABEL),
    found: Found::Truth(Truth::Unknown),
    fact: None,
    place: None,
    grounds: &[],
    below: 0,
};

impl<'w> ReasonView<'w> {
    fn words(&self, words: Words<'w>) -> &'w str {
        match words {
            Words::Lent(text) => text,
            Words::Named(start, end) => self.names.get(start as usize..end as usize).unwrap_or_default(),
        }
    }

    /// The condition as written; at the top the rule's name, below it the names of its lines; a record of a list is
    /// `diagnoses[0]`, counted from 0.
    #[must_use]
    pub fn text(&self) -> &'w str {
        self.words(self.node.text)
    }

    /// What people call it; empty where it has no label.
    #[must_use]
    pub fn label(&self) -> &'w Localized {
        &self.node.label
    }

    /// What it came to.
    #[must_use]
    pub fn value(&self) -> Finding {
        match &self.node.found {
            Found::Rule(status) => Finding::Rule(*status),
            Found::Criterion(status) => Finding::Criterion(*status),
            Found::Truth(truth) => Finding::Answer(answer(*truth)),
            Found::Known(known) => Finding::Answer(known.answer()),
            Found::Answer(answer) => Finding::Answer((**answer).clone()),
        }
    }

    /// The fact that it is, or the only one that it looks at.
    #[must_use]
    pub fn fact(&self) -> Option<&'w str> {
        self.node.fact.map(|fact| self.words(fact))
    }

    /// Where it is written: the file's name, and the line from 1.
    #[must_use]
    pub fn place(&self) -> Option<(&'w str, u32)> {
        self.node.place.map(Spot::file_and_line)
    }

    /// Of a line of a rule, a definition or a parameter: why it may be believed. Else empty.
    #[must_use]
    pub fn grounds(&self) -> &'w [Ground] {
        self.node.grounds
    }

    /// What decided it, in the order written.
    pub fn because(&self) -> impl Iterator<Item = ReasonView<'w>> + use<'w> {
        let ReasonView { below: mut rest, names, .. } = *self;
        std::iter::from_fn(move || {
            let (node, after) = rest.split_first()?;
            let (below, after) = after.split_at_checked(node.below)?;
            rest = after;
            Some(ReasonView { node, below, names })
        })
    }

    /// The same as plain data.
    #[must_use]
    pub fn to_reason(&self) -> Reason {
        Reason {
            text: self.text().to_owned(),
            label: self.label().clone(),
            value: self.value(),
            fact: self.fact().map(str::to_owned),
            place: self.place().map(|(file, line)| FilePlace { file: file.to_owned(), line }),
            grounds: self.grounds().to_vec(),
            because: self.because().map(|below| below.to_reason()).collect(),
        }
    }
}

/// Whether they say the same.
impl PartialEq for ReasonView<'_> {
    fn eq(&self, other: &ReasonView<'_>) -> bool {
        self.text() == other.text()
            && self.label() == other.label()
            && self.fact() == other.fact()
            && self.place() == other.place()
            && self.value() == other.value()
            && self.grounds() == other.grounds()
            && self.because().eq(other.because())
    }
}

pub(super) fn answer(truth: Truth) -> Answer {
    match truth {
        Truth::True => Answer::Known(FactValue::Truth(true)),
        Truth::False => Answer::Known(FactValue::Truth(false)),
        Truth::Unknown => Answer::Unknown,
    }
}
