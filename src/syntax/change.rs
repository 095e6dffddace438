//! What a guideline that adapts another changes in it: `add to`, `replace`, `remove`, `set`.

use super::ast::{Change, ChangeKind, ChangedLines, Declaration, Exception, Localized, Name, Recommend, RuleHead};
use super::cursor::{Cursor, Parsed, TextLines};
use super::declaration::quoted;
use super::parser::{LinePosition, TokenKind};
use super::vocabulary;
use crate::diagnostic::codes;

/// What the lines of a change are lines of, by the first that says so.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Speaks {
    Criteria,
    Exceptions,
    Advice,
    Duty,
    Tracks,
    Codes,
    Nothing,
}

impl Cursor<'_> {
    pub(super) fn change(&mut self) -> Parsed<Declaration> {
        let start = self.peek().span;
        let mut change = match self.bump_word() {
            "add" => {
                self.expect("to")?;
                let to = self.target("the name of a rule, as in `add to laro`")?;
                let span = self.since(start);
                let (lines, grounds) = self.changed_lines(&to)?;
                Change { kind: ChangeKind::Add { to, lines }, grounds, span }
            }
            "replace" => self.replace()?,
            "remove" => {
                let target = self.target("the name of a rule, or of a line of it, as in `remove laro.age`")?;
                Change { kind: ChangeKind::Remove(target), grounds: self.only_grounds()?, span: start }
            }
            _ => self.set()?,
        };
        change.span.start = start.start;
        Ok(Declaration::Change(Box::new(change)))
    }

    /// `laro`, `laro.age`, `laro.age.special_reasons`; after a dot any word may stand.
    fn target(&mut self, what: &str) -> Parsed<Vec<Name>> {
        let token = self.peek();
        if token.kind == TokenKind::Capital && token.line == LinePosition::Later {
            let message = format!("`{}` is a source, and sources are not changed", self.text_of(token));
            let help = "declare a source of your own, and cite it in what you change";
            return Err(self.fail(codes::NAME_FORM, token.span, message, help));
        }
        if token.kind != TokenKind::Path || token.line == LinePosition::First {
            return Err(self.expected(what));
        }
        self.refuse_name_form(token.span)?;
        self.bump();
        Ok(self.segments(token.span))
    }

    fn replace(&mut self) -> Parsed<Change> {
        let start = self.peek().span;
        let next = self.nth(1);
        let whole = vocabulary::DECLARATIONS.contains(&self.word())
            && !matches!(self.word(), "add" | "replace" | "remove" | "set")
            && matches!(next.kind, TokenKind::Path | TokenKind::Capital)
            && next.line == LinePosition::Later;
        if whole {
            if matches!(self.word(), "guideline" | "source" | "party" | "fact" | "setting" | "assume") {
                let message = format!("a `{}` cannot be replaced", self.word());
                let help = "rules, definitions, code sets, tables and parameters can; declare another beside it";
                return Err(self.fail(codes::UNKNOWN_CLAUSE, start, message, help));
            }
            let declaration = self.keyword()?;
            let span = self.since(start);
            return Ok(Change { kind: ChangeKind::Replace(declaration), grounds: Vec::new(), span });
        }
        let line = self.target("the name of a line, as in `replace laro.age`")?;
        let span = self.since(start);
        if let [rule] = line.as_slice() {
            let message = format!("`replace {}` does not say what it is replaced with", rule.value);
            let help = format!(
                "for one line write `replace {0}.line`, for the whole its kind too, as in `replace eligibility {0}`",
                rule.value
            );
            return Err(self.fail(codes::EXPECTED, span, message, help));
        }
        let (by, grounds) = self.changed_lines(&line)?;
        Ok(Change { kind: ChangeKind::ReplaceLine { line, by }, grounds, span })
    }

    fn set(&mut self) -> Parsed<Change> {
        let start = self.peek().span;
        let parameter = self.plain_name("the name of a parameter, as in `set minimum_age = 21 years`")?;
        if self.is("to") || self.is_mark(":") {
            let token = self.peek();
            let message = format!("`=` stands before the value, not `{}`", self.text_of(token));
            let help = format!("write `set {} = …`", parameter.value);
            return Err(self.fail(codes::EXPECTED, token.span, message, help));
        }
        self.expect_mark("=")?;
        let value = self.value()?;
        let span = self.since(start);
        Ok(Change { kind: ChangeKind::Set { parameter, value }, grounds: self.only_grounds()?, span })
    }

    fn only_grounds(&mut self) -> Parsed<Vec<super::ast::Ground>> {
        let words = &["cite", "our", "decided"];
        let mut grounds = Vec::new();
        self.clauses(words, |cursor| {
            if matches!(cursor.word(), "language" | "title" | "version" | "status" | "in" | "about" | "uses" | "allow")
            {
                let span = cursor.peek().span;
                let message = format!("`{}` stands below a change, and says something of the guideline", cursor.word());
                let help = "write the guideline's own lines above its changes";
                return Err(cursor.fail(codes::UNKNOWN_CLAUSE, span, message, help));
            }
            if !cursor.at_ground() {
                return Err(cursor.unknown_clause("such a change", words));
            }
            grounds.push(cursor.ground()?);
            Ok(())
        });
        Ok(grounds)
    }

    /// The lines below the first, and the grounds that stand before them.
    fn changed_lines(&mut self, target: &[Name]) -> Parsed<(ChangedLines, Vec<super::ast::Ground>)> {
        let Some(name) = target.first().cloned() else { return Err(self.expected("a name")) };
        match self.speaks() {
            Speaks::Criteria => {
                let mut rule = self.eligibility_lines(name);
                self.no_label(&rule.label)?;
                let grounds = std::mem::take(&mut rule.grounds);
                Ok((ChangedLines::Of(Declaration::Eligibility(Box::new(rule))), grounds))
            }
            Speaks::Advice => {
                let mut rule = self.recommend_lines(Recommend::of(name));
                self.no_label(&rule.label)?;
                let grounds = std::mem::take(&mut rule.grounds);
                Ok((ChangedLines::Of(Declaration::Recommend(Box::new(rule))), grounds))
            }
            Speaks::Duty => {
                let mut rule = self.task_lines(name);
                self.only_lines(&rule.head)?;
                let grounds = std::mem::take(&mut rule.head.grounds);
                Ok((ChangedLines::Of(Declaration::Task(Box::new(rule))), grounds))
            }
            Speaks::Tracks => {
                let mut rule = self.parallel_lines(name);
                self.only_lines(&rule.head)?;
                let grounds = std::mem::take(&mut rule.head.grounds);
                Ok((ChangedLines::Of(Declaration::Parallel(Box::new(rule))), grounds))
            }
            Speaks::Exceptions => Ok(self.exceptions()),
            Speaks::Codes => Ok(self.entries()),
            Speaks::Nothing => {
                let span = self.last().span;
                let message = "there is no line that says what to change";
                let line = target.get(1).map_or("name", |name| &name.value);
                let help = format!("write the line below, as in `require {line}: …`");
                Err(self.fail(codes::MISSING_CLAUSE, span, message, help))
            }
        }
    }

    /// Lines of the rule as a whole have a change of their own.
    fn only_lines(&mut self, head: &RuleHead) -> Parsed<()> {
        self.no_label(&head.label)?;
        let text = head.text.first().map(|text| text.language.span);
        let other =
            head.when.as_ref().map(|when| when.span).or(text).or(head.covers.as_ref().map(|covers| covers.span));
        match other {
            None => Ok(()),
            Some(span) => {
                let message = "this is said of the whole rule, not of one of its lines";
                let help =
                    format!("write it in a change of its own: `add to {0}` or `replace {0}.when`", head.name.value);
                Err(self.fail(codes::UNKNOWN_CLAUSE, span, message, help))
            }
        }
    }

    /// A label before the first line would be the rule's.
    fn no_label(&mut self, label: &Localized) -> Parsed<()> {
        let Some(first) = label.first() else { return Ok(()) };
        let message = "a label belongs to a line, and none stands above it";
        let help = "write it under its line; for another label replace the whole rule";
        Err(self.fail(codes::UNKNOWN_CLAUSE, first.language.span, message, help))
    }

    fn speaks(&self) -> Speaks {
        // A text alone on its line is a code, or the rest of a ground where lines of a rule follow.
        let mut otherwise = Speaks::Nothing;
        for ahead in 0.. {
            let token = self.nth(ahead);
            if token.kind == TokenKind::End {
                break;
            }
            if token.line == LinePosition::Later && ahead > 0 {
                continue;
            }
            match (token.kind, self.word_at(ahead)) {
                (TokenKind::Text, _) => otherwise = Speaks::Codes,
                (TokenKind::Capital, _) | (_, "include" | "list") => return Speaks::Codes,
                (_, "require" | "expect" | "when") => return Speaks::Criteria,
                (_, "exception") => return Speaks::Exceptions,
                (_, "for" | "done" | "due") => return Speaks::Duty,
                (_, "track" | "start") => return Speaks::Tracks,
                (
                    _,
                    "must" | "should" | "may" | "exceptionally" | "research" | "not" | "advise" | "by" | "excludes"
                    | "text",
                ) => return Speaks::Advice,
                // A word that is misspelt is reported among those of an eligibility.
                (_, "cite" | "our" | "decided" | "label" | "covers") => {}
                // `en "…"`: a ground in the next language.
                _ if self.nth(ahead + 1).kind == TokenKind::Text && self.nth(ahead + 1).line == LinePosition::Later => {
                }
                _ => return if otherwise == Speaks::Codes { otherwise } else { Speaks::Criteria },
            }
        }
        otherwise
    }

    fn exceptions(&mut self) -> (ChangedLines, Vec<super::ast::Ground>) {
        const WORDS: &[&str] = &["exception", "label", "cite", "our", "decided"];
        let mut grounds = Vec::new();
        let mut found: Vec<Exception> = Vec::new();
        self.clauses(WORDS, |cursor| {
            let span = cursor.peek().span;
            match (cursor.word(), found.last_mut()) {
                ("exception", _) => found.push(cursor.exception()?),
                ("label", Some(exception)) => {
                    cursor.once((!exception.label.is_empty()).into(), span)?;
                    cursor.bump();
                    exception.label = cursor.localized()?;
                }
                ("cite" | "our" | "decided", Some(exception)) => exception.grounds.push(cursor.ground()?),
                ("cite" | "our" | "decided", None) => grounds.push(cursor.ground()?),
                _ => return Err(cursor.unknown_clause("an exception", WORDS)),
            }
            Ok(())
        });
        (ChangedLines::Exceptions(found), grounds)
    }

    fn entries(&mut self) -> (ChangedLines, Vec<super::ast::Ground>) {
        self.text_lines = TextLines::Entries;
        let mut grounds = Vec::new();
        let mut entries = Vec::new();
        self.clauses(&[], |cursor| {
            if cursor.at_ground() {
                grounds.push(cursor.ground()?);
            } else if cursor.peek().line == LinePosition::Later {
                return Err(cursor.goes_on());
            } else {
                entries.push(cursor.codes_entry()?);
            }
            Ok(())
        });
        (ChangedLines::Codes(entries), grounds)
    }

    /// `allow unused-source, missing-label`: the names of lints have hyphens.
    pub(super) fn lint_names(&mut self) -> Parsed<Vec<Name>> {
        let mut names = Vec::new();
        loop {
            let start = self.peek();
            if start.kind != TokenKind::Path || start.line == LinePosition::First {
                return Err(self.expected("the name of a finding, such as `unused-source`"));
            }
            self.bump();
            while self.is_mark("-") && self.nth(1).kind == TokenKind::Path {
                self.bump();
                self.bump();
            }
            let name = self.name_from(self.since(start.span));
            if name.value.contains(char::is_whitespace) {
                let message = format!("`{}` has a blank in a name", name.value);
                let help = format!("write {}", quoted(&[&name.value.replace(' ', "")]));
                return Err(self.fail(codes::NAME_FORM, name.span, message, help));
            }
            names.push(name);
            if self.eat_mark(",").is_none() {
                return Ok(names);
            }
        }
    }
}
