//! Proposals: options, rows and who decides.

use super::labels::Purpose;
use super::lints;
use super::report::{finding, place};
use super::rules::Rules;
use crate::diagnostic::{codes, near};
use crate::ir::{self, Choice, Common, Line, Proposal, ProposalOption, ProposalRow, RuleKind};
use crate::syntax::ast::{self, Name};
use std::collections::HashSet;

impl<'a> Rules<'_, 'a> {
    pub(super) fn propose(&mut self, rule: &'a ast::Propose, order: u32) -> ir::Rule {
        let file = self.wording.file;
        let common = self.common(&rule.head);
        let mut names: HashSet<&str> = HashSet::new();
        let mut options = Vec::with_capacity(rule.options.len());
        for option in &rule.options {
            if !names.insert(&option.name.value) {
                let message = format!("the option `{}` stands here twice", option.name.value);
                let found = finding(codes::SAID_TWICE, file, option.name.span, message);
                self.report.add(found.help("give each option its own name"));
            }
            let label = self.wording.read(&option.label, Purpose::Label, &option.name, self.report);
            options.push(ProposalOption { name: option.name.value.clone(), label });
        }
        let choice = self.choice(rule);
        let rows = rule.rows.iter().filter_map(|row| self.row(rule, row, &common)).collect();
        let otherwise = rule.otherwise.as_ref().and_then(|name| self.option(rule, name));
        lints::unreachable_option::look(rule, file, self.report);
        lints::repeated_condition::look_at_rows(rule, file, self.report);
        let decided_by = self.wording.read(&rule.decided_by, Purpose::Name, &rule.head.name, self.report);
        self.finish(
            &rule.head,
            RuleKind::Proposal(Box::new(Proposal { common, options, choice, rows, otherwise, decided_by })),
            order,
        )
    }

    /// `first that holds` and the like; it has to be said.
    fn choice(&mut self, rule: &ast::Propose) -> Choice {
        let file = self.wording.file;
        let name = &rule.head.name;
        if rule.rows.is_empty() || rule.options.is_empty() {
            let message = format!("`{}` can propose nothing", name.value);
            let help = "write the options under `one of`, and rows such as `option when condition`";
            self.report.add(finding(codes::NO_LINES, file, name.span, message).help(help));
        }
        match &rule.choice {
            Some(choice) => choice.value,
            None => {
                let message = format!("`{}` does not say how its rows make one answer", name.value);
                let help = "write `first that holds`, `exactly one` or `all that hold` before the rows";
                self.report.add(finding(codes::NO_LINES, file, name.span, message).help(help));
                Choice::First
            }
        }
    }

    fn row(&mut self, rule: &'a ast::Propose, row: &'a ast::ProposeRow, common: &Common) -> Option<ProposalRow> {
        let condition = self.condition(&row.condition);
        lints::constant_condition::look(&condition, self.report);
        let grounds = if row.grounds.is_empty() { common.grounds.clone() } else { self.own_grounds(&row.grounds) };
        let option = self.option(rule, &row.option)?;
        Some(ProposalRow { option, line: Line { condition, grounds, place: place(self.wording.file, row.span) } })
    }

    /// The place of an option; reports one that is not among them.
    fn option(&mut self, rule: &ast::Propose, name: &Name) -> Option<u32> {
        let found = rule.options.iter().zip(0..).find(|(option, _)| option.name.value == name.value);
        if let Some((_, place)) = found {
            return Some(place);
        }
        let message = format!("`{}` is not among the options of `{}`", name.value, rule.head.name.value);
        let near = near::nearest(&name.value, rule.options.iter().map(|option| &*option.name.value));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "write it under `one of`".to_owned(),
        };
        self.report.add(finding(codes::NOT_DECLARED, self.wording.file, name.span, message).help(help));
        None
    }
}
