//! Puts the guideline together, each thing after those it needs.

use super::dependencies::{named, named_in_list};
use super::headers::{Loaded, first_is_used, layer, reachable};
use super::labels::{Languages, Purpose, Wording};
use super::lints;
use super::names::{Declared, Scope, World, index};
use super::order::order;
use super::report::{Report, finding, place};
use super::rules::Rules;
use super::scopes::{Declarations, Node, Placed, declare, renumber, rule_names};
use super::sources::{Grounds, SourceFacts, source};
use super::{codes, layers, types, values};
use crate::code_lists::CodeLists;
use crate::diagnostic::codes as register;
use crate::ir::{Define, DefineId, Guideline, Layer, LayerId, LeapDay, Named, Party, Rule, RuleId};
use crate::source::Source;
use crate::syntax::ast;

/// The first file with all that it uses. What comes back is whole only if the report has no errors.
pub(super) fn build<'a>(
    sources: &'a [Source],
    files: &'a [ast::File],
    lists: &CodeLists,
    report: &mut Report<'a>,
) -> Option<Guideline> {
    let loaded = reachable(files, report);
    if loaded.iter().any(|file| !file.ast.unreadable.is_empty()) {
        report.set_incomplete();
    }
    let mut layers: Vec<Layer> = loaded.iter().map(|file| layer(file, sources, report)).collect();
    let wordings: Vec<Wording> = loaded
        .iter()
        .zip(&layers)
        .map(|(file, layer)| Wording { file: file.file, languages: Languages::of(&layer.title) })
        .collect();
    let mut world = World::default();
    let (declarations, mut scopes) = declare(&loaded, &wordings, &mut world, report);
    for (layer, scope) in layers.iter_mut().zip(&scopes) {
        layer.leap_day = scope.leap_day.unwrap_or(LeapDay::February28);
    }
    world.code_sets = codes::resolve(&declarations.codes, &scopes, lists, report);
    let sources: Vec<SourceFacts> = declarations
        .sources
        .iter()
        .filter_map(|declared| Some(source(declared.ast, *wordings.get(declared.layer)?, report)))
        .collect();
    for declared in &declarations.tables {
        if let (Some(file), Some(scope)) = (loaded.get(declared.layer), scopes.get(declared.layer)) {
            let table = values::table(declared.ast, file.file, scope, &mut world, report);
            world.tables.push(table);
        }
    }
    let sorted = sort_nodes(&declarations.nodes, &loaded, &mut scopes, &mut world, report);
    let mut assembly = Assembly {
        loaded: &loaded,
        wordings: &wordings,
        scopes: &scopes,
        sources: &sources,
        declarations: &declarations,
        world,
        report,
    };
    let parameters = assembly.parameters();
    let parties = assembly.parties();
    assembly.code_grounds();
    let (defines, rules, sequence) = assembly.nodes(&sorted);
    let assumptions = assembly.assumptions();
    assembly.leap_days();
    assembly.changes();
    assembly.opinions(files);
    let world = assembly.world;
    Some(Guideline {
        layers,
        schema: world.schema,
        parameters,
        parties,
        code_sets: world.code_sets,
        tables: world.tables,
        defines,
        assumptions,
        rules,
        sequence,
    })
}

