//! The author's cases: what a guideline is expected to say about patients made up for the purpose.

mod compare;
mod expect;
mod many;
mod read;
mod read_expect;
mod report;
mod subjects;
mod unknown;

pub use report::{CaseResult, CasesReport, Coverage, CoverageLine, Difference, StatusSeen};

use crate::diagnostic::Diagnostic;
use crate::facts::Facts;
use crate::guideline::Guideline;
use crate::outcome::FilePlace;
use crate::schedule::Seed;
use crate::source::Source;
use crate::value::Date;
use expect::Expectation;
use many::Many;

/// The cases of one file, checked against the guideline that they are about.
///
/// The file is YAML, by custom `NAME.cases.yaml` beside the guideline:
///
/// ```yaml
/// guideline: stockholm.laro
/// base: { birth_date: 1990-01-01, registered_county: "01" }     # facts of every case; optional
/// cases:
///   - name: twenty years old today
///     covers: [S10]                                             # rows of the inventory; optional
///     as_of: 2026-11-22                                         # or a list of dates
///     facts: { birth_date: 2006-11-22 }                         # over those of `base`; `null` drops one; optional
///     set: { minimum_age: 19 years }                            # parameters; optional
///     expect:
///       eligibility.laro: undetermined
///       eligibility.laro.age: met
///       recommend.naloxone: not_applicable
///       missing: [diagnoses]
/// ```
///
/// The keys of `expect`, at least one:
///
/// | key | value |
/// | --- | --- |
/// | `eligibility.RULE` | a status: `met`, `refer`, `not_met`, `undetermined`, `not_applicable` |
/// | `eligibility.RULE.CRITERION` | a status: `met`, `excepted`, `not_met`, `undetermined` |
/// | `eligibility.RULE.refer_to` | the party, or `null` |
/// | `checklist.RULE` (or `checklists.RULE`) | a status: `complete`, `incomplete`, `undetermined`, `not_applicable` |
/// | `checklist.RULE.LINE` | a status: `met`, `not_met`, `undetermined` |
/// | `task.RULE`, `task.RULE.PARTY` (or `tasks.…`) | a status: `to_do`, `done`, `late`, `done_late`, `undetermined`, `not_applicable` |
/// | `task.RULE.due`, `task.RULE.PARTY.due` | the last day, or `null` |
/// | `parallel.RULE` | a status: `in_parallel`, `waiting`, `out_of_step`, `undetermined`, `not_applicable` |
/// | `parallel.RULE.TRACK` | where it stands: `started`, `started_late`, `waiting`, `overdue`, `ended`, `declined`, … |
/// | `parallel.RULE.TRACK.due` | the last day to start, or `null` |
/// | `recommend.RULE` (or `recommendations.RULE`) | a status: `recommended`, `advised_against`, `not_applicable`, `undetermined` |
/// | `recommend.RULE.strength`, `recommend.RULE.priority` | as in the outcome's JSON, or `null` |
/// | `propose.RULE` (or `proposals.RULE`; each kind by its keyword or by the outcome's key) | a status |
/// | `propose.RULE.outcomes`, `propose.RULE.possible` | options, in the order of the rule |
/// | `score.RULE` (or `scores.RULE`) | its band, `undetermined`, `not_applicable`; without bands `banded` |
/// | `score.RULE.total`, `.low`, `.high`, `.band`, `.possible` | a number, `{ low: …, high: … }`, a name, names, or `null` |
/// | `values.NAME` | a value that is shown; `unknown`; `{ low: …, high: … }` |
/// | `missing` | exactly these facts, in any order, over the rules that this `expect` names (over all where it names none) |
/// | `conflicts` | exactly these pairs of recommendations, `[[a, b]]` |
/// | `broken` | how many assumptions are broken |
/// | `faults` | exactly these rules have faults, each named once |
/// | `verified` | `true` or `false` |
///
/// `seed` is what random weekdays are drawn with.
///
/// `period: 2021-01-01..2021-12-31` (or a year) sets the time that indicators look at. A case may be about many patients
/// or about a published table, in place of `facts`:
///
/// ```yaml
///   - name: one of two with an assessment
///     as_of: 2026-11-22
///     period: 2021
///     patients:                                # each over `base`
///       - { contacts: [{ main_diagnosis: F10, date: 2021-03-01 }] }
///       - { contacts: [] }
///     expect:
///       indicator.structured_assessment.counted: 1      # a number, or { low: 1, high: 2 }
///       indicator.structured_assessment.F10.in: 0       # of a group; also `share`, in percent
///       indicator.structured_assessment.others: [0]     # places among the patients, also `undetermined`
///   - name: a published table
///     as_of: 2026-11-22
///     counts:
///       - { indicator: structured_assessment, group: F10, year: 2021, counted: 7378, in: 392 }
///       - { indicator: structured_assessment, group: F10, year: 2017, counted: 8455, in: 632 }
///     expect:
///       indicator.structured_assessment.F10.2021.share: 5.31
///       indicator.structured_assessment.F10.change: -240        # also `share_change`, in percentage points
///       indicator.structured_assessment.F10.trend: falls        # also `share_trend`; rises, falls, same, unknown
///       indicator.structured_assessment.not_covered: []         # groups of the table that the indicator does not have
/// ```
#[derive(Debug, Clone)]
pub struct Cases {
    guideline: Box<str>,
    file: Box<str>,
    cases: Vec<Case>,
}

