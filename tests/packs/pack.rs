//! Reads the packs: rule files, the cases beside them, and what each comes to.

use riktlinje::{Cases, Date, Facts, Guideline, Source};
use serde_json::Value;
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// One file of rules.
pub struct Pack {
    /// From `rules/`, with `/`.
    pub name: String,
    pub text: String,
    /// Cases of guidelines: file and text.
    pub cases: Vec<(String, String)>,
}

pub fn rules() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("rules")
}

fn below(folder: &Path, into: &mut Vec<PathBuf>) {
    let mut paths: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths {
        if path.is_dir() {
            below(&path, into);
        } else {
            into.push(path);
        }
    }
}

/// All of them, by file name.
pub fn packs() -> Vec<Pack> {
    let mut paths = Vec::new();
    below(&rules(), &mut paths);
    let name = |path: &Path| path.strip_prefix(rules()).unwrap().to_string_lossy().replace('\\', "/");
    let text = |path: &Path| fs::read_to_string(path).unwrap();
    let is = |path: &Path, end: &str| path.to_string_lossy().ends_with(end);
    paths
        .iter()
        .filter(|path| is(path, ".guide"))
        .map(|path| {
            let stem = name(path).trim_end_matches(".guide").to_owned();
            let own = paths.iter().filter(|other| is(other, ".cases.yaml"));
            let cases = own.filter(|other| name(other) == format!("{stem}.cases.yaml"));
            Pack { name: name(path), text: text(path), cases: cases.map(|path| (name(path), text(path))).collect() }
        })
        .collect()
}

/// The guideline of a pack, with another text in place of one file's.
pub fn compile(packs: &[Pack], pack: &Pack, changed: Option<(&str, &str)>) -> Result<Guideline, riktlinje::Error> {
    let source = |pack: &Pack| match changed {
        Some((name, text)) if name == pack.name => Source::new(pack.name.as_str(), text),
        _ => Source::new(pack.name.as_str(), pack.text.as_str()),
    };
    let others = packs.iter().filter(|other| other.name != pack.name && is_one_of_many(packs, pack, other));
    Guideline::compile(std::iter::once(source(pack)).chain(others.map(source)))
}

/// Another version of the pack itself does not serve it.
fn is_one_of_many(_packs: &[Pack], pack: &Pack, other: &Pack) -> bool {
    header(&pack.text) != header(&other.text)
}

fn header(text: &str) -> Option<&str> {
    text.lines().find_map(|line| line.strip_prefix("guideline ")).map(|rest| rest.split(' ').next().unwrap_or(rest))
}

/// Whether some case of a pack comes out otherwise than it expects, or can no longer be read against the guideline.
pub fn is_noticed(pack: &Pack, guideline: &Guideline) -> bool {
    pack.cases.iter().any(|(name, text)| {
        let source = Source::new(name.as_str(), text.as_str());
        let Ok(cases) = riktlinje::Cases::read(&source, guideline) else { return true };
        // One after the other: the first that notices is enough.
        let mut names = cases.names();
        names.any(|name| !cases.named_like(name).run(guideline).cases.iter().all(riktlinje::CaseResult::passed))
    })
}

/// One case on one date, and what comes of it.
pub struct Shown {
    pub covers: Vec<String>,
    pub facts: Facts,
    pub date: Date,
    pub set: Vec<(String, String)>,
    outcome: Value,
}

/// The cases of a pack, read against its guideline.
pub fn cases(pack: &Pack, guideline: &Guideline) -> Vec<Cases> {
    let read = |(name, text): &(String, String)| Cases::read(&Source::new(name.as_str(), text.as_str()), guideline);
    pack.cases.iter().map(|case| read(case).unwrap_or_else(|found| panic!("{found:?}"))).collect()
}

/// Every case about one patient, on each of its dates.
pub fn shown(guideline: &Guideline, cases: &[Cases]) -> Vec<Shown> {
    let mut all = Vec::new();
    for info in cases.iter().flat_map(Cases::iter) {
        let Some(facts) = info.facts else { continue };
        let mut guideline = guideline.clone();
        for (name, value) in &info.set {
            guideline = guideline.set_parameter(name, value).unwrap();
        }
        for date in info.as_of {
            let outcome = guideline.evaluate(facts, *date).unwrap();
            all.push(Shown {
                covers: info.covers.iter().map(|row| (*row).to_owned()).collect(),
                facts: facts.clone(),
                date: *date,
                set: info.set.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect(),
                outcome: serde_json::from_str(&outcome.to_json()).unwrap(),
            });
        }
    }
    all
}

impl Shown {
    /// All that the outcome says of a rule, `eligibility.laro`, or a line of it: equal texts are equal answers.
    pub fn said_of(&self, id: &str) -> String {
        said_of(&self.outcome, id)
    }
}

fn said_of(json: &Value, id: &str) -> String {
    let mut parts = id.split('.');
    let (kind, rule, line) = (parts.next().unwrap(), parts.next().unwrap(), parts.next());
    let groups: BTreeMap<&str, (&str, &str)> = BTreeMap::from([
        ("eligibility", ("eligibility", "criteria")),
        ("checklist", ("checklists", "items")),
        ("task", ("tasks", "")),
        ("recommend", ("recommendations", "")),
        ("parallel", ("parallel", "tracks")),
        ("propose", ("proposals", "")),
        ("score", ("scores", "")),
        ("indicator", ("indicators", "")),
        ("schedule", ("schedules", "")),
    ]);
    let (group, lines) = groups[kind];
    let own = json[group].as_array().unwrap().iter().filter(|other| other["id"] == rule);
    let mut said = String::new();
    for one in own {
        let of = |value: &Value| {
            let keys = ["status", "strength", "outcomes", "band", "low", "high", "phase", "next", "dates", "due", "in"];
            keys.iter().filter_map(|key| value.get(key)).map(Value::to_string).collect::<Vec<_>>().join(" ")
        };
        match line {
            None => said += &of(one),
            Some(line) if lines.is_empty() => said += &of(if one["for"] == line { one } else { &Value::Null }),
            Some(line) => {
                let own = one[lines].as_array().unwrap().iter().filter(|other| other["id"] == line);
                own.for_each(|line| said += &of(line));
            }
        }
    }
    said
}
