//! Schedules of one patient: what their dates are made from, how they stand around today, and how many are counted.

use super::calendar::{self, Day, LAST};
use super::comparison::{self, shift};
use super::guide::{Scope, Walk};
use super::plan::{Date, Days, DoneBy, Effect, Ends, Found, Phase, Plan, Recurrence};
use super::value::{Range, Truth, Unit, Value};
use riktlinje::syntax::ast::{
    self, Comparison, CountWindow, DateStatus, DatesCounted, Distance, EachRecord, Expr, ExprKind, FirstDay, PhaseEnd,
};

#[derive(Debug, Clone, PartialEq)]
pub struct ScheduleAnswer {
    pub id: String,
    pub status: &'static str,
    /// Where today is in it, and in which phase.
    pub standing: &'static str,
    pub phase: Option<String>,
    pub next: Option<Day>,
    pub dates: Vec<(Day, &'static str)>,
}

/// What a schedule's facts come to.
#[derive(Debug, Clone)]
pub enum Calendar {
    /// "The day to count from is known to be absent."
    Nothing,
    Unknown,
    Phased(Box<Plan>),
    Latest(Latest),
}

/// "One date at a time: X + D until there is a record on or after X, then the latest + E."
#[derive(Debug, Clone)]
pub struct Latest {
    today: Day,
    start: Days,
    first_within: (i64, Unit),
    then_every: (i64, Unit),
    records: super::plan::Records,
}

/// So many days before and after today belong to an outcome.
const AROUND: i64 = 30;
/// No interval of the tests is longer.
const FAR: i64 = 1000;

/// "Counting begins, or ends, on the day that the text says": a month or year in it means its first or last day.
enum WrittenEnd {
    First,
    Last,
}

impl<'a> Walk<'a> {
    pub fn schedule(&self, rule: &'a ast::Schedule) -> ScheduleAnswer {
        let when = self.when(&rule.head);
        let calendar = self.calendar(rule);
        let mut answer = ScheduleAnswer {
            id: rule.head.name.value.to_string(),
            status: match when.and(self.dates_are_known(&calendar)) {
                Truth::Yes => "in_force",
                Truth::No => "not_applicable",
                Truth::Unknown => "undetermined",
            },
            standing: "",
            phase: None,
            next: None,
            dates: Vec::new(),
        };
        if when != Truth::Yes {
            return answer;
        }
        let dates: Vec<Date> = match &calendar {
            Calendar::Nothing | Calendar::Unknown => return answer,
            Calendar::Phased(plan) => {
                let history = plan.history();
                let (standing, phase) = history.standing(self.today);
                answer.standing = standing;
                let name = phase.and_then(|phase| rule.phases[phase].name.as_ref());
                answer.phase = name.map(|name| name.value.to_string());
                if answer.status == "in_force" {
                    answer.next = history.next(self.today, FAR);
                }
                let (first, last) = plan.days_around();
                history.find(first, last).dates
            }
            Calendar::Latest(latest) => {
                answer.standing = latest.standing();
                let only = latest.date();
                if answer.status == "in_force" {
                    answer.next = only.map(|date| date.day);
                }
                only.into_iter().collect()
            }
        };
        answer.dates = dates.iter().map(|date| (date.day, date.status)).collect();
        answer
    }

    /// "Empty where it does not apply, or nobody knows whether it does."
    pub fn calendar_on(&self, rule: &'a ast::Schedule, (first, last): (Day, Day)) -> Found {
        if self.when(&rule.head) != Truth::Yes {
            return Found::default();
        }
        match self.calendar(rule) {
            Calendar::Nothing | Calendar::Unknown => Found::default(),
            Calendar::Phased(plan) => plan.history().find(first, last),
            Calendar::Latest(latest) => latest.find(first, last),
        }
    }

    /// "In force when its dates from today through 30 days ahead are those that are listed."
    fn dates_are_known(&self, calendar: &Calendar) -> Truth {
        match calendar {
            Calendar::Nothing => Truth::No,
            Calendar::Unknown => Truth::Unknown,
            Calendar::Phased(plan) => {
                let history = plan.history();
                let found = history.find(self.today, (self.today + AROUND).min(LAST));
                let known = found.uncertain.is_empty() && found.undrawn.is_empty();
                if known && !history.standing(self.today).0.is_empty() { Truth::Yes } else { Truth::Unknown }
            }
            Calendar::Latest(latest) => {
                let known = latest.start.is_known() && latest.possible_days().is_empty();
                if known { Truth::Yes } else { Truth::Unknown }
            }
        }
    }

    // ---- from facts to days ---------------------------------------------------------------------------