/// One case.
#[derive(Debug, Clone)]
struct Case {
    name: Box<str>,
    place: FilePlace,
    covers: Vec<Box<str>>,
    /// At least one.
    as_of: Vec<Date>,
    facts: Facts,
    /// Parameters and what they are set to, checked.
    set: Vec<(Box<str>, Box<str>)>,
    /// To draw random weekdays with.
    seed: Option<Seed>,
    /// At least one; none where `many` says what is counted.
    expect: Vec<Expectation>,
    /// What indicators count, in place of one patient.
    many: Option<Many>,
}

/// What a case is about.
#[derive(Debug, Clone)]
#[non_exhaustive]
pub struct CaseInfo<'a> {
    /// Its name.
    pub name: &'a str,
    /// Rows of the inventory that it shows.
    pub covers: Vec<&'a str>,
    /// The dates of evaluation; at least one.
    pub as_of: &'a [Date],
    /// Its patient, the base's facts among the case's own; `None` where it is about many, or about a table.
    pub facts: Option<&'a Facts>,
    /// Parameters that it sets, the period of indicators among them.
    pub set: Vec<(&'a str, &'a str)>,
    /// The keys of its `expect`, as written.
    pub expects: Vec<&'a str>,
}

impl Cases {
    /// The name of the guideline that a file of cases is about.
    ///
    /// # Errors
    /// It is not readable, or does not say.
    pub fn guideline_named(source: &Source) -> Result<String, Vec<Diagnostic>> {
        read::guideline_named(source)
    }

    /// The cases of a file.
    ///
    /// # Errors
    /// Everything that is wrong with it, in the order of the file: what the guideline does not have or cannot say, facts
    /// that do not fit, misspelt keys, names that stand twice.
    pub fn read(source: &Source, guideline: &Guideline) -> Result<Cases, Vec<Diagnostic>> {
        read::cases(source, guideline)
    }

    /// The names of the cases, in the order of the file.
    pub fn names(&self) -> impl Iterator<Item = &str> {
        self.cases.iter().map(|case| &*case.name)
    }

    /// What each case is about, in the order of the file: for tools that list or count cases.
    pub fn iter(&self) -> impl Iterator<Item = CaseInfo<'_>> {
        self.cases.iter().map(|case| CaseInfo {
            name: &case.name,
            covers: case.covers.iter().map(|row| &**row).collect(),
            as_of: &case.as_of,
            facts: case.many.is_none().then_some(&case.facts),
            set: case.set.iter().map(|(name, value)| (&**name, &**value)).collect(),
            expects: match &case.many {
                None => case.expect.iter().map(|expectation| &*expectation.id).collect(),
                Some(many) => many.keys().collect(),
            },
        })
    }

    /// Those whose name has `part` in it.
    #[must_use]
    pub fn named_like(&self, part: &str) -> Cases {
        let cases = self.cases.iter().filter(|case| case.name.contains(part)).cloned().collect();
        Cases { guideline: self.guideline.clone(), file: self.file.clone(), cases }
    }

    /// Runs every case on each of its dates. `guideline` is the one that the cases were read against.
    #[must_use]
    pub fn run(&self, guideline: &Guideline) -> CasesReport {
        report::run(self, guideline)
    }
}
