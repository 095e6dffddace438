//! A guideline that adapts another, put together with it: one tree, in which every line still has its own place.
//!
//! The text is that of all files joined, so that a place says which file a line comes from. What is checked afterwards
//! is an ordinary guideline; only here is it known that there are layers.

mod header;
mod line;
mod other;
mod removed;
mod replace;

use super::report::{Report, finding, place};
use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileId, Place, Source};
use crate::syntax::ast::{Change, ChangeKind, Declaration, File, Ground, Guideline, Item, Name, ParameterValue, Span};
pub(crate) use removed::Removed;
use std::collections::{HashMap, HashSet};

/// The one file of places here.
const FILE: FileId = FileId(0);

/// A guideline with what it adapts.
#[derive(Debug)]
pub(crate) struct Composed {
    pub(crate) file: File,
    /// Their places count in the joined text, as file 0.
    pub(crate) found: Vec<Diagnostic>,
    pub(crate) removed: Vec<Removed>,
}

/// Makes all changes, from the outermost base inwards. `whole` is the joined text, `read` its tree.
pub(crate) fn compose(whole: &Source, read: File) -> Composed {
    let mut report = Report::new(std::slice::from_ref(whole));
    let File { items, unreadable, .. } = read;
    let mut layers: Vec<Vec<Item>> = whole.parts().iter().map(|_| Vec::new()).collect();
    for item in items {
        let after = whole.parts().partition_point(|part| part.start <= item.span.start);
        if let Some(layer) = layers.get_mut(after.saturating_sub(1)) {
            layer.push(item);
        }
    }
    let unread: HashSet<Box<str>> = unreadable.iter().map(|name| name.value.clone()).collect();
    let mut merge = Merge {
        whole,
        report: &mut report,
        unread: &unread,
        items: Vec::new(),
        by_name: HashMap::new(),
        changed: HashMap::new(),
        replaced: HashMap::new(),
        made: Vec::new(),
        removed: Vec::new(),
        header: None,
    };
    for (depth, layer) in layers.into_iter().enumerate() {
        merge.layer(layer, if depth == 0 { Depth::Outermost } else { Depth::Adapting });
    }
    let Merge { items, made, removed, header, .. } = merge;
    let items = header.into_iter().chain(items.into_iter().flatten()).chain(made).collect();
    Composed { file: File { items, unreadable, ..File::default() }, found: report.finish(), removed }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Depth {
    Outermost,
    Adapting,
}

struct Merge<'r, 'a> {
    whole: &'a Source,
    report: &'r mut Report<'a>,
    /// Names of declarations that could not be read: that they are not there is no new mistake.
    unread: &'r HashSet<Box<str>>,
    /// What the layers so far come to; `None` where something was removed.
    items: Vec<Option<Item>>,
    by_name: HashMap<Box<str>, usize>,
    /// What the layer at hand has changed, and where.
    changed: HashMap<String, Span>,
    /// What it has replaced or removed.
    replaced: HashMap<String, Span>,
    /// Changes that were made: their grounds are still to be read.
    made: Vec<Item>,
    removed: Vec<Removed>,
    header: Option<Item>,
}

impl Merge<'_, '_> {
    fn layer(&mut self, items: Vec<Item>, depth: Depth) {
        self.changed.clear();
        self.replaced.clear();
        let (mut changes, mut own, mut header) = (Vec::new(), Vec::new(), None);
        for item in items {
            if let Declaration::Change(change) = item.declaration {
                changes.push((*change, item.span));
            } else if let (Declaration::Guideline(guideline), None) = (&item.declaration, &header) {
                header = Some(((**guideline).clone(), item.span));
            } else {
                own.push(item);
            }
        }
        if let Some((guideline, _)) = &header
            && changes.is_empty()
        {
            self.unchanged(guideline);
        }
        let declared: HashSet<Box<str>> =
            own.iter().filter_map(|item| item.declaration.name()).map(|name| name.value.clone()).collect();
        for (change, _) in &changes {
            if let (Some(target), true) = (whole(&change.kind), depth == Depth::Adapting) {
                self.replaced.entry(target).or_insert(change.span);
            }
        }
        for (change, span) in changes {
            if depth == Depth::Outermost {
                let message = format!("`{}` changes another guideline, and this one adapts none", keyword(&change));
                let found = finding(codes::CHANGE_WITHOUT_BASE, FILE, change.span, message);
                self.report.add(found.help("name it on the first line: `guideline own.name adapts other.name`"));
                continue;
            }
            let shell = self.change(change, &declared);
            self.made.push(Item { declaration: Declaration::Change(Box::new(shell)), span });
        }
        for item in own {
            self.declare(item);
        }
        if let Some((guideline, span)) = header {
            let guideline = header::over(self.header.take(), guideline);
            self.header = Some(Item { declaration: Declaration::Guideline(Box::new(guideline)), span });
        }
    }

    fn unchanged(&mut self, guideline: &Guideline) {
        let Some(base) = &guideline.adapts else { return };
        let message = format!("nothing of `{}` is changed", base.name.value);
        let found = finding(codes::ADAPTS_UNCHANGED, FILE, base.name.span, message);
        self.report.add(found.help("say what differs with `add to`, `replace`, `remove` or `set`, or write `uses`"));
    }

    /// A declaration of the layer's own.
    fn declare(&mut self, item: Item) {
        if let Some(name) = item.declaration.name() {
            if let Some(other) = self.item(&name.value).and_then(|other| other.declaration.name())
                && self.is_older(other.span, item.span)
            {
                let line = self.report.on_line(place(FILE, other.span), FILE);
                let message = format!("`{}` is declared{line} too, which this guideline adapts", name.value);
                let help = if matches!(item.declaration, Declaration::Parameter(_)) {
                    format!("give it another value with `set {} = …`", name.value)
                } else if is_replaceable(&item.declaration) {
                    format!("write `replace {} {}` to put it in its place", item.declaration.keyword(), name.value)
                } else {
                    "leave it out, or choose another name".to_owned()
                };
                self.report.add(finding(codes::CLASH, FILE, name.span, message).help(help));
                return;
            }
            self.by_name.entry(name.value.clone()).or_insert(self.items.len());
        } else if matches!(item.declaration, Declaration::LeapDay(_))
            && self.leap_day().is_some_and(|(_, other)| self.is_older(other, item.span))
        {
            let message = "what this guideline adapts says already when a birthday on a leap day is";
            let help = "write `replace leap day birthday is …` to put it in its place";
            self.report.add(finding(codes::CLASH, FILE, item.span, message).help(help));
            return;
        }
        self.items.push(Some(item));
    }

    /// Whether a place lies in a file before that of another.
    fn is_older(&self, one: Span, other: Span) -> bool {
        let start = |span: Span| self.whole.part_at(span.start).map(|part| part.start);
        start(one) < start(other)
    }

    fn item(&self, name: &str) -> Option<&Item> {
        self.items.get(*self.by_name.get(name)?)?.as_ref()
    }

    fn leap_day(&self) -> Option<(usize, Span)> {
        let mut items = self.items.iter().enumerate();
        items.find_map(|(at, item)| {
            let item = item.as_ref().filter(|item| matches!(item.declaration, Declaration::LeapDay(_)))?;
            Some((at, item.span))
        })
    }

    /// Makes one change; what is left of it are its grounds.
    fn change(&mut self, change: Change, declared: &HashSet<Box<str>>) -> Change {
        let Change { kind, grounds, span } = change;
        let shell = Change { kind: ChangeKind::Remove(Vec::new()), grounds: grounds.clone(), span };
        let errors = self.report.errors();
        let lost = self.lost(&kind);
        match kind {
            ChangeKind::Add { to, lines } => {
                if let Some(at) = self.target(&to, declared) {
                    self.add(at, &to, lines, &grounds, span);
                }
            }
            ChangeKind::ReplaceLine { line, by } => {
                if self.once(&line, span)
                    && let Some(at) = self.target(&line, declared)
                {
                    self.replace_line(at, &line, by, &grounds, span);
                }
            }
            ChangeKind::Replace(declaration) => self.replace(declaration, span, declared),
            ChangeKind::Remove(target) => {
                if grounds.is_empty() {
                    self.no_ground(&format!("removing `{}`", path(&target)), span);
                }
                if self.once(&target, span)
                    && let Some(at) = self.target(&target, declared)
                {
                    self.remove(at, &target);
                }
            }
            ChangeKind::Set { parameter, value } => {
                if grounds.is_empty() {
                    self.no_ground(&format!("setting `{}`", parameter.value), span);
                }
                if self.once(std::slice::from_ref(&parameter), span)
                    && let Some(at) = self.target(std::slice::from_ref(&parameter), declared)
                {
                    self.set(at, &parameter, value, grounds);
                }
            }
        }
        // What is wrong by itself was said.
        if let Some((target, gone, at)) = lost.filter(|_| self.report.errors() == errors) {
            let line = self.report.on_line(place(FILE, at), FILE);
            let message = if target == gone {
                format!("`{target}` is changed here, and replaced or removed{line}")
            } else {
                format!("`{target}` is changed here, and `{gone}` is replaced or removed{line}")
            };
            let found = finding(codes::SAID_TWICE, FILE, span, message);
            self.report.add(found.help("write in the replacement what is to hold, and leave this change out"));
        }
        shell
    }

    fn no_ground(&mut self, what: &str, span: Span) {
        let help = "add `cite SOURCE, \"where\"`, `our interpretation \"why\"` or `decided by \"who\", 2026-03-01`";
        self.report.add(finding(codes::NO_GROUND, FILE, span, format!("{what} has no ground")).help(help));
    }

    /// Whether the layer has not changed it before.
    fn once(&mut self, target: &[Name], span: Span) -> bool {
        self.once_called(path(target), span)
    }

    fn once_called(&mut self, path: String, span: Span) -> bool {
        if let Some(first) = self.changed.get(&path).copied() {
            let line = self.report.on_line(place(FILE, first), FILE);
            let message = format!("`{path}` is changed{line} already");
            self.report.add(finding(codes::SAID_TWICE, FILE, span, message).help("say once what holds"));
            return false;
        }
        self.changed.insert(path, span);
        true
    }

    /// What is changed, and what of it the same layer replaces or removes and where: by which of the two stands first the
    /// change would be lost.
    fn lost(&self, kind: &ChangeKind) -> Option<(String, String, Span)> {
        let (target, names) = match kind {
            ChangeKind::Add { to, .. } => (to, to.len()),
            ChangeKind::ReplaceLine { line: target, .. } | ChangeKind::Remove(target) => {
                (target, target.len().saturating_sub(1))
            }
            ChangeKind::Replace(_) | ChangeKind::Set { .. } => return None,
        };
        let mut parts = (1..=names).filter_map(|count| target.get(..count)).map(path);
        parts.find_map(|part| Some((path(target), part.clone(), *self.replaced.get(&part)?)))
    }

    /// The declaration whose name a target begins with, in what is adapted.
    fn target(&mut self, target: &[Name], declared: &HashSet<Box<str>>) -> Option<usize> {
        let name = target.first()?;
        if self.item(&name.value).is_some() {
            return self.by_name.get(&name.value).copied();
        }
        if self.unread.contains(&name.value) {
            self.report.set_incomplete();
            return None;
        }
        let message = format!("there is no `{}` in what this guideline adapts", name.value);
        let found = finding(codes::NOTHING_TO_CHANGE, FILE, name.span, message);
        let help = if declared.contains(&name.value) {
            "it is declared in this file: change it there".to_owned()
        } else if let Some(removed) = self.removed.iter().find(|removed| removed.is(&[&name.value])) {
            format!("it is removed{}", self.report.on_line(place(FILE, removed.span), FILE))
        } else {
            let generous = self.report.is_generous();
            let mut names: Vec<String> = self.changeable().filter(|_| generous).map(str::to_owned).collect();
            names.sort_unstable();
            let near = self.report.did_you_mean(&name.value, names.iter().map(String::as_str));
            near.unwrap_or_else(|| format!("it has {}", listed(&names)))
        };
        self.report.add(found.help(help));
        None
    }

    /// Names of what a layer can change.
    fn changeable(&self) -> impl Iterator<Item = &str> {
        let declarations = self.items.iter().flatten().map(|item| &item.declaration);
        declarations
            .filter(|declaration| is_replaceable(declaration))
            .filter_map(|declaration| Some(&*declaration.name()?.value))
    }

    /// Another whole declaration in the place of one.
    fn replace(&mut self, declaration: Declaration, span: Span, declared: &HashSet<Box<str>>) {
        if let Declaration::LeapDay(_) = &declaration {
            if !self.once_called("leap day birthday".to_owned(), span) {
                return;
            }
            match self.leap_day() {
                Some((at, _)) => self.put(at, declaration, span),
                None => {
                    let message = "what this guideline adapts does not say when a birthday on a leap day is";
                    let found = finding(codes::NOTHING_TO_CHANGE, FILE, span, message);
                    self.report.add(found.help("leave out `replace`"));
                }
            }
            return;
        }
        let Some(name) = declaration.name().cloned() else { return };
        if !self.once(std::slice::from_ref(&name), span) {
            return;
        }
        let Some(at) = self.target(std::slice::from_ref(&name), declared) else { return };
        let old = self.items.get(at).and_then(Option::as_ref).map(|item| item.declaration.keyword());
        if let Some(old) = old.filter(|old| *old != declaration.keyword()) {
            let message = format!("`{}` is declared with `{old}`, not with `{}`", name.value, declaration.keyword());
            let help = "what replaces something is of the same kind; remove it and declare another";
            self.report.add(finding(codes::CHANGED_KIND, FILE, span, message).help(help));
            return;
        }
        if grounds_of(&declaration).is_some_and(<[Ground]>::is_empty) {
            self.no_ground(&format!("replacing `{}`", name.value), span);
        }
        self.put(at, declaration, span);
    }

    fn put(&mut self, at: usize, declaration: Declaration, span: Span) {
        if let Some(slot) = self.items.get_mut(at) {
            *slot = Some(Item { declaration, span });
        }
    }

    fn set(&mut self, at: usize, name: &Name, value: crate::syntax::ast::Expr, grounds: Vec<Ground>) {
        let Some(Some(Item { declaration, .. })) = self.items.get_mut(at) else { return };
        let Declaration::Parameter(parameter) = declaration else {
            let message =
                format!("`{}` is declared with `{}`, and only a parameter is set", name.value, declaration.keyword());
            self.report
                .add(finding(codes::CHANGED_KIND, FILE, name.span, message).help("write `replace` for anything else"));
            return;
        };
        let declared = parameter.name.span;
        let before = match &parameter.value {
            ParameterValue::Default(value) => Some(value.span),
            ParameterValue::SetBy(_) => None,
        };
        parameter.value = ParameterValue::Default(value);
        if !grounds.is_empty() {
            parameter.grounds = grounds;
        }
        if let Some(before) = before.filter(|before| self.is_older(declared, *before)) {
            let line = self.report.on_line(place(FILE, before), FILE);
            let message = format!("`{}` is set{line} already, which this guideline adapts", name.value);
            let help = "the value here holds; if that is meant, say so in its ground and `allow set-by-two-layers`";
            self.report.add(finding(codes::SET_BY_TWO_LAYERS, FILE, name.span, message).help(help));
        }
    }
}

/// Whether it can be replaced or removed as a whole: nothing of a patient's facts changes with it.
fn is_replaceable(declaration: &Declaration) -> bool {
    match declaration {
        Declaration::Guideline(_)
        | Declaration::Source(_)
        | Declaration::Party(_)
        | Declaration::Fact(_)
        | Declaration::Assume(_)
        | Declaration::LeapDay(_)
        | Declaration::Change(_) => false,
        Declaration::Codes(_)
        | Declaration::Parameter(_)
        | Declaration::Define(_)
        | Declaration::Table(_)
        | Declaration::Eligibility(_)
        | Declaration::Checklist(_)
        | Declaration::Task(_)
        | Declaration::Recommend(_)
        | Declaration::Parallel(_)
        | Declaration::Schedule(_)
        | Declaration::Score(_)
        | Declaration::Propose(_)
        | Declaration::Indicator(_) => true,
    }
}

/// The grounds of a declaration of which nothing else asks for one; `None` where its lines are looked at.
fn grounds_of(declaration: &Declaration) -> Option<&[Ground]> {
    match declaration {
        Declaration::Codes(codes) => Some(&codes.grounds),
        Declaration::Define(define) => Some(&define.grounds),
        Declaration::Table(table) => Some(&table.grounds),
        Declaration::Parameter(parameter) => Some(&parameter.grounds),
        Declaration::Guideline(_)
        | Declaration::Source(_)
        | Declaration::Party(_)
        | Declaration::Fact(_)
        | Declaration::Assume(_)
        | Declaration::LeapDay(_)
        | Declaration::Eligibility(_)
        | Declaration::Checklist(_)
        | Declaration::Task(_)
        | Declaration::Recommend(_)
        | Declaration::Parallel(_)
        | Declaration::Schedule(_)
        | Declaration::Score(_)
        | Declaration::Propose(_)
        | Declaration::Indicator(_)
        | Declaration::Change(_) => None,
    }
}

fn keyword(change: &Change) -> &'static str {
    match change.kind {
        ChangeKind::Add { .. } => "add",
        ChangeKind::ReplaceLine { .. } | ChangeKind::Replace(_) => "replace",
        ChangeKind::Remove(_) => "remove",
        ChangeKind::Set { .. } => "set",
    }
}

