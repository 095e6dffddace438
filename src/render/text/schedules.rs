//! Schedules as text: their dates with the day of the week, and the visits that keep them.

use super::Page;
use super::rules::Calls;
use crate::language::Language;
use crate::outcome::{Calendar, CalendarSchedule, RuleStatus, ScheduleOutcome, ScheduledDate, Visit};
use crate::render::words;
use crate::status::ScheduleStatus;
use crate::value::Date;

impl Calendar {
    /// For people: each schedule with its dates, where they may not be all, and the visits that keep them.
    #[must_use]
    pub fn to_text(&self, language: Language) -> String {
        let mut page = Page::new(language);
        let line = format!(
            "{} ({}, {} {}), {} {}: {} {} {} {}",
            page.label(&self.title, &self.guideline),
            self.guideline,
            page.say(words::VERSION),
            self.version,
            page.say(words::DATES_AS_OF),
            self.as_of,
            page.say(words::FROM),
            self.days.0,
            page.say(words::THROUGH),
            self.days.1
        );
        page.line(0, &line);
        for schedule in &self.schedules {
            page.dates_of(schedule);
        }
        page.heading(&self.visits, words::VISITS);
        for visit in &self.visits {
            page.visit(visit, self);
        }
        page.heading(&self.faults, words::FAULTS);
        for fault in &self.faults {
            let rule = page.schedule_label(&fault.rule, fault.rule.strip_prefix("schedule."), self);
            let line = format!("{rule}: {} ({})", page.fault(fault), page.place(&fault.place));
            page.line(1, &line);
        }
        page.out
    }
}

impl Page {
    pub(super) fn schedule(&mut self, rule: &ScheduleOutcome) {
        self.title(&rule.label, &rule.id, &rule.layer, RuleStatus::Schedule(rule.status));
        if rule.status == ScheduleStatus::NotApplicable {
            return;
        }
        let is_over = rule.standing == Some("over");
        let calls = if is_over || rule.status == ScheduleStatus::Undetermined { Calls::No } else { Calls::Yes };
        self.says(&rule.text, calls);
        if let Some(standing) = rule.standing.and_then(words::standing) {
            let line = self.say(standing);
            self.line(1, line);
        }
        if let Some(phase) = &rule.phase {
            let line = format!("{}: {}", self.say(words::PHASE), self.label(&phase.label, &phase.id));
            self.line(1, &line);
        }
        for next in &rule.next {
            let line = format!("{}: {}", self.say(words::NEXT_DATE), self.day(*next));
            self.line(1, &line);
        }
        for date in &rule.dates {
            self.scheduled_date(1, date);
        }
        self.grounds(1, &rule.grounds);
    }

    fn dates_of(&mut self, schedule: &CalendarSchedule) {
        let status = self.say(words::schedule(schedule.status));
        let line = format!("{}: {status}", self.label(&schedule.label, &schedule.id));
        self.out.push('\n');
        self.line(0, &line);
        for date in &schedule.dates {
            self.scheduled_date(1, date);
        }
        if schedule.dates.is_empty() && schedule.status == ScheduleStatus::InForce {
            let line = self.say(words::NO_DATES);
            self.line(1, line);
        }
        for (spans, words) in [(&schedule.uncertain, words::PERHAPS_OTHERS), (&schedule.needs_seed, words::NEEDS_SEED)]
        {
            for (from, through) in spans {
                let say = |words| self.say(words);
                let line = format!("{} {from} {} {through}: {}", say(words::FROM), say(words::THROUGH), say(words));
                self.line(1, &line);
            }
        }
        self.grounds(1, &schedule.grounds);
    }

    fn scheduled_date(&mut self, level: usize, date: &ScheduledDate) {
        let status = self.say(words::date_status(date.status));
        let line = format!("{}: {status}", self.day(date.date));
        self.line(level, &line);
    }

    fn visit(&mut self, visit: &Visit, calendar: &Calendar) {
        let serves: Vec<String> =
            visit.serves.iter().map(|(id, date)| self.served(id, *date, visit.day, calendar)).collect();
        let line = format!("{}: {}", self.day(visit.day), serves.join(", "));
        self.line(1, &line);
    }

    /// `Urinprov`, `Urinprov (2026-02-28, försenat)`: its own day where the visit is on another, and how it stands unless it
    /// is still to come.
    fn served(&self, id: &str, date: Date, day: Date, calendar: &Calendar) -> String {
        let schedule = calendar.schedules.iter().find(|schedule| schedule.id == id);
        let stands = schedule.and_then(|schedule| schedule.dates.iter().find(|scheduled| scheduled.date == date));
        let moved = (date != day).then(|| date.to_string());
        let stands = stands.filter(|scheduled| !matches!(scheduled.status, "planned" | "due"));
        let stands = stands.map(|scheduled| self.say(words::date_status(scheduled.status)).to_owned());
        let told: Vec<String> = moved.into_iter().chain(stands).collect();
        let label = self.schedule_label(id, Some(id), calendar);
        if told.is_empty() { label.to_owned() } else { format!("{label} ({})", told.join(", ")) }
    }

    /// What people call the schedule of that name; else `otherwise`.
    fn schedule_label<'a>(&self, otherwise: &'a str, name: Option<&str>, calendar: &'a Calendar) -> &'a str {
        let schedule = calendar.schedules.iter().find(|schedule| Some(schedule.id.as_str()) == name);
        schedule.map_or(otherwise, |schedule| self.label(&schedule.label, otherwise))
    }

    /// `2026-11-23 (måndag)`
    fn day(&self, date: Date) -> String {
        format!("{date} ({})", self.say(words::weekday(date.weekday())))
    }
}
