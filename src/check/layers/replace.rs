//! Lines and exceptions put in the place of others, or taken away.

use super::line::{advise_on, condition, criteria, has_criteria, is_rule, modality, rest_on, spoken, word};
use super::{FILE, Merge, Removed, is_replaceable, path};
use crate::check::report::finding;
use crate::diagnostic::codes;
use crate::syntax::ast::{ChangedLines, Criterion, Declaration, Ground, Item, Name, Recommend, Span};

impl Merge<'_, '_> {
    pub(super) fn replace_line(
        &mut self,
        at: usize,
        target: &[Name],
        mut by: ChangedLines,
        grounds: &[Ground],
        span: Span,
    ) {
        self.ground_lines(&mut by, grounds, span);
        let Some(Item { mut declaration, span: of }) = self.take(at) else { return };
        match target {
            [rule, line] => self.replace_one(&mut declaration, (rule, line), by, span),
            [rule, line, exception] => {
                if let Some(criterion) = self.criterion(&mut declaration, rule, line) {
                    self.replace_exception(criterion, target, exception, by, span);
                }
            }
            _ => {
                let message = format!("there is no `{}`: a rule has lines, and a line exceptions", path(target));
                self.report.add(finding(codes::NOTHING_TO_CHANGE, FILE, span, message));
            }
        }
        self.give_back(at, declaration, of);
    }

    fn replace_exception(
        &mut self,
        criterion: &mut Criterion,
        target: &[Name],
        name: &Name,
        by: ChangedLines,
        span: Span,
    ) {
        let Some(found) = self.exception(criterion, target, name) else { return };
        let ChangedLines::Exceptions(exceptions) = by else {
            let message = format!("`{}` is an exception, and is replaced with one", path(target));
            self.report.add(finding(codes::CHANGED_KIND, FILE, span, message).help("write `exception name: …`"));
            return;
        };
        let mut exceptions = exceptions.into_iter();
        match (exceptions.next(), exceptions.next()) {
            (Some(new), None) if new.name == *name => {
                if let Some(slot) = criterion.exceptions.get_mut(found) {
                    *slot = new;
                }
            }
            (Some(new), None) => self.another_name(&path(target), &new.name, name),
            (_, Some(second)) => self.one_line(&path(target), second.span),
            (None, None) => {}
        }
    }

    fn replace_one(
        &mut self,
        declaration: &mut Declaration,
        (rule, line): (&Name, &Name),
        by: ChangedLines,
        span: Span,
    ) {
        let target = format!("{}.{}", rule.value, line.value);
        match (declaration, by) {
            (Declaration::Recommend(old), ChangedLines::Of(Declaration::Recommend(new))) => {
                self.replace_advice(old, line, *new, &target);
            }
            (Declaration::Task(old), ChangedLines::Of(Declaration::Task(new))) => self.replace_duty(old, line, *new),
            (Declaration::Parallel(old), ChangedLines::Of(Declaration::Parallel(new))) => {
                self.replace_track(old, line, *new);
            }
            (declaration, ChangedLines::Of(Declaration::Eligibility(new)))
                if has_criteria(declaration) || (new.criteria.is_empty() && is_rule(declaration)) =>
            {
                let is_when = *line.value == *"when";
                if let (true, Some(when), Some(slot)) = (is_when, &new.when, condition(declaration))
                    && new.criteria.is_empty()
                {
                    if slot.is_none() {
                        let message = format!("`{}` has no `when` to replace", rule.value);
                        let help = format!("write `add to {}`", rule.value);
                        self.report.add(finding(codes::NOTHING_TO_CHANGE, FILE, span, message).help(help));
                    }
                    *slot = Some(when.clone());
                    rest_on(declaration, &new.grounds);
                    return;
                }
                let excepted = new.criteria.iter().find_map(|criterion| criterion.exceptions.first());
                if let (Declaration::Checklist(_), Some(exception)) = (&*declaration, excepted) {
                    self.no_exceptions(Some(rule), exception.span);
                    return;
                }
                let Some(old) = self.criterion(declaration, rule, line) else { return };
                let mut lines = new.criteria.into_iter();
                match (lines.next(), lines.next()) {
                    (Some(new), None) if new.name != *line => self.another_name(&target, &new.name, line),
                    (Some(new), None) if new.modality != old.modality => self.another_modality(&target, old, &new),
                    (Some(new), None) => *old = new,
                    (_, Some(second)) => self.one_line(&target, second.span),
                    (None, None) => {
                        let message = format!("`{target}` is a line, and is replaced with one");
                        let found = finding(codes::CHANGED_KIND, FILE, span, message);
                        self.report.add(found.help(format!("write `{} {}: …`", modality(old.modality), line.value)));
                    }
                }
            }
            (declaration, ChangedLines::Of(Declaration::Recommend(new)))
                if *line.value == *"text" && new.clauses.is_empty() && is_rule(declaration) =>
            {
                if let Some(head) = declaration.head_mut() {
                    head.text = new.text;
                }
                rest_on(declaration, &new.grounds);
            }
            (declaration, ChangedLines::Of(_) | ChangedLines::Exceptions(_)) => {
                self.other_kind(declaration, rule, span);
            }
            (declaration, ChangedLines::Codes(_)) => {
                if let Declaration::Codes(_) = declaration {
                    let message = "an entry has no name by which it could be replaced";
                    let help = format!("replace the whole set: `replace codes {} from …`", rule.value);
                    self.report.add(finding(codes::CHANGED_KIND, FILE, span, message).help(help));
                } else {
                    self.other_kind(declaration, rule, span);
                }
            }
        }
    }

