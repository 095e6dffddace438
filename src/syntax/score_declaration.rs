//! `score`.

use super::ast::{Declaration, RuleHead, Score};
use super::cursor::{Cursor, Parsed};
use super::rule_head::{HEAD, HeadClause};
use crate::diagnostic::codes;

impl Cursor<'_> {
    pub(super) fn score(&mut self) -> Parsed<Declaration> {
        let keyword = self.expect("score")?;
        let message = "`score` is not in this edition of the language yet";
        self.report(codes::LATER_EDITION, keyword, message, "leave the declaration out for now");
        let name = self.declared("the name of a score")?;
        let mut rule = Score { head: RuleHead::new(name) };
        self.clauses(&HEAD, |cursor| match cursor.head_clause(&mut rule.head)? {
            HeadClause::Read => Ok(()),
            HeadClause::Other => Err(cursor.unknown_clause("a score", &HEAD)),
        });
        Ok(Declaration::Score(Box::new(rule)))
    }
}
