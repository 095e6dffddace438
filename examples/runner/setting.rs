//! Which guidelines are asked, on which date, with which parameters set.

use crate::answer::{Failure, message};
use crate::files::{self, Files, Naming};
use crate::{Common, Format};
use clap::Args;
use riktlinje::{Date, Guidelines};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Setting {
    /// A guideline, or a folder of them
    #[arg(required = true)]
    path: Vec<PathBuf>,
    /// The date of evaluation
    #[arg(long, value_name = "DATE", value_parser = date)]
    pub(crate) as_of: Date,
    /// Sets a parameter
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
    /// A file with the secret of random days
    #[arg(long, value_name = "FILE")]
    seed_file: Option<PathBuf>,
    /// The period of indicators
    #[arg(long, value_name = "FROM..TO", value_parser = period)]
    period: Option<(Date, Date)>,
    #[command(flatten)]
    pub(crate) common: Common,
}

impl Setting {
    /// Every guideline of PATH that is in force on the date, with what was set.
    pub(crate) fn guidelines(&self) -> Result<Guidelines, Failure> {
        self.set(&self.in_force(&self.compile()?)?)
    }

    /// The paths themselves.
    pub(crate) fn paths(&self) -> &[PathBuf] {
        &self.path
    }

    pub(crate) fn compile(&self) -> Result<Guidelines, Failure> {
        self.compile_paths(&self.path)
    }

    /// The guidelines below some paths, with those of `--with` to serve them.
    pub(crate) fn compile_paths(&self, paths: &[PathBuf]) -> Result<Guidelines, Failure> {
        let read = Files::read(paths, &self.common, Naming::Relative)?;
        if read.asked.is_empty() {
            return Err(Failure::Unusable("error: there is no guideline in PATH".into()));
        }
        let lists = files::code_lists(&self.common)?;
        Ok(Guidelines::compile(read.asked, read.serving, &lists)?)
    }

    /// The same with parameters, period and secret set.
    pub(crate) fn set(&self, guidelines: &Guidelines) -> Result<Guidelines, Failure> {
        let mut guidelines = guidelines.clone();
        if let Some((from, to)) = self.period {
            guidelines = guidelines.set_parameter("period", &format!("{from}..{to}"))?;
        }
        if let Some(path) = &self.seed_file {
            guidelines = guidelines.with_seed(&files::seed(path)?);
        }
        let mut seen = std::collections::BTreeSet::new();
        for setting in &self.set {
            let (name, value) = setting
                .split_once('=')
                .ok_or_else(|| Failure::Unusable(format!("error: `--set {setting}` is not of the form NAME=VALUE")))?;
            if !seen.insert(name.trim()) {
                return Err(Failure::Unusable(format!(
                    "error: `--set` gives `{}` twice: keep one of the two",
                    name.trim()
                )));
            }
            guidelines = guidelines.set_parameter(name.trim(), value)?;
        }
        Ok(guidelines)
    }

    /// One that is not in force is told and left out, as long as another is.
    pub(crate) fn in_force(&self, guidelines: &Guidelines) -> Result<Guidelines, Failure> {
        let (in_force, not) = guidelines.in_force(self.as_of);
        match not.into_iter().next() {
            Some(error) if in_force.is_empty() => Err(error.into()),
            Some(error) => {
                message(&format!("note: {error}"));
                Ok(in_force)
            }
            None => Ok(in_force),
        }
    }

    pub(crate) fn is_json(&self) -> bool {
        self.common.format == Format::Json
    }
}

pub(crate) fn date(text: &str) -> Result<Date, String> {
    text.parse().map_err(|error: riktlinje::DateError| error.to_string())
}

fn period(text: &str) -> Result<(Date, Date), String> {
    let (from, to) = text.split_once("..").ok_or("not of the form 2026-01-01..2026-12-31")?;
    let (from, to) = (date(from)?, date(to)?);
    if to < from { Err("it ends before it begins".into()) } else { Ok((from, to)) }
}
