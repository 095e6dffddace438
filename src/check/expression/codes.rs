//! Code systems and `in`.

use super::paths::{Found, joined};
use super::{Lowered, Lowering};
use crate::check::types::{TRUTH, describe};
use crate::diagnostic::codes as register;
use crate::ir::{Constant, Expr, ExprKind, Polarity, Type};
use crate::schema::ScalarType;
use crate::syntax::ast::{self, Name, Span};
use crate::value::{CodeSet, System};

impl<'a> Lowering<'_, 'a> {
    /// A system by its name.
    pub(super) fn system(&mut self, name: &Name) -> Option<System> {
        crate::check::codes::system(name, self.file, self.report)
    }

    pub(super) fn misplaced_range(&mut self, span: Span) -> Lowered {
        let found = self.finding(register::OPERATOR_DOES_NOT_FIT, span, "a range of codes only stands after `in`");
        self.report.add(found.help("write `in` instead of `is`"));
        Self::unknown()
    }

    /// `x in codes`, `x not in F10-F19`.
    pub(super) fn is_in(&mut self, value: &'a ast::Expr, polarity: Polarity, set: &'a ast::Expr) -> Lowered {
        let value = self.value(value, None);
        let system = match &value.ty {
            Type::Scalar(ScalarType::Code(system)) => Some(*system),
            Type::Scalar(ScalarType::Any) => None,
            Type::Scalar(_) | Type::Age | Type::Record | Type::List => {
                self.not_a_code(&value);
                return (ExprKind::Constant(Constant::Unknown), TRUTH);
            }
        };
        if let ast::ExprKind::Path(path) = &set.kind {
            return self.in_named(value, polarity, path, set.span, system);
        }
        let codes = match self.written_set(set, system) {
            Some(codes) => codes,
            None => return (ExprKind::Constant(Constant::Unknown), TRUTH),
        };
        let id = self.world.anonymous_set(codes);
        (ExprKind::In(Box::new(value), polarity, id), TRUTH)
    }

    /// The set that stands where a code, a range or the name of a set may.
    pub(in crate::check) fn set_of(&mut self, set: &'a ast::Expr, system: System) -> Option<CodeSet> {
        if let ast::ExprKind::Path(path) = &set.kind {
            let Found::CodeSet(id) = self.find(path, set.span) else {
                let found =
                    self.finding(register::NOT_A_SET, set.span, format!("`{}` is no set of codes", joined(path)));
                self.report.add(found.help("declare one with `codes`, or write a code or a range"));
                return None;
            };
            return self.world.code_sets.get(id.0 as usize).map(|set| set.codes.clone());
        }
        self.written_set(set, Some(system))
    }

    /// Codes that are written where they are used; reports what is none. `None` also where no system is known.
    fn written_set(&mut self, set: &'a ast::Expr, system: Option<System>) -> Option<CodeSet> {
        if let ast::ExprKind::Code { system: own, code } = &set.kind {
            let system = self.own_or(own.as_ref(), system, set.span)?;
            return Some(CodeSet::of_code(&self.checked_code(system, code.span, &code.value)?));
        }
        if let ast::ExprKind::CodeRange { system: own, from, to } = &set.kind {
            let system = self.own_or(own.as_ref(), system, set.span)?;
            return self.range(system, from, to);
        }
        if let ast::ExprKind::Text(text) = &set.kind {
            return Some(CodeSet::of_code(&self.checked_code(system?, set.span, text)?));
        }
        let found = self.finding(register::NOT_A_SET, set.span, "a set of codes, a code or a range belongs here");
        self.report.add(found.help("`in` takes `in some_codes`, `in F11`, `in F10-F19`; words have `is one of`"));
        None
    }

    fn in_named(
        &mut self,
        value: Expr,
        polarity: Polarity,
        path: &'a [Name],
        span: Span,
        system: Option<System>,
    ) -> Lowered {
        let unknown = (ExprKind::Constant(Constant::Unknown), TRUTH);
        match self.find(path, span) {
            Found::CodeSet(id) => {
                let set = self.world.code_sets.get(id.0 as usize).map(|set| set.codes.system());
                if let (Some(own), Some(other)) = (system, set)
                    && own != other
                {
                    let text = self.quoted(value.place);
                    let message = format!(
                        "{text} is a code from {}, and `{}` holds codes from {}",
                        own.name(),
                        joined(path),
                        other.name()
                    );
                    let found = self.finding(register::SYSTEMS_DIFFER, span, message);
                    self.report.add(found.help("two systems never have a code in common"));
                    return unknown;
                }
                (ExprKind::In(Box::new(value), polarity, id), TRUTH)
            }
            Found::Nothing => unknown,
            Found::Value(_) | Found::Word | Found::Rule(_) | Found::Criterion(_) | Found::Table | Found::Other(_) => {
                let message = format!("`{}` is no set of codes", joined(path));
                let found = self.finding(register::NOT_A_SET, span, message);
                self.report.add(found.help("declare one with `codes`, or compare with `is`"));
                unknown
            }
        }
    }

    /// The system that is written, which must be the value's; else the value's.
    fn own_or(&mut self, own: Option<&'a Name>, of_value: Option<System>, span: Span) -> Option<System> {
        let Some(name) = own else { return of_value };
        let own = self.system(name)?;
        match of_value {
            Some(other) if other != own => {
                let message = format!("a code from {} is never in a set of codes from {}", other.name(), own.name());
                let found = self.finding(register::SYSTEMS_DIFFER, span, message);
                self.report.add(found.help(format!("write codes from {}", other.name())));
                None
            }
            Some(_) | None => Some(own),
        }
    }

    pub(super) fn range(&mut self, system: System, from: &Name, to: &Name) -> Option<CodeSet> {
        crate::check::codes::range(system, from, to, self.file, self.report)
    }

    fn not_a_code(&mut self, value: &Expr) {
        let help = match &value.ty {
            Type::Scalar(ScalarType::Date { .. }) => "a date is `during` a period, or `from … to …`",
            Type::Scalar(_) | Type::Age | Type::Record | Type::List => "for words and numbers write `is one of`",
        };
        let message = format!("`in` asks about a code, and {} is {}", self.quoted(value.place), describe(&value.ty));
        self.report
            .add(crate::diagnostic::Diagnostic::new(register::OPERATOR_DOES_NOT_FIT, value.place, message).help(help));
    }
}
