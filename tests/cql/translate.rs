//! From the tree of a CQL expression to our words. Rewrites operators; computes nothing and knows no row.
//!
//! What is null in CQL becomes a fact that was not given, a date known in part becomes a fact. CQL's `if`, `case`, `~`, `is
//! null` and `Coalesce` look at null itself: we say that with `is known`, which asks a fact, so a value asked about becomes
//! a fact too.

use super::parse::{Inexpressible, Node};
use serde_json::{Map, Value, json};

/// An expression in our words, with the facts it speaks of.
#[derive(Debug)]
pub(crate) struct Translated {
    pub(crate) expression: String,
    pub(crate) facts: Map<String, Value>,
}

/// The same in our words, or the operator that we have no words for.
pub(crate) fn translate(node: &Node) -> Result<Translated, Inexpressible> {
    let mut writer = Writer { facts: Map::new(), nulls: 0, dates: 0, values: 0 };
    let expression = writer.write(node)?;
    Ok(Translated { expression, facts: writer.facts })
}

/// What kind of value an expression has, as far as its operators tell.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(crate) enum Kind {
    Nothing,
    Truth,
    Number,
    Quantity,
    Text,
    Date,
    Duration,
    Several,
}

pub(crate) fn kind(node: &Node) -> Kind {
    match node {
        Node::Null => Kind::Nothing,
        Node::Truth(_) | Node::Not(_) | Node::Between(_) | Node::Is(..) => Kind::Truth,
        Node::Number(_) | Node::UnitsBetween(..) => Kind::Number,
        Node::Quantity(..) => Kind::Quantity,
        Node::Duration(..) => Kind::Duration,
        Node::Text(_) => Kind::Text,
        Node::Date(_) | Node::Today => Kind::Date,
        Node::List(_) | Node::Interval(..) => Kind::Several,
        Node::Minus(value) | Node::Round(value, _) => kind(value),
        Node::Binary("+" | "-" | "*" | "/", sides) => common(&[&sides.0, &sides.1]),
        Node::Binary(..) => Kind::Truth,
        Node::If(parts) => common(&[&parts[1], &parts[2]]),
        Node::Case(_, arms, otherwise) => {
            let values: Vec<&Node> = arms.iter().map(|(_, value)| value).chain([&**otherwise]).collect();
            common(&values)
        }
        Node::Coalesce(values) => common(&values.iter().collect::<Vec<_>>()),
    }
}

fn common(nodes: &[&Node]) -> Kind {
    nodes.iter().map(|node| kind(node)).find(|kind| *kind != Kind::Nothing).unwrap_or(Kind::Nothing)
}

/// Whether a date known in part stands in it: then a comparison may be unknown though everything is given.
pub(crate) fn is_partial(node: &Node) -> bool {
    match node {
        Node::Date(parts) => parts.len() < 3,
        Node::Null | Node::Truth(_) | Node::Number(_) | Node::Quantity(..) | Node::Duration(..) | Node::Text(_) => {
            false
        }
        Node::Today => false,
        Node::Minus(value) | Node::Not(value) | Node::Is(_, value) | Node::Round(value, _) => is_partial(value),
        Node::List(values) | Node::Coalesce(values) => values.iter().any(is_partial),
        Node::Interval(ends, ..) => is_partial(&ends.0) || is_partial(&ends.1),
        Node::Binary(_, sides) | Node::UnitsBetween(_, sides) => is_partial(&sides.0) || is_partial(&sides.1),
        Node::Between(parts) | Node::If(parts) => parts.iter().any(is_partial),
        Node::Case(subject, arms, otherwise) => {
            subject.as_deref().is_some_and(is_partial)
                || arms.iter().any(|(condition, value)| is_partial(condition) || is_partial(value))
                || is_partial(otherwise)
        }
    }
}

