//! Schedules: the cells of one patient made into a calendar plan, and what its dates come to.

use super::cells::{Cells, FaultAt};
use super::moment::Moment;
use super::ops::Reader;
use super::run::Evaluation;
use crate::program::{
    self, CountWindow, CountedDates, DateStatus, LoopBody, LoopId, PlanId, PlanKind, TruthId, ValueId,
};
use crate::schedule::{
    self, Budget, Completeness, DoneBy, Events, Expansion, FirstDay, Next, Occurrence, OccurrenceStatus, PhaseEnd,
    Recurrence, Restart, SinceLatest, Span, Standing, WeekdayRecurrence,
};
use crate::value::partial::{Days, Fallible, FaultKind, Partial};
use crate::value::{Date, Duration, DurationUnit, Truth};
use std::ops::RangeInclusive;

/// So many days before and after the date of evaluation belong to an outcome.
const AROUND: i32 = 30;

/// What is known of the dates of one schedule.
#[derive(Debug, Clone, Default)]
pub(crate) enum Dates {
    /// Not worked out, or what is missing leaves nothing to count.
    #[default]
    Unknown,
    /// There is no day to count from, and that is known.
    Nothing,
    Known(Box<Calendar>),
}

/// A plan with all facts filled in.
#[derive(Debug, Clone)]
pub(crate) struct Calendar {
    form: Form,
    /// Which days a record may serve a date on is not known, so how each date stands is not, either.
    windows: Windows,
    /// On the days around the date of evaluation.
    pub(crate) around: Expansion,
}

#[derive(Debug, Clone)]
enum Form {
    Phased(Box<schedule::Plan>),
    SinceLatest(SinceLatest),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Windows {
    Known,
    Unknown,
}

impl Calendar {
    /// The dates on some days, both ends included.
    pub(crate) fn dates(&self, today: Date, days: Span, budget: &mut Budget) -> Fallible<Expansion> {
        self.expand(today, &(days.first()..=days.last()), budget)
    }

    fn expand(&self, today: Date, days: &RangeInclusive<Date>, budget: &mut Budget) -> Fallible<Expansion> {
        let mut found = match &self.form {
            Form::Phased(plan) => schedule::expand(plan, today, days, budget)?,
            Form::SinceLatest(plan) => plan.expand(today, days, budget)?,
        };
        if self.windows == Windows::Unknown {
            for occurrence in &mut found.occurrences {
                occurrence.status = OccurrenceStatus::Undetermined;
                occurrence.record = None;
                occurrence.window = None;
            }
        }
        Ok(found)
    }

    /// The first date on or after today that is not done; of the other form also the one that is overdue.
    pub(crate) fn next(&self, today: Date, budget: &mut Budget) -> Fallible<Next> {
        match (&self.form, self.around.occurrences.first()) {
            (Form::SinceLatest(_), Some(only)) if self.is_certain() => Ok(Next::On(*only)),
            (Form::Phased(_) | Form::SinceLatest(_), _) => {
                schedule::next(today, |days, budget| self.expand(today, days, budget), budget)
            }
        }
    }

    /// How many dates there can be at a time.
    fn most_dates(&self) -> i64 {
        match &self.form {
            Form::Phased(_) => i64::MAX,
            Form::SinceLatest(_) => 1,
        }
    }

    /// The days that belong to an outcome: far enough back to show every date that can still be kept.
    fn days_around(&self, today: Date) -> Span {
        let day = |days: i32| Date::from_day_number(today.day_number().saturating_add(days));
        let (first, last) = match &self.form {
            Form::Phased(plan) => {
                let served = plan.done_by.as_ref().map(|done_by| done_by.after);
                let first = day(-AROUND).unwrap_or(Date::MIN);
                let still_open = served.map_or(today, |after| today.checked_sub(after).unwrap_or(Date::MIN));
                (first.min(still_open), day(AROUND).unwrap_or(Date::MAX))
            }
            // There is one date, and nobody can say how far away.
            Form::SinceLatest(_) => (Date::MIN, Date::MAX),
        };
        Span::new(first, last).unwrap_or(Span::day(today))
    }

