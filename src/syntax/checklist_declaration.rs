//! `checklist`.

use super::ast::{Checklist, Declaration, Localized, RuleHead};
use super::cursor::{Cursor, Parsed};
use super::rule_head::HeadClause;
use super::rule_lines::{Exceptions, Lines};

impl Cursor<'_> {
    pub(super) fn checklist(&mut self) -> Parsed<Declaration> {
        // Not "exception": a checklist has none, which is said where one stands.
        const WORDS: &[&str] = &["label", "when", "require", "expect", "cite", "our", "decided", "text", "covers"];
        self.expect("checklist")?;
        let name = self.declared("the name of a checklist")?;
        let mut rule = Lines::new(name, Exceptions::None);
        let mut text = Localized::new();
        self.clauses(WORDS, |cursor| {
            if cursor.is("text") {
                let span = cursor.peek().span;
                cursor.once((!text.is_empty()).into(), span)?;
                cursor.bump();
                text = cursor.localized()?;
                return Ok(());
            }
            match cursor.line_clause(&mut rule)? {
                HeadClause::Read => Ok(()),
                HeadClause::Other => Err(cursor.unknown_clause("a checklist", WORDS)),
            }
        });
        let Lines { name, label, grounds, when, criteria, covers, .. } = rule;
        let head = RuleHead { name, label, grounds, when, text, covers };
        Ok(Declaration::Checklist(Box::new(Checklist { head, criteria })))
    }
}