/// Whether null is written in it.
fn has_null(node: &Node) -> bool {
    match node {
        Node::Null => true,
        Node::Truth(_) | Node::Number(_) | Node::Quantity(..) | Node::Duration(..) | Node::Text(_) => false,
        Node::Date(_) | Node::Today => false,
        Node::Minus(value) | Node::Not(value) | Node::Is(_, value) | Node::Round(value, _) => has_null(value),
        Node::List(values) | Node::Coalesce(values) => values.is_empty() || values.iter().any(has_null),
        Node::Interval(ends, ..) => has_null(&ends.0) || has_null(&ends.1),
        Node::Binary(_, sides) | Node::UnitsBetween(_, sides) => has_null(&sides.0) || has_null(&sides.1),
        Node::Between(parts) | Node::If(parts) => parts.iter().any(has_null),
        Node::Case(subject, arms, otherwise) => {
            subject.as_deref().is_some_and(has_null)
                || arms.iter().any(|(condition, value)| has_null(condition) || has_null(value))
                || has_null(otherwise)
        }
    }
}

/// Writes our words and keeps the facts they speak of. Every null is a fact of its own.
struct Writer {
    facts: Map<String, Value>,
    nulls: usize,
    dates: usize,
    values: usize,
}

type Written = Result<String, Inexpressible>;

impl Writer {
    fn null(&mut self) -> String {
        self.nulls += 1;
        let name = format!("n{}", self.nulls);
        self.facts.insert(name.clone(), Value::Null);
        name
    }

    /// A value that stands in the text, as a fact: `is known` asks facts.
    fn value(&mut self, value: Value) -> String {
        self.values += 1;
        let name = format!("v{}", self.values);
        self.facts.insert(name.clone(), value);
        name
    }

    fn write(&mut self, node: &Node) -> Written {
        Ok(match node {
            Node::Null => self.null(),
            Node::Truth(value) => if *value { "yes" } else { "no" }.into(),
            Node::Number(number) => number.clone(),
            Node::Quantity(number, unit) => format!("{number} {unit}"),
            Node::Duration(number, unit) => format!("{number} {unit}"),
            Node::Text(text) => format!("\"{}\"", text.replace('"', "\\\"")),
            Node::Date(parts) if parts.len() == 3 => parts.join("-"),
            Node::Date(parts) => {
                self.dates += 1;
                let name = format!("d{}", self.dates);
                self.facts.insert(name.clone(), json!(parts.join("-")));
                name
            }
            Node::Today => "today".into(),
            Node::List(_) => return Err("lists of values".into()),
            Node::Interval(..) => return Err("intervals".into()),
            Node::Minus(value) => match &**value {
                Node::Number(_) | Node::Quantity(..) => format!("-{}", self.write(value)?),
                _ => format!("-1 * {}", self.operand(value)?),
            },
            Node::Not(value) => format!("not {}", self.operand(value)?),
            Node::Binary(operator, sides) => self.binary(operator, &sides.0, &sides.1)?,
            Node::Between(parts) => {
                let [value, low, high] = &**parts;
                format!("{} from {} to {}", self.operand(value)?, self.operand(low)?, self.operand(high)?)
            }
            Node::UnitsBetween(unit, sides) => {
                format!("{unit} between {} and {}", self.operand(&sides.0)?, self.operand(&sides.1)?)
            }
            Node::Is("null", value) => format!("not ({})", self.known(value)?),
            Node::Is("true", value) => self.holds(value, "true")?,
            Node::Is(_, value) => self.holds(value, "false")?,
            Node::If(parts) => {
                let [condition, yes, no] = &**parts;
                format!("if {} then {} else {}", self.condition(condition)?, self.operand(yes)?, self.operand(no)?)
            }
            Node::Case(subject, arms, otherwise) => {
                let mut text = String::new();
                for (condition, value) in arms {
                    let condition = match subject {
                        None => condition.clone(),
                        Some(subject) => Node::Binary("=", Box::new(((**subject).clone(), condition.clone()))),
                    };
                    text += &format!("if {} then {} else ", self.condition(&condition)?, self.operand(value)?);
                }
                text + &self.operand(otherwise)?
            }
            Node::Coalesce(values) => self.coalesce(values)?,
            Node::Round(value, decimals) => format!("round {} to {decimals} decimals", self.operand(value)?),
        })
    }

