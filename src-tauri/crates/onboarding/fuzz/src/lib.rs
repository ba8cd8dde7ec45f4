//! What is done with foreign bytes under libFuzzer; `cargo test` does the same with the bytes kept in `corpus/`.
//!
//! `cargo +nightly fuzz run config corpus/config` in this folder. It may not panic, take long, or take much memory.

use onboarding::Language;
use onboarding::config::read_config;

/// The configuration file of any tool, under any of the names by which its form is told.
pub fn config(bytes: &[u8]) {
    for name in ["a.properties", "a.json", "a.yml", ".env", "a"] {
        let Ok(config) = read_config(name, bytes) else {
            continue;
        };
        for finding in &config.findings {
            let told = finding.text(Language::Nb);
            assert!(!told.is_empty(), "{finding:?}");
        }
    }
}
