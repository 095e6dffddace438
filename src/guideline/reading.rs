//! Rule files read together: each is parsed once, and checked with those that it uses.

use crate::check;
use crate::code_lists::CodeLists;
use crate::diagnostic::{self, Diagnostic, Severity, codes};
use crate::error::Error;
use crate::ir;
use crate::limits::Limits;
use crate::source::{FileId, Place, Source};
use crate::syntax::ast::{self, CodesEntryKind, Declaration};
use crate::value::Date;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Files that serve each other, parsed.
pub(super) struct Reading {
    sources: Vec<Source>,
    files: Vec<ast::File>,
    /// By the guideline's name; several when files clash, or are versions.
    by_name: HashMap<Box<str>, Vec<usize>>,
    /// What parsing found, by file, located.
    found: Vec<Vec<Diagnostic>>,
}

/// One guideline with what it uses.
pub(super) struct Checked {
    /// Absent when there is an error in any of them.
    pub(super) guideline: Option<ir::Guideline>,
    /// The guideline's own first.
    pub(super) sources: Vec<Source>,
    /// Located, in the order of the files and their lines.
    pub(super) diagnostics: Vec<Diagnostic>,
    /// The code lists that were used, with their digests.
    pub(super) code_lists: BTreeMap<String, String>,
}

impl Reading {
    /// Files beyond the 65,536th are left out: `FileId` counts no further.
    pub(super) fn new(sources: impl IntoIterator<Item = Source>) -> Reading {
        let sources: Vec<Source> = sources.into_iter().take(usize::from(u16::MAX) + 1).collect();
        let (mut files, mut found, mut by_name) = (Vec::new(), Vec::new(), HashMap::<_, Vec<_>>::new());
        for (index, source) in sources.iter().enumerate() {
            let (file, mut diagnostics) = crate::syntax::parse(FileId(0), source.text());
            diagnostic::locate(&mut diagnostics, std::slice::from_ref(source));
            if let Some(guideline) = file.guideline() {
                by_name.entry(guideline.name.value.clone()).or_default().push(index);
            }
            files.push(file);
            found.push(diagnostics);
        }
        Reading { sources, files, by_name, found }
    }

    /// The same, unless the files are too large to be read.
    pub(super) fn within(sources: impl IntoIterator<Item = Source>, limits: &Limits) -> Result<Reading, Error> {
        let sources: Vec<Source> = sources.into_iter().collect();
        let bytes = sources.iter().fold(0_usize, |sum, source| sum.saturating_add(source.text().len()));
        let most = limits.rule_bytes;
        if bytes > most { Err(Error::TooLarge { bytes, most }) } else { Ok(Reading::new(sources)) }
    }

    /// The file itself, then those that it uses, directly or not, in the order in which they are named.
    fn with_used(&self, index: usize) -> Vec<usize> {
        let mut order = vec![index];
        let mut seen = BTreeSet::from([index]);
        let mut at = 0;
        while let Some(current) = order.get(at).copied() {
            at += 1;
            for name in self.files.get(current).into_iter().flat_map(uses) {
                for used in self.by_name.get(name).into_iter().flatten() {
                    if seen.insert(*used) {
                        order.push(*used);
                    }
                }
            }
        }
        order
    }

    /// Whether another of the files uses it: what seems unused in it may be used there.
    fn is_used(&self, index: usize) -> bool {
        let Some(own) = self.files.get(index).and_then(ast::File::guideline) else { return false };
        self.files
            .iter()
            .enumerate()
            .any(|(other, file)| other != index && uses(file).any(|name| *name == *own.name.value))
    }

    /// Checks the guideline of one file.
    pub(super) fn check(&mut self, index: usize, lists: &CodeLists) -> Checked {
        let order = self.with_used(index);
        let sources: Vec<Source> = order.iter().filter_map(|index| self.sources.get(*index).cloned()).collect();
        // The trees are lent to the checker, not copied: a file can be large.
        let mut files: Vec<ast::File> =
            order.iter().filter_map(|index| self.files.get_mut(*index).map(std::mem::take)).collect();
        let (guideline, mut checked) = check::check(&sources, &files, lists);
        let code_lists = lists_named(&files).filter_map(|name| Some((name.to_owned(), lists.digest(name)?))).collect();
        for (index, file) in order.iter().zip(files.drain(..)) {
            if let Some(home) = self.files.get_mut(*index) {
                *home = file;
            }
        }
        if self.is_used(index) {
            checked.retain(|finding| !check::says_unused(finding));
        }
        diagnostic::locate(&mut checked, &sources);
        let parsed = order.iter().filter_map(|index| self.found.get(*index)).flatten().cloned();
        let diagnostics = in_order(parsed.chain(checked), &sources);
        let guideline = guideline.filter(|_| !has_errors(&diagnostics));
        Checked { guideline, sources, diagnostics, code_lists }
    }
}

