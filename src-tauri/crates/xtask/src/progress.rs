//! Says what is going on, and how long it took.

use std::time::{Duration, Instant};

use anyhow::Result;

/// Announces a step, does it, and says how long it took.
pub(crate) fn step<T>(name: &str, work: impl FnOnce() -> Result<T>) -> Result<T> {
    println!("\n==> {name}");
    let started = Instant::now();
    let result = work();
    let outcome = if result.is_ok() { "done" } else { "FAILED" };
    println!("--- {name}: {outcome} ({})", spoken(started.elapsed()));
    result
}

/// A duration for a person: "4 s", "3 min 20 s".
pub(crate) fn spoken(duration: Duration) -> String {
    let seconds = duration.as_secs();
    match seconds / 60 {
        0 => format!("{}.{} s", seconds, duration.subsec_millis() / 100),
        minutes => format!("{minutes} min {} s", seconds % 60),
    }
}
