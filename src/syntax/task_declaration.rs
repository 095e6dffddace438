//! `task`.

use super::ast::{Declaration, RuleHead, Task};
use super::cursor::{Cursor, Parsed};
use super::rule_head::{HEAD, HeadClause};
use crate::diagnostic::codes;

impl Cursor<'_> {
    pub(super) fn task(&mut self) -> Parsed<Declaration> {
        let keyword = self.expect("task")?;
        let message = "`task` is not in this edition of the language yet";
        self.report(codes::LATER_EDITION, keyword, message, "leave the declaration out for now");
        let name = self.declared("the name of a task")?;
        let mut rule = Task { head: RuleHead::new(name) };
        self.clauses(&HEAD, |cursor| match cursor.head_clause(&mut rule.head)? {
            HeadClause::Read => Ok(()),
            HeadClause::Other => Err(cursor.unknown_clause("a task", &HEAD)),
        });
        Ok(Declaration::Task(Box::new(rule)))
    }
}
