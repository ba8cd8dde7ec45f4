//! Where things lie.

use std::path::{Path, PathBuf};

/// The checkout's top folder.
pub(crate) fn root() -> &'static Path {
    // The manifest lies at src-tauri/crates/xtask.
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .expect("xtask lies three folders below the top")
}

/// The sources of the window's pages.
pub(crate) fn ui() -> PathBuf {
    root().join("ui")
}

/// Other people's npm packages that the tests and the benchmark use.
pub(crate) fn npm_of_tests() -> PathBuf {
    root().join("tests").join("npm")
}

/// The built pages. Vite writes here and Tauri reads here, whatever Cargo's target folder is.
pub(crate) fn built_ui() -> PathBuf {
    root().join("target").join("ui")
}

/// Tools that belong to this checkout alone: tauri-driver, and Node where the system's is too old.
pub(crate) fn tools() -> PathBuf {
    root().join("target").join("tools")
}

/// Cargo's output folder.
pub(crate) fn target() -> PathBuf {
    match std::env::var_os("CARGO_TARGET_DIR") {
        Some(folder) => root().join(folder),
        None => root().join("target"),
    }
}

/// A program that Cargo built.
pub(crate) fn binary(profile: &str, name: &str) -> PathBuf {
    target()
        .join(profile)
        .join(format!("{name}{}", std::env::consts::EXE_SUFFIX))
}
