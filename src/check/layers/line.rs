//! Lines added to a declaration, and the lines that a change names.

use super::{FILE, Merge, is_replaceable, listed, path};
use crate::check::report::{finding, place};
use crate::diagnostic::codes;
use crate::syntax::ast::{
    ChangedLines, Criterion, Declaration, Exception, Expr, Ground, Item, Modality, Name, Recommend, RecommendClause,
    RecommendClauseKind, Span, Strength,
};

impl Merge<'_, '_> {
    pub(super) fn add(&mut self, at: usize, to: &[Name], mut lines: ChangedLines, grounds: &[Ground], span: Span) {
        self.ground_lines(&mut lines, grounds, span);
        let Some(Item { declaration, span: of }) = self.take(at) else { return };
        let mut declaration = declaration;
        match (&mut declaration, to) {
            (declaration, [name]) => self.add_to(declaration, name, lines, grounds, span),
            (declaration @ Declaration::Checklist(_), [_, _]) => {
                let (name, span) = (declaration.name().cloned(), span);
                self.no_exceptions(name.as_ref(), span);
            }
            (declaration, [rule, line]) => match (criteria(declaration), lines) {
                (Some(criteria), ChangedLines::Exceptions(added)) => {
                    let names: Vec<&str> = criteria.iter().map(|criterion| &*criterion.name.value).collect();
                    let found = criteria.iter().position(|criterion| criterion.name.value == line.value);
                    match found {
                        Some(found) => {
                            if let Some(criterion) = criteria.get_mut(found) {
                                self.add_exceptions(criterion, rule, added);
                            }
                        }
                        None => {
                            let generous = self.report.is_generous();
                            let names: Vec<String> =
                                names.into_iter().filter(|_| generous).map(str::to_owned).collect();
                            self.no_line(rule, line, &names);
                        }
                    }
                }
                (Some(_), ChangedLines::Of(_) | ChangedLines::Codes(_)) => {
                    let message = format!("`{}` is one line, and exceptions are what can be added to it", path(to));
                    let help = format!("write `add to {}`", rule.value);
                    self.report.add(finding(codes::CHANGED_KIND, FILE, span, message).help(help));
                }
                (None, _) => self.no_such_line(declaration, rule, line),
            },
            (_, _) => {
                let message = format!("nothing can be added to `{}`", path(to));
                self.report.add(finding(codes::NOTHING_TO_CHANGE, FILE, span, message));
            }
        }
        self.give_back(at, declaration, of);
    }

    /// A line of a checklist is there or it is not.
    pub(super) fn no_exceptions(&mut self, checklist: Option<&Name>, span: Span) {
        let name = checklist.map_or("", |name| &name.value);
        let message = format!("`{name}` is a checklist, and its lines have no exceptions");
        let help = "replace the line, and say in its condition what may stand instead";
        self.report.add(finding(codes::CHANGED_KIND, FILE, span, message).help(help));
    }

    fn add_exceptions(&mut self, criterion: &mut Criterion, rule: &Name, added: Vec<Exception>) {
        for exception in added {
            if let Some(other) = criterion.exceptions.iter().find(|other| other.name == exception.name) {
                let target = format!("{}.{}.{}", rule.value, criterion.name.value, exception.name.value);
                self.there_already(&target, other.name.span, exception.name.span);
            } else {
                criterion.exceptions.push(exception);
            }
        }
    }

    fn add_to(
        &mut self,
        declaration: &mut Declaration,
        name: &Name,
        lines: ChangedLines,
        grounds: &[Ground],
        span: Span,
    ) {
        match (declaration, lines) {
            (Declaration::Codes(codes), ChangedLines::Codes(entries)) => {
                codes.entries.extend(entries);
                codes.grounds.extend(grounds.iter().cloned());
            }
            (Declaration::Recommend(rule), ChangedLines::Of(Declaration::Recommend(added))) => {
                self.add_advice(rule, *added);
            }
            (Declaration::Task(rule), ChangedLines::Of(Declaration::Task(added))) => self.add_duty(rule, *added),
            (Declaration::Parallel(rule), ChangedLines::Of(Declaration::Parallel(added))) => {
                self.add_tracks(rule, *added);
            }
            (declaration, ChangedLines::Of(Declaration::Eligibility(added)))
                if has_criteria(declaration) || (added.criteria.is_empty() && is_rule(declaration)) =>
            {
                self.add_criteria(declaration, *added, name);
            }
            (_, ChangedLines::Exceptions(_)) => {
                let message = format!("an exception belongs to a line, and `{}` is a whole", name.value);
                let help = format!("name the line, as in `add to {}.age`", name.value);
                self.report.add(finding(codes::CHANGED_KIND, FILE, span, message).help(help));
            }
            (declaration, ChangedLines::Of(_) | ChangedLines::Codes(_)) => {
                self.other_kind(declaration, name, span);
            }
        }
    }

