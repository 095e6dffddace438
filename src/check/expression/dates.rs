//! Dates: age, periods, distances.

use super::literals::{days, year};
use super::{Lowered, Lowering};
use crate::check::names::Declared;
use crate::check::types::{DATE, TRUTH, describe, is_date, is_duration};
use crate::diagnostic::codes as register;
use crate::ir::{Constant, Direction, Distance, Expr, ExprKind, LeapDay, Type};
use crate::schema::{FactType, ScalarType};
use crate::syntax::ast::{self, Span};
use crate::value::{DurationUnit, PartialDate};

/// Which day of a month or year an end of `from A to B` means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::check) enum End {
    First,
    Last,
}

impl<'a> Lowering<'_, 'a> {
    /// `age`, `age on X`: since the fact `birth_date`.
    pub(super) fn age(&mut self, span: Span, on: Option<&'a ast::Expr>) -> Lowered {
        let on = match on {
            Some(on) => self.date_value(on),
            None => Expr { kind: ExprKind::Today, ty: DATE, place: self.place(span) },
        };
        let birth = match self.scope.find("birth_date").map(|entry| entry.what) {
            Some(Declared::Fact(id)) => {
                self.use_fact(id);
                match self.world.schema.get(id).map(|fact| &fact.ty) {
                    Some(FactType::Scalar(ty @ (ScalarType::Date { or_none: false } | ScalarType::Any))) => {
                        Expr { kind: ExprKind::Fact(id), ty: Type::Scalar(ty.clone()), place: self.place(span) }
                    }
                    Some(FactType::Scalar(_) | FactType::Record { .. } | FactType::List { .. }) | None => {
                        return self
                            .no_birth_date(span, "`age` is counted from `birth_date`, which is no plain date here");
                    }
                }
            }
            Some(
                Declared::Parameter(_)
                | Declared::Define(_)
                | Declared::CodeSet(_)
                | Declared::Table(_)
                | Declared::Rule(_)
                | Declared::Party(_)
                | Declared::Source(_),
            ) => return self.no_birth_date(span, "`age` is counted from `birth_date`, which is no fact here"),
            None if self.scope.broken.contains("birth_date") => {
                self.report.set_incomplete();
                return Self::unknown();
            }
            None => return self.no_birth_date(span, "`age` is counted from `birth_date`, which is not declared"),
        };
        let noted = self.names == super::Names::Open || self.scope.leap_day.is_some();
        if !noted && self.world.age_noted.insert(self.file) {
            crate::check::lints::age_without_leap_day::report(self.place(span), self.report);
        }
        let leap_day = self.scope.leap_day.unwrap_or(LeapDay::February28);
        (ExprKind::Age { birth: Box::new(birth), on: Box::new(on), leap_day }, Type::Age)
    }

    fn no_birth_date(&mut self, span: Span, message: &str) -> Lowered {
        let found = self.finding(register::NO_BIRTH_DATE, span, message);
        let help = match self.names {
            super::Names::Declared => "declare `fact birth_date: date`, or name the guideline that does in `uses`",
            super::Names::Open => "give `birth_date` with the facts; `null` stands for a fact that was not given",
        };
        self.report.add(found.help(help));
        Self::unknown()
    }

    /// A value that must be a date.
    pub(in crate::check) fn date_value(&mut self, expr: &'a ast::Expr) -> Expr {
        let value = self.value(expr, Some(&DATE));
        if is_date(&value.ty) { value } else { self.not_a_date(expr.span, &value) }
    }

    #[inline(never)]
    fn not_a_date(&mut self, span: Span, value: &Expr) -> Expr {
        let message = format!("a date belongs here, and {} is {}", self.quoted(value.place), describe(&value.ty));
        let found = self.finding(register::NOT_A_DATE, span, message);
        self.report.add(found.help("name a fact or field of type `date`, or write a day such as `2004-05-12`"));
        self.unknown_at(span)
    }

    /// A value that must be a duration.
    pub(in crate::check) fn duration_value(&mut self, expr: &'a ast::Expr) -> Expr {
        let value = self.value(expr, Some(&Type::Scalar(ScalarType::Duration)));
        self.as_duration(expr.span, value)
    }

    #[inline(never)]
    fn as_duration(&mut self, span: Span, value: Expr) -> Expr {
        if let ExprKind::Constant(Constant::Duration(duration)) = &value.kind
            && duration.count() < 0
        {
            let found = self.finding(register::NOT_A_DURATION, span, "a distance is not negative");
            self.report.add(found.help("say `before` or `after` instead"));
            return self.unknown_at(span);
        }
        if is_duration(&value.ty) {
            return value;
        }
        let message = format!("a duration belongs here, and {} is {}", self.quoted(value.place), describe(&value.ty));
        let found = self.finding(register::NOT_A_DURATION, span, message);
        self.report.add(found.help("durations are written as `14 days`, `3 months`, `1 year`"));
        self.unknown_at(span)
    }

    /// An end of `from A to B` of dates: a month or year means its first or last day.
    pub(in crate::check) fn day(&mut self, expr: &'a ast::Expr, end: End) -> Expr {
        match self.written_period(expr) {
            Some(partial) => {
                let (first, last) = days(partial);
                let day = match end {
                    End::First => first,
                    End::Last => last,
                };
                Expr { kind: ExprKind::Constant(Constant::Date(day)), ty: DATE, place: self.place(expr.span) }
            }
            None => self.date_value(expr),
        }
    }

    /// A date, month or year that stands in the text.
    fn written_period(&mut self, expr: &ast::Expr) -> Option<PartialDate> {
        if let ast::ExprKind::Number(number) = &expr.kind {
            return year(*number).map(PartialDate::Year);
        }
        let ast::ExprKind::Date(literal) = &expr.kind else { return None };
        PartialDate::from_parts(literal.year, literal.month, literal.day)
    }

    /// `x during 2004-05`, `x during period`.
    pub(super) fn during(&mut self, value: &'a ast::Expr, period: &'a ast::Expr) -> Lowered {
        let value = self.date_value(value);
        let period = self.period_value(period);
        (ExprKind::During(Box::new(value), Box::new(period)), TRUTH)
    }

    /// What stands after `during`.
    pub(super) fn period_value(&mut self, period: &'a ast::Expr) -> Expr {
        let place = self.place(period.span);
        let period_type = Type::Scalar(ScalarType::Period);
        match self.written_period(period) {
            Some(written) => {
                let (first, last) = days(written);
                Expr { kind: ExprKind::Constant(Constant::Period(first, last)), ty: period_type, place }
            }
            None => {
                let found = self.value(period, Some(&period_type));
                if !matches!(found.ty, Type::Scalar(ScalarType::Period | ScalarType::Any)) {
                    let message = format!(
                        "a period belongs after `during`, and {} is {}",
                        self.quoted(place),
                        describe(&found.ty)
                    );
                    let finding = self.finding(register::NOT_A_PERIOD, period.span, message);
                    let help = if is_date(&found.ty) {
                        "a single date is compared with `is`, `before`, `on or after`"
                    } else {
                        "write a month or year such as `2004-05`, or a fact of type `period`"
                    };
                    self.report.add(finding.help(help));
                    return self.unknown_at(period.span);
                }
                found
            }
        }
    }

    pub(super) fn distance(
        &mut self,
        value: &'a ast::Expr,
        relation: Distance,
        duration: &'a ast::Expr,
        anchor: &'a ast::Expr,
    ) -> Lowered {
        let value = Box::new(self.date_value(value));
        let duration = Box::new(self.duration_value(duration));
        let anchor = Box::new(self.date_value(anchor));
        (ExprKind::Distance { value, relation, duration, anchor }, TRUTH)
    }

    /// `1 year before y`.
    pub(super) fn shifted(&mut self, duration: &'a ast::Expr, direction: Direction, anchor: &'a ast::Expr) -> Lowered {
        let duration = Box::new(self.duration_value(duration));
        let anchor = Box::new(self.date_value(anchor));
        let ty = anchor.ty.clone();
        (ExprKind::Shifted { anchor, direction, duration }, ty)
    }

    pub(super) fn units_between(&mut self, unit: DurationUnit, from: &'a ast::Expr, to: &'a ast::Expr) -> Lowered {
        let from = Box::new(self.date_value(from));
        let to = Box::new(self.date_value(to));
        (ExprKind::UnitsBetween { unit, from, to }, Type::Scalar(ScalarType::Number))
    }
}
