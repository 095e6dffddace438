//! `explain`: why each rule came out as it did, what would have to change, and what to ask.

use crate::answer::{Ending, Failure, say};
use crate::patient::{Patient, with_rule};
use clap::Args;

#[derive(Args)]
pub(crate) struct Explain {
    #[command(flatten)]
    patient: Patient,
    /// Only this rule
    #[arg(long, value_name = "NAME")]
    rule: Option<String>,
}

impl Explain {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        let asked = self.patient.read()?;
        let mut explanations = Vec::new();
        for ((guideline, facts), rules) in with_rule(&asked, self.rule.as_deref())? {
            for rule in rules {
                explanations.push(guideline.explain(facts, self.patient.setting.as_of, &rule)?);
            }
        }
        if self.patient.setting.is_json() {
            match (&*explanations, &self.rule) {
                ([explanation], Some(_)) => say(&explanation.to_json())?,
                (several, _) => {
                    let all: Vec<String> = several.iter().map(riktlinje::Explanation::to_json).collect();
                    say(&format!("[{}]", all.join(",\n ")))?;
                }
            }
        } else {
            let language = self.patient.setting.common.lang.language();
            let pages: Vec<String> = explanations.iter().map(|explanation| explanation.to_text(language)).collect();
            say(&pages.join("\n"))?;
        }
        Ok(Ending::Fine)
    }
}
