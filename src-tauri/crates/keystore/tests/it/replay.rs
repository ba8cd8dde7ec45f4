//! What libFuzzer does with any bytes is done here with those kept in `fuzz/corpus`, and with the vectors.

use std::path::{Path, PathBuf};

use crate::support::workspace;

#[allow(unreachable_pub)]
#[path = "../../fuzz/src/lib.rs"]
mod targets;

type Target = (&'static str, fn(&[u8]));

const TARGETS: [Target; 7] = [
    ("any_file", targets::any_file),
    ("certificate", targets::certificate),
    ("java", targets::java),
    ("jwk", targets::jwk),
    ("pem", targets::pem),
    ("pkcs12", targets::pkcs12),
    ("revocation", targets::revocation),
];

#[test]
fn every_kept_input_is_read_without_panic() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let vectors = files(&workspace().join("tests/vectors/keystore"));
    for (name, target) in TARGETS {
        let kept = files(&fuzz.join("corpus").join(name));
        assert!(!kept.is_empty(), "{name} has no corpus");
        for path in kept.iter().chain(&vectors) {
            println!("{name}: {}", path.display());
            target(&std::fs::read(path).unwrap());
        }
    }
}

#[test]
fn every_target_of_libfuzzer_is_replayed() {
    let fuzz = Path::new(env!("CARGO_MANIFEST_DIR")).join("fuzz");
    let names = files(&fuzz.join("fuzz_targets"))
        .into_iter()
        .map(|path| path.file_stem().unwrap().to_str().unwrap().to_owned());
    assert_eq!(
        names.collect::<Vec<_>>(),
        TARGETS.map(|(name, _)| name.to_owned())
    );
}

/// The files of a folder, in order.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    paths
}
