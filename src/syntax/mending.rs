//! Mistakes in conditions: what was meant, and how it is written.

use super::ast::{Comparison, Expr, ExprKind, Name, Polarity, Span};
use super::cursor::{Cursor, Failed, Parsed};
use super::expression::Joiner;
use crate::diagnostic::codes;

impl Cursor<'_> {
    // ---- and, or, not ---------------------------------------------------------------------------------

    /// `a and b or c`: `count` operands stand before the other word at `at`.
    pub(super) fn mixed(&mut self, at: Span, first: Joiner, operands: &[Expr], count: usize) {
        let text = |range: &[Expr]| {
            let span = match (range.first(), range.last()) {
                (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end },
                _ => Span::default(),
            };
            let text = self.slice(span).split_whitespace().collect::<Vec<_>>().join(" ");
            if text.len() > 50 { "…".to_owned() } else { text }
        };
        let (head, tail) = operands.split_at(count.min(operands.len()));
        let (rest, last) = head.split_at(head.len().saturating_sub(1));
        let next = tail.get(..1).unwrap_or(&[]);
        let (one, other) = match first {
            Joiner::And => ("and", "or"),
            Joiner::Or => ("or", "and"),
        };
        let help = format!(
            "write `({}) {other} {}` or `{} {one} ({} {other} {})`",
            text(head),
            text(next),
            text(rest),
            text(last),
            text(next)
        );
        self.report(
            codes::MIXED_AND_OR,
            at,
            "`and` and `or` in one condition need brackets to say which goes first",
            help,
        );
    }

    /// `x is A or B`
    pub(super) fn refuse_is_either(&mut self, before: Option<&Expr>, operand: &Expr) {
        let Some(before) = before else { return };
        let value = matches!(
            operand.kind,
            ExprKind::Code { .. }
                | ExprKind::CodeRange { .. }
                | ExprKind::Text(_)
                | ExprKind::Number(_)
                | ExprKind::Quantity { .. }
                | ExprKind::Duration(_)
                | ExprKind::Date(_)
        );
        if !value {
            return;
        }
        let other = self.slice(operand.span);
        let what = format!("`or {other}` is no condition");
        let help = if let ExprKind::Compare { left, operator: Comparison::Is, right } = &before.kind {
            let (left, right) = (self.slice(left.span), self.slice(right.span));
            format!("write `{left} is one of {right}, {other}`")
        } else if let ExprKind::In { value, set, .. } = &before.kind {
            let (left, set) = (self.slice(value.span), self.slice(set.span));
            format!("write `{left} in {set} or {left} in {other}`")
        } else {
            return;
        };
        self.report(codes::IS_EITHER, operand.span, what, help);
    }

    pub(super) fn missing_else(&mut self, start: Span) -> Failed {
        let span = self.since(start);
        self.fail(codes::EXPECTED, span, "this `if` has no `else`", "write `else` and the value for all other cases")
    }

    // ---- comparisons ----------------------------------------------------------------------------------

    /// After a whole comparison another one cannot follow.
    pub(super) fn refuse_chain(&mut self) -> Parsed<()> {
        let next = match (self.word(), self.word_at(1)) {
            ("is" | "in" | "during" | "within" | "before" | "after" | "from", _)
            | ("not", "in")
            | ("at", "least" | "most")
            | ("more" | "less", "than")
            | ("on", "or") => true,
            ("or", "older") => {
                let token = self.peek();
                return Err(self.fail(
                    codes::AGE_WORDS,
                    token.span,
                    "`or older` is only said as `age 20 years or older`",
                    "leave out `or older`, or the words before the number",
                ));
            }
            _ => matches!(self.mark_at(0), "=" | "==" | "!=" | "<>" | ">" | "<" | ">=" | "<=" | "=>" | "=<"),
        };
        if !next || self.begins_line_of_schedule() {
            return Ok(());
        }
        let span = self.peek().span;
        Err(self.fail(
            codes::CHAINED_COMPARISON,
            span,
            "a comparison cannot be compared again",
            "join two comparisons with `and`, write `x from A to B`, or put the first in brackets",
        ))
    }

    pub(super) fn at_foreign_operator(&self) -> bool {
        match self.mark_at(0) {
            "=" | "==" | "!=" | "<>" | ">" | "<" | ">=" | "<=" | "=>" | "=<" | "&&" | "||" | "&" | "|" | "!" | "%"
            | "^" => true,
            _ => matches!(self.word(), "equals" | "older" | "younger" | "contains" | "exists" | "xor" | "older_than"),
        }
    }

    /// `=`, `>=`, `older than`: reported, then read as what was meant.
    pub(super) fn foreign_operator(&mut self, left: Expr) -> Parsed<ExprKind> {
        let token = self.peek();
        let written = self.text_of(token);
        let (meant, operator) = match written {
            "=" | "==" | "equals" => ("is", Comparison::Is),
            "!=" | "<>" => ("is not", Comparison::IsNot),
            ">" => ("more than", Comparison::MoreThan),
            "<" => ("less than", Comparison::LessThan),
            ">=" | "=>" => ("at least", Comparison::AtLeast),
            "<=" | "=<" => ("at most", Comparison::AtMost),
            "older" | "younger" => return self.older_than(left),
            _ => return Err(self.word_of_others()),
        };
        self.report(
            codes::FOREIGN_OPERATOR,
            token.span,
            format!("`{written}` is not written here"),
            format!("write `{meant}`"),
        );
        self.bump();
        let right = Box::new(self.value()?);
        Ok(ExprKind::Compare { left: Box::new(left), operator, right })
    }

    pub(super) fn word_of_others(&mut self) -> Failed {
        let token = self.peek();
        let written = self.text_of(token);
        let help = match written {
            "&&" | "&" => "write `and`",
            "||" | "|" => "write `or`",
            "!" => "write `not`",
            "%" => "a per cent sign stands only after a number, as its unit",
            "contains" => "write `some x in list has (…)`, or `code in set`",
            "exists" => "write `there is a …`",
            "^" => "write the factors out, `height * height`",
            _ => "say it with `and`, `or`, `not`",
        };
        self.fail(codes::FOREIGN_OPERATOR, token.span, format!("`{written}` is not a word of the language"), help)
    }

    /// `age older than 20 years`
    fn older_than(&mut self, left: Expr) -> Parsed<ExprKind> {
        let start = self.bump();
        let (operator, help) = match self.text_of(start) {
            "older" => (Comparison::MoreThan, "write `at least`, `more than`, or `age 20 years or older`"),
            _ => (Comparison::LessThan, "write `less than`"),
        };
        if self.eat("than").is_none() {
            let help = "write `age 20 years or older`, `age at least 20 years` or `age less than 20 years`";
            return Err(self.fail(codes::AGE_WORDS, start.span, "an age is not said so", help));
        }
        let span = self.since(start.span);
        let written = self.slice(span);
        self.report(codes::AGE_WORDS, span, format!("`{written}` is not written here"), help);
        let right = Box::new(self.value()?);
        Ok(ExprKind::Compare { left: Box::new(left), operator, right })
    }

    /// `age 20 years`
    pub(super) fn age_alone(&mut self, left: &Expr, duration: &Expr) {
        let span = Span { start: left.span.start, end: duration.span.end };
        let written = self.slice(duration.span);
        let help = format!("write `age {written} or older`, or `age is {written}`, `age less than {written}`");
        if self.is("old") || (self.is("or") && matches!(self.word_at(1), "younger" | "more" | "less")) {
            let ahead = if self.is("old") { 1 } else { 2 };
            for _ in 0..ahead {
                self.bump();
            }
        }
        self.report(codes::AGE_WORDS, span, "an age and a duration need a word that compares them", help);
    }

    /// `age at least 20 years or older`
    pub(super) fn refuse_older(&mut self, left: &Expr, right: &Expr) {
        if self.is("or") && self.is_at(1, "older") {
            let start = self.bump().span;
            self.bump();
            let (left, right) = (self.slice(left.span), self.slice(right.span));
            let help = format!("write `{left} at least {right}` or `{left} {right} or older`");
            self.report(codes::AGE_WORDS, self.since(start), "`or older` says the same a second time", help);
        }
    }

    /// The path on the left of a word that asks about a name.
    pub(super) fn path_before(&mut self, left: Expr, what: &str) -> Parsed<Vec<Name>> {
        if let ExprKind::Path(path) = left.kind {
            return Ok(path);
        }
        let help = "give the value a name with `define`, and ask about that";
        Err(self.fail(codes::EXPECTED, left.span, format!("{what} is said of a name"), help))
    }

    pub(super) fn is_unknown(&mut self, left: Expr, polarity: Polarity) -> Parsed<ExprKind> {
        let span = self.bump().span;
        let (meant, polarity) = match polarity {
            Polarity::Positive => ("is not known", Polarity::Negative),
            Polarity::Negative => ("is known", Polarity::Positive),
        };
        let help = format!("write `{} {meant}`", self.slice(left.span));
        self.report(codes::IS_UNKNOWN, span, "unknown is no value that something can be", help);
        let ExprKind::Path(path) = left.kind else { return Err(Failed) };
        Ok(ExprKind::Known { polarity, path })
    }

    /// `is at least 5`, `is before x`, `is in s`: one word too many.
    pub(super) fn refuse_is_words(&mut self) -> Parsed<()> {
        let written = match (self.word(), self.word_at(1)) {
            ("at", "least" | "most")
            | ("more" | "less", "than")
            | ("before" | "after" | "during" | "within" | "in" | "from", _)
            | ("on", "or") => self.word(),
            ("older" | "younger", _) => "older than",
            ("not", _) => {
                let span = self.peek().span;
                return Err(self.fail(codes::DOUBLE_NOT, span, "`not` twice says nothing", "leave one of them out"));
            }
            ("between", _) => {
                let span = self.peek().span;
                return Err(self.fail(codes::EXPECTED, span, "`between` is not said here", "write `x from A to B`"));
            }
            _ => return Ok(()),
        };
        let span = self.last().span;
        let message = format!("`is` does not stand before `{written}`");
        Err(self.fail(codes::EXPECTED, span, message, "leave out `is`, and write `not (x …)` for the opposite"))
    }

    pub(super) fn distance_words(&mut self, words: Span) {
        let written = self.slice(words).to_owned();
        let side = if self.is("before") { "before" } else { "after" };
        self.report(
            codes::DISTANCE_WORDS,
            words,
            format!("`{written} … {side}` could be read in two ways"),
            format!("write `within … {side}` (its end included), or compare with a date: `on or after (… {side} …)`"),
        );
    }

    pub(super) fn on_alone(&mut self) -> Failed {
        let span = self.peek().span;
        self.fail(
            codes::EXPECTED,
            span,
            "`on` needs `or before` or `or after`",
            "write `on or before`, `on or after`, or `is` for the same day",
        )
    }

    /// A month or a year where a whole day is needed.
    pub(super) fn refuse_partial_date(&mut self, value: &Expr) {
        if let ExprKind::Date(date) = value.kind
            && date.day.is_none()
        {
            let written = self.slice(value.span);
            let help = format!("write a whole day, `{written}-01`, or `during {written}`");
            self.report(
                codes::PARTIAL_DATE,
                value.span,
                "a part of a date stands only after `during`, `from` and `to`",
                help,
            );
        }
    }
}
