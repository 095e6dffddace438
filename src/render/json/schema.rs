//! JSON Schemas of what goes in as JSON and of what comes out.

use super::Json;
use crate::guideline::{AllowedNumbers, FactDescription, FactKind, FieldDescription, Guideline, ValueKind};
use crate::language::{Language, Localized};
use crate::outcome::Outcome;
use crate::value::System;
use std::borrow::Cow;
use std::collections::BTreeMap;
use std::fmt::Write;

impl Guideline {
    /// A JSON Schema (draft 2020-12) of the JSON that [`Guideline::facts_from_json`] reads, on one line. Labels and questions
    /// are its titles and descriptions, in that language where there are any.
    ///
    /// What is read fits the schema, and what fits is read, with the exceptions that `docs::facts` lists.
    ///
    /// ```
    /// # use riktlinje::{Guideline, Language, Source};
    /// # let text = "guideline g\n    language 1\n    title en \"G\"\n    version 1.0.0\n    status draft\n    about patient\n\
    /// # fact smokes: yes/no\n    label sv \"Röker\" en \"Smokes\"\n";
    /// # let guideline = Guideline::compile([Source::new("g.guide", text)])?;
    /// let schema: serde_json::Value = serde_json::from_str(&guideline.facts_json_schema(Language::Swedish)).unwrap();
    /// assert_eq!(schema["properties"]["smokes"]["title"], "Röker");
    /// assert_eq!(schema["$defs"]["yes_no"]["enum"], serde_json::json!([true, false, "yes", "no"]));
    /// # Ok::<(), riktlinje::Error>(())
    /// ```
    #[must_use]
    pub fn facts_json_schema(&self, language: Language) -> String {
        let facts = self.fact_descriptions();
        let mut definitions = Definitions::default();
        let properties = facts.iter().map(|fact| (fact.name.as_str(), property(fact, language, &mut definitions)));
        let properties = Json::map(properties.collect::<Vec<_>>().into_iter());
        let title = match language {
            Language::Swedish => format!("Uppgifter som {} {} läser", self.name(), self.version()),
            Language::English => format!("Facts that {} {} reads", self.name(), self.version()),
        };
        let definitions = definitions.used.into_iter().map(|(name, schema)| (Cow::Owned(name), schema));
        Json::object([
            ("$schema", Json::word("https://json-schema.org/draft/2020-12/schema")),
            ("title", Json::text(title)),
            ("type", one_of_words(&["object", "null"])),
            ("properties", properties),
            ("additionalProperties", Json::Truth(false)),
            ("$defs", Json::Object(definitions.collect())),
        ])
        .print()
    }
}

impl Outcome {
    /// A JSON Schema (draft 2020-12) of [`Outcome::to_json`] and [`Outcome::several_to_json`]. The same for every guideline;
    /// keys that a later version of this library adds fit it.
    #[must_use]
    pub fn json_schema() -> &'static str {
        include_str!("outcome.schema.json")
    }
}

/// What is used in several places, by name.
#[derive(Default)]
struct Definitions {
    used: BTreeMap<String, Json>,
}

impl Definitions {
    /// A reference to a schema of that name, which is made when it is first asked for.
    fn refer(&mut self, name: &str, make: impl FnOnce(&mut Definitions) -> Json) -> Json {
        if !self.used.contains_key(name) {
            let schema = make(self);
            self.used.insert(name.to_owned(), schema);
        }
        Json::object([("$ref", Json::text(format!("#/$defs/{}", escaped(name))))])
    }

    /// A whole day.
    fn day(&mut self) -> Json {
        self.refer("day", |_| pattern(&format!("^({})$", days())))
    }

    /// A day, month or year.
    fn date(&mut self) -> Json {
        self.refer("date", |_| {
            let pattern = pattern(&format!("^({}|{YEAR}-(0[1-9]|1[0-2])|{YEAR})$", days()));
            let year = Json::object([
                ("type", Json::word("integer")),
                ("minimum", Json::count(1000)),
                ("maximum", Json::count(9999)),
            ]);
            any_of(vec![pattern, year])
        })
    }

    fn code(&mut self, system: System) -> Json {
        let name = format!("code from {}", system.name());
        self.refer(&name, |_| {
            let code = pattern(system.pattern());
            let system = Json::object([("const", Json::word(system.name()))]);
            any_of(vec![code.clone(), keys([("system", system), ("code", code)])])
        })
    }

    fn value(&mut self, kind: &ValueKind) -> Json {
        match kind {
            ValueKind::Truth => self.refer("yes_no", |_| {
                let words = [Json::Truth(true), Json::Truth(false), Json::word("yes"), Json::word("no")];
                Json::object([("enum", Json::Array(words.into()))])
            }),
            ValueKind::Number => of_type("number"),
            ValueKind::Quantity(unit) => {
                let text = self.refer("quantity", |_| {
                    let text = pattern(r"^-?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)? \S+$");
                    let parts = keys([("quantity", of_type("number")), ("unit", of_type("string"))]);
                    any_of(vec![text, parts])
                });
                let example = Json::text(format!("7 {}", unit.as_str()));
                Json::object([("allOf", Json::Array(vec![text])), ("examples", Json::Array(vec![example]))])
            }
            ValueKind::Text => of_type("string"),
            ValueKind::Date { or_none: false } => self.date(),
            ValueKind::Date { or_none: true } => any_of(vec![self.date(), none()]),
            ValueKind::Duration => {
                self.refer("duration", |_| pattern("^(0|[1-9][0-9]{0,8}) (days?|weeks?|months?|years?)$"))
            }
            ValueKind::Period => {
                self.refer("period", |definitions| keys([("from", definitions.day()), ("through", definitions.day())]))
            }
            ValueKind::Code(system) => self.code(*system),
            ValueKind::Choice(words) => {
                let words = words.iter().map(|word| Json::text(word.as_str())).collect();
                Json::object([("enum", Json::Array(words))])
            }
        }
    }

