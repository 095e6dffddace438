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
        field: Field,
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
            Field::OfRecord { fact, field, system } => {
                let mut narrowed = counted.clone();
                narrow(&mut narrowed, &|list: &ir::List| {
                    (list.fact == fact)
                        .then(|| is_in(ExprKind::Field { depth: list.depth, field }, ScalarType::Code(system)))
                });
                narrowed
            }
        };
        IndicatorGroup { name, counted }
    }

    /// The field of the counted records, or the fact, that the groups look at.
    fn coded_field(&mut self, by: &ast::ByBlock, counted: &Expr) -> Option<(Field, System)> {
        let file = self.wording.file;
        let mut lists = Vec::new();
        some_lists(counted, &mut lists);
        let name = &*by.field.value;
        for fact in &lists {
            let Some(field) = self.world.field(*fact, name) else { continue };
            if let ScalarType::Code(system) = self.world.field_type(*fact, field) {
                return Some((Field::OfRecord { fact: *fact, field, system }, system));
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
enum Field {
    OfPatient { fact: crate::schema::FactId, system: System },
    OfRecord { fact: crate::schema::FactId, field: crate::schema::FieldId, system: System },
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

/// Asks one thing more of the records that are wanted.
fn narrow(expr: &mut Expr, more: &impl Fn(&ir::List) -> Option<Expr>) {
    if let ExprKind::And(parts) | ExprKind::Or(parts) = &mut expr.kind {
        parts.iter_mut().for_each(|part| narrow(part, more));
    } else if let ExprKind::Quantifier { kind: QuantifierKind::Some, list, body, .. } = &mut expr.kind
        && let Some(more) = more(list)
    {
        let (ty, place) = (body.ty.clone(), body.place);
        let own = std::mem::replace(&mut body.kind, ExprKind::Constant(Constant::Unknown));
        let own = Expr { kind: own, ty: ty.clone(), place };
        body.kind = ExprKind::And(vec![own, more]);
    }
}
