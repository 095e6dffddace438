//! Treatments side by side.

use super::calendar::Day;
use super::comparison;
use super::guide::{Scope, Walk};
use super::value::{Range, Truth, Value};
use riktlinje::syntax::ast::{self, Comparison, Expr, TrackDate};

#[derive(Debug, Clone, PartialEq)]
pub struct ParallelAnswer {
    pub id: String,
    pub status: &'static str,
    pub tracks: Vec<(String, &'static str, Option<Day>)>,
}

fn any(truths: impl Iterator<Item = Truth>) -> Truth {
    truths.fold(Truth::No, Truth::or)
}

/// What is asked of tracks, by their places.
struct Tracks<'w, 'a> {
    walk: &'w Walk<'a>,
    rule: &'a ast::Parallel,
    length: &'a Expr,
}

impl<'a> Tracks<'_, 'a> {
    fn all(&self) -> std::ops::Range<usize> {
        0..self.rule.tracks.len()
    }

    fn others(&self, track: usize) -> impl Iterator<Item = usize> {
        self.all().filter(move |other| *other != track)
    }

    fn start(&self, track: usize) -> &'a Expr {
        &self.rule.tracks[track].started.date
    }

    /// "*started* = its start is on or before today; ended and declined likewise."
    fn happened(&self, date: Option<&'a TrackDate>) -> Truth {
        let Some(date) = date else { return Truth::No };
        let today = Value::Date(Range::point(self.walk.today));
        self.walk.comparison(&[&date.date], &Scope::default(), &|values| {
            comparison::compare(Comparison::OnOrBefore, &values[0], &today)
        })
    }

    fn started(&self, track: usize) -> Truth {
        self.happened(Some(&self.rule.tracks[track].started))
    }

    fn ended(&self, track: usize) -> Truth {
        self.happened(self.rule.tracks[track].ended.as_ref())
    }

    fn declined(&self, track: usize) -> Truth {
        self.happened(self.rule.tracks[track].declined.as_ref())
    }

    fn own_when(&self, track: usize) -> Truth {
        let when = self.rule.tracks[track].when.as_ref();
        when.map_or(Truth::Yes, |when| self.walk.truth(when, &Scope::default()))
    }

    /// "*takes part* = its `when`, and not *ended*, and not *declined*."
    fn part(&self, track: usize) -> Truth {
        self.own_when(track).and(self.ended(track).not()).and(self.declined(track).not())
    }

    /// "*overdue(i)* = today is after `start(i) + D`."
    fn overdue(&self, of: usize) -> Truth {
        let today = Value::Date(Range::point(self.walk.today));
        self.walk.comparison(&[self.start(of), self.length], &Scope::default(), &|values| {
            comparison::compare(Comparison::After, &today, &comparison::shifted(&values[0], &values[1]))
        })
    }

    /// "*in time(i, j)* = `start(j)` is on or before `start(i) + D`."
    fn in_time(&self, of: usize, track: usize) -> Truth {
        let operands = [self.start(track), self.start(of), self.length];
        self.walk.comparison(&operands, &Scope::default(), &|values| {
            comparison::compare(Comparison::OnOrBefore, &values[0], &comparison::shifted(&values[1], &values[2]))
        })
    }

    /// "*leads(i)* = i takes part and has started."
    fn leads(&self, track: usize) -> Truth {
        self.part(track).and(self.started(track))
    }

    /// "*behind(j)* = for some other i: leads(i), and overdue(i), and not in time(i, j)."
    fn behind(&self, track: usize) -> Truth {
        let by = |other: usize| self.leads(other).and(self.overdue(other)).and(self.in_time(other, track).not());
        any(self.others(track).map(by))
    }

    /// "*out(j)* = j takes part and behind(j)."
    fn out(&self, track: usize) -> Truth {
        self.part(track).and(self.behind(track))
    }

    fn rule(&self, when: Truth) -> &'static str {
        let part = |least: Truth| self.all().filter(|track| self.part(*track) >= least).count();
        let out = any(self.all().map(|track| self.out(track)));
        let all_started =
            self.all().map(|track| self.part(track).not().or(self.started(track))).fold(Truth::Yes, Truth::and);
        match when {
            Truth::No => "not_applicable",
            Truth::Unknown => "undetermined",
            Truth::Yes if part(Truth::Unknown) < 2 => "not_applicable",
            Truth::Yes if out == Truth::Yes => "out_of_step",
            Truth::Yes if part(Truth::Yes) < 2 || out == Truth::Unknown => "undetermined",
            Truth::Yes => match all_started {
                Truth::Yes => "in_parallel",
                Truth::Unknown => "undetermined",
                Truth::No => "waiting",
            },
        }
    }

    fn track(&self, when: Truth, track: usize) -> &'static str {
        match when.and(self.own_when(track)) {
            Truth::No => return "not_applicable",
            Truth::Unknown => return "undetermined",
            Truth::Yes => {}
        }
        let one_of = |words: [&'static str; 2]| match self.behind(track) {
            Truth::Yes => words[0],
            Truth::No => words[1],
            Truth::Unknown => "undetermined",
        };
        match (self.declined(track), self.ended(track), self.started(track)) {
            (Truth::Yes, _, _) => "declined",
            (Truth::Unknown, _, _) | (_, Truth::Unknown, _) => "undetermined",
            (_, Truth::Yes, _) => "ended",
            (_, _, Truth::Unknown) => "undetermined",
            (_, _, Truth::Yes) => one_of(["started_late", "started"]),
            (_, _, Truth::No) => one_of(["overdue", "waiting"]),
        }
    }

    /// "The earliest `start(i) + D` of those that lead, for a track that waits, is overdue or started late; null while it
    /// is not known who leads, or on which day."
    fn due(&self, status: &str, track: usize) -> Option<Day> {
        if !matches!(status, "waiting" | "overdue" | "started_late") {
            return None;
        }
        let mut earliest: Option<Day> = None;
        for other in self.others(track) {
            match self.leads(other) {
                Truth::No => continue,
                Truth::Unknown => return None,
                Truth::Yes => {}
            }
            let scope = Scope::default();
            let due =
                comparison::shifted(&self.walk.value(self.start(other), &scope), &self.walk.value(self.length, &scope));
            let Value::Date(Range { low: Some(low), high: Some(high), perhaps_absent: false }) = due else {
                return None;
            };
            if low != high {
                return None;
            }
            earliest = Some(earliest.map_or(low, |so_far| so_far.min(low)));
        }
        earliest
    }
}

impl<'a> Walk<'a> {
    pub fn parallel(&self, rule: &'a ast::Parallel) -> ParallelAnswer {
        let length = &rule.within.as_ref().expect("how far apart tracks may start").duration;
        let tracks = Tracks { walk: self, rule, length };
        let when = self.when(&rule.head);
        let each = tracks.all().map(|place| {
            let status = tracks.track(when, place);
            (rule.tracks[place].name.value.to_string(), status, tracks.due(status, place))
        });
        ParallelAnswer { id: rule.head.name.value.to_string(), status: tracks.rule(when), tracks: each.collect() }
    }
}
