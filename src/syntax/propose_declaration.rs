//! `propose`.

use super::ast::{Declaration, Propose, RuleHead};
use super::cursor::{Cursor, Parsed};
use super::rule_head::{HEAD, HeadClause};
use crate::diagnostic::codes;

impl Cursor<'_> {
    pub(super) fn propose(&mut self) -> Parsed<Declaration> {
        let keyword = self.expect("propose")?;
        let message = "`propose` is not in this edition of the language yet";
        self.report(codes::LATER_EDITION, keyword, message, "leave the declaration out for now");
        let name = self.declared("the name of a proposal")?;
        let mut rule = Propose { head: RuleHead::new(name) };
        self.clauses(&HEAD, |cursor| match cursor.head_clause(&mut rule.head)? {
            HeadClause::Read => Ok(()),
            HeadClause::Other => Err(cursor.unknown_clause("a proposal", &HEAD)),
        });
        Ok(Declaration::Propose(Box::new(rule)))
    }
}
