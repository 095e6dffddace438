//! A patient as the text that a caller would write (JSON, which is YAML too).

use crate::reference::{Completeness, Fact, Patient, Record, day_text, parts};
use std::fmt::Write;

pub fn yaml(patient: &Patient) -> String {
    let mut out = String::from("{");
    for (name, given) in &patient.facts {
        separate(&mut out);
        write!(out, "\"{name}\": ").unwrap();
        match given.on {
            Some(on) => {
                out.push_str("{\"fact\": ");
                fact(&mut out, &given.value);
                write!(out, ", \"on\": \"{}\"}}", day_text(on)).unwrap();
            }
            None => fact(&mut out, &given.value),
        }
    }
    out.push('}');
    out
}

fn separate(out: &mut String) {
    if !out.ends_with(['{', '[']) {
        out.push_str(", ");
    }
}

fn fact(out: &mut String, value: &Fact) {
    match value {
        Fact::YesNo(value) => write!(out, "{value}"),
        Fact::Number(text) => write!(out, "{text}"),
        Fact::Quantity(text, unit) => write!(out, "{{\"quantity\": {text}, \"unit\": \"{unit}\"}}"),
        Fact::Text(text) | Fact::Code(text) | Fact::Choice(text) => write!(out, "\"{text}\""),
        Fact::Date(first, last) => write!(out, "\"{}\"", date_text(*first, *last)),
        Fact::Duration(count, unit) => {
            let plural = if *count == 1 { "" } else { "s" };
            write!(out, "\"{count} {unit}{plural}\"")
        }
        Fact::Period(first, last) => {
            write!(out, "{{\"from\": \"{}\", \"through\": \"{}\"}}", day_text(*first), day_text(*last))
        }
        Fact::None => write!(out, "\"none\""),
        Fact::Record(fields) => {
            record(out, fields);
            Ok(())
        }
        Fact::List(records, completeness) => {
            let (open, close) = match completeness {
                Completeness::AsDeclared => ("[", "]"),
                Completeness::Open => ("{\"open\": [", "]}"),
                Completeness::Complete => ("{\"complete\": [", "]}"),
            };
            out.push_str(open);
            for fields in records {
                separate(out);
                record(out, fields);
            }
            out.push_str(close);
            Ok(())
        }
    }
    .unwrap();
}

fn record(out: &mut String, fields: &Record) {
    out.push('{');
    for (name, value) in fields {
        separate(out);
        write!(out, "\"{name}\": ").unwrap();
        fact(out, value);
    }
    out.push('}');
}

fn date_text(first: i64, last: i64) -> String {
    let (year, month, _) = parts(first);
    match last - first {
        0 => day_text(first),
        1..32 => format!("{year:04}-{month:02}"),
        _ => format!("{year:04}"),
    }
}
