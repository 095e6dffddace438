//! Reads guidelines, cases, facts and code lists from files and folders. Each file counts once, however it is reached.

use crate::Common;
use crate::answer::Failure;
use riktlinje::{Code, CodeLists, Seed, Source, System};
use serde_json::value::RawValue;
use std::collections::{BTreeMap, BTreeSet};
use std::io::Read as _;
use std::path::{Path, PathBuf};

/// Larger files are no rule files; they are refused before they fill the memory.
const MOST_BYTES: u64 = 64 << 20;
/// What comes after so many bytes of a secret is not read.
const LONGEST_SECRET: u64 = 1 << 20;
const MOST_FILES: usize = 10_000;
pub(crate) const GUIDELINE: &str = ".guide";
pub(crate) const CASES: &str = ".cases.yaml";

/// What PATH and `--with` hold.
pub(crate) struct Files {
    /// Of PATH, in the order of their paths within each argument.
    pub(crate) asked: Vec<Source>,
    /// Of `--with`, without those of PATH.
    pub(crate) serving: Vec<Source>,
    /// Where each of `asked` was read.
    pub(crate) paths: Vec<PathBuf>,
    /// Files of cases below PATH, or given as PATH.
    pub(crate) cases: Vec<Source>,
}

/// How a source is named in answers.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Naming {
    /// By its path, for people who will open it.
    Path,
    /// Relative to the outermost folder that was given: the same wherever the command runs.
    Relative,
}

impl Files {
    /// Reads PATH and `--with`.
    pub(crate) fn read(paths: &[PathBuf], common: &Common, naming: Naming) -> Result<Files, Failure> {
        let mut seen = BTreeSet::new();
        let asked = found(paths, &mut seen)?;
        let serving = found(&common.with, &mut seen)?;
        let folders: Vec<&PathBuf> = paths.iter().chain(&common.with).filter(|path| path.is_dir()).collect();
        let mut names = BTreeSet::new();
        let mut read = |path: &Path| {
            let name = match naming {
                Naming::Path => shown(path),
                Naming::Relative => relative(path, &folders),
            };
            let name = if names.insert(name.clone()) { name } else { shown(path) };
            text(path).map(|text| Source::new(name, text))
        };
        let (cases, asked): (Vec<PathBuf>, Vec<PathBuf>) =
            asked.into_iter().partition(|path| path.to_string_lossy().ends_with(CASES));
        Ok(Files {
            asked: asked.iter().map(|path| read(path)).collect::<Result<_, _>>()?,
            serving: serving
                .iter()
                .filter(|path| !path.to_string_lossy().ends_with(CASES))
                .map(|path| read(path))
                .collect::<Result<_, _>>()?,
            cases: cases.iter().map(|path| read(path)).collect::<Result<_, _>>()?,
            paths: asked,
        })
    }
}

/// The rule files and files of cases in these paths, without those seen before.
fn found(paths: &[PathBuf], seen: &mut BTreeSet<PathBuf>) -> Result<Vec<PathBuf>, Failure> {
    let mut found = Vec::new();
    for path in paths {
        if path.is_dir() {
            walk(path, seen, &mut found)?;
        } else {
            let real = path.canonicalize().map_err(|error| unreadable(path, &error))?;
            if seen.insert(real) {
                found.push(path.clone());
            }
        }
    }
    if found.len() > MOST_FILES {
        return Err(Failure::Unusable(format!("error: {} files, {MOST_FILES} is the most", found.len())));
    }
    Ok(found)
}

