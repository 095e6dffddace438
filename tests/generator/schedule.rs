//! Schedules, and conditions that count their dates. Their facts lie near each other: see `patient`.

use super::guideline::{Writer, declared_field, fact};
use super::tree::{at, duration, duration_literal, expr, localized, name, number, path};
use super::value::{Kind, Own, RuleKind, Values, date_literal, fields, period_literal, word_of};
use riktlinje::DurationUnit::{Days, Months, Weeks, Years};
use riktlinje::syntax::ast::{self, Comparison, CountWindow, DateStatus, Declaration, Expr, ExprKind, FactTypeKind};
use riktlinje::{DurationUnit, Weekday};

/// What the facts of a schedule are called; they are stated near each other.
pub const FACTS: &[&str] = &["begun", "calls"];
const PHASES: &[&str] = &["first_phase", "second_phase", "third_phase"];
const SHORT: &[(i64, DurationUnit)] = &[(5, Days), (2, Weeks), (20, Days)];
const LONG: &[(i64, DurationUnit)] = &[(1, Months), (2, Months), (1, Years)];
const INTERVALS: &[(i64, DurationUnit)] =
    &[(1, Days), (3, Days), (10, Days), (1, Weeks), (2, Weeks), (1, Months), (2, Months)];
impl Writer<'_> {
    pub fn schedule(&mut self) {
        let or_none = if self.random.percent(30) { ast::OrNone::OrNone } else { ast::OrNone::Always };
        self.items.push(Declaration::Fact(Box::new(fact("begun", FactTypeKind::Date(or_none)))));
        self.names.global.push(("begun".to_owned(), Kind::Date));
        let completeness =
            if self.random.percent(80) { ast::Completeness::Complete } else { ast::Completeness::MayBeIncomplete };
        let word = name(word_of("calls", 0));
        let mut calls = fact("calls", FactTypeKind::ListOf { word, completeness: Some(completeness) });
        calls.fields = fields("calls").iter().map(|(id, kind)| declared_field(self.random, id, *kind)).collect();
        self.items.push(Declaration::Fact(Box::new(calls)));
        let head = self.head("plan");
        let mut rule = ast::Schedule {
            head,
            from: None,
            phases: Vec::new(),
            restarts: Vec::new(),
            stops: Vec::new(),
            done_by: None,
            first: None,
            then: None,
            may_share: None,
        };
        let statuses: &[DateStatus] = if self.random.percent(20) {
            self.since_latest(&mut rule);
            &[DateStatus::Planned, DateStatus::Due, DateStatus::Overdue]
        } else {
            self.phased(&mut rule);
            if rule.done_by.is_some() { &DateStatus::ALL } else { &[DateStatus::Planned, DateStatus::Due] }
        };
        self.names.schedules.push(("plan", statuses));
        self.can_be_asked("plan".to_owned(), RuleKind::Schedule);
        self.items.push(Declaration::Schedule(Box::new(rule)));
    }

    fn counted_from(&mut self) -> Expr {
        match self.random.below(10) {
            0 => self.values().date(Own::Any, 0),
            1 => self.values().shifted(Own::Any),
            _ => path("begun"),
        }
    }

    fn since_latest(&mut self, rule: &mut ast::Schedule) {
        let start = self.counted_from();
        let within = self.random.pick(&[(0, Days), (5, Days), (1, Months), (3, Months)]);
        let span = ast::Span::default();
        let first = ast::FirstWithin { duration: length_of(within), start, grounds: Vec::new(), span };
        let records = self.each(None);
        let then = ast::ThenEvery { interval: self.interval(), records, grounds: Vec::new(), span };
        (rule.first, rule.then) = (Some(first), Some(then));
    }

    fn phased(&mut self, rule: &mut ast::Schedule) {
        let span = ast::Span::default();
        let value = self.counted_from();
        let first_day = if self.random.percent(60) { ast::FirstDay::Included } else { ast::FirstDay::NotIncluded };
        rule.from = Some(ast::ScheduleStart { value, first_day, grounds: Vec::new(), span });
        let count = 1 + self.random.below(PHASES.len());
        // Months and days that are added up from different days may come in another order: only where none ends `through`.
        let family = self.random.pick(&[None, None, Some(SHORT), Some(LONG)]);
        for (index, id) in PHASES[..count].iter().enumerate() {
            let is_last = index + 1 == count;
            let ends = match self.random.below(10) {
                0..3 if is_last => ast::PhaseEnd::Open,
                0..2 if family.is_some() => ast::PhaseEnd::Through(self.last_day()),
                9 if family.is_none() => ast::PhaseEnd::For(path("waiting")),
                _ => {
                    let pool = family.unwrap_or(self.random.pick(&[SHORT, LONG]));
                    ast::PhaseEnd::For(length_of(self.random.pick(pool)))
                }
            };
            let alone = count == 1 && self.random.percent(60);
            rule.phases.push(ast::Phase {
                name: (!alone).then(|| name(id)),
                label: if alone { ast::Localized::new() } else { localized(id) },
                ends,
                recurrence: self.recurrence(),
                grounds: Vec::new(),
                span,
            });
        }
        for _ in 0..[0, 0, 1, 1, 2][self.random.below(5)] {
            let phase = self.random.pick(&rule.phases).name;
            let on = self.each(None);
            rule.restarts.push(ast::Restart { phase, on, grounds: Vec::new(), span });
        }
        if self.random.percent(40) {
            let on = self.each(None);
            rule.stops.push(ast::Stop { on, grounds: Vec::new(), span });
        }
        if self.random.percent(70) {
            let records = self.each(Some(word_of("calls", 0)));
            let window = self.random.percent(80).then(|| {
                let end = |writer: &mut Self| match writer.random.below(20) {
                    0 => path("waiting"),
                    1 => length_of((1, Months)),
                    days => length_of((days as i64 % 4, Days)),
                };
                ast::ServingWindow { before: end(self), after: end(self) }
            });
            rule.done_by = Some(ast::ServedBy { records, window, grounds: Vec::new(), span });
        }
        rule.may_share = self.random.percent(20).then_some(span);
    }

    fn last_day(&mut self) -> Expr {
        match self.random.below(4) {
            0 => path("discharge"),
            1 => match period_literal(self.random) {
                // A year alone is read as a number where any date may stand.
                Expr { kind: ExprKind::Date(ast::DateLiteral { year, month: None, .. }), .. } => {
                    number(&year.to_string())
                }
                month => month,
            },
            2 => path("visit"),
            _ => date_literal(self.random),
        }
    }

    fn interval(&mut self) -> Expr {
        if self.random.percent(8) { path("waiting") } else { length_of(self.random.pick(INTERVALS)) }
    }

    fn recurrence(&mut self) -> ast::Recurrence {
        match self.random.below(10) {
            0..5 => ast::Recurrence::Every(self.interval()),
            5..8 => {
                let weeks = self.random.pick(&[None, None, Some(2), Some(3)]);
                let every_weeks = weeks.map(|weeks| at(duration_literal(weeks, Weeks)));
                let mut days: Vec<_> = Weekday::ALL.into_iter().filter(|_| self.random.percent(30)).map(at).collect();
                if days.is_empty() {
                    days.push(at(Weekday::Thursday));
                }
                ast::Recurrence::OnWeekdays { every_weeks, days }
            }
            _ => ast::Recurrence::RandomWeekdays { times: at(1 + self.random.below(3) as u32) },
        }
    }

    /// The days of some calls.
    fn each(&mut self, word: Option<&str>) -> Expr {
        let filter = self.random.percent(60).then(|| {
            if self.random.percent(60) {
                return path("kept");
            }
            self.names.bodies.push((word.map(str::to_owned), "calls"));
            let filter = self.values().comparison(Own::Record, 0);
            self.names.bodies.pop();
            filter
        });
        let field = name(if self.random.percent(85) { "made" } else { "answered" });
        let list = ast::List { path: vec![name("calls")], filter };
        expr(ExprKind::Each(Box::new(ast::EachRecord { word: word.map(name), field, list })))
    }
}