    fn calendar(&self, rule: &'a ast::Schedule) -> Calendar {
        if let Some((first, then)) = rule.first.as_ref().zip(rule.then.as_ref()) {
            let Some(start) = self.days(&first.start, WrittenEnd::First) else { return Calendar::Nothing };
            let lengths = self.length(&first.duration).zip(self.length(&then.interval));
            let Some((first_within, then_every)) = lengths else { return Calendar::Unknown };
            let records = self.records(&then.records);
            return Calendar::Latest(Latest { today: self.today, start, first_within, then_every, records });
        }
        let from = rule.from.as_ref().expect("what is counted from");
        let Some(start) = self.days(&from.value, WrittenEnd::First) else { return Calendar::Nothing };
        let named = |name: &ast::Name| {
            let place = rule.phases.iter().position(|phase| phase.name.as_ref().is_some_and(|n| n.value == name.value));
            place.expect("a phase")
        };
        let restarts = rule.restarts.iter().map(|restart| {
            let phase = restart.phase.as_ref().map_or(0, named);
            (Effect::Restart(phase), self.records(&restart.on))
        });
        let stops = rule.stops.iter().map(|stop| (Effect::Stop, self.records(&stop.on)));
        let done_by = rule.done_by.as_ref().map(|done_by| {
            let window = match &done_by.window {
                // "On the day itself."
                None => Some([(0, Unit::Days); 2]),
                Some(window) => {
                    self.length(&window.before).zip(self.length(&window.after)).map(|(before, after)| [before, after])
                }
            };
            DoneBy { records: self.records(&done_by.records), window }
        });
        Calendar::Phased(Box::new(Plan {
            name: rule.head.name.value.to_string(),
            today: self.today,
            start,
            first_day_included: from.first_day == FirstDay::Included,
            phases: rule.phases.iter().map(|phase| self.phase(phase)).collect(),
            events: restarts.chain(stops).collect(),
            done_by,
            seed: self.guide.settings.seed,
        }))
    }

    /// "A phase of which the length or the interval is not known is in doubt from its first day on, and so is all after it."
    fn phase(&self, phase: &'a ast::Phase) -> Phase {
        let nobody_knows = Ends::Through(Days { first: 1, last: LAST, perhaps_absent: true });
        let mut ends = match &phase.ends {
            PhaseEnd::For(length) => self.length(length).map_or(nobody_knows, |(count, unit)| Ends::After(count, unit)),
            PhaseEnd::Through(last) => self.days(last, WrittenEnd::Last).map_or(Ends::Open, Ends::Through),
            PhaseEnd::Open => Ends::Open,
        };
        let recurrence = match &phase.recurrence {
            ast::Recurrence::Every(interval) => match self.length(interval) {
                Some((count, unit)) => Recurrence::Every(count, unit),
                None => {
                    ends = nobody_knows;
                    // The anchor is a date whatever the interval is; no other can be told.
                    Recurrence::Every(9_999, Unit::Years)
                }
            },
            ast::Recurrence::OnWeekdays { every_weeks, days } => {
                let weeks = every_weeks.as_ref().map_or(1, |weeks| super::expression::duration_literal(&weeks.value).0);
                Recurrence::Weekdays(weeks, days.iter().map(|day| after_monday(day.value.word())).collect())
            }
            ast::Recurrence::RandomWeekdays { times } => Recurrence::Drawn(times.value as usize),
        };
        Phase { ends, recurrence }
    }

    fn length(&self, length: &'a Expr) -> Option<(i64, Unit)> {
        if let Value::Duration(count, unit) = self.value(length, &Scope::default()) {
            Some((count, unit))
        } else {
            None
        }
    }

    /// `None`: known to be absent.
    fn days(&self, date: &'a Expr, written: WrittenEnd) -> Option<Days> {
        if let ExprKind::Number(year) = &date.kind {
            let year = i64::try_from(year.numerator()).expect("a year");
            let day = match written {
                WrittenEnd::First => calendar::day(year, 1, 1),
                WrittenEnd::Last => calendar::day(year, 12, 31),
            };
            return Some(Days { first: day, last: day, perhaps_absent: false });
        }
        match self.value(date, &Scope::default()) {
            Value::Absent => None,
            Value::Date(range) => {
                let (first, last) = (range.low.unwrap_or(1), range.high.unwrap_or(LAST));
                let (first, last) = match (&date.kind, written) {
                    (ExprKind::Date(_), WrittenEnd::First) => (first, first),
                    (ExprKind::Date(_), WrittenEnd::Last) => (last, last),
                    _ => (first, last),
                };
                Some(Days { first, last, perhaps_absent: range.perhaps_absent })
            }
            _ => Some(Days { first: 1, last: LAST, perhaps_absent: true }),
        }
    }

