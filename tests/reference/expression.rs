//! What an expression says: a truth for conditions, a value for the rest.

use super::calendar::{self, Day};
use super::code_set;
use super::comparison;
use super::facts::Fact;
use super::fraction::{self, Fraction, unit_factor};
use super::guide::{Meaning, Place, Scope, Stated, Walk, truth_word};
use super::value::{self, Range, Truth, Unit, Value, for_all};
use riktlinje::syntax::ast::{self, Expr, ExprKind, Polarity};

pub fn duration_literal(literal: &ast::DurationLiteral) -> (i64, Unit) {
    let count = i64::try_from(literal.number.numerator()).expect("a small count");
    (count, duration_unit(literal.unit.word()))
}

pub fn duration_unit(word: &str) -> Unit {
    match word {
        "day" => Unit::Days,
        "week" => Unit::Weeks,
        "month" => Unit::Months,
        "year" => Unit::Years,
        other => panic!("no unit of time `{other}`"),
    }
}

fn polar(polarity: Polarity, truth: Truth) -> Truth {
    match polarity {
        Polarity::Positive => truth,
        Polarity::Negative => truth.not(),
    }
}

impl<'a> Walk<'a> {
    // ---- conditions -------------------------------------------------------------------------------

    pub fn truth(&self, expr: &'a Expr, scope: &Scope<'a>) -> Truth {
        match &expr.kind {
            // "Kleene's tables."
            ExprKind::And { operands, .. } => {
                operands.iter().fold(Truth::Yes, |so_far, operand| so_far.and(self.truth(operand, scope)))
            }
            ExprKind::Or { operands, .. } => {
                operands.iter().fold(Truth::No, |so_far, operand| so_far.or(self.truth(operand, scope)))
            }
            ExprKind::Not(condition) => self.truth(condition, scope).not(),
            ExprKind::DatesCounted(counted) => self.dates_counted(counted),
            // `at least 3 of (…)`: enough that hold, or too few that may.
            ExprKind::AtLeastOf { count, conditions } => {
                let truths: Vec<Truth> = conditions.iter().map(|condition| self.truth(condition, scope)).collect();
                at_least(count.value as usize, &truths)
            }

            ExprKind::Compare { left, operator, right } => {
                self.comparison(&[left, right], scope, &|values| comparison::compare(*operator, &values[0], &values[1]))
            }
            // "`is one of a, b` is one comparison too."
            ExprKind::OneOf { value, polarity, options } => {
                let operands: Vec<&Expr> = std::iter::once(&**value).chain(options).collect();
                let negated = *polarity == Polarity::Negative;
                self.comparison(&operands, scope, &|values| comparison::one_of(&values[0], &values[1..], negated))
            }
            ExprKind::Between { value, low, high } => self.comparison(&[value, low, high], scope, &|values| {
                comparison::between(&values[0], &values[1], &values[2])
            }),
            ExprKind::During { value, period } => self.comparison(&[value, period], scope, &|values| {
                // "A partial date in rule text means the whole period."
                let whole = match (&period.kind, &values[1]) {
                    (ExprKind::Date(_), Value::Date(range)) => {
                        range.low.zip(range.high).map(|(first, last)| Value::Period(first, last))
                    }
                    _ => None,
                };
                comparison::during(&values[0], whole.as_ref().unwrap_or(&values[1]))
            }),
            ExprKind::Distance { value, relation, duration, anchor } => {
                self.comparison(&[value, duration, anchor], scope, &|values| {
                    comparison::distance(*relation, &values[0], &values[1], &values[2])
                })
            }
            // "`age` at least so much: the mission's own phrase."
            ExprKind::AgeOrOlder { age, duration } => self.comparison(&[age, duration], scope, &|values| {
                comparison::compare(ast::Comparison::AtLeast, &values[0], &values[1])
            }),
            ExprKind::In { value, polarity, set } => match self.value(value, scope) {
                // "Every comparison with an absent operand is no (also `not in`)."
                Value::Absent => Truth::No,
                Value::Code { hierarchical, code } => {
                    let set = code_set::of_operand(self.guide, set);
                    polar(*polarity, set.contains(self.guide, hierarchical, &code))
                }
                _ => Truth::Unknown,
            },

            // "`there is a X`: yes, no or unknown; for a list: whether it has at least one record."
            ExprKind::ThereIs { polarity, path } => polar(*polarity, self.there_is(path, scope)),
            // "`X is known` looks at unknown itself."
            ExprKind::Known { polarity, path } => polar(*polarity, Truth::of(self.is_known(path, scope))),
            ExprKind::Status { polarity, rule, status } => self.status_test(*polarity, rule, status.value),

            ExprKind::Quantifier(quantifier) => self.quantifier(quantifier, scope),
            ExprKind::ExtremeHas { extreme, word, list, by, body } => {
                self.extreme_has(*extreme, &word.value, list, &by.value, body, scope)
            }
            ExprKind::OfExtremes { count, extreme, among, word, list, by, body } => {
                let wanted = super::list::OfExtremes {
                    count: count.value as usize,
                    among: among.value as usize,
                    extreme: *extreme,
                };
                self.of_extremes(&wanted, &word.value, list, &by.value, body, scope)
            }
            ExprKind::Different { count, field, list, by, within } => {
                let within = by.as_ref().zip(within.as_deref());
                self.different(count.value as usize, &field.value, list, within, scope)
            }

            ExprKind::Band { score, polarity, bands } => {
                let score = self.guide.find_score(&score[0].value).expect("a score");
                self.band_test(score, *polarity, bands)
            }
            ExprKind::Truth(_)
            | ExprKind::Path(_)
            | ExprKind::If { .. }
            | ExprKind::LookUp { .. }
            | ExprKind::Number(_)
            | ExprKind::Quantity { .. }
            | ExprKind::Duration(_)
            | ExprKind::Date(_)
            | ExprKind::Text(_)
            | ExprKind::Code { .. }
            | ExprKind::CodeRange { .. }
            | ExprKind::Today
            | ExprKind::Age { .. }
            | ExprKind::Count { .. }
            | ExprKind::Sum { .. }
            | ExprKind::Each(_)
            | ExprKind::Extreme { .. }
            | ExprKind::Sums(_)
            | ExprKind::Products(_)
            | ExprKind::Shifted { .. }
            | ExprKind::UnitsBetween { .. }
            | ExprKind::Round { .. } => self.value(expr, scope).as_truth(),
        }
    }