fn length_of((count, unit): (i64, DurationUnit)) -> Expr {
    duration(count, unit)
}

impl Values<'_> {
    /// `plan missed at least 2 times within 30 days before today`
    pub fn dates_counted(&mut self) -> Option<Expr> {
        if self.names.schedules.is_empty() {
            return None;
        }
        let (schedule, statuses) = self.random.pick(&self.names.schedules);
        let (operator, count) = self.random.pick(&[
            (Comparison::AtLeast, 1),
            (Comparison::AtLeast, 1),
            (Comparison::AtLeast, 2),
            (Comparison::AtMost, 0),
            (Comparison::AtMost, 1),
            (Comparison::AtMost, 4),
            (Comparison::MoreThan, 1),
            (Comparison::LessThan, 3),
        ]);
        let anchor = match self.random.below(10) {
            0 => path("visit"),
            1 => path("discharge"),
            2 => path("begun"),
            3 => date_literal(self.random),
            _ => *self.today(),
        };
        let lengths = [(7, Days), (30, Days), (1, Months), (3, Months), (1, Years)];
        let within = if self.random.percent(6) { path("waiting") } else { length_of(self.random.pick(&lengths)) };
        let window = match self.random.below(6) {
            0..2 => CountWindow::Before { duration: within, anchor },
            2..4 => CountWindow::After { duration: within, anchor },
            4 => CountWindow::Since(if anchor.kind == ExprKind::Today { path("begun") } else { anchor }),
            _ if self.names.has_period && self.random.percent(50) => CountWindow::During(path("period")),
            _ if self.random.percent(20) => CountWindow::During(path("stay")),
            _ => CountWindow::During(period_literal(self.random)),
        };
        let status = at(self.random.pick(statuses));
        let counted = ast::DatesCounted { schedule: vec![name(schedule)], status, operator, count: at(count), window };
        Some(expr(ExprKind::DatesCounted(Box::new(counted))))
    }
}
