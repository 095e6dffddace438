//! What a name stands for: a fact, a field, a parameter, a definition.

use super::code_set;
use super::expression::{duration_unit, parse_decimal};
use super::facts::Fact;
use super::fraction::unit_factor;
use super::guide::{Meaning, Place, Scope, Stated, Walk};
use super::value::{Range, Truth, Value};
use riktlinje::syntax::ast;

impl<'a> Walk<'a> {
    pub fn named(&self, path: &'a [ast::Name], scope: &Scope<'a>) -> Value {
        match self.meaning(path, scope) {
            Meaning::Fact(fact) => {
                let place = Place { fact: &fact.name.value, record: None, field: None };
                match (self.stated(fact), self.guide.item(&fact.name.value)) {
                    (Stated::NotGiven, Some(range)) => Value::Number(range),
                    (stated, _) => self.of_stated(&fact.ty, stated, place, scope),
                }
            }
            Meaning::RecordField(fact, field) => match self.stated(fact) {
                // "A field of an absent record is absent."
                Stated::Given(Fact::None) => Value::Absent,
                Stated::Given(Fact::Record(record)) => {
                    let place = Place { fact: &fact.name.value, record: None, field: Some(&field.name.value) };
                    self.of_stated(&field.ty, Walk::stated_in(record, field), place, scope)
                }
                Stated::Given(_) | Stated::Means(_) | Stated::NotGiven => Value::Unknown,
            },
            Meaning::BodyField(body, field) => {
                let (fact, name) = (&*body.list.name.value, &*field.name.value);
                let place = Place { fact, record: Some(body.index), field: Some(name) };
                self.of_stated(&field.ty, Walk::stated_in(body.record, field), place, scope)
            }
            // "`parameter …, set by the region`, unset: undetermined."
            Meaning::Parameter(parameter) => match &parameter.value {
                ast::ParameterValue::Default(value) => self.value(value, &Scope::default()),
                ast::ParameterValue::SetBy(_) => Value::Unknown,
            },
            // A definition is its expression, read outside of any record.
            Meaning::Define(define) => {
                self.value(&define.value, &Scope { days: scope.days.clone(), ..Scope::default() })
            }
            Meaning::Score(score) => {
                self.total_as_value(score, &Scope { days: scope.days.clone(), ..Scope::default() })
            }
            Meaning::Item(range) => range.map_or(Value::Unknown, Value::Number),
            // "Not set, what depends on it is unknown."
            Meaning::Period => {
                self.guide.settings.period.map_or(Value::Unknown, |(first, last)| Value::Period(first, last))
            }
            Meaning::Word(word) => Value::Word(word.to_owned()),
        }
    }

    pub fn of_stated(&self, ty: &ast::FactType, stated: Stated<'a>, place: Place<'a>, scope: &Scope<'a>) -> Value {
        let fact = match stated {
            Stated::NotGiven => return Value::Unknown,
            Stated::Means(truth) => return Value::from_truth(truth),
            Stated::Given(fact) => fact,
        };
        let number = |text: &str| parse_decimal(text);
        match fact {
            Fact::YesNo(value) => Value::Truth(Truth::of(*value)),
            Fact::Number(text) => Value::number(number(text)),
            Fact::Quantity(text, unit) => Value::number(number(text) * unit_factor(unit)),
            Fact::Text(text) | Fact::Choice(text) => Value::Word(text.clone()),
            Fact::Date(first, last) => {
                let tried = scope.days.iter().find(|(tried, _)| *tried == place);
                Value::Date(tried.map_or(Range::new(Some(*first), Some(*last)), |(_, day)| Range::point(*day)))
            }
            Fact::Duration(count, unit) => Value::Duration(*count, duration_unit(unit)),
            Fact::Period(first, last) => Value::Period(*first, *last),
            Fact::Code(code) => {
                let hierarchical = match &ty.kind {
                    ast::FactTypeKind::CodeFrom(system) => code_set::is_hierarchical(&system.value),
                    _ => false,
                };
                Value::Code { hierarchical, code: code_set::plain(code) }
            }
            Fact::None => Value::Absent,
            Fact::Record(_) | Fact::List(..) => panic!("a record or list is no value"),
        }
    }
}
