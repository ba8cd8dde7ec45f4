//! tauri-driver, the WebDriver of Tauri windows: the one cargo tool that the tests install.

use std::path::PathBuf;

use anyhow::Result;

use crate::process::{bring, cargo};
use crate::project;

/// Where tauri-driver lies once installed.
pub(crate) fn program() -> PathBuf {
    project::tools().join("bin/tauri-driver")
}

/// Installs tauri-driver for this checkout alone, unless this version is here.
pub(crate) fn ensure() -> Result<()> {
    let installed = std::fs::read_to_string(project::tools().join(".crates.toml"));
    let is_here = installed.is_ok_and(|list| list.contains(&format!("tauri-driver {VERSION} ")));
    if is_here && program().is_file() {
        println!("tauri-driver {VERSION} is here.");
        return Ok(());
    }
    bring(
        "tauri-driver",
        "see to it that this machine reaches crates.io, and start again.",
        cargo()
            .args([
                "install",
                "tauri-driver",
                "--version",
                VERSION,
                "--locked",
                "--force",
                "--root",
            ])
            .arg(project::tools()),
    )
}

const VERSION: &str = "2.1.0";
