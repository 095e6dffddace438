//! The built runner: exit status, a line on standard error, never a panic.

use super::rules::small_declarations;
use super::{material::criterion, watch};
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::SystemTime;

/// `target/PROFILE/examples/runner`, where it was built from these sources.
fn runner(profile: Option<&str>) -> Option<PathBuf> {
    let own = std::env::current_exe().ok()?;
    let built = own.parent()?.parent()?;
    let built = match profile {
        Some(profile) => built.parent()?.join(profile),
        None => built.to_path_buf(),
    };
    let path = built.join("examples").join(if cfg!(windows) { "runner.exe" } else { "runner" });
    let built = changed(&path)?;
    let manifest = Path::new(env!("CARGO_MANIFEST_DIR"));
    let newest = newest(&manifest.join("src")).max(newest(&manifest.join("examples/runner")));
    (newest <= Some(built)).then_some(path)
}

fn changed(path: &Path) -> Option<SystemTime> {
    fs::metadata(path).ok()?.modified().ok()
}

/// When the last of the files below a folder was changed.
fn newest(folder: &Path) -> Option<SystemTime> {
    let paths = fs::read_dir(folder).ok()?.map(|entry| entry.unwrap().path());
    paths.filter_map(|path| if path.is_dir() { newest(&path) } else { changed(&path) }).max()
}

/// A folder of its own below the build folder.
fn folder(name: &str) -> PathBuf {
    let path = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join("bad_input").join(name);
    drop(fs::remove_dir_all(&path));
    fs::create_dir_all(&path).unwrap();
    path
}

fn run(path: &Path, arguments: &[&str], limit: f64) -> super::Ended {
    let mut command = Command::new(path);
    command.args(arguments).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    watch(command.spawn().unwrap(), limit)
}

#[test]
fn the_runner_says_what_is_wrong() {
    let Some(runner) = runner(None) else {
        return println!("skipped: the runner is not built from these sources (cargo build --example runner)");
    };
    let folder = folder("says");
    let write = |name: &str, bytes: &[u8]| {
        let path = folder.join(name);
        fs::write(&path, bytes).unwrap();
        path.to_str().unwrap().to_owned()
    };
    let good = write("good.guide", criterion("a").as_bytes());
    let facts = write("facts.yaml", b"a: yes\n");
    let latin = write("latin.guide", b"guideline x\n    title sv \"v\xe5rd\"\n");
    let nul = write("nul.guide", b"guideline x\0\n");
    let circle = write("circle.guide", (criterion("x") + "define x\n    label en \"X\"\n    not x\n").as_bytes());
    let latin_facts = write("latin.yaml", b"a: \xff\n");
    let nested = write("nested.yaml", "{a: ".repeat(50 * 1024).as_bytes());
    let bad_json = write("bad.json", "[".repeat(200 * 1024).as_bytes());
    let bad_cases = write("good.cases.yaml", "{a: ".repeat(50 * 1024).as_bytes());
    let none = folder.join("none.guide").to_str().unwrap().to_owned();
    let eval = |guide: &str, facts: &str, day: &str| {
        vec!["eval".to_owned(), guide.into(), "--facts".into(), facts.into(), "--as-of".into(), day.into()]
    };
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let mut tries: Vec<(Vec<String>, &[i32])> = vec![
        (eval(&good, &facts, "2026-11-22"), &[0]),
        (eval(&good, &facts, "2023-02-29"), &[2]),
        (eval(&good, &facts, "99999-01-01"), &[2]),
        (eval(&good, &latin_facts, "2026-11-22"), &[1, 2]),
        (eval(&good, &nested, "2026-11-22"), &[1]),
        (eval(&good, &bad_json, "2026-11-22"), &[1]),
        (eval(&good, &none, "2026-11-22"), &[2]),
        (eval(&none, &facts, "2026-11-22"), &[2]),
        (eval(&circle, &facts, "2026-11-22"), &[1]),
        (words(&["when", &good, "--facts", &facts, "--as-of", "9999-12-31"]), &[0]),
        (words(&["when", &good, "--facts", &facts, "--as-of", "2026-11-22", "--until", "2026-11-21"]), &[2]),
        (words(&["when", &circle, "--facts", &facts, "--as-of", "2026-11-22"]), &[1]),
        (words(&["compare", &good, &good, "--facts", &facts, "--as-of", "2026-11-22"]), &[0]),
        (words(&["compare", &good, &none, "--facts", &facts, "--as-of", "2026-11-22"]), &[2]),
        (words(&["compare", &good, &circle, "--facts", &facts, "--as-of", "2026-11-22"]), &[1]),
        (words(&["compare", &good, &good, &good, "--facts", &facts, "--as-of", "2026-11-22"]), &[2]),
        (words(&["test", &bad_cases]), &[1]),
        (words(&["expr", &"(".repeat(100_000)]), &[1, 2]),
        (words(&["expr", ""]), &[1, 2]),
        (words(&["expr", "1 +"]), &[1, 2]),
        (words(&["check"]), &[2]),
        (words(&["chek", &good]), &[2]),
    ];
    for (file, codes) in [(&good, &[0][..]), (&latin, &[1, 2]), (&nul, &[1, 2]), (&circle, &[1]), (&none, &[2])] {
        tries.push((words(&["check", file]), codes));
        tries.push((words(&["check", file, "--format", "json"]), codes));
        if file != &circle {
            tries.push((words(&["fmt", "--check", file]), if file == &good { &[0, 1] } else { codes }));
        }
    }
    let mut failures = String::new();
    for (arguments, codes) in &tries {
        let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
        let ended = run(&runner, &arguments, 2.0);
        let code = ended.code.unwrap_or(-1);
        let silent = code > 0 && ended.output.trim().is_empty();
        if !codes.contains(&code) || silent || ended.output.contains("panicked") {
            let shown: String = arguments.join(" ").chars().take(200).collect();
            let output: String = ended.output.chars().take(400).collect();
            failures.push_str(&format!("\nrunner {shown}\n    exit {code}, wanted {codes:?}: {output}"));
        }
    }
    assert!(failures.is_empty(), "{failures}");
}

