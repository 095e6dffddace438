//! JSON with its keys in the order of the runner's contract: one tree, written as text or given to serde.

mod calendar;
mod cases;
mod comparison;
mod explanation;
mod fact;
mod outcome;
mod outlook;
mod rules;
mod schema;
mod value;
mod view;

use crate::language::Localized;
use crate::value::Number;
use serde::ser::{Serialize, SerializeMap, SerializeSeq, Serializer};
use std::borrow::Cow;
use std::fmt::Write;

/// A JSON document. Objects keep the order in which their keys were put in.
#[derive(Debug, Clone, PartialEq)]
pub(super) enum Json {
    Null,
    Truth(bool),
    Number(Number),
    Text(Cow<'static, str>),
    Array(Vec<Json>),
    Object(Vec<(Cow<'static, str>, Json)>),
}

impl Json {
    pub(super) fn text(text: impl Into<String>) -> Json {
        Json::Text(Cow::Owned(text.into()))
    }

    pub(super) fn word(word: &'static str) -> Json {
        Json::Text(Cow::Borrowed(word))
    }

    pub(super) fn optional_text(text: Option<&str>) -> Json {
        text.map_or(Json::Null, Json::text)
    }

    pub(super) fn count(count: u32) -> Json {
        Json::Number(Number::from(i64::from(count)))
    }

    pub(super) fn array<T>(items: &[T], shape: impl Fn(&T) -> Json) -> Json {
        Json::Array(items.iter().map(shape).collect())
    }

    /// An object whose keys are known to the program.
    pub(super) fn object<const N: usize>(entries: [(&'static str, Json); N]) -> Json {
        Json::Object(entries.into_iter().map(|(key, value)| (Cow::Borrowed(key), value)).collect())
    }

    /// An object whose keys are names from a guideline.
    pub(super) fn map<'a>(entries: impl Iterator<Item = (&'a str, Json)>) -> Json {
        Json::Object(entries.map(|(key, value)| (Cow::Owned(key.to_owned()), value)).collect())
    }

    /// `{"sv":"…","en":"…"}`, languages without a text left out.
    pub(super) fn localized(text: &Localized) -> Json {
        let both = [("sv", &text.sv), ("en", &text.en)];
        Json::map(both.into_iter().filter_map(|(tag, text)| Some((tag, Json::text(text.as_deref()?)))))
    }

    /// On one line, no blanks.
    pub(super) fn print(&self) -> String {
        let mut out = String::new();
        self.write(&mut out);
        out
    }

    fn write(&self, out: &mut String) {
        match self {
            Json::Null => out.push_str("null"),
            Json::Truth(true) => out.push_str("true"),
            Json::Truth(false) => out.push_str("false"),
            Json::Number(number) => write_number(number, out),
            Json::Text(text) => write_text(text, out),
            Json::Array(items) => {
                out.push('[');
                for (index, item) in items.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    item.write(out);
                }
                out.push(']');
            }
            Json::Object(entries) => {
                out.push('{');
                for (index, (key, value)) in entries.iter().enumerate() {
                    if index > 0 {
                        out.push(',');
                    }
                    write_text(key, out);
                    out.push(':');
                    value.write(out);
                }
                out.push('}');
            }
        }
    }
}

/// The exact decimal where it ends, else the nearest floating-point number.
fn write_number(number: &Number, out: &mut String) {
    let text = number.to_string();
    if text.contains('/') {
        out.push_str(&number.to_f64().to_string());
    } else {
        out.push_str(&text);
    }
}

fn write_text(text: &str, out: &mut String) {
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // U+2028 and U+2029 end a line in some readers of JSON lines.
            control if control < ' ' || control == '\u{2028}' || control == '\u{2029}' => {
                // Writing to a `String` cannot fail.
                let _ = write!(out, "\\u{:04x}", u32::from(control));
            }
            other => out.push(other),
        }
    }
    out.push('"');
}

impl Serialize for Json {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Json::Null => serializer.serialize_unit(),
            Json::Truth(value) => serializer.serialize_bool(*value),
            Json::Number(number) => match number.to_integer().map(i64::try_from) {
                Some(Ok(integer)) => serializer.serialize_i64(integer),
                Some(Err(_)) | None => serializer.serialize_f64(number.to_f64()),
            },
            Json::Text(text) => serializer.serialize_str(text),
            Json::Array(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    sequence.serialize_element(item)?;
                }
                sequence.end()
            }
            Json::Object(entries) => {
                let mut map = serializer.serialize_map(Some(entries.len()))?;
                for (key, value) in entries {
                    map.serialize_entry(key, value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Json;
    use crate::value::Number;

    #[test]
    fn numbers_are_decimals_where_they_end() {
        let print = |numerator, denominator| Number::new(numerator, denominator).map(|n| Json::Number(n).print());
        assert_eq!(print(12, 5).as_deref(), Some("2.4"));
        assert_eq!(print(1, 3).as_deref(), Some("0.3333333333333333"));
        assert_eq!(print(-7, 1).as_deref(), Some("-7"));
        assert_eq!(print(123_456_789_012_345_678_901, 100).as_deref(), Some("1234567890123456789.01"));
    }

    #[test]
    fn texts_are_escaped_and_keys_keep_their_order() {
        let json = Json::object([("b", Json::text("a\"\\\n\u{1}\u{2028}å")), ("a", Json::Array(vec![Json::Null]))]);
        assert_eq!(json.print(), "{\"b\":\"a\\\"\\\\\\n\\u0001\\u2028å\",\"a\":[null]}");
    }
}
