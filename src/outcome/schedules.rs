//! Schedules: their dates around the date of evaluation, and on the days that a caller asks for.

use super::situation::Situation;
use super::{Fault, OptionName, Outcome, RuleStatus};
use crate::eval::{Calendar as Dates, Dates as Known};
use crate::ground::Ground;
use crate::language::Localized;
use crate::program::{Days, RuleIndex, RuleKind, RuleProgram, Schedule};
use crate::schedule::{Agenda, Budget, Expansion, Next, Occurrence, Sharing, Span, Standing, share_visits};
use crate::status::ScheduleStatus;
use crate::value::partial::Fallible;
use crate::value::{Date, Truth};
use std::ops::RangeInclusive;

/// One schedule.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScheduleOutcome {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// The answer. In force: it applies, and its dates from the date of evaluation on are known for 30 days.
    pub status: ScheduleStatus,
    /// Where the date of evaluation is in it: `not_begun`, `running`, `over` (also where it was stopped); `None` where that is not known, and
    /// where the schedule does not apply.
    pub standing: Option<&'static str>,
    /// The phase that the date of evaluation lies in, where the schedule has phases.
    pub phase: Option<OptionName>,
    /// The next date on or after the date of evaluation that is not done; of a schedule that counts from the latest record
    /// its one date, also where that is overdue. At most one day; none where there is none or it is not known.
    pub next: Vec<Date>,
    /// Whether that day was drawn by chance.
    next_is: Days,
    /// The dates from 30 days before the date of evaluation through 30 days after it, and any before them that can still be
    /// kept; of a schedule that counts from the latest record its one date. In order, none twice.
    pub dates: Vec<ScheduledDate>,
    /// What it says to people; may be empty.
    pub text: Localized,
    /// Its own and those of its lines. Never empty.
    pub grounds: Vec<Ground>,
    /// The guideline that it comes from.
    pub layer: String,
}

/// One date of a schedule.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ScheduledDate {
    /// The day.
    pub date: Date,
    /// `planned`, `due`, `overdue`, `missed` or `done`; `past` after the date where nothing shows whether it was kept;
    /// `undetermined` where what is not known may have moved it or served it.
    pub status: &'static str,
    /// Its phase, where the schedule has phases.
    pub phase: Option<String>,
    /// The first and the last day on which it can be kept; both are the date itself where the schedule says nothing. `None`
    /// where a duration that the window is made of is not known.
    pub window: Option<(Date, Date)>,
    /// Whether the day was drawn by chance.
    pub drawn: bool,
}

/// The dates of a guideline's schedules on some days, and the visits that keep them.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct Calendar {
    /// `stockholm.laro`
    pub guideline: String,
    /// `1.0.0`
    pub version: String,
    /// The guideline's title.
    pub title: Localized,
    /// The date of evaluation.
    pub as_of: Date,
    /// The first and the last day asked for; none if the last is before the first.
    pub days: (Date, Date),
    /// In the order of the file, also those that do not apply.
    pub schedules: Vec<CalendarSchedule>,
    /// Each date of every schedule in force, in one visit: in the order of their days. A visit serves dates of several
    /// schedules where those say `may share visits`.
    pub visits: Vec<Visit>,
    /// What could not be computed.
    pub faults: Vec<Fault>,
}

/// One schedule's dates on the days asked for.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct CalendarSchedule {
    /// Its name.
    pub id: String,
    /// Its label.
    pub label: Localized,
    /// The answer on the date of evaluation.
    pub status: ScheduleStatus,
    /// In order, none twice. Empty where it does not apply, or nobody knows whether it does.
    pub dates: Vec<ScheduledDate>,
    /// From when through when there may be other dates than those listed.
    pub uncertain: Vec<(Date, Date)>,
    /// From when through when dates are drawn by chance, and no seed was given.
    pub needs_seed: Vec<(Date, Date)>,
    /// Never empty.
    pub grounds: Vec<Ground>,
    /// The guideline that it comes from.
    pub layer: String,
}

