//! What a value comes to, for people: the number, date or word, or what is known of it.

use super::Answer;
use crate::eval::Bound;
use crate::program::{Program, Type};
use crate::schema::ScalarType;
use crate::value::partial::{Days, Partial};
use crate::value::{Code, Date, FactValue, Number, PartialDate, Quantity};

/// The answer of a value of a type.
pub(crate) fn answer(program: &Program, bound: &Bound, ty: &Type, value: Partial) -> Answer {
    let number = |number: Number| {
        if let Type::Scalar(ScalarType::Quantity(unit)) = ty {
            FactValue::Quantity(Quantity::new(number, unit.clone()))
        } else {
            FactValue::Number(number)
        }
    };
    match value.as_number() {
        Partial::Unknown => Answer::Unknown,
        Partial::Absent => Answer::Known(FactValue::None),
        Partial::Number { low: Some(low), high: Some(high) } if low == high => Answer::Known(number(low)),
        Partial::Number { low: None, high: None } => Answer::Unknown,
        Partial::Number { low, high } => Answer::Between { low: low.map(number), high: high.map(number) },
        Partial::Date(days) => date(days),
        Partial::Duration(duration) => Answer::Known(FactValue::Duration(duration)),
        Partial::Period(first, last) => Answer::Known(FactValue::Period(first, last)),
        Partial::Code { symbol, .. } => {
            let Type::Scalar(ScalarType::Code(system)) = ty else { return Answer::Unknown };
            let code = Code::new(*system, bound.text(&program.symbols, symbol));
            code.map_or(Answer::Unknown, |code| Answer::Known(FactValue::Code(code)))
        }
        Partial::Word(symbol) => {
            let text = bound.text(&program.symbols, symbol);
            Answer::Known(if *ty == Type::Scalar(ScalarType::Truth) {
                FactValue::Truth(symbol == crate::program::YES)
            } else if matches!(ty, Type::Scalar(ScalarType::Choice(_))) {
                FactValue::Choice(text.into())
            } else {
                FactValue::Text(text.into())
            })
        }
        // INVARIANT: `as_number` leaves no age.
        Partial::Age(_) => Answer::Unknown,
    }
}

fn date(days: Days) -> Answer {
    let end = |day: Date| (day != Date::MIN && day != Date::MAX).then_some(FactValue::Date(PartialDate::Day(day)));
    if days.perhaps_absent || days == Days::ALL {
        return Answer::Unknown;
    }
    match PartialDate::from_days(days.first, days.last) {
        Some(date) => Answer::Known(FactValue::Date(date)),
        None => Answer::Between { low: end(days.first), high: end(days.last) },
    }
}
