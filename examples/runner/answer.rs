//! How a command ends, and how diagnostics are shown.

use riktlinje::{Diagnostic, Error, Severity};
use std::io::Write as _;
use std::process::ExitCode;

/// At most so many diagnostics are printed; the rest are counted.
const MOST_DIAGNOSTICS: usize = 100;

/// A command that could do its work.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ending {
    Fine,
    /// The answer is "no"; the command has said so on standard error.
    No,
}

/// A command that could not do its work.
pub(crate) enum Failure {
    /// Facts or guidelines do not fit; exit status 1.
    No(String),
    /// Unusable arguments or unreadable input; exit status 2.
    Unusable(String),
    /// Nobody reads the answer any more.
    Unheard,
}

impl Failure {
    pub(crate) fn report(&self) -> ExitCode {
        let (text, status) = match self {
            Failure::No(text) => (text.as_str(), 1),
            Failure::Unusable(text) => (text.as_str(), 2),
            Failure::Unheard => return ExitCode::SUCCESS,
        };
        message(text);
        ExitCode::from(status)
    }
}

impl From<Error> for Failure {
    fn from(error: Error) -> Failure {
        if let Error::Guideline(diagnostics) = &error {
            return Failure::No(diagnostics_text(diagnostics));
        }
        let text = format!("error: {error}");
        let is_argument = matches!(error, Error::NoSuch { .. } | Error::Parameter { .. });
        if is_argument { Failure::Unusable(text) } else { Failure::No(text) }
    }
}

/// A line for standard error. There is nobody to tell when that fails.
pub(crate) fn message(text: &str) {
    let _ = writeln!(std::io::stderr().lock(), "{}", text.trim_end());
}

/// An answer for standard output, with a line end.
pub(crate) fn say(text: &str) -> Result<(), Failure> {
    let mut out = std::io::stdout().lock();
    let ends = if text.ends_with('\n') || text.is_empty() { "" } else { "\n" };
    match write!(out, "{text}{ends}").and_then(|()| out.flush()) {
        Ok(()) => Ok(()),
        Err(error) if error.kind() == std::io::ErrorKind::BrokenPipe => Err(Failure::Unheard),
        Err(error) => Err(Failure::Unusable(format!("error: cannot write the answer: {error}"))),
    }
}

/// The first of them as text, and how many there are of each kind.
pub(crate) fn diagnostics_text(diagnostics: &[Diagnostic]) -> String {
    let mut text = String::new();
    for diagnostic in diagnostics.iter().take(MOST_DIAGNOSTICS) {
        text += &diagnostic.to_string();
        text += "\n\n";
    }
    if let Some(more) = diagnostics.len().checked_sub(MOST_DIAGNOSTICS).filter(|more| *more > 0) {
        text += &format!("… and {more} more\n\n");
    }
    text + &tally(diagnostics)
}

/// `2 errors, 1 warning`
pub(crate) fn tally(diagnostics: &[Diagnostic]) -> String {
    let counted = |severity: Severity, one: &str, several: &str| {
        let count = diagnostics.iter().filter(|diagnostic| diagnostic.severity() == severity).count();
        (count > 0).then(|| format!("{count} {}", if count == 1 { one } else { several }))
    };
    let parts: Vec<String> = [
        counted(Severity::Error, "error", "errors"),
        counted(Severity::Warning, "warning", "warnings"),
        counted(Severity::Advice, "piece of advice", "pieces of advice"),
    ]
    .into_iter()
    .flatten()
    .collect();
    if parts.is_empty() { "no findings".into() } else { parts.join(", ") }
}

/// The diagnostics to print, and how many are left out.
pub(crate) fn shown(diagnostics: &[Diagnostic]) -> (&[Diagnostic], usize) {
    let shown = diagnostics.get(..MOST_DIAGNOSTICS).unwrap_or(diagnostics);
    (shown, diagnostics.len() - shown.len())
}

pub(crate) fn has_errors(diagnostics: &[Diagnostic]) -> bool {
    diagnostics.iter().any(|diagnostic| diagnostic.severity() == Severity::Error)
}