/// Measured with the release build, where there is one: 10 MiB in 5 seconds and 500 MB.
#[test]
fn ten_mebibytes_of_small_declarations_are_checked() {
    let Some(runner) = runner(Some("release")) else {
        return println!(
            "skipped: no release build of these sources (cargo build --release --example runner); 1 MiB is tried above"
        );
    };
    let folder = folder("large");
    let path = folder.join("large.guide");
    fs::write(&path, small_declarations(10 << 20)).unwrap();
    let ended = run(&runner, &["check", path.to_str().unwrap()], 5.0);
    println!("10 MiB: exit {:?}, {:.2} s, {:.0} MB", ended.code, ended.seconds, ended.megabytes);
    let output: String = ended.output.chars().take(400).collect();
    assert!(
        ended.code == Some(0),
        "{:?} after {:.2} s, {:.0} MB: {output}",
        ended.code,
        ended.seconds,
        ended.megabytes
    );
    assert!(ended.seconds <= 5.0 && ended.megabytes <= 500.0, "{:.2} s, {:.0} MB", ended.seconds, ended.megabytes);

    fs::write(&path, small_declarations(10 << 20).replace("    a and n", "    aa and n")).unwrap();
    let ended = run(&runner, &["check", path.to_str().unwrap()], 5.0);
    println!("10 MiB of mistakes: exit {:?}, {:.2} s, {:.0} MB", ended.code, ended.seconds, ended.megabytes);
    assert_eq!(ended.code, Some(1), "{}", ended.output.chars().take(400).collect::<String>());
    let printed = ended.output.matches("error[").count();
    assert!(printed <= 100, "{printed} findings printed");
    let last = ended.output.trim_end().lines().last().unwrap_or_default();
    assert!(last.contains(|c: char| c.is_ascii_digit()), "the rest are not counted: {last}");
}
