//! The status of treatments side by side, and of each of them.

use crate::eval::cells::Cells;
use crate::program::{Dated, Parallel, Program, Track};
use crate::status::{ParallelStatus, TrackStatus};
use crate::value::Truth;

pub(super) fn settle(program: &Program, parallel: &Parallel, cells: &Cells) -> ParallelStatus {
    Standing::of(program, parallel, cells).status()
}

/// What is known of the tracks.
pub(crate) struct Standing {
    applies: Truth,
    tracks: Vec<Known>,
}

/// What is known of one track.
#[derive(Debug, Clone)]
struct Known {
    when: Truth,
    started: Truth,
    ended: Truth,
    declined: Truth,
    /// The last day that it leaves for the others has passed.
    overdue: Truth,
    /// By track: it starts on that day or before.
    in_time: Vec<Truth>,
}

impl Standing {
    pub(crate) fn of(program: &Program, parallel: &Parallel, cells: &Cells) -> Standing {
        let truth = |dated: &Dated| cells.lit(program, dated.condition.lit);
        let or = |dated: Option<&Dated>, otherwise: Truth| dated.map_or(otherwise, truth);
        let known = |track: &Track| {
            let mut in_time = vec![Truth::True; parallel.tracks.len()];
            for (other, dated) in &track.in_time {
                in_time[*other as usize] = truth(dated);
            }
            Known {
                when: or(track.when.as_ref(), Truth::True),
                started: truth(&track.started),
                ended: or(track.ended.as_ref(), Truth::False),
                declined: or(track.declined.as_ref(), Truth::False),
                overdue: truth(&track.overdue),
                in_time,
            }
        };
        Standing {
            applies: parallel.common.when.map_or(Truth::True, |when| cells.lit(program, when.lit)),
            tracks: parallel.tracks.iter().map(known).collect(),
        }
    }

    fn status(&self) -> ParallelStatus {
        match self.applies {
            Truth::False => return ParallelStatus::NotApplicable,
            Truth::Unknown => return ParallelStatus::Undetermined,
            Truth::True => {}
        }
        let (mut least, mut most) = (0, 0);
        let mut all_started = Truth::True;
        for track in &self.tracks {
            least += u32::from(track.takes_part() == Truth::True);
            most += u32::from(track.takes_part() != Truth::False);
            all_started = all_started.and((!track.takes_part()).or(track.started));
        }
        let out_of_step = (0..self.tracks.len()).map(|track| self.is_late(track)).fold(Truth::False, Truth::or);
        match (out_of_step, all_started) {
            _few if most < 2 => ParallelStatus::NotApplicable,
            (Truth::True, _) => ParallelStatus::OutOfStep,
            _perhaps_few if least < 2 => ParallelStatus::Undetermined,
            (Truth::Unknown, _) | (_, Truth::Unknown) => ParallelStatus::Undetermined,
            (Truth::False, Truth::True) => ParallelStatus::InParallel,
            (Truth::False, Truth::False) => ParallelStatus::Waiting,
        }
    }

    /// Whether a track takes part and is later than another that takes part allows: its last day has passed, and it did
    /// not start by then.
    fn is_late(&self, track: usize) -> Truth {
        self.tracks[track].takes_part().and(self.is_behind(track))
    }

    fn is_behind(&self, track: usize) -> Truth {
        let behind = |other: &Known| other.allows().and(other.overdue).and(!other.in_time[track]);
        self.others(track).map(behind).fold(Truth::False, Truth::or)
    }

