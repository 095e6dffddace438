//! Declarations: which one it is, and the parts that many share.

use super::ast::{
    Assume, Covers, DayLiteral, Declaration, Define, Expr, FreeText, Ground, GroundKind, LeapDay, LeapDayBirthday,
    Localized, LocalizedText, Name, Span, Spanned,
};
use super::cursor::{Cursor, Failed, Header, Parsed};
use super::parser::{LinePosition, TokenKind};
use super::vocabulary;
use crate::diagnostic::{codes, near};

/// What one declaration gave.
pub(super) struct Read {
    pub(super) declaration: Option<Declaration>,
    /// The name it would have declared, where it could not be read.
    pub(super) lost: Option<Name>,
}

impl Cursor<'_> {
    /// The whole declaration, to its last word.
    pub(super) fn declaration(&mut self) -> Read {
        let before = self.diagnostics.len();
        let name = self.declared_name();
        let declaration = self.keyword().ok();
        let read_well = self.diagnostics.len() == before;
        // What the guideline says of itself is kept as far as it goes: nothing else can take its place.
        match declaration {
            Some(declaration) if read_well || matches!(declaration, Declaration::Guideline(_)) => {
                Read { declaration: Some(declaration), lost: None }
            }
            _ => Read { declaration: None, lost: name },
        }
    }

    fn declared_name(&self) -> Option<Name> {
        let token = self.nth(1);
        let named = matches!(token.kind, TokenKind::Path | TokenKind::Capital)
            && !matches!(self.word(), "assume" | "leap" | "add" | "replace" | "remove" | "set");
        named.then(|| self.name_from(token.span))
    }

    /// A declaration from its keyword on.
    pub(super) fn keyword(&mut self) -> Parsed<Declaration> {
        match self.word() {
            "guideline" => self.guideline(),
            "source" => self.source(),
            "party" => self.party(),
            "codes" => self.codes(),
            "fact" | "setting" => self.fact(),
            "parameter" => self.parameter(),
            "assume" => self.assume(),
            "leap" => self.leap_day(),
            "define" => self.define(),
            "table" => self.table(),
            "eligibility" => self.eligibility(),
            "recommend" => self.recommend(),
            "checklist" => self.checklist(),
            "task" => self.task(),
            "parallel" => self.parallel(),
            "schedule" => self.schedule(),
            "score" => self.score(),
            "propose" => self.propose(),
            "indicator" => self.indicator(),
            "add" | "replace" | "remove" | "set" => self.change(),
            _ => Err(self.unknown_declaration()),
        }
    }

    fn unknown_declaration(&mut self) -> Failed {
        let token = self.peek();
        let written = self.text_of(token);
        let lower = written.to_lowercase();
        let message = format!("`{written}` does not begin a declaration");
        let inside = vocabulary::CLAUSES.contains(&&*lower) || vocabulary::OPERATORS.contains(&&*lower);
        let near = near::nearest(&lower, vocabulary::DECLARATIONS.iter().copied());
        let meant = vocabulary::meant_line(&lower).filter(|meant| vocabulary::DECLARATIONS.contains(meant));
        let help = match near.filter(|_| !inside).or(meant) {
            Some(near) => format!("did you mean `{near}`?"),
            None if inside => "indent the line: in column 1 something new is declared".to_owned(),
            None => format!(
                "indent the line if it belongs to the declaration above; a declaration begins with {}",
                quoted(vocabulary::DECLARATIONS)
            ),
        };
        self.fail(codes::UNKNOWN_DECLARATION, token.span, message, help)
    }

    // ---- clauses --------------------------------------------------------------------------------------

    /// Reads clauses until the declaration ends; a clause that fails is skipped to the next line that begins one.
    pub(super) fn clauses(&mut self, words: &[&str], mut read: impl FnMut(&mut Self) -> Parsed<()>) {
        while self.peek().kind != TokenKind::End {
            let start = self.position();
            self.begin_clause();
            let (header, found) = (self.header, self.diagnostics.len());
            if read(self).is_err() {
                if header == Header::Missing {
                    // Said once; the lines that follow belong to the same missing declaration.
                    let repeats = [codes::UNKNOWN_CLAUSE, codes::REPEATED_CLAUSE];
                    let again = self.diagnostics.split_off(found);
                    self.diagnostics.extend(again.into_iter().filter(|finding| !repeats.contains(&finding.code)));
                }
                self.skip_clause(start, words);
            }
        }
    }

    /// To the next line that begins with one of `words`, or the end.
    fn skip_clause(&mut self, start: usize, words: &[&str]) {
        // A line of `codes` or `table` is an entry: the word that was refused is not tried again as one.
        let refused = self.diagnostics.last().is_some_and(|last| last.place.start == self.peek().span.start);
        if self.position() == start || (words.is_empty() && refused) {
            self.bump();
        }
        while self.peek().kind != TokenKind::End
            && !(self.peek().line == LinePosition::First && (words.is_empty() || words.contains(&self.word())))
        {
            self.bump();
        }
    }

    /// No clause of this declaration begins here.
    pub(super) fn unknown_clause(&mut self, what: &str, words: &[&str]) -> Failed {
        let token = self.peek();
        let written = self.text_of(token);
        if matches!(written, "=" | "==" | ">=" | "<=" | ">" | "<" | "!=" | "&&" | "||") {
            return self.no_value();
        }
        if token.line == LinePosition::Later {
            return self.goes_on();
        }
        if token.kind == TokenKind::BadNumber {
            return self.bad_number(token.span);
        }
        let message = format!("`{written}` does not begin a line of {what}");
        if vocabulary::DECLARATIONS.contains(&written) {
            self.header = Header::Missing;
            let help = "start the new declaration in column 1";
            return self.fail(codes::UNKNOWN_CLAUSE, token.span, message, help);
        }
        if vocabulary::CLAUSES.contains(&written) && !words.contains(&written) {
            self.header = Header::Missing;
            let help = "a line in column 1 that begins its declaration may be missing above it";
            return self.fail(codes::UNKNOWN_CLAUSE, token.span, message, help);
        }
        let near = near::nearest(written, words.iter().copied()).filter(|near| *near != written);
        let help = match near.or(vocabulary::meant_line(written).filter(|meant| words.contains(meant))) {
            Some(near) => format!("did you mean `{near}`?"),
            None if written == "/" => "a comment begins with `#`".to_owned(),
            None => format!("{what} has these: {}", quoted(words)),
        };
        self.fail(codes::UNKNOWN_CLAUSE, token.span, message, help)
    }

    /// Something that may be said once.
    pub(super) fn once(&mut self, given: Given, clause: Span) -> Parsed<()> {
        match given {
            Given::No => Ok(()),
            Given::Yes => {
                let word = self.slice(clause);
                let message = format!("`{word}` stands here a second time");
                Err(self.fail(codes::REPEATED_CLAUSE, clause, message, "keep one of them"))
            }
        }
    }

    // ---- parts ----------------------------------------------------------------------------------------

    /// The name after a declaration's keyword.
    pub(super) fn declared(&mut self, what: &str) -> Parsed<Name> {
        self.plain_name(what)
    }

    /// A name before a colon, where any word may stand.
    pub(super) fn any_name(&mut self, what: &str) -> Parsed<Name> {
        let token = self.peek();
        if !matches!(token.kind, TokenKind::Path | TokenKind::Unit) {
            return Err(self.expected(what));
        }
        self.refuse_name_form(token.span)?;
        if self.word().contains('.') {
            let message = format!("`{}` has a dot, and a name without one stands here", self.word());
            return Err(self.fail(codes::NAME_FORM, token.span, message, "leave out the part before the dot"));
        }
        self.bump();
        self.refuse_joined(token.span)?;
        Ok(self.name_from(token.span))
    }

    /// One of a few words.
    pub(super) fn one_of(&mut self, words: &[&str]) -> Parsed<Name> {
        let token = self.peek();
        if words.contains(&self.word()) {
            self.bump();
            return Ok(self.name_from(token.span));
        }
        let message = format!("expected {}, found `{}`", quoted(words), self.text_of(token));
        let help = match near::nearest(self.text_of(token), words.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write one of {}", quoted(words)),
        };
        Err(self.fail(codes::EXPECTED, token.span, message, help))
    }

    /// The name of a source: it starts with a capital.
    pub(super) fn source_name(&mut self) -> Parsed<Name> {
        let token = self.peek();
        if token.kind == TokenKind::Capital {
            self.bump();
            return Ok(self.name_from(token.span));
        }
        if token.kind == TokenKind::Path {
            let message = format!("`{}` is not the name of a source", self.word());
            let help = format!("sources start with a capital: `{}`", self.word().to_uppercase());
            return Err(self.fail(codes::NAME_FORM, token.span, message, help));
        }
        Err(self.expected("the name of a source"))
    }

    /// `sv "…" en "…"`
    pub(super) fn localized(&mut self) -> Parsed<Localized> {
        let mut texts: Localized = Vec::new();
        while self.at_language() {
            let token = self.bump();
            let language = self.name_from(token.span);
            if texts.iter().any(|text| text.language == language) {
                let message = format!("the language `{}` is given twice", language.value);
                return Err(self.fail(codes::REPEATED_CLAUSE, token.span, message, "keep one of the texts"));
            }
            texts.push(LocalizedText { language, text: self.text()? });
        }
        if texts.is_empty() {
            return Err(self.expected("a language and its text, as in `sv \"…\" en \"…\"`"));
        }
        Ok(texts)
    }

    /// `label sv "…"`, `text sv "…"`: is it the clause, not a name?
    pub(super) fn is_text_clause(&self, word: &str) -> bool {
        self.is(word) && (self.mark_at(1) != ":") && self.nth(1).line == LinePosition::Later
    }

    /// A whole day.
    pub(super) fn day(&mut self) -> Parsed<Spanned<DayLiteral>> {
        let date = self.date()?;
        match (date.value.month, date.value.day) {
            (Some(month), Some(day)) => {
                Ok(Spanned { value: DayLiteral { year: date.value.year, month, day }, span: date.span })
            }
            _ => {
                let help = format!("write `{}-01`, or another day", self.slice(date.span));
                Err(self.fail(codes::PARTIAL_DATE, date.span, "a whole day is needed here", help))
            }
        }
    }

    /// Whether a language and its text begin here.
    fn at_language(&self) -> bool {
        matches!(self.peek().kind, TokenKind::Path | TokenKind::Unit)
            && self.word().len() == 2
            && self.nth(1).kind == TokenKind::Text
    }

    /// Whether a ground begins here.
    pub(super) fn at_ground(&self) -> bool {
        matches!(self.word(), "cite" | "our" | "decided")
    }

    /// `cite …`, `our interpretation …`, `decided by …`
    pub(super) fn ground(&mut self) -> Parsed<Ground> {
        let start = self.peek().span;
        let kind = match self.bump_word() {
            "cite" => self.cite()?,
            "our" => {
                self.expect("interpretation")?;
                let why = if self.peek().kind == TokenKind::Text {
                    FreeText::Plain(self.text()?)
                } else if self.at_language() {
                    FreeText::Localized(self.localized()?)
                } else {
                    return Err(self.expected("the reason, as in `\"why\"` or `sv \"…\" en \"…\"`"));
                };
                GroundKind::Interpretation { why }
            }
            _ => {
                self.expect("by")?;
                let by = self.text()?;
                self.expect_mark(",")?;
                GroundKind::Decision { by, on: self.day()? }
            }
        };
        Ok(Ground { kind, span: self.since(start) })
    }

    fn cite(&mut self) -> Parsed<GroundKind> {
        let source = self.source_name()?;
        let mut reported_by = None;
        if self.eat("as").is_some() {
            self.expect("reported")?;
            self.expect("by")?;
            reported_by = Some(self.source_name()?);
        }
        if self.eat_mark(",").is_none() {
            let span = self.last().span;
            let message = "a citation says where in its source, after a comma";
            let help = format!("write `cite {}, \"…\"` or `cite {}, no locator`", source.value, source.value);
            return Err(self.fail(codes::EXPECTED, span, message, help));
        }
        if self.is("no") {
            self.bump();
            self.expect("locator")?;
            return Ok(GroundKind::Cite { source, reported_by, locator: None });
        }
        let locator = Some(self.text()?);
        Ok(GroundKind::Cite { source, reported_by, locator })
    }

    /// `covers S10, S11`
    pub(super) fn covers(&mut self) -> Parsed<Covers> {
        let start = self.expect("covers")?;
        let mut ids = Vec::new();
        loop {
            let token = self.peek();
            if !matches!(token.kind, TokenKind::Capital | TokenKind::Path) {
                return Err(self.expected("the number of a row, such as `S10`"));
            }
            self.bump();
            ids.push(self.name_from(token.span));
            if self.eat_mark(",").is_none() {
                break;
            }
        }
        Ok(Covers { ids, span: self.since(start) })
    }

    // ---- small declarations ---------------------------------------------------------------------------

    fn assume(&mut self) -> Parsed<Declaration> {
        self.expect("assume")?;
        let condition = self.expression();
        let words = &["cite", "our", "decided"];
        let mut grounds = Vec::new();
        if condition.is_err() {
            self.skip_clause(0, words);
        }
        self.clauses(words, |cursor| {
            if !cursor.at_ground() {
                return Err(cursor.unknown_clause("an assumption", words));
            }
            grounds.push(cursor.ground()?);
            Ok(())
        });
        Ok(Declaration::Assume(Box::new(Assume { condition: condition?, grounds })))
    }

    fn leap_day(&mut self) -> Parsed<Declaration> {
        self.expect("leap")?;
        self.expect("day")?;
        self.expect("birthday")?;
        self.expect("is")?;
        let start = self.peek().span;
        let day = self.whole("`28 February` or `1 March`")?;
        let month = self.peek();
        let value = match (day.value, self.text_of(month)) {
            (28, "February") => LeapDayBirthday::February28,
            (1, "March") => LeapDayBirthday::March1,
            _ => return Err(self.expected("`28 February` or `1 March`")),
        };
        self.bump();
        let birthday = Spanned { value, span: self.since(start) };
        let words = &["cite", "our", "decided"];
        let mut grounds = Vec::new();
        self.clauses(words, |cursor| {
            if !cursor.at_ground() {
                return Err(cursor.unknown_clause("the leap-day policy", words));
            }
            grounds.push(cursor.ground()?);
            Ok(())
        });
        Ok(Declaration::LeapDay(Box::new(LeapDay { birthday, grounds })))
    }

    fn define(&mut self) -> Parsed<Declaration> {
        const WORDS: &[&str] = &["label", "show", "cite", "our", "decided", "covers"];
        self.expect("define")?;
        let name = self.declared("a name after `define`")?;
        // `define x = …` and `define x: …`, as elsewhere.
        if self.is_mark("=") || self.is_mark(":") {
            let token = self.peek();
            let message = format!("`{}` does not stand after the name of a definition", self.text_of(token));
            self.report(codes::FOREIGN_OPERATOR, token.span, message, "leave it out: the value follows the name");
            self.bump();
        }
        let mut label = Localized::new();
        let mut value: Option<Expr> = None;
        let mut show = None;
        let mut grounds = Vec::new();
        let mut covers = None;
        let before = self.diagnostics.len();
        self.clauses(WORDS, |cursor| {
            let span = cursor.peek().span;
            match cursor.word() {
                "label" => {
                    cursor.once((!label.is_empty()).into(), span)?;
                    cursor.bump();
                    label = cursor.localized()?;
                }
                "show" => {
                    cursor.once(show.is_some().into(), span)?;
                    cursor.bump();
                    show = Some(span);
                }
                "cite" | "our" | "decided" => grounds.push(cursor.ground()?),
                "covers" => {
                    cursor.once(covers.is_some().into(), span)?;
                    covers = Some(cursor.covers()?);
                }
                _ if cursor.looks_like_clause() => return Err(cursor.unknown_clause("a definition", WORDS)),
                _ if value.is_none() && cursor.starts_operand() => value = Some(cursor.expression()?),
                _ if value.is_none() => return Err(cursor.no_value()),
                _ => return Err(cursor.unknown_clause("a definition", WORDS)),
            }
            Ok(())
        });
        match value {
            Some(value) => Ok(Declaration::Define(Box::new(Define { name, label, value, show, grounds, covers }))),
            None if self.diagnostics.len() > before => Err(Failed),
            None => {
                let message = format!("`{}` has no value", name.value);
                Err(self.fail(
                    codes::MISSING_CLAUSE,
                    name.span,
                    message,
                    "write a condition or a value on the next line",
                ))
            }
        }
    }
}

/// `` `a`, `b` ``
pub(super) fn quoted(words: &[&str]) -> String {
    words.iter().map(|word| format!("`{word}`")).collect::<Vec<_>>().join(", ")
}

/// Whether a clause was given before.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Given {
    Yes,
    No,
}

impl From<bool> for Given {
    fn from(given: bool) -> Given {
        if given { Given::Yes } else { Given::No }
    }
}