/// Orders definitions and rules, gives them their ids, and reports those that need themselves.
fn sort_nodes<'a>(
    nodes: &[Placed<'a>],
    loaded: &[Loaded<'a>],
    scopes: &mut [Scope<'a>],
    world: &mut World<'a>,
    report: &mut Report<'a>,
) -> Vec<Placed<'a>> {
    let needs: Vec<Vec<usize>> = nodes
        .iter()
        .map(|placed| {
            let Some(scope) = scopes.get(placed.layer) else { return Vec::new() };
            let mut needs = Vec::new();
            let mut need = |declared| match declared {
                Declared::Define(id) => needs.push(id.0 as usize),
                Declared::Rule(id) => needs.push(id.0 as usize),
                Declared::Fact(_)
                | Declared::Parameter(_)
                | Declared::CodeSet(_)
                | Declared::Table(_)
                | Declared::Party(_)
                | Declared::Source(_) => {}
            };
            for expr in placed.node.expressions() {
                named(expr, scope, world, &mut need);
            }
            for list in placed.node.lists() {
                named_in_list(list, scope, world, &mut need);
            }
            needs
        })
        .collect();
    let found = order(&needs);
    for ring in &found.rings {
        report_ring(ring, nodes, loaded, report);
    }
    let mut ids = vec![0; nodes.len()];
    let mut sorted = Vec::with_capacity(nodes.len());
    for at in found.sorted {
        let Some(placed) = nodes.get(at).copied() else { continue };
        let id = match rule_names(placed.node) {
            Some(names) => {
                world.rules.push(names);
                index(world.rules.len() - 1)
            }
            None => {
                world.defines.push(types::ANY);
                index(world.defines.len() - 1)
            }
        };
        if let Some(slot) = ids.get_mut(at) {
            *slot = id;
        }
        sorted.push(placed);
    }
    renumber(scopes, &ids);
    sorted
}

fn report_ring<'a>(ring: &[usize], nodes: &[Placed<'a>], loaded: &[Loaded<'a>], report: &mut Report<'a>) {
    let names: Vec<&str> =
        ring.iter().filter_map(|at| nodes.get(*at)).take(8).map(|placed| &*placed.node.name().value).collect();
    let Some(first) = ring.first().and_then(|at| nodes.get(*at)) else { return };
    let Some(file) = loaded.get(first.layer) else { return };
    let more = if ring.len() > names.len() { " → …" } else { "" };
    let name = first.node.name();
    let message = if ring.len() == 1 {
        format!("`{}` rests on itself", name.value)
    } else {
        format!("these rest on each other in a ring: {}{more} → {}", names.join(" → "), name.value)
    };
    report.add(
        finding(register::RING_OF_RULES, file.file, name.span, message)
            .help("let one of them say what it means by facts alone"),
    );
}

struct Assembly<'b, 'r, 'a> {
    loaded: &'b [Loaded<'a>],
    wordings: &'b [Wording],
    scopes: &'b [Scope<'a>],
    sources: &'b [SourceFacts],
    declarations: &'b Declarations<'a>,
    world: World<'a>,
    report: &'r mut Report<'a>,
}

