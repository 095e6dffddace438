//! Values near each other, so that thresholds are met, missed and hit: the pools of facts and of literals are the same.

use super::random::Random;
use super::tree::{boxed, duration, expr, name, number, path, quantity};
use crate::reference::{Day, parse_day};
use riktlinje::DurationUnit;
use riktlinje::syntax::ast::{self, Direction, Expr, ExprKind, Factor, Sign};

pub const DIAGNOSES: &[&str] =
    &["F10", "F10.1", "F10.2", "F11", "F11.1", "F11.2", "F11.2F", "F11.2E", "F12", "F12.0", "F19", "F19.2", "E11"];
pub const DRUGS: &[&str] = &["N", "N07", "N07B", "N07BC", "N07BC01", "N07BC02", "N02", "N02A", "N02AA01"];
pub const COUNTIES: &[&str] = &["01", "13", "14"];
pub const KINDS: &[&str] = &["red", "green", "blue"];
pub const NUMBERS: &[&str] = &["-1", "0", "0.5", "1", "2", "2.5", "3", "4"];
pub const TEXTS: &[&str] = &["alpha", "beta"];
/// Leap days, ends of months and their neighbours.
pub const DAYS: &[&str] = &[
    "2004-02-28",
    "2004-02-29",
    "2004-03-01",
    "2005-01-31",
    "2006-11-22",
    "2006-11-23",
    "2023-12-31",
    "2024-01-31",
    "2024-02-28",
    "2024-02-29",
    "2024-03-01",
    "2024-03-31",
    "2024-04-30",
    "2024-08-15",
    "2025-01-31",
    "2025-02-28",
    "2025-03-01",
    "2026-02-28",
    "2026-11-22",
];
/// In kg and mg.
pub const WEIGHTS: &[(&str, &str)] = &[("49.5", "kg"), ("50", "kg"), ("50000", "g"), ("50.5", "kg"), ("51", "kg")];
pub const DOSES: &[(&str, &str)] = &[("0", "mg"), ("10", "mg"), ("0.01", "g"), ("20", "mg"), ("25", "mg")];
pub const LENGTHS: &[(i64, DurationUnit)] = &[
    (1, DurationUnit::Days),
    (14, DurationUnit::Days),
    (2, DurationUnit::Weeks),
    (1, DurationUnit::Months),
    (3, DurationUnit::Months),
    (12, DurationUnit::Months),
    (1, DurationUnit::Years),
    (2, DurationUnit::Years),
];

pub fn day(random: &mut Random) -> Day {
    let near = random.between(-1, 1);
    let around = if random.percent(30) { near } else { 0 };
    parse_day(random.pick(DAYS)).unwrap().0 + around
}

pub fn day_text(day: Day) -> String {
    crate::reference::day_text(day)
}

pub fn date_literal(random: &mut Random) -> Expr {
    let text = day_text(day(random));
    let parts: Vec<&str> = text.split('-').collect();
    let part = |index: usize| parts[index].parse::<u32>().unwrap();
    expr(ExprKind::Date(ast::DateLiteral {
        year: i32::try_from(part(0)).unwrap(),
        month: Some(part(1)),
        day: Some(part(2)),
    }))
}

/// `2024-02`, `2024`: whole periods, after `during`.
pub fn period_literal(random: &mut Random) -> Expr {
    let day = random.pick(DAYS);
    let (year, month) = (day[..4].parse().unwrap(), day[5..7].parse().unwrap());
    let month = random.percent(60).then_some(month);
    expr(ExprKind::Date(ast::DateLiteral { year, month, day: None }))
}

pub fn length(random: &mut Random) -> Expr {
    let (count, unit) = random.pick(LENGTHS);
    duration(count, unit)
}

pub fn code_system(pool: &[&str]) -> &'static str {
    match pool[0] {
        "N" => "ATC",
        "01" => "county",
        _ => "ICD-10-SE",
    }
}

pub fn code(random: &mut Random, pool: &[&str]) -> Expr {
    let at = random.below(pool.len());
    one_code(pool, at)
}

pub fn one_code(pool: &[&str], at: usize) -> Expr {
    let code = pool[at];
    let system = (code.starts_with(|c: char| c.is_ascii_digit())).then(|| name(code_system(pool)));
    expr(ExprKind::Code { system, code: name(code) })
}

/// What kinds of names an expression may use where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    YesNo,
    Number,
    Weight,
    Dose,
    Date,
    Choice,
    Diagnosis,
    Drug,
    County,
    Text,
    Length,
}

