//! Indicators: who is counted, who of them, and in which groups.

use super::lints;
use super::report::finding;
use super::rules::Rules;
use crate::diagnostic::{codes, near};
use crate::ir::{
    self, Constant, Expr, ExprKind, Indicator, IndicatorGroup, Kept, Polarity, QuantifierKind, RuleKind, Type,
};
use crate::schema::{FactType, ScalarType};
use crate::syntax::ast::{self, OtherCodes};
use crate::value::{CodeSet, System};

const TRUTH: Type = Type::Scalar(ScalarType::Truth);

impl<'a> Rules<'_, 'a> {
    pub(super) fn indicator(&mut self, rule: &'a ast::Indicator, order: u32) -> ir::Rule {
        let file = self.wording.file;
        let name = &rule.head.name;
        let common = self.common(&rule.head);
        let counted = self.counted(rule);
        let of_them = rule.of_them.as_ref().map(|condition| {
            let condition = self.condition(condition);
            lints::constant_condition::look(&condition, self.report);
            condition
        });
        let groups = rule.by.as_ref().map(|by| self.groups(by, &counted)).unwrap_or_default();
        let kept = rule.suppress.as_ref().map(|suppress| {
            if suppress.from.value > suppress.to.value {
                let message = "the first count is larger than the last";
                let found = finding(codes::ENDS_REVERSED, file, suppress.span, message);
                self.report.add(found.help("write the smaller one first"));
            }
            Kept { from: suppress.from.value, to: suppress.to.value, shown: suppress.shown.value.clone() }
        });
        if let Some(compare) = &rule.compare
            && compare.year.value == compare.with.value
        {
            let found = finding(codes::SAID_TWICE, file, compare.span, "a year is compared with itself");
            self.report.add(found.help("write two years"));
        }
        if rule.list_others.is_some() && of_them.is_none() {
            let message = format!("`{}` lists the others, and does not say of whom they are the others", name.value);
            let found = finding(codes::NO_LINES, file, rule.list_others.unwrap_or(name.span), message);
            self.report.add(found.help("write `of them with condition` above"));
        }
        let caution = self.wording.read(&rule.caution, super::labels::Purpose::Optional, name, self.report);
        let indicator = Indicator {
            common,
            counted,
            of_them,
            lists_others: rule.list_others.is_some(),
            groups,
            compare: rule.compare.as_ref().map(|compare| (compare.year.value, compare.with.value)),
            kept,
            caution,
        };
        self.finish(&rule.head, RuleKind::Indicator(Box::new(indicator)), order)
    }

    /// Everybody, where no condition is written.
    fn counted(&mut self, rule: &'a ast::Indicator) -> Expr {
        let file = self.wording.file;
        let name = &rule.head.name;
        let Some(count) = &rule.count else {
            let message = format!("`{}` counts nobody", name.value);
            let found = finding(codes::NO_LINES, file, name.span, message);
            self.report.add(found.help("write `count patients with condition`, or `count all patients`"));
            return self.everybody(name.span);
        };
        match &count.condition {
            Some(condition) => {
                let condition = self.condition(condition);
                lints::constant_condition::look(&condition, self.report);
                condition
            }
            None => self.everybody(count.subjects.span),
        }
    }

    fn everybody(&self, span: ast::Span) -> Expr {
        let place = super::report::place(self.wording.file, span);
        Expr { kind: ExprKind::Constant(Constant::Truth(true)), ty: TRUTH, place }
    }

    /// The counted condition narrowed to each group of codes.
    fn groups(&mut self, by: &'a ast::ByBlock, counted: &Expr) -> Vec<IndicatorGroup> {
        let file = self.wording.file;
        let Some((field, system)) = self.coded_field(by, counted) else { return Vec::new() };
        let mut groups = Vec::with_capacity(by.groups.len() + 1);
        let mut all = CodeSet::empty(system);
        for group in &by.groups {
            let Some(codes) = self.lowering().set_of(group, system) else { continue };
            if overlaps(&codes, &all) {
                let found = finding(codes::SAID_TWICE, file, group.span, "some of these codes are in a group above");
                self.report.add(found.help("let each code belong to one group"));
            }
            all = all.union(&codes);
            let name = self.report.text(super::report::place(file, group.span)).into();
            groups.push(self.group(name, counted, field, Polarity::Positive, codes));
        }
        if by.others.value == OtherCodes::Together {
            groups.push(self.group("other".into(), counted, field, Polarity::Negative, all));
        }
        groups
    }

    fn group(
        &mut self,
        name: Box<str>,
        counted: &Expr,
        field: Field<'_>,
        polarity: Polarity,
        codes: CodeSet,
    ) -> IndicatorGroup {
        let set = self.world.anonymous_set(codes);
        let place = counted.place;
        let is_in = |kind: ExprKind, ty: ScalarType| {
            let value = Expr { kind, ty: Type::Scalar(ty), place };
            Expr { kind: ExprKind::In(Box::new(value), polarity, set), ty: TRUTH, place }
        };
        let counted = match field {
            Field::OfPatient { fact, system } => {
                let own = is_in(ExprKind::Fact(fact), ScalarType::Code(system));
                Expr { kind: ExprKind::And(vec![counted.clone(), own]), ty: TRUTH, place }
            }
            Field::OfRecord { name, system } => {
                let more = |list: &ir::List| {
                    let field = self.world.field(list.fact, name)?;
                    let own = ScalarType::Code(system);
                    let kind = ExprKind::Field { depth: list.depth, field };
                    (self.world.field_type(list.fact, field) == own).then(|| is_in(kind, own))
                };
                // INVARIANT: a field of records was found in what is counted.
                narrowed(counted, &more).unwrap_or_else(|| counted.clone())
            }
        };
        IndicatorGroup { name, counted }
    }

    /// The field of the counted records, or the fact, that the groups look at.
    fn coded_field<'n>(&mut self, by: &'n ast::ByBlock, counted: &Expr) -> Option<(Field<'n>, System)> {
        let file = self.wording.file;
        let mut lists = Vec::new();
        some_lists(counted, &mut lists);
        let name = &*by.field.value;
        for fact in &lists {
            let Some(field) = self.world.field(*fact, name) else { continue };
            if let ScalarType::Code(system) = self.world.field_type(*fact, field) {
                return Some((Field::OfRecord { name, system }, system));
            }
        }
        if let Some(super::names::Declared::Fact(fact)) = self.scope.find(name).map(|entry| entry.what)
            && let Some(FactType::Scalar(ScalarType::Code(system))) = self.world.schema.get(fact).map(|fact| &fact.ty)
        {
            let system = *system;
            return Some((Field::OfPatient { fact, system }, system));
        }
        let fields = lists.iter().flat_map(|fact| self.world.field_names(*fact)).collect::<Vec<_>>();
        let near = near::nearest(name, fields.iter().map(|field| &**field));
        let message = format!("`{name}` is no code of the records that are counted");
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a field with a code of a list that `count … with some … in LIST has (…)` looks at".to_owned(),
        };
        self.report.add(finding(codes::NO_SUCH_FIELD, file, by.field.span, message).help(help));
        None
    }
}

