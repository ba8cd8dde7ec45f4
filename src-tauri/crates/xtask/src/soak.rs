//! `cargo xtask soak`: what takes too long for every run of the tests.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::progress::step;

/// Runs the property tests of the crate that reads foreign bytes with many more cases.
pub(crate) fn soak() -> Result<()> {
    step("Properties of foreign files", || {
        run(cargo()
            .args(["test", "--release", "--package", "keystore"])
            .env("PROPTEST_CASES", CASES))
    })
}

const CASES: &str = "20000";
