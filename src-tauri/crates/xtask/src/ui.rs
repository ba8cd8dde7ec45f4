//! Installs and builds the window's pages, each only when what it depends on has changed.

use std::hash::{DefaultHasher, Hasher};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

use crate::node::Node;
use crate::process::run;
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
    run(node.npm().current_dir(folder).args([
        "ci",
        "--no-audit",
        "--no-fund",
        "--loglevel=error",
    ]))?;
    stamp.write(&print)
}

/// Builds the pages with the fixtures in: pages that tests and screenshots ask for by name.
/// A release is built without them.
pub(crate) fn build_with_fixtures(node: &Node) -> Result<()> {
    let texts = project::root().join("src-tauri/crates/onboarding/texts");
    let print = fingerprint(&[project::ui(), project::root().join("icons"), texts])?;
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
