//! `test`: runs the author's cases and says what they cover.

use crate::answer::{Ending, Failure, diagnostics_text, message, say};
use crate::files::{self, Files, Naming};
use crate::{Common, Format};
use clap::Args;
use riktlinje::{Cases, CasesReport, Coverage, Diagnostic, Guideline, Guidelines, Language};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

/// A file of cases that cannot be run.
enum Unread {
    Cases(Vec<Diagnostic>),
    NoGuideline(String),
}

impl From<Vec<Diagnostic>> for Unread {
    fn from(found: Vec<Diagnostic>) -> Unread {
        Unread::Cases(found)
    }
}

#[derive(Args)]
pub(crate) struct Test {
    /// Guidelines with their cases beside them, cases, or folders of both
    #[arg(required = true)]
    path: Vec<PathBuf>,
    /// Only cases with this in their name
    #[arg(long, value_name = "PATTERN")]
    run: Option<String>,
    #[command(flatten)]
    common: Common,
}

impl Test {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        let read = Files::read(&self.with_companions(), &self.common, Naming::Path)?;
        if read.cases.is_empty() {
            return Err(Failure::Unusable("error: there are no cases in PATH".into()));
        }
        let lists = files::code_lists(&self.common)?;
        let all = read.asked.into_iter().chain(read.serving);
        let guidelines = Guidelines::compile(all, [], &lists)?;
        let (mut reports, mut unreadable) = (Vec::new(), Vec::new());
        for source in &read.cases {
            match self.report(source, &guidelines) {
                Ok(report) => reports.push(report),
                Err(Unread::Cases(found)) => unreadable.extend(found),
                Err(Unread::NoGuideline(text)) => return Err(Failure::Unusable(text)),
            }
        }
        let coverage = coverage(&reports, &guidelines);
        say(&match self.common.format {
            Format::Json => as_json(&reports, &coverage),
            Format::Text => as_text(&reports, &coverage, self.common.lang.language()),
        })?;
        if !unreadable.is_empty() {
            return Err(Failure::No(diagnostics_text(&unreadable)));
        }
        let failed = failed(&reports);
        if failed > 0 {
            message(&format!("error: {failed} failed"));
            return Ok(Ending::No);
        }
        Ok(Ending::Fine)
    }

    /// The paths, and beside a guideline its cases, beside cases their guideline.
    fn with_companions(&self) -> Vec<PathBuf> {
        let mut paths = self.path.clone();
        for path in &self.path {
            let text = path.to_string_lossy();
            let companion = match (text.strip_suffix(files::GUIDELINE), text.strip_suffix(files::CASES)) {
                (Some(stem), _) => format!("{stem}{}", files::CASES),
                (None, Some(stem)) => format!("{stem}{}", files::GUIDELINE),
                (None, None) => continue,
            };
            if Path::new(&companion).is_file() {
                paths.push(companion.into());
            }
        }
        paths
    }

    fn report(&self, source: &riktlinje::Source, guidelines: &Guidelines) -> Result<CasesReport, Unread> {
        let name = Cases::guideline_named(source)?;
        // Of several versions the one that the cases stand beside.
        let stem = source.name().strip_suffix(files::CASES);
        let is_beside = |guideline: &&Guideline| stem == guideline.file().strip_suffix(files::GUIDELINE);
        let versions = || guidelines.iter().filter(|guideline| guideline.name() == name);
        let Some(guideline) = versions().find(is_beside).or_else(|| versions().next()) else {
            let there: Vec<String> =
                guidelines.iter().map(|guideline| format!("`{}`", guideline.name())).take(5).collect();
            let there = match there.join(", ") {
                none if none.is_empty() => "there is none".to_owned(),
                some => format!("there is {some}"),
            };
            let said = format!("error: {}: `{name}` is not among the guidelines: {there}", source.name());
            return Err(Unread::NoGuideline(said));
        };
        let cases = Cases::read(source, guideline)?;
        let cases = match &self.run {
            Some(part) => cases.named_like(part),
            None => cases,
        };
        Ok(cases.run(guideline))
    }
}

/// What all cases of each guideline show together, in the order of the guidelines; of all its versions once.
fn coverage(reports: &[CasesReport], guidelines: &Guidelines) -> Vec<Coverage> {
    let of = |guideline: &Guideline| {
        let mut all =
            reports.iter().filter(|report| report.guideline == guideline.name()).map(|report| &report.coverage);
        let mut together = all.next()?.clone();
        all.for_each(|coverage| together.add(coverage));
        Some(together)
    };
    let mut told = BTreeSet::new();
    guidelines.iter().filter(|guideline| told.insert(guideline.name())).filter_map(of).collect()
}

fn as_text(reports: &[CasesReport], coverage: &[Coverage], language: Language) -> String {
    let reports = reports.iter().map(|report| report.to_text(language));
    let coverage = coverage.iter().map(|coverage| format!("\n{}", coverage.to_text()));
    reports.chain(coverage).collect()
}

/// `{"format":1,"passed","failed","reports":[…],"coverage":[…]}`
fn as_json(reports: &[CasesReport], coverage: &[Coverage]) -> String {
    let failed = failed(reports);
    let passed = reports.iter().map(|report| report.cases.len()).sum::<usize>() - failed;
    let reports: Vec<String> = reports.iter().map(CasesReport::to_json).collect();
    let coverage: Vec<String> = coverage.iter().map(Coverage::to_json).collect();
    format!(
        "{{\"format\":1,\"passed\":{passed},\"failed\":{failed},\"reports\":[{}],\"coverage\":[{}]}}",
        reports.join(","),
        coverage.join(",")
    )
}

fn failed(reports: &[CasesReport]) -> usize {
    reports.iter().flat_map(|report| &report.cases).filter(|case| !case.passed()).count()
}
