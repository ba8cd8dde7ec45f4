//! The rules of the house that the compiler does not know.

use std::collections::BTreeSet;
use std::process::Command;

use serde_json::Value;

use crate::tree;

#[test]
fn the_arrows_between_the_crates_go_one_way() {
    let packages = packages();
    let names: BTreeSet<&str> = packages
        .iter()
        .map(|package| package.name.as_str())
        .collect();
    let expected: BTreeSet<&str> = ARROWS.iter().map(|(name, _, _)| *name).collect();
    assert_eq!(names, expected, "the packages of the workspace");

    let mut offences = Vec::new();
    for (name, used, used_by_tests) in ARROWS {
        let package = packages
            .iter()
            .find(|package| package.name == *name)
            .unwrap();
        for dependency in &package.dependencies {
            let is_ours = names.contains(dependency.name.as_str());
            let allowed = used.contains(&dependency.name.as_str())
                || (dependency.only_tests && used_by_tests.contains(&dependency.name.as_str()));
            if is_ours && !allowed {
                offences.push(format!("{name} may not depend on {}", dependency.name));
            }
        }
        for arrow in used.iter().chain(*used_by_tests) {
            let is_there = |dependency: &Dependency| dependency.name == *arrow;
            if !package.dependencies.iter().any(is_there) {
                offences.push(format!("{name} need not be let depend on {arrow}"));
            }
        }
    }
    assert_eq!(offences, Vec::<String>::new());
}

#[test]
fn only_the_desktop_knows_tauri() {
    let mut offences = Vec::new();
    for package in packages()
        .iter()
        .filter(|package| package.name != "desktop")
    {
        for dependency in &package.dependencies {
            if dependency.name.starts_with("tauri") || dependency.name == "wry" {
                offences.push(format!("{} depends on {}", package.name, dependency.name));
            }
        }
    }
    assert_eq!(offences, Vec::<String>::new());
}

#[test]
fn the_pure_crates_depend_on_nothing_that_does_io() {
    let mut offences = Vec::new();
    for package in packages()
        .iter()
        .filter(|package| PURE.contains(&package.name.as_str()))
    {
        for dependency in package
            .dependencies
            .iter()
            .filter(|dependency| !dependency.only_tests)
        {
            if DOES_IO.contains(&dependency.name.as_str()) {
                offences.push(format!("{} depends on {}", package.name, dependency.name));
            }
        }
    }
    assert_eq!(offences, Vec::<String>::new());
}

#[test]
fn the_pure_crates_ask_the_system_for_nothing() {
    let mut offences = Vec::new();
    for package in PURE {
        for file in tree::files(&format!("src-tauri/crates/{package}/src"), &[".rs"]) {
            if file.ends_with("/tests.rs") || file.contains("/tests/") {
                continue;
            }
            offences.extend(impure(&tree::read(&file)).map(|what| format!("{file}: {what}")));
        }
    }
    assert_eq!(offences, Vec::<String>::new());
}

#[test]
fn every_crate_takes_the_lints_of_the_workspace_and_none_may_be_unsafe() {
    let workspace = tree::read("Cargo.toml");
    assert!(section(&workspace, "[workspace.lints.rust]").contains("unsafe_code = \"forbid\""));
    for package in packages() {
        let manifest = std::fs::read_to_string(&package.manifest).unwrap();
        assert_eq!(
            section(&manifest, "[lints]").trim(),
            "workspace = true",
            "{}",
            package.name
        );
    }
}

#[test]
fn no_source_file_is_longer_than_500_lines() {
    let long: Vec<String> = tree::files("", &[".rs", ".ts", ".tsx", ".css"])
        .into_iter()
        .filter(|file| file != MADE_FROM_RUST)
        .map(|file| (tree::read(&file).lines().count(), file))
        .filter(|(lines, _)| *lines > 500)
        .map(|(lines, file)| format!("{file}: {lines} lines"))
        .collect();
    assert_eq!(long, Vec::<String>::new());
}

#[test]
fn the_top_folder_shows_only_what_the_house_has() {
    let strangers: Vec<String> = tree::entries(tree::root())
        .into_iter()
        .map(|path| path.file_name().unwrap().to_string_lossy().into_owned())
        .filter(|name| !name.starts_with('.') && !VISIBLE.contains(&name.as_str()))
        .collect();
    assert_eq!(strangers, Vec::<String>::new());
}

