//! What every rule may have: label, ground, `when`, text, `covers`.

use super::ast::{Localized, Name, RuleHead};
use super::cursor::{Cursor, Parsed};

/// Whether a clause was one of the head's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum HeadClause {
    Read,
    Other,
}

impl RuleHead {
    pub(super) fn new(name: Name) -> RuleHead {
        RuleHead {
            name,
            label: Localized::new(),
            grounds: Vec::new(),
            when: None,
            text: Localized::new(),
            covers: None,
        }
    }
}

impl Cursor<'_> {
    /// Reads a clause of the head, if one begins here. What stands under a line of the rule is that line's: its grounds
    /// and labels are read by the rule before it asks here.
    pub(super) fn head_clause(&mut self, head: &mut RuleHead) -> Parsed<HeadClause> {
        let span = self.peek().span;
        match self.word() {
            "label" => {
                self.once((!head.label.is_empty()).into(), span)?;
                self.bump();
                head.label = self.localized()?;
            }
            "text" => {
                self.once((!head.text.is_empty()).into(), span)?;
                self.bump();
                head.text = self.localized()?;
            }
            "cite" | "our" | "decided" => {
                let ground = self.ground()?;
                head.grounds.push(ground);
            }
            "covers" => {
                self.once(head.covers.is_some().into(), span)?;
                head.covers = Some(self.covers()?);
            }
            "when" => {
                self.once(head.when.is_some().into(), span)?;
                self.bump();
                head.when = Some(self.expression()?);
            }
            _ => return Ok(HeadClause::Other),
        }
        Ok(HeadClause::Read)
    }
}
