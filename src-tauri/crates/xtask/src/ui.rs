//! Installs and builds the window's pages, each only when what it depends on has changed.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::node::{self, Node};
use crate::process::{bring, run};
use crate::project;

/// Installs the npm packages of the pages.
pub(crate) fn install(node: &Node) -> Result<()> {
    install_in(&project::ui(), "npm-packages", node)
}

/// Installs the npm packages that the tests and the benchmark use.
pub(crate) fn install_of_tests(node: &Node) -> Result<()> {
    install_in(&project::npm_of_tests(), "npm-packages-of-tests", node)
}

/// Installs what the lock file in a folder names.
fn install_in(folder: &Path, stamp: &str, node: &Node) -> Result<()> {
    let print = fingerprint(&[folder.join("package-lock.json")])?;
    let stamp = Stamp::new(stamp);
    if stamp.says(&print) && folder.join("node_modules").is_dir() {
        println!("The npm packages are here.");
        return Ok(());
    }
    bring(
        "the npm packages of package-lock.json",
        node::REMEDY,
        node.npm()
            .current_dir(folder)
            .args(["ci", "--no-audit", "--no-fund", "--loglevel=error"]),
    )?;
    stamp.write(&print)
}

/// Builds the pages with the fixtures in: pages that tests and screenshots ask for by name.
/// A release is built without them.
pub(crate) fn build_with_fixtures(node: &Node) -> Result<()> {
    let shared = ["icons", SHARED_TEXTS, SHARED_FACTS].map(|path| project::root().join(path));
    let print = fingerprint(&[&[project::ui()], &shared[..]].concat())?;
    let stamp = Stamp::new("pages");
    if stamp.says(&print) && project::built_ui().join("index.html").is_file() {
        println!("The pages are built.");
        return Ok(());
    }
    run(node
        .npm()
        .args(["run", "build", "--", "--mode", "fixtures"]))?;
    stamp.write(&print)
}

/// What the pages take from the program's own folders.
const SHARED_TEXTS: &str = "src-tauri/crates/onboarding/texts";
const SHARED_FACTS: &str = "src-tauri/crates/onboarding/facts";

/// What a folder held when a step was last done.
struct Stamp {
    file: PathBuf,
}

impl Stamp {
    fn new(name: &str) -> Self {
        Self {
            file: project::root().join("target/xtask").join(name),
        }
    }

    fn says(&self, print: &str) -> bool {
        std::fs::read_to_string(&self.file).is_ok_and(|found| found == print)
    }

    fn write(&self, print: &str) -> Result<()> {
        let folder = self.file.parent().expect("a stamp lies in a folder");
        std::fs::create_dir_all(folder)
            .and_then(|()| std::fs::write(&self.file, print))
            .with_context(|| self.file.display().to_string())
    }
}

fn fingerprint(paths: &[PathBuf]) -> Result<String> {
    let mut hasher = DefaultHasher::new();
    for path in paths {
        add(path, &mut hasher).with_context(|| path.display().to_string())?;
    }
    Ok(format!("{:016x}", hasher.finish()))
}

fn add(path: &Path, hasher: &mut DefaultHasher) -> std::io::Result<()> {
    if path.is_dir() {
        let mut entries = std::fs::read_dir(path)?
            .map(|entry| entry.map(|entry| entry.path()))
            .collect::<std::io::Result<Vec<_>>>()?;
        entries.sort();
        for entry in entries {
            if entry.file_name().is_some_and(|name| name != "node_modules") {
                add(&entry, hasher)?;
            }
        }
    } else if path.is_file() {
        hasher.write(path.to_string_lossy().as_bytes());
        hasher.write(&std::fs::read(path)?);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Else the pages would not be built anew when one of them changes.
    #[test]
    fn every_file_that_the_pages_take_from_the_program_counts() {
        let mut taken = Vec::new();
        imports(&project::ui().join("src"), &mut taken);
        assert!(!taken.is_empty());
        for path in taken {
            let counts = [SHARED_TEXTS, SHARED_FACTS].iter().any(|shared| {
                path.strip_prefix(shared)
                    .is_some_and(|rest| rest.starts_with('/'))
            });
            assert!(counts, "{path}");
        }
    }

    /// The paths below `src-tauri` that stand in the sources of a folder.
    fn imports(folder: &Path, taken: &mut Vec<String>) {
        for entry in std::fs::read_dir(folder).expect("a folder") {
            let path = entry.expect("an entry").path();
            if path.is_dir() {
                imports(&path, taken);
            } else if let Ok(text) = std::fs::read_to_string(&path) {
                let parts = text.split("../src-tauri/").skip(1);
                let paths = parts.filter_map(|part| part.split('"').next());
                taken.extend(paths.map(|path| format!("src-tauri/{path}")));
            }
        }
    }
}