#[test]
fn only_the_bridge_imports_tauri_in_the_pages() {
    let strangers: Vec<String> = tree::files("ui/src", &[".ts", ".tsx"])
        .into_iter()
        .filter(|file| !file.starts_with("ui/src/bridge/"))
        .filter(|file| {
            let text = tree::read(file);
            text.contains("@tauri-apps") || text.contains("__TAURI")
        })
        .collect();
    assert_eq!(strangers, Vec::<String>::new());
}

/// A key on a hardware token can take the place of one in memory only while nothing reaches around the seam.
#[test]
fn all_signing_goes_through_the_signer() {
    let signs_otherwise: Vec<String> = tree::files("src-tauri", &[".rs"])
        .into_iter()
        .filter(|file| file.contains("/src/") && !SIGN.iter().any(|may| file.starts_with(may)))
        .filter(|file| {
            let text = tree::read(file);
            SIGNS.iter().any(|name| stands_by_itself(&text, name))
        })
        .collect();
    assert_eq!(signs_otherwise, Vec::<String>::new());
    let seam = "src-tauri/crates/keystore/src/signer.rs";
    let in_memory: Vec<String> = tree::files("src-tauri", &[".rs"])
        .into_iter()
        .filter(|file| file != seam && tree::read(file).contains(".sign_in_memory("))
        .collect();
    assert_eq!(in_memory, Vec::<String>::new());
}

#[test]
fn outdated_names_stand_only_in_their_data_file() {
    let names: Value = serde_json::from_str(&tree::read(OUTDATED)).unwrap();
    let names: Vec<String> = names
        .as_array()
        .unwrap()
        .iter()
        .map(|old| old["name"].as_str().unwrap().to_lowercase())
        .collect();
    assert!(names.len() >= 20, "the names of Maskinporten's past");
    let mut offences = Vec::new();
    for file in tree::files("", TEXTS)
        .into_iter()
        .filter(|file| file != OUTDATED)
    {
        let text = tree::read(&file).to_lowercase();
        let standing = names.iter().filter(|name| stands_by_itself(&text, name));
        offences.extend(standing.map(|name| format!("{file}: {name}")));
    }
    assert_eq!(offences, Vec::<String>::new());
}

#[test]
fn a_name_is_found_only_by_itself() {
    for (text, expected) in [
        ("see x.no.", true),
        ("https://x.no/a", true),
        ("a.x.no", false),
        ("my-x.no", false),
        ("x.nope", false),
        ("", false),
    ] {
        assert_eq!(stands_by_itself(text, "x.no"), expected, "{text}");
    }
}

#[test]
fn what_is_impure_is_recognised_and_what_only_speaks_of_it_is_not() {
    for (text, expected) in [
        ("use std::fs;", Some("std::fs")),
        ("let x = std::env::var(\"A\");", Some("std::env")),
        (
            "use std::{\n    collections::BTreeMap,\n    fs::File,\n};",
            Some("std::fs"),
        ),
        ("use std::{io::Read, net::TcpStream};", Some("std::net")),
        ("OffsetDateTime::now_utc()", Some("now_utc(")),
        ("SystemTime::now()", Some("SystemTime::now")),
        ("pub async fn f() {}", Some("async fn")),
        ("/// Unlike std::fs, this only looks.\nfn f() {}", None),
        (
            "use std::fmt;\nuse std::{collections::BTreeMap, str::FromStr};",
            None,
        ),
        ("fn f() {}\n#[cfg(test)]\nmod tests { use std::fs; }", None),
    ] {
        assert_eq!(impure(text).next().as_deref(), expected, "{text}");
    }
}

/// A package of the workspace.
struct Package {
    name: String,
    manifest: String,
    dependencies: Vec<Dependency>,
}

struct Dependency {
    name: String,
    only_tests: bool,
}

/// The packages of the workspace, as Cargo reads their manifests.
/// Where keys are held, and the server of the practice, which signs its own tokens.
const SIGN: &[&str] = &[
    "src-tauri/crates/keystore/src/private_key",
    "src-tauri/crates/simulator/src/access_token.rs",
];
/// What signs in the libraries that are used.
const SIGNS: &[&str] = &[
    "RsaKeyPair",
    "EcdsaKeyPair",
    "Ed25519KeyPair",
    "EncodingKey",
];

