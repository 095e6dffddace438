//! A diagnostic as people read it in a terminal.

use super::Diagnostic;
use std::fmt;

/// ```text
/// error[E0312]: cannot compare mmol/L with mg/dL
///   --> rules/diabetes/guideline.guide:14:8
///    |
/// 14 |   when glucose more than 7 mg/dL
///    |        ^^^^^^^^^^^^^^^^^^^^^^^^^ `glucose` is declared in mmol/L on line 3
///    = help: write the threshold in mmol/L
/// ```
///
/// Without a line end after the last line.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let location = self.location();
        write!(f, "{}[{}]: {}", self.severity().name(), self.code(), self.message())?;
        let number = location.line.to_string();
        let margin = " ".repeat(number.len());
        if !location.file.is_empty() {
            write!(f, "\n{margin}--> {}:{}:{}", location.file, location.line, location.column)?;
            write!(f, "\n{margin} |\n{number} | {}", location.text)?;
            let before: String = location.text.chars().take(location.offset as usize).map(as_wide).collect();
            write!(f, "\n{margin} | {before}{}", "^".repeat(location.length as usize))?;
            if let Some(label) = self.label_text() {
                write!(f, " {label}")?;
            }
        }
        match self.help_text() {
            Some(help) => write!(f, "\n{margin} = help: {help}"),
            None => Ok(()),
        }
    }
}

/// A blank as wide as the character above it.
fn as_wide(c: char) -> char {
    if c == '\t' { '\t' } else { ' ' }
}
