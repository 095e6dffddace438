//! `cohort`: what guidelines conclude for many patients on one date, counted.

use crate::answer::{Ending, Failure, say};
use crate::patients::Patients;
use crate::setting::Setting;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use riktlinje::{Batch, BatchTrace, Cohort as Prepared, Count, GroupCounts, Guideline, IndicatorCounts, RuleStatus};
use std::path::PathBuf;

/// Counts patients by what the guidelines conclude for them
#[derive(Args)]
pub(crate) struct Cohort {
    #[command(flatten)]
    setting: Setting,
    /// The facts: JSON, one patient a line, or Parquet, one patient a row
    #[arg(long, value_name = "FILE.ndjson|FILE.parquet")]
    facts: PathBuf,
    /// The key or column that names a patient; it is no fact
    #[arg(long, value_name = "NAME")]
    id: Option<String>,
    /// Also writes the status of every rule for every patient to a CSV file
    #[arg(long, value_name = "FILE")]
    rows: Option<PathBuf>,
    /// Answers in CSV
    #[arg(long)]
    csv: bool,
}

/// A guideline with what it came to so far.
struct Counted<'g> {
    cohort: Prepared<'g>,
    batch: Batch,
    trace: BatchTrace,
    /// By rule.
    statuses: Vec<Vec<(RuleStatus, usize)>>,
    indicators: Vec<IndicatorCounts>,
}

impl Cohort {
    pub(crate) fn run(&self) -> Result<Ending, Failure> {
        let guidelines = self.setting.guidelines()?;
        let guidelines: Vec<&Guideline> = guidelines.iter().collect();
        let mut counted = Vec::new();
        for guideline in &guidelines {
            let cohort = guideline.cohort(self.setting.as_of)?;
            let batch = cohort.batch();
            let (statuses, indicators) = (Vec::new(), cohort.indicators());
            counted.push(Counted { cohort, batch, trace: BatchTrace::default(), statuses, indicators });
        }
        let serving: Vec<Guideline> = counted.iter().map(|own| own.cohort.guideline().clone()).collect();
        let mut patients = Patients::open(&self.facts, self.id.as_deref(), &serving)?;
        let mut rows = self.rows.as_ref().map(|path| Rows::create(path, &counted)).transpose()?;
        let bar = ProgressBar::new(patients.size());
        // Shown on a terminal only.
        if let Ok(style) = ProgressStyle::with_template("{bar:40} {percent:>3} %, {eta} left") {
            bar.set_style(style);
        }
        let mut seen = 0;
        loop {
            let mut batches: Vec<&mut Batch> = counted.iter_mut().map(|counted| &mut counted.batch).collect();
            batches.iter_mut().for_each(|batch| batch.clear());
            let ids = patients.next(&mut batches)?;
            // Of nobody at all every count is 0.
            if !ids.is_empty() || seen == 0 {
                counted.iter_mut().for_each(|counted| counted.add(seen));
            }
            if ids.is_empty() {
                break;
            }
            if let Some(rows) = &mut rows {
                rows.add(&counted, &ids)?;
            }
            seen += ids.len();
            bar.set_position(patients.read());
        }
        if let Some(rows) = rows {
            rows.end()?;
        }
        bar.finish_and_clear();
        say(&if self.csv {
            csv_text(&counted)?
        } else if self.setting.is_json() {
            self.json(&counted, seen)
        } else {
            text(&counted, seen)
        })?;
        Ok(Ending::Fine)
    }