    pub(super) fn other_kind(&mut self, declaration: &Declaration, name: &Name, span: Span) {
        let message = format!("`{}` is declared with `{}`, which has no such lines", name.value, declaration.keyword());
        let found = finding(codes::CHANGED_KIND, FILE, span, message);
        let help = if is_replaceable(declaration) {
            format!(
                "write its own kind of line, or replace the whole: `replace {} {}`",
                declaration.keyword(),
                name.value
            )
        } else {
            "rules and sets of codes are what lines can be added to".to_owned()
        };
        self.report.add(found.help(help));
    }

    fn add_criteria(&mut self, declaration: &mut Declaration, added: crate::syntax::ast::Eligibility, name: &Name) {
        if let Some(when) = added.when {
            match condition(declaration) {
                Some(Some(old)) => {
                    let old = old.span;
                    self.there_already(&format!("{}.when", name.value), old, when.span);
                }
                Some(slot @ None) => {
                    *slot = Some(when);
                    rest_on(declaration, &added.grounds);
                }
                None => self.other_kind(declaration, name, when.span),
            }
        }
        let covers = if let Declaration::Eligibility(rule) = &mut *declaration {
            Some(&mut rule.covers)
        } else {
            declaration.head_mut().map(|head| &mut head.covers)
        };
        if let (Some(added), Some(own)) = (added.covers, covers) {
            match own {
                Some(own) => own.ids.extend(added.ids),
                None => *own = Some(added),
            }
        }
        let is_checklist = matches!(declaration, Declaration::Checklist(_));
        for criterion in added.criteria {
            if let (true, Some(exception)) = (is_checklist, criterion.exceptions.first()) {
                self.no_exceptions(Some(name), exception.span);
                continue;
            }
            let Some(criteria) = criteria(declaration) else { continue };
            match criteria.iter().find(|other| other.name == criterion.name) {
                Some(other) => {
                    let (target, other) = (format!("{}.{}", name.value, other.name.value), other.name.span);
                    self.there_already(&target, other, criterion.name.span);
                }
                None => criteria.push(criterion),
            }
        }
    }

    fn add_advice(&mut self, rule: &mut Recommend, added: Recommend) {
        rule.clauses.extend(added.clauses);
        for (names, more) in [(&mut rule.by, added.by), (&mut rule.excludes, added.excludes)] {
            let more: Vec<Name> = more.into_iter().filter(|name| !names.contains(name)).collect();
            names.extend(more);
        }
        if let Some(text) = added.text.first() {
            match rule.text.first() {
                Some(old) => {
                    let (target, old) = (format!("{}.text", rule.name.value), old.language.span);
                    self.there_already(&target, old, text.language.span);
                }
                None => {
                    rule.text = added.text;
                    advise_on(rule, &added.grounds);
                }
            }
        }
        if let Some(covers) = added.covers {
            match &mut rule.covers {
                Some(own) => own.ids.extend(covers.ids),
                own @ None => *own = Some(covers),
            }
        }
    }

    pub(super) fn there_already(&mut self, target: &str, old: Span, new: Span) {
        let line = self.report.on_line(place(FILE, old), FILE);
        let message = format!("`{target}` is there already{line}");
        let help = format!("write `replace {target}` to put another in its place");
        self.report.add(finding(codes::ADDED_TWICE, FILE, new, message).help(help));
    }

    // ---- finding lines ----------------------------------------------------------------------------------

