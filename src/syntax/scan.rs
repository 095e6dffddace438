//! The look at letters, quotes and brackets before a declaration is read: what would mislead the reading is named here.

use crate::diagnostic::Diagnostic;
use crate::diagnostic::codes::{self, Code};
use crate::source::{FileId, Place};
use std::ops::Range;

/// So many brackets may be open at a time: all recursion of the reading, and of what comes after it, is bounded by it.
const OPEN_BRACKETS: usize = 64;

/// Whether the declaration can be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    Readable,
    /// So deep that it is not.
    TooDeep,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Inside {
    Code,
    Text,
    Comment,
}

struct Scan<'a> {
    file: FileId,
    text: &'a str,
    diagnostics: &'a mut Vec<Diagnostic>,
    /// Starts of the open brackets.
    open: Vec<usize>,
    inside: Inside,
    text_start: usize,
    /// A foreign letter was reported on this line; the others on it come from the same pen.
    line_reported: LineReported,
    verdict: Verdict,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum LineReported {
    NotYet,
    Once,
}

/// Looks through one declaration, `range` of `text`.
pub(super) fn declaration(file: FileId, text: &str, range: Range<usize>, diagnostics: &mut Vec<Diagnostic>) -> Verdict {
    let mut scan = Scan {
        file,
        text,
        diagnostics,
        open: Vec::new(),
        inside: Inside::Code,
        text_start: 0,
        line_reported: LineReported::NotYet,
        verdict: Verdict::Readable,
    };
    scan.run(range);
    scan.verdict
}

impl Scan<'_> {
    fn report(&mut self, code: Code, range: Range<usize>, message: impl Into<String>, help: impl Into<String>) {
        let small = |at: usize| u32::try_from(at).unwrap_or(u32::MAX);
        let place = Place { file: self.file, start: small(range.start), end: small(range.end) };
        self.diagnostics.push(Diagnostic::new(code, place, message).help(help));
    }

    fn run(&mut self, range: Range<usize>) {
        let end = range.end;
        let mut at = range.start;
        let bytes = self.text.as_bytes();
        while at < end {
            let Some(&byte) = bytes.get(at) else { break };
            match byte {
                b'\n' => self.line_end(at),
                b'\r' if bytes.get(at + 1) == Some(&b'\n') => {}
                b'\r' => {
                    let message = "a carriage return without a line feed";
                    let help = "end lines with a line feed; some editors call it Unix";
                    self.report(codes::LONE_CARRIAGE_RETURN, at..at + 1, message, help);
                }
                b'"' => match self.inside {
                    Inside::Code => {
                        self.inside = Inside::Text;
                        self.text_start = at;
                    }
                    Inside::Text => self.inside = Inside::Code,
                    Inside::Comment => {}
                },
                b'\\' if self.inside == Inside::Text => {
                    if matches!(bytes.get(at + 1), Some(b'"' | b'\\')) {
                        at += 1;
                    } else if bytes.get(at + 1).is_some_and(|next| *next != b'\n') {
                        let help = "only `\\\"` and `\\\\` are escapes; write `\\\\` for a backslash";
                        self.report(codes::UNKNOWN_ESCAPE, at..at + 1, "a backslash stands before a letter", help);
                    }
                }
                b'#' if self.inside == Inside::Code => self.inside = Inside::Comment,
                b'(' if self.inside == Inside::Code => self.open_bracket(at),
                b')' if self.inside == Inside::Code => self.close_bracket(at),
                b'\t' => {}
                0..=0x1f | 0x7f => self.control(at, char::from(byte)),
                0x80.. => at += self.letter(at).saturating_sub(1),
                _ => {}
            }
            at += 1;
        }
        self.line_end(end);
        if let Some(at) = self.open.last().copied()
            && self.verdict == Verdict::Readable
        {
            let help = "add the closing bracket `)`";
            self.report(codes::UNBALANCED_BRACKET, at..at + 1, "this bracket is not closed in its declaration", help);
        }
    }

    fn line_end(&mut self, at: usize) {
        if self.inside == Inside::Text {
            let start = self.text_start;
            let line = self.text.get(start..at).unwrap_or("").trim_end();
            let end = start + line.len();
            let help = "a text ends on its line: add `\"`; it may go on as another text on the next line";
            self.report(codes::UNCLOSED_TEXT, start..end, "this text has no closing quote", help);
        }
        self.inside = Inside::Code;
        self.line_reported = LineReported::NotYet;
    }

    fn open_bracket(&mut self, at: usize) {
        self.open.push(at);
        if self.open.len() == OPEN_BRACKETS + 1 {
            self.verdict = Verdict::TooDeep;
            let message = format!("more than {OPEN_BRACKETS} brackets are open here");
            self.report(codes::OVER_A_LIMIT, at..at + 1, message, "give parts of it names with `define`");
        }
        // Deeper ones are counted no further.
        self.open.truncate(OPEN_BRACKETS + 1);
    }

    fn close_bracket(&mut self, at: usize) {
        if self.open.pop().is_none() {
            let help = "leave it out, or add the opening bracket `(`";
            self.report(codes::UNBALANCED_BRACKET, at..at + 1, "this bracket closes nothing", help);
        }
    }

    fn control(&mut self, at: usize, letter: char) {
        let message = format!("the control character U+{:04X}", u32::from(letter));
        self.once(codes::CONTROL_CHARACTER, at..at + letter.len_utf8(), message, "delete it");
    }

    fn once(&mut self, code: Code, range: Range<usize>, message: String, help: impl Into<String>) {
        if self.line_reported == LineReported::NotYet {
            self.line_reported = LineReported::Once;
            self.report(code, range, message, help);
        }
    }

    /// A letter that is not ASCII. Gives its length.
    fn letter(&mut self, at: usize) -> usize {
        let Some(letter) = self.text.get(at..).and_then(|rest| rest.chars().next()) else { return 1 };
        let length = letter.len_utf8();
        let range = at..at + length;
        if matches!(letter, '\u{80}'..='\u{9f}' | '\u{2028}' | '\u{2029}') {
            self.control(at, letter);
        } else if is_invisible(letter) {
            let message = format!("the invisible character U+{:04X}{}", u32::from(letter), invisible_name(letter));
            self.once(codes::INVISIBLE_CHARACTER, range, message, "delete it");
        } else if self.inside == Inside::Code
            && !matches!(letter, 'å' | 'ä' | 'ö' | 'é' | 'ü' | 'Å' | 'Ä' | 'Ö' | 'É' | 'Ü')
        {
            let (name, help) = foreign(letter);
            self.once(codes::FOREIGN_CHARACTER, range, name, help);
        }
        length
    }
}

