//! What stands in the text as a value: numbers, quantities, durations, dates, texts.

use super::{Lowered, Lowering};
use crate::diagnostic::codes as register;
use crate::ir::{Constant, ExprKind, Type};
use crate::schema::ScalarType;
use crate::syntax::ast::{DateLiteral, DurationLiteral, Name, Span};
use crate::value::{Code, Date, Duration, Number, PartialDate, Quantity, System, Truth, Unit};

impl<'a> Lowering<'_, 'a> {
    pub(super) fn truth(truth: Truth) -> Lowered {
        let constant = match truth {
            Truth::True => Constant::Truth(true),
            Truth::False => Constant::Truth(false),
            Truth::Unknown => Constant::Unknown,
        };
        (ExprKind::Constant(constant), Type::Scalar(ScalarType::Truth))
    }

    /// A number; where a quantity without dimension is expected, one of its unit; where a date is expected, a message.
    pub(super) fn number(&mut self, span: Span, number: Number, expected: Option<&Type>) -> Lowered {
        match expected {
            Some(Type::Scalar(ScalarType::Quantity(unit))) => {
                let bare = Unit::parse("1").ok().and_then(|one| Quantity::new(number, one).to_unit(unit).ok());
                match bare {
                    Some(quantity) => {
                        let ty = ScalarType::Quantity(quantity.unit().clone());
                        (ExprKind::Constant(Constant::Quantity(quantity.into())), Type::Scalar(ty))
                    }
                    None => Self::plain_number(number),
                }
            }
            Some(Type::Scalar(ScalarType::Date { .. })) if year(number).is_some() => {
                let text = number.to_string();
                let found = self.finding(
                    register::NOT_ONE_DAY,
                    span,
                    format!("the year {text} is no day that a date can be compared with"),
                );
                self.report.add(found.help(format!("write `during {text}`, or a day such as {text}-01-01")));
                Self::unknown()
            }
            Some(Type::Scalar(_) | Type::Age | Type::Record | Type::List) | None => Self::plain_number(number),
        }
    }

    fn plain_number(number: Number) -> Lowered {
        (ExprKind::Constant(Constant::Number(number.into())), Type::Scalar(ScalarType::Number))
    }

    /// An amount, in the expected unit where one is expected and it can be converted.
    pub(super) fn quantity(&mut self, number: Number, unit: &'a Name, expected: Option<&Type>) -> Lowered {
        let Some(parsed) = self.unit(unit) else { return Self::unknown() };
        let quantity = Quantity::new(number, parsed);
        let quantity = match expected {
            Some(Type::Scalar(ScalarType::Quantity(wanted))) => quantity.to_unit(wanted).unwrap_or(quantity),
            Some(Type::Scalar(_) | Type::Age | Type::Record | Type::List) | None => quantity,
        };
        let ty = ScalarType::Quantity(quantity.unit().clone());
        (ExprKind::Constant(Constant::Quantity(quantity.into())), Type::Scalar(ty))
    }

    /// A unit as written.
    pub(super) fn unit(&mut self, unit: &Name) -> Option<Unit> {
        match Unit::parse(&unit.value) {
            Ok(unit) => Some(unit),
            Err(error) => {
                let found = self.finding(register::NOT_A_UNIT, unit.span, error.to_string());
                self.report.add(found.help("units are written as in UCUM: `mmol/L`, `kg/m2`, `10*9/L`"));
                None
            }
        }
    }

    pub(super) fn duration(&mut self, span: Span, literal: &DurationLiteral) -> Lowered {
        match whole_duration(literal) {
            Some(duration) => (ExprKind::Constant(Constant::Duration(duration)), Type::Scalar(ScalarType::Duration)),
            None => {
                let word = literal.unit.word();
                let found = self.finding(
                    register::NOT_A_DURATION,
                    span,
                    format!("a duration is a whole number of {word}s, not {}", literal.number),
                );
                self.report.add(found.help("use a smaller unit: `18 months`, `10 days`"));
                Self::unknown()
            }
        }
    }

    /// A whole date; a partial one only stands after `during`, `from`, `through`.
    pub(super) fn date(&mut self, span: Span, literal: DateLiteral) -> Lowered {
        match self.partial_date(literal) {
            None => Self::unknown(),
            Some(PartialDate::Day(date)) => {
                (ExprKind::Constant(Constant::Date(date)), Type::Scalar(ScalarType::Date { or_none: false }))
            }
            Some(partial @ (PartialDate::Month { .. } | PartialDate::Year(_))) => {
                let found = self.finding(
                    register::NOT_ONE_DAY,
                    span,
                    format!("{partial} is a whole period, not a day that a date can be compared with"),
                );
                self.report.add(found.help(format!("write `during {partial}`, or a day such as {}", partial.first())));
                Self::unknown()
            }
        }
    }

    /// A date as far as it is written; the parser has reported one that the calendar does not have.
    pub(super) fn partial_date(&mut self, literal: DateLiteral) -> Option<PartialDate> {
        let found = PartialDate::from_parts(literal.year, literal.month, literal.day);
        if found.is_none() {
            self.report.set_incomplete();
        }
        found
    }

    /// A text; where a code is expected, the code.
    pub(super) fn text(&mut self, span: Span, text: &str, expected: Option<&Type>) -> Lowered {
        match expected {
            Some(Type::Scalar(ScalarType::Code(system))) => self.code_of(*system, span, text),
            Some(Type::Scalar(_) | Type::Age | Type::Record | Type::List) | None => {
                (ExprKind::Constant(Constant::Text(text.into())), Type::Scalar(ScalarType::Text))
            }
        }
    }

    /// `F11.2` takes the system of the other operand; `county "01"` says its own.
    pub(super) fn code(&mut self, system: Option<&'a Name>, code: &'a Name, expected: Option<&Type>) -> Lowered {
        match system {
            Some(name) => match self.system(name) {
                Some(system) => self.code_of(system, code.span, &code.value),
                None => Self::unknown(),
            },
            None => match expected {
                Some(Type::Scalar(ScalarType::Code(system))) => self.code_of(*system, code.span, &code.value),
                Some(Type::Scalar(ScalarType::Any)) => Self::unknown(),
                Some(Type::Scalar(_) | Type::Age | Type::Record | Type::List) | None => {
                    let found = self.finding(
                        register::CODE_WITHOUT_SYSTEM,
                        code.span,
                        format!("nothing here says which system `{}` is a code of", code.value),
                    );
                    self.report.add(
                        found.help(format!("names are lower case; a code says its system: `ICD-10-SE {}`", code.value)),
                    );
                    Self::unknown()
                }
            },
        }
    }

    fn code_of(&mut self, system: System, span: Span, text: &str) -> Lowered {
        match self.checked_code(system, span, text) {
            Some(code) => (ExprKind::Constant(Constant::Code(code)), Type::Scalar(ScalarType::Code(system))),
            None => Self::unknown(),
        }
    }

    /// A code, well formed in its system.
    pub(super) fn checked_code(&mut self, system: System, span: Span, text: &str) -> Option<Code> {
        match Code::new(system, text) {
            Ok(code) => Some(code),
            Err(error) => {
                let found = self.finding(register::MALFORMED_CODE, span, format!("`{text}` is {error}"));
                self.report.add(found.help(format!("write a code of {}", system.name())));
                None
            }
        }
    }
}

/// The year that a number is in a date place.
pub(super) fn year(number: Number) -> Option<i32> {
    number.to_integer().and_then(|year| i32::try_from(year).ok()).filter(|year| (1..=9999).contains(year))
}

/// A whole number of the unit.
pub(in crate::check) fn whole_duration(literal: &DurationLiteral) -> Option<Duration> {
    let count = literal.number.to_integer().and_then(|count| i32::try_from(count).ok())?;
    Some(Duration::new(count, literal.unit))
}

/// First and last day of a partial date.
pub(super) fn days(date: PartialDate) -> (Date, Date) {
    (date.first(), date.last())
}
