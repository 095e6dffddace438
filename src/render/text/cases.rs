//! What cases came to, for their author: in English, the reasons in the language of the page.

use super::Page;
use crate::cases::{CaseResult, CasesReport, Coverage};
use crate::language::Language;

impl CasesReport {
    /// How many passed, and of each that failed what was expected, what came, and why. Without the coverage.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let failed: Vec<&CaseResult> = self.cases.iter().filter(|case| !case.passed()).collect();
        let line = format!("{}: {} passed, {} failed", self.file, self.cases.len() - failed.len(), failed.len());
        page.line(0, &line);
        for case in failed {
            page.failed(case);
        }
        page.out
    }
}

impl Coverage {
    /// A line for each rule and criterion: how many cases show each status that it can have. Then what no case shows.
    #[must_use]
    pub fn to_text(&self) -> String {
        let mut page = Page::new(Language::English);
        let all: usize = self.lines.iter().map(|line| line.statuses.len()).sum();
        let unseen = self.unseen().count();
        page.line(0, &format!("coverage of {}: {} of {all} statuses seen", self.guideline, all - unseen));
        let width = self.lines.iter().map(|line| line.id.len()).max().unwrap_or(0);
        for line in &self.lines {
            let statuses: Vec<String> =
                line.statuses.iter().map(|seen| format!("{} {}", seen.status, seen.cases)).collect();
            page.line(1, &format!("{:width$}  {}", line.id, statuses.join(", ")));
        }
        for (id, status) in self.unseen() {
            page.line(1, &format!("never seen: {id} {status}"));
        }
        if !self.rows.is_empty() {
            let rows: Vec<&str> = self.rows.iter().map(String::as_str).collect();
            page.line(1, &format!("rows covered: {}", rows.join(", ")));
        }
        page.out
    }
}

impl Page {
    fn failed(&mut self, case: &CaseResult) {
        let CaseResult { name, place, as_of, .. } = case;
        self.line(0, &format!("failed: {name} (as of {as_of}, {}:{})", place.file, place.line));
        if let Some(error) = &case.error {
            self.line(1, &format!("no outcome: {error}"));
        }
        for difference in &case.differences {
            let (id, line) = (&difference.id, difference.place.line);
            self.line(1, &format!("{id}: expected {}, found {} (line {line})", difference.expected, difference.found));
        }
        for explanation in &case.explanations {
            for line in explanation.to_text(self.language).lines() {
                self.line(2, line);
            }
        }
    }
}
