//! The `expect` of a case, read and checked.

use super::compare;
use super::expect::{Expectation, Key, Names, Verified, Wanted, by_keyword};
use super::read::Reader;
use super::subjects::Subject;
use crate::diagnostic::codes;
use crate::diagnostic::near::nearest;
use crate::facts::tree::{Entry, Node, Tree};

impl Reader {
    pub(super) fn expectations(&mut self, entry: &Entry, names: &Names) -> Vec<Expectation> {
        let entries = match &entry.value.tree {
            Tree::Map(entries) => entries.as_slice(),
            Tree::Null => &[],
            Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) | Tree::List(_) => {
                self.wrong_kind(&entry.value, "`expect`", "a set of keys");
                return Vec::new();
            }
        };
        if entries.is_empty() {
            let help = "name at least one rule with its status: `eligibility.laro: met`".to_owned();
            let message = "the case expects nothing, so it cannot fail".to_owned();
            self.report(codes::CASE_NOTHING, Reader::at_key(entry), message, Some(help));
        }
        entries.iter().filter_map(|entry| self.expectation(entry, names)).collect()
    }

    fn expectation(&mut self, entry: &Entry, names: &Names) -> Option<Expectation> {
        let Some(key) = names.key(&entry.key) else {
            let written = by_keyword(&entry.key);
            let near = nearest(&written, names.keys.iter().map(String::as_str));
            let help = match near.or_else(|| names.near_subject(&written)) {
                Some(near) => format!("did you mean `{near}`?"),
                None => "the ids are those of the outcome: `eligibility.RULE`, `eligibility.RULE.CRITERION`, \
                         `recommend.RULE`, `values.NAME`, `missing`"
                    .to_owned(),
            };
            let message = format!("there is nothing in the outcome that is called `{}`", entry.key);
            self.report(codes::CASE_NAME, Reader::at_key(entry), message, Some(help));
            return None;
        };
        let node = &entry.value;
        let wanted = match key {
            Key::Status(subject) => self.status(node, subject)?,
            Key::ReferTo(subject) => {
                let party = self.name_or_null(node, "`refer_to`")?;
                if let Some(party) = &party
                    && !names.parties.contains(&**party)
                {
                    let near = nearest(party, names.parties.iter().map(String::as_str));
                    let help = near.map(|near| format!("did you mean `{near}`?"));
                    self.report(codes::CASE_NAME, self.at(node), format!("there is no party `{party}`"), help);
                    return None;
                }
                Wanted::ReferTo { rule: subject.rule.as_str().into(), party }
            }
            Key::Strength(subject) => {
                let strength = self.name_or_null(node, "`strength`")?;
                let words = ["must", "should", "may", "exceptionally", "should_not", "research_only"];
                if let Some(word) = &strength
                    && !words.contains(&&**word)
                {
                    let message = format!("`{word}` is no strength");
                    let help = Some(format!("the strengths are {}", words.join(", ")));
                    self.report(codes::CASE_STATUS, self.at(node), message, help);
                    return None;
                }
                Wanted::Strength { rule: subject.rule.as_str().into(), strength }
            }
            Key::Priority(subject) => {
                let priority =
                    if matches!(node.tree, Tree::Null) { None } else { Some(self.count(node, "`priority`")?) };
                Wanted::Priority { rule: subject.rule.as_str().into(), priority }
            }
            Key::Detail(subject, name) => {
                let Some(text) = compare::written_detail(node) else {
                    self.wrong_kind(
                        node,
                        &format!("`{}`", entry.key),
                        "a value, or a list of names, as in the outcome",
                    );
                    return None;
                };
                Wanted::Detail {
                    id: subject.id.as_str().into(),
                    rule: subject.rule.as_str().into(),
                    name,
                    text: text.into(),
                }
            }
            Key::Value(name) => {
                let Some(text) = compare::written(node) else {
                    self.wrong_kind(node, &format!("`{}`", entry.key), "a value as the outcome shows it");
                    return None;
                };
                Wanted::Value { name: name.into(), text: text.into() }
            }
            Key::Missing => Wanted::Missing(self.known_names(node, "`missing`", "fact or parameter", |name| {
                if names.can_be_missing(name) {
                    return Ok(());
                }
                Err(nearest(name, names.facts.iter().chain(&names.parameters).map(String::as_str)).map(str::to_owned))
            })),
            Key::Conflicts => Wanted::Conflicts(self.conflicts(node, names)),
            Key::Broken => Wanted::Broken(self.count(node, "`broken`")?),
            Key::Faults => Wanted::Faults(self.known_names(node, "`faults`", "rule", |name| {
                if names.subject(name).is_some() {
                    return Ok(());
                }
                Err(names.near_subject(name).map(str::to_owned))
            })),
            Key::Verified => Wanted::Verified(match node.tree {
                Tree::Truth(true) => Verified::Yes,
                Tree::Truth(false) => Verified::No,
                Tree::Null | Tree::Number(_) | Tree::Text(..) | Tree::List(_) | Tree::Map(_) => {
                    self.wrong_kind(node, "`verified`", "`true` or `false`");
                    return None;
                }
            }),
        };
        Some(Expectation { id: entry.key.clone(), place: self.file_place(node), wanted })
    }

    fn status(&mut self, node: &Node, subject: &Subject) -> Option<Wanted> {
        let word = self.text(node, &format!("the status of `{}`", subject.id))?;
        if let Some(status) = subject.statuses.iter().find(|status| ***status == *word).cloned() {
            return Some(Wanted::Status { id: subject.id.as_str().into(), rule: subject.rule.as_str().into(), status });
        }
        let words = subject.kind.words();
        let (message, help) = if words.contains(&word) {
            let message = format!("`{}` can never be `{word}`", subject.id);
            (message, format!("it can be {}", subject.statuses.join(", ")))
        } else {
            let help = match nearest(word, words.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("it can be {}", subject.statuses.join(", ")),
            };
            (format!("`{word}` is no status of {}", subject.kind.noun()), help)
        };
        self.report(codes::CASE_STATUS, self.at(node), message, Some(help));
        None
    }

    /// Names in a list, each known, sorted.
    fn known_names(
        &mut self,
        node: &Node,
        what: &str,
        noun: &str,
        known: impl Fn(&str) -> Result<(), Option<String>>,
    ) -> Vec<Box<str>> {
        let Tree::List(nodes) = &node.tree else {
            self.wrong_kind(node, what, "a list, `[]` for none");
            return Vec::new();
        };
        let mut found: Vec<Box<str>> = Vec::new();
        for node in nodes {
            let Some(name) = self.text(node, what) else { continue };
            match known(name) {
                Ok(()) => found.push(name.into()),
                Err(near) => {
                    let help = near.map(|near| format!("did you mean `{near}`?"));
                    self.report(codes::CASE_NAME, self.at(node), format!("there is no {noun} `{name}`"), help);
                }
            }
        }
        found.sort();
        found
    }

    fn conflicts(&mut self, node: &Node, names: &Names) -> Vec<[Box<str>; 2]> {
        let Tree::List(pairs) = &node.tree else {
            self.wrong_kind(node, "`conflicts`", "a list of pairs, `[]` for none");
            return Vec::new();
        };
        let mut conflicts = Vec::new();
        for pair in pairs {
            let before = self.found.len();
            let rules = self.known_names(pair, "a conflict", "recommendation", |name| {
                let id = format!("recommend.{}", compare::bare(name));
                if names.subject(&id).is_some() {
                    return Ok(());
                }
                Err(names.near_subject(&id).map(str::to_owned))
            });
            let mut rules: Vec<Box<str>> = rules.iter().map(|rule| compare::bare(rule).into()).collect();
            rules.sort();
            match <[Box<str>; 2]>::try_from(rules) {
                Ok(two) => conflicts.push(two),
                Err(_) if self.found.len() > before => {}
                Err(_) => self.wrong_kind(pair, "a conflict", "a pair of recommendations, `[first, second]`"),
            }
        }
        conflicts.sort();
        conflicts
    }

    fn name_or_null(&mut self, node: &Node, what: &str) -> Option<Option<Box<str>>> {
        match &node.tree {
            Tree::Null => Some(None),
            Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) | Tree::List(_) | Tree::Map(_) => {
                self.text(node, what).map(|name| Some(name.into()))
            }
        }
    }

    pub(super) fn count(&mut self, node: &Node, what: &str) -> Option<u32> {
        let number = match &node.tree {
            Tree::Number(Ok(number)) => number.to_integer().and_then(|number| u32::try_from(number).ok()),
            Tree::Null | Tree::Truth(_) | Tree::Number(Err(_)) | Tree::Text(..) | Tree::List(_) | Tree::Map(_) => None,
        };
        if number.is_none() {
            self.wrong_kind(node, what, "a whole number");
        }
        number
    }
}
