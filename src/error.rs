//! What can go wrong for the program that embeds the library.

use crate::diagnostic::Diagnostic;
use crate::value::Date;

/// An error of a call. Carries no value of a patient: only paths and candidates.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// The guideline has errors; the diagnostics say which and where, warnings included.
    #[error("the guideline has {} finding(s), among them errors", .0.len())]
    Guideline(Vec<Diagnostic>),
    /// The rule files are larger than the caller's [`Limits`](crate::Limits) allow.
    #[error("the rule files have {bytes} bytes, {most} is the most")]
    TooLarge {
        /// Of all of them.
        bytes: usize,
        /// What is allowed.
        most: usize,
    },
    /// The facts do not fit the guideline; all that was found.
    #[error("{}", facts_message(.0))]
    Facts(Vec<FactError>),
    /// The guideline, or one that it adapts or uses, is not in force on the date. The days are those of the version that is
    /// nearest to it.
    #[error("`{guideline}` is not in force on {as_of}: it is from {from}{}", through.map_or(String::new(), |day| format!(" through {day}")))]
    NotInForce {
        /// Its name.
        guideline: String,
        /// The date asked for.
        as_of: Date,
        /// The first day.
        from: Date,
        /// The last day, if there is one.
        through: Option<Date>,
    },
    /// There is no rule, parameter or guideline of that name.
    #[error("there is no {kind} `{name}`{}", near.as_ref().map_or(String::new(), |near| format!(": did you mean `{near}`?")))]
    NoSuch {
        /// `rule`, `parameter`, `guideline`.
        kind: &'static str,
        /// What was asked for.
        name: String,
        /// The nearest that there is.
        near: Option<String>,
    },
    /// A parameter cannot have that value.
    #[error("`{name}` cannot be set so: {why}")]
    Parameter {
        /// Its name.
        name: String,
        /// Why.
        why: String,
    },
    /// A published table of counts that cannot be.
    #[error("row {} of the table: {why}", row + 1)]
    Published {
        /// From 0.
        row: usize,
        /// Why.
        why: String,
    },
    /// An expression cannot be computed for these facts.
    #[error("the expression has no value: {why}")]
    NoValue {
        /// Why.
        why: String,
    },
}

/// One thing that is wrong with the facts.
#[derive(Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct FactError {
    /// `diagnoses[0].code`, empty for the text as a whole.
    pub path: String,
    /// Line and column from 1, where the text's format tells.
    pub line_column: Option<(u32, u32)>,
    /// What is wrong, without the patient's value.
    pub message: String,
    /// How to mend it.
    pub help: Option<String>,
    /// The value, kept apart: printed only by [`FactError::with_value`].
    pub(crate) value: Option<String>,
}

impl FactError {
    /// The message with the patient's value in it. For a screen that the patient's own staff look at, never for a log.
    #[must_use]
    pub fn with_value(&self) -> String {
        match &self.value {
            Some(value) => format!("{self} (found `{value}`)"),
            None => self.to_string(),
        }
    }
}

impl std::fmt::Display for FactError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        f.write_str(&self.message)?;
        if let Some((line, column)) = self.line_column {
            write!(f, " (line {line}, column {column})")?;
        }
        match &self.help {
            Some(help) => write!(f, "; {help}"),
            None => Ok(()),
        }
    }
}

/// As it prints, without the value.
impl std::fmt::Debug for FactError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        std::fmt::Display::fmt(self, f)
    }
}

fn facts_message(errors: &[FactError]) -> String {
    let lines: Vec<String> = errors.iter().map(ToString::to_string).collect();
    lines.join("\n")
}
