//! Until the front door is there: what `tests/corpus.rs` calls.

use crate::source::FileId;
use crate::{Diagnostic, Source};

/// What is wrong with these sources; the first is the guideline asked for. Parsing only, so far.
pub fn check(sources: &[Source]) -> Vec<Diagnostic> {
    let mut diagnostics: Vec<Diagnostic> = Vec::new();
    for (source, index) in sources.iter().zip(0..) {
        diagnostics.extend(crate::syntax::parse(FileId(index), source.text()).1);
    }
    for diagnostic in &mut diagnostics {
        diagnostic.locate(sources);
    }
    diagnostics
}
