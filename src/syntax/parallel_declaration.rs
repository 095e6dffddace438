//! `parallel`.

use super::ast::{Declaration, Ground, Localized, Name, Parallel, RuleHead, StartWithin, Track, TrackDate};
use super::cursor::{Cursor, Parsed};
use super::parser::{LinePosition, TokenKind};
use super::rule_head::HeadClause;
use crate::diagnostic::codes;

const WORDS: &[&str] = &["label", "when", "track", "start", "text", "cite", "our", "decided", "covers"];

/// The line that a ground belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Above {
    Head,
    Track,
    /// A track that could not be read.
    LostTrack,
    Start,
}

impl Cursor<'_> {
    pub(super) fn parallel(&mut self) -> Parsed<Declaration> {
        self.expect("parallel")?;
        let name = self.declared("the name of a `parallel`")?;
        Ok(Declaration::Parallel(Box::new(self.parallel_lines(name))))
    }

    /// To the end of the declaration.
    pub(super) fn parallel_lines(&mut self, name: Name) -> Parallel {
        const WORDS: &[&str] = &["label", "when", "track", "start", "text", "cite", "our", "decided", "covers"];
        let mut rule = Parallel { head: RuleHead::new(name), tracks: Vec::new(), within: None };
        let mut above = Above::Head;
        self.clauses(WORDS, |cursor| {
            let span = cursor.peek().span;
            match cursor.word() {
                "label" if matches!(above, Above::Track | Above::LostTrack) => {
                    cursor.bump();
                    let label = cursor.localized()?;
                    if let (Above::Track, Some(place)) = (above, rule.nearest_label()) {
                        cursor.once((!place.is_empty()).into(), span)?;
                        *place = label;
                    }
                }
                "track" => {
                    above = Above::LostTrack;
                    rule.tracks.push(cursor.track()?);
                    above = Above::Track;
                }
                "start" => {
                    above = Above::Start;
                    cursor.once(rule.within.is_some().into(), span)?;
                    rule.within = Some(cursor.start_within()?);
                }
                "cite" | "our" | "decided" => {
                    let ground = cursor.ground()?;
                    rule.grounds_of(above).push(ground);
                }
                _ => match cursor.head_clause(&mut rule.head)? {
                    HeadClause::Read => {}
                    HeadClause::Other => return Err(cursor.unknown_clause("a `parallel`", WORDS)),
                },
            }
            Ok(())
        });
        rule
    }

    /// `track adhd when has_adhd: started adhd_start, ended adhd_end, declined adhd_declined`
    fn track(&mut self) -> Parsed<Track> {
        let start = self.expect("track")?;
        let name = self.any_name("a name for this track, as in `track adhd: started adhd_start`")?;
        let when = if self.eat("when").is_some() { Some(self.expression()?) } else { None };
        self.expect_mark(":")?;
        if !self.is("started") {
            return Err(self.expected("`started` and the day on which it started"));
        }
        let started = self.track_date()?;
        let (mut ended, mut declined) = (None, None);
        loop {
            let comma = self.eat_mark(",");
            let place = match self.word() {
                "ended" => &mut ended,
                "declined" => &mut declined,
                _ if comma.is_some() => return Err(self.expected("`ended` or `declined` after the comma")),
                _ => break,
            };
            let span = self.peek().span;
            if comma.is_none() {
                let message = format!("a comma is missing before `{}`", self.word());
                return Err(self.fail(codes::EXPECTED, span, message, "write `started DAY, ended DAY, declined DAY`"));
            }
            self.once(place.is_some().into(), span)?;
            *place = Some(self.track_date()?);
        }
        let span = self.since(start);
        Ok(Track { name, label: Localized::new(), when, started, ended, declined, grounds: Vec::new(), span })
    }

    /// `started adhd_start`
    fn track_date(&mut self) -> Parsed<TrackDate> {
        let start = self.bump().span;
        let date = self.date_value()?;
        self.refuse_partial_date(&date);
        Ok(TrackDate { date, span: self.since(start) })
    }

    /// `start within D of each other`
    fn start_within(&mut self) -> Parsed<StartWithin> {
        let start = self.expect("start")?;
        self.expect("within")?;
        let duration = self.value()?;
        if !(self.is("of") && self.is_at(1, "each") && self.is_at(2, "other")) {
            return Err(self.expected("`of each other`, as in `start within 3 months of each other`"));
        }
        self.bump();
        self.bump();
        self.bump();
        Ok(StartWithin { duration, grounds: Vec::new(), span: self.since(start) })
    }

    /// `start within D of each other`, not a condition on something called `start`.
    pub(super) fn is_start_within(&self, ahead: usize) -> bool {
        if !(self.is_at(ahead, "start") && self.is_at(ahead + 1, "within")) {
            return false;
        }
        let ends = |at: usize| self.is_at(at, "of") && self.is_at(at + 1, "each") && self.is_at(at + 2, "other");
        let is_next = |at: usize| {
            let token = self.nth(at);
            token.kind == TokenKind::End || (token.line == LinePosition::First && WORDS.contains(&self.word_at(at)))
        };
        (ahead + 2..).take_while(|at| !is_next(*at)).any(ends)
    }
}

impl Parallel {
    /// The label of the last track.
    fn nearest_label(&mut self) -> Option<&mut Localized> {
        self.tracks.last_mut().map(|track| &mut track.label)
    }

    /// Of the nearest line above; of the rule, where that line could not be read.
    fn grounds_of(&mut self, above: Above) -> &mut Vec<Ground> {
        match (above, self.tracks.last_mut(), &mut self.within) {
            (Above::Track, Some(track), _) => &mut track.grounds,
            (Above::Start, _, Some(within)) => &mut within.grounds,
            (Above::Head | Above::Track | Above::LostTrack | Above::Start, _, _) => &mut self.head.grounds,
        }
    }
}
