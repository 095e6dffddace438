//! Unit tests of the walker on the examples of LANGUAGE.