    /// Whether the dates from today through the end of the days around it are those that are listed.
    fn is_certain(&self) -> bool {
        self.around.standing != Standing::Unknown
            && self.around.uncertain.is_empty()
            && self.around.needs_seed.is_empty()
    }

    /// The same, looking no further back than today.
    fn is_certain_from(&self, today: Date) -> bool {
        let open = |spans: &[Span]| spans.iter().any(|span| span.last() >= today);
        self.around.standing != Standing::Unknown && !open(&self.around.uncertain) && !open(&self.around.needs_seed)
    }
}

impl Evaluation<'_> {
    fn budget(&self) -> Budget {
        Budget::new(self.limits().work.saturating_sub(self.cells.work))
    }

    fn spent(&mut self, budget: &Budget) {
        self.cells.work = self.limits().work.saturating_sub(budget.left());
    }

    /// Whether the dates of a plan are known today; what is known of them is kept.
    pub(super) fn dates(&mut self, id: TruthId, plan: PlanId) -> Truth {
        let today = self.moment.today;
        let (dates, truth) = match self.calendar(plan) {
            Ok(dates @ Dates::Nothing) => (dates, Truth::False),
            Ok(dates @ Dates::Unknown) => (dates, Truth::Unknown),
            Ok(Dates::Known(calendar)) => {
                let known = calendar.is_certain_from(today);
                (Dates::Known(calendar), if known { Truth::True } else { Truth::Unknown })
            }
            Err(kind) => {
                self.cells.fault(FaultAt::Truth(id), kind);
                (Dates::Unknown, Truth::Unknown)
            }
        };
        self.cells.plans[plan.0 as usize] = dates;
        truth
    }

    fn calendar(&mut self, id: PlanId) -> Fallible<Dates> {
        let moment = self.moment;
        let plan = &moment.program().plans[id.0 as usize];
        let mut windows = Windows::Known;
        let form = match &plan.kind {
            PlanKind::Phased { start, first_day, phases, restarts, stops, done_by } => {
                let Some(start) = self.start(*start) else { return Ok(Dates::Nothing) };
                let phases = phases.iter().map(|phase| self.phase(phase)).collect();
                let mut found = Vec::new();
                for (phase, looped) in restarts {
                    found.push(Restart { phase: *phase, on: self.events(*looped)? });
                }
                let stops = stops.iter().map(|looped| self.events(*looped)).collect::<Fallible<Vec<Events>>>()?;
                let done_by = match done_by {
                    None => None,
                    Some(done_by) => {
                        let records = self.events(done_by.records)?;
                        let around = (self.length(done_by.before), self.length(done_by.after));
                        let (before, after) = match around {
                            (Some(before), Some(after)) => (before, after),
                            (None, _) | (_, None) => {
                                windows = Windows::Unknown;
                                let no_days = Duration::new(0, DurationUnit::Days);
                                (no_days, no_days)
                            }
                        };
                        Some(DoneBy { records, before, after })
                    }
                };
                Form::Phased(Box::new(schedule::Plan {
                    name: plan.name.to_string(),
                    start,
                    first_day: match first_day {
                        program::FirstDay::Included => FirstDay::Included,
                        program::FirstDay::NotIncluded => FirstDay::NotIncluded,
                    },
                    phases,
                    restarts: found,
                    stops,
                    done_by,
                    seed: moment.evaluator.seed.clone(),
                }))
            }
            PlanKind::SinceLatest { start, first_within, then_every, records } => {
                let Some(start) = self.start(*start) else { return Ok(Dates::Nothing) };
                let lengths = self.length(*first_within).zip(self.length(*then_every));
                let records = self.events(*records)?;
                let Some((first_within, then_every)) = lengths else { return Ok(Dates::Unknown) };
                Form::SinceLatest(SinceLatest { start, first_within, then_every, records })
            }
        };
        let mut calendar = Calendar { form, windows, around: Expansion::default() };
        let mut budget = self.budget();
        let around = calendar.days_around(self.moment.today);
        let found = calendar.dates(self.moment.today, around, &mut budget);
        self.spent(&budget);
        calendar.around = found?;
        Ok(Dates::Known(Box::new(calendar)))
    }

