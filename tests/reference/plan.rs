//! The dates of a schedule by looking at every day: what it is counted from, whether it is a date, what serves it, and
//! whether something that is not known could change it (`docs::language`, "Schedules"; `docs::decisions`, "Schedules").

use super::calendar::{self, Day, LAST};
use super::comparison::shift;
use super::draw::draw;
use super::value::Unit;

/// Some day from the first through the last; perhaps none.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Days {
    pub first: Day,
    pub last: Day,
    pub perhaps_absent: bool,
}

/// A schedule with phases, for one patient on one day.
#[derive(Debug, Clone)]
pub struct Plan {
    pub name: String,
    pub today: Day,
    pub start: Days,
    pub first_day_included: bool,
    pub phases: Vec<Phase>,
    /// Restarts and stops, those of whole lists.
    pub events: Vec<(Effect, Records)>,
    pub done_by: Option<DoneBy>,
    pub seed: Option<&'static str>,
}

#[derive(Debug, Clone)]
pub struct Phase {
    pub ends: Ends,
    pub recurrence: Recurrence,
}

#[derive(Debug, Clone, Copy)]
pub enum Ends {
    After(i64, Unit),
    Through(Days),
    Open,
}

#[derive(Debug, Clone)]
pub enum Recurrence {
    Every(i64, Unit),
    /// In every so many weeks, on these days; Monday is 0.
    Weekdays(i64, Vec<i64>),
    Drawn(usize),
}

/// "On one day a stop wins over a restart, and the restart of an earlier phase over that of a later one."
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Effect {
    Stop,
    Restart(usize),
}

/// The days of a list's records; `perhaps_absent`: it may be no record of these.
#[derive(Debug, Clone)]
pub struct Records {
    pub days: Vec<Days>,
    pub open: bool,
}

#[derive(Debug, Clone)]
pub struct DoneBy {
    pub records: Records,
    /// `None`: nobody knows.
    pub window: Option<[(i64, Unit); 2]>,
}

#[derive(Debug, Clone, Copy)]
pub struct Date {
    pub day: Day,
    pub phase: usize,
    pub status: &'static str,
}

/// What there is on some days, in order.
#[derive(Debug, Clone, Default)]
pub struct Found {
    pub dates: Vec<Date>,
    /// Days on which there may be other dates.
    pub uncertain: Vec<Day>,
    /// Days of weeks that are not drawn.
    pub undrawn: Vec<Day>,
}

impl Found {
    pub fn is_doubtful(&self, day: Day) -> bool {
        self.uncertain.binary_search(&day).is_ok() || self.undrawn.binary_search(&day).is_ok()
    }
}

/// A day on which counting surely begins anew, or ends.
#[derive(Debug, Clone)]
struct Change {
    day: Day,
    effect: Effect,
    phases: Vec<PhaseDays>,
}

/// Something that may have happened.
#[derive(Debug, Clone, Copy)]
struct Doubt {
    first: Day,
    last: Day,
    effect: Effect,
}

#[derive(Debug, Clone, Copy)]
struct PhaseDays {
    phase: usize,
    first: Day,
    last: Day,
    /// From when on it may be over.
    doubtful_from: Option<Day>,
}

/// Whether a day is a date.
enum Falls {
    No,
    On(usize),
    /// It may be drawn.
    Undrawn,
}

/// What is sure to have happened, and what may have.
pub struct History<'p> {
    plan: &'p Plan,
    changes: Vec<Change>,
    doubts: Vec<Doubt>,
}

fn monday(day: Day) -> Day {
    // 0001-01-01, day 1, is a Monday.
    day - (day - 1).rem_euclid(7)
}

impl Days {
    pub fn is_known(self) -> bool {
        self.first == self.last && !self.perhaps_absent
    }
}

impl Plan {
    /// "That day itself is no date": what is counted anew shows from the day after.
    fn shows_from(&self, effect: Effect, day: Day) -> Day {
        if effect == Effect::Stop || self.first_day_included { day } else { day + 1 }
    }

