//! Scores: totals of items, and the bands that they fall in.

use super::comparison;
use super::fraction::{self, Fraction, fraction, unit_factor};
use super::guide::{Scope, Walk};
use super::value::{self, Range, Truth, Value, for_all};
use riktlinje::syntax::ast::{
    self, Band, BandReach, Comparison, Expr, ExprKind, ItemPoints, LastStretch, Polarity, Stretch, StretchKind,
};

#[derive(Debug, Clone, PartialEq)]
pub struct ScoreAnswer {
    pub id: String,
    pub status: &'static str,
    pub total: Value,
    pub possible: Vec<String>,
}

/// A number of the tree, by its two parts.
fn exact(numerator: i128, denominator: i128) -> Fraction {
    fraction(numerator, denominator).expect("a number")
}

/// The least and the most that an item can be.
pub fn least_and_most(points: &ItemPoints) -> Option<Range<Fraction>> {
    let numbers: Vec<Fraction> = match points {
        ItemPoints::Range(low, high) => vec![
            exact(low.value.numerator(), low.value.denominator()),
            exact(high.value.numerator(), high.value.denominator()),
        ],
        ItemPoints::Listed(listed) => {
            listed.iter().map(|number| exact(number.value.numerator(), number.value.denominator())).collect()
        }
        ItemPoints::Weighted { .. } => return None,
    };
    Some(Range::new(numbers.iter().min().copied(), numbers.iter().max().copied()))
}

impl<'a> Walk<'a> {
    pub fn score(&self, rule: &'a ast::Score) -> ScoreAnswer {
        let (when, total) = (self.when(&rule.head), self.total(rule, &Scope::default()));
        let possible = self.possible_bands(rule, &total);
        let settled = if rule.bands.is_empty() {
            matches!(&total, Value::Number(Range { low: Some(low), high: Some(high), .. }) if low == high)
        } else {
            possible.len() == 1
        };
        let applies = if total == Value::Absent { Truth::No } else { when };
        let status = match applies {
            Truth::No => "not_applicable",
            Truth::Unknown => "undetermined",
            Truth::Yes if settled => "banded",
            Truth::Yes => "undetermined",
        };
        let (total, possible) = match applies {
            Truth::No => (Value::Absent, Vec::new()),
            Truth::Unknown | Truth::Yes => (total, possible),
        };
        ScoreAnswer {
            id: rule.head.name.value.to_string(),
            status,
            total,
            possible: possible.into_iter().map(|band| band.name.value.to_string()).collect(),
        }
    }

    /// "In conditions a score is its total. Where it does not apply its total is absent; where it is unknown whether it
    /// applies, its total as a number is unknown." The days of the dates that it is made of are those of the comparison.
    pub fn total_as_value(&self, rule: &'a ast::Score, days: &Scope<'a>) -> Value {
        match (self.when(&rule.head), self.total(rule, days)) {
            // "*Not applicable*: `when` is no, or what the total is made of is known to be absent."
            (Truth::No, _) | (_, Value::Absent) => Value::Absent,
            (Truth::Unknown, _) => Value::Unknown,
            (Truth::Yes, total) => total,
        }
    }

    /// "A band that is ruled out already is a no whatever is still unknown. Where the score does not apply, both `is` and
    /// `is not` are no."
    pub fn band_test(&self, rule: &'a ast::Score, polarity: Polarity, bands: &'a [ast::Name]) -> Truth {
        let answer = self.score(rule);
        if answer.status == "not_applicable" {
            return Truth::No;
        }
        let is_one = |band: &String| bands.iter().any(|name| *name.value == **band);
        let asked = answer.possible.iter().map(|band| Truth::of(is_one(band) == (polarity == Polarity::Positive)));
        let perhaps_not_at_all = (self.when(&rule.head) == Truth::Unknown).then_some(Truth::No);
        for_all(asked.chain(perhaps_not_at_all))
    }

