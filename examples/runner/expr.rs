//! `expr`: the value of one expression, or of one on each line of standard input.

use crate::answer::{Ending, Failure, say};
use crate::files::{self, Files, Form, Naming};
use crate::one::the_one;
use crate::setting::date;
use crate::{Common, Format};
use clap::Args;
use riktlinje::{Answer, Date, Error, Expression, Guideline, Guidelines};
use serde::Deserialize;
use serde_json::value::RawValue;
use std::io::BufRead as _;
use std::path::PathBuf;

#[derive(Args)]
pub(crate) struct Expr {
    /// The expression
    #[arg(required_unless_present = "batch", conflicts_with = "batch")]
    expression: Option<String>,
    /// The facts, JSON or YAML; `-` is standard input
    #[arg(long, value_name = "FILE", conflicts_with = "batch")]
    facts: Option<PathBuf>,
    /// The date of evaluation
    #[arg(long, value_name = "DATE", value_parser = date, conflicts_with = "batch")]
    as_of: Option<Date>,
    /// Reads lines `{"expr":…,"facts":{…},"as_of":…}` and answers each with `{"value":…}` or `{"error":…}`
    #[arg(long)]
    batch: bool,
    #[command(flatten)]
    common: Common,
}

/// One line of a batch.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line<'a> {
    expr: String,
    #[serde(borrow, default)]
    facts: Option<&'a RawValue>,
    #[serde(default)]
    as_of: Option<String>,
}

impl Expr {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        let with = self.with()?;
        if self.batch {
            return batch(with.as_ref());
        }
        let (facts, form) = match &self.facts {
            Some(path) => files::facts(path)?,
            None => ("{}".into(), Form::Json),
        };
        let expression = Expression::parse(self.expression.as_deref().unwrap_or_default())?;
        let answer = match form {
            Form::Json => expression.evaluate(&facts, self.as_of, with.as_ref()),
            Form::Yaml => expression.evaluate_yaml(&facts, self.as_of, with.as_ref()),
        }?;
        say(&match self.common.format {
            Format::Json => format!("{{\"value\":{}}}", answer.to_json()),
            // Texts without their quotes: a shell wants the date, not the JSON of a date.
            Format::Text => {
                let json = answer.to_json();
                serde_json::from_str::<String>(&json).unwrap_or(json)
            }
        })?;
        Ok(Ending::Fine)
    }

    /// The guideline whose definitions, facts and code sets can be named: the file given to `--with`, or of a folder the one
    /// that no other uses or adapts.
    fn with(&self) -> Result<Option<Guideline>, Failure> {
        let with = &self.common.with;
        if with.is_empty() {
            return Ok(None);
        }
        let file = with.iter().find(|path| path.is_file());
        let read = Files::read(file.map_or(with.as_slice(), std::slice::from_ref), &self.common, Naming::Relative)?;
        let guidelines = Guidelines::compile(read.asked, read.serving, &files::code_lists(&self.common)?)?;
        the_one(&guidelines, "`--with`").map(|guideline| Some(guideline.clone()))
    }
}

fn batch(with: Option<&Guideline>) -> Result<Ending, Failure> {
    let mut input = std::io::stdin().lock();
    let mut line = Vec::new();
    loop {
        line.clear();
        let read = input.read_until(b'\n', &mut line);
        let length = read.map_err(|error| Failure::Unusable(format!("error: cannot read standard input: {error}")))?;
        if length == 0 {
            return Ok(Ending::Fine);
        }
        say(&match answer_line(&line, with) {
            Ok(answer) => format!("{{\"value\":{}}}", answer.to_json()),
            Err(why) => serde_json::json!({ "error": why }).to_string(),
        })?;
    }
}

fn answer_line(line: &[u8], with: Option<&Guideline>) -> Result<Answer, String> {
    let text = std::str::from_utf8(line).map_err(|_| "the line is no UTF-8 text".to_owned())?;
    let line: Line = serde_json::from_str(text).map_err(|error| format!("the line is not as it should be: {error}"))?;
    let as_of = line.as_of.as_deref().map(date).transpose().map_err(|error| format!("as_of: {error}"))?;
    Expression::parse(&line.expr)
        .and_then(|expression| expression.evaluate(line.facts.map_or("{}", RawValue::get), as_of, with))
        .map_err(|error| said(&error))
}

/// One line: the first finding, how to mend it, and how many more there are.
fn said(error: &Error) -> String {
    let Error::Guideline(diagnostics) = error else { return error.to_string().replace('\n', "; ") };
    let Some(first) = diagnostics.first() else { return error.to_string() };
    let mut text = format!("{} at column {}: {}", first.code(), first.location().column, first.message());
    if let Some(help) = first.help_text() {
        text += &format!("; {help}");
    }
    if diagnostics.len() > 1 {
        text += &format!(" (and {} more)", diagnostics.len() - 1);
    }
    text
}
