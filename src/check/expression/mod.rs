//! Understands one condition or value: names become ids, types are found, literals become constants.
//!
//! Never fails: what is wrong is reported and becomes a value of the type that fits everything.

mod arithmetic;
mod codes;
mod compare;
mod dates;
mod lists;
mod literals;
mod paths;
mod presence;
mod schedule;
mod score;

pub(in crate::check) use dates::End;
pub(in crate::check) use literals::whole_duration;

use super::names::{Scope, World};
use super::report::{Report, finding, place};
use super::types::{self, ANY, TRUTH};
use crate::diagnostic::{Diagnostic, codes as register};
use crate::ir::{Constant, Expr, ExprKind, Type};
use crate::schema::{FactId, ScalarType};
use crate::source::{FileId, Place};
use crate::syntax::ast::{self, Span};

/// Kind and type; the place is added by whoever asked.
type Lowered = (ExprKind, Type);

/// What is done with a name that is declared nowhere.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Names {
    /// An error.
    Declared,
    /// In a body, a field that nobody gave (`expr`).
    Open,
}

/// Understands the expressions of one file.
pub(super) struct Lowering<'w, 'a> {
    pub(super) world: &'w mut World<'a>,
    pub(super) scope: &'w Scope<'a>,
    pub(super) report: &'w mut Report<'a>,
    pub(super) file: FileId,
    pub(super) names: Names,
    /// Whether `every` over a list that may be empty is worth a word.
    empty_lists: EmptyLists,
    /// The lists around, outermost first.
    lists: Vec<Inside<'a>>,
    /// The word that stands for a party, where a task is done for each of several.
    recipient: Option<Recipient<'a>>,
}

/// A word that stands for a party.
#[derive(Debug, Clone, Copy)]
pub(in crate::check) struct Recipient<'a> {
    pub(in crate::check) word: &'a ast::Name,
    pub(in crate::check) party: &'a ast::Name,
}

/// Whether `every` over a list that may be empty is worth a word: not in an assumption.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum EmptyLists {
    Noted,
    Allowed,
}

/// One list that the expression is inside of.
struct Inside<'a> {
    word: Option<&'a str>,
    /// The word that the list's declaration gives one record, where the expression gives none.
    declared_word: Box<str>,
    fact: FactId,
    /// How often its record was mentioned.
    mentions: u32,
}

/// Whether a condition is (part of) the body of a list, each part of which must mention the record.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    OfBody,
    Free,
}

impl<'w, 'a> Lowering<'w, 'a> {
    pub(super) fn new(
        world: &'w mut World<'a>,
        scope: &'w Scope<'a>,
        report: &'w mut Report<'a>,
        file: FileId,
        names: Names,
    ) -> Lowering<'w, 'a> {
        Lowering {
            world,
            scope,
            report,
            file,
            names,
            empty_lists: EmptyLists::Noted,
            lists: Vec::new(),
            recipient: None,
        }
    }

    /// For an assumption, in which `every` over an empty list is what is meant.
    pub(super) fn allow_empty_lists(&mut self) {
        self.empty_lists = EmptyLists::Allowed;
    }

    /// From here on a word stands for a party.
    pub(super) fn set_recipient(&mut self, recipient: Option<Recipient<'a>>) {
        self.recipient = recipient;
    }

    /// A condition: yes/no.
    pub(super) fn condition(&mut self, expr: &'a ast::Expr) -> Expr {
        self.condition_in(expr, Part::Free)
    }

    /// A value or condition of any type but a whole record or list. `expected` says what literals are to be read as.
    pub(super) fn value(&mut self, expr: &'a ast::Expr, expected: Option<&Type>) -> Expr {
        let found = self.anything(expr, expected);
        match found.ty {
            Type::Record => self.whole_record(&found),
            Type::List => self.whole_list(&found),
            Type::Scalar(_) | Type::Age => return found,
        }
        self.unknown_at(expr.span)
    }

