//! `cargo xtask bench`: speed and memory, as ratios that hold from one machine to the next.

use anyhow::Result;

use crate::process::{cargo, run};
use crate::progress::step;

pub(crate) fn bench() -> Result<()> {
    step("Release build", || {
        run(cargo().args(["build", "--release", "--package", "cli"]))
    })
}
