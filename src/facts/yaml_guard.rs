//! What is refused in a YAML text before it is read: what makes reading slow or the result large, and what facts never need.
//!
//! One pass over the characters that follows the text the way the YAML reader does: quotes, comments, block texts, and
//! brackets. It may refuse a strange text that would do; it never lets deep brackets or a reference through.

/// Why a text is not read, and where.
pub(super) struct Refused {
    /// In bytes.
    pub(super) at: usize,
    pub(super) why: &'static str,
    pub(super) help: &'static str,
}

/// Brackets may be open this deep at once. The reader's work grows with the square of it.
const DEEPEST: usize = 64;

/// Refuses brackets nested too deep, anchors, references and tags, and quoted texts over several lines.
pub(super) fn check(text: &str) -> Result<(), Refused> {
    let mut scan = Scan { text, at: 0, line_start: 0, open: 0, parent: None };
    while let Some(next) = scan.peek() {
        scan.token(next)?;
    }
    Ok(())
}

struct Scan<'t> {
    text: &'t str,
    at: usize,
    line_start: usize,
    /// How many brackets are open.
    open: usize,
    /// The column of the last key or dash outside brackets: a block text is indented more than that.
    parent: Option<usize>,
}

impl Scan<'_> {
    fn rest(&self) -> &str {
        self.text.get(self.at..).unwrap_or("")
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    /// Whether the next character stands before a blank, a line end or the end.
    fn stands_alone(&self) -> bool {
        self.rest().chars().nth(1).is_none_or(|next| is_blank(next) || is_break(next))
    }

    fn bump(&mut self) {
        if let Some(letter) = self.peek() {
            self.at += letter.len_utf8();
            if is_break(letter) {
                self.line_start = self.at;
            }
        }
    }

    fn skip_while(&mut self, belongs: impl Fn(char) -> bool) {
        let rest = self.rest();
        self.at += rest.find(|letter| !belongs(letter)).unwrap_or(rest.len());
    }

    fn skip_line(&mut self) {
        self.skip_while(|letter| !is_break(letter));
    }

    fn refuse(&self, why: &'static str, help: &'static str) -> Result<(), Refused> {
        Err(Refused { at: self.at, why, help })
    }

    /// At the start of a token, a blank or a line end.
    fn token(&mut self, next: char) -> Result<(), Refused> {
        let marker = self.at == self.line_start && (self.rest().starts_with("---") || self.rest().starts_with("..."));
        let after_marker = self.rest().chars().nth(3).is_none_or(|next| is_blank(next) || is_break(next));
        if marker && after_marker {
            self.at += 3;
            self.parent = None;
            return Ok(());
        }
        match next {
            '#' => self.skip_line(),
            '[' | '{' => {
                self.open += 1;
                if self.open > DEEPEST {
                    return self.refuse("brackets are nested deeper than 64", "facts need three or four");
                }
                self.bump();
            }
            ']' | '}' => {
                self.open = self.open.saturating_sub(1);
                self.bump();
            }
            '&' | '*' => {
                return self.refuse(
                    "anchors and references are not read",
                    "write the value where it is used, or in quotes if it is text",
                );
            }
            '!' => {
                return self
                    .refuse("tags are not read", "leave out what starts with `!`, or put it in quotes if it is text");
            }
            '"' | '\'' => {
                let start = self.at;
                self.quoted(next)?;
                self.maybe_key(start);
            }
            '|' | '>' if self.open == 0 => self.block_text(),
            ',' if self.open > 0 => self.bump(),
            '-' if self.stands_alone() => {
                if self.open == 0 {
                    self.parent = Some(self.at - self.line_start);
                }
                self.bump();
            }
            ':' | '?' if self.open > 0 || self.stands_alone() => {
                if self.open == 0 {
                    self.parent = self.parent.max(Some(self.at - self.line_start));
                }
                self.bump();
            }
            _ if is_blank(next) || is_break(next) => self.bump(),
            _ => {
                let start = self.at;
                self.plain();
                self.maybe_key(start);
            }
        }
        Ok(())
    }

    /// A text without quotes, up to what ends it.
    fn plain(&mut self) {
        let mut before = None;
        while let Some(letter) = self.peek() {
            let ends = is_break(letter)
                || (letter == '#' && before.is_some_and(is_blank))
                || (letter == ':' && self.stands_alone())
                || (self.open > 0 && self.ends_in_brackets(letter));
            if ends && before.is_some() {
                return;
            }
            before = Some(letter);
            self.bump();
        }
    }

    /// Inside brackets a bracket or comma ends a text, and so does a colon before one of them.
    fn ends_in_brackets(&self, letter: char) -> bool {
        let is_mark = |letter: char| ",[]{}".contains(letter);
        is_mark(letter) || (letter == ':' && self.rest().chars().nth(1).is_some_and(is_mark))
    }

    fn quoted(&mut self, quote: char) -> Result<(), Refused> {
        let start = self.at;
        self.bump();
        while let Some(letter) = self.peek() {
            if is_break(letter) {
                break;
            }
            self.bump();
            let escaped = letter == '\\' && quote == '"';
            let doubled = letter == quote && quote == '\'' && self.peek() == Some('\'');
            if (escaped && self.peek().is_some_and(|next| !is_break(next))) || doubled {
                self.bump();
            } else if letter == quote {
                return Ok(());
            }
        }
        self.at = start;
        self.refuse("a quote is not closed on its line", "close it, or write a long text after `|` on lines of its own")
    }

    /// After a key outside brackets: a block text is indented more than it.
    fn maybe_key(&mut self, start: usize) {
        let blanks = self.rest().chars().take_while(|letter| is_blank(*letter)).count();
        let colon = self.rest().get(blanks..).is_some_and(|rest| rest.starts_with(':'));
        if self.open == 0 && colon {
            self.parent = Some(start.saturating_sub(self.line_start));
        }
    }

    /// A text on lines of its own, after `|` or `>`. Skips the lines that are indented more than what it belongs to.
    fn block_text(&mut self) {
        self.bump();
        let header: String = self.rest().chars().take_while(|letter| "+-0123456789".contains(*letter)).collect();
        let parent = self.parent.map_or(0, |column| column + 1);
        let mut indent = header.chars().find_map(|letter| letter.to_digit(10)).map(|more| {
            // The reader counts from the parent's column, or from nought where there is none.
            self.parent.unwrap_or(0) + more as usize
        });
        self.skip_line();
        loop {
            let line = self.rest().strip_prefix("\r\n").or_else(|| self.rest().strip_prefix(is_break));
            let Some(line) = line else { return };
            let blanks = line.chars().take_while(|letter| *letter == ' ').count();
            let is_empty = line.chars().nth(blanks).is_none_or(is_break);
            if !is_empty {
                let least = *indent.get_or_insert(blanks.max(parent));
                if blanks < least {
                    return;
                }
            }
            self.at = self.text.len() - line.len();
            self.line_start = self.at;
            self.skip_line();
        }
    }
}

