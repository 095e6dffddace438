//! Conditions of every form.

use super::tree::{at, boxed, duration, expr, name, names, number, path, quantity};
use super::value::{
    COUNTIES, DIAGNOSES, DOSES, DRUGS, KINDS, Kind, LENGTHS, Own, RuleKind, TEXTS, Values, code, one_code,
    period_literal,
};
use riktlinje::DurationUnit;
use riktlinje::syntax::ast::{Comparison, Distance, Expr, ExprKind, Layout, Polarity, StatusWord};

const ORDERED: &[Comparison] = &[
    Comparison::Is,
    Comparison::IsNot,
    Comparison::AtLeast,
    Comparison::AtMost,
    Comparison::MoreThan,
    Comparison::LessThan,
];
const OF_DATES: &[Comparison] = &[
    Comparison::Is,
    Comparison::IsNot,
    Comparison::Before,
    Comparison::After,
    Comparison::OnOrBefore,
    Comparison::OnOrAfter,
];
const DISTANCES: &[Distance] = &[
    Distance::AtLeastBefore,
    Distance::AtLeastAfter,
    Distance::MoreThanBefore,
    Distance::MoreThanAfter,
    Distance::WithinBefore,
    Distance::WithinAfter,
    Distance::WithinOf,
];

fn is_negation(condition: &Expr) -> bool {
    matches!(condition.kind, ExprKind::Not(_))
}