impl Reading {
    /// Of the first `count` files, those that have a name that a file before them has, too, and are in force on a day on
    /// which that one is.
    pub(super) fn clashes(&self, count: usize) -> Vec<Diagnostic> {
        let mut clashes = Vec::new();
        for (name, indices) in &self.by_name {
            let headers: Vec<(usize, &ast::Guideline)> = indices
                .iter()
                .filter(|index| **index < count)
                .filter_map(|index| Some((*index, self.files.get(*index)?.guideline()?)))
                .collect();
            for (at, (index, header)) in headers.iter().enumerate() {
                let mut before = headers.iter().take(at);
                let Some((other, _)) = before.find(|(_, other)| overlap(in_force(other), in_force(header))) else {
                    continue;
                };
                let (Some(source), Some(other)) = (self.sources.get(*index), self.sources.get(*other)) else {
                    continue;
                };
                let place = Place { file: FileId(0), start: header.name.span.start, end: header.name.span.end };
                let message = format!("`{name}` is also in {}, in force on the same days", other.name());
                let help = "give them different names, or end the older version before the newer begins";
                let mut clash = Diagnostic::new(codes::TWO_OF_ONE_NAME, place, message).help(help);
                diagnostic::locate(std::slice::from_mut(&mut clash), std::slice::from_ref(source));
                clashes.push(clash);
            }
        }
        clashes
    }
}

/// The first and last day of a header, widest where it does not say or does not say it well.
fn in_force(header: &ast::Guideline) -> (Date, Date) {
    let day = |day: &ast::DayLiteral| Date::from_ymd(day.year, day.month, day.day);
    let Some((from, through)) = header.in_force() else { return (Date::MIN, Date::MAX) };
    let last = through.and_then(|through| day(&through.value));
    (day(&from.value).unwrap_or(Date::MIN), last.unwrap_or(Date::MAX))
}

fn overlap(one: (Date, Date), other: (Date, Date)) -> bool {
    one.0 <= other.1 && other.0 <= one.1
}

pub(super) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}

/// By file and line; what is said twice of one place is said once.
pub(super) fn in_order(diagnostics: impl IntoIterator<Item = Diagnostic>, sources: &[Source]) -> Vec<Diagnostic> {
    let mut places: HashMap<&str, usize> = HashMap::new();
    for (index, source) in sources.iter().enumerate() {
        places.entry(source.name()).or_insert(index);
    }
    let mut diagnostics: Vec<Diagnostic> = diagnostics.into_iter().collect();
    diagnostics.sort_by_cached_key(|diagnostic| {
        let location = diagnostic.location();
        let file = places.get(location.file.as_str()).copied().unwrap_or(usize::MAX);
        (file, location.line, location.column, diagnostic.code())
    });
    let mut said = BTreeSet::new();
    diagnostics.retain(|diagnostic| {
        let location = diagnostic.location();
        let place = (location.file.clone(), location.line, location.column);
        said.insert((place, diagnostic.code(), diagnostic.message().to_owned()))
    });
    diagnostics
}

fn uses(file: &ast::File) -> impl Iterator<Item = &str> {
    file.guideline().into_iter().flat_map(ast::Guideline::uses).map(|name| &*name.value)
}

/// The code lists that the caller is to supply.
fn lists_named(files: &[ast::File]) -> impl Iterator<Item = &str> {
    let entries = files.iter().flat_map(|file| &file.items).flat_map(|item| {
        if let Declaration::Codes(codes) = &item.declaration { codes.entries.as_slice() } else { &[] }
    });
    entries.filter_map(|entry| if let CodesEntryKind::List(name) = &entry.kind { Some(&*name.value) } else { None })
}
