//! The register of diagnostic codes. A code is given out once, has a corpus file and a manual page
//! (a section of `docs::diagnostics`), and is never reused.

use super::Severity;

/// One kind of finding.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Code {
    /// `E0312`
    pub(crate) id: &'static str,
    pub(crate) severity: Severity,
    /// What it is about, a few words; for a lint the name that reads after "allow".
    pub(crate) title: &'static str,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $name:ident = $id:literal, $severity:ident, $title:literal;)*) => {
        $($(#[$doc])* pub(crate) const $name: Code = Code { id: $id, severity: Severity::$severity, title: $title };)*
        /// Every code there is, in the order of this register.
        pub(crate) const ALL: &[Code] = &[$($name),*];
    };
}

codes! {
    // E01xx: characters and lines (source and scan) -----------------------------------------------

    // E02xx: sentences (parser) -------------------------------------------------------------------

    // E03xx: names and types (check) --------------------------------------------------------------

    // E04xx: what a declaration must say (check) --------------------------------------------------

    // E05xx: files together: uses, clashes, cycles (check) ----------------------------------------

    // W06xx, A07xx: opinions (lints) --------------------------------------------------------------

    // E08xx: cases --------------------------------------------------------------------------------
}