    fn points(&self, item: &'a ast::ScoreItem, name: &'a ast::Name) -> Value {
        let ItemPoints::Weighted { arms, otherwise } = &item.points else {
            return self.named(std::slice::from_ref(name), &Scope::default());
        };
        // "Gives the points of the first condition that holds, else 0. Where a condition is unknown the points lie between
        // those that are left."
        let mut left: Option<Value> = None;
        let mut add = |points: Fraction| {
            let points = Value::number(points);
            left = Some(left.take().map_or(points.clone(), |so_far| so_far.hull(points)));
        };
        for (points, condition) in arms {
            let holds = self.truth(condition, &Scope::default());
            if holds != Truth::No {
                add(exact(points.value.numerator(), points.value.denominator()));
            }
            if holds == Truth::Yes {
                return left.expect("what was added");
            }
        }
        add(otherwise.as_ref().map_or(Fraction::from_integer(0), |otherwise| {
            exact(otherwise.value.numerator(), otherwise.value.denominator())
        }));
        left.expect("what was added")
    }

    fn sum_of_items(&self, rule: &'a ast::Score) -> Value {
        let mut sum = Range::point(Fraction::from_integer(0));
        for item in &rule.items {
            for name in &item.names {
                let Some(points) = self.points(item, name).as_number() else { return Value::Unknown };
                let Some(next) = value::add(sum, points) else { return Value::Unknown };
                sum = next;
            }
        }
        Value::Number(sum)
    }

    fn total(&self, rule: &'a ast::Score, days: &Scope<'a>) -> Value {
        let Some(total) = &rule.total else { return self.total_of_items(rule) };
        rounded(rule, total, self.value(&total.value, days))
    }

    /// "All items known: their sum. Else the given total, if the known items allow it. Else what the items allow."
    fn total_of_items(&self, rule: &'a ast::Score) -> Value {
        let sum = self.sum_of_items(rule);
        let (Some(given), Some(range)) = (self.given_total(rule), sum.as_number()) else { return sum };
        let is_known = range.low.is_some() && range.low == range.high;
        match given.as_number() {
            Some(number) if !is_known && comparison::compare(Comparison::Is, &given, &sum) != Truth::No => {
                Value::Number(number)
            }
            _ => sum,
        }
    }

    fn given_total(&self, rule: &'a ast::Score) -> Option<Value> {
        let given = rule.given.as_ref()?;
        Some(self.named(std::slice::from_ref(&given.fact), &Scope::default()))
    }

    /// "A given total that differs from the sum, or that no completion of the items can make, is told as a broken
    /// assumption."
    pub fn given_total_is_wrong(&self, rule: &'a ast::Score) -> bool {
        let Some(given) = self.given_total(rule) else { return false };
        let same = comparison::compare(Comparison::Is, &given, &self.sum_of_items(rule));
        self.when(&rule.head) == Truth::Yes && same == Truth::No
    }

