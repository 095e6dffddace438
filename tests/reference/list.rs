//! Conditions and values over lists, by their definitions: member by member.

use super::calendar::Day;
use super::expression::at_least;
use super::facts::{Completeness, Fact};
use super::guide::{Body, Meaning, Scope, Stated, Walk};
use super::plan::{Days, Records};
use super::value::{self, Range, Truth, Value};
use super::{comparison, fraction::Fraction};
use riktlinje::syntax::ast::{self, Expr, ExtremeWord, Name, QuantifierKind, Reading};

/// A list that was given, seen through its filter.
struct Members<'a> {
    records: Vec<Member<'a>>,
    complete: bool,
}

struct Member<'a> {
    /// With the record as the innermost.
    scope: Scope<'a>,
    /// "Member = the filter holds (absent filter: yes)."
    belongs: Truth,
}

/// A member with the days that a field of it can be; ends that are not known are `None`.
struct Dated<'m, 'a> {
    member: &'m Member<'a>,
    /// Whether it is a member with a day.
    belongs: Truth,
    days: Range<Day>,
}

pub struct OfExtremes {
    pub count: usize,
    pub among: usize,
    pub extreme: ExtremeWord,
}

impl<'a> Walk<'a> {
    /// "Lists are open or complete; the caller may state it for one patient, which counts."
    pub fn is_complete(&self, fact: &'a ast::Fact) -> bool {
        let declared = match &fact.ty.kind {
            ast::FactTypeKind::ListOf { completeness, .. } => *completeness == Some(ast::Completeness::Complete),
            _ => false,
        };
        match self.stated(fact) {
            Stated::Given(Fact::List(_, Completeness::Complete)) => true,
            Stated::Given(Fact::List(_, Completeness::Open)) => false,
            Stated::Given(_) | Stated::Means(_) | Stated::NotGiven => declared,
        }
    }

