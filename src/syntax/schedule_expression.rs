//! `urine_samples missed at least 2 times within 30 days before today`.

use super::ast::{Comparison, CountWindow, DateStatus, DatesCounted, Expr, ExprKind, Spanned};
use super::cursor::{Cursor, Parsed};
use super::parser::{LinePosition, TokenKind};
use crate::diagnostic::codes;

impl Cursor<'_> {
    /// Whether the dates of a schedule are counted here: a word for how they stand, then how many times.
    pub(super) fn at_count_of_dates(&self) -> bool {
        if !DateStatus::ALL.iter().any(|status| self.is(status.word())) || self.peek().kind != TokenKind::Path {
            return false;
        }
        match (self.word_at(1), self.word_at(2)) {
            ("at", "least" | "most") | ("more" | "less", "than") => self.is_count_of_times(3),
            ("no", word) => is_times(word) && self.nth(2).line == LinePosition::Later,
            _ => self.is_count_of_times(1) && self.nth(1).line == LinePosition::Later,
        }
    }

    fn is_count_of_times(&self, ahead: usize) -> bool {
        matches!(self.word_at(ahead), "once" | "twice")
            || (self.nth(ahead).kind == TokenKind::Number && is_times(self.word_at(ahead + 1)))
    }

    /// After the name of the schedule.
    pub(super) fn count_of_dates(&mut self, left: Expr) -> Parsed<ExprKind> {
        let schedule = self.path_before(left, "how its dates stand")?;
        let token = self.bump();
        let word = self.text_of(token);
        let status = DateStatus::ALL.into_iter().find(|status| status.word() == word).unwrap_or(DateStatus::Missed);
        let status = Spanned { value: status, span: token.span };
        let operator = match (self.word(), self.word_at(1)) {
            ("at", "least") => Comparison::AtLeast,
            ("at", _) => Comparison::AtMost,
            ("more", _) => Comparison::MoreThan,
            ("less", _) => Comparison::LessThan,
            ("no", _) => Comparison::AtMost,
            _ => {
                let span = self.peek().span;
                let help = "write `at least`, `at most`, `more than` or `less than` before it";
                return Err(self.fail(codes::EXPECTED, span, "how many times is compared with a number", help));
            }
        };
        let count = if self.is("no") {
            Spanned { value: 0, span: self.bump().span }
        } else {
            self.bump();
            self.bump();
            match self.word() {
                "once" => Spanned { value: 1, span: self.bump().span },
                "twice" => Spanned { value: 2, span: self.bump().span },
                _ => self.whole("how many times")?,
            }
        };
        if is_times(self.word()) {
            self.bump();
        }
        let window = self.count_window()?;
        Ok(ExprKind::DatesCounted(Box::new(DatesCounted { schedule, status, operator, count, window })))
    }

    fn count_window(&mut self) -> Parsed<CountWindow> {
        match self.word() {
            "within" => {
                self.bump();
                let duration = self.value()?;
                let before = self.is("before");
                if !before && !self.is("after") {
                    return Err(self.expected("`before` or `after`"));
                }
                self.bump();
                let anchor = self.date_value()?;
                Ok(if before {
                    CountWindow::Before { duration, anchor }
                } else {
                    CountWindow::After { duration, anchor }
                })
            }
            "during" => {
                self.bump();
                Ok(CountWindow::During(self.period()?))
            }
            "since" => {
                self.bump();
                Ok(CountWindow::Since(self.date_value()?))
            }
            _ => {
                let last = self.last();
                let message = "nothing says on which days the dates are counted";
                let help = "add `within 30 days before today`, `during 2026-05` or `since` and a date";
                Err(self.fail(codes::EXPECTED, last.span, message, help))
            }
        }
    }
}

fn is_times(word: &str) -> bool {
    matches!(word, "times" | "time")
}
