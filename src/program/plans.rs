//! Schedules as run: which values and lists a calendar plan is made of.

use super::lower::Lowering;
use super::reading::{Form, Meaning, Reading};
use super::rules::LineName;
use super::{Common, Condition, Lit, LoopBody, LoopId, RuleKind, TruthOp, Type, ValueId, ValueOp};
use crate::ground::Ground;
use crate::ir::{self, Constant, Expr, ExprKind};
use crate::language::Localized;
use crate::schema::ScalarType;
use crate::value::{Duration, DurationUnit, Truth, Weekday};
use std::num::{NonZeroU8, NonZeroU32};

pub(crate) use ir::{DateStatus, FirstDay, Sharing};

/// Index in [`Program::plans`](super::Program::plans).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub(crate) struct PlanId(pub(crate) u32);

#[derive(Debug, Clone)]
pub(crate) struct Schedule {
    pub(crate) common: Common,
    pub(crate) plan: PlanId,
    /// Whether its dates are known; no: there is nothing to count from.
    pub(crate) dates: Condition,
    pub(crate) phases: Vec<PhaseName>,
    pub(crate) sharing: Sharing,
    /// Of its lines and itself, none twice.
    pub(crate) grounds: Vec<Ground>,
}

/// What a phase is called.
#[derive(Debug, Clone)]
pub(crate) struct PhaseName {
    /// Empty where the schedule has no phases.
    pub(crate) name: Box<str>,
    pub(crate) label: Localized,
    pub(crate) days: Days,
}

/// Whether the days of a phase are drawn by chance.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Days {
    Fixed,
    Drawn,
}

