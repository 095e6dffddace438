//! `unused-source`: a source that nothing cites.
//!
//! It looks as if the guideline rested on it. Fires: a `source` that no ground names. Does not fire: in a file without
//! rules or one that other files use, since they may cite it.

use crate::check::names::{SourceId, World};
use crate::check::report::{Report, finding, place};
use crate::check::scopes::Declarations;
use crate::diagnostic::codes;
use crate::source::FileId;

pub(in crate::check) fn look(
    declarations: &Declarations<'_>,
    world: &World<'_>,
    file: FileId,
    report: &mut Report<'_>,
) {
    for (source, id) in declarations.sources.iter().zip(0..) {
        let name = &source.ast.name;
        let is_used = world.sources_used.contains(&SourceId(id));
        if source.layer == 0 && !is_used && !report.is_adapted(place(file, name.span)) {
            let message = format!("nothing cites the source `{}`", name.value);
            report.add(finding(codes::UNUSED_SOURCE, file, name.span, message).help("cite it or remove it"));
        }
    }
}
