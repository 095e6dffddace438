//! Comparisons: which types each operator takes, and what to write instead.

use super::{Lowered, Lowering};
use crate::check::types::{self, Fit, TRUTH, describe, fit, is_any, is_date, is_ordered};
use crate::diagnostic::codes as register;
use crate::ir::{Comparison, Constant, Expr, ExprKind, Polarity, Type};
use crate::schema::ScalarType;
use crate::syntax::ast::{self, Span};
use crate::value::Unit;

impl<'a> Lowering<'_, 'a> {
    pub(super) fn compare(
        &mut self,
        span: Span,
        left: &'a ast::Expr,
        operator: Comparison,
        right: &'a ast::Expr,
    ) -> Lowered {
        if self.is_band_without_words(span, left, right) {
            return Self::unknown();
        }
        let (left, right) = self.operands(left, right);
        self.compared(span, left, operator, right)
    }

    #[inline(never)]
    fn compared(&mut self, span: Span, left: Expr, operator: Comparison, right: Expr) -> Lowered {
        if !self.operator_fits(span, &left, operator, &right) || !self.comparable(span, &left, &right) {
            return (ExprKind::Constant(Constant::Unknown), TRUTH);
        }
        let right = self.in_unit_of(&left.ty, right);
        self.exact_code(operator, &right);
        (ExprKind::Compare(Box::new(left), operator, Box::new(right)), TRUTH)
    }

    /// Both sides, each literal read as the other side needs it.
    fn operands(&mut self, left: &'a ast::Expr, right: &'a ast::Expr) -> (Expr, Expr) {
        if self.needs_other(left) && !self.needs_other(right) {
            let right = self.value(right, None);
            let left = self.value(left, Some(&right.ty));
            return (left, right);
        }
        let left = self.value(left, None);
        let right = self.value(right, Some(&left.ty));
        (left, right)
    }

    /// Whether only the other operand can say how it is to be read.
    fn needs_other(&self, expr: &ast::Expr) -> bool {
        if let ast::ExprKind::Path(path) = &expr.kind {
            return match path.as_slice() {
                [name] => {
                    self.scope.find(&name.value).is_none()
                        && self.word_depth(&name.value).is_none()
                        && self.lists.last().is_none_or(|at| self.world.field(at.fact, &name.value).is_none())
                }
                [] | [_, _, ..] => false,
            };
        }
        matches!(
            expr.kind,
            ast::ExprKind::Code { system: None, .. }
                | ast::ExprKind::Text(_)
                | ast::ExprKind::Number(_)
                | ast::ExprKind::Quantity { .. }
        )
    }

    /// Whether the operator takes such values; reports what to write instead.
    fn operator_fits(&mut self, span: Span, left: &Expr, operator: Comparison, right: &Expr) -> bool {
        if is_any(&left.ty) && is_any(&right.ty) {
            return true;
        }
        let (word, other) = words(operator);
        match operator {
            Comparison::Is | Comparison::IsNot => true,
            Comparison::AtLeast | Comparison::AtMost | Comparison::MoreThan | Comparison::LessThan => {
                if let Some(number) = age_against_number(left, right) {
                    self.age_is_a_duration(span, number);
                    return false;
                }
                let Some(wrong) = [left, right].into_iter().find(|side| !is_ordered(&side.ty)) else { return true };
                let date = is_date(&wrong.ty);
                let message = if date {
                    format!("`{word}` does not compare dates")
                } else {
                    format!("`{word}` does not fit {}", describe(&wrong.ty))
                };
                let help = if date {
                    format!("write `{other}`; a distance is `at least 1 year before …`")
                } else {
                    "it compares numbers, quantities, durations and age; others have `is`, `is one of`, `in`".to_owned()
                };
                let found = self.finding(register::OPERATOR_DOES_NOT_FIT, span, message);
                self.report.add(found.help(help));
                false
            }
            Comparison::Before | Comparison::After | Comparison::OnOrBefore | Comparison::OnOrAfter => {
                let Some(wrong) = [left, right].into_iter().find(|side| !is_date(&side.ty)) else { return true };
                let message =
                    format!("`{word}` compares dates, and {} is {}", self.quoted(wrong.place), describe(&wrong.ty));
                let mut found = self.finding(register::OPERATOR_DOES_NOT_FIT, span, message);
                if is_ordered(&wrong.ty) {
                    found.help = Some(format!("write `{other}`"));
                }
                self.report.add(found);
                false
            }
        }
    }

    /// Whether two values can be compared at all; reports both types.
    pub(super) fn comparable(&mut self, span: Span, left: &Expr, right: &Expr) -> bool {
        if let Some(number) = age_against_number(left, right) {
            self.age_is_a_duration(span, number);
            return false;
        }
        match fit(&left.ty, &right.ty) {
            Fit::Fits => self.durations_fit(span, left, right),
            Fit::Units => {
                self.units_differ(span, left, right);
                false
            }
            Fit::Systems => {
                let message = format!("cannot compare {} with {}", describe(&left.ty), describe(&right.ty));
                let found = self.finding(register::SYSTEMS_DIFFER, span, message);
                self.report.add(found.help("two systems never have a code in common"));
                false
            }
            Fit::Words => {
                let message = format!("cannot compare {} with {}", describe(&left.ty), describe(&right.ty));
                let found = self.finding(register::TYPES_DIFFER, span, message);
                self.report.add(found.help("the two have no word in common"));
                false
            }
            Fit::Different => {
                let message = format!("cannot compare {} with {}", describe(&left.ty), describe(&right.ty));
                let mut found = self.finding(register::TYPES_DIFFER, span, message);
                found.help = mend(left, right).or_else(|| Some("compare values of one type".to_owned()));
                self.report.add(found);
                false
            }
        }
    }

    fn units_differ(&mut self, span: Span, left: &Expr, right: &Expr) {
        let (Type::Scalar(ScalarType::Quantity(one)), Type::Scalar(ScalarType::Quantity(other))) =
            (&left.ty, &right.ty)
        else {
            return;
        };
        let message = format!("cannot compare {} with {}", one.as_str(), other.as_str());
        let mut found = self
            .finding(register::UNITS_DIFFER, span, message)
            .help(format!("write the threshold in {}", one.as_str()));
        if let ExprKind::Fact(id) = left.kind
            && let Some(place) = self.world.fact_places.get(id.0 as usize).copied()
        {
            let line = self.report.on_line(place, self.file);
            found = found.label(format!("{} is declared in {}{line}", self.quoted(left.place), one.as_str()));
        }
        self.report.add(found);
    }

    /// Days are not compared with months, nor age with days.
    fn durations_fit(&mut self, span: Span, left: &Expr, right: &Expr) -> bool {
        let message = match (constant_duration(left), constant_duration(right)) {
            (Some(one), Some(other)) if !types::same_family(one, other) => {
                format!("cannot compare {one} with {other}: months and years have no fixed number of days")
            }
            (_, Some(short)) if left.ty == Type::Age && types::is_short(short) => {
                format!("cannot compare an age with {short}: it is counted in completed years or months")
            }
            (Some(short), _) if right.ty == Type::Age && types::is_short(short) => {
                format!("cannot compare an age with {short}: it is counted in completed years or months")
            }
            (Some(_) | None, Some(_) | None) => return true,
        };
        let found = self.finding(register::DURATION_FAMILIES, span, message);
        self.report.add(found.help("write both in days and weeks, or both in months and years"));
        false
    }

    fn age_is_a_duration(&mut self, span: Span, number: &Expr) {
        let text = self.quoted(number.place);
        let text = text.trim_matches('`');
        let found =
            self.finding(register::AGE_WITHOUT_UNIT, span, "an age is compared with a duration, not with a number");
        let help = if text == "this" { "say the unit: `20 years`".to_owned() } else { format!("write `{text} years`") };
        self.report.add(found.help(help));
    }

    /// Converts where the units differ and can be converted.
    pub(super) fn in_unit_of(&self, ty: &Type, value: Expr) -> Expr {
        match (ty, &value.ty) {
            (Type::Scalar(ScalarType::Quantity(unit)), Type::Scalar(ScalarType::Quantity(own))) if unit != own => {
                converted(value, unit.clone())
            }
            (Type::Scalar(_) | Type::Age | Type::Record | Type::List, _) => value,
        }
    }

    /// `is F11` where codes stand below it: the advice `in`.
    fn exact_code(&mut self, operator: Comparison, right: &Expr) {
        match operator {
            Comparison::Is | Comparison::IsNot => crate::check::lints::exact_code::look(right, self.report),
            Comparison::AtLeast
            | Comparison::AtMost
            | Comparison::MoreThan
            | Comparison::LessThan
            | Comparison::Before
            | Comparison::After
            | Comparison::OnOrBefore
            | Comparison::OnOrAfter => {}
        }
    }

    pub(super) fn one_of(&mut self, value: &'a ast::Expr, polarity: Polarity, options: &'a [ast::Expr]) -> Lowered {
        let value = self.value(value, None);
        let mut found = Vec::with_capacity(options.len());
        for option in options {
            let span = option.span;
            let option = self.value(option, Some(&value.ty));
            if self.comparable(span, &value, &option) {
                crate::check::lints::exact_code::look(&option, self.report);
                found.push(self.in_unit_of(&value.ty, option));
            }
        }
        (ExprKind::OneOf(Box::new(value), polarity, found), TRUTH)
    }

    pub(super) fn age_or_older(&mut self, age: &'a ast::Expr, duration: &'a ast::Expr) -> Lowered {
        let span = Span { start: age.span.start, end: duration.span.end };
        let age = self.value(age, None);
        let duration = self.value(duration, Some(&Type::Scalar(ScalarType::Duration)));
        self.age_compared(span, age, duration)
    }

    #[inline(never)]
    fn age_compared(&mut self, span: Span, age: Expr, duration: Expr) -> Lowered {
        if !matches!(age.ty, Type::Age | types::ANY) {
            let message =
                format!("`or older` is said of an age, and {} is {}", self.quoted(age.place), describe(&age.ty));
            let found = self.finding(register::OPERATOR_DOES_NOT_FIT, span, message);
            self.report.add(found.help("write `at least`, or `at least … before today` of a date"));
            return (ExprKind::Constant(Constant::Unknown), TRUTH);
        }
        if !self.comparable(span, &age, &duration) {
            return (ExprKind::Constant(Constant::Unknown), TRUTH);
        }
        (ExprKind::Compare(Box::new(age), Comparison::AtLeast, Box::new(duration)), TRUTH)
    }

    /// `x from A to B`: numbers, quantities, durations, age, and dates, whose ends may be whole months or years.
    pub(super) fn between(&mut self, value: &'a ast::Expr, low: &'a ast::Expr, high: &'a ast::Expr) -> Lowered {
        let span = Span { start: value.span.start, end: high.span.end };
        let value = self.value(value, None);
        let (low, high) = if is_date(&value.ty) && !is_any(&value.ty) {
            (self.day(low, super::dates::End::First), self.day(high, super::dates::End::Last))
        } else {
            (self.value(low, Some(&value.ty)), self.value(high, Some(&value.ty)))
        };
        self.between_of(span, value, low, high)
    }

    #[inline(never)]
    fn between_of(&mut self, span: Span, value: Expr, low: Expr, high: Expr) -> Lowered {
        let unknown = (ExprKind::Constant(Constant::Unknown), TRUTH);
        if !is_ordered(&value.ty) && !is_date(&value.ty) {
            let message = format!("`from … to` does not fit {}", describe(&value.ty));
            let found = self.finding(register::OPERATOR_DOES_NOT_FIT, span, message);
            self.report.add(found.help("it takes numbers, quantities, durations, dates and age"));
            return unknown;
        }
        if !self.comparable(span, &value, &low) || !self.comparable(span, &value, &high) {
            return unknown;
        }
        if let (ExprKind::Constant(from), ExprKind::Constant(to)) = (&low.kind, &high.kind)
            && types::compare(from, to) == Some(std::cmp::Ordering::Greater)
        {
            let found =
                self.finding(register::ENDS_REVERSED, span, "nothing lies between these: the first end is the higher");
            self.report.add(found.help("write the lower end first"));
            return unknown;
        }
        let low = self.in_unit_of(&value.ty, low);
        let high = self.in_unit_of(&value.ty, high);
        (ExprKind::Between(Box::new(value), Box::new(low), Box::new(high)), TRUTH)
    }
}

