//! `check`: what is wrong with guidelines.

use crate::answer::{Ending, Failure, has_errors, message, say, shown, tally};
use crate::files::{self, Files, Naming};
use crate::{Common, Format};
use clap::Args;
use riktlinje::{Diagnostic, Guidelines};
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Check {
    /// Guidelines, or folders of them
    #[arg(required = true)]
    path: Vec<PathBuf>,
    #[command(flatten)]
    common: Common,
}

impl Check {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        let read = Files::read(&self.path, &self.common, Naming::Path)?;
        let lists = files::code_lists(&self.common)?;
        let files = read.asked.len();
        if files == 0 {
            return Err(Failure::Unusable("error: there is no guideline in PATH".into()));
        }
        let mut diagnostics = Guidelines::check(read.asked, read.serving, &lists);
        let (_, more) = shown(&diagnostics);
        if more > 0 {
            // Errors must not be among those that are left out.
            diagnostics.sort_by_key(|diagnostic| diagnostic.severity());
        }
        let (printed, _) = shown(&diagnostics);
        say(&match self.common.format {
            Format::Json => as_json(printed, more),
            Format::Text => as_text(printed, more, &diagnostics, files),
        })?;
        if has_errors(&diagnostics) {
            message(&format!("error: {}", tally(&diagnostics)));
            return Ok(Ending::No);
        }
        Ok(Ending::Fine)
    }
}

fn as_json(printed: &[Diagnostic], more: usize) -> String {
    let printed: Vec<String> = printed.iter().map(Diagnostic::to_json).collect();
    format!("{{\"format\":1,\"diagnostics\":[{}],\"more\":{more}}}", printed.join(","))
}

fn as_text(printed: &[Diagnostic], more: usize, all: &[Diagnostic], files: usize) -> String {
    let mut text: String = printed.iter().map(|diagnostic| format!("{diagnostic}\n\n")).collect();
    if more > 0 {
        text += &format!("… and {more} more\n\n");
    }
    let files = if files == 1 { "1 file".into() } else { format!("{files} files") };
    text + &format!("{files}: {}", tally(all))
}
