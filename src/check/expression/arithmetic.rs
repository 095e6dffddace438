//! Values from values: sums, products, rounding, tables, `if … then … else`.

use super::compare::converted;
use super::{Lowered, Lowering};
use crate::check::names::Declared;
use crate::check::types::{self, Fit, Units, describe, describe_scalar, fit, is_any};
use crate::diagnostic::codes as register;
use crate::ir::{Constant, Expr, ExprKind, Factor, Sign, Type};
use crate::schema::ScalarType;
use crate::syntax::ast::{self, Name, Otherwise, Span, Spanned};
use crate::value::Unit;

/// More decimals than anything is measured with.
const MOST_DECIMALS: u32 = 15;

impl<'a> Lowering<'_, 'a> {
    /// `a + b - c`: numbers, or quantities of comparable units.
    pub(super) fn sums(&mut self, terms: &'a [(Sign, ast::Expr)], expected: Option<&Type>) -> Lowered {
        let mut ty: Option<Type> = None;
        let mut found = Vec::with_capacity(terms.len());
        for (sign, term) in terms {
            let value = self.value(term, ty.as_ref().or(amount(expected)));
            match self.term(term.span, &mut ty, value) {
                Some(value) => found.push((*sign, value)),
                None => return Self::unknown(),
            }
        }
        (ExprKind::Sums(found), ty.unwrap_or(types::ANY))
    }

    /// A term in the unit of the first that has one; `None` when it does not go with the others.
    #[inline(never)]
    fn term(&mut self, span: Span, ty: &mut Option<Type>, value: Expr) -> Option<Expr> {
        if !self.is_amount(&value) {
            self.not_an_amount(span, &value);
            return None;
        }
        if is_any(&value.ty) {
            return Some(value);
        }
        let Some(own) = ty else {
            *ty = Some(value.ty.clone());
            return Some(value);
        };
        if !self.comparable(span, &Expr { ty: own.clone(), ..value.clone() }, &value) {
            return None;
        }
        Some(self.in_unit_of(own, value))
    }

    #[inline(never)]
    fn not_an_amount(&mut self, span: Span, value: &Expr) {
        let message = format!("arithmetic takes numbers and quantities, and this is {}", describe(&value.ty));
        let help = match &value.ty {
            Type::Scalar(ScalarType::Date { .. } | ScalarType::Duration) => {
                "a date so much later is `3 months after X`, so much earlier `3 months before X`"
            }
            Type::Age => "age as a number is `years between birth_date and today`",
            Type::Scalar(_) | Type::Record | Type::List => "name a number or a quantity",
        };
        let found = self.finding(register::NOT_AN_AMOUNT, span, message);
        self.report.add(found.help(help));
    }

    /// `a * b / c`: numbers and quantities; the units are multiplied.
    pub(super) fn products(&mut self, factors: &'a [(Factor, ast::Expr)]) -> Lowered {
        let mut unit: Option<Unit> = None;
        let mut unknown = false;
        let mut found = Vec::with_capacity(factors.len());
        for (factor, operand) in factors {
            let value = self.value(operand, None);
            if !self.multiply(&mut unit, *factor, &value, operand.span) {
                return Self::unknown();
            }
            unknown |= is_any(&value.ty);
            found.push((*factor, value));
        }
        let ty = match unit {
            _any if unknown => types::ANY,
            Some(unit) => Type::Scalar(ScalarType::Quantity(unit)),
            None => Type::Scalar(ScalarType::Number),
        };
        (ExprKind::Products(found), ty)
    }

    /// Takes a factor's unit into the product's; whether that can be done.
    #[inline(never)]
    fn multiply(&mut self, unit: &mut Option<Unit>, factor: Factor, value: &Expr, span: Span) -> bool {
        if !self.is_amount(value) {
            self.not_an_amount(span, value);
            return false;
        }
        if let Type::Scalar(ScalarType::Quantity(own)) = &value.ty {
            match self.unit_of_product(unit.as_ref(), factor, own, span) {
                Some(product) => *unit = Some(product),
                None => return false,
            }
        }
        if let (Factor::Per, ExprKind::Constant(Constant::Number(number))) = (factor, &value.kind)
            && number.numerator() == 0
        {
            let finding = self.finding(register::DIVISION_BY_NOUGHT, span, "nothing can be divided by 0");
            self.report.add(finding.help("divide by something that is not 0"));
            return false;
        }
        true
    }

    #[inline(never)]
    fn unit_of_product(&mut self, left: Option<&Unit>, factor: Factor, right: &Unit, span: Span) -> Option<Unit> {
        let text = match (left, factor) {
            (None, Factor::Times) => right.as_str().to_owned(),
            (None, Factor::Per) => format!("1/{}", bracketed(right)),
            (Some(left), Factor::Times) => format!("{}.{}", left.as_str(), bracketed(right)),
            (Some(left), Factor::Per) => format!("{}/{}", left.as_str(), bracketed(right)),
        };
        match Unit::parse(&text) {
            Ok(unit) => Some(unit),
            Err(error) => {
                let message = format!("these units cannot be multiplied or divided: {error}");
                let found = self.finding(register::UNITS_DIFFER, span, message);
                self.report.add(found.help("convert to a unit that starts at nought"));
                None
            }
        }
    }

    pub(super) fn round(&mut self, value: &'a ast::Expr, decimals: &Spanned<u32>, expected: Option<&Type>) -> Lowered {
        let span = value.span;
        let value = self.value(value, amount(expected));
        self.rounded(span, value, decimals)
    }

    #[inline(never)]
    fn rounded(&mut self, span: Span, value: Expr, decimals: &Spanned<u32>) -> Lowered {
        if !self.is_amount(&value) {
            self.not_an_amount(span, &value);
            return Self::unknown();
        }
        if decimals.value > MOST_DECIMALS {
            let message = format!("numbers are rounded to at most {MOST_DECIMALS} decimals");
            let found = self.finding(register::COUNT_OUT_OF_RANGE, decimals.span, message);
            self.report.add(found.help(format!("write a number from 0 to {MOST_DECIMALS}")));
        }
        let ty = value.ty.clone();
        (ExprKind::Round(Box::new(value), decimals.value), ty)
    }

    /// `look up KEY in TABLE for COLUMN, otherwise VALUE`.
    pub(super) fn look_up(
        &mut self,
        key: &'a ast::Expr,
        table: &'a Name,
        column: &'a Name,
        otherwise: &'a Otherwise,
    ) -> Lowered {
        let found =
            self.scope.look_up(table, self.file, "a table", |what| matches!(what, Declared::Table(_)), self.report);
        let Some(Declared::Table(id)) = found else {
            self.value(key, None);
            return Self::unknown();
        };
        let Some((key_type, columns)) = self.world.tables.get(id.0 as usize).map(|found| {
            let columns: Vec<(Box<str>, ScalarType)> =
                found.columns.iter().map(|column| (column.name.clone(), column.ty.clone())).collect();
            (Type::Scalar(found.key.clone()), columns)
        }) else {
            return Self::unknown();
        };
        let span = key.span;
        let key = self.value(key, Some(&key_type));
        let key_fits = self.key_fits(span, &key_type, &key, &table.value);
        let position = columns.iter().position(|(name, _)| *name == column.value);
        let Some((position, (_, ty))) = position.and_then(|at| Some((at, columns.get(at)?))) else {
            let help = self.report.did_you_mean(&column.value, columns.iter().map(|(name, _)| &**name));
            let message = format!("the table `{}` has no column `{}`", table.value, column.value);
            let mut found = self.finding(register::NO_SUCH_FIELD, column.span, message);
            found.help = help.or_else(|| {
                let names: Vec<&str> = columns.iter().take(12).map(|(name, _)| &**name).collect();
                Some(format!("it has {}", names.join(", ")))
            });
            self.report.add(found);
            return Self::unknown();
        };
        let ty = Type::Scalar(ty.clone());
        let otherwise = match otherwise {
            Otherwise::Unknown => {
                Expr { kind: ExprKind::Constant(Constant::Unknown), ty: ty.clone(), place: self.place(column.span) }
            }
            Otherwise::Value(value) => {
                let span = value.span;
                let value = self.value(value, Some(&ty));
                self.branch_fits(span, &ty, value)
            }
        };
        if !key_fits {
            return Self::unknown();
        }
        let key = Box::new(self.in_unit_of(&key_type, key));
        let column = u32::try_from(position).unwrap_or(u32::MAX);
        (ExprKind::LookUp { key, table: id, column, otherwise: Box::new(otherwise) }, ty)
    }

    #[inline(never)]
    fn key_fits(&mut self, span: Span, key_type: &Type, key: &Expr, table: &str) -> bool {
        match fit(key_type, &key.ty) {
            Fit::Fits | Fit::Words => true,
            Fit::Units | Fit::Systems | Fit::Different => {
                let message =
                    format!("`{table}` is looked up by {}, and this is {}", describe(key_type), describe(&key.ty));
                let found = self.finding(register::TYPES_DIFFER, span, message);
                self.report.add(found.help(format!("look up {}", describe(key_type))));
                false
            }
        }
    }

    /// A branch that must be of a type, in its unit.
    #[inline(never)]
    fn branch_fits(&mut self, span: Span, ty: &Type, value: Expr) -> Expr {
        match fit(ty, &value.ty) {
            Fit::Fits | Fit::Words => self.in_unit_of(ty, value),
            Fit::Units | Fit::Systems | Fit::Different => {
                let message =
                    format!("every branch gives one type: here {}, elsewhere {}", describe(&value.ty), describe(ty));
                let found = self.finding(register::BRANCHES_DIFFER, span, message);
                self.report.add(found.help("let all branches give the same"));
                self.unknown_at(span)
            }
        }
    }

    /// `if C then A else B`: all values of one type.
    pub(super) fn choose(
        &mut self,
        arms: &'a [(ast::Expr, ast::Expr)],
        otherwise: &'a ast::Expr,
        expected: Option<&Type>,
    ) -> Lowered {
        let mut ty: Option<Type> = None;
        let mut found = Vec::with_capacity(arms.len());
        for (condition, value) in arms {
            let condition = self.condition(condition);
            let value = self.branch(value, &mut ty, expected);
            found.push((condition, value));
        }
        let otherwise = self.branch(otherwise, &mut ty, expected);
        (ExprKind::If { arms: found, otherwise: Box::new(otherwise) }, ty.unwrap_or(types::ANY))
    }

    fn branch(&mut self, value: &'a ast::Expr, ty: &mut Option<Type>, expected: Option<&Type>) -> Expr {
        let span = value.span;
        let value = self.value(value, ty.as_ref().or(expected));
        match ty {
            Some(own) => self.branch_fits(span, own, value),
            None => {
                if !is_any(&value.ty) {
                    *ty = Some(value.ty.clone());
                }
                value
            }
        }
    }

    /// A constant of a type, for tables and parameters; reports what is none.
    pub(in crate::check) fn constant(&mut self, expr: &'a ast::Expr, ty: &ScalarType) -> Option<Constant> {
        let wanted = Type::Scalar(ty.clone());
        let errors = self.report.errors();
        let value = self.value(expr, Some(&wanted));
        if self.report.errors() > errors {
            return None;
        }
        if let Fit::Units | Fit::Systems | Fit::Words | Fit::Different = fit(&wanted, &value.ty) {
            let message = format!("{} belongs here, and this is {}", describe_scalar(ty), describe(&value.ty));
            let found = self.finding(register::TYPES_DIFFER, expr.span, message);
            self.report.add(found.help(format!("write {}", describe_scalar(ty))));
            return None;
        }
        let value = match (&wanted, &value.ty) {
            (Type::Scalar(ScalarType::Quantity(unit)), Type::Scalar(ScalarType::Quantity(own))) => {
                match types::units(unit, own) {
                    Units::Same => value,
                    Units::Convert | Units::Different => converted(value, unit.clone()),
                }
            }
            (Type::Scalar(_) | Type::Age | Type::Record | Type::List, _) => value,
        };
        if let ExprKind::Constant(constant) = value.kind {
            return Some(constant);
        }
        let found =
            self.finding(register::NOT_A_CONSTANT, expr.span, "only a value that stands in the text belongs here");
        self.report.add(found.help("write the number, date, code or word itself"));
        None
    }
}

/// The expected type where it is a number or quantity.
fn amount(expected: Option<&Type>) -> Option<&Type> {
    expected.filter(|ty| matches!(ty, Type::Scalar(ScalarType::Number | ScalarType::Quantity(_))))
}

/// A unit as an operand of another: in brackets when it is a product itself.
fn bracketed(unit: &Unit) -> String {
    let text = unit.as_str();
    if text.contains(['.', '/']) { format!("({text})") } else { text.to_owned() }
}