    /// In brackets unless it is one word or number.
    fn operand(&mut self, node: &Node) -> Written {
        let text = self.write(node)?;
        let atom = match node {
            Node::Minus(value) => matches!(&**value, Node::Number(_) | Node::Quantity(..)),
            Node::Null | Node::Truth(_) | Node::Number(_) | Node::Quantity(..) | Node::Duration(..) => true,
            Node::Text(_) | Node::Date(_) | Node::Today => true,
            Node::Coalesce(values) => values.is_empty(),
            Node::List(_) | Node::Interval(..) | Node::Not(_) | Node::Binary(..) | Node::Between(_) => false,
            Node::UnitsBetween(..) | Node::Is(..) | Node::If(_) | Node::Case(..) | Node::Round(..) => false,
        };
        Ok(if atom { text } else { format!("({text})") })
    }

    fn binary(&mut self, operator: &str, left: &Node, right: &Node) -> Written {
        match operator {
            "and" | "or" => Ok(format!("{} {operator} {}", self.operand(left)?, self.operand(right)?)),
            "implies" => Ok(format!("(not {}) or {}", self.operand(left)?, self.operand(right)?)),
            "xor" => {
                let (left, right) = (self.operand(left)?, self.operand(right)?);
                Ok(format!("({left} and not {right}) or ((not {left}) and {right})"))
            }
            "+" | "-" | "*" | "/" => self.arithmetic(operator, left, right),
            "~" => self.equivalent(left, right),
            "!~" => Ok(format!("not ({})", self.equivalent(left, right)?)),
            "in" => self.member(left, right),
            _ => self.compare(operator, left, right),
        }
    }

    fn arithmetic(&mut self, operator: &str, left: &Node, right: &Node) -> Written {
        match (kind(left), kind(right), operator) {
            (Kind::Date | Kind::Nothing, Kind::Duration, "+") => {
                Ok(format!("{} after {}", self.write(right)?, self.operand(left)?))
            }
            (Kind::Date | Kind::Nothing, Kind::Duration, "-") => {
                Ok(format!("{} before {}", self.write(right)?, self.operand(left)?))
            }
            (Kind::Date, _, _) | (_, Kind::Date, _) => {
                Err("arithmetic of a date and something that is no duration".into())
            }
            (Kind::Duration, _, _) | (_, Kind::Duration, _) => Err("arithmetic of durations".into()),
            (Kind::Text, _, _) | (_, Kind::Text, _) => Err("joining texts".into()),
            (Kind::Several, _, _) | (_, Kind::Several, _) => Err("lists of values".into()),
            _ => Ok(format!("{} {operator} {}", self.operand(left)?, self.operand(right)?)),
        }
    }

    fn compare(&mut self, operator: &str, left: &Node, right: &Node) -> Written {
        let kind = common(&[left, right]);
        let words = match (operator, kind) {
            ("=", _) => "is",
            ("!=", _) => "is not",
            (_, Kind::Text) => return Err("the order of texts".into()),
            ("<", Kind::Date) => "before",
            (">", Kind::Date) => "after",
            ("<=", Kind::Date) => "on or before",
            (">=", Kind::Date) => "on or after",
            ("<", _) => "less than",
            (">", _) => "more than",
            ("<=", _) => "at most",
            (">=", _) => "at least",
            (other, _) => return Err(format!("`{other}`")),
        };
        if kind == Kind::Several {
            return Err(if is_interval(left) || is_interval(right) { "intervals" } else { "lists of values" }.into());
        }
        Ok(format!("{} {words} {}", self.operand(left)?, self.operand(right)?))
    }

