//! Until the front door is there: what `tests/corpus.rs` calls.

use crate::code_lists::CodeLists;
use crate::source::FileId;
use crate::{Diagnostic, Source};

/// What is wrong with these sources; the first is the guideline asked for.
pub fn check(sources: &[Source]) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    let mut files = Vec::new();
    for (source, index) in sources.iter().zip(0..) {
        let (file, found) = crate::syntax::parse(FileId(index), source.text());
        files.push(file);
        diagnostics.extend(found);
    }
    diagnostics.extend(crate::check::check(sources, &files, &CodeLists::new()).1);
    for diagnostic in &mut diagnostics {
        diagnostic.locate(sources);
    }
    diagnostics
}
