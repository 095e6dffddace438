//! Schedules, and the conditions that count their dates, as text.

use super::Printer;
use super::declaration::{CLAUSE, PART, Wrap};
use super::words::duration_text;
use crate::syntax::ast::{
    Comparison, CountWindow, DatesCounted, DurationLiteral, EachRecord, Expr, ExprKind, FirstDay, Phase, PhaseEnd,
    Recurrence, Schedule, Spanned,
};
use crate::value::{Number, Weekday};

impl Printer {
    pub(super) fn schedule(&mut self, rule: &Schedule) {
        self.head("schedule", &rule.head);
        if let Some(from) = &rule.from {
            self.clause(CLAUSE, from.span, "from ");
            self.date_value(&from.value);
            if from.first_day == FirstDay::NotIncluded {
                self.push(", first day not included");
            }
            self.grounds(PART, &from.grounds, Wrap::Lines);
        }
        for phase in &rule.phases {
            self.phase(phase);
        }
        if let Some(first) = &rule.first {
            self.clause(CLAUSE, first.span, "first within ");
            self.value(&first.duration);
            self.push(" after ");
            self.date_value(&first.start);
            self.grounds(PART, &first.grounds, Wrap::Lines);
        }
        if let Some(then) = &rule.then {
            self.clause(CLAUSE, then.span, "then at least every ");
            self.interval(&then.interval);
            self.push(" after the latest ");
            self.each_of(&then.records);
            self.grounds(PART, &then.grounds, Wrap::Lines);
        }
        for restart in &rule.restarts {
            self.clause(CLAUSE, restart.span, "restart ");
            if let Some(phase) = &restart.phase {
                self.push(&format!("{} ", phase.value));
            }
            self.push("on each ");
            self.each_of(&restart.on);
            self.grounds(PART, &restart.grounds, Wrap::Lines);
        }
        for stop in &rule.stops {
            self.clause(CLAUSE, stop.span, "stop on each ");
            self.each_of(&stop.on);
            self.grounds(PART, &stop.grounds, Wrap::Lines);
        }
        if let Some(done_by) = &rule.done_by {
            self.clause(CLAUSE, done_by.span, "done by ");
            if let ExprKind::Each(each) = &done_by.records.kind {
                let word = each.word.as_ref().map(|word| &*word.value).unwrap_or_default();
                self.push(&format!("{word} in "));
                self.list(&each.list);
                self.push(&format!(" on {}", each.field.value));
            }
            if let Some(window) = &done_by.window {
                self.push(", from ");
                self.value(&window.before);
                self.push(" before to ");
                self.value(&window.after);
                self.push(" after");
            }
            self.grounds(PART, &done_by.grounds, Wrap::Lines);
        }
        if let Some(span) = rule.may_share {
            self.clause(CLAUSE, span, "may share visits");
        }
        self.tail(&rule.head);
    }

    fn phase(&mut self, phase: &Phase) {
        self.line(CLAUSE, phase.span);
        if let Some(name) = &phase.name {
            self.push(&format!("phase {}: ", name.value));
        }
        if let PhaseEnd::For(length) = &phase.ends {
            self.push("for ");
            self.value(length);
            self.push(", ");
        }
        match &phase.recurrence {
            Recurrence::Every(interval) => {
                self.push("every ");
                self.interval(interval);
            }
            Recurrence::OnWeekdays { every_weeks, days } => {
                if let Some(weeks) = every_weeks {
                    self.push("every ");
                    self.duration(&weeks.value);
                    self.push(" ");
                }
                self.push(&format!("on {}", day_names(days)));
            }
            Recurrence::RandomWeekdays { times } => self.push(&match times.value {
                1 => "once a week on a random weekday".to_owned(),
                2 => "twice a week on random weekdays".to_owned(),
                more => format!("{more} times a week on random weekdays"),
            }),
        }
        if let PhaseEnd::Through(last) = &phase.ends {
            self.push(", through ");
            self.date_value(last);
        }
        self.label(PART, "label", &phase.label, Wrap::Lines);
        self.grounds(PART, &phase.grounds, Wrap::Lines);
    }

    /// After `every`: one day, week, month or year goes without its number.
    fn interval(&mut self, interval: &Expr) {
        if let ExprKind::Duration(literal) = &interval.kind {
            self.duration(literal);
        } else {
            self.value(interval);
        }
    }

    fn duration(&mut self, literal: &DurationLiteral) {
        if literal.number == Number::ONE {
            self.push(literal.unit.word());
        } else {
            self.push(&duration_text(&literal.number, literal.unit));
        }
    }

    /// `taken of samples that are (positive)`
    fn each_of(&mut self, records: &Expr) {
        if let ExprKind::Each(each) = &records.kind {
            self.each(each);
        }
    }

    pub(super) fn each(&mut self, each: &EachRecord) {
        self.push(&format!("{} of ", each.field.value));
        self.list(&each.list);
    }

    /// `urine_samples missed at least 2 times within 30 days before today`
    pub(super) fn dates_counted(&mut self, counted: &DatesCounted) {
        self.path(&counted.schedule);
        self.push(&format!(" {} ", counted.status.value.word()));
        let operator = match counted.operator {
            Comparison::AtMost if counted.count.value == 0 => "no ",
            Comparison::AtMost => "at most ",
            Comparison::MoreThan => "more than ",
            Comparison::LessThan => "less than ",
            Comparison::AtLeast
            | Comparison::Is
            | Comparison::IsNot
            | Comparison::Before
            | Comparison::After
            | Comparison::OnOrBefore
            | Comparison::OnOrAfter => "at least ",
        };
        self.push(operator);
        self.push(&match (counted.count.value, operator) {
            (0, "no ") => "times".to_owned(),
            (1, _) => "once".to_owned(),
            (count, _) => format!("{count} times"),
        });
        match &counted.window {
            CountWindow::Before { duration, anchor } | CountWindow::After { duration, anchor } => {
                self.push(" within ");
                self.value(duration);
                self.push(match &counted.window {
                    CountWindow::After { .. } => " after ",
                    CountWindow::Before { .. } | CountWindow::During(_) | CountWindow::Since(_) => " before ",
                });
                self.date_value(anchor);
            }
            CountWindow::During(period) => {
                self.push(" ");
                self.period(period);
            }
            CountWindow::Since(date) => {
                self.push(" since ");
                self.date_value(date);
            }
        }
    }
}

/// `Monday, Wednesday and Friday`
fn day_names(days: &[Spanned<Weekday>]) -> String {
    let mut text = String::new();
    for (index, day) in days.iter().enumerate() {
        text.push_str(match index {
            0 => "",
            _ if index + 1 == days.len() => " and ",
            _ => ", ",
        });
        text.push_str(day.value.word());
    }
    text
}