    /// "Restarts on or before the start, and stops before it, are older than the plan." "What lies after today has not
    /// happened yet." What is not known of the start is not known of what may be older.
    pub fn history(&self) -> History<'_> {
        let (mut sure, mut doubts) = (Vec::new(), Vec::new());
        let first_effect = Effect::Restart(0);
        if self.start.is_known() {
            sure.push((self.start.first, first_effect));
        } else {
            doubts.push(Doubt { first: self.start.first, last: self.start.last, effect: first_effect });
        }
        for (effect, records) in &self.events {
            let after = if *effect == Effect::Stop { 0 } else { 1 };
            let counts_from = self.start.first + after;
            for event in &records.days {
                let (first, last) = (event.first.max(counts_from), event.last.min(self.today));
                let surely_after = !self.start.perhaps_absent && self.start.last + after <= first;
                if first > last {
                    continue;
                }
                if event.is_known() && surely_after {
                    sure.push((first, *effect));
                } else {
                    doubts.push(Doubt { first, last, effect: *effect });
                }
            }
            if records.open && counts_from <= self.today {
                doubts.push(Doubt { first: counts_from, last: self.today, effect: *effect });
            }
        }
        sure.sort_unstable();
        sure.dedup_by_key(|(day, _)| *day);
        let changes = sure.into_iter().map(|(day, effect)| {
            let phases = match effect {
                Effect::Stop => Vec::new(),
                Effect::Restart(phase) => self.phases_from(day, phase),
            };
            Change { day, effect, phases }
        });
        History { plan: self, changes: changes.collect(), doubts }
    }

    /// "Each boundary is counted from the anchor: the months of all phases before it are added up and then the days, months
    /// first. A phase that ends `through` a day is a new base for the lengths after it." `None`: it does not end.
    fn boundaries(&self, anchor: Day, first: usize) -> Vec<Option<Day>> {
        let (mut base, mut months, mut days, mut begin) = (anchor, 0, 0, anchor);
        let mut found = Vec::new();
        for phase in &self.phases[first..] {
            let end = match phase.ends {
                Ends::After(count, unit) => {
                    match unit {
                        Unit::Days => days += count,
                        Unit::Weeks => days += 7 * count,
                        Unit::Months => months += count,
                        Unit::Years => months += 12 * count,
                    }
                    let with_months = calendar::add_months(base, months);
                    // An end after the calendar is the calendar's.
                    Some(with_months.and_then(|day| calendar::add_days(day, days)).unwrap_or(LAST))
                }
                Ends::Through(last) if last.perhaps_absent || last.last == LAST => None,
                // "Counted as if it ended on the last of them."
                Ends::Through(last) => {
                    let end = if self.first_day_included { last.last + 1 } else { last.last };
                    if end > begin {
                        (base, months, days) = (end, 0, 0);
                    }
                    Some(end.max(begin))
                }
                Ends::Open => None,
            };
            found.push(end);
            let Some(end) = end else { break };
            begin = end;
        }
        found
    }

    /// "A phase lasts from its boundary to the day before the next; with `first day not included` from the day after its
    /// boundary through the next." Phases without a day are left out.
    fn phases_from(&self, anchor: Day, first: usize) -> Vec<PhaseDays> {
        let mut begin = anchor;
        let mut doubtful_from = None;
        let mut found = Vec::new();
        for (phase, end) in (first..).zip(self.boundaries(anchor, first)) {
            let (from, through) = if self.first_day_included {
                (begin, end.map_or(LAST, |end| end - 1))
            } else {
                (begin + 1, end.unwrap_or(LAST))
            };
            begin = end.unwrap_or(LAST);
            if from > through {
                continue;
            }
            // "In doubt from the day after the first (a draw of weekdays from that week's Monday)."
            if let Ends::Through(last) = self.phases[phase].ends
                && !last.is_known()
            {
                let after = (last.first + 1).min(LAST);
                let drawn = matches!(self.phases[phase].recurrence, Recurrence::Drawn(_));
                let from = if drawn { monday(after) } else { after }.max(from);
                doubtful_from = doubtful_from.or(Some(from));
            }
            found.push(PhaseDays { phase, first: from, last: through, doubtful_from });
        }
        found
    }

    /// The last day that the phases can have when counting begins on `anchor`.
    fn end(&self, anchor: Day, first: usize) -> Day {
        match self.boundaries(anchor, first).last() {
            Some(Some(end)) if self.first_day_included && *end < LAST => end - 1,
            Some(Some(end)) => *end,
            Some(None) | None => LAST,
        }
    }

    fn falls_on(&self, anchor: Day, phase: &PhaseDays, day: Day) -> Falls {
        let is_date = match &self.phases[phase.phase].recurrence {
            Recurrence::Every(count, unit) => {
                let away = match unit {
                    Unit::Days | Unit::Weeks => day - anchor,
                    Unit::Months | Unit::Years => {
                        let ((year, month, _), (from_year, from_month, _)) =
                            (calendar::parts(day), calendar::parts(anchor));
                        (year - from_year) * 12 + month - from_month
                    }
                };
                let step = match unit {
                    Unit::Days | Unit::Months => *count,
                    Unit::Weeks => 7 * count,
                    Unit::Years => 12 * count,
                };
                let family = match unit {
                    Unit::Days | Unit::Weeks => Unit::Days,
                    Unit::Months | Unit::Years => Unit::Months,
                };
                away % step == 0
                    && shift(anchor, away, family) == Some(day)
                    && (self.first_day_included || day > anchor)
            }
            // "Weeks begin on Monday and are counted from the anchor's."
            Recurrence::Weekdays(every, on) => {
                on.contains(&(day - monday(day))) && (monday(day) - monday(anchor)) / 7 % every == 0
            }
            // "Among the days from Monday through Friday that the phase has in that week."
            Recurrence::Drawn(times) => {
                let week = monday(day);
                let among: Vec<Day> = (week..week + 5).filter(|d| phase.first <= *d && *d <= phase.last).collect();
                match self.seed {
                    _ if among.len() <= *times => among.contains(&day),
                    Some(seed) => draw(seed, &self.name, anchor, week, *times, among).contains(&day),
                    None => return Falls::Undrawn,
                }
            }
        };
        if is_date { Falls::On(phase.phase) } else { Falls::No }
    }
}

