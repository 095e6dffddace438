//! A file of cases, read and checked against its guideline. All mistakes in one run.

use super::expect::Names;
use super::many::{self, Many};
use super::{Case, Cases};
use crate::diagnostic::codes::{self, Code};
use crate::diagnostic::near::nearest;
use crate::diagnostic::{Diagnostic, locate};
use crate::error::FactError;
use crate::facts::tree::{Entry, Node, Quoting, Tree};
use crate::facts::{Facts, typed, yaml};
use crate::guideline::Guideline;
use crate::outcome::FilePlace;
use crate::schedule::Seed;
use crate::source::{FileId, Place, Source};
use crate::value::{Date, DateError};
use std::collections::BTreeMap;

const FILE_KEYS: &[&str] = &["guideline", "base", "cases"];
const CASE_KEYS: &[&str] =
    &["name", "covers", "as_of", "facts", "set", "seed", "period", "patients", "counts", "expect"];

/// The name under `guideline`.
pub(super) fn guideline_named(source: &Source) -> Result<String, Vec<Diagnostic>> {
    let mut reader = Reader::new(source);
    let name = reader.tree().and_then(|node| reader.guideline(&node).map(|(name, _)| name.to_owned()));
    match name {
        Some(name) => Ok(name),
        None => Err(reader.finish()),
    }
}

/// The cases, or everything that is wrong with them.
pub(super) fn cases(source: &Source, guideline: &Guideline) -> Result<Cases, Vec<Diagnostic>> {
    let mut reader = Reader::new(source);
    let cases = reader.tree().map(|node| reader.file(&node, guideline)).unwrap_or_default();
    if reader.found.is_empty() {
        Ok(Cases { guideline: guideline.name().into(), file: source.name().into(), cases })
    } else {
        Err(reader.finish())
    }
}

/// A text and what is found wrong with it.
pub(super) struct Reader {
    /// Without a byte order mark, so that offsets are those of the tree.
    source: Source,
    pub(super) found: Vec<Diagnostic>,
    /// Where each line starts.
    lines: Vec<usize>,
}

impl Reader {
    fn new(source: &Source) -> Reader {
        let text = source.text();
        let source = Source::new(source.name(), text.strip_prefix('\u{feff}').unwrap_or(text));
        let ends = source.text().bytes().enumerate().filter(|(_, byte)| *byte == b'\n');
        let lines = std::iter::once(0).chain(ends.map(|(at, _)| at + 1)).collect();
        Reader { source, found: Vec::new(), lines }
    }

    fn finish(mut self) -> Vec<Diagnostic> {
        locate(&mut self.found, std::slice::from_ref(&self.source));
        self.found.sort_by_key(|diagnostic| (diagnostic.location.line, diagnostic.location.column));
        self.found
    }

    // ---- saying what is wrong ---------------------------------------------------------------------

    fn place(start: usize, length: usize) -> Place {
        let number = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Place { file: FileId(0), start: number(start), end: number(start + length) }
    }