    /// Of the bands from the highest to the lowest, those that can be the first that holds.
    fn possible_bands(&self, rule: &'a ast::Score, total: &Value) -> Vec<&'a Band> {
        let mut possible = Vec::new();
        for band in &rule.bands {
            let holds = self.reaches(rule, &band.reach, total);
            if holds != Truth::No {
                possible.push(band);
            }
            if holds == Truth::Yes {
                break;
            }
        }
        possible
    }

    fn reaches(&self, rule: &'a ast::Score, reach: &'a BandReach, total: &Value) -> Truth {
        let BandReach::Stretches { arms, last } = reach else { return Truth::Yes };
        let mut left = Vec::new();
        for (stretch, condition) in arms {
            let holds = self.truth(condition, &Scope::default());
            if holds != Truth::No {
                left.push(self.lies_in(rule, stretch, total));
            }
            if holds == Truth::Yes {
                return for_all(left.into_iter());
            }
        }
        match last {
            Some(LastStretch::Stretch(stretch)) => left.push(self.lies_in(rule, stretch, total)),
            // "Where conditions on one choice name each of its words, there is nothing left for `otherwise`."
            Some(LastStretch::Undetermined(_)) if self.names_every_word(arms) => {}
            Some(LastStretch::Undetermined(_)) | None => left.push(Truth::Unknown),
        }
        for_all(left.into_iter())
    }

    fn names_every_word(&self, arms: &'a [(Stretch, Expr)]) -> bool {
        let asked = arms.iter().map(|(_, condition)| match &condition.kind {
            ExprKind::Compare { left, operator: Comparison::Is, right } => match (&left.kind, &right.kind) {
                (ExprKind::Path(fact), ExprKind::Path(word)) if fact.len() == 1 && word.len() == 1 => {
                    Some((&*fact[0].value, &*word[0].value))
                }
                _ => None,
            },
            _ => None,
        });
        let Some(asked) = asked.collect::<Option<Vec<(&str, &str)>>>() else { return false };
        let Some(fact) = asked.first().and_then(|(fact, _)| self.guide.fact(fact)) else { return false };
        let ast::FactTypeKind::OneOf(words) = &fact.ty.kind else { return false };
        let same = asked.iter().all(|(name, _)| *name == &*fact.name.value);
        same && words.iter().all(|word| asked.iter().any(|(_, asked)| *asked == &*word.value))
    }

    /// "Each band is a condition on the total": in one comparison the days of a date that occurs twice are tried jointly.
    fn lies_in(&self, rule: &'a ast::Score, stretch: &'a Stretch, total: &Value) -> Truth {
        let with = |ends: &[&'a Expr], test: &dyn Fn(&Value, &[Value]) -> Truth| match &rule.total {
            Some(stated) => {
                let operands: Vec<&'a Expr> = std::iter::once(&stated.value).chain(ends.iter().copied()).collect();
                self.comparison(&operands, &Scope::default(), &|values| {
                    test(&rounded(rule, stated, values[0].clone()), &values[1..])
                })
            }
            None => {
                let ends: Vec<Value> = ends.iter().map(|end| self.value(end, &Scope::default())).collect();
                test(total, &ends)
            }
        };
        let compare =
            |operator, to: &'a Expr| with(&[to], &|total, ends| comparison::compare(operator, total, &ends[0]));
        match &stretch.kind {
            StretchKind::From(low) => compare(Comparison::AtLeast, low),
            StretchKind::FromTo(low, high) => {
                with(&[low, high], &|total, ends| comparison::between(total, &ends[0], &ends[1]))
            }
            StretchKind::AtMost(high) => compare(Comparison::AtMost, high),
            StretchKind::MoreThan(low) => compare(Comparison::MoreThan, low),
            StretchKind::LessThan(high) => compare(Comparison::LessThan, high),
        }
    }
}

/// "The bands look at the rounded value. A quantity is rounded in the unit in which the bands are written."
fn rounded(rule: &ast::Score, total: &ast::ScoreTotal, value: Value) -> Value {
    let (Some(decimals), Some(range)) = (&total.decimals, value.as_number()) else { return value };
    let per = rule.bands.iter().find_map(|band| unit(&band.reach)).unwrap_or(Fraction::from_integer(1));
    let rounded = |end: Option<Fraction>| match end {
        Some(end) => {
            let shown = fraction::round(end / per, decimals.value)?;
            Some(Some(shown * per))
        }
        None => Some(None),
    };
    let ends = rounded(range.low).zip(rounded(range.high));
    ends.map_or(Value::Unknown, |(low, high)| Value::Number(Range { low, high, ..range }))
}

/// What one of the unit of a band is in base units.
fn unit(reach: &BandReach) -> Option<Fraction> {
    let BandReach::Stretches { arms, last } = reach else { return None };
    let last = match last {
        Some(LastStretch::Stretch(stretch)) => Some(&**stretch),
        Some(LastStretch::Undetermined(_)) | None => None,
    };
    let stretch = arms.first().map(|(stretch, _)| stretch).or(last)?;
    let (StretchKind::From(end)
    | StretchKind::FromTo(end, _)
    | StretchKind::AtMost(end)
    | StretchKind::MoreThan(end)
    | StretchKind::LessThan(end)) = &stretch.kind;
    match &end.kind {
        ExprKind::Quantity { unit, .. } => Some(unit_factor(&unit.value)),
        _ => None,
    }
}