    fn member(&mut self, value: &Node, set: &Node) -> Written {
        match set {
            Node::List(options) if !options.is_empty() && !options.contains(&Node::Null) && *value != Node::Null => {
                let options: Vec<String> =
                    options.iter().map(|option| self.operand(option)).collect::<Result<_, _>>()?;
                Ok(format!("{} is one of {}", self.operand(value)?, options.join(", ")))
            }
            Node::Interval(ends, low, high) if ends.0 != Node::Null && ends.1 != Node::Null => {
                let above = self.compare(if *low { ">=" } else { ">" }, value, &ends.0)?;
                let below = self.compare(if *high { "<=" } else { "<" }, value, &ends.1)?;
                Ok(format!("({above}) and ({below})"))
            }
            _ => Err("`in` and `contains` with null or of something computed".into()),
        }
    }

    /// `~`: equal, or both null. Two values of one written precision; texts only where letter case cannot matter.
    fn equivalent(&mut self, left: &Node, right: &Node) -> Written {
        if is_partial(left) || is_partial(right) {
            return Err("`~` of dates known in part".into());
        }
        if kind(left) == Kind::Several || kind(right) == Kind::Several {
            return Err("lists of values".into());
        }
        let plain = |text: &str| text.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit());
        for side in [left, right] {
            if matches!(side, Node::Text(text) if !plain(text)) {
                return Err("`~` of texts, which looks past letter case and blanks".into());
            }
        }
        if let (Some(a), Some(b)) = (decimals(left), decimals(right))
            && a != b
            && unit(left) == unit(right)
        {
            return Err("`~` of numbers of different precision".into());
        }
        // Each null must be one fact in all three parts: name the sides once.
        let (left, right) = (self.side(left)?, self.side(right)?);
        let is = format!("{} is {}", left.text, right.text);
        Ok(match (left.known, right.known) {
            (None, None) => is,
            (Some(known), None) | (None, Some(known)) => format!("({known}) and ({is})"),
            (Some(a), Some(b)) => format!("(({a}) and ({b}) and ({is})) or (not ({a}) and not ({b}))"),
        })
    }

    fn side(&mut self, node: &Node) -> Result<Side, Inexpressible> {
        let before: Vec<String> = self.facts.keys().cloned().collect();
        let text = self.operand(node)?;
        if !is_strict(node) && has_null(node) && kind(node) == Kind::Truth {
            let known = format!("({}) or ({})", self.holds(node, "true")?, self.holds(node, "false")?);
            return Ok(Side { text, known: Some(known) });
        }
        if !is_strict(node) && has_null(node) {
            return Err("`~`, `is null` or `Coalesce` of a choice".into());
        }
        let tests: Vec<String> = self
            .facts
            .iter()
            .filter(|(name, value)| value.is_null() && !before.contains(name))
            .map(|(name, _)| format!("{name} is known"))
            .collect();
        Ok(Side { text, known: (!tests.is_empty()).then(|| tests.join(" and ")) })
    }

    /// Whether a value is not null, asked of facts.
    fn known(&mut self, node: &Node) -> Written {
        let given = match node {
            Node::Truth(value) => Some(json!(value)),
            Node::Number(number) => serde_json::from_str(number).ok(),
            Node::Quantity(number, unit) => {
                serde_json::from_str::<Value>(number).ok().map(|number| json!({"quantity": number, "unit": unit}))
            }
            Node::Text(text) => Some(json!(text)),
            Node::Date(parts) => Some(json!(parts.join("-"))),
            _ => None,
        };
        if let Some(value) = given {
            return Ok(format!("{} is known", self.value(value)));
        }
        match self.side(node)?.known {
            Some(tests) => Ok(tests),
            None => Err("`is null` of a computed value that is never null".into()),
        }
    }

    /// Two-valued: whether a condition is true (or false), and not null.
    fn holds(&mut self, node: &Node, wanted: &str) -> Written {
        let not = if wanted == "true" { "" } else { "not " };
        let other = if wanted == "true" { "false" } else { "true" };
        Ok(match node {
            Node::Null => {
                let name = self.null();
                format!("{name} is known and {not}{name}")
            }
            Node::Truth(value) => {
                let name = self.value(json!(value));
                format!("{name} is known and {not}{name}")
            }
            Node::Not(inner) => self.holds(inner, other)?,
            _ if !has_null(node) && !is_partial(node) => format!("{not}({})", self.write(node)?),
            Node::Is(..) | Node::Binary("~" | "!~", _) => format!("{not}({})", self.write(node)?),
            Node::Binary(operator @ ("and" | "or" | "implies"), sides) => {
                let left = self.holds(&sides.0, if *operator == "implies" { other } else { wanted })?;
                let right = self.holds(&sides.1, wanted)?;
                let joined = if (*operator == "and") == (wanted == "true") { "and" } else { "or" };
                format!("({left}) {joined} ({right})")
            }
            Node::Binary("xor", _) => return Err("`xor` where null counts as false".into()),
            Node::Binary(..) | Node::Between(_) if !is_partial(node) => {
                let side = self.side(node)?;
                match side.known {
                    Some(known) => format!("({known}) and {not}{}", side.text),
                    None => format!("{not}{}", side.text),
                }
            }
            _ => return Err("`is true`, `is false` of a condition that dates known in part leave open".into()),
        })
    }

    /// The condition of an `if`: in CQL null takes the other arm.
    fn condition(&mut self, node: &Node) -> Written {
        if is_partial(node) { self.write(node) } else { self.holds(node, "true") }
    }

    fn coalesce(&mut self, values: &[Node]) -> Written {
        let Some((first, rest)) = values.split_first() else { return Ok(self.null()) };
        if rest.is_empty() {
            return self.write(first);
        }
        let side = self.side(first)?;
        match side.known {
            None => Ok(side.text),
            Some(known) => Ok(format!("if {known} then {} else ({})", side.text, self.coalesce(rest)?)),
        }
    }
}

