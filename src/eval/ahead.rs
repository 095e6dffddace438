//! Time alone: the days to come on which an answer may turn while all facts stay as they are.
//!
//! From one such day through the day before the next nothing changes. They are read off: what moves with today stands to
//! what it is compared with in one way until a day that is found by halving, because today only grows; a fact that is valid
//! for a time ends on a day that is known. What cannot be read off (today in a calculation, two moving sides, a date known
//! in part that is enumerated) may turn on each day: then each day is one.

use super::Evaluator;
mod standing;
mod watches;

use super::bound::{Bound, Fact};
use super::cells::Cells;
use super::moment::Moment;
use super::ops::{Reader, simple_value};
use super::run::Evaluation;
use crate::program::{CodeTestId, JointId, LoopId, Operand, Program, TruthId, TruthOp, ValueId, ValueOp};
use crate::value::partial::Partial;
use crate::value::{Date, Truth};
use standing::{pair, part_of, stand};
use std::collections::BTreeSet;
use watches::{Level, Motion, Watch, Watches};

/// What the answer rests on: what is not in it may turn unseen.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Scope<'s> {
    pub(crate) truths: &'s BTreeSet<TruthId>,
    pub(crate) values: &'s BTreeSet<ValueId>,
    pub(crate) loops: &'s BTreeSet<LoopId>,
    pub(crate) operands: &'s BTreeSet<Operand>,
}

/// How far to look.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Until {
    /// The last day.
    pub(crate) last: Date,
    /// The last day to which days are looked at one by one.
    pub(crate) one_by_one: Date,
}

/// Why there is no next day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Stop {
    /// Nothing turns through the last day.
    Last,
    /// From here on each day would have to be looked at.
    OneByOne,
    /// It would take more work than is allowed.
    Work,
}

/// A patient's answers going from one day to the next on which something may turn.
pub(crate) struct Sweep<'a> {
    evaluator: &'a Evaluator,
    bound: &'a Bound,
    watches: Watches,
    moment: Moment<'a>,
    cells: Cells,
    work: u64,
}

impl<'a> Sweep<'a> {
    pub(crate) fn new(evaluator: &'a Evaluator, bound: &'a Bound, scope: Scope<'_>, today: Date) -> Sweep<'a> {
        let watches = Watches::new(&evaluator.program, scope);
        let moment = evaluator.bare(today);
        let mut sweep = Sweep { evaluator, bound, watches, moment, cells: Cells::default(), work: 0 };
        sweep.evaluate();
        sweep
    }

    /// From here on only this matters.
    pub(crate) fn narrow(&mut self, scope: Scope<'_>) {
        self.watches = Watches::new(&self.evaluator.program, scope);
        self.evaluate();
    }

    pub(crate) fn today(&self) -> Date {
        self.moment.today()
    }

    /// What is in scope, as it is on the day.
    pub(crate) fn cells(&self) -> &Cells {
        &self.cells
    }

    /// Goes to the next day on which something in scope may turn. On all days before it everything stays.
    pub(crate) fn go_on(&mut self, until: Until) -> Result<Date, Stop> {
        let today = self.today().day_number();
        let last = until.last.day_number();
        let mut next = last.saturating_add(1);
        for (operand, expiry) in self.bound.expiries() {
            if expiry >= self.today() && self.watches.operands.contains(&operand) {
                next = next.min(expiry.day_number() + 1);
            }
        }
        self.cells.work = 0;
        let mut scan = Scan {
            moment: &self.moment,
            bound: self.bound,
            cells: &mut self.cells,
            watches: &self.watches,
            today,
            next,
            each_day: false,
            work: self.work,
        };
        scan.level(&self.watches.outside);
        let each_day = scan.each_day;
        next = scan.next;
        self.work = scan.work;
        if self.is_tired() {
            return Err(Stop::Work);
        }
        let Some(day) = Date::from_day_number(next).filter(|_| next <= last) else { return Err(Stop::Last) };
        if each_day && day > until.one_by_one {
            return Err(Stop::OneByOne);
        }
        self.moment = self.evaluator.bare(day);
        self.evaluate();
        Ok(day)
    }

    fn is_tired(&self) -> bool {
        self.work > self.evaluator.limits.work_ahead || self.cells.work > self.evaluator.limits.work
    }

    fn evaluate(&mut self) {
        self.cells.reset(&self.evaluator.program);
        self.moment.run(&self.watches.steps, self.bound, &mut self.cells);
        self.work += self.watches.steps.len() as u64 + self.cells.work;
    }
}

/// Looks for the next day.
struct Scan<'s> {
    moment: &'s Moment<'s>,
    bound: &'s Bound,
    cells: &'s mut Cells,
    watches: &'s Watches,
    today: i32,
    /// The first day found so far.
    next: i32,
    /// It is one of many, one after the other.
    each_day: bool,
    work: u64,
}

