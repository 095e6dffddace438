//! `unused-parameter`: a parameter that nothing reads.
//!
//! Whoever sets it changes nothing, and is not told. Fires: a `parameter` that no condition or value names. Does not fire:
//! in a file without rules or one that other files use, since they may read it.

use crate::check::names::{Declared, World};
use crate::check::report::{Report, finding, place};
use crate::check::scopes::Declarations;
use crate::diagnostic::codes;
use crate::ir::ParameterId;
use crate::source::FileId;

pub(in crate::check) fn look(
    declarations: &Declarations<'_>,
    world: &World<'_>,
    file: FileId,
    report: &mut Report<'_>,
) {
    for (parameter, id) in declarations.parameters.iter().zip(0..) {
        let name = &parameter.ast.name;
        let is_used = world.named.contains(&Declared::Parameter(ParameterId(id)));
        if parameter.layer == 0 && !is_used && !report.is_adapted(place(file, name.span)) {
            let message = format!("nothing reads the parameter `{}`", name.value);
            report.add(finding(codes::UNUSED_PARAMETER, file, name.span, message).help("use it or remove it"));
        }
    }
}
