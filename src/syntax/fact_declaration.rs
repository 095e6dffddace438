//! Declarations of what is given: `fact`, `setting`, `parameter`, `codes`, `table`, and types.

use super::ast::{
    CodeSelector, Codes, CodesEntry, CodesEntryKind, Completeness, Declaration, Expr, ExprKind, Fact, FactRole,
    FactType, FactTypeKind, Field, Localized, Name, NotMentioned, OrNone, Parameter, ParameterValue, Span, Spanned,
    Table, TableRow,
};
use super::cursor::{Cursor, Failed, Parsed, TextLines};
use super::parser::{LinePosition, TokenKind};
use crate::diagnostic::codes;
use crate::value::Truth;

const TYPES: &str = "a type, such as `yes/no`, `date`, `code from ICD-10-SE`, `list of …`";

impl Cursor<'_> {
    pub(super) fn fact(&mut self) -> Parsed<Declaration> {
        const WORDS: &[&str] = &["label", "question", "valid"];
        let role = if self.is("setting") { FactRole::Setting } else { FactRole::Fact };
        self.bump();
        let name = self.declared("the name of a fact")?;
        self.expect_mark(":")?;
        let ty = self.fact_type()?;
        let not_mentioned = self.not_mentioned()?;
        let mut fact = Fact {
            role,
            name,
            ty,
            not_mentioned,
            fields: Vec::new(),
            label: Localized::new(),
            question: Localized::new(),
            valid_for: None,
        };
        self.clauses(WORDS, |cursor| {
            let span = cursor.peek().span;
            let field = fact.fields.last_mut();
            if cursor.is_text_clause("label") || cursor.is_text_clause("question") {
                let place = match (field, cursor.is("label")) {
                    (Some(field), true) => &mut field.label,
                    (Some(field), false) => &mut field.question,
                    (None, true) => &mut fact.label,
                    (None, false) => &mut fact.question,
                };
                cursor.once((!place.is_empty()).into(), span)?;
                cursor.bump();
                *place = cursor.localized()?;
                return Ok(());
            }
            if cursor.is("valid") && cursor.is_at(1, "for") {
                cursor.once(fact.valid_for.is_some().into(), span)?;
                cursor.bump();
                cursor.bump();
                fact.valid_for = Some(cursor.duration()?);
                return Ok(());
            }
            if cursor.mark_at(1) != ":" {
                return Err(cursor.unknown_clause("a fact", WORDS));
            }
            if !matches!(fact.ty.kind, FactTypeKind::ListOf { .. } | FactTypeKind::Record(_)) {
                let help = "write `record` or `list of …` as the type, or start the new fact in column 1";
                return Err(cursor.fail(codes::UNKNOWN_CLAUSE, span, "only a record or a list has fields", help));
            }
            let field = cursor.field()?;
            fact.fields.push(field);
            Ok(())
        });
        Ok(Declaration::Fact(Box::new(fact)))
    }

    fn field(&mut self) -> Parsed<Field> {
        let start = self.peek().span;
        let name = self.any_name("the name of a field")?;
        self.expect_mark(":")?;
        let ty = self.fact_type()?;
        let not_mentioned = self.not_mentioned()?;
        let span = self.since(start);
        Ok(Field { name, ty, not_mentioned, label: Localized::new(), question: Localized::new(), span })
    }

    /// `, not mentioned means no`
    fn not_mentioned(&mut self) -> Parsed<Option<NotMentioned>> {
        if !(self.is_mark(",") && self.is_at(1, "not")) {
            return Ok(None);
        }
        self.bump();
        let start = self.expect("not")?;
        self.expect("mentioned")?;
        self.expect("means")?;
        let token = self.peek();
        let value = match self.word() {
            "yes" => Truth::True,
            "no" => Truth::False,
            _ => return Err(self.expected("`yes` or `no`")),
        };
        self.bump();
        Ok(Some(NotMentioned { means: Spanned { value, span: token.span }, span: self.since(start) }))
    }

    pub(super) fn fact_type(&mut self) -> Parsed<FactType> {
        let start = self.peek().span;
        let kind = match self.word() {
            "yes" => {
                self.bump();
                self.expect_mark("/")?;
                self.expect("no")?;
                FactTypeKind::YesNo
            }
            "number" => self.simple(FactTypeKind::Number),
            "text" => self.simple(FactTypeKind::Text),
            "duration" => self.simple(FactTypeKind::Duration),
            "period" => self.simple(FactTypeKind::Period),
            "date" => {
                self.bump();
                FactTypeKind::Date(self.or_none()?)
            }
            "record" => {
                self.bump();
                FactTypeKind::Record(self.or_none()?)
            }
            "quantity" => {
                self.bump();
                self.expect("in")?;
                FactTypeKind::QuantityIn(self.unit()?)
            }
            "code" => {
                self.bump();
                self.expect("from")?;
                FactTypeKind::CodeFrom(self.system()?)
            }
            "one" => {
                self.bump();
                self.expect("of")?;
                FactTypeKind::OneOf(self.option_words()?)
            }
            "list" => {
                self.bump();
                self.expect("of")?;
                let word = self.plain_name("a word for one record, as in `list of diagnosis`")?;
                FactTypeKind::ListOf { word, completeness: self.completeness()? }
            }
            _ => return Err(self.unknown_type()),
        };
        Ok(FactType { kind, span: self.since(start) })
    }

    fn simple(&mut self, kind: FactTypeKind) -> FactTypeKind {
        self.bump();
        kind
    }

    fn unknown_type(&mut self) -> Failed {
        let token = self.peek();
        let written = self.text_of(token);
        let meant = match written.to_lowercase().as_str() {
            "bool" | "boolean" | "truth" | "ja" => "yes/no",
            "string" | "str" | "sträng" => "text",
            "int" | "integer" | "float" | "decimal" | "tal" => "number",
            "enum" => "one of a, b",
            "datetime" | "day" | "datum" => "date",
            "coding" | "kod" => "code from ICD-10-SE",
            _ => return self.expected(TYPES),
        };
        let message = format!("`{written}` is not a type");
        self.fail(codes::EXPECTED, token.span, message, format!("write `{meant}`"))
    }

    fn or_none(&mut self) -> Parsed<OrNone> {
        if self.eat("or").is_none() {
            return Ok(OrNone::Always);
        }
        self.expect("none")?;
        Ok(OrNone::OrNone)
    }

    /// `, may be incomplete` or `, complete`
    fn completeness(&mut self) -> Parsed<Option<Completeness>> {
        if matches!(self.word(), "may" | "complete") {
            let span = self.peek().span;
            let message = format!("a comma is missing before `{}`", self.word());
            return Err(self.fail(
                codes::EXPECTED,
                span,
                message,
                "write `list of …, may be incomplete` or `, complete`",
            ));
        }
        if !(self.is_mark(",") && matches!(self.word_at(1), "may" | "complete")) {
            return Ok(None);
        }
        self.bump();
        if self.eat("complete").is_some() {
            return Ok(Some(Completeness::Complete));
        }
        self.expect("may")?;
        self.expect("be")?;
        self.expect("incomplete")?;
        Ok(Some(Completeness::MayBeIncomplete))
    }

    /// A unit as written, to the next blank or comma.
    fn unit(&mut self) -> Parsed<Name> {
        let token = self.peek();
        if matches!(token.kind, TokenKind::End | TokenKind::Text | TokenKind::BadText) || self.is_mark(",") {
            return Err(self.expected("a unit, such as `mmol/L`"));
        }
        let line = self.rest(token.span);
        let length = line.find(|letter: char| letter.is_whitespace() || letter == ',').unwrap_or(line.len());
        let end = token.span.start + u32::try_from(length).unwrap_or(0);
        while self.peek().kind != TokenKind::End && self.peek().span.start < end {
            self.bump();
        }
        Ok(self.name_from(Span { start: token.span.start, end }))
    }

    /// A system of codes: `county`, `ICD-10-SE`.
    fn system(&mut self) -> Parsed<Name> {
        let token = self.peek();
        if token.kind == TokenKind::Capital || self.is_name_at(0) {
            self.bump();
            return Ok(self.name_from(token.span));
        }
        Err(self.expected("a system of codes, such as `ICD-10-SE`"))
    }

    /// `woman, man, other`
    fn option_words(&mut self) -> Parsed<Vec<Name>> {
        let mut words = vec![self.plain_name("a word to choose")?];
        while self.is_mark(",") && self.is_name_at(1) && !(self.is_at(1, "set") && self.is_at(2, "by")) {
            self.bump();
            words.push(self.plain_name("a word to choose")?);
        }
        Ok(words)
    }

    pub(super) fn parameter(&mut self) -> Parsed<Declaration> {
        const WORDS: &[&str] = &["label", "cite", "our", "decided"];
        self.expect("parameter")?;
        let name = self.declared("the name of a parameter")?;
        self.expect_mark(":")?;
        let ty = self.fact_type()?;
        let mut value = None;
        let mut range = None;
        if self.eat_mark("=").is_some() {
            value = Some(ParameterValue::Default(self.value()?));
        }
        while self.eat_mark(",").is_some() {
            let span = self.peek().span;
            match self.word() {
                "from" => {
                    self.once(range.is_some().into(), span)?;
                    self.bump();
                    let low = self.value()?;
                    self.expect("to")?;
                    range = Some((low, self.value()?));
                }
                "set" => {
                    self.once(value.is_some().into(), span)?;
                    self.bump();
                    self.expect("by")?;
                    let _the = self.eat("the");
                    value = Some(ParameterValue::SetBy(self.plain_name("who sets it, such as `the region`")?));
                }
                _ => return Err(self.expected("`from … to …` or `set by …`")),
            }
        }
        if self.is("from") || (self.is("set") && self.is_at(1, "by")) {
            let span = self.peek().span;
            let message = format!("a comma is missing before `{}`", self.word());
            return Err(self.fail(codes::EXPECTED, span, message, "write `, ` before it"));
        }
        let mut label = Localized::new();
        let mut grounds = Vec::new();
        self.clauses(WORDS, |cursor| {
            if cursor.at_ground() {
                grounds.push(cursor.ground()?);
                return Ok(());
            }
            if cursor.is("label") {
                let span = cursor.bump().span;
                cursor.once((!label.is_empty()).into(), span)?;
                label = cursor.localized()?;
                return Ok(());
            }
            Err(cursor.unknown_clause("a parameter", WORDS))
        });
        let Some(value) = value else {
            let message = format!("`{}` has no value", name.value);
            let help = "write `= …` after the type, or `, set by the region`";
            return Err(self.fail(codes::MISSING_CLAUSE, name.span, message, help));
        };
        Ok(Declaration::Parameter(Box::new(Parameter { name, ty, value, range, label, grounds })))
    }

    // ---- codes ----------------------------------------------------------------------------------------

    pub(super) fn codes(&mut self) -> Parsed<Declaration> {
        self.expect("codes")?;
        self.text_lines = TextLines::Entries;
        let name = self.declared("the name of a set of codes")?;
        self.expect("from")?;
        let system = self.system()?;
        let mut set = Codes { name, system, label: Localized::new(), entries: Vec::new(), grounds: Vec::new() };
        self.clauses(&[], |cursor| {
            let span = cursor.peek().span;
            if cursor.at_ground() {
                set.grounds.push(cursor.ground()?);
            } else if cursor.is("label") {
                cursor.once((!set.label.is_empty()).into(), span)?;
                cursor.bump();
                set.label = cursor.localized()?;
            } else if cursor.peek().line == LinePosition::Later {
                return Err(cursor.goes_on());
            } else {
                let entry = cursor.codes_entry()?;
                set.entries.push(entry);
            }
            Ok(())
        });
        Ok(Declaration::Codes(Box::new(set)))
    }

    pub(super) fn codes_entry(&mut self) -> Parsed<CodesEntry> {
        let start = self.peek().span;
        let kind = if self.is("list") {
            self.bump();
            CodesEntryKind::List(self.one_text()?)
        } else {
            let include = self.selector()?;
            let mut except = Vec::new();
            if self.eat("except").is_some() {
                except.push(self.selector()?);
                while self.is_mark(",") {
                    self.bump();
                    except.push(self.selector()?);
                }
            }
            CodesEntryKind::Codes { include, except }
        };
        let comment = match self.peek() {
            token if token.kind == TokenKind::Text && token.line == LinePosition::Later => Some(self.one_text()?),
            _ => None,
        };
        Ok(CodesEntry { kind, comment, span: self.since(start) })
    }

    /// `F11.2`, `"01"`, `F10-F19`, `include other_set`
    fn selector(&mut self) -> Parsed<CodeSelector> {
        let token = self.peek();
        match token.kind {
            TokenKind::Capital => {
                self.bump();
                Ok(match self.range(token.span) {
                    Some((from, to)) => CodeSelector::Range(from, to),
                    None => CodeSelector::Code(self.name_from(token.span)),
                })
            }
            TokenKind::Text => {
                let from = self.one_text()?;
                if self.is_mark("-") && self.nth(1).kind == TokenKind::Text {
                    self.bump();
                    return Ok(CodeSelector::Range(from, self.one_text()?));
                }
                Ok(CodeSelector::Code(from))
            }
            TokenKind::Number | TokenKind::BadNumber => {
                let written = self.text_of(token);
                let message = format!("`{written}` is a code that does not start with a capital");
                Err(self.fail(codes::CODE_FORM, token.span, message, format!("write it in quotes: `\"{written}\"`")))
            }
            TokenKind::Path if self.is("include") => {
                self.bump();
                Ok(CodeSelector::Include(self.plain_name("the name of a set of codes")?))
            }
            TokenKind::Path
            | TokenKind::Unit
            | TokenKind::BadText
            | TokenKind::Date
            | TokenKind::Version
            | TokenKind::Mark
            | TokenKind::Stray
            | TokenKind::End => {
                self.refuse_name_form(token.span)?;
                Err(self.expected("a code, a range, `include …` or `list \"…\"`"))
            }
        }
    }

    // ---- tables ---------------------------------------------------------------------------------------

    pub(super) fn table(&mut self) -> Parsed<Declaration> {
        self.expect("table")?;
        self.text_lines = TextLines::Entries;
        let name = self.declared("the name of a table")?;
        self.expect("by")?;
        let key = self.fact_type()?;
        self.expect_mark(":")?;
        let mut columns = vec![self.any_name("the name of a column")?];
        while self.eat_mark(",").is_some() {
            columns.push(self.any_name("the name of a column")?);
        }
        let mut rows = Vec::new();
        let mut grounds = Vec::new();
        self.clauses(&[], |cursor| {
            if cursor.at_ground() {
                grounds.push(cursor.ground()?);
                return Ok(());
            }
            rows.push(cursor.row(&key)?);
            Ok(())
        });
        Ok(Declaration::Table(Box::new(Table { name, key, columns, rows, grounds })))
    }

    /// One line: the key, then the cells with commas between.
    fn row(&mut self, key_type: &FactType) -> Parsed<TableRow> {
        let start = self.peek().span;
        let key = self.key(key_type)?;
        let mut cells = Vec::new();
        while self.peek().kind != TokenKind::End && self.peek().line == LinePosition::Later {
            if !cells.is_empty() && self.eat_mark(",").is_none() {
                return Err(self.expected("a comma between two cells"));
            }
            cells.push(self.literal()?);
        }
        Ok(TableRow { key, cells, span: self.since(start) })
    }

    fn key(&mut self, key_type: &FactType) -> Parsed<Expr> {
        let token = self.peek();
        let kind = if token.kind == TokenKind::Number && key_type.kind == FactTypeKind::Number {
            ExprKind::Number(self.number()?)
        } else if token.kind == TokenKind::Text && matches!(key_type.kind, FactTypeKind::CodeFrom(_)) {
            ExprKind::Code { system: None, code: self.one_text()? }
        } else if token.kind == TokenKind::Capital {
            self.bump();
            self.code_or_range(None, token.span)
        } else {
            return self.literal();
        };
        Ok(Expr { kind, span: token.span })
    }

    /// A cell: a literal or a word. A text does not go on in the next line.
    fn literal(&mut self) -> Parsed<Expr> {
        let token = self.peek();
        match token.kind {
            TokenKind::Text => {
                let text = self.one_text()?;
                Ok(Expr { kind: ExprKind::Text(text.value), span: text.span })
            }
            TokenKind::Path | TokenKind::Unit if !matches!(self.word(), "yes" | "no") => {
                let name = self.plain_name("a number, a code, a text or a word")?;
                let span = name.span;
                Ok(Expr { kind: ExprKind::Path(vec![name]), span })
            }
            TokenKind::Mark => Err(self.expected("a number, a code, a text or a word")),
            TokenKind::Path
            | TokenKind::Unit
            | TokenKind::Capital
            | TokenKind::Number
            | TokenKind::Date
            | TokenKind::BadText
            | TokenKind::BadNumber
            | TokenKind::Version
            | TokenKind::Stray
            | TokenKind::End => self.operand(),
        }
    }

    /// From the start of `span` to its line's end.
    fn rest(&self, span: Span) -> &str {
        self.slice(Span { start: span.start, end: u32::MAX }).lines().next().unwrap_or("")
    }
}