    /// One comparison: "the operands vary independently over their intervals: yes if it holds for all combinations, no if
    /// for none, else unknown. If the same partially known date occurs more than once in one comparison (after
    /// definitions are put in), its days are enumerated jointly."
    pub fn comparison(&self, operands: &[&'a Expr], scope: &Scope<'a>, test: &dyn Fn(&[Value]) -> Truth) -> Truth {
        // A comparison inside the value of another one looks at its dates by itself.
        let scope = &scope.by_itself();
        let mut dates = Vec::new();
        for operand in operands {
            self.partial_dates(operand, scope, &mut dates);
        }
        let mut shared: Vec<PartialDate<'a>> = Vec::new();
        for (index, date) in dates.iter().enumerate() {
            if dates[..index].contains(date) && !shared.contains(date) {
                shared.push(*date);
            }
        }
        let mut truth = None;
        self.every_day(&shared, scope, &mut |scope| {
            let values: Vec<Value> = operands.iter().map(|operand| self.interval(operand, scope)).collect();
            let this = test(&values);
            truth = Some(truth.map_or(this, |so_far| for_all([so_far, this].into_iter())));
            truth != Some(Truth::Unknown)
        });
        truth.unwrap_or(Truth::Unknown)
    }

    /// What an operand comes to over all days of its own partial dates: "a value is a closed interval".
    fn interval(&self, operand: &'a Expr, scope: &Scope<'a>) -> Value {
        let mut dates = Vec::new();
        self.partial_dates(operand, scope, &mut dates);
        dates = dates.iter().enumerate().filter(|(i, date)| !dates[..*i].contains(date)).map(|(_, d)| *d).collect();
        let mut interval: Option<Value> = None;
        self.every_day(&dates, scope, &mut |scope| {
            let value = self.value(operand, scope);
            interval = Some(match interval.take() {
                Some(so_far) => so_far.hull(value),
                None => value,
            });
            interval != Some(Value::Unknown)
        });
        interval.unwrap_or(Value::Unknown)
    }

    /// Tries every day of every one of the dates; `visit` says whether to go on.
    fn every_day(
        &self,
        dates: &[PartialDate<'a>],
        scope: &Scope<'a>,
        visit: &mut dyn FnMut(&Scope<'a>) -> bool,
    ) -> bool {
        let Some((date, rest)) = dates.split_first() else { return visit(scope) };
        (date.first..=date.last).all(|day| {
            let mut scope = scope.clone();
            scope.days.push((date.place, day));
            self.every_day(rest, &scope, visit)
        })
    }

    /// The partially known dates that an operand's value is made from, once for each time they occur. Conditions
    /// inside it (`if`, bodies of lists) are comparisons of their own.
    fn partial_dates(&self, operand: &'a Expr, scope: &Scope<'a>, found: &mut Vec<PartialDate<'a>>) {
        match &operand.kind {
            ExprKind::Path(path) => match self.meaning(path, scope) {
                Meaning::Fact(fact) => {
                    let place = Place { fact: &fact.name.value, record: None, field: None };
                    note(self.stated(fact), place, scope, found);
                }
                Meaning::RecordField(fact, field) => {
                    if let Stated::Given(Fact::Record(record)) = self.stated(fact) {
                        let place = Place { fact: &fact.name.value, record: None, field: Some(&field.name.value) };
                        note(Walk::stated_in(record, field), place, scope, found);
                    }
                }
                Meaning::BodyField(body, field) => {
                    let (fact, field_name) = (&*body.list.name.value, &*field.name.value);
                    let place = Place { fact, record: Some(body.index), field: Some(field_name) };
                    note(Walk::stated_in(body.record, field), place, scope, found);
                }
                Meaning::Define(define) => {
                    let scope = Scope { days: scope.days.clone(), ..Scope::default() };
                    self.partial_dates(&define.value, &scope, found);
                }
                Meaning::Score(score) => {
                    if let Some(total) = &score.total {
                        self.partial_dates(
                            &total.value,
                            &Scope { days: scope.days.clone(), ..Scope::default() },
                            found,
                        );
                    }
                }
                Meaning::Parameter(_) | Meaning::Item(_) | Meaning::Period | Meaning::Word(_) => {}
            },
            ExprKind::Age { on } => {
                if let Some(fact) = self.guide.fact("birth_date") {
                    let place = Place { fact: &fact.name.value, record: None, field: None };
                    note(self.stated(fact), place, scope, found);
                }
                if let Some(on) = on {
                    self.partial_dates(on, scope, found);
                }
            }
            ExprKind::If { arms, otherwise } => {
                arms.iter().for_each(|(_, value)| self.partial_dates(value, scope, found));
                self.partial_dates(otherwise, scope, found);
            }
            ExprKind::Sums(terms) => terms.iter().for_each(|(_, term)| self.partial_dates(term, scope, found)),
            ExprKind::Products(factors) => {
                factors.iter().for_each(|(_, factor)| self.partial_dates(factor, scope, found));
            }
            ExprKind::Shifted { anchor, .. } => self.partial_dates(anchor, scope, found),
            ExprKind::UnitsBetween { from, to, .. } => {
                self.partial_dates(from, scope, found);
                self.partial_dates(to, scope, found);
            }
            ExprKind::Round { value, .. } => self.partial_dates(value, scope, found),
            // Every other kind is a literal, a condition, or gathers over a list.
            _ => {}
        }
    }

    fn there_is(&self, path: &'a [ast::Name], scope: &Scope<'a>) -> Truth {
        let of = |stated: Stated<'a>| match stated {
            Stated::NotGiven => Truth::Unknown,
            Stated::Given(Fact::None) => Truth::No,
            Stated::Means(_) | Stated::Given(_) => Truth::Yes,
        };
        match self.meaning(path, scope) {
            Meaning::Fact(fact) => match self.stated(fact) {
                Stated::Given(Fact::List(records, _)) if records.is_empty() => {
                    if self.is_complete(fact) {
                        Truth::No
                    } else {
                        Truth::Unknown
                    }
                }
                stated => of(stated),
            },
            Meaning::RecordField(fact, field) => match self.stated(fact) {
                Stated::Given(Fact::Record(record)) => of(Walk::stated_in(record, field)),
                // A field of an absent record is absent.
                stated => of(stated),
            },
            Meaning::BodyField(body, field) => of(Walk::stated_in(body.record, field)),
            Meaning::Item(_)
            | Meaning::Parameter(_)
            | Meaning::Define(_)
            | Meaning::Score(_)
            | Meaning::Period
            | Meaning::Word(_) => {
                panic!("`there is` of no fact")
            }
        }
    }

    /// "`X is known`: yes when the fact (or field) was given (partial dates and `none` are known); a list: given; a
    /// stale fact is not known." A field of an absent record is absent: known.
    fn is_known(&self, path: &'a [ast::Name], scope: &Scope<'a>) -> bool {
        let of = |stated: Stated<'a>| !matches!(stated, Stated::NotGiven);
        match self.meaning(path, scope) {
            Meaning::Fact(fact) => of(self.stated(fact)),
            Meaning::RecordField(fact, field) => match self.stated(fact) {
                Stated::Given(Fact::Record(record)) => of(Walk::stated_in(record, field)),
                stated => of(stated),
            },
            Meaning::BodyField(body, field) => of(Walk::stated_in(body.record, field)),
            Meaning::Item(_)
            | Meaning::Parameter(_)
            | Meaning::Define(_)
            | Meaning::Score(_)
            | Meaning::Period
            | Meaning::Word(_) => {
                panic!("`is known` of no fact")
            }
        }
    }

    // ---- values -----------------------------------------------------------------------------------

    pub fn value(&self, expr: &'a Expr, scope: &Scope<'a>) -> Value {
        match &expr.kind {
            ExprKind::Truth(truth) => Value::from_truth(truth_word(&truth.to_string())),
            ExprKind::Number(number) => {
                fraction::fraction(number.numerator(), number.denominator()).map_or(Value::Unknown, Value::number)
            }
            // "Quantities convert exactly": all in base units.
            ExprKind::Quantity { number, unit } => fraction::fraction(number.numerator(), number.denominator())
                .and_then(|number| fraction::multiply(number, unit_factor(&unit.value)))
                .map_or(Value::Unknown, Value::number),
            ExprKind::Duration(literal) => {
                let (count, unit) = duration_literal(literal);
                Value::Duration(count, unit)
            }
            ExprKind::Date(date) => {
                let (year, month) = (i64::from(date.year), date.month.map(i64::from));
                let last_month = month.unwrap_or(12);
                let last_day = date.day.map_or(calendar::days_of_month(year, last_month), i64::from);
                Value::Date(Range::new(
                    Some(calendar::day(year, month.unwrap_or(1), date.day.map_or(1, i64::from))),
                    Some(calendar::day(year, last_month, last_day)),
                ))
            }
            ExprKind::Text(text) => Value::Word(text.to_string()),
            // What is tested stands for itself: only a recorded code may be coarser than meant.
            ExprKind::Code { code, .. } => Value::Code { hierarchical: false, code: code_set::plain(&code.value) },
            ExprKind::Today => Value::Date(Range::point(self.today)),
            ExprKind::Path(path) => self.named(path, scope),
            ExprKind::Age { on } => self.age(on.as_deref(), scope),
            // "`if C then A else B` with C unknown: the hull of both, or their common value, else unknown."
            ExprKind::If { arms, otherwise } => self.choose(arms, otherwise, scope),
            ExprKind::LookUp { key, table, column, otherwise } => {
                self.look_up(key, &table.value, &column.value, otherwise, scope)
            }
            ExprKind::Sums(terms) => self.arithmetic(terms.iter().map(|(_, term)| term), scope, |values| {
                let mut sum = Range::point(Fraction::from_integer(0));
                for ((sign, _), value) in terms.iter().zip(values) {
                    let value = match sign {
                        ast::Sign::Plus => *value,
                        ast::Sign::Minus => value::negate(*value),
                    };
                    sum = value::add(sum, value)?;
                }
                Some(sum)
            }),
            // "Division by nought and overflow are faults; a fault is unknown where it happens."
            ExprKind::Products(factors) => self.arithmetic(factors.iter().map(|(_, factor)| factor), scope, |values| {
                let mut product = Range::point(Fraction::from_integer(1));
                for ((kind, _), value) in factors.iter().zip(values) {
                    let value = match kind {
                        ast::Factor::Times => *value,
                        ast::Factor::Per => value::reciprocal(*value)?,
                    };
                    product = value::multiply(product, value)?;
                }
                Some(product)
            }),
            ExprKind::Round { value, decimals } => {
                self.arithmetic(std::iter::once(&**value), scope, |values| {
                    // Quantities round in the unit they are written in; tests round plain numbers only.
                    let end = |end: Option<Fraction>| match end {
                        Some(end) => fraction::round(end, decimals.value).map(Some),
                        None => Some(None),
                    };
                    Some(Range { low: end(values[0].low)?, high: end(values[0].high)?, ..values[0] })
                })
            }
            // "`1 year before y`": y less a year; outside the calendar is a fault.
            ExprKind::Shifted { duration, direction, anchor } => {
                let (anchor, duration) = (self.value(anchor, scope), self.value(duration, scope));
                let duration = match (direction, duration) {
                    (ast::Direction::Before, Value::Duration(count, unit)) => Value::Duration(-count, unit),
                    (_, duration) => duration,
                };
                comparison::shifted(&anchor, &duration)
            }
            ExprKind::UnitsBetween { unit, from, to } => {
                let per = duration_unit(unit.word());
                match (self.value(from, scope), self.value(to, scope)) {
                    (Value::Absent, _) | (_, Value::Absent) => Value::Absent,
                    // Only a date can be "perhaps absent".
                    (Value::Date(from), Value::Date(to)) if from.perhaps_absent || to.perhaps_absent => Value::Unknown,
                    (Value::Date(from), Value::Date(to)) => Value::Number(Range::new(
                        // Fewest from the last start to the first end, most the other way.
                        from.high.zip(to.low).map(|(from, to)| units_between(per, from, to)),
                        from.low.zip(to.high).map(|(from, to)| units_between(per, from, to)),
                    )),
                    _ => Value::Unknown,
                }
            }
            // What is gathered over a list is an interval of its own: its dates are not those outside.
            ExprKind::Count { word, list, body } => {
                self.count(word.as_ref().map(|word| &*word.value), list, body.as_deref(), &scope.by_itself())
            }
            ExprKind::Sum { value, list } => self.sum(value, list, &scope.by_itself()),
            ExprKind::Extreme { extreme, field, list } => {
                self.extreme(*extreme, &field.value, list, &scope.by_itself())
            }
            ExprKind::CodeRange { .. } => panic!("a range of codes is no value"),
            ExprKind::Each(_) => panic!("a line of a schedule is no value"),

            ExprKind::And { .. }
            | ExprKind::Or { .. }
            | ExprKind::Not(_)
            | ExprKind::AtLeastOf { .. }
            | ExprKind::Compare { .. }
            | ExprKind::OneOf { .. }
            | ExprKind::In { .. }
            | ExprKind::Between { .. }
            | ExprKind::During { .. }
            | ExprKind::Distance { .. }
            | ExprKind::AgeOrOlder { .. }
            | ExprKind::ThereIs { .. }
            | ExprKind::Known { .. }
            | ExprKind::Status { .. }
            | ExprKind::Band { .. }
            | ExprKind::DatesCounted(_)
            | ExprKind::Quantifier(_)
            | ExprKind::ExtremeHas { .. }
            | ExprKind::OfExtremes { .. }
            | ExprKind::Different { .. } => Value::from_truth(self.truth(expr, scope)),
        }
    }

    /// "Arithmetic with absent is absent"; with a wholly unknown operand it is unknown, and so is a fault.
    fn arithmetic(
        &self,
        operands: impl Iterator<Item = &'a Expr>,
        scope: &Scope<'a>,
        combine: impl FnOnce(&[Range<Fraction>]) -> Option<Range<Fraction>>,
    ) -> Value {
        let values: Vec<Value> = operands.map(|operand| self.value(operand, scope)).collect();
        if values.contains(&Value::Absent) {
            return Value::Absent;
        }
        let ranges: Option<Vec<_>> = values.iter().map(Value::as_number).collect();
        // Only a date can be "perhaps absent".
        let kept = |range: &Range<Fraction>| !range.perhaps_absent;
        ranges.and_then(|ranges| combine(&ranges)).filter(kept).map_or(Value::Unknown, Value::Number)
    }

    fn choose(&self, arms: &'a [(Expr, Expr)], otherwise: &'a Expr, scope: &Scope<'a>) -> Value {
        let Some(((condition, value), rest)) = arms.split_first() else { return self.value(otherwise, scope) };
        match self.truth(condition, scope) {
            Truth::Yes => self.value(value, scope),
            Truth::No => self.choose(rest, otherwise, scope),
            Truth::Unknown => self.value(value, scope).hull(self.choose(rest, otherwise, scope)),
        }
    }

    fn look_up(
        &self,
        key: &'a Expr,
        table: &str,
        column: &str,
        otherwise: &'a ast::Otherwise,
        scope: &Scope<'a>,
    ) -> Value {
        let key = self.value(key, scope);
        match key {
            Value::Absent => return Value::Absent,
            Value::Unknown => return Value::Unknown,
            _ => {}
        }
        let table = self.guide.table(table);
        let column = table.columns.iter().position(|name| *name.value == *column).expect("a column of the table");
        let mut possible: Vec<Value> = Vec::new();
        for row in &table.rows {
            let same = comparison::compare(ast::Comparison::Is, &key, &self.value(&row.key, &Scope::default()));
            if same != Truth::No {
                possible.push(self.value(&row.cells[column], &Scope::default()));
            }
            if same == Truth::Yes {
                return possible.pop().expect("the row that was found");
            }
        }
        // No row surely: each that it may be, and what stands for none of them.
        possible.push(match otherwise {
            ast::Otherwise::Unknown => Value::Unknown,
            ast::Otherwise::Value(value) => self.value(value, scope),
        });
        possible.into_iter().reduce(Value::hull).expect("at least what stands for no row")
    }

    /// "`age` = completed years (or months, against a duration in months) from `birth_date` to `today` (or `on X`)."
    fn age(&self, on: Option<&'a Expr>, scope: &Scope<'a>) -> Value {
        let Some(fact) = self.guide.fact("birth_date") else { return Value::Unknown };
        let place = Place { fact: &fact.name.value, record: None, field: None };
        let birth = self.of_stated(&fact.ty, self.stated(fact), place, scope);
        let on = on.map_or(Value::Date(Range::point(self.today)), |on| self.value(on, scope));
        let (birth, on) = match (birth, on) {
            (Value::Absent, _) | (_, Value::Absent) => return Value::Absent,
            (Value::Date(birth), Value::Date(on)) => (birth, on),
            _ => return Value::Unknown,
        };
        let months = |birth: Option<Day>, on: Option<Day>| {
            birth.zip(on).map(|(birth, on)| calendar::age_in_months(birth, on, self.guide.birthday_is_1_march))
        };
        // Youngest: born on the last day it can be, looked at on the first.
        let (low, high) = (months(birth.high, on.low), months(birth.low, on.high));
        let range = |per: i64| Range {
            low: low.map(|months| Fraction::from_integer(i128::from(months / per))),
            high: high.map(|months| Fraction::from_integer(i128::from(months / per))),
            perhaps_absent: birth.perhaps_absent || on.perhaps_absent,
        };
        Value::Age(range(12), range(1))
    }
}

/// A date of which only a part is known, and the days it can be.
#[derive(Clone, Copy, PartialEq)]
struct PartialDate<'a> {
    place: Place<'a>,
    first: Day,
    last: Day,
}

fn note<'a>(stated: Stated<'a>, place: Place<'a>, scope: &Scope<'a>, found: &mut Vec<PartialDate<'a>>) {
    if let Stated::Given(Fact::Date(first, last)) = stated
        && first < last
        && !scope.days.iter().any(|(tried, _)| *tried == place)
    {
        found.push(PartialDate { place, first: *first, last: *last });
    }
}

/// "At least n of so many conditions": enough yes, or too few that are not no.
pub fn at_least(count: usize, truths: &[Truth]) -> Truth {
    let yes = truths.iter().filter(|truth| **truth == Truth::Yes).count();
    let possible = truths.iter().filter(|truth| **truth != Truth::No).count();
    if yes >= count {
        Truth::Yes
    } else if possible < count {
        Truth::No
    } else {
        Truth::Unknown
    }
}

fn units_between(unit: Unit, from: Day, to: Day) -> Fraction {
    let days = to - from;
    Fraction::from_integer(i128::from(match unit {
        Unit::Days => days,
        Unit::Weeks => days / 7,
        Unit::Months => calendar::completed_months(from, to),
        Unit::Years => calendar::completed_months(from, to) / 12,
    }))
}

pub fn parse_decimal(text: &str) -> Fraction {
    let (whole, part) = text.split_once('.').unwrap_or((text, ""));
    let digits: i128 = format!("{whole}{part}").parse().expect("decimal digits");
    Fraction::new(digits, 10_i128.pow(u32::try_from(part.len()).unwrap()))
}
