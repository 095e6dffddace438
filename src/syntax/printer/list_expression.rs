//! What is said about lists, as text.

use super::Printer;
use super::expression::{Level, Place, level};
use super::words::quantifier_word;
use crate::syntax::ast::{Expr, List, Name, Quantifier, Reading};

impl Printer {
    pub(super) fn quantifier(&mut self, quantifier: &Quantifier) {
        self.push(quantifier_word(quantifier.kind));
        if quantifier.reading == Reading::Recorded {
            self.push("recorded ");
        }
        self.push(&format!("{} in ", quantifier.word.value));
        self.list(&quantifier.list);
        self.push(" has ");
        self.expr(&quantifier.body, Place::Body);
    }

    pub(super) fn count(&mut self, word: Option<&Name>, list: &List, body: Option<&Expr>) {
        self.push("count ");
        if let Some(word) = word {
            self.push(&format!("{} in ", word.value));
        }
        self.list(list);
        if let Some(body) = body {
            self.push(" has ");
            self.in_brackets(body);
        }
    }

    pub(super) fn sum(&mut self, value: &Expr, list: &List) {
        self.push("sum of ");
        if level(&value.kind) == Level::Atom {
            self.expr(value, Place::Inner);
        } else {
            self.in_brackets(value);
        }
        self.push(" in ");
        self.list(list);
    }

    pub(super) fn list(&mut self, list: &List) {
        self.path(&list.path);
        if let Some(filter) = &list.filter {
            self.push(" that are ");
            self.in_brackets(filter);
        }
    }
}