    /// The day that counting begins on; `None` where it is known to be absent.
    fn start(&self, id: ValueId) -> Option<Days> {
        match self.value(id) {
            Partial::Absent => None,
            Partial::Date(days) => Some(days),
            Partial::Unknown
            | Partial::Number { .. }
            | Partial::Duration(_)
            | Partial::Period(..)
            | Partial::Code { .. }
            | Partial::Word(_)
            | Partial::Age(_) => Some(Days { perhaps_absent: self.moment.program().may_be_none(id), ..Days::ALL }),
        }
    }

    fn length(&self, id: ValueId) -> Option<Duration> {
        if let Partial::Duration(duration) = self.value(id) { Some(duration) } else { None }
    }

    /// A phase of which the length or the interval is not known is in doubt from its first day on, and so is all after it.
    fn phase(&self, phase: &program::Phase) -> schedule::Phase {
        const NOBODY_KNOWS: PhaseEnd = PhaseEnd::Through(Days { perhaps_absent: true, ..Days::ALL });
        let mut ends = match phase.ends {
            program::PhaseEnd::After(length) => self.length(length).map_or(NOBODY_KNOWS, PhaseEnd::After),
            program::PhaseEnd::Through(last) => match self.value(last) {
                Partial::Absent => PhaseEnd::Open,
                Partial::Date(days) => PhaseEnd::Through(days),
                Partial::Unknown
                | Partial::Number { .. }
                | Partial::Duration(_)
                | Partial::Period(..)
                | Partial::Code { .. }
                | Partial::Word(_)
                | Partial::Age(_) => NOBODY_KNOWS,
            },
            program::PhaseEnd::Open => PhaseEnd::Open,
        };
        let recurrence = match &phase.recurrence {
            program::Recurrence::Every(interval) => match self.length(*interval) {
                Some(interval) => Recurrence::Every(interval),
                None => {
                    ends = NOBODY_KNOWS;
                    // The anchor is a date whatever the interval is; no other can be told.
                    Recurrence::Every(Duration::new(9_999, DurationUnit::Years))
                }
            },
            program::Recurrence::OnWeekdays { every_weeks, days } => {
                Recurrence::OnWeekdays(WeekdayRecurrence { every_weeks: *every_weeks, days: days.clone() })
            }
            program::Recurrence::RandomWeekdays { times_a_week } => {
                Recurrence::RandomWeekdays { times_a_week: *times_a_week }
            }
        };
        schedule::Phase { ends, recurrence }
    }

    /// The days of a list's records.
    fn events(&mut self, looped: LoopId) -> Fallible<Events> {
        let moment = self.moment;
        let LoopBody::Days(by) = moment.program().loops[looped.0 as usize].body else {
            return Err(FaultKind::WorkLimit);
        };
        let list = self.list_of(looped);
        let mut days = Vec::new();
        for record in 0..list.count {
            let member = self.at_record(looped, record).ok_or(FaultKind::WorkLimit)?;
            if let Some((when, member)) = self.days(by, member) {
                days.push(Days { perhaps_absent: member != Truth::True, ..when });
            }
        }
        let list = if list.given && !list.open { Completeness::Complete } else { Completeness::Open };
        Ok(Events { days, list })
    }

    // ---- counting -------------------------------------------------------------------------------------