impl Values<'_> {
    fn polarity(&mut self) -> Polarity {
        if self.random.percent(70) { Polarity::Positive } else { Polarity::Negative }
    }

    /// A condition of any form, `depth` brackets deep at most.
    pub fn condition(&mut self, own: Own, depth: usize) -> Expr {
        let roll = if depth == 0 { 99 } else { self.random.below(100) };
        match roll {
            0..14 => self.chain(own, depth, |operands, layout| ExprKind::And { operands, layout }),
            14..28 => self.chain(own, depth, |operands, layout| ExprKind::Or { operands, layout }),
            28..36 => {
                let inner = self.condition(own, depth - 1);
                if is_negation(&inner) || has_own_negative(&inner) {
                    inner
                } else {
                    expr(ExprKind::Not(Box::new(inner)))
                }
            }
            36..40 => {
                let conditions: Vec<Expr> =
                    (0..2 + self.random.below(2)).map(|_| self.condition(own, depth - 1)).collect();
                let count = at(u32::try_from(1 + self.random.below(conditions.len())).unwrap());
                expr(ExprKind::AtLeastOf { count, conditions })
            }
            40..65 => self.list_condition(depth),
            _ => self.comparison(own, depth),
        }
    }

    fn chain(&mut self, own: Own, depth: usize, make: impl FnOnce(Vec<Expr>, Layout) -> ExprKind) -> Expr {
        let count = 2 + self.random.below(2);
        let operands: Vec<Expr> = (0..count).map(|_| self.condition(own, depth - 1)).collect();
        let layout = if self.random.percent(20) { Layout::Lines } else { Layout::Inline };
        let made = make(Vec::new(), layout);
        // A chain directly inside a chain of its own kind is one chain.
        let flat = operands.into_iter().flat_map(|operand| match (&made, operand.kind) {
            (ExprKind::And { .. }, ExprKind::And { operands, .. })
            | (ExprKind::Or { .. }, ExprKind::Or { operands, .. }) => operands,
            (_, kind) => vec![expr(kind)],
        });
        let flat: Vec<Expr> = flat.collect();
        expr(match made {
            ExprKind::And { .. } => ExprKind::And { operands: flat, layout },
            _ => ExprKind::Or { operands: flat, layout },
        })
    }

    /// One comparison, or a yes/no name.
    pub fn comparison(&mut self, own: Own, depth: usize) -> Expr {
        for _ in 0..8 {
            if let Some(found) = self.try_comparison(own, depth) {
                return found;
            }
        }
        self.names.find(self.random, Kind::YesNo, own).expect("there is always a yes/no name")
    }

    fn try_comparison(&mut self, own: Own, depth: usize) -> Option<Expr> {
        let global = self.names.bodies.is_empty();
        Some(match self.random.below(20) {
            0 | 1 => {
                let flag = self.names.find(self.random, Kind::YesNo, own)?;
                if self.random.percent(70) {
                    return Some(flag);
                }
                let operator = self.random.pick(&[Comparison::Is, Comparison::IsNot]);
                let truth = riktlinje::Truth::from(self.random.percent(50));
                compare(flag, operator, expr(ExprKind::Truth(truth)))
            }
            2..5 => {
                let left = self.number(own, depth);
                match self.random.below(6) {
                    0 => {
                        let (low, high) =
                            self.random.pick(&[("0", "2"), ("1", "1"), ("-1", "0.5"), ("2", "3"), ("2.5", "4")]);
                        between(left, number(low), number(high))
                    }
                    1 => {
                        let options = vec![self.literal_number(), self.literal_number()];
                        let polarity = self.polarity();
                        expr(ExprKind::OneOf { value: Box::new(left), polarity, options })
                    }
                    2 => {
                        let right = self.number(Own::Any, depth.min(1));
                        compare(left, self.random.pick(ORDERED), right)
                    }
                    _ => {
                        let right = self.literal_number();
                        compare(left, self.random.pick(ORDERED), right)
                    }
                }
            }
            5 | 6 => {
                let (left, right) = self.weight(own, depth)?;
                compare(left, self.random.pick(ORDERED), right)
            }
            7 | 8 => {
                let left = self.names.find(self.random, Kind::Choice, own)?;
                if self.random.percent(60) {
                    let operator = self.random.pick(&[Comparison::Is, Comparison::IsNot]);
                    compare(left, operator, path(self.random.pick(KINDS)))
                } else {
                    let at = self.random.below(KINDS.len());
                    let options = vec![path(KINDS[at]), path(KINDS[(at + 1) % KINDS.len()])];
                    let polarity = self.polarity();
                    expr(ExprKind::OneOf { value: Box::new(left), polarity, options })
                }
            }
            9 | 10 => self.code_condition(own)?,
            11..16 => self.date_condition(own, depth)?,
            16 | 17 if global => self.age_condition(),
            18 => self.presence(own)?,
            19 if global => self.status().or_else(|| {
                let length = self.names.find(self.random, Kind::Length, own)?;
                let (count, unit) = self.random.pick(LENGTHS);
                Some(compare(length, self.random.pick(ORDERED), duration(count, unit)))
            })?,
            _ => {
                let left = self.names.find(self.random, Kind::Text, own)?;
                let operator = self.random.pick(&[Comparison::Is, Comparison::IsNot]);
                compare(left, operator, expr(ExprKind::Text((self.random.pick(TEXTS)).into())))
            }
        })
    }

    fn code_condition(&mut self, own: Own) -> Option<Expr> {
        let (kind, pool) = self.random.pick(&[
            (Kind::Diagnosis, DIAGNOSES),
            (Kind::Diagnosis, DIAGNOSES),
            (Kind::Drug, DRUGS),
            (Kind::County, COUNTIES),
        ]);
        let value = Box::new(self.names.find(self.random, kind, own)?);
        let polarity = self.polarity();
        Some(expr(match self.random.below(5) {
            0 => {
                let operator = self.random.pick(&[Comparison::Is, Comparison::IsNot]);
                return Some(compare(*value, operator, code(self.random, pool)));
            }
            1 => {
                let first = self.random.below(pool.len());
                let step = 1 + self.random.below(pool.len() - 1);
                let second = (first + step) % pool.len();
                let options = vec![one_code(pool, first), one_code(pool, second)];
                ExprKind::OneOf { value, polarity, options }
            }
            2 => ExprKind::In { value, polarity, set: Box::new(code(self.random, pool)) },
            3 if kind == Kind::Diagnosis => {
                let (from, to) =
                    self.random.pick(&[("F10", "F19"), ("F11", "F12"), ("F10.1", "F11.1"), ("F10", "F10")]);
                let set = boxed(ExprKind::CodeRange { system: None, from: name(from), to: name(to) });
                ExprKind::In { value, polarity, set }
            }
            _ => {
                let sets: &[&str] = match kind {
                    Kind::Diagnosis => &["dependence", "broad", "narrow"],
                    Kind::Drug => &["opioids", "listed"],
                    _ => &["home"],
                };
                ExprKind::In { value, polarity, set: Box::new(path(self.random.pick(sets))) }
            }
        }))
    }

    fn date_condition(&mut self, own: Own, depth: usize) -> Option<Expr> {
        let value = self.date(own, depth.min(1));
        // `1 year before y` is a date only after a word of dates: on the left a name stands.
        let value = match value.kind {
            ExprKind::Shifted { .. } | ExprKind::If { .. } => self.names.find(self.random, Kind::Date, own)?,
            _ => value,
        };
        Some(match self.random.below(10) {
            0..4 => {
                let right = self.other_date();
                compare(value, self.random.pick(OF_DATES), right)
            }
            4..8 => {
                let relation = self.random.pick(DISTANCES);
                let length = Box::new(self.length());
                let anchor = Box::new(match self.random.below(10) {
                    0..5 => *self.today(),
                    _ => self.date(Own::Any, 0),
                });
                expr(ExprKind::Distance { value: Box::new(value), relation, duration: length, anchor })
            }
            8 => {
                let period = if self.names.has_period && self.random.percent(30) {
                    path("period")
                } else if self.random.percent(60) {
                    period_literal(self.random)
                } else {
                    path("stay")
                };
                expr(ExprKind::During { value: Box::new(value), period: Box::new(period) })
            }
            _ => {
                let (first, second) = (self.date(Own::Any, 0), self.date(Own::Any, 0));
                let is_name = matches!(value.kind, ExprKind::Path(_));
                if !is_name || self.random.percent(60) {
                    between(value, first, second)
                } else {
                    let polarity = self.polarity();
                    expr(ExprKind::OneOf { value: Box::new(value), polarity, options: vec![first, second] })
                }
            }
        })
    }

    fn age_condition(&mut self) -> Expr {
        let on = self.random.percent(20).then(|| Box::new(path(self.random.pick(&["visit", "discharge", "today"]))));
        let on = on.map(|on| match &on.kind {
            ExprKind::Path(names) if &*names[0].value == "today" => self.today(),
            _ => on,
        });
        let age = || expr(ExprKind::Age { on: on.clone() });
        let limits = [
            (17, DurationUnit::Years),
            (18, DurationUnit::Years),
            (20, DurationUnit::Years),
            (21, DurationUnit::Years),
            (240, DurationUnit::Months),
            (12, DurationUnit::Months),
        ];
        let limit = |random: &mut super::Random| {
            let (count, unit) = random.pick(&limits);
            duration(count, unit)
        };
        let one = if self.random.percent(25) { path("minimum_age") } else { limit(self.random) };
        match self.random.below(10) {
            0 => between(age(), duration(18, DurationUnit::Years), duration(20, DurationUnit::Years)),
            1 => expr(ExprKind::AgeOrOlder { age: Box::new(age()), duration: Box::new(limit(self.random)) }),
            _ => compare(age(), self.random.pick(ORDERED), one),
        }
    }

    /// `is known`, `there is`.
    fn presence(&mut self, own: Own) -> Option<Expr> {
        let kinds = [Kind::Number, Kind::Date, Kind::YesNo, Kind::Choice];
        let polarity = self.polarity();
        if own == Own::Any && self.names.bodies.is_empty() && self.random.percent(50) {
            let known = !self.names.blind && self.random.percent(25);
            let what = if known { "referral" } else { self.random.pick(&self.names.perhaps_absent) };
            let path = names(&[what]);
            return Some(expr(if !known {
                ExprKind::ThereIs { polarity, path }
            } else {
                ExprKind::Known { polarity, path }
            }));
        }
        if self.names.blind {
            return None;
        }
        let kind = self.random.pick(&kinds);
        let found = self.names.find(self.random, kind, own)?;
        let ExprKind::Path(path) = found.kind else { return None };
        // A definition, parameter or score is no fact.
        let first = &*path[0].value;
        let declared =
            first.starts_with("derived_") || first.starts_with("limit") || matches!(first, "minimum_age" | "audit");
        (!declared).then(|| expr(ExprKind::Known { polarity, path }))
    }

    /// `band of audit is risk`
    fn band(&mut self) -> Option<Expr> {
        if self.names.bands.is_empty() {
            return None;
        }
        let (score, bands) = self.random.pick(&self.names.bands);
        let at = self.random.below(bands.len());
        let mut asked = vec![name(bands[at])];
        if self.random.percent(30) {
            asked.push(name(bands[(at + 1) % bands.len()]));
        }
        let polarity = self.polarity();
        Some(expr(ExprKind::Band { score: vec![name(score)], polarity, bands: asked }))
    }

    fn status(&mut self) -> Option<Expr> {
        if self.random.percent(25)
            && let Some(band) = self.band()
        {
            return Some(band);
        }
        if self.random.percent(50)
            && let Some(counted) = self.dates_counted()
        {
            return Some(counted);
        }
        if self.names.rules.is_empty() {
            return None;
        }
        let (rule, kind) = self.random.pick(&self.names.rules);
        let words: &[StatusWord] = match kind {
            RuleKind::Eligibility => {
                &[StatusWord::Met, StatusWord::Refer, StatusWord::Undetermined, StatusWord::NotApplicable]
            }
            RuleKind::Criterion => &[StatusWord::Met, StatusWord::Excepted, StatusWord::Undetermined],
            RuleKind::Recommendation => &[
                StatusWord::Recommended,
                StatusWord::AdvisedAgainst,
                StatusWord::Undetermined,
                StatusWord::NotApplicable,
            ],
            RuleKind::Checklist => {
                &[StatusWord::Complete, StatusWord::Incomplete, StatusWord::Undetermined, StatusWord::NotApplicable]
            }
            RuleKind::Item => &[StatusWord::Met, StatusWord::Undetermined],
            RuleKind::Proposal => &[
                StatusWord::Proposed,
                StatusWord::NoneApplies,
                StatusWord::Conflict,
                StatusWord::PossibleConflict,
                StatusWord::Undetermined,
                StatusWord::NotApplicable,
            ],
            RuleKind::Task => &[
                StatusWord::ToDo,
                StatusWord::Done,
                StatusWord::Late,
                StatusWord::DoneLate,
                StatusWord::Undetermined,
                StatusWord::NotApplicable,
            ],
            RuleKind::Parallel => &[
                StatusWord::InParallel,
                StatusWord::Waiting,
                StatusWord::OutOfStep,
                StatusWord::Undetermined,
                StatusWord::NotApplicable,
            ],
            RuleKind::Score | RuleKind::Indicator => &[StatusWord::Undetermined, StatusWord::NotApplicable],
            RuleKind::Schedule => &[StatusWord::InForce, StatusWord::Undetermined, StatusWord::NotApplicable],
            RuleKind::Option => &[StatusWord::Proposed, StatusWord::Proposed, StatusWord::Undetermined],
        };
        let status = match self.random.pick(words) {
            StatusWord::Undetermined | StatusWord::PossibleConflict if self.names.blind => return None,
            word => at(word),
        };
        if kind == RuleKind::Indicator && status.value == StatusWord::NotApplicable {
            return None;
        }
        let polarity = self.polarity();
        let rule = rule.split('.').map(name).collect();
        Some(expr(ExprKind::Status { polarity, rule, status }))
    }

    pub fn dose_literal(&mut self) -> Expr {
        let (text, unit) = self.random.pick(DOSES);
        quantity(text, unit)
    }

    pub fn small_number(&mut self) -> Expr {
        number(self.random.pick(&["0", "1", "2", "3"]))
    }
}

/// `not` before one of these is a negative of its own (`is not one of`, `not in`), or reads badly.
fn has_own_negative(condition: &Expr) -> bool {
    matches!(
        condition.kind,
        ExprKind::In { .. }
            | ExprKind::OneOf { .. }
            | ExprKind::Known { .. }
            | ExprKind::ThereIs { .. }
            | ExprKind::Status { .. }
    )
}

pub fn compare(left: Expr, operator: Comparison, right: Expr) -> Expr {
    expr(ExprKind::Compare { left: Box::new(left), operator, right: Box::new(right) })
}

pub fn between(value: Expr, low: Expr, high: Expr) -> Expr {
    expr(ExprKind::Between { value: Box::new(value), low: Box::new(low), high: Box::new(high) })
}