    fn json(&self, counted: &[Counted<'_>], patients: usize) -> String {
        let outcomes: Vec<serde_json::Value> = counted.iter().map(Counted::json).collect();
        let as_of = self.setting.as_of.to_string();
        serde_json::json!({"format": 1, "as_of": as_of, "patients": patients, "outcomes": outcomes}).to_string()
    }
}

impl Counted<'_> {
    /// Adds the patients of the batch; so many were seen before.
    fn add(&mut self, seen: usize) {
        let Counted { cohort, batch, trace, statuses, indicators } = self;
        cohort.evaluate(batch, trace);
        for rule in 0..cohort.guideline().rules().count() {
            let counts = cohort.counts(trace, rule);
            match statuses.get_mut(rule) {
                None => statuses.push(counts),
                Some(sums) => sums.iter_mut().zip(counts).for_each(|(sum, more)| sum.1 += more.1),
            }
        }
        cohort.count(trace, seen, indicators);
    }

    /// Rules that are no indicators, with their counts. An indicator may keep small numbers back.
    fn rules(&self) -> impl Iterator<Item = (&str, Vec<(String, usize)>)> {
        let rules = self.cohort.guideline().rules().zip(&self.statuses).enumerate();
        rules.filter(|(_, (name, _))| !name.starts_with("indicator.")).map(|(rule, (name, counts))| {
            let named = |(status, count): &(RuleStatus, usize)| (self.status_name(rule, *status), *count);
            (name, counts.iter().map(named).collect())
        })
    }

    /// Of a score its band.
    fn status_name(&self, rule: usize, status: RuleStatus) -> String {
        let band = self.cohort.guideline().band(rule, status);
        band.map_or_else(|| status.name().to_owned(), |band| band.id)
    }

    fn json(&self) -> serde_json::Value {
        let guideline = self.cohort.guideline();
        let rules: Vec<_> = self
            .rules()
            .map(|(rule, counts)| {
                let counts: serde_json::Map<_, _> =
                    counts.into_iter().map(|(status, count)| (status, count.into())).collect();
                serde_json::json!({"rule": rule, "counts": counts})
            })
            .collect();
        let indicators: Vec<_> = self
            .indicators
            .iter()
            .map(|own| {
                let group = |group: &GroupCounts| {
                    let count = |count: Count| match shown(own, count) {
                        Shown::Count(count) => serde_json::json!({"low": count.low, "high": count.high}),
                        Shown::KeptBack(text) => serde_json::json!({"low": null, "high": null, "shown": text}),
                    };
                    serde_json::json!({"group": group.group, "counted": count(group.counted), "in": count(group.is_in)})
                };
                let groups: Vec<_> = own.groups.iter().map(group).collect();
                serde_json::json!({"indicator": own.id, "all": group(&own.all), "groups": groups})
            })
            .collect();
        serde_json::json!({
            "guideline": guideline.name(), "version": guideline.version(), "rules": rules, "indicators": indicators
        })
    }
}

/// A count as it may be shown.
enum Shown {
    Count(Count),
    /// It is small, or one of its ends is.
    KeptBack(String),
}

fn shown(indicator: &IndicatorCounts, count: Count) -> Shown {
    match indicator.kept.as_ref().map(|kept| kept.shown(count)) {
        Some(shown) if shown != plain(count) => Shown::KeptBack(shown),
        Some(_) | None => Shown::Count(count),
    }
}

/// `12`, or `12–14` where not everything is known.
fn plain(count: Count) -> String {
    count.known().map_or(format!("{}–{}", count.low, count.high), |count| count.to_string())
}

fn count_text(indicator: &IndicatorCounts, count: Count) -> String {
    match shown(indicator, count) {
        Shown::KeptBack(text) => text,
        Shown::Count(count) => plain(count),
    }
}

