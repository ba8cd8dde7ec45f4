//! `cargo xtask soak`: what takes too long for every run of the tests.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::progress::step;

/// Runs the property tests of the crates that read foreign bytes with many more cases.
pub(crate) fn soak() -> Result<()> {
    for package in ["keystore", "maskinporten", "onboarding", "acceptance"] {
        step(&format!("Properties of {package}"), || {
            run(cargo()
                .args(["test", "--release", "--package", package])
                .env("PROPTEST_CASES", CASES))
        })?;
    }
    Ok(())
}

const CASES: &str = "20000";
