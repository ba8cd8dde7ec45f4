//! The examples of the README's section for other people's tests, run as they stand there.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use crate::cli::{Practice, copy_of_material, without_proxies};

#[cfg(unix)]
#[test]
fn the_examples_of_the_readme_do_what_it_says() {
    let folder = tempfile::tempdir().unwrap();
    // The practice files lie there already, for making them takes a while.
    copy_of_material(&folder.path().join("practice"));
    let packages = root().join("tests/npm/node_modules");
    assert!(
        packages.join("@vtfk/maskinporten-auth").is_dir(),
        "npm packages are missing: `cargo xtask test` brings them, or `npm ci` in tests/npm"
    );
    std::os::unix::fs::symlink(packages, folder.path().join("node_modules")).unwrap();

    let blocks = shell_blocks(&section(HEADING));
    assert_eq!(blocks.len(), 6, "{blocks:#?}");
    let (set_up, examples) = blocks.split_first().unwrap();
    assert_sets_up(set_up);
    let script = format!("set -euo pipefail\n{}", examples.concat());
    let output = shell(folder.path()).arg(script).output().unwrap();
    let out = String::from_utf8(output.stdout).unwrap();
    let err = String::from_utf8(output.stderr).unwrap();
    assert!(output.status.success(), "{out}\n{err}");

    // What the commands printed, one after the other, whether they end their lines or not.
    let said: Vec<Value> = serde_json::Deserializer::from_str(&out)
        .into_iter::<Value>()
        .collect::<Result<_, _>>()
        .unwrap_or_else(|error| panic!("{error}: {out}"));
    let [own, switched, refused, received, vtfk] = said.as_slice() else {
        panic!("five answers: {out}");
    };
    assert_token(own, "my:scope");
    assert_eq!(*switched, serde_json::json!(["expired-key"]));
    let uri = refused["error_uri"].as_str().unwrap();
    assert!(uri.ends_with("/errors/MP-121"), "{refused}");
    let received = received.as_array().unwrap();
    let statuses: Vec<&Value> = received.iter().map(|one| &one["status"]).collect();
    assert_eq!(statuses, [200, 400]);
    assert_token(vtfk, "brreg:reelle/offentlig");
}

/// What is set up is what the tests have: this program, and the package at their version.
fn assert_sets_up(block: &str) {
    let program = "cargo install --locked --path src-tauri/crates/cli ";
    let npm = std::fs::read_to_string(root().join("tests/npm/package.json")).unwrap();
    let npm: Value = serde_json::from_str(&npm).unwrap();
    let name = "@vtfk/maskinporten-auth";
    let version = npm["dependencies"][name].as_str().unwrap();
    let lines: Vec<&str> = block.lines().collect();
    assert_eq!(lines.len(), 2, "{block}");
    assert!(lines[0].starts_with(program), "{block}");
    assert_eq!(lines[1], format!("npm install {name}@{version}"));
    let manifest = root().join("src-tauri/crates/cli/Cargo.toml");
    let manifest = std::fs::read_to_string(manifest).unwrap();
    assert!(manifest.contains("name = \"portner-cli\""), "{manifest}");
}

fn assert_token(answer: &Value, scope: &str) {
    assert_eq!(answer["scope"], scope, "{answer}");
    let token = answer["access_token"].as_str().unwrap();
    assert!(token.starts_with("ey"), "{answer}");
}

/// A shell in the folder, with the program on its PATH.
fn shell(folder: &Path) -> Command {
    let program = Path::new(env!("CARGO_BIN_EXE_portner-cli"));
    let path = std::env::var_os("PATH").unwrap();
    let own = program.parent().unwrap().to_owned();
    let path = std::env::join_paths(std::iter::once(own).chain(std::env::split_paths(&path)));
    let mut shell = Command::new("bash");
    shell
        .arg("-c")
        .current_dir(folder)
        .env("PATH", path.unwrap())
        .env("PORTNER_HOME", folder.join("home"))
        .stdin(Stdio::null());
    without_proxies(&mut shell);
    shell
}

#[cfg(unix)]
#[test]
fn the_first_commands_of_the_readme_bring_tokens() {
    let folder = tempfile::tempdir().unwrap();
    copy_of_material(&folder.path().join("home/practice"));
    copy_of_material(&folder.path().join("practice"));
    let blocks = shell_blocks(&section(FIRST));
    assert_eq!(blocks.len(), 4, "{blocks:#?}");
    let lines = blocks[0].lines();
    let [own, stays] = lines.collect::<Vec<_>>()[..] else {
        panic!("{}", blocks[0]);
    };
    assert!(stays.ends_with("practice --dir practice &"), "{stays}");
    let _practice = Practice::start_in(&folder.path().join("practice"));
    let script = format!("set -euo pipefail\n{own}\n{}", blocks[1]);
    let script = script.replace("cargo run -p cli --", "portner-cli");
    let output = shell(folder.path()).arg(script).output().unwrap();
    assert!(output.status.success(), "{output:?}");
    let out = String::from_utf8(output.stdout).unwrap();
    let tokens = out.lines().filter(|line| line.starts_with("ey"));
    assert_eq!(tokens.count(), 2, "{out}");
    assert!(out.contains("GRANITT SPAREBANK"), "{out}");
}

/// The text below a heading, up to the next of the same level.
fn section(heading: &str) -> String {
    let readme = std::fs::read_to_string(root().join("README.md")).unwrap();
    let (_, after) = readme.split_once(heading).unwrap();
    after.split("\n## ").next().unwrap().to_owned()
}

/// The blocks marked as `sh`.
fn shell_blocks(text: &str) -> Vec<String> {
    let blocks = text.split("\n```sh\n").skip(1);
    blocks
        .map(|block| format!("{}\n", block.split("\n```\n").next().unwrap()))
        .collect()
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../..")
}

const HEADING: &str = "## Bruk øvelses-Maskinporten i egne tester\n";
const FIRST: &str = "## The first token, in practice mode\n";
