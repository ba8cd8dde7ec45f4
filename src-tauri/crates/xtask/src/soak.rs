//! `cargo xtask soak`: what takes too long for every run of the tests.

use anyhow::{Result, bail};

use crate::process::{cargo, command, find, run};
use crate::progress::step;
use crate::project;

/// Runs the property tests of the crate that reads foreign bytes with many more cases, has practice give many tokens,
/// kills programs that write, and fuzzes the parsers.
pub(crate) fn soak() -> Result<()> {
    step("Properties of foreign files", || {
        run(cargo()
            .args(["test", "--release", "--package", "keystore"])
            .env("PROPTEST_CASES", CASES))
    })?;
    step("Many tokens", || {
        run(cargo()
            .args([
                "test",
                "--release",
                "--package",
                "simulator",
                "--test",
                "it",
            ])
            .args([
                "--",
                "--exact",
                "--nocapture",
                "soak::memory_is_flat_and_what_is_used_is_forgotten",
            ])
            .env("PORTNER_SOAK_TOKENS", TOKENS))
    })?;
    for package in ["onboarding", "cli"] {
        step(&format!("Killed while writing ({package})"), || {
            run(cargo()
                .args(["test", "--release", "--package", package, "--test", "it"])
                .args(["--", "kills::"])
                .env("PORTNER_SOAK_KILLS", KILLS))
        })?;
    }
    for (folder, target, more) in TARGETS {
        step(&format!("Fuzzing {target}"), || fuzz(folder, target, more))?;
    }
    Ok(())
}

/// Begins with the inputs kept beside the target and the test vectors; what is found lies in `fuzz/found`.
fn fuzz(folder: &str, target: &str, more: &[&str]) -> Result<()> {
    if find("cargo-fuzz").is_none() {
        bail!("cargo-fuzz is missing: `cargo install cargo-fuzz --locked`, and a nightly compiler");
    }
    let found = format!("{folder}/found/{target}");
    std::fs::create_dir_all(project::root().join(&found))?;
    run(command("rustup")
        .args(["run", "nightly", "cargo", "fuzz", "run"])
        .args(["--sanitizer", "none", "--fuzz-dir", folder, target, &found])
        .arg(format!("{folder}/corpus/{target}"))
        .args(more)
        .arg("--")
        .args(["-max_total_time=600", "-max_len=40000"])
        .args(["-timeout=20", "-rss_limit_mb=700"]))
}

const CASES: &str = "20000";
const TOKENS: &str = "100000";
const KILLS: &str = "300";
const KEYSTORE: &str = "src-tauri/crates/keystore/fuzz";
const ONBOARDING: &str = "src-tauri/crates/onboarding/fuzz";
const VECTORS: &[&str] = &["tests/vectors/keystore"];

/// Where each target lies, its name, and what is tried beside its own corpus.
const TARGETS: [(&str, &str, &[&str]); 8] = [
    (KEYSTORE, "any_file", VECTORS),
    (KEYSTORE, "certificate", VECTORS),
    (KEYSTORE, "java", VECTORS),
    (KEYSTORE, "jwk", VECTORS),
    (KEYSTORE, "pem", VECTORS),
    (KEYSTORE, "pkcs12", VECTORS),
    (KEYSTORE, "revocation", VECTORS),
    (ONBOARDING, "config", &[]),
];
