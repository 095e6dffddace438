//! From what a guideline means to what is run: conditions.

use super::builder::Builder;
use super::reading::{Form, Meaning, Reading, ReadingId, Subject};
use super::{CodeTest, Condition, ListId, Lit, Loop, LoopBody, Operand, RuleIndex, Target, TruthOp, ValueId};
use crate::ir::{self, Comparison, Constant, Expr, ExprKind, Polarity, QuantifierKind, Type};
use crate::schema::{FactType, ScalarType};
use crate::source::Place;
use crate::value::Truth;
use crate::value::partial::{Apart, Order};

pub(super) const TRUTH: Type = Type::Scalar(ScalarType::Truth);

/// Lowers one guideline.
pub(super) struct Lowering<'a> {
    pub(super) ir: &'a ir::Guideline,
    pub(super) builder: Builder,
    pub(super) readings: Vec<Reading>,
    pub(super) parameters: Vec<super::OpenParameter>,
    pub(super) set_parameters: Vec<super::SetParameter>,
    /// What each definition came to.
    pub(super) defines: Vec<(Meaning, ReadingId)>,
    /// By rule: what can be asked of it as a score.
    pub(super) scores: Vec<Option<super::score::ScoreCells>>,
    /// The lists whose records are around, outermost first.
    pub(super) records: Vec<ListId>,
    /// What the leaf at hand looks at.
    pub(super) subjects: Vec<Subject>,
    /// The lists and definitions that the leaf at hand looks at.
    pub(super) parts: Vec<ReadingId>,
    pub(super) plans: Vec<super::Plan>,
    /// By rule, as far as they are lowered.
    pub(super) plans_of_rules: Vec<Option<super::plans::PlanOfRule>>,
}

