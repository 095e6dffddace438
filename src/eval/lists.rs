//! What a list comes to: quantifiers, counts, sums, the latest (LANGUAGE, "Meaning": lists).
//!
//! A record whose filter is unknown may be a member or not. An open list may have records that are not here.

use super::bound::BoundList;
use super::cells::FaultAt;
use super::ops::Reader;
use super::run::Evaluation;
use crate::program::{Loop, LoopBody, LoopId, ValueId};
use crate::value::partial::{Days, Fallible, FaultKind, Partial, add};
use crate::value::{Date, Truth};
use std::collections::HashSet;

/// A record that may be among the latest.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate {
    days: Days,
    member: Truth,
    body: Truth,
    value: Partial,
    /// How many others may be as late or later.
    rivals: u32,
    /// How many others are surely later.
    later: u32,
}

impl Evaluation<'_> {
    fn looped(&self, id: LoopId) -> &Loop {
        &self.program().loops[id.0 as usize]
    }

    pub(super) fn list_of(&self, id: LoopId) -> BoundList {
        self.bound.list(self.looped(id).list, self.moment.today)
    }

    /// Runs the loop's steps for one record; its filter's answer. `None` when the work limit is reached.
    pub(super) fn at_record(&mut self, id: LoopId, record: u32) -> Option<Truth> {
        let program = self.moment.program();
        self.cells.work += 1;
        if self.cells.work > self.limits().work {
            return None;
        }
        let looped = &program.loops[id.0 as usize];
        self.cells.records[usize::from(looped.depth)] = record;
        self.run(&program.loop_steps[id.0 as usize]);
        Some(looped.filter.map_or(Truth::True, |filter| self.lit(filter)))
    }

    fn too_much_work(&mut self, at: FaultAt) {
        self.cells.fault(at, FaultKind::WorkLimit);
    }

    /// Where a fault in a loop is said to be: any condition or value will do that belongs to the same rules.
    fn place_of(&self, id: LoopId) -> FaultAt {
        let program = self.program();
        let reads = program.loops[id.0 as usize].reads();
        match (reads.lits.first(), reads.values.first()) {
            (Some(lit), _) => FaultAt::Truth(lit.id),
            (None, Some(value)) => FaultAt::Value(*value),
            (None, None) => FaultAt::Loop(id),
        }
    }

    pub(super) fn some(&mut self, id: LoopId) -> Truth {
        let list = self.list_of(id);
        if !list.given {
            return Truth::Unknown;
        }
        let body = if let LoopBody::Condition(body) = self.looped(id).body { body } else { None };
        let mut some = Truth::False;
        for record in 0..list.count {
            let Some(member) = self.at_record(id, record) else {
                self.too_much_work(self.place_of(id));
                return Truth::Unknown;
            };
            some = some.or(member.and(body.map_or(Truth::True, |body| self.lit(body))));
            if some == Truth::True {
                return some;
            }
        }
        if list.open && !self.looped(id).closed { some.or(Truth::Unknown) } else { some }
    }

    pub(super) fn count(&mut self, id: LoopId) -> Partial {
        let list = self.list_of(id);
        if !list.given {
            return Partial::Unknown;
        }
        let body = if let LoopBody::Condition(body) = self.looped(id).body { body } else { None };
        let (mut surely, mut possibly) = (0_i64, 0_i64);
        for record in 0..list.count {
            let Some(member) = self.at_record(id, record) else {
                self.too_much_work(self.place_of(id));
                return Partial::Unknown;
            };
            match member.and(body.map_or(Truth::True, |body| self.lit(body))) {
                Truth::True => {
                    surely += 1;
                    possibly += 1;
                }
                Truth::Unknown => possibly += 1,
                Truth::False => {}
            }
        }
        Partial::whole(surely, (!list.open).then_some(possibly))
    }

    pub(super) fn sum(&mut self, id: LoopId) -> Fallible<Partial> {
        let list = self.list_of(id);
        let LoopBody::Value(value) = self.looped(id).body else { return Ok(Partial::Unknown) };
        if !list.given {
            return Ok(Partial::Unknown);
        }
        let nought = Partial::whole(0, Some(0));
        let mut sum = nought;
        let mut known = true;
        for record in 0..list.count {
            let Some(member) = self.at_record(id, record) else { return Err(FaultKind::WorkLimit) };
            let part = match (member, self.value(value).as_number()) {
                (Truth::False, _) | (_, Partial::Absent) => continue,
                (Truth::True, part) => part,
                (Truth::Unknown, part) => part.hull(nought),
            };
            let more = add(sum, part, false)?;
            if more == Partial::Unknown {
                known = false;
            } else {
                sum = more;
            }
        }
        Ok(if known && !list.open { sum } else { Partial::Unknown })
    }

    /// The days of a record's date, and whether the record is a member as far as the date goes; `None` where the date is
    /// absent: the record is left out. A `date or none` that was not given may turn out to be none.
    pub(super) fn days(&self, by: ValueId, member: Truth) -> Option<(Days, Truth)> {
        let days = match self.value(by) {
            Partial::Absent => return None,
            Partial::Date(days) => days,
            Partial::Unknown
            | Partial::Number { .. }
            | Partial::Duration(_)
            | Partial::Period(..)
            | Partial::Code { .. }
            | Partial::Word(_)
            | Partial::Age(_) => Days { perhaps_absent: self.program().may_be_none(by), ..Days::ALL },
        };
        let member = if days.perhaps_absent { member.and(Truth::Unknown) } else { member };
        (member != Truth::False).then_some((Days::new(days.first, days.last), member))
    }

    pub(super) fn extreme(&mut self, id: LoopId) -> Partial {
        let list = self.list_of(id);
        let LoopBody::Extreme { latest, by } = self.looped(id).body else { return Partial::Unknown };
        if !list.given {
            return Partial::Unknown;
        }
        // Of the certain members, and of all: the ends of the latest (earliest).
        let (mut certain, mut all): (Option<Days>, Option<Days>) = (None, None);
        let mut possible: Option<Days> = None;
        let better = |old: Date, new: Date| if latest { old.max(new) } else { old.min(new) };
        for record in 0..list.count {
            let Some(member) = self.at_record(id, record) else {
                self.too_much_work(FaultAt::Value(by));
                return Partial::Unknown;
            };
            let Some((days, member)) = self.days(by, member) else { continue };
            let join = |old: Option<Days>| {
                Some(old.map_or(days, |old| Days::new(better(old.first, days.first), better(old.last, days.last))))
            };
            all = join(all);
            if member == Truth::True {
                certain = join(certain);
            } else {
                possible =
                    Some(possible.map_or(days, |old| Days::new(old.first.min(days.first), old.last.max(days.last))));
            }
        }
        let days = match (certain, all, possible) {
            // The certain ones set the end that cannot be passed, all together the other.
            (Some(certain), Some(all), _) if latest => Days::new(certain.first, all.last),
            (Some(certain), Some(all), _) => Days::new(all.first, certain.last),
            (None, _, Some(possible)) => Days { perhaps_absent: true, ..possible },
            (None, _, None) | (Some(_), None, _) if list.open => return Partial::Unknown,
            (None, _, None) | (Some(_), None, _) => return Partial::Absent,
        };
        match (list.open, certain) {
            (false, _) => Partial::Date(days),
            (true, None) => Partial::Unknown,
            (true, Some(_)) if latest => Partial::Date(Days { last: Date::MAX, ..days }),
            (true, Some(_)) => Partial::Date(Days { first: Date::MIN, ..days }),
        }
    }

    /// Gathers the members of a list with their days, body and value; the days mirrored for "the earliest".
    fn gather(
        &mut self,
        id: LoopId,
        list: BoundList,
        by: Option<ValueId>,
        latest: bool,
        body: Option<crate::program::Lit>,
        value: Option<ValueId>,
    ) -> Option<Vec<Candidate>> {
        let mut candidates = std::mem::take(&mut self.cells.candidates);
        candidates.clear();
        for record in 0..list.count {
            let Some(member) = self.at_record(id, record) else {
                self.cells.candidates = candidates;
                self.too_much_work(self.place_of(id));
                return None;
            };
            let found = match by {
                Some(by) => self.days(by, member),
                None => (member != Truth::False).then_some((Days::ALL, member)),
            };
            let Some((days, member)) = found else { continue };
            let days = if latest { days } else { mirrored(days) };
            let body = body.map_or(Truth::True, |body| self.lit(body));
            let value = value.map_or(Partial::Unknown, |value| self.value(value));
            candidates.push(Candidate { days, member, body, value, rivals: 0, later: 0 });
        }
        Some(candidates)
    }

    pub(super) fn extreme_has(&mut self, id: LoopId) -> Truth {
        let list = self.list_of(id);
        let LoopBody::ExtremeHas { latest, by, body } = self.looped(id).body else { return Truth::Unknown };
        if !list.given || list.open {
            return Truth::Unknown;
        }
        let Some(members) = self.gather(id, list, Some(by), latest, Some(body), None) else { return Truth::Unknown };
        let certain = members.iter().filter(|member| member.member == Truth::True);
        let reached = certain.map(|member| member.days.first).max();
        let mut bodies = members
            .iter()
            .filter(|member| reached.is_none_or(|reached| member.days.last >= reached))
            .map(|member| member.body);
        let first = bodies.next();
        let same = first.filter(|first| bodies.all(|body| body == *first));
        let truth = match (first, same, reached) {
            (None, _, _) => Truth::False,
            (Some(_), Some(Truth::True), None) => Truth::Unknown,
            (Some(_), Some(body), _) => body,
            (Some(_), None, _) => Truth::Unknown,
        };
        self.cells.candidates = members;
        truth
    }

    pub(super) fn of_extremes(&mut self, id: LoopId) -> Truth {
        let list = self.list_of(id);
        let LoopBody::OfExtremes { count, among, latest, by, body } = self.looped(id).body else {
            return Truth::Unknown;
        };
        if !list.given || list.open {
            return Truth::Unknown;
        }
        let Some(mut members) = self.gather(id, list, Some(by), latest, Some(body), None) else {
            return Truth::Unknown;
        };
        // Others that may be as late: their last day is not before one's first. Counted from the far end.
        let mut ends: Vec<Date> = members.iter().map(|member| member.days.last).collect();
        ends.sort_unstable();
        let mut starts: Vec<Date> =
            members.iter().filter(|member| member.member == Truth::True).map(|member| member.days.first).collect();
        starts.sort_unstable();
        for member in &mut members {
            let as_late = ends.len() - ends.partition_point(|end| *end < member.days.first);
            member.rivals = as_late as u32 - 1;
            member.later = (starts.len() - starts.partition_point(|start| *start <= member.days.last)) as u32;
        }
        let surely = members
            .iter()
            .filter(|member| member.rivals < among && member.member == Truth::True && member.body == Truth::True);
        let possibly = members.iter().filter(|member| member.later < among && member.body != Truth::False);
        let truth = Truth::from_bounds(surely.count() >= count as usize, possibly.count() < count as usize);
        self.cells.candidates = members;
        truth
    }

    pub(super) fn different(&mut self, id: LoopId) -> Truth {
        let list = self.list_of(id);
        let LoopBody::Different { count, field, within } = self.looped(id).body else { return Truth::Unknown };
        if !list.given {
            return Truth::Unknown;
        }
        let by = within.map(|(by, _)| by);
        let Some(members) = self.gather(id, list, by, true, None, Some(field)) else { return Truth::Unknown };
        let truth = match within.map(|(_, duration)| self.value(duration)) {
            None => {
                let certain = distinct(members.iter().filter(|member| member.member == Truth::True), Unknowns::LeftOut);
                let possible = distinct(members.iter(), Unknowns::EachOne);
                Truth::from_bounds(certain >= count, possible < count && !list.open)
            }
            Some(Partial::Duration(duration)) => {
                self.cells.work += (members.len() * members.len()) as u64;
                if self.cells.work > self.limits().work {
                    self.too_much_work(FaultAt::Value(field));
                    Truth::Unknown
                } else {
                    let reach = |from: Date| from.checked_add(duration).unwrap_or(Date::MAX);
                    let certain = members.iter().any(|anchor| {
                        let (first, last) = (anchor.days.first, reach(anchor.days.first));
                        let inside = |member: &&Candidate| {
                            member.member == Truth::True && member.days.first >= first && member.days.last <= last
                        };
                        anchor.member == Truth::True
                            && distinct(members.iter().filter(inside), Unknowns::LeftOut) >= count
                    });
                    let possible = members.iter().any(|anchor| {
                        let (first, last) = (anchor.days.last, reach(anchor.days.last));
                        let touches = |member: &&Candidate| member.days.last >= first && member.days.first <= last;
                        distinct(members.iter().filter(touches), Unknowns::EachOne) >= count
                    });
                    Truth::from_bounds(certain, !possible && !list.open)
                }
            }
            Some(_) => Truth::Unknown,
        };
        self.cells.candidates = members;
        truth
    }
}

