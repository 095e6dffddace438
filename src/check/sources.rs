//! Sources and the grounds that rest on them.

use super::headers::{day, one_of_words};
use super::labels::{Purpose, Wording, localized};
use super::lints;
use super::names::{Declared, Scope, SourceId, World};
use super::report::{Report, finding};
use crate::diagnostic::codes;
use crate::ground::{Certainty, Citation, Ground, SourceKind};
use crate::language::{FreeText, Language, Localized};
use crate::source::FileId;
use crate::syntax::ast::{self, GroundKind, Name, SourceClauseKind, Span};

/// What a source says about itself.
#[derive(Debug, Clone)]
pub(super) struct SourceFacts {
    kind: SourceKind,
    title: Localized,
    publisher: Option<Box<str>>,
    certainty: Certainty,
    url: Option<Box<str>>,
}

/// Understands one source; what is missing is reported.
pub(super) fn source<'a>(source: &'a ast::Source, wording: Wording, report: &mut Report<'a>) -> SourceFacts {
    let file = wording.file;
    let mut kind = None;
    let mut certainty = None;
    let mut found = SourceFacts {
        kind: SourceKind::Article,
        title: Localized::default(),
        publisher: None,
        certainty: Certainty::Unchecked,
        url: None,
    };
    let mut said: Vec<&'static str> = Vec::new();
    for clause in &source.clauses {
        let word = match &clause.kind {
            SourceClauseKind::Kind(name) => {
                let words = SourceKind::ALL.map(|(kind, word)| (word, kind));
                kind = Some(one_of_words(name, "kind of source", &words, file, report));
                "kind"
            }
            SourceClauseKind::Title(title) => {
                found.title = wording.read(title, Purpose::Title, &source.name, report);
                "title"
            }
            SourceClauseKind::Publisher(text) => {
                found.publisher = Some(text.value.clone());
                "publisher"
            }
            SourceClauseKind::Certainty(name) => {
                let words = Certainty::ALL.map(|(certainty, word)| (word, certainty));
                certainty = Some(one_of_words(name, "certainty", &words, file, report));
                "certainty"
            }
            SourceClauseKind::Url(text) => {
                found.url = Some(text.value.clone());
                "url"
            }
            SourceClauseKind::Edition(_) => "edition",
            SourceClauseKind::Seen(date) => {
                day(date, report);
                "seen"
            }
        };
        if said.contains(&word) {
            report.add(finding(codes::SAID_TWICE, file, clause.span, format!("`{word}` is said twice")));
        }
        said.push(word);
    }
    let missing = [
        (
            "kind",
            "write `kind` and one of RMR, VIP, national_guideline, regulation, law, local, article, instrument, product_label",
        ),
        ("title", "write `title sv \"…\" en \"…\"`"),
        ("certainty", "write `certainty` and one of seen, authority, second_hand, unchecked"),
    ];
    for (word, help) in missing.iter().filter(|(word, _)| !said.contains(word)) {
        let message = format!("the source `{}` does not state its {word}", source.name.value);
        report.add(finding(codes::SOURCE_INCOMPLETE, file, source.name.span, message).help(*help));
    }
    found.kind = kind.flatten().unwrap_or(found.kind);
    found.certainty = certainty.flatten().unwrap_or(found.certainty);
    found
}

/// Reads grounds in one file.
pub(super) struct Grounds<'s, 'a> {
    pub(super) sources: &'s [SourceFacts],
    pub(super) scope: &'s Scope<'a>,
    pub(super) file: FileId,
}

impl<'a> Grounds<'_, 'a> {
    /// All that could be understood.
    pub(super) fn read(
        &self,
        grounds: &'a [ast::Ground],
        world: &mut World<'a>,
        report: &mut Report<'a>,
    ) -> Vec<Ground> {
        grounds.iter().filter_map(|ground| self.ground(ground, world, report)).collect()
    }

    /// Its own grounds, else those of what it is part of; reports when there are none at all.
    pub(super) fn own_or(
        &self,
        own: &'a [ast::Ground],
        inherited: &[Ground],
        inherited_written: usize,
        of: (&str, Span),
        world: &mut World<'a>,
        report: &mut Report<'a>,
    ) -> Vec<Ground> {
        if own.is_empty() {
            if inherited_written == 0 {
                self.missing(of.0, of.1, report);
            }
            return inherited.to_vec();
        }
        self.read(own, world, report)
    }

    /// Nothing says why.
    pub(super) fn missing(&self, what: &str, span: Span, report: &mut Report<'a>) {
        let found = finding(codes::NO_GROUND, self.file, span, format!("{what} has no ground"));
        report
            .add(found.help(
                "add `cite SOURCE, \"where\"`, `our interpretation \"why\"` or `decided by \"who\", 2026-03-01`",
            ));
    }

    fn ground(&self, ground: &'a ast::Ground, world: &mut World<'a>, report: &mut Report<'a>) -> Option<Ground> {
        match &ground.kind {
            GroundKind::Cite { source, reported_by, locator } => {
                let facts = self.source(source, world, report);
                let reporter = reported_by.as_ref().map(|name| (name, self.source(name, world, report)));
                let facts = facts?;
                let certainty = match &reporter {
                    Some((_, reporter)) => (*reporter)?.certainty.max(Certainty::Authority),
                    None => facts.certainty,
                };
                Some(Ground::Citation(Box::new(Citation {
                    source: source.value.clone(),
                    kind: facts.kind,
                    title: facts.title.clone(),
                    publisher: facts.publisher.clone(),
                    locator: locator.as_ref().map(|text| text.value.clone()),
                    reported_by: reporter.map(|(name, _)| name.value.clone()),
                    reported_title: reporter
                        .and_then(|(_, facts)| facts)
                        .map(|facts| facts.title.clone())
                        .unwrap_or_default(),
                    certainty,
                    url: facts.url.clone(),
                })))
            }
            GroundKind::Interpretation { why } => Some(Ground::Interpretation { why: self.free_text(why, report) }),
            GroundKind::Decision { by, on } => Some(Ground::Decision { by: by.value.clone(), on: day(on, report)? }),
        }
    }

    fn free_text(&self, text: &ast::FreeText, report: &mut Report<'a>) -> FreeText {
        match text {
            ast::FreeText::Plain(text) => FreeText::Plain(text.value.clone()),
            ast::FreeText::Localized(texts) => {
                for text in texts.iter().filter(|text| &*text.language.value == Language::Swedish.tag()) {
                    lints::stigmatising_word::look(&text.text, self.file, report);
                }
                FreeText::Localized(localized(texts, self.file, report))
            }
        }
    }

    fn source(&self, name: &'a Name, world: &mut World<'a>, report: &mut Report<'a>) -> Option<&SourceFacts> {
        let declared =
            self.scope.look_up(name, self.file, "a source", |what| matches!(what, Declared::Source(_)), report)?;
        let Declared::Source(SourceId(id)) = declared else { return None };
        world.sources_used.insert(SourceId(id));
        self.sources.get(id as usize)
    }
}
