//! `parallel`.

use super::ast::{Declaration, Parallel, RuleHead};
use super::cursor::{Cursor, Parsed};
use super::rule_head::{HEAD, HeadClause};
use crate::diagnostic::codes;

impl Cursor<'_> {
    pub(super) fn parallel(&mut self) -> Parsed<Declaration> {
        let keyword = self.expect("parallel")?;
        let message = "`parallel` is not in this edition of the language yet";
        self.report(codes::LATER_EDITION, keyword, message, "leave the declaration out for now");
        let name = self.declared("the name of a `parallel`")?;
        let mut rule = Parallel { head: RuleHead::new(name) };
        self.clauses(&HEAD, |cursor| match cursor.head_clause(&mut rule.head)? {
            HeadClause::Read => Ok(()),
            HeadClause::Other => Err(cursor.unknown_clause("a `parallel`", &HEAD)),
        });
        Ok(Declaration::Parallel(Box::new(rule)))
    }
}