fn is_blank(letter: char) -> bool {
    matches!(letter, ' ' | '\t')
}

/// What the YAML reader takes for the end of a line.
fn is_break(letter: char) -> bool {
    matches!(letter, '\n' | '\r' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

#[cfg(test)]
mod tests {
    use super::super::yaml;
    use crate::limits::Limits;
    use proptest::prelude::*;

    /// Pieces of text that change what the next piece means.
    const PIECES: [&str; 44] = [
        "a", "b: ", "c:", "- ", "-", "? ", "?", ": ", ":", ",", ", ", "\n", "\n ", "\n  ", "\n    ", "\r", "\r\n",
        "\t", " ", "\"", "'", "''", "\\", "\\\"", "#", " # ", "|", ">", "|-\n", "|2\n", "b: |\n", "- >\n", "[", "]",
        "{", "}", "---", "--- ", "\n---\n", "...", "%", "\u{85}", "\u{2028}", "é",
    ];

    fn pieces() -> impl Strategy<Value = String> {
        prop::collection::vec(0..PIECES.len(), 0..14)
            .prop_map(|chosen| chosen.into_iter().filter_map(|index| PIECES.get(index)).copied().collect())
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(4_000))]

        /// What passes has no reference and no deep brackets for the reader behind it.
        #[test]
        fn lets_nothing_through(before in pieces(), between in pieces(), after in pieces(), opening in "[\\[{]") {
            let deep = opening.repeat(80);
            let text = format!("{before}{deep}{between}*zz{after}");
            let errors = yaml::document(&text, &Limits::default()).err().unwrap_or_default();
            for error in errors {
                prop_assert!(!error.message.contains("deep") || error.message.contains("than 64"), "{text:?} {error}");
                prop_assert!(!error.message.contains("unknown anchor"), "{text:?} {error}");
            }
        }
    }
}