impl<'b, 'a> Assembly<'b, '_, 'a> {
    fn grounds(&self, layer: usize) -> Option<(Grounds<'b, 'a>, Wording)> {
        let scope = self.scopes.get(layer)?;
        let wording = *self.wordings.get(layer)?;
        Some((Grounds { sources: self.sources, scope, file: wording.file }, wording))
    }

    fn parameters(&mut self) -> Vec<crate::ir::Parameter> {
        let mut found = Vec::with_capacity(self.declarations.parameters.len());
        for (at, declared) in self.declarations.parameters.iter().enumerate() {
            let Some((grounds, wording)) = self.grounds(declared.layer) else { continue };
            let Some(ty) = self.world.parameters.get(at).cloned() else { continue };
            let layer = LayerId(index(declared.layer));
            found.push(values::parameter(declared.ast, ty, layer, wording, &grounds, &mut self.world, self.report));
        }
        found.extend(self.declarations.period.map(|(layer, place)| values::period(LayerId(index(layer)), place)));
        found
    }

    fn parties(&mut self) -> Vec<Party> {
        let mut found = Vec::with_capacity(self.declarations.parties.len());
        for declared in &self.declarations.parties {
            let Some((_, wording)) = self.grounds(declared.layer) else { continue };
            let name = &declared.ast.name;
            let purpose = if declared.ast.label.is_empty() { Purpose::Label } else { Purpose::Name };
            let label = wording.read(&declared.ast.label, purpose, name, self.report);
            found.push(Party { name: name.value.clone(), label });
        }
        found
    }

    /// Sets and tables may have grounds; nothing shows them, but their sources must exist.
    fn code_grounds(&mut self) {
        let codes = self.declarations.codes.iter().map(|codes| (codes.layer, &codes.ast.grounds));
        let tables = self.declarations.tables.iter().map(|table| (table.layer, &table.ast.grounds));
        let both: Vec<_> = codes.chain(tables).collect();
        for (layer, written) in both {
            if let Some((grounds, _)) = self.grounds(layer) {
                grounds.read(written, &mut self.world, self.report);
            }
        }
        for codes in &self.declarations.codes {
            if let Some((_, wording)) = self.grounds(codes.layer) {
                wording.read(&codes.ast.label, Purpose::Optional, &codes.ast.name, self.report);
            }
        }
    }

    fn rules<'s>(&'s mut self, layer: usize) -> Option<Rules<'s, 'a>>
    where
        'b: 's,
    {
        let (grounds, wording) = self.grounds(layer)?;
        let scope = self.scopes.get(layer)?;
        let layer = LayerId(index(layer));
        Some(Rules { world: &mut self.world, scope, report: self.report, grounds, wording, layer })
    }

    fn nodes(&mut self, sorted: &[Placed<'a>]) -> (Vec<Define>, Vec<Rule>, Vec<Named>) {
        let mut defines: Vec<Define> = Vec::new();
        let mut found: Vec<Rule> = Vec::new();
        let mut sequence = Vec::with_capacity(sorted.len());
        for placed in sorted {
            let Some(mut rules) = self.rules(placed.layer) else { continue };
            sequence.push(match placed.node {
                Node::Define(_) => Named::Define(DefineId(index(defines.len()))),
                Node::Eligibility(_)
                | Node::Recommend(_)
                | Node::Checklist(_)
                | Node::Task(_)
                | Node::Parallel(_)
                | Node::Schedule(_)
                | Node::Score(_)
                | Node::Propose(_)
                | Node::Indicator(_) => Named::Rule(RuleId(index(found.len()))),
            });
            match placed.node {
                Node::Define(ast) => {
                    let define = rules.define(ast, placed.order);
                    if let Some(slot) = self.world.defines.get_mut(defines.len()) {
                        *slot = define.value.ty.clone();
                    }
                    defines.push(define);
                }
                Node::Eligibility(ast) => found.push(rules.eligibility(ast, placed.order)),
                Node::Recommend(ast) => found.push(rules.recommendation(ast, placed.order)),
                Node::Checklist(ast) => found.push(rules.checklist(ast, placed.order)),
                Node::Task(ast) => found.push(rules.task(ast, placed.order)),
                Node::Parallel(ast) => found.push(rules.parallel(ast, placed.order)),
                Node::Schedule(ast) => found.push(rules.schedule(ast, placed.order)),
                Node::Score(ast) => {
                    let id = RuleId(index(found.len()));
                    found.push(rules.score(ast, id, placed.order));
                }
                Node::Propose(ast) => found.push(rules.propose(ast, placed.order)),
                Node::Indicator(ast) => found.push(rules.indicator(ast, placed.order)),
            }
        }
        (defines, found, sequence)
    }

    fn assumptions(&mut self) -> Vec<crate::ir::Assumption> {
        let mut found = Vec::with_capacity(self.declarations.assumptions.len());
        for declared in &self.declarations.assumptions {
            if let Some(mut rules) = self.rules(declared.layer) {
                found.push(rules.assumption(declared.ast));
            }
        }
        found.append(&mut self.world.given_totals);
        found
    }

    fn leap_days(&mut self) {
        for declared in &self.declarations.leap_days {
            let Some((grounds, _)) = self.grounds(declared.layer) else { continue };
            if declared.ast.grounds.is_empty() {
                grounds.missing("the leap-day policy", declared.ast.birthday.span, self.report);
            }
            grounds.read(&declared.ast.grounds, &mut self.world, self.report);
        }
    }

    /// Changes were made when the layers were put together; a file of its own has nothing to change.
    fn changes(&mut self) {
        for declared in &self.declarations.changes {
            let Some((grounds, wording)) = self.grounds(declared.layer) else { continue };
            if self.loaded.get(declared.layer).is_some_and(|file| file.guideline.adapts.is_none()) {
                layers::without_base(declared.ast, place(wording.file, declared.ast.span), self.report);
            }
            grounds.read(&declared.ast.grounds, &mut self.world, self.report);
        }
    }

    /// What is worth a word about the guideline as a whole.
    fn opinions(&mut self, files: &'a [ast::File]) {
        let Some(first) = self.loaded.first() else { return };
        let is_library =
            !self.declarations.nodes.iter().any(|placed| placed.layer == 0 && placed.node.sort().is_some());
        // Where something is wrong, what seems unused may be what was meant.
        if is_library || first_is_used(files) || self.report.has_errors() {
            return;
        }
        lints::unused_source::look(self.declarations, &self.world, first.file, self.report);
        lints::unused_fact::look(&self.world, first.file, self.report);
        lints::unused_parameter::look(self.declarations, &self.world, first.file, self.report);
        lints::unused_code_set::look(self.declarations, self.scopes, &self.world, first.file, self.report);
        if let Some(scope) = self.scopes.first() {
            lints::unused_definition::look(self.declarations, scope, &self.world, first.file, self.report);
        }
    }
}
