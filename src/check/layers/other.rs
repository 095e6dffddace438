//! Lines of tasks and of treatments side by side, added, put in the place of others, or taken away.

use super::{FILE, Merge};
use crate::check::report::finding;
use crate::diagnostic::codes;
use crate::syntax::ast::{Name, Parallel, Span, Task};

impl Merge<'_, '_> {
    pub(super) fn add_duty(&mut self, rule: &mut Task, added: Task) {
        let name = rule.head.name.value.clone();
        self.add_one(&mut rule.for_each, added.for_each, &format!("{name}.for"), |each| each.span);
        self.add_one(&mut rule.done, added.done, &format!("{name}.done"), |done| done.span);
        self.add_one(&mut rule.due, added.due, &format!("{name}.due"), |due| due.span);
    }

    pub(super) fn add_tracks(&mut self, rule: &mut Parallel, added: Parallel) {
        for track in added.tracks {
            match rule.tracks.iter().find(|other| other.name == track.name) {
                Some(other) => {
                    let target = format!("{}.{}", rule.head.name.value, track.name.value);
                    self.there_already(&target, other.span, track.span);
                }
                None => rule.tracks.push(track),
            }
        }
        let target = format!("{}.start", rule.head.name.value);
        self.add_one(&mut rule.within, added.within, &target, |within| within.span);
    }

    fn add_one<T>(&mut self, slot: &mut Option<T>, added: Option<T>, target: &str, span: impl Fn(&T) -> Span) {
        match (&slot, added) {
            (Some(old), Some(new)) => self.there_already(target, span(old), span(&new)),
            (None, Some(new)) => *slot = Some(new),
            (_, None) => {}
        }
    }

    pub(super) fn replace_duty(&mut self, rule: &mut Task, line: &Name, new: Task) {
        let Task { head: _, for_each, done, due } = new;
        let name = rule.head.name.clone();
        match &*line.value {
            "for" if done.is_none() && due.is_none() => self.replace_slot(&mut rule.for_each, for_each, &name, line),
            "done" if for_each.is_none() && due.is_none() => self.replace_slot(&mut rule.done, done, &name, line),
            "due" if for_each.is_none() && done.is_none() => self.replace_slot(&mut rule.due, due, &name, line),
            "for" | "done" | "due" => self.not_that_line(&name, line),
            _ => self.no_line(&name, line, &["for", "done", "due"].map(str::to_owned)),
        }
    }

    pub(super) fn replace_track(&mut self, rule: &mut Parallel, line: &Name, new: Parallel) {
        let name = rule.head.name.clone();
        if *line.value == *"start" {
            if new.tracks.is_empty() {
                self.replace_slot(&mut rule.within, new.within, &name, line);
            } else {
                self.not_that_line(&name, line);
            }
            return;
        }
        let Some(found) = self.track(rule, line) else { return };
        let mut tracks = new.tracks.into_iter();
        match (tracks.next(), tracks.next(), new.within) {
            (Some(track), None, None) if track.name == *line => {
                if let Some(slot) = rule.tracks.get_mut(found) {
                    *slot = track;
                }
            }
            (Some(track), None, None) => {
                self.another_name(&format!("{}.{}", name.value, line.value), &track.name, line);
            }
            (_, _, _) => self.not_that_line(&name, line),
        }
    }

    fn replace_slot<T>(&mut self, slot: &mut Option<T>, new: Option<T>, rule: &Name, line: &Name) {
        match (&slot, new) {
            (_, None) => self.not_that_line(rule, line),
            (None, Some(_)) => {
                let message = format!("`{}` has no `{}` to replace", rule.value, line.value);
                let help = format!("write `add to {}`", rule.value);
                self.report.add(finding(codes::NOTHING_TO_CHANGE, FILE, line.span, message).help(help));
            }
            (Some(_), new @ Some(_)) => *slot = new,
        }
    }

    fn not_that_line(&mut self, rule: &Name, line: &Name) {
        let message = format!("`{}.{}` is one line, and one line of its kind replaces it", rule.value, line.value);
        let help = format!("write the line that begins with `{}`, and no other", line.value);
        self.report.add(finding(codes::CHANGED_KIND, FILE, line.span, message).help(help));
    }

    pub(super) fn remove_duty(&mut self, rule: &mut Task, line: &Name) -> Option<()> {
        match &*line.value {
            "for" if rule.for_each.is_some() => rule.for_each = None,
            "due" if rule.due.is_some() => rule.due = None,
            "done" => {
                let name = &rule.head.name.value;
                let message = format!("a task says when it is done, so `{name}.done` can be replaced and not removed");
                let help = format!("write `replace {name}.done`, or `remove {name}`");
                self.report.add(finding(codes::CHANGED_KIND, FILE, line.span, message).help(help));
                return None;
            }
            _ => {
                self.no_line(&rule.head.name, line, &["for", "due"].map(str::to_owned));
                return None;
            }
        }
        Some(())
    }

    pub(super) fn remove_track(&mut self, rule: &mut Parallel, line: &Name) -> Option<()> {
        let found = self.track(rule, line)?;
        rule.tracks.remove(found);
        Some(())
    }

    fn track(&mut self, rule: &Parallel, line: &Name) -> Option<usize> {
        let found = rule.tracks.iter().position(|track| track.name == *line);
        if found.is_none() {
            let names: Vec<String> = rule.tracks.iter().map(|track| track.name.value.to_string()).collect();
            self.no_line(&rule.head.name, line, &names);
        }
        found
    }
}
