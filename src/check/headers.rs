//! What a guideline says about itself, and which files belong together.

use super::labels::localized;
use super::lints;
use super::names::index;
use super::order::order;
use super::report::{Report, finding, place};
use crate::diagnostic::{Severity, codes};
use crate::ir::{Layer, LayerPart, LeapDay, PublicationStatus, Subject};
use crate::language::Localized;
use crate::source::{FileId, Source};
use crate::syntax::ast::{self, Declaration, GuidelineClauseKind, Name, Span, Spanned};
use crate::value::Date;
use std::collections::HashMap;

/// The edition of the language that this library reads.
const EDITION: u32 = 1;

/// A file that takes part: the guideline asked for, or one that it uses.
#[derive(Debug)]
pub(super) struct Loaded<'a> {
    pub(super) file: FileId,
    pub(super) ast: &'a ast::File,
    pub(super) guideline: &'a ast::Guideline,
    /// What it uses itself: where it says so, and the index among the loaded files.
    pub(super) uses: Vec<(&'a Name, usize)>,
}

/// Whether another of the files uses the first: then what seems unused in it may be used there.
pub(super) fn first_is_used(files: &[ast::File]) -> bool {
    let Some(first) = files.first().and_then(ast::File::guideline) else { return false };
    let others = files.iter().skip(1).filter_map(ast::File::guideline);
    others.flat_map(ast::Guideline::uses).any(|used| used.name.value == first.name.value)
}

/// The first file and all it uses, directly or not, in the order in which they are named.
pub(super) fn reachable<'a>(files: &'a [ast::File], report: &mut Report<'a>) -> Vec<Loaded<'a>> {
    let mut by_name: HashMap<&'a str, Vec<usize>> = HashMap::new();
    for (position, file) in files.iter().enumerate() {
        if let Some(guideline) = file.guideline() {
            by_name.entry(&guideline.name.value).or_default().push(position);
        }
    }
    let mut loaded: Vec<Loaded<'a>> = Vec::new();
    let mut at: HashMap<usize, usize> = HashMap::new();
    let mut waiting = vec![0_usize];
    at.insert(0, 0);
    let mut next = 0;
    while let Some(position) = waiting.get(next).copied() {
        next += 1;
        let file = FileId(u16::try_from(position).unwrap_or(u16::MAX));
        let Some(ast) = files.get(position) else { break };
        let Some(guideline) = ast.guideline() else {
            if ast.unreadable.is_empty() {
                let span = ast.items.first().map_or(Span::default(), |item| item.span);
                let span = Span { start: span.start, end: span.start };
                let found = finding(codes::NO_GUIDELINE, file, span, "the file does not say which guideline it is");
                report.add(found.help("start with `guideline some.name`"));
            }
            report.set_incomplete();
            break;
        };
        one_of_a_name(position, guideline, &by_name, report);
        let mut uses: Vec<(&'a Name, usize)> = Vec::new();
        for ast::Reference { name, version: _ } in guideline.uses() {
            if uses.iter().any(|(other, _)| other.value == name.value) {
                let message = format!("`{}` is used twice", name.value);
                report.add(finding(codes::SAID_TWICE, file, name.span, message).help("name it once"));
                continue;
            }
            match by_name.get(&*name.value).and_then(|positions| positions.first()) {
                Some(found) => {
                    let index = *at.entry(*found).or_insert_with(|| {
                        waiting.push(*found);
                        waiting.len() - 1
                    });
                    uses.push((name, index));
                }
                None => {
                    let mut names: Vec<&str> = by_name.keys().copied().collect();
                    names.sort_unstable();
                    let near = report.did_you_mean(&name.value, names);
                    let message = format!("there is no guideline `{}` among the files", name.value);
                    let help = near.unwrap_or_else(|| {
                        "files that only serve `uses` are named with the others, for the runner with `--with`"
                            .to_owned()
                    });
                    report.add(finding(codes::NO_SUCH_GUIDELINE, file, name.span, message).help(help));
                }
            }
        }
        loaded.push(Loaded { file, ast, guideline, uses });
    }
    if loaded.len() < waiting.len() {
        report.set_incomplete();
        let count = loaded.len();
        for file in &mut loaded {
            file.uses.retain(|(_, index)| *index < count);
        }
    }
    rings(&loaded, report);
    loaded
}

fn one_of_a_name<'a>(
    position: usize,
    guideline: &'a ast::Guideline,
    by_name: &HashMap<&'a str, Vec<usize>>,
    report: &mut Report<'a>,
) {
    let others = by_name.get(&*guideline.name.value).map_or(0, Vec::len);
    if others > 1 {
        let file = FileId(u16::try_from(position).unwrap_or(u16::MAX));
        let message = format!("{others} files say that they are `{}`", guideline.name.value);
        let found = finding(codes::TWO_OF_ONE_NAME, file, guideline.name.span, message);
        report.add(found.help("give each its own name, or leave one out"));
    }
}