    fn condition_in(&mut self, expr: &'a ast::Expr, part: Part) -> Expr {
        let kind = match &expr.kind {
            ast::ExprKind::And { operands, .. } => ExprKind::And(self.conditions(operands, part)),
            ast::ExprKind::Or { operands, .. } => ExprKind::Or(self.conditions(operands, part)),
            ast::ExprKind::Not(inner) => ExprKind::Not(self.boxed_condition(inner, part)),
            ast::ExprKind::AtLeastOf { count, conditions } => {
                self.count_of(count, conditions.len());
                ExprKind::AtLeastOf(count.value, self.conditions(conditions, part))
            }
            ast::ExprKind::Truth(_)
            | ast::ExprKind::Number(_)
            | ast::ExprKind::Quantity { .. }
            | ast::ExprKind::Duration(_)
            | ast::ExprKind::Date(_)
            | ast::ExprKind::Text(_)
            | ast::ExprKind::Code { .. }
            | ast::ExprKind::CodeRange { .. }
            | ast::ExprKind::Today
            | ast::ExprKind::Path(_)
            | ast::ExprKind::Age { .. }
            | ast::ExprKind::Compare { .. }
            | ast::ExprKind::OneOf { .. }
            | ast::ExprKind::In { .. }
            | ast::ExprKind::Between { .. }
            | ast::ExprKind::During { .. }
            | ast::ExprKind::Distance { .. }
            | ast::ExprKind::AgeOrOlder { .. }
            | ast::ExprKind::ThereIs { .. }
            | ast::ExprKind::Known { .. }
            | ast::ExprKind::Status { .. }
            | ast::ExprKind::Band { .. }
            | ast::ExprKind::DatesCounted(_)
            | ast::ExprKind::Each(_)
            | ast::ExprKind::Quantifier(_)
            | ast::ExprKind::Count { .. }
            | ast::ExprKind::Sum { .. }
            | ast::ExprKind::Extreme { .. }
            | ast::ExprKind::ExtremeHas { .. }
            | ast::ExprKind::OfExtremes { .. }
            | ast::ExprKind::Different { .. }
            | ast::ExprKind::LookUp { .. }
            | ast::ExprKind::If { .. }
            | ast::ExprKind::Sums(_)
            | ast::ExprKind::Products(_)
            | ast::ExprKind::Shifted { .. }
            | ast::ExprKind::UnitsBetween { .. }
            | ast::ExprKind::Round { .. } => return self.leaf(expr, part),
        };
        self.made(expr, (kind, TRUTH))
    }

    #[inline(never)]
    fn conditions(&mut self, operands: &'a [ast::Expr], part: Part) -> Vec<Expr> {
        let mut found = Vec::with_capacity(operands.len());
        for operand in operands {
            found.push(self.condition_in(operand, part));
        }
        found
    }

    #[inline(never)]
    fn boxed_condition(&mut self, expr: &'a ast::Expr, part: Part) -> Box<Expr> {
        Box::new(self.condition_in(expr, part))
    }

    /// A condition that is no `and`, `or`, `not`.
    fn leaf(&mut self, expr: &'a ast::Expr, part: Part) -> Expr {
        let before = (self.mentions(), self.report.errors());
        let found = self.value(expr, None);
        if part == Part::OfBody && before == (self.mentions(), self.report.errors()) {
            self.no_mention(expr.span);
        }
        self.require_truth(found)
    }

    /// How often the innermost record was mentioned so far.
    fn mentions(&self) -> u32 {
        self.lists.last().map_or(0, |inside| inside.mentions)
    }

    #[inline(never)]
    fn no_mention(&mut self, span: Span) {
        let example = self.lists.last().and_then(|inside| self.world.first_field(inside.fact));
        let of = self.lists.last().map(|inside| self.record_word(inside)).unwrap_or_default();
        let mut found = self.finding(register::BODY_WITHOUT_RECORD, span, format!("this says nothing about the {of}"));
        found.help = Some(match example {
            Some(field) => format!("move it out of the body, or say something about a field such as `{field}`"),
            None => "move it out of the body".to_owned(),
        });
        self.report.add(found);
    }

