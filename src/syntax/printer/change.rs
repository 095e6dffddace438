//! The changes of a guideline that adapts another, as text.

use super::Printer;
use super::declaration::{CLAUSE, Wrap};
use crate::syntax::ast::{Change, ChangeKind, ChangedLines, Declaration, Name};

impl Printer {
    pub(super) fn change(&mut self, change: &Change) {
        match &change.kind {
            ChangeKind::Add { to, lines } => {
                self.push(&format!("add to {}", path(to)));
                self.changed(change, lines);
            }
            ChangeKind::ReplaceLine { line, by } => {
                self.push(&format!("replace {}", path(line)));
                self.changed(change, by);
            }
            ChangeKind::Replace(declaration) => {
                self.push("replace ");
                self.whole_declaration(declaration);
                self.grounds(CLAUSE, &change.grounds, Wrap::Lines);
            }
            ChangeKind::Remove(target) => {
                self.push(&format!("remove {}", path(target)));
                self.grounds(CLAUSE, &change.grounds, Wrap::Lines);
            }
            ChangeKind::Set { parameter, value } => {
                self.push(&format!("set {} = ", parameter.value));
                self.value(value);
                self.grounds(CLAUSE, &change.grounds, Wrap::Lines);
            }
        }
    }

    fn changed(&mut self, change: &Change, lines: &ChangedLines) {
        match lines {
            ChangedLines::Of(declaration) => {
                self.grounds(CLAUSE, &change.grounds, Wrap::Lines);
                if let Declaration::Eligibility(rule) = declaration {
                    self.eligibility_lines(rule);
                } else if let Declaration::Recommend(rule) = declaration {
                    self.recommend_lines(rule);
                } else if let Declaration::Task(rule) = declaration {
                    self.task_lines(rule);
                } else if let Declaration::Parallel(rule) = declaration {
                    self.parallel_lines(rule);
                }
            }
            ChangedLines::Exceptions(exceptions) => {
                self.grounds(CLAUSE, &change.grounds, Wrap::Lines);
                for exception in exceptions {
                    self.exception(CLAUSE, exception);
                }
            }
            ChangedLines::Codes(entries) => {
                self.grounds(CLAUSE, &change.grounds, Wrap::Never);
                for entry in entries {
                    self.line(CLAUSE, entry.span);
                    self.codes_entry(entry);
                }
            }
        }
    }
}

fn path(names: &[Name]) -> String {
    names.iter().map(|name| &*name.value).collect::<Vec<_>>().join(".")
}