    /// `None`: "a list not given is unknown, also if declared complete".
    fn members(&self, list: &'a ast::List, word: Option<&'a str>, scope: &Scope<'a>) -> Option<Members<'a>> {
        let Meaning::Fact(fact) = self.meaning(&list.path, &Scope::default()) else { panic!("not a list") };
        let Stated::Given(Fact::List(given, _)) = self.stated(fact) else { return None };
        let records = given.iter().enumerate().map(|(index, record)| {
            let mut scope = scope.clone();
            scope.bodies.push(Body { word, list: fact, index, record });
            let belongs = list.filter.as_ref().map_or(Truth::Yes, |filter| self.truth(filter, &scope));
            Member { scope, belongs }
        });
        Some(Members { records: records.collect(), complete: self.is_complete(fact) })
    }

    /// "`some` = or over the records of (filter and body); `every` = and of (not filter or body); `no` = not `some`.
    /// Open list: `some` not yes: unknown; `every` not no: unknown. Not given: unknown, for `recorded` too."
    pub fn quantifier(&self, quantifier: &'a ast::Quantifier, scope: &Scope<'a>) -> Truth {
        let Some(members) = self.members(&quantifier.list, Some(&quantifier.word.value), scope) else {
            return Truth::Unknown;
        };
        // "`recorded` reads the list as complete, openly."
        let complete = members.complete || quantifier.reading == Reading::Recorded;
        let body = |member: &Member<'a>| self.truth(&quantifier.body, &member.scope);
        let some = || {
            let holds = members.records.iter().map(|member| member.belongs.and(body(member)));
            match holds.fold(Truth::No, Truth::or) {
                Truth::Yes => Truth::Yes,
                _ if !complete => Truth::Unknown,
                truth => truth,
            }
        };
        match quantifier.kind {
            QuantifierKind::Some => some(),
            QuantifierKind::No => some().not(),
            QuantifierKind::Every => {
                let holds = members.records.iter().map(|member| member.belongs.not().or(body(member)));
                match holds.fold(Truth::Yes, Truth::and) {
                    Truth::No => Truth::No,
                    _ if !complete => Truth::Unknown,
                    truth => truth,
                }
            }
        }
    }

    /// Whether some member has such a day.
    pub fn some_record(&self, by: &'a ast::DoneBy, scope: &Scope<'a>, test: &dyn Fn(&Value) -> Truth) -> Truth {
        let Some(members) = self.members(&by.list, Some(&by.word.value), scope) else { return Truth::Unknown };
        let field = self.field_name(&by.list, &by.date.value);
        let holds = members.records.iter().map(|member| member.belongs.and(test(&self.value_of_field(field, member))));
        match holds.fold(Truth::No, Truth::or) {
            Truth::No if !members.complete => Truth::Unknown,
            truth => truth,
        }
    }

    /// The days on which records of a list happened; those that surely do not belong to it are left out.
    pub fn each_day(&self, list: &'a ast::List, word: Option<&'a str>, field: &Name) -> Records {
        let Some(members) = self.members(list, word, &Scope::default()) else {
            return Records { days: Vec::new(), open: true };
        };
        let days = self.dated(&members, self.field_name(list, &field.value)).into_iter().map(|dated| Days {
            first: dated.days.low.unwrap_or(1),
            last: dated.days.high.unwrap_or(super::calendar::LAST),
            perhaps_absent: dated.belongs != Truth::Yes,
        });
        Records { days: days.collect(), open: !members.complete }
    }

    /// "`count` = from the number with filter and body yes, to the number with not no; no upper end when open."
    pub fn count(
        &self,
        word: Option<&'a str>,
        list: &'a ast::List,
        body: Option<&'a Expr>,
        scope: &Scope<'a>,
    ) -> Value {
        let Some(members) = self.members(list, word, scope) else { return Value::Unknown };
        let truths = members
            .records
            .iter()
            .map(|member| member.belongs.and(body.map_or(Truth::Yes, |body| self.truth(body, &member.scope))));
        let truths: Vec<Truth> = truths.collect();
        let number = |count: usize| Fraction::from_integer(count as i128);
        let yes = truths.iter().filter(|truth| **truth == Truth::Yes).count();
        let possible = truths.iter().filter(|truth| **truth != Truth::No).count();
        Value::Number(Range::new(Some(number(yes)), members.complete.then(|| number(possible))))
    }

    /// "`sum of V`: hull of the sum over members; a member perhaps: hull with 0; any unknown V of a possible member, or
    /// an open list: unknown."
    pub fn sum(&self, value: &'a Expr, list: &'a ast::List, scope: &Scope<'a>) -> Value {
        let Some(members) = self.members(list, None, scope) else { return Value::Unknown };
        if !members.complete {
            return Value::Unknown;
        }
        let nought = Range::point(Fraction::from_integer(0));
        let mut sum = nought;
        for member in members.records.iter().filter(|member| member.belongs != Truth::No) {
            let Some(value) = self.value(value, &member.scope).as_number() else { return Value::Unknown };
            let value = if member.belongs == Truth::Yes { value } else { value.hull(nought) };
            match value::add(sum, value) {
                Some(next) => sum = next,
                None => return Value::Unknown,
            }
        }
        Value::Number(sum)
    }

    /// Members, certain or possible, with the days of a date field. "Records whose field is absent are left out."
    fn dated<'m>(&self, members: &'m Members<'a>, field: &'a Name) -> Vec<Dated<'m, 'a>> {
        let possible = members.records.iter().filter(|member| member.belongs != Truth::No);
        let with_days = possible.filter_map(|member| {
            let (belongs, days) = match self.value_of_field(field, member) {
                Value::Date(days) => (member.belongs, days),
                Value::Absent => return None,
                // It may turn out to have none.
                _ if self.may_be_none(field, member) => (Truth::Unknown, Range::new(None, None)),
                _ => (member.belongs, Range::new(None, None)),
            };
            Some(Dated { member, belongs, days })
        });
        with_days.collect()
    }

    fn may_be_none(&self, field: &Name, member: &Member<'a>) -> bool {
        let list = member.scope.bodies.last().expect("the record that a member is").list;
        let declared = list.fields.iter().find(|declared| declared.name.value == field.value);
        declared.is_some_and(|field| field.ty.kind == ast::FactTypeKind::Date(ast::OrNone::OrNone))
    }

    fn value_of_field(&self, field: &'a Name, member: &Member<'a>) -> Value {
        self.named(std::slice::from_ref(field), &member.scope)
    }