/// A day on which one or more dates are to be kept, or were.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct Visit {
    /// The day; within the window of each date that it serves.
    pub day: Date,
    /// The schedules' names with the date that is served, in the order of the file. Never empty.
    pub serves: Vec<(String, Date)>,
    /// Whether the day of one of them was drawn by chance.
    pub drawn: bool,
}

impl Calendar {
    /// For the patient's eyes: without the days that are drawn by chance and lie on or after the date of evaluation.
    #[must_use]
    pub fn without_drawn_days(mut self) -> Calendar {
        let as_of = self.as_of;
        for schedule in &mut self.schedules {
            schedule.dates.retain(|date| !date.drawn || date.date < as_of);
        }
        self.visits.retain(|visit| !visit.drawn || visit.day < as_of);
        self
    }
}

impl Outcome {
    /// For the patient's eyes: without the days that are drawn by chance and lie on or after the date of evaluation.
    #[must_use]
    pub fn without_drawn_days(mut self) -> Outcome {
        let as_of = self.as_of;
        for schedule in &mut self.schedules {
            // The next day may lie after those that are listed.
            if schedule.next_is == Days::Drawn || schedule.dates.iter().any(|date| date.drawn) {
                schedule.next.clear();
            }
            schedule.dates.retain(|date| !date.drawn || date.date < as_of);
        }
        self
    }
}

impl Situation<'_> {
    pub(super) fn schedule(&self, index: RuleIndex, rule: &RuleProgram, schedule: &Schedule) -> ScheduleOutcome {
        let status = self.schedule_status(index);
        let mut found = ScheduleOutcome {
            id: rule.name.to_string(),
            label: rule.label.clone(),
            status,
            standing: None,
            phase: None,
            next: Vec::new(),
            next_is: Days::Fixed,
            dates: Vec::new(),
            text: schedule.common.text.clone(),
            grounds: schedule.grounds.clone(),
            layer: self.layer(rule),
        };
        let Some(dates) = self.dates_where_it_applies(schedule) else { return found };
        found.dates = scheduled(schedule, &dates.around);
        found.standing = match dates.around.standing {
            Standing::Unknown => None,
            Standing::NotBegun => Some("not_begun"),
            Standing::InPhase(_) => Some("running"),
            Standing::Over => Some("over"),
        };
        if let Standing::InPhase(phase) = dates.around.standing {
            found.phase = named_phase(schedule, phase);
        }
        // A date so far away that nobody can look for it is not told; the dates around today were found before.
        if let (ScheduleStatus::InForce, Ok(Next::On(next))) = (status, self.moment.next_date(dates)) {
            found.next.push(next.date);
            found.next_is = days_of(schedule, next.phase);
        }
        found
    }

    fn schedule_status(&self, index: RuleIndex) -> ScheduleStatus {
        match Situation::status(self.cells, index) {
            RuleStatus::Schedule(status) => status,
            // INVARIANT: the status of a schedule is of its kind.
            RuleStatus::Eligibility(_)
            | RuleStatus::Checklist(_)
            | RuleStatus::Task(_)
            | RuleStatus::Recommendation(_)
            | RuleStatus::Parallel(_)
            | RuleStatus::Score(_)
            | RuleStatus::Proposal(_)
            | RuleStatus::Indicator(_) => ScheduleStatus::Undetermined,
        }
    }

    /// What is known of its dates, if it is known that it applies.
    fn dates_where_it_applies(&self, schedule: &Schedule) -> Option<&Dates> {
        let applies = schedule.common.when.map_or(Truth::True, |when| self.cells.lit(self.program(), when.lit));
        match (applies, self.cells.dates(schedule.plan)) {
            (Truth::True, Known::Known(dates)) => Some(dates),
            (Truth::True | Truth::False | Truth::Unknown, _) => None,
        }
    }

    /// The dates on some days of the guideline's own schedules.
    pub(crate) fn calendar(&self, days: &RangeInclusive<Date>) -> Calendar {
        let layer = self.program().layers.first();
        let mut calendar = Calendar {
            guideline: layer.map_or(String::new(), |layer| layer.name.to_string()),
            version: layer.map_or(String::new(), |layer| layer.version.to_string()),
            title: layer.map(|layer| layer.title.clone()).unwrap_or_default(),
            as_of: self.as_of(),
            days: (*days.start(), *days.end()),
            schedules: Vec::new(),
            visits: Vec::new(),
            faults: Vec::new(),
        };
        let mut expansions: Vec<(Expansion, Sharing)> = Vec::new();
        for index in self.rules() {
            let Some(rule) = self.program().rules.get(index.0 as usize) else { continue };
            let RuleKind::Schedule(schedule) = &rule.kind else { continue };
            let expansion = match (self.dates_where_it_applies(schedule), Span::of(days)) {
                (Some(dates), Some(days)) => self.moment.dates(dates, days),
                (None, _) | (_, None) => Ok(Expansion::default()),
            };
            let expansion = self.or_fault(&mut calendar, rule, expansion);
            let spans = |spans: &[Span]| spans.iter().map(|span| (span.first(), span.last())).collect();
            calendar.schedules.push(CalendarSchedule {
                id: rule.name.to_string(),
                label: rule.label.clone(),
                status: self.schedule_status(index),
                dates: scheduled(schedule, &expansion),
                uncertain: spans(&expansion.uncertain),
                needs_seed: spans(&expansion.needs_seed),
                grounds: schedule.grounds.clone(),
                layer: self.layer(rule),
            });
            let sharing = match schedule.sharing {
                crate::program::Sharing::MayShare => Sharing::MayShare,
                crate::program::Sharing::Alone => Sharing::Alone,
            };
            expansions.push((expansion, sharing));
        }
        let agendas: Vec<Agenda<'_>> = expansions
            .iter()
            .map(|(expansion, sharing)| Agenda { occurrences: &expansion.occurrences, sharing: *sharing })
            .collect();
        let mut budget = Budget::new(self.moment.evaluator().work_limit());
        if let Ok(visits) = share_visits(&agendas, self.as_of(), &mut budget) {
            calendar.visits = visits.iter().filter_map(|visit| told(visit, &calendar.schedules)).collect();
        }
        for fault in self.faults() {
            let is_schedule = fault.rule.starts_with("schedule.");
            if is_schedule && !calendar.faults.contains(&fault) {
                calendar.faults.push(fault);
            }
        }
        calendar
    }

    fn or_fault(&self, calendar: &mut Calendar, rule: &RuleProgram, found: Fallible<Expansion>) -> Expansion {
        found.unwrap_or_else(|kind| {
            let why = super::faults::why(kind).to_owned();
            calendar.faults.push(Fault { rule: rule.full_name(), kind, why, place: self.place(rule.place) });
            Expansion::default()
        })
    }
}