fn packages() -> Vec<Package> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into());
    let answer = Command::new(cargo)
        .args([
            "metadata",
            "--no-deps",
            "--format-version",
            "1",
            "--offline",
        ])
        .current_dir(tree::root())
        .output()
        .unwrap();
    assert!(
        answer.status.success(),
        "{}",
        String::from_utf8_lossy(&answer.stderr)
    );
    let metadata: Value = serde_json::from_slice(&answer.stdout).unwrap();
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    metadata["packages"]
        .as_array()
        .unwrap()
        .iter()
        .map(|package| Package {
            name: text(&package["name"]),
            manifest: text(&package["manifest_path"]),
            dependencies: package["dependencies"]
                .as_array()
                .unwrap()
                .iter()
                .map(|dependency| Dependency {
                    name: text(&dependency["name"]),
                    only_tests: dependency["kind"] == "dev",
                })
                .collect(),
        })
        .collect()
}

/// What in a source text reaches for the system. Comments, and the tests at the bottom, may.
fn impure(text: &str) -> impl Iterator<Item = String> {
    let text = text.split("#[cfg(test)]").next().unwrap_or_default();
    let code: String = text
        .lines()
        .filter(|line| !line.trim_start().starts_with("//"))
        .collect::<Vec<_>>()
        .join("\n");
    let grouped: Vec<String> = code
        .split("std::{")
        .skip(1)
        .filter_map(|rest| rest.split_once("};"))
        .flat_map(|(group, _)| group.split(','))
        .map(|member| format!("std::{}", member.trim()))
        .collect();
    let all = format!("{code}\n{}", grouped.join("\n"));
    IMPURE
        .iter()
        .filter(move |word| all.contains(**word))
        .map(|word| (*word).to_owned())
}

/// Whether a name stands in a text without letters, digits or `_-.` before it, and without letters
/// or digits after it.
fn stands_by_itself(text: &str, name: &str) -> bool {
    text.match_indices(name).any(|(at, _)| {
        let before = text[..at].chars().next_back();
        let after = text[at + name.len()..].chars().next();
        let joins = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '.');
        // A name that begins or ends with a mark of its own is open there.
        let opens_before = name.starts_with(|c: char| !c.is_alphanumeric());
        let opens_after = name.ends_with(|c: char| !c.is_alphanumeric());
        (opens_before || !before.is_some_and(joins))
            && (opens_after || !after.is_some_and(char::is_alphanumeric))
    })
}

/// The lines of one section of a manifest.
fn section<'a>(manifest: &'a str, head: &str) -> &'a str {
    let Some((_, rest)) = manifest.split_once(&format!("{head}\n")) else {
        return "";
    };
    rest.split("\n[").next().unwrap_or_default()
}

/// Written by a test out of the Rust types, and as long as they are many.
const MADE_FROM_RUST: &str = "ui/src/bridge/wire.ts";

/// Each package, what of ours it may use, and what its tests may use beside that.
const ARROWS: &[(&str, &[&str], &[&str])] = &[
    ("keystore", &[], &[]),
    ("maskinporten", &["keystore"], &[]),
    ("simulator", &["keystore"], &[]),
    ("onboarding", &["maskinporten", "keystore"], &["simulator"]),
    (
        "cli",
        &["onboarding", "simulator", "maskinporten", "keystore"],
        &[],
    ),
    ("desktop", &["onboarding", "simulator", "keystore"], &[]),
    ("xtask", &[], &[]),
    (
        "acceptance",
        &[],
        &["onboarding", "simulator", "maskinporten", "keystore"],
    ),
];

/// The names, hosts and addresses of Maskinporten that are out of use.
const OUTDATED: &str = "src-tauri/crates/onboarding/facts/outdated-names.json";

/// What people write; keys and certificates hold no names.
const TEXTS: &[&str] = &[
    ".rs", ".ts", ".tsx", ".css", ".json", ".md", ".toml", ".html", ".yml", ".sh", ".snap",
    ".java", ".py",
];

const PURE: &[&str] = &["keystore", "maskinporten"];

const DOES_IO: &[&str] = &[
    "async-std",
    "axum",
    "dirs",
    "directories",
    "hyper",
    "reqwest",
    "smol",
    "tempfile",
    "tokio",
    "ureq",
];

const IMPURE: &[&str] = &[
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "SystemTime::now",
    "Instant::now",
    "now_utc(",
    "now_local(",
    "async fn",
    "tokio::",
];

const VISIBLE: &[&str] = &[
    "Cargo.lock",
    "Cargo.toml",
    "LICENSE",
    "README.md",
    "icons",
    "src-tauri",
    "target",
    "tests",
    "ui",
];
