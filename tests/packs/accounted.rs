//! Every row of the inventory of the sources is covered by a rule that cases show, or listed with the reason why it is no
//! rule, or as not written yet. `UPDATE_EXPECT=1` writes `rules/COVERAGE.md` anew.

use crate::pack::{Pack, Shown, cases, compile, packs, rules, shown};
use riktlinje::{Cases, Guideline};
use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Write as _;
use std::fs;
use std::path::Path;

/// The rows of the inventory, where it is at hand.
fn inventory() -> Option<Vec<String>> {
    let path = Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/../shared/sources/inventory.md"));
    let text = fs::read_to_string(path).ok()?;
    let ids = text.lines().filter_map(|line| line.strip_prefix("| ")?.split(' ').next().map(str::to_owned));
    let is_id = |id: &String| {
        let (kind, number) = id.split_at(1);
        matches!(kind, "S" | "V") && number.starts_with(|letter: char| letter.is_ascii_digit())
    };
    Some(ids.filter(is_id).collect())
}

/// The rows that are no rule, with the reason.
fn reasons() -> BTreeMap<String, String> {
    let Ok(text) = fs::read_to_string(rules().join("not_covered.yaml")) else { return BTreeMap::new() };
    let rows = text.lines().filter(|line| !line.starts_with('#') && !line.trim().is_empty());
    rows.map(|line| {
        let (id, reason) = line.split_once(": ").unwrap_or_else(|| panic!("no reason: {line}"));
        let reason = reason.trim().trim_matches('"');
        assert!(reason.len() > 10, "{id} has no reason");
        (id.to_owned(), reason.to_owned())
    })
    .collect()
}

/// What stands on the page about a row that nobody has made a rule of, and of which nobody has said why it is none.
const NOT_WRITTEN: &str = "not written yet";

/// The rows that the page names, for where the inventory is not at hand.
fn rows_of_the_page() -> Vec<String> {
    let page = fs::read_to_string(rules().join("COVERAGE.md")).unwrap();
    let rows = page.lines().filter(|line| line.starts_with("| ")).skip(2);
    rows.map(|line| line[2..].split(' ').next().unwrap().to_owned()).collect()
}

/// Whether cases that name the row show the rule coming out in two ways with different facts.
fn is_shown(shown: &[Shown], cases: &[Cases], rule: &str, row: &str) -> bool {
    if rule.starts_with("indicator.") {
        let infos = || cases.iter().flat_map(Cases::iter);
        let name = rule.trim_start_matches("indicator.");
        let asks = |key: &&str| key.split('.').nth(1) == Some(name);
        if infos().any(|info| info.facts.is_none() && info.covers.contains(&row) && info.expects.iter().any(asks)) {
            return true;
        }
    }
    let own = shown.iter().filter(|shown| shown.covers.iter().any(|covered| covered == row));
    let said: Vec<(String, &riktlinje::Facts)> = own.map(|shown| (shown.said_of(rule), &shown.facts)).collect();
    said.iter().any(|(one, facts)| said.iter().any(|(other, others)| one != other && facts != others))
}

#[test]
fn every_row_is_accounted_for() {
    let packs = packs();
    let compiled: Vec<(&Pack, Guideline)> = packs
        .iter()
        .map(|pack| (pack, compile(&packs, pack, None).unwrap_or_else(|error| panic!("{}: {error:?}", pack.name))))
        .collect();
    let mut covered: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut unshown = Vec::new();
    let (mut rule_count, mut case_count) = (0, 0);
    for (pack, guideline) in &compiled {
        let cases = cases(pack, guideline);
        let shown = shown(guideline, &cases);
        rule_count += guideline.rules().count();
        case_count += cases.iter().map(|cases| cases.names().count()).sum::<usize>();
        for (rule, row) in guideline.covers() {
            if is_shown(&shown, &cases, &rule, row) {
                covered.entry(row.to_owned()).or_default().insert(format!("`{rule}` ({})", pack.name));
            } else {
                unshown.push(format!("{row}: no two cases of {} that name it show `{rule}` in two ways", pack.name));
            }
        }
    }
    let reasons = reasons();
    let mut wrong: Vec<String> = unshown;
    wrong.extend(
        reasons
            .keys()
            .filter(|id| covered.contains_key(*id))
            .map(|id| format!("{id} is covered, and listed as no rule")),
    );
    let known: Vec<String> = match inventory() {
        Some(ids) => {
            let strange = covered.keys().chain(reasons.keys()).filter(|id| !ids.contains(id));
            wrong.extend(strange.map(|id| format!("{id} is no row of the inventory")));
            ids
        }
        None => {
            println!("the inventory is not here: the rows are those of rules/COVERAGE.md");
            rows_of_the_page()
        }
    };
    let page = page(&known, &covered, &reasons, (rule_count, case_count));
    let path = rules().join("COVERAGE.md");
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value != "0") {
        fs::write(&path, &page).unwrap();
    } else if fs::read_to_string(&path).unwrap_or_default() != page {
        wrong.push("rules/COVERAGE.md is not up to date: UPDATE_EXPECT=1 writes it".to_owned());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn page(
    ids: &[String],
    covered: &BTreeMap<String, BTreeSet<String>>,
    reasons: &BTreeMap<String, String>,
    (rules, cases): (usize, usize),
) -> String {
    let mut page = String::from("# Rows of the sources' inventory, and the rules that cover them\n\n");
    page.push_str(
        "Written by `tests/packs`. A row counts as covered when two cases that name it show its rule in two ways, with nothing\n\
         changed but what `facts_of_rows.yaml` gives for the row.\n\n",
    );
    let (yes, no) = (ids.iter().filter(|id| covered.contains_key(*id)).count(), reasons.len());
    let (all, open) = (ids.len(), ids.len() - yes - no);
    let counted = format!("{all} rows: {yes} covered by {rules} rules with {cases} cases, {no} that are no rule");
    writeln!(page, "{counted}, {open} {NOT_WRITTEN}.\n").unwrap();
    page.push_str("| row | covered by | or why not |\n| --- | --- | --- |\n");
    for id in ids {
        let by: Vec<&str> = covered.get(id).into_iter().flatten().map(String::as_str).collect();
        let open = if by.is_empty() { NOT_WRITTEN } else { "" };
        let why = reasons.get(id).map_or(open, String::as_str);
        writeln!(page, "| {id} | {} | {why} |", by.join(", ")).unwrap();
    }
    page
}
