//! `rules/README.md`: its rule and case stand in the packs, its commands come to what it says, its tests are there, and its
//! table of packs is up to date. `UPDATE_EXPECT=1` rewrites answers and table.

#[path = "../built_runner/mod.rs"]
mod built_runner;

use crate::pack::{Pack, compile, packs, rules};
use riktlinje::syntax::ast::{Declaration, SourceClauseKind};
use riktlinje::syntax::{FileId, parse};
use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::fs;
use std::path::Path;
use std::process::Command;

/// The surest first.
const CERTAINTIES: [&str; 4] = ["seen", "authority", "second_hand", "unchecked"];

fn row(packs: &[Pack], pack: &Pack) -> String {
    let guideline = compile(packs, pack, None).unwrap();
    let (file, _) = parse(FileId(0), &pack.text);
    let mut sources = Vec::new();
    let mut least = 0;
    for item in &file.items {
        let Declaration::Source(source) = &item.declaration else { continue };
        sources.push(source.name.value.to_string());
        for clause in &source.clauses {
            if let SourceClauseKind::Certainty(word) = &clause.kind {
                least = least.max(CERTAINTIES.iter().position(|other| **other == *word.value).unwrap());
            }
        }
    }
    let covered: BTreeSet<&str> = guideline.covers().map(|(_, row)| row).collect();
    let cases: usize =
        pack.cases.iter().map(|(_, text)| text.lines().filter(|line| line.starts_with("  - name:")).count()).sum();
    let certainty = if sources.is_empty() { "" } else { CERTAINTIES[least] };
    format!(
        "| `{}` | {} | {cases} | {} | {} | {certainty} |",
        pack.name,
        guideline.rules().count(),
        covered.len(),
        sources.join(", ")
    )
}

fn table() -> String {
    let packs = packs();
    let mut table =
        String::from("| pack | rules | cases | rows | sources | certainty |\n| --- | --- | --- | --- | --- | --- |\n");
    for pack in &packs {
        writeln!(table, "{}", row(&packs, pack)).unwrap();
    }
    table
}

/// The blocks between fences: the word behind the first, and the lines.
fn blocks(page: &str) -> Vec<(String, String)> {
    let parts: Vec<&str> = page.split("```").collect();
    parts
        .iter()
        .skip(1)
        .step_by(2)
        .map(|block| block.split_once('\n').unwrap())
        .map(|(kind, text)| (kind.to_owned(), text.to_owned()))
        .collect()
}

#[test]
fn the_readme_of_the_packs_is_true() {
    let path = rules().join("README.md");
    let page = fs::read_to_string(&path).unwrap();
    let packs = packs();
    let mut updated = page.clone();
    let mut answer = None;
    for (kind, text) in blocks(&page) {
        match kind.as_str() {
            "guide" => assert!(packs.iter().any(|pack| pack.text.contains(&text)), "no pack says\n{text}"),
            "yaml" => {
                let mut cases = packs.iter().flat_map(|pack| &pack.cases);
                assert!(cases.any(|(_, cases)| cases.contains(&text)), "no case says\n{text}");
            }
            "sh" => {
                let answers = text.lines().map(|line| {
                    let arguments = line.strip_prefix("runner ").unwrap().split(' ');
                    let output =
                        Command::new(built_runner::path()).args(arguments).current_dir(rules()).output().unwrap();
                    assert!(output.status.success(), "{line}: {output:?}");
                    String::from_utf8(output.stdout).unwrap()
                });
                answer = Some((text.clone(), answers.collect::<Vec<_>>().join("\n")));
            }
            "text" => {
                let (command, found) = answer.take().unwrap();
                let old = format!("```sh\n{command}```\n\n```text\n{text}```");
                updated = updated.replace(&old, &format!("```sh\n{command}```\n\n```text\n{found}```"));
            }
            other => panic!("nobody reads a block of `{other}`"),
        }
    }
    let (before, rest) = updated.split_once("<!-- packs -->\n").unwrap();
    let (_, after) = rest.split_once("<!-- end -->").unwrap();
    let updated = format!("{before}<!-- packs -->\n{}<!-- end -->{after}", table());
    let (_, hazards) = page.split_once("| hazard |").unwrap();
    for named in hazards.split('`').skip(1).step_by(2) {
        assert!(Path::new(env!("CARGO_MANIFEST_DIR")).join(named).is_file(), "`{named}` is not there");
    }
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value != "0") {
        fs::write(&path, &updated).unwrap();
    } else {
        assert!(page == updated, "UPDATE_EXPECT=1 rewrites it; it would be\n{updated}");
    }
}