    /// What one record of the list is called.
    fn record_word(&self, inside: &Inside<'a>) -> String {
        match inside.word {
            Some(word) => word.to_owned(),
            None if inside.declared_word.is_empty() => "record".to_owned(),
            None => inside.declared_word.to_string(),
        }
    }

    #[inline(never)]
    fn require_truth(&mut self, found: Expr) -> Expr {
        match found.ty {
            Type::Scalar(ScalarType::Truth | ScalarType::Any) => found,
            Type::Scalar(_) | Type::Age | Type::Record | Type::List => {
                let text = self.quoted(found.place);
                let message = format!("{text} is {}, not a condition", types::describe(&found.ty));
                let diagnostic = Diagnostic::new(register::NOT_A_CONDITION, found.place, message);
                let help = if matches!(found.kind, ExprKind::Total(_)) {
                    "compare it with a number, or ask for its band: `band of … is …`"
                } else {
                    "compare it with something, or ask whether it `is known`"
                };
                self.report.add(diagnostic.help(help));
                Expr { kind: ExprKind::Constant(Constant::Unknown), ty: ANY, place: found.place }
            }
        }
    }

    /// Any expression, whole records and lists too.
    fn anything(&mut self, expr: &'a ast::Expr, expected: Option<&Type>) -> Expr {
        if let ast::ExprKind::And { .. }
        | ast::ExprKind::Or { .. }
        | ast::ExprKind::Not(_)
        | ast::ExprKind::AtLeastOf { .. } = &expr.kind
        {
            return self.condition_in(expr, Part::Free);
        }
        let lowered = self.lowered(expr, expected);
        self.made(expr, lowered)
    }

