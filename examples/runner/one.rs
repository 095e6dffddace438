//! The one guideline of several that a command is about: the one that no other uses.

use crate::answer::Failure;
use riktlinje::{Guideline, Guidelines};

/// `place` is where they were read from, for what is said when there is none, or more than one.
pub(crate) fn the_one<'a>(guidelines: &'a Guidelines, place: &str) -> Result<&'a Guideline, Failure> {
    let used: Vec<&str> = guidelines.iter().flat_map(|one| one.uses().chain(one.adapts())).collect();
    let mut unused = guidelines.iter().filter(|guideline| !used.contains(&guideline.name()));
    match (unused.next(), unused.next()) {
        (Some(one), None) => Ok(one),
        (None, _) => Err(Failure::Unusable(format!("error: there is no guideline in {place}"))),
        (Some(one), Some(other)) => Err(Failure::Unusable(format!(
            "error: {place} holds several guidelines, such as `{}` and `{}`: give the file of one, and its folder in `--with`",
            one.name(),
            other.name()
        ))),
    }
}
