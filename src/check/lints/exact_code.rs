//! `exact-code`: `is` with a code that has codes below it.
//!
//! `code is F11` holds for the code F11 alone: a recorded `F11.2` is another code. Most rules mean `in`.
//! Fires: `code is F11`. Does not fire: `code in F11`, `code is F11.2A`, codes of systems without a hierarchy.

use crate::check::report::Report;
use crate::diagnostic::{Diagnostic, codes};
use crate::ir::{Constant, Expr, ExprKind};
use crate::value::{Code, System};

pub(in crate::check) fn look(operand: &Expr, report: &mut Report<'_>) {
    let ExprKind::Constant(Constant::Code(code)) = &operand.kind else { return };
    if !has_codes_below(code) {
        return;
    }
    let text = code.as_str();
    report.add(
        Diagnostic::new(codes::EXACT_CODE, operand.place, format!("`is` means `{text}` alone, not the codes below it"))
            .help(format!("write `in {text}` to take them in")),
    );
}

/// By the form of the code: shorter than the longest that the system has.
fn has_codes_below(code: &Code) -> bool {
    let letters = code.as_str().chars().filter(char::is_ascii_alphanumeric).count();
    match code.system() {
        System::Icd10Se => letters < 5,
        System::Atc | System::Icd10Cm => letters < 7,
        System::Kva | System::County | System::Municipality | System::SnomedCt | System::RxNorm | System::Loinc => {
            false
        }
    }
}