    fn another_modality(&mut self, target: &str, old: &Criterion, new: &Criterion) {
        let (was, is) = (modality(old.modality), modality(new.modality));
        let message = format!("`{target}` is a line with `{was}`, not with `{is}`");
        let help = format!("write `{was}`; to change what the line decides, remove it and add another");
        self.report.add(finding(codes::CHANGED_KIND, FILE, new.span, message).help(help));
    }

    pub(super) fn another_name(&mut self, target: &str, new: &Name, old: &Name) {
        let message = format!("`{target}` is replaced with a line called `{}`", new.value);
        let help = format!("call it `{}`, or remove the one and add the other", old.value);
        self.report.add(finding(codes::CHANGED_KIND, FILE, new.span, message).help(help));
    }

    fn one_line(&mut self, target: &str, second: Span) {
        let message = format!("`{target}` is one line, and one line replaces it");
        let help = "add the others with `add to`";
        self.report.add(finding(codes::CHANGED_KIND, FILE, second, message).help(help));
    }

    fn replace_advice(&mut self, old: &mut Recommend, line: &Name, new: Recommend, target: &str) {
        match &*line.value {
            "text" if !new.text.is_empty() && new.clauses.is_empty() => {
                old.text = new.text;
                advise_on(old, &new.grounds);
            }
            "by" if !new.by.is_empty() && new.clauses.is_empty() => old.by = new.by,
            "excludes" if !new.excludes.is_empty() && new.clauses.is_empty() => old.excludes = new.excludes,
            _ => {
                let Some(found) = self.clause(old, line) else { return };
                let mut clauses = new.clauses.into_iter();
                match (clauses.next(), clauses.next()) {
                    (Some(new), None) if *line.value == *word(&new.kind) => {
                        if let Some(slot) = old.clauses.get_mut(found) {
                            *slot = new;
                        }
                    }
                    (Some(new), None) => {
                        let message = format!("`{target}` is not a line with `{}`", spoken(word(&new.kind)));
                        let help =
                            format!("begin it with `{}`, or remove the one and add the other", spoken(&line.value));
                        self.report.add(finding(codes::CHANGED_KIND, FILE, new.span, message).help(help));
                    }
                    (_, Some(second)) => self.one_line(target, second.span),
                    (None, None) => {
                        let message = format!("`{target}` is replaced with a line of its own kind");
                        let help = format!("write `{} …`", spoken(&line.value));
                        self.report.add(finding(codes::CHANGED_KIND, FILE, line.span, message).help(help));
                    }
                }
            }
        }
    }

    pub(super) fn remove(&mut self, at: usize, target: &[Name]) {
        let Some(Item { mut declaration, span: of }) = self.take(at) else { return };
        let span = target.first().map_or(Span::default(), |name| name.span);
        let removed = match target {
            [name] => {
                if is_replaceable(&declaration) {
                    self.by_name.remove(&name.value);
                    self.removed.push(Removed::new(target, span));
                    return;
                }
                let message =
                    format!("`{}` is declared with `{}`, which cannot be removed", name.value, declaration.keyword());
                let help =
                    "rules, definitions, code sets, tables and parameters can be; what nobody reads does no harm";
                self.report.add(finding(codes::CHANGED_KIND, FILE, name.span, message).help(help));
                None
            }
            [rule, line] => self.remove_line(&mut declaration, rule, line),
            [rule, line, name] => self.criterion(&mut declaration, rule, line).and_then(|criterion| {
                let found = self.exception(criterion, target, name)?;
                criterion.exceptions.remove(found);
                Some(())
            }),
            _ => {
                let message = format!("there is no `{}`: a rule has lines, and a line exceptions", path(target));
                self.report.add(finding(codes::NOTHING_TO_CHANGE, FILE, span, message));
                None
            }
        };
        if removed.is_some() {
            self.removed.push(Removed::new(target, span));
        }
        self.give_back(at, declaration, of);
    }

    fn remove_line(&mut self, declaration: &mut Declaration, rule: &Name, line: &Name) -> Option<()> {
        if let Declaration::Recommend(advice) = declaration {
            match &*line.value {
                "by" if !advice.by.is_empty() => advice.by.clear(),
                "excludes" if !advice.excludes.is_empty() => advice.excludes.clear(),
                _ => {
                    let found = self.clause(advice, line)?;
                    advice.clauses.remove(found);
                }
            }
            return Some(());
        }
        let is_when = *line.value == *"when";
        if is_when && let Some(slot @ Some(_)) = condition(declaration) {
            *slot = None;
            return Some(());
        }
        if let Declaration::Task(task) = declaration {
            return self.remove_duty(task, line);
        }
        if let Declaration::Parallel(parallel) = declaration {
            return self.remove_track(parallel, line);
        }
        self.criterion(declaration, rule, line)?;
        criteria(declaration)?.retain(|criterion| criterion.name != *line);
        Some(())
    }
}
