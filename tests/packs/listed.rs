//! A row is shown by what the inventory lists for it and by nothing else, and every case names a row that it is about, where
//! its rules have any.

use crate::pack::{Pack, Shown, cases, compile, packs, rules, shown};
use riktlinje::{Cases, FactValue, Guideline};
use std::collections::{BTreeMap, BTreeSet};
use std::fs;

/// The fewest rows that must be shown so.
const AT_LEAST: usize = 170;

/// `rules/facts_of_rows.yaml`: by row, the facts that the inventory lists for it.
fn facts_of_rows() -> BTreeMap<String, Vec<String>> {
    let text = fs::read_to_string(rules().join("facts_of_rows.yaml")).unwrap();
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.map(|line| {
        let (row, facts) = line.split_once(": ").unwrap_or_else(|| panic!("no facts: {line}"));
        (row.to_owned(), facts.split(", ").map(str::to_owned).collect())
    })
    .collect()
}

/// What is otherwise in one case than in another: facts by name, fields of a record as `fact.field`, `today`, and the
/// parameters that are set.
fn changed(one: &Shown, other: &Shown) -> BTreeSet<String> {
    let mut names: BTreeSet<String> = BTreeSet::new();
    let given: BTreeSet<&str> = one.facts.iter().chain(other.facts.iter()).map(|(name, _)| name).collect();
    for name in given {
        let (a, b) = (one.facts.get(name), other.facts.get(name));
        if a == b {
            continue;
        }
        match (a.map(|given| &given.value), b.map(|given| &given.value)) {
            (Some(FactValue::Record(a)), Some(FactValue::Record(b))) => {
                let fields: BTreeSet<&str> = a.fields.keys().chain(b.fields.keys()).map(|field| &**field).collect();
                let differ = fields.into_iter().filter(|field| a.fields.get(*field) != b.fields.get(*field));
                names.extend(differ.map(|field| format!("{name}.{field}")));
            }
            _ => drop(names.insert(name.to_owned())),
        }
    }
    if one.date != other.date {
        names.insert("today".to_owned());
    }
    let set = |shown: &Shown| shown.set.iter().cloned().collect::<BTreeMap<String, String>>();
    let (a, b) = (set(one), set(other));
    names
        .extend(a.keys().chain(b.keys()).filter(|name| a.get(*name) != b.get(*name)).map(|name| format!("set {name}")));
    names
}

fn is_listed(listed: &[String], changed: &str) -> bool {
    listed.iter().any(|fact| match fact.strip_suffix('*') {
        Some(start) => changed.starts_with(start),
        None => fact == "any" || fact == changed || changed.starts_with(&format!("{fact}.")),
    })
}

/// Whether a case about many patients, or about published counts, names the row and asks the indicator: for its group in both
/// years, if the row has one.
fn is_counted(cases: &[Cases], rule: &str, row: &str, listed: &[String]) -> bool {
    let Some(counts) = listed.iter().find_map(|fact| fact.strip_prefix("counts")) else { return false };
    let (rule, group) = (format!("{rule}."), counts.trim());
    let asks = |keys: &[&str], of: &str| keys.iter().any(|key| key.starts_with(&format!("{rule}{of}")));
    let infos = cases.iter().flat_map(Cases::iter).filter(|info| info.facts.is_none() && info.covers.contains(&row));
    let mut asked = infos.map(|info| info.expects);
    match group {
        "" => asked.any(|keys| asks(&keys, "")),
        group => asked.any(|keys| ["2017", "2021"].iter().all(|year| asks(&keys, &format!("{group}.{year}")))),
    }
}

fn fits(shown: &[Shown], cases: &[Cases], rule: &str, row: &str, listed: &[String]) -> bool {
    if is_counted(cases, rule, row, listed) {
        return true;
    }
    let own = shown.iter().filter(|shown| shown.covers.iter().any(|covered| covered == row));
    let said: Vec<(String, &Shown)> = own.map(|shown| (shown.said_of(rule), shown)).collect();
    said.iter().enumerate().any(|(at, (one, a))| {
        let others = said.iter().skip(at + 1).filter(|(other, _)| other != one);
        others.map(|(_, b)| changed(a, b)).any(|names| names.iter().all(|name| is_listed(listed, name)))
    })
}

fn compiled(packs: &[Pack]) -> Vec<(&Pack, Guideline, Vec<Cases>)> {
    let one = |pack| {
        let guideline = compile(packs, pack, None).unwrap_or_else(|error| panic!("{}: {error:?}", pack.name));
        let cases = cases(pack, &guideline);
        (pack, guideline, cases)
    };
    packs.iter().map(one).collect()
}

#[test]
fn every_row_is_shown_by_the_facts_that_it_lists() {
    let packs = packs();
    let listed = facts_of_rows();
    let (mut rows, mut fit, mut apart) = (BTreeSet::new(), BTreeSet::new(), Vec::new());
    for (pack, guideline, cases) in compiled(&packs) {
        let shown = shown(&guideline, &cases);
        for (rule, row) in guideline.covers() {
            rows.insert(row.to_owned());
            let Some(listed) = listed.get(row) else { continue };
            if fits(&shown, &cases, &rule, row, listed) {
                fit.insert(row.to_owned());
            } else {
                apart.push(format!("{row}: `{rule}` ({}), by {}", pack.name, listed.join(", ")));
            }
        }
    }
    println!(
        "{} of {} rows are shown by what they list; rules that show one by something else:",
        fit.len(),
        rows.len()
    );
    apart.iter().for_each(|pair| println!("    {pair}"));
    let mut wrong: Vec<String> =
        listed.keys().filter(|row| !rows.contains(*row)).map(|row| format!("{row} is covered by no rule")).collect();
    wrong.extend(rows.iter().filter(|row| !listed.contains_key(*row)).map(|row| format!("{row} has no facts here")));
    wrong.extend(rows.iter().filter(|row| !fit.contains(*row)).map(|row| format!("{row} is shown by something else")));
    assert!(wrong.is_empty(), "{}\n{}", wrong.join("\n"), apart.join("\n"));
    assert!(fit.len() >= AT_LEAST, "{} rows", fit.len());
}

#[test]
fn every_case_names_a_row_of_each_rule_that_has_rows() {
    let packs = packs();
    let mut wrong = Vec::new();
    for (pack, guideline, cases) in compiled(&packs) {
        let mut rows: BTreeMap<String, BTreeSet<&str>> = BTreeMap::new();
        for (rule, row) in guideline.covers() {
            let whole = rule.split('.').take(2).collect::<Vec<_>>().join(".");
            rows.entry(whole).or_default().insert(row);
        }
        for info in cases.iter().flat_map(Cases::iter) {
            let asked: BTreeSet<String> =
                info.expects.iter().map(|key| key.split('.').take(2).collect::<Vec<_>>().join(".")).collect();
            let unnamed = asked
                .iter()
                .filter(|rule| rows.get(*rule).is_some_and(|own| !info.covers.iter().any(|row| own.contains(row))));
            wrong.extend(unnamed.map(|rule| format!("{}: `{}` names no row of {rule}", pack.name, info.name)));
        }
    }
    assert!(wrong.is_empty(), "{}\n{}", wrong.len(), wrong.join("\n"));
}
