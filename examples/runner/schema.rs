//! `schema`: a JSON Schema of the facts that a guideline reads, or of outcomes.

use crate::Common;
use crate::answer::{Ending, Failure, say};
use crate::files::{self, Files, Naming};
use crate::one::the_one;
use clap::{Args, ValueEnum};
use riktlinje::{Guidelines, Outcome};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Schema {
    /// A guideline, or a folder with one that no other uses; not looked at for outcomes
    path: Vec<PathBuf>,
    /// Of what
    #[arg(long, value_enum, default_value_t = Of::Facts)]
    of: Of,
    #[command(flatten)]
    common: Common,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Of {
    /// What `eval` reads as facts, in JSON
    Facts,
    /// What `eval` answers, the same for every guideline
    Outcome,
}

impl Schema {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        say(&match self.of {
            Of::Facts => {
                if self.path.is_empty() {
                    return Err(Failure::Unusable("error: `schema` of facts wants the PATH of a guideline".into()));
                }
                let read = Files::read(&self.path, &self.common, Naming::Relative)?;
                let lists = files::code_lists(&self.common)?;
                let guidelines = Guidelines::compile(read.asked, read.serving, &lists)?;
                the_one(&guidelines, "PATH")?.facts_json_schema(self.common.lang.language())
            }
            Of::Outcome => Outcome::json_schema().to_owned(),
        })?;
        Ok(Ending::Fine)
    }
}
