//! The rules in the languages of the peers.
#![cfg_attr(not(feature = "default"), allow(dead_code, reason = "a peer may be left out"))]

use crate::workload::{Condition, Rule};
use serde_json::{Value, json};

fn joined(rule: &Rule, between: &str, one: impl Fn(&Condition) -> String) -> String {
    rule.iter().map(one).collect::<Vec<_>>().join(between)
}

fn flag(yes: bool, name: &str, not: &str) -> String {
    if yes { name.to_owned() } else { format!("{not}{name}") }
}

pub fn cel(rule: &Rule) -> String {
    joined(rule, " && ", |condition| match condition {
        Condition::AgeAtLeast(years) => format!("age >= {years}"),
        Condition::AgeLessThan(years) => format!("age < {years}"),
        Condition::County(county) => format!("county == {county:?}"),
        Condition::CountyIn(counties) => format!("county in {counties:?}"),
        Condition::Documented(code) => format!("diagnoses.exists(d, d.documented && d.code.startsWith({code:?}))"),
        Condition::DocumentedYears(code, years) => {
            format!("diagnoses.exists(d, d.documented && d.code.startsWith({code:?}) && d.onset_years >= {years})")
        }
        Condition::Takes(group) => format!("medicines.exists(m, m.atc.startsWith({group:?}))"),
        Condition::TakesNo(group) => format!("!medicines.exists(m, m.atc.startsWith({group:?}))"),
        Condition::Detained(yes) => flag(*yes, "detained", "!"),
        Condition::Social(yes) => flag(*yes, "social", "!"),
        Condition::Referral(yes) => flag(*yes, "referral", "!"),
    })
}

/// The codes that a patient has are looked up in sets of all their prefixes: the language has no "any of them".
pub fn cedar(rule: &Rule) -> String {
    joined(rule, " && ", |condition| match condition {
        Condition::AgeAtLeast(years) => format!("context.age >= {years}"),
        Condition::AgeLessThan(years) => format!("context.age < {years}"),
        Condition::County(county) => format!("context.county == {county:?}"),
        Condition::CountyIn(counties) => format!("{counties:?}.contains(context.county)"),
        Condition::Documented(code) => format!("context.documented_0.contains({code:?})"),
        Condition::DocumentedYears(code, years) => format!("context.documented_{years}.contains({code:?})"),
        Condition::Takes(group) => format!("context.medicines.contains({group:?})"),
        Condition::TakesNo(group) => format!("!context.medicines.contains({group:?})"),
        Condition::Detained(yes) => flag(*yes, "context.detained", "!"),
        Condition::Social(yes) => flag(*yes, "context.social", "!"),
        Condition::Referral(yes) => flag(*yes, "context.referral", "!"),
    })
}

pub const REGO_HEAD: &str = r#"package pack
import rego.v1
documented(code) if { some d in input.diagnoses; d.documented; startswith(d.code, code) }
documented_years(code, years) if {
    some d in input.diagnoses; d.documented; startswith(d.code, code); d.onset_years >= years
}
takes(group) if { some m in input.medicines; startswith(m.atc, group) }
"#;

pub fn rego(rule: &Rule) -> String {
    joined(rule, "\n    ", |condition| match condition {
        Condition::AgeAtLeast(years) => format!("input.age >= {years}"),
        Condition::AgeLessThan(years) => format!("input.age < {years}"),
        Condition::County(county) => format!("input.county == {county:?}"),
        Condition::CountyIn(counties) => format!("input.county in {counties:?}"),
        Condition::Documented(code) => format!("documented({code:?})"),
        Condition::DocumentedYears(code, years) => format!("documented_years({code:?}, {years})"),
        Condition::Takes(group) => format!("takes({group:?})"),
        Condition::TakesNo(group) => format!("not takes({group:?})"),
        Condition::Detained(yes) => flag(*yes, "input.detained", "not "),
        Condition::Social(yes) => flag(*yes, "input.social", "not "),
        Condition::Referral(yes) => flag(*yes, "input.referral", "not "),
    })
}

pub fn zen(rule: &Rule) -> String {
    joined(rule, " and ", |condition| match condition {
        Condition::AgeAtLeast(years) => format!("age >= {years}"),
        Condition::AgeLessThan(years) => format!("age < {years}"),
        Condition::County(county) => format!("county == {county:?}"),
        Condition::CountyIn(counties) => format!("county in {counties:?}"),
        Condition::Documented(code) => format!("some(diagnoses, #.documented and startsWith(#.code, {code:?}))"),
        Condition::DocumentedYears(code, years) => {
            format!("some(diagnoses, #.documented and startsWith(#.code, {code:?}) and #.onset_years >= {years})")
        }
        Condition::Takes(group) => format!("some(medicines, startsWith(#.atc, {group:?}))"),
        Condition::TakesNo(group) => format!("not some(medicines, startsWith(#.atc, {group:?}))"),
        Condition::Detained(yes) => flag(*yes, "detained", "not "),
        Condition::Social(yes) => flag(*yes, "social", "not "),
        Condition::Referral(yes) => flag(*yes, "referral", "not "),
    })
}

/// The columns of the decision table: the kinds of condition and the fact that each is about, those first that are quick to
/// rule out. A rule may have several conditions of one kind.
pub const ZEN_COLUMNS: [(&str, &str); 11] = [
    ("age_at_least", "age"),
    ("age_less_than", "age"),
    ("county", "county"),
    ("county_in", "county"),
    ("detained", "detained"),
    ("social", "social"),
    ("referral", "referral"),
    ("takes", "medicines"),
    ("takes_no", "medicines"),
    ("documented", "diagnoses"),
    ("documented_years", "diagnoses"),
];

