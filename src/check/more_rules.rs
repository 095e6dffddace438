//! Rules that are neither eligibilities nor recommendations.

use super::labels::Purpose;
use super::rules::Rules;
use crate::ground::Ground;
use crate::ir::{self, Checklist, Common, RuleKind};
use crate::syntax::ast::{self, RuleHead};

impl<'a> Rules<'_, 'a> {
    /// What every one of them has. Without a ground of its own it is a mistake.
    pub(super) fn common(&mut self, head: &'a RuleHead) -> Common {
        if head.grounds.is_empty() {
            self.grounds.missing(&format!("`{}`", head.name.value), head.name.span, self.report);
        }
        self.common_of_lines(head)
    }

    /// The same of a rule whose lines may each have a ground of their own, so that it needs none itself.
    pub(super) fn common_of_lines(&mut self, head: &'a RuleHead) -> Common {
        let when = head.when.as_ref().map(|when| self.when(&head.name, when));
        let text = self.wording.read(&head.text, Purpose::Optional, &head.name, self.report);
        Common { when, text, grounds: self.own_grounds(&head.grounds) }
    }

    /// A line's own grounds, else the rule's.
    pub(super) fn inherited(
        &mut self,
        own: &'a [ast::Ground],
        grounds: &[Ground],
        head: &'a RuleHead,
        of: (&str, ast::Span),
    ) -> Vec<Ground> {
        self.grounds.own_or(own, grounds, head.grounds.len(), of, self.world, self.report)
    }

    /// The rule around what was understood of it.
    pub(super) fn finish(&mut self, head: &'a RuleHead, kind: RuleKind, order: u32) -> ir::Rule {
        let label = self.wording.read(&head.label, Purpose::Label, &head.name, self.report);
        self.rule(&head.name, label, kind, head.covers.as_ref(), order)
    }

    pub(super) fn checklist(&mut self, rule: &'a ast::Checklist, order: u32) -> ir::Rule {
        let Common { when, text, grounds } = self.common_of_lines(&rule.head);
        let nobody = "requires nothing, so it is complete from the start";
        let inherited = (&*grounds, rule.head.grounds.len());
        let criteria = self.criteria(&rule.head.name, &rule.criteria, inherited, nobody);
        self.finish(&rule.head, RuleKind::Checklist(Checklist { when, criteria, text }), order)
    }
}