/// What groups look at.
#[derive(Debug, Clone, Copy)]
enum Field<'n> {
    OfPatient {
        fact: crate::schema::FactId,
        system: System,
    },
    /// Of every list of which a record is wanted, and that has a field of that name.
    OfRecord {
        name: &'n str,
        system: System,
    },
}

fn overlaps(codes: &CodeSet, others: &CodeSet) -> bool {
    codes.without(others) != *codes
}

/// The lists of which some record is wanted, outside of brackets that turn it round.
fn some_lists(expr: &Expr, into: &mut Vec<crate::schema::FactId>) {
    if let ExprKind::And(parts) | ExprKind::Or(parts) = &expr.kind {
        parts.iter().for_each(|part| some_lists(part, into));
    } else if let ExprKind::Quantifier { kind: QuantifierKind::Some, list, .. } = &expr.kind {
        into.push(list.fact);
    }
}

/// That it holds, by a record of which one thing more holds, too; `None` where no record makes it hold.
fn narrowed(expr: &Expr, more: &impl Fn(&ir::List) -> Option<Expr>) -> Option<Expr> {
    let with = |kind: ExprKind| Expr { kind, ty: expr.ty.clone(), place: expr.place };
    if let ExprKind::And(parts) | ExprKind::Or(parts) = &expr.kind {
        let mut ways: Vec<Expr> = parts.iter().filter_map(|part| narrowed(part, more)).collect();
        let one = if ways.len() < 2 { ways.pop()? } else { with(ExprKind::Or(ways)) };
        // Beside that record the other parts of `and` hold as they are; those of `or` need not.
        if let ExprKind::Or(_) = &expr.kind {
            return Some(one);
        }
        return Some(with(ExprKind::And(parts.iter().cloned().chain([one]).collect())));
    }
    let ExprKind::Quantifier { kind: QuantifierKind::Some, list, .. } = &expr.kind else { return None };
    let own = more(list)?;
    let mut narrow = expr.clone();
    if let ExprKind::Quantifier { body, .. } = &mut narrow.kind {
        let (ty, place) = (body.ty.clone(), body.place);
        let first = Expr { kind: std::mem::replace(&mut body.kind, ExprKind::Constant(Constant::Unknown)), ty, place };
        body.kind = ExprKind::And(vec![first, own]);
    }
    Some(narrow)
}
