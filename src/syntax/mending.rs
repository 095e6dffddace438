//! Mistakes in conditions and values: what was meant, and how it is written.

use super::ast::{Comparison, Expr, ExprKind, Name, Polarity, Span, Spanned, Text};
use super::cursor::{Cursor, Failed, Parsed, TextLines};
use super::expression::Joiner;
use super::parser::{LinePosition, TokenKind};
use super::vocabulary;
use crate::diagnostic::{codes, near};
use crate::value::DurationUnit;

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
        let (what, help) = match &before.kind {
            ExprKind::Compare { left, operator: Comparison::Is, right } => {
                let (left, right) = (self.slice(left.span), self.slice(right.span));
                let other = self.slice(operand.span);
                (format!("`or {other}` is no condition"), format!("write `{left} is one of {right}, {other}`"))
            }
            ExprKind::In { value, set, .. } => {
                let (left, set) = (self.slice(value.span), self.slice(set.span));
                let other = self.slice(operand.span);
                (format!("`or {other}` is no condition"), format!("write `{left} in {set} or {left} in {other}`"))
            }
            _ => return,
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
            _ => self.at_foreign_operator(),
        };
        if !next {
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

    fn word_of_others(&mut self) -> Failed {
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
        let (meant, operator) = match self.text_of(start) {
            "older" => ("more than", Comparison::MoreThan),
            _ => ("less than", Comparison::LessThan),
        };
        if self.eat("than").is_none() {
            let help = "write `age 20 years or older`, `age at least 20 years` or `age less than 20 years`";
            return Err(self.fail(codes::AGE_WORDS, start.span, "an age is not said so", help));
        }
        let span = self.since(start.span);
        let written = self.slice(span);
        let help = match operator {
            Comparison::MoreThan => "write `at least`, `more than`, or `age 20 years or older`".to_owned(),
            _ => format!("write `{meant}`"),
        };
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
        match left.kind {
            ExprKind::Path(path) => Ok(path),
            _ => Err(self.fail(
                codes::EXPECTED,
                left.span,
                format!("{what} is said of a name"),
                "give the value a name with `define`, and ask about that",
            )),
        }
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

    // ---- values ---------------------------------------------------------------------------------------

    pub(super) fn set_in_brackets(&mut self) -> Failed {
        let span = self.peek().span;
        self.fail(
            codes::EXPECTED,
            span,
            "a set is not written in brackets",
            "write `is one of A, B`, name a set with `codes`, or give a range such as `F10-F19`",
        )
    }

    /// `a -1`
    pub(super) fn refuse_glued_minus(&mut self) -> Parsed<()> {
        let token = self.peek();
        let glued = token.kind == TokenKind::Number
            && token.line == LinePosition::Later
            && self.text_of(token).starts_with('-');
        if !glued {
            return Ok(());
        }
        let span = Span { start: token.span.start, end: token.span.start + 1 };
        Err(self.fail(codes::OPERATOR_BLANKS, span, "`-` needs a blank on both sides", "write `a - 1`"))
    }

    /// `a/b`
    pub(super) fn refuse_missing_blanks(&mut self, mark: Span) {
        let next = self.peek().span.start;
        let before = Span { start: mark.start.saturating_sub(1), end: mark.start };
        let blank_before = self.slice(before).chars().all(char::is_whitespace);
        if blank_before && next > mark.end {
            return;
        }
        let written = self.slice(mark);
        let message = format!("`{written}` needs a blank on both sides");
        let help = format!("write `a {written} b`");
        self.report(codes::OPERATOR_BLANKS, mark, message, help);
    }

    /// Durations are words.
    pub(super) fn ucum_duration(&mut self, span: Span) -> Option<DurationUnit> {
        let (unit, word) = match self.slice(span) {
            "a" | "y" | "yr" | "yrs" | "år" => (DurationUnit::Years, "years"),
            "mo" | "mån" | "månader" => (DurationUnit::Months, "months"),
            "wk" | "wks" | "veckor" => (DurationUnit::Weeks, "weeks"),
            "d" | "dagar" | "dygn" => (DurationUnit::Days, "days"),
            _ => return None,
        };
        let message = format!("`{}` is no unit of time here", self.slice(span));
        self.report(codes::DURATION_UNIT, span, message, format!("write `{word}`"));
        Some(unit)
    }

    /// No value begins here.
    pub(super) fn no_value(&mut self) -> Failed {
        let token = self.peek();
        let written = self.text_of(token);
        match token.kind {
            TokenKind::BadNumber => self.bad_number(token.span),
            TokenKind::Version => {
                let help = "a number has one point: `1.5`";
                self.fail(codes::NUMBER_FORM, token.span, format!("`{written}` is not a number"), help)
            }
            TokenKind::Mark if self.at_foreign_operator() => self.word_of_others(),
            TokenKind::Mark if matches!(written, "[" | "{") => self.fail(
                codes::EXPECTED,
                token.span,
                format!("`{written}` is not used here"),
                "write round brackets: `( … )`",
            ),
            TokenKind::Path if matches!(written, "older" | "younger") => self.fail(
                codes::AGE_WORDS,
                token.span,
                format!("`{written}` does not begin a condition"),
                "write `age 20 years or older`, `age at least …` or `age less than …`",
            ),
            _ => self.expected("a value or a condition"),
        }
    }

    pub(super) fn bad_number(&mut self, span: Span) -> Failed {
        let written = self.slice(span).to_owned();
        let digits = written.trim_start_matches('-');
        let whole: String = digits.chars().take_while(char::is_ascii_digit).collect();
        let rest = digits.strip_prefix(&*whole).unwrap_or("");
        let part = rest.get(1..).unwrap_or("");
        let all_digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        let (code, message, help) = if rest.is_empty()
            || (whole.starts_with('0') && whole.len() > 1 && rest.starts_with('.'))
        {
            let plain = digits.trim_start_matches('0');
            let plain = if plain.is_empty() || plain.starts_with('.') { format!("0{plain}") } else { plain.to_owned() };
            let help = format!("write `{plain}`, or `\"{written}\"` in quotes for a code");
            (codes::NUMBER_FORM, format!("`{written}` has a nought too many for a number"), help)
        } else if rest.starts_with(',') && all_digits(part) {
            let help = if part.len() == 3 {
                format!("write `{whole}.{part}` for decimals, `{whole}{part}` for thousands")
            } else {
                format!("write `{whole}.{part}`, or a blank after the comma of a list")
            };
            (codes::NUMBER_FORM, "decimals are written with a point".to_owned(), help)
        } else if rest.starts_with('-') && (whole.len() == 4 || digits.split('-').count() == 3) {
            (codes::DATE_FORM, format!("`{written}` is not a date"), "write `2004-05-12` or `2004-05`".to_owned())
        } else if rest.starts_with(['-', '+', '*', '/']) && part.starts_with(|letter: char| letter.is_ascii_digit()) {
            let mark = rest.get(..1).unwrap_or("");
            let help = format!("write `{whole} {mark} {part}`");
            (codes::OPERATOR_BLANKS, format!("`{mark}` needs a blank on both sides"), help)
        } else if rest.starts_with(|letter: char| letter.is_alphabetic() || letter == '%') {
            let number: String =
                written.chars().take_while(|letter| !letter.is_alphabetic() && *letter != '%').collect();
            let unit = written.strip_prefix(&*number).unwrap_or("");
            (
                codes::NUMBER_FORM,
                "a number and its unit need a blank between them".to_owned(),
                format!("write `{number} {unit}`"),
            )
        } else if rest.starts_with('.') {
            let number: String =
                written.chars().take_while(|letter| !letter.is_alphabetic() && *letter != '%').collect();
            let unit = written.strip_prefix(&*number).unwrap_or("");
            if number.ends_with('.') || unit.is_empty() {
                (codes::NUMBER_FORM, format!("`{written}` is not a number"), "write `7` or `7.5`".to_owned())
            } else {
                (
                    codes::NUMBER_FORM,
                    "a number and its unit need a blank between them".to_owned(),
                    format!("write `{number} {unit}`"),
                )
            }
        } else {
            let help = "write digits, with a point before decimals: `1500`, `7.5`".to_owned();
            (codes::NUMBER_FORM, format!("`{written}` is not a number"), help)
        };
        self.fail(code, span, message, help)
    }

    /// Where `)` should stand something else does.
    pub(super) fn not_closed(&mut self, open: Span) -> Failed {
        let next = self.peek();
        if next.kind != TokenKind::End && next.line == LinePosition::Later {
            return self.goes_on();
        }
        let help = "add the closing bracket `)`";
        self.fail(codes::UNBALANCED_BRACKET, open, "this bracket is not closed where its condition ends", help)
    }

    /// A word that cannot carry on what stands before it.
    pub(super) fn goes_on(&mut self) -> Failed {
        let token = self.peek();
        let written = self.text_of(token);
        if self.at_foreign_operator() {
            return self.word_of_others();
        }
        if token.kind == TokenKind::BadNumber {
            return self.bad_number(token.span);
        }
        match self.mark_at(0) {
            ")" => {
                let help = "leave it out, or add the opening bracket `(`";
                return self.fail(codes::UNBALANCED_BRACKET, token.span, "this bracket closes nothing", help);
            }
            "[" | "{" => return self.no_value(),
            _ => {}
        }
        let message = format!("`{written}` cannot carry on what stands before it");
        let help = match vocabulary::meant(written) {
            Some(meant) => format!("write {meant}"),
            None => match near::nearest(written, vocabulary::OPERATORS.iter().copied()) {
                Some(near) if near != written => format!("did you mean `{near}`?"),
                _ => {
                    "a word such as `is`, `at least` or `and` is missing before it, or it belongs on a line of its own"
                        .to_owned()
                }
            },
        };
        self.fail(codes::EXPECTED, token.span, message, help)
    }

    // ---- names and texts ------------------------------------------------------------------------------

    /// `birthDate`, `f11.2`
    pub(super) fn refuse_name_form(&mut self, span: Span) -> Parsed<()> {
        let text = self.slice(span);
        if text.split('.').skip(1).any(|part| part.starts_with(|letter: char| letter.is_ascii_digit())) {
            let upper = text.to_uppercase();
            let message = format!("`{text}` is neither a name nor a code");
            return Err(self.fail(codes::CODE_FORM, span, message, format!("a code starts with a capital: `{upper}`")));
        }
        if text.chars().any(char::is_uppercase) {
            let snake = snake_case(text);
            let message = format!("`{text}` has a capital letter in a name");
            return Err(self.fail(codes::NAME_FORM, span, message, format!("names are lower case: `{snake}`")));
        }
        Ok(())
    }

    pub(super) fn reserved_name(&mut self, what: &str) -> Failed {
        let token = self.peek();
        let word = self.text_of(token).to_owned();
        debug_assert!(vocabulary::is_reserved(&word));
        let message = format!("`{word}` is a word of the language; expected {what}");
        let help = "choose another name, or add the word that is missing before it";
        self.fail(codes::RESERVED_NAME, token.span, message, help)
    }

    /// A text; texts on following lines join with one blank.
    pub(super) fn text(&mut self) -> Parsed<Text> {
        let first = self.one_text()?;
        let joins = self.peek().kind == TokenKind::Text && self.peek().line == LinePosition::First;
        if !joins || self.text_lines == TextLines::Entries {
            return Ok(first);
        }
        let start = first.span;
        let mut whole = String::from(first.value);
        while self.peek().kind == TokenKind::Text && self.peek().line == LinePosition::First {
            let next = self.one_text()?;
            whole.push(' ');
            whole.push_str(&next.value);
        }
        Ok(Spanned { value: whole.into(), span: self.since(start) })
    }

    /// One text on its line.
    pub(super) fn one_text(&mut self) -> Parsed<Text> {
        let token = self.peek();
        if token.kind != TokenKind::Text {
            return Err(self.expected("a text in quotes"));
        }
        self.bump();
        let written = self.text_of(token);
        let inner = written.strip_prefix('"').and_then(|rest| rest.strip_suffix('"')).unwrap_or(written);
        let value: Box<str> = if inner.contains('\\') { unescape(inner).into() } else { inner.into() };
        Ok(Spanned { value, span: token.span })
    }
}

/// `\"` and `\\`; another escape was reported by the scan and stands as written.
fn unescape(inner: &str) -> String {
    let mut whole = String::with_capacity(inner.len());
    let mut letters = inner.chars();
    while let Some(letter) = letters.next() {
        if letter != '\\' {
            whole.push(letter);
            continue;
        }
        match letters.next() {
            Some(escaped @ ('"' | '\\')) => whole.push(escaped),
            Some(other) => whole.extend(['\\', other]),
            None => whole.push('\\'),
        }
    }
    whole
}

fn snake_case(text: &str) -> String {
    let mut name = String::with_capacity(text.len() + 2);
    let mut before_small = false;
    for letter in text.chars() {
        if letter.is_uppercase() && before_small {
            name.push('_');
        }
        before_small = letter.is_lowercase();
        name.extend(letter.to_lowercase());
    }
    name
}
