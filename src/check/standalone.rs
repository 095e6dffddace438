//! One expression on its own, over facts that nobody declared.

use super::expression::{Lowering, Names};
use super::names::{Declared, Entry, RuleNames, Scope, World};
use super::report::Report;
use super::types::describe_scalar;
use crate::diagnostic::{Diagnostic, codes};
use crate::ir::{
    CodeSetId, Define, DefineId, Guideline, Layer, LayerId, LayerPart, LeapDay, Named, ParameterId, PublicationStatus,
    RuleId, RuleKind, Subject, TableId, Type,
};
use crate::language::Localized;
use crate::schema::{FactSchema, FactType, FieldSchema, ScalarType, Schema};
use crate::source::{FileId, Place};
use crate::syntax::ast;

/// The name of the definition that holds the expression.
const NAME: &str = "expression";

/// The expression as the last definition, `expression`, of a guideline: of `with`, or of an empty one.
///
/// `facts` are the names that it may use besides those of `with`; a fact that both have must agree. In a body, a name
/// that is neither a field nor declared becomes a field of a record whose fields are open.
/// Findings stand in file 0: locate them in the expression's own text.
pub(crate) fn check_expression(
    expr: &ast::Expr,
    facts: &Schema,
    with: Option<&Guideline>,
) -> Result<Guideline, Vec<Diagnostic>> {
    let mut guideline = with.cloned().unwrap_or_else(empty);
    let mut report = Report::new(&[]);
    let place = Place { file: FileId(0), start: expr.span.start, end: expr.span.end };
    for (_, fact) in facts.iter() {
        add_fact(&mut guideline.schema, fact, place, &mut report);
    }
    let names = guideline.clone();
    let mut world = World {
        schema: std::mem::take(&mut guideline.schema),
        parameters: names.parameters.iter().map(|parameter| parameter.ty.clone()).collect(),
        defines: names.defines.iter().map(|define| define.value.ty.clone()).collect(),
        code_sets: std::mem::take(&mut guideline.code_sets),
        tables: names.tables.clone(),
        rules: names.rules.iter().map(|rule| rule_names(&rule.kind)).collect(),
        totals: names.rules.iter().zip(0..).filter_map(|(rule, id)| Some((RuleId(id), total(&rule.kind)?))).collect(),
        ..World::default()
    };
    let ids: Vec<_> = world.schema.iter().map(|(id, _)| id).collect();
    for id in ids {
        world.index_fields(id);
    }
    let scope = scope(&names, place);
    for (_, fact) in facts.iter() {
        if let Some(entry) = scope.find(&fact.name)
            && !matches!(entry.what, Declared::Fact(_))
        {
            let message =
                format!("`{}` is given as a fact, and the guideline has {} of that name", fact.name, entry.what.word());
            report.add(Diagnostic::new(codes::CLASH, place, message).help("give the fact another name"));
        }
    }
    let value = Lowering::new(&mut world, &scope, &mut report, FileId(0), Names::Open).value(expr, None);
    if report.has_errors() {
        return Err(report.finish());
    }
    guideline.schema = world.schema;
    guideline.code_sets = world.code_sets;
    let order = guideline.defines.iter().map(|define| define.order.saturating_add(1)).max().unwrap_or(0);
    guideline.sequence.push(Named::Define(DefineId(u32::try_from(guideline.defines.len()).unwrap_or(u32::MAX))));
    guideline.defines.push(Define {
        name: NAME.into(),
        label: Localized::default(),
        value,
        shown: true,
        grounds: Vec::new(),
        layer: LayerId(0),
        order,
    });
    Ok(guideline)
}

/// A guideline that says nothing.
fn empty() -> Guideline {
    Guideline {
        layers: vec![Layer {
            name: NAME.into(),
            language: 1,
            title: Localized::default(),
            version: "0.0.0".into(),
            status: PublicationStatus::Draft,
            in_force: None,
            about: Subject::Patient,
            leap_day: LeapDay::February28,
            source: FileId(0),
            parts: vec![LayerPart { start: 0, name: NAME.into(), file: NAME.into(), sha256: "".into() }],
        }],
        schema: Schema::default(),
        parameters: Vec::new(),
        parties: Vec::new(),
        code_sets: Vec::new(),
        tables: Vec::new(),
        defines: Vec::new(),
        assumptions: Vec::new(),
        rules: Vec::new(),
        sequence: Vec::new(),
    }
}

