//! `when`: the next date on which a status changes if no fact does.

use crate::answer::{Ending, Failure, say};
use crate::patient::{Patient, with_rule};
use crate::setting::date;
use clap::Args;
use riktlinje::{Date, Guidelines, Outlook};

#[derive(Args)]
pub(crate) struct When {
    #[command(flatten)]
    patient: Patient,
    /// Only this rule
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
    /// Looks no further than this day
    #[arg(long, value_name = "DATE", value_parser = date)]
    until: Option<Date>,
}

impl When {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        let as_of = self.patient.setting.as_of;
        if let Some(until) = self.until.filter(|until| *until < as_of) {
            return Err(Failure::Unusable(format!("error: `--until {until}` is before `--as-of {as_of}`")));
        }
        let asked = self.patient.read_versions()?;
        let named = with_rule(&asked, self.rule.as_deref())?;
        let mut outlooks = Guidelines::changes_ahead(&asked, as_of, self.until)?;
        if self.rule.is_some() {
            for outlook in &mut outlooks {
                let wanted = |rule: &String| {
                    named.iter().any(|((guideline, _), rules)| {
                        guideline.name() == outlook.guideline && rules.iter().any(|name| name == rule)
                    })
                };
                outlook.rules.retain(|rule| wanted(&rule.rule));
            }
            outlooks.retain(|outlook| !outlook.rules.is_empty());
        }
        if self.patient.setting.is_json() {
            match &*outlooks {
                [outlook] => say(&outlook.to_json())?,
                several => {
                    let all: Vec<String> = several.iter().map(Outlook::to_json).collect();
                    say(&format!("{{\"format\":1,\"as_of\":\"{as_of}\",\"outlooks\":[{}]}}", all.join(",")))?;
                }
            }
        } else {
            let language = self.patient.setting.common.lang.language();
            let pages: Vec<String> = outlooks.iter().map(|outlook| outlook.to_text(language)).collect();
            say(&pages.join("\n"))?;
        }
        Ok(Ending::Fine)
    }
}
