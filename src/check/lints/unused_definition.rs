//! `unused-definition`: a definition that nothing names.
//!
//! It looks as if the guideline asked for it, and a rule may have forgotten it. Fires: a `define` that no condition names.
//! Does not fire: with `show`, in a file without rules or one that other files use, since they may name it.

use crate::check::names::{Declared, Scope, World};
use crate::check::report::{Report, finding, place};
use crate::check::scopes::{Declarations, Node};
use crate::diagnostic::codes;
use crate::source::FileId;

pub(in crate::check) fn look(
    declarations: &Declarations<'_>,
    scope: &Scope<'_>,
    world: &World<'_>,
    file: FileId,
    report: &mut Report<'_>,
) {
    for placed in declarations.nodes.iter().filter(|placed| placed.layer == 0) {
        let Node::Define(define) = placed.node else { continue };
        let name = &define.name;
        let Some(Declared::Define(id)) = scope.find(&name.value).map(|entry| entry.what) else { continue };
        let is_used = define.show.is_some() || world.named.contains(&Declared::Define(id));
        if !is_used && !report.is_adapted(place(file, name.span)) {
            let message = format!("nothing names the definition `{}`", name.value);
            let help = "use it, `show` it or remove it";
            report.add(finding(codes::UNUSED_DEFINITION, file, name.span, message).help(help));
        }
    }
}
