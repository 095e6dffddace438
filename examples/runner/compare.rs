//! `compare`: one patient through two guidelines, and what differs.

use crate::answer::{Ending, Failure, say};
use crate::files::shown;
use crate::one::the_one;
use crate::patient::Patient;
use clap::Args;
use riktlinje::{Comparison, Facts, Guideline, Guidelines};
use std::path::Path;

/// PATH is two guidelines, or folders with one that no other uses: PATH_A PATH_B
#[derive(Args)]
pub(crate) struct Compare {
    #[command(flatten)]
    patient: Patient,
}

impl Compare {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        let [a, b] = self.patient.setting.paths() else {
            return Err(Failure::Unusable("error: `compare` takes two paths, PATH_A and PATH_B".into()));
        };
        // Compiled apart: the two may be versions of one guideline.
        let both: Guidelines = [self.guideline(a)?, self.guideline(b)?].into_iter().collect();
        let asked = self.patient.with_facts(&both)?;
        let [(first, facts_a), (second, facts_b)] = asked.as_slice() else {
            return Err(Failure::Unusable("error: there is no guideline in PATH".into()));
        };
        let one = first.evaluate(facts_a, self.patient.setting.as_of)?;
        let other = second.evaluate(facts_b, self.patient.setting.as_of)?;
        let comparison = Comparison::of(&one, &other).ignoring(unread(facts_b, facts_a), unread(facts_a, facts_b));
        if self.patient.setting.is_json() {
            say(&comparison.to_json())?;
        } else {
            say(&comparison.to_text(self.patient.setting.common.lang.language()))?;
        }
        Ok(Ending::Fine)
    }

    /// The one guideline of a path that is in force on the date.
    fn guideline(&self, path: &Path) -> Result<Guideline, Failure> {
        let guidelines = self.patient.setting.compile_paths(&[path.to_owned()])?;
        let in_force = self.patient.setting.in_force(&guidelines)?;
        the_one(&in_force, &format!("`{}`", shown(path))).cloned()
    }
}

/// The names among all facts given that one guideline does not read.
fn unread(all: &Facts, own: &Facts) -> Vec<String> {
    all.iter().map(|(name, _)| name).filter(|name| own.get(name).is_none()).map(str::to_owned).collect()
}