/// The name of what a change replaces or removes.
fn whole(kind: &ChangeKind) -> Option<String> {
    match kind {
        ChangeKind::ReplaceLine { line, .. } => Some(path(line)),
        ChangeKind::Replace(declaration) => declaration.name().map(|name| name.value.to_string()),
        ChangeKind::Remove(target) => Some(path(target)),
        ChangeKind::Add { .. } | ChangeKind::Set { .. } => None,
    }
}

/// `laro.age`
fn path(names: &[Name]) -> String {
    names.iter().map(|name| &*name.value).collect::<Vec<_>>().join(".")
}

/// `a, b, c`, a few of them.
fn listed<N: AsRef<str>>(names: &[N]) -> String {
    const MOST: usize = 8;
    let shown: Vec<String> = names.iter().take(MOST).map(|name| format!("`{}`", name.as_ref())).collect();
    let more = if names.len() > MOST { ", …" } else { "" };
    if shown.is_empty() { "nothing of that kind".to_owned() } else { format!("{}{more}", shown.join(", ")) }
}

/// Where a change is reported that stands in a file of its own without a base.
pub(super) fn without_base(change: &Change, place: Place, report: &mut Report<'_>) {
    let message = format!("`{}` changes another guideline, and this one adapts none", keyword(change));
    let found = Diagnostic::new(codes::CHANGE_WITHOUT_BASE, place, message);
    report.add(found.help("name it on the first line: `guideline own.name adapts other.name`"));
}
