//! Declarations of a file and of its rules: `guideline`, `source`, `party`, `eligibility`, `recommend`.

use super::ast::{
    Declaration, Eligibility, Guideline, GuidelineClause, GuidelineClauseKind, Localized, Name, Party, Recommend,
    RecommendClause, RecommendClauseKind, Reference, Source, SourceClause, SourceClauseKind, Strength,
};
use super::cursor::{Cursor, Parsed};
use super::parser::{LinePosition, TokenKind};
use super::rule_head::HeadClause;
use super::rule_lines::{Exceptions, Lines};
use crate::diagnostic::codes;

impl Cursor<'_> {
    // ---- the file -------------------------------------------------------------------------------------

    pub(super) fn guideline(&mut self) -> Parsed<Declaration> {
        const WORDS: &[&str] = &["language", "title", "version", "status", "in", "about", "uses", "allow"];
        self.expect("guideline")?;
        let name = self.file_name()?;
        let adapts = if self.is("adapts") && self.peek().line == LinePosition::Later {
            self.bump();
            Some(self.reference()?)
        } else {
            None
        };
        let mut clauses: Vec<GuidelineClause> = Vec::new();
        self.clauses(WORDS, |cursor| {
            let start = cursor.peek().span;
            let kind = cursor.guideline_clause(WORDS)?;
            let given = clauses.iter().any(|clause| {
                std::mem::discriminant(&clause.kind) == std::mem::discriminant(&kind)
                    && !matches!(kind, GuidelineClauseKind::Uses(_) | GuidelineClauseKind::Allow(_))
            });
            cursor.once(given.into(), start)?;
            clauses.push(GuidelineClause { kind, span: cursor.since(start) });
            Ok(())
        });
        Ok(Declaration::Guideline(Box::new(Guideline { name, adapts, clauses })))
    }

    /// `stockholm.laro`
    fn file_name(&mut self) -> Parsed<Name> {
        let token = self.peek();
        if token.kind != TokenKind::Path {
            return Err(self.expected("the name of a guideline, such as `stockholm.laro`"));
        }
        self.refuse_name_form(token.span)?;
        self.bump();
        Ok(self.name_from(token.span))
    }

    /// `common.substance_use version 1`; a version on a line of its own is the guideline's.
    fn reference(&mut self) -> Parsed<Reference> {
        let name = self.file_name()?;
        let has_version = self.is("version") && self.peek().line == LinePosition::Later;
        let version = if has_version { Some(self.version()?) } else { None };
        Ok(Reference { name, version })
    }

    fn version(&mut self) -> Parsed<Name> {
        self.expect("version")?;
        let token = self.peek();
        if !matches!(token.kind, TokenKind::Version | TokenKind::Number) {
            return Err(self.expected("a version such as `1.0.0`"));
        }
        self.bump();
        Ok(self.name_from(token.span))
    }

    fn guideline_clause(&mut self, words: &[&str]) -> Parsed<GuidelineClauseKind> {
        match self.word() {
            "language" => {
                self.bump();
                Ok(GuidelineClauseKind::Language(self.whole("the edition of the language, `1`")?))
            }
            "title" => {
                self.bump();
                Ok(GuidelineClauseKind::Title(self.localized()?))
            }
            "version" => Ok(GuidelineClauseKind::Version(self.version()?)),
            "status" => {
                self.bump();
                Ok(GuidelineClauseKind::Status(self.one_of(&["draft", "active", "retired"])?))
            }
            "in" => {
                self.bump();
                self.expect("force")?;
                self.expect("from")?;
                let from = self.day()?;
                let through = if self.eat("through").is_some() { Some(self.day()?) } else { None };
                Ok(GuidelineClauseKind::InForce { from, through })
            }
            "about" => {
                self.bump();
                Ok(GuidelineClauseKind::About(self.one_of(&["patient", "staff", "unit"])?))
            }
            "uses" => {
                self.bump();
                let mut references = vec![self.reference()?];
                while self.eat_mark(",").is_some() {
                    references.push(self.reference()?);
                }
                Ok(GuidelineClauseKind::Uses(references))
            }
            "allow" => {
                self.bump();
                Ok(GuidelineClauseKind::Allow(self.lint_names()?))
            }
            "adapts" => {
                let span = self.bump().span;
                let message = "`adapts` stands on the first line, after the guideline's name";
                let help = "write `guideline own.name adapts other.name`";
                Err(self.fail(codes::UNKNOWN_CLAUSE, span, message, help))
            }
            _ => Err(self.unknown_clause("a guideline", words)),
        }
    }

    pub(super) fn source(&mut self) -> Parsed<Declaration> {
        const WORDS: &[&str] = &["kind", "title", "publisher", "certainty", "url", "edition", "seen"];
        self.expect("source")?;
        let name = self.source_name()?;
        let mut clauses: Vec<SourceClause> = Vec::new();
        self.clauses(WORDS, |cursor| {
            let start = cursor.peek().span;
            let kind = cursor.source_clause(WORDS)?;
            let given =
                clauses.iter().any(|clause| std::mem::discriminant(&clause.kind) == std::mem::discriminant(&kind));
            cursor.once(given.into(), start)?;
            clauses.push(SourceClause { kind, span: cursor.since(start) });
            Ok(())
        });
        Ok(Declaration::Source(Box::new(Source { name, clauses })))
    }

    fn source_clause(&mut self, words: &[&str]) -> Parsed<SourceClauseKind> {
        match self.word() {
            "kind" => {
                self.bump();
                // RMR and VIP are names of their own.
                let token = self.peek();
                if token.kind == TokenKind::Capital {
                    self.bump();
                    return Ok(SourceClauseKind::Kind(self.name_from(token.span)));
                }
                Ok(SourceClauseKind::Kind(self.any_name("a kind of source, such as `regulation`")?))
            }
            "title" => {
                self.bump();
                Ok(SourceClauseKind::Title(self.localized()?))
            }
            "publisher" => {
                self.bump();
                Ok(SourceClauseKind::Publisher(self.text()?))
            }
            "certainty" => {
                self.bump();
                Ok(SourceClauseKind::Certainty(self.one_of(&["seen", "authority", "second_hand", "unchecked"])?))
            }
            "url" => {
                self.bump();
                Ok(SourceClauseKind::Url(self.text()?))
            }
            "edition" => {
                self.bump();
                Ok(SourceClauseKind::Edition(self.text()?))
            }
            "seen" => {
                self.bump();
                Ok(SourceClauseKind::Seen(self.day()?))
            }
            _ => Err(self.unknown_clause("a source", words)),
        }
    }

    pub(super) fn party(&mut self) -> Parsed<Declaration> {
        self.expect("party")?;
        let name = self.declared("the name of a party")?;
        let _label = self.eat("label");
        let label = self.localized()?;
        if self.peek().kind != TokenKind::End {
            return Err(self.unknown_clause("a party", &["sv", "en"]));
        }
        Ok(Declaration::Party(Box::new(Party { name, label })))
    }

    // ---- eligibility ----------------------------------------------------------------------------------

    pub(super) fn eligibility(&mut self) -> Parsed<Declaration> {
        self.expect("eligibility")?;
        let name = self.declared("the name of an eligibility")?;
        Ok(Declaration::Eligibility(Box::new(self.eligibility_lines(name))))
    }

    /// To the end of the declaration.
    pub(super) fn eligibility_lines(&mut self, name: Name) -> Eligibility {
        const WORDS: &[&str] = &["label", "when", "require", "expect", "exception", "cite", "our", "decided", "covers"];
        let mut rule = Lines::new(name, Exceptions::Allowed);
        self.clauses(WORDS, |cursor| match cursor.line_clause(&mut rule)? {
            HeadClause::Read => Ok(()),
            HeadClause::Other => Err(cursor.unknown_clause("an eligibility", WORDS)),
        });
        let Lines { name, label, grounds, when, criteria, covers, .. } = rule;
        Eligibility { name, label, grounds, when, criteria, covers }
    }

    // ---- recommendations ------------------------------------------------------------------------------

    pub(super) fn recommend(&mut self) -> Parsed<Declaration> {
        self.expect("recommend")?;
        let name = self.declared("the name of a recommendation")?;
        Ok(Declaration::Recommend(Box::new(self.recommend_lines(Recommend::of(name)))))
    }

    /// To the end of the declaration.
    pub(super) fn recommend_lines(&mut self, mut rule: Recommend) -> Recommend {
        const WORDS: &[&str] = &[
            "label",
            "must",
            "should",
            "may",
            "exceptionally",
            "research",
            "not",
            "advise",
            "by",
            "excludes",
            "text",
            "cite",
            "our",
            "decided",
            "covers",
        ];
        self.clauses(WORDS, |cursor| {
            let span = cursor.peek().span;
            match cursor.word() {
                "label" => {
                    cursor.once((!rule.label.is_empty()).into(), span)?;
                    cursor.bump();
                    rule.label = cursor.localized()?;
                }
                "text" => {
                    cursor.once((!rule.text.is_empty()).into(), span)?;
                    cursor.bump();
                    rule.text = cursor.localized()?;
                }
                "cite" | "our" | "decided" => {
                    let ground = cursor.ground()?;
                    match rule.clauses.last_mut() {
                        Some(clause) => clause.grounds.push(ground),
                        None => rule.grounds.push(ground),
                    }
                }
                "covers" => {
                    cursor.once(rule.covers.is_some().into(), span)?;
                    rule.covers = Some(cursor.covers()?);
                }
                "by" => {
                    cursor.once((!rule.by.is_empty()).into(), span)?;
                    cursor.bump();
                    cursor.expect("any")?;
                    rule.by = cursor.names("the name of a party")?;
                }
                "excludes" => {
                    cursor.once((!rule.excludes.is_empty()).into(), span)?;
                    cursor.bump();
                    rule.excludes = cursor.names("the name of a recommendation")?;
                }
                "must" | "should" | "may" | "exceptionally" | "research" | "not" | "advise" => {
                    rule.clauses.push(cursor.recommend_clause()?);
                }
                _ => return Err(cursor.unknown_clause("a recommendation", WORDS)),
            }
            Ok(())
        });
        rule
    }

    /// `physician, nurse`
    pub(super) fn names(&mut self, what: &str) -> Parsed<Vec<Name>> {
        let mut names = vec![self.plain_name(what)?];
        while self.eat_mark(",").is_some() {
            names.push(self.plain_name(what)?);
        }
        Ok(names)
    }

    fn recommend_clause(&mut self) -> Parsed<RecommendClause> {
        let start = self.peek().span;
        let kind = match self.bump_word() {
            "not" => {
                self.expect("needed")?;
                self.expect("if")?;
                RecommendClauseKind::NotNeeded
            }
            "advise" => {
                self.expect("against")?;
                self.expect("if")?;
                RecommendClauseKind::AdviseAgainst
            }
            word => {
                let strength = match word {
                    "must" => Strength::Must,
                    "may" => Strength::May,
                    "exceptionally" => Strength::Exceptionally,
                    "research" => {
                        self.expect("only")?;
                        Strength::ResearchOnly
                    }
                    _ if self.eat("not").is_some() => Strength::ShouldNot,
                    _ => Strength::Should,
                };
                let mut priority = None;
                if self.is_mark(",") && self.is_at(1, "priority") {
                    self.bump();
                    self.bump();
                    priority = Some(self.whole("a priority, such as `priority 1`")?);
                }
                if self.is("priority") {
                    let span = self.peek().span;
                    let message = "a comma is missing before `priority`";
                    return Err(self.fail(codes::EXPECTED, span, message, "write `should, priority 1, when …`"));
                }
                let _comma = self.eat_mark(",");
                self.expect("when")?;
                RecommendClauseKind::Strength { strength, priority }
            }
        };
        let condition = self.expression()?;
        Ok(RecommendClause { kind, condition, grounds: Vec::new(), span: self.since(start) })
    }
}

impl Recommend {
    /// One that says nothing yet.
    pub(super) fn of(name: Name) -> Recommend {
        Recommend {
            name,
            label: Localized::new(),
            grounds: Vec::new(),
            clauses: Vec::new(),
            by: Vec::new(),
            excludes: Vec::new(),
            text: Localized::new(),
            covers: None,
        }
    }
}