impl Lowering<'_> {
    pub(super) fn reading(&mut self, reading: Reading) -> ReadingId {
        self.readings.push(reading);
        ReadingId(self.readings.len() as u32 - 1)
    }

    fn compound(&mut self, place: Place, lit: Lit, form: Form, parts: &[Condition]) -> Condition {
        let parts = parts.iter().map(|part| part.reading).collect();
        let meaning = Meaning::Truth(lit);
        let reading = Reading { place, meaning, ty: TRUTH, form, subjects: Box::default(), parts };
        Condition { lit, reading: self.reading(reading) }
    }

    /// Lowers a leaf: whatever values it reads are noted as what it looks at.
    fn leaf(&mut self, place: Place, lower: impl FnOnce(&mut Self) -> Lit) -> Condition {
        let subjects = std::mem::take(&mut self.subjects);
        let parts = std::mem::take(&mut self.parts);
        let lit = lower(self);
        let reading = Reading {
            place,
            meaning: Meaning::Truth(lit),
            ty: TRUTH,
            form: Form::Leaf,
            subjects: std::mem::replace(&mut self.subjects, subjects).into(),
            parts: std::mem::replace(&mut self.parts, parts).into(),
        };
        Condition { lit, reading: self.reading(reading) }
    }

    /// An expression of type yes/no.
    pub(super) fn condition(&mut self, expr: &Expr) -> Condition {
        let place = expr.place;
        match &expr.kind {
            ExprKind::And(parts) => self.chain(place, parts, Form::All),
            ExprKind::Or(parts) => self.chain(place, parts, Form::Any),
            ExprKind::AtLeastOf(count, parts) => self.chain(place, parts, Form::AtLeast(*count)),
            ExprKind::Not(inner) => {
                let inner = self.condition(inner);
                self.compound(place, !inner.lit, Form::Not, &[inner])
            }
            ExprKind::Define(define) => self.define(place, *define),
            ExprKind::If { arms, otherwise } => self.choice(place, arms, otherwise),
            ExprKind::Status(polarity, target, test) => {
                let target = match target {
                    ir::RuleTarget::Rule(rule) => Target::Rule(RuleIndex(rule.0)),
                    ir::RuleTarget::Criterion(rule, index) => Target::Criterion(RuleIndex(rule.0), *index),
                };
                let lit = self.builder.truth(TruthOp::Status(target, *test));
                self.compound(place, signed(lit, *polarity), Form::Status(target), &[])
            }
            ExprKind::Band(polarity, rule, bands) => {
                let lit = self.band_of(*rule, *polarity, bands);
                self.compound(place, lit, Form::Status(Target::Rule(RuleIndex(rule.0))), &[])
            }
            ExprKind::Quantifier { kind, reading, list, body } => self.quantifier(place, *kind, *reading, list, body),
            ExprKind::ExtremeHas { extreme, list, by, body } => {
                let latest = *extreme == ir::ExtremeWord::Latest;
                self.loop_over(
                    place,
                    list,
                    ir::Reading::AsGiven,
                    Some(body),
                    TruthOp::ExtremeHas,
                    |lowering, record, body| {
                        let by = lowering.read_field(record, *by);
                        LoopBody::ExtremeHas { latest, by, body: lowering.or_yes(body) }
                    },
                )
            }
            ExprKind::OfExtremes { count, extreme, among, list, by, body } => {
                let latest = *extreme == ir::ExtremeWord::Latest;
                let (count, among) = (*count, *among);
                self.loop_over(
                    place,
                    list,
                    ir::Reading::AsGiven,
                    Some(body),
                    TruthOp::OfExtremes,
                    |lowering, record, body| {
                        let by = lowering.read_field(record, *by);
                        LoopBody::OfExtremes { count, among, latest, by, body: lowering.or_yes(body) }
                    },
                )
            }
            ExprKind::Different { count, list, field, within } => {
                self.loop_over(place, list, ir::Reading::AsGiven, None, TruthOp::Different, |lowering, record, _| {
                    let field = lowering.read_field(record, *field);
                    let within = within
                        .as_ref()
                        .map(|within| (lowering.read_field(record, within.0), lowering.value(&within.1)));
                    LoopBody::Different { count: *count, field, within }
                })
            }
            ExprKind::Compare(left, operator, right) => {
                self.leaf(place, |lowering| lowering.compare(left, *operator, right))
            }
            ExprKind::OneOf(value, polarity, options) => {
                self.leaf(place, |lowering| lowering.one_of(value, *polarity, options))
            }
            ExprKind::In(value, polarity, set) => self.leaf(place, |lowering| {
                let value = lowering.value(value);
                let lit = lowering.in_set(value, *set);
                lowering.signed_of(lit, *polarity, &[value])
            }),
            ExprKind::Between(value, low, high) => self.leaf(place, |lowering| {
                let op = TruthOp::Between(lowering.value(value), lowering.value(low), lowering.value(high));
                lowering.builder.comparison(op)
            }),
            ExprKind::During(value, period) => self.leaf(place, |lowering| {
                let op = TruthOp::During(lowering.value(value), lowering.value(period));
                lowering.builder.comparison(op)
            }),
            ExprKind::Distance { value, relation, duration, anchor } => self.leaf(place, |lowering| {
                let op = TruthOp::Apart {
                    value: lowering.value(value),
                    apart: apart(*relation),
                    duration: lowering.value(duration),
                    anchor: lowering.value(anchor),
                };
                lowering.builder.comparison(op)
            }),
            ExprKind::ThereIs(polarity, subject) => self.leaf(place, |lowering| match lowering.operand(subject) {
                Some(operand) => signed(lowering.builder.truth(TruthOp::ThereIs(operand)), *polarity),
                None => lowering.builder.constant_truth(Truth::Unknown),
            }),
            ExprKind::Known(polarity, subject) => self.leaf(place, |lowering| {
                let lit = lowering.known(subject);
                signed(lit, *polarity)
            }),
            ExprKind::Constant(constant) => {
                let truth = constant.truth().unwrap_or(Truth::Unknown);
                self.leaf(place, |lowering| lowering.builder.constant_truth(truth))
            }
            ExprKind::Parameter(parameter) => self.leaf(place, |lowering| lowering.truth_parameter(*parameter)),
            ExprKind::LookUp { .. } => self.leaf(place, |lowering| {
                // A yes/no column: compare what was looked up with yes.
                let value = lowering.value(expr);
                let yes = lowering.builder.constant(&Constant::Truth(true));
                lowering.builder.comparison(TruthOp::Compare(value, Order::Is, yes))
            }),
            ExprKind::Fact(_) | ExprKind::RecordField(..) | ExprKind::Field { .. } => {
                self.leaf(place, |lowering| match lowering.operand(expr) {
                    Some(operand) => lowering.builder.truth(TruthOp::Holds(operand)),
                    None => lowering.builder.constant_truth(Truth::Unknown),
                })
            }
            // INVARIANT: the checker lets no other expression stand where a condition is wanted.
            ExprKind::Today
            | ExprKind::Age { .. }
            | ExprKind::Count { .. }
            | ExprKind::CountedDates(_)
            | ExprKind::Each(_)
            | ExprKind::Sum { .. }
            | ExprKind::Extreme { .. }
            | ExprKind::Sums(_)
            | ExprKind::Products(_)
            | ExprKind::Shifted { .. }
            | ExprKind::UnitsBetween { .. }
            | ExprKind::Round(..)
            | ExprKind::Total(_)
            | ExprKind::GivenTotal { .. }
            | ExprKind::Convert(..) => self.leaf(place, |lowering| lowering.builder.constant_truth(Truth::Unknown)),
        }
    }

    fn chain(&mut self, place: Place, parts: &[Expr], form: Form) -> Condition {
        let parts: Vec<Condition> = parts.iter().map(|part| self.condition(part)).collect();
        let lits = parts.iter().map(|part| part.lit).collect();
        let lit = match form {
            Form::All => self.builder.all(lits),
            Form::AtLeast(count) => self.builder.at_least(count, lits),
            Form::Any
            | Form::Not
            | Form::Choice
            | Form::Leaf
            | Form::Define(_)
            | Form::Status(_)
            | Form::Loop { .. } => self.builder.any(lits),
        };
        self.compound(place, lit, form, &parts)
    }

    fn define(&mut self, place: Place, define: ir::DefineId) -> Condition {
        let name = self.ir.defines.get(define.0 as usize).map(|define| define.name.clone()).unwrap_or_default();
        match self.defines.get(define.0 as usize).copied() {
            Some((Meaning::Truth(lit), reading)) => {
                self.compound(place, lit, Form::Define(name), &[Condition { lit, reading }])
            }
            Some((Meaning::Value(_), _)) | None => {
                self.leaf(place, |lowering| lowering.builder.constant_truth(Truth::Unknown))
            }
        }
    }

    /// `if C then A else B` of conditions: where C is unknown, what A and B agree on.
    fn choice(&mut self, place: Place, arms: &[(Expr, Expr)], otherwise: &Expr) -> Condition {
        let mut parts = Vec::new();
        let lowered: Vec<(Lit, Lit)> = arms
            .iter()
            .map(|(condition, then)| {
                let (condition, then) = (self.condition(condition), self.condition(then));
                parts.extend([condition, then]);
                (condition.lit, then.lit)
            })
            .collect();
        let otherwise = self.condition(otherwise);
        parts.push(otherwise);
        let mut result = otherwise.lit;
        for (condition, then) in lowered.into_iter().rev() {
            let yes = self.builder.all(vec![condition, then]);
            let no = self.builder.all(vec![!condition, result]);
            let both = self.builder.all(vec![then, result]);
            result = self.builder.any(vec![yes, no, both]);
        }
        self.compound(place, result, Form::Choice, &parts)
    }

    fn quantifier(
        &mut self,
        place: Place,
        kind: QuantifierKind,
        reading: ir::Reading,
        list: &ir::List,
        body: &Expr,
    ) -> Condition {
        let condition = self.loop_over(place, list, reading, Some(body), TruthOp::Some, |_, _, body| {
            LoopBody::Condition(body.map(|body| if kind == QuantifierKind::Every { !body } else { body }))
        });
        match kind {
            QuantifierKind::Some => condition,
            // `every` is no record without it, `no` is no record with it.
            QuantifierKind::Every | QuantifierKind::No => {
                if let Some(reading) = self.readings.get_mut(condition.reading.0 as usize) {
                    reading.meaning = Meaning::Truth(!condition.lit);
                }
                Condition { lit: !condition.lit, ..condition }
            }
        }
    }

    /// A condition on a list.
    fn loop_over(
        &mut self,
        place: Place,
        list: &ir::List,
        reading: ir::Reading,
        body: Option<&Expr>,
        op: impl FnOnce(super::LoopId) -> TruthOp,
        make: impl FnOnce(&mut Self, ListId, Option<Lit>) -> LoopBody,
    ) -> Condition {
        let (looped, filter, body) = self.looped(list, reading, body, make);
        let lit = self.builder.truth(op(looped));
        let list = self.builder.list(list.fact);
        let reading = Reading {
            place,
            meaning: Meaning::Truth(lit),
            ty: TRUTH,
            form: Form::Loop { looped, filter, body },
            subjects: Box::new([Subject::Fact(Operand::List(list))]),
            parts: Box::default(),
        };
        Condition { lit, reading: self.reading(reading) }
    }

    /// A loop with the readings of its filter and body.
    pub(super) fn looped(
        &mut self,
        list: &ir::List,
        reading: ir::Reading,
        body: Option<&Expr>,
        make: impl FnOnce(&mut Self, ListId, Option<Lit>) -> LoopBody,
    ) -> (super::LoopId, Option<ReadingId>, Option<ReadingId>) {
        let id = self.builder.list(list.fact);
        // What stands in the body is read per record, not by the leaf around it.
        let subjects = std::mem::take(&mut self.subjects);
        let parts = std::mem::take(&mut self.parts);
        self.records.push(id);
        let filter = list.filter.as_deref().map(|filter| self.condition(filter));
        let body = body.map(|body| self.condition(body));
        let made = make(self, id, body.map(|body| body.lit));
        self.records.pop();
        self.subjects = subjects;
        self.parts = parts;
        let looped = Loop {
            list: id,
            depth: list.depth,
            closed: reading == ir::Reading::Recorded,
            filter: filter.map(|filter| filter.lit),
            body: made,
        };
        (self.builder.looped(looped), filter.map(|filter| filter.reading), body.map(|body| body.reading))
    }

    fn or_yes(&mut self, lit: Option<Lit>) -> Lit {
        lit.unwrap_or_else(|| self.builder.constant_truth(Truth::True))
    }

    // ---- comparisons ------------------------------------------------------------------------------

    fn compare(&mut self, left: &Expr, operator: Comparison, right: &Expr) -> Lit {
        let order = match operator {
            Comparison::Is => Order::Is,
            Comparison::IsNot => Order::IsNot,
            Comparison::AtLeast | Comparison::OnOrAfter => Order::AtLeast,
            Comparison::AtMost | Comparison::OnOrBefore => Order::AtMost,
            Comparison::MoreThan | Comparison::After => Order::MoreThan,
            Comparison::LessThan | Comparison::Before => Order::LessThan,
        };
        if is_truth(left) || is_truth(right) {
            return self.same_truth(left, order, right);
        }
        let (left_value, right_value) = (self.value(left), self.value(right));
        if let (Order::Is | Order::IsNot, ExprKind::Constant(Constant::Code(code))) = (order, &right.kind) {
            let test = self.builder.code_test(CodeTest::Is(code.clone()));
            let lit = self.builder.truth(TruthOp::Code(left_value, test));
            let polarity = if order == Order::Is { Polarity::Positive } else { Polarity::Negative };
            return self.signed_of(lit, polarity, &[left_value]);
        }
        self.ordered(left_value, order, right_value)
    }

    /// Opposite orders share one cell where no side can be absent.
    fn ordered(&mut self, left: ValueId, order: Order, right: ValueId) -> Lit {
        let both = [left, right];
        let absent = both.into_iter().any(|value| self.builder.can_be_absent(value));
        let compare = |order| TruthOp::Compare(left, order, right);
        match order {
            Order::IsNot if !absent => !self.builder.comparison(compare(Order::Is)),
            Order::AtMost if !absent => !self.builder.comparison(compare(Order::MoreThan)),
            Order::LessThan if !absent => !self.builder.comparison(compare(Order::AtLeast)),
            Order::Is | Order::IsNot | Order::AtLeast | Order::MoreThan | Order::AtMost | Order::LessThan => {
                self.builder.comparison(compare(order))
            }
        }
    }

    fn same_truth(&mut self, left: &Expr, order: Order, right: &Expr) -> Lit {
        let mut present = Vec::new();
        for side in [left, right] {
            if let Some(operand) = self.absent_truth(side) {
                present.push(self.builder.truth(TruthOp::ThereIs(operand)));
            }
        }
        let (left, right) = (self.inner_condition(left), self.inner_condition(right));
        let yes = self.builder.all(vec![left, right]);
        let no = self.builder.all(vec![!left, !right]);
        let same = self.builder.any(vec![yes, no]);
        let answer = if order == Order::Is { same } else { !same };
        self.builder.all(present.into_iter().chain([answer]).collect())
    }

    /// The yes/no fact that an expression is, where it can be absent.
    pub(super) fn absent_truth(&mut self, expr: &Expr) -> Option<Operand> {
        let mut expr = expr;
        while let ExprKind::Define(define) = &expr.kind {
            expr = &self.ir.defines.get(define.0 as usize)?.value;
        }
        let ExprKind::RecordField(fact, field) = &expr.kind else { return None };
        let can_be_absent = is_truth(expr) && self.is_or_none(*fact);
        can_be_absent.then(|| Operand::Slot(self.builder.slot(*fact, Some(*field))))
    }

    /// A condition inside a leaf: what it looks at is what the leaf looks at.
    pub(super) fn inner_condition(&mut self, expr: &Expr) -> Lit {
        let condition = self.condition(expr);
        let subjects = self.readings.get(condition.reading.0 as usize).map(|reading| reading.subjects.clone());
        for subject in subjects.unwrap_or_default() {
            self.subject(subject);
        }
        condition.lit
    }

    fn one_of(&mut self, value: &Expr, polarity: Polarity, options: &[Expr]) -> Lit {
        let id = self.value(value);
        let by_letters = match &value.ty {
            Type::Scalar(ScalarType::Code(_) | ScalarType::Choice(_) | ScalarType::Text) => true,
            Type::Scalar(
                ScalarType::Truth
                | ScalarType::Number
                | ScalarType::Quantity(_)
                | ScalarType::Date { .. }
                | ScalarType::Duration
                | ScalarType::Period
                | ScalarType::Any,
            )
            | Type::Age
            | Type::Record
            | Type::List => false,
        };
        let lit = if by_letters {
            let lits = options.iter().map(|option| self.compare(value, Comparison::Is, option)).collect();
            self.builder.any(lits)
        } else {
            let options: Vec<ValueId> = options.iter().map(|option| self.value(option)).collect();
            let absent =
                self.builder.can_be_absent(id) || options.iter().any(|option| self.builder.can_be_absent(*option));
            if polarity == Polarity::Negative && absent {
                // `is not` one and `is not` the other: where a side is absent each of these is no. Perhaps absent and
                // surely one of them: no either way, which only `is not` itself can see.
                let lits = options.iter().map(|option| self.ordered(id, Order::IsNot, *option)).collect();
                return self.builder.all(lits);
            }
            self.builder.comparison(TruthOp::OneOf(id, options.into()))
        };
        self.signed_of(lit, polarity, &[id])
    }

    fn in_set(&mut self, value: ValueId, set: ir::CodeSetId) -> Lit {
        let Some(named) = self.ir.code_sets.get(set.0 as usize) else {
            return self.builder.constant_truth(Truth::Unknown);
        };
        let test = CodeTest::In { set: named.codes.clone(), incomplete: !named.lists_not_supplied.is_empty() };
        let test = self.builder.code_test(test);
        self.builder.truth(TruthOp::Code(value, test))
    }

    /// A negative comparison is no where a side is absent, as the positive one is.
    fn signed_of(&mut self, lit: Lit, polarity: Polarity, values: &[ValueId]) -> Lit {
        match polarity {
            Polarity::Positive => lit,
            Polarity::Negative => {
                let mut lits = vec![!lit];
                for value in values {
                    if self.builder.can_be_absent(*value) {
                        lits.push(self.builder.truth(TruthOp::Present(*value)));
                    }
                }
                self.builder.all(lits)
            }
        }
    }

    fn known(&mut self, subject: &Expr) -> Lit {
        match self.operand(subject) {
            Some(operand) => self.builder.truth(TruthOp::Known(operand)),
            // A parameter is known when it is set; a definition when nothing of it is unknown cannot be asked.
            None => match &subject.kind {
                ExprKind::Parameter(parameter) => {
                    let set = self
                        .ir
                        .parameters
                        .get(parameter.0 as usize)
                        .is_some_and(|parameter| parameter.default.is_some());
                    self.builder.constant_truth(Truth::from(set))
                }
                ExprKind::Constant(_) | ExprKind::Today => self.builder.constant_truth(Truth::True),
                ExprKind::Define(define) => match self.defines.get(define.0 as usize).copied() {
                    Some((Meaning::Truth(lit), _)) => self.builder.truth(TruthOp::Settled(lit)),
                    Some((Meaning::Value(value), _)) => self.builder.truth(TruthOp::ValueKnown(value)),
                    None => self.builder.constant_truth(Truth::Unknown),
                },
                ExprKind::Fact(_)
                | ExprKind::RecordField(..)
                | ExprKind::Field { .. }
                | ExprKind::Age { .. }
                | ExprKind::And(_)
                | ExprKind::Or(_)
                | ExprKind::Not(_)
                | ExprKind::AtLeastOf(..)
                | ExprKind::Compare(..)
                | ExprKind::OneOf(..)
                | ExprKind::In(..)
                | ExprKind::Between(..)
                | ExprKind::During(..)
                | ExprKind::Distance { .. }
                | ExprKind::ThereIs(..)
                | ExprKind::Known(..)
                | ExprKind::Status(..)
                | ExprKind::Total(_)
                | ExprKind::Band(..)
                | ExprKind::GivenTotal { .. }
                | ExprKind::CountedDates(_)
                | ExprKind::Each(_)
                | ExprKind::Quantifier { .. }
                | ExprKind::Count { .. }
                | ExprKind::Sum { .. }
                | ExprKind::Extreme { .. }
                | ExprKind::ExtremeHas { .. }
                | ExprKind::OfExtremes { .. }
                | ExprKind::Different { .. }
                | ExprKind::LookUp { .. }
                | ExprKind::If { .. }
                | ExprKind::Sums(_)
                | ExprKind::Products(_)
                | ExprKind::Shifted { .. }
                | ExprKind::UnitsBetween { .. }
                | ExprKind::Round(..)
                | ExprKind::Convert(..) => self.builder.constant_truth(Truth::Unknown),
            },
        }
    }

    fn truth_parameter(&mut self, parameter: ir::ParameterId) -> Lit {
        match self.ir.parameters.get(parameter.0 as usize).and_then(|parameter| parameter.default.clone()) {
            Some(constant) => {
                self.set_parameter(parameter, &constant);
                self.builder.constant_truth(constant.truth().unwrap_or(Truth::Unknown))
            }
            None => {
                let open = self.open_parameter(parameter);
                self.subject(Subject::Parameter(open));
                self.builder.truth(TruthOp::Parameter(open))
            }
        }
    }

    pub(super) fn is_or_none(&self, fact: crate::schema::FactId) -> bool {
        match self.ir.schema.get(fact).map(|fact| &fact.ty) {
            Some(FactType::Scalar(ScalarType::Date { or_none }) | FactType::Record { or_none, .. }) => *or_none,
            Some(FactType::Scalar(_) | FactType::List { .. }) | None => false,
        }
    }
}

fn signed(lit: Lit, polarity: Polarity) -> Lit {
    match polarity {
        Polarity::Positive => lit,
        Polarity::Negative => !lit,
    }
}

pub(super) fn is_truth(expr: &Expr) -> bool {
    expr.ty == Type::Scalar(ScalarType::Truth)
}

fn apart(relation: ir::Distance) -> Apart {
    match relation {
        ir::Distance::AtLeastBefore => Apart::AtLeastBefore,
        ir::Distance::AtLeastAfter => Apart::AtLeastAfter,
        ir::Distance::MoreThanBefore => Apart::MoreThanBefore,
        ir::Distance::MoreThanAfter => Apart::MoreThanAfter,
        ir::Distance::WithinBefore => Apart::WithinBefore,
        ir::Distance::WithinAfter => Apart::WithinAfter,
        ir::Distance::WithinOf => Apart::WithinOf,
    }
}
