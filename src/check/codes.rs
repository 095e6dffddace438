//! Sets of codes: entries, exceptions, other sets, lists that the caller supplies.

use super::names::{Declared, Scope};
use super::order::order;
use super::report::{Report, finding};
use crate::code_lists::CodeLists;
use crate::diagnostic::codes;
use crate::ir::NamedCodeSet;
use crate::source::FileId;
use crate::syntax::ast::{self, CodeSelector, CodesEntryKind, Name};
use crate::value::{Code, CodeSet, System};

/// A declaration with what is needed to understand it.
pub(super) struct DeclaredCodes<'a> {
    pub(super) ast: &'a ast::Codes,
    pub(super) file: FileId,
    /// Index of the loaded file.
    pub(super) layer: usize,
}

/// A system by its name.
pub(super) fn system(name: &Name, file: FileId, report: &mut Report<'_>) -> Option<System> {
    if let Some(system) = System::from_name(&name.value) {
        return Some(system);
    }
    let names = System::ALL.map(System::name);
    let lower = name.value.to_lowercase();
    let near = names
        .iter()
        .find(|known| known.to_lowercase() == lower)
        .map(|known| format!("did you mean `{known}`?"))
        .or_else(|| report.did_you_mean(&name.value, names));
    let help = near.unwrap_or_else(|| format!("the systems are {}", names.join(", ")));
    let message = format!("there is no code system `{}`", name.value);
    report.add(finding(codes::UNKNOWN_SYSTEM, file, name.span, message).help(help));
    None
}

/// `F10-F19`, both ends included.
pub(super) fn range(system: System, from: &Name, to: &Name, file: FileId, report: &mut Report<'_>) -> Option<CodeSet> {
    let first = code(system, from, file, report);
    let last = code(system, to, file, report);
    let (first, last) = (first?, last?);
    let found = CodeSet::of_range(&first, &last);
    if found.is_none() {
        let message = format!("no code lies between `{}` and `{}`", from.value, to.value);
        report.add(finding(codes::ENDS_REVERSED, file, from.span, message).help("write the lower end first"));
    }
    found
}

fn code(system: System, name: &Name, file: FileId, report: &mut Report<'_>) -> Option<Code> {
    match Code::new(system, &name.value) {
        Ok(code) => Some(code),
        Err(error) => {
            report.add(
                finding(codes::MALFORMED_CODE, file, name.span, format!("`{}` is {error}", name.value))
                    .help(format!("write a code of {}", system.name())),
            );
            None
        }
    }
}

/// All sets, in the order declared; each is understood after those that it includes.
pub(super) fn resolve<'a>(
    declared: &[DeclaredCodes<'a>],
    scopes: &[Scope<'a>],
    lists: &CodeLists,
    report: &mut Report<'a>,
) -> Vec<NamedCodeSet> {
    let mut resolver = Resolver { scopes, lists, done: vec![None; declared.len()] };
    let needs: Vec<Vec<usize>> = declared.iter().map(|codes| resolver.includes(codes)).collect();
    let found = order(&needs);
    for ring in &found.rings {
        let names: Vec<&str> =
            ring.iter().filter_map(|at| declared.get(*at)).map(|codes| &*codes.ast.name.value).collect();
        if let Some(first) = ring.first().and_then(|at| declared.get(*at)) {
            let message =
                format!("sets of codes include each other in a ring: {} → {}", names.join(" → "), first.ast.name.value);
            let found = finding(codes::RING_OF_CODES, first.file, first.ast.name.span, message);
            report.add(found.help("let one of them name its codes itself"));
        }
    }
    for at in found.sorted {
        if let Some(codes) = declared.get(at) {
            let set = resolver.set(codes, report);
            if let Some(slot) = resolver.done.get_mut(at) {
                *slot = Some(set);
            }
        }
    }
    let empty = |codes: &DeclaredCodes<'_>| NamedCodeSet {
        name: Some(codes.ast.name.value.clone()),
        codes: CodeSet::empty(System::Icd10Se),
        lists_not_supplied: Vec::new(),
    };
    resolver.done.into_iter().zip(declared).map(|(set, codes)| set.unwrap_or_else(|| empty(codes))).collect()
}

struct Resolver<'s, 'a> {
    scopes: &'s [Scope<'a>],
    lists: &'s CodeLists,
    done: Vec<Option<NamedCodeSet>>,
}

/// Codes, and lists that would add to them.
#[derive(Debug)]
struct Part {
    codes: CodeSet,
    not_supplied: Vec<Box<str>>,
}

