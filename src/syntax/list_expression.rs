//! What is said about lists: `some … has`, `count`, `the latest`, `at least n of`.

use super::ast::{Expr, ExprKind, ExtremeWord, List, Name, Polarity, Quantifier, QuantifierKind, Reading};
use super::cursor::{Cursor, Parsed};
use super::parser::{LinePosition, TokenKind};
use super::vocabulary;
use crate::diagnostic::codes;

impl Cursor<'_> {
    /// Whether a condition about a list (or a number of conditions) begins here.
    pub(super) fn is_list_condition(&self) -> bool {
        match self.word() {
            "some" | "every" | "there" => true,
            "no" => self.is_quantifier_no(0),
            "at" => self.is_at(1, "least"),
            "the" => matches!(self.word_at(1), "latest" | "earliest") && self.is_at(3, "in"),
            _ => false,
        }
    }

    /// Whether this `no` is said of records, and is not the opposite of `yes` with another line below.
    fn is_quantifier_no(&self, ahead: usize) -> bool {
        let recorded = self.is_at(ahead + 1, "recorded") && self.nth(ahead + 1).line == LinePosition::Later;
        recorded || (self.is_name_at(ahead + 1) && self.is_at(ahead + 2, "in"))
    }

    pub(super) fn list_condition(&mut self) -> Parsed<Expr> {
        match self.word() {
            "there" => self.there_is(),
            "at" => self.at_least(),
            "the" => self.extreme_has(),
            _ => self.quantifier(),
        }
    }

    /// `some [recorded] d in ds [that are (…)] has BODY`
    fn quantifier(&mut self) -> Parsed<Expr> {
        let start = self.peek().span;
        let kind = match self.word() {
            "some" => QuantifierKind::Some,
            "every" => QuantifierKind::Every,
            _ => QuantifierKind::No,
        };
        self.bump();
        let reading = if self.is("recorded") && !self.is_at(1, "in") {
            self.bump();
            Reading::Recorded
        } else {
            Reading::AsGiven
        };
        let word = self.plain_name("a word for one record, as in `some diagnosis in diagnoses has …`")?;
        self.expect("in")?;
        let list = self.list()?;
        let body = self.body()?;
        let quantifier = Box::new(Quantifier { kind, reading, word, list, body });
        Ok(Expr { kind: ExprKind::Quantifier(quantifier), span: self.since(start) })
    }

    /// A list, perhaps with `that are (…)`.
    pub(super) fn list(&mut self) -> Parsed<List> {
        let path = self.path()?;
        let filter = if self.is("that") {
            self.bump();
            if self.eat("are").is_none() && self.eat("have").is_none() {
                return Err(self.expected("`are` after `that`"));
            }
            if !self.is_mark("(") {
                return Err(self.needs_brackets("the condition after `that are`"));
            }
            Some(self.group()?)
        } else {
            None
        };
        Ok(List { path, filter })
    }

    /// `has` and one condition; more stand in brackets.
    fn body(&mut self) -> Parsed<Expr> {
        if self.eat("has").is_none() && self.eat("have").is_none() {
            return Err(self.expected("`has` and a condition"));
        }
        if self.is_mark("(") {
            // Not a comparison that begins with a bracket: the body ends with it.
            let body = self.term()?;
            return Ok(body);
        }
        let ahead = usize::from(self.is("not"));
        let nested = match self.word_at(ahead) {
            "there" => false,
            "all" | "any" => self.is_at(ahead + 1, "of"),
            "if" | "some" | "every" | "at" => true,
            "no" => self.is_quantifier_no(ahead),
            "the" => self.is_at(ahead + 3, "in"),
            _ => false,
        };
        if nested {
            return Err(self.needs_brackets("a condition of several words inside a body"));
        }
        self.term()
    }

    /// `there is a referral`, `there is no referral`
    fn there_is(&mut self) -> Parsed<Expr> {
        let start = self.expect("there")?;
        self.expect("is")?;
        let polarity = match self.word() {
            "a" | "an" | "some" => Polarity::Positive,
            "no" => Polarity::Negative,
            _ => return Err(self.expected("`a` or `no`")),
        };
        self.bump();
        let path = self.path()?;
        Ok(Expr { kind: ExprKind::ThereIs { polarity, path }, span: self.since(start) })
    }

    /// `at least 3 of (…)`, `at least 2 of the latest 3 …`, `at least 3 different …`
    fn at_least(&mut self) -> Parsed<Expr> {
        let start = self.expect("at")?;
        self.expect("least")?;
        let count = self.whole("a whole number, as in `at least 2 of (…)`")?;
        if self.is("different") {
            self.bump();
            let field = self.plain_name("a field")?;
            self.expect("in")?;
            let list = Box::new(self.list()?);
            // `by any physician` is a recommendation's next line.
            let by = if self.is("by") && !self.is_at(1, "any") {
                self.bump();
                Some(self.plain_name("a field")?)
            } else {
                None
            };
            let mut within = None;
            if self.eat("within").is_some() {
                self.expect("the")?;
                self.expect("same")?;
                within = Some(Box::new(self.value()?));
            }
            let kind = ExprKind::Different { count, field, list, by, within };
            return Ok(Expr { kind, span: self.since(start) });
        }
        self.expect("of")?;
        if self.is("the") {
            self.bump();
            let extreme = self.extreme_word()?;
            let among = self.whole("how many, as in `at least 2 of the latest 3 …`")?;
            let word = self.plain_name("a word for one record")?;
            let (list, by) = self.ordered_list()?;
            let body = Box::new(self.body()?);
            let kind = ExprKind::OfExtremes { count, extreme, among, word, list, by, body };
            return Ok(Expr { kind, span: self.since(start) });
        }
        let conditions = self.conditions()?;
        Ok(Expr { kind: ExprKind::AtLeastOf { count, conditions }, span: self.since(start) })
    }

    /// `(a, b, c)`
    fn conditions(&mut self) -> Parsed<Vec<Expr>> {
        if !self.is_mark("(") {
            return Err(self.needs_brackets("the list of conditions after `of`"));
        }
        let open = self.bump().span;
        let around = std::mem::replace(&mut self.around, super::cursor::Around::Nothing);
        let mut conditions = vec![self.expression()?];
        while self.eat_mark(",").is_some() {
            if self.is_mark(")") {
                break;
            }
            conditions.push(self.expression()?);
        }
        self.around = around;
        if !self.is_mark(")") {
            return Err(self.not_closed(open));
        }
        self.bump();
        Ok(conditions)
    }

    fn extreme_word(&mut self) -> Parsed<ExtremeWord> {
        let word = match self.word() {
            "latest" => ExtremeWord::Latest,
            "earliest" => ExtremeWord::Earliest,
            _ => return Err(self.expected("`latest` or `earliest` after `the`")),
        };
        self.bump();
        Ok(word)
    }

    /// `in samples that are (…) by taken`
    fn ordered_list(&mut self) -> Parsed<(Box<List>, Name)> {
        self.expect("in")?;
        let list = Box::new(self.list()?);
        if self.eat("by").is_none() {
            return Err(self.expected("`by` and the date that orders the list"));
        }
        let by = self.plain_name("a field")?;
        Ok((list, by))
    }

    /// `the latest s in samples by taken has BODY`
    fn extreme_has(&mut self) -> Parsed<Expr> {
        let start = self.expect("the")?;
        let extreme = self.extreme_word()?;
        let word = self.plain_name("a word for one record")?;
        let (list, by) = self.ordered_list()?;
        let body = Box::new(self.body()?);
        Ok(Expr { kind: ExprKind::ExtremeHas { extreme, word, list, by, body }, span: self.since(start) })
    }

    /// `the latest taken of samples that are (…)`
    pub(super) fn extreme(&mut self) -> Parsed<Expr> {
        let start = self.expect("the")?;
        let extreme = self.extreme_word()?;
        let field = self.plain_name("a field")?;
        if self.is("in") {
            return Err(self.needs_brackets("`the latest … in … has`, used as a value,"));
        }
        self.expect("of")?;
        let list = Box::new(self.list()?);
        Ok(Expr { kind: ExprKind::Extreme { extreme, field, list }, span: self.since(start) })
    }

    /// `count d in ds that are (…) has (…)`
    pub(super) fn count(&mut self) -> Parsed<Expr> {
        let start = self.expect("count")?;
        let word = if self.is_at(1, "in") { Some(self.plain_name("a word for one record")?) } else { None };
        if word.is_some() {
            self.expect("in")?;
        }
        let list = Box::new(self.list()?);
        let mut body = None;
        if self.eat("has").is_some() || self.eat("have").is_some() {
            if !self.is_mark("(") {
                return Err(self.needs_brackets("the condition of a `count`"));
            }
            body = Some(Box::new(self.group()?));
        }
        Ok(Expr { kind: ExprKind::Count { word, list, body }, span: self.since(start) })
    }

    /// `sum of (dose * per_day) in orders that are (active)`
    pub(super) fn sum(&mut self) -> Parsed<Expr> {
        let start = self.expect("sum")?;
        self.expect("of")?;
        let value = Box::new(self.value()?);
        self.expect("in")?;
        let list = Box::new(self.list()?);
        Ok(Expr { kind: ExprKind::Sum { value, list }, span: self.since(start) })
    }

    /// One name without dots that is no word of the language.
    pub(super) fn plain_name(&mut self, what: &str) -> Parsed<Name> {
        let token = self.peek();
        if token.kind == TokenKind::Capital && token.line == LinePosition::Later {
            self.refuse_name_form(token.span)?;
        }
        if !matches!(token.kind, TokenKind::Path | TokenKind::Unit) {
            return Err(self.expected(what));
        }
        if vocabulary::is_reserved(self.word()) {
            return Err(self.reserved_name(what));
        }
        self.refuse_name_form(token.span)?;
        if self.word().contains('.') {
            let message = format!("`{}` has a dot, and a name without one stands here", self.word());
            return Err(self.fail(codes::NAME_FORM, token.span, message, "leave out the part before the dot"));
        }
        self.bump();
        self.refuse_joined(token.span)?;
        Ok(self.name_from(token.span))
    }
}