/// A value in our words, and the test that nothing in it is null; no test where nothing can be.
struct Side {
    text: String,
    known: Option<String>,
}

fn is_interval(node: &Node) -> bool {
    matches!(node, Node::Interval(..))
}

/// Null exactly when a part of it is null.
fn is_strict(node: &Node) -> bool {
    match node {
        Node::Null | Node::Truth(_) | Node::Number(_) | Node::Quantity(..) | Node::Duration(..) | Node::Text(_) => true,
        Node::Date(_) | Node::Today => true,
        Node::Minus(value) | Node::Round(value, _) => is_strict(value),
        Node::Binary("and" | "or" | "xor" | "implies" | "~" | "!~" | "in" | "/", _) => false,
        Node::Binary(_, sides) | Node::UnitsBetween(_, sides) => is_strict(&sides.0) && is_strict(&sides.1),
        // `5 between null and 2` is false although an end is null.
        Node::Between(parts) => parts.iter().all(|part| is_strict(part) && *part != Node::Null),
        Node::List(_) | Node::Interval(..) | Node::Not(_) | Node::Is(..) => false,
        Node::If(_) | Node::Case(..) | Node::Coalesce(_) => false,
    }
}

/// Decimals as written, without noughts at the end.
fn decimals(node: &Node) -> Option<usize> {
    match node {
        Node::Number(number) | Node::Quantity(number, _) => {
            Some(number.split_once('.').map_or(0, |(_, decimals)| decimals.trim_end_matches('0').len()))
        }
        Node::Minus(value) => decimals(value),
        _ => None,
    }
}

fn unit(node: &Node) -> Option<&str> {
    match node {
        Node::Quantity(_, unit) => Some(unit),
        Node::Minus(value) => unit(value),
        _ => None,
    }
}
