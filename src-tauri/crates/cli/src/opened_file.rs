//! Opens a keystore file with whatever password there is.

use std::path::Path;

use keystore::{Keystore, KeystoreError, Passwords, Secret};
use onboarding::Failure;
use onboarding::adapters::read_keystore_file;
use time::OffsetDateTime;

use crate::arguments::Common;
use crate::password;
use crate::report::Report;

/// Opens `file`. A password that was given is not used where nothing is locked; one that was not
/// given is asked for only when the file does not open without.
pub(crate) fn open(
    file: &Path,
    common: &Common,
    report: Report,
    now: OffsetDateTime,
) -> Result<Keystore, Failure> {
    let bytes = read_keystore_file(file)?;
    // Looked at for whether a password matters at all.
    let locked = keystore::recognise(bytes.expose()).is_ok_and(|recognised| recognised.locked);
    let store = ignored_unless(locked, password::given(common))?;
    let key = ignored_unless(locked, password::given_for_key(common))?;
    let open = |store: Option<&Secret<String>>| {
        let key = key.as_ref();
        // Read once, to be opened.
        keystore::open(bytes.expose(), &Passwords { store, key }, now)
    };
    match open(store.as_ref()) {
        Err(KeystoreError::WrongPassword) if store.is_none() => {
            let typed = password::prompt(file, report)?;
            Ok(open(Some(&typed))?)
        }
        opened => Ok(opened?),
    }
}

/// A password option is accepted and ignored where nothing is locked, also one that cannot be read.
fn ignored_unless<T>(
    locked: bool,
    given: Result<Option<T>, Failure>,
) -> Result<Option<T>, Failure> {
    match given {
        Err(_) if !locked => Ok(None),
        given => given,
    }
}
