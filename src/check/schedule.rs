//! Schedules.

use super::expression::End;
use super::labels::Purpose;
use super::lints;
use super::report::{finding, place};
use super::rules::Rules;
use super::types;
use crate::diagnostic::codes;
use crate::ir::{
    self, Constant, DateStatus, DoneBy, Events, Expr, ExprKind, FirstDay, Phase, PhaseEnd, PhasedPlan, Plan,
    Recurrence, Restart, RuleKind, Schedule, Sharing, SinceLatest,
};
use crate::schema::ScalarType;
use crate::syntax::ast::{self, Span};
use crate::value::{Duration, DurationUnit, Weekday};
use std::num::{NonZeroU8, NonZeroU32};

/// All its values and lists as written, but what every rule has.
pub(super) fn expressions(rule: &ast::Schedule) -> Vec<&ast::Expr> {
    let mut found: Vec<&ast::Expr> = rule.from.iter().map(|from| &from.value).collect();
    for phase in &rule.phases {
        match &phase.ends {
            ast::PhaseEnd::For(value) | ast::PhaseEnd::Through(value) => found.push(value),
            ast::PhaseEnd::Open => {}
        }
        match &phase.recurrence {
            ast::Recurrence::Every(value) => found.push(value),
            ast::Recurrence::OnWeekdays { .. } | ast::Recurrence::RandomWeekdays { .. } => {}
        }
    }
    found.extend(rule.first.iter().flat_map(|first| [&first.duration, &first.start]));
    found.extend(rule.then.iter().flat_map(|then| [&then.interval, &then.records]));
    found.extend(rule.restarts.iter().map(|restart| &restart.on));
    found.extend(rule.stops.iter().map(|stop| &stop.on));
    if let Some(done_by) = &rule.done_by {
        found.push(&done_by.records);
        found.extend(done_by.window.iter().flat_map(|window| [&window.before, &window.after]));
    }
    found
}

/// How a date of it can stand, as far as a condition may ask.
pub(super) fn date_statuses(rule: &ast::Schedule) -> &'static [DateStatus] {
    match (&rule.done_by, &rule.then) {
        (Some(_), _) => &DateStatus::ALL,
        (None, Some(_)) => SINCE_LATEST,
        (None, None) => NEVER_SERVED,
    }
}

/// The same of a schedule that was understood before.
pub(super) fn statuses_of(plan: &Plan) -> &'static [DateStatus] {
    match plan {
        Plan::Phased(PhasedPlan { done_by: Some(_), .. }) => &DateStatus::ALL,
        Plan::Phased(PhasedPlan { done_by: None, .. }) => NEVER_SERVED,
        Plan::SinceLatest(_) => SINCE_LATEST,
    }
}

const SINCE_LATEST: &[DateStatus] = &[DateStatus::Planned, DateStatus::Due, DateStatus::Overdue];
const NEVER_SERVED: &[DateStatus] = &[DateStatus::Planned, DateStatus::Due];

