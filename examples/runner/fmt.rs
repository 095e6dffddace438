//! `fmt`: the canonical text of guidelines.

use crate::answer::{Ending, Failure, diagnostics_text, message, say};
use crate::files::{self, Files, Naming};
use crate::{Common, Format};
use clap::Args;
use riktlinje::{Error, Guideline, Source};
use std::path::{Path, PathBuf};

#[derive(Args)]
pub(crate) struct Fmt {
    /// Guidelines, or folders of them; `-` is standard input, answered on standard output
    #[arg(required = true)]
    path: Vec<PathBuf>,
    /// Only says which files would change
    #[arg(long)]
    check: bool,
    #[command(flatten)]
    common: Common,
}

impl Fmt {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        if let [path] = &*self.path
            && path == Path::new("-")
        {
            let source = Source::new("standard input", files::text(path)?);
            let text = Guideline::format(&source)?;
            if !self.check {
                say(&text)?;
            }
            return Ok(self.end(self.check && text != source.text(), "standard input"));
        }
        let read = Files::read(&self.path, &self.common, Naming::Path)?;
        let mut changed = Vec::new();
        let mut unreadable = Vec::new();
        for (source, path) in read.asked.iter().zip(&read.paths) {
            match Guideline::format(source) {
                Ok(text) if text == source.text() => {}
                Ok(text) => {
                    if !self.check {
                        std::fs::write(path, text).map_err(|error| {
                            Failure::Unusable(format!("error: cannot write `{}`: {error}", files::shown(path)))
                        })?;
                    }
                    changed.push(source.name().to_owned());
                }
                Err(Error::Guideline(diagnostics)) => unreadable.extend(diagnostics),
                Err(other) => return Err(other.into()),
            }
        }
        match self.common.format {
            Format::Json => say(&serde_json::json!({"format": 1, "changed": changed}).to_string())?,
            Format::Text => say(&changed.join("\n"))?,
        }
        if !unreadable.is_empty() {
            return Err(Failure::No(diagnostics_text(&unreadable)));
        }
        Ok(self.end(self.check && !changed.is_empty(), &changed.join(", ")))
    }

    fn end(&self, differs: bool, what: &str) -> Ending {
        if differs {
            message(&format!("error: not in canonical form: {what}"));
            return Ending::No;
        }
        Ending::Fine
    }
}
