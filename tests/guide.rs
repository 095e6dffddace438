//! The guide for authors is run from top to bottom: its files are written down, its commands called, their answers
//! compared. `UPDATE_EXPECT=1` rewrites the answers.
#![allow(clippy::unwrap_used, clippy::panic, reason = "a panic is the failure report")]

mod built_runner;

use std::fmt::Write as _;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;

/// A fenced block: the word behind its fence, and its lines.
struct Block {
    kind: String,
    text: String,
}

fn blocks(page: &str) -> Vec<Block> {
    let mut blocks = Vec::new();
    let mut open: Option<Block> = None;
    for line in page.lines() {
        match (line.strip_prefix("```"), &mut open) {
            (Some(kind), None) => open = Some(Block { kind: kind.to_owned(), text: String::new() }),
            (Some(_), Some(_)) => blocks.extend(open.take()),
            (None, Some(block)) => writeln!(block.text, "{line}").unwrap(),
            (None, None) => {}
        }
    }
    assert!(open.is_none(), "a block is not closed");
    blocks
}

fn call(folder: &Path, line: &str) -> String {
    let arguments: Vec<&str> =
        line.strip_prefix("runner ").unwrap_or_else(|| panic!("not for us: {line}")).split(' ').collect();
    let output = Command::new(built_runner::path()).args(arguments).current_dir(folder).output().unwrap();
    let mut answer = String::from_utf8(output.stdout).unwrap();
    answer.push_str(&String::from_utf8(output.stderr).unwrap());
    answer
}

#[test]
fn the_guide_comes_to_what_it_says() {
    let page_path = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/docs/guide.md");
    let page = fs::read_to_string(&page_path).unwrap();
    let folder = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("guide");
    fs::create_dir_all(&folder).unwrap();
    let (mut rules, mut answer, mut commands) = (String::new(), None, 0);
    let mut updated = page.clone();
    for block in blocks(&page) {
        match block.kind.as_str() {
            "guide" => {
                writeln!(rules, "{}", block.text).unwrap();
                fs::write(folder.join("clinic.guide"), &rules).unwrap();
            }
            "yaml" => {
                let name = block.text.lines().next().unwrap().strip_prefix("# ").unwrap();
                fs::write(folder.join(name), &block.text).unwrap();
            }
            "sh" => {
                commands += block.text.lines().count();
                let answers: Vec<String> = block.text.lines().map(|line| call(&folder, line)).collect();
                answer = Some((block.text.clone(), answers.join("\n")));
            }
            "text" => {
                let (command, found) = answer.take().unwrap();
                let (before, after) =
                    updated.split_once(&format!("```sh\n{command}```\n\n```text\n{}```", block.text)).unwrap();
                updated = format!("{before}```sh\n{command}```\n\n```text\n{found}```{after}");
            }
            other => panic!("nobody reads a block of `{other}`"),
        }
    }
    assert!(answer.is_none() && commands > 5, "each command is followed by its answer");
    if std::env::var_os("UPDATE_EXPECT").is_some_and(|value| value != "0") {
        fs::write(&page_path, &updated).unwrap();
    } else {
        assert!(page == updated, "UPDATE_EXPECT=1 rewrites the answers; the guide would be\n{updated}");
    }
}