fn rings(loaded: &[Loaded<'_>], report: &mut Report<'_>) {
    let needs: Vec<Vec<usize>> =
        loaded.iter().map(|file| file.uses.iter().map(|(_, index)| *index).collect()).collect();
    for ring in order(&needs).rings {
        let names: Vec<&str> =
            ring.iter().filter_map(|index| loaded.get(*index)).map(|file| &*file.guideline.name.value).collect();
        let first = ring.first().and_then(|index| loaded.get(*index));
        let next = ring.get(1).or(ring.first());
        let Some(first) = first else { continue };
        let span = first
            .uses
            .iter()
            .find(|(_, index)| Some(index) == next)
            .map_or(first.guideline.name.span, |(name, _)| name.span);
        let message =
            format!("guidelines use each other in a ring: {} → {}", names.join(" → "), first.guideline.name.value);
        let found = finding(codes::RING_OF_USES, first.file, span, message);
        report.add(found.help("move what they share into a guideline of its own"));
    }
}

/// What a guideline says about itself. The leap-day policy is put in by the caller.
pub(super) fn layer<'a>(loaded: &Loaded<'a>, sources: &[Source], report: &mut Report<'a>) -> Layer {
    let file = loaded.file;
    let mut said: Vec<&'static str> = Vec::new();
    let source = sources.get(usize::from(file.0));
    let mut layer = Layer {
        name: loaded.guideline.name.value.clone(),
        language: EDITION,
        title: Localized::default(),
        version: "0.0.0".into(),
        status: PublicationStatus::Draft,
        in_force: None,
        about: Subject::Patient,
        leap_day: LeapDay::February28,
        source: file,
        parts: source.map(|source| layer_parts(&loaded.guideline.name.value, source)).unwrap_or_default(),
    };
    for clause in &loaded.guideline.clauses {
        let word = match &clause.kind {
            GuidelineClauseKind::Language(edition) => {
                if edition.value != EDITION {
                    let message = format!("edition {} of the language is not known here", edition.value);
                    let found = finding(codes::UNKNOWN_EDITION, file, edition.span, message);
                    report.add(found.help(format!("write `language {EDITION}`")));
                }
                "language"
            }
            GuidelineClauseKind::Title(title) => {
                layer.title = localized(title, file, report);
                for text in title.iter().filter(|text| &*text.language.value == "sv") {
                    lints::stigmatising_word::look(&text.text, file, report);
                }
                "title"
            }
            GuidelineClauseKind::Version(version) => {
                layer.version = version.value.clone();
                "version"
            }
            GuidelineClauseKind::Status(status) => {
                let words = [
                    ("draft", PublicationStatus::Draft),
                    ("active", PublicationStatus::Active),
                    ("retired", PublicationStatus::Retired),
                ];
                if let Some(found) = one_of_words(status, "status", &words, file, report) {
                    layer.status = found;
                }
                "status"
            }
            GuidelineClauseKind::InForce { from, through } => {
                layer.in_force = in_force(from, through.as_ref(), file, report);
                "in force"
            }
            GuidelineClauseKind::About(about) => {
                let words = [("patient", Subject::Patient), ("staff", Subject::Staff), ("unit", Subject::Unit)];
                if let Some(found) = one_of_words(about, "subject", &words, file, report) {
                    layer.about = found;
                }
                "about"
            }
            GuidelineClauseKind::Allow(names) => {
                for name in names {
                    lint(name, file, report);
                }
                continue;
            }
            GuidelineClauseKind::Uses(_) => continue,
        };
        if said.contains(&word) {
            report.add(
                finding(codes::SAID_TWICE, file, clause.span, format!("`{word}` is said twice")).help("say it once"),
            );
        }
        said.push(word);
    }
    said.extend(unreadable_clauses(loaded, report));
    lints::unfinished_header::look(&said, layer.status, place(file, loaded.guideline.name.span), report);
    first_and_only(loaded, report);
    layer
}

