//! `cargo xtask soak`: what takes too long for every run of the tests.

use anyhow::{Result, bail};

use crate::process::{cargo, command, find, run};
use crate::progress::step;
use crate::project;

/// Runs the property tests of the crate that reads foreign bytes with many more cases, has practice give many tokens,
/// and fuzzes the parsers.
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
    for target in TARGETS {
        step(&format!("Fuzzing {target}"), || fuzz(target))?;
    }
    Ok(())
}

/// Begins with the inputs kept beside the target and the test vectors; what is found lies in `fuzz/found`.
fn fuzz(target: &str) -> Result<()> {
    if find("cargo-fuzz").is_none() {
        bail!("cargo-fuzz is missing: `cargo install cargo-fuzz --locked`, and a nightly compiler");
    }
    let found = format!("{FUZZ}/found/{target}");
    std::fs::create_dir_all(project::root().join(&found))?;
    run(command("rustup")
        .args(["run", "nightly", "cargo", "fuzz", "run"])
        .args(["--sanitizer", "none", "--fuzz-dir", FUZZ, target, &found])
        .args([&format!("{FUZZ}/corpus/{target}"), VECTORS, "--"])
        .args(["-max_total_time=600", "-max_len=40000"])
        .args(["-timeout=20", "-rss_limit_mb=700"]))
}

const CASES: &str = "20000";
const TOKENS: &str = "100000";
const FUZZ: &str = "src-tauri/crates/keystore/fuzz";
const VECTORS: &str = "tests/vectors/keystore";
const TARGETS: [&str; 7] = [
    "any_file",
    "certificate",
    "java",
    "jwk",
    "pem",
    "pkcs12",
    "revocation",
];
