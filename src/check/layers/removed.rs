//! What a layer took away, and findings about what still names it.

use crate::diagnostic::{Diagnostic, codes};
use crate::source::{FileId, Source};
use crate::syntax::ast::{Name, Span};
use std::collections::HashMap;

/// Something that a layer removed.
#[derive(Debug)]
pub(crate) struct Removed {
    path: Vec<Box<str>>,
    /// Where that is said, in the joined text.
    pub(super) span: Span,
}

impl Removed {
    pub(super) fn new(target: &[Name], span: Span) -> Removed {
        Removed { path: target.iter().map(|name| name.value.clone()).collect(), span }
    }

    pub(super) fn is(&self, path: &[&str]) -> bool {
        self.path.iter().map(|name| &**name).eq(path.iter().copied())
    }

    /// Says of findings about names that are not there that they were removed. `file` is the place of `whole` among the
    /// files that were checked.
    pub(crate) fn explain(removed: &[Removed], whole: &Source, file: FileId, found: &mut [Diagnostic]) {
        let missing = [codes::NOT_DECLARED, codes::NO_SUCH_FIELD];
        let by_name: HashMap<&str, &Removed> =
            removed.iter().rev().filter_map(|removed| Some((&**removed.path.last()?, removed))).collect();
        for finding in found.iter_mut().filter(|finding| finding.place.file == file && missing.contains(&finding.code))
        {
            let text = whole.text().get(finding.place.start as usize..finding.place.end as usize).unwrap_or("");
            let last = text.rsplit('.').next().unwrap_or(text);
            let Some(removed) = by_name.get(last) else { continue };
            let (part, at) = whole.file_at(removed.span.start);
            let (path, line) = (removed.path.join("."), part.line(at));
            finding.help = Some(format!(
                "`{path}` is removed on line {line} of {}: change what names it, or leave it in",
                part.name()
            ));
        }
    }
}
