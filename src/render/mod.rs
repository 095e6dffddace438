//! Outcomes, explanations and diagnostics as JSON, outcomes and explanations as text. Knows public types only.

mod json;
mod text;
mod words;
