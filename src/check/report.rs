//! Collects findings: where they are, and the nearest name while that is cheap.

use crate::diagnostic::codes::Code;
use crate::diagnostic::near::nearest;
use crate::diagnostic::{Diagnostic, Severity};
use crate::source::{FileId, Place, Source};
use crate::syntax::ast::Span;

/// Looking for the nearest name and for line numbers costs a walk; after so many findings nobody reads on.
const ENOUGH: u32 = 100;

/// What was found so far.
pub(super) struct Report<'a> {
    sources: &'a [Source],
    found: Vec<Diagnostic>,
    walks: u32,
    errors: usize,
    /// Something could not be built because of a mistake that was reported before.
    incomplete: bool,
}

impl<'a> Report<'a> {
    pub(super) fn new(sources: &'a [Source]) -> Report<'a> {
        Report { sources, found: Vec::new(), walks: 0, errors: 0, incomplete: false }
    }

    pub(super) fn add(&mut self, diagnostic: Diagnostic) {
        if diagnostic.code.severity == Severity::Error {
            self.errors += 1;
        }
        self.found.push(diagnostic);
    }

    /// Something is missing that the parser has reported already.
    pub(super) fn set_incomplete(&mut self) {
        self.incomplete = true;
    }

    pub(super) fn has_errors(&self) -> bool {
        self.errors > 0 || self.incomplete
    }

    /// How many errors there are: two equal counts mean that nothing went wrong in between.
    pub(super) fn errors(&self) -> usize {
        self.errors
    }

    /// The candidate that was meant, as a help.
    pub(super) fn did_you_mean<'n>(
        &mut self,
        name: &str,
        candidates: impl IntoIterator<Item = &'n str>,
    ) -> Option<String> {
        if !self.may_walk() {
            return None;
        }
        nearest(name, candidates).map(|near| format!("did you mean `{near}`?"))
    }

    /// The line of a place, from 1, while that is cheap.
    pub(super) fn line(&mut self, place: Place) -> Option<usize> {
        if !self.may_walk() {
            return None;
        }
        let (file, at) = self.sources.get(usize::from(place.file.0))?.file_at(place.start);
        Some(file.text().get(..at as usize)?.bytes().filter(|byte| *byte == b'\n').count() + 1)
    }

    /// ` on line 7`, or with the file's name when it is another, or nothing.
    pub(super) fn on_line(&mut self, place: Place, from: FileId) -> String {
        match (self.line(place), self.sources.get(usize::from(place.file.0))) {
            // In a text that was put together, a line says nothing without its file.
            (Some(line), Some(source)) if place.file != from || !source.parts().is_empty() => {
                format!(" on line {line} of {}", source.file_at(place.start).0.name())
            }
            (Some(line), Some(_)) => format!(" on line {line}"),
            (None, _) | (_, None) => String::new(),
        }
    }

    /// Whether a place lies in what the guideline adapts, not in its own file.
    pub(super) fn is_adapted(&self, place: Place) -> bool {
        let source = self.sources.get(usize::from(place.file.0));
        source.and_then(|source| source.parts().last()).is_some_and(|own| place.start < own.start)
    }

    /// Whether two places of one text lie in one file of it.
    pub(super) fn in_one_file(&self, one: Place, other: Place) -> bool {
        let part = |place: Place| {
            let source = self.sources.get(usize::from(place.file.0))?;
            source.part_at(place.start).map(|part| part.start)
        };
        part(one) == part(other)
    }

    /// The text at a place; empty where there is no source (an expression of its own).
    pub(super) fn text(&self, place: Place) -> &'a str {
        self.sources
            .get(usize::from(place.file.0))
            .and_then(|source| source.text().get(place.start as usize..place.end as usize))
            .unwrap_or("")
    }

    /// All findings, in the order of the files and of their text.
    pub(super) fn finish(mut self) -> Vec<Diagnostic> {
        self.found.sort_by_key(|finding| (finding.place, finding.code.id));
        self.found.dedup();
        self.found
    }

    /// Whether more than the bare message is still worth its cost.
    pub(super) fn is_generous(&self) -> bool {
        self.walks < ENOUGH
    }

    fn may_walk(&mut self) -> bool {
        self.walks += 1;
        self.walks <= ENOUGH
    }
}

/// A finding of `code` at a span of a file.
pub(super) fn finding(code: Code, file: FileId, span: Span, message: impl Into<String>) -> Diagnostic {
    Diagnostic::new(code, place(file, span), message)
}

/// A span with its file.
pub(super) fn place(file: FileId, span: Span) -> Place {
    Place { file, start: span.start, end: span.end }
}
