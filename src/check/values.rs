//! Parameters and tables: values that stand in the text.

use super::expression::{Lowering, Names};
use super::facts::scalar;
use super::labels::{Purpose, Wording};
use super::names::{Scope, World};
use super::report::{Report, finding};
use super::sources::Grounds;
use super::types;
use crate::diagnostic::codes;
use crate::ir::{self, Column, Constant, LayerId, Table, Type};
use crate::language::Localized;
use crate::schema::ScalarType;
use crate::source::{FileId, Place};
use crate::syntax::ast::{self, ExprKind, ParameterValue, Span};
use std::cmp::Ordering;
use std::collections::HashSet;

/// The type of a parameter, before its values are read.
pub(super) fn parameter_type<'a>(parameter: &'a ast::Parameter, file: FileId, report: &mut Report<'a>) -> ScalarType {
    scalar(&parameter.ty, file, "a parameter", report)
}

/// The time that indicators look at: nobody writes it into a rule file.
pub(super) fn period(layer: LayerId, place: Place) -> ir::Parameter {
    ir::Parameter {
        name: "period".into(),
        ty: ScalarType::Period,
        label: Localized { sv: Some("Period".into()), en: Some("Period".into()) },
        default: None,
        set_by: Some("caller".into()),
        range: None,
        grounds: Vec::new(),
        layer,
        place: Some(place),
    }
}

/// Understands one parameter.
pub(super) fn parameter<'a>(
    parameter: &'a ast::Parameter,
    ty: ScalarType,
    layer: LayerId,
    wording: Wording,
    grounds: &Grounds<'_, 'a>,
    world: &mut World<'a>,
    report: &mut Report<'a>,
) -> ir::Parameter {
    let scope = grounds.scope;
    let constant = |expr: &'a ast::Expr, world: &mut World<'a>, report: &mut Report<'a>| {
        Lowering::new(world, scope, report, wording.file, Names::Declared).constant(expr, &ty)
    };
    let range = parameter.range.as_ref().map(|(low, high)| {
        let ends = (constant(low, world, report), constant(high, world, report));
        (ends, Span { start: low.span.start, end: high.span.end })
    });
    let range = match range {
        Some(((Some(low), Some(high)), span)) => checked_range(low, high, span, wording.file, report),
        Some(((None, _) | (_, None), _)) | None => None,
    };
    let place = match &parameter.value {
        ParameterValue::Default(expr) => expr.span,
        ParameterValue::SetBy(who) => who.span,
    };
    let (default, set_by) = match &parameter.value {
        ParameterValue::Default(expr) => {
            let value = constant(expr, world, report);
            if let (Some(value), Some((low, high))) = (&value, &range) {
                in_range(value, low, high, expr.span, wording.file, report);
            }
            if parameter.grounds.is_empty() {
                grounds.missing(&format!("the parameter `{}`", parameter.name.value), parameter.name.span, report);
            }
            (value, None)
        }
        ParameterValue::SetBy(who) => (None, Some(who.value.clone())),
    };
    ir::Parameter {
        name: parameter.name.value.clone(),
        ty,
        label: wording.read(&parameter.label, Purpose::Label, &parameter.name, report),
        default,
        set_by,
        range,
        grounds: grounds.read(&parameter.grounds, world, report),
        layer,
        place: Some(super::report::place(wording.file, place)),
    }
}

fn checked_range(
    low: Constant,
    high: Constant,
    span: Span,
    file: FileId,
    report: &mut Report<'_>,
) -> Option<(Constant, Constant)> {
    match types::compare(&low, &high) {
        Some(Ordering::Less | Ordering::Equal) => Some((low, high)),
        Some(Ordering::Greater) => {
            let message = "no value lies in this range: the first end is the higher";
            report.add(finding(codes::ENDS_REVERSED, file, span, message).help("write the lower end first"));
            None
        }
        None => {
            let found = finding(codes::NO_ORDER, file, span, "values of this type have no order, so there is no range");
            report.add(found.help("leave the range out, or write both ends in one family of units"));
            None
        }
    }
}