/// What a calendar plan is made of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Plan {
    pub(crate) name: Box<str>,
    pub(crate) kind: PlanKind,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum PlanKind {
    Phased {
        start: ValueId,
        first_day: FirstDay,
        phases: Vec<Phase>,
        /// With the index of the phase.
        restarts: Vec<(usize, LoopId)>,
        stops: Vec<LoopId>,
        done_by: Option<DoneBy>,
    },
    SinceLatest {
        start: ValueId,
        first_within: ValueId,
        then_every: ValueId,
        records: LoopId,
    },
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Phase {
    pub(crate) ends: PhaseEnd,
    pub(crate) recurrence: Recurrence,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum PhaseEnd {
    After(ValueId),
    Through(ValueId),
    Open,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Recurrence {
    Every(ValueId),
    OnWeekdays { every_weeks: NonZeroU32, days: Vec<Weekday> },
    RandomWeekdays { times_a_week: NonZeroU8 },
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct DoneBy {
    pub(crate) records: LoopId,
    pub(crate) before: ValueId,
    pub(crate) after: ValueId,
}

/// The days on which dates are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum CountWindow {
    Before {
        duration: ValueId,
        anchor: ValueId,
    },
    After {
        duration: ValueId,
        anchor: ValueId,
    },
    During(ValueId),
    /// Through today.
    Since(ValueId),
}

/// How many dates of a plan stand so.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) struct CountedDates {
    pub(crate) plan: PlanId,
    /// Whether the schedule applies, and whether its dates are known.
    pub(crate) when: Lit,
    pub(crate) known: Lit,
    pub(crate) status: DateStatus,
    pub(crate) window: CountWindow,
}

impl CountWindow {
    pub(crate) fn values(self) -> Vec<ValueId> {
        match self {
            CountWindow::Before { duration, anchor } | CountWindow::After { duration, anchor } => {
                vec![duration, anchor]
            }
            CountWindow::During(value) | CountWindow::Since(value) => vec![value],
        }
    }
}

impl Schedule {
    /// What the condition about its dates is called: also right where it is no, for want of a day to count from.
    pub(super) fn dates_name() -> LineName {
        LineName::new("dates", "Datumen går att räkna ut", "The dates can be worked out")
    }
}

impl Plan {
    /// Whether days of it are drawn by chance.
    pub(crate) fn draws(&self) -> bool {
        match &self.kind {
            PlanKind::Phased { phases, .. } => {
                phases.iter().any(|phase| matches!(phase.recurrence, Recurrence::RandomWeekdays { .. }))
            }
            PlanKind::SinceLatest { .. } => false,
        }
    }

    fn values(&self) -> Vec<ValueId> {
        match &self.kind {
            PlanKind::Phased { start, phases, done_by, .. } => {
                let mut values = vec![*start];
                for phase in phases {
                    match phase.ends {
                        PhaseEnd::After(value) | PhaseEnd::Through(value) => values.push(value),
                        PhaseEnd::Open => {}
                    }
                    match phase.recurrence {
                        Recurrence::Every(value) => values.push(value),
                        Recurrence::OnWeekdays { .. } | Recurrence::RandomWeekdays { .. } => {}
                    }
                }
                values.extend(done_by.iter().flat_map(|done_by| [done_by.before, done_by.after]));
                values
            }
            PlanKind::SinceLatest { start, first_within, then_every, .. } => vec![*start, *first_within, *then_every],
        }
    }

    fn loops(&self) -> Vec<LoopId> {
        match &self.kind {
            PlanKind::Phased { restarts, stops, done_by, .. } => {
                let loops = restarts.iter().map(|(_, looped)| *looped).chain(stops.iter().copied());
                loops.chain(done_by.iter().map(|done_by| done_by.records)).collect()
            }
            PlanKind::SinceLatest { records, .. } => vec![*records],
        }
    }
}

/// Where a schedule's dates are, for whoever counts them.
#[derive(Debug, Clone, Copy)]
pub(super) struct PlanOfRule {
    plan: PlanId,
    when: Option<Lit>,
    known: Lit,
}

impl PlanOfRule {
    /// Of a rule that is a schedule.
    pub(super) fn of(kind: &RuleKind) -> Option<PlanOfRule> {
        let RuleKind::Schedule(schedule) = kind else { return None };
        let when = schedule.common.when.map(|when| when.lit);
        Some(PlanOfRule { plan: schedule.plan, when, known: schedule.dates.lit })
    }
}

impl Lowering<'_> {
    pub(super) fn schedule(&mut self, name: &str, schedule: &ir::Schedule) -> Schedule {
        let common = self.common(&schedule.common);
        let subjects = std::mem::take(&mut self.subjects);
        let parts = std::mem::take(&mut self.parts);
        let mut grounds = common.grounds.clone();
        let mut add = |more: &[Ground]| {
            for ground in more {
                if !grounds.contains(ground) {
                    grounds.push(ground.clone());
                }
            }
        };
        let (kind, phases) = match &schedule.plan {
            ir::Plan::Phased(plan) => {
                let events = plan.restarts.iter().map(|restart| &restart.on).chain(&plan.stops);
                let events = events.chain(plan.done_by.iter().map(|done_by| &done_by.records));
                plan.phases.iter().for_each(|phase| add(&phase.grounds));
                events.for_each(|events| add(&events.grounds));
                let (kind, phases) = self.phased(plan);
                (kind, phases)
            }
            ir::Plan::SinceLatest(plan) => {
                add(&plan.grounds);
                let kind = PlanKind::SinceLatest {
                    start: self.value(&plan.start),
                    first_within: self.value(&plan.first_within),
                    then_every: self.value(&plan.then_every),
                    records: self.events(&plan.records),
                };
                (kind, Vec::new())
            }
        };
        let plan = Plan { name: name.into(), kind };
        let id = PlanId(self.plans.len() as u32);
        let op = TruthOp::Dates { plan: id, values: plan.values().into(), loops: plan.loops().into() };
        self.plans.push(plan);
        let lit = self.builder.truth(op);
        let reading = Reading {
            place: schedule.place,
            meaning: Meaning::Truth(lit),
            ty: Type::Scalar(ScalarType::Truth),
            form: Form::Leaf,
            subjects: std::mem::replace(&mut self.subjects, subjects).into(),
            parts: std::mem::replace(&mut self.parts, parts).into(),
        };
        let dates = Condition { lit, reading: self.reading(reading) };
        Schedule { common, plan: id, dates, phases, sharing: schedule.sharing, grounds }
    }

    fn phased(&mut self, plan: &ir::PhasedPlan) -> (PlanKind, Vec<PhaseName>) {
        let start = self.value(&plan.start);
        let mut phases = Vec::new();
        let mut names = Vec::new();
        for phase in &plan.phases {
            let mut days = Days::Fixed;
            let ends = match &phase.ends {
                ir::PhaseEnd::For(length) => PhaseEnd::After(self.value(length)),
                ir::PhaseEnd::Through(last) => PhaseEnd::Through(self.value(last)),
                ir::PhaseEnd::Open => PhaseEnd::Open,
            };
            let recurrence = match &phase.recurrence {
                ir::Recurrence::Every(interval) => Recurrence::Every(self.value(interval)),
                ir::Recurrence::OnWeekdays { every_weeks, days } => {
                    Recurrence::OnWeekdays { every_weeks: *every_weeks, days: days.clone() }
                }
                ir::Recurrence::RandomWeekdays { times_a_week } => {
                    days = Days::Drawn;
                    Recurrence::RandomWeekdays { times_a_week: *times_a_week }
                }
            };
            phases.push(Phase { ends, recurrence });
            let name = phase.name.clone().unwrap_or_default();
            names.push(PhaseName { name, label: phase.label.clone(), days });
        }
        let restarts = plan.restarts.iter().map(|restart| (restart.phase, self.events(&restart.on))).collect();
        let stops = plan.stops.iter().map(|stop| self.events(stop)).collect();
        let done_by = plan.done_by.as_ref().map(|done_by| {
            let no_days = Constant::Duration(Duration::new(0, DurationUnit::Days));
            let records = self.events(&done_by.records);
            let (before, after) = match &done_by.window {
                Some((before, after)) => (self.value(before), self.value(after)),
                None => (self.builder.constant(&no_days), self.builder.constant(&no_days)),
            };
            DoneBy { records, before, after }
        });
        (PlanKind::Phased { start, first_day: plan.first_day, phases, restarts, stops, done_by }, names)
    }

    /// Goes through the records of a list by their day; the reason shows the latest of them.
    fn events(&mut self, events: &ir::Events) -> LoopId {
        let ExprKind::Each(each) = &events.each.kind else {
            // INVARIANT: the checker reports whatever else stands there.
            return LoopId(u32::MAX);
        };
        let latest = ExprKind::Extreme { extreme: ir::ExtremeWord::Latest, list: each.list.clone(), field: each.field };
        let latest = Expr { kind: latest, ty: events.each.ty.clone(), place: events.each.place };
        self.value(&latest);
        let field = each.field;
        let (looped, _, _) = self.looped(&each.list, ir::Reading::AsGiven, None, |lowering, record, _| {
            LoopBody::Days(lowering.read_field(record, field))
        });
        looped
    }

    /// How many dates of a schedule stand so.
    pub(super) fn counted_dates(&mut self, counted: &ir::CountedDates) -> ValueId {
        let schedule = self.plans_of_rules.get(counted.schedule.0 as usize).copied().flatten();
        let Some(PlanOfRule { plan, when, known }) = schedule else {
            return self.builder.constant(&Constant::Unknown);
        };
        let window = match &counted.window {
            ir::CountWindow::Before { duration, anchor } => {
                CountWindow::Before { duration: self.value(duration), anchor: self.value(anchor) }
            }
            ir::CountWindow::After { duration, anchor } => {
                CountWindow::After { duration: self.value(duration), anchor: self.value(anchor) }
            }
            ir::CountWindow::During(period) => CountWindow::During(self.value(period)),
            ir::CountWindow::Since(date) => CountWindow::Since(self.value(date)),
        };
        let when = when.unwrap_or_else(|| self.builder.constant_truth(Truth::True));
        let counted = CountedDates { plan, when, known, status: counted.status, window };
        self.builder.value(ValueOp::Dates(counted))
    }
}
