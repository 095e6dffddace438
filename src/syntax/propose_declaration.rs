//! `propose`: options, how one is chosen, rows, who decides.

use super::ast::{Choice, Declaration, Localized, Name, Propose, ProposeOption, ProposeRow, RuleHead, Spanned};
use super::cursor::{Cursor, Parsed};
use super::parser::{LinePosition, TokenKind};
use super::rule_head::HeadClause;

const WORDS: &[&str] =
    &["label", "when", "text", "cite", "our", "decided", "covers", "one", "first", "exactly", "all", "otherwise"];

impl Cursor<'_> {
    pub(super) fn propose(&mut self) -> Parsed<Declaration> {
        self.expect("propose")?;
        let name = self.declared("the name of a proposal")?;
        let mut rule = Propose {
            head: RuleHead::new(name),
            options_at: None,
            options: Vec::new(),
            choice: None,
            rows: Vec::new(),
            otherwise: None,
            decided_by: Localized::new(),
        };
        self.clauses(WORDS, |cursor| cursor.propose_clause(&mut rule));
        Ok(Declaration::Propose(Box::new(rule)))
    }

    fn propose_clause(&mut self, rule: &mut Propose) -> Parsed<()> {
        let start = self.peek().span;
        match self.word() {
            "one" => {
                self.once((!rule.options.is_empty()).into(), start)?;
                self.bump();
                self.expect("of")?;
                rule.options_at = Some(self.since(start));
                while let Some(option) = self.propose_option()? {
                    rule.options.push(option);
                }
                if rule.options.is_empty() {
                    return Err(self.expected("an option and what people call it, as in `itok sv \"…\" en \"…\"`"));
                }
                Ok(())
            }
            "first" => self.choice(rule, Choice::First, ["that", "holds"]),
            "exactly" => self.choice(rule, Choice::ExactlyOne, ["one", ""]),
            "all" => self.choice(rule, Choice::All, ["that", "hold"]),
            "otherwise" => {
                self.once(rule.otherwise.is_some().into(), start)?;
                self.bump();
                rule.otherwise = Some(self.any_name("the name of an option")?);
                Ok(())
            }
            "decided" if self.is_at(1, "by") && self.nth(2).kind != TokenKind::Text => {
                self.once((!rule.decided_by.is_empty()).into(), start)?;
                self.bump();
                self.bump();
                rule.decided_by = self.localized()?;
                Ok(())
            }
            "cite" | "our" | "decided" if !rule.rows.is_empty() => {
                let ground = self.ground()?;
                if let Some(row) = rule.rows.last_mut() {
                    row.grounds.push(ground);
                }
                Ok(())
            }
            _ if self.is_row() => {
                let option = self.any_name("the name of an option")?;
                let row = self.propose_row(option)?;
                rule.rows.push(row);
                Ok(())
            }
            _ => match self.head_clause(&mut rule.head)? {
                HeadClause::Read => Ok(()),
                HeadClause::Other => Err(self.unknown_clause("a proposal", WORDS)),
            },
        }
    }

    /// `NAME when` at the start of a line.
    fn is_row(&self) -> bool {
        let begins = self.peek().line == LinePosition::First && self.peek().kind == TokenKind::Path;
        begins && self.is_at(1, "when")
    }

    /// A line of `one of`, if one begins here.
    fn propose_option(&mut self) -> Parsed<Option<ProposeOption>> {
        let begins = matches!(self.peek().kind, TokenKind::Path | TokenKind::Unit) && self.word_at(1).len() == 2;
        if !begins || self.nth(2).kind != TokenKind::Text || WORDS.contains(&self.word()) {
            return Ok(None);
        }
        let name = self.any_name("the name of an option")?;
        Ok(Some(ProposeOption { name, label: self.localized()? }))
    }

    fn propose_row(&mut self, option: Name) -> Parsed<ProposeRow> {
        let start = option.span;
        self.expect("when")?;
        let condition = self.expression()?;
        Ok(ProposeRow { option, condition, grounds: Vec::new(), span: self.since(start) })
    }

    fn choice(&mut self, rule: &mut Propose, choice: Choice, words: [&'static str; 2]) -> Parsed<()> {
        let start = self.peek().span;
        self.once(rule.choice.is_some().into(), start)?;
        self.bump();
        for word in words.into_iter().filter(|word| !word.is_empty()) {
            self.expect(word)?;
        }
        rule.choice = Some(Spanned { value: choice, span: self.since(start) });
        Ok(())
    }
}
