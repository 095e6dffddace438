//! The built runner, for tests that call it as a shell would.
#![allow(dead_code, reason = "each test uses what it needs of it")]

use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

/// What a call of the runner gave.
#[derive(Debug)]
pub(crate) struct Answered {
    pub(crate) status: Option<i32>,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Beside the tests' own program: `cargo test` builds examples, too. `cargo test --test NAME` alone does not, so it is
/// built here when it is missing.
pub(crate) fn path() -> PathBuf {
    let test = std::env::current_exe().unwrap();
    let profile = test.parent().and_then(Path::parent).unwrap();
    let runner = profile.join("examples").join(format!("runner{}", std::env::consts::EXE_SUFFIX));
    if !runner.is_file() {
        let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
        let mut build = Command::new(cargo);
        build.args(["build", "--quiet", "--offline", "--example", "runner"]).current_dir(env!("CARGO_MANIFEST_DIR"));
        if profile.file_name().is_some_and(|name| name == "release") {
            build.arg("--release");
        }
        assert!(build.status().unwrap().success(), "the runner does not build");
    }
    runner
}

/// Runs a command in the project's folder.
pub(crate) fn run(arguments: &[&str], input: &str) -> Answered {
    let mut child = Command::new(path())
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    let input = input.to_owned();
    // Written beside the reading: a runner that answers line by line would else wait for us while we wait for it. It may
    // also end before it has read everything.
    let writer = std::thread::spawn(move || drop(stdin.write_all(input.as_bytes())));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap();
    Answered {
        status: output.status.code(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}