    /// "Value: low = max over the certain of low, high = max over certain and possible of high; a certain member with
    /// unknown field: no high end; no certain but possible: perhaps absent, low = min over the possible of low; all
    /// empty: absent. Open list: no high end, and perhaps-absence is replaced by unknown when nothing is certain."
    pub fn extreme(&self, extreme: ExtremeWord, field: &'a str, list: &'a ast::List, scope: &Scope<'a>) -> Value {
        let Some(members) = self.members(list, None, scope) else { return Value::Unknown };
        let field = self.field_name(list, field);
        let dated: Vec<Dated<'_, '_>> = self.dated(&members, field).into_iter().map(|d| d.facing(extreme)).collect();
        let certain = || dated.iter().filter(|dated| dated.belongs == Truth::Yes);
        if certain().next().is_none() && !members.complete {
            return Value::Unknown;
        }
        if dated.is_empty() {
            return Value::Absent;
        }
        // A low end that is not known says nothing; a high end that is not known may be any day.
        let low = if certain().next().is_some() {
            certain().filter_map(|dated| dated.days.low).max()
        } else {
            dated.iter().map(|dated| dated.days.low).min().flatten()
        };
        let highs: Option<Vec<Day>> = dated.iter().map(|dated| dated.days.high).collect();
        let high = highs.filter(|_| members.complete).and_then(|highs| highs.into_iter().max());
        let range = Range { low, high, perhaps_absent: certain().next().is_none() };
        Value::Date(facing(range, extreme))
    }

    /// "Candidates = members, certain or possible, whose field could be the latest given all certain members' low. Yes
    /// when the body holds for all candidates, some member is certain and the list complete; no when the body is no for
    /// all candidates and the list complete (an empty list is no); else unknown."
    pub fn extreme_has(
        &self,
        extreme: ExtremeWord,
        word: &'a str,
        list: &'a ast::List,
        by: &'a str,
        body: &'a Expr,
        scope: &Scope<'a>,
    ) -> Truth {
        let Some(members) = self.members(list, Some(word), scope) else { return Truth::Unknown };
        if !members.complete {
            return Truth::Unknown;
        }
        let by = self.field_name(list, by);
        let dated: Vec<Dated<'_, '_>> = self.dated(&members, by).into_iter().map(|d| d.facing(extreme)).collect();
        let certain = || dated.iter().filter(|dated| dated.belongs == Truth::Yes);
        let surely_reached = certain().filter_map(|dated| dated.days.low).max();
        let candidates = dated.iter().filter(|dated| match (dated.days.high, surely_reached) {
            (Some(high), Some(reached)) => high >= reached,
            (None, _) | (_, None) => true,
        });
        let truths: Vec<Truth> = candidates.map(|dated| self.truth(body, &dated.member.scope)).collect();
        if truths.iter().all(|truth| *truth == Truth::No) {
            Truth::No
        } else if certain().next().is_some() && truths.iter().all(|truth| *truth == Truth::Yes) {
            Truth::Yes
        } else {
            Truth::Unknown
        }
    }

    /// "A record is *surely among* the m latest if fewer than m other possible members could be later or as late,
    /// *possibly among* if fewer than m certain members are surely later. Yes if at least n are surely among, certain
    /// and have the body, and the list is complete; no if fewer than n are possibly among with the body not no, and
    /// complete; else unknown."
    pub fn of_extremes(
        &self,
        wanted: &OfExtremes,
        word: &'a str,
        list: &'a ast::List,
        by: &'a str,
        body: &'a Expr,
        scope: &Scope<'a>,
    ) -> Truth {
        let Some(members) = self.members(list, Some(word), scope) else { return Truth::Unknown };
        if !members.complete {
            return Truth::Unknown;
        }
        let by = self.field_name(list, by);
        let dated: Vec<Dated<'_, '_>> =
            self.dated(&members, by).into_iter().map(|d| d.facing(wanted.extreme)).collect();
        let truths = dated.iter().enumerate().map(|(index, this)| {
            let others = || dated.iter().enumerate().filter(|(other, _)| *other != index).map(|(_, other)| other);
            let perhaps_later = others().filter(|other| this.days.some_at_most(&other.days)).count();
            let surely_later = others().filter(|other| {
                let certain = other.belongs == Truth::Yes;
                certain && this.days.less_than(&other.days) == Truth::Yes
            });
            let surely_among = perhaps_later < wanted.among && this.belongs == Truth::Yes;
            let possibly_among = surely_later.count() < wanted.among;
            let among = match (surely_among, possibly_among) {
                (true, _) => Truth::Yes,
                (false, true) => Truth::Unknown,
                (false, false) => Truth::No,
            };
            among.and(self.truth(body, &this.member.scope))
        });
        at_least(wanted.count, &truths.collect::<Vec<_>>())
    }

