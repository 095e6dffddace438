//! The dates of one phase: which days of a span a recurrence falls on.

use super::budget::Budget;
use super::plan::{Plan, Recurrence, WeekdayRecurrence};
use super::span::Span;
use crate::value::partial::{Fallible, FaultKind};
use crate::value::{Date, Duration, DurationUnit};

/// One phase of a stretch: what its dates are counted from, and where they may lie.
#[derive(Debug, Clone, Copy)]
pub(super) struct Field<'a> {
    pub(super) plan: &'a Plan,
    pub(super) anchor: Date,
    /// The phase as if nothing came after the anchor.
    pub(super) phase: Span,
    /// The part of the phase whose dates are asked for.
    pub(super) wanted: Span,
}

/// Dates in order, and the spans whose dates are drawn by chance while there is no seed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Dates {
    pub(super) dates: Vec<Date>,
    pub(super) undrawn: Vec<Span>,
}

impl Field<'_> {
    pub(super) fn dates(self, recurrence: &Recurrence, budget: &mut Budget) -> Fallible<Dates> {
        let dates = match recurrence {
            Recurrence::Every(interval) => match (interval.days(), interval.months()) {
                (Some(days), _) => self.every_days(days, budget)?,
                (None, Some(months)) => self.every_months(months, budget)?,
                (None, None) => Vec::new(),
            },
            Recurrence::OnWeekdays(weekdays) => self.on_weekdays(weekdays, budget)?,
            Recurrence::RandomWeekdays { times_a_week } => {
                return self.random_weekdays(usize::from(times_a_week.get()), budget);
            }
        };
        Ok(Dates { dates, undrawn: Vec::new() })
    }

    /// The anchor and every `step` days after it. Begins at the first that is wanted, however far that is.
    fn every_days(self, step: i64, budget: &mut Budget) -> Fallible<Vec<Date>> {
        let step = if step > 0 { step } else { return Err(FaultKind::NoInterval) };
        let anchor = i64::from(self.anchor.day_number());
        let away = i64::from(self.wanted.first().day_number()) - anchor;
        let mut multiple = (away + step - 1).div_euclid(step).max(self.plan.first_day.first_multiple());
        let mut dates = Vec::new();
        loop {
            budget.spend(1)?;
            let date = i32::try_from(anchor + multiple * step).ok().and_then(Date::from_day_number);
            match date.filter(|date| *date <= self.wanted.last()) {
                Some(date) => dates.push(date),
                None => return Ok(dates),
            }
            multiple += 1;
        }
    }

    /// The anchor and every `step` months after it, each counted from the anchor.
    fn every_months(self, step: i64, budget: &mut Budget) -> Fallible<Vec<Date>> {
        let step = if step > 0 { step } else { return Err(FaultKind::NoInterval) };
        // The last of them on or before the first day that is wanted.
        let reached = self.anchor.completed(DurationUnit::Months, self.wanted.first()).div_euclid(step);
        let mut multiple = reached.max(self.plan.first_day.first_multiple());
        let mut dates = Vec::new();
        loop {
            budget.spend(1)?;
            let months = multiple.checked_mul(step).and_then(|months| i32::try_from(months).ok());
            let date = months.and_then(|months| self.anchor.checked_add(Duration::new(months, DurationUnit::Months)));
            match date.filter(|date| *date <= self.wanted.last()) {
                Some(date) if date < self.wanted.first() => {}
                Some(date) => dates.push(date),
                None => return Ok(dates),
            }
            multiple += 1;
        }
    }

    fn on_weekdays(self, weekdays: &WeekdayRecurrence, budget: &mut Budget) -> Fallible<Vec<Date>> {
        let step = i64::from(weekdays.every_weeks.get());
        let first_week = i64::from(self.anchor.monday().day_number());
        let away = (i64::from(self.wanted.first().monday().day_number()) - first_week) / 7;
        let mut week = (away + step - 1).div_euclid(step) * step;
        let mut days = weekdays.days.clone();
        days.sort_unstable();
        days.dedup();
        let mut dates = Vec::new();
        loop {
            budget.spend(1)?;
            let monday = i32::try_from(first_week + 7 * week).ok().and_then(Date::from_day_number);
            let Some(monday) = monday.filter(|monday| *monday <= self.wanted.last()) else { return Ok(dates) };
            let of_week = days.iter().filter_map(|day| Date::from_day_number(monday.day_number() + *day as i32));
            dates.extend(of_week.filter(|date| self.wanted.contains(*date)));
            week += step;
        }
    }

    /// A week's draw is among those of its days that the phase has, wanted or not: what happens later changes no draw.
    fn random_weekdays(self, times_a_week: usize, budget: &mut Budget) -> Fallible<Dates> {
        let mut found = Dates::default();
        let mut monday = self.wanted.first().monday();
        while monday <= self.wanted.last() {
            budget.spend(1)?;
            let day = |after: i32| Date::from_day_number(monday.day_number() + after);
            let among: Vec<Date> = (0..5).filter_map(day).filter(|date| self.phase.contains(*date)).collect();
            let drawn = match &self.plan.seed {
                // Nothing to draw.
                _ if among.len() <= times_a_week => Some(among),
                Some(seed) => Some(seed.draw(&self.plan.name, self.anchor, monday, times_a_week, among)),
                None => None,
            };
            match drawn {
                Some(drawn) => found.dates.extend(drawn.into_iter().filter(|date| self.wanted.contains(*date))),
                None => {
                    let week = Span::new(monday, day(6).unwrap_or(Date::MAX));
                    found.undrawn.extend(week.and_then(|week| week.meet(self.wanted)));
                }
            }
            match day(7) {
                Some(next) => monday = next,
                None => break,
            }
        }
        Ok(found)
    }
}
