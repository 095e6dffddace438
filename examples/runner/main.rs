//! The command line: how authors of guidelines and clinicians' tools meet the library from a shell.
//!
//! Answers go to standard output, messages to standard error. Exit status: 0 fine, 1 the answer is "no", 2 unusable
//! arguments or unreadable input.

mod answer;
mod ask;
mod check;
mod cohort;
mod compare;
mod eval;
mod explain;
mod expr;
mod files;
mod fmt;
mod one;
mod patient;
mod patients;
mod schedule;
mod schema;
mod setting;
mod test;
mod when;

use answer::{Ending, Failure};
use clap::{Args, Parser, Subcommand, ValueEnum};
use riktlinje::Language;
use std::path::PathBuf;
use std::process::ExitCode;

#[derive(Parser)]
#[command(name = "runner", version, about = "Checks guidelines and answers for one patient on one date")]
struct Arguments {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Says what is wrong with guidelines
    Check(check::Check),
    /// Says what the guidelines conclude for one patient
    Eval(eval::Eval),
    /// Says why, what would have to change, and what to ask
    Explain(explain::Explain),
    /// Says what to ask next
    Ask(ask::Ask),
    /// Says when a status will next change if no fact does
    When(when::When),
    /// Says what differs for one patient between two guidelines
    Compare(compare::Compare),
    /// Counts patients by what the guidelines conclude for them
    Cohort(cohort::Cohort),
    /// Gives the dates of every schedule in force
    Schedule(schedule::Schedule),
    /// Runs the author's cases
    Test(test::Test),
    /// Writes guidelines in their canonical form
    Fmt(fmt::Fmt),
    /// Gives the value of one expression, or of one on each line
    Expr(expr::Expr),
    /// Gives a JSON Schema of the facts that a guideline reads, or of outcomes
    Schema(schema::Schema),
}

/// What every command takes.
#[derive(Args)]
struct Common {
    /// How to answer
    #[arg(long, value_enum, default_value_t = Format::Text)]
    format: Format,
    /// Language of answers; messages are English
    #[arg(long, value_enum, default_value_t = Tongue::En)]
    lang: Tongue,
    /// A file or folder that only serves `uses`
    #[arg(long, value_name = "PATH")]
    with: Vec<PathBuf>,
    /// A folder of code lists
    #[arg(long, value_name = "FOLDER")]
    codes: Option<PathBuf>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Text,
    Json,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Tongue {
    Sv,
    En,
}

impl Tongue {
    fn language(self) -> Language {
        match self {
            Tongue::Sv => Language::Swedish,
            Tongue::En => Language::English,
        }
    }
}

fn main() -> ExitCode {
    let arguments = Arguments::parse();
    // An ordinary thread, with an ordinary stack: what works here works in any program that embeds the library.
    match std::thread::spawn(move || run(arguments.command)).join() {
        Ok(Ok(Ending::Fine)) => ExitCode::SUCCESS,
        Ok(Ok(Ending::No)) => ExitCode::from(1),
        Ok(Err(failure)) => failure.report(),
        Err(_) => ExitCode::from(2),
    }
}

fn run(command: Command) -> Result<Ending, Failure> {
    match command {
        Command::Check(check) => check.run(),
        Command::Eval(eval) => eval.run(),
        Command::Explain(explain) => explain.run(),
        Command::Ask(ask) => ask.run(),
        Command::When(when) => when.run(),
        Command::Compare(compare) => compare.run(),
        Command::Cohort(cohort) => cohort.run(),
        Command::Schedule(schedule) => schedule.run(),
        Command::Test(test) => test.run(),
        Command::Fmt(fmt) => fmt.run(),
        Command::Expr(expr) => expr.run(),
        Command::Schema(schema) => schema.run(),
    }
}
