//! The dates of schedules as JSON.

use super::Json;
use super::outcome::fault;
use super::rules::{day, scheduled_date, span};
use super::value::grounds;
use crate::outcome::{Calendar, CalendarSchedule, Visit};
use serde::ser::{Serialize, Serializer};

impl Calendar {
    /// The JSON of the runner's `schedule`, on one line; `docs::runner` says what each key means.
    #[must_use]
    pub fn to_json(&self) -> String {
        calendar(self).print()
    }
}

/// The tree of [`Calendar::to_json`].
impl Serialize for Calendar {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        calendar(self).serialize(serializer)
    }
}

fn calendar(calendar: &Calendar) -> Json {
    Json::object([
        ("format", Json::count(1)),
        ("as_of", day(Some(calendar.as_of))),
        ("guideline", Json::text(calendar.guideline.as_str())),
        ("version", Json::text(calendar.version.as_str())),
        ("from", day(Some(calendar.days.0))),
        ("to", day(Some(calendar.days.1))),
        ("schedules", Json::array(&calendar.schedules, schedule)),
        ("visits", Json::array(&calendar.visits, visit)),
        ("faults", Json::array(&calendar.faults, fault)),
    ])
}

fn schedule(schedule: &CalendarSchedule) -> Json {
    Json::object([
        ("id", Json::text(schedule.id.as_str())),
        ("label", Json::localized(&schedule.label)),
        ("status", Json::word(schedule.status.name())),
        ("dates", Json::array(&schedule.dates, scheduled_date)),
        ("uncertain", Json::array(&schedule.uncertain, |days| span(*days))),
        ("needs_seed", Json::array(&schedule.needs_seed, |days| span(*days))),
        ("grounds", grounds(&schedule.grounds)),
        ("layer", Json::text(schedule.layer.as_str())),
    ])
}

fn visit(visit: &Visit) -> Json {
    Json::object([
        ("date", day(Some(visit.day))),
        (
            "serves",
            Json::Array(
                visit
                    .serves
                    .iter()
                    .map(|(id, date)| Json::object([("id", Json::text(id.as_str())), ("date", day(Some(*date)))]))
                    .collect(),
            ),
        ),
        ("drawn", Json::Truth(visit.drawn)),
    ])
}
