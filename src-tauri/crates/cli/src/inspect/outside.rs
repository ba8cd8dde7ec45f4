//! What is seen of a file without its password.

use std::path::Path;

use keystore::Recognised;
use onboarding::Failure;
use onboarding::adapters::read_keystore_file;
use serde::Serialize;

use crate::report::{Report, print};
use crate::texts::text;

/// The answer of `inspect --without-password --json`. The names are the program's promise.
#[derive(Serialize)]
struct Seen<'a> {
    format: &'static str,
    locked: bool,
    legacy_encryption: bool,
    algorithms: &'a [String],
    visible_parts: usize,
    iterations: u64,
}

/// Shows what is seen of a file without opening it.
pub(super) fn show(file: &Path, report: Report) -> Result<(), Failure> {
    let bytes = read_keystore_file(file)?;
    // Looked at from outside only.
    let seen = keystore::recognise(bytes.expose())?;
    if !report.json {
        return print_in_words(&seen, report);
    }
    let seen = Seen {
        format: seen.format.as_str(),
        locked: seen.locked,
        legacy_encryption: seen.legacy_encryption,
        algorithms: &seen.algorithms,
        visible_parts: seen.visible_parts,
        iterations: seen.iterations,
    };
    let json = serde_json::to_string(&seen);
    print(&json.expect("texts and numbers are JSON"))
}

/// The same as a person reads it.
pub(super) fn print_in_words(seen: &Recognised, report: Report) -> Result<(), Failure> {
    let word = |key: &str| text(report.language, key);
    let count = |key: &str, number: String| word(key).replace("{n}", &number);
    let mut lines = vec![format!(
        "{}: {}",
        word("inspect.format"),
        seen.format.as_str()
    )];
    lines.push(
        match (seen.locked, seen.legacy_encryption) {
            (false, _) => word("seen.open"),
            (true, false) => word("seen.locked"),
            (true, true) => word("seen.locked_legacy"),
        }
        .to_owned(),
    );
    if !seen.algorithms.is_empty() {
        lines.push(format!(
            "{}: {}",
            word("seen.algorithms"),
            seen.algorithms.join(", ")
        ));
    }
    if seen.iterations > 0 {
        lines.push(count("seen.rounds", seen.iterations.to_string()));
    }
    lines.push(count("seen.parts", seen.visible_parts.to_string()));
    print(&lines.join("\n"))
}