/// The operator's word, and its counterpart for dates or for numbers.
fn words(operator: Comparison) -> (&'static str, &'static str) {
    match operator {
        Comparison::Is => ("is", "is"),
        Comparison::IsNot => ("is not", "is not"),
        Comparison::AtLeast => ("at least", "on or after"),
        Comparison::AtMost => ("at most", "on or before"),
        Comparison::MoreThan => ("more than", "after"),
        Comparison::LessThan => ("less than", "before"),
        Comparison::Before => ("before", "less than"),
        Comparison::After => ("after", "more than"),
        Comparison::OnOrBefore => ("on or before", "at most"),
        Comparison::OnOrAfter => ("on or after", "at least"),
    }
}

fn age_against_number<'e>(left: &'e Expr, right: &'e Expr) -> Option<&'e Expr> {
    match (&left.ty, &right.ty) {
        (Type::Age, Type::Scalar(ScalarType::Number)) => Some(right),
        (Type::Scalar(ScalarType::Number), Type::Age) => Some(left),
        (Type::Age | Type::Scalar(_) | Type::Record | Type::List, _) => None,
    }
}

fn constant_duration(expr: &Expr) -> Option<crate::value::Duration> {
    if let ExprKind::Constant(Constant::Duration(duration)) = &expr.kind { Some(*duration) } else { None }
}