    /// How many dates stand so: surely at least, and at most.
    pub(super) fn counted_dates(&mut self, counted: CountedDates) -> Fallible<Partial> {
        let applies = self.lit(counted.when);
        let today = self.moment.today;
        let none = Partial::whole(0, Some(0));
        let anything = Partial::whole(0, None);
        let window = match self.window(counted.window) {
            Window::Absent => return Ok(Partial::Absent),
            Window::PerhapsAbsent => return Ok(Partial::Unknown),
            Window::Unknown => None,
            Window::Days { surely, perhaps } => Some((surely, perhaps)),
        };
        if applies == Truth::False {
            return Ok(none);
        }
        let calendar = match &self.cells.plans[counted.plan.0 as usize] {
            Dates::Nothing => return Ok(none),
            Dates::Unknown => return Ok(anything),
            Dates::Known(calendar) => calendar.clone(),
        };
        let Some((surely, perhaps)) = window else { return Ok(anything) };
        // Only those that it can say so of matter.
        let possible = possible_days(counted.status, today);
        let perhaps = perhaps.and_then(|days| days.meet(possible?));
        let Some(perhaps) = perhaps else { return Ok(none) };
        let mut budget = self.budget();
        let found = calendar.dates(today, perhaps, &mut budget);
        self.spent(&budget);
        let found = found?;
        let doubtful = |day: Date| {
            let inside = |spans: &[Span]| spans.iter().any(|span| span.contains(day));
            inside(&found.uncertain) || inside(&found.needs_seed)
        };
        let (mut least, mut most) = (0_i64, days_in(&found.uncertain, &found.needs_seed));
        for occurrence in found.occurrences.iter().filter(|occurrence| !doubtful(occurrence.date)) {
            match stands(occurrence, counted.status) {
                Truth::True => {
                    most += 1;
                    let inside = surely.is_some_and(|surely| surely.contains(occurrence.date));
                    least += i64::from(inside && applies == Truth::True);
                }
                Truth::Unknown => most += 1,
                Truth::False => {}
            }
        }
        Ok(Partial::whole(least, Some(most.min(calendar.most_dates()))))
    }

    fn window(&self, window: CountWindow) -> Window {
        let date = |id: ValueId| match self.value(id) {
            Partial::Absent => Err(Window::Absent),
            Partial::Date(days) if !days.perhaps_absent => Ok(days),
            Partial::Date(_)
            | Partial::Unknown
            | Partial::Number { .. }
            | Partial::Duration(_)
            | Partial::Period(..)
            | Partial::Code { .. }
            | Partial::Word(_)
            | Partial::Age(_) => Err(Window::PerhapsAbsent),
        };
        let today = self.moment.today;
        let found = match window {
            CountWindow::Before { duration, anchor } => date(anchor).and_then(|anchor| {
                let duration = self.length(duration).ok_or(Window::Unknown)?;
                let (low, high) = (earliest_within(duration, anchor.first), earliest_within(duration, anchor.last));
                Ok(Window::between((low, high), (anchor.first, anchor.last)))
            }),
            CountWindow::After { duration, anchor } => date(anchor).and_then(|anchor| {
                let duration = self.length(duration).ok_or(Window::Unknown)?;
                let later = |day: Date| day.checked_add(duration).unwrap_or(Date::MAX);
                Ok(Window::between((anchor.first, anchor.last), (later(anchor.first), later(anchor.last))))
            }),
            CountWindow::Since(from) => date(from).map(|from| Window::between((from.first, from.last), (today, today))),
            CountWindow::During(period) => match self.value(period) {
                Partial::Absent => Err(Window::Absent),
                Partial::Period(first, last) => Ok(Window::between((first, first), (last, last))),
                Partial::Unknown
                | Partial::Date(_)
                | Partial::Number { .. }
                | Partial::Duration(_)
                | Partial::Code { .. }
                | Partial::Word(_)
                | Partial::Age(_) => Err(Window::Unknown),
            },
        };
        found.unwrap_or_else(|window| window)
    }
}

