//! `urine_samples missed at least 2 times within 30 days before today`.

use super::paths::{Found, joined};
use super::{Lowered, Lowering};
use crate::check::names::RuleSort;
use crate::check::types::{TRUTH, describe};
use crate::diagnostic::codes as register;
use crate::ir::{Comparison, Constant, CountWindow, CountedDates, Expr, ExprKind, RuleId, Type};
use crate::schema::ScalarType;
use crate::syntax::ast::{self, DatesCounted, Span};
use crate::value::Number;

impl<'a> Lowering<'_, 'a> {
    pub(super) fn dates_counted(&mut self, span: Span, counted: &'a DatesCounted) -> Lowered {
        let schedule = self.counted_schedule(counted);
        let window = match &counted.window {
            ast::CountWindow::Before { duration, anchor } => {
                CountWindow::Before { duration: self.duration_value(duration), anchor: self.date_value(anchor) }
            }
            ast::CountWindow::After { duration, anchor } => {
                CountWindow::After { duration: self.duration_value(duration), anchor: self.date_value(anchor) }
            }
            ast::CountWindow::During(period) => CountWindow::During(self.period_value(period)),
            ast::CountWindow::Since(date) => CountWindow::Since(self.day(date, super::End::First)),
        };
        let (count, operator) = (counted.count.value, counted.operator);
        let always = match operator {
            Comparison::AtLeast => count == 0,
            Comparison::LessThan => count == 0,
            Comparison::AtMost
            | Comparison::MoreThan
            | Comparison::Is
            | Comparison::IsNot
            | Comparison::Before
            | Comparison::After
            | Comparison::OnOrBefore
            | Comparison::OnOrAfter => false,
        };
        if always {
            let found = self.finding(register::COUNT_OUT_OF_RANGE, counted.count.span, "no count can change this");
            self.report.add(found.help("write a number from 1, or `no times`"));
        }
        let Some(schedule) = schedule else { return Self::unknown() };
        let number = Type::Scalar(ScalarType::Number);
        let place = self.place(span);
        let dates = CountedDates { schedule, status: counted.status.value, window };
        let left = Expr { kind: ExprKind::CountedDates(Box::new(dates)), ty: number.clone(), place };
        let count = Constant::Number(Number::from(i64::from(count)).into());
        let right = Expr { kind: ExprKind::Constant(count), ty: number, place };
        (ExprKind::Compare(Box::new(left), operator, Box::new(right)), TRUTH)
    }

    fn counted_schedule(&mut self, counted: &'a DatesCounted) -> Option<RuleId> {
        let path = &counted.schedule;
        let span = match (path.first(), path.last()) {
            (Some(first), Some(last)) => Span { start: first.span.start, end: last.span.end },
            (None, _) | (_, None) => Span::default(),
        };
        let status = counted.status.value;
        let what = match self.find(path, span) {
            Found::Rule(id) => {
                let names = self.world.rule(id)?;
                if names.sort == RuleSort::Schedule {
                    if names.dates.contains(&status) {
                        return Some(id);
                    }
                    let message = format!("no date of `{}` is ever {}", joined(path), status.word());
                    let words: Vec<String> = names.dates.iter().map(|date| format!("`{}`", date.word())).collect();
                    let help = if names.dates.len() > 2 {
                        format!("its dates can be {}", words.join(", "))
                    } else {
                        "nothing shows whether a date was kept: add `done by …` to the schedule".to_owned()
                    };
                    let found = self.finding(register::STATUS_DOES_NOT_FIT, counted.status.span, message);
                    self.report.add(found.help(help));
                    return None;
                }
                names.sort.noun().to_owned()
            }
            Found::Nothing => return None,
            Found::Value((_, ty)) => describe(&ty),
            Found::Criterion(_) => "a line of a rule".to_owned(),
            Found::Word => "a whole record".to_owned(),
            Found::CodeSet(_) => "a set of codes".to_owned(),
            Found::Table => "a table".to_owned(),
            Found::Other(declared) => declared.word().to_owned(),
        };
        let message = format!("`{}` is {what}, not a schedule, so it has no dates", joined(path));
        let found = self.finding(register::NOT_A_RULE, span, message);
        self.report.add(found.help("name a `schedule`; records are counted with `count … has (…)`"));
        None
    }
}