/// Takes no room on the screen, or turns the direction of what follows.
fn is_invisible(letter: char) -> bool {
    matches!(
        letter,
        '\u{ad}' | '\u{34f}' | '\u{61c}' | '\u{115f}' | '\u{1160}' | '\u{17b4}' | '\u{17b5}' | '\u{180b}'..='\u{180e}'
            | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{3164}'
            | '\u{fe00}'..='\u{fe0f}' | '\u{feff}' | '\u{ffa0}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e0fff}'
    )
}

fn invisible_name(letter: char) -> &'static str {
    match letter {
        '\u{ad}' => " (soft hyphen)",
        '\u{200b}' => " (zero-width space)",
        '\u{200c}' | '\u{200d}' => " (zero-width joiner)",
        '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => " (changes the direction)",
        '\u{feff}' => " (byte order mark)",
        _ => "",
    }
}

/// What a letter outside the alphabet is, and what to write in its place.
fn foreign(letter: char) -> (String, String) {
    let known = match letter {
        '–' | '—' | '‐' | '‑' | '‒' | '―' => Some(("a dash", "-")),
        '−' => Some(("a minus sign", "-")),
        '“' | '”' | '„' | '‟' | '«' | '»' | '＂' => Some(("a curly quote", "\"")),
        '‘' | '’' | '‚' | '‛' | '´' | '′' => Some(("a curly quote", "\"")),
        '≥' => Some(("a sign", "at least")),
        '≤' => Some(("a sign", "at most")),
        '≠' => Some(("a sign", "is not")),
        '≈' => Some(("a sign", "from … to …")),
        '×' | '·' | '∙' | '⋅' => Some(("a sign", "*")),
        '÷' | '∕' | '⁄' => Some(("a sign", "/")),
        'µ' | 'μ' => Some(("a letter of units", "u")),
        '²' => Some(("a raised digit", "2")),
        '³' => Some(("a raised digit", "3")),
        '°' => Some(("a sign", "Cel")),
        '…' => Some(("three dots", "...")),
        '∧' => Some(("a sign", "and")),
        '∨' => Some(("a sign", "or")),
        '¬' => Some(("a sign", "not")),
        _ => None,
    };
    if is_blank(letter) {
        let message = format!("U+{:04X} looks like a blank and is none", u32::from(letter));
        return (message, "replace it with a plain blank".to_owned());
    }
    if let Some(ascii) = look_alike(letter) {
        let message = format!("`{letter}` is a letter of another alphabet that looks like `{ascii}`");
        return (message, format!("write `{ascii}` of the Latin alphabet"));
    }
    match known {
        Some((name, ascii)) => (format!("`{letter}` is {name} that is not used here"), format!("write `{ascii}`")),
        None if matches!(letter, '\u{300}'..='\u{36f}') => (
            "a letter and its accent are two characters here".to_owned(),
            "type the letter as one character, such as `å`, `ä`, `ö`".to_owned(),
        ),
        None => (
            format!("`{letter}` is outside the alphabet of rule files"),
            "use a to z and å ä ö é ü; other letters may stand in texts".to_owned(),
        ),
    }
}

fn is_blank(letter: char) -> bool {
    matches!(letter, '\u{a0}' | '\u{2000}'..='\u{200a}' | '\u{202f}' | '\u{3000}')
}

fn look_alike(letter: char) -> Option<&'static str> {
    Some(match letter {
        'а' | 'α' | 'ɑ' => "a",
        'с' | 'ϲ' => "c",
        'ԁ' => "d",
        'е' => "e",
        'һ' => "h",
        'і' | 'ι' | 'ı' => "i",
        'ј' => "j",
        'ӏ' => "l",
        'ո' => "n",
        'о' | 'ο' => "o",
        'р' | 'ρ' => "p",
        'ԛ' => "q",
        'ѕ' => "s",
        'у' | 'γ' => "y",
        'х' | 'χ' => "x",
        'ν' => "v",
        'А' | 'Α' => "A",
        'В' | 'Β' => "B",
        'С' => "C",
        'Е' | 'Ε' => "E",
        'Н' | 'Η' => "H",
        'І' | 'Ι' => "I",
        'К' | 'Κ' => "K",
        'М' | 'Μ' => "M",
        'Ν' => "N",
        'О' | 'Ο' => "O",
        'Р' | 'Ρ' => "P",
        'Ѕ' => "S",
        'Т' | 'Τ' => "T",
        'Х' | 'Χ' => "X",
        'Υ' => "Y",
        'Ζ' => "Z",
        _ => return None,
    })
}