fn in_range(value: &Constant, low: &Constant, high: &Constant, span: Span, file: FileId, report: &mut Report<'_>) {
    let inside = matches!(types::compare(low, value), Some(Ordering::Less | Ordering::Equal))
        && matches!(types::compare(value, high), Some(Ordering::Less | Ordering::Equal));
    if !inside {
        let found = finding(codes::OUTSIDE_RANGE, file, span, "the value is outside the parameter's own range");
        report.add(found.help("change the value or the range"));
    }
}

/// Understands one table: key type, rows, and the types of the columns from their cells.
pub(super) fn table<'a>(
    table: &'a ast::Table,
    file: FileId,
    scope: &Scope<'a>,
    world: &mut World<'a>,
    report: &mut Report<'a>,
) -> Table {
    let key = scalar(&table.key, file, "a table's key", report);
    let mut names: HashSet<&str> = HashSet::new();
    for column in &table.columns {
        if !names.insert(&column.value) {
            let message = format!("the column `{}` stands here twice", column.value);
            report.add(finding(codes::SAID_TWICE, file, column.span, message));
        }
    }
    if table.rows.is_empty() {
        let message = format!("the table `{}` has no rows", table.name.value);
        report.add(
            finding(codes::NO_LINES, file, table.name.span, message)
                .help("write one row a line: the key, then its cells"),
        );
    }
    let types: Vec<ScalarType> =
        (0..table.columns.len()).map(|column| column_type(table, column, file, scope, world, report)).collect();
    let mut keys: HashSet<Constant> = HashSet::new();
    let mut rows = Vec::with_capacity(table.rows.len());
    for row in &table.rows {
        if row.cells.len() != types.len() {
            let message = format!("the row has {} cells, and the table {} columns", row.cells.len(), types.len());
            report.add(finding(codes::ROW_LENGTH, file, row.span, message).help("write one cell for each column"));
            continue;
        }
        let mut constant = |expr: &'a ast::Expr, ty: &ScalarType| {
            Lowering::new(world, scope, report, file, Names::Declared).constant(expr, ty)
        };
        let row_key = constant(&row.key, &key);
        let cells: Vec<Constant> = row.cells.iter().zip(&types).filter_map(|(cell, ty)| constant(cell, ty)).collect();
        if let Some(row_key) = row_key
            && cells.len() == types.len()
        {
            if keys.insert(row_key.clone()) {
                rows.push((row_key, cells));
            } else {
                let found = finding(codes::DUPLICATE_KEY, file, row.key.span, "this key stands in the table twice");
                report.add(found.help("leave one of the rows out"));
            }
        }
    }
    let columns =
        table.columns.iter().zip(types).map(|(column, ty)| Column { name: column.value.clone(), ty }).collect();
    Table { name: table.name.value.clone(), key, columns, rows }
}

/// The type of a column: words make a choice of all of them, anything else goes by the first cell.
fn column_type<'a>(
    table: &'a ast::Table,
    column: usize,
    file: FileId,
    scope: &Scope<'a>,
    world: &mut World<'a>,
    report: &mut Report<'a>,
) -> ScalarType {
    let mut cells = table.rows.iter().filter_map(|row| row.cells.get(column));
    let Some(first) = cells.clone().next() else { return ScalarType::Any };
    if let ExprKind::Path(_) = first.kind {
        let mut seen: HashSet<&str> = HashSet::new();
        let words = cells.filter_map(|cell| {
            let ExprKind::Path(path) = &cell.kind else { return None };
            path.first().map(|name| &*name.value)
        });
        return ScalarType::choice(words.filter(|word| seen.insert(*word)).map(Box::from).collect());
    }
    let is_text = |cell: &ast::Expr| matches!(cell.kind, ExprKind::Text(_));
    if is_text(first) && cells.all(is_text) {
        return ScalarType::Text;
    }
    let value = Lowering::new(world, scope, report, file, Names::Declared).value(first, None);
    match value.ty {
        Type::Scalar(ty) => ty,
        Type::Age | Type::Record | Type::List => ScalarType::Any,
    }
}
