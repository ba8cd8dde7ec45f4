//! `cargo xtask run`: sets up, builds, and opens the window.

use anyhow::{Result, bail};

use crate::process::{bring, cargo, command, run as run_to_end};
use crate::progress::step;
use crate::{debian, node, project, ui};

pub(crate) fn run(arguments: &[String]) -> Result<()> {
    check_display()?;
    step("Debian packages", || {
        debian::ensure(&[debian::FOR_RUN, node::debian_packages()].concat())
    })?;
    let node = step("Node", node::ensure)?;
    step("npm packages", || ui::install(&node))?;
    step("The window's pages", || ui::build_with_fixtures(&node))?;
    step("The window (the first time takes some minutes)", || {
        bring(
            "the window",
            "what the compiler says above must be mended, or this machine must reach crates.io.",
            cargo().args(["build", "--package", "desktop"]),
        )
    })?;
    let arguments = match arguments {
        [dashes, rest @ ..] if dashes == "--" => rest,
        all => all,
    };
    // A file is named as seen from where the person stands, which need not be the top folder.
    let here = std::env::current_dir()?;
    run_to_end(
        command(project::binary("debug", "portner"))
            .args(arguments)
            .current_dir(here),
    )
}

fn check_display() -> Result<()> {
    let has = |name| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    if cfg!(target_os = "linux") && !has("DISPLAY") && !has("WAYLAND_DISPLAY") {
        bail!(
            "there is no display to open a window on: start it from a desktop session, or under xvfb-run"
        );
    }
    Ok(())
}