/// Names that can be used, and the definitions that were made so far.
#[derive(Debug, Clone, Default)]
pub struct Names {
    pub global: Vec<(String, Kind)>,
    /// Innermost last: the record's word (if it has one) and its list.
    pub bodies: Vec<(Option<String>, &'static str)>,
    /// Rules that can be tested: `laro`, `laro.age`.
    pub rules: Vec<(String, RuleKind)>,
    /// Scores and their bands.
    pub bands: Vec<(&'static str, Vec<&'static str>)>,
    /// Schedules, and how their dates can stand.
    pub schedules: Vec<(&'static str, &'static [riktlinje::syntax::ast::DateStatus])>,
    /// Whether there is a `period`.
    pub has_period: bool,
    /// Whether nothing may look at unknown itself.
    pub blind: bool,
    /// What can be absent: `there is` can be asked of it.
    pub perhaps_absent: Vec<&'static str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RuleKind {
    Eligibility,
    Criterion,
    Recommendation,
    Checklist,
    Item,
    Proposal,
    Option,
    Task,
    Parallel,
    Score,
    Indicator,
    Schedule,
}

pub const LISTS: &[&str] = &["diagnoses", "samples"];

pub fn fields(list: &str) -> &'static [(&'static str, Kind)] {
    match list {
        "diagnoses" => &[
            ("code", Kind::Diagnosis),
            ("documented", Kind::YesNo),
            ("onset", Kind::Date),
            ("severity", Kind::Number),
            ("colour", Kind::Choice),
        ],
        "samples" => &[
            ("taken", Kind::Date),
            ("positive", Kind::YesNo),
            ("dose", Kind::Dose),
            ("hue", Kind::Choice),
            ("per_day", Kind::Number),
            ("drug", Kind::Drug),
            ("answered", Kind::Date),
        ],
        "calls" => &[("made", Kind::Date), ("kept", Kind::YesNo), ("answered", Kind::Date)],
        other => panic!("no list `{other}`"),
    }
}

pub fn word_of(list: &str, depth: usize) -> &'static str {
    match (list, depth) {
        ("calls", _) => "call",
        ("diagnoses", 0) => "diagnosis",
        ("diagnoses", _) => "other_diagnosis",
        (_, 0) => "sample",
        (_, _) => "other_sample",
    }
}

impl Names {
    /// A name of a kind. In a body with `own`, one of the innermost record.
    pub fn find(&self, random: &mut Random, kind: Kind, own: Own) -> Option<Expr> {
        let mut found: Vec<String> = Vec::new();
        let innermost = self.bodies.len().saturating_sub(1);
        for (depth, (word, list)) in self.bodies.iter().enumerate() {
            for (field, _) in fields(list).iter().filter(|(_, field_kind)| *field_kind == kind) {
                if depth == innermost && (word.is_none() || random.percent(60)) {
                    found.push((*field).to_owned());
                } else if let Some(word) = word
                    && (depth == innermost || own == Own::Any)
                {
                    found.push(format!("{word}.{field}"));
                }
            }
        }
        if own == Own::Any || self.bodies.is_empty() {
            found.extend(self.global.iter().filter(|(_, k)| *k == kind).map(|(name, _)| name.clone()));
        }
        if found.is_empty() { None } else { Some(path(&random.pick(&found))) }
    }
}

/// "Each part of a body must mention the record."
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Own {
    /// Only names of the innermost record, if there is one.
    Record,
    Any,
}

pub struct Values<'g> {
    pub random: &'g mut Random,
    pub names: &'g mut Names,
}