fn told(visit: &crate::schedule::Visit, schedules: &[CalendarSchedule]) -> Option<Visit> {
    let mut drawn = false;
    let mut serves = Vec::new();
    for appointment in &visit.serves {
        let schedule = schedules.get(appointment.schedule)?;
        let date = schedule.dates.get(appointment.occurrence)?;
        drawn |= date.drawn;
        serves.push((schedule.id.clone(), date.date));
    }
    Some(Visit { day: visit.day, serves, drawn })
}

fn scheduled(schedule: &Schedule, expansion: &Expansion) -> Vec<ScheduledDate> {
    let date = |occurrence: &Occurrence| ScheduledDate {
        date: occurrence.date,
        status: occurrence.status.name(),
        phase: named_phase(schedule, occurrence.phase).map(|phase| phase.id),
        window: occurrence.window.map(|window| (window.first(), window.last())),
        drawn: days_of(schedule, occurrence.phase) == Days::Drawn,
    };
    expansion.occurrences.iter().map(date).collect()
}

fn days_of(schedule: &Schedule, phase: usize) -> Days {
    schedule.phases.get(phase).map_or(Days::Fixed, |phase| phase.days)
}

fn named_phase(schedule: &Schedule, phase: usize) -> Option<OptionName> {
    let phase = schedule.phases.get(phase).filter(|phase| !phase.name.is_empty())?;
    Some(OptionName { id: phase.name.to_string(), label: phase.label.clone() })
}
