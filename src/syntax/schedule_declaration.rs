//! `schedule`: from when, in which phases, on which days; what restarts, stops and serves it.

use super::ast::{
    Declaration, DurationLiteral, EachRecord, Expr, ExprKind, FirstDay, FirstWithin, Ground, Localized, Phase,
    PhaseEnd, Recurrence, Restart, RuleHead, Schedule, ScheduleStart, ServedBy, ServingWindow, Span, Spanned, Stop,
    ThenEvery,
};
use super::cursor::{Cursor, Failed, Parsed};
use super::parser::{LinePosition, TokenKind};
use super::rule_head::HeadClause;
use super::vocabulary;
use crate::diagnostic::{codes, near};
use crate::value::{DurationUnit, Number, Weekday};

/// The words that begin a clause.
const WORDS: [&str; 20] = [
    "label", "when", "text", "cite", "our", "decided", "covers", "from", "phase", "every", "on", "once", "twice",
    "for", "restart", "stop", "done", "first", "then", "may",
];

/// The line that a ground or a label below it belongs to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Nearest {
    Rule,
    From,
    Phase,
    Restart,
    Stop,
    DoneBy,
    First,
    Then,
}

impl Cursor<'_> {
    pub(super) fn schedule(&mut self) -> Parsed<Declaration> {
        self.expect("schedule")?;
        let name = self.declared("the name of a schedule")?;
        let mut rule = Schedule {
            head: RuleHead::new(name),
            from: None,
            phases: Vec::new(),
            restarts: Vec::new(),
            stops: Vec::new(),
            done_by: None,
            first: None,
            then: None,
            may_share: None,
        };
        let mut nearest = Nearest::Rule;
        self.clauses(&WORDS, |cursor| {
            let start = cursor.peek().span;
            let number = cursor.peek().kind == TokenKind::Number;
            match cursor.word() {
                "cite" | "our" | "decided" => {
                    let ground = cursor.ground()?;
                    rule.grounds_of(nearest).push(ground);
                }
                "label" if nearest == Nearest::Phase => {
                    let Some(phase) = rule.phases.last_mut() else { return Err(Failed) };
                    cursor.once((!phase.label.is_empty()).into(), start)?;
                    cursor.bump();
                    phase.label = cursor.localized()?;
                }
                "from" => {
                    cursor.once(rule.from.is_some().into(), start)?;
                    rule.from = Some(cursor.schedule_start()?);
                    nearest = Nearest::From;
                }
                "phase" | "every" | "on" | "once" | "twice" | "for" | "through" => {
                    rule.phases.push(cursor.phase()?);
                    nearest = Nearest::Phase;
                }
                _ if number => {
                    rule.phases.push(cursor.phase()?);
                    nearest = Nearest::Phase;
                }
                "restart" => {
                    rule.restarts.push(cursor.restart()?);
                    nearest = Nearest::Restart;
                }
                "stop" => {
                    cursor.bump();
                    let on = cursor.on_each()?;
                    rule.stops.push(Stop { on, grounds: Vec::new(), span: cursor.since(start) });
                    nearest = Nearest::Stop;
                }
                "done" => {
                    cursor.once(rule.done_by.is_some().into(), start)?;
                    rule.done_by = Some(cursor.served_by()?);
                    nearest = Nearest::DoneBy;
                }
                "first" => {
                    cursor.once(rule.first.is_some().into(), start)?;
                    rule.first = Some(cursor.first_within()?);
                    nearest = Nearest::First;
                }
                "then" => {
                    cursor.once(rule.then.is_some().into(), start)?;
                    rule.then = Some(cursor.then_every()?);
                    nearest = Nearest::Then;
                }
                "may" => {
                    cursor.once(rule.may_share.is_some().into(), start)?;
                    cursor.bump();
                    cursor.expect("share")?;
                    cursor.expect("visits")?;
                    rule.may_share = Some(cursor.since(start));
                }
                _ => {
                    return match cursor.head_clause(&mut rule.head)? {
                        HeadClause::Read => Ok(()),
                        HeadClause::Other => Err(cursor.unknown_clause("a schedule", &WORDS)),
                    };
                }
            }
            Ok(())
        });
        Ok(Declaration::Schedule(Box::new(rule)))
    }

    /// `from treatment_start, first day not included`
    fn schedule_start(&mut self) -> Parsed<ScheduleStart> {
        let start = self.expect("from")?;
        let value = self.date_value()?;
        let mut first_day = FirstDay::Included;
        if self.is_mark(",") {
            self.bump();
            self.expect("first")?;
            self.expect("day")?;
            if self.eat("not").is_some() {
                first_day = FirstDay::NotIncluded;
            }
            self.expect("included")?;
        }
        Ok(ScheduleStart { value, first_day, grounds: Vec::new(), span: self.since(start) })
    }

    /// `phase start: for 3 months, on Monday and Thursday`; without its name where it is the only one.
    fn phase(&mut self) -> Parsed<Phase> {
        let start = self.peek().span;
        let mut name = None;
        if self.eat("phase").is_some() {
            name = Some(self.any_name("a name for the phase, as in `phase start: …`")?);
            self.expect_mark(":")?;
        }
        let (mut ends, mut recurrence) = (None, None);
        loop {
            let part = self.peek().span;
            match self.word() {
                "for" | "through" => {
                    self.once(ends.is_some().into(), part)?;
                    ends = Some(self.phase_end()?);
                }
                _ => {
                    self.once(recurrence.is_some().into(), part)?;
                    recurrence = Some(self.recurrence()?);
                }
            }
            if self.eat_mark(",").is_none() {
                break;
            }
        }
        let Some(recurrence) = recurrence else {
            let span = self.since(start);
            let message = "nothing says on which days";
            let help =
                "add, after a comma, `every 2 weeks`, `on Monday and Thursday` or `once a week on a random weekday`";
            return Err(self.fail(codes::MISSING_CLAUSE, span, message, help));
        };
        let ends = ends.unwrap_or(PhaseEnd::Open);
        Ok(Phase { name, label: Localized::new(), ends, recurrence, grounds: Vec::new(), span: self.since(start) })
    }

    fn phase_end(&mut self) -> Parsed<PhaseEnd> {
        if self.eat("for").is_some() {
            return Ok(PhaseEnd::For(self.value()?));
        }
        self.expect("through")?;
        Ok(PhaseEnd::Through(self.date_value()?))
    }

    fn recurrence(&mut self) -> Parsed<Recurrence> {
        match self.word() {
            "on" => {
                self.bump();
                Ok(Recurrence::OnWeekdays { every_weeks: None, days: self.weekdays()? })
            }
            "every" => self.every(),
            "once" | "twice" => self.random_weekdays(),
            "daily" | "weekly" | "monthly" | "yearly" | "annually" => {
                let token = self.peek();
                let unit = match self.word() {
                    "daily" => "day",
                    "weekly" => "week",
                    "monthly" => "month",
                    _ => "year",
                };
                let message = format!("`{}` is said with `every`", self.text_of(token));
                Err(self.fail(codes::EXPECTED, token.span, message, format!("write `every {unit}`")))
            }
            _ if self.peek().kind == TokenKind::Number => self.random_weekdays(),
            _ => Err(self.expected("`every`, `on` and days of the week, or `once a week on a random weekday`")),
        }
    }

    /// `every 2 weeks`, `every month`, `every 2 weeks on Monday`, `every sampling_interval`
    fn every(&mut self) -> Parsed<Recurrence> {
        let start = self.expect("every")?;
        let token = self.peek();
        if token.kind == TokenKind::Capital && self.weekday_word(self.text_of(token)).is_some() {
            let day = self.text_of(token);
            let message = format!("`every {day}` is said with `on`");
            return Err(self.fail(codes::EXPECTED, self.since(start), message, format!("write `on {day}`")));
        }
        let alone = token.kind == TokenKind::Path && self.mark_at(1) != ".";
        let interval = match single_unit(self.word()).filter(|_| alone) {
            Some(unit) => {
                self.bump();
                let kind = ExprKind::Duration(DurationLiteral { number: Number::ONE, unit });
                Expr { kind, span: token.span }
            }
            None => {
                self.refuse_parts_of_a_day()?;
                self.value()?
            }
        };
        if !(self.is("on") && self.nth(1).kind == TokenKind::Capital) {
            return Ok(Recurrence::Every(interval));
        }
        let ExprKind::Duration(literal @ DurationLiteral { unit: DurationUnit::Weeks, .. }) = interval.kind else {
            let message = "days of the week go with a number of weeks";
            let help = "write `every 2 weeks on Monday`, or leave the days out";
            return Err(self.fail(codes::EXPECTED, interval.span, message, help));
        };
        self.bump();
        let every_weeks = Some(Spanned { value: literal, span: interval.span });
        Ok(Recurrence::OnWeekdays { every_weeks, days: self.weekdays()? })
    }

    /// `Monday`, `Monday and Thursday`, `Monday, Wednesday and Friday`
    fn weekdays(&mut self) -> Parsed<Vec<Spanned<Weekday>>> {
        let mut days = vec![self.weekday()?];
        loop {
            let comma = self.is_mark(",") && self.nth(1).kind == TokenKind::Capital;
            let and = self.is("and") || (self.is_mark(",") && self.is_at(1, "and"));
            if !comma && !and {
                return Ok(days);
            }
            self.eat_mark(",");
            self.eat("and");
            days.push(self.weekday()?);
        }
    }

    fn weekday(&mut self) -> Parsed<Spanned<Weekday>> {
        let token = self.peek();
        let written = self.text_of(token);
        if let Some(value) = Weekday::ALL.into_iter().find(|day| day.word() == written) {
            self.bump();
            return Ok(Spanned { value, span: token.span });
        }
        if !matches!(token.kind, TokenKind::Capital | TokenKind::Path | TokenKind::Unit) {
            return Err(self.expected("a day of the week such as `Monday`"));
        }
        let help = match self.weekday_word(written) {
            Some(day) => format!("did you mean `{day}`?"),
            None => "the days are `Monday`, `Tuesday`, `Wednesday`, `Thursday`, `Friday`, `Saturday`, `Sunday`".into(),
        };
        Err(self.fail(codes::EXPECTED, token.span, format!("`{written}` is no day of the week"), help))
    }

    /// The day that a word may have been meant for.
    fn weekday_word(&self, written: &str) -> Option<&'static str> {
        let mut letters = written.chars();
        let capital: String = letters.next()?.to_uppercase().chain(letters.flat_map(char::to_lowercase)).collect();
        near::nearest(&capital, Weekday::ALL.into_iter().map(Weekday::word))
            .and_then(|near| Weekday::ALL.into_iter().map(Weekday::word).find(|day| *day == near))
    }

    /// `once a week on a random weekday`, `3 times a week on random weekdays`
    fn random_weekdays(&mut self) -> Parsed<Recurrence> {
        let start = self.peek().span;
        let times = match self.word() {
            "once" => Spanned { value: 1, span: self.bump().span },
            "twice" => Spanned { value: 2, span: self.bump().span },
            _ => {
                let count = self.whole("how often, as in `3 times a week on random weekdays`")?;
                if !self.is("times") {
                    return Err(self.expected("`times a week on random weekdays`"));
                }
                self.bump();
                count
            }
        };
        self.expect("a")?;
        if !self.is("week") {
            let token = self.peek();
            let message = format!("expected `week`, found `{}`", self.text_of(token));
            let help = match self.word() {
                "day" => "a schedule has days, not times of the day",
                _ => {
                    "days are drawn week by week: `once a week on a random weekday`; a fixed interval is `every 1 month`"
                }
            };
            return Err(self.fail(codes::EXPECTED, token.span, message, help));
        }
        self.bump();
        self.expect("on")?;
        self.eat("a");
        self.expect("random")?;
        if !matches!(self.word(), "weekday" | "weekdays") {
            return Err(self.expected("`weekday`"));
        }
        self.bump();
        if !(1..=5).contains(&times.value) {
            let span = self.since(start);
            let message = "a week has 5 weekdays to draw from, Monday through Friday";
            return Err(self.fail(codes::NUMBER_FORM, span, message, "write a number from 1 to 5"));
        }
        Ok(Recurrence::RandomWeekdays { times })
    }

    /// `every 6 hours`
    fn refuse_parts_of_a_day(&mut self) -> Parsed<()> {
        let ahead = usize::from(self.peek().kind == TokenKind::Number);
        let word = self.word_at(ahead);
        if matches!(word, "hour" | "hours" | "h" | "minute" | "minutes" | "min" | "shift" | "shifts") {
            let span = Span { start: self.peek().span.start, end: self.nth(ahead).span.end };
            let message = "a schedule has days, not times of the day";
            return Err(self.fail(
                codes::DURATION_UNIT,
                span,
                message,
                "write `every day`, and say the rest in `text`",
            ));
        }
        Ok(())
    }

    fn restart(&mut self) -> Parsed<Restart> {
        let start = self.expect("restart")?;
        let phase = if self.is("on") { None } else { Some(self.any_name("the name of a phase")?) };
        let on = self.on_each()?;
        Ok(Restart { phase, on, grounds: Vec::new(), span: self.since(start) })
    }

    /// `on each taken of samples that are (positive)`
    fn on_each(&mut self) -> Parsed<Expr> {
        self.expect("on")?;
        let start = self.expect("each")?;
        self.each_of(start)
    }

    /// `taken of samples that are (positive)`
    fn each_of(&mut self, start: Span) -> Parsed<Expr> {
        let field = self.plain_name("a date of the list's records")?;
        self.expect("of")?;
        let list = self.list()?;
        let kind = ExprKind::Each(Box::new(EachRecord { word: None, field, list }));
        Ok(Expr { kind, span: self.since(start) })
    }

    /// `done by sample in samples on taken, from 1 day before to 1 day after`
    fn served_by(&mut self) -> Parsed<ServedBy> {
        let start = self.expect("done")?;
        self.expect("by")?;
        let from = self.peek().span;
        let word = Some(self.plain_name("a word for one record, as in `done by sample in samples on taken`")?);
        self.expect("in")?;
        let list = self.list()?;
        self.expect("on")?;
        let field = self.plain_name("the date on which it was done")?;
        let kind = ExprKind::Each(Box::new(EachRecord { word, field, list }));
        let records = Expr { kind, span: self.since(from) };
        let mut window = None;
        if self.eat_mark(",").is_some() {
            self.expect("from")?;
            let before = self.value()?;
            self.expect("before")?;
            self.expect("to")?;
            let after = self.value()?;
            self.expect("after")?;
            window = Some(ServingWindow { before, after });
        }
        Ok(ServedBy { records, window, grounds: Vec::new(), span: self.since(start) })
    }

    /// `first within 3 months after treatment_start`
    fn first_within(&mut self) -> Parsed<FirstWithin> {
        let begin = self.expect("first")?;
        self.expect("within")?;
        let duration = self.value()?;
        self.expect("after")?;
        let start = self.date_value()?;
        Ok(FirstWithin { duration, start, grounds: Vec::new(), span: self.since(begin) })
    }

    /// `then at least every 12 months after the latest taken of tests`
    fn then_every(&mut self) -> Parsed<ThenEvery> {
        let start = self.expect("then")?;
        self.expect("at")?;
        self.expect("least")?;
        self.expect("every")?;
        let alone = self.peek().kind == TokenKind::Path && self.is_at(1, "after");
        let interval = match single_unit(self.word()).filter(|_| alone) {
            Some(unit) => {
                let span = self.bump().span;
                Expr { kind: ExprKind::Duration(DurationLiteral { number: Number::ONE, unit }), span }
            }
            None => {
                self.refuse_parts_of_a_day()?;
                self.value()?
            }
        };
        self.expect("after")?;
        let the = self.expect("the")?;
        self.expect("latest")?;
        let records = self.each_of(the)?;
        Ok(ThenEvery { interval, records, grounds: Vec::new(), span: self.since(start) })
    }

    /// Whether a line of a schedule begins here that could also carry a condition on, or stand as one of several.
    pub(super) fn begins_line_of_schedule(&self) -> bool {
        if self.peek().line != LinePosition::First {
            return false;
        }
        match self.word() {
            "restart" => {
                (self.is_at(1, "on") && self.is_at(2, "each")) || (self.is_at(2, "on") && self.is_at(3, "each"))
            }
            "stop" => self.is_at(1, "on") && self.is_at(2, "each"),
            "done" => self.is_at(1, "by"),
            "once" | "twice" => self.is_at(1, "a"),
            "first" => self.is_at(1, "within"),
            "on" => self.nth(1).kind == TokenKind::Capital,
            "every" => self.is_at(1, "count") || (!self.is_at(2, "in") && !self.is_at(3, "in")),
            "from" => self.begins_line_with_from(),
            _ => self.peek().kind == TokenKind::Number && self.is_at(1, "times"),
        }
    }

    /// Whether no `to` follows: then it is `from treatment_start`, not `x from A to B`.
    fn begins_line_with_from(&self) -> bool {
        const FAR: usize = 400;
        let (mut depth, mut rounds) = (0_u32, 0_u32);
        for ahead in 1..FAR {
            let token = self.nth(ahead);
            match (token.kind, self.mark_at(ahead)) {
                (TokenKind::End, _) => return true,
                (_, "(") => depth += 1,
                (_, ")") => depth = depth.saturating_sub(1),
                _ if depth > 0 => {}
                (_, ",") => return true,
                // `round x to 2 decimals`
                _ if self.is_at(ahead, "round") => rounds += 1,
                _ if self.is_at(ahead, "to") && rounds == 0 => return false,
                _ if self.is_at(ahead, "to") => rounds -= 1,
                _ if token.line == LinePosition::First && WORDS.contains(&self.word_at(ahead)) => {
                    return true;
                }
                _ => {}
            }
        }
        false
    }
}

impl Schedule {
    fn grounds_of(&mut self, nearest: Nearest) -> &mut Vec<Ground> {
        let of_line = match nearest {
            Nearest::Rule => None,
            Nearest::From => self.from.as_mut().map(|line| &mut line.grounds),
            Nearest::Phase => self.phases.last_mut().map(|line| &mut line.grounds),
            Nearest::Restart => self.restarts.last_mut().map(|line| &mut line.grounds),
            Nearest::Stop => self.stops.last_mut().map(|line| &mut line.grounds),
            Nearest::DoneBy => self.done_by.as_mut().map(|line| &mut line.grounds),
            Nearest::First => self.first.as_mut().map(|line| &mut line.grounds),
            Nearest::Then => self.then.as_mut().map(|line| &mut line.grounds),
        };
        of_line.unwrap_or(&mut self.head.grounds)
    }
}

/// `day`, not `days`: one of them.
fn single_unit(word: &str) -> Option<DurationUnit> {
    vocabulary::duration_unit(word).filter(|unit| unit.word() == word)
}
