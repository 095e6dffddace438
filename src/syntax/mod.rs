//! From text to the tree as written, and back. Parsing never fails: what cannot be read is reported and left out.

pub mod ast;
