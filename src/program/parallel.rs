//! Treatments side by side, as run.

use super::lower::Lowering;
use super::{Common, Condition, DecidingLine, LineName, Told, ValueId};
use crate::ground::Ground;
use crate::ir::{self, Expr};
use crate::source::Place;

#[derive(Debug, Clone)]
pub(crate) struct Parallel {
    pub(crate) common: Common,
    /// At least two.
    pub(crate) tracks: Vec<Track>,
    pub(crate) within_grounds: Vec<Ground>,
}

/// One of the treatments that belong side by side.
#[derive(Debug, Clone)]
pub(crate) struct Track {
    pub(crate) name: LineName,
    pub(crate) grounds: Vec<Ground>,
    pub(crate) when: Option<Dated>,
    pub(crate) started: Dated,
    pub(crate) ended: Option<Dated>,
    pub(crate) declined: Option<Dated>,
    /// The last day on which the others may start.
    pub(crate) due: ValueId,
    /// That day has passed.
    pub(crate) overdue: Dated,
    /// Of each other track, by its place: it starts on that day or before.
    pub(crate) in_time: Vec<(u32, Dated)>,
}

/// A condition on days, with where it is written.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Dated {
    pub(crate) condition: Condition,
    pub(crate) place: Place,
}

impl Parallel {
    /// `when`, then those of each track, then how their days lie to each other.
    pub(super) fn lines(&self, place: Place) -> Vec<DecidingLine<'_>> {
        let mut lines = self.common.lines(place);
        for (track, of) in self.tracks.iter().zip(0..) {
            let itself = |dated: Option<Dated>| dated.map_or(Told::Always, |dated| Told::With(dated.condition.lit));
            let own = [
                (track.when, Told::Always, LineName::new("when", "gäller när", "applies when")),
                (Some(track.started), Told::Always, LineName::new("started", "startad", "started")),
                (track.ended, itself(track.ended), LineName::new("ended", "avslutad", "ended")),
                (track.declined, itself(track.declined), LineName::new("declined", "avböjd", "declined")),
            ];
            lines.extend(own.into_iter().filter_map(|(dated, told, name)| {
                let Dated { condition, place } = dated?;
                let (name, grounds) = (name.of(&track.name), &*track.grounds);
                Some(DecidingLine { name, condition, grounds, place, of: Some(of), told })
            }));
        }
        for (track, of) in self.tracks.iter().zip(0..) {
            let passed = LineName::new(
                "the others are overdue",
                "sista dagen för de andra har passerat",
                "the last day for the others has passed",
            );
            let in_time = track.in_time.iter().filter_map(|(other, dated)| {
                let other = self.tracks.get(*other as usize)?;
                let words = ["started in time after", "startad i tid efter", "started in time after"];
                Some((LineName::relation(&other.name, words, &track.name), *dated))
            });
            let all = std::iter::once((passed.of(&track.name), track.overdue)).chain(in_time);
            // In time or not makes no difference before the last day has passed.
            let told = Told::With(track.overdue.condition.lit);
            lines.extend(all.map(|(name, Dated { condition, place })| {
                let grounds = &*self.within_grounds;
                DecidingLine { name, condition, grounds, place, of: Some(of), told }
            }));
        }
        lines
    }
}

impl Lowering<'_> {
    pub(super) fn parallel(&mut self, parallel: &ir::Parallel) -> Parallel {
        let common = self.common(&parallel.common);
        let tracks = parallel.tracks.iter().map(|track| self.track(track)).collect();
        Parallel { common, tracks, within_grounds: parallel.within_grounds.clone() }
    }

    fn track(&mut self, track: &ir::Track) -> Track {
        Track {
            name: LineName { text: track.name.clone(), label: track.label.clone() },
            grounds: track.grounds.clone(),
            when: track.when.as_ref().map(|when| Dated { condition: self.condition(when), place: track.place }),
            started: self.dated(&track.started),
            ended: track.ended.as_ref().map(|ended| self.dated(ended)),
            declined: track.declined.as_ref().map(|declined| self.dated(declined)),
            due: self.bare_value(&track.due),
            overdue: self.dated(&track.overdue),
            in_time: track.in_time.iter().map(|(other, in_time)| (*other, self.dated(in_time))).collect(),
        }
    }

    fn dated(&mut self, condition: &Expr) -> Dated {
        Dated { condition: self.condition(condition), place: condition.place }
    }
}