    fn record(&mut self, fields: &[FieldDescription], language: Language) -> Json {
        let fields: Vec<(&str, Json)> = fields
            .iter()
            .map(|field| {
                let value = any_of(vec![self.value(&field.kind), of_type("null")]);
                (field.name.as_str(), with_words(value, &field.label, &field.question, language))
            })
            .collect();
        Json::object([
            ("type", Json::word("object")),
            ("properties", Json::map(fields.into_iter())),
            ("additionalProperties", Json::Truth(false)),
        ])
    }

    /// What a fact is, when nothing is said of where it came from.
    fn plain(&mut self, fact: &FactDescription, language: Language) -> Json {
        let not_given = of_type("null");
        if let Some(numbers) = &fact.allowed {
            return any_of(vec![allowed(numbers), not_given]);
        }
        match &fact.kind {
            FactKind::Value(kind) => any_of(vec![self.value(kind), not_given]),
            FactKind::Record { fields, or_none: false } => any_of(vec![self.record(fields, language), not_given]),
            FactKind::Record { fields, or_none: true } => {
                any_of(vec![self.record(fields, language), none(), not_given])
            }
            FactKind::List { fields, .. } => {
                let items = self.record(fields, language);
                let list = || Json::object([("type", Json::word("array")), ("items", items.clone())]);
                let stated = |word| keys([(word, any_of(vec![list(), of_type("null")]))]);
                any_of(vec![list(), stated("open"), stated("complete"), not_given])
            }
        }
    }
}

fn property(fact: &FactDescription, language: Language, definitions: &mut Definitions) -> Json {
    let own_field = fact.kind.fields().iter().any(|field| field.name == "fact");
    let is_record = matches!(fact.kind, FactKind::Record { .. });
    let plain = |definitions: &mut Definitions| definitions.plain(fact, language);
    let value = if is_record && own_field {
        plain(definitions)
    } else {
        let value = definitions.refer(&format!("fact {}", fact.name), plain);
        let on = any_of(vec![definitions.day(), of_type("null")]);
        let source = Json::object([("type", one_of_words(&["string", "null"]))]);
        let in_full = Json::object([
            ("type", Json::word("object")),
            ("properties", Json::object([("fact", value.clone()), ("on", on), ("source", source)])),
            ("required", one_of_words(&["fact"])),
            ("additionalProperties", Json::Truth(false)),
        ]);
        any_of(vec![value, in_full])
    };
    with_words(value, &fact.label, &fact.question, language)
}

fn allowed(numbers: &AllowedNumbers) -> Json {
    match numbers {
        AllowedNumbers::Whole { low, high } => Json::object([
            ("type", Json::word("integer")),
            ("minimum", Json::Number((*low).into())),
            ("maximum", Json::Number((*high).into())),
        ]),
        AllowedNumbers::Listed(numbers) => {
            Json::object([("enum", Json::array(numbers, |number| Json::Number(*number)))])
        }
    }
}

fn with_words(schema: Json, label: &Localized, question: &Localized, language: Language) -> Json {
    let words = [("title", label), ("description", question)];
    let words = words.into_iter().filter_map(|(key, text)| Some((Cow::Borrowed(key), Json::text(text.get(language)?))));
    let mut entries: Vec<(Cow<'static, str>, Json)> = words.collect();
    match schema {
        Json::Object(own) => entries.extend(own),
        Json::Null | Json::Truth(_) | Json::Number(_) | Json::Text(_) | Json::Array(_) => {}
    }
    Json::Object(entries)
}

/// An object with all of these keys and no other.
fn keys<const N: usize>(entries: [(&'static str, Json); N]) -> Json {
    let names = entries.iter().map(|(name, _)| Json::word(name)).collect();
    Json::object([
        ("type", Json::word("object")),
        ("properties", Json::object(entries)),
        ("required", Json::Array(names)),
        ("additionalProperties", Json::Truth(false)),
    ])
}

fn any_of(schemas: Vec<Json>) -> Json {
    Json::object([("anyOf", Json::Array(schemas))])
}

fn of_type(name: &'static str) -> Json {
    Json::object([("type", Json::word(name))])
}

fn none() -> Json {
    Json::object([("const", Json::word("none"))])
}

fn one_of_words(words: &[&'static str]) -> Json {
    Json::array(words, |word| Json::word(word))
}

fn pattern(expression: &str) -> Json {
    Json::object([("type", Json::word("string")), ("pattern", Json::text(expression))])
}

/// Every year but nought.
const YEAR: &str = "([0-9]{3}[1-9]|[0-9]{2}[1-9]0|[0-9][1-9]00|[1-9]000)";

/// The days that there are, in years 1 through 9999.
fn days() -> String {
    const LEAP_YEAR: &str = "([0-9]{2}(0[48]|[2468][048]|[13579][26])|(0[48]|[2468][048]|[13579][26])00)";
    let rest = "(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])|(0[13-9]|1[0-2])-(29|30)|(0[13578]|1[02])-31";
    format!("{YEAR}-({rest})|{LEAP_YEAR}-02-29")
}

/// A name as part of an address: `%` and two digits for each byte that is no letter or digit.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for byte in name.bytes() {
        if byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-' {
            out.push(char::from(byte));
        } else {
            // Writing to a `String` cannot fail.
            let _ = write!(out, "%{byte:02X}");
        }
    }
    out
}