/// What a value that is not known counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unknowns {
    LeftOut,
    /// Each may be one more.
    EachOne,
}

fn distinct<'a>(members: impl Iterator<Item = &'a Candidate>, unknowns: Unknowns) -> u32 {
    let mut seen = HashSet::new();
    let mut unknown = 0;
    for member in members {
        match key(member.value) {
            Some(key) => {
                seen.insert(key);
            }
            None if member.value == Partial::Absent => {}
            None => unknown += 1,
        }
    }
    match unknowns {
        Unknowns::LeftOut => seen.len() as u32,
        Unknowns::EachOne => seen.len() as u32 + unknown,
    }
}

/// What makes two known values the same.
fn key(value: Partial) -> Option<(u8, i128, i128)> {
    match value {
        Partial::Word(symbol) => Some((0, i128::from(symbol.0), 0)),
        Partial::Code { symbol, .. } => Some((1, i128::from(symbol.0), 0)),
        Partial::Date(days) if days.first == days.last => Some((2, i128::from(days.first.day_number()), 0)),
        Partial::Number { .. } => value.known_number().map(|number| (3, number.numerator(), number.denominator())),
        Partial::Duration(duration) => Some(match (duration.months(), duration.days()) {
            (Some(months), _) => (4, i128::from(months), 0),
            (None, Some(days)) => (5, i128::from(days), 0),
            (None, None) => return None,
        }),
        Partial::Period(first, last) => Some((6, i128::from(first.day_number()), i128::from(last.day_number()))),
        Partial::Date(_) | Partial::Age(_) | Partial::Unknown | Partial::Absent => None,
    }
}

/// The same days counted from the other end of the calendar: the earliest becomes the latest.
fn mirrored(days: Days) -> Days {
    let mirror = |day: Date| {
        let number = Date::MIN.day_number() + Date::MAX.day_number() - day.day_number();
        Date::from_day_number(number).unwrap_or(day)
    };
    Days { first: mirror(days.last), last: mirror(days.first), ..days }
}
