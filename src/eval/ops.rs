//! What single operations come to, given what they read.

use crate::program::{CodeTestId, Operand, TruthOp, ValueId, ValueOp};
use crate::value::partial::{self, Age, Days, Fallible, FaultKind, Order, Partial};
use crate::value::{Date, Truth};

/// At most so many days are looked at one by one for `is one of`.
const DAYS_LOOKED_AT: i32 = 366;

/// Where operations read from.
pub(super) trait Reader {
    fn value(&self, id: ValueId) -> Partial;
    fn op(&self, id: ValueId) -> &ValueOp;
    fn constant(&self, constant: u32) -> Partial;
    fn today(&self) -> Partial;
    fn operand(&self, operand: Operand) -> Partial;
    /// Whether a code of that class passes.
    fn passes(&self, class: u32, test: CodeTestId) -> Truth;
}

/// A comparison of values. Operations that are not comparisons are unknown here; `Evaluation` knows them.
pub(super) fn simple_truth(reader: &impl Reader, op: &TruthOp) -> Fallible<Truth> {
    let value = |id: &ValueId| reader.value(*id);
    match op {
        TruthOp::Compare(left, order, right) => partial::compare(value(left), *order, value(right)),
        TruthOp::Between(of, low, high) => partial::between(value(of), value(low), value(high)),
        TruthOp::During(of, period) => Ok(partial::during(value(of), value(period))),
        TruthOp::Apart { value: of, apart, duration, anchor } => {
            partial::apart(value(of), *apart, value(duration), value(anchor))
        }
        TruthOp::OneOf(of, options) => one_of(value(of), options.iter().map(value)),
        TruthOp::Code(of, test) => Ok(match value(of) {
            Partial::Code { class, .. } => reader.passes(class, *test),
            Partial::Absent => Truth::False,
            Partial::Unknown
            | Partial::Number { .. }
            | Partial::Date(_)
            | Partial::Duration(_)
            | Partial::Period(..)
            | Partial::Word(_)
            | Partial::Age(_) => Truth::Unknown,
        }),
        TruthOp::Present(of) => Ok(match value(of) {
            Partial::Absent => Truth::False,
            Partial::Unknown | Partial::Date(Days { perhaps_absent: true, .. }) => Truth::Unknown,
            Partial::Date(_)
            | Partial::Number { .. }
            | Partial::Duration(_)
            | Partial::Period(..)
            | Partial::Code { .. }
            | Partial::Word(_)
            | Partial::Age(_) => Truth::True,
        }),
        TruthOp::Constant(truth) => Ok(*truth),
        TruthOp::ValueKnown(of) => Ok(Truth::from(value(of) != Partial::Unknown)),
        TruthOp::Parameter(_)
        | TruthOp::Holds(_)
        | TruthOp::All(_)
        | TruthOp::AtLeast(..)
        | TruthOp::ThereIs(_)
        | TruthOp::Known(_)
        | TruthOp::Status(..)
        | TruthOp::Settled(_)
        | TruthOp::Some(_)
        | TruthOp::ExtremeHas(_)
        | TruthOp::OfExtremes(_)
        | TruthOp::Different(_)
        | TruthOp::Dates { .. }
        | TruthOp::Joint(_) => Ok(Truth::Unknown),
    }
}

/// One comparison with several options: a date known in part is one of them if each of its days is.
fn one_of(value: Partial, options: impl Iterator<Item = Partial> + Clone) -> Fallible<Truth> {
    let any = |value: Partial| {
        let mut any = Truth::False;
        for option in options.clone() {
            any = any.or(partial::compare(value, Order::Is, option)?);
        }
        Ok(any)
    };
    let truth = any(value)?;
    if let (Truth::Unknown, Partial::Date(days)) = (truth, value) {
        let (first, last) = (days.first.day_number(), days.last.day_number());
        if last - first <= DAYS_LOOKED_AT && !days.perhaps_absent {
            let (mut all, mut none) = (true, true);
            for day in (first..=last).filter_map(Date::from_day_number) {
                let truth = any(Partial::day(day))?;
                all &= truth == Truth::True;
                none &= truth == Truth::False;
            }
            return Ok(Truth::from_bounds(all, none));
        }
    }
    Ok(truth)
}

/// A value that needs no list, table or condition.
pub(super) fn simple_value(reader: &impl Reader, id: ValueId) -> Fallible<Partial> {
    let value = |id: &ValueId| reader.value(*id);
    match reader.op(id) {
        ValueOp::Constant(constant) => Ok(reader.constant(*constant)),
        ValueOp::Today => Ok(reader.today()),
        ValueOp::Read(operand) => Ok(reader.operand(*operand)),
        ValueOp::Age { birth, on, leap_birthday } => Ok(match (value(birth), value(on)) {
            (Partial::Absent, _) | (_, Partial::Absent) => Partial::Absent,
            (Partial::Date(birth), Partial::Date(on)) => Partial::Age(Age { birth, on, leap_birthday: *leap_birthday }),
            _ => Partial::Unknown,
        }),
        // An absent part makes the whole absent, whatever the others come to.
        ValueOp::Sum(parts) | ValueOp::Product(parts)
            if parts.iter().any(|(part, _)| value(part) == Partial::Absent) =>
        {
            Ok(Partial::Absent)
        }
        ValueOp::Sum(parts) => {
            let mut sum = Partial::whole(0, Some(0));
            for (part, minus) in parts {
                sum = partial::add(sum, value(part), *minus)?;
            }
            Ok(sum)
        }
        ValueOp::Product(parts) => {
            let mut product = Partial::whole(1, Some(1));
            for (part, per) in parts {
                product = partial::multiply(product, value(part), *per)?;
            }
            Ok(product)
        }
        ValueOp::Shift { anchor, duration, earlier } => partial::shift(value(anchor), value(duration), *earlier),
        ValueOp::UnitsBetween { unit, from, to } => Ok(partial::units_between(*unit, value(from), value(to))),
        ValueOp::Round(of, decimals) => partial::round(value(of), *decimals),
        ValueOp::Narrowed { value: of, by } => Ok(value(of).narrowed(value(by))),
        ValueOp::Parameter(_)
        | ValueOp::If { .. }
        | ValueOp::LookUp { .. }
        | ValueOp::Count(_)
        | ValueOp::SumOf(_)
        | ValueOp::Extreme(_)
        | ValueOp::Dates(_)
        | ValueOp::Truth(_) => Ok(Partial::Unknown),
    }
}

/// A code against a code of another fact, by their letters.
pub(super) fn same_code(recorded: &str, other: &str, hierarchical: bool, order: Order) -> Truth {
    let letters = |code: &str| code.replace('.', "");
    let (recorded, other) = (letters(recorded), letters(other));
    let same = if recorded == other {
        Truth::True
    } else if hierarchical && (other.starts_with(&recorded) || recorded.starts_with(&other)) {
        // Either may stand for the other one, not better known.
        Truth::Unknown
    } else {
        Truth::False
    };
    match order {
        Order::IsNot => !same,
        Order::Is => same,
        Order::AtLeast | Order::AtMost | Order::MoreThan | Order::LessThan => Truth::Unknown,
    }
}

/// A fault where something had to be known.
pub(super) fn or_fault(result: Fallible<Truth>, report: impl FnOnce(FaultKind)) -> Truth {
    result.unwrap_or_else(|kind| {
        report(kind);
        Truth::Unknown
    })
}
