//! Tells what a file is, and opens it.

use time::OffsetDateTime;

use crate::keystore::{Format, Keystore, Passwords};
use crate::{KeystoreError, pkcs12};

/// The largest file that is read: 4 MiB.
pub const MAX_FILE_BYTES: usize = 4 * 1024 * 1024;

/// What a file is, as far as can be told without a password.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Recognised {
    /// Its form.
    pub format: Format,
    /// Whether a password is needed to read all of it.
    pub locked: bool,
}

/// Tells the form of a file by its content.
///
/// # Errors
/// `NotAKeystore` with what it is, `Truncated`, `TooLarge`.
pub fn recognise(bytes: &[u8]) -> Result<Recognised, KeystoreError> {
    if bytes.len() > MAX_FILE_BYTES {
        return Err(KeystoreError::TooLarge);
    }
    match bytes.first() {
        Some(0x30) => Ok(Recognised {
            format: Format::Pkcs12,
            locked: true,
        }),
        Some(_) => Err(KeystoreError::NotAKeystore { found: "unknown" }),
        None => Err(KeystoreError::NotAKeystore { found: "empty" }),
    }
}

/// Opens a file of any readable form. Of several certificates of one key the one valid at `now`, and longest, is
/// shown.
///
/// # Errors
/// Any of [`KeystoreError`] but those of writing and of picking an entry.
pub fn open(
    bytes: &[u8],
    passwords: &Passwords<'_>,
    now: OffsetDateTime,
) -> Result<Keystore, KeystoreError> {
    match recognise(bytes)?.format {
        Format::Pkcs12 => pkcs12::open(bytes, passwords, now),
        format => Err(KeystoreError::Unsupported {
            what: format.as_str().to_owned(),
        }),
    }
}