fn walk(folder: &Path, seen: &mut BTreeSet<PathBuf>, found: &mut Vec<PathBuf>) -> Result<(), Failure> {
    let mut waiting = vec![folder.to_path_buf()];
    // A link may lead back into a folder above it.
    let mut entered = BTreeSet::new();
    let mut files = Vec::new();
    while let Some(folder) = waiting.pop() {
        let real = folder.canonicalize().map_err(|error| unreadable(&folder, &error))?;
        if !entered.insert(real) {
            continue;
        }
        let entries = std::fs::read_dir(&folder).map_err(|error| unreadable(&folder, &error))?;
        for entry in entries {
            let path = entry.map_err(|error| unreadable(&folder, &error))?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with('.') {
                continue;
            }
            if path.is_dir() {
                waiting.push(path);
            } else if name.ends_with(GUIDELINE) || name.ends_with(CASES) {
                files.push(path);
            }
        }
    }
    files.sort();
    for path in files {
        let real = path.canonicalize().map_err(|error| unreadable(&path, &error))?;
        if seen.insert(real) {
            found.push(path);
        }
    }
    Ok(())
}

fn relative(path: &Path, folders: &[&PathBuf]) -> String {
    let below = folders
        .iter()
        .filter_map(|folder| {
            path.canonicalize().ok()?.strip_prefix(folder.canonicalize().ok()?).ok().map(Path::to_owned)
        })
        .max_by_key(|below| below.components().count());
    match below {
        Some(below) => shown(&below),
        None => path.file_name().map_or_else(|| shown(path), |name| name.to_string_lossy().into_owned()),
    }
}

/// With `/` between the parts, on every system.
pub(crate) fn shown(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    text.strip_prefix("./").map(str::to_owned).unwrap_or(text)
}

fn unreadable(path: &Path, error: &std::io::Error) -> Failure {
    Failure::Unusable(format!("error: cannot read `{}`: {error}", shown(path)))
}

/// The secret of random days: the bytes of a file, without a line end after them. Its content is never told.
pub(crate) fn seed(path: &Path) -> Result<Seed, Failure> {
    let mut bytes = Vec::new();
    let read = std::fs::File::open(path).and_then(|file| file.take(LONGEST_SECRET).read_to_end(&mut bytes));
    read.map_err(|error| unreadable(path, &error))?;
    let secret = bytes.strip_suffix(b"\n").unwrap_or(&bytes);
    let secret = secret.strip_suffix(b"\r").unwrap_or(secret);
    Seed::new(secret).ok_or_else(|| Failure::Unusable(format!("error: `{}`: there is no secret in it", shown(path))))
}

/// The text of a file, `-` for standard input.
pub(crate) fn text(path: &Path) -> Result<String, Failure> {
    let mut bytes = Vec::new();
    let read = if path == Path::new("-") {
        std::io::stdin().lock().take(MOST_BYTES + 1).read_to_end(&mut bytes)
    } else {
        std::fs::File::open(path).and_then(|file| file.take(MOST_BYTES + 1).read_to_end(&mut bytes))
    };
    read.map_err(|error| unreadable(path, &error))?;
    let name = if path == Path::new("-") { "standard input".into() } else { format!("`{}`", shown(path)) };
    if bytes.len() as u64 > MOST_BYTES {
        return Err(Failure::Unusable(format!("error: {name} is larger than {} MiB", MOST_BYTES >> 20)));
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(Failure::Unusable(format!("error: {name} is no text: byte {at} is NUL")));
    }
    String::from_utf8(bytes).map_err(|error| {
        let at = error.utf8_error().valid_up_to();
        Failure::Unusable(format!("error: {name} is no UTF-8 text: byte {at} begins no letter"))
    })
}

/// How a text of facts is written.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Form {
    Yaml,
    Json,
}

/// The text of a file of facts. Its name says how it is written; without a name, JSON is what can be read as JSON.
pub(crate) fn facts(path: &Path) -> Result<(String, Form), Failure> {
    let text = text(path)?;
    let is_json = match path.extension() {
        Some(extension) => extension == "json",
        None => serde_json::from_str::<serde::de::IgnoredAny>(&text).is_ok(),
    };
    Ok((text, if is_json { Form::Json } else { Form::Yaml }))
}

