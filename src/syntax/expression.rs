//! Conditions: `and`, `or`, `not`, and comparisons, from words to the tree.
//!
//! All recursion passes through an open bracket ([`Cursor::group`]); chains are loops.

use super::ast::{Comparison, Distance, Expr, ExprKind, Layout, Polarity, Span, Spanned, StatusWord};
use super::cursor::{Around, Cursor, Parsed};
use super::parser::{LinePosition, TokenKind};
use super::vocabulary;
use crate::diagnostic::codes;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Joiner {
    And,
    Or,
}

impl Cursor<'_> {
    /// A condition or a value, as far as it goes.
    pub(super) fn expression(&mut self) -> Parsed<Expr> {
        if self.is("if") {
            return self.conditional();
        }
        self.logic()
    }

    /// A bracket, its content, and the closing one.
    pub(super) fn group(&mut self) -> Parsed<Expr> {
        let open = self.expect_mark("(")?;
        let around = std::mem::replace(&mut self.around, Around::Nothing);
        let inner = self.expression();
        self.around = around;
        let mut inner = inner?;
        if self.eat_mark(")").is_none() {
            return Err(self.not_closed(open));
        }
        inner.span = self.since(open);
        Ok(inner)
    }

    /// `if C then A else if D then B else E`
    fn conditional(&mut self) -> Parsed<Expr> {
        let start = self.expect("if")?;
        let mut arms = Vec::new();
        loop {
            let condition = self.part()?;
            self.expect("then")?;
            let value = self.part()?;
            arms.push((condition, value));
            if self.eat("else").is_none() {
                return Err(self.missing_else(start));
            }
            if self.eat("if").is_none() {
                break;
            }
        }
        let otherwise = Box::new(self.logic()?);
        Ok(Expr { kind: ExprKind::If { arms, otherwise }, span: self.since(start) })
    }

    /// A part of an `if`: anything but another `if` without brackets.
    fn part(&mut self) -> Parsed<Expr> {
        if self.is("if") {
            return Err(self.needs_brackets("an `if` inside an `if`"));
        }
        self.logic()
    }

    fn joiner(&self) -> Option<Joiner> {
        match self.word() {
            "and" => Some(Joiner::And),
            "or" if !matches!(self.word_at(1), "older" | "younger") => Some(Joiner::Or),
            _ => None,
        }
    }

    /// Conditions joined by `and` or by `or`.
    fn logic(&mut self) -> Parsed<Expr> {
        let start = self.peek().span;
        let first = self.term()?;
        match self.joiner() {
            None => Ok(first),
            Some(joiner) => self.chain(start, first, joiner),
        }
    }

    fn chain(&mut self, start: Span, first: Expr, joiner: Joiner) -> Parsed<Expr> {
        let mut operands = vec![first];
        let mut mixed = None;
        while let Some(next) = self.joiner() {
            if next != joiner && mixed.is_none() {
                mixed = Some((self.peek().span, operands.len()));
            }
            self.bump();
            let operand = self.term()?;
            if next == Joiner::Or && mixed.is_none() {
                self.refuse_is_either(operands.last(), &operand);
            }
            operands.push(operand);
        }
        if let Some((at, count)) = mixed {
            self.mixed(at, joiner, &operands, count);
        }
        // Most have two parts; room for four in each would be felt in a file of 10 MiB.
        operands.shrink_to_fit();
        Ok(Expr { kind: join(joiner, Layout::Inline, operands), span: self.since(start) })
    }

    /// One condition, perhaps with `not` before it; or a value.
    pub(super) fn term(&mut self) -> Parsed<Expr> {
        let start = self.peek().span;
        if !self.is("not") {
            return self.positive();
        }
        self.bump();
        while self.is("not") {
            let span = self.bump().span;
            let both = Span { start: start.start, end: span.end };
            self.report(codes::DOUBLE_NOT, both, "`not not` says nothing", "leave both out, or one of them");
        }
        let inner = self.positive()?;
        let span = self.since(start);
        // Without brackets (which would make the comparison begin before its value) `not x in y` is another way to
        // write `x not in y`.
        let mut inner = inner;
        if let ExprKind::In { value, polarity: polarity @ Polarity::Positive, .. } = &mut inner.kind
            && value.span.start == inner.span.start
        {
            *polarity = Polarity::Negative;
            inner.span = span;
            return Ok(inner);
        }
        Ok(Expr { kind: ExprKind::Not(Box::new(inner)), span })
    }

    fn positive(&mut self) -> Parsed<Expr> {
        if self.is_list_condition() {
            let condition = self.list_condition()?;
            self.refuse_chain()?;
            return Ok(condition);
        }
        match self.word() {
            "all" | "any" if self.is_at(1, "of") => self.lines(),
            "if" => Err(self.needs_brackets("an `if` inside a condition")),
            _ => self.comparison(),
        }
    }

    /// `all of:` with one condition a line.
    fn lines(&mut self) -> Parsed<Expr> {
        let start = self.peek().span;
        let joiner = if self.is("all") { Joiner::And } else { Joiner::Or };
        self.bump();
        self.bump();
        self.expect_mark(":")?;
        let mut operands = Vec::new();
        while operands.is_empty()
            || (self.starts_operand()
                && !self.looks_like_clause()
                && !self.begins_line_of_schedule()
                && !self.at_line_of_score())
        {
            if matches!(self.word(), "all" | "any") && self.is_at(1, "of") {
                return Err(self.needs_brackets("`all of:` or `any of:` inside another"));
            }
            operands.push(self.part()?);
        }
        let span = self.since(start);
        let only = if operands.len() == 1 { operands.pop() } else { None };
        let kind = match only {
            Some(only) => only.kind,
            None => join(joiner, Layout::Lines, operands),
        };
        Ok(Expr { kind, span })
    }

    /// A misspelt clause word at a line's start, as in `requir age: …`, `lable sv "…"`, `cyte BCS, …`; or the next row of
    /// a proposal, `clinic when …`.
    pub(super) fn looks_like_clause(&self) -> bool {
        let next = self.nth(1);
        self.peek().line == LinePosition::First
            && self.is_name_at(0)
            && next.line == LinePosition::Later
            && match next.kind {
                TokenKind::Path => {
                    self.mark_at(2) == ":"
                        || self.is_at(1, "when")
                        || (self.is_name_at(1) && self.nth(2).kind == TokenKind::Text)
                }
                TokenKind::Capital => true,
                TokenKind::Unit
                | TokenKind::Text
                | TokenKind::BadText
                | TokenKind::Number
                | TokenKind::Date
                | TokenKind::Version
                | TokenKind::BadNumber
                | TokenKind::Mark
                | TokenKind::Stray
                | TokenKind::End => false,
            }
    }

    /// Whether the next word can begin a condition or a value.
    pub(super) fn starts_operand(&self) -> bool {
        self.starts_operand_at(0)
    }

    pub(super) fn starts_operand_at(&self, ahead: usize) -> bool {
        match self.nth(ahead).kind {
            TokenKind::Path | TokenKind::Unit => match self.word_at(ahead) {
                "not" => !(self.is_at(ahead + 1, "needed") && self.is_at(ahead + 2, "if")),
                "all" | "any" => self.is_at(ahead + 1, "of"),
                "at" => self.is_at(ahead + 1, "least"),
                "some" | "every" | "no" | "yes" | "there" | "if" | "count" | "sum" | "the" | "look" | "round"
                | "today" | "age" => true,
                // A line of a rule, unless the word stands alone on its line.
                "track" | "start" | "done" | "due" | "one" | "item" | "given" | "list" | "compare" | "suppress"
                | "text" | "question"
                    if self.nth(ahead + 1).line == LinePosition::First =>
                {
                    true
                }
                // The next line of a task or `parallel`.
                "track" => !self.is_name_at(ahead + 1),
                "start" => !self.is_start_within(ahead),
                "done" => !matches!(self.word_at(ahead + 1), "by" | "when"),
                "due" => !matches!(self.word_at(ahead + 1), "within" | "by"),
                // The options of a proposal.
                "one" => !self.is_at(ahead + 1, "of"),
                // The lines of a score and of an indicator.
                "item" => !self.is_name_at(ahead + 1),
                "given" => !self.is_at(ahead + 1, "total"),
                "bands" => self.mark_at(ahead + 1) != ",",
                "list" => !self.is_at(ahead + 1, "the"),
                "compare" => self.nth(ahead + 1).kind != TokenKind::Number,
                "suppress" => !self.is_at(ahead + 1, "counts"),
                "text" | "question" => !(self.is_name_at(ahead + 1) && self.nth(ahead + 2).kind == TokenKind::Text),
                word => !vocabulary::is_reserved(word),
            },
            TokenKind::Capital
            | TokenKind::Text
            | TokenKind::BadText
            | TokenKind::Number
            | TokenKind::Date
            | TokenKind::Version
            | TokenKind::BadNumber => true,
            TokenKind::Mark => self.mark_at(ahead) == "(",
            TokenKind::Stray | TokenKind::End => false,
        }
    }

    fn comparison(&mut self) -> Parsed<Expr> {
        let start = self.peek().span;
        if self.is("band") && self.is_at(1, "of") {
            let kind = self.band_of()?;
            self.refuse_chain()?;
            return Ok(Expr { kind, span: self.since(start) });
        }
        let left = self.value()?;
        if self.begins_line_of_schedule() {
            return Ok(left);
        }
        let kind = match self.word() {
            _ if self.at_count_of_dates() => self.count_of_dates(left)?,
            "is" => self.is_comparison(left)?,
            "in" => self.membership(left, Polarity::Positive)?,
            "not" if self.is_at(1, "in") => {
                self.bump();
                self.membership(left, Polarity::Negative)?
            }
            "at" | "more" | "less" => self.ordered(left)?,
            "from" => self.between(left)?,
            "before" | "after" if matches!(left.kind, ExprKind::Duration(_)) => self.shifted(left)?,
            "before" | "after" | "on" => self.dated(left)?,
            "during" => self.during(left)?,
            "within" => self.within(left)?,
            _ => {
                if let ExprKind::Age { .. } = left.kind
                    && self.is_age_operand()
                {
                    self.age_or_older(left)?
                } else if self.at_foreign_operator() {
                    self.foreign_operator(left)?
                } else {
                    return Ok(left);
                }
            }
        };
        self.refuse_chain()?;
        Ok(Expr { kind, span: self.since(start) })
    }

    /// After `is`.
    fn is_comparison(&mut self, left: Expr) -> Parsed<ExprKind> {
        self.expect("is")?;
        if self.is("not") && self.is_at(1, "applicable") {
            let start = self.bump().span;
            self.bump();
            let status = Spanned { value: StatusWord::NotApplicable, span: self.since(start) };
            return self.status(left, Polarity::Positive, status);
        }
        let polarity = if self.eat("not").is_some() { Polarity::Negative } else { Polarity::Positive };
        if self.is("not") && self.is_at(1, "applicable") {
            let start = self.bump().span;
            self.bump();
            let status = Spanned { value: StatusWord::NotApplicable, span: self.since(start) };
            return self.status(left, polarity, status);
        }
        match self.word() {
            "one" if self.is_at(1, "of") => {
                self.bump();
                self.bump();
                let options = self.options()?;
                Ok(ExprKind::OneOf { value: Box::new(left), polarity, options })
            }
            "known" => {
                self.bump();
                let path = self.path_before(left, "`is known`")?;
                Ok(ExprKind::Known { polarity, path })
            }
            "unknown" => self.is_unknown(left, polarity),
            "advised" if self.is_at(1, "against") => {
                let start = self.bump().span;
                self.bump();
                let status = Spanned { value: StatusWord::AdvisedAgainst, span: self.since(start) };
                self.status(left, polarity, status)
            }
            _ => match self.status_words(&left) {
                Some(status) => self.status(left, polarity, status),
                None => {
                    self.refuse_is_words()?;
                    let right = Box::new(self.value()?);
                    self.refuse_partial_date(&right);
                    let operator = match polarity {
                        Polarity::Positive => Comparison::Is,
                        Polarity::Negative => Comparison::IsNot,
                    };
                    Ok(ExprKind::Compare { left: Box::new(left), operator, right })
                }
            },
        }
    }

    /// A status of one or more words. Before anything but a name one word is a word of a choice.
    fn status_words(&mut self, left: &Expr) -> Option<Spanned<StatusWord>> {
        let start = self.peek().span;
        let words = [self.word(), self.word_at(1), self.word_at(2)];
        let (value, length) = vocabulary::status(words)?;
        if length == 1 && !matches!(left.kind, ExprKind::Path(_)) && !vocabulary::is_status_only(words[0]) {
            return None;
        }
        for _ in 0..length {
            self.bump();
        }
        Some(Spanned { value, span: self.since(start) })
    }

    fn status(&mut self, left: Expr, polarity: Polarity, status: Spanned<StatusWord>) -> Parsed<ExprKind> {
        let rule = self.path_before(left, "a status")?;
        Ok(ExprKind::Status { polarity, rule, status })
    }

    /// The values after `is one of`.
    fn options(&mut self) -> Parsed<Vec<Expr>> {
        let mut options = vec![self.value()?];
        while self.is_mark(",") && self.starts_option_after_comma() {
            self.bump();
            options.push(self.value()?);
        }
        Ok(options)
    }

    /// Whether what follows the comma is one more value, not the next part of a declaration.
    fn starts_option_after_comma(&self) -> bool {
        let next_points = self.nth(1).kind == TokenKind::Number && self.is_at(2, "when");
        self.starts_operand_at(1)
            && !next_points
            && !matches!(self.word_at(1), "not" | "some" | "every" | "there" | "if" | "all" | "any" | "at")
    }

    fn membership(&mut self, left: Expr, polarity: Polarity) -> Parsed<ExprKind> {
        self.expect("in")?;
        let set = Box::new(self.code_set()?);
        Ok(ExprKind::In { value: Box::new(left), polarity, set })
    }

    /// `at least`, `at most`, `more than`, `less than`; with `before` or `after` a distance in time.
    fn ordered(&mut self, left: Expr) -> Parsed<ExprKind> {
        let start = self.peek().span;
        let operator = match (self.word(), self.word_at(1)) {
            ("at", "least") => Comparison::AtLeast,
            ("at", "most") => Comparison::AtMost,
            ("more", "than") => Comparison::MoreThan,
            ("less", "than") => Comparison::LessThan,
            ("at", _) => {
                self.bump();
                return Err(self.expected("`least` or `most` after `at`"));
            }
            _ => {
                self.bump();
                return Err(self.expected("`than`"));
            }
        };
        self.bump();
        self.bump();
        let words = self.since(start);
        let right = self.value()?;
        if !matches!(self.word(), "before" | "after") {
            self.refuse_older(&left, &right);
            return Ok(ExprKind::Compare { left: Box::new(left), operator, right: Box::new(right) });
        }
        let relation = match (operator, self.word()) {
            (Comparison::AtLeast, "before") => Distance::AtLeastBefore,
            (Comparison::AtLeast, _) => Distance::AtLeastAfter,
            (Comparison::MoreThan, "before") => Distance::MoreThanBefore,
            (Comparison::MoreThan, _) => Distance::MoreThanAfter,
            _ => {
                self.distance_words(words);
                match self.word() {
                    "before" => Distance::WithinBefore,
                    _ => Distance::WithinAfter,
                }
            }
        };
        self.bump();
        let anchor = Box::new(self.date_value()?);
        Ok(ExprKind::Distance { value: Box::new(left), relation, duration: Box::new(right), anchor })
    }

    /// `from A to B`
    fn between(&mut self, left: Expr) -> Parsed<ExprKind> {
        self.expect("from")?;
        let low = Box::new(self.date_value()?);
        self.expect("to")?;
        let high = Box::new(self.date_value()?);
        Ok(ExprKind::Between { value: Box::new(left), low, high })
    }

    /// `before`, `after`, `on or before`, `on or after`
    fn dated(&mut self, left: Expr) -> Parsed<ExprKind> {
        let operator = match (self.word(), self.word_at(1), self.word_at(2)) {
            ("before", _, _) => Comparison::Before,
            ("after", _, _) => Comparison::After,
            ("on", "or", "before") => Comparison::OnOrBefore,
            ("on", "or", "after") => Comparison::OnOrAfter,
            _ => return Err(self.on_alone()),
        };
        self.bump();
        if matches!(operator, Comparison::OnOrBefore | Comparison::OnOrAfter) {
            self.bump();
            self.bump();
        }
        let right = Box::new(self.date_value()?);
        self.refuse_partial_date(&right);
        Ok(ExprKind::Compare { left: Box::new(left), operator, right })
    }

    fn during(&mut self, left: Expr) -> Parsed<ExprKind> {
        self.expect("during")?;
        let period = Box::new(self.period()?);
        Ok(ExprKind::During { value: Box::new(left), period })
    }

    /// `within D before Y`, `after`, `of`
    fn within(&mut self, left: Expr) -> Parsed<ExprKind> {
        self.expect("within")?;
        let duration = Box::new(self.value()?);
        let relation = match self.word() {
            "before" => Distance::WithinBefore,
            "after" => Distance::WithinAfter,
            "of" => Distance::WithinOf,
            _ => return Err(self.expected("`before`, `after` or `of`")),
        };
        self.bump();
        let anchor = Box::new(self.date_value()?);
        Ok(ExprKind::Distance { value: Box::new(left), relation, duration, anchor })
    }

    /// `age 20 years or older`: is the next word its duration?
    fn is_age_operand(&self) -> bool {
        match self.peek().kind {
            TokenKind::Number => true,
            TokenKind::Path => self.is_name_at(0) && self.is_at(1, "or") && self.is_at(2, "older"),
            TokenKind::Mark => self.is_mark("(") && self.peek().line == LinePosition::Later,
            TokenKind::Unit
            | TokenKind::Capital
            | TokenKind::Text
            | TokenKind::BadText
            | TokenKind::Date
            | TokenKind::Version
            | TokenKind::BadNumber
            | TokenKind::Stray
            | TokenKind::End => false,
        }
    }

    fn age_or_older(&mut self, left: Expr) -> Parsed<ExprKind> {
        let duration = Box::new(self.value()?);
        if self.is("or") && self.is_at(1, "older") {
            self.bump();
            self.bump();
        } else {
            self.age_alone(&left, &duration);
        }
        Ok(ExprKind::AgeOrOlder { age: Box::new(left), duration })
    }

    pub(super) fn needs_brackets(&mut self, what: &str) -> super::cursor::Failed {
        let span = self.peek().span;
        self.fail(codes::NEEDS_BRACKETS, span, format!("{what} needs brackets"), "put it in brackets: `( … )`")
    }
}

/// A chain without another of its kind directly inside.
fn join(joiner: Joiner, layout: Layout, operands: Vec<Expr>) -> ExprKind {
    let nested = |operand: &Expr| match joiner {
        Joiner::And => matches!(operand.kind, ExprKind::And { .. }),
        Joiner::Or => matches!(operand.kind, ExprKind::Or { .. }),
    };
    let operands = if operands.iter().any(nested) {
        let mut flat = Vec::with_capacity(operands.len() + 2);
        for operand in operands {
            match (joiner, operand.kind) {
                (Joiner::And, ExprKind::And { operands: inner, .. })
                | (Joiner::Or, ExprKind::Or { operands: inner, .. }) => flat.extend(inner),
                (_, kind) => flat.push(Expr { kind, span: operand.span }),
            }
        }
        flat
    } else {
        operands
    };
    match joiner {
        Joiner::And => ExprKind::And { operands, layout },
        Joiner::Or => ExprKind::Or { operands, layout },
    }
}
