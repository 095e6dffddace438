//! What is wrong with an author's text: where, what, and how to mend it.

pub(crate) mod codes;
mod locate;
pub(crate) mod near;
mod text;

pub(crate) use locate::locate;

use crate::source::Place;
use codes::Code;

/// How bad it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Severity {
    /// The guideline cannot be used.
    Error,
    /// It can be used, and something is probably wrong.
    Warning,
    /// Something to think about.
    Advice,
}

impl Severity {
    /// `error`, `warning`, `advice`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Severity::Error => "error",
            Severity::Warning => "warning",
            Severity::Advice => "advice",
        }
    }
}

/// One finding. Message and help are one sentence each, lower case, no full stop; what the author wrote stands in backticks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Diagnostic {
    pub(crate) code: Code,
    pub(crate) place: Place,
    pub(crate) message: String,
    /// What the underlined place itself says, after the carets.
    pub(crate) label: Option<String>,
    pub(crate) help: Option<String>,
    /// Filled in when the finding leaves the library: see [`locate`].
    pub(crate) location: Location,
}

/// Where a finding is, for people: line and column from 1, column in characters.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Location {
    /// The file's name.
    pub file: String,
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// The line as it can be shown: without invisible characters, and of a line of more than 200 characters only the part
    /// around the finding.
    pub text: String,
    /// Where in `text` the finding starts, in characters from 0.
    pub offset: u32,
    /// How many characters of `text` are meant, at least 1.
    pub length: u32,
}

impl Diagnostic {
    pub(crate) fn new(code: Code, place: Place, message: impl Into<String>) -> Diagnostic {
        Diagnostic { code, place, message: message.into(), label: None, help: None, location: Location::default() }
    }

    #[must_use]
    pub(crate) fn help(mut self, help: impl Into<String>) -> Diagnostic {
        self.help = Some(help.into());
        self
    }

    #[must_use]
    pub(crate) fn label(mut self, label: impl Into<String>) -> Diagnostic {
        self.label = Some(label.into());
        self
    }

    /// Every code that a diagnostic can have, with its severity and what it is about, in the order of the register.
    pub fn register() -> impl Iterator<Item = (&'static str, Severity, &'static str)> {
        codes::ALL.iter().map(|code| (code.id, code.severity, code.title))
    }

    /// The stable code, `E0312`.
    #[must_use]
    pub fn code(&self) -> &'static str {
        self.code.id
    }

    /// How bad it is.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.code.severity
    }

    /// What is wrong.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }

    /// How to mend it.
    #[must_use]
    pub fn help_text(&self) -> Option<&str> {
        self.help.as_deref()
    }

    /// What the underlined place itself says.
    #[must_use]
    pub fn label_text(&self) -> Option<&str> {
        self.label.as_deref()
    }

    /// Where it is.
    #[must_use]
    pub fn location(&self) -> &Location {
        &self.location
    }
}
