//! Runs other programs.

use std::ffi::OsStr;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context, Result, anyhow, bail};

use crate::{progress, project};

/// A command that starts at the top folder and can ask nobody anything.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(project::root()).stdin(Stdio::null());
    // `cargo run` describes the xtask package in these. Build scripts watch some of them, and
    // would build their C code again each time that xtask and a plain `cargo build` take turns.
    for (name, _) in std::env::vars_os() {
        let owned = name.to_string_lossy();
        if owned.starts_with("CARGO_PKG_") || owned.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// The Cargo that runs us.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Runs to the end with the output on the screen.
pub(crate) fn run(command: &mut Command) -> Result<()> {
    let said = spoken(command);
    println!("$ {said}");
    let status = command.status().with_context(|| said.clone())?;
    if !status.success() {
        bail!("`{said}` ended with {status}");
    }
    Ok(())
}

/// Runs tests. A test that waits for ever must be told, so after this time, which no machine should
/// need, they are ended with all that they started.
pub(crate) fn run_within(limit: Duration, tests: &Command) -> Result<()> {
    let said = spoken(tests);
    println!("$ {said}");
    let status = within(limit, tests)
        .status()
        .with_context(|| said.clone())?;
    if cfg!(target_os = "linux") && status.code() == Some(TIMED_OUT) {
        bail!(
            "`{said}` was not done after {} and was ended",
            progress::spoken(limit)
        );
    }
    if !status.success() {
        bail!("`{said}` ended with {status}");
    }
    Ok(())
}

/// The same command within a time limit. Elsewhere than on Linux there is none.
fn within(limit: Duration, limited: &Command) -> Command {
    let mut within;
    if cfg!(target_os = "linux") {
        within = bound("timeout");
        within.args(["--kill-after", "10"]);
        within.arg(limit.as_secs_f64().to_string());
        within.arg(limited.get_program());
    } else {
        within = command(limited.get_program());
    }
    within.args(limited.get_args());
    if let Some(folder) = limited.get_current_dir() {
        within.current_dir(folder);
    }
    for (name, value) in limited.get_envs() {
        match value {
            Some(value) => within.env(name, value),
            None => within.env_remove(name),
        };
    }
    within
}

/// A command that ends when xtask does, also when xtask is killed. Linux alone has it.
pub(crate) fn bound(program: impl AsRef<OsStr>) -> Command {
    let mut bound = command("setpriv");
    bound.args(["--pdeathsig", "TERM"]).arg(program);
    bound
}

/// Runs what brings something onto this machine. Where that fails, one sentence says what could not
/// be had and what to do; why, the program has said itself above it.
pub(crate) fn bring(what: &str, remedy: &str, command: &mut Command) -> Result<()> {
    run(command).map_err(|error| anyhow!("{what} could not be had: {remedy} ({error:#})"))
}

/// Runs to the end in silence: what it printed, or nothing when it is absent or refuses.
pub(crate) fn output(command: &mut Command) -> Option<String> {
    let output = command.stderr(Stdio::null()).output().ok()?;
    output
        .status
        .success()
        .then(|| String::from_utf8_lossy(&output.stdout).trim().to_owned())
}

/// Where on `PATH` a program lies.
pub(crate) fn find(program: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path)
        .map(|folder| folder.join(program))
        .find(|candidate| candidate.is_file())
}

fn spoken(command: &Command) -> String {
    let program = PathBuf::from(command.get_program());
    let name = program.file_name().unwrap_or(program.as_os_str());
    std::iter::once(name)
        .chain(command.get_args())
        .map(|word| word.to_string_lossy())
        .collect::<Vec<_>>()
        .join(" ")
}

/// How `timeout` ends when the time was up (GNU coreutils, "timeout invocation").
const TIMED_OUT: i32 = 124;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn what_takes_too_long_is_ended_with_all_that_it_started() {
        let limit = Duration::from_millis(300);
        let mut tests = command("sh");
        // The pipe stays open for as long as anything of it runs.
        tests.args(["-c", "sleep 71.3 & echo started; wait"]);
        let mut output = within(limit, &tests);
        let output = output.output().expect("its output");
        assert_eq!(output.stdout, b"started\n");
        assert_eq!(output.status.code(), Some(TIMED_OUT));
        let error = run_within(limit, &tests).expect_err("a failure");
        let said = format!("{error:#}");
        assert!(
            said.ends_with("was not done after 0.3 s and was ended"),
            "{said}"
        );
        run_within(Duration::from_secs(60), &command("true")).expect("done in time");
        run_within(Duration::from_secs(60), &command("false")).expect_err("failed in time");
    }

    #[test]
    fn what_cannot_be_had_is_said_in_one_sentence_with_what_to_do() {
        for program in ["false", "a-program-that-is-not-there"] {
            let error = bring("The thing", "look for it.", &mut command(program));
            let said = format!("{:#}", error.expect_err("a failure"));
            let start = "The thing could not be had: look for it. (";
            assert!(said.starts_with(start), "{said}");
            assert!(said.contains(program) && !said.contains('\n'), "{said}");
        }
    }
}