impl Values<'_> {
    fn name_or(&mut self, kind: Kind, own: Own, otherwise: impl FnOnce(&mut Random) -> Expr) -> Expr {
        match self.names.find(self.random, kind, own) {
            Some(found) => found,
            None => otherwise(self.random),
        }
    }

    /// A value that is no mere literal; in a body with `Own::Record` it mentions the record.
    pub fn number(&mut self, own: Own, depth: usize) -> Expr {
        let roll = if depth == 0 { 0 } else { self.random.below(100) };
        match roll {
            0..45 => match self.names.find(self.random, Kind::Number, own) {
                Some(found) => found,
                None => self.units_between(own),
            },
            45..60 => {
                let mut terms = vec![(Sign::Plus, self.number(own, depth - 1))];
                for _ in 0..=self.random.below(2) {
                    let sign = self.random.pick(&[Sign::Plus, Sign::Minus]);
                    let other = self.term(depth - 1);
                    terms.push((sign, other));
                }
                expr(ExprKind::Sums(terms))
            }
            60..75 => {
                let mut factors = vec![(Factor::Times, self.number(own, 0))];
                for _ in 0..=self.random.below(2) {
                    let factor = self.random.pick(&[Factor::Times, Factor::Times, Factor::Per]);
                    let other = self.factor();
                    // Nothing can be divided by a nought that is written down, and nought times anything says little.
                    let other = if other == number("0") { number("2") } else { other };
                    factors.push((factor, other));
                }
                expr(ExprKind::Products(factors))
            }
            75..80 => {
                let value = Box::new(self.number(own, depth - 1));
                let decimals = super::tree::at(u32::try_from(self.random.below(2)).unwrap());
                expr(ExprKind::Round { value, decimals })
            }
            80..88 => {
                let condition = self.condition(own, depth - 1);
                let (then, otherwise) = (self.number(Own::Any, depth - 1), self.literal_number());
                expr(ExprKind::If { arms: vec![(condition, then)], otherwise: Box::new(otherwise) })
            }
            88..92 if self.names.bodies.is_empty() => self.look_up(),
            _ => self.units_between(own),
        }
    }

    fn term(&mut self, depth: usize) -> Expr {
        if self.random.percent(60) { self.literal_number() } else { self.number(Own::Any, depth) }
    }

    /// No `if` and no sums inside of a product: names and literals only.
    fn factor(&mut self) -> Expr {
        if self.random.percent(60) { self.literal_number() } else { self.number(Own::Any, 0) }
    }

    pub fn literal_number(&mut self) -> Expr {
        number(self.random.pick(NUMBERS))
    }

    fn look_up(&mut self) -> Expr {
        let (table, kind, columns) = self.random.pick(&[
            ("by_colour", Kind::Choice, ["points", "weight_of"]),
            ("by_drug", Kind::Drug, ["points", "weight_of"]),
            ("by_number", Kind::Number, ["points", "weight_of"]),
        ]);
        let Some(key) = self.names.find(self.random, kind, Own::Any) else { return self.units_between(Own::Any) };
        let otherwise = if self.random.percent(50) {
            ast::Otherwise::Unknown
        } else {
            ast::Otherwise::Value(self.literal_number())
        };
        expr(ExprKind::LookUp {
            key: Box::new(key),
            table: name(table),
            column: name(columns[self.random.below(2)]),
            otherwise: Box::new(otherwise),
        })
    }

    fn units_between(&mut self, own: Own) -> Expr {
        let units = [DurationUnit::Days, DurationUnit::Weeks, DurationUnit::Months, DurationUnit::Years];
        let unit = self.random.pick(&units);
        let from = self.name_or(Kind::Date, own, date_literal);
        let to = if self.random.percent(60) { expr(ExprKind::Today) } else { self.date(Own::Any, 0) };
        let (from, to) = (Box::new(from), Box::new(to));
        expr(if self.random.percent(85) {
            ExprKind::UnitsBetween { unit, from, to }
        } else {
            ExprKind::UnitsBetween { unit, from: to, to: from }
        })
    }

    pub fn date(&mut self, own: Own, depth: usize) -> Expr {
        let roll = if depth == 0 { 0 } else { self.random.below(100) };
        match roll {
            0..65 => self.name_or(Kind::Date, own, date_literal),
            65..80 => self.shifted(own),
            80..88 if self.names.bodies.is_empty() => {
                let condition = self.condition(own, depth - 1);
                let (then, otherwise) = (self.date(Own::Any, 0), self.date(Own::Any, 0));
                expr(ExprKind::If { arms: vec![(condition, then)], otherwise: Box::new(otherwise) })
            }
            88..96 if self.names.bodies.is_empty() => self.extreme(depth),
            _ => self.name_or(Kind::Date, own, date_literal),
        }
    }

    /// `14 days after X`
    pub fn shifted(&mut self, own: Own) -> Expr {
        let direction = self.random.pick(&[Direction::Before, Direction::After]);
        // With a name for the duration it would read as a comparison.
        let duration = Box::new(length(self.random));
        let anchor = Box::new(self.name_or(Kind::Date, own, date_literal));
        expr(ExprKind::Shifted { duration, direction, anchor })
    }

    pub fn length(&mut self) -> Expr {
        let found = self.names.global.iter().any(|(_, kind)| *kind == Kind::Length);
        match self.names.find(self.random, Kind::Length, Own::Any) {
            Some(length) if found && self.random.percent(15) => length,
            _ => length(self.random),
        }
    }

    /// The right side of a comparison of dates.
    pub fn other_date(&mut self) -> Expr {
        match self.random.below(10) {
            0..3 => date_literal(self.random),
            3..6 => expr(ExprKind::Today),
            6..8 => self.shifted(Own::Any),
            _ => self.date(Own::Any, 1),
        }
    }

    pub fn weight(&mut self, own: Own, depth: usize) -> Option<(Expr, Expr)> {
        if self.names.bodies.is_empty() && depth > 0 && self.random.percent(25) {
            let height = || path("height");
            let square = expr(ExprKind::Products(vec![(Factor::Times, height()), (Factor::Times, height())]));
            let index = expr(ExprKind::Products(vec![(Factor::Times, path("weight")), (Factor::Per, square)]));
            return Some((index, quantity(self.random.pick(&["20", "25", "30"]), "kg/m2")));
        }
        let (kind, pool) = if self.random.percent(50) { (Kind::Weight, WEIGHTS) } else { (Kind::Dose, DOSES) };
        let value = self.names.find(self.random, kind, own)?;
        let value = match self.random.below(4) {
            0 if depth > 0 => {
                let times = number(self.random.pick(&["2", "0.5", "1"]));
                expr(ExprKind::Products(vec![(Factor::Times, value), (Factor::Times, times)]))
            }
            1 if depth > 0 => {
                let (text, unit) = self.random.pick(pool);
                let sign = self.random.pick(&[Sign::Plus, Sign::Minus]);
                expr(ExprKind::Sums(vec![(Sign::Plus, value), (sign, quantity(text, unit))]))
            }
            _ => value,
        };
        let (text, unit) = self.random.pick(pool);
        Some((value, quantity(text, unit)))
    }

    pub fn today(&self) -> Box<Expr> {
        boxed(ExprKind::Today)
    }
}
