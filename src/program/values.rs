//! From what a guideline means to what is run: values and facts.

use super::lower::Lowering;
use super::reading::{Form, Meaning, Reading, Subject};
use super::{LoopBody, OpenParameter, Operand, SetParameter, ValueId, ValueOp};
use crate::ir::{self, Constant, Direction, Expr, ExprKind, ExtremeWord, Factor, LeapDay, Sign, Type};
use crate::schema::{FactType, FieldId, ScalarType};
use crate::value::Number;
use crate::value::partial::LeapBirthday;

impl Lowering<'_> {
    pub(super) fn subject(&mut self, subject: Subject) {
        if !self.subjects.contains(&subject) {
            self.subjects.push(subject);
        }
    }

    /// An expression as a value.
    pub(super) fn value(&mut self, expr: &Expr) -> ValueId {
        match &expr.kind {
            ExprKind::Constant(constant) => self.builder.constant(constant),
            ExprKind::Today => self.builder.value(ValueOp::Today),
            ExprKind::Fact(_) | ExprKind::RecordField(..) | ExprKind::Field { .. } => self.fact(expr),
            ExprKind::Parameter(parameter) => self.parameter(*parameter),
            ExprKind::Define(define) => self.defined(*define),
            ExprKind::Age { birth, on, leap_day } => {
                let op = ValueOp::Age {
                    birth: self.value(birth),
                    on: self.value(on),
                    leap_birthday: match leap_day {
                        LeapDay::February28 => LeapBirthday::February28,
                        LeapDay::March1 => LeapBirthday::March1,
                    },
                };
                self.builder.value(op)
            }
            ExprKind::Count { list, body } => {
                let (looped, filter, body) =
                    self.looped(list, ir::Reading::AsGiven, body.as_deref(), |_, _, body| LoopBody::Condition(body));
                self.list_value(expr, list, looped, filter, body, ValueOp::Count(looped))
            }
            ExprKind::CountedDates(counted) => self.counted_dates(counted),
            // INVARIANT: stands only in the lines of a schedule, which look at its list.
            ExprKind::Each(_) => self.builder.constant(&Constant::Unknown),
            ExprKind::Sum { list, value } => {
                let (looped, filter, body) = self
                    .looped(list, ir::Reading::AsGiven, None, |lowering, _, _| LoopBody::Value(lowering.value(value)));
                self.list_value(expr, list, looped, filter, body, ValueOp::SumOf(looped))
            }
            ExprKind::Extreme { extreme, list, field } => {
                let latest = *extreme == ExtremeWord::Latest;
                let (looped, filter, body) = self.looped(list, ir::Reading::AsGiven, None, |lowering, record, _| {
                    LoopBody::Extreme { latest, by: lowering.read_field(record, *field) }
                });
                self.list_value(expr, list, looped, filter, body, ValueOp::Extreme(looped))
            }
            ExprKind::LookUp { key, table, column, otherwise } => {
                let op = ValueOp::LookUp {
                    key: self.value(key),
                    table: table.0,
                    column: *column,
                    otherwise: self.value(otherwise),
                };
                self.builder.value(op)
            }
            ExprKind::If { arms, otherwise } if !super::lower::is_truth(expr) => {
                let arms =
                    arms.iter().map(|(condition, then)| (self.inner_condition(condition), self.value(then))).collect();
                let otherwise = self.value(otherwise);
                self.builder.value(ValueOp::If { arms, otherwise })
            }
            ExprKind::Sums(parts) => {
                let parts = parts.iter().map(|(sign, part)| (self.value(part), *sign == Sign::Minus)).collect();
                self.builder.value(ValueOp::Sum(parts))
            }
            ExprKind::Products(parts) => {
                let parts = parts.iter().map(|(factor, part)| (self.value(part), *factor == Factor::Per)).collect();
                self.builder.value(ValueOp::Product(parts))
            }
            ExprKind::Shifted { anchor, direction, duration } => {
                let op = ValueOp::Shift {
                    anchor: self.value(anchor),
                    duration: self.value(duration),
                    earlier: *direction == Direction::Before,
                };
                self.builder.value(op)
            }
            ExprKind::UnitsBetween { unit, from, to } => {
                let op = ValueOp::UnitsBetween { unit: *unit, from: self.value(from), to: self.value(to) };
                self.builder.value(op)
            }
            ExprKind::Total(rule) => self.total_of(*rule),
            ExprKind::GivenTotal { sum, given } => {
                let (value, by) = (self.value(sum), self.value(given));
                self.builder.value(ValueOp::Narrowed { value, by })
            }
            ExprKind::Round(value, decimals) => {
                let value = self.value(value);
                self.builder.value(ValueOp::Round(value, *decimals))
            }
            ExprKind::Convert(inner, unit) => {
                let value = self.value(inner);
                let factor = match &inner.ty {
                    Type::Scalar(ScalarType::Quantity(from)) => from.factor_to(unit),
                    Type::Scalar(_) | Type::Age | Type::Record | Type::List => None,
                };
                match factor {
                    Some(factor) if factor == Number::ONE => value,
                    Some(factor) => {
                        let factor = self.builder.constant(&Constant::Number(factor.into()));
                        self.builder.value(ValueOp::Product(Box::new([(value, false), (factor, false)])))
                    }
                    // INVARIANT: the checker converts only between comparable units.
                    None => self.builder.constant(&Constant::Unknown),
                }
            }
            ExprKind::And(_)
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
            | ExprKind::Band(..)
            | ExprKind::Quantifier { .. }
            | ExprKind::ExtremeHas { .. }
            | ExprKind::OfExtremes { .. }
            | ExprKind::Different { .. }
            | ExprKind::If { .. } => {
                let lit = self.inner_condition(expr);
                self.builder.value(ValueOp::Truth(lit))
            }
        }
    }

    /// A value made from a list: the list is noted as a part of the leaf.
    fn list_value(
        &mut self,
        expr: &Expr,
        list: &ir::List,
        looped: super::LoopId,
        filter: Option<super::ReadingId>,
        body: Option<super::ReadingId>,
        op: ValueOp,
    ) -> ValueId {
        let value = self.builder.value(op);
        let id = self.builder.list(list.fact);
        let reading = self.reading(Reading {
            place: expr.place,
            meaning: Meaning::Value(value),
            ty: expr.ty.clone(),
            form: Form::Loop { looped, filter, body },
            subjects: Box::new([Subject::Fact(Operand::List(id))]),
            parts: Box::default(),
        });
        self.parts.push(reading);
        self.subject(Subject::Fact(Operand::List(id)));
        value
    }

    fn defined(&mut self, define: ir::DefineId) -> ValueId {
        let Some((meaning, reading)) = self.defines.get(define.0 as usize).copied() else {
            return self.builder.constant(&Constant::Unknown);
        };
        let subjects = self.readings.get(reading.0 as usize).map(|reading| reading.subjects.clone());
        for subject in subjects.unwrap_or_default() {
            self.subject(subject);
        }
        if let Some(define) = self.ir.defines.get(define.0 as usize) {
            let (form, place) = (Form::Define(define.name.clone()), define.value.place);
            let part = self.reading(Reading {
                place,
                meaning,
                ty: define.value.ty.clone(),
                form,
                subjects: Box::default(),
                parts: Box::new([reading]),
            });
            self.parts.push(part);
        }
        match meaning {
            Meaning::Value(value) => value,
            Meaning::Truth(lit) => self.builder.value(ValueOp::Truth(lit)),
        }
    }

    /// A definition's own reading.
    pub(super) fn definition(&mut self, define: &ir::Define) -> (Meaning, super::ReadingId) {
        if super::lower::is_truth(&define.value) {
            let condition = self.condition(&define.value);
            return (Meaning::Truth(condition.lit), condition.reading);
        }
        self.subjects.clear();
        self.parts.clear();
        let meaning = Meaning::Value(self.value(&define.value));
        let reading = Reading {
            place: define.value.place,
            meaning,
            ty: define.value.ty.clone(),
            form: Form::Leaf,
            subjects: std::mem::take(&mut self.subjects).into(),
            parts: std::mem::take(&mut self.parts).into(),
        };
        (meaning, self.reading(reading))
    }

    fn parameter(&mut self, parameter: ir::ParameterId) -> ValueId {
        match self.ir.parameters.get(parameter.0 as usize).and_then(|parameter| parameter.default.clone()) {
            Some(constant) => {
                self.set_parameter(parameter, &constant);
                self.builder.constant(&constant)
            }
            None => {
                let open = self.open_parameter(parameter);
                self.subject(Subject::Parameter(open));
                self.builder.value(ValueOp::Parameter(open))
            }
        }
    }

    /// Notes that the leaf at hand looks at a parameter that has a value.
    pub(super) fn set_parameter(&mut self, parameter: ir::ParameterId, value: &Constant) {
        let Some(declared) = self.ir.parameters.get(parameter.0 as usize) else { return };
        let known = self.set_parameters.iter().position(|set| set.name == declared.name);
        let at = known.unwrap_or_else(|| {
            self.set_parameters.push(SetParameter {
                name: declared.name.clone(),
                label: declared.label.clone(),
                value: value.clone(),
                grounds: declared.grounds.clone(),
                place: declared.place,
            });
            self.set_parameters.len() - 1
        });
        self.subject(Subject::SetParameter(at as u32));
    }

    pub(super) fn open_parameter(&mut self, parameter: ir::ParameterId) -> u32 {
        let Some(declared) = self.ir.parameters.get(parameter.0 as usize) else { return u32::MAX };
        let known = self.parameters.iter().position(|open| open.name == declared.name);
        known.unwrap_or_else(|| {
            self.parameters.push(OpenParameter {
                name: declared.name.clone(),
                ty: declared.ty.clone(),
                label: declared.label.clone(),
            });
            self.parameters.len() - 1
        }) as u32
    }

    // ---- facts ------------------------------------------------------------------------------------

    fn fact(&mut self, expr: &Expr) -> ValueId {
        let Some(operand) = self.operand(expr) else {
            return self.builder.constant(&Constant::Unknown);
        };
        if super::lower::is_truth(expr) {
            let lit = self.builder.truth(super::TruthOp::Holds(operand));
            return self.builder.value(ValueOp::Truth(lit));
        }
        let is_date = matches!(expr.ty, Type::Scalar(ScalarType::Date { .. }));
        let or_none = self.may_be_none(expr);
        self.builder.read(operand, is_date, or_none)
    }

    fn may_be_none(&self, expr: &Expr) -> bool {
        let field_or_none = matches!(expr.ty, Type::Scalar(ScalarType::Date { or_none: true }));
        let of_fact = if let ExprKind::Fact(fact) | ExprKind::RecordField(fact, _) = &expr.kind {
            self.is_or_none(*fact)
        } else {
            false
        };
        field_or_none || of_fact
    }

    /// What an expression that names something given stands for.
    pub(super) fn operand(&mut self, expr: &Expr) -> Option<Operand> {
        let operand = if let ExprKind::Fact(fact) = &expr.kind {
            match self.ir.schema.get(*fact)?.ty {
                FactType::List { .. } => Operand::List(self.builder.list(*fact)),
                FactType::Scalar(_) | FactType::Record { .. } => Operand::Slot(self.builder.slot(*fact, None)),
            }
        } else if let ExprKind::RecordField(fact, field) = &expr.kind {
            Operand::Slot(self.builder.slot(*fact, Some(*field)))
        } else if let ExprKind::Field { depth, field } = &expr.kind {
            let list = *self.records.get(usize::from(*depth))?;
            self.builder.field(list, *depth, *field)
        } else {
            return None;
        };
        self.subject(Subject::Fact(operand));
        Some(operand)
    }

    /// A field of the innermost record, as a value.
    pub(super) fn read_field(&mut self, list: super::ListId, field: FieldId) -> ValueId {
        let depth = self.records.len().saturating_sub(1) as u8;
        let operand = self.builder.field(list, depth, field);
        let ty =
            self.builder.lists.get(list.0 as usize).and_then(|list| self.ir.schema.get(list.fact)).map(|fact| &fact.ty);
        let (is_date, or_none) = match ty {
            Some(FactType::List { fields, .. }) => match fields.get(field).map(|field| &field.ty) {
                Some(ScalarType::Date { or_none }) => (true, *or_none),
                Some(ScalarType::Truth) => {
                    let lit = self.builder.truth(super::TruthOp::Holds(operand));
                    return self.builder.value(ValueOp::Truth(lit));
                }
                _ => (false, false),
            },
            _ => (false, false),
        };
        self.builder.read(operand, is_date, or_none)
    }
}