    pub(crate) fn track(&self, track: usize) -> TrackStatus {
        let own = &self.tracks[track];
        match self.applies.and(own.when) {
            Truth::False => return TrackStatus::NotApplicable,
            Truth::Unknown => return TrackStatus::Undetermined,
            Truth::True => {}
        }
        let is_behind = self.is_behind(track);
        match (own.declined, own.ended, own.started) {
            (Truth::True, _, _) => TrackStatus::Declined,
            (Truth::Unknown, _, _) | (_, Truth::Unknown, _) => TrackStatus::Undetermined,
            (Truth::False, Truth::True, _) => TrackStatus::Ended,
            (Truth::False, Truth::False, Truth::Unknown) => TrackStatus::Undetermined,
            (Truth::False, Truth::False, Truth::True) => match is_behind {
                Truth::True => TrackStatus::StartedLate,
                Truth::False => TrackStatus::Started,
                Truth::Unknown => TrackStatus::Undetermined,
            },
            (Truth::False, Truth::False, Truth::False) => match is_behind {
                Truth::True => TrackStatus::Overdue,
                Truth::False => TrackStatus::Waiting,
                Truth::Unknown => TrackStatus::Undetermined,
            },
        }
    }

    /// Whether a track has started and takes part, so that the others have to follow.
    pub(crate) fn leads(&self, track: usize) -> Truth {
        self.tracks[track].allows()
    }

    fn others(&self, track: usize) -> impl Iterator<Item = &Known> {
        self.tracks.iter().enumerate().filter(move |(other, _)| *other != track).map(|(_, other)| other)
    }
}

impl Known {
    fn takes_part(&self) -> Truth {
        self.when.and(!self.ended).and(!self.declined)
    }

    /// It takes part and has started, so that it says when the others must.
    fn allows(&self) -> Truth {
        self.takes_part().and(self.started)
    }
}

#[cfg(test)]
mod tests {
    use super::{Known, Standing};
    use crate::value::Truth::{self, False, True, Unknown};

    /// `in_time`: of each track, whether it starts by the last day that this one leaves.
    fn track(started: Truth, overdue: Truth, in_time: [Truth; 2]) -> Known {
        Known { when: True, started, ended: False, declined: False, overdue, in_time: in_time.to_vec() }
    }

    fn both(first: Known, second: Known) -> (&'static str, [&'static str; 2]) {
        let standing = Standing { applies: True, tracks: vec![first, second] };
        (standing.status().name(), [0, 1].map(|at| standing.track(at).name()))
    }

    #[test]
    fn two_tracks() {
        let none = [False, False];
        let idle = || track(False, False, none);
        let started = || track(True, False, none);
        let passed = |in_time| track(True, True, [True, in_time]);
        assert_eq!(both(idle(), idle()), ("waiting", ["waiting", "waiting"]));
        assert_eq!(both(started(), started()), ("in_parallel", ["started", "started"]));
        assert_eq!(both(started(), idle()), ("waiting", ["started", "waiting"]));
        assert_eq!(both(passed(False), idle()), ("out_of_step", ["started", "overdue"]));
        assert_eq!(both(passed(False), started()), ("out_of_step", ["started", "started_late"]));
        assert_eq!(both(passed(True), started()), ("in_parallel", ["started", "started"]));
        assert_eq!(both(track(True, Unknown, none), idle()), ("undetermined", ["started", "undetermined"]));
        // Started or not, it is too late.
        let perhaps = || track(Unknown, False, none);
        assert_eq!(both(passed(False), perhaps()), ("out_of_step", ["started", "undetermined"]));
        // Perhaps started; nobody is late in either case, but only one of them is in parallel.
        assert_eq!(both(started(), perhaps()), ("undetermined", ["started", "undetermined"]));
        // The other has not started: waiting in either case.
        assert_eq!(both(idle(), perhaps()), ("waiting", ["waiting", "undetermined"]));
    }

    #[test]
    fn those_that_take_no_part() {
        let started = || track(True, True, [True, False]);
        let idle = || track(False, False, [False, False]);
        let ended = Known { ended: True, ..idle() };
        assert_eq!(both(started(), ended), ("not_applicable", ["started", "ended"]));
        assert_eq!(both(started(), Known { declined: True, ..idle() }), ("not_applicable", ["started", "declined"]));
        assert_eq!(both(started(), Known { when: False, ..idle() }), ("not_applicable", ["started", "not_applicable"]));
        assert_eq!(both(started(), Known { when: Unknown, ..idle() }), ("undetermined", ["started", "undetermined"]));
        assert_eq!(both(started(), Known { ended: Unknown, ..idle() }), ("undetermined", ["started", "undetermined"]));
    }
}
