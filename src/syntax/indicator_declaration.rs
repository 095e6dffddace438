//! `indicator`.

use super::ast::{Declaration, Indicator, RuleHead};
use super::cursor::{Cursor, Parsed};
use super::rule_head::{HEAD, HeadClause};
use crate::diagnostic::codes;

impl Cursor<'_> {
    pub(super) fn indicator(&mut self) -> Parsed<Declaration> {
        let keyword = self.expect("indicator")?;
        let message = "`indicator` is not in this edition of the language yet";
        self.report(codes::LATER_EDITION, keyword, message, "leave the declaration out for now");
        let name = self.declared("the name of an indicator")?;
        let mut rule = Indicator { head: RuleHead::new(name) };
        self.clauses(&HEAD, |cursor| match cursor.head_clause(&mut rule.head)? {
            HeadClause::Read => Ok(()),
            HeadClause::Other => Err(cursor.unknown_clause("an indicator", &HEAD)),
        });
        Ok(Declaration::Indicator(Box::new(rule)))
    }
}
