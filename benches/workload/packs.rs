//! The rules that come with the library, all of them.

use riktlinje::Source;
use std::path::Path;

/// A place in this repository.
pub fn place(within: &str) -> std::path::PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(within)
}

/// Every rule file under `rules`, named by its place, in order.
pub fn sources() -> Vec<Source> {
    let mut sources = Vec::new();
    let mut folders = vec![place("rules")];
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let name = path.strip_prefix(place("")).unwrap().display().to_string();
            if name.ends_with(".guide") {
                sources.push(Source::new(name, std::fs::read_to_string(&path).unwrap()));
            }
        }
    }
    sources.sort_by(|one, other| one.name().cmp(other.name()));
    sources
}