    pub(super) fn criterion<'d>(
        &mut self,
        declaration: &'d mut Declaration,
        rule: &Name,
        line: &Name,
    ) -> Option<&'d mut Criterion> {
        let Some(lines) = criteria(declaration) else {
            self.no_such_line(declaration, rule, line);
            return None;
        };
        match lines.iter().position(|criterion| criterion.name == *line) {
            Some(found) => criteria(declaration)?.get_mut(found),
            None => {
                let generous = self.report.is_generous();
                let names = lines.iter().filter(|_| generous).map(|criterion| criterion.name.value.to_string());
                let names: Vec<String> = names.collect();
                self.no_line(rule, line, &names);
                None
            }
        }
    }

    pub(super) fn exception(&mut self, criterion: &Criterion, target: &[Name], name: &Name) -> Option<usize> {
        let found = criterion.exceptions.iter().position(|exception| exception.name == *name);
        if found.is_none() {
            let names: Vec<&str> = criterion.exceptions.iter().map(|exception| &*exception.name.value).collect();
            let of = path(target.get(..2).unwrap_or(target));
            let message = format!("`{of}` has no exception `{}`", name.value);
            let near = self.report.did_you_mean(&name.value, names.iter().copied());
            let help = near.unwrap_or_else(|| format!("it has {}", listed(&names)));
            self.report.add(finding(codes::NOTHING_TO_CHANGE, FILE, name.span, message).help(help));
        }
        found
    }

    /// The one line of a recommendation that begins so.
    pub(super) fn clause(&mut self, rule: &Recommend, line: &Name) -> Option<usize> {
        let is_it = |clause: &&RecommendClause| *word(&clause.kind) == *line.value;
        let count = rule.clauses.iter().filter(is_it).count();
        if count > 1 {
            let message = format!("`{}` has {count} lines with `{}`", rule.name.value, spoken(&line.value));
            let help = format!("replace the whole: `replace recommend {}`", rule.name.value);
            self.report.add(finding(codes::NOTHING_TO_CHANGE, FILE, line.span, message).help(help));
            return None;
        }
        let found = rule.clauses.iter().position(|clause| *word(&clause.kind) == *line.value);
        if found.is_none() {
            let mut names: Vec<String> = Vec::new();
            for clause in &rule.clauses {
                let word = word(&clause.kind).to_owned();
                if !names.contains(&word) {
                    names.push(word);
                }
            }
            self.no_line(&rule.name, line, &names);
        }
        found
    }

    pub(super) fn no_line(&mut self, rule: &Name, line: &Name, names: &[String]) {
        let message = format!("`{}` has no line `{}`", rule.value, line.value);
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let near = self.report.did_you_mean(&line.value, names.iter().copied());
        let help = near.unwrap_or_else(|| format!("it has {}", listed(&names)));
        self.report.add(finding(codes::NOTHING_TO_CHANGE, FILE, line.span, message).help(help));
    }

    fn no_such_line(&mut self, declaration: &Declaration, rule: &Name, line: &Name) {
        let message =
            format!("`{}` is declared with `{}`, which has no lines with names", rule.value, declaration.keyword());
        let help = format!("replace the whole: `replace {} {}`", declaration.keyword(), rule.value);
        self.report.add(finding(codes::NOTHING_TO_CHANGE, FILE, line.span, message).help(help));
    }

    // ---- grounds ----------------------------------------------------------------------------------------

    /// Gives each line without a ground those of the change; reports when there are none.
    pub(super) fn ground_lines(&mut self, lines: &mut ChangedLines, grounds: &[Ground], span: Span) {
        let mut lacking: Vec<(String, Span)> = Vec::new();
        let mut give = |own: &mut Vec<Ground>, what: &str, span: Span| {
            if own.is_empty() && grounds.is_empty() {
                lacking.push((what.to_owned(), span));
            } else if own.is_empty() {
                own.extend_from_slice(grounds);
            }
        };
        match lines {
            ChangedLines::Of(Declaration::Recommend(rule)) => {
                for clause in &mut rule.clauses {
                    give(&mut clause.grounds, "this line", clause.span);
                }
                if rule.clauses.is_empty() {
                    give(&mut rule.grounds, "this change", span);
                }
            }
            ChangedLines::Of(Declaration::Task(rule)) => {
                if let Some(done) = &mut rule.done {
                    give(&mut done.grounds, "this line", done.span);
                }
                if let Some(due) = &mut rule.due {
                    give(&mut due.grounds, "this line", due.span);
                }
                if rule.done.is_none() && rule.due.is_none() {
                    give(&mut rule.head.grounds, "this change", span);
                }
            }
            ChangedLines::Of(Declaration::Parallel(rule)) => {
                for track in &mut rule.tracks {
                    give(&mut track.grounds, &format!("the track `{}`", track.name.value), track.span);
                }
                if let Some(within) = &mut rule.within {
                    give(&mut within.grounds, "this line", within.span);
                }
            }
            ChangedLines::Of(declaration) => {
                for criterion in criteria(declaration).into_iter().flatten() {
                    give(&mut criterion.grounds, &format!("the line `{}`", criterion.name.value), criterion.name.span);
                }
                if let Declaration::Eligibility(rule) = declaration
                    && rule.criteria.is_empty()
                {
                    give(&mut rule.grounds, "this change", span);
                }
            }
            ChangedLines::Exceptions(exceptions) => {
                for exception in exceptions {
                    give(
                        &mut exception.grounds,
                        &format!("the exception `{}`", exception.name.value),
                        exception.name.span,
                    );
                }
            }
            ChangedLines::Codes(_) if grounds.is_empty() => lacking.push(("this change".to_owned(), span)),
            ChangedLines::Codes(_) => {}
        }
        for (what, span) in lacking {
            self.no_ground(&what, span);
        }
    }

    pub(super) fn take(&mut self, at: usize) -> Option<Item> {
        self.items.get_mut(at)?.take()
    }

    pub(super) fn give_back(&mut self, at: usize, declaration: Declaration, span: Span) {
        self.put(at, declaration, span);
    }
}