/// How to mend a comparison of two types.
fn mend(left: &Expr, right: &Expr) -> Option<String> {
    match (&left.ty, &right.ty) {
        (Type::Scalar(ScalarType::Quantity(unit)), Type::Scalar(ScalarType::Number)) => {
            Some(format!("say the unit: `{}` after the number", unit.as_str()))
        }
        (Type::Scalar(ScalarType::Number), Type::Scalar(ScalarType::Quantity(_))) => {
            Some("leave the unit out, or declare the fact as a quantity".to_owned())
        }
        (Type::Scalar(ScalarType::Duration), Type::Scalar(ScalarType::Number)) => {
            Some("say the unit: `20 years`, `14 days`".to_owned())
        }
        (Type::Scalar(ScalarType::Code(_)), Type::Scalar(ScalarType::Number)) => {
            Some("a code that starts with a digit stands in quotes, such as `\"01\"`".to_owned())
        }
        (Type::Scalar(ScalarType::Choice(_)), Type::Scalar(ScalarType::Text)) => {
            Some("write the word without quotes".to_owned())
        }
        (Type::Age, Type::Age) => Some("an age is compared with a duration".to_owned()),
        (Type::Scalar(ScalarType::Date { .. }), Type::Age | Type::Scalar(ScalarType::Duration)) => {
            Some("a distance between dates is `at least 1 year before …`".to_owned())
        }
        (Type::Scalar(_) | Type::Age | Type::Record | Type::List, _) => None,
    }
}

/// A value in another unit: a constant at once.
pub(super) fn converted(value: Expr, unit: Unit) -> Expr {
    let ty = Type::Scalar(ScalarType::Quantity(unit.clone()));
    if let ExprKind::Constant(Constant::Quantity(quantity)) = &value.kind
        && let Ok(quantity) = quantity.to_unit(&unit)
    {
        return Expr { kind: ExprKind::Constant(Constant::Quantity(quantity.into())), ty, place: value.place };
    }
    let place = value.place;
    Expr { kind: ExprKind::Convert(Box::new(value), unit), ty, place }
}