    /// "Certain members with known field give the certain distinct values; possible = distinct known values of possible
    /// members plus one for each possible member with unknown field; yes if certain >= n; no if possible < n and
    /// complete; else unknown." With `within`, every choice of n members is tried.
    pub fn different(
        &self,
        count: usize,
        field: &'a str,
        list: &'a ast::List,
        within: Option<(&'a Name, &'a Expr)>,
        scope: &Scope<'a>,
    ) -> Truth {
        let Some(members) = self.members(list, None, scope) else { return Truth::Unknown };
        let field = self.field_name(list, field);
        let possible = members.records.iter().filter(|member| member.belongs != Truth::No);
        let valued = possible.map(|member| (member, self.value_of_field(field, member)));
        let valued: Vec<(&Member<'a>, Value)> = valued.filter(|(_, value)| *value != Value::Absent).collect();
        let Some((by, duration)) = within else {
            let distinct = |values: Vec<&Value>| {
                let unknown = values.iter().filter(|value| ***value == Value::Unknown).count();
                let mut known: Vec<&Value> = Vec::new();
                for value in values {
                    if *value != Value::Unknown && !known.contains(&value) {
                        known.push(value);
                    }
                }
                (known.len(), unknown)
            };
            let certain = valued.iter().filter(|(member, _)| member.belongs == Truth::Yes);
            let (certain, _) = distinct(certain.map(|(_, value)| value).collect());
            let (known, unknown) = distinct(valued.iter().map(|(_, value)| value).collect());
            return if certain >= count {
                Truth::Yes
            } else if known + unknown < count && members.complete {
                Truth::No
            } else {
                Truth::Unknown
            };
        };
        let Value::Duration(length, unit) = self.value(duration, scope) else { return Truth::Unknown };
        let dated = self.dated(&members, by);
        let dated: Vec<(&Dated<'_, '_>, Value)> =
            dated.iter().map(|dated| (dated, self.value_of_field(field, dated.member))).collect();
        let dated: Vec<_> = dated.into_iter().filter(|(_, value)| *value != Value::Absent).collect();
        let (mut surely, mut possibly) = (false, false);
        every_subset(&dated, count, &mut Vec::new(), &mut |chosen| {
            let different = |a: &Value, b: &Value| *a == Value::Unknown || *b == Value::Unknown || a != b;
            let pairwise = chosen.iter().enumerate().all(|(i, a)| chosen[..i].iter().all(|b| different(&a.1, &b.1)));
            if !pairwise {
                return;
            }
            let known = chosen.iter().all(|(dated, value)| *value != Value::Unknown && dated.belongs == Truth::Yes);
            let days = || chosen.iter().map(|(dated, _)| dated.days);
            let later = |day: Option<Day>| day.and_then(|day| comparison::shift(day, length, unit));
            // The latest that any can be, against the earliest that any can be.
            let last: Option<Vec<Day>> = days().map(|days| days.high).collect();
            let first: Option<Vec<Day>> = days().map(|days| days.low).collect();
            if let (Some(last), Some(limit)) =
                (last.and_then(|days| days.into_iter().max()), later(first.and_then(|days| days.into_iter().min())))
            {
                surely |= known && last <= limit;
            }
            // The favourable way: the latest that must be, against the earliest by which all can have begun.
            let must = days().filter_map(|days| days.low).max();
            let can = days().filter_map(|days| days.high).min();
            possibly |= match (must, later(can)) {
                (Some(must), Some(limit)) => must <= limit,
                (None, _) | (_, None) => true,
            };
        });
        match (surely, possibly || !members.complete) {
            (true, _) => Truth::Yes,
            (false, true) => Truth::Unknown,
            (false, false) => Truth::No,
        }
    }

    /// The name of a field as the list declares it.
    fn field_name(&self, list: &'a ast::List, field: &str) -> &'a Name {
        let Meaning::Fact(fact) = self.meaning(&list.path, &Scope::default()) else { panic!("not a list") };
        let declared = fact.fields.iter().find(|declared| *declared.name.value == *field);
        &declared.unwrap_or_else(|| panic!("no field `{field}`")).name
    }
}

/// The earliest is the latest with time turned round.
fn facing(days: Range<Day>, extreme: ExtremeWord) -> Range<Day> {
    match extreme {
        ExtremeWord::Latest => days,
        ExtremeWord::Earliest => Range { low: days.high.map(|day| -day), high: days.low.map(|day| -day), ..days },
    }
}

impl<'m, 'a> Dated<'m, 'a> {
    fn facing(self, extreme: ExtremeWord) -> Dated<'m, 'a> {
        Dated { days: facing(self.days, extreme), ..self }
    }
}

fn every_subset<'s, T>(items: &'s [T], size: usize, chosen: &mut Vec<&'s T>, visit: &mut dyn FnMut(&[&'s T])) {
    if size == 0 {
        return visit(chosen);
    }
    for (index, item) in items.iter().enumerate() {
        chosen.push(item);
        every_subset(&items[index + 1..], size - 1, chosen, visit);
        chosen.pop();
    }
}