fn text(counted: &[Counted<'_>], patients: usize) -> String {
    let mut text = format!("{patients} patients\n");
    for own in counted {
        let guideline = own.cohort.guideline();
        text += &format!("\n{} {}\n", guideline.name(), guideline.version());
        for (rule, counts) in own.rules() {
            let some = counts.iter().filter(|(_, count)| *count > 0);
            let some: Vec<String> = some.map(|(status, count)| format!("{status} {count}")).collect();
            text += &format!("  {rule}: {}\n", some.join(", "));
        }
        for indicator in &own.indicators {
            for group in std::iter::once(&indicator.all).chain(&indicator.groups) {
                let name = group.group.as_ref().map_or(String::new(), |group| format!(" {group}"));
                let (is_in, of) = (count_text(indicator, group.is_in), count_text(indicator, group.counted));
                text += &format!("  indicator.{}{name}: {is_in} of {of}\n", indicator.id);
            }
        }
    }
    text
}

/// A line for each rule and status, and two for each group of an indicator; the ends of what is kept back are empty.
fn csv_text(counted: &[Counted<'_>]) -> Result<String, Failure> {
    let mut table = csv::Writer::from_writer(Vec::new());
    let mut line = |cells: [&str; 7]| table.write_record(cells).map_err(unwritten);
    line(["guideline", "version", "rule", "group", "status", "low", "high"])?;
    for own in counted {
        let guideline = own.cohort.guideline();
        let (name, version) = (guideline.name(), guideline.version());
        for (rule, counts) in own.rules() {
            for (status, count) in counts {
                let count = count.to_string();
                line([name, version, rule, "", &status, &count, &count])?;
            }
        }
        for indicator in &own.indicators {
            let rule = format!("indicator.{}", indicator.id);
            for group in std::iter::once(&indicator.all).chain(&indicator.groups) {
                for (status, count) in [("counted", group.counted), ("in", group.is_in)] {
                    let (low, high) = match shown(indicator, count) {
                        Shown::Count(count) => (count.low.to_string(), count.high.to_string()),
                        Shown::KeptBack(_) => (String::new(), String::new()),
                    };
                    line([name, version, &rule, group.group.as_deref().unwrap_or(""), status, &low, &high])?;
                }
            }
        }
    }
    let bytes = table.into_inner().map_err(|error| Failure::Unusable(format!("error: {error}")))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// A line for each patient, with the status of every rule.
struct Rows {
    path: PathBuf,
    table: csv::Writer<std::fs::File>,
}

impl Rows {
    fn create(path: &PathBuf, counted: &[Counted<'_>]) -> Result<Rows, Failure> {
        let table = csv::Writer::from_path(path).map_err(|error| cannot_write(path, &error))?;
        let mut rows = Rows { path: path.clone(), table };
        let several = counted.len() > 1;
        let rules = counted.iter().flat_map(|own| {
            let guideline = own.cohort.guideline();
            let of = if several { format!("{} ", guideline.name()) } else { String::new() };
            guideline.rules().map(move |rule| format!("{of}{rule}")).collect::<Vec<_>>()
        });
        rows.write(std::iter::once("patient".to_owned()).chain(rules))?;
        Ok(rows)
    }

    fn add(&mut self, counted: &[Counted<'_>], ids: &[String]) -> Result<(), Failure> {
        for (patient, id) in ids.iter().enumerate() {
            let statuses = counted.iter().flat_map(|own| {
                let rules = 0..own.cohort.guideline().rules().count();
                rules.filter_map(move |rule| {
                    let status = own.cohort.status(&own.trace, rule, patient)?;
                    Some(own.status_name(rule, status))
                })
            });
            self.write(std::iter::once(id.clone()).chain(statuses))?;
        }
        Ok(())
    }

    fn write(&mut self, cells: impl Iterator<Item = String>) -> Result<(), Failure> {
        self.table.write_record(cells.map(String::into_bytes)).map_err(|error| cannot_write(&self.path, &error))
    }

    fn end(mut self) -> Result<(), Failure> {
        self.table.flush().map_err(|error| cannot_write(&self.path, &error.into()))
    }
}

fn cannot_write(path: &std::path::Path, error: &csv::Error) -> Failure {
    Failure::Unusable(format!("error: cannot write `{}`: {error}", crate::files::shown(path)))
}

fn unwritten(error: csv::Error) -> Failure {
    Failure::Unusable(format!("error: cannot write the answer: {error}"))
}