/// A finding that may be allowed: it has this name and is no error.
fn lint(name: &Name, file: FileId, report: &mut Report<'_>) {
    let lints = || codes::ALL.iter().filter(|code| code.severity != Severity::Error);
    if lints().any(|code| code.title == &*name.value) {
        return;
    }
    let near = report.did_you_mean(&name.value, lints().map(|code| code.title));
    let help = near.unwrap_or_else(|| {
        "warnings and advice can be allowed; their names stand in the manual of findings".to_owned()
    });
    let message = format!("there is no finding `{}` that can be allowed", name.value);
    report.add(finding(codes::UNKNOWN_WORD, file, name.span, message).help(help));
}

fn layer_parts(name: &str, source: &Source) -> Vec<LayerPart> {
    let part = |start: u32, name: &str, file: &Source| {
        let (file, sha256) = (file.name().into(), file.sha256().into());
        LayerPart { start, name: name.into(), file, sha256 }
    };
    match source.parts() {
        [] => vec![part(0, name, source)],
        parts => parts.iter().map(|joined| part(joined.start, &joined.guideline, &joined.file)).collect(),
    }
}

/// Words of clauses that stand in the header; one that could not be read was reported by the parser.
fn unreadable_clauses<'a>(loaded: &Loaded<'a>, report: &Report<'a>) -> Vec<&'static str> {
    let span = loaded.ast.items.iter().find(|item| matches!(item.declaration, Declaration::Guideline(_)));
    let text = span.map_or("", |item| report.text(place(loaded.file, item.span)));
    let starts = |word: &&str| text.lines().any(|line| line.trim_start().starts_with(*word));
    ["language", "title", "version", "status"].into_iter().filter(starts).collect()
}

fn in_force<'a>(
    from: &Spanned<ast::DayLiteral>,
    through: Option<&Spanned<ast::DayLiteral>>,
    file: FileId,
    report: &mut Report<'a>,
) -> Option<(Date, Option<Date>)> {
    let first = day(from, report)?;
    let last = through.map(|through| (day(through, report), through.span));
    match last {
        Some((None, _)) => None,
        Some((Some(last), span)) if last < first => {
            let message = format!("the last day in force, {last}, is before the first, {first}");
            report.add(finding(codes::ENDS_REVERSED, file, span, message).help("write the earlier day first"));
            None
        }
        Some((Some(last), _)) => Some((first, Some(last))),
        None => Some((first, None)),
    }
}

/// A day of the calendar; the parser has reported one that is not.
pub(super) fn day(day: &Spanned<ast::DayLiteral>, report: &mut Report<'_>) -> Option<Date> {
    let found = Date::from_ymd(day.value.year, day.value.month, day.value.day);
    if found.is_none() {
        report.set_incomplete();
    }
    found
}

/// One of a few words; reports another.
pub(super) fn one_of_words<T: Copy>(
    name: &Name,
    what: &str,
    words: &[(&'static str, T)],
    file: FileId,
    report: &mut Report<'_>,
) -> Option<T> {
    if let Some((_, value)) = words.iter().find(|(word, _)| *word == &*name.value) {
        return Some(*value);
    }
    let near = report.did_you_mean(&name.value, words.iter().map(|(word, _)| *word));
    let listed: Vec<&str> = words.iter().map(|(word, _)| *word).collect();
    let help = near.unwrap_or_else(|| format!("write one of {}", listed.join(", ")));
    let message = format!("there is no {what} `{}`", name.value);
    report.add(finding(codes::UNKNOWN_WORD, file, name.span, message).help(help));
    None
}

/// The guideline stands first and once.
fn first_and_only<'a>(loaded: &Loaded<'a>, report: &mut Report<'a>) {
    for (position, item) in loaded.ast.items.iter().enumerate() {
        if let Declaration::Guideline(guideline) = &item.declaration {
            let is_own = std::ptr::eq(&**guideline, loaded.guideline);
            if !is_own {
                let found =
                    finding(codes::SAID_TWICE, loaded.file, guideline.name.span, "one file holds one guideline");
                report.add(found.help("move the second into a file of its own"));
            } else if index(position) > 0 {
                let message = "`guideline` stands before everything else";
                report.add(
                    finding(codes::NO_GUIDELINE, loaded.file, guideline.name.span, message).help("move it to the top"),
                );
            }
        }
    }
}
