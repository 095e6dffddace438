//! `eval`: what the guidelines conclude for one patient on one date.

use crate::answer::{Ending, Failure, say};
use crate::patient::Patient;
use clap::Args;
use riktlinje::Outcome;

#[derive(Args)]
pub(crate) struct Eval {
    #[command(flatten)]
    patient: Patient,
}

impl Eval {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        let asked = self.patient.read()?;
        let outcomes: Vec<Outcome> = asked
            .iter()
            .map(|(guideline, facts)| guideline.evaluate(facts, self.patient.setting.as_of))
            .collect::<Result<_, _>>()?;
        if self.patient.setting.is_json() {
            match &*outcomes {
                [outcome] => say(&outcome.to_json())?,
                several => say(&Outcome::several_to_json(several))?,
            }
        } else {
            let language = self.patient.setting.common.lang.language();
            let pages: Vec<String> = outcomes.iter().map(|outcome| outcome.to_text(language)).collect();
            say(&pages.join("\n"))?;
        }
        Ok(Ending::Fine)
    }
}