/// The days that dates are counted on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Window {
    Absent,
    /// The day that it is counted from is not known, and may turn out not to be there.
    PerhapsAbsent,
    Unknown,
    /// Those that surely belong to it, and those that may.
    Days {
        surely: Option<Span>,
        perhaps: Option<Span>,
    },
}

impl Window {
    /// Both ends lie between two days.
    fn between(first: (Date, Date), last: (Date, Date)) -> Window {
        Window::Days { surely: Span::new(first.1, last.0), perhaps: Span::new(first.0, last.1) }
    }
}

/// The first day that is within `duration` before a day: from there it is reached by adding the duration.
fn earliest_within(duration: Duration, day: Date) -> Date {
    let mut first = day.checked_sub(duration).unwrap_or(Date::MIN);
    // At a month's end the two ways lie some days apart.
    while first < day && first.checked_add(duration).is_some_and(|reached| reached < day) {
        match first.next() {
            Some(next) => first = next,
            None => break,
        }
    }
    first
}

/// The days on which a date can stand so.
fn possible_days(status: DateStatus, today: Date) -> Option<Span> {
    match status {
        DateStatus::Planned => Span::new(today.next()?, Date::MAX),
        DateStatus::Due => Span::new(today, Date::MAX),
        DateStatus::Overdue | DateStatus::Missed => Span::new(Date::MIN, today.previous()?),
        DateStatus::Done => Span::new(Date::MIN, Date::MAX),
    }
}

fn stands(occurrence: &Occurrence, status: DateStatus) -> Truth {
    let same = match (occurrence.status, status) {
        (OccurrenceStatus::Undetermined, _) => return Truth::Unknown,
        (OccurrenceStatus::Planned, DateStatus::Planned)
        | (OccurrenceStatus::Due, DateStatus::Due)
        | (OccurrenceStatus::Overdue, DateStatus::Overdue)
        | (OccurrenceStatus::Missed, DateStatus::Missed)
        | (OccurrenceStatus::Done, DateStatus::Done) => true,
        (
            OccurrenceStatus::Planned
            | OccurrenceStatus::Due
            | OccurrenceStatus::Overdue
            | OccurrenceStatus::Missed
            | OccurrenceStatus::Past
            | OccurrenceStatus::Done,
            _,
        ) => false,
    };
    Truth::from(same)
}

/// How many days two lists of spans have together.
fn days_in(one: &[Span], other: &[Span]) -> i64 {
    let mut spans: Vec<Span> = one.iter().chain(other).copied().collect();
    spans.sort_unstable();
    let mut counted = 0_i64;
    let mut through = Date::MIN.day_number() - 1;
    for span in spans {
        let first = span.first().day_number().max(through + 1);
        let last = span.last().day_number();
        counted += i64::from((last - first + 1).max(0));
        through = through.max(last);
    }
    counted
}

impl Cells {
    /// What is known of the dates of a schedule.
    pub(crate) fn dates(&self, plan: PlanId) -> &Dates {
        &self.plans[plan.0 as usize]
    }

    pub(super) fn forget_dates(&mut self) {
        self.plans.fill_with(Dates::default);
    }
}

impl Moment<'_> {
    /// The dates of a plan on some days, both ends included.
    ///
    /// # Errors
    /// As those of the plan; `WorkLimit`.
    pub(crate) fn dates(&self, calendar: &Calendar, days: Span) -> Fallible<Expansion> {
        calendar.dates(self.today, days, &mut Budget::new(self.evaluator.limits.work))
    }

    /// The first date on or after today that is not done.
    ///
    /// # Errors
    /// As [`Moment::dates`].
    pub(crate) fn next_date(&self, calendar: &Calendar) -> Fallible<Next> {
        calendar.next(self.today, &mut Budget::new(self.evaluator.limits.work))
    }

    /// Whether days can be drawn by chance.
    pub(crate) fn has_seed(&self) -> bool {
        self.evaluator.seed.is_some()
    }
}
