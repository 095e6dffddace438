//! Rule files read together: each is parsed once, and checked with those that it uses.

use super::versions::{Combination, Days, Gap, Stretches};
use crate::check::{self, Composed, Removed};
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
    pub(super) sources: Vec<Source>,
    pub(super) files: Vec<ast::File>,
    /// By the guideline's name; several when files clash, or are versions.
    pub(super) by_name: HashMap<Box<str>, Vec<usize>>,
    /// What parsing found, by file, located.
    found: Vec<Vec<Diagnostic>>,
}

/// One guideline with what it rests on.
pub(super) struct Checked {
    /// In the order of their days; none when there is an error in any of them.
    pub(super) combinations: Vec<CheckedCombination>,
    /// Days on which something that it rests on is not in force.
    pub(super) gaps: Vec<Gap>,
    /// Located, in the order of the files and their lines.
    pub(super) diagnostics: Vec<Diagnostic>,
}

/// One guideline with the versions that serve it on some days.
pub(super) struct CheckedCombination {
    pub(super) meant: ir::Guideline,
    /// The guideline's own first.
    pub(super) sources: Vec<Source>,
    /// The code lists that were used, with their digests.
    pub(super) code_lists: BTreeMap<String, String>,
    pub(super) days: Days,
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

    /// Whether another of the files rests on it: what seems unused in it may be used there.
    fn is_used(&self, index: usize) -> bool {
        let Some(own) = self.files.get(index).and_then(ast::File::guideline) else { return false };
        let others = self.files.iter().enumerate().filter(|(other, _)| *other != index);
        others
            .filter_map(|(_, file)| file.guideline())
            .flat_map(ast::Guideline::rests_on)
            .any(|reference| reference.name == own.name)
    }

    /// Checks the guideline of one file in every combination of versions that it rests on.
    pub(super) fn check(&mut self, index: usize, lists: &CodeLists) -> Checked {
        let Stretches { combinations, gaps, found } = self.stretches(index);
        let mut checked = Checked { combinations: Vec::new(), gaps, diagnostics: found };
        checked.diagnostics.extend(self.found.get(index).into_iter().flatten().cloned());
        for combination in combinations {
            let (meant, found) = self.check_one(index, &combination, lists);
            checked.diagnostics.extend(found);
            checked.combinations.extend(meant);
        }
        checked.diagnostics = in_order(checked.diagnostics, &self.sources);
        self.leave_out_allowed(&mut checked.diagnostics);
        if has_errors(&checked.diagnostics) {
            checked.combinations.clear();
        }
        checked
    }

    /// Findings that a file allows by name, of those about that file.
    fn leave_out_allowed(&self, diagnostics: &mut Vec<Diagnostic>) {
        let mut allowed: BTreeSet<(&str, &str)> = BTreeSet::new();
        for (source, file) in self.sources.iter().zip(&self.files) {
            let names = file.guideline().into_iter().flat_map(ast::Guideline::allows);
            allowed.extend(names.map(|name| (source.name(), &*name.value)));
        }
        diagnostics.retain(|finding| {
            finding.severity() == Severity::Error
                || !allowed.contains(&(finding.location().file.as_str(), finding.code.title))
        });
    }

    fn check_one(
        &mut self,
        index: usize,
        combination: &Combination,
        lists: &CodeLists,
    ) -> (Option<CheckedCombination>, Vec<Diagnostic>) {
        let mut sources = Vec::with_capacity(combination.units.len());
        let mut files = Vec::with_capacity(combination.units.len());
        let mut removed = Vec::new();
        let mut parsed = Vec::new();
        for (unit, file) in combination.units.iter().zip(0..) {
            parsed.extend(unit.iter().filter_map(|index| self.found.get(*index)).flatten().cloned());
            match unit.as_slice() {
                [only] => {
                    sources.extend(self.sources.get(*only).cloned());
                    // The trees are lent to the checker, not copied: a file can be large.
                    files.extend(self.files.get_mut(*only).map(std::mem::take));
                }
                parts => {
                    let named = |part: &usize| {
                        let guideline = self.files.get(*part)?.guideline()?;
                        Some((guideline.name.value.clone(), self.sources.get(*part)?.clone()))
                    };
                    let whole = Source::joined(parts.iter().filter_map(named).collect());
                    // What is wrong with each file was found when it was read alone.
                    let (read, _) = crate::syntax::parse(FileId(0), whole.text());
                    let Composed { file: composed, mut found, removed: gone } = check::compose(&whole, read);
                    diagnostic::locate(&mut found, std::slice::from_ref(&whole));
                    parsed.extend(found);
                    removed.push((FileId(file), gone));
                    files.push(composed);
                    sources.push(whole);
                }
            }
        }
        let (meant, mut checked) = check::check(&sources, &files, lists);
        for (file, gone) in &removed {
            if let Some(whole) = sources.get(usize::from(file.0)) {
                Removed::explain(gone, whole, *file, &mut checked);
            }
        }
        let code_lists = lists_named(&files).filter_map(|name| Some((name.to_owned(), lists.digest(name)?))).collect();
        for (unit, file) in combination.units.iter().zip(files) {
            if let [only] = unit.as_slice()
                && let Some(home) = self.files.get_mut(*only)
            {
                *home = file;
            }
        }
        if self.is_used(index) {
            checked.retain(|finding| !check::says_unused(finding));
        }
        diagnostic::locate(&mut checked, &sources);
        parsed.extend(checked);
        let meant = meant.map(|meant| CheckedCombination { meant, sources, code_lists, days: combination.days });
        (meant, parsed)
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
pub(super) fn in_force(header: &ast::Guideline) -> (Date, Date) {
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

/// The code lists that the caller is to supply.
fn lists_named(files: &[ast::File]) -> impl Iterator<Item = &str> {
    let entries = files.iter().flat_map(|file| &file.items).flat_map(|item| {
        if let Declaration::Codes(codes) = &item.declaration { codes.entries.as_slice() } else { &[] }
    });
    entries.filter_map(|entry| if let CodesEntryKind::List(name) = &entry.kind { Some(&*name.value) } else { None })
}
