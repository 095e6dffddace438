//! Treatments side by side: tracks with their days, and how far apart they may start.

use super::labels::Purpose;
use super::lints;
use super::report::{finding, place};
use super::rules::Rules;
use super::task::{compared, today};
use crate::diagnostic::codes;
use crate::ground::Ground;
use crate::ir::{self, Comparison, Constant, Direction, Expr, ExprKind, Parallel, RuleKind, Track};
use crate::source::Place;
use crate::syntax::ast::{self, TrackDate};
use std::collections::HashSet;

/// Each two tracks are compared with each other.
const MOST_TRACKS: usize = 20;

impl<'a> Rules<'_, 'a> {
    pub(super) fn parallel(&mut self, rule: &'a ast::Parallel, order: u32) -> ir::Rule {
        let (file, head) = (self.wording.file, &rule.head);
        let common = self.common_of_lines(head);
        if rule.tracks.len() < 2 || rule.tracks.len() > MOST_TRACKS {
            let plural = if rule.tracks.len() == 1 { "" } else { "s" };
            let message = format!("`{}` has {} track{plural}", head.name.value, rule.tracks.len());
            let help = format!("write from 2 to {MOST_TRACKS} lines `track name: started day`");
            self.report.add(finding(codes::NO_LINES, file, head.name.span, message).help(help));
        }
        let (duration, within_place, within_grounds) = match &rule.within {
            Some(within) => {
                let duration = self.lowering().duration_value(&within.duration);
                let what = ("the line `start within`", within.span);
                let grounds = self.inherited(&within.grounds, &common.grounds, head, what);
                (duration, place(file, within.span), grounds)
            }
            None => {
                let message = format!("`{}` does not say how far apart its tracks may start", head.name.value);
                let help = "write `start within 3 months of each other`";
                self.report.add(finding(codes::NO_LINES, file, head.name.span, message).help(help));
                let place = place(file, head.name.span);
                let kind = ExprKind::Constant(Constant::Unknown);
                (Expr { kind, ty: super::types::ANY, place }, place, Vec::new())
            }
        };
        let mut names: HashSet<&str> = HashSet::new();
        let mut tracks = Vec::with_capacity(rule.tracks.len());
        for track in rule.tracks.iter().take(MOST_TRACKS) {
            if !names.insert(&track.name.value) {
                let message = format!("the track `{}` stands in `{}` twice", track.name.value, head.name.value);
                let found = finding(codes::SAID_TWICE, file, track.name.span, message);
                self.report.add(found.help("give each track its own name"));
            }
            tracks.push(self.track(track, head, &common.grounds, &duration, within_place));
        }
        compare_starts(&mut tracks);
        self.finish(head, RuleKind::Parallel(Box::new(Parallel { common, tracks, within_grounds })), order)
    }

    fn track(
        &mut self,
        track: &'a ast::Track,
        head: &'a ast::RuleHead,
        inherited: &[Ground],
        duration: &Expr,
        within: Place,
    ) -> Track {
        let file = self.wording.file;
        let when = track.when.as_ref().map(|when| {
            let when = self.condition(when);
            lints::constant_condition::look(&when, self.report);
            when
        });
        let start = self.track_date(&track.started);
        let anchor = Box::new(start.clone());
        let shifted = ExprKind::Shifted { anchor, direction: Direction::After, duration: Box::new(duration.clone()) };
        let due = Expr { kind: shifted, ty: start.ty.clone(), place: within };
        let what = format!("the track `{}`", track.name.value);
        Track {
            name: track.name.value.clone(),
            label: self.wording.read(&track.label, Purpose::Label, &track.name, self.report),
            grounds: self.inherited(&track.grounds, inherited, head, (&what, track.span)),
            place: place(file, track.span),
            when,
            started: happened(start.clone()),
            ended: track.ended.as_ref().map(|date| happened(self.track_date(date))),
            declined: track.declined.as_ref().map(|date| happened(self.track_date(date))),
            start,
            overdue: compared(today(within), Comparison::After, due.clone()),
            due,
            in_time: Vec::new(),
        }
    }

    /// In the place of the whole, `started adhd_start`.
    fn track_date(&mut self, date: &'a TrackDate) -> Expr {
        Expr { place: place(self.wording.file, date.span), ..self.lowering().date_value(&date.date) }
    }
}

/// On or before today.
fn happened(day: Expr) -> Expr {
    let now = today(day.place);
    compared(day, Comparison::OnOrBefore, now)
}

/// Of each track, which others start by its last day for them.
fn compare_starts(tracks: &mut [Track]) {
    let starts: Vec<Expr> = tracks.iter().map(|track| track.start.clone()).collect();
    for (own, track) in (0..).zip(tracks) {
        let others = (0..).zip(&starts).filter(|(other, _): &(u32, &Expr)| *other != own);
        track.in_time = others
            .map(|(other, start)| (other, compared(start.clone(), Comparison::OnOrBefore, track.due.clone())))
            .collect();
    }
}