    fn records(&self, each: &'a Expr) -> super::plan::Records {
        let ExprKind::Each(each) = &each.kind else { panic!("not the days of a list") };
        let each: &'a EachRecord = each;
        self.each_day(&each.list, each.word.as_ref().map(|word| &*word.value), &each.field)
    }

    // ---- counting -------------------------------------------------------------------------------------

    pub fn dates_counted(&self, counted: &'a DatesCounted) -> Truth {
        let count = Value::whole(i64::from(counted.count.value));
        comparison::compare(counted.operator, &self.count_of_dates(counted), &count)
    }

    /// "A count of dates is a number with two ends. Of a schedule that does not apply the count is 0. A day in doubt counts
    /// at most once; a day after today is never missed or overdue."
    fn count_of_dates(&self, counted: &'a DatesCounted) -> Value {
        let number = |count: usize| super::Fraction::from_integer(count as i128);
        let between =
            |least: usize, most: Option<usize>| Value::Number(Range::new(Some(number(least)), most.map(number)));
        let ends = match self.window(&counted.window) {
            Window::Absent => return Value::Absent,
            Window::PerhapsAbsent => return Value::Unknown,
            Window::Unknown => None,
            Window::Days(first, last) => Some((first, last)),
        };
        let rule = self.guide.find_schedule(&counted.schedule[0].value).expect("a schedule");
        let when = self.when(&rule.head);
        let calendar = self.calendar(rule);
        if when == Truth::No || matches!(calendar, Calendar::Nothing) {
            return between(0, Some(0));
        }
        let status = counted.status.value;
        // "Planned" lies after today, "due" not before it, "overdue" and "missed" do.
        let possible = match status {
            DateStatus::Planned => (self.today + 1, LAST),
            DateStatus::Due => (self.today, LAST),
            DateStatus::Overdue | DateStatus::Missed => (1, self.today - 1),
            DateStatus::Done => (1, LAST),
        };
        let Some((first, last)) = ends.map(|(first, last)| (first.max(possible.0), last.min(possible.1))) else {
            return between(0, None);
        };
        let found = match &calendar {
            Calendar::Nothing | Calendar::Unknown => return between(0, None),
            Calendar::Phased(plan) => plan.history().find(first, last),
            Calendar::Latest(latest) => latest.find(first, last),
        };
        let (mut least, mut most) = (0, 0);
        for day in first..=last {
            let inside = self.is_inside(&counted.window, day);
            if inside == Truth::No {
                continue;
            }
            let date = found.dates.iter().find(|date| date.day == day);
            if found.is_doubtful(day) || date.is_some_and(|date| date.status == "undetermined") {
                most += 1;
            } else if date.is_some_and(|date| date.status == status.word()) {
                most += 1;
                least += usize::from(inside == Truth::Yes && when == Truth::Yes);
            }
        }
        // "One date at a time."
        if matches!(calendar, Calendar::Latest(_)) {
            most = most.min(1);
        }
        between(least, Some(most))
    }

    /// From the first day that it can have through the last.
    fn window(&self, window: &'a CountWindow) -> Window {
        let value = |expr: &'a Expr| self.value(expr, &Scope::default());
        let (anchor, duration) = match window {
            CountWindow::Before { duration, anchor } | CountWindow::After { duration, anchor } => {
                (value(anchor), self.length(duration))
            }
            CountWindow::Since(from) => (self.since(from), Some((0, Unit::Days))),
            CountWindow::During(period) => {
                return match self.period(period) {
                    Value::Absent => Window::Absent,
                    Value::Period(first, last) => Window::Days(first, last),
                    _ => Window::Unknown,
                };
            }
        };
        let anchor = match anchor {
            Value::Absent => return Window::Absent,
            Value::Date(range) if !range.perhaps_absent => range,
            _ => return Window::PerhapsAbsent,
        };
        let Some((count, unit)) = duration else { return Window::Unknown };
        let (low, high) = (anchor.low.unwrap_or(1), anchor.high.unwrap_or(LAST));
        match window {
            CountWindow::Before { .. } => Window::Days(shift(low, -count, unit).unwrap_or(1), high),
            CountWindow::After { .. } => Window::Days(low, shift(high, count, unit).unwrap_or(LAST)),
            CountWindow::Since(_) | CountWindow::During(_) => Window::Days(low, self.today),
        }
    }