    /// One call an arm and nothing kept: this is on the stack once for every expression inside another.
    #[inline(never)]
    fn lowered(&mut self, expr: &'a ast::Expr, expected: Option<&Type>) -> Lowered {
        match &expr.kind {
            ast::ExprKind::Truth(truth) => Self::truth(*truth),
            ast::ExprKind::Number(number) => self.number(expr.span, *number, expected),
            ast::ExprKind::Quantity { number, unit } => self.quantity(*number, unit, expected),
            ast::ExprKind::Duration(literal) => self.duration(expr.span, literal),
            ast::ExprKind::Date(literal) => self.date(expr.span, *literal),
            ast::ExprKind::Text(text) => self.text(expr.span, text, expected),
            ast::ExprKind::Code { system, code } => self.code(system.as_ref(), code, expected),
            ast::ExprKind::CodeRange { .. } => self.misplaced_range(expr.span),
            ast::ExprKind::Today => (ExprKind::Today, types::DATE),
            ast::ExprKind::Path(path) => self.path_value(path, expr.span, expected),
            ast::ExprKind::Age { on } => self.age(expr.span, on.as_deref()),
            ast::ExprKind::And { .. }
            | ast::ExprKind::Or { .. }
            | ast::ExprKind::Not(_)
            | ast::ExprKind::AtLeastOf { .. } => Self::unknown(),
            ast::ExprKind::Compare { left, operator, right } => self.compare(expr.span, left, *operator, right),
            ast::ExprKind::OneOf { value, polarity, options } => self.one_of(value, *polarity, options),
            ast::ExprKind::In { value, polarity, set } => self.is_in(value, *polarity, set),
            ast::ExprKind::Between { value, low, high } => self.between(value, low, high),
            ast::ExprKind::During { value, period } => self.during(value, period),
            ast::ExprKind::Distance { value, relation, duration, anchor } => {
                self.distance(value, *relation, duration, anchor)
            }
            ast::ExprKind::AgeOrOlder { age, duration } => self.age_or_older(age, duration),
            ast::ExprKind::ThereIs { polarity, path } => self.there_is(expr.span, *polarity, path),
            ast::ExprKind::Known { polarity, path } => self.known(expr.span, *polarity, path),
            ast::ExprKind::Band { score, polarity, bands } => self.band(expr.span, score, *polarity, bands),
            ast::ExprKind::Status { polarity, rule, status } => self.status(expr.span, *polarity, rule, status),
            ast::ExprKind::DatesCounted(counted) => self.dates_counted(expr.span, counted),
            ast::ExprKind::Each(each) => self.each(each),
            ast::ExprKind::Quantifier(quantifier) => self.quantifier(quantifier),
            ast::ExprKind::Count { word, list, body } => self.count(word.as_ref(), list, body.as_deref()),
            ast::ExprKind::Sum { value, list } => self.sum(value, list),
            ast::ExprKind::Extreme { extreme, field, list } => self.extreme(*extreme, field, list),
            ast::ExprKind::ExtremeHas { extreme, word, list, by, body } => {
                self.extreme_has(*extreme, word, list, by, body)
            }
            ast::ExprKind::OfExtremes { count, extreme, among, word, list, by, body } => {
                self.of_extremes((count, *extreme, among), word, list, by, body)
            }
            ast::ExprKind::Different { count, field, list, by, within } => {
                self.different(count, field, list, by.as_ref(), within.as_deref())
            }
            ast::ExprKind::LookUp { key, table, column, otherwise } => self.look_up(key, table, column, otherwise),
            ast::ExprKind::If { arms, otherwise } => self.choose(arms, otherwise, expected),
            ast::ExprKind::Sums(terms) => self.sums(terms, expected),
            ast::ExprKind::Products(factors) => self.products(factors),
            ast::ExprKind::Shifted { duration, direction, anchor } => self.shifted(duration, *direction, anchor),
            ast::ExprKind::UnitsBetween { unit, from, to } => self.units_between(*unit, from, to),
            ast::ExprKind::Round { value, decimals } => self.round(value, decimals, expected),
        }
    }

    fn made(&self, expr: &ast::Expr, (kind, ty): Lowered) -> Expr {
        Expr { kind, ty, place: self.place(expr.span) }
    }

    fn place(&self, span: Span) -> Place {
        place(self.file, span)
    }

    /// What stands for something that was reported.
    fn unknown() -> Lowered {
        (ExprKind::Constant(Constant::Unknown), ANY)
    }

    fn unknown_at(&self, span: Span) -> Expr {
        let (kind, ty) = Self::unknown();
        Expr { kind, ty, place: self.place(span) }
    }

    fn finding(&self, code: crate::diagnostic::codes::Code, span: Span, message: impl Into<String>) -> Diagnostic {
        finding(code, self.file, span, message)
    }

    /// What stands at a place, in backticks, cut when it is long; `this` where there is no text to show.
    fn quoted(&self, place: Place) -> String {
        let text = self.report.text(place);
        let short: String = text.chars().take(40).collect();
        if text.is_empty() || short.contains('\n') {
            "this".to_owned()
        } else if short.len() < text.len() {
            format!("`{short}…`")
        } else {
            format!("`{short}`")
        }
    }

    /// `at least 4 of` three conditions, `at least 0`.
    #[inline(never)]
    fn count_of(&mut self, count: &ast::Spanned<u32>, among: usize) {
        let enough = usize::try_from(count.value).is_ok_and(|count| (1..=among).contains(&count));
        if !enough {
            let always = if count.value == 0 { "always holds" } else { "never holds" };
            let message = format!("at least {} of {among} {always}", count.value);
            let found = self.finding(register::COUNT_OUT_OF_RANGE, count.span, message);
            self.report.add(found.help(format!("write a number from 1 to {among}")));
        }
    }
}