impl<'a> Rules<'_, 'a> {
    pub(super) fn schedule(&mut self, rule: &'a ast::Schedule, order: u32) -> ir::Rule {
        let common = self.common(&rule.head);
        let plan = self.plan(rule);
        let sharing = if rule.may_share.is_some() { Sharing::MayShare } else { Sharing::Alone };
        let first = rule.first.as_ref().map_or(rule.head.name.span, |first| first.span);
        let from = rule.from.as_ref().map_or(first, |from| from.span);
        let place = place(self.wording.file, from);
        self.finish(&rule.head, RuleKind::Schedule(Box::new(Schedule { common, plan, sharing, place })), order)
    }

    fn plan(&mut self, rule: &'a ast::Schedule) -> Plan {
        let counted = rule.first.is_some() || rule.then.is_some();
        let phased = rule.from.is_some() || !rule.phases.is_empty();
        let name = &rule.head.name;
        let mut incomplete = |span: Span, message: &str, help: &str| {
            let found = finding(codes::SCHEDULE_INCOMPLETE, self.wording.file, span, message);
            self.report.add(found.help(help));
        };
        if counted && phased {
            let span = rule.from.as_ref().map_or(name.span, |from| from.span);
            let span = rule.phases.first().filter(|_| rule.from.is_none()).map_or(span, |phase| phase.span);
            incomplete(
                span,
                "`first within` and `then at least every` stand without `from` and phases",
                "make two schedules of it, or leave one of the two out",
            );
        } else if counted && (rule.first.is_none() || rule.then.is_none()) {
            let (there, missing, line) = match &rule.first {
                Some(_) => (
                    "first within",
                    "then at least every",
                    "then at least every 12 months after the latest taken of tests",
                ),
                None => ("then at least every", "first within", "first within 3 months after treatment_start"),
            };
            let message = format!("`{there}` needs its other half, `{missing}`");
            incomplete(name.span, &message, &format!("add a line such as `{line}`"));
        } else if !counted && rule.from.is_none() {
            incomplete(name.span, &format!("nothing says from when `{}` counts", name.value), "add `from` and a date");
        } else if !counted && rule.phases.is_empty() {
            incomplete(
                name.span,
                &format!("`{}` has no dates", name.value),
                "add a line such as `every 2 weeks` or `phase start: for 3 months, on Monday and Thursday`",
            );
        }
        if counted { self.since_latest(rule) } else { self.phased(rule) }
    }

    /// What has no place among `first within` and `then`.
    fn refuse_in_since_latest(&mut self, rule: &'a ast::Schedule) {
        let lines = rule.restarts.iter().map(|line| (line.span, "restart"));
        let lines = lines.chain(rule.stops.iter().map(|line| (line.span, "stop")));
        let lines = lines.chain(rule.done_by.iter().map(|line| (line.span, "done by")));
        for (span, word) in lines {
            let message = format!("`{word}` goes with `from` and phases");
            let found = finding(codes::SCHEDULE_INCOMPLETE, self.wording.file, span, message);
            self.report.add(found.help("the latest record says by itself what was done and when to count from"));
        }
    }

    fn since_latest(&mut self, rule: &'a ast::Schedule) -> Plan {
        self.refuse_in_since_latest(rule);
        let mut grounds = Vec::new();
        let (mut first_within, mut start) = (unknown(), unknown());
        if let Some(first) = &rule.first {
            first_within = self.duration(&first.duration, Least::Nothing, "the time to the first date");
            start = self.lowering().day(&first.start, End::First);
            grounds.extend(self.own_grounds(&first.grounds));
        }
        let mut then_every = unknown();
        let mut records = Events { each: unknown(), grounds: Vec::new() };
        if let Some(then) = &rule.then {
            then_every = self.duration(&then.interval, Least::One, "an interval");
            records = self.events(&then.records, &then.grounds);
            grounds.extend(records.grounds.iter().cloned());
        }
        Plan::SinceLatest(SinceLatest { start, first_within, then_every, records, grounds })
    }

    fn phased(&mut self, rule: &'a ast::Schedule) -> Plan {
        let mut start = unknown();
        let mut first_day = FirstDay::Included;
        let mut grounds = Vec::new();
        if let Some(from) = &rule.from {
            start = self.lowering().day(&from.value, End::First);
            first_day = from.first_day;
            grounds = self.own_grounds(&from.grounds);
        }
        let phases = self.phases(rule, &grounds);
        let mut restarts = Vec::new();
        for restart in &rule.restarts {
            let on = self.events(&restart.on, &restart.grounds);
            self.note_open(&on, "restarts", restart.span);
            if let Some(phase) = self.restarted(rule, restart) {
                restarts.push(Restart { phase, on });
            }
        }
        let mut stops = Vec::new();
        for stop in &rule.stops {
            let on = self.events(&stop.on, &stop.grounds);
            self.note_open(&on, "stops", stop.span);
            stops.push(on);
        }
        let done_by = rule.done_by.as_ref().map(|done_by| self.done_by(done_by));
        if let Some(done_by) = &done_by {
            lints::overlapping_windows::look(&phases, done_by, self.report);
        }
        Plan::Phased(PhasedPlan { start, first_day, phases, restarts, stops, done_by })
    }

    fn phases(&mut self, rule: &'a ast::Schedule, from: &[crate::ground::Ground]) -> Vec<Phase> {
        let file = self.wording.file;
        let mut phases: Vec<Phase> = Vec::new();
        let mut open: Option<&'a ast::Phase> = None;
        let mut open_at = 0;
        for phase in &rule.phases {
            if phase.name.is_none() && rule.phases.len() > 1 {
                let message = "a recurrence without a name stands alone";
                let found = finding(codes::SCHEDULE_INCOMPLETE, file, phase.span, message);
                self.report.add(found.help("name the phases: `phase start: for 3 months, every week`"));
            }
            let name = phase.name.as_ref();
            let twice = name.is_some_and(|name| phases.iter().any(|other| other.name.as_ref() == Some(&name.value)));
            if let Some(name) = name.filter(|_| twice) {
                let message = format!("the phase `{}` stands here twice", name.value);
                let found = finding(codes::SAID_TWICE, file, name.span, message);
                self.report.add(found.help("give each phase its own name"));
            }
            // Said once: what comes after it follows from that.
            let first_after = open.is_some() && phases.len() == open_at + 1;
            if let (Some(before), Some(name)) = (open.filter(|_| first_after), name) {
                let message = format!("the phase `{}` never begins: the one before it has no end", name.value);
                let other = before.name.as_ref().map_or(String::new(), |name| format!(" to `{}`", name.value));
                let found = finding(codes::PHASE_NEVER_BEGINS, file, name.span, message);
                self.report.add(found.help(format!("add `for 3 months` or `through` and a date{other}")));
            }
            let ends = self.phase_end(&phase.ends);
            if matches!(ends, PhaseEnd::Open) && open.is_none() {
                open = Some(phase);
                open_at = phases.len();
            }
            let recurrence = self.recurrence(&phase.recurrence);
            if matches!(recurrence, Recurrence::RandomWeekdays { .. }) && rule.head.text.is_empty() {
                lints::random_without_text::report(&rule.head.name.value, place(file, phase.span), self.report);
            }
            let label = match name {
                Some(name) => self.wording.read(&phase.label, Purpose::Label, name, self.report),
                None => self.wording.read(&phase.label, Purpose::Optional, &rule.head.name, self.report),
            };
            let mut grounds = from.to_vec();
            grounds.extend(self.own_grounds(&phase.grounds));
            phases.push(Phase { name: name.map(|name| name.value.clone()), label, ends, recurrence, grounds });
        }
        phases
    }

    fn phase_end(&mut self, ends: &'a ast::PhaseEnd) -> PhaseEnd {
        match ends {
            ast::PhaseEnd::For(length) => PhaseEnd::For(self.duration(length, Least::One, "the length of a phase")),
            ast::PhaseEnd::Through(last) => PhaseEnd::Through(self.lowering().day(last, End::Last)),
            ast::PhaseEnd::Open => PhaseEnd::Open,
        }
    }

    fn recurrence(&mut self, recurrence: &'a ast::Recurrence) -> Recurrence {
        match recurrence {
            ast::Recurrence::Every(interval) => Recurrence::Every(self.duration(interval, Least::One, "an interval")),
            ast::Recurrence::OnWeekdays { every_weeks, days } => {
                let weeks = every_weeks.as_ref().map(|weeks| {
                    let whole = super::expression::whole_duration(&weeks.value);
                    let count = whole.and_then(|weeks| u32::try_from(weeks.count()).ok()).and_then(NonZeroU32::new);
                    if count.is_none() {
                        let found = finding(
                            codes::NO_INTERVAL,
                            self.wording.file,
                            weeks.span,
                            "an interval is a whole number of weeks, at least 1",
                        );
                        self.report.add(found.help("write `every 2 weeks on Monday`, or `on Monday` for every week"));
                    }
                    count
                });
                let mut found: Vec<Weekday> = Vec::new();
                for day in days {
                    if found.contains(&day.value) {
                        let message = format!("`{}` stands here twice", day.value.word());
                        let twice = finding(codes::SAID_TWICE, self.wording.file, day.span, message);
                        self.report.add(twice.help("leave one of them out"));
                    } else {
                        found.push(day.value);
                    }
                }
                let every_weeks = weeks.flatten().unwrap_or(NonZeroU32::MIN);
                Recurrence::OnWeekdays { every_weeks, days: found }
            }
            ast::Recurrence::RandomWeekdays { times } => {
                let times = u8::try_from(times.value).ok().and_then(NonZeroU8::new).unwrap_or(NonZeroU8::MIN);
                Recurrence::RandomWeekdays { times_a_week: times }
            }
        }
    }

    /// A duration of which at least so much makes sense.
    fn duration(&mut self, expr: &'a ast::Expr, least: Least, what: &str) -> Expr {
        let value = self.lowering().value(expr, Some(&ir::Type::Scalar(ScalarType::Duration)));
        let too_short = if let ExprKind::Constant(Constant::Duration(duration)) = &value.kind {
            match least {
                Least::One => duration.count() <= 0,
                Least::Nothing => duration.count() < 0,
            }
        } else {
            false
        };
        if too_short {
            let at_least = match least {
                Least::One => "at least one day",
                Least::Nothing => "0 days or more",
            };
            let message = format!("{what} is {at_least}");
            let found = finding(codes::NO_INTERVAL, self.wording.file, expr.span, message);
            self.report.add(found.help("durations are written as `14 days`, `3 months`, `1 year`"));
            return unknown();
        }
        self.lowering().duration_value(expr)
    }

    /// The phase that a restart begins with.
    fn restarted(&mut self, rule: &'a ast::Schedule, restart: &'a ast::Restart) -> Option<usize> {
        let Some(name) = &restart.phase else { return Some(0) };
        let names = || rule.phases.iter().filter_map(|phase| phase.name.as_ref());
        let at = rule.phases.iter().position(|phase| phase.name.as_ref() == Some(name));
        if at.is_none() {
            let message = format!("`{}` has no phase `{}`", rule.head.name.value, name.value);
            let near = self.report.did_you_mean(&name.value, names().map(|name| &*name.value));
            let listed: Vec<String> = names().map(|name| format!("`{}`", name.value)).collect();
            let help = near.unwrap_or_else(|| match listed.is_empty() {
                true => "its one recurrence has no name: write `restart on each …`".to_owned(),
                false => format!("its phases are {}", listed.join(", ")),
            });
            let found = finding(codes::NO_SUCH_FIELD, self.wording.file, name.span, message);
            self.report.add(found.help(help));
        }
        at
    }

    fn events(&mut self, each: &'a ast::Expr, grounds: &'a [ast::Ground]) -> Events {
        let each = self.lowering().value(each, None);
        Events { each, grounds: self.own_grounds(grounds) }
    }

    /// A list of what restarts or stops it that is never known to be whole.
    fn note_open(&mut self, events: &Events, does: &str, span: Span) {
        let ExprKind::Each(each) = &events.each.kind else { return };
        if let Some(crate::schema::FactType::List { complete: false, .. }) =
            self.world.schema.get(each.list.fact).map(|fact| &fact.ty)
        {
            let name = self.world.schema.get(each.list.fact).map_or("", |fact| &fact.name);
            lints::open_list_moves_schedule::report(name, does, place(self.wording.file, span), self.report);
        }
    }

    fn done_by(&mut self, done_by: &'a ast::ServedBy) -> DoneBy {
        let records = self.events(&done_by.records, &done_by.grounds);
        let window = done_by.window.as_ref().map(|window| {
            let what = "the time around a date";
            (self.duration(&window.before, Least::Nothing, what), self.duration(&window.after, Least::Nothing, what))
        });
        DoneBy { records, window }
    }
}

/// The least duration that makes sense.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Least {
    Nothing,
    One,
}

/// What stands for something that was reported.
fn unknown() -> Expr {
    let place = crate::source::Place { file: crate::source::FileId(0), start: 0, end: 0 };
    Expr { kind: ExprKind::Constant(Constant::Unknown), ty: types::ANY, place }
}

/// A lower bound of a duration in days.
pub(super) fn least_days(duration: Duration) -> i64 {
    match duration.unit() {
        DurationUnit::Days | DurationUnit::Weeks => duration.days().unwrap_or(0),
        DurationUnit::Months | DurationUnit::Years => duration.months().unwrap_or(0) * 28,
    }
}

/// An upper bound of a duration in days.
pub(super) fn most_days(duration: Duration) -> i64 {
    match duration.unit() {
        DurationUnit::Days | DurationUnit::Weeks => duration.days().unwrap_or(0),
        DurationUnit::Months | DurationUnit::Years => duration.months().unwrap_or(0) * 31,
    }
}
