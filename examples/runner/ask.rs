//! `ask`: the next question, and what its answers would settle.

use crate::Tongue;
use crate::answer::{Ending, Failure, say};
use crate::patient::{Patient, with_rule};
use clap::Args;

#[derive(Args)]
pub(crate) struct Ask {
    #[command(flatten)]
    patient: Patient,
    /// Only for this rule
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
}

impl Ask {
    /// The first question of the first guideline that has one.
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        let asked = self.patient.read()?;
        let mut next = None;
        for ((guideline, facts), _) in with_rule(&asked, self.rule.as_deref())? {
            next = guideline.ask(facts, self.patient.setting.as_of, self.rule.as_deref())?;
            if next.is_some() {
                break;
            }
        }
        let tongue = self.patient.setting.common.lang;
        say(&match (next, self.patient.setting.is_json(), tongue) {
            (Some(ask), true, _) => ask.to_json(),
            (None, true, _) => "null".into(),
            (Some(ask), false, _) => ask.to_text(tongue.language()),
            (None, false, Tongue::Sv) => "Inget mer att fråga om: svaret ändras inte av något som saknas.".into(),
            (None, false, Tongue::En) => "Nothing more to ask: nothing that is missing changes the answer.".into(),
        })?;
        Ok(Ending::Fine)
    }
}
