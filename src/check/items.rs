//! The items of scores as facts: declared where nothing else does, with the values that they can have.

use super::headers::Loaded;
use super::labels::{Purpose, Wording};
use super::names::{Declared, Entry, World};
use super::report::{Report, finding, place};
use super::scopes::Own;
use crate::diagnostic::codes;
use crate::language::Localized;
use crate::schema::{Allowed, FactId, FactRole, FactSchema, FactType, ScalarType};
use crate::source::FileId;
use crate::syntax::ast::{Declaration, ItemPoints, Name, Score, ScoreItem, Span, Spanned};
use crate::value::Number;

/// Once all declarations are known by name: an item may come before the fact that it is. What is used comes first.
pub(super) fn declare<'a>(
    loaded: &[Loaded<'a>],
    wordings: &[Wording],
    own: &mut Own<'a>,
    world: &mut World<'a>,
    report: &mut Report<'a>,
) {
    for (layer, (file, wording)) in loaded.iter().zip(wordings).enumerate().rev() {
        let mut items = Items { layer, file, wording: *wording, own, world, report };
        for item in &file.ast.items {
            if let Declaration::Score(score) = &item.declaration {
                items.score(score);
            }
        }
    }
}

struct Items<'i, 'a> {
    layer: usize,
    file: &'i Loaded<'a>,
    wording: Wording,
    own: &'i mut Own<'a>,
    world: &'i mut World<'a>,
    report: &'i mut Report<'a>,
}

impl<'a> Items<'_, 'a> {
    fn score(&mut self, score: &'a Score) {
        for item in &score.items {
            let Some(allowed) = allowed(&item.points, self.wording.file, self.report) else { continue };
            let words = self.words(item);
            for name in &item.names {
                if let Some(fact) = self.fact(name, words.clone()) {
                    self.allow(fact, name, &allowed);
                }
            }
        }
        if let Some(given) = &score.given {
            self.fact(&given.fact, Words::default());
        }
    }

    fn file(&self) -> FileId {
        self.wording.file
    }

    /// What people call the item, and what to ask. Said to be missing only where no fact has a label for it.
    fn words(&mut self, item: &'a ScoreItem) -> Words {
        let Some(name) = item.names.iter().find(|name| self.find(name).is_none()) else { return Words::default() };
        Words {
            label: self.wording.read(&item.label, Purpose::Label, name, self.report),
            question: self.wording.read(&item.question, Purpose::Optional, name, self.report),
        }
    }

    fn find(&self, name: &Name) -> Option<Entry> {
        let in_layer = |layer: usize| self.own.get(layer).and_then(|(_, known)| known.get(&*name.value).copied());
        in_layer(self.layer).or_else(|| self.file.uses.iter().find_map(|(_, used)| in_layer(*used)))
    }

    /// The fact of that name; a number where none declares it.
    fn fact(&mut self, name: &'a Name, words: Words) -> Option<FactId> {
        if self.file.ast.unreadable.iter().any(|broken| broken.value == name.value) {
            self.report.set_incomplete();
            return None;
        }
        let id = match self.find(name).map(|entry| (entry.what, entry.place)) {
            Some((Declared::Fact(id), _)) => id,
            Some((declared, at)) => {
                let line = self.report.on_line(at, self.file());
                let message = format!("`{}` is {}, and an item of a score is a number", name.value, declared.word());
                let found = finding(codes::WRONG_KIND_OF_NAME, self.file(), name.span, message);
                self.report.add(found.label(format!("declared{line}")));
                return None;
            }
            None => {
                let at = place(self.file(), name.span);
                let (id, at) = match self.world.schema.find(&name.value) {
                    // An item that a score of another guideline has, too.
                    Some(id) => (id, self.world.fact_places.get(id.0 as usize).copied().unwrap_or(at)),
                    None => (self.new_fact(name, words)?, at),
                };
                if let Some((names, known)) = self.own.get_mut(self.layer) {
                    let what = Declared::Fact(id);
                    known.insert(&name.value, Entry { what, place: at });
                    names.push((name, what));
                }
                id
            }
        };
        let ty = self.world.schema.get(id).map(|fact| &fact.ty);
        if !matches!(ty, Some(FactType::Scalar(ScalarType::Number | ScalarType::Any))) {
            let message = format!("`{}` is no number, so it gives no points", name.value);
            let found = finding(codes::ITEM_VALUES, self.file(), name.span, message);
            let help = "declare it as `number`, or say what it is worth: `item …: 1 when …`";
            self.report.add(found.help(help));
            return None;
        }
        Some(id)
    }

    fn new_fact(&mut self, name: &Name, words: Words) -> Option<FactId> {
        let id = self.world.schema.add(FactSchema {
            name: name.value.clone(),
            role: FactRole::Patient,
            ty: FactType::Scalar(ScalarType::Number),
            not_mentioned: None,
            valid_for: None,
            allowed: None,
            label: words.label,
            question: words.question,
        })?;
        self.world.index_fields(id);
        self.world.fact_places.push(place(self.file(), name.span));
        Some(id)
    }

    fn allow(&mut self, fact: FactId, name: &Name, allowed: &Allowed) {
        let Some(schema) = self.world.schema.get_mut(fact) else { return };
        match &schema.allowed {
            None => schema.allowed = Some(allowed.clone()),
            Some(other) if other == allowed => {}
            Some(other) => {
                let message = format!("the item `{}` is {allowed} here and {other} in another score", name.value);
                let found = finding(codes::ITEM_VALUES, self.wording.file, name.span, message);
                self.report.add(found.help("an item that scores share has the same values in each"));
            }
        }
    }
}

#[derive(Clone, Default)]
struct Words {
    label: Localized,
    question: Localized,
}

/// The values after `each`; `None` for points that depend on conditions, and for a mistake.
fn allowed(points: &ItemPoints, file: FileId, report: &mut Report<'_>) -> Option<Allowed> {
    match points {
        ItemPoints::Weighted { .. } => None,
        ItemPoints::Range(low, high) => {
            let span = Span { start: low.span.start, end: high.span.end };
            let (Some(from), Some(to)) = (whole(low.value), whole(high.value)) else {
                let found =
                    finding(codes::ITEM_VALUES, file, span, "from one number to another stands for whole numbers");
                report.add(found.help("write the values out: `each 0, 0.5 or 1`"));
                return None;
            };
            if from >= to {
                let message = "nothing lies between these: the first end is the higher";
                report.add(finding(codes::ENDS_REVERSED, file, span, message).help("write the lower end first"));
                return None;
            }
            Some(Allowed::Whole { low: from, high: to })
        }
        ItemPoints::Listed(listed) => {
            let mut numbers: Vec<Number> = Vec::with_capacity(listed.len());
            for Spanned { value, span } in listed {
                if numbers.contains(value) {
                    let message = format!("the value {value} stands here twice");
                    report.add(finding(codes::SAID_TWICE, file, *span, message).help("leave one out"));
                } else {
                    numbers.push(*value);
                }
            }
            numbers.sort_unstable();
            Some(Allowed::Listed(numbers.into()))
        }
    }
}

fn whole(number: Number) -> Option<i64> {
    number.to_integer().and_then(|number| i64::try_from(number).ok())
}
