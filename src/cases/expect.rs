//! What a case expects, and what the guideline can be expected to say at all.

use super::compare;
use super::subjects::{Subject, subjects};
use crate::diagnostic::near::nearest;
use crate::guideline::Guideline;
use crate::outcome::FilePlace;
use crate::schema::FactType;
use std::collections::{BTreeMap, BTreeSet};

/// One key of an `expect`.
#[derive(Debug, Clone)]
pub(super) struct Expectation {
    /// As written.
    pub(super) id: Box<str>,
    pub(super) place: FilePlace,
    pub(super) wanted: Wanted,
}

#[derive(Debug, Clone)]
pub(super) enum Wanted {
    /// `id` is that of the subject, as the outcome writes it.
    Status {
        id: Box<str>,
        rule: Box<str>,
        status: Box<str>,
    },
    /// Something else of a rule's or line's outcome, in the form of [`super::compare::detail`].
    Detail {
        id: Box<str>,
        rule: Box<str>,
        name: &'static str,
        text: Box<str>,
    },
    /// Where an eligibility refers to.
    ReferTo {
        rule: Box<str>,
        party: Option<Box<str>>,
    },
    /// Of a recommendation, a word.
    Strength {
        rule: Box<str>,
        strength: Option<Box<str>>,
    },
    /// Of a recommendation.
    Priority {
        rule: Box<str>,
        priority: Option<u32>,
    },
    /// A shown value in the form of [`super::compare::shown`].
    Value {
        name: Box<str>,
        text: Box<str>,
    },
    /// Facts, sorted.
    Missing(Vec<Box<str>>),
    /// Names of recommendations, each pair sorted, sorted.
    Conflicts(Vec<[Box<str>; 2]>),
    Broken(u32),
    /// Rules, sorted.
    Faults(Vec<Box<str>>),
    Verified(Verified),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verified {
    Yes,
    No,
}

impl Wanted {
    /// The rule that it names, `eligibility.laro`, if it names one.
    pub(super) fn rule(&self) -> Option<&str> {
        match self {
            Wanted::Status { rule, .. }
            | Wanted::Detail { rule, .. }
            | Wanted::ReferTo { rule, .. }
            | Wanted::Strength { rule, .. }
            | Wanted::Priority { rule, .. } => Some(rule),
            Wanted::Value { .. }
            | Wanted::Missing(_)
            | Wanted::Conflicts(_)
            | Wanted::Broken(_)
            | Wanted::Faults(_)
            | Wanted::Verified(_) => None,
        }
    }
}

/// The names that a case may use, of one guideline.
pub(super) struct Names {
    pub(super) subjects: Vec<Subject>,
    by_id: BTreeMap<String, usize>,
    pub(super) parties: BTreeSet<String>,
    pub(super) values: BTreeSet<String>,
    pub(super) facts: BTreeSet<String>,
    pub(super) parameters: BTreeSet<String>,
    /// The whole keys of `expect` besides statuses, for "did you mean".
    pub(super) keys: Vec<String>,
}

/// What a key of `expect` is about.
pub(super) enum Key<'a> {
    Status(&'a Subject),
    ReferTo(&'a Subject),
    Strength(&'a Subject),
    Priority(&'a Subject),
    Detail(&'a Subject, &'static str),
    Value(&'a str),
    Missing,
    Conflicts,
    Broken,
    Faults,
    Verified,
}

impl Names {
    pub(super) fn of(guideline: &Guideline) -> Names {
        let meant = guideline.meant();
        let subjects = subjects(meant);
        let by_id = subjects.iter().enumerate().map(|(index, subject)| (subject.id.clone(), index)).collect();
        let mut facts = BTreeSet::new();
        for (_, fact) in meant.schema.iter() {
            facts.insert(fact.name.to_string());
            let fields = match &fact.ty {
                FactType::Scalar(_) => continue,
                FactType::Record { fields, .. } | FactType::List { fields, .. } => fields,
            };
            facts.extend(fields.list.iter().map(|field| format!("{}.{}", fact.name, field.name)));
        }
        let values: BTreeSet<String> =
            meant.defines.iter().filter(|define| define.shown).map(|define| define.name.to_string()).collect();
        let mut keys: Vec<String> = ["missing", "conflicts", "broken", "faults", "verified"].map(str::to_owned).into();
        keys.extend(values.iter().map(|name| format!("values.{name}")));
        for subject in &subjects {
            keys.push(subject.id.clone());
            keys.extend(subject.kind.details().iter().map(|detail| format!("{}.{detail}", subject.id)));
        }
        Names {
            by_id,
            parties: meant.parties.iter().map(|party| party.name.to_string()).collect(),
            values,
            facts,
            parameters: meant.parameters.iter().map(|parameter| parameter.name.to_string()).collect(),
            keys,
            subjects,
        }
    }

    /// What a key is about. `recommendations.x`, as the outcome's JSON groups them, is `recommend.x`, and so for all.
    pub(super) fn key(&self, key: &str) -> Option<Key<'_>> {
        match key {
            "missing" => return Some(Key::Missing),
            "conflicts" => return Some(Key::Conflicts),
            "broken" => return Some(Key::Broken),
            "faults" => return Some(Key::Faults),
            "verified" => return Some(Key::Verified),
            _ => {}
        }
        if let Some(name) = key.strip_prefix("values.") {
            return self.values.get(name).map(|name| Key::Value(name));
        }
        if let Some(subject) = self.subject(key) {
            return Some(Key::Status(subject));
        }
        let (id, last) = key.rsplit_once('.')?;
        let subject = self.subject(id)?;
        let detail = subject.kind.details().iter().copied().find(|detail| *detail == last)?;
        Some(match detail {
            "refer_to" => Key::ReferTo(subject),
            "strength" => Key::Strength(subject),
            "priority" => Key::Priority(subject),
            detail => Key::Detail(subject, detail),
        })
    }

    /// The rule or criterion of that id.
    pub(super) fn subject(&self, id: &str) -> Option<&Subject> {
        let id = by_keyword(id);
        self.by_id.get(&id).and_then(|index| self.subjects.get(*index))
    }

    /// The id of a rule or criterion that `name` most likely means: the one of that name, else the nearest.
    pub(super) fn near_subject(&self, name: &str) -> Option<&str> {
        let ids = || self.subjects.iter().map(|subject| subject.id.as_str());
        ids().find(|id| compare::bare(id) == name).or_else(|| nearest(name, ids()))
    }

    /// The fact of `diagnoses`, `diagnoses[0].onset` or `referral.received`, a parameter too.
    pub(super) fn can_be_missing(&self, name: &str) -> bool {
        // The secret that random weekdays are drawn with.
        if name == "seed" {
            return true;
        }
        let mut path = String::new();
        let mut rest = name;
        while let Some((before, after)) = rest.split_once('[') {
            path.push_str(before);
            let Some((index, after)) = after.split_once(']') else { return false };
            if index.is_empty() || !index.bytes().all(|byte| byte.is_ascii_digit()) {
                return false;
            }
            rest = after;
        }
        path.push_str(rest);
        self.facts.contains(&path) || self.parameters.contains(&path)
    }
}

/// `recommend.x` of `recommendations.x`: a case may group rules as the outcome's JSON does.
pub(super) fn by_keyword(id: &str) -> String {
    let groups = [
        ("recommendations", "recommend"),
        ("checklists", "checklist"),
        ("tasks", "task"),
        ("proposals", "propose"),
        ("scores", "score"),
        ("indicators", "indicator"),
        ("schedules", "schedule"),
    ];
    let Some((group, rest)) = id.split_once('.') else { return id.to_owned() };
    let keyword = groups.iter().find(|(name, _)| *name == group).map_or(group, |(_, keyword)| keyword);
    format!("{keyword}.{rest}")
}
