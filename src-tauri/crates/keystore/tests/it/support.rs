//! What the tests share.

use std::path::{Path, PathBuf};

use keystore::{Keystore, KeystoreError, Passwords, Secret, open};
use time::OffsetDateTime;
use time::macros::datetime;

/// The day on which all tests take place.
pub(crate) const NOW: OffsetDateTime = datetime!(2026-12-01 12:00 UTC);

/// The root of the workspace.
pub(crate) fn workspace() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR"))
        .ancestors()
        .nth(3)
        .unwrap()
        .to_owned()
}

/// Opens with a password for the store, and none for its keys.
pub(crate) fn open_with(bytes: &[u8], password: &str) -> Result<Keystore, KeystoreError> {
    open_with_both(bytes, password, None)
}

/// Opens with passwords for the store and for its keys.
pub(crate) fn open_with_both(
    bytes: &[u8],
    store: &str,
    key: Option<&str>,
) -> Result<Keystore, KeystoreError> {
    let store = Secret::new(store.to_owned());
    let key = key.map(|key| Secret::new(key.to_owned()));
    open(
        bytes,
        &Passwords {
            store: Some(&store),
            key: key.as_ref(),
        },
        NOW,
    )
}

/// Bytes as lower-case hex.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// SHA-256, lower-case hex.
pub(crate) fn sha256_hex(bytes: &[u8]) -> String {
    hex(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, bytes).as_ref())
}

/// A file that another program made.
pub(crate) fn vector(name: &str) -> Vec<u8> {
    let path = workspace().join("tests/vectors/keystore").join(name);
    std::fs::read(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

/// The names of all of them, in order.
pub(crate) fn vector_names() -> Vec<String> {
    let folder = std::fs::read_dir(workspace().join("tests/vectors/keystore")).unwrap();
    let mut names: Vec<String> = folder
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    names
}
