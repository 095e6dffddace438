//! `checklist`.

use super::ast::{Checklist, Declaration, RuleHead};
use super::cursor::{Cursor, Parsed};
use super::rule_head::{HEAD, HeadClause};
use crate::diagnostic::codes;

impl Cursor<'_> {
    pub(super) fn checklist(&mut self) -> Parsed<Declaration> {
        let keyword = self.expect("checklist")?;
        let message = "`checklist` is not in this edition of the language yet";
        self.report(codes::LATER_EDITION, keyword, message, "leave the declaration out for now");
        let name = self.declared("the name of a checklist")?;
        let mut rule = Checklist { head: RuleHead::new(name), criteria: Vec::new() };
        self.clauses(&HEAD, |cursor| match cursor.head_clause(&mut rule.head)? {
            HeadClause::Read => Ok(()),
            HeadClause::Other => Err(cursor.unknown_clause("a checklist", &HEAD)),
        });
        Ok(Declaration::Checklist(Box::new(rule)))
    }
}