/// The code lists of `--codes`: each `NAME.json` holds `{"codes": {SYSTEM: [CODE, …]}}`, where SYSTEM is a name of ours
/// or its address in FHIR; a `"name"` in it goes before the file's.
pub(crate) fn code_lists(common: &Common) -> Result<CodeLists, Failure> {
    let mut lists = CodeLists::new();
    let Some(folder) = &common.codes else { return Ok(lists) };
    let entries = std::fs::read_dir(folder).map_err(|error| unreadable(folder, &error))?;
    let mut files = Vec::new();
    for entry in entries {
        let path = entry.map_err(|error| unreadable(folder, &error))?.path();
        if path.extension().is_some_and(|extension| extension == "json") {
            files.push(path);
        }
    }
    files.sort();
    for path in files {
        let unusable = |why: &str| Failure::Unusable(format!("error: `{}` is no code list: {why}", shown(&path)));
        let text = text(&path)?;
        let Keys(list) = serde_json::from_str(&text).map_err(|error| unusable(&error.to_string()))?;
        let name = match list.get("name") {
            Some(name) => serde_json::from_str(name.get()).map_err(|_| unusable("its `name` is no text"))?,
            None => path.file_stem().unwrap_or_default().to_string_lossy().into_owned(),
        };
        let systems = list.get("codes").ok_or_else(|| unusable("it has no `codes`"))?;
        let Keys(systems) = serde_json::from_str(systems.get()).map_err(|error| unusable(&error.to_string()))?;
        let mut codes = Vec::new();
        let mut is_of_use = systems.is_empty();
        for (system, listed) in &systems {
            // Codes of systems that no rule can name are of no use to any.
            let Some(system) = known_system(system) else { continue };
            is_of_use = true;
            let listed: Vec<String> = serde_json::from_str(listed.get())
                .map_err(|_| unusable("`codes` holds a list for each system, and a code is a text"))?;
            for code in &listed {
                // Systems with a hierarchy list blocks, too: `F10-F19`.
                let block = code.split_once('-').filter(|_| system.is_hierarchical());
                let (from, to) = block.unwrap_or((code, code));
                let read = |code| Code::new(system, code).map_err(|error| unusable(&error.to_string()));
                let (from, to) = (read(from)?, read(to)?);
                if from > to {
                    return Err(unusable(&format!("the block `{from}-{to}` ends before it begins")));
                }
                codes.push((from, to));
            }
        }
        if lists.names().any(|other| other == name) {
            return Err(unusable(&format!("another file has the name `{name}`, too")));
        }
        // A list of which nothing can be read is not supplied: it is not known what it holds.
        if is_of_use {
            lists.insert_ranges(name, codes);
        }
    }
    Ok(lists)
}

/// A set of keys in JSON, none twice.
pub(crate) struct Keys(pub(crate) BTreeMap<String, Box<RawValue>>);

impl<'de> serde::Deserialize<'de> for Keys {
    fn deserialize<D: serde::Deserializer<'de>>(deserializer: D) -> Result<Keys, D::Error> {
        deserializer.deserialize_map(KeysVisitor)
    }
}

struct KeysVisitor;

impl<'de> serde::de::Visitor<'de> for KeysVisitor {
    type Value = Keys;

    fn expecting(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("a set of keys")
    }

    fn visit_map<A: serde::de::MapAccess<'de>>(self, mut map: A) -> Result<Keys, A::Error> {
        let mut keys = BTreeMap::new();
        while let Some((key, value)) = map.next_entry::<String, Box<RawValue>>()? {
            if keys.contains_key(&key) {
                return Err(serde::de::Error::custom(format_args!("`{key}` stands twice")));
            }
            keys.insert(key, value);
        }
        Ok(Keys(keys))
    }
}

fn known_system(name: &str) -> Option<System> {
    System::from_name(name).or(match name {
        "http://www.nlm.nih.gov/research/umls/rxnorm" => Some(System::RxNorm),
        "http://snomed.info/sct" => Some(System::SnomedCt),
        "http://loinc.org" => Some(System::Loinc),
        "http://hl7.org/fhir/sid/icd-10-cm" => Some(System::Icd10Cm),
        "http://hl7.org/fhir/sid/icd-10-se" => Some(System::Icd10Se),
        "http://www.whocc.no/atc" => Some(System::Atc),
        _ => None,
    })
}