impl Scan<'_> {
    fn is_done(&self) -> bool {
        let limits = &self.moment.evaluator.limits;
        self.next <= self.today + 1 || self.work > limits.work_ahead || self.cells.work > limits.work
    }

    /// Loops are at most two deep.
    fn level(&mut self, level: &Level) {
        for watch in &level.watches {
            if self.is_done() && self.each_day {
                return;
            }
            self.watch(*watch);
        }
        for looped in &level.loops {
            let Some(inside) = self.watches.inside.get(looped) else { continue };
            for record in 0..self.moment.records(self.bound, *looped) {
                if self.is_done() {
                    return;
                }
                self.moment.at_record(self.bound, self.cells, *looped, record);
                self.work += self.moment.program().loop_steps[looped.0 as usize].len() as u64;
                self.level(inside);
            }
        }
    }

    fn watch(&mut self, watch: Watch) {
        match watch {
            Watch::Pair(left, right) => self.until_other(|at| pair(at.value(left), at.value(right))),
            Watch::Apart(id) => {
                let op = &self.moment.program().truths[id.0 as usize];
                if let TruthOp::Apart { value, apart, duration, anchor } = op {
                    self.until_other(|at| stand(at.value(*value), *apart, at.value(*duration), at.value(*anchor)));
                }
            }
            Watch::Value(value) => {
                self.until_other(|at| part_of(at.value(value)));
                let on = |day: i32| self.at(day).map(|at| part_of(at.value(value)));
                if self.next == self.today + 1 && on(self.next) != on(self.next + 1) {
                    self.each_day = true;
                }
            }
            Watch::Options(value) => {
                if matches!(self.cells.value(value), Partial::Date(days) if days.first != days.last) {
                    self.tomorrow();
                }
            }
            Watch::Joint(joint) => {
                if self.is_enumerated(joint) {
                    self.tomorrow();
                }
            }
            Watch::EachDay => self.tomorrow(),
        }
    }

    fn tomorrow(&mut self) {
        self.next = self.next.min(self.today + 1);
        self.each_day = self.next == self.today + 1;
    }

    /// Whether its answer hangs on the days that a date known in part may be.
    fn is_enumerated(&mut self, joint: JointId) -> bool {
        let program = self.moment.program();
        let joint = &program.joints[joint.0 as usize];
        let evaluation = Evaluation { moment: self.moment, bound: self.bound, cells: &mut *self.cells };
        let is_partial =
            |operand: Operand| matches!(evaluation.fact(operand), Fact::Date(first, last) if first != last);
        let partial = joint.dates.iter().any(|date| is_partial(date.operand));
        partial && self.cells.truth(program, joint.condition) == Truth::Unknown
    }

    fn at(&self, day: i32) -> Option<At<'_>> {
        let today = Date::from_day_number(day)?;
        Some(At { program: self.moment.program(), cells: &*self.cells, motion: &self.watches.motion, today })
    }

    /// The first day on which it is not what it is today. Once it is not, it never is again.
    fn until_other<T: PartialEq>(&mut self, profile: impl Fn(&At<'_>) -> T) {
        let on = |day: i32| self.at(day).map(|at| profile(&at));
        let now = on(self.today);
        let (mut low, mut high) = (self.today, self.next - 1);
        let mut looked = 2;
        if high <= low || on(high) == now {
            self.work += looked;
            return;
        }
        while high - low > 1 {
            let middle = low + (high - low) / 2;
            looked += 1;
            if on(middle) == now {
                low = middle;
            } else {
                high = middle;
            }
        }
        self.work += looked;
        self.next = high;
    }
}

/// The values of a day: those that move as they will be, all others as they are.
struct At<'s> {
    program: &'s Program,
    cells: &'s Cells,
    motion: &'s [Motion],
    today: Date,
}

impl Reader for At<'_> {
    fn value(&self, id: ValueId) -> Partial {
        match self.motion[id.0 as usize] {
            Motion::Still | Motion::Free => self.cells.value(id),
            Motion::Moves(_) => simple_value(self, id).unwrap_or(Partial::Unknown),
        }
    }

    fn op(&self, id: ValueId) -> &ValueOp {
        &self.program.values[id.0 as usize]
    }

    fn constant(&self, constant: u32) -> Partial {
        self.program.constants[constant as usize].partial
    }

    fn today(&self) -> Partial {
        Partial::day(self.today)
    }

    /// Nothing that moves reads a fact itself.
    fn operand(&self, _: Operand) -> Partial {
        Partial::Unknown
    }

    fn passes(&self, _: u32, _: CodeTestId) -> Truth {
        Truth::Unknown
    }
}
