//! Indicators over many patients, and over published counts.

use super::Guideline;
use crate::error::Error;
use crate::eval::{Bound, Many, Planes};
use crate::facts::Facts;
use crate::indicator::{
    self, GroupCounts, IndicatorComparison, IndicatorCounts, KeptBack, Plan, PublishedCell, PublishedCount,
};
use crate::program::{Indicator, RuleKind, RuleProgram};
use crate::value::{Date, Truth};

/// Patients whose facts are held side by side.
const COUNTED_TOGETHER: usize = 2_048;

impl Guideline {
    /// Counts patients for every indicator of the guideline, in the order of the file.
    ///
    /// Patients of whom something is not known widen the counts: `low` is how many certainly are, `high` how many may be.
    /// The time that is looked at is the parameter `period`: set it with [`Guideline::set_parameter`], or the answer is
    /// unknown for everybody whose facts depend on it.
    ///
    /// # Errors
    /// [`Error::NotInForce`], and [`Error::Facts`] where a version that is in force on the date declares a fact otherwise.
    pub fn count<'f>(
        &self,
        patients: impl IntoIterator<Item = &'f Facts>,
        as_of: Date,
    ) -> Result<Vec<IndicatorCounts>, Error> {
        let serving = self.combined_on(as_of)?;
        if !std::ptr::eq(serving, self) {
            // Each was read for this combination, and is to be counted by another.
            let patients: Vec<&Facts> = patients.into_iter().collect();
            patients.iter().try_for_each(|facts| self.serving(facts, as_of).map(drop))?;
            return serving.count(patients, as_of);
        }
        let many = self.evaluator().many(as_of);
        let mut counts = self.indicators();
        let (mut bound, mut columns, mut planes) = (Bound::default(), many.columns(), Planes::default());
        let mut patients = patients.into_iter();
        let mut counted = 0;
        loop {
            columns.clear();
            for facts in patients.by_ref().take(COUNTED_TOGETHER) {
                self.evaluator().bind_into(facts, &mut bound);
                columns.push(self.evaluator(), &bound);
            }
            if columns.patients() == 0 {
                break;
            }
            many.evaluate(&columns, &mut planes);
            self.add_counts(&many, &planes, counted, &mut counts);
            counted += columns.patients();
        }
        Ok(counts)
    }

    /// The indicators with nobody counted, in the order of the file.
    pub(crate) fn indicators(&self) -> Vec<IndicatorCounts> {
        self.own_indicators().map(|(rule, indicator)| nobody(rule, indicator)).collect()
    }

    /// Adds the patients of a batch to the counts of the indicators; so many were counted before.
    pub(crate) fn add_counts(&self, many: &Many<'_>, planes: &Planes, before: usize, counts: &mut [IndicatorCounts]) {
        for ((_, indicator), counts) in self.own_indicators().zip(counts) {
            let IndicatorCounts { all, groups, others, undetermined, .. } = counts;
            let shares = many.shares(planes, indicator, None, |place, is_counted, is_in| match (is_counted, is_in) {
                (Truth::True, Truth::False) if indicator.lists_others => others.push(before + place),
                (Truth::True, Truth::True | Truth::False) | (Truth::False, _) => {}
                (Truth::Unknown, _) | (Truth::True, Truth::Unknown) => undetermined.push(before + place),
            });
            all.add(shares.counted, shares.is_in);
            for (group, counts) in groups.iter_mut().enumerate() {
                let shares = many.shares(planes, indicator, Some(group), |_, _, _| ());
                counts.add(shares.counted, shares.is_in);
            }
        }
    }

    /// What a published table of counts says of an indicator: shares, changes and which way they go. A number that is
    /// kept back is every number that it may stand for, so that a change with it is an interval.
    ///
    /// # Errors
    /// [`Error::NoSuch`] when there is no such indicator, [`Error::Published`] for a table that cannot be: a part larger
    /// than its whole, one year twice, a number kept back where the rule keeps none back.
    pub fn compare_published(&self, indicator: &str, rows: &[PublishedCount]) -> Result<IndicatorComparison, Error> {
        let mut own = self.own_indicators();
        let Some((rule, found)) = own.find(|(rule, _)| *rule.name == *indicator) else {
            let names: Vec<&str> = self.own_indicators().map(|(rule, _)| &*rule.name).collect();
            return Err(Error::no_such("indicator", indicator, names));
        };
        let kept = found.kept.as_ref().map(kept_back);
        for (at, row) in rows.iter().enumerate() {
            if let Some(why) = mistake(row, rows.get(..at).unwrap_or_default(), kept.as_ref()) {
                return Err(Error::Published { row: at, why });
            }
        }
        let year = |year: u32| i32::try_from(year).unwrap_or(i32::MAX);
        let plan = Plan {
            id: &rule.name,
            groups: found.groups.iter().map(|group| &*group.name).collect(),
            years: found.compare.map(|(now, before)| (year(now), year(before))),
            kept: kept.as_ref(),
        };
        Ok(indicator::compare(&plan, rows))
    }

    fn own_indicators(&self) -> impl Iterator<Item = (&RuleProgram, &Indicator)> {
        let program = &self.evaluator().program;
        let rules = program.own_rules.iter().filter_map(|index| program.rules.get(*index as usize));
        rules.filter_map(|rule| {
            let RuleKind::Indicator(indicator) = &rule.kind else { return None };
            Some((rule, indicator))
        })
    }
}

fn nobody(rule: &RuleProgram, indicator: &Indicator) -> IndicatorCounts {
    IndicatorCounts {
        id: rule.name.to_string(),
        label: rule.label.clone(),
        all: GroupCounts::none(None),
        groups: indicator.groups.iter().map(|group| GroupCounts::none(Some(&group.name))).collect(),
        others: Vec::new(),
        undetermined: Vec::new(),
        kept: indicator.kept.as_ref().map(kept_back),
        caution: indicator.caution.clone(),
        grounds: indicator.common.grounds.clone(),
    }
}

fn kept_back(kept: &crate::ir::Kept) -> KeptBack {
    KeptBack { from: kept.from.into(), to: kept.to.into(), shown: kept.shown.to_string() }
}

/// What is wrong with a row of a published table, if anything is.
fn mistake(row: &PublishedCount, above: &[PublishedCount], kept: Option<&KeptBack>) -> Option<String> {
    let is_kept = |cell: &PublishedCell| *cell == PublishedCell::KeptBack;
    if kept.is_none() && (is_kept(&row.counted) || is_kept(&row.is_in)) {
        return Some("a number is kept back, and the indicator keeps none back".to_owned());
    }
    if let (PublishedCell::Number(whole), PublishedCell::Number(part)) = (&row.counted, &row.is_in)
        && part > whole
    {
        return Some(format!("{part} of {whole} is more than all of them"));
    }
    let twice = above.iter().any(|other| other.group == row.group && other.year == row.year);
    twice.then(|| format!("{} of this group stands above already", row.year))
}