    fn since(&self, from: &'a Expr) -> Value {
        match (&from.kind, self.value(from, &Scope::default())) {
            (ExprKind::Date(_), Value::Date(range)) => Value::Date(Range::new(range.low, range.low)),
            (_, value) => value,
        }
    }

    fn period(&self, period: &'a Expr) -> Value {
        match (&period.kind, self.value(period, &Scope::default())) {
            (ExprKind::Date(_), Value::Date(Range { low: Some(low), high: Some(high), .. })) => {
                Value::Period(low, high)
            }
            (_, value) => value,
        }
    }

    /// "Both ends of each count."
    fn is_inside(&self, window: &'a CountWindow, day: Day) -> Truth {
        let value = |expr: &'a Expr| self.value(expr, &Scope::default());
        let day = Value::Date(Range::point(day));
        match window {
            CountWindow::Before { duration, anchor } => {
                comparison::distance(Distance::WithinBefore, &day, &value(duration), &value(anchor))
            }
            CountWindow::After { duration, anchor } => {
                comparison::distance(Distance::WithinAfter, &day, &value(duration), &value(anchor))
            }
            CountWindow::During(period) => comparison::during(&day, &self.period(period)),
            CountWindow::Since(from) => comparison::compare(Comparison::OnOrAfter, &day, &self.since(from)),
        }
    }
}

enum Window {
    Absent,
    PerhapsAbsent,
    Unknown,
    Days(Day, Day),
}

fn after_monday(weekday: &str) -> i64 {
    let names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
    names.iter().position(|name| *name == weekday).expect("a day of the week") as i64
}

impl Plan {
    /// "From 30 days before today through 30 days after it, and any before them that can still be kept."
    fn days_around(&self) -> (Day, Day) {
        let after = self.done_by.as_ref().and_then(|done_by| done_by.window).map(|[_, after]| after);
        let still_open = after.and_then(|(count, unit)| shift(self.today, -count, unit));
        let first = (self.today - AROUND).min(still_open.unwrap_or(self.today));
        (first.max(1), (self.today + AROUND).min(LAST))
    }
}

impl Latest {
    fn later(day: Day, (count, unit): (i64, Unit)) -> Day {
        shift(day, count, unit).unwrap_or(LAST)
    }

    /// The latest record that is certain. "Records before X do not count."
    fn latest(&self) -> Option<Day> {
        let certain = self.records.days.iter().filter(|record| record.is_known()).map(|record| record.first);
        certain.filter(|day| self.start.first <= *day && *day <= self.today).max()
    }

    /// Days on which another, later record may be.
    fn possible_days(&self) -> Vec<Day> {
        let after = self.latest().map_or(self.start.first, |latest| latest + 1);
        let may_be = |day: &Day| {
            let touches = |record: &Days| !record.is_known() && record.first <= *day && *day <= record.last;
            self.records.open || self.records.days.iter().any(touches)
        };
        (after..=self.today).filter(may_be).collect()
    }

    fn standing(&self) -> &'static str {
        if self.today < self.start.first {
            "not_begun"
        } else if !self.start.is_known() || !self.possible_days().is_empty() {
            ""
        } else {
            "running"
        }
    }

    /// "The first is due from X on; each record moves it; it is overdue until a record comes." `None`: nobody knows.
    fn date(&self) -> Option<Date> {
        if !self.start.is_known() {
            return None;
        }
        let (day, due_from, phase) = match self.latest() {
            Some(latest) => {
                let day = Latest::later(latest, self.then_every);
                (day, day, 1)
            }
            None => (Latest::later(self.start.first, self.first_within), self.start.first, 0),
        };
        let status = if !self.possible_days().is_empty() {
            "undetermined"
        } else if self.today < due_from {
            "planned"
        } else if self.today <= day {
            "due"
        } else {
            "overdue"
        };
        Some(Date { day, phase, status })
    }

    /// Where its date is on some days, and where it may be.
    fn find(&self, from: Day, to: Day) -> Found {
        let Some(date) = self.date() else {
            let first = Latest::later(self.start.first, self.first_within);
            let earliest = first.min(Latest::later(self.start.first, self.then_every));
            return Found { uncertain: (earliest.max(from)..=to).collect(), ..Found::default() };
        };
        let mut found = Found::default();
        let moved: Vec<Day> = self.possible_days().iter().map(|day| Latest::later(*day, self.then_every)).collect();
        if let Some((first, last)) = moved.iter().min().zip(moved.iter().max()) {
            found.uncertain = ((*first).min(date.day).max(from)..=(*last).max(date.day).min(to)).collect();
        }
        if from <= date.day && date.day <= to {
            found.dates.push(date);
        }
        found
    }
}