/// The column and its cell: a condition on `$`, and the shorter form of one that stands there alone, which it compiles better.
pub fn zen_cell(condition: &Condition) -> (usize, String, String) {
    let same = |column: usize, text: String| (column, text.clone(), text);
    match condition {
        Condition::AgeAtLeast(years) => (0, format!("$ >= {years}"), format!(">= {years}")),
        Condition::AgeLessThan(years) => (1, format!("$ < {years}"), format!("< {years}")),
        Condition::County(county) => (2, format!("$ == {county:?}"), format!("{county:?}")),
        Condition::CountyIn(counties) => {
            let all: Vec<String> = counties.iter().map(|county| format!("{county:?}")).collect();
            (3, format!("$ in {counties:?}"), all.join(", "))
        }
        Condition::Detained(yes) => (4, format!("$ == {yes}"), yes.to_string()),
        Condition::Social(yes) => (5, format!("$ == {yes}"), yes.to_string()),
        Condition::Referral(yes) => (6, format!("$ == {yes}"), yes.to_string()),
        Condition::Takes(group) => same(7, format!("some($, startsWith(#.atc, {group:?}))")),
        Condition::TakesNo(group) => same(8, format!("not some($, startsWith(#.atc, {group:?}))")),
        Condition::Documented(code) => same(9, format!("some($, #.documented and startsWith(#.code, {code:?}))")),
        Condition::DocumentedYears(code, years) => {
            same(10, format!("some($, #.documented and startsWith(#.code, {code:?}) and #.onset_years >= {years})"))
        }
    }
}

pub fn json_logic(rule: &Rule) -> Value {
    let variable = |name: &str| json!({ "var": name });
    let starts = |name: &str, with: &str| json!({ "starts_with": [variable(name), with] });
    let signed = |yes: bool, name: &str| if yes { variable(name) } else { json!({ "!": [variable(name)] }) };
    let takes = |group: &str| json!({ "some": [variable("medicines"), starts("atc", group)] });
    let conditions = rule.iter().map(|condition| match condition {
        Condition::AgeAtLeast(years) => json!({ ">=": [variable("age"), years] }),
        Condition::AgeLessThan(years) => json!({ "<": [variable("age"), years] }),
        Condition::County(county) => json!({ "==": [variable("county"), county] }),
        Condition::CountyIn(counties) => json!({ "in": [variable("county"), counties] }),
        Condition::Documented(code) => {
            json!({ "some": [variable("diagnoses"), { "and": [variable("documented"), starts("code", code)] }] })
        }
        Condition::DocumentedYears(code, years) => json!({ "some": [variable("diagnoses"), { "and": [
            variable("documented"), starts("code", code), { ">=": [variable("onset_years"), years] }
        ] }] }),
        Condition::Takes(group) => takes(group),
        Condition::TakesNo(group) => json!({ "!": [takes(group)] }),
        Condition::Detained(yes) => signed(*yes, "detained"),
        Condition::Social(yes) => signed(*yes, "social"),
        Condition::Referral(yes) => signed(*yes, "referral"),
    });
    json!({ "and": conditions.collect::<Vec<_>>() })
}

pub const LEMMA_HEAD: &str = r#"spec diagnosis
data code: text
data category: text
data documented: boolean
data onset_years: number

spec medicine
data group_4: text
data group_5: text
data atc: text

spec pack
uses diagnoses: diagnosis list
uses medicines: medicine list
data age: number
data county: text
data detained: boolean
data social: boolean
data referral: boolean
"#;

/// The rules by number, and before them a rule for each "one of these counties": the language has no "or". Nor can it see
/// the beginning of a text, so that a code comes with its categories.
pub fn lemma(rules: &[Rule]) -> String {
    let mut text = LEMMA_HEAD.to_owned();
    for (number, rule) in rules.iter().enumerate() {
        let mut counted = 0;
        let mut helpers = String::new();
        let conditions: Vec<String> = rule
            .iter()
            .map(|condition| match condition {
                Condition::AgeAtLeast(years) => format!("age >= {years}"),
                Condition::AgeLessThan(years) => format!("age < {years}"),
                Condition::County(county) => format!("county is {county:?}"),
                Condition::CountyIn(counties) => {
                    let name = format!("counties_{number}_{counted}");
                    counted += 1;
                    helpers += &format!("rule {name}:\n  false\n");
                    for county in counties {
                        helpers += &format!("  unless county is {county:?} then true\n");
                    }
                    name
                }
                Condition::Documented(code) => format!("(diagnoses -> any(documented and {}))", lemma_code(code)),
                Condition::DocumentedYears(code, years) => {
                    format!("(diagnoses -> any(documented and {} and onset_years >= {years}))", lemma_code(code))
                }
                Condition::Takes(group) => format!("(medicines -> any({}))", lemma_group(group)),
                Condition::TakesNo(group) => format!("not(medicines -> any({}))", lemma_group(group)),
                Condition::Detained(yes) => lemma_flag(*yes, "detained"),
                Condition::Social(yes) => lemma_flag(*yes, "social"),
                Condition::Referral(yes) => lemma_flag(*yes, "referral"),
            })
            .collect();
        text += &format!("{helpers}rule r{number}:\n  {}\n", conditions.join("\n  and "));
    }
    text
}

fn lemma_flag(yes: bool, name: &str) -> String {
    if yes { name.to_owned() } else { format!("not({name})") }
}

fn lemma_code(code: &str) -> String {
    let field = if code.len() == 3 { "category" } else { "code" };
    format!("{field} is {code:?}")
}

fn lemma_group(group: &str) -> String {
    let field = match group.len() {
        4 => "group_4",
        5 => "group_5",
        _ => "atc",
    };
    format!("{field} is {group:?}")
}
