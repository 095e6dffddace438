//! `unused-fact`: a fact that nothing reads.
//!
//! Whoever gives the facts answers a question for nothing, and a rule may have forgotten it.
//! Fires: a fact that no condition of the guideline names. Does not fire: in a file without rules or one that other
//! files use, since they may read it.

use crate::check::names::World;
use crate::check::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::source::FileId;

pub(in crate::check) fn look(world: &World<'_>, file: FileId, report: &mut Report<'_>) {
    for ((id, fact), place) in world.schema.iter().zip(&world.fact_places) {
        if place.file == file && !world.facts_used.contains(&id) && !report.is_adapted(*place) {
            let message = format!("nothing reads the fact `{}`", fact.name);
            report.add(Diagnostic::new(codes::UNUSED_FACT, *place, message).help("use it or remove it"));
        }
    }
}
