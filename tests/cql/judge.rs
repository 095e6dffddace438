//! Whether our answer is CQL's, or differs for one of the reasons for which it should. The reasons look at the operators of
//! an expression and at both answers, never at which row it is.

use super::parse::Node;
use super::translate::{Kind, is_partial, kind};
use serde_json::Value;

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Verdict {
    Passed,
    /// With the reason.
    Disagreed(&'static str),
    /// With the operator.
    NotExpressible(String),
    /// With our answer.
    Failed(String),
}

pub(crate) fn judge(row: &Value, tree: &Node, answer: &Value) -> Verdict {
    let outputs: Vec<&str> =
        row["output"].as_array().map(|all| all.iter().filter_map(Value::as_str).collect()).unwrap_or_default();
    let invalid = match &row["invalid"] {
        Value::String(word) => word != "false",
        _ => false,
    };
    let passed = match (invalid, answer.get("value")) {
        (true, value) => value.is_none(),
        (false, Some(value)) => outputs.len() == 1 && same(outputs[0], value),
        (false, None) => false,
    };
    if passed {
        return Verdict::Passed;
    }
    match outputs.first().filter(|_| !invalid).and_then(|output| on_purpose(tree, output, answer)) {
        Some(reason) => Verdict::Disagreed(reason),
        None => Verdict::Failed(answer.to_string()),
    }
}

/// Whether an output as CQL writes it is the value that we gave.
fn same(output: &str, value: &Value) -> bool {
    let output = output.trim();
    match output {
        "null" => value == "unknown",
        "true" => *value == Value::Bool(true),
        "false" => *value == Value::Bool(false),
        _ => {
            if let Some(date) = output.strip_prefix('@') {
                value.as_str() == Some(date.trim_end_matches('T'))
            } else if let Some(text) = output.strip_prefix('\'') {
                value.as_str() == Some(text.trim_end_matches('\''))
            } else if let Some(ends) = output.strip_prefix("Interval[").and_then(|rest| rest.strip_suffix(']')) {
                ends.split_once(',').is_some_and(|(low, high)| same(low, &value["low"]) && same(high, &value["high"]))
            } else if let Some((number, unit)) = output.split_once('\'') {
                same(number, &value["quantity"]) && value["unit"] == unit.trim_end_matches('\'')
            } else {
                number(output).zip(value.as_f64()).is_some_and(|(wanted, ours)| close(wanted, ours))
            }
        }
    }
}

fn number(text: &str) -> Option<f64> {
    text.trim().trim_end_matches('L').parse().ok()
}

/// CQL keeps eight decimals; our numbers are exact.
fn close(wanted: f64, ours: f64) -> bool {
    (wanted - ours).abs() < 0.000_000_01
}

fn on_purpose(tree: &Node, output: &str, answer: &Value) -> Option<&'static str> {
    let value = answer.get("value");
    let open = value.is_some_and(|value| value == "unknown" || value.get("low").is_some());
    if kind(tree) == Kind::Date && is_partial(tree) && any(tree, &is_shift) && overlaps(output, value?) {
        return Some(
            "a date known in part, moved by a duration, is a set of days for us; CQL keeps the parts that were written and drops \
             the rest",
        );
    }
    if any(tree, &|node| matches!(node, Node::UnitsBetween(..))) && narrower(output, value?) {
        return Some(
            "between days known to the day CQL counts with every time of day, we count days: our range is narrower and \
             inside CQL's",
        );
    }
    if open && any(tree, &compares_partial_dates) {
        return Some(
            "two dates known to the same part may be different days for us, so a comparison stays unknown; CQL compares what \
             was written",
        );
    }
    if open && any(tree, &chooses_by_partial_dates) {
        return Some("a choice whose condition is unknown keeps both values for us; CQL takes the last");
    }
    if output == "null" && any(tree, &|node| matches!(node, Node::Binary("/", _))) && value.is_none() {
        return Some("division by nought is an error for us; CQL says null");
    }
    if output == "null" && value.and_then(Value::as_f64).is_some_and(|number| number.abs() > f64::from(i32::MAX)) {
        return Some("our numbers do not end at 2147483647");
    }
    let halves = any(tree, &|node| matches!(node, Node::Round(..)));
    if halves && value.and_then(Value::as_f64).is_some_and(|number| number < 0.0) {
        return Some("we round halves away from nought, also below it");
    }
    None
}

/// Whether a node or one below it is such.
fn any(node: &Node, such: &dyn Fn(&Node) -> bool) -> bool {
    let below = |nodes: &[Node]| nodes.iter().any(|node| any(node, such));
    such(node)
        || match node {
            Node::Null | Node::Truth(_) | Node::Number(_) | Node::Quantity(..) | Node::Duration(..) => false,
            Node::Text(_) | Node::Date(_) | Node::Today => false,
            Node::List(nodes) | Node::Coalesce(nodes) => below(nodes),
            Node::Interval(sides, ..) | Node::Binary(_, sides) | Node::UnitsBetween(_, sides) => {
                any(&sides.0, such) || any(&sides.1, such)
            }
            Node::Minus(node) | Node::Not(node) | Node::Is(_, node) | Node::Round(node, _) => any(node, such),
            Node::Between(parts) | Node::If(parts) => below(&parts[..]),
            Node::Case(subject, arms, otherwise) => {
                subject.as_deref().is_some_and(|node| any(node, such))
                    || arms.iter().any(|(condition, value)| any(condition, such) || any(value, such))
                    || any(otherwise, such)
            }
        }
}

/// Whether our number or range lies inside CQL's interval.
fn narrower(output: &str, value: &Value) -> bool {
    let ends =
        output.strip_prefix("Interval[").and_then(|rest| rest.strip_suffix(']')).and_then(|rest| rest.split_once(','));
    let Some((low, high)) = ends.and_then(|(low, high)| number(low).zip(number(high))) else { return false };
    let (ours_low, ours_high) = (value["low"].as_f64().or(value.as_f64()), value["high"].as_f64().or(value.as_f64()));
    ours_low.is_some_and(|ours| low <= ours) && ours_high.is_some_and(|ours| ours <= high)
}

fn is_shift(node: &Node) -> bool {
    matches!(node, Node::Binary("+" | "-", sides) if kind(&sides.1) == Kind::Duration && is_partial(&sides.0))
}

fn compares_partial_dates(node: &Node) -> bool {
    matches!(node, Node::Binary("=" | "!=" | "<" | "<=" | ">" | ">=", sides)
        if kind(&sides.0) == Kind::Date && is_partial(&sides.0) && is_partial(&sides.1))
}

fn chooses_by_partial_dates(node: &Node) -> bool {
    match node {
        Node::If(parts) => is_partial(&parts[0]),
        Node::Case(subject, arms, _) => {
            subject.as_deref().is_some_and(is_partial) || arms.iter().any(|(condition, _)| is_partial(condition))
        }
        _ => false,
    }
}

/// Whether CQL's date, known in part, and our days have a day in common.
fn overlaps(output: &str, value: &Value) -> bool {
    let Some(wanted) = output.strip_prefix('@').map(|date| date.trim_end_matches('T')) else { return false };
    let (low, high) = match value {
        Value::String(date) => (date.as_str(), date.as_str()),
        _ => (value["low"].as_str().unwrap_or(""), value["high"].as_str().unwrap_or("9")),
    };
    // Dates order as their texts do; a date known in part begins before, and ends after, every day that it is the
    // beginning of.
    low.get(..wanted.len()).unwrap_or(low) <= wanted && *wanted < *format!("{high}~")
}
