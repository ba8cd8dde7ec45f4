//! A Node and an npm that can build the window's pages.

use std::ffi::OsString;
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail};

use crate::process::{bring, command, find, output};
use crate::project;

/// The Node to use: the system's, or one of our own that goes first on `PATH`.
pub(crate) struct Node {
    own: Option<PathBuf>,
}

impl Node {
    /// An npm command in the folder of the pages.
    pub(crate) fn npm(&self) -> Command {
        let mut npm = command(program(self.own.as_deref(), "npm"));
        npm.current_dir(project::ui());
        if let Some(path) = self.path() {
            npm.env("PATH", path);
        }
        npm
    }

    /// The Node itself, to be started by another program.
    pub(crate) fn node(&self) -> String {
        program(self.own.as_deref(), "node")
            .to_string_lossy()
            .into_owned()
    }

    fn path(&self) -> Option<OsString> {
        let own = self.own.clone()?;
        let path = std::env::var_os("PATH").unwrap_or_default();
        std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&path))).ok()
    }
}

/// Debian packages that the next step needs: none where some npm is here already.
pub(crate) fn debian_packages() -> &'static [&'static str] {
    let has_npm = find("npm").is_some() && find("node").is_some();
    if has_npm || is_good(Some(&own_folder())) {
        &[]
    } else {
        &["nodejs", "npm"]
    }
}

/// Takes the system's Node and npm when they are new enough; else brings both as npm packages.
pub(crate) fn ensure() -> Result<Node> {
    if is_good(None) {
        return Ok(Node { own: None });
    }
    let folder = own_folder();
    if !is_good(Some(&folder)) {
        install()?;
    }
    if !is_good(Some(&folder)) {
        bail!(
            "the Node of package {} does not start on this machine",
            node_package()
        );
    }
    Ok(Node { own: Some(folder) })
}

fn install() -> Result<()> {
    let prefix = project::tools().join("node");
    if find("npm").is_none() {
        bail!(
            "the window's pages are built with Node 20.19 or newer and npm 10 or newer, and there is no npm here to bring them; install Node, then start again"
        );
    }
    println!(
        "The system's Node or npm is too old for the window's pages; bringing both for this checkout alone."
    );
    std::fs::create_dir_all(&prefix).context("target/tools/node")?;
    bring(
        "a newer Node",
        REMEDY,
        command("npm")
            .args([
                "install",
                "--no-save",
                "--no-audit",
                "--no-fund",
                "--loglevel=error",
                "--prefix",
            ])
            .arg(&prefix)
            .args([&node_package(), NPM_PACKAGE]),
    )
}

/// Where npm could not bring something.
pub(crate) const REMEDY: &str = "see to it that this machine reaches registry.npmjs.org, or the mirror that npm is set to use, \
     and start again.";

fn own_folder() -> PathBuf {
    project::tools()
        .join("node")
        .join("node_modules")
        .join(".bin")
}

fn program(folder: Option<&Path>, name: &str) -> PathBuf {
    let name = match (cfg!(windows), name) {
        (true, "npm") => "npm.cmd",
        (_, name) => name,
    };
    match folder {
        Some(folder) => folder.join(name),
        None => PathBuf::from(name),
    }
}

fn is_good(folder: Option<&Path>) -> bool {
    let node = version(
        &Node {
            own: folder.map(Path::to_owned),
        },
        "node",
    );
    let npm = version(
        &Node {
            own: folder.map(Path::to_owned),
        },
        "npm",
    );
    node.is_some_and(node_will_do) && npm.is_some_and(|(major, _)| major >= 10)
}

/// What Vite asks for: 20.19 or newer of the old line, 22.12 or newer.
fn node_will_do((major, minor): (u32, u32)) -> bool {
    match major {
        20 => minor >= 19,
        22 => minor >= 12,
        _ => major > 22,
    }
}

fn version(node: &Node, name: &str) -> Option<(u32, u32)> {
    let mut asked = command(program(node.own.as_deref(), name));
    if let Some(path) = node.path() {
        asked.env("PATH", path);
    }
    let answer = output(asked.arg("--version"))?;
    let mut parts = answer.trim_start_matches('v').split('.');
    Some((parts.next()?.parse().ok()?, parts.next()?.parse().ok()?))
}

fn node_package() -> String {
    let system = match std::env::consts::OS {
        "macos" => "darwin",
        "windows" => "win",
        other => other,
    };
    let processor = match std::env::consts::ARCH {
        "x86_64" => "x64",
        "aarch64" => "arm64",
        other => other,
    };
    format!("node-{system}-{processor}@22.23.3")
}

const NPM_PACKAGE: &str = "npm@11.21.2";

#[cfg(test)]
mod tests {
    use super::node_will_do;

    #[test]
    fn debians_node_is_too_old_and_the_lines_that_vite_names_will_do() {
        for (version, expected) in [
            ((18, 20), false),
            ((20, 18), false),
            ((20, 19), true),
            ((21, 7), false),
            ((22, 11), false),
            ((22, 12), true),
            ((24, 0), true),
        ] {
            assert_eq!(node_will_do(version), expected, "{version:?}");
        }
    }
}
