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
/// Without a line end after the last line. A line of more than 200 characters is cut to what stands around the finding.
impl fmt::Display for Diagnostic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let location = self.location();
        write!(f, "{}[{}]: {}", self.severity().name(), self.code(), self.message())?;
        let number = location.line.to_string();
        let margin = " ".repeat(number.len());
        if !location.file.is_empty() {
            write!(f, "\n{margin}--> {}:{}:{}", location.file, location.line, location.column)?;
            let window =
                Window::of(&location.text, (location.column as usize).saturating_sub(1), location.length as usize);
            write!(f, "\n{margin} |\n{number} | {}", window.text)?;
            let carets = "^".repeat(window.length);
            write!(f, "\n{margin} | {}{carets}", window.before)?;
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

/// The part of a line that is shown, and where the finding is in it.
struct Window {
    text: String,
    /// As wide as what stands before the finding: tabs stay tabs.
    before: String,
    length: usize,
}

impl Window {
    const WIDTH: usize = 200;

    fn of(line: &str, start: usize, length: usize) -> Window {
        let visible: Vec<char> = line.trim_end_matches(['\r', '\n']).chars().map(Window::visible).collect();
        let from = if visible.len() <= Window::WIDTH { 0 } else { start.saturating_sub(Window::WIDTH / 2) };
        let shown: Vec<char> = visible.iter().skip(from).take(Window::WIDTH).copied().collect();
        let before: String = shown.iter().take(start - from).map(|c| if *c == '\t' { '\t' } else { ' ' }).collect();
        let length = length.min(shown.len().saturating_sub(start - from)).max(1);
        let cut = |is: bool| if is { "…" } else { "" };
        let text = format!(
            "{}{}{}",
            cut(from > 0),
            shown.iter().collect::<String>().trim_end(),
            cut(visible.len() > from + shown.len())
        );
        Window { text, before: format!("{}{before}", if from > 0 { " " } else { "" }), length }
    }

    /// A character that would move or hide the others is shown as one that says so.
    fn visible(c: char) -> char {
        match c {
            '\t' => '\t',
            '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}' | '\u{ad}' => {
                '\u{fffd}'
            }
            control if control.is_control() => '\u{fffd}',
            other => other,
        }
    }
}
