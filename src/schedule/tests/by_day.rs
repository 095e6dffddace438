//! The plainest reading of a plan whose events are all certain: day by day, nothing skipped, nothing shared with the
//! expansion but the calendar itself and the draw.
#![allow(clippy::unwrap_used, clippy::indexing_slicing, reason = "a panic is the failure report")]

use crate::schedule::{FirstDay, OccurrenceStatus, PhaseEnd, Plan, Recurrence, Span};
use crate::value::{Date, Duration, DurationUnit};

/// The dates in a span, each with its phase and status.
pub(super) fn dates(plan: &Plan, today: Date, wanted: Span) -> Vec<(Date, usize, OccurrenceStatus)> {
    let mut records: Vec<Date> = Vec::new();
    if let Some(done_by) = &plan.done_by {
        records.extend(done_by.records.days.iter().map(|record| record.first).filter(|day| *day <= today));
    }
    records.sort_unstable();
    let mut state: Option<(Date, usize)> = None;
    let mut tomorrow = None;
    let mut found = Vec::new();
    let mut day = plan.start.first;
    while day <= wanted.last() {
        state = tomorrow.take().or(state);
        let happened = |events: &crate::schedule::Events| day <= today && events.days.iter().any(|e| e.first == day);
        let restart = match day == plan.start.first {
            true => Some(0),
            false => plan.restarts.iter().filter(|restart| happened(&restart.on)).map(|restart| restart.phase).min(),
        };
        if plan.stops.iter().any(happened) {
            state = None;
        } else if let Some(phase) = restart {
            match plan.first_day {
                FirstDay::Included => state = Some((day, phase)),
                FirstDay::NotIncluded => tomorrow = Some((day, phase)),
            }
        }
        if let Some(phase) = state.and_then(|(anchor, phase)| falls_on(plan, anchor, phase, day)) {
            let status = status(plan, &mut records, day, today);
            if wanted.contains(day) {
                found.push((day, phase, status));
            }
        }
        day = day.next().unwrap();
    }
    found
}

fn status(plan: &Plan, records: &mut Vec<Date>, day: Date, today: Date) -> OccurrenceStatus {
    let (mut first, mut last) = (day, day);
    if let Some(done_by) = &plan.done_by {
        (first, last) = (day.checked_sub(done_by.before).unwrap(), day.checked_add(done_by.after).unwrap());
    }
    if let Some(at) = records.iter().position(|record| first <= *record && *record <= last) {
        records.remove(at);
        return OccurrenceStatus::Done;
    }
    match plan.done_by {
        _ if today < first => OccurrenceStatus::Planned,
        _ if today <= day => OccurrenceStatus::Due,
        None => OccurrenceStatus::Past,
        Some(_) if today <= last => OccurrenceStatus::Overdue,
        Some(_) => OccurrenceStatus::Missed,
    }
}

/// The phase in which `day` is a date.
fn falls_on(plan: &Plan, anchor: Date, first: usize, day: Date) -> Option<usize> {
    let (mut begin, mut base, mut months, mut days) = (anchor, anchor, 0, 0);
    for (index, phase) in plan.phases.iter().enumerate().skip(first) {
        // The boundary after the phase.
        let end = match phase.ends {
            PhaseEnd::After(length) => {
                months += length.months().unwrap_or(0);
                days += length.days().unwrap_or(0);
                let with_months = add(base, months, DurationUnit::Months);
                Some(add(with_months, days, DurationUnit::Days))
            }
            PhaseEnd::Through(last) => {
                let end = match plan.first_day {
                    FirstDay::Included => last.first.next().unwrap(),
                    FirstDay::NotIncluded => last.first,
                };
                if end > begin {
                    (base, months, days) = (end, 0, 0);
                }
                Some(end.max(begin))
            }
            PhaseEnd::Open => None,
        };
        let inside = |day: Date| match plan.first_day {
            FirstDay::Included => begin <= day && end.is_none_or(|end| day < end),
            FirstDay::NotIncluded => begin < day && end.is_none_or(|end| day <= end),
        };
        if inside(day) {
            return is_date(plan, &phase.recurrence, anchor, day, inside).then_some(index);
        }
        begin = end?;
    }
    None
}

fn is_date(plan: &Plan, recurrence: &Recurrence, anchor: Date, day: Date, inside: impl Fn(Date) -> bool) -> bool {
    let monday = |day: Date| add(day, -i64::from(day.weekday() as u8), DurationUnit::Days);
    match recurrence {
        Recurrence::Every(interval) => {
            let first = if plan.first_day == FirstDay::Included { 0 } else { 1 };
            let date = |n: i32| anchor.checked_add(Duration::new(n * interval.count(), interval.unit())).unwrap();
            (first..).map(date).take_while(|date| *date <= day).any(|date| date == day)
        }
        Recurrence::OnWeekdays(weekdays) => {
            let weeks = (monday(day).day_number() - monday(anchor).day_number()) / 7;
            (weeks as u32).is_multiple_of(weekdays.every_weeks.get()) && weekdays.days.contains(&day.weekday())
        }
        Recurrence::RandomWeekdays { times_a_week } => {
            let week = monday(day);
            let of_week = (0..5).map(|after| add(week, after, DurationUnit::Days)).filter(|day| inside(*day));
            let times = usize::from(times_a_week.get());
            plan.seed.as_ref().unwrap().draw(&plan.name, anchor, week, times, of_week.collect()).contains(&day)
        }
    }
}

fn add(day: Date, count: i64, unit: DurationUnit) -> Date {
    day.checked_add(Duration::new(i32::try_from(count).unwrap(), unit)).unwrap()
}
