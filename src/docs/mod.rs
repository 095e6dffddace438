//! The manual: what the language means, how the library is built, and why. Plain text with examples that the tests run.

#[doc = include_str!("language.md")]
pub mod language {}

#[doc = include_str!("expressions.md")]
pub mod expressions {}

#[doc = include_str!("outcome.md")]
pub mod outcome {}

#[doc = include_str!("facts.md")]
pub mod facts {}

#[doc = include_str!("runner.md")]
pub mod runner {}

#[doc = include_str!("guide.md")]
pub mod guide {}

#[doc = include_str!("architecture.md")]
pub mod architecture {}

#[doc = include_str!("conformance.md")]
pub mod conformance {}

#[doc = include_str!("decisions.md")]
pub mod decisions {}

#[doc = include_str!("diagnostics.md")]
#[doc = include_str!("diagnostics/syntax.md")]
#[doc = include_str!("diagnostics/check.md")]
#[doc = include_str!("diagnostics/lints.md")]
#[doc = include_str!("diagnostics/cases.md")]
pub mod diagnostics {}

/// The examples of the README compile.
#[cfg(doctest)]
#[doc = include_str!("../../README.md")]
pub mod readme {}