impl<'a> Resolver<'_, 'a> {
    fn find(&self, name: &str, layer: usize) -> Option<Declared> {
        self.scopes.get(layer)?.find(name).map(|entry| entry.what)
    }

    /// Indices of the sets that a set includes.
    fn includes(&self, codes: &DeclaredCodes<'a>) -> Vec<usize> {
        let mut found = Vec::new();
        for entry in &codes.ast.entries {
            let CodesEntryKind::Codes { include, except } = &entry.kind else { continue };
            for selector in std::iter::once(include).chain(except) {
                if let CodeSelector::Include(name) = selector
                    && let Some(Declared::CodeSet(id)) = self.find(&name.value, codes.layer)
                {
                    found.push(id.0 as usize);
                }
            }
        }
        found
    }

    fn set(&self, codes: &DeclaredCodes<'a>, report: &mut Report<'a>) -> NamedCodeSet {
        let name = Some(codes.ast.name.value.clone());
        let Some(system) = system(&codes.ast.system, codes.file, report) else {
            // Any system will do: an error was reported, so nobody reads it.
            return NamedCodeSet { name, codes: CodeSet::empty(System::Icd10Se), lists_not_supplied: Vec::new() };
        };
        if codes.ast.entries.is_empty() {
            let message = format!("the set `{}` has no codes", codes.ast.name.value);
            let found = finding(codes::NO_LINES, codes.file, codes.ast.name.span, message);
            report.add(found.help("write one code a line, or `list \"name\"` for a list that the caller supplies"));
        }
        let mut parts = Vec::with_capacity(codes.ast.entries.len());
        let mut lists_not_supplied: Vec<Box<str>> = Vec::new();
        for entry in &codes.ast.entries {
            let part = self.entry(entry, system, codes, report);
            for list in part.not_supplied {
                if !lists_not_supplied.contains(&list) {
                    lists_not_supplied.push(list);
                }
            }
            parts.push(part.codes);
        }
        NamedCodeSet { name, codes: union_of(parts, system), lists_not_supplied }
    }

    fn entry(
        &self,
        entry: &'a ast::CodesEntry,
        system: System,
        codes: &DeclaredCodes<'a>,
        report: &mut Report<'a>,
    ) -> Part {
        match &entry.kind {
            CodesEntryKind::List(name) => match self.lists.get(&name.value, system) {
                Some(codes) => Part { codes, not_supplied: Vec::new() },
                None => Part { codes: CodeSet::empty(system), not_supplied: vec![name.value.clone()] },
            },
            CodesEntryKind::Codes { include, except } => {
                let mut part = self.selected(include, system, codes, report);
                let left_out: Vec<Part> =
                    except.iter().map(|selector| self.selected(selector, system, codes, report)).collect();
                let lacking: Vec<Box<str>> = left_out.iter().flat_map(|part| part.not_supplied.clone()).collect();
                if !lacking.is_empty() {
                    // What is left out is not known, so nothing of this entry is.
                    part.codes = CodeSet::empty(system);
                    part.not_supplied.extend(lacking);
                }
                let left_out = union_of(left_out.into_iter().map(|part| part.codes).collect(), system);
                Part { codes: part.codes.without(&left_out), not_supplied: part.not_supplied }
            }
        }
    }

    fn selected(
        &self,
        selector: &'a CodeSelector,
        system: System,
        codes: &DeclaredCodes<'a>,
        report: &mut Report<'a>,
    ) -> Part {
        let file = codes.file;
        let found = match selector {
            CodeSelector::Code(name) => code(system, name, file, report).map(|code| CodeSet::of_code(&code)),
            CodeSelector::Range(from, to) => range(system, from, to, file, report),
            CodeSelector::Include(name) => return self.included(name, system, codes, report),
        };
        Part { codes: found.unwrap_or_else(|| CodeSet::empty(system)), not_supplied: Vec::new() }
    }

    fn included(&self, name: &'a Name, system: System, codes: &DeclaredCodes<'a>, report: &mut Report<'a>) -> Part {
        let nothing = Part { codes: CodeSet::empty(system), not_supplied: Vec::new() };
        let Some(scope) = self.scopes.get(codes.layer) else { return nothing };
        let declared =
            scope.look_up(name, codes.file, "a set of codes", |what| matches!(what, Declared::CodeSet(_)), report);
        let Some(Declared::CodeSet(id)) = declared else { return nothing };
        let Some(set) = self.done.get(id.0 as usize).and_then(Option::as_ref) else { return nothing };
        if set.codes.system() != system {
            let message = format!(
                "`{}` holds codes from {}, and this set codes from {}",
                name.value,
                set.codes.system().name(),
                system.name()
            );
            report.add(
                finding(codes::SYSTEMS_DIFFER, codes.file, name.span, message).help("a set holds codes of one system"),
            );
            return nothing;
        }
        Part { codes: set.codes.clone(), not_supplied: set.lists_not_supplied.clone() }
    }
}

/// All codes of many sets. Pair by pair, so that a long declaration stays cheap.
fn union_of(mut sets: Vec<CodeSet>, system: System) -> CodeSet {
    while sets.len() > 1 {
        sets = sets
            .chunks(2)
            .map(|pair| match pair {
                [one, other] => one.union(other),
                [one] => one.clone(),
                [] | [_, _, ..] => CodeSet::empty(system),
            })
            .collect();
    }
    sets.pop().unwrap_or_else(|| CodeSet::empty(system))
}