/// All names of a guideline and what it uses; of two of one name the one nearest to the guideline.
fn scope(guideline: &Guideline, place: Place) -> Scope<'_> {
    let facts = guideline.schema.iter().map(|(id, fact)| (&*fact.name, Declared::Fact(id)));
    let parameters =
        guideline.parameters.iter().zip(0..).map(|(found, id)| (&*found.name, Declared::Parameter(ParameterId(id))));
    let defines = guideline.defines.iter().zip(0..).map(|(found, id)| (&*found.name, Declared::Define(DefineId(id))));
    let sets = guideline
        .code_sets
        .iter()
        .zip(0..)
        .filter_map(|(found, id)| Some((found.name.as_deref()?, Declared::CodeSet(CodeSetId(id)))));
    let tables = guideline.tables.iter().zip(0..).map(|(found, id)| (&*found.name, Declared::Table(TableId(id))));
    let rules = guideline.rules.iter().zip(0..).map(|(found, id)| (&*found.name, Declared::Rule(RuleId(id))));
    let mut scope = Scope { leap_day: guideline.layers.first().map(|layer| layer.leap_day), ..Scope::default() };
    for (name, what) in parameters.chain(defines).chain(sets).chain(tables).chain(rules).chain(facts) {
        scope.names.entry(name).or_insert_with(|| {
            scope.listed.push(name);
            Entry { what, place }
        });
    }
    scope
}

/// What type the total of a score has.
fn total(kind: &RuleKind) -> Option<Type> {
    if let RuleKind::Score(score) = kind { Some(score.total.ty.clone()) } else { None }
}

fn rule_names(kind: &RuleKind) -> RuleNames<'_> {
    let mut names = RuleNames::new(kind.sort(), kind.line_names().into_iter());
    if let RuleKind::Schedule(schedule) = kind {
        names.dates = super::schedule::statuses_of(&schedule.plan);
    }
    names
}

fn add_fact(schema: &mut Schema, fact: &FactSchema, place: Place, report: &mut Report<'_>) {
    if schema.add(fact.clone()).is_none() {
        let declared = schema.find(&fact.name).and_then(|id| schema.get(id));
        if let Some(declared) = declared
            && let Some(message) = disagreement(declared, fact)
        {
            report.add(
                Diagnostic::new(codes::TYPES_DIFFER, place, message).help("give the fact as the guideline declares it"),
            );
        }
    }
}

/// How a given fact differs from its declaration.
fn disagreement(declared: &FactSchema, given: &FactSchema) -> Option<String> {
    let name = &declared.name;
    match (&declared.ty, &given.ty) {
        (_, FactType::Scalar(ScalarType::Any)) => None,
        (FactType::Scalar(wanted), FactType::Scalar(found)) if agree(wanted, found) => None,
        (
            FactType::Record { fields: wanted, .. } | FactType::List { fields: wanted, .. },
            FactType::Record { fields: found, .. } | FactType::List { fields: found, .. },
        ) if std::mem::discriminant(&declared.ty) == std::mem::discriminant(&given.ty) => {
            let field = |field: &FieldSchema| match wanted.find(&field.name).and_then(|id| wanted.get(id)) {
                None => Some(format!("`{name}` is declared without a field `{}`", field.name)),
                Some(own) if agree(&own.ty, &field.ty) => None,
                Some(own) => Some(format!("`{name}.{}` is declared as {}", field.name, describe_scalar(&own.ty))),
            };
            found.list.iter().find_map(field)
        }
        (FactType::Scalar(wanted), _) => Some(format!("`{name}` is declared as {}", describe_scalar(wanted))),
        (FactType::Record { .. }, _) => Some(format!("`{name}` is declared as a record")),
        (FactType::List { .. }, _) => Some(format!("`{name}` is declared as a list")),
    }
}

/// Whether what was given can be of the declared type: text may be a word or a code.
fn agree(declared: &ScalarType, given: &ScalarType) -> bool {
    match (declared, given) {
        (_, ScalarType::Any) | (ScalarType::Choice(_) | ScalarType::Code(_), ScalarType::Text) => true,
        (ScalarType::Date { .. }, ScalarType::Date { .. }) => true,
        (ScalarType::Quantity(declared), ScalarType::Quantity(given)) => declared.is_comparable(given),
        (declared, given) => declared == given,
    }
}