impl History<'_> {
    /// The latest that shows on a day.
    fn change(&self, day: Day) -> Option<&Change> {
        let shows = |change: &&Change| self.plan.shows_from(change.effect, change.day) <= day;
        self.changes.iter().filter(shows).max_by_key(|change| change.day)
    }

    fn falls_on(&self, day: Day) -> Falls {
        let Some(change) = self.change(day) else { return Falls::No };
        let phase = change.phases.iter().find(|phase| phase.first <= day && day <= phase.last);
        phase.map_or(Falls::No, |phase| self.plan.falls_on(change.day, phase, day))
    }

    /// Whether a phase may be over that ends on a day that is known in part.
    fn may_have_ended(&self, day: Day) -> bool {
        let Some(change) = self.change(day) else { return false };
        let Effect::Restart(first) = change.effect else { return false };
        let from = change.phases.iter().find_map(|phase| phase.doubtful_from);
        from.is_some_and(|from| from <= day) && day <= self.plan.end(change.day, first)
    }

    /// Whether a day lies in the plan, as far as it is sure.
    fn runs(&self, day: Day) -> bool {
        let last = self.change(day).and_then(|change| change.phases.last());
        last.is_some_and(|last| day <= last.last) || self.may_have_ended(day)
    }

    /// "From the first day on which it could show … until a certain restart or stop takes over."
    fn may_show(&self, doubt: &Doubt, day: Day) -> bool {
        let takes_over =
            |change: &&Change| change.day > doubt.last || (change.day == doubt.last && change.effect <= doubt.effect);
        self.plan.shows_from(doubt.effect, doubt.first) <= day
            && !self
                .changes
                .iter()
                .filter(takes_over)
                .any(|change| self.plan.shows_from(change.effect, change.day) <= day)
    }

    /// "… or until the plan would have ended even if it had been restarted on the last day possible."
    fn is_in_doubt(&self, day: Day) -> bool {
        if self.may_have_ended(day) {
            return true;
        }
        let shows = |doubt: &&Doubt| self.may_show(doubt, day);
        let restarted = self.doubts.iter().filter(shows).any(|doubt| match doubt.effect {
            Effect::Stop => false,
            Effect::Restart(phase) => self.runs(day) || day <= self.plan.end(doubt.last, phase),
        });
        let stopped = || self.doubts.iter().filter(shows).any(|doubt| doubt.effect == Effect::Stop);
        restarted || (self.runs(day) && stopped())
    }

    /// Where a day is in the plan: its phase.
    pub fn standing(&self, day: Day) -> (&'static str, Option<usize>) {
        let begun = |start: Day| self.plan.shows_from(Effect::Restart(0), start) <= day;
        let start = self.plan.start;
        if self.is_in_doubt(day) {
            return ("", None);
        }
        match (begun(start.first), begun(start.last)) {
            (false, _) => ("not_begun", None),
            (true, false) => ("", None),
            (true, true) => {
                let phases = self.change(day).map(|change| &change.phases);
                let phase = phases.and_then(|all| all.iter().find(|phase| phase.first <= day && day <= phase.last));
                phase.map_or(("over", None), |phase| ("running", Some(phase.phase)))
            }
        }
    }

    /// The dates from one day through another, and how they stand.
    pub fn find(&self, from: Day, to: Day) -> Found {
        let plan = self.plan;
        let window = plan.done_by.as_ref().and_then(|done_by| done_by.window).unwrap_or([(0, Unit::Days); 2]);
        let earlier = |day: Day| shift(day, -window[0].0, window[0].1).unwrap_or(1);
        let later = |day: Day| shift(day, window[1].0, window[1].1).unwrap_or(LAST);
        let nothing = Vec::new();
        let records = plan.done_by.as_ref().map_or(&nothing, |done_by| &done_by.records.days);
        let mut records: Vec<Days> = records.iter().copied().filter(|days| days.first <= plan.today).collect();
        records.sort_unstable_by_key(|days| days.first);
        let open = plan.done_by.as_ref().is_some_and(|done_by| done_by.records.open);
        // Taken if only those that are certain count, and if all of them do.
        let (mut surely_taken, mut perhaps_taken) = (vec![false; records.len()], vec![false; records.len()]);
        let mut last_unknown = None;

        let mut found = Found::default();
        for day in self.looked_at_from(from, &records, window[1])..=to {
            let (in_doubt, falls) = (self.is_in_doubt(day), self.falls_on(day));
            let is_unknown = in_doubt || matches!(falls, Falls::Undrawn);
            if day >= from && in_doubt {
                found.uncertain.push(day);
            }
            if day >= from && matches!(falls, Falls::Undrawn) {
                found.undrawn.push(day);
            }
            if let Falls::On(phase) = falls {
                let (first, last) = (earlier(day), later(day));
                let status = if in_doubt {
                    "undetermined"
                } else {
                    // "A record that a date inside could have taken is not relied upon."
                    let free = last_unknown.map_or(1, |unknown| later(unknown) + 1);
                    let earliest = |taken: &[bool], counts: &dyn Fn(&Days) -> bool| {
                        let all = records.iter().enumerate();
                        let fit =
                            all.filter(|(at, record)| !taken[*at] && record.first == record.last && counts(record));
                        fit.map(|(at, _)| at).find(|at| first <= records[*at].first && records[*at].first <= last)
                    };
                    let surely = earliest(&surely_taken, &|record| !record.perhaps_absent && record.first >= free);
                    // "A record whose day is an interval may serve any date whose window it touches."
                    let touches = |record: &Days| {
                        record.first < record.last && record.first <= last && first <= record.last.min(plan.today)
                    };
                    let anywhere = records.iter().any(touches) || (open && first <= plan.today);
                    let perhaps = if anywhere { None } else { earliest(&perhaps_taken, &|_| true) };
                    surely.into_iter().for_each(|at| surely_taken[at] = true);
                    perhaps.into_iter().for_each(|at| perhaps_taken[at] = true);
                    match (surely, anywhere || perhaps.is_some()) {
                        (Some(_), _) => "done",
                        (None, true) if first <= plan.today => "undetermined",
                        (None, _) => plan.by_the_day(day, first, last),
                    }
                };
                let windows_known = plan.done_by.as_ref().is_none_or(|done_by| done_by.window.is_some());
                let status = if windows_known { status } else { "undetermined" };
                if day >= from {
                    found.dates.push(Date { day, phase, status });
                }
            }
            if is_unknown {
                last_unknown = Some(day);
            }
        }
        found
    }

    /// "Dates come in order, each takes the earliest record": which one serves a date depends on those before it.
    fn looked_at_from(&self, from: Day, records: &[Days], after: (i64, Unit)) -> Day {
        let back = |day: Day| shift(day, -after.0, after.1).unwrap_or(1) - 31;
        let first_record = records.iter().filter(|record| record.first == record.last).map(|record| record.first).min();
        let first_date = self.changes.first().map(|change| change.day);
        match (first_record, first_date) {
            (Some(record), Some(date)) => from.min(back(record).max(back(date))).max(1),
            (None, _) | (_, None) => from,
        }
    }

    /// The first date on or after a day that is not done, among so many days; `None` where there is none or it is not known.
    pub fn next(&self, day: Day, days: i64) -> Option<Day> {
        let last = (day.max(self.plan.start.first) + days).min(LAST);
        let found = self.find(day, last);
        let next = found.dates.iter().find(|date| date.status != "done").map(|date| date.day)?;
        let doubt = found.uncertain.iter().chain(&found.undrawn).min();
        doubt.is_none_or(|doubt| next < *doubt).then_some(next)
    }
}

impl Plan {
    /// "*Planned* before its window, *due* from the window's first day through the date, *overdue* after it within the
    /// window, *missed* after the window. Without `done by` it is *planned*, *due* on its day, and *past*."
    fn by_the_day(&self, date: Day, first: Day, last: Day) -> &'static str {
        if self.today < first {
            "planned"
        } else if self.today <= date {
            "due"
        } else if self.done_by.is_none() {
            "past"
        } else if self.today <= last {
            "overdue"
        } else {
            "missed"
        }
    }
}