    pub(super) fn report(&mut self, code: Code, place: Place, message: String, help: Option<String>) {
        let diagnostic = Diagnostic::new(code, place, message);
        self.found.push(match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        });
    }

    pub(super) fn at_key(entry: &Entry) -> Place {
        Reader::place(entry.key_at, entry.key.len())
    }

    /// The word that starts there.
    pub(super) fn at(&self, node: &Node) -> Place {
        let rest = self.source.text().get(node.at..).unwrap_or("");
        let length = match (&node.tree, rest.chars().next()) {
            (Tree::Text(text, Quoting::Quoted), Some('"' | '\'')) => text.len() + 2,
            (Tree::Text(text, Quoting::Plain), _) => text.len(),
            _ => rest.find([',', ' ', '\n', '\r', '}', ']']).unwrap_or(rest.len()),
        };
        Reader::place(node.at, length.max(1))
    }

    pub(super) fn wrong_kind(&mut self, node: &Node, what: &str, wanted: &str) {
        let message = format!("{what} is {}, and should be {wanted}", node.kind());
        self.report(codes::CASE_VALUE, self.at(node), message, None);
    }

    /// What reading facts found; `path` is what stands before the error's own path.
    fn facts_errors(&mut self, errors: Vec<FactError>, near: Place) {
        for error in errors {
            let place = error.line_column.and_then(|at| self.place_at(at)).unwrap_or(near);
            // A case's patient is made up: its values may be shown.
            let message = match (error.path.is_empty(), &error.value) {
                (true, _) => error.message,
                (false, None) => format!("`{}`: {}", error.path, error.message),
                (false, Some(value)) => format!("`{}`: {} (found `{value}`)", error.path, error.message),
            };
            self.report(codes::CASE_FACT, place, message, error.help);
        }
    }

    /// From 1.
    fn line(&self, at: usize) -> u32 {
        u32::try_from(self.lines.partition_point(|start| *start <= at)).unwrap_or(u32::MAX)
    }

    fn place_at(&self, (line, column): (u32, u32)) -> Option<Place> {
        let text = self.source.text();
        let start = self.lines.get(line.checked_sub(1)? as usize).copied()?;
        let rest = text.get(start..)?;
        let start = start + rest.char_indices().nth(column.checked_sub(1)? as usize).map_or(0, |(at, _)| at);
        let rest = text.get(start..)?;
        let length = rest.find([',', ':', ' ', '\n', '\r', '}', ']']).unwrap_or(rest.len());
        Some(Reader::place(start, length.max(1)))
    }

    // ---- the parts of a file ----------------------------------------------------------------------

    fn tree(&mut self) -> Option<Node> {
        match yaml::read_tree(self.source.text()) {
            Ok(node) => Some(node),
            Err(errors) => {
                for error in errors {
                    let place = error.line_column.and_then(|at| self.place_at(at)).unwrap_or(Reader::place(0, 0));
                    self.report(codes::CASE_YAML, place, error.message, error.help);
                }
                None
            }
        }
    }

    /// The entries of a set of keys, those that mean nothing here reported.
    pub(super) fn keys<'a>(&mut self, node: &'a Node, what: &str, known: &[&str]) -> BTreeMap<&'a str, &'a Entry> {
        let Tree::Map(entries) = &node.tree else {
            self.wrong_kind(node, what, "a set of keys");
            return BTreeMap::new();
        };
        for entry in entries.iter().filter(|entry| !known.contains(&&*entry.key)) {
            let help = match nearest(&entry.key, known.iter().copied()) {
                Some(near) => format!("did you mean `{near}`?"),
                None => format!("the keys are {}", known.join(", ")),
            };
            let message = format!("{what} has no key `{}`", entry.key);
            self.report(codes::CASE_KEY, Reader::at_key(entry), message, Some(help));
        }
        entries.iter().map(|entry| (&*entry.key, entry)).collect()
    }

    pub(super) fn text<'a>(&mut self, node: &'a Node, what: &str) -> Option<&'a str> {
        match &node.tree {
            Tree::Text(text, _) if !text.trim().is_empty() => Some(text.trim()),
            Tree::Text(..) | Tree::Null | Tree::Truth(_) | Tree::Number(_) | Tree::List(_) | Tree::Map(_) => {
                self.wrong_kind(node, what, "a text");
                None
            }
        }
    }

    fn guideline<'a>(&mut self, node: &'a Node) -> Option<(&'a str, &'a Node)> {
        match node.get("guideline") {
            Some(entry) => Some((self.text(&entry.value, "`guideline`")?, &entry.value)),
            None => {
                let help = "begin with the guideline's name: `guideline: stockholm.laro`".to_owned();
                let message = "the file does not say which guideline its cases are about".to_owned();
                self.report(codes::CASE_WITHOUT, Reader::place(0, 0), message, Some(help));
                None
            }
        }
    }

    fn file(&mut self, node: &Node, guideline: &Guideline) -> Vec<Case> {
        let keys = self.keys(node, "a file of cases", FILE_KEYS);
        if !matches!(node.tree, Tree::Map(_)) {
            return Vec::new();
        }
        if let Some((name, at)) = self.guideline(node)
            && name != guideline.name()
        {
            let message = format!("these cases are about `{name}`, and the guideline is `{}`", guideline.name());
            self.report(codes::CASE_GUIDELINE, self.at(at), message, None);
            return Vec::new();
        }
        let names = Names::of(guideline);
        let base = keys.get("base").map_or_else(Facts::default, |entry| self.facts(entry, guideline).0);
        let Some(list) = keys.get("cases") else {
            let help = "list them below `cases:`, each with `name`, `as_of` and `expect`".to_owned();
            let message = "the file has no cases".to_owned();
            self.report(codes::CASE_WITHOUT, Reader::place(0, 0), message, Some(help));
            return Vec::new();
        };
        let Tree::List(nodes) = &list.value.tree else {
            self.wrong_kind(&list.value, "`cases`", "a list");
            return Vec::new();
        };
        let mut first: BTreeMap<Box<str>, u32> = BTreeMap::new();
        let mut cases = Vec::new();
        for node in nodes {
            let (name, case) = self.case(node, guideline, &names, &base);
            cases.extend(case);
            let Some((name, at)) = name else { continue };
            let line = self.line(at.at);
            if let Some(first) = first.get(name) {
                let message = format!("there are two cases `{name}`");
                let help = format!("the first is on line {first}; name each after what it alone shows");
                self.report(codes::CASE_TWICE, self.at(at), message, Some(help));
            } else {
                first.insert(name.into(), line);
            }
        }
        cases
    }

    /// The case's name and where it stands; the case, unless something is wrong with it.
    fn case<'a>(
        &mut self,
        node: &'a Node,
        guideline: &Guideline,
        names: &Names,
        base: &Facts,
    ) -> (Option<(&'a str, &'a Node)>, Option<Case>) {
        let before = self.found.len();
        let keys = self.keys(node, "a case", CASE_KEYS);
        if !matches!(node.tree, Tree::Map(_)) {
            return (None, None);
        }
        let needed = |reader: &mut Reader, key: &'static str, help: &str| {
            let entry = keys.get(key).copied();
            if entry.is_none() {
                let message = format!("a case has no `{key}`");
                reader.report(codes::CASE_WITHOUT, reader.at(node), message, Some(help.to_owned()));
            }
            entry
        };
        let name = needed(self, "name", "say what the case shows: `name: twenty years old today`")
            .and_then(|entry| Some((self.text(&entry.value, "`name`")?, &entry.value)));
        let as_of = needed(self, "as_of", "say the date of evaluation: `as_of: 2026-11-22`, or a list of dates")
            .map_or_else(Vec::new, |entry| self.dates(&entry.value));
        let about_many = keys.contains_key("patients") || keys.contains_key("counts");
        let expect = needed(self, "expect", "say what should come out: `expect: { eligibility.laro: met }`");
        let many = if about_many { self.many(&keys, guideline, base) } else { None };
        let expect = match expect {
            Some(entry) if !about_many => self.expectations(entry, names),
            Some(_) | None => Vec::new(),
        };
        let covers = keys.get("covers").map_or_else(Vec::new, |entry| self.names_of(&entry.value, "`covers`"));
        let facts = match keys.get("facts") {
            Some(entry) => self.over(base, entry, guideline),
            None => base.clone(),
        };
        let mut set = keys.get("set").map_or_else(Vec::new, |entry| self.parameters(entry, guideline, names));
        // The secret of a case is no secret.
        let seed = keys.get("seed").and_then(|entry| self.scalar(&entry.value, "`seed`"));
        let seed = seed.and_then(|text| Seed::new(text.as_bytes()));
        set.extend(keys.get("period").and_then(|entry| self.period(entry, guideline)));
        if self.found.len() > before {
            return (name, None);
        }
        let case = name.map(|(name, at)| Case {
            name: name.into(),
            place: self.file_place(at),
            covers,
            as_of,
            facts,
            set,
            seed,
            expect,
            many,
        });
        (name, case)
    }

    /// What a case about many patients, or about a table, is given and expects.
    fn many(&mut self, keys: &BTreeMap<&str, &Entry>, guideline: &Guideline, base: &Facts) -> Option<Many> {
        let given = match (keys.get("patients"), keys.get("counts"), keys.get("facts")) {
            (Some(entry), None, None) => many::Given::Patients(self.patients(entry, guideline, base)),
            (None, Some(entry), None) => many::Given::Counts(self.published(entry)),
            (_, Some(entry), _) | (Some(entry), _, _) => {
                let message = "a case has one of `facts`, `patients` and `counts`".to_owned();
                let help = Some("write a case of its own for each".to_owned());
                self.report(codes::CASE_KEY, Reader::at_key(entry), message, help);
                return None;
            }
            (None, None, _) => return None,
        };
        let expect = self.expectations_of_many(keys.get("expect")?, guideline);
        Some(Many { given, expect })
    }

    /// A case's own facts over those of every case; `null` drops one.
    pub(super) fn over(&mut self, base: &Facts, entry: &Entry, guideline: &Guideline) -> Facts {
        let mut facts = base.clone();
        let (own, dropped) = self.facts(entry, guideline);
        facts.given.retain(|name, _| !dropped.contains(name));
        facts.given.extend(own.given);
        facts
    }

    /// The time that indicators look at: two dates, or a year.
    fn period(&mut self, entry: &Entry, guideline: &Guideline) -> Option<(Box<str>, Box<str>)> {
        let text = match &entry.value.tree {
            Tree::Number(Ok(year)) => format!("{year}-01-01..{year}-12-31"),
            Tree::Text(text, _) => text.trim().to_owned(),
            Tree::Null | Tree::Truth(_) | Tree::Number(Err(_)) | Tree::List(_) | Tree::Map(_) => {
                self.wrong_kind(&entry.value, "`period`", "two dates such as `2021-01-01..2021-12-31`, or a year");
                return None;
            }
        };
        if let Err(error) = guideline.set_parameter("period", &text) {
            let help = Some("only a guideline with indicators looks at a period".to_owned());
            self.report(codes::CASE_PARAMETER, self.at(&entry.value), error.to_string(), help);
            return None;
        }
        Some(("period".into(), text.into()))
    }

    pub(super) fn file_place(&self, node: &Node) -> FilePlace {
        FilePlace { file: self.source.name().to_owned(), line: self.line(node.at) }
    }

    fn dates(&mut self, node: &Node) -> Vec<Date> {
        let nodes = match &node.tree {
            Tree::List(nodes) => nodes.as_slice(),
            Tree::Null | Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) | Tree::Map(_) => std::slice::from_ref(node),
        };
        if nodes.is_empty() {
            self.wrong_kind(node, "`as_of`", "a date or a list of at least one");
        }
        let mut dates = Vec::new();
        for node in nodes {
            match &node.tree {
                Tree::Text(text, _) => match text.parse::<Date>() {
                    Ok(date) => dates.push(date),
                    Err(error) => {
                        let help = Some("write a whole date: `as_of: 2026-11-22`".to_owned());
                        let message = match error {
                            DateError::Form => "`as_of` is not a date of the form 2026-11-22",
                            DateError::NoSuchDay => "there is no such day in the calendar",
                        };
                        self.report(codes::CASE_VALUE, self.at(node), message.to_owned(), help);
                    }
                },
                Tree::Null | Tree::Truth(_) | Tree::Number(_) | Tree::List(_) | Tree::Map(_) => {
                    self.wrong_kind(node, "`as_of`", "a date or a list of dates");
                }
            }
        }
        dates
    }

    /// The facts, and the names of those that are `null`.
    fn facts(&mut self, entry: &Entry, guideline: &Guideline) -> (Facts, Vec<Box<str>>) {
        let Tree::Map(entries) = &entry.value.tree else {
            // `facts:` with nothing behind it.
            if !matches!(entry.value.tree, Tree::Null) {
                self.wrong_kind(&entry.value, &format!("`{}`", entry.key), "a set of facts by name");
            }
            return (Facts::default(), Vec::new());
        };
        let dropped = entries.iter().filter(|entry| matches!(entry.value.tree, Tree::Null));
        let dropped = dropped.map(|entry| entry.key.clone()).collect();
        let schema = guideline.schema();
        match typed::read(schema, &entry.value, self.source.text()) {
            Ok(facts) => (facts, dropped),
            Err(errors) => {
                self.facts_errors(errors, Reader::at_key(entry));
                (Facts::default(), dropped)
            }
        }
    }

    /// Parameters, each tried on the guideline.
    fn parameters(&mut self, entry: &Entry, guideline: &Guideline, names: &Names) -> Vec<(Box<str>, Box<str>)> {
        let Tree::Map(entries) = &entry.value.tree else {
            self.wrong_kind(&entry.value, "`set`", "a set of parameters by name");
            return Vec::new();
        };
        let mut set = Vec::new();
        for entry in entries {
            let name = &entry.key;
            if !names.parameters.contains(&**name) {
                let near = nearest(name, names.parameters.iter().map(String::as_str));
                let help = near.map(|near| format!("did you mean `{near}`?"));
                self.report(codes::CASE_NAME, Reader::at_key(entry), format!("there is no parameter `{name}`"), help);
                continue;
            }
            let Some(text) = self.scalar(&entry.value, &format!("`{name}`")) else { continue };
            match guideline.set_parameter(name, &text) {
                Ok(_) => set.push((name.clone(), text)),
                Err(error) => self.report(codes::CASE_PARAMETER, self.at(&entry.value), error.to_string(), None),
            }
        }
        set
    }

    /// A text, number or truth as text.
    fn scalar(&mut self, node: &Node, what: &str) -> Option<Box<str>> {
        match &node.tree {
            Tree::Text(text, _) => Some(text.clone()),
            Tree::Number(Ok(number)) => Some(number.to_string().into()),
            Tree::Truth(value) => Some(if *value { "yes" } else { "no" }.into()),
            Tree::Null | Tree::Number(Err(_)) | Tree::List(_) | Tree::Map(_) => {
                self.wrong_kind(node, what, "one value");
                None
            }
        }
    }

    /// Names in a list, or one by itself.
    fn names_of(&mut self, node: &Node, what: &str) -> Vec<Box<str>> {
        let nodes = match &node.tree {
            Tree::List(nodes) => nodes.as_slice(),
            Tree::Null | Tree::Truth(_) | Tree::Number(_) | Tree::Text(..) | Tree::Map(_) => std::slice::from_ref(node),
        };
        nodes.iter().filter_map(|node| self.text(node, what).map(Into::into)).collect()
    }
}
