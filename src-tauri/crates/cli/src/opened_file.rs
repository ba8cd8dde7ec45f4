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
    let store = password::given(common)?;
    let key = password::given_for_key(common)?;
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
