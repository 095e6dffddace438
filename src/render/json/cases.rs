//! What cases came to as JSON.

use super::Json;
use super::explanation::explanation;
use crate::cases::{CaseResult, CasesReport, Coverage, CoverageLine, Difference};

impl CasesReport {
    /// On one line, `{"guideline","file","passed","failed","cases":[…],"coverage":{…}}`. Each case is
    /// `{"name","as_of","file","line","covers","passed","differences","explanations","error"}`, each difference
    /// `{"id","expected","found","line"}`; the coverage as [`Coverage::to_json`] has it.
    #[must_use]
    pub fn to_json(&self) -> String {
        let passed = self.cases.iter().filter(|case| case.passed()).count();
        Json::object([
            ("guideline", Json::text(self.guideline.as_str())),
            ("file", Json::text(self.file.as_str())),
            ("passed", count(passed)),
            ("failed", count(self.cases.len() - passed)),
            ("cases", Json::array(&self.cases, case)),
            ("coverage", coverage(&self.coverage)),
        ])
        .print()
    }
}

impl Coverage {
    /// On one line, `{"guideline","lines":[{"id","statuses":{"met":3,"not_met":0}}],"rows":["S10"]}`.
    #[must_use]
    pub fn to_json(&self) -> String {
        coverage(self).print()
    }
}

fn count(count: usize) -> Json {
    Json::count(u32::try_from(count).unwrap_or(u32::MAX))
}

fn case(case: &CaseResult) -> Json {
    Json::object([
        ("name", Json::text(case.name.as_str())),
        ("as_of", Json::text(case.as_of.to_string())),
        ("file", Json::text(case.place.file.as_str())),
        ("line", Json::count(case.place.line)),
        ("covers", Json::array(&case.covers, |row| Json::text(row.as_str()))),
        ("passed", Json::Truth(case.passed())),
        ("differences", Json::array(&case.differences, difference)),
        ("explanations", Json::array(&case.explanations, explanation)),
        ("error", Json::optional_text(case.error.as_deref())),
    ])
}

fn difference(difference: &Difference) -> Json {
    Json::object([
        ("id", Json::text(difference.id.as_str())),
        ("expected", Json::text(difference.expected.as_str())),
        ("found", Json::text(difference.found.as_str())),
        ("line", Json::count(difference.place.line)),
    ])
}

fn coverage(coverage: &Coverage) -> Json {
    let line = |line: &CoverageLine| {
        let statuses = line.statuses.iter().map(|seen| (seen.status.as_str(), Json::count(seen.cases)));
        Json::object([("id", Json::text(line.id.as_str())), ("statuses", Json::map(statuses))])
    };
    let rows: Vec<Json> = coverage.rows.iter().map(|row| Json::text(row.as_str())).collect();
    Json::object([
        ("guideline", Json::text(coverage.guideline.as_str())),
        ("lines", Json::array(&coverage.lines, line)),
        ("rows", Json::Array(rows)),
    ])
}
