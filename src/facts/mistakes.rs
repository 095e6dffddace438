//! What is wrong with facts, collected: all of it at once, in the order of the text, without the patient's values.

use super::tree::line_column;
use crate::error::FactError;
use std::fmt;

/// Where in the facts something is: `diagnoses[0].code`.
#[derive(Clone, Copy)]
pub(super) enum Path<'a> {
    Start,
    Key(&'a Path<'a>, &'a str),
    /// Counted from 0.
    Index(&'a Path<'a>, usize),
}

impl fmt::Display for Path<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Path::Start => Ok(()),
            Path::Key(Path::Start, key) => f.write_str(&shown(key)),
            Path::Key(parent, key) => write!(f, "{parent}.{}", shown(key)),
            Path::Index(parent, index) => write!(f, "{parent}[{index}]"),
        }
    }
}

/// A key that nobody declared may be anything: what is printed of it is short and printable.
pub(crate) fn shown(key: &str) -> String {
    key.chars().filter(|letter| !letter.is_control()).take(64).collect()
}

/// What is wrong in one place.
pub(super) struct Wrong {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Wrong {
    pub(super) fn new(message: impl Into<String>, help: impl Into<String>) -> Wrong {
        Wrong { message: message.into(), help: Some(help.into()) }
    }
}

/// So many are kept; the rest is counted.
const KEPT: usize = 100;

/// What was found so far.
#[derive(Default)]
pub(super) struct Mistakes {
    list: Vec<(FactError, Option<usize>)>,
    more: usize,
}

impl Mistakes {
    /// Adds one. `what` is asked only if it is kept. `value` is the patient's, shown only on request.
    pub(super) fn add(
        &mut self,
        path: &Path<'_>,
        at: Option<usize>,
        value: Option<String>,
        what: impl FnOnce() -> Wrong,
    ) {
        if self.list.len() >= KEPT {
            self.more = self.more.saturating_add(1);
            return;
        }
        let Wrong { message, help } = what();
        self.list.push((FactError { path: path.to_string(), line_column: None, message, help, value }, at));
    }

    pub(super) fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// In the order of the text, with line and column where they are known.
    pub(super) fn into_errors(self, text: &str) -> Vec<FactError> {
        self.in_order(|at| Some(line_column(text, at)))
    }

    /// In the order in which they were met, where there is no text.
    pub(super) fn without_lines(self) -> Vec<FactError> {
        self.in_order(|_| None)
    }

    fn in_order(self, place: impl Fn(usize) -> Option<(u32, u32)>) -> Vec<FactError> {
        let Mistakes { mut list, more } = self;
        list.sort_by_key(|(_, at)| *at);
        let place = |(mut error, at): (FactError, Option<usize>)| {
            error.line_column = at.and_then(&place);
            error
        };
        let mut errors: Vec<FactError> = list.into_iter().map(place).collect();
        if more > 0 {
            let message = format!("{more} more mistakes are not shown");
            errors.push(FactError { path: String::new(), line_column: None, message, help: None, value: None });
        }
        errors
    }
}
