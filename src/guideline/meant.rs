//! A guideline as meant, for whoever asks after it was compiled: parameters that are set, expressions, cases. It is made again
//! from the texts when it is first asked for, and then kept.

use crate::check;
use crate::code_lists::CodeLists;
use crate::ir;
use crate::source::{FileId, Source};
use std::sync::{Arc, OnceLock};

/// The guideline as meant, with the parameters that were set.
#[derive(Debug, Clone)]
pub(super) struct Meant {
    made: OnceLock<Arc<ir::Guideline>>,
    /// Those that it was checked with.
    lists: CodeLists,
}

impl Meant {
    /// As the texts say.
    pub(super) fn as_written(lists: CodeLists) -> Meant {
        Meant { made: OnceLock::new(), lists }
    }

    /// Otherwise than the texts say.
    pub(super) fn changed(meant: ir::Guideline) -> Meant {
        Meant { made: OnceLock::from(Arc::new(meant)), lists: CodeLists::new() }
    }

    /// `sources` are those that it was compiled from.
    pub(super) fn get(&self, sources: &[Source]) -> &ir::Guideline {
        // What checking builds has room to grow in it, half as much again; a copy has none.
        self.made.get_or_init(|| Arc::new(again(sources, &self.lists).clone()))
    }
}

fn again(sources: &[Source], lists: &CodeLists) -> ir::Guideline {
    let read = |source: &Source| {
        let (file, _) = crate::syntax::parse(FileId(0), source.text());
        if source.parts().is_empty() { file } else { check::compose(source, file).file }
    };
    let files: Vec<_> = sources.iter().map(read).collect();
    // INVARIANT: these texts were checked with these lists, and no error was found.
    check::check(sources, &files, lists).0.unwrap_or_default()
}
