//! `unused-code-set`: a set of codes that nothing tests.
//!
//! A condition may look into another set than was meant. Fires: a `codes` that no condition and no other set names. Does
//! not fire: in a file without rules or one that other files use, since they may name it.

use crate::check::names::{Declared, Scope, World};
use crate::check::report::{Report, finding, place};
use crate::check::scopes::Declarations;
use crate::diagnostic::codes as register;
use crate::ir::CodeSetId;
use crate::source::FileId;
use crate::syntax::ast::{CodeSelector, CodesEntryKind};
use std::collections::HashSet;

pub(in crate::check) fn look(
    declarations: &Declarations<'_>,
    scopes: &[Scope<'_>],
    world: &World<'_>,
    file: FileId,
    report: &mut Report<'_>,
) {
    let mut included: HashSet<Declared> = HashSet::new();
    for codes in &declarations.codes {
        let Some(scope) = scopes.get(codes.layer) else { continue };
        for entry in &codes.ast.entries {
            let CodesEntryKind::Codes { include, except } = &entry.kind else { continue };
            for selector in std::iter::once(include).chain(except) {
                if let CodeSelector::Include(name) = selector {
                    included.extend(scope.find(&name.value).map(|entry| entry.what));
                }
            }
        }
    }
    for (codes, id) in declarations.codes.iter().zip(0..) {
        let (name, declared) = (&codes.ast.name, Declared::CodeSet(CodeSetId(id)));
        let is_used = world.named.contains(&declared) || included.contains(&declared);
        if codes.layer == 0 && !is_used && !report.is_adapted(place(file, name.span)) {
            let message = format!("nothing looks into the set of codes `{}`", name.value);
            report.add(finding(register::UNUSED_CODE_SET, file, name.span, message).help("use it or remove it"));
        }
    }
}
