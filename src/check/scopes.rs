//! Gives every declaration its id and every file its scope.

use super::codes::DeclaredCodes;
use super::facts;
use super::headers::Loaded;
use super::items;
use super::labels::Wording;
use super::names::{Declared, Entry, RuleNames, RuleSort, Scope, SourceId, World, index};
use super::report::{Report, finding, place};
use crate::diagnostic::codes;
use crate::ir::{CodeSetId, DefineId, LeapDay, ParameterId, PartyId, RuleId, TableId};
use crate::source::{FileId, Place};
use crate::syntax::ast::{self, Declaration, LeapDayBirthday, Name};
use std::collections::HashMap;

/// A declaration with the loaded file that it stands in.
pub(super) struct In<T> {
    pub(super) layer: usize,
    pub(super) ast: T,
}

/// A definition or rule: one may name another, so they are ordered together.
#[derive(Debug, Clone, Copy)]
pub(super) enum Node<'a> {
    Define(&'a ast::Define),
    Eligibility(&'a ast::Eligibility),
    Recommend(&'a ast::Recommend),
    Checklist(&'a ast::Checklist),
    Task(&'a ast::Task),
    Parallel(&'a ast::Parallel),
    Schedule(&'a ast::Schedule),
    Score(&'a ast::Score),
    Propose(&'a ast::Propose),
    Indicator(&'a ast::Indicator),
}

/// A node with its file and its position there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Placed<'a> {
    pub(super) node: Node<'a>,
    pub(super) layer: usize,
    pub(super) order: u32,
}

impl<'a> Node<'a> {
    pub(super) fn name(self) -> &'a Name {
        match self {
            Node::Define(define) => &define.name,
            Node::Eligibility(rule) => &rule.name,
            Node::Recommend(rule) => &rule.name,
            Node::Checklist(rule) => &rule.head.name,
            Node::Task(rule) => &rule.head.name,
            Node::Parallel(rule) => &rule.head.name,
            Node::Schedule(rule) => &rule.head.name,
            Node::Score(rule) => &rule.head.name,
            Node::Propose(rule) => &rule.head.name,
            Node::Indicator(rule) => &rule.head.name,
        }
    }

    /// What kind of rule it is; `None` for a definition.
    pub(super) fn sort(self) -> Option<RuleSort> {
        Some(match self {
            Node::Define(_) => return None,
            Node::Eligibility(_) => RuleSort::Eligibility,
            Node::Recommend(_) => RuleSort::Recommendation,
            Node::Checklist(_) => RuleSort::Checklist,
            Node::Task(_) => RuleSort::Task,
            Node::Parallel(_) => RuleSort::Parallel,
            Node::Schedule(_) => RuleSort::Schedule,
            Node::Score(_) => RuleSort::Score,
            Node::Propose(_) => RuleSort::Proposal,
            Node::Indicator(_) => RuleSort::Indicator,
        })
    }
}

/// Everything declared, each kind in the order of its ids.
#[derive(Default)]
pub(super) struct Declarations<'a> {
    pub(super) parameters: Vec<In<&'a ast::Parameter>>,
    pub(super) parties: Vec<In<&'a ast::Party>>,
    pub(super) sources: Vec<In<&'a ast::Source>>,
    pub(super) codes: Vec<DeclaredCodes<'a>>,
    pub(super) tables: Vec<In<&'a ast::Table>>,
    /// In the order of the files; ids of definitions and rules are given later.
    pub(super) nodes: Vec<Placed<'a>>,
    pub(super) assumptions: Vec<In<&'a ast::Assume>>,
    pub(super) leap_days: Vec<In<&'a ast::LeapDay>>,
    /// Of a file put together from layers they are made already: only their grounds are left to read.
    pub(super) changes: Vec<In<&'a ast::Change>>,
    /// The first file with indicators and no `period` of its own, and where the first stands: the caller sets it.
    pub(super) period: Option<(usize, Place)>,
}

/// The names that each file declares itself. Definitions and rules carry the index of their node as id for now.
pub(super) type Own<'a> = Vec<(Vec<(&'a Name, Declared)>, HashMap<&'a str, Entry>)>;

/// Collects all declarations and makes the scopes.
pub(super) fn declare<'a>(
    loaded: &[Loaded<'a>],
    wordings: &[Wording],
    world: &mut World<'a>,
    report: &mut Report<'a>,
) -> (Declarations<'a>, Vec<Scope<'a>>) {
    let mut declarations = Declarations::default();
    let mut own: Own<'a> = Vec::new();
    for (layer, (file, wording)) in loaded.iter().zip(wordings).enumerate() {
        let mut collector = Collector {
            layer,
            wording: *wording,
            declarations: &mut declarations,
            world,
            report,
            names: Vec::new(),
            known: HashMap::new(),
        };
        for (item, order) in file.ast.items.iter().zip(0..) {
            collector.item(&item.declaration, order);
        }
        own.push((collector.names, collector.known));
    }
    items::declare(loaded, wordings, &mut own, world, report);
    if loaded.len() > 1 {
        for (file, (names, _)) in loaded.iter().zip(&own) {
            world.declared_in.extend(names.iter().map(|(name, _)| (&*name.value, &*file.guideline.name.value)));
        }
    }
    let mut scopes = scopes(loaded, &mut own, &declarations, report);
    declare_period(loaded, &mut declarations, &mut scopes, world);
    (declarations, scopes)
}

/// `period`, in a file with indicators: the time that they look at, said by the caller of each evaluation.
fn declare_period<'a>(
    loaded: &[Loaded<'a>],
    declarations: &mut Declarations<'a>,
    scopes: &mut [Scope<'a>],
    world: &mut World<'a>,
) {
    let id = ParameterId(index(declarations.parameters.len()));
    let with_indicators = declarations.nodes.iter().filter(|placed| matches!(placed.node, Node::Indicator(_)));
    for placed in with_indicators {
        let (Some(file), Some(scope)) = (loaded.get(placed.layer), scopes.get_mut(placed.layer)) else { continue };
        let entry = Entry { what: Declared::Parameter(id), place: place(file.file, placed.node.name().span) };
        if scope.names.contains_key("period") {
            continue;
        }
        scope.names.insert("period", entry);
        declarations.period.get_or_insert((placed.layer, entry.place));
    }
    if declarations.period.is_some() {
        world.parameters.push(crate::schema::ScalarType::Period);
    }
}

struct Collector<'c, 'a> {
    layer: usize,
    wording: Wording,
    declarations: &'c mut Declarations<'a>,
    world: &'c mut World<'a>,
    report: &'c mut Report<'a>,
    names: Vec<(&'a Name, Declared)>,
    known: HashMap<&'a str, Entry>,
}

impl<'a> Collector<'_, 'a> {
    fn item(&mut self, declaration: &'a Declaration, order: u32) {
        let layer = self.layer;
        match declaration {
            Declaration::Guideline(_) => {}
            Declaration::Source(ast) => {
                let id = SourceId(index(self.declarations.sources.len()));
                if self.name(&ast.name, Declared::Source(id)) {
                    self.declarations.sources.push(In { layer, ast });
                }
            }
            Declaration::Party(ast) => {
                let id = PartyId(index(self.declarations.parties.len()));
                if self.name(&ast.name, Declared::Party(id)) {
                    self.declarations.parties.push(In { layer, ast });
                }
            }
            Declaration::Codes(ast) => {
                let id = CodeSetId(index(self.declarations.codes.len()));
                if self.name(&ast.name, Declared::CodeSet(id)) {
                    self.declarations.codes.push(DeclaredCodes { ast, file: self.wording.file, layer });
                }
            }
            Declaration::Fact(ast) => self.fact(ast),
            Declaration::Parameter(ast) => {
                let id = ParameterId(index(self.declarations.parameters.len()));
                if self.name(&ast.name, Declared::Parameter(id)) {
                    let ty = super::values::parameter_type(ast, self.wording.file, self.report);
                    self.world.parameters.push(ty);
                    self.declarations.parameters.push(In { layer, ast });
                }
            }
            Declaration::Assume(ast) => self.declarations.assumptions.push(In { layer, ast }),
            Declaration::LeapDay(ast) => self.declarations.leap_days.push(In { layer, ast }),
            Declaration::Define(ast) => self.node(Node::Define(ast), order),
            Declaration::Table(ast) => {
                let id = TableId(index(self.declarations.tables.len()));
                if self.name(&ast.name, Declared::Table(id)) {
                    self.declarations.tables.push(In { layer, ast });
                }
            }
            Declaration::Eligibility(ast) => self.node(Node::Eligibility(ast), order),
            Declaration::Recommend(ast) => self.node(Node::Recommend(ast), order),
            Declaration::Checklist(ast) => self.node(Node::Checklist(ast), order),
            Declaration::Task(ast) => self.node(Node::Task(ast), order),
            Declaration::Parallel(ast) => self.node(Node::Parallel(ast), order),
            Declaration::Schedule(ast) => self.node(Node::Schedule(ast), order),
            Declaration::Score(ast) => self.node(Node::Score(ast), order),
            Declaration::Propose(ast) => self.node(Node::Propose(ast), order),
            Declaration::Indicator(ast) => self.node(Node::Indicator(ast), order),
            Declaration::Change(ast) => self.declarations.changes.push(In { layer, ast }),
        }
    }

    fn node(&mut self, node: Node<'a>, order: u32) {
        let at = index(self.declarations.nodes.len());
        let declared = match node.sort() {
            None => Declared::Define(DefineId(at)),
            Some(_) => Declared::Rule(RuleId(at)),
        };
        if self.name(node.name(), declared) {
            self.declarations.nodes.push(Placed { node, layer: self.layer, order });
        }
    }

    fn fact(&mut self, ast: &'a ast::Fact) {
        if let Some(entry) = self.known.get(&*ast.name.value).copied() {
            self.twice(&ast.name, entry);
            return;
        }
        let file = self.wording.file;
        let schema = facts::fact(ast, self.wording, self.report);
        match self.world.schema.add(schema) {
            Some(id) => {
                self.world.index_fields(id);
                self.world.fact_places.push(place(file, ast.name.span));
                self.name(&ast.name, Declared::Fact(id));
            }
            None => {
                let other = self.world.schema.find(&ast.name.value);
                let other = other.and_then(|id| self.world.fact_places.get(id.0 as usize).copied());
                let line = other.map(|other| self.report.on_line(other, file)).unwrap_or_default();
                let message = format!("the fact `{}` is declared{line} too", ast.name.value);
                let found = finding(codes::CLASH, file, ast.name.span, message);
                self.report.add(found.help("facts are given by name: declare it once, in a guideline that both use"));
            }
        }
    }

    fn name(&mut self, name: &'a Name, declared: Declared) -> bool {
        if let Some(entry) = self.known.get(&*name.value).copied() {
            self.twice(name, entry);
            return false;
        }
        let entry = Entry { what: declared, place: place(self.wording.file, name.span) };
        self.known.insert(&name.value, entry);
        self.names.push((name, declared));
        true
    }

    fn twice(&mut self, name: &Name, first: Entry) {
        let file = self.wording.file;
        let line = self.report.on_line(first.place, file);
        let message = format!("`{}` is declared{line} already, as {}", name.value, first.what.word());
        let found = finding(codes::DECLARED_TWICE, file, name.span, message);
        self.report.add(found.help("a name means one thing: choose another"));
    }
}

fn scopes<'a>(
    loaded: &[Loaded<'a>],
    own: &mut Own<'a>,
    declarations: &Declarations<'a>,
    report: &mut Report<'a>,
) -> Vec<Scope<'a>> {
    let policies = policies(loaded, declarations, report);
    let mut scopes = Vec::with_capacity(loaded.len());
    for (layer, file) in loaded.iter().enumerate() {
        let mut scope = Scope::default();
        if let ([_], Some((_, known))) = (loaded, own.get_mut(layer)) {
            // Nobody else needs the names of the only file, and there may be many.
            scope.names = std::mem::take(known);
        }
        let Some((names, known)) = own.get(layer) else { continue };
        if loaded.len() > 1 {
            scope.names.clone_from(known);
        }
        scope.listed = names.iter().map(|(name, _)| &*name.value).collect();
        scope.broken = file.ast.unreadable.iter().map(|name| &*name.value).collect();
        for (used_as, used) in &file.uses {
            if *used == layer {
                continue;
            }
            let (Some(other), Some((names, known))) = (loaded.get(*used), own.get(*used)) else { continue };
            scope.broken.extend(other.ast.unreadable.iter().map(|name| &*name.value));
            for (name, _) in names {
                let Some(entry) = known.get(&*name.value) else { continue };
                match scope.names.get(&*name.value).copied() {
                    None => {
                        scope.names.insert(&name.value, *entry);
                        scope.listed.push(&name.value);
                    }
                    Some(clash) if clash.place == entry.place => {}
                    Some(clash) => clashes(name, clash, *entry, used_as, file.file, report),
                }
            }
        }
        scope.leap_day = leap_day(layer, file, &policies, report);
        scopes.push(scope);
    }
    scopes
}

/// One name from two guidelines: said where the own declaration is, else where the second is used.
fn clashes<'a>(name: &Name, first: Entry, second: Entry, used_as: &Name, file: FileId, report: &mut Report<'a>) {
    if let (Declared::Fact(_), Declared::Fact(_)) = (first.what, second.what) {
        return; // Said already, when the second was declared.
    }
    let line = report.on_line(second.place, file);
    let message = format!("`{}` is declared{line} too", name.value);
    let found = if first.place.file == file {
        crate::diagnostic::Diagnostic::new(codes::CLASH, first.place, message)
    } else {
        let message = format!("`{}` comes from two of the guidelines used here", name.value);
        finding(codes::CLASH, file, used_as.span, message)
    };
    report.add(found.help("a name means one thing: rename one of the two"));
}

/// The leap-day policy that each file states itself.
fn policies<'a>(
    loaded: &[Loaded<'a>],
    declarations: &Declarations<'a>,
    report: &mut Report<'a>,
) -> Vec<Option<(LeapDay, ast::Span)>> {
    let mut found: Vec<Option<(LeapDay, ast::Span)>> = vec![None; loaded.len()];
    for declared in &declarations.leap_days {
        let (Some(slot), Some(file)) = (found.get_mut(declared.layer), loaded.get(declared.layer)) else { continue };
        let span = declared.ast.birthday.span;
        if slot.is_some() {
            let message = "the file says twice when a birthday on a leap day is";
            report.add(finding(codes::SAID_TWICE, file.file, span, message).help("say it once"));
            continue;
        }
        let policy = match declared.ast.birthday.value {
            LeapDayBirthday::February28 => LeapDay::February28,
            LeapDayBirthday::March1 => LeapDay::March1,
        };
        *slot = Some((policy, span));
    }
    found
}

/// The policy that holds in a file: its own, or one of a guideline that it uses; two that differ are an error.
fn leap_day<'a>(
    layer: usize,
    file: &Loaded<'a>,
    policies: &[Option<(LeapDay, ast::Span)>],
    report: &mut Report<'a>,
) -> Option<LeapDay> {
    let own = policies.get(layer).copied().flatten();
    let mut holds = own.map(|(policy, _)| policy);
    for (name, used) in &file.uses {
        let Some((policy, _)) = policies.get(*used).copied().flatten() else { continue };
        match holds {
            None => holds = Some(policy),
            Some(other) if other == policy => {}
            Some(_) => {
                let span = own.map_or(name.span, |(_, span)| span);
                let message = format!("`{}` has another leap-day policy", name.value);
                let found = finding(codes::LEAP_DAYS_DIFFER, file.file, span, message);
                report.add(found.help("let the guidelines that belong together state one policy, in one of them"));
            }
        }
    }
    holds
}

/// Puts the final ids of definitions and rules into the scopes. `ids[node]` is the id among its kind.
pub(super) fn renumber(scopes: &mut [Scope<'_>], ids: &[u32]) {
    let id_of = |node: u32| ids.get(node as usize).copied().unwrap_or(node);
    for entry in scopes.iter_mut().flat_map(|scope| scope.names.values_mut()) {
        match &mut entry.what {
            Declared::Define(DefineId(id)) | Declared::Rule(RuleId(id)) => *id = id_of(*id),
            Declared::Fact(_)
            | Declared::Parameter(_)
            | Declared::CodeSet(_)
            | Declared::Table(_)
            | Declared::Party(_)
            | Declared::Source(_) => {}
        }
    }
}

/// What status tests need to know of a rule.
pub(super) fn rule_names(node: Node<'_>) -> Option<RuleNames<'_>> {
    let sort = node.sort()?;
    let lines: Vec<&str> = match node {
        Node::Eligibility(rule) => rule.criteria.iter().map(|criterion| &*criterion.name.value).collect(),
        Node::Checklist(rule) => rule.criteria.iter().map(|criterion| &*criterion.name.value).collect(),
        Node::Task(rule) => rule.for_each.iter().flat_map(|each| &each.parties).map(|party| &*party.value).collect(),
        Node::Propose(rule) => rule.options.iter().map(|option| &*option.name.value).collect(),
        Node::Define(_) | Node::Recommend(_) | Node::Parallel(_) | Node::Schedule(_) | Node::Indicator(_) => Vec::new(),
        Node::Score(score) => score.bands.iter().map(|band| &*band.name.value).collect(),
    };
    let mut names = RuleNames::new(sort, lines.into_iter());
    if let Node::Schedule(rule) = node {
        names.dates = super::schedule::date_statuses(rule);
    }
    Some(names)
}
