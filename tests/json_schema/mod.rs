//! Whether a JSON document fits a JSON Schema, for the keywords that our schemas use. Another keyword is a panic: what is
//! not looked at would seem to fit.
//!
//! The two crates that do all of draft 2020-12 bring some fifty crates each, and our schemas need a dozen keywords.

use regex_lite::Regex;
use serde_json::{Map, Value};
use std::cell::RefCell;
use std::collections::HashMap;

pub(crate) struct Schema {
    root: Value,
    patterns: RefCell<HashMap<String, Regex>>,
}

impl Schema {
    pub(crate) fn new(text: &str) -> Schema {
        let root: Value = serde_json::from_str(text).unwrap();
        assert_eq!(root["$schema"], "https://json-schema.org/draft/2020-12/schema");
        Schema { root, patterns: RefCell::default() }
    }

    /// The same, with no keys but those that an object's schema names.
    #[allow(dead_code, reason = "not every test that shares this file closes its schema")]
    pub(crate) fn closed(mut self) -> Schema {
        close(&mut self.root);
        self
    }

    pub(crate) fn fits(&self, document: &Value) -> bool {
        self.check(&self.root, document).is_ok()
    }

    /// The first thing that does not fit.
    #[allow(dead_code, reason = "not every test that shares this file asks why")]
    pub(crate) fn mistake(&self, document: &Value) -> Option<String> {
        self.check(&self.root, document).err()
    }

    fn check(&self, schema: &Value, value: &Value) -> Result<(), String> {
        if let Some(all) = schema.as_bool() {
            return if all { Ok(()) } else { Err(format!("nothing fits here: {value}")) };
        }
        let keywords = schema.as_object().unwrap_or_else(|| panic!("no schema: {schema}"));
        for (keyword, wanted) in keywords {
            self.keyword(keyword, wanted, keywords, value)?;
        }
        Ok(())
    }

    fn keyword(&self, name: &str, wanted: &Value, all: &Map<String, Value>, value: &Value) -> Result<(), String> {
        let fits = match name {
            "$schema" | "$defs" | "$comment" | "title" | "description" | "examples" => true,
            "$ref" => return self.check(self.target(wanted.as_str().unwrap()), value),
            "type" => match wanted.as_array() {
                Some(types) => types.iter().any(|name| is_of(name.as_str().unwrap(), value)),
                None => is_of(wanted.as_str().unwrap(), value),
            },
            "enum" => wanted.as_array().unwrap().iter().any(|wanted| is_same(wanted, value)),
            "const" => is_same(wanted, value),
            "pattern" => value.as_str().is_none_or(|text| self.matches(wanted.as_str().unwrap(), text)),
            "minimum" => value.as_f64().is_none_or(|number| number >= wanted.as_f64().unwrap()),
            "maximum" => value.as_f64().is_none_or(|number| number <= wanted.as_f64().unwrap()),
            "minItems" => value.as_array().is_none_or(|items| items.len() as u64 >= wanted.as_u64().unwrap()),
            "maxItems" => value.as_array().is_none_or(|items| items.len() as u64 <= wanted.as_u64().unwrap()),
            "required" => {
                let mut names = wanted.as_array().unwrap().iter().map(|name| name.as_str().unwrap());
                let missing = value.as_object().and_then(|object| names.find(|name| !object.contains_key(*name)));
                return missing.map_or(Ok(()), |name| Err(format!("`{name}` is missing in {value}")));
            }
            "properties" => return self.properties(wanted.as_object().unwrap(), value),
            "additionalProperties" => return self.additional(wanted, all.get("properties"), value),
            "items" => {
                let items = value.as_array().into_iter().flatten();
                for (index, item) in items.enumerate() {
                    self.check(wanted, item).map_err(|error| format!("[{index}] {error}"))?;
                }
                true
            }
            "allOf" => {
                let mut schemas = wanted.as_array().unwrap().iter();
                return schemas.try_for_each(|schema| self.check(schema, value));
            }
            "anyOf" => {
                let schemas = wanted.as_array().unwrap().iter();
                let errors: Vec<String> = schemas.map_while(|schema| self.check(schema, value).err()).collect();
                let none_fits = errors.len() == wanted.as_array().unwrap().len();
                return if none_fits { Err(format!("none of: {}", errors.join("; "))) } else { Ok(()) };
            }
            unknown => panic!("the keyword `{unknown}` is not known here"),
        };
        if fits { Ok(()) } else { Err(format!("{value} does not fit {name} {wanted}")) }
    }

    fn properties(&self, properties: &Map<String, Value>, value: &Value) -> Result<(), String> {
        for (name, schema) in properties {
            if let Some(value) = value.get(name) {
                self.check(schema, value).map_err(|error| format!("{name}: {error}"))?;
            }
        }
        Ok(())
    }

    fn additional(&self, schema: &Value, properties: Option<&Value>, value: &Value) -> Result<(), String> {
        for (name, value) in value.as_object().into_iter().flatten() {
            if properties.is_none_or(|properties| properties.get(name).is_none()) {
                self.check(schema, value).map_err(|error| format!("{name}: {error}"))?;
            }
        }
        Ok(())
    }

    /// What an address in the schema stands for.
    fn target(&self, address: &str) -> &Value {
        let name = address.strip_prefix("#/$defs/").unwrap_or_else(|| panic!("no address of ours: {address}"));
        let (mut bytes, mut rest) = (Vec::new(), name);
        while let Some((before, after)) = rest.split_once('%') {
            bytes.extend(before.bytes());
            bytes.push(u8::from_str_radix(&after[..2], 16).unwrap());
            rest = &after[2..];
        }
        bytes.extend(rest.bytes());
        let name = String::from_utf8(bytes).unwrap();
        self.root["$defs"].get(&name).unwrap_or_else(|| panic!("there is no {name} in the schema"))
    }

    fn matches(&self, pattern: &str, text: &str) -> bool {
        let mut patterns = self.patterns.borrow_mut();
        patterns.entry(pattern.to_owned()).or_insert_with(|| Regex::new(pattern).unwrap()).is_match(text)
    }
}

/// A number is the same however it is written.
fn is_same(wanted: &Value, value: &Value) -> bool {
    match (wanted.as_f64(), value.as_f64()) {
        (Some(wanted), Some(value)) => wanted == value,
        _ => wanted == value,
    }
}

fn is_of(name: &str, value: &Value) -> bool {
    match name {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "number" => value.is_number(),
        "integer" => value.as_f64().is_some_and(|number| number.fract() == 0.0),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("there is no type {other}"),
    }
}

fn close(schema: &mut Value) {
    match schema {
        Value::Object(keywords) => {
            if keywords.contains_key("properties") && !keywords.contains_key("additionalProperties") {
                keywords.insert("additionalProperties".to_owned(), Value::Bool(false));
            }
            keywords.values_mut().for_each(close);
        }
        Value::Array(schemas) => schemas.iter_mut().for_each(close),
        Value::Null | Value::Bool(_) | Value::Number(_) | Value::String(_) => {}
    }
}
