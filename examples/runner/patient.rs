//! One patient on one date: what `eval`, `explain` and `ask` have in common.

use crate::answer::Failure;
use crate::files::{self, Form};
use crate::setting::Setting;
use clap::Args;
use riktlinje::{Error, Facts, Guideline, Guidelines};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Patient {
    #[command(flatten)]
    pub(crate) setting: Setting,
    /// The facts, YAML or JSON; `-` is standard input
    #[arg(long, value_name = "FILE")]
    facts: PathBuf,
}

/// A guideline that answers, with the facts as it reads them.
pub(crate) type Asked = (Guideline, Facts);

impl Patient {
    /// Every guideline of PATH that is in force on the date, each with its facts.
    pub(crate) fn read(&self) -> Result<Vec<Asked>, Failure> {
        let guidelines = self.setting.in_force(&self.setting.compile()?)?;
        self.with_facts(&guidelines)
    }

    /// The same with all versions of those guidelines, of which one is in force on the date.
    pub(crate) fn read_versions(&self) -> Result<Vec<Asked>, Failure> {
        let all = self.setting.compile()?;
        let in_force = self.setting.in_force(&all)?;
        let mut asked = self.with_facts(&all)?;
        asked.retain(|(guideline, _)| in_force.iter().any(|other| other.name() == guideline.name()));
        Ok(asked)
    }

    pub(crate) fn with_facts(&self, guidelines: &Guidelines) -> Result<Vec<Asked>, Failure> {
        let guidelines = self.setting.set(guidelines)?;
        let (text, form) = files::facts(&self.facts)?;
        Ok(match form {
            Form::Json => guidelines.facts_from_json(&text),
            Form::Yaml => guidelines.facts_from_yaml(&text),
        }?)
    }
}

/// The guidelines that have the rule; all of them when none was named.
pub(crate) fn with_rule<'a>(asked: &'a [Asked], rule: Option<&str>) -> Result<Vec<(&'a Asked, Vec<String>)>, Failure> {
    let mut found = Vec::new();
    let mut missing = None;
    for one in asked {
        match rule {
            None => found.push((one, one.0.rules().map(str::to_owned).collect())),
            Some(rule) => match one.0.rule(rule) {
                Ok(name) => found.push((one, vec![name.to_owned()])),
                Err(error) => missing = Some(error),
            },
        }
    }
    match missing {
        Some(error @ Error::NoSuch { .. }) if found.is_empty() => Err(error.into()),
        Some(_) | None => Ok(found),
    }
}
