//! Values: literals, names, arithmetic, dates, from words to the tree.

use super::ast::{
    DateLiteral, Direction, DurationLiteral, Expr, ExprKind, Factor, Name, Otherwise, Sign, Span, Spanned,
};
use super::cursor::{Around, Cursor, Parsed};
use super::parser::{LinePosition, TokenKind};
use super::vocabulary;
use crate::diagnostic::codes;
use crate::value::{Date, DurationUnit, Number, Truth};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Operator {
    Sum(Sign),
    Product(Factor),
}

impl Cursor<'_> {
    /// A value: operands joined by `+ - * /`.
    pub(super) fn value(&mut self) -> Parsed<Expr> {
        let start = self.peek().span;
        let first = self.operand()?;
        match self.operator()? {
            None => Ok(first),
            Some(operator) => self.arithmetic(start, first, operator),
        }
    }

    fn operator(&mut self) -> Parsed<Option<Operator>> {
        let operator = match self.mark_at(0) {
            "+" => Operator::Sum(Sign::Plus),
            "-" => Operator::Sum(Sign::Minus),
            "*" => Operator::Product(Factor::Times),
            "/" => Operator::Product(Factor::Per),
            _ => {
                self.refuse_glued_minus()?;
                return Ok(None);
            }
        };
        let span = self.bump().span;
        self.refuse_missing_blanks(span);
        Ok(Some(operator))
    }

    fn arithmetic(&mut self, start: Span, first: Expr, operator: Operator) -> Parsed<Expr> {
        let mut sums: Vec<(Sign, Expr)> = Vec::new();
        let mut products = vec![(Factor::Times, first)];
        let mut sign = Sign::Plus;
        let mut next = Some(operator);
        while let Some(operator) = next {
            let operand = self.operand()?;
            match operator {
                Operator::Product(factor) => products.push((factor, operand)),
                Operator::Sum(next_sign) => {
                    let factors = std::mem::replace(&mut products, vec![(Factor::Times, operand)]);
                    sums.extend(product(factors).map(|term| (sign, term)));
                    sign = next_sign;
                }
            }
            next = self.operator()?;
        }
        let span = self.since(start);
        let last = product(products);
        if sums.is_empty() {
            return last.map(|term| Expr { kind: term.kind, span }).ok_or(super::cursor::Failed);
        }
        sums.extend(last.map(|term| (sign, term)));
        Ok(Expr { kind: ExprKind::Sums(sums), span })
    }

    /// One operand of arithmetic or of a comparison.
    pub(super) fn operand(&mut self) -> Parsed<Expr> {
        let token = self.peek();
        match token.kind {
            TokenKind::Mark if self.is_mark("(") => self.group(),
            TokenKind::Path | TokenKind::Unit => self.word_operand(),
            TokenKind::Number => self.number_operand(),
            TokenKind::Date => {
                let date = self.date()?;
                Ok(Expr { kind: ExprKind::Date(date.value), span: date.span })
            }
            TokenKind::Text => {
                let text = self.text()?;
                Ok(Expr { kind: ExprKind::Text(text.value), span: text.span })
            }
            TokenKind::Capital => self.capital_operand(),
            TokenKind::BadText
            | TokenKind::BadNumber
            | TokenKind::Version
            | TokenKind::Mark
            | TokenKind::Stray
            | TokenKind::End => Err(self.no_value()),
        }
    }

    fn word_operand(&mut self) -> Parsed<Expr> {
        let span = self.peek().span;
        let literal = |kind| Ok(Expr { kind, span });
        match self.word() {
            "yes" => {
                self.bump();
                literal(ExprKind::Truth(Truth::True))
            }
            "no" => {
                self.bump();
                literal(ExprKind::Truth(Truth::False))
            }
            "today" => {
                self.bump();
                literal(ExprKind::Today)
            }
            "age" => self.age(),
            "count" => self.count(),
            "sum" => self.construct(Cursor::sum),
            "the" => self.extreme(),
            "look" => self.construct(Cursor::look_up),
            "round" => self.construct(Cursor::round),
            "years" | "months" | "weeks" | "days" if self.is_at(1, "between") => self.construct(Cursor::units_between),
            word if vocabulary::is_reserved(word) => Err(self.no_value()),
            _ => self.name_operand(),
        }
    }

    /// A construct that would recurse without brackets: inside another it must stand in them.
    fn construct(&mut self, read: fn(&mut Self) -> Parsed<Expr>) -> Parsed<Expr> {
        if self.around == Around::Construct {
            let what = format!("`{}` inside another construct of words", self.word());
            return Err(self.needs_brackets(&what));
        }
        self.around = Around::Construct;
        let read = read(self);
        self.around = Around::Nothing;
        read
    }

    /// A path, or `county "01"`.
    fn name_operand(&mut self) -> Parsed<Expr> {
        let token = self.peek();
        if self.nth(1).kind == TokenKind::Text && self.nth(1).line == LinePosition::Later {
            self.bump();
            let system = self.name_from(token.span);
            return self.quoted_code(Some(system));
        }
        let path = self.path()?;
        Ok(Expr { kind: ExprKind::Path(path), span: token.span })
    }

    /// A dotted name.
    pub(super) fn path(&mut self) -> Parsed<Vec<Name>> {
        let token = self.peek();
        if !matches!(token.kind, TokenKind::Path | TokenKind::Unit) || vocabulary::is_reserved(self.word()) {
            return Err(self.expected("a name"));
        }
        self.refuse_name_form(token.span)?;
        self.bump();
        Ok(self.segments(token.span))
    }

    fn quoted_code(&mut self, system: Option<Name>) -> Parsed<Expr> {
        let start = system.as_ref().map_or(self.peek().span, |name| name.span);
        let code = self.one_text()?;
        Ok(Expr { kind: ExprKind::Code { system, code }, span: self.since(start) })
    }

    /// A code, a range, or a system with one of the two.
    fn capital_operand(&mut self) -> Parsed<Expr> {
        let token = self.bump();
        let next = self.peek();
        if next.line == LinePosition::Later {
            if next.kind == TokenKind::Text {
                return self.quoted_code(Some(self.name_from(token.span)));
            }
            if next.kind == TokenKind::Capital {
                self.bump();
                let kind = self.code_or_range(Some(self.name_from(token.span)), next.span);
                return Ok(Expr { kind, span: self.since(token.span) });
            }
        }
        Ok(Expr { kind: self.code_or_range(None, token.span), span: token.span })
    }

    pub(super) fn code_or_range(&self, system: Option<Name>, span: Span) -> ExprKind {
        match self.range(span) {
            Some((from, to)) => ExprKind::CodeRange { system, from, to },
            None => ExprKind::Code { system, code: self.name_from(span) },
        }
    }

    /// `F10-F19` in two.
    pub(super) fn range(&self, span: Span) -> Option<(Name, Name)> {
        let (from, to) = self.slice(span).split_once('-')?;
        if to.contains('-') || !to.starts_with(|letter: char| letter.is_uppercase()) {
            return None;
        }
        let middle = span.start + u32::try_from(from.len()).ok()?;
        let from = self.name_from(Span { start: span.start, end: middle });
        Some((from, self.name_from(Span { start: middle + 1, end: span.end })))
    }

    /// What stands after `in`: the name of a set, a code, or a range.
    pub(super) fn code_set(&mut self) -> Parsed<Expr> {
        if self.is_mark("(") {
            return Err(self.set_in_brackets());
        }
        let kind = self.peek().kind;
        let set = if kind == TokenKind::Capital {
            self.capital_operand()?
        } else if kind == TokenKind::Text {
            self.quoted_code(None)?
        } else if self.is_name_at(0) {
            self.name_operand()?
        } else {
            return Err(self.expected("a set of codes, a code or a range such as `F10-F19`"));
        };
        // `county "01" - "05"`
        if self.is_mark("-")
            && self.nth(1).kind == TokenKind::Text
            && let ExprKind::Code { system, code } = set.kind
        {
            self.bump();
            let to = self.one_text()?;
            return Ok(Expr { kind: ExprKind::CodeRange { system, from: code, to }, span: self.since(set.span) });
        }
        Ok(set)
    }

    // ---- numbers ------------------------------------------------------------------------------------

    /// A number, with the next word on its line as unit.
    fn number_operand(&mut self) -> Parsed<Expr> {
        let start = self.peek().span;
        let number = self.number()?;
        let next = self.peek();
        if next.kind != TokenKind::Unit {
            return Ok(Expr { kind: ExprKind::Number(number), span: start });
        }
        let word = self.word();
        if self.is_at(1, "between") && vocabulary::duration_unit(word).is_some() {
            return Ok(Expr { kind: ExprKind::Number(number), span: start });
        }
        let unit = match vocabulary::duration_unit(word) {
            Some(unit) => Some(unit),
            None => self.ucum_duration(next.span),
        };
        self.bump();
        let kind = match unit {
            Some(unit) => ExprKind::Duration(DurationLiteral { number, unit }),
            None => ExprKind::Quantity { number, unit: self.name_from(next.span) },
        };
        Ok(Expr { kind, span: self.since(start) })
    }

    /// A number without a unit.
    pub(super) fn number(&mut self) -> Parsed<Number> {
        let token = self.peek();
        if token.kind != TokenKind::Number {
            return Err(self.expected("a number"));
        }
        match self.text_of(token).parse() {
            Ok(number) => {
                self.bump();
                Ok(number)
            }
            Err(error) => {
                let message = format!("`{}` is no number that can be kept: {error}", self.text_of(token));
                Err(self.fail(codes::NUMBER_FORM, token.span, message, "write it with at most 15 digits"))
            }
        }
    }

    /// A whole number, 0 or more.
    pub(super) fn whole(&mut self, what: &str) -> Parsed<Spanned<u32>> {
        let token = self.peek();
        let number = token.kind == TokenKind::Number;
        let value = if number { self.text_of(token).parse().ok() } else { None };
        match value {
            Some(value) => {
                self.bump();
                Ok(Spanned { value, span: token.span })
            }
            None => Err(self.expected(what)),
        }
    }

    /// `3 months`, nothing else.
    pub(super) fn duration(&mut self) -> Parsed<Spanned<DurationLiteral>> {
        let start = self.peek().span;
        if self.peek().kind != TokenKind::Number {
            return Err(self.expected("a duration such as `3 months`"));
        }
        let expr = self.number_operand()?;
        if let ExprKind::Duration(value) = expr.kind {
            return Ok(Spanned { value, span: expr.span });
        }
        let help = "write a duration such as `3 months`";
        Err(self.fail(codes::EXPECTED, start, "expected a duration, found a number", help))
    }

    // ---- dates --------------------------------------------------------------------------------------

    /// `2004-05-12` or `2004-05`; a day that the calendar has.
    pub(super) fn date(&mut self) -> Parsed<Spanned<DateLiteral>> {
        let token = self.peek();
        if token.kind != TokenKind::Date {
            return Err(self.expected("a date such as `2004-05-12`"));
        }
        self.bump();
        let mut parts = self.text_of(token).split('-');
        let year = parts.next().and_then(|part| part.parse().ok()).unwrap_or(0);
        let month: Option<u32> = parts.next().and_then(|part| part.parse().ok());
        let day = parts.next().and_then(|part| part.parse().ok());
        if Date::from_ymd(year, month.unwrap_or(1), day.unwrap_or(1)).is_none() {
            let message = format!("the calendar has no `{}`", self.text_of(token));
            return Err(self.fail(codes::NO_SUCH_DAY, token.span, message, "check the month and the day"));
        }
        Ok(Spanned { value: DateLiteral { year, month, day }, span: token.span })
    }

    /// A value where a date stands: `1 year before y` may be written without brackets.
    pub(super) fn date_value(&mut self) -> Parsed<Expr> {
        let start = self.peek().span;
        let value = self.value()?;
        if !matches!(self.word(), "before" | "after") {
            return Ok(value);
        }
        let kind = self.shifted(value)?;
        Ok(Expr { kind, span: self.since(start) })
    }

    /// After the duration: `before y`.
    pub(super) fn shifted(&mut self, duration: Expr) -> Parsed<ExprKind> {
        let direction = if self.is("before") { Direction::Before } else { Direction::After };
        self.bump();
        let anchor = Box::new(self.value()?);
        self.refuse_partial_date(&anchor);
        Ok(ExprKind::Shifted { duration: Box::new(duration), direction, anchor })
    }

    /// After `during`: a year, a part of a date, or a name.
    pub(super) fn period(&mut self) -> Parsed<Expr> {
        let token = self.peek();
        let next = self.nth(1).kind;
        if token.kind == TokenKind::Number
            && next != TokenKind::Unit
            && let Ok(year @ 1..=9999) = self.text_of(token).parse::<i32>()
        {
            self.bump();
            return Ok(Expr { kind: ExprKind::Date(DateLiteral { year, month: None, day: None }), span: token.span });
        }
        self.operand()
    }

    // ---- words --------------------------------------------------------------------------------------

    fn age(&mut self) -> Parsed<Expr> {
        let start = self.expect("age")?;
        let mut on = None;
        if self.is("on") && !self.is_at(1, "or") && !self.begins_line_of_schedule() {
            self.bump();
            if self.is("age") {
                return Err(self.needs_brackets("`age` inside `age on`"));
            }
            let value = self.construct(|cursor| {
                let start = cursor.peek().span;
                let number = cursor.peek().kind == TokenKind::Number;
                let value = cursor.operand()?;
                if number && matches!(cursor.word(), "before" | "after") {
                    let kind = cursor.shifted_once(value)?;
                    return Ok(Expr { kind, span: cursor.since(start) });
                }
                Ok(value)
            })?;
            on = Some(Box::new(value));
        }
        Ok(Expr { kind: ExprKind::Age { on }, span: self.since(start) })
    }

    /// As [`Cursor::shifted`], with one operand only: what follows belongs to the comparison.
    fn shifted_once(&mut self, duration: Expr) -> Parsed<ExprKind> {
        let direction = if self.is("before") { Direction::Before } else { Direction::After };
        self.bump();
        let anchor = Box::new(self.operand()?);
        Ok(ExprKind::Shifted { duration: Box::new(duration), direction, anchor })
    }

    /// `years between a and b`
    fn units_between(&mut self) -> Parsed<Expr> {
        let token = self.bump();
        let unit = vocabulary::duration_unit(self.text_of(token)).unwrap_or(DurationUnit::Days);
        self.expect("between")?;
        let from = Box::new(self.operand()?);
        self.expect("and")?;
        let to = Box::new(self.operand()?);
        Ok(Expr { kind: ExprKind::UnitsBetween { unit, from, to }, span: self.since(token.span) })
    }

    /// `round x to 2 decimals`
    fn round(&mut self) -> Parsed<Expr> {
        let start = self.expect("round")?;
        let value = Box::new(self.value()?);
        self.expect("to")?;
        let decimals = self.whole("a number of decimals")?;
        if !matches!(self.word(), "decimals" | "decimal") {
            return Err(self.expected("`decimals`"));
        }
        self.bump();
        Ok(Expr { kind: ExprKind::Round { value, decimals }, span: self.since(start) })
    }

    /// `look up drug in morphine_equivalent for factor, otherwise unknown`
    fn look_up(&mut self) -> Parsed<Expr> {
        let start = self.expect("look")?;
        self.expect("up")?;
        let key = Box::new(self.value()?);
        self.expect("in")?;
        let table = self.plain_name("the name of a table")?;
        self.expect("for")?;
        let column = self.plain_name("the name of a column")?;
        if !(self.is_mark(",") && self.is_at(1, "otherwise")) {
            return Err(self.expected("`, otherwise unknown` (or another value)"));
        }
        self.bump();
        self.bump();
        let otherwise =
            if self.eat("unknown").is_some() { Otherwise::Unknown } else { Otherwise::Value(self.value()?) };
        let kind = ExprKind::LookUp { key, table, column, otherwise: Box::new(otherwise) };
        Ok(Expr { kind, span: self.since(start) })
    }
}

/// One term of a sum; `None` only for no factors.
fn product(mut factors: Vec<(Factor, Expr)>) -> Option<Expr> {
    if factors.len() < 2 {
        return factors.pop().map(|(_, only)| only);
    }
    let span = Span {
        start: factors.first().map_or(0, |(_, first)| first.span.start),
        end: factors.last().map_or(0, |(_, last)| last.span.end),
    };
    Some(Expr { kind: ExprKind::Products(factors), span })
}
