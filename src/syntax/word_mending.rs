//! Mistakes in single words: numbers, names, texts, and words that do not fit where they stand.

use super::ast::{Span, Spanned, Text};
use super::cursor::{Cursor, Failed, Parsed, TextLines};
use super::parser::{LinePosition, TokenKind};
use super::vocabulary;
use crate::diagnostic::{codes, near};
use crate::value::DurationUnit;

impl Cursor<'_> {
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
        if token.kind == TokenKind::BadNumber {
            return self.bad_number(token.span);
        }
        if token.kind == TokenKind::Version {
            let message = format!("`{written}` is not a number");
            return self.fail(codes::NUMBER_FORM, token.span, message, "a number has one point: `1.5`");
        }
        if token.kind == TokenKind::Path && matches!(written, "older" | "younger") {
            let message = format!("`{written}` does not begin a condition");
            let help = "write `age 20 years or older`, `age at least …` or `age less than …`";
            return self.fail(codes::AGE_WORDS, token.span, message, help);
        }
        if token.kind == TokenKind::Mark && self.at_foreign_operator() {
            return self.word_of_others();
        }
        if token.kind == TokenKind::Mark && matches!(written, "[" | "{") {
            let message = format!("`{written}` is not used here");
            return self.fail(codes::EXPECTED, token.span, message, "write round brackets: `( … )`");
        }
        self.expected("a value or a condition")
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
            let sign = if written.starts_with('-') { "-" } else { "" };
            let help = format!("write `{sign}{plain}`, or `\"{written}\"` in quotes for a code");
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
            let help = match mark {
                "-" => format!("write `from {whole} to {part}` for a range, `{whole} - {part}` for a difference"),
                _ => format!("write `{whole} {mark} {part}`"),
            };
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
        let last = self.last();
        if matches!(self.text_of(last), "inte" | "ej" | "icke") {
            let message = format!("`{}` is not a word of the language", self.text_of(last));
            return self.fail(codes::EXPECTED, last.span, message, "write `not`");
        }
        if last.kind == TokenKind::Text && last.span.end == token.span.start {
            let help = "a quote inside a text is written `\\\"`";
            return self.fail(codes::EXPECTED, token.span, "the text before this ended at its second quote", help);
        }
        match self.mark_at(0) {
            "*" if last.kind == TokenKind::Capital => {
                let help = format!("write `in {}`, which takes in the codes below", self.text_of(last));
                return self.fail(codes::EXPECTED, token.span, "a star stands for no codes here", help);
            }
            "," if self.text_lines == TextLines::Entries => {
                let help = "begin a new line for each";
                return self.fail(codes::EXPECTED, token.span, "a comma does not carry on an entry", help);
            }
            "," => {
                let help = "write `is one of a, b` for values and `x in A or x in B` for codes; conditions are joined \
                            by `and` or stand one a line after `all of:`";
                return self.fail(codes::EXPECTED, token.span, "a comma does not carry on a condition", help);
            }
            ")" => {
                let help = "leave it out, or add the opening bracket `(`";
                return self.fail(codes::UNBALANCED_BRACKET, token.span, "this bracket closes nothing", help);
            }
            "[" | "{" => return self.no_value(),
            "." if self.last().kind == TokenKind::Number => {
                let number = self.text_of(self.last());
                let help = format!("write `{number}` or `{number}.0`");
                return self.fail(codes::NUMBER_FORM, token.span, "a point without digits after it", help);
            }
            _ => {}
        }
        let message = format!("`{written}` cannot carry on what stands before it");
        let help = match vocabulary::meant(written) {
            Some(meant) => format!("write {meant}"),
            None => match near::nearest(written, vocabulary::OPERATORS.iter().copied()) {
                Some(near) if near != written && written.len() > 2 => format!("did you mean `{near}`?"),
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

    /// `other-county`
    pub(super) fn refuse_joined(&mut self, name: Span) -> Parsed<()> {
        let dash = self.peek().span;
        if self.mark_at(0) != "-" || dash.start != name.end || self.word_at(1).is_empty() {
            return Ok(());
        }
        let joined = format!("{}_{}", self.slice(name), self.word_at(1));
        let message = "a name has no dash";
        Err(self.fail(codes::NAME_FORM, dash, message, format!("join its words with `_`: `{joined}`")))
    }

    pub(super) fn reserved_name(&mut self, what: &str) -> Failed {
        let token = self.peek();
        if token.line == LinePosition::First && self.position() > 0 {
            return self.expected(what);
        }
        let word = self.text_of(token);
        debug_assert!(vocabulary::is_reserved(word), "only for words of the language");
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