/// The lines with names of a declaration that has such.
pub(super) fn criteria(declaration: &mut Declaration) -> Option<&mut Vec<Criterion>> {
    if let Declaration::Eligibility(rule) = declaration {
        Some(&mut rule.criteria)
    } else if let Declaration::Checklist(rule) = declaration {
        Some(&mut rule.criteria)
    } else {
        None
    }
}

pub(super) fn has_criteria(declaration: &Declaration) -> bool {
    matches!(declaration, Declaration::Eligibility(_) | Declaration::Checklist(_))
}

/// Whether it is a rule that may have a `when`.
pub(super) fn is_rule(declaration: &Declaration) -> bool {
    matches!(
        declaration,
        Declaration::Eligibility(_)
            | Declaration::Checklist(_)
            | Declaration::Task(_)
            | Declaration::Parallel(_)
            | Declaration::Schedule(_)
            | Declaration::Score(_)
            | Declaration::Propose(_)
            | Declaration::Indicator(_)
    )
}

/// The `when` of a declaration that may have one.
pub(super) fn condition(declaration: &mut Declaration) -> Option<&mut Option<Expr>> {
    if let Declaration::Eligibility(rule) = declaration {
        Some(&mut rule.when)
    } else {
        declaration.head_mut().map(|head| &mut head.when)
    }
}

/// What a layer says of a rule as a whole has the layer's ground, beside those of the rule. Where a rule's grounds are
/// shown with each of its lines there is no place for it.
pub(super) fn rest_on(declaration: &mut Declaration, grounds: &[Ground]) {
    let no_place = has_criteria(declaration);
    if let Some(head) = declaration.head_mut().filter(|_| !no_place) {
        head.grounds.extend_from_slice(grounds);
    }
}

/// The same of a recommendation, of which the line that decides shows its own grounds.
pub(super) fn advise_on(rule: &mut Recommend, grounds: &[Ground]) {
    rule.grounds.extend_from_slice(grounds);
    for clause in rule.clauses.iter_mut().filter(|clause| !clause.grounds.is_empty()) {
        clause.grounds.extend_from_slice(grounds);
    }
}

pub(super) fn modality(modality: Modality) -> &'static str {
    match modality {
        Modality::Require => "require",
        Modality::Expect => "expect",
    }
}

/// What a line of a recommendation is called after a dot.
pub(super) fn word(kind: &RecommendClauseKind) -> &'static str {
    match kind {
        RecommendClauseKind::Strength { strength, priority: _ } => match strength {
            Strength::Must => "must",
            Strength::Should => "should",
            Strength::May => "may",
            Strength::Exceptionally => "exceptionally",
            Strength::ShouldNot => "should_not",
            Strength::ResearchOnly => "research_only",
        },
        RecommendClauseKind::NotNeeded => "not_needed",
        RecommendClauseKind::AdviseAgainst => "advise_against",
    }
}

/// As in a rule file.
pub(super) fn spoken(word: &str) -> String {
    word.replace('_', " ")
}
