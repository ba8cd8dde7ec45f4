//! `cargo xtask test`: sets up, then runs every check.
//!
//! All checks are run even when one has failed, so that one run tells all that is wrong.

use std::time::{Duration, Instant};

use anyhow::{Result, bail};

use crate::node::Node;
use crate::process::{cargo, run, run_within};
use crate::progress::{spoken, step};
use crate::{debian, driver, node, ui, window};

pub(crate) fn test() -> Result<()> {
    let started = Instant::now();
    let node = set_up()?;
    let mut checks = Checks { failed: Vec::new() };
    checks.check("Format", || run(cargo().args(["fmt", "--all", "--check"])));
    checks.check("Clippy", || {
        run(cargo()
            .args([
                "clippy",
                "--workspace",
                "--all-targets",
                "--locked",
                "--keep-going",
            ])
            .args(["--features", window::FEATURE, "--", "--deny", "warnings"]))
    });
    checks.check("Types of the pages", || {
        run(node.npm().args(["run", "check"]))
    });
    checks.check("Tests of the pages", || {
        run_within(LIMIT, node.npm().arg("test"))
    });
    // The programs are built with the same selection as the tests, so that Cargo settles on the
    // same features for both and builds Tauri once.
    let built = checks.check("Build", || {
        run(cargo().args([
            "build",
            "--workspace",
            "--locked",
            "--lib",
            "--bins",
            "--tests",
        ]))
    });
    if built {
        checks.check("Rust tests", || {
            run_within(
                LIMIT,
                cargo().args(["test", "--workspace", "--locked", "--no-fail-fast"]),
            )
        });
        if cfg!(target_os = "linux") {
            checks.check("Tests of the real window", || window::session(&[]));
        } else {
            println!("\nThe tests of the real window are left out: they need Linux.");
        }
    }
    let time = spoken(started.elapsed());
    if !checks.failed.is_empty() {
        bail!("failed after {time}: {}", checks.failed.join(", "));
    }
    println!("\nEvery check passed in {time}.");
    Ok(())
}

/// Everything that the tests need and that is not built from this checkout's own Rust.
pub(crate) fn set_up() -> Result<Node> {
    step("Debian packages", || {
        let java = debian::java();
        let packages = [
            debian::FOR_RUN,
            debian::FOR_TEST,
            node::debian_packages(),
            java.as_slice(),
        ];
        debian::ensure(&packages.concat())
    })?;
    let node = step("Node", node::ensure)?;
    step("npm packages", || ui::install(&node))?;
    step("npm packages of the tests", || ui::install_of_tests(&node))?;
    step("The window's pages", || ui::build_with_fixtures(&node))?;
    step("tauri-driver", driver::ensure)?;
    Ok(node)
}

struct Checks {
    failed: Vec<&'static str>,
}

impl Checks {
    fn check(&mut self, name: &'static str, work: impl FnOnce() -> Result<()>) -> bool {
        let result = step(name, work);
        if let Err(error) = &result {
            println!("{error:#}");
            self.failed.push(name);
        }
        result.is_ok()
    }
}

/// Many times what the slowest of these takes on two slow cores.
const LIMIT: Duration = Duration::from_secs(20 * 60);
