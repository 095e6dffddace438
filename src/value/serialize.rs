//! Values for serde as they are written in facts: what is serialized here can be given as a fact.

use super::{Code, Date, Duration, FactValue, List, ListCompleteness, Number, PartialDate, Quantity, Record};
use serde::ser::{Serialize, SerializeStruct, Serializer};

macro_rules! as_text {
    ($($(#[$doc:meta])* $of:ident)*) => {
        $($(#[$doc])*
        impl Serialize for $of {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        })*
    };
}

/// `"2004-05-12"`
impl Serialize for Date {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(std::str::from_utf8(&self.letters()).unwrap_or_default())
    }
}

as_text! {
    /// `"2004-05-12"`, `"2004-05"`, `"2004"`
    PartialDate
    /// `"3 months"`
    Duration
}

/// A whole number as such, else the nearest floating-point number.
impl Serialize for Number {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.to_integer() {
            Some(whole) => match i64::try_from(whole) {
                Ok(whole) => serializer.serialize_i64(whole),
                Err(_) => serializer.serialize_i128(whole),
            },
            None => serializer.serialize_f64(self.to_f64()),
        }
    }
}

/// `{"quantity": 7, "unit": "mmol/L"}`
impl Serialize for Quantity {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("Quantity", 2)?;
        keys.serialize_field("quantity", &self.number())?;
        keys.serialize_field("unit", self.unit().as_str())?;
        keys.end()
    }
}

/// `{"system": "ICD-10-SE", "code": "F11.2"}`
impl Serialize for Code {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut keys = serializer.serialize_struct("Code", 2)?;
        keys.serialize_field("system", self.system().name())?;
        keys.serialize_field("code", self.as_str())?;
        keys.end()
    }
}

/// As in facts: known absence is `"none"`, a period `{"from": …, "through": …}`.
impl Serialize for FactValue {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            FactValue::Truth(value) => serializer.serialize_bool(*value),
            FactValue::Number(value) => value.serialize(serializer),
            FactValue::Quantity(value) => value.serialize(serializer),
            FactValue::Text(value) | FactValue::Choice(value) => serializer.serialize_str(value),
            FactValue::Date(value) => value.serialize(serializer),
            FactValue::Duration(value) => value.serialize(serializer),
            FactValue::Period(from, through) => {
                let mut keys = serializer.serialize_struct("Period", 2)?;
                keys.serialize_field("from", from)?;
                keys.serialize_field("through", through)?;
                keys.end()
            }
            FactValue::Code(value) => value.serialize(serializer),
            FactValue::None => serializer.serialize_str("none"),
            FactValue::Record(value) => value.serialize(serializer),
            FactValue::List(value) => value.serialize(serializer),
        }
    }
}

/// Its fields by name.
impl Serialize for Record {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(&self.fields)
    }
}

/// `[…]`, or `{"open": […]}` or `{"complete": […]}` where the caller says which.
impl Serialize for List {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let word = match self.completeness {
            ListCompleteness::AsDeclared => return self.records.serialize(serializer),
            ListCompleteness::Complete => "complete",
            ListCompleteness::Open => "open",
        };
        let mut keys = serializer.serialize_struct("List", 1)?;
        keys.serialize_field(word, &self.records)?;
        keys.end()
    }
}
